"""Words typed without the space between them (`khoacua`, `tuchoi`, `aToan`), cut where each piece is known."""

from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from handlers.language.signs.folding import Folded, fold
from handlers.language.spelling.keys import is_syllable
from handlers.language.spelling.nearness import slip_of
from handlers.language.words.vocabulary import SHORT_FOR, known_words
from handlers.language.words.words import Word

_SHORTEST, _LONGEST = 6, 24
_SHORTHAND = frozenset(["dc", "ko", "mk", "dt", "otp", "cccd", "sdt", "tk", "hqua", "hnay"])
_TITLES = frozenset("abcoeu")
_MORE = frozenset(
    [
        "ai",
        "nha",
        "mk",
        "otp",
        "cccd",
        "sdt",
        "dt",
        "vang",
        "xong",
        "roi",
        "toi",
        "nay",
        "mai",
        "hom",
        "qua",
        "con",
        "trai",
        "gai",
        "ong",
        "ba",
        "co",
        "chu",
        "anh",
        "chi",
    ]
)


@lru_cache(maxsize=1)
def _pieces() -> frozenset[str]:
    """Folded words that a glued one may be made of."""
    known = {fold(word) for word in known_words() if len(word) > 1}
    return frozenset({word for word in known if is_syllable(word)} | _SHORTHAND | _MORE) - {
        "ng",
        "ui",
        "eng",
        "oi",
        "uh",
    }


@lru_cache(maxsize=1)
def _wholes() -> frozenset[str]:
    return frozenset({fold(word) for word in known_words()} | set(SHORT_FOR))


def apart(folded: Folded, words: list[Word]) -> list[Word]:
    """The words with glued ones cut; only such as are typed without marks and known to nobody."""
    cut = [_cut(folded, word) if len(word.plain) >= _SHORTEST or word.plain[0] in _TITLES else None for word in words]
    if not any(cut):
        return words
    return [piece for word, pieces in zip(words, cut, strict=True) for piece in pieces or (word,)]


def _cut(folded: Folded, word: Word) -> list[Word] | None:
    """The pieces of a glued word; None where it is one word."""
    if not word.bare or word.short or not word.plain.isalpha() or not word.plain.isascii():
        return None
    start, end = folded.span(word.start, word.end)
    text = folded.text[start:end]
    if not word.capital and len(text) > 2 and text[0] in _TITLES and text[1].isupper() and text[2:].islower():
        return [_piece(word, 0, 1, capital=False), _piece(word, 1, len(word.plain), capital=True)]
    if not _SHORTEST <= len(word.plain) < _LONGEST or word.capital or word.plain in _wholes():
        return None
    if is_syllable(word.plain) or slip_of(word.plain):
        return None
    cuts = _best(word.plain)
    if cuts is None:
        return None
    return [_piece(word, a, b, capital=False) for a, b in pairwise(cuts)]


def _piece(word: Word, start: int, end: int, *, capital: bool) -> Word:
    plain = word.plain[start:end]
    long = SHORT_FOR.get(plain)
    piece = replace(word, plain=plain, marked=plain, start=word.start + start, end=word.start + end, capital=capital)
    piece = replace(piece, glued=word.glued if start == 0 else False)
    return piece if long is None else replace(piece, plain=fold(long), marked=long, short=True)


@lru_cache(maxsize=1024)
def _best(plain: str) -> list[int] | None:
    """Where to cut so that each piece is known, in as few pieces as can be; None where there is no way."""
    best: list[list[int] | None] = [[0]] + [None] * len(plain)
    for end in range(2, len(plain) + 1):
        for start in range(max(0, end - 7), end - 1):
            before = best[start]
            if before is None or plain[start:end] not in _pieces():
                continue
            here = best[end]
            if here is None or len(before) + 1 < len(here):
                best[end] = [*before, end]
    found = best[len(plain)]
    return found if found is not None and len(found) > 2 else None
