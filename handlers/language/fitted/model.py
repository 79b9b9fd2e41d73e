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
    labels = [label for label, score in enumerate(scores, first) if score >= least]
    if len(labels) > _LABELS_KEPT:
        labels = sorted(labels, key=lambda label: scores[label - first], reverse=True)[:_LABELS_KEPT]
    return labels, [scores[label - first] - least for label in labels]


def likelihoods(weights: Weights, total: int) -> list[tuple[float, str]]:
    """The probability of each label of a model without steps by its scores, likeliest first."""
    scores = weights.either.scores(total)
    top = max(scores)
    odds = [math.exp((score - top) / HUNDREDTHS) for score in scores]
    whole = sum(odds)
    return sorted(((odd / whole, label) for odd, label in zip(odds, weights.labels, strict=True)), reverse=True)
