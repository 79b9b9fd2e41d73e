"""Drafts: what a message about work becomes once its number, or a yes, is known."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from handlers.language import Entry, Kind, Outcome, Reading, fold
from handlers.language.where_and_when.place_names import folded_hamlet
from handlers.messages import Chat, Message, Sender
from handlers.places import placing
from handlers.states import NEW_REPORT, Correction, Use, use_as_text, use_from
from handlers.turn import Turn
from storage.campaign import phases, teams
from storage.campaign.teams import Team
from storage.reports import drafts
from storage.reports.drafts import Draft
from storage.reports.reports import Report, Told
from storage.reports.tallies import Line
from storage.talk import chats


@dataclass(frozen=True, slots=True)
class KeptChoice:
    """One meaning that a button stands for: `day` is relative to the day of sending; a correction has its lines."""

    use: Use
    day: int
    entries: tuple[Entry, ...]
    lines: tuple[Line, ...] | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What a draft keeps.

    Attributes:
        hole: outcome, hamlet and its words, where only a number is missing; `likely` are the numbers that it may be.
        homes: the labels of the homes that the message names.
        choices: the meanings that its buttons stand for.
        team: where its sender worked when it was written; None in rows of before.
    """

    use: Use
    entries: tuple[Entry, ...]
    hole: tuple[Outcome, str | None, str | None] | None
    lines: tuple[Line, ...] | None
    likely: tuple[int, ...] = ()
    homes: tuple[str, ...] = ()
    choices: tuple[KeptChoice, ...] = ()
    team: int | None = None

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
    choices: Sequence[KeptChoice] = (),
) -> Draft:
    """Keeps the message until it is settled; what was open of the same message is replaced.

    `lines`: exactly what is stored after a yes, where that is known by now.
    """
    earlier = drafts.of_message(turn.tx, turn.chat.id, message.id)
    if earlier is not None:
        settle(turn, earlier, report=None)
    turn.touch(turn.chat.id, message.id)
    day = turn.day_of(message, reading.draft.day if reading.draft else reading.day)
    return drafts.keep(
        turn.tx,
        person=turn.me.id,
        day=day,
        at=message.at,
        chat=turn.chat.id,
        message=message.id,
        why=why,
        holes=_packed(reading, use, lines, choices, turn.team_on(day)),
        text=message.text,
    )


def keep_answer(
    message: Message, turn: Turn, report: int | None, *, holes: str | None = None, why: str = drafts.ANSWER
) -> None:
    """Remembers that the message went into a report that another message made, for when it is edited.

    `holes`: of the draft whose number it was. `why`: it may have taken that report back.
    """
    kept = drafts.keep(
        turn.tx,
        person=turn.me.id,
        day=turn.day_of(message),
        at=message.at,
        chat=turn.chat.id,
        message=message.id,
        why=why,
        holes=holes or json.dumps({"use": use_as_text(NEW_REPORT), "entries": [], "hole": None, "lines": None}),
        text=message.text,
    )
    settle(turn, kept, report=report)


def settle(turn: Turn, draft: Draft, *, report: int | None) -> bool:
    """The one door through which an open message is settled: by a report, or left out. False: that happened before."""
    turn.touch(draft.chat, draft.message)
    settled = drafts.settle(turn.tx, draft.id, turn.at, report=report)
    if settled and report is None and draft.person != turn.me.id:
        turn.on_record("open left out", draft.id)
    return settled


def reopen(turn: Turn, draft: Draft) -> bool:
    """The way back: what was left out is open again. False: its message was settled otherwise, or edited, since."""
    turn.touch(draft.chat, draft.message)
    again = drafts.reopen(turn.tx, draft.id)
    if again and draft.person != turn.me.id:
        turn.on_record("open put back", draft.id)
    return again


def _packed(
    reading: Reading, use: Use, lines: Sequence[Line] | None, choices: Sequence[KeptChoice], team: Team | None
) -> str:
    draft = reading.draft
    hole = draft.hole if draft else None
    kept: dict[str, Any] = {
        "use": use_as_text(use),
        "entries": _entries(draft.entries if draft else reading.entries),
        "hole": _hole(reading),
        "lines": _lines(lines),
        "likely": list(hole.suggestions) if hole else [],
        "homes": [home.label for home in (draft.homes if draft else reading.homes)]
        or [label for label in [reading.of_home] if label is not None],
        "choices": [
            {"use": use_as_text(one.use), "day": one.day, "entries": _entries(one.entries), "lines": _lines(one.lines)}
            for one in choices
        ],
        "team": team.id if team is not None else None,
    }
    return json.dumps(kept, ensure_ascii=False)


