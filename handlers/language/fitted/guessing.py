"""From a message to the likeliest readings: tags, kinds and readings put together."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handlers.language.fitted.composing import COUNTED, Composed, composed
from handlers.language.fitted.features import Seen, scores_of
from handlers.language.fitted.kinds import score_of_words, tag_features
from handlers.language.fitted.model import columns_of, likelihoods
from handlers.language.fitted.paths import Paths
from handlers.language.fitted.ranking import reading_features, reranked
from handlers.language.fitted.weights import Weights
from handlers.language.reading import Kind, Reading, Stored, Why
from handlers.language.where_and_when.days import Sent

_LEAST = 0.002  # of a kind's probability
_PATHS = 12  # ways of tagging that are looked at where several readings are wanted
_MOST = 8  # readings that are put in order


@dataclass(frozen=True, slots=True)
class Model:
    """The fitted parts: what words are, what kind a message is, which reading fits as a whole."""

    words: Weights
    kinds: Weights
    readings: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reading with its share of the probability, and the likeliest tags that make it."""

    share: float
    reading: Reading
    names: list[str]


class Heard:
    """A message as the model hears it: the likeliest reading at once, others where they are asked for."""

    __slots__ = ("_model", "_paths", "_seen", "_sent", "_told")

    def __init__(self, model: Model, seen: Seen, sent: Sent) -> None:
        self._model, self._seen, self._sent = model, seen, sent
        self._paths = Paths(model.words, columns_of(model.words, seen.tokens, scores_of(model.words, seen)))
        self._told = score_of_words(model.kinds, seen)  # what the words tell of the kind

    def likeliest(self) -> Reading | None:
        """The reading of the likeliest tags and, among the kinds that fit them, the likeliest."""
        return next((_reading(kind, found) for _, kind, found in self._of_kinds(self._paths.best())), None)

    def candidates(self) -> list[Candidate]:
        """Distinct readings, likeliest first."""
        mass: dict[tuple[Kind, Stored | None], float] = {}
        first: dict[tuple[Kind, Stored | None], tuple[Composed | None, list[str]]] = {}
        for log, names in self._paths.likeliest(_PATHS):
            share = math.exp(log)
            for probability, kind, found in self._of_kinds(names):
                if probability < _LEAST:
                    break
                key = kind, found.stored() if found is not None else None
                mass[key] = mass.get(key, 0.0) + share * probability
                first.setdefault(key, (found, names))
        whole = sum(mass.values()) or 1.0
        likely = sorted(mass.items(), key=lambda item: -item[1])[:_MOST]
        return [Candidate(share / whole, _reading(key[0], first[key][0]), first[key][1]) for key, share in likely]

    def weighed(self) -> list[tuple[float, Reading]]:
        """The readings in the order of what speaks for each as a whole, with their shares."""
        found = self.candidates()
        rows = [
            reading_features(self._seen, one.names, one.reading, math.log(one.share + 1e-9), place)
            for place, one in enumerate(found)
        ]
        shares = reranked(self._model.readings, rows)
        return sorted(zip(shares, (one.reading for one in found), strict=True), key=lambda pair: -pair[0])

    def _of_kinds(self, names: list[str]) -> Iterator[tuple[float, Kind, Composed | None]]:
        """What these tags make, by the probability of its kind; what they count is the same for all kinds."""
        kinds, tried, found = self._model.kinds, False, None
        for probability, label in likelihoods(kinds, self._told + kinds.total(tag_features(self._seen, names))):
            kind = _KINDS[label]
            if kind not in COUNTED:
                yield probability, kind, None
                continue
            if not tried:
                found, tried = composed(self._seen, names, self._sent), True
            if found is not None:
                yield probability, kind, found


_KINDS = {kind.value: kind for kind in Kind}


def _reading(kind: Kind, found: Composed | None) -> Reading:
    if found is not None:
        return found.reading(kind)
    return Reading(kind, why=Why.NUMBER if kind is Kind.UNCLEAR else None)
