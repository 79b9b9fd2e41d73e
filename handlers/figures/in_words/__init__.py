"""Questions in words: what they ask. Pure functions over a text, the names known to the asker, and the work day."""

from handlers.figures.in_words.asks import chance
from handlers.figures.in_words.following import carried, joins, kept, known
from handlers.figures.in_words.meaning import (
    Asked,
    By,
    Known,
    Limit,
    Measure,
    Names,
    NotUnderstood,
    Part,
    Period,
    PhaseDays,
    Sort,
    Span,
    Whose,
)
from handlers.figures.in_words.reading import read
from handlers.figures.in_words.suggesting import nearest

__all__ = [
    "Asked",
    "By",
    "Known",
    "Limit",
    "Measure",
    "Names",
    "NotUnderstood",
    "Part",
    "Period",
    "PhaseDays",
    "Sort",
    "Span",
    "Whose",
    "carried",
    "chance",
    "joins",
    "kept",
    "known",
    "nearest",
    "read",
]
