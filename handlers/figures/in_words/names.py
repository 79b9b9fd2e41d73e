"""Which names a question may hold: communes, hamlets and people, by their marks first, then folded, then one slip."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from handlers.figures.in_words.meaning import Known, Names, Sort
from handlers.figures.in_words.patterns import lengths
from handlers.figures.in_words.tokens import Token, tokens_of
from handlers.language.where_and_when.place_names import folded_commune, folded_hamlet
from handlers.places.finding import is_slip

_SLIP_LETTERS = 6
_LONGEST_PLACE = 5  # words of its name
_NAME, _INITIALS, _LONE, _SLIP = 0.6, 1.3, 0.95, 2.4
_UNMARKED, _WRONG_MARKS, _SMALL = 0.05, 0.3, 0.1
# What stands before a hamlet's name.
_HAMLET_WORDS = frozenset({"thon", "xom", "khu", "ap", "ban", "to", "lang", "doi", "pho", "tdp", "x", "buon"})
_TOWN = ("thi", "tran")  # of which a district has one
_COMMUNE_WORDS = (("xa",), ("thi", "tran"), ("tt",), ("phuong",))
# Pronouns are nobody's name where they begin a sentence, or in small letters; the second ones only with their marks.
_PRONOUNS = frozenset({"em", "anh", "bot", "ai", "xin", "cho", "con"})
_MARKED_PRONOUNS = frozenset({"minh", "toi", "to", "ban", "may"})


@dataclass(frozen=True, slots=True)
class Found:
    """Names that some words may stand for: one, or several between which nothing decides."""

    sort: Sort
    known: tuple[Known, ...]
    length: int
    cost: float


@dataclass(frozen=True, slots=True)
class _Written:
    known: Known
    marked: tuple[str, ...]
    plain: tuple[str, ...]


Table = dict[tuple[str, ...], list[_Written]]


class Lookup:
    """The names of an asker, made ready to be found."""

    def __init__(self, names: Names) -> None:
        self._communes = [_written(one, folded_commune(one.name)) for one in names.communes]
        self._hamlets = [_written(one, folded_hamlet(one.name)) for one in names.hamlets]
        self._of_communes, self._of_hamlets = _by_words(self._communes), _by_words(self._hamlets)
        self._of_people: Table = {}
        for one in names.people:
            whole = _written(one, " ".join(token.plain for token in _words(one.name)))
            for start in range(len(whole.plain)):
                part = _Written(one, whole.marked[start:], whole.plain[start:])
                self._of_people.setdefault(part.plain, []).append(part)
        self._longest = max((len(words) for words in self._of_people), default=0)
        self._towns = [one for one in names.communes if tuple(t.plain for t in _words(one.name)[:2]) == _TOWN]
        self._initials: dict[str, list[Known]] = {}
        for place in self._communes:
            self._initials.setdefault(initials(place.known), []).append(place.known)

    def starting(self, tokens: Sequence[Token], at: int) -> Iterator[Found]:
        """What the words that begin here may name."""
        yield from self._commune(tokens, at)
        yield from self._hamlet(tokens, at)
        yield from self._person(tokens, at)
        short = self._initials.get(tokens[at].plain, [])
        if short and tokens[at].bare and len(tokens[at].plain) > 1:
            yield Found(Sort.COMMUNE, tuple(short), 1, _INITIALS)

    def slipped(self, tokens: Sequence[Token], at: int, unknown: Set[int]) -> Iterator[Found]:
        """The commune, or the hamlet of several words, that is one slip of the hand away; one word is unknown else."""
        for length in (2, 3, 1):
            said = _plain(tokens, at, length)
            if not said or unknown.isdisjoint(range(at, at + length)):
                continue
            typed = " ".join(said)
            for written, sort in ((self._communes, Sort.COMMUNE), (self._hamlets, Sort.HAMLET)):
                near = {
                    one.known.id: one.known
                    for one in written
                    if (sort is Sort.COMMUNE or len(one.plain) > 1)
                    and is_slip(typed, " ".join(one.plain), letters=_SLIP_LETTERS)
                    and _fits(tokens[at : at + length], one.marked)
                }
                if near:
                    yield Found(sort, tuple(near.values()), length, _SLIP)

    def near(self, words: Sequence[Token]) -> tuple[Known, ...]:
        """The communes that have one of these words in their name."""
        marked, bare = {one.marked for one in words}, {one.plain for one in words if one.bare}
        return tuple(one.known for one in self._communes if marked & set(one.marked) or bare & set(one.plain))

    def _commune(self, tokens: Sequence[Token], at: int) -> Iterator[Found]:
        """A commune by its whole name, with or without what it is: of several the one whose marks were typed."""
        if len(self._towns) == 1 and _plain(tokens, at, 2) == _TOWN:
            yield Found(Sort.COMMUNE, tuple(self._towns), 2, _LONE)
        if len(self._towns) == 1 and tokens[at].plain == "tt" and not any(self._commune_behind(tokens, at)):
            yield Found(Sort.COMMUNE, tuple(self._towns), 1, _LONE)
        before = next((len(kind) for kind in _COMMUNE_WORDS if _plain(tokens, at, len(kind)) == kind), 0)
        for skipped in {0, before}:
            for length in range(1, _LONGEST_PLACE + 1):
                yield from _those(self._of_communes, tokens, at, skipped, length, Sort.COMMUNE)

    def _commune_behind(self, tokens: Sequence[Token], at: int) -> Iterator[Found]:
        """What of communes is named right behind a word: `tt Sóc Sơn`."""
        return self._commune(tokens, at + 1) if at + 1 < len(tokens) and not tokens[at].ends else iter(())

    def _hamlet(self, tokens: Sequence[Token], at: int) -> Iterator[Found]:
        """`xóm 4`, `thôn Xuân Tảo`; without its word only a name of several words that is no number."""
        typed = tokens[at].plain in _HAMLET_WORDS
        skipped = (2 if _plain(tokens, at + 1, 1) == ("so",) else 1) if typed else 0
        for length in range(1 if typed else 2, _LONGEST_PLACE + 1):
            yield from _those(self._of_hamlets, tokens, at, skipped, length, Sort.HAMLET)
        glued = tokens[at].plain  # `x4`
        if glued[:1] == "x" and glued[1:].isdigit() and (those := self._of_hamlets.get((glued[1:].lstrip("0"),))):
            yield Found(Sort.HAMLET, tuple(one.known for one in those), 1, _NAME)

    def _person(self, tokens: Sequence[Token], at: int) -> Iterator[Found]:
        """A whole name, its last words, or the given name alone."""
        for length in range(1, self._longest + 1):
            said = tokens[at : at + length]
            if len(said) < length or any(token.ends for token in said[:-1]):
                return
            those = self._of_people.get(tuple(token.plain for token in said), [])
            if length == 1:
                those = [] if _is_of_a_compound(tokens, at) else those
                those = [one for one in those if not _is_pronoun(tokens, at, one.marked[0])]
                those = [one for one in those if said[0].bare or said[0].marked == one.marked[0]]  # ăn is not An
            more = (_LONE - _NAME) + (0 if said[0].capital else _SMALL) if length == 1 else 0
            yield from _best(
                [(_marks(said, one.marked), one.known) for one in those], Sort.PERSON, length, _NAME + more
            )


def _by_words(written: Sequence[_Written]) -> Table:
    table: Table = {}
    for one in written:
        table.setdefault(one.plain, []).append(one)
    return table


def _those(table: Table, tokens: Sequence[Token], at: int, skipped: int, length: int, sort: Sort) -> Iterator[Found]:
    """The places whose names stand behind the skipped words, numbers without leading zeros."""
    said = tokens[at + skipped : at + skipped + length]
    if len(said) < length or any(token.ends for token in said[:-1]):
        return
    words = tuple(token.plain.lstrip("0") or "0" for token in said)
    found = [(_marks(said, one.marked), one.known) for one in table.get(words, ())]
    yield from _best(found, sort, length + skipped, _NAME)


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[Token, ...]:
    return tuple(tokens_of(name))


def initials(commune: Known) -> str:
    """`Xã Xuân Thu` → `xt`."""
    return "".join(word[0] for word in folded_commune(commune.name).split())


def _fits(said: Sequence[Token], marked: Sequence[str]) -> bool:
    """Whether words with marks of their own are near the name with its marks: `bạn Minh` is no slip of Tân Minh."""
    pairs = zip(said, marked, strict=False)
    return all(token.bare or OSA.distance(token.marked, name, score_cutoff=1) <= 1 for token, name in pairs)


def _is_pronoun(tokens: Sequence[Token], at: int, marked: str) -> bool:
    """Whether a word that is written like a given name calls nobody by it."""
    word = tokens[at]
    if word.capital and at:
        return False
    if word.plain in _MARKED_PRONOUNS:
        accented = any(not one.bare for one in tokens)
        return not (accented and word.marked == marked)
    return word.plain in _PRONOUNS


def _is_of_a_compound(tokens: Sequence[Token], at: int) -> bool:
    """Whether a small word is half of another: `công an` is no An."""
    if tokens[at].capital:
        return False
    starts = (at - 1, at) if at and not tokens[at - 1].ends else (at,)
    return any(begin + n > at for begin in starts for n in lengths(tokens, begin, "compounds", capitals=True))


def _written(known: Known, plain: str) -> _Written:
    """A name without the word for what it is, with its marks."""
    words = _words(known.name)
    kept = words[len(words) - len(plain.split()) :]
    return _Written(known, tuple(one.marked for one in kept), tuple(plain.split()))


def _plain(tokens: Sequence[Token], at: int, length: int) -> tuple[str, ...]:
    said = tokens[at : at + length]
    return tuple(one.plain for one in said) if len(said) == length else ()


def _marks(said: Sequence[Token], marked: tuple[str, ...]) -> float:
    """How far the marks that were typed are from the name's."""
    off = 0.0
    for token, name in zip(said, marked, strict=True):
        if token.marked != name:
            off += _UNMARKED if token.bare else _WRONG_MARKS
    return off


def _best(found: Sequence[tuple[float, Known]], sort: Sort, length: int, cost: float) -> Iterator[Found]:
    """Those whose marks fit best, as one find."""
    if found:
        least = min(off for off, _ in found)
        yield Found(sort, tuple(known for off, known in found if off == least), length, cost + least)
