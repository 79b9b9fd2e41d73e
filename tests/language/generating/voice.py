"""A writer's manner: one for a whole message, as people keep to theirs."""

from dataclasses import dataclass
from random import Random

REGIONS = ("north", "centre", "south")
_MARKS = {"full": 45, "bare": 30, "half": 6, "telex": 10, "vni": 9}
_CASES = {"usual": 60, "lower": 32, "upper": 8}


def weighted(rng: Random, choices: dict[str, int]) -> str:
    """One of some choices by their weights."""
    return rng.choices(list(choices), list(choices.values()))[0]


@dataclass(frozen=True, slots=True)
class Voice:
    """How somebody writes.

    Attributes:
        marks: with diacritics, without, with some, or in raw keys of Telex or VNI.
        short: in the shorthand of rule 16.
        words: numbers in words.
        dictated: without signs.
        order: whether numbers stand before (`2 vắng`) or after their outcomes, or either way.
        polite: 0 to 2.
        slips: how many slips of the hand.
    """

    region: str
    marks: str
    case: str
    short: bool
    words: bool
    dictated: bool
    order: str
    polite: int
    slips: int
    young: bool

    @property
    def capitals(self) -> bool:
        """Whether names are told from other words by their capitals."""
        return self.case == "usual"

    @property
    def tells_names(self) -> bool:
        """Whether a name that is a word of work is surely a name: by its capital, its marks being there."""
        return self.capitals and self.marks == "full"


def _case(rng: Random, marks: str) -> str:
    """Who loses marks here and there does not lose capitals; raw keys are not typed in capitals."""
    if marks == "half":
        return "usual"
    found = weighted(rng, _CASES)
    return "lower" if found == "upper" and marks in ("telex", "vni") else found


def voice(rng: Random) -> Voice:
    """Some writer."""
    marks = weighted(rng, _MARKS)
    raw = marks in ("telex", "vni")
    dictated = not raw and rng.random() < 0.07
    short = not raw and not dictated and rng.random() < 0.35
    return Voice(
        region=rng.choice(REGIONS),
        marks=marks,
        case="lower" if dictated else _case(rng, marks),
        short=short,
        words=dictated or (not raw and not short and rng.random() < 0.2),
        dictated=dictated,
        order=rng.choice(("before", "after", "any", "any")),
        polite=rng.choice((0, 0, 1, 1, 2)),
        slips=int(not dictated and not raw and rng.random() < 0.08),
        young=rng.random() < 0.15,
    )
