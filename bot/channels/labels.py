"""Buttons as words, for where there are none to press: labels that work when they are typed."""

import re
from collections.abc import Sequence

from handlers.messages import Button, Rows
from handlers.texts import mark

_BETWEEN = " · "
_NUMBERED = re.compile(r"(.*\D) ([0-9]{1,4})")  # `Sửa 4`
_FOLDED = 4  # so many labels that only count on are shown by the first and the last


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
