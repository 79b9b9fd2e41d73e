"""The fitted weights as text: one feature a line, so that a change of the corpus shows what it changed."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
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
    with _lines(WORDS) as of_words, _lines(KINDS) as of_kinds, _lines(READINGS) as of_readings:
        readings, calibrated = _readings(of_readings)
        model = Model(_weights(of_words, features.SORTS), _weights(of_kinds, kinds.SORTS), readings)
    return Fitted(model, calibrated)


def _lines(name: str) -> IO[str]:
    """A file of the package, to be read line by line: as a whole it would take as much again as what is made of it."""
    return files("handlers.language.fitted").joinpath(name).open(encoding="utf-8")


def write_weights(out: IO[str], weights: Weights) -> None:
    """Labels, the weights of steps between them, then a line for each feature: label and hundredths, by turns."""
    out.write("\t".join(weights.labels) + "\n")
    for row in weights.steps:
        out.write(" ".join(map(str, row)) + "\n")
    features = ((sort, values) for sort, table in weights.tables.items() for values in table)
    for written, feature in sorted((spelled(feature), feature) for feature in features):
        pairs = " ".join(f"{label} {weight}" for label, weight in weights.pairs(feature))
        out.write(f"{written}\t{pairs}\n")


def _weights(lines: Iterator[str], sorts: Mapping[int, frozenset[str]]) -> Weights:
    labels = tuple(next(lines).rstrip("\n").split("\t"))
    steps = [[int(n) for n in line.split()] for line in islice(lines, len(labels))]
    weights = Weights(labels, {}, steps)
    alike: dict[int, int] = {}  # half of the numbers are another's as well: each stands in memory once
    for line in lines:
        written, _, pairs = line.rpartition("\t")
        said = iter(map(int, pairs.split()))
        sort, values = told_apart(written, sorts)
        packed = weights.packed(zip(said, said, strict=True))
        weights.tables.setdefault(sort, {})[values] = alike.setdefault(packed, packed)
    return weights


def write_readings(out: IO[str], weights: Mapping[str, float], calibrated: Calibrated, digest: str) -> None:
    """The digest of the corpus, the table of chances, then a line for each feature."""
    out.write(digest + "\n")
    out.write(" ".join(f"{share:.4f} {chance:.4f}" for share, chance in _pairs(calibrated)) + "\n")
    for name, weight in sorted(weights.items()):
        out.write(f"{name}\t{round(weight * 1000)}\n")


def _pairs(calibrated: Calibrated) -> Sequence[tuple[float, float]]:
    return list(zip(calibrated.shares, calibrated.chances, strict=True))


def _readings(lines: Iterator[str]) -> tuple[dict[str, float], Calibrated]:
    next(lines)  # the digest
    table = [float(n) for n in next(lines).split()]
    weights = {}
    for line in lines:
        name, _, weight = line.rpartition("\t")
        weights[name] = int(weight) / 1000
    return weights, Calibrated(tuple(table[::2]), tuple(table[1::2]))


def digest_in_package() -> str:
    """The digest of the corpus from which the package's weights were fitted."""
    with _lines(READINGS) as lines:
        return next(lines).rstrip("\n")
