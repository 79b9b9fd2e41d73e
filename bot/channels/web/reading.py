"""`read`: what was done in the web chat, in the vocabulary of the house."""

from datetime import UTC, datetime

from handlers.messages import Arrived, Chat, Event, Message, Press, Sender
from storage.webchat.actions import Action, Kind
from storage.webchat.rooms import CHANNEL, Room

NAME = CHANNEL
_MENTIONS = ("@bot", "@bacung")


def read(action: Action, room: Room) -> Event:
    """The event of an action in this room."""
    chat = Chat(NAME, str(room.id), room.private, room.title)
    sender = Sender(str(action.person), action.name)
    body, at = action.body, _moment(action.at)
    if action.kind is Kind.PRESS:
        return Press(chat, sender, action.uuid, body["data"], str(action.post), at)
    if action.kind is Kind.JOIN:
        return Arrived(chat, sender, action.uuid, body["code"], body["device"], at)
    text, mentioned = _without_mention(body["text"])
    edited = action.kind is Kind.EDIT
    reply = body.get("reply")
    return Message(
        chat=chat,
        sender=sender,
        id=str(action.post),
        text=text,
        at=_moment(body["first"]) if edited else at,
        edited_at=at if edited else None,
        edition=action.uuid if edited else "",
        number=action.id if edited else 0,
        reply_to=str(reply) if reply is not None else None,
        addressed=chat.private or mentioned or text.startswith("/") or body.get("to_bot", False),
        hidden=frozenset(body["hidden"]),
    )


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _without_mention(text: str) -> tuple[str, bool]:
    for mention in _MENTIONS:
        if text.lower().startswith(mention + " "):
            return text[len(mention) :].strip(), True
    return text, False
