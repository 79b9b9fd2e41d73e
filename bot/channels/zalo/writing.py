"""`write`: a reply as texts within Zalo's limits; buttons become words to send back."""

from collections.abc import Iterator

from handlers.messages import Button, Reply, Rows
from handlers.texts import mark

TEXT_MOST = 2000  # characters, also under a picture; https://bot.zaloplatforms.com/docs/apis/sendMessage
_BETWEEN = " · "


def write(reply: Reply, *, unseen: bool = False) -> list[str]:
    """The messages that say it; none where there is nothing to say. `unseen`: its picture cannot be shown."""
    parts = [reply.text, mark("unseen") if unseen else "", to_send_back(reply.buttons)]
    return list(split("\n".join(filter(None, parts))))


def to_send_back(rows: Rows) -> str:
    """What may be typed in the place of a press: `👉 Nhắn lại: Ghi thêm 7 · Giữ 18 · /homnay (Xem)`."""
    words = [_word(button) for row in rows for button in row]
    if not words:
        return ""
    return f"{mark('labels')} {_BETWEEN.join(words)}"


def _word(button: Button) -> str:
    """The label, which is a press when it is typed; where the button stands for a command, that, and what it is."""
    if not button.data.startswith("c/"):
        return button.label
    command = button.data[1:]
    return command if command.endswith(f" {button.label}") else f"{command} ({button.label})"


def split(text: str, most: int = TEXT_MOST) -> Iterator[str]:
    """The text in parts that Zalo takes: cut at ends of lines, else between words, else anywhere."""
    rest = text.strip()
    while _length(rest) > most:
        head = _fitting(rest, most)
        end = max(head.rfind("\n"), 0) or max(head.rfind(" "), 0) or len(head)
        yield rest[:end].rstrip()
        rest = rest[end:].lstrip()
    if rest:
        yield rest


def _length(text: str) -> int:
    """UTF-16 units: the stricter way of counting, since Zalo does not say how it counts."""
    return len(text) + sum(ord(letter) > 0xFFFF for letter in text)


def _fitting(text: str, most: int) -> str:
    """As much of the beginning as fits."""
    used = 0
    for place, letter in enumerate(text):
        used += 1 + (ord(letter) > 0xFFFF)
        if used > most:
            return text[:place]
    return text
