"""Keyboards that double letters (`xoaa baoo caoo vuaa roii`): a pair is one letter, where a message is full of pairs.

Telex doubles letters, too (`coong`), but only a, e, o and d, and beside its keys for tones.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from handlers.language.signs.folding import fold
from handlers.language.words.vocabulary import SHORT_FOR, known_words
from handlers.language.words.words import Word

_PAIR = re.compile(r"([a-z])\1+", re.IGNORECASE)
_NO_TELEX = re.compile(r"([b-cf-np-z])\1")  # neither a, e, o nor d
_TONED = re.compile(r"[aeiouyw][a-z]{0,2}[sfrxj]\Z|w")
_WORD = re.compile(r"[^\W\d_]+")
_LAUGHS = frozenset({"kk"})  # elsewhere
_FEWEST = 2  # words with a pair


def without_pairs(words: list[Word]) -> list[Word] | None:
    """The words with each pair of letters as one, or None where the message was typed otherwise."""
    letters = [word for word in words if word.plain.isalpha()]
    marked = sum(not word.bare and not word.short for word in letters)
    if not _doubles([word.plain for word in letters], marked):
        return None
    return [
        _single(words, i) if word.plain in _LAUGHS or _is_doubled(word.plain) else word for i, word in enumerate(words)
    ]


def with_single_letters(text: str) -> str:
    """The text of such a message with each pair as one letter, else as it is."""
    said = _WORD.findall(text)
    if not _doubles([fold(word) for word in said], sum(not word.isascii() for word in said)):
        return text
    return _WORD.sub(lambda found: _without_pair(found[0]) if _is_doubled(found[0].lower()) else found[0], text)


def _doubles(letters: Sequence[str], marked: int) -> bool:
    """Whether so many words have a pair that the keyboard makes them; who sets marks slips once (`2 máyy`)."""
    doubled = [plain for plain in letters if _is_doubled(plain)]
    if len(doubled) < max(_FEWEST, marked + 1) or not any(_NO_TELEX.search(plain) for plain in doubled):
        return False
    return sum(_TONED.search(plain) is not None for plain in letters) <= len(doubled) // 2


@lru_cache(maxsize=2048)
def _is_doubled(plain: str) -> bool:
    return plain.isalpha() and _PAIR.search(plain) is not None and plain not in _known()


def _single(words: list[Word], i: int) -> Word:
    word, plain = words[i], _without_pair(words[i].plain)
    phones = plain == "my" and i > 0 and words[i - 1].digits  # such fingers lose letters, too
    read = "máy" if phones else SHORT_FOR.get(plain, plain)
    return replace(word, plain=fold(read), marked=read, short=read != plain)


def _without_pair(word: str) -> str:
    """The word with one of its pairs as one letter where that is known (`cccdd`), else with all of them."""
    for pair in _PAIR.finditer(word) if len(word) > 2 else ():
        one = word[: pair.start()] + pair[1] + word[pair.end() :]
        if one.lower() in _known():
            return one
    return _PAIR.sub(r"\1", word)


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset({fold(word) for word in known_words()} | set(SHORT_FOR))
