"""The fitted weights: of features for labels, and of one label after another.

Weights are whole hundredths, and those of one feature for all labels are packed into one number, label by label, so
that the scores of a word are the sum of a few dozen numbers, without a loop over labels and without rounding. Labels of
words come first, since most features speak of no number: these are short then.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import repeat
from struct import Struct
from sys import intern

HUNDREDTHS = 100
PLACES = 8  # at most as many labels of a word are looked at

Values = tuple[str, ...] | str | None  # what a feature sees; where that is one thing, by itself; None: it sees nothing
Feature = tuple[str, Values]  # its sort, and what it sees

_LONGEST_SORT = 4
_BITS = 16  # for each label: the weights of all features of a word stay below (tests/language/test_weights.py)
MOST_SCORED = (1 << (_BITS - 1)) - 1  # what a label's bits can hold, above nothing or below
_MIDDLE = 1 << (_BITS - 1)  # of what a label's bits can hold: where scores start, so that none is negative
_NOTHING = repeat(0)  # the weight of a feature that is not known


@dataclass(slots=True)
class Weights:
    """Weights of features for labels (packed), and of one label after another (hundredths, `steps[from][to]`)."""

    labels: tuple[str, ...]
    tables: dict[str, dict[Values, int]]  # a table for each sort of feature
    steps: list[list[int]]
    arrivals: list[list[int]] = field(init=False, repr=False, compare=False)  # steps times PLACES, [to][from]
    digits: "Stretch" = field(init=False, repr=False, compare=False)
    words: "Stretch" = field(init=False, repr=False, compare=False)
    either: "Stretch" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        numbers, every = sum(label[0] == "#" for label in self.labels), len(self.labels)
        assert list(self.labels) == sorted(self.labels)  # those of numbers come first
        self.arrivals = [[step * PLACES for step in column] for column in zip(*self.steps, strict=True)]
        self.digits = Stretch(0, numbers, numbers, every)
        self.words = Stretch(numbers, every, numbers, every)
        self.either = Stretch(0, every, numbers, every)

    def __reduce__(self) -> tuple[object, ...]:
        return Weights, (self.labels, self.tables, self.steps)

    def total(self, features: Iterable[Feature]) -> int:
        """The packed scores of all labels by these features."""
        tables = self.tables
        return sum([tables[sort].get(values, 0) for sort, values in features if sort in tables])

    def of_sort(self, sort: str, seen: Iterable[Values]) -> Iterable[int]:
        """The weights, packed, of what features of one sort see, one after another."""
        return map(self.tables.get(sort, {}).get, seen, _NOTHING)

    def totals(self, columns: Iterable[tuple[str, Iterable[Values]]]) -> list[int]:
        """The packed scores of several words by what each sort of feature sees of one after another."""
        return list(map(sum, zip(*[self.of_sort(sort, seen) for sort, seen in columns], strict=False)))

    def packed(self, pairs: Iterable[tuple[int, int]]) -> int:
        """The weights of labels in one number."""
        numbers, every = self.digits.end, self.either.end
        return sum(weight << (label - numbers) % every * _BITS for label, weight in pairs)

    def pairs(self, feature: Feature) -> list[tuple[int, int]]:
        """The labels for which a feature speaks, or against which, with its weights."""
        sort, values = feature
        scores = self.either.scores(self.tables[sort][values])
        return [(label, score) for label, score in enumerate(scores) if score]


class Stretch:
    """The labels that a sort of word may have: those from `first` to `end` (exclusive), of so many."""

    __slots__ = ("_middles", "_size", "_turn", "_unpack", "end", "first")

    def __init__(self, first: int, end: int, numbers: int, every: int) -> None:
        each, words = _BITS // 8, every - numbers
        self.first, self.end = first, end
        before = words if end == numbers and first < end else 0  # places of words, which come first
        self._unpack = Struct(f"<{before * each}x{end - first}H{(every - before - end + first) * each}x").unpack
        self._turn = words if first == 0 and end == every else 0
        self._size = every * each
        self._middles = sum(_MIDDLE << place * _BITS for place in range(every))

    def raised(self, total: int) -> tuple[int, ...]:
        """The scores of these labels, all raised by the same, which no choice between them minds."""
        found = self._unpack((total + self._middles).to_bytes(self._size, "little"))
        return found[self._turn :] + found[: self._turn] if self._turn else found

    def scores(self, total: int) -> list[int]:
        """The scores of these labels."""
        return [raised - _MIDDLE for raised in self.raised(total)]


def spelled(feature: Feature) -> str:
    """A feature as it stands in a file of weights: its sort, then its values with spaces between them."""
    sort, values = feature
    return sort + (" ".join(values) if isinstance(values, tuple) else values or "")


def told_apart(written: str, sorts: Mapping[int, frozenset[str]]) -> Feature:
    """A feature as it was spelled. `sorts`, by how many values they have; no two of so many may begin alike."""
    first, *others = written.split(" ", max(sorts) - 1)
    known = sorts[len(others) + 1]
    sort = next(first[:length] for length in range(_LONGEST_SORT, 0, -1) if first[:length] in known)
    values = [intern(value) for value in (first[len(sort) :], *others)]
    return intern(sort), tuple(values) if others else values[0]
