"""Fits the weights by which readings are put in order."""

import math
from collections.abc import Mapping, Sequence

from handlers.language.fitted.ranking import reranked

Choice = tuple[Sequence[Mapping[str, float]], int]  # the readings of a message, and which of them is right


def weigh(choices: Sequence[Choice], *, rounds: int = 25, pull: float = 0.002) -> dict[str, float]:
    """Weights that make the right readings likely (gradient steps of adaptive size; `pull` is towards zero)."""
    weights: dict[str, float] = {"log": 1.0}
    seen: dict[str, float] = {}
    for _ in range(rounds):
        for rows, right in choices:
            shares = reranked(weights, rows)
            steps: dict[str, float] = {}
            for place, (row, share) in enumerate(zip(rows, shares, strict=True)):
                off = (1.0 if place == right else 0.0) - share
                if abs(off) > 1e-4:
                    for name, value in row.items():
                        steps[name] = steps.get(name, 0.0) + off * value
            for name, step in steps.items():
                pulled = step - pull * (weights.get(name, 0.0) - (1.0 if name == "log" else 0.0))
                seen[name] = seen.get(name, 0.0) + pulled * pulled
                weights[name] = weights.get(name, 0.0) + 0.1 * pulled / math.sqrt(seen[name] + 1e-3)
    return {name: round(weight, 3) for name, weight in sorted(weights.items()) if abs(weight) >= 0.01}
