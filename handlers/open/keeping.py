"""Drafts: what a message about work becomes once its number, or a yes, is known."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.language import Entry, Kind, Outcome, Reading, fold
from handlers.language.place_names import folded_hamlet
from handlers.messages import Message
from handlers.places import placing
from handlers.states import NEW_REPORT, Correction, Use, use_as_text, use_from
from handlers.turn import Turn
from storage.campaign.teams import Team
from storage.reports import drafts
from storage.reports.drafts import Draft
from storage.reports.reports import Report, Told
from storage.reports.tallies import Line


@dataclass(frozen=True, slots=True)
class Kept:
    """What a draft keeps. `hole`: outcome, hamlet and its words, where only a number is missing."""

    use: Use
    entries: tuple[Entry, ...]
    hole: tuple[Outcome, str | None, str | None] | None
    lines: tuple[Line, ...] | None

    @property
    def correction(self) -> Correction | None:
        """The report that it corrects, and how; None where it does something else."""
        return self.use if isinstance(self.use, Correction) else None


def correction_of(report: Report, *, amends: bool = False) -> Correction:
    """The use of a draft that says what a report should have said. `amends`: only some of it."""
    return Correction(report.id, report.version, amends)


def keep(
    message: Message,
    turn: Turn,
    reading: Reading,
    why: str,
    *,
    use: Use = NEW_REPORT,
    lines: Sequence[Line] | None = None,
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
        holes=holes or json.dumps({"use": use_as_text(NEW_REPORT), "entries": [], "hole": None, "lines": None}),
        text=message.text,
    )
    drafts.settle(turn.tx, kept.id, turn.at, report=report)


def _packed(reading: Reading, use: Use, lines: Sequence[Line] | None) -> str:
    draft = reading.draft
    hole = draft.hole if draft else None
    entries = draft.entries if draft else reading.entries
    return json.dumps(
        {
            "use": use_as_text(use),
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
        use=use_from(found["use"]),
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


def told_by(draft: Draft) -> Told:
    """An open message as what makes a report: for when it was sent."""
    return Told(draft.person, draft.day, draft.at, draft.chat, draft.message, draft.text or "")


def lines_with(turn: Turn, team: Team, draft: Draft, answer: int | None) -> list[Line]:
    """What the draft would store, with the answer in its hole."""
    lines = kept(draft).lines
    if lines is not None:
        return list(lines)
    return placing.lines_of(turn, team, entries_with(draft, answer))


# The number that was asked for

_ADDED = re.compile(r"\b(?:them|nua|bu|bo sung|sot)\b")  # with these it is new work, and no answer
_COUNTED = re.compile(r"(?:da )?([0-9]{1,2}) (?:nha|ho|nguoi|cu)(?: a)?")  # `2 nhà` where homes were asked for
# Words with which a number is one of phones, whatever was asked.
_PHONES = re.compile(r"\b(may|kich hoat|cai|duoc|dc|xong|ok)\b")


def number_in(text: str, reading: Reading, draft: Draft) -> int | None:
    """The number of a message that says nothing but what was asked about a draft."""
    hole = kept(draft).hole
    counted = _COUNTED.fullmatch(fold(text))
    if hole is not None and hole[0] is not Outcome.ACTIVATED and counted:
        return int(counted[1])
    if _ADDED.search(fold(text)):
        return None  # `thêm 3 nữa`
    if hole is None or reading.kind is not Kind.REPORT or reading.day or reading.homes or len(reading.entries) != 1:
        return None
    (entry,) = reading.entries
    outcome, hamlet, _ = hole
    if entry.hamlet is not None and (hamlet is None or folded_hamlet(entry.hamlet) != folded_hamlet(hamlet)):
        return None
    if list(entry.counts) == [outcome]:
        return entry.counts[outcome]
    bare = list(entry.counts) == [Outcome.ACTIVATED] and not counts_phones(text)
    return entry.counts[Outcome.ACTIVATED] if bare else None


def counts_phones(text: str) -> bool:
    """Whether a number in it is one of phones, whatever was asked."""
    return _PHONES.search(fold(text)) is not None
