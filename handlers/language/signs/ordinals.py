"""Numbers of lists, known by counting up from 1 (`1) ông Khang: 2 máy; 2) bà Liễu: vắng`), blanked where they stand."""

import re
from itertools import pairwise

from handlers.language.signs.folding import fold

_OF_LINES = re.compile(r"^[ \t]*([(\[]?(\d{1,2})[.)\]/,-])(?=[ \t]+\S|[^\W\d])", re.MULTILINE)
_WITHIN = re.compile(r"(?<![^\s:;,.!(\[])([(\[]?(\d{1,2}|[a-e](?=[)]))[.)\]/-])(?=[ \t]*[^\W\d_])")
_HEADS = re.compile(r"(?:^|[:;.!\n])[ \t]*$")  # before the first
_CLOSES = re.compile(r"[;.!,\n|][ \t]*$")  # before the others
_NAMES = re.compile(r"(?:nha|ho|ong|ba|bac|co|chu|anh|chi|cu|di|cau|mo|thim|duong|xom|thon|to|khu)\b")
_TELLS = re.compile(
    r"\d|\b(?:vang|xong|loi|choi|hen|ok|duoc|dc|roi|chua|khong|ko|k|hl|tc|v|khoa|mot|hai|ba|bon|nam|phim|gach)\b|[✅☑✔🔒❌]"
)


def without_ordinals(text: str) -> str:
    """The text without the numbers of its lists; of the same length."""
    return _within_lines(_of_lines(text) if "\n" in text else text)


def _of_lines(text: str) -> str:
    """Lines numbered from 1 lose their numbers; two at least, in order (`1. 3 máy`, `(2) ông Tư`).

    So do those of a list that goes on (`5. Nhà cô Hậu …`, `6. Nhà chú Đoan …`), where each names whose it is.
    """
    found = list(_OF_LINES.finditer(text))
    numbers = [int(one.group(2)) for one in found]
    if len(found) < 2 or numbers != list(range(numbers[0], numbers[0] + len(found))):
        return text
    named = all(one.group(1)[-1] in ".)]" and _NAMES.match(fold(text[one.end(1) :].lstrip())) for one in found)
    return _blanked(text, found) if numbers[0] == 1 or named else text


def _within_lines(text: str) -> str:
    """Items numbered within a line: two at least, in order, each telling something."""
    if not any(sign in text for sign in ("1)", "1.", "1/", "1-", "1]", "a)")):
        return text
    found = list(_WITHIN.finditer(text))
    if len(found) < 2 or [_place(one) for one in found] != list(range(1, len(found) + 1)):
        return text
    ends = [*(one.start(1) for one in found[1:]), len(text)]
    items = [fold(text[one.end(1) : end]) for one, end in zip(found, ends, strict=True)]
    first, *others = found
    if not _HEADS.search(text[: first.start(1)]) or not all(_TELLS.search(item) for item in items):
        return text
    begun = all(
        _CLOSES.search(text[: one.start(1)]) or _NAMES.match(item) for one, item in zip(others, items[1:], strict=True)
    )
    alike = all(one.group(1)[-1] == other.group(1)[-1] for one, other in pairwise(found))
    return _blanked(text, found) if begun and alike else text


def _place(found: re.Match[str]) -> int:
    said = found.group(2)
    return int(said) if said.isdigit() else ord(said) - ord("a") + 1


def _blanked(text: str, found: list[re.Match[str]]) -> str:
    for one in found:
        text = text[: one.start(1)] + " " * len(one.group(1)) + text[one.end(1) :]
    return text
