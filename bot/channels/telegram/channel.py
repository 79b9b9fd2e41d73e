"""The channel: brings updates, which are confirmed only once they are committed; says things over the Bot API."""

import asyncio
import logging
import os
from dataclasses import replace
from functools import partial
from typing import Any, TypeGuard

os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's way to the durations it will have in its next version

import telegram
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels.arrivals import Arrival
from bot.channels.base import Take
from bot.channels.enclosed import Enclosed
from bot.channels.http import CALL_MOST, TooLong, Unanswered, Unreached
from bot.channels.outcomes import Closed, Later, Outcome, Refused, Sent, Shown, TopicClosed
from bot.channels.pace import Pace
from bot.channels.session import NoteState, NotOurs, NotYet, Session
from bot.channels.telegram.judging import judge, same_as_before
from bot.channels.telegram.payloads import KINDS
from bot.channels.telegram.reading import NAME, read
from bot.channels.telegram.transport import AiohttpRequest, envelope_in
from bot.channels.telegram.writing import cut, is_caption, keyboard
from bot.channels.webhook import Hook
from bot.config import Telegram
from bot.steady import SteadyClock
from bot.trouble import ChannelRefused
from handlers.messages import Deletion, Menu, Notice, Reaction, Reply, Saying, Tick
from storage.talk.pictures import Picture

log = logging.getLogger(__name__)
POLL_SECONDS = 50  # how long Telegram holds an empty poll
POLL_MOST = 100  # updates
POLL_BYTES = 2**21  # of an answer; where a hundred updates are longer, fewer are asked for
WEBHOOK_CONNECTIONS = 40  # Telegram posts what belongs to one chat one after the other all the same
NOTICE_MOST = 200
UPLOAD_SECONDS = 120  # ten megabytes from a slow line
FILE_MOST = 45 * 2**20  # bytes; Telegram takes 50 MB in all: https://core.telegram.org/bots/api#senddocument
_PHOTOS_KNOWN = 100
_LOOK_AGAIN = 60.0  # seconds: a longer wait that Telegram wants is looked at again by then, and then ever more seldom
_LONGEST = 3600.0
_MOST_DOUBLINGS = 6
_CHATS_KNOWN = 10_000
_SOON = 10  # seconds for an answer that takes no time
_CONFLICT = 409
_BAD_REQUEST = 400
_BAD_GATEWAY = 502  # also where something on the way answers instead of Telegram
_UNAUTHORISED = (401, 404)
_LARGEST_ID = 2**62  # of an update

# The library logs whole answers, people's words among them, and the HTTP client addresses with the token.
logging.getLogger("telegram").setLevel(logging.CRITICAL)
logging.getLogger("httpx").setLevel(logging.CRITICAL)


