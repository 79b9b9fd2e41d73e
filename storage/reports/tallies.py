"""What reports and sums are made of: a number of one outcome in one hamlet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Counts = dict[str, int]  # by outcome
Place = int | str  # a hamlet's row (0: none named), or the name under which it becomes known when it is stored


@dataclass(frozen=True, slots=True)
class Line:
    """How often one outcome happened in one hamlet."""

    hamlet: Place
    outcome: str
    n: int


def merged(many: Iterable[Mapping[str, int]]) -> Counts:
    """Several sums added up."""
    whole: Counts = {}
    for counts in many:
        for outcome, n in counts.items():
            whole[outcome] = whole.get(outcome, 0) + n
    return {outcome: n for outcome, n in whole.items() if n}


def by_line(lines: Iterable[Line]) -> list[Line]:
    """Lines of the same hamlet and outcome added up; zeros are left out."""
    sums: dict[tuple[Place, str], int] = {}
    for line in lines:
        key = (line.hamlet, line.outcome)
        sums[key] = sums.get(key, 0) + line.n
    return [Line(hamlet, outcome, n) for (hamlet, outcome), n in sums.items() if n]
