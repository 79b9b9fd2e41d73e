"""The words of help that was asked for, which go after their time, or with whoever asked; what was done stays."""

from storage.engine.heaps import Heap

_WORDS = "UPDATE assistance SET what = NULL, told = NULL WHERE id IN ({which})"


def _words(which: str) -> tuple[Heap, ...]:
    """`which`: the condition on rows."""
    some = "(what IS NOT NULL OR told IS NOT NULL)"
    return (Heap("homes", f"SELECT id FROM assistance WHERE {some} AND {which}", _WORDS),)


OLD = _words("day <= :day")  # of work days until this one
OF_PERSON = _words("person = :person")
