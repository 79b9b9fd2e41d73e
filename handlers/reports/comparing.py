"""A sum for a whole day is compared with what is stored, never added blindly."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from handlers import saying
from handlers.buttons.pressed import Pressed
from handlers.language import Entry, Kind, Reading
from handlers.messages import Message, Reply, Saying
from handlers.open import asking, keeping
from handlers.places import placing
from handlers.reports import changing, recording
from handlers.reports.changing import SaidBy
from handlers.states import DAY_TOTAL, SUM
from handlers.turn import STUDENTS, Answer, Scope, Turn, answers, command_button
from storage.campaign import people
from storage.campaign.hamlets import NO_HAMLET
from storage.campaign.teams import Team
from storage.reports import drafts, reports, tallies
from storage.reports.drafts import Draft
from storage.reports.reports import Report, Told
from storage.reports.tallies import Line, Place

KeptLines = Mapping[Line, int]


def about_total(message: Message, turn: Turn, team: Team, reading: Reading) -> list[Saying]:
    """A sum above what is stored is recorded at once as the difference, one below is asked about."""
    day = turn.day_of(message, reading.day)
    message = _as_said(message, turn)
    _replace_older(turn, message, day)
    lines = placing.lines_of(turn, team, reading.entries)
    kept = _kept(turn, turn.me.id, day, message.at, lines)
    if kept is None:
        if recording.too_many(lines):
            return asking.about_many(message, turn, reading, lines)
        return recording.record(message, turn, team, reading, lines)
    more = _difference(turn, turn.me.id, day, lines, kept)
    if not more:
        return [_says(turn, "reporting.total_equal", day, lines, kept, more)]
    if reading.amends and (less := _added_before(turn, day, message.at, more)) is not None:
        return [_instead(turn, *less, day, lines, kept, more)]
    if all(line.n > 0 for line in more) and not recording.too_many(more):
        return [_recorded(message, turn, team, reading, lines, kept, more)]
    return [_offer(message, turn, reading, day, lines, kept, more)]


def _as_said(message: Message, turn: Turn) -> Message:
    """A sum is said when it is typed: an edit states it for all that the book holds by then."""
    edited = message.edited_at
    if edited is None or turn.house.calendar.work_day(edited) != turn.day_of(message):
        return message
    return replace(message, at=max(edited, message.at))


def about_draft(
    turn: Turn, team: Team, draft: Draft, day: int, entries: tuple[Entry, ...], *, replaces: int | None = None
) -> list[Saying]:
    """A sum for a day that an open message turned out to state, like one that was clear from the start."""
    keeping.settle(turn, draft, report=None)
    theirs = replace(turn, person=people.by_id(turn.tx, draft.person))  # their lead may have pressed
    said = about_total(keeping.message_of(turn, draft), theirs, team, Reading(Kind.TOTAL, day, entries))
    return [replace(one, replaces=replaces) if isinstance(one, Reply) else one for one in said]


def _added_before(turn: Turn, day: date, at: datetime, more: Sequence[Line]) -> tuple[Report, list[Line]] | None:
    """What an earlier sum of the day had added, where a smaller one takes no more than that back.

    The report of the difference, and what is left of it; the newer sum is what counts.
    """
    if any(line.n > 0 or line.hamlet != NO_HAMLET for line in more):
        return None
    for report in reversed(reports.of_day(turn.tx, turn.me.id, day)):
        left = tallies.by_line([*report.lines, *more])
        if report.at <= at and all(line.n > 0 for line in (*report.lines, *left)) and _stated_a_sum(turn, report):
            return report, left
    return None


def _stated_a_sum(turn: Turn, report: Report) -> bool:
    words = reports.first_text_of(turn.tx, report)
    return words is not None and turn.reading_of(words, report.at).kind is Kind.TOTAL


def _instead(
    turn: Turn,
    before: Report,
    left: Sequence[Line],
    day: date,
    lines: Sequence[Line],
    kept: KeptLines,
    more: Sequence[Line],
) -> Saying:
    """The difference that an earlier sum had added shrinks to what the newer one says."""
    changing.store(turn, before, left or [Line(NO_HAMLET, before.lines[0].outcome, 0)], None, SaidBy("", sure=True))
    taken = [Line(line.hamlet, line.outcome, -line.n) for line in more]
    return replace(_says(turn, "reporting.total_instead", day, lines, kept, taken), report=before.id)


def _recorded(
    message: Message,
    turn: Turn,
    team: Team,
    reading: Reading,
    lines: Sequence[Line],
    kept: KeptLines,
    more: Sequence[Line],
) -> Saying:
    """The difference is stored as a report of its own, with its undo."""
    told = recording.told_by(message, turn, reading)
    after = _store(turn, team, told, more, grows=True)
    if not message.chat.private:
        return recording.recorded(message, turn, after)
    rows = (recording.buttons_of(turn, after)[:1], (command_button("Xem từng tin", "/homnay"),))
    said = _says(turn, "reporting.total_added", told.day, lines, kept, more, rows)
    return replace(said, report=after.id)


def _replace_older(turn: Turn, message: Message, day: date) -> None:
    """Totals of the same day that still wait for an answer are settled by a newer one."""
    for draft in drafts.open_of(turn.tx, turn.me.id, day):
        if keeping.kept(draft).use == DAY_TOTAL and draft.at <= message.at and draft.message != message.id:
            keeping.settle(turn, draft, report=None)


def _kept(turn: Turn, person: int, day: date, at: datetime, lines: Sequence[Line]) -> dict[Line, int] | None:
    """What was reported up to a moment for each line of a total: in its hamlet, or in all where it names none.

    None where nothing was.
    """
    stored = [report for report in reports.of_day(turn.tx, person, day) if report.at <= at]
    return _sums(stored, lines) if stored else None


def _sums(stored: Sequence[Report], lines: Sequence[Line]) -> dict[Line, int]:
    return {
        line: sum(
            known.n
            for report in stored
            for known in report.lines
            if known.outcome == line.outcome and line.hamlet in (NO_HAMLET, known.hamlet)
        )
        for line in lines
    }


def _difference(turn: Turn, person: int, day: date, lines: Sequence[Line], kept: KeptLines) -> list[Line]:
    """What is missing or too much; never more is taken away than there is by now."""
    by_now = _sums(reports.of_day(turn.tx, person, day), lines)
    more = [Line(line.hamlet, line.outcome, max(line.n - kept[line], -by_now[line])) for line in lines]
    return [line for line in more if line.n]


def _says(
    turn: Turn,
    name: str,
    day: date,
    lines: Sequence[Line],
    kept: KeptLines,
    more: Sequence[Line],
    buttons: Any = (),
) -> Reply:
    hamlets = {line.hamlet for line in lines}
    return turn.say(
        name,
        day=day,
        hamlet=placing.name_of(turn, hamlets.pop()) if len(hamlets) == 1 else "",
        said=_whole(lines),
        kept=tallies.merged({line.outcome: n} for line, n in kept.items()),
        more=_whole(more),
        buttons=buttons,
    )


def _whole(lines: Sequence[Line]) -> tallies.Counts:
    return tallies.merged({line.outcome: line.n} for line in lines)


def _offer(
    message: Message,
    turn: Turn,
    reading: Reading,
    day: date,
    lines: Sequence[Line],
    kept: KeptLines,
    more: Sequence[Line],
) -> Reply:
    """[Ghi thêm 7] [Giữ 18] [Xem từng tin]; a smaller total becomes an adjustment: [Sửa còn 15]."""
    draft = keeping.keep(message, turn, reading, "total", use=DAY_TOTAL, lines=lines)
    grows = all(line.n > 0 for line in more)
    buttons = turn.offer(SUM, draft.id, _choices(lines, kept, more))
    name = "reporting.total_more" if grows else "reporting.total_less"
    rows = (buttons, (command_button("Xem từng tin", "/homnay"),))
    return _says(turn, name, day, lines, kept, more, rows)


def _choices(lines: Sequence[Line], kept: KeptLines, more: Sequence[Line]) -> dict[str, str]:
    """The labels name the number where there is one alone."""
    grows = all(line.n > 0 for line in more)
    if len({line.outcome for line in lines}) > 1:
        return {"Ghi thêm" if grows else "Sửa lại": "yes", "Giữ nguyên": "no"}
    yes = f"Ghi thêm {sum(line.n for line in more)}" if grows else f"Sửa còn {sum(line.n for line in lines)}"
    return {yes: "yes", f"Giữ {sum(kept.values())}": "no"}


@answers(offer=SUM, who=STUDENTS, scope=Scope.SAID)
def press_total(pressed: Pressed, turn: Turn) -> Answer:
    """Store the difference between a total and what is stored by now, or leave it."""
    draft = pressed.draft
    pressed.use(turn)
    team = keeping.team_of(turn, draft)
    assert team is not None
    lines = keeping.lines_with(turn, team, draft, None)
    kept = _kept(turn, draft.person, draft.day, draft.at, lines) or dict.fromkeys(lines, 0)
    more = _difference(turn, draft.person, draft.day, lines, kept)
    if pressed.choice == "no" or not more:
        keeping.settle(turn, draft, report=None)
        whole = tallies.merged({line.outcome: n} for line, n in kept.items())
        return pressed.settle(turn.text("reporting.total_kept", kept=whole))
    grows = all(line.n > 0 for line in more)
    told = keeping.told_by(draft)
    after = _store(turn, team, told, more if grows else _spread(turn, draft.person, draft.day, more), grows=grows)
    keeping.settle(turn, draft, report=after.id)
    standing = saying.standing_of(turn, after)
    if not grows:
        return pressed.settle(turn.text("reporting.adjusted", day=draft.day, said=_whole(lines), standing=standing))
    added = saying.said(turn, more)  # the report itself may have said something before
    text = turn.text("reporting.recorded", lines=added, visits=(), kept=(), alone=False, where="", standing=standing)
    return pressed.settle(text, buttons=(recording.buttons_of(turn, after),), report=after.id)


def _store(turn: Turn, team: Team, told: Told, lines: Sequence[Line], *, grows: bool) -> Report:
    """The difference as a report of the message, or added to the one that the message made before it was edited."""
    before = reports.of_message(turn.tx, told.chat, told.message)
    if before is not None and not before.withdrawn:
        whole = tallies.by_line([*before.lines, *lines])
        to = "corrected" if all(line.n >= 0 for line in whole) else "adjusted"
        return changing.store(turn, before, whole, None, SaidBy(told.text, sure=True), to=to)
    return recording.store(turn, team, told, lines, None, change="said" if grows else "adjusted")


def _spread(turn: Turn, person: int, day: date, more: Sequence[Line]) -> list[Line]:
    """What is taken away comes from hamlets that have it, the last reported first, so that no sum goes below 0."""
    spread: list[Line] = []
    stored = reports.of_day(turn.tx, person, day)
    for line in more:
        if line.hamlet != NO_HAMLET or line.n > 0:
            spread.append(line)
            continue
        left = -line.n
        for hamlet, n in _by_hamlet(stored, line.outcome).items():
            taken = min(left, max(n, 0))
            if taken:
                spread.append(Line(hamlet, line.outcome, -taken))
                left -= taken
    return spread


def _by_hamlet(stored: Sequence[Report], outcome: str) -> dict[Place, int]:
    """How much of an outcome each hamlet has, the one reported last first."""
    found: dict[Place, int] = {}
    for report in reversed(stored):
        for line in report.lines:
            if line.outcome == outcome:
                found[line.hamlet] = found.get(line.hamlet, 0) + line.n
    return found
