"""The question that is left where some words of one were not understood: it may be offered, and is never answered."""

import unicodedata
from datetime import date

from handlers.figures.in_words.meaning import Asked, Names, NotUnderstood
from handlers.figures.in_words.reading import read

_TIMES = 4  # that words are left out
_LEAST = 0.4  # of the letters that have to be understood
_OF_NUMBERS = frozenset({"how_many", "how_is_it", "so_many_or_not", "a_commune", "a_hamlet", "a_person", "compare"})


def nearest(text: str, found: NotUnderstood, names: Names, today: date) -> tuple[str, Asked] | None:
    """What is asked without the words that were not understood, as it would be typed; None where that is nothing."""
    rest = unicodedata.normalize("NFC", text)
    whole = len(rest)
    for _ in range(_TIMES):
        if not found.spans or found.beyond:
            return None
        rest = _without(rest, found.spans)
        if len(rest) < whole * _LEAST:
            return None
        read_again = read(rest, names, today)
        if isinstance(read_again, Asked):
            return (rest, read_again) if read_again.firm or _is_of_numbers(read_again) else None
        if read_again is None:
            return None
        found = read_again
    return None


def _without(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    """A text without some of its words; the signs between them stay."""
    for start, end in sorted(set(spans), reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return " ".join(text.split())


def _is_of_numbers(asked: Asked) -> bool:
    return not _OF_NUMBERS.isdisjoint(asked.rules)
