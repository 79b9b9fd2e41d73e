"""Cross-validation by voice: what the fitted reader makes of people whom it was not fitted to."""

import math
import zlib
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from handlers.language.fitted.features import features_of, look, scores_of
from handlers.language.fitted.guessing import Heard, Model
from handlers.language.fitted.kinds import kind_features
from handlers.language.fitted.model import columns_of
from handlers.language.fitted.paths import Paths
from handlers.language.fitted.ranking import reading_features, reranked
from handlers.language.fitted.tokens import tokens_of
from handlers.language.fitted.weights import Feature, Weights
from handlers.language.signs.folding import fold
from tools.fit.corpus import Judged, Row, judged
from tools.fit.fitting import fit_kinds, fit_words
from tools.fit.inventing import VOICE
from tools.fit.labelling import Features, Labels
from tools.fit.projecting import Message
from tools.fit.weighing import Choice, weigh

T = TypeVar("T")

FOLDS = 5
ROUNDS = 50
PROCESSES = 2


@dataclass
class Bench:
    """The messages with all that the folds share."""

    messages: list[Message]
    features: Features
    labels: Labels
    bare: list[list[list[Feature]] | None]  # features of every other message without marks and capitals

    def fold(self, i: int) -> int:
        """The fold of message `i`: that of its voice; none for what was invented."""
        if self.messages[i].row.voice == VOICE:
            return -1
        return zlib.crc32(self.messages[i].row.voice.encode()) % FOLDS

    def tagged(self, out: int | None) -> Iterable[tuple[list[list[Feature]], list[str] | None]]:
        """What the words of all folds but `out` are fitted to."""
        for i, (rows, labels, bare) in enumerate(zip(self.features, self.labels, self.bare, strict=True)):
            if self.fold(i) != out:
                yield rows, labels
                if bare is not None:
                    yield bare, labels


@dataclass
class Held:
    """What was made of a message by those who were not fitted to its voice."""

    names: list[str]
    fast: Judged | None
    weighed: list[tuple[dict[str, float], Judged]]
    ranked: list[tuple[float, Judged]]


def without_marks(row: Row, labels: list[str] | None) -> list[list[Feature]] | None:
    """The features of a message as one would write it who sets no marks and no capitals."""
    if row.text.isascii() or labels is None:
        return None
    text = "".join(c if c.isspace() else fold(c) or c for c in row.text)
    tokens = tokens_of(text)
    return features_of(look(text, tokens)) if tokens is not None and len(tokens) == len(labels) else None


def held_out(bench: Bench) -> dict[int, Held]:
    """Every message, read by those who were not fitted to its voice."""
    words = _each_fold(partial(_words, bench))
    names = {i: path for weights, paths in words for i, path in paths.items()}
    names |= {i: labels for i, labels in enumerate(bench.labels) if labels is not None and bench.fold(i) < 0}
    kinds = _each_fold(partial(_read, bench, [weights for weights, _ in words], names))
    held = {i: one for found in kinds for i, one in found.items()}
    ranked = _each_fold(partial(_rank, bench, held))
    for found in ranked:
        for i, order in found.items():
            held[i].ranked = order
    return held


def _each_fold(work: Callable[[int], T]) -> list[T]:
    with ProcessPoolExecutor(PROCESSES) as pool:
        return list(pool.map(work, range(FOLDS)))


def _words(bench: Bench, out: int) -> tuple[Weights, dict[int, list[str]]]:
    weights = fit_words(bench.tagged(out), ROUNDS)
    return weights, {
        i: Paths(weights, columns_of(weights, message.tokens, scores_of(weights, message.seen))).best()
        for i, message in enumerate(bench.messages)
        if bench.fold(i) == out and message.tokens
    }


def kinds_of(bench: Bench, names: dict[int, list[str]], out: int | None) -> Weights:
    """Weights of kinds from all folds but `out`, by the tags that held-out weights gave."""
    return fit_kinds(
        (kind_features(bench.messages[i].seen, path), bench.messages[i].row.want[0])
        for i, path in sorted(names.items())
        if bench.fold(i) != out
    )


def _read(bench: Bench, words: list[Weights], names: dict[int, list[str]], out: int) -> dict[int, Held]:
    model = Model(words[out], kinds_of(bench, names, out), {})
    held = {}
    for i, path in names.items():
        if bench.fold(i) != out:
            continue
        message = bench.messages[i]
        heard = Heard(model, message.seen, message.sent)
        fast = heard.likeliest()
        rows = [
            (
                reading_features(message.seen, one.names, one.reading, math.log(one.share + 1e-9), place),
                judged(one.reading.as_json()),
            )
            for place, one in enumerate(heard.candidates())
        ]
        held[i] = Held(path, judged(fast.as_json()) if fast else None, rows, [])
    return held


def choices(bench: Bench, held: dict[int, Held], out: int | None) -> list[Choice]:
    """The readings among which one is right, of all folds but `out`."""
    found: list[Choice] = []
    for i, one in sorted(held.items()):
        right = [k for k, (_, reading) in enumerate(one.weighed) if reading == bench.messages[i].row.want]
        if right and bench.fold(i) != out:
            found.append(([row for row, _ in one.weighed], right[0]))
    return found


def _rank(bench: Bench, held: dict[int, Held], out: int) -> dict[int, list[tuple[float, Judged]]]:
    weights = weigh(choices(bench, held, out))
    found = {}
    for i, one in held.items():
        if bench.fold(i) == out:
            shares = reranked(weights, [row for row, _ in one.weighed])
            order = zip(shares, (reading for _, reading in one.weighed), strict=True)
            found[i] = sorted(order, key=lambda pair: -pair[0])
    return found
