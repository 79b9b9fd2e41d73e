"""Names as Vietnamese lists have them: in the order of given names, which stand last, and as short as they are clear.

Letters and tones have an order of their own: a ă â … d đ …, and ma mà mả mã má mạ.
"""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

_LETTERS = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_BEFORE = 100  # what is no letter stands after all letters
_TELLING_APART = frozenset("ABC")  # after the given name: `Nguyễn Văn An B`

Key = tuple[tuple[int, ...], tuple[int, ...]]


def in_list(name: str) -> tuple[Key, tuple[Key, ...]]:
    """Where a name stands in a list: by the given name, then by the whole name from its beginning."""
    words = tuple(_key(word) for word in name.split())
    return (words[-1] if words else ((), ())), words


@lru_cache(maxsize=4096)
def _key(word: str) -> Key:
    """A word's letters, and after them its tones."""
    letters: list[int] = []
    tones: list[int] = []
    for character in unicodedata.normalize("NFC", word.lower()):
        base, tone = character, 0
        for mark in unicodedata.normalize("NFD", character)[1:]:
            tone = _TONES.get(mark, tone)
        if tone:
            marks = unicodedata.normalize("NFD", character)
            base = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
        letters.append(_LETTERS.get(base, _BEFORE + ord(base[0])))
        tones.append(tone)
    return tuple(letters), tuple(tones)


def short(names: Sequence[str]) -> list[str]:
    """Each name of a list as its shortest clear ending: `Hương`, and `Thu Hà` beside `Ngọc Hà`.

    A name that is not of letters alone is left as it is.
    """
    endings = [_endings(name) for name in names]
    known = Counter(ending.casefold() for several in endings for ending in set(several))
    return [next((one for one in several if known[one.casefold()] == 1), several[-1]) for several in endings]


def _endings(name: str) -> list[str]:
    """`Hương`, `Ngọc Hương`, `Nguyễn Ngọc Hương`."""
    words = name.split()
    if not words or not all(word.replace("-", "").replace("'", "").replace("’", "").isalpha() for word in words):
        return [name]
    least = 2 if len(words) > 2 and words[-1] in _TELLING_APART else 1
    return [" ".join(words[-many:]) for many in range(least, len(words) + 1)]
