"""A second reader, fitted to labelled messages, that fails differently from the reader of rules.

`read_fitted` gives the likeliest readings with their chances, `probability_of` the chance it gives to a reading of
somebody else. Both are pure; the weights are read when first needed.
"""

from dataclasses import dataclass
from datetime import datetime, time

from handlers.language.days import DAY_START, Sent
from handlers.language.fitted.features import Seen, look
from handlers.language.fitted.guessing import candidates, key_of, likeliest, weighed
from handlers.language.fitted.storing import fitted
from handlers.language.fitted.tokens import tokens_of
from handlers.language.reading import Kind, Reading, Why
from handlers.language.words import NO_NAMES, Names

__all__ = ["Guess", "probability_of", "read_fitted"]

_MOST_CHARACTERS = 4096
_LEAST = 0.001  # of a chance that is worth a mention


@dataclass(frozen=True, slots=True)
class Guess:
    """A reading, and the chance that it is right (of messages like those it was fitted to)."""

    reading: Reading
    probability: float


def read_fitted(
    text: str, at: datetime, names: Names = NO_NAMES, day_start: time = DAY_START, best: int = 1
) -> tuple[Guess, ...]:
    """The likeliest readings of a message sent at local time `at`, best first, at most `best`, each once.

    With `best=1` the one reading comes fast, and its probability is 1.0: ask for more to learn its chance.
    `names` are taken so that both readers are called alike; the fitted one makes hamlets out by their words alone.
    """
    seen = _seen(text)
    if seen is None:
        return (Guess(Reading(Kind.UNCLEAR, why=Why.NUMBER), 1.0),)
    if not seen.tokens:
        return (Guess(Reading(Kind.CHAT), 1.0),)
    sent = Sent(at, day_start)
    if best <= 1:
        return (Guess(likeliest(fitted().model, seen, sent) or Reading(Kind.UNCLEAR, why=Why.NUMBER), 1.0),)
    return tuple(_guesses(seen, sent)[:best])


def probability_of(text: str, at: datetime, reading: Reading, day_start: time = DAY_START) -> float:
    """The chance that this reader gives to a reading of the message; 0.0 where it is none of its own."""
    seen = _seen(text)
    if seen is None or not seen.tokens:
        return float(reading.kind is (Kind.UNCLEAR if seen is None else Kind.CHAT))
    key = key_of(reading)
    return next((g.probability for g in _guesses(seen, Sent(at, day_start)) if key_of(g.reading) == key), 0.0)


def _seen(text: str) -> Seen | None:
    tokens = tokens_of(text[:_MOST_CHARACTERS])
    return None if tokens is None else look(text[:_MOST_CHARACTERS], tokens)


def _guesses(seen: Seen, sent: Sent) -> list[Guess]:
    """All readings worth a mention, with calibrated chances that sum to one at most."""
    found: list[Guess] = []
    left = 1.0
    model, calibrated = fitted().model, fitted().calibrated
    for share, reading in weighed(model, seen, candidates(model, seen, sent)):
        chance = min(calibrated(share), left)
        left -= chance
        if chance >= _LEAST or not found:
            found.append(Guess(reading, chance))
    return found or [Guess(Reading(Kind.UNCLEAR, why=Why.NUMBER), 0.0)]
