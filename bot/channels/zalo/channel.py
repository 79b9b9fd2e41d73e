"""The channel: polls for one update after the other and asks for the next only once it is committed; says things."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import partial
from time import monotonic

from bot.channels.base import Take
from bot.channels.errors import ChannelRefused
from bot.channels.outcomes import Begun, Outcome, Refused, Sent
from bot.channels.pace import Pace
from bot.channels.webhook import Hook, watch
from bot.channels.zalo.client import Answer, Client, Unanswered, Unreached
from bot.channels.zalo.judging import BAD_REQUEST, IDLE, NONE_SET, SET_TOO_OFTEN, TOKEN_REFUSED, TOO_MANY, judge, worked
from bot.channels.zalo.reading import NAME, read, unwrapped
from bot.channels.zalo.writing import write
from bot.clock import Clock
from bot.config import Zalo
from handlers.messages import Deletion, Reaction, Reply, Saying
from storage.engine import steps
from storage.engine.database import StorageError
from storage.talk.pictures import Picture

log = logging.getLogger(__name__)
_NOTHING: tuple[object, ...] = (None, {}, [], {"ok": True})  # as results of polls
POLL_SECONDS = 30  # how long Zalo holds an empty poll
_REFUSED = "the token is refused: copy it again from the bot's page"
_LAST_WAIT = 0.05  # seconds
_BACK_OFF = (0.5, 1, 2, 5, 10, 30)  # seconds
NoteState = Callable[[str, bool, str], Awaitable[None]]
Link = Callable[[Picture], str | None]


class ZaloChannel:
    """One bot on Zalo."""

    once = False
    deletes = False

    def __init__(
        self,
        settings: Zalo,
        clock: Clock,
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
        self.pace = Pace(rate=settings.rate, chat_rate=settings.chat_rate, group_rate=0, quota=settings.quota)
        self._clock = clock
        self._note = note
        self._link = link
        self._between_polls = 1 / settings.poll_rate if settings.poll_rate else 0.0
        self._hook = hook
        self._poll_seconds = poll_seconds
        self._client = Client(settings.base_url, settings.token.get_secret_value())
        self._names: tuple[str, ...] = ("",)
        self._answers_within = 0.0  # seconds that Zalo takes for an answer
        self._refused = 0  # how many sends were answered with 429 one after the other

    async def run(self, take: Take) -> None:
        """Takes what comes, for ever: by the webhook, else by polling, one update after the other.

        Zalo is told 200, or asked for the next, only when the last is committed: it may never come again.

        Raises:
            ChannelRefused: Zalo does not know the token, or refuses the webhook.
        """
        self._names = await self._introduce()
        await (self._listen(self._hook, take) if self._hook else self._poll(take))

    async def close(self) -> None:
        """Closes the session."""
        await self._client.close()

    # In

    async def _introduce(self) -> tuple[str, ...]:
        """What the bot is called; waits until Zalo can be reached."""
        failed = 0
        while True:
            began = monotonic()
            answer = await self._call("getMe", {})
            self._answers_within = monotonic() - began
            if worked(answer) and isinstance(answer.result, dict):
                known = (answer.result.get(key) for key in ("account_name", "display_name", "name"))
                return tuple(dict.fromkeys(str(name) for name in known if name)) or ("",)
            if answer.code in TOKEN_REFUSED:
                raise ChannelRefused(f"Zalo does not know the token of {self.name}: copy it again from the bot's page")
            failed = await self._wait(failed, f"getMe: {answer.code or 'no connection'}")

    async def _listen(self, hook: Hook, take: Take) -> None:
        async def receive(payload: object) -> None:
            await self._hand_over(take, payload, give_up=True)

        async def tell(wrong: str) -> None:
            await self._turned(up=not wrong, detail=wrong or "webhook")

        with hook.taking(receive):
            wrong = await self._set(hook)
            log.info("%s: webhook of %s", self.name, self._names[0])
            await tell(wrong)
            await watch(self._clock, partial(self._look_at, hook), tell, known=wrong)

    async def _set(self, hook: Hook) -> str:
        """Has Zalo post to us; what is wrong afterwards, or ''.

        Raises:
            ChannelRefused: Zalo does not take the address.
        """
        answer = await self._arrange("setWebhook", {"url": hook.url, "secret_token": hook.secret})
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

    async def _is_set(self, hook: Hook) -> bool | None:
        """Whether Zalo posts to us; None where nobody can say now."""
        answer = await self._call("getWebhookInfo", {})
        if worked(answer) and isinstance(answer.result, dict):
            return bool(answer.result.get("url") == hook.url)
        return False if answer.code == NONE_SET else None

    async def _look_at(self, hook: Hook) -> str | None:
        """Whether Zalo still posts to us; where another address is set, or none, ours is set again."""
        is_set = await self._is_set(hook)
        if is_set is not False:
            return "" if is_set else None
        log.warning("%s: the webhook is not ours; set again", self.name)
        try:
            return await self._set(hook)
        except ChannelRefused as error:  # it was good once: no reason to end
            return str(error)

    async def _arrange(self, method: str, parameters: Mapping[str, str]) -> Answer:
        """A call that has to work before anything can come; tried until Zalo says something to it."""
        failed = 0
        while True:
            answer = await self._call(method, parameters)
            if 0 < answer.code < 500:
                return answer
            failed = await self._wait(failed, f"{method}: {answer.code or 'no connection'}")

    async def _poll(self, take: Take) -> None:
        await self._arrange("deleteWebhook", {})  # polls bring nothing while one is set; where none is, Zalo says 404
        log.info("%s: polling as %s", self.name, self._names[0])
        await self._turned(up=True, detail="polling")
        failed = 0
        up = True
        while True:
            steps.reach("poll:before")
            free_at = self._clock.now().timestamp() + self._between_polls
            answer = await self._get_update(take)
            if not worked(answer) and answer.code != IDLE:
                failed = await self._back_off(failed, _trouble(answer))
                up = up and await self._turned(up=False, detail=_trouble(answer))
                continue
            up = up or await self._turned(up=True, detail="polling")
            failed = 0
            if worked(answer) and answer.result not in _NOTHING:
                await self._hand_over(take, answer.result)
                steps.reach("poll:committed")
            wait = free_at - self._clock.now().timestamp()
            if wait > 0:
                await self._clock.sleep(wait)

    async def _get_update(self, take: Take) -> Answer:
        """One poll. At the end of the program, what Zalo is about to answer to it is still taken."""
        began = monotonic()
        poll = asyncio.create_task(
            self._call("getUpdates", {"timeout": int(self._poll_seconds)}, self._poll_seconds), name="poll"
        )
        try:
            return await asyncio.shield(poll)
        except asyncio.CancelledError:
            await asyncio.wait([poll], timeout=max(0.0, began + 3 * self._answers_within + _LAST_WAIT - monotonic()))
            if poll.done() and worked(poll.result()):
                with suppress(StorageError):
                    await self._hand_over(take, poll.result().result, give_up=True)
            poll.cancel()
            raise

    async def _hand_over(self, take: Take, payload: object, *, give_up: bool = False) -> None:
        """Returns when what was read is committed: as long as storage fails, it is kept and tried again."""
        read_ones = [read(update, channel=self.name, names=self._names) for update in _updates(payload)]
        arrivals = [one for one in read_ones if one is not None]
        failed = 0
        while arrivals:
            try:
                await take(arrivals)
                return
            except StorageError as error:
                if give_up:
                    raise
                failed = await self._back_off(failed, str(error))

    async def _call(self, method: str, parameters: Mapping[str, object], wait: float = 0) -> Answer:
        """A call that may be repeated; code 0: no answer."""
        try:
            return await self._client.call(method, parameters, read=wait + 10)
        except (Unreached, Unanswered):
            return Answer(0)

    async def _wait(self, failed: int, why: str) -> int:
        """Before anything can come: whoever looks at the channel's state sees what it waits for."""
        if not failed:
            await self._turned(up=False, detail=why)
        return await self._back_off(failed, why)

    async def _back_off(self, failed: int, why: str) -> int:
        log.warning("%s: %s", self.name, why)
        await self._clock.sleep(_BACK_OFF[min(failed, len(_BACK_OFF) - 1)])
        return failed + 1

    async def _turned(self, *, up: bool, detail: str) -> bool:
        try:
            await self._note(self._names[0], up, detail)
        except StorageError:
            log.exception("%s: its state could not be kept", self.name)
        return up

    # Out

    async def send(
        self, address: str, saying: Saying, *, key: str, silent: bool, picture: Picture | None = None
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


def _updates(payload: object) -> list[object]:
    """What a payload brings: one update, as documented, or a list of them."""
    update = unwrapped(payload)
    return update if isinstance(update, list) and update else [update]


def _trouble(answer: Answer) -> str:
    if answer.code in TOKEN_REFUSED:
        return _REFUSED
    return f"getUpdates: {answer.code or 'no connection'}"
