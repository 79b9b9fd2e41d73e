"""`python -m tools.fit.asking` fits what tells questions about numbers from reports, and writes it into the package.

The questions are those of all rounds, the reports all labelled messages of students that are no talk. The same texts
give the same weights.
"""

import json
import math
import random
from collections.abc import Sequence
from pathlib import Path

from handlers.figures.in_words.asks import TABLE, features

_TESTS = Path(__file__).parents[2] / "tests"
_TIMES, _STEP, _SLOWER, _SHRINKS = 10, 0.15, 0.5, 2e-6
_OF_A_QUESTION = 2.0  # times what a report weighs
_LEAST = 0.12  # a weight that is kept


def texts() -> list[tuple[str, bool]]:
    """All texts, and whether each asks."""
    folder = _TESTS / "language"
    asked = (_TESTS / "figures" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    found = [(json.loads(line)["text"], True) for line in asked]
    for path in (folder / "examples.jsonl", folder / "more.jsonl", *sorted((folder / "corpus").glob("*.jsonl"))):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if "want" in row and row["want"]["kind"] != "chat":
                found.append((row["text"], False))
    return found


def fitted(rows: Sequence[tuple[str, bool]]) -> dict[str, float]:
    """The weight of each feature, by stochastic descent; the order of the rows is shuffled the same way each time."""
    drawn = random.Random(3)
    told = [(sorted(features(text)), asks) for text, asks in rows]
    weights: dict[str, float] = {"": 0.0}
    for time in range(_TIMES):
        drawn.shuffle(told)
        step = _STEP / (1 + time * _SLOWER)
        for found, asks in told:
            score = weights[""] + sum(weights.get(one, 0.0) for one in found)
            off = (float(asks) - 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))) * step
            off *= _OF_A_QUESTION if asks else 1.0
            for one in found:
                weights[one] = weights.get(one, 0.0) * (1 - _SHRINKS) + off
            weights[""] += off
    return weights


def main() -> None:
    """Fits and writes."""
    kept = {one: weight for one, weight in fitted(texts()).items() if abs(weight) >= _LEAST or not one}
    TABLE.write_text("".join(f"{one}\t{weight:.2f}\n" for one, weight in sorted(kept.items())), encoding="utf-8")


if __name__ == "__main__":
    main()