def _hole(reading: Reading) -> list[Any] | None:
    """What a number would fill; a number of which it is not said what it counts is most likely one of phones."""
    draft = reading.draft
    hole = draft.hole if draft else None
    if draft is None or hole is None or not (hole.outcome or (hole.suggestions and not draft.entries)):
        return None
    return [(hole.outcome or Outcome.ACTIVATED).value, hole.hamlet, hole.said]


def _entries(entries: Sequence[Entry]) -> list[Any]:
    return [[e.hamlet, e.said, {outcome.value: n for outcome, n in e.counts.items()}] for e in entries]


def _lines(lines: Sequence[Line] | None) -> list[Any] | None:
    return None if lines is None else [[line.hamlet, line.outcome, line.n] for line in lines]


def kept(draft: Draft) -> Kept:
    """What a draft keeps, as it was put in; rows written before know neither homes nor choices."""
    found = json.loads(draft.holes)
    hole = found["hole"]
    return Kept(
        use=use_from(found["use"]),
        entries=_entries_from(found["entries"]),
        hole=(Outcome(hole[0]), hole[1], hole[2]) if hole else None,
        lines=_lines_from(found["lines"]),
        likely=tuple(found.get("likely", ())),
        homes=tuple(found.get("homes", ())),
        choices=tuple(
            KeptChoice(use_from(one["use"]), one["day"], _entries_from(one["entries"]), _lines_from(one["lines"]))
            for one in found.get("choices", ())
        ),
        team=found.get("team"),
    )


def team_of(turn: Turn, draft: Draft, day: date | None = None) -> Team | None:
    """The team for which an open message counts: where its sender worked when it was written, moved since or not.

    `day`: another than it was kept for, which may be of another phase.
    """
    when, id = day or draft.day, kept(draft).team
    team = teams.find(turn.tx, id) if id is not None else None
    if team is not None:
        phase = phases.by_id(turn.tx, team.phase)
        if when == draft.day or phase.first <= when <= phase.last:
            return team
    return teams.team_of(turn.tx, draft.person, when)


def is_readable(draft: Draft) -> bool:
    """Whether what it keeps can be read."""
    try:
        kept(draft)
    except (ValueError, KeyError, TypeError):
        return False
    return True


def _entries_from(kept: list[Any]) -> tuple[Entry, ...]:
    return tuple(
        Entry(hamlet, said, {Outcome(outcome): n for outcome, n in counts.items()}) for hamlet, said, counts in kept
    )


def _lines_from(kept: list[Any] | None) -> tuple[Line, ...] | None:
    return None if kept is None else tuple(Line(*line) for line in kept)


def entries_with(draft: Draft, answer: int | None, *, whole: bool = False) -> tuple[Entry, ...]:
    """The draft's entries with the answer in its hole: beside what is known, or as the `whole` instead of it."""
    known = kept(draft)
    if answer is None or known.hole is None:
        return known.entries
    outcome, hamlet, said = known.hole
    others = tuple(_without(one, outcome) if one.hamlet == hamlet else one for one in known.entries)
    return (*(others if whole else known.entries), Entry(hamlet, said, {outcome: answer}))


def is_counted_already(draft: Draft) -> bool:
    """Whether the message has another number of what is asked, in the same place: an answer may be one or the sum."""
    known = kept(draft)
    if known.hole is None or known.lines is not None or len(known.homes) > 1:
        return False
    outcome, hamlet, _ = known.hole
    return any(entry.hamlet == hamlet and entry.counts.get(outcome) for entry in known.entries)


def _without(entry: Entry, outcome: Outcome) -> Entry:
    return replace(entry, counts={one: n for one, n in entry.counts.items() if one is not outcome})


def told_by(draft: Draft, day: date | None = None) -> Told:
    """An open message as what makes a report: for when it was sent. `day`: another than it was kept for."""
    return Told(draft.person, day or draft.day, draft.at, draft.chat, draft.message, draft.text or "")


def message_of(turn: Turn, draft: Draft) -> Message:
    """The message that made a draft, as it came in; its day is the draft's."""
    chat = chats.by_id(turn.tx, draft.chat)
    return Message(
        chat=Chat(chat.channel, chat.address, chat.private),
        sender=Sender("", ""),
        id=draft.message,
        text=draft.text or "",
        at=draft.at,
    )


def lines_with(turn: Turn, team: Team, draft: Draft, answer: int | None, *, whole: bool = False) -> list[Line]:
    """What the draft would store, with the answer in its hole, or as the `whole`."""
    lines = kept(draft).lines
    if lines is not None:
        return list(lines)
    return placing.lines_of(turn, team, entries_with(draft, answer, whole=whole))


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
