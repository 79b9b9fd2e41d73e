"""`write`: texts and buttons within Telegram's limits."""

from handlers.messages import Rows

TEXT_MOST = 4096  # UTF-16 units; https://core.telegram.org/bots/api#sendmessage
CAPTION_MOST = 1024  # likewise; https://core.telegram.org/bots/api#sendphoto
DATA_MOST = 64  # bytes; https://core.telegram.org/bots/api#inlinekeyboardbutton
ROW_MOST = 8
_CUT = "…"


def keyboard(rows: Rows) -> dict[str, list[list[dict[str, str]]]]:
    """The buttons under a message: https://core.telegram.org/bots/api#inlinekeyboardmarkup."""
    return {
        "inline_keyboard": [
            [{"text": button.label, "callback_data": button.data} for button in row[:ROW_MOST]] for row in rows if row
        ]
    }


def is_caption(text: str) -> bool:
    """Whether a text can stand under a picture."""
    return len(_encoded(text)) <= 2 * CAPTION_MOST


def cut(text: str) -> str:
    """A text that Telegram takes whole: its end is left out where it is longer."""
    encoded = _encoded(text)
    if len(encoded) <= 2 * TEXT_MOST:
        return text
    return encoded[: 2 * (TEXT_MOST - 1)].decode("utf-16-le", "ignore") + _CUT


def _encoded(text: str) -> bytes:
    """In UTF-16, as Telegram counts."""
    return text.encode("utf-16-le", "surrogatepass")
