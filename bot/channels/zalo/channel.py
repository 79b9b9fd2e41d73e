"""The channel: brings one update after the other, the next only once the last is committed; says things."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from time import monotonic

from bot.channels.arrivals import Arrival
from bot.channels.base import Take
from bot.channels.enclosed import Enclosed
from bot.channels.http import Unanswered, Unreached
from bot.channels.outcomes import Begun, Outcome, Refused, Sent
from bot.channels.pace import Pace
from bot.channels.session import NoteState, NotOurs, NotYet, Session
from bot.channels.webhook import Hook
from bot.channels.zalo.client import Answer, Client
from bot.channels.zalo.judging import BAD_REQUEST, IDLE, NONE_SET, SET_TOO_OFTEN, TOKEN_REFUSED, TOO_MANY, judge, worked
from bot.channels.zalo.reading import NAME, read, unwrapped
from bot.channels.zalo.writing import write
from bot.config import Zalo
from bot.steady import SteadyClock
from bot.trouble import ChannelRefused
from handlers.messages import Deletion, Reaction, Reply, Saying
from storage.engine.errors import StorageError
from storage.talk.pictures import Picture

log = logging.getLogger(__name__)
_NOTHING: tuple[object, ...] = (None, {}, [], {"ok": True})  # as results of polls
POLL_SECONDS = 30  # how long Zalo holds an empty poll
_REFUSED = "the token is refused: copy it again from the bot's page"
_LAST_WAIT = 0.05  # seconds
Link = Callable[[Picture], str | None]


class ZaloChannel:
    """One bot on Zalo."""

    once = False
    deletes = False

    def __init__(
        self,
        settings: Zalo,
        clock: SteadyClock,
        *,
        note: NoteState,
        link: Link = lambda _: None,
        name: str = NAME,
        hook: Hook | None = None,
        poll_seconds: float = POLL_SECONDS,
    ) -> None:
        """`link`: where Zalo finds a picture, since it takes none itself; None: it cannot reach us."""
        assert settings.token is not None
        self.name = name
        self.pace = Pace(rate=settings.rate, chat_rate=settings.chat_rate, group_rate=0, allowance=settings.allowance)
        self._clock = clock
        self._note = note
        self._link = link
        self._between_polls = 1 / settings.poll_rate if settings.poll_rate else 0.0
        self._hook = hook
        self._poll_seconds = poll_seconds
        self._client = Client(settings.base_url, settings.token.get_secret_value(), asks=partial(clock.asks, name))
        self._names: tuple[str, ...] = ("",)
        self._take: Take | None = None
        self._free_at = 0.0  # when the next poll may go, as a timestamp
        self._answers_within = 0.0  # seconds that Zalo takes for an answer
        self._refused = 0  # how many sends were answered with 429 one after the other

    async def run(self, take: Take) -> None:
        """Takes what comes, for ever, one update after the other.

        Zalo is told 200, or asked for the next, only when the last is committed: it may never come again.

        Raises:
            ChannelRefused: Zalo does not know the token, or refuses the webhook.
        """
        self._take = take
        await Session(self, take, name=self.name, clock=self._clock, note=self._note, hook=self._hook).run()

    async def close(self) -> None:
        """Closes the session."""
        await self._client.close()

    # In, for the session

    async def introduce(self) -> str:
        """What the bot is called first of all its names."""
        began = monotonic()
        answer = await self._call("getMe", {})
        self._answers_within = monotonic() - began
        if worked(answer) and isinstance(answer.result, dict):
            known = (answer.result.get(key) for key in ("account_name", "display_name", "name"))
            self._names = tuple(dict.fromkeys(str(name) for name in known if name)) or ("",)
            return self._names[0]
        if answer.code in TOKEN_REFUSED:
            raise ChannelRefused(f"Zalo does not know the token of {self.name}: copy it again from the bot's page")
        raise NotYet(_failed("getMe", answer))

    async def unhook(self) -> None:
        """Polls bring nothing while a webhook is set; where none is, Zalo says 404."""
        await self._said("deleteWebhook", {})

    async def poll(self) -> list[object]:
        """The next update, where there is one before Zalo has held the poll for long."""
        wait = min(self._free_at - self._clock.now().timestamp(), self._between_polls)
        if wait > 0:
            await self._clock.sleep(wait)
        self._free_at = self._clock.now().timestamp() + self._between_polls
        answer = await self._get_update()
        if answer.code in TOKEN_REFUSED:
            raise NotYet(_REFUSED)
        if not worked(answer) and answer.code != IDLE:
            raise NotYet(_failed("getUpdates", answer))
        return [answer.result] if worked(answer) and answer.result not in _NOTHING else []

    async def place(self, hook: Hook) -> str:
        """Has Zalo post to the hook; what is wrong afterwards, or ''."""
        answer = await self._said("setWebhook", {"url": hook.url, "secret_token": hook.secret})
        if answer.code == BAD_REQUEST:
            why = answer.description
            raise ChannelRefused(f"Zalo refuses the webhook of {self.name} ({why}): correct its address")
        if worked(answer):
            return ""
        log.warning("%s: setWebhook: %s", self.name, answer.code)
        if answer.code in TOKEN_REFUSED:
            return _REFUSED
        if answer.code in SET_TOO_OFTEN and await self._is_set(hook):
            return ""  # what was set before still holds
        return f"Zalo does not set the webhook ({answer.code}): nothing comes in until it does; tried every 5 minutes"

    async def look_at(self, hook: Hook) -> str:
        """What is wrong with the posts: where they come here at all, Zalo knows of nothing."""
        is_set = await self._is_set(hook)
        if is_set is None:
            raise NotYet("getWebhookInfo")
        if not is_set:
            raise NotOurs
        return ""

    def read(self, payload: object) -> list[Arrival]:
        """What a payload brings: one update, as documented, or a list of them."""
        update = unwrapped(payload)
        updates = update if isinstance(update, list) and update else [update]
        read_ones = [read(one, channel=self.name, names=self._names) for one in updates]
        return [one for one in read_ones if one is not None]

    async def _is_set(self, hook: Hook) -> bool | None:
        """Whether Zalo posts to us; None where nobody can say now."""
        answer = await self._call("getWebhookInfo", {})
        if worked(answer) and isinstance(answer.result, dict):
            return bool(answer.result.get("url") == hook.url)
        return False if answer.code == NONE_SET else None

    async def _get_update(self) -> Answer:
        """One poll. At the end of the program, what Zalo is about to answer to it is still taken."""
        began = monotonic()
        poll = asyncio.create_task(
            self._call("getUpdates", {"timeout": int(self._poll_seconds)}, self._poll_seconds), name="poll"
        )
        try:
            return await asyncio.shield(poll)
        except asyncio.CancelledError:
            await asyncio.wait([poll], timeout=max(0.0, began + 3 * self._answers_within + _LAST_WAIT - monotonic()))
            if poll.done() and worked(poll.result()) and self._take is not None:
                with suppress(StorageError):
                    await self._take(self.read(poll.result().result))
            poll.cancel()
            raise

    async def _said(self, method: str, parameters: Mapping[str, str]) -> Answer:
        """What Zalo itself says to a call."""
        answer = await self._call(method, parameters)
        if 0 < answer.code < 500:
            return answer
        raise NotYet(_failed(method, answer))

    async def _call(self, method: str, parameters: Mapping[str, object], wait: float = 0) -> Answer:
        """A call that may be repeated; code 0: no answer."""
        try:
            return await self._client.call(method, parameters, read=wait + 10)
        except (Unreached, Unanswered):
            return Answer(0)

    # Out

    async def send(
        self,
        address: str,
        saying: Saying,
        *,
        key: str,
        silent: bool,
        picture: Picture | None = None,
        file: Enclosed | None = None,
    ) -> Outcome:
        """Says something in a chat; never raises. What Zalo lacks is refused, so that it is said in words, anew."""
        match saying:
            case Reaction():
                return Refused("no reactions on Zalo")
            case Deletion():
                return Refused("no deleting on Zalo")
            case Reply() if saying.edits is not None:
                return Refused("no edits on Zalo")
            case Reply():
                if file is not None:  # Zalo takes none
                    saying = replace(saying, text=f"{saying.text}\n{file.in_words()}")
                link = self._link(picture) if picture is not None else None
                texts = write(saying, unseen=picture is not None and link is None)
                return await self._say(address, texts, link)
        return Sent(None)  # presses and menus do not exist there

    async def _say(self, address: str, texts: list[str], photo: str | None) -> Outcome:
        """Says the first of the texts, under the photo where there is one."""
        if not texts:
            return Sent(None, messages=0)
        outcome = await self._send(address, texts[0], photo)
        return Begun("\n".join(texts[1:])) if len(texts) > 1 and isinstance(outcome, Sent) else outcome

    async def _send(self, address: str, text: str, photo: str | None) -> Outcome:
        method, said = ("sendPhoto", {"photo": photo, "caption": text}) if photo else ("sendMessage", {"text": text})
        answer: Answer | Exception
        try:
            answer = await self._client.call(method, {"chat_id": address, **said})
        except Exception as error:
            answer = error
        outcome = judge(answer, self._refused)
        self._refused = self._refused + 1 if isinstance(answer, Answer) and answer.code == TOO_MANY else 0
        return outcome


def _failed(method: str, answer: Answer) -> str:
    return f"{method}: {answer.code or 'no connection'}"
