"""How well a whole reading fits its message: what no single word shows, weighed to put the likeliest first."""

import math
from collections.abc import Mapping, Sequence

from handlers.language.fitted import tags
from handlers.language.fitted.features import Seen
from handlers.language.reading import Kind, Outcome, Reading

_CUES = {outcome.value: outcome for outcome in Outcome} | {
    "done": Outcome.ACTIVATED,
    "installed": Outcome.ACTIVATED,
    "carry": Outcome.ASSISTED,
    "return": Outcome.REVISIT,
}
_FLAGS: tuple[str, ...] = (
    "total",
    "added",
    "fix",
    "undo",
    "notthat",
    "plan",
    "ask",
    "vague",
    "many",
    "behalf",
    "pointing",
    "team",
    "sample",
)
_FLAGS += (
    "ours",
    "need",
    "left",
    "doing",
    "today",
    "past",
    "future",
    "?",
    "each",
    "all",
    "except",
    "cause",
    "but",
    "others",
)


def reading_features(seen: Seen, names: list[str], reading: Reading, log: float, place: int) -> dict[str, float]:
    """What is weighed of a reading; `log` is the logarithm of its share, `place` where that puts it."""
    said = seen.said
    kind, counts = reading.kind.value, reading.counts
    found = {"log": log, f"place{min(place, 4)}": 1.0, "k" + kind: 1.0}
    for flag in _FLAGS:
        if flag in said:
            found[f"f{flag} {kind}"] = 1.0
    if reading.kind in (Kind.REPORT, Kind.TOTAL, Kind.CORRECT):
        _of_counts(found, seen, names, reading, counts, said)
    else:
        for name in set(names):
            if name[0] == "#":
                found[f"u{kind} {name}"] = 1.0
        found[f"cues {kind} {min(sum(shape in _CUES for shape in seen.shapes), 3)}"] = 1.0
    return found


def _of_counts(
    found: dict[str, float],
    seen: Seen,
    names: list[str],
    reading: Reading,
    counts: Mapping[Outcome, int],
    said: frozenset[str],
) -> None:
    told = {_CUES[shape] for shape in said if shape in _CUES}
    for outcome in told - counts.keys():
        found["miss " + outcome.value] = 1.0
    for outcome in counts.keys() - told:
        found["unsaid " + outcome.value] = 1.0
    for outcome, n in counts.items():
        found[f"n{outcome.value} {_size(n)}"] = 1.0
    numbers = [name for name in names if name[0] == "#" and name != tags.GOES_ON]
    for name in set(numbers):
        found[f"t{name} {min(numbers.count(name), 3)}"] = 1.0
    implied = sum(name in tags.CUES for name in names)
    found[f"implied {min(implied, 4)} {min(len(seen.persons), 4)}"] = 1.0
    total = sum(counts.values())
    found[f"persons {min(total, 6)} {min(len(seen.persons), 6)} {bool(numbers)}"] = 1.0
    found[f"day {reading.day < 0} {'past' in said}"] = 1.0
    found[f"visit {reading.appointment is not None} {Outcome.REVISIT in counts} {'future' in said}"] = 1.0
    found[f"hamlets {len(reading.entries)} {min(seen.kinds.count('type'), 3)}"] = 1.0
    if any(entry.hamlet is None for entry in reading.entries) and len(reading.entries) > 1:
        found["half in a hamlet"] = 1.0
    for i, name in enumerate(names):
        if name in tags.OUTCOMES or name in tags.CUES:
            before = seen.shapes[i - 1] if i else "<"
            after = seen.shapes[i + 1] if i + 1 < len(names) else ">"
            found[f"b{name} {before}"] = 1.0
            found[f"a{name} {after}"] = 1.0
            found[f"g{name} {min(len(seen.groups[i]), 3)}"] = 1.0


def _size(n: int) -> str:
    return str(n) if n < 3 else "few" if n < 8 else "some" if n < 25 else "many" if n < 60 else "too many"


def reranked(weights: Mapping[str, float], rows: Sequence[Mapping[str, float]]) -> list[float]:
    """The probability of each reading by what is weighed of it."""
    if not rows:
        return []
    scores = [sum(weights.get(name, 0.0) * value for name, value in row.items()) for row in rows]
    top = max(scores)
    shares = [math.exp(score - top) for score in scores]
    whole = sum(shares)
    return [share / whole for share in shares]
