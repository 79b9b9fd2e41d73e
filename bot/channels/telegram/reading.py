"""`read`: an update of Telegram in the vocabulary of the house. Never raises, whatever JSON it is given."""

import json
import re
from datetime import UTC, datetime
from functools import lru_cache

from pydantic import ValidationError

from bot.channels.arrivals import Unreadable
from bot.channels.json import without_nulls
from bot.channels.telegram.payloads import (
    CallbackMessage,
    CallbackPayload,
    ChatPayload,
    Meant,
    MemberPayload,
    MessagePayload,
    UpdatePayload,
    User,
)
from handlers.messages import Chat, Event, Message, Moved, Presence, Press, Sender

NAME = "telegram"
_MESSAGES = ("message", "edited_message")
_OF_OTHERS = "business"  # what is said to somebody whose account a bot looks after
_PRESENT = frozenset({"member", "administrator", "creator", "restricted"})
_RAW_MOST = 4000


@lru_cache(maxsize=4)
def _mention(username: str) -> re.Pattern[str]:
    return re.compile(rf"@{re.escape(username)}\b", re.IGNORECASE)


def read(update: object, *, username: str, now: datetime) -> Event | Unreadable | None:
    """What happened; None where it is nothing for us (other bots, service messages, commands to other bots).

    `username` is the bot's; `now` the time of a press, for which Telegram gives none.
    """
    try:
        payload = _payload(update)
        if payload.message is not None:
            return _message(payload.message, username)
        if payload.edited_message is not None:
            return _message(payload.edited_message, username, edition=str(payload.update_id))
        if payload.callback_query is not None:
            return _press(payload.callback_query, now)
        if payload.my_chat_member is not None:
            return _presence(payload.my_chat_member, payload.update_id)
    except (ValidationError, ValueError, OverflowError, RecursionError) as error:
        return _unreadable(update, type(error).__name__)
    return _unreadable(update, "unknown kind of update")


def _payload(update: object) -> UpdatePayload:
    """The update; what stands between us and Telegram may write null for what is not there."""
    try:
        return UpdatePayload.model_validate(update)
    except ValidationError:
        return UpdatePayload.model_validate(without_nulls(update))


def _unreadable(update: object, error: str) -> Unreadable:
    id = update.get("update_id") if isinstance(update, dict) else None
    try:
        raw = json.dumps(update, ensure_ascii=False)[:_RAW_MOST]
    except (TypeError, ValueError, RecursionError):
        raw = type(update).__name__
    chat, sender = _meant(update)
    return Unreadable(NAME, str(id), error, raw, chat, sender)


def _meant(update: object) -> tuple[Chat, Sender] | tuple[None, None]:
    """Who wrote to the bot in private, where that much can be read: of a message, or of words of a kind that is new."""
    for name, part in update.items() if isinstance(update, dict) else ():
        if not isinstance(part, dict) or _OF_OTHERS in str(name):
            continue
        if name not in _MESSAGES and not isinstance(part.get("text"), str):
            continue
        try:
            known = Meant.model_validate(without_nulls(part))
        except (ValidationError, ValueError, RecursionError):
            continue
        if known.chat.type == "private" and not known.sender.is_bot:
            return _chat(known.chat), _sender(known.sender)
    return None, None


def _chat(chat: ChatPayload, of: MessagePayload | CallbackMessage | None = None) -> Chat:
    """The chat; of a message in a topic, that topic. Answers to one another have thread ids in other groups, too."""
    topic = str(of.message_thread_id) if of is not None and of.is_topic_message and of.message_thread_id else None
    return Chat(NAME, str(chat.id), chat.type == "private", chat.title, topic)


def _sender(user: User) -> Sender:
    return Sender(str(user.id), f"{user.first_name} {user.last_name}".strip())


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _message(message: MessagePayload, username: str, *, edition: str = "") -> Event | None:
    """`edition`: it was edited, and this is the number of the update that says so."""
    chat = _chat(message.chat, message)
    if message.migrate_to_chat_id is not None:
        return Moved(chat, str(message.message_id), str(message.migrate_to_chat_id), _at(message.date))
    if message.migrate_from_chat_id is not None:
        old = Chat(NAME, str(message.migrate_from_chat_id), private=False, title=chat.title)
        return Moved(old, f"to {message.message_id}", chat.address, _at(message.date))
    anonymous = message.sender_chat is not None
    sender = _group(message) if anonymous else message.sender
    if sender is None or sender.is_bot or message.chat.type == "channel" or message.is_service:
        return None
    text = message.text or message.caption or ""
    mentioned = _mention(username).search(text) is not None
    command = text.startswith("/")
    if command and not chat.private and not _for_us(text, username):
        return None
    replied = message.reply_to_message
    to_bot = replied is not None and replied.sender is not None and _is_us(replied.sender, username)
    return Message(
        chat=chat,
        sender=_sender(sender),
        id=str(message.message_id),
        text=text if command or not mentioned else " ".join(_mention(username).sub(" ", text).split(" ")).strip(),
        at=_at(message.date),
        edited_at=_at(message.edit_date or message.date) if edition else None,
        reply_to=str(replied.message_id) if replied else None,
        forwarded=message.forward_origin is not None or message.forward_date is not None,
        addressed=chat.private or command or mentioned or to_bot,
        album=message.media_group_id,
        anonymous=anonymous,
        edition=edition,
        number=int(edition or 0),
    )


def _group(message: MessagePayload) -> User | None:
    """Who writes as the group itself, in which all anonymous admins are one, or under the name of a channel of theirs.

    None: a post of the group's own channel, which Telegram put here.
    """
    chat = message.sender_chat
    return User(id=chat.id) if chat is not None and not message.is_automatic_forward else None


def _is_us(user: User, username: str) -> bool:
    """Whether this is our bot: there may be others in a group."""
    return user.is_bot and user.username.casefold() in ("", username.casefold())


def _for_us(command: str, username: str) -> bool:
    """Whether `/x@name` names nobody else."""
    head = command.split(maxsplit=1)[0]
    _, named, name = head.partition("@")
    return not named or name.casefold() == username.casefold()


def _press(press: CallbackPayload, now: datetime) -> Event | None:
    if press.message is None or press.data is None:
        return None
    chat = _chat(press.message.chat, press.message)
    return Press(chat, _sender(press.sender), press.id, press.data, str(press.message.message_id), now)


def _presence(change: MemberPayload, update_id: int) -> Event | None:
    if change.chat.type == "channel":
        return None
    present = change.new_chat_member.status in _PRESENT
    before = change.old_chat_member is not None and change.old_chat_member.status in _PRESENT
    return Presence(_chat(change.chat), _sender(change.sender), str(update_id), present, _at(change.date), before)
