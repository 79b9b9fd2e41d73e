"""How likely each deed is: what is weighed of it beside the words of the message, and the fitted weights.

Words speak for a group of deeds (`đổi ý` for those that turn what was refused), everything else for a deed itself. That
a deed is what the rules decided is not weighed: who is asked for a second opinion does not ask what the first one was.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

from handlers.clerk import matching
from handlers.clerk.evening import Evening, Heard
from handlers.clerk.second.possible import Deed
from handlers.clerk.second.targets import folded_name
from handlers.language import Outcome, Reading
from handlers.language.fitted.ranking import reranked

MODEL = "clerk.model"
WORD = "w"  # begins the name of what a word says for a group
_TOKEN = re.compile(r"[a-z]+|[0-9]+|[?,.!:;+]")
_NUMBER = re.compile(r"[0-9]+")
_GROUPED = frozenset(
    {"new", "nothing", "turned", "off", "corrected", "back", "instead", "retold", "less", "guess", "sum"}
)
OF_A_DEED = "="  # before the name of what is seen of a deed, in the file
_HUNDREDTHS = 100
_STEP, _MIDDLE = 2, 128  # a word's weight is a byte: up to 2.56 for a group, or against it, in steps of two hundredths
_A_WORD = 0.5  # what a word weighs beside what is known of a deed


def words_of(heard: Heard, meanings: Sequence[Reading], evening: Evening) -> frozenset[str]:
    """The words of a message and its pairs of words: numbers are all one, and so are the names of homes."""
    labels = [label for reading in meanings[:2] for label in matching.labels_of(reading)]
    labels += [home.label for report in evening.today for home in report.homes if not matching.is_nobody(home.label)]
    names = {folded_name(label) for label in labels if not matching.is_nobody(label)}
    words = ["#" if one.isdigit() else "@" if one in names else one for one in _TOKEN.findall(heard.clear)]
    return frozenset(words) | {f"{one}_{other}" for one, other in pairwise(words)}


def groups_of(deed: Deed) -> set[str]:
    """The groups for which the words of a message may speak."""
    found = {_shape(deed), *(deed.ways & _GROUPED)}
    for outcome, n in deed.by:
        found.add(f"{'+' if n > 0 else '-'}{outcome.value}")
    return found


def _shape(deed: Deed) -> str:
    less, more = any(n < 0 for _, n in deed.by), any(n > 0 for _, n in deed.by)
    return ("-" if less else "") + ("+" if more else "") or "0"


def seen_of(deed: Deed, heard: Heard, meanings: Sequence[Reading], evening: Evening) -> dict[str, float]:
    """What is weighed of a deed beside the words."""
    shape, ways, first = _shape(deed), sorted(deed.ways), meanings[0]
    found = {f"shape {shape}": 1.0, f"kind {first.kind.value} {shape}": 1.0}
    for way in ways or ["other"]:
        found[f"way {way}"] = 1.0
        found[f"way {way} {first.kind.value}"] = 1.0
        for near in deed.near:
            found[f"near {way} {near}"] = 1.0
    found[f"near {shape} {min(deed.near, default='-')}"] = 1.0
    numbers = {int(one) for one in _NUMBER.findall(heard.plain)[:20] if len(one) < 5}
    for outcome, n in deed.by:
        found[f"by {outcome.value} {n if abs(n) < 3 else 'more' if n > 0 else 'less'}"] = 1.0
        if abs(n) > 1 and abs(n) not in numbers:
            found["unsaid"] = found.get("unsaid", 0.0) + 1.0
    if first.draft is not None:
        found[f"draft {shape}"] = 1.0
    counts = dict(deed.by)
    for place, reading in enumerate(meanings[:3]):
        if reading.counts and {outcome: n for outcome, n in reading.counts.items() if n} == counts:
            found[f"read {place} {reading.kind.value}"] = 1.0
    found |= _beside_the_book(deed, first)
    if heard.elsewhere or first.points_back:
        found[f"back {shape}"] = 1.0
    return found


def _beside_the_book(deed: Deed, first: Reading) -> dict[str, float]:
    """How the number of phones that was read stands beside the one that is stored of the home."""
    if deed.changes is None:
        return {}
    said, stored = first.counts.get(Outcome.ACTIVATED, 0), deed.changes.get(Outcome.ACTIVATED, 0)
    beside = (
        "none"
        if not said
        else "first"
        if not stored
        else "more"
        if said > stored
        else "less"
        if said < stored
        else "same"
    )
    return {f"beside {way} {beside}": 1.0 for way in deed.ways}


def likely(deeds: Sequence[Deed], heard: Heard, meanings: Sequence[Reading], evening: Evening) -> list[float]:
    """How likely each of the deeds is, by the fitted weights: 1 in sum."""
    weights = fitted()
    spoken = weights.spoken(words_of(heard, meanings, evening))
    rows = []
    for deed in deeds:
        row = seen_of(deed, heard, meanings, evening)
        row[WORD] = _A_WORD * sum(spoken.get(group, 0.0) for group in groups_of(deed))
        rows.append(row)
    return reranked(weights.seen, rows)


class Weights:
    """What was fitted: weights of what is seen of a deed, and of words for groups of deeds, in hundredths."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.seen: dict[str, float] = {WORD: 1.0}
        self._groups: dict[str, int] = {}
        self._words: dict[str, bytes] = {}  # groups and weights by turns: a word speaks for few
        for line in lines:
            name, *told = line.split("\t")
            if name[0] == OF_A_DEED:
                self.seen[name[1:]] = int(told[0]) / _HUNDREDTHS
            else:
                self._words[name] = bytes(one for group_and_weight in told for one in self._packed(group_and_weight))

    def _packed(self, told: str) -> tuple[int, int]:
        group, weight = told.rsplit(" ", 1)
        number = self._groups.setdefault(group, len(self._groups))
        return number, min(max(int(weight) // _STEP + _MIDDLE, 0), 2 * _MIDDLE - 1)

    def spoken(self, words: Iterable[str]) -> dict[str, float]:
        """What the words of a message say for each group, in sum."""
        sums = [0] * len(self._groups)
        for word in words:
            told = self._words.get(word, b"")
            for at in range(0, len(told), 2):
                sums[told[at]] += told[at + 1] - _MIDDLE
        return {group: sums[number] * _STEP / _HUNDREDTHS for group, number in self._groups.items()}


@cache
def fitted() -> Weights:
    """The weights of the package, read when first asked for."""
    text = files("handlers.clerk.second").joinpath(MODEL).read_text(encoding="utf-8")
    return Weights(text.splitlines())


def row_of(
    deed: Deed, words: Iterable[str], heard: Heard, meanings: Sequence[Reading], evening: Evening
) -> Mapping[str, float]:
    """All that is weighed of a deed under names of its own, as it is fitted."""
    row = seen_of(deed, heard, meanings, evening)
    for group in groups_of(deed):
        for word in words:
            row[f"{WORD} {group} {word}"] = _A_WORD
    return row
