"""The fitted weights: which tags words most likely have, best ways first, and how likely a kind of message is."""

import heapq
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from handlers.language.fitted.features import Bundle, spelled
from handlers.language.fitted.tokens import Token

_LABELS_KEPT = 7  # of each word, by what its own features say
_MARGIN = 8.0  # below the likeliest, by its own features, a label is not looked at
_MOST_KEPT = 6000  # sums of bundles of each sort of token
_NEVER = -1e9


Pairs = tuple[tuple[int, float], ...]  # labels with weights


@dataclass(slots=True)
class Weights:
    """Weights of features for labels, and of one label after another."""

    labels: tuple[str, ...]
    features: Mapping[str, Pairs]
    steps: list[list[float]]  # [from][to]
    digits: "Allowed" = field(init=False, repr=False, compare=False)
    words: "Allowed" = field(init=False, repr=False, compare=False)
    either: "Allowed" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        every = range(len(self.labels))
        self.digits = Allowed(self, frozenset(i for i in every if self.labels[i][0] == "#"))
        self.words = Allowed(self, frozenset(i for i in every if self.labels[i][0] != "#"))
        self.either = Allowed(self, frozenset(every))


@dataclass(slots=True)
class Allowed:
    """The labels that a sort of token may have, with what is known of them, gathered as it is asked for."""

    weights: Weights
    labels: frozenset[int]
    kept: dict[Bundle, Pairs] = field(default_factory=dict)

    def sum_of(self, bundle: Bundle) -> Pairs:
        """The weights of a bundle's features together; those that recur are kept."""
        total: dict[int, float] = {}
        for feature in spelled(bundle):
            for label, weight in self.weights.features.get(feature, ()):
                if label in self.labels:
                    total[label] = total.get(label, 0.0) + weight
        found = tuple(total.items())
        if len(self.kept) >= _MOST_KEPT:
            self.kept.clear()
        self.kept[bundle] = found
        return found

    def scores(self, row: Sequence[Bundle]) -> list[float]:
        """The score of each label by these features."""
        total = [0.0] * len(self.weights.labels)
        kept, known = self.kept, self.weights.features
        for bundle in row:
            pairs = kept.get(bundle)
            if pairs is None:
                if type(bundle) is str and bundle not in known:
                    continue
                pairs = self.sum_of(bundle)
            for label, weight in pairs:
                total[label] += weight
        return total


Lattice = list[list[tuple[int, float]]]


def scores(weights: Weights, features: Sequence[str], more: Sequence[float] | None = None) -> list[float]:
    """The score of each label by these features, with what `more` gives."""
    total = [0.0] * len(weights.labels) if more is None else list(more)
    known = weights.features
    for feature in features:
        for label, weight in known.get(feature, ()):
            total[label] += weight
    return total


def lattice(
    weights: Weights, tokens: list[Token], rows: list[list[Bundle]], fixed: Mapping[int, str] | None = None
) -> Lattice:
    """For each token its likely labels with their scores. Only what may be a number is ever called one."""
    found: Lattice = []
    for i, (token, row) in enumerate(zip(tokens, rows, strict=True)):
        allowed = weights.digits if token.digits else weights.either if token.may_be_number else weights.words
        if fixed is not None and i in fixed:
            label = weights.labels.index(fixed[i])
            found.append([(label, weights.either.scores(row)[label])])
            continue
        total = allowed.scores(row)
        least = max([total[label] for label in allowed.labels]) - _MARGIN
        likely = [(label, total[label]) for label in allowed.labels if total[label] >= least]
        if len(likely) > _LABELS_KEPT:
            likely = sorted(likely, key=itemgetter(1), reverse=True)[:_LABELS_KEPT]
        found.append(likely)
    return found


def best_path(weights: Weights, choices: Lattice) -> list[str]:
    """The likeliest tags (Viterbi)."""
    before = [(score, label) for label, score in choices[0]]
    back: list[list[int]] = []
    steps = weights.steps
    for column in choices[1:]:
        now, came = [], []
        for label, score in column:
            top, place = _NEVER, 0
            for k, (total, last) in enumerate(before):
                score_there = total + steps[last][label]
                if score_there > top:
                    top, place = score_there, k
            now.append((top + score, label))
            came.append(place)
        back.append(came)
        before = now
    place = max(range(len(before)), key=lambda k: before[k][0])
    path = [place]
    for came in reversed(back):
        place = came[place]
        path.append(place)
    path.reverse()
    return [weights.labels[column[k][0]] for column, k in zip(choices, path, strict=True)]


def best_paths(weights: Weights, choices: Lattice, most: int) -> list[tuple[float, list[str]]]:
    """The likeliest ways to tag the words, with the logarithms of their probabilities."""
    steps, labels = weights.steps, weights.labels
    columns: list[list[list[tuple[float, int, int]]]] = [[[(score, 0, 0)] for _, score in choices[0]]]
    sums = [score for _, score in choices[0]]
    for i, column in enumerate(choices[1:], start=1):
        before, last = choices[i - 1], columns[-1]
        entries, totals = [], []
        for label, score in column:
            step = [steps[old][label] for old, _ in before]
            ways = [
                (total + step[k] + score, k, rank)
                for k in range(len(before))
                for rank, (total, _, _) in enumerate(last[k])
            ]
            entries.append(heapq.nlargest(most, ways))
            totals.append(score + _log_sum([sums[k] + step[k] for k in range(len(before))]))
        columns.append(entries)
        sums = totals
    whole = _log_sum(sums)
    ends = heapq.nlargest(most, ((w[0], k, r) for k, ways in enumerate(columns[-1]) for r, w in enumerate(ways)))
    found = []
    for total, k, rank in ends:
        places = _back(columns, k, rank)
        found.append((total - whole, [labels[column[p][0]] for column, p in zip(choices, places, strict=True)]))
    return found


def _back(columns: list[list[list[tuple[float, int, int]]]], k: int, rank: int) -> list[int]:
    """Which label of each word the way took that ends at label `k` as its `rank`-th best."""
    places: list[int] = []
    for column in reversed(columns):
        places.append(k)
        _, k, rank = column[k][rank]
    places.reverse()
    return places


def _log_sum(values: Sequence[float]) -> float:
    top = max(values)
    return top + math.log(sum(math.exp(value - top) for value in values))


def likelihoods(weights: Weights, total: Sequence[float]) -> list[tuple[float, str]]:
    """The probability of each label of a model without steps by its scores, likeliest first."""
    whole = _log_sum(total)
    labelled = zip(total, weights.labels, strict=True)
    return sorted(((math.exp(score - whole), label) for score, label in labelled), reverse=True)
