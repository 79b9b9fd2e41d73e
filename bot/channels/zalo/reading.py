"""`read`: an update of Zalo in the vocabulary of the house. Never raises, whatever JSON it is given."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime

from pydantic import ValidationError

from bot.channels.arrivals import Unreadable
from bot.channels.zalo.payloads import Meant, UpdatePayload
from handlers.messages import Chat, Event, Message, Sender

NAME = "zalo"
_PICTURE = "message.image."
_KINDS = "message."  # message.text.received, .image., .sticker., .voice., .unsupported.
_RAW_MOST = 4000


def name_of(number: int) -> str:
    """The channel of the nth bot, from 1: each has its own, since chats and people are other ones to each."""
    return NAME if number == 1 else f"{NAME}:{number}"


def unwrapped(payload: object) -> object:
    """The update in either envelope: `{"ok", "result": {event_name, message}}` as documented, or flat as captured."""
    return payload["result"] if isinstance(payload, dict) and "result" in payload else payload


def read(payload: object, *, channel: str = NAME, names: Sequence[str] = ()) -> Event | Unreadable | None:
    """What happened; None where it is nothing for us: other bots.

    `channel` is the name of the bot's channel, `names` what people may call the bot in a mention.
    """
    update = unwrapped(payload)
    try:
        known = UpdatePayload.model_validate(update)
        if known.event_name.startswith(_KINDS):
            return _message(known, channel, names)
    except (ValidationError, ValueError, OverflowError, RecursionError) as error:
        return _unreadable(update, channel, type(error).__name__)
    return _unreadable(update, channel, "unknown kind of event")


def _unreadable(update: object, channel: str, error: str) -> Unreadable:
    message = update.get("message") if isinstance(update, dict) else None
    id = message.get("message_id") if isinstance(message, dict) else None
    try:
        raw = json.dumps(update, ensure_ascii=False)[:_RAW_MOST]
        name = str(id)[:64]
    except (TypeError, ValueError, RecursionError):
        raw, name = type(update).__name__, ""
    chat, sender = _meant(update, channel)
    return Unreadable(channel, name, error, raw, chat, sender)


def _meant(update: object, channel: str) -> tuple[Chat, Sender] | tuple[None, None]:
    """Who wrote to the bot in private, where that much can be read: of a message, or of words of a kind that is new."""
    message = update.get("message") if isinstance(update, dict) else None
    if not isinstance(update, dict) or not isinstance(message, dict):
        return None, None
    if not str(update.get("event_name")).startswith(_KINDS) and not isinstance(message.get("text"), str):
        return None, None
    try:
        known = Meant.model_validate(message)
    except (ValidationError, ValueError, RecursionError):
        return None, None
    chat, sender = known.chat, known.sender
    if (sender is not None and sender.is_bot) or (chat is not None and chat.chat_type.upper() == "GROUP"):
        return None, None
    id = chat.id if chat is not None else sender.id if sender is not None else None
    if id is None:
        return None, None
    return Chat(channel, id, private=True), Sender(sender.id, sender.display_name) if sender else Sender(id, "")


def _message(update: UpdatePayload, channel: str, names: Sequence[str]) -> Event | None:
    message = update.message
    if message.sender.is_bot:
        return None
    private = message.chat.chat_type.upper() != "GROUP"
    text = message.text or message.caption or ""
    return Message(
        chat=Chat(channel, message.chat.id, private),
        sender=Sender(message.sender.id, message.sender.display_name),
        id=message.message_id,
        text=text.strip() if private else _without_mention(text, names),
        at=datetime.fromtimestamp(message.date / 1000, UTC),
        one_of_a_kind=True,
        picture=update.event_name.startswith(_PICTURE),
    )


def _without_mention(text: str, names: Sequence[str]) -> str:
    """What is said to the bot in a group, without its name: only mentions and replies arrive from there."""
    for name in filter(None, names):
        text = re.sub(rf"@{re.escape(name)}(?!\w)[,:]?", " ", text, flags=re.IGNORECASE)
    return "\n".join(" ".join(line.split(" ")).strip() for line in text.split("\n")).strip()
