"""What a question offers: the two or three likeliest meanings of a message, each as what it would do."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from handlers.clerk import changes, matching
from handlers.clerk.acts import Change, Choice, Compare, Record
from handlers.clerk.evening import Evening, Heard
from handlers.language import Entry, Hole, Kind, Outcome, Reading

MOST = 3


def choices_of(heard: Heard, meanings: Sequence[Reading], evening: Evening) -> tuple[Choice, ...]:
    """The likeliest meanings, none twice, and that nothing is counted. Empty where a number is all that is missing."""
    found: list[Choice] = []
    for choice in _likely(heard, meanings, evening):
        if choice not in found:
            found.append(choice)
    return (*found[:MOST], Choice(None)) if found else ()


def _likely(heard: Heard, meanings: Sequence[Reading], evening: Evening) -> Iterator[Choice]:
    for reading in meanings:
        if reading.kind is Kind.REPORT:
            yield Choice(Record(reading))
        elif reading.kind is Kind.TOTAL:
            yield Choice(Compare(reading))
        elif reading.kind is Kind.CORRECT:
            yield from _corrections(heard, reading, evening)
            yield Choice(Record(_as(reading, Kind.REPORT)))
        elif reading.kind is Kind.UNCLEAR and reading.draft is not None:
            yield from _of_draft(heard, reading)


def _corrections(heard: Heard, reading: Reading, evening: Evening) -> Iterator[Choice]:
    """The newest report that has the outcome, corrected."""
    for report in evening.today:
        labels = matching.labels_of(reading)
        if report.adjusted or (labels and report.homes and not matching.with_home([report], labels)):
            continue
        lines = changes.corrected(report, None, heard.lines, reading.was)
        if lines is not None and set(lines) != set(report.lines):
            yield Choice(Change(report, lines, reading))
            return


def _of_draft(heard: Heard, reading: Reading) -> Iterator[Choice]:
    """What was understood, with a likely number in its hole; as a sum for the day where that may be meant."""
    draft = reading.draft
    assert draft is not None
    hole = draft.hole
    if hole is None or hole.outcome is None:
        if draft.entries:
            done = _filled(reading, draft.entries)
            yield Choice(Compare(_as(done, Kind.TOTAL)) if draft.kind is Kind.TOTAL else Record(done))
            if set(done.counts) == {Outcome.ACTIVATED} and draft.kind is not Kind.TOTAL:
                yield Choice(Compare(_as(done, Kind.TOTAL)))
        elif hole is not None and hole.suggestions:
            phones = Entry(hole.hamlet, hole.said, {Outcome.ACTIVATED: _said(heard, hole)})
            yield Choice(Record(_filled(reading, (phones,))))
        return
    for n in hole.suggestions[:MOST]:
        entry = Entry(hole.hamlet, hole.said, {Outcome(hole.outcome): n})
        done = _filled(reading, (*draft.entries, entry))
        yield Choice(Compare(_as(done, Kind.TOTAL)) if draft.kind is Kind.TOTAL else Record(done))


def _said(heard: Heard, hole: Hole) -> int:
    """The number that stands in the message, of which it is not said what it counts."""
    said = heard.text[hole.start : hole.end]
    return int(said) if said.isdecimal() else hole.suggestions[len(hole.suggestions) // 2]


def _filled(reading: Reading, entries: tuple[Entry, ...]) -> Reading:
    draft = reading.draft
    assert draft is not None
    return Reading(Kind.REPORT, draft.day, entries, draft.appointments, draft.homes)


def _as(reading: Reading, kind: Kind) -> Reading:
    return replace(reading, kind=kind)
