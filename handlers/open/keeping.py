"""Drafts: what a message about work becomes once its number, or a yes, is known."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.language import Entry, Outcome, Reading
from handlers.messages import Message
from handlers.places import placing
from handlers.turn import Turn
from storage.campaign.teams import Team
from storage.reports import drafts, reports
from storage.reports.drafts import Draft
from storage.reports.reports import Report
from storage.reports.tallies import Line

RECORD = "record"  # a new report, or a new version of the one that the message made
TOTAL = "total"  # a sum for a whole day
_CORRECT = "correct"  # what a report says instead: `correct:12:2` is version 2 of report 12
_AMEND = "amend"  # the same, but what is not named stays


def correct(report: Report) -> str:
    """The use of a draft that says what a report should have said."""
    return f"{_CORRECT}:{report.id}:{report.version}"


def amend(report: Report) -> str:
    """The use of a draft that changes some of a report."""
    return f"{_AMEND}:{report.id}:{report.version}"


@dataclass(frozen=True, slots=True)
class Kept:
    """What a draft keeps. `hole`: outcome, hamlet and its words, where only a number is missing."""

    use: str
    entries: tuple[Entry, ...]
    hole: tuple[Outcome, str | None, str | None] | None
    lines: tuple[Line, ...] | None

    @property
    def corrects(self) -> tuple[int, int] | None:
        """The report that it corrects, and the version that it is about."""
        use, _, rest = self.use.partition(":")
        report, _, version = rest.partition(":")
        return (int(report), int(version)) if use in (_CORRECT, _AMEND) else None

    @property
    def amends(self) -> bool:
        """Whether what it does not name stays."""
        return self.use.startswith(_AMEND)


def keep(
    message: Message, turn: Turn, reading: Reading, why: str, *, use: str = RECORD, lines: Sequence[Line] | None = None
) -> Draft:
    """Keeps the message until it is settled; what was open of the same message is replaced.

    `lines`: exactly what is stored after a yes, where that is known by now.
    """
    earlier = drafts.of_message(turn.tx, turn.chat.id, message.id)
    if earlier is not None:
        drafts.settle(turn.tx, earlier.id, turn.at, report=None)
    return drafts.keep(
        turn.tx,
        person=turn.me.id,
        day=turn.day_of(message, reading.draft.day if reading.draft else reading.day),
        at=message.at,
        chat=turn.chat.id,
        message=message.id,
        why=why,
        holes=_packed(reading, use, lines),
        text=message.text,
    )


def keep_answer(message: Message, turn: Turn, report: int | None, *, holes: str | None = None) -> None:
    """Remembers that the message went into a report that another message made, for when it is edited.

    `holes`: of the draft whose number it was.
    """
    kept = drafts.keep(
        turn.tx,
        person=turn.me.id,
        day=turn.day_of(message),
        at=message.at,
        chat=turn.chat.id,
        message=message.id,
        why=drafts.ANSWER,
        holes=holes or json.dumps({"use": RECORD, "entries": [], "hole": None, "lines": None}),
        text=message.text,
    )
    drafts.settle(turn.tx, kept.id, turn.at, report=report)


def _packed(reading: Reading, use: str, lines: Sequence[Line] | None) -> str:
    draft = reading.draft
    hole = draft.hole if draft else None
    entries = draft.entries if draft else reading.entries
    return json.dumps(
        {
            "use": use,
            "entries": [[e.hamlet, e.said, {outcome.value: n for outcome, n in e.counts.items()}] for e in entries],
            "hole": [hole.outcome.value, hole.hamlet, hole.said] if hole and hole.outcome else None,
            "lines": None if lines is None else [[line.hamlet, line.outcome, line.n] for line in lines],
        },
        ensure_ascii=False,
    )


def kept(draft: Draft) -> Kept:
    """What a draft keeps, as it was put in."""
    found = json.loads(draft.holes)
    hole, lines = found["hole"], found["lines"]
    return Kept(
        use=found["use"],
        entries=tuple(
            Entry(hamlet, said, {Outcome(outcome): n for outcome, n in counts.items()})
            for hamlet, said, counts in found["entries"]
        ),
        hole=(Outcome(hole[0]), hole[1], hole[2]) if hole else None,
        lines=None if lines is None else tuple(Line(*line) for line in lines),
    )


def entries_with(draft: Draft, answer: int | None) -> tuple[Entry, ...]:
    """The draft's entries with the answer in its hole; a hole that adds to what is known already only fills it once."""
    known = kept(draft)
    if answer is None or known.hole is None:
        return known.entries
    outcome, hamlet, said = known.hole
    return (*known.entries, Entry(hamlet, said, {outcome: answer}))


def record(turn: Turn, team: Team, draft: Draft, lines: Sequence[Line], change: str = "said") -> Report:
    """Stores what a draft became as a report of its message, for when that was sent."""
    return reports.record(
        turn.tx,
        person=draft.person,
        team=team.id,
        day=draft.day,
        at=draft.at,
        chat=draft.chat,
        message=draft.message,
        lines=lines,
        text=draft.text or "",
        change=change,
    )


def lines_with(turn: Turn, team: Team, draft: Draft, answer: int | None) -> list[Line]:
    """What the draft would store, with the answer in its hole."""
    lines = kept(draft).lines
    if lines is not None:
        return list(lines)
    return placing.lines_of(turn, team, entries_with(draft, answer))
