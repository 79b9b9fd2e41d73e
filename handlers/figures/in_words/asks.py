"""How likely a text asks for numbers and tells none: a sum of weights of its words, fitted to questions and reports.

It answers nothing. It only keeps what is most likely a question from being taken for a report whose number is open.
The weights are made by `python -m tools.fit.asking`.
"""

import math
from functools import lru_cache
from pathlib import Path

from handlers.figures.in_words.tokens import tokens_of

TABLE = Path(__file__).with_name("asks.tsv")
_MOST = 30.0


def features(text: str) -> set[str]:
    """What is weighed: each word, each two beside each other, how long it is, and whether it has a question mark."""
    words = ["#" if any(sign.isdigit() for sign in token.plain) else token.plain for token in tokens_of(text)]
    pairs = zip(["<", *words], [*words, ">"], strict=True)
    found = {*words, *(f"{first} {second}" for first, second in pairs), f"={min(len(words) // 4, 5)}"}
    return found | {"?"} if "?" in text else found


def chance(text: str) -> float:
    """The chance that a text is a question about numbers, among such and among reports."""
    known = weights()
    told = known.get("", 0.0) + sum(known.get(one, 0.0) for one in features(text))
    return 1.0 / (1.0 + math.exp(-max(-_MOST, min(_MOST, told))))


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """The weight of each feature; '' is that of every text."""
    rows = [line.rpartition("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line]
    return {feature: float(weight) for feature, _, weight in rows}
