"""From a message to the likeliest readings: tags, kinds and readings put together."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from handlers.language.days import Sent
from handlers.language.fitted.composing import COUNTED, compose
from handlers.language.fitted.features import Seen, bundles_of
from handlers.language.fitted.kinds import tag_features, word_features
from handlers.language.fitted.model import Weights, best_path, best_paths, lattice, likelihoods, scores
from handlers.language.fitted.ranking import reading_features, reranked
from handlers.language.reading import Kind, Reading, Why

_LEAST = 0.002  # of a kind's probability
_PATHS = 12  # ways of tagging that are looked at where several readings are wanted


@dataclass(frozen=True, slots=True)
class Model:
    """The fitted parts: what words are, what kind a message is, which reading fits as a whole."""

    words: Weights
    kinds: Weights
    readings: Mapping[str, float]


def likeliest(model: Model, seen: Seen, sent: Sent) -> Reading | None:
    """The reading of the likeliest tags and, among the kinds that fit them, the likeliest."""
    names = best_path(model.words, lattice(model.words, seen.tokens, bundles_of(seen)))
    told = scores(model.kinds, word_features(seen))
    return next((reading for _, reading in _of_kinds(model, seen, names, sent, told)), None)


def _of_kinds(
    model: Model, seen: Seen, names: list[str], sent: Sent, told: list[float]
) -> Iterator[tuple[float, Reading]]:
    """The readings that these tags make, by the probability of their kinds; `told` is the score of the words."""
    composed: Reading | None = None
    tried = False
    for probability, label in likelihoods(model.kinds, scores(model.kinds, tag_features(seen, names), told)):
        kind = Kind(label)
        if kind in COUNTED:
            if not tried:
                composed, tried = compose(seen, names, Kind.CORRECT, sent), True
            if composed is not None:
                yield probability, replace(composed, kind=kind, was=composed.was if kind is Kind.CORRECT else {})
        else:
            yield probability, Reading(kind, why=Why.NUMBER if kind is Kind.UNCLEAR else None)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reading with its share of the probability, and the likeliest tags that make it."""

    share: float
    reading: Reading
    names: list[str]


def candidates(model: Model, seen: Seen, sent: Sent, most: int = 8) -> list[Candidate]:
    """Distinct readings, likeliest first."""
    choices = lattice(model.words, seen.tokens, bundles_of(seen))
    told = scores(model.kinds, word_features(seen))
    mass: dict[str, float] = {}
    first: dict[str, tuple[Reading, list[str]]] = {}
    for log, names in best_paths(model.words, choices, _PATHS):
        share = math.exp(log)
        for probability, reading in _of_kinds(model, seen, names, sent, told):
            if probability < _LEAST:
                break
            key = key_of(reading)
            mass[key] = mass.get(key, 0.0) + share * probability
            first.setdefault(key, (reading, names))
    whole = sum(mass.values()) or 1.0
    found = [Candidate(share / whole, *first[key]) for key, share in mass.items()]
    return sorted(found, key=lambda candidate: -candidate.share)[:most]


def weighed(model: Model, seen: Seen, found: list[Candidate]) -> list[tuple[float, Reading]]:
    """The readings in the order of what speaks for each as a whole."""
    rows = [
        reading_features(seen, one.names, one.reading, math.log(one.share + 1e-9), place)
        for place, one in enumerate(found)
    ]
    shares = reranked(model.readings, rows)
    return sorted(zip(shares, (one.reading for one in found), strict=True), key=lambda pair: -pair[0])


def key_of(reading: Reading) -> str:
    """What makes two readings the same."""
    return repr(reading.as_json()).casefold()
