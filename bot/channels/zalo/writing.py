"""`write`: a reply as texts within Zalo's limits; buttons become words to send back."""

from collections.abc import Iterator

from bot.channels.labels import to_send_back
from handlers.messages import Reply
from handlers.texts import mark

TEXT_MOST = 2000  # characters, also under a picture; https://bot.zaloplatforms.com/docs/apis/sendMessage


def write(reply: Reply, *, unseen: bool = False) -> list[str]:
    """The messages that say it; none where there is nothing to say. `unseen`: its picture cannot be shown.

    What is quoted stands in words: bots on Zalo cannot quote.
    """
    words = reply.answers.words if reply.quotes is not None and reply.answers is not None else ""
    quoted = f"“{words}”" if words else ""
    parts = [
        quoted,
        reply.text,
        mark("unseen") if unseen else "",
        to_send_back(reply.buttons, group=reply.in_group),
    ]
    return list(split("\n".join(filter(None, parts))))


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
