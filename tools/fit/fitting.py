"""Fits weights to tagged words: a linear-chain CRF, and maximum entropy as one of a single step."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

import pycrfsuite

from handlers.language.fitted.features import Bundle, spelled
from handlers.language.fitted.model import Weights

Labelled = tuple[list[list[Bundle]], list[str] | None]


def fit_words(sequences: Iterable[Labelled], rounds: int) -> Weights:
    """Weights for what words are; what has no labels is left out."""
    told = ((_spelled(rows), labels) for rows, labels in sequences if labels)
    return fit(told, l1=0.1, l2=0.05, rounds=rounds)


def _spelled(rows: list[list[Bundle]]) -> list[list[str]]:
    return [[feature for bundle in row for feature in spelled(bundle)] for row in rows]


def fit_kinds(messages: Iterable[tuple[list[str], str]]) -> Weights:
    """Weights for what kind a message is."""
    return fit((([features], [kind]) for features, kind in messages), l1=0.15, l2=0.5, rounds=150)


def fit(sequences: Iterable[tuple[list[list[str]], list[str]]], *, l1: float, l2: float, rounds: int) -> Weights:
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
        return _weights(tagger)


def _weights(tagger: pycrfsuite.Tagger) -> Weights:
    info = tagger.info()
    labels = tuple(sorted(info.labels))
    place = {label: i for i, label in enumerate(labels)}
    features: dict[str, list[tuple[int, float]]] = {}
    for (feature, label), weight in sorted(info.state_features.items()):
        if abs(weight) >= 0.005:
            features.setdefault(feature, []).append((place[label], round(weight, 2)))
    steps = [[-3.0 if len(labels) > 8 else 0.0] * len(labels) for _ in labels]
    for (old, new), weight in info.transitions.items():
        steps[place[old]][place[new]] = round(weight, 2)
    return Weights(labels, {feature: tuple(found) for feature, found in features.items()}, steps)
