"""Updates on their way to the bot: kept until confirmed, as the real getUpdates keeps them."""

import asyncio
import json
import random
from collections import OrderedDict
from itertools import islice
from typing import Any

from tests.emulators.common.bell import Bell
from tests.emulators.common.parameters import JSON, ApiError, Params

UNASKED = {"chat_member", "message_reaction", "message_reaction_count"}  # sent only where allowed_updates names them
LONGEST_POLL = 50  # seconds
FUTURE = 10  # an offset further than this beyond the last id is taken for no offset


class Updates:
    """The queue of one bot: `pending` by update_id, already encoded; `confirmed` counts those done with."""

    def __init__(self, bell: Bell) -> None:
        self.next_id = random.randint(100_000_000, 900_000_000)
        self.pending: OrderedDict[int, str] = OrderedDict()
        self.confirmed = 0
        self.added = 0
        self.allowed: list[str] | None = None
        self.arrived = Bell()
        self._bell = bell
        self._poll: asyncio.Future[str | None] | None = None

    @property
    def polling(self) -> bool:
        """Whether a bot waits in a long poll now."""
        return self._poll is not None

    def add(self, update: JSON) -> int | None:
        """Queue an update, its id given here; None where the bot's allowed_updates exclude its kind."""
        kind = next((key for key in update if key != "update_id"), "")
        if (kind in UNASKED) if self.allowed is None else (kind in KINDS and kind not in self.allowed):
            return None
        return self._queue(json.dumps({"update_id": self.next_id, **update}))

    def add_raw(self, anything: Any) -> int:
        """Queue any JSON value word for word; it is confirmed with the id that it should have had."""
        return self._queue(json.dumps(anything))

    def restart_ids(self, at: int | None = None) -> None:
        """As after a week of silence: what was pending is long gone, ids go on from a random number."""
        self.pending.clear()
        self.next_id = random.randint(1, 900_000_000) if at is None else at

    def _queue(self, encoded: str) -> int:
        update_id = self.next_id
        self.next_id += 1
        self.added += 1
        self.pending[update_id] = encoded
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        self.arrived.ring()
        return update_id

    def confirm(self, update_id: int) -> None:
        if self.pending.pop(update_id, None) is not None:
            self.confirmed += 1
            self._bell.ring()

    def end_poll(self, why: str) -> None:
        """Let a waiting poll fail with 409."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(why)

    async def get(self, params: Params) -> str:
        """One getUpdates: the encoded list of what is pending, after confirming all below `offset`."""
        self.end_poll("terminated by other getUpdates request; make sure that only one bot instance is running")
        limit = min(max(params.integer("limit", 100), 1), 100)
        timeout = min(max(params.integer("timeout"), 0), LONGEST_POLL)
        self.allow(params)
        self._confirm_before(params.integer("offset"))
        if not self.pending and timeout:
            await self._wait(timeout)
        return f"[{','.join(islice(self.pending.values(), limit))}]"

    def allow(self, params: Params) -> None:
        """Remember allowed_updates where given; an empty list is the default."""
        allowed = params.structure("allowed_updates")
        if isinstance(allowed, list):
            self.allowed = [str(kind) for kind in allowed] or None

    def _confirm_before(self, offset: int) -> None:
        if offset < 0:
            offset = self.next_id + offset
        if offset > self.next_id + FUTURE:
            return
        while self.pending and (first := next(iter(self.pending))) < offset:
            self.confirm(first)

    async def _wait(self, seconds: float) -> None:
        self._poll = poll = asyncio.get_running_loop().create_future()
        self._bell.ring()
        try:
            async with asyncio.timeout(seconds):
                conflict = await poll
        except TimeoutError:
            return
        finally:
            if self._poll is poll:
                self._poll = None
        if conflict:
            raise ApiError(409, f"Conflict: {conflict}")


KINDS = {
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
}
