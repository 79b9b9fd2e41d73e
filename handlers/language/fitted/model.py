"""What the weights say: which tags words may have, and how likely a kind of message is."""

import math
from collections.abc import Mapping

from handlers.language.fitted.paths import Column
from handlers.language.fitted.tokens import Token
from handlers.language.fitted.weights import HUNDREDTHS, PLACES, Stretch, Weights

_LABELS_KEPT = 7  # of each word, by what its own features say
_MARGIN = 8 * HUNDREDTHS  # below the likeliest, by its own features, a label is not looked at
assert _LABELS_KEPT <= PLACES


def columns_of(
    weights: Weights, tokens: list[Token], totals: list[int], fixed: Mapping[int, str] | None = None
) -> list[Column]:
    """For each token its likely labels with their scores. Only what may be a number is ever called one.

    `totals`: the packed scores of each token's labels.
    """
    stretches = [
        weights.digits if token.digits else weights.either if token.may_be_number else weights.words for token in tokens
    ]
    found = list(map(_column, stretches, totals))
    for i, tag in (fixed or {}).items():
        found[i] = [weights.labels.index(tag)], [0]
    return found


def _column(stretch: Stretch, total: int) -> Column:
    scores, first = stretch.raised(total), stretch.first
    least = max(scores) - _MARGIN
    places = [place for place, score in enumerate(scores) if score >= least]
    if len(places) > _LABELS_KEPT:
        places = sorted(places, key=scores.__getitem__, reverse=True)[:_LABELS_KEPT]
    return [first + place for place in places], [scores[place] - least for place in places]


def likelihoods(weights: Weights, total: int) -> list[tuple[float, str]]:
    """The probability of each label of a model without steps by its scores, likeliest first."""
    scores = weights.either.scores(total)
    top = max(scores)
    odds = [math.exp((score - top) / HUNDREDTHS) for score in scores]
    whole = sum(odds)
    return sorted(((odd / whole, label) for odd, label in zip(odds, weights.labels, strict=True)), reverse=True)
