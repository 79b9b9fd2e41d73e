"""The fitted weights as text: one feature a line, so that a change of the corpus shows what it changed."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import IO

from handlers.language.fitted import features, kinds
from handlers.language.fitted.guessing import Model
from handlers.language.fitted.weights import Weights, spelled, told_apart

WORDS, KINDS, READINGS = "words.model", "kinds.model", "readings.model"


@dataclass(frozen=True, slots=True)
class Calibrated:
    """How often a reading that was given a share is right: (share, chance), both rising."""

    shares: tuple[float, ...]
    chances: tuple[float, ...]

    def __call__(self, share: float) -> float:
        """The chance that a reading with this share is right, between the two nearest that were measured."""
        k = bisect_right(self.shares, share)
        if k == 0:
            return self.chances[0] * share / self.shares[0] if self.shares[0] else self.chances[0]
        if k == len(self.shares):
            return self.chances[-1]
        low, high = self.shares[k - 1], self.shares[k]
        return self.chances[k - 1] + (self.chances[k] - self.chances[k - 1]) * (share - low) / (high - low)


@dataclass(frozen=True, slots=True)
class Fitted:
    """Everything that was fitted."""

    model: Model
    calibrated: Calibrated


@cache
def fitted() -> Fitted:
    """What the package carries; read when first asked for."""
    readings, calibrated = _readings(_text(READINGS))
    of_words, of_kinds = _weights(_text(WORDS), features.SORTS), _weights(_text(KINDS), kinds.SORTS)
    return Fitted(Model(of_words, of_kinds, readings), calibrated)


def _text(name: str) -> list[str]:
    return files("handlers.language.fitted").joinpath(name).read_text(encoding="utf-8").splitlines()


def write_weights(out: IO[str], weights: Weights) -> None:
    """Labels, the weights of steps between them, then a line for each feature: label and hundredths, by turns."""
    out.write("\t".join(weights.labels) + "\n")
    for row in weights.steps:
        out.write(" ".join(map(str, row)) + "\n")
    features = ((sort, values) for sort, table in weights.tables.items() for values in table)
    for written, feature in sorted((spelled(feature), feature) for feature in features):
        pairs = " ".join(f"{label} {weight}" for label, weight in weights.pairs(feature))
        out.write(f"{written}\t{pairs}\n")


def _weights(lines: list[str], sorts: Mapping[int, frozenset[str]]) -> Weights:
    labels = tuple(lines[0].split("\t"))
    steps = [[int(n) for n in line.split()] for line in lines[1 : 1 + len(labels)]]
    weights = Weights(labels, {}, steps)
    same: dict[str, int] = {}  # many are alike
    for line in lines[1 + len(labels) :]:
        written, _, pairs = line.rpartition("\t")
        weight = same.get(pairs)
        if weight is None:
            said = iter(map(int, pairs.split()))
            weight = same[pairs] = weights.packed(zip(said, said, strict=True))
        sort, values = told_apart(written, sorts)
        weights.tables.setdefault(sort, {})[values] = weight
    return weights


def write_readings(out: IO[str], weights: Mapping[str, float], calibrated: Calibrated, digest: str) -> None:
    """The digest of the corpus, the table of chances, then a line for each feature."""
    out.write(digest + "\n")
    out.write(" ".join(f"{share:.4f} {chance:.4f}" for share, chance in _pairs(calibrated)) + "\n")
    for name, weight in sorted(weights.items()):
        out.write(f"{name}\t{round(weight * 1000)}\n")


def _pairs(calibrated: Calibrated) -> Sequence[tuple[float, float]]:
    return list(zip(calibrated.shares, calibrated.chances, strict=True))


def _readings(lines: list[str]) -> tuple[dict[str, float], Calibrated]:
    table = [float(n) for n in lines[1].split()]
    weights = {}
    for line in lines[2:]:
        name, _, weight = line.rpartition("\t")
        weights[name] = int(weight) / 1000
    return weights, Calibrated(tuple(table[::2]), tuple(table[1::2]))


def digest_in_package() -> str:
    """The digest of the corpus from which the package's weights were fitted."""
    return _text(READINGS)[0]
