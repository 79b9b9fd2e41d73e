"""The fitted weights as text: one feature a line, so that a change of the corpus shows what it changed."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import IO

from handlers.language.fitted.guessing import Model
from handlers.language.fitted.model import Weights

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
    return Fitted(Model(_weights(_text(WORDS)), _weights(_text(KINDS)), readings), calibrated)


def _text(name: str) -> list[str]:
    return files("handlers.language.fitted").joinpath(name).read_text(encoding="utf-8").splitlines()


def write_weights(out: IO[str], weights: Weights) -> None:
    """Labels, the weights of steps between them, then a line for each feature: label and hundredths, by turns."""
    out.write("\t".join(weights.labels) + "\n")
    for row in weights.steps:
        out.write(" ".join(str(round(weight * 100)) for weight in row) + "\n")
    for feature, found in sorted(weights.features.items()):
        pairs = " ".join(f"{label} {round(weight * 100)}" for label, weight in found)
        out.write(f"{feature}\t{pairs}\n")


def _weights(lines: list[str]) -> Weights:
    labels = tuple(lines[0].split("\t"))
    steps = [[int(n) / 100 for n in line.split()] for line in lines[1 : 1 + len(labels)]]
    features = {}
    same: dict[tuple[str, str], tuple[int, float]] = {}  # many are alike
    for line in lines[1 + len(labels) :]:
        feature, _, pairs = line.rpartition("\t")
        said = pairs.split()
        features[feature] = tuple(
            [same.get(pair) or same.setdefault(pair, _pair(pair)) for pair in zip(said[::2], said[1::2], strict=True)]
        )
    return Weights(labels, features, steps)


def _pair(said: tuple[str, str]) -> tuple[int, float]:
    return int(said[0]), int(said[1]) / 100


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
