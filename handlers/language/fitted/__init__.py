"""A second reader, fitted to labelled messages, that fails differently from the reader of rules.

`Opinion` and `read_fitted` give the likeliest readings with their chances, `probability_of` the chance that it gives to
a reading of somebody else. Both are pure; the weights are read when first needed.
"""

from dataclasses import dataclass
from datetime import datetime, time

from handlers.language.fitted.features import look
from handlers.language.fitted.guessing import Heard
from handlers.language.fitted.storing import fitted
from handlers.language.fitted.tokens import tokens_of
from handlers.language.reading import Kind, Reading, Why
from handlers.language.where_and_when.days import DAY_START, Sent
from handlers.language.words.words import NO_NAMES, Names

__all__ = ["Guess", "Opinion", "probability_of", "read_fitted"]

_MOST_CHARACTERS = 4096
_LEAST = 0.001  # of a chance that is worth a mention
_MOST_WEIGHED = 200  # words of a message of which several readings are looked at


@dataclass(frozen=True, slots=True)
class Guess:
    """A reading, and the chance that it is right (of messages like those it was fitted to)."""

    reading: Reading
    probability: float


class Opinion:
    """What the fitted reader thinks of a message sent at local time `at`: what was worked out once is kept."""

    __slots__ = ("_heard", "_simple", "lost", "vague")

    def __init__(self, text: str, at: datetime, day_start: time = DAY_START) -> None:
        text = text[:_MOST_CHARACTERS]
        tokens = tokens_of(text)
        self._heard: Heard | None = None
        self.lost = tokens is None  # too long to be read
        self.vague = len(tokens or ()) > _MOST_WEIGHED  # too long for guesses
        self._simple = Reading(Kind.CHAT) if tokens == [] else _NOT_UNDERSTOOD
        if tokens:
            self._heard = Heard(fitted().model, look(text, tokens), Sent(at, day_start))

    def likeliest(self) -> Reading:
        """The likeliest reading, without its chance."""
        return self._simple if self._heard is None else self._heard.likeliest() or _NOT_UNDERSTOOD

    def guesses(self) -> list[Guess]:
        """All readings worth a mention, best first, each once, with calibrated chances that sum to one at most."""
        if self._heard is None:
            return [Guess(self._simple, 1.0)]
        found: list[Guess] = []
        left = 1.0
        calibrated = fitted().calibrated
        for share, reading in self._heard.weighed():
            chance = min(calibrated(share), left)
            left -= chance
            if chance >= _LEAST or not found:
                found.append(Guess(reading, chance))
        return found or [Guess(_NOT_UNDERSTOOD, 0.0)]


_NOT_UNDERSTOOD = Reading(Kind.UNCLEAR, why=Why.NUMBER)


def read_fitted(
    text: str, at: datetime, names: Names = NO_NAMES, day_start: time = DAY_START, best: int = 1
) -> tuple[Guess, ...]:
    """The likeliest readings of a message sent at local time `at`, best first, at most `best`, each once.

    With `best=1` the one reading comes fast, and its probability is 1.0: ask for more to learn its chance.
    `names` are taken so that both readers are called alike; the fitted one makes hamlets out by their words alone.
    """
    opinion = Opinion(text, at, day_start)
    return tuple(opinion.guesses()[:best]) if best > 1 else (Guess(opinion.likeliest(), 1.0),)


def probability_of(text: str, at: datetime, reading: Reading, day_start: time = DAY_START) -> float:
    """The chance that this reader gives to a reading of the message; 0.0 where it is none of its own."""
    guesses = Opinion(text, at, day_start).guesses()
    return next((guess.probability for guess in guesses if guess.reading.means(reading)), 0.0)
