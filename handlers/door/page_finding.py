"""Which pages of the guide somebody means: found without marks or case, by their own words and with a slip of the hand.

A page's own words are its title and what stands under it as `Từ khóa:`. A question in words is only taken for one about
the guide where such words stand in it whole; what is looked up by command may also be any word of a page. Where marks
are typed they count: `cái` is no `cài`, `vắng` no `văng`.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import log

from handlers.language.signs.folding import fold
from handlers.places.finding import is_slip
from storage.campaign.guide import Page

_SLIP_LETTERS = 6  # of a word that may have one letter wrong
_WORD = re.compile(r"\w+")
# Words that stand in any question, and name no page.
_COMMON = frozenset(
    "a ai an ay ba bac bai ban bao bi biet bot can cach cho chu chua cua co con da dang de den di do doi duoc em "  # noqa: SIM905
    "gi gio giup hay hoi huong dan khi khong ko la lam lai loi ma may minh moi mot nao nay nen neu nguoi nha nhe nhi "
    "nhu nhung noi o oi phai qua ra roi sao se su ta tai the thi thay tren trong tu va vao ve voi vi xu ly xem".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word without marks and case, and with them; wherever in it its marks are typed, `hòa` is `hoà`."""

    plain: str
    marked: str


Phrase = tuple[Word, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Shelf:
    """Pages made ready to be found, by their places.

    `phrases`: their own phrases by the first word, each with the place of its page. `spelled`: the words of phrases
    without marks; `long` those of them that may have a slip. `own` and `all`: the words that tell something, of the
    phrases of a page and of all of it; `weights`: what each tells, the more, the fewer pages have it.
    """

    pages: tuple[Page, ...]
    phrases: Mapping[Word, Sequence[tuple[int, Phrase]]]
    spelled: Mapping[str, Sequence[Word]]
    long: Sequence[Word]
    own: Sequence[frozenset[str]]
    all: Sequence[frozenset[str]]
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Looked:
    """Pages that are meant, the likeliest first; `sure`: the first one is."""

    pages: tuple[Page, ...] = ()
    sure: bool = False


def named(pages: Sequence[Page], said: str) -> Page | None:
    """The page of this name or title."""
    key = fold(said)
    return next((page for page in pages if key in (page.name, fold(page.title))), None)


def asked(pages: Sequence[Page], said: str) -> Looked:
    """The pages whose own words stand in a question; of several, those with most of its words."""
    words, shelf = _words(said), _shelf(tuple(pages))
    return _looked(shelf, _with_most(shelf, words, marked=_has_marks(words)))


def looked_up(pages: Sequence[Page], said: str) -> Looked:
    """What is meant by the words after the command: by pages' own words, else by most words that tell anything."""
    known = named(pages, said)
    if known is not None:
        return Looked((known,), sure=True)
    words, shelf = _words(said), _shelf(tuple(pages))
    best = _with_most(shelf, words, marked=_has_marks(words)) or _with_most(shelf, words, marked=False)
    if len(best) == 1:
        return _looked(shelf, best)
    keys = _keys(words)
    scores = {
        place: _score(shelf, place, keys)
        for place, all in enumerate(shelf.all)
        if place not in best and 2 * len(keys & all) > len(keys)
    }
    near = sorted(scores, key=lambda place: -scores[place])
    ahead = len(near) == 1 or (len(near) > 1 and scores[near[0]] > 2 * scores[near[1]])
    return replace(_looked(shelf, [*best, *near]), sure=ahead and not best)


def _looked(shelf: Shelf, places: Sequence[int]) -> Looked:
    return Looked(tuple(shelf.pages[place] for place in places), sure=len(places) == 1)


def _with_most(shelf: Shelf, words: Sequence[Word], *, marked: bool) -> list[int]:
    """The pages whose own phrases hold most of the words, with the same marks if `marked`; of these, the likeliest."""
    held: dict[int, set[int]] = defaultdict(set)
    meant = [_meant(shelf, word, marked=marked) for word in words]
    for start, first in enumerate(meant):
        for place, phrase in (one for word in first for one in shelf.phrases.get(word, ())):
            here = meant[start : start + len(phrase)]
            if len(here) == len(phrase) and all(word in several for word, several in zip(phrase, here, strict=True)):
                held[place] |= set(range(start, start + len(phrase)))
    most = max(map(len, held.values()), default=0)
    best = [place for place in sorted(held) if len(held[place]) == most]
    if len(best) < 2:
        return best
    scores = {place: _score(shelf, place, _keys(words)) for place in best}
    return [place for place in best if scores[place] == max(scores.values())]


def _meant(shelf: Shelf, said: Word, *, marked: bool) -> set[Word]:
    """The words of phrases that a word may be."""
    same = {
        word
        for word in shelf.spelled.get(said.plain, ())
        if not marked or said.marked == word.marked or word.marked == word.plain
    }
    near = (word for word in shelf.long if abs(len(word.plain) - len(said.plain)) < 2 and word.plain != said.plain)
    return same | {word for word in near if is_slip(said.plain, word.plain, letters=_SLIP_LETTERS)}


def _score(shelf: Shelf, place: int, keys: frozenset[str]) -> float:
    """How much the words tell of a page: those of its own phrases count twice."""
    own = shelf.own[place]
    return sum(shelf.weights[word] * (2 if word in own else 1) for word in sorted(keys & shelf.all[place]))


# Words, and pages made of them


def _words(said: str) -> list[Word]:
    return [Word(fold(word), _marked(word)) for word in _WORD.findall(unicodedata.normalize("NFC", said).lower())]


def _marked(word: str) -> str:
    """The letters, and behind them the marks: the same wherever these are put."""
    letters = unicodedata.normalize("NFD", word)
    marks = sorted(letter for letter in letters if unicodedata.combining(letter))
    return "".join([letter for letter in letters if not unicodedata.combining(letter)] + marks)


def _has_marks(words: Iterable[Word]) -> bool:
    return any(word.plain != word.marked for word in words)


def _keys(words: Sequence[Word]) -> frozenset[str]:
    """The words that tell something, with their marks where any are typed."""
    marked = _has_marks(words)
    return frozenset(word.marked if marked else word.plain for word in words if word.plain not in _COMMON)


@lru_cache(maxsize=2)
def _shelf(pages: tuple[Page, ...]) -> Shelf:
    phrases = [_phrases(page) for page in pages]
    own = [_both_ways(word for phrase in several for word in phrase) for several in phrases]
    all = [mine | _both_ways(_words(page.text)) for mine, page in zip(own, pages, strict=True)]
    by_first: dict[Word, list[tuple[int, Phrase]]] = defaultdict(list)
    for place, several in enumerate(phrases):
        for phrase in several:
            by_first[phrase[0]].append((place, phrase))
    spelled: dict[str, list[Word]] = defaultdict(list)
    for word in sorted({word for several in phrases for phrase in several for word in phrase}, key=_in_letters):
        spelled[word.plain].append(word)
    long = [word for words in spelled.values() for word in words if len(word.plain) >= _SLIP_LETTERS]
    many = Counter(word for words in all for word in words)
    weights = {word: 1 + log(len(pages) / n) for word, n in many.items()}
    return Shelf(pages, by_first, spelled, long, own, all, weights)


def _in_letters(word: Word) -> tuple[str, str]:
    return word.plain, word.marked


def _phrases(page: Page) -> list[Phrase]:
    """The parts of its title, and its further words."""
    said = (*re.split("[,()]", page.title), *page.words)
    return [words for phrase in said if (words := tuple(_words(phrase)))]


def _both_ways(words: Iterable[Word]) -> frozenset[str]:
    """Words that tell something, with their marks and without."""
    return frozenset(way for word in words if word.plain not in _COMMON for way in (word.plain, word.marked))
