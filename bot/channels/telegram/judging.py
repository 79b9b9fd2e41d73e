"""`judge`: how a call to Telegram ended, in the few outcomes that the house knows."""

import telegram.error as errors

from bot.channels.http import seconds_in
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
from bot.channels.telegram.transport import Unanswered, Unreached

# What Telegram says where nothing is wrong, or nobody is there; the library changes capitals, so parts are compared.
_SAME = "message is not modified"
_TOO_LARGE = "too large"  # with 413: Telegram itself, or a proxy on the way
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
    return isinstance(error, errors.BadRequest) and _SAME in error.message.lower()


def judge(error: Exception) -> Outcome:
    """The outcome of a call that raised."""
    match error:
        case errors.RetryAfter():
            after = error.retry_after
            return Later("429", seconds_in(after if isinstance(after, int | float) else after.total_seconds()))
        case errors.ChatMigrated():
            return MovedTo(str(error.new_chat_id))
        case errors.InvalidToken():
            return Denied("the token is refused")
        case errors.Forbidden():
            return Gone("forbidden")
        case errors.BadRequest():
            return _refused(error.message)
        case Unreached():
            return Later(error.message)
        case Unanswered() | errors.TimedOut():
            return Unknown(error.message)
        case errors.NetworkError() if _TOO_LARGE in error.message.lower():
            return Refused(_TOO_LARGE)
        case errors.NetworkError():
            return Later("not from Telegram")
        case errors.TelegramError():
            return Unknown("an answer that is none")
    return Unknown(type(error).__name__)


def _refused(message: str) -> Outcome:
    words = message.lower()
    for parts, kind in ((_NOBODY, Gone), (_CLOSED, Closed), (_TOPIC_CLOSED, TopicClosed), (_NO_TOPIC, NoTopic)):
        if any(part in words for part in parts):
            return kind(words)
    return Refused(
        message, next((part for part, signs in _PARTS.items() if any(sign in words for sign in signs)), None)
    )
