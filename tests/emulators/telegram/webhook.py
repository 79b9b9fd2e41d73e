"""Updates by webhook: posted to the bot's address until it answers 2xx.

As telegram-bot-api's WebhookActor does it: what belongs to one chat goes out one after the other, different chats side
by side over as many connections as setWebhook asked for. Presses stand in a line of their person's, changes of
membership in another of the chat's: these may overtake messages.
"""

import asyncio
import contextlib
import json
import re
import time
from functools import lru_cache
from urllib.parse import urlsplit

import aiohttp

from tests.emulators.common.parameters import JSON, Params, bad_request

from .updates import Updates

LONGEST_ANSWER = 30  # seconds a webhook may take
CONNECTIONS = 40  # where setWebhook names no number


class Webhook:
    """Where updates are posted to, if anywhere; failed ones again after `retry`."""

    def __init__(self, updates: Updates) -> None:
        self.updates = updates
        self.url = ""
        self.secret = ""
        self.longest_answer: float = LONGEST_ANSWER
        self.retry = 0.1  # seconds; the real one waits longer and longer
        self.failures = 0
        self.most_at_once = 0
        self._connections = CONNECTIONS
        self._last_error: JSON = {}
        self._under_way: set[str] = set()  # lines
        self._work: asyncio.Task[None] | None = None

    async def set(self, params: Params) -> bool:
        url, secret = params.text("url"), params.text("secret_token")
        if not url:
            return await self.delete(params)
        if not acceptable(url):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
            raise bad_request("secret token contains unallowed characters")
        await self.stop()
        self.updates.end_poll("terminated by setWebhook request")
        self._change(url, secret, params)
        self._connections = min(max(params.integer("max_connections", CONNECTIONS), 1), 100)
        self.start()
        return True

    async def delete(self, params: Params) -> bool:
        await self.stop()
        self._change("", "", params)
        return True

    def _change(self, url: str, secret: str, params: Params) -> None:
        self.url, self.secret, self._last_error = url, secret, {}
        self.updates.allow(params)
        if params.flag("drop_pending_updates"):
            self.updates.pending.clear()

    def info(self) -> JSON:
        known: JSON = {"url": self.url, "has_custom_certificate": False}
        known["pending_update_count"] = len(self.updates.pending)
        if self.url:
            known["max_connections"] = self._connections
        if self.updates.allowed:
            known["allowed_updates"] = self.updates.allowed
        return known | self._last_error

    def start(self) -> None:
        """Begin to post, where an address is set."""
        if self.url and self._work is None:
            self._work = asyncio.create_task(self._post_all())

    async def stop(self) -> None:
        work, self._work = self._work, None
        if work is not None:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)
        self._under_way.clear()

    async def _post_all(self) -> None:
        timeout, connector = aiohttp.ClientTimeout(self.longest_answer), aiohttp.TCPConnector(limit=0)
        async with (
            aiohttp.ClientSession(timeout=timeout, connector=connector) as session,
            asyncio.TaskGroup() as posts,
        ):
            while True:
                for update_id, line in self._next():
                    self._under_way.add(line)
                    posts.create_task(self._bring(session, update_id, line))
                self.most_at_once = max(self.most_at_once, len(self._under_way))
                await self.updates.arrived.heard()

    def _next(self) -> list[tuple[int, str]]:
        """The first of each line that has nothing under way, as many as there are free connections."""
        taken, found = set(self._under_way), []
        for update_id, body in self.updates.pending.items():
            if len(taken) >= self._connections:
                break
            line = line_of(body) or str(update_id)
            if line not in taken:
                taken.add(line)
                found.append((update_id, line))
        return found

    async def _bring(self, session: aiohttp.ClientSession, update_id: int, line: str) -> None:
        if not await self._post(session, update_id):
            await asyncio.sleep(self.retry)
        self._under_way.discard(line)
        self.updates.arrived.ring()

    async def _post(self, session: aiohttp.ClientSession, update_id: int) -> bool:
        """Whether the bot took the update, or it is gone anyway."""
        body = self.updates.pending.get(update_id)
        if body is None:
            return True
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.secret
        error = "Connection refused"
        with contextlib.suppress(aiohttp.ClientError, TimeoutError):
            async with session.post(self.url, data=body.encode(), headers=headers) as answer:
                await answer.read()
                if answer.ok:
                    self.updates.confirm(update_id)
                    return True
                error = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        self.failures += 1
        self._last_error = {"last_error_date": int(time.time()), "last_error_message": error}
        return False


@lru_cache(10_000)
def line_of(body: str) -> str:
    """In which line an update stands; '' where it has one of its own."""
    update = json.loads(body)
    if not isinstance(update, dict):
        return ""
    for kind, content in update.items():
        if kind == "callback_query":
            return f"presses of {content['from']['id']}"
        if kind in ("message", "edited_message", "channel_post", "edited_channel_post"):
            return f"messages in {content['chat']['id']}" if isinstance(content, dict) and "chat" in content else ""
        if kind in ("my_chat_member", "chat_member"):
            return f"members of {content['chat']['id']}"
    return ""


def acceptable(url: str) -> bool:
    """HTTPS, as the real one wants it; plain HTTP only on the machine itself."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1"))
