"""What a question offers: the two or three likeliest meanings of a message, each as what it would do."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from handlers.clerk import changes, matching
from handlers.clerk.acts import Change, Choice, Compare, Record
from handlers.clerk.evening import NOWHERE, Evening, Heard, LineTold
from handlers.language import Entry, Hole, Kind, Outcome, Reading, Why

MOST = 3


def choices_of(heard: Heard, meanings: Sequence[Reading], evening: Evening) -> tuple[Choice, ...]:
    """The likeliest meanings, none twice, and that nothing is counted. Empty where a number is all that is missing."""
    found: list[Choice] = []
    for choice in _likely(heard, meanings, evening):
        if choice not in found:
            found.append(choice)
    found = [one for one in found if not any(_leaves_out_the_place(one, other) for other in found)]
    if not found:
        found = _usual(meanings[0])
    return (*found[:MOST], Choice(None)) if found else ()


def _leaves_out_the_place(one: Choice, other: Choice) -> bool:
    """`[Thêm 2 máy]` beside `[Thêm 2 máy ở xóm 1]`: a hamlet that was named is meant."""
    if type(one.act) is not type(other.act) or not isinstance(one.act, Record | Compare):
        return False
    assert isinstance(other.act, Record | Compare)
    mine, theirs = one.act.reading, other.act.reading
    return (
        mine.counts == theirs.counts
        and mine.day == theirs.day
        and all(entry.hamlet is None for entry in mine.entries)
        and all(entry.hamlet is not None for entry in theirs.entries)
        and len(theirs.entries) == 1
    )


_USUAL = (Outcome.ABSENT, Outcome.REFUSED, Outcome.ACTIVATED)


def _usual(reading: Reading) -> list[Choice]:
    """What mostly happens at a home of which nothing else was understood."""
    draft = reading.draft
    if draft is None or len(draft.homes) != 1 or draft.entries or reading.why is not Why.TWO_MEANINGS:
        return []
    (home,) = draft.homes
    return [
        Choice(
            Record(
                Reading(
                    Kind.REPORT,
                    draft.day,
                    (Entry(home.hamlet, home.hamlet, {outcome: 1}),),
                    draft.appointments,
                    (replace(home, counts={outcome: 1}),),
                )
            )
        )
        for outcome in _USUAL
    ]


def _likely(heard: Heard, meanings: Sequence[Reading], evening: Evening) -> Iterator[Choice]:
    for reading in meanings:
        if reading.kind is Kind.REPORT:
            yield from _of_known_home(reading, evening)
            yield Choice(Record(reading))
        elif reading.kind is Kind.TOTAL and Outcome.ACTIVATED not in reading.counts:
            continue  # nobody states the day's sum of anything else alone
        elif reading.kind is Kind.TOTAL:
            yield Choice(Compare(reading))
        elif reading.kind is Kind.CORRECT:
            yield from _corrections(heard, reading, evening)
            yield Choice(Record(_as(reading, Kind.REPORT)))
        elif reading.kind is Kind.UNCLEAR and reading.draft is not None:
            yield from _of_draft(heard, reading, evening)


def _of_known_home(reading: Reading, evening: Evening) -> Iterator[Choice]:
    """`nhà chị Phượng có 1 thôi, máy kia chưa vào được`, where two are stored of her: what is stored of her changes."""
    labels = matching.labels_of(reading)
    if len(labels) != 1 or reading.day:
        return
    said = tuple(LineTold(NOWHERE, outcome, n) for outcome, n in reading.counts.items())
    for report, label in matching.with_home(evening.today, labels):
        known = {outcome for outcome, n in reading.counts.items() if report.count(outcome)}
        lines = changes.corrected(report, label, said, {}) if known else None
        if lines is not None and set(lines) != set(report.lines):
            yield Choice(Change(report, lines, reading, label))
            return


def _corrections(heard: Heard, reading: Reading, evening: Evening) -> Iterator[Choice]:
    """The newest report that has the outcome, corrected."""
    for report in evening.today:
        labels = matching.labels_of(reading)
        named = matching.with_home([report], labels)
        if report.adjusted or (labels and report.homes and not named):
            continue
        label = named[0][1] if named else None
        lines = changes.corrected(report, label, heard.lines, reading.was, reading.gone)
        if lines is not None and set(lines) != set(report.lines):
            yield Choice(Change(report, lines, reading, label))
            return


def _of_draft(heard: Heard, reading: Reading, evening: Evening) -> Iterator[Choice]:
    """What was understood, with a likely number in its hole; as a sum for the day where that may be meant."""
    draft = reading.draft
    assert draft is not None
    hole = draft.hole
    if hole is None or hole.outcome is None:
        if draft.entries:
            done = _filled(reading, draft.entries)
            if draft.kind is Kind.CORRECT:
                yield from _corrections(heard, _as(done, Kind.CORRECT), evening)
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
