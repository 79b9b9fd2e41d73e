"""`judge`: how a call to Telegram ended, in the few outcomes that the house knows."""

from bot.channels.http import Unanswered, Unreached
from bot.channels.outcomes import (
    Closed,
    Denied,
    Gone,
    Later,
    MovedTo,
    NoTopic,
    Outcome,
    Part,
    Refused,
    TopicClosed,
    Unknown,
)
from bot.channels.telegram.transport import Declined, NotTelegram

# What Telegram says where nothing is wrong, or nobody is there, in small letters: its capitals differ.
_SAME = "message is not modified"
_TOO_LARGE = "too large"
_BAD_REQUEST, _UNAUTHORISED, _FORBIDDEN, _LARGE = 400, (401, 404), 403, 413  # the last also of a proxy on the way
_PREFIX = "Bad Request: "
_NOBODY = ("chat not found", "user is deactivated", "peer_id_invalid", "group chat was deactivated")
_CLOSED = (
    "not enough rights to send text",
    "have no rights to send a message",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_restricted",
    "chat_send_plain_forbidden",
)
_PARTS = {
    Part.QUOTE: ("message to be replied", "reply message", "message_to_reply", "reply_message_id_invalid"),
    Part.BUTTONS: ("button_", "inline keyboard", "reply markup", "reply_markup"),
}
_TOPIC_CLOSED = ("topic_closed",)
_NO_TOPIC = ("message thread not found", "topic_deleted", "topic_id_invalid")


def same_as_before(error: Exception) -> bool:
    """Whether an edit was refused because the message says so already."""
    return isinstance(error, Declined) and error.status == _BAD_REQUEST and _SAME in error.words.lower()


def judge(error: Exception) -> Outcome:
    """The outcome of a call that raised."""
    match error:
        case Declined():
            return _declined(error)
        case Unreached():
            return Later(str(error))
        case Unanswered():
            return Unknown(str(error))
        case NotTelegram():
            return Later("not from Telegram")
    return Unknown(type(error).__name__)


def _declined(error: Declined) -> Outcome:
    if error.moved_to is not None:
        return MovedTo(str(error.moved_to))
    if error.wait is not None:
        return Later(str(error.status), error.wait)
    if error.status in _UNAUTHORISED:
        return Denied("the token is refused")
    if error.status == _FORBIDDEN:
        return Gone("forbidden")
    if error.status == _BAD_REQUEST:
        return _refused(error.words.removeprefix(_PREFIX))
    if error.status == _LARGE or _TOO_LARGE in error.words.lower():
        return Refused(_TOO_LARGE)
    return Later(f"refused with {error.status}")


def _refused(message: str) -> Outcome:
    words = message.lower()
    for parts, kind in ((_NOBODY, Gone), (_CLOSED, Closed), (_TOPIC_CLOSED, TopicClosed), (_NO_TOPIC, NoTopic)):
        if any(part in words for part in parts):
            return kind(words)
    return Refused(
        message, next((part for part, signs in _PARTS.items() if any(sign in words for sign in signs)), None)
    )
