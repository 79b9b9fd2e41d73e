"""Which names a question may hold: communes, hamlets and people, by their marks first, then folded, then one slip."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.figures.in_words.meaning import Known, Names, Sort
from handlers.figures.in_words.tokens import Token, tokens_of
from handlers.language.place_names import folded_commune, folded_hamlet
from handlers.places.finding import is_slip

_SLIP_LETTERS = 6
_NAME, _INITIALS, _LONE, _SLIP = 0.6, 1.3, 0.95, 2.4
_UNMARKED, _WRONG_MARKS, _SMALL = 0.05, 0.3, 0.1
# What stands before a hamlet's name.
_HAMLET_WORDS = frozenset({"thon", "xom", "khu", "ap", "ban", "to", "lang", "doi", "pho", "tdp", "x", "buon"})
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


class Lookup:
    """The names of an asker, made ready to be found."""

    def __init__(self, names: Names) -> None:
        self._communes = [_written(one, folded_commune(one.name)) for one in names.communes]
        self._hamlets = [_written(one, folded_hamlet(one.name)) for one in names.hamlets]
        self._people = [_written(one, " ".join(token.plain for token in tokens_of(one.name))) for one in names.people]
        self._initials: dict[str, list[Known]] = {}
        for one in self._communes:
            self._initials.setdefault(initials(one.known), []).append(one.known)

    def starting(self, tokens: Sequence[Token], at: int) -> Iterator[Found]:
        """What the words that begin here may name."""
        yield from self._exactly(tokens, at, self._communes, _COMMUNE_WORDS)
        yield from self._hamlet(tokens, at)
        yield from self._person(tokens, at)
        short = self._initials.get(tokens[at].plain, [])
        if short and tokens[at].bare and len(tokens[at].plain) > 1:
            yield Found(Sort.COMMUNE, tuple(short), 1, _INITIALS)

    def slipped(self, tokens: Sequence[Token], at: int) -> Iterator[Found]:
        """The commune, or the hamlet of several words, that is one slip of the hand away."""
        for length in (2, 3, 1):
            said = _plain(tokens, at, length)
            for written, sort in ((self._communes, Sort.COMMUNE), (self._hamlets, Sort.HAMLET)):
                near = {
                    one.known.id: one.known
                    for one in written
                    if (sort is Sort.COMMUNE or len(one.plain) > 1)
                    and said
                    and is_slip(" ".join(said), " ".join(one.plain), letters=_SLIP_LETTERS)
                }
                if near:
                    yield Found(sort, tuple(near.values()), length, _SLIP)

    def near(self, words: Sequence[str]) -> tuple[Known, ...]:
        """The communes that have one of these words in their name."""
        wanted = set(words)
        return tuple(one.known for one in self._communes if wanted & set(one.plain))

    def _exactly(
        self, tokens: Sequence[Token], at: int, written: Sequence[_Written], types: Sequence[tuple[str, ...]]
    ) -> Iterator[Found]:
        """Communes by their whole name, with or without what they are: of several the one whose marks were typed."""
        before = next((len(kind) for kind in types if _plain(tokens, at, len(kind)) == kind), 0)
        for skipped in {0, before}:
            found: list[tuple[float, int, Known]] = []
            for one in written:
                said = tokens[at + skipped : at + skipped + len(one.plain)]
                if tuple(token.plain for token in said) == one.plain and not any(token.ends for token in said[:-1]):
                    found.append((_marks(said, one.marked), len(one.plain) + skipped, one.known))
            yield from _best(found, Sort.COMMUNE, _NAME)

    def _hamlet(self, tokens: Sequence[Token], at: int) -> Iterator[Found]:
        """`xóm 4`, `thôn Xuân Tảo`; without its word only a name of several words that is no number."""
        typed = tokens[at].plain in _HAMLET_WORDS
        number = 1 if typed and _plain(tokens, at + 1, 1) == ("so",) else 0
        found: list[tuple[float, int, Known]] = []
        for one in self._hamlets:
            skipped = 1 + number if typed else 0
            if not typed and len(one.plain) < 2:
                continue
            said = tokens[at + skipped : at + skipped + len(one.plain)]
            if tuple(token.plain.lstrip("0") or "0" for token in said) == one.plain:
                found.append((_marks(said, one.marked), len(one.plain) + skipped, one.known))
        yield from _best(found, Sort.HAMLET, _NAME)
        glued = tokens[at].plain  # `x4`
        if glued[:1] == "x" and glued[1:].isdigit():
            whose = tuple(one.known for one in self._hamlets if one.plain == (glued[1:].lstrip("0"),))
            if whose:
                yield Found(Sort.HAMLET, whose, 1, _NAME)

    def _person(self, tokens: Sequence[Token], at: int) -> Iterator[Found]:
        """A whole name, its last two words, or the given name alone."""
        found: list[tuple[float, int, Known]] = []
        for one in self._people:
            for start in range(len(one.plain)):
                plain, marked = one.plain[start:], one.marked[start:]
                said = tokens[at : at + len(plain)]
                if tuple(token.plain for token in said) != plain or any(token.ends for token in said[:-1]):
                    continue
                alone = len(plain) == 1
                cost = _marks(said, marked)
                if alone:
                    if _is_pronoun(tokens, at, marked[0]):
                        continue
                    cost += (_LONE - _NAME) + (0 if said[0].capital else _SMALL)
                found.append((cost, len(plain), one.known))
        by_length = {length for _, length, _ in found}
        for length in by_length:
            yield from _best([one for one in found if one[1] == length], Sort.PERSON, _NAME)


def initials(commune: Known) -> str:
    """`Xã Xuân Thu` → `xt`."""
    return "".join(word[0] for word in folded_commune(commune.name).split())


def _is_pronoun(tokens: Sequence[Token], at: int, marked: str) -> bool:
    """Whether a word that is written like a given name calls nobody by it."""
    word = tokens[at]
    if word.capital and at:
        return False
    if word.plain in _MARKED_PRONOUNS:
        accented = any(not one.bare for one in tokens)
        return not (accented and word.marked == marked)
    return word.plain in _PRONOUNS


def _written(known: Known, plain: str) -> _Written:
    """A name without the word for what it is, with its marks."""
    words = tokens_of(known.name)
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


def _best(found: Sequence[tuple[float, int, Known]], sort: Sort, cost: float) -> Iterator[Found]:
    """Those whose marks fit best, as one find."""
    if found:
        least = min(off for off, _, _ in found)
        best = [(length, known) for off, length, known in found if off == least]
        longest = max(length for length, _ in best)
        yield Found(sort, tuple(known for length, known in best if length == longest), longest, cost + least)
