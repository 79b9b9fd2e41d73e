"""`write`: texts and buttons within Telegram's limits."""

import logging

from handlers.messages import Button, Rows

log = logging.getLogger(__name__)
TEXT_MOST = 4096  # UTF-16 units; https://core.telegram.org/bots/api#sendmessage
CAPTION_MOST = 1024  # likewise; https://core.telegram.org/bots/api#sendphoto
DATA_MOST = 64  # bytes; https://core.telegram.org/bots/api#inlinekeyboardbutton
ROW_MOST = 8
_CUT = "…"


def keyboard(rows: Rows) -> dict[str, list[list[dict[str, str]]]]:
    """The buttons under a message: https://core.telegram.org/bots/api#inlinekeyboardmarkup.

    One whose data is too long is left out: with it Telegram would refuse the whole message.
    """
    kept = [[(button.label, data) for button in row if (data := _data(button)) is not None] for row in rows]
    return {
        "inline_keyboard": [
            [{"text": label, "callback_data": data} for label, data in row[:ROW_MOST]] for row in kept if row
        ]
    }


def _data(button: Button) -> str | None:
    """What a press sends back."""
    data = next((data for data in (button.data, button.short) if data and len(data.encode()) <= DATA_MOST), None)
    if data is None:
        log.warning("telegram: a button is left out: its data has %d bytes", len(button.data.encode()))
    return data


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
