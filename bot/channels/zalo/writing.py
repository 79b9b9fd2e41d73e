"""`write`: a reply as texts within Zalo's limits; buttons become words to send back."""

import re
from collections.abc import Iterator, Sequence

from handlers.messages import Button, Reply, Rows
from handlers.texts import mark

TEXT_MOST = 2000  # characters, also under a picture; https://bot.zaloplatforms.com/docs/apis/sendMessage
_BETWEEN = " · "
_NUMBERED = re.compile(r"(.*\D) ([0-9]{1,4})")  # `Sửa 4`
_FOLDED = 4  # so many labels that only count on are shown by the first and the last


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


def to_send_back(rows: Rows, *, group: bool = False) -> str:
    """What may be typed in the place of a press: `👉 Nhắn lại: Ghi thêm 7 · Giữ 18 · Xem từng tin`.

    In a group only replies and mentions reach the bot; there an answer quotes what it answers.
    """
    words = _folded([word for row in rows for button in row for word in button.instead or (_word(button),)])
    if not words:
        return ""
    heading = mark("labels_group") if group else mark("labels")
    return f"{heading} {_BETWEEN.join(words)}"


def _word(button: Button) -> str:
    """The label, which is a press when it is typed; where that ends the command it stands for, the command."""
    command = button.data.removeprefix("c")
    return command if button.data.startswith("c/") and command.endswith(f" {button.label}") else button.label


def _folded(words: Sequence[str]) -> list[str]:
    """Long lists by their ends: `Sửa 4 … Sửa 10 · Xóa 4 … Xóa 11`."""
    runs: list[list[str]] = []
    run_of: dict[str, list[str]] = {}
    for word in words:
        name, number = _parts(word)
        run = run_of.get(f"{name} {number - 1}", [])
        if not run:
            runs.append(run)
        run.append(word)
        run_of[f"{name} {number}"] = run
    folded = {run[0]: f"{run[0]} … {run[-1]}" for run in runs if len(run) >= _FOLDED}
    hidden = {word for run in runs if len(run) >= _FOLDED for word in run[1:]}
    return [folded.get(word, word) for word in words if word not in hidden]


def _parts(word: str) -> tuple[str, int]:
    """`Sửa 4` → `Sửa`, 4; 0 where it has no number."""
    match = _NUMBERED.fullmatch(word)
    return (match[1], int(match[2])) if match else (word, 0)


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
