"""Words without case, diacritics and invisible signs, so that `Xuân Tảo`, `XUAN TAO` and `xuan  tao` are the same.

Vietnamese is typed in two Unicode forms (NFC on Android, NFD from some iPhones) and often without any marks at all.
Folding drops the marks; `Folded` remembers where each folded character came from.
"""

import unicodedata
from array import array
from collections.abc import Sequence
from functools import lru_cache

_INVISIBLE = ("Cf", "Mn", "Me", "Cc", "Cs", "Co", "Cn")  # zero-width, bidi, combining marks, controls, broken halves
_MOST = 20_000  # the memory of folded characters stays small whatever people send


class _Table(dict[int, str]):
    """Characters that were met, by code point, with what they fold to."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = _work_out(character)
        if len(self) < _MOST:
            self[code] = folded
            if len(folded) != 1:
                _UNEVEN.add(character)
        return folded


_FOLDED = _Table({ord(a): b for a, b in zip("đĐðÐ–—−‐‑", "dddd-----", strict=True)})
_UNEVEN: set[str] = set()  # those of them that fold to nothing, or to several


def fold(text: str) -> str:
    """The text in lower case without diacritics and invisible signs, its spaces single and trimmed."""
    return _remembered(text) if len(text) <= _SHORT else _folded(text)


def _folded(text: str) -> str:
    return " ".join(text.translate(_FOLDED).split())


_SHORT = 160  # characters of what is folded again and again while a message is answered: itself, homes, names
_remembered = lru_cache(maxsize=2048)(_folded)


def visible(text: str) -> str:
    """A text with single spaces, and without what nobody sees: controls, and what turns the words beside it round."""
    if text.isprintable():  # so are nearly all; none of these signs is
        return " ".join(text.split())
    shown = (" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf"))
    return " ".join("".join(shown).split())


_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and signs by name, which show nothing
_SHOWS_NOTHING = ("Cf", "Mn", "Me", "Cc", "Cs")  # marks alone stand on nothing; what Unicode does not know yet may show


def is_blank(text: str) -> bool:
    """Whether nobody sees anything of it: empty, spaces, or nothing but invisible signs."""
    return all(c.isspace() or c in _FILLERS or unicodedata.category(c) in _SHOWS_NOTHING for c in text)


class Folded:
    """A folded text of the same words, with the way back: `origin[i]` is where character `i` stands in the original."""

    __slots__ = ("origin", "plain", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.origin: Sequence[int] = range(len(text))
        if text.isascii():
            self.plain = _printable(text.lower())
            return
        self.plain = text.translate(_FOLDED)
        if len(_FOLDED) >= _MOST or not _UNEVEN.isdisjoint(text):
            self.origin = array("l", (i for i, c in enumerate(text) for _ in _FOLDED[ord(c)]))

    @property
    def even(self) -> bool:
        """Whether each character stands where it stood in the original."""
        return type(self.origin) is range

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where folded characters `start` to `end` (exclusive, not empty) stand in the original."""
        if type(self.origin) is range:
            return start, end
        last = self.origin[end - 1] + 1
        while last < len(self.text) and unicodedata.combining(self.text[last]):
            last += 1  # a decomposed letter keeps its marks
        return self.origin[start], last


def _printable(text: str) -> str:
    """ASCII keeps its length: positions need no table."""
    return text if text.isprintable() else "".join(c if c.isprintable() or c == "\n" else " " for c in text)


def _work_out(character: str) -> str:
    if character in "\n\r\u2028\u2029\x0b\x0c\x85":
        return "\n"
    if character.isspace() or character == "\t":
        return " "
    base = unicodedata.normalize("NFKD", character)
    kept = "".join(c for c in base if unicodedata.category(c) not in _INVISIBLE)
    return kept.lower().replace("đ", "d")