class TelegramChannel:
    """One bot on Telegram."""

    name = NAME
    once = False
    deletes = True

    def __init__(
        self,
        settings: Telegram,
        clock: SteadyClock,
        *,
        note: NoteState,
        hook: Hook | None = None,
        poll_seconds: int = POLL_SECONDS,
    ) -> None:
        assert settings.token is not None
        self.pace = Pace(rate=settings.rate, chat_rate=settings.chat_rate, group_rate=settings.group_rate)
        self._clock = clock
        self._note = note
        self._hook = hook
        self._poll_seconds = poll_seconds
        self._request = AiohttpRequest(settings.proxy, asks=partial(clock.asks, NAME))
        self._username = ""
        self._offset: int | None = None
        self._limit = POLL_MOST
        self._stuck = False  # the last poll brought what no offset can confirm
        self._menus: asyncio.Task[None] | None = None
        self._told_to_wait: dict[str, int] = {}  # by address: how often in a row
        self._photos: dict[int, str] = {}  # by picture: what Telegram calls it, once it has it
        self._address = f"{settings.base_url.rstrip('/')}/bot{settings.token.get_secret_value()}"
        try:
            self._bot = telegram.Bot(
                settings.token.get_secret_value(),
                base_url=f"{settings.base_url.rstrip('/')}/bot",
                request=self._request,
                get_updates_request=self._request,
            )
        except InvalidToken:
            raise ChannelRefused("the Telegram token is empty or malformed: copy it again from @BotFather") from None

    async def run(self, take: Take) -> None:
        """Takes what comes, for ever. Nothing is confirmed before it is committed.

        Raises:
            ChannelRefused: Telegram does not know the token, or refuses the webhook.
        """
        await self._request.initialize()
        session = Session(self, take, name=NAME, clock=self._clock, note=self._note, hook=self._hook)
        try:
            await session.run()
        finally:
            if self._menus is not None:
                self._menus.cancel()

    async def close(self) -> None:
        """Closes the session."""
        await self._request.shutdown()

    # In, for the session

    async def introduce(self) -> str:
        """The bot's user name."""
        status, answer = await self._call("getMe", {}, _SOON)
        if status == 200 and isinstance(answer.get("result"), dict):
            self._username = str(answer["result"].get("username", ""))
            self._menus = asyncio.create_task(self._default_menu())
            return self._username
        if status in _UNAUTHORISED:
            raise ChannelRefused("Telegram does not know this token: copy it again from @BotFather")
        raise NotYet(_failed("getMe", status))

    async def unhook(self) -> None:
        """Has Telegram keep what comes until it is polled."""
        await self._arrange("deleteWebhook", {})

    async def poll(self) -> list[object]:
        """The next updates; asking for them confirms those before."""
        parameters: dict[str, Any] = {"timeout": self._poll_seconds, "limit": self._limit, "allowed_updates": KINDS}
        if self._offset is not None:
            parameters["offset"] = self._offset
        try:
            status, answer = await self._fetch("getUpdates", parameters, self._poll_seconds + _SOON, most=POLL_BYTES)
        except TooLong as error:
            self._limit = max(1, self._limit // 4)
            raise NotYet(f"getUpdates: {error}") from None
        except (Unreached, Unanswered):
            status, answer = 0, {}
        updates = answer.get("result")
        if status == _CONFLICT:
            raise NotYet("another program polls with the same token: stop it")
        if status != 200 or not isinstance(updates, list):
            raise NotYet(_failed("getUpdates", status))
        self._limit = min(POLL_MOST, 2 * self._limit)
        return self._confirmable(updates)

    def _confirmable(self, updates: list[object]) -> list[object]:
        """The updates, which the next poll confirms; those that none can confirm come again as fast as we ask."""
        offset = max((update["update_id"] + 1 for update in updates if _has_id(update)), default=self._offset)
        stuck, self._stuck = self._stuck, bool(updates) and offset == self._offset
        self._offset = offset
        if stuck and self._stuck:
            raise NotYet("getUpdates: updates without usable ids, again and again")
        return updates

    async def place(self, hook: Hook) -> str:
        """Has Telegram post to the hook; what waits at Telegram is kept."""
        asked = {"url": hook.url, "secret_token": hook.secret, "allowed_updates": KINDS}
        await self._arrange("setWebhook", asked | {"max_connections": WEBHOOK_CONNECTIONS})
        return ""

    async def look_at(self, hook: Hook) -> str:
        """What is wrong with the posts."""
        status, answer = await self._call("getWebhookInfo", {}, _SOON)
        info = answer.get("result")
        if status != 200 or not isinstance(info, dict):
            raise NotYet(_failed("getWebhookInfo", status))
        if info.get("url") != hook.url:
            raise NotOurs
        if info.get("pending_update_count") and info.get("last_error_message"):
            return f"Telegram cannot post to the webhook ({info['last_error_message']}): check address and proxy"
        return ""

    def read(self, payload: object) -> list[Arrival]:
        """What an update brings."""
        arrival = read(payload, username=self._username, now=self._clock.now())
        return [arrival] if arrival is not None else []

    async def _arrange(self, method: str, parameters: dict[str, Any]) -> None:
        status, answer = await self._call(method, parameters, _SOON)
        if status == _BAD_REQUEST:
            raise ChannelRefused(f"Telegram refuses the webhook: {answer.get('description', '')}; correct its address")
        if status != 200:
            raise NotYet(_failed(method, status))

    async def _call(self, method: str, parameters: dict[str, Any], read_timeout: float) -> tuple[int, dict[str, Any]]:
        """A call whose answer is wanted raw; the status (0: no answer) and the JSON object."""
        try:
            return await self._fetch(method, parameters, read_timeout)
        except (Unreached, Unanswered):
            return 0, {}

    async def _fetch(
        self, method: str, parameters: dict[str, Any], read_timeout: float, *, most: int = CALL_MOST
    ) -> tuple[int, dict[str, Any]]:
        """The same, where no answer is an error: Unreached, Unanswered, TooLong."""
        status, body = await self._request.fetch(f"{self._address}/{method}", parameters, read_timeout, most=most)
        answer = envelope_in(body)
        if answer is None:
            return status if status >= _BAD_GATEWAY else _BAD_GATEWAY, {}
        return status, answer

    async def _default_menu(self) -> None:
        """What people who have not joined see in the menu."""
        try:
            await self._bot.set_my_commands([("start", "Vào bằng mã tham gia"), ("trogiup", "Trợ giúp")])
        except TelegramError as error:
            log.info("telegram: no default menu (%s)", type(error).__name__)

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
        """Says something in a chat; never raises."""
        outcome = await self._tried(address, saying, silent=silent, picture=picture, file=file)
        if not isinstance(outcome, Later) or outcome.after is None:
            self._told_to_wait.pop(address, None)
            return outcome
        often = self._told_to_wait.pop(address, 0)
        if len(self._told_to_wait) >= _CHATS_KNOWN:
            self._told_to_wait.clear()
        self._told_to_wait[address] = often + 1
        bound = min(_LOOK_AGAIN * 2 ** min(often, _MOST_DOUBLINGS), _LONGEST)
        if outcome.after > bound:
            log.warning("telegram: told to wait %.0f s in a chat; looked at again in %.0f s", outcome.after, bound)
        return Later(outcome.reason, min(outcome.after, bound))

    async def _tried(
        self, address: str, saying: Saying, *, silent: bool, picture: Picture | None, file: Enclosed | None
    ) -> Outcome:
        try:
            if isinstance(saying, Reply) and picture is not None:
                return await self._show(int(address), saying, picture, silent=silent)
            if isinstance(saying, Reply) and file is not None:
                if file.document.size <= FILE_MOST:
                    return await self._enclose(int(address), saying, file, silent=silent)
                saying = replace(saying, text=f"{saying.text}\n{file.in_words()}")
            return await self._say(int(address), saying, silent=silent)
        except Exception as error:
            if same_as_before(error):
                return Sent(None)
            outcome = judge(error)
            speaks = isinstance(saying, Reply) and saying.edits is None
            return Refused(outcome.reason) if isinstance(outcome, Closed | TopicClosed) and not speaks else outcome

    async def _say(self, chat: int, saying: Saying, *, silent: bool) -> Outcome:
        match saying:
            case Notice(press, text):
                await self._bot.answer_callback_query(press, text[:NOTICE_MOST] or None, show_alert=len(text) > 60)
                return Sent(None)
            case Reaction(emoji, message):
                await self._bot.set_message_reaction(chat, int(message), emoji)
                return Sent(None)
            case Deletion(message):
                await self._bot.delete_message(chat, int(message))
                return Sent(None)
            case Menu(commands):
                await self._bot.set_my_commands(commands, scope=telegram.BotCommandScopeChat(chat))
                return Sent(None)
            case Tick():
                return Sent(None)  # nothing of ours stands under people's messages there
            case Reply():
                return await self._reply(chat, saying, silent=silent)
        return Later("nothing to say")

    async def _reply(self, chat: int, reply: Reply, *, silent: bool) -> Outcome:
        said: dict[str, Any] = {"chat_id": chat, "text": cut(reply.text)}
        if reply.buttons:
            said["reply_markup"] = keyboard(reply.buttons)
        if reply.edits is not None:
            await self._request.call(f"{self._address}/editMessageText", said | {"message_id": int(reply.edits)})
            return Sent(reply.edits)
        if reply.topic:
            said["message_thread_id"] = int(reply.topic)
        if reply.quotes is not None:
            said["reply_parameters"] = {"message_id": int(reply.quotes), "allow_sending_without_reply": True}
        if silent:
            said["disable_notification"] = True
        # Not Bot.send_message: it makes objects of all parts of question and answer, 152 µs against 6.
        sent = await self._request.call(f"{self._address}/sendMessage", said)
        id = sent.get("message_id") if isinstance(sent, dict) else None
        return Sent(str(id) if id is not None else None)

    async def _show(self, chat: int, reply: Reply, picture: Picture, *, silent: bool) -> Outcome:
        """Shows the picture, with the text and the buttons under it where the text is short enough."""
        whole, said = _captioned(reply, picture.name, silent=silent)
        known = self._photos.pop(picture.id, None)
        try:
            sent = await self._bot.send_photo(chat, known or picture.content, read_timeout=UPLOAD_SECONDS, **said)
        except BadRequest:
            if known is None:
                raise
            return Later("a photo that was known is refused")  # and is uploaded then
        if sent.photo:
            self._photos[picture.id] = sent.photo[-1].file_id
        if len(self._photos) > _PHOTOS_KNOWN:
            self._photos.pop(next(iter(self._photos)))
        return Sent(str(sent.message_id)) if whole else Shown()

    async def _enclose(self, chat: int, reply: Reply, file: Enclosed, *, silent: bool) -> Outcome:
        """Sends the file, read while it goes; with the text and the buttons under it likewise."""
        whole, said = _captioned(reply, file.document.name, silent=silent)
        with file.path.open("rb") as content:
            document = telegram.InputFile(content, filename=file.document.name, read_file_handle=False)
            sent = await self._bot.send_document(chat, document, read_timeout=UPLOAD_SECONDS, **said)
        return Sent(str(sent.message_id)) if whole else Shown()


def _captioned(reply: Reply, name: str, *, silent: bool) -> tuple[bool, dict[str, Any]]:
    """How a picture or file goes out with a reply, and whether the text stands under it whole."""
    whole = is_caption(reply.text)
    said: dict[str, Any] = {"filename": name, "disable_notification": silent}
    if reply.topic:
        said["message_thread_id"] = int(reply.topic)
    if whole:
        said["caption"] = reply.text
    if whole and reply.buttons:
        said["reply_markup"] = telegram.InlineKeyboardMarkup.de_json(keyboard(reply.buttons), None)
    if reply.quotes is not None:
        said["reply_parameters"] = telegram.ReplyParameters(int(reply.quotes), allow_sending_without_reply=True)
    return whole, said


def _has_id(update: object) -> TypeGuard[dict[str, Any]]:
    id = update.get("update_id") if isinstance(update, dict) else None
    return isinstance(id, int) and not isinstance(id, bool) and 0 < id < _LARGEST_ID


def _failed(method: str, status: int) -> str:
    return f"{method}: {status or 'no connection'}"
