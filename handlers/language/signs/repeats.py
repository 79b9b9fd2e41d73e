"""Numbers in words that are no count: said again in brackets (`06 (sáu) tài khoản`), the number of a member."""

import re
from functools import lru_cache

from handlers.language.signs.folding import fold

_NUMBERED = re.compile(r"\b(h[oọ]c vi[eê]n)((?: [^\W\d_]+){1,3})", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"(?<!\d)(\d{1,2})( ?\(([^\W\d_]+(?: [^\W\d_]+){0,2})\))")
_ONES = ("khong", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin")
_AFTER_TENS = {1: ("mot",), 4: ("bon", "tu"), 5: ("lam", "nam", "nham")}


def without_repeats(text: str) -> str:
    """The text without them; of the same length."""
    return _IN_BRACKETS.sub(_blanked, text) if "(" in text else text


def _blanked(found: re.Match[str]) -> str:
    same = fold(found[3]) in _said(int(found[1]))
    return found[1] + " " * len(found[2]) if same else found[0]


def with_numbers(text: str) -> str:
    """The text with the numbers of members in digits, as they are called (`học viên bảy mươi hai`)."""
    return _NUMBERED.sub(_in_digits, text)


def _in_digits(found: re.Match[str]) -> str:
    words = found[2].split()
    for count in range(len(words), 0, -1):
        number = _numbers().get(fold(" ".join(words[:count])))
        if number is not None:
            return " ".join((found[1], str(number), *words[count:]))
    return found[0]


@lru_cache(maxsize=1)
def _numbers() -> dict[str, int]:
    return {said: n for n in range(1, 100) for said in _said(n)}


def _said(n: int) -> frozenset[str]:
    """How a number below a hundred is said, without marks."""
    tens, one = divmod(n, 10)
    if not tens:
        return frozenset({_ONES[one], f"khong {_ONES[one]}", f"le {_ONES[one]}"})
    ten = "muoi" if tens == 1 else f"{_ONES[tens]} muoi"
    if not one:
        return frozenset({ten})
    return frozenset(f"{ten} {last}" for last in (_ONES[one], *_AFTER_TENS.get(one, ())))
