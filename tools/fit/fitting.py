"""Fits weights to tagged words: a linear-chain CRF, and maximum entropy as one of a single step."""

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import pycrfsuite

from handlers.language.fitted import features as of_words
from handlers.language.fitted import kinds as of_kinds
from handlers.language.fitted.weights import HUNDREDTHS, Feature, Weights, spelled, told_apart

Labelled = tuple[list[list[Feature]], list[str] | None]


def fit_words(sequences: Iterable[Labelled], rounds: int) -> Weights:
    """Weights for what words are; what has no labels is left out."""
    told = ((_spelled(rows), labels) for rows, labels in sequences if labels)
    return fit(told, of_words.SORTS, l1=0.1, l2=0.05, rounds=rounds)


def _spelled(rows: list[list[Feature]]) -> list[list[str]]:
    return [[spelled(feature) for feature in row] for row in rows]


def fit_kinds(messages: Iterable[tuple[list[str], str]]) -> Weights:
    """Weights for what kind a message is."""
    return fit((([features], [kind]) for features, kind in messages), of_kinds.SORTS, l1=0.15, l2=0.5, rounds=150)


def fit(
    sequences: Iterable[tuple[list[list[str]], list[str]]],
    sorts: Mapping[int, frozenset[str]],
    *,
    l1: float,
    l2: float,
    rounds: int,
) -> Weights:
    """Weights by which the given labels are likely. The same sequences give the same weights."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for features, labels in sequences:
        if labels:
            trainer.append(features, labels)
    trainer.select("lbfgs")
    trainer.set_params({"c1": l1, "c2": l2, "max_iterations": rounds, "feature.possible_transitions": False})
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        return _weights(tagger, sorts)


def _weights(tagger: pycrfsuite.Tagger, sorts: Mapping[int, frozenset[str]]) -> Weights:
    info = tagger.info()
    labels = tuple(sorted(info.labels))
    place = {label: i for i, label in enumerate(labels)}
    pairs: dict[str, list[tuple[int, int]]] = {}
    for (feature, label), weight in sorted(info.state_features.items()):
        if hundredths := _hundredths(weight):
            pairs.setdefault(feature, []).append((place[label], hundredths))
    steps = [[-3 * HUNDREDTHS if len(labels) > 8 else 0] * len(labels) for _ in labels]
    for (old, new), weight in info.transitions.items():
        steps[place[old]][place[new]] = _hundredths(weight)
    weights = Weights(labels, {}, steps)
    for feature, found in pairs.items():
        sort, values = told_apart(feature, sorts)
        weights.tables.setdefault(sort, {})[values] = weights.packed(found)
    return weights


def _hundredths(weight: float) -> int:
    return round(round(weight, 2) * HUNDREDTHS)
