"""The one door through which a report changes; callers decide which report, and what it says from now on.

What is named changes, in the hamlet that was meant; the rest may stay.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers import saying
from handlers.language import Outcome, Reading, fold
from handlers.messages import Message, Reaction, Reply, Saying
from handlers.open import asking, keeping
from handlers.places import placing
from handlers.reports import homes_and_visits, recording, telling
from handlers.reports.recorded import on_record
from handlers.states import OWN_REPORT, Correction, Waiting
from handlers.turn import Turn, leads
from storage.campaign import people
from storage.campaign.hamlets import NO_HAMLET
from storage.campaign.teams import team_of
from storage.reports import homes, reports, visits
from storage.reports.homes import Home
from storage.reports.reports import Report
from storage.reports.tallies import Line
from storage.talk import offers, outbox

CORRECTED_SIGN = "✍"


@dataclass(frozen=True, slots=True)
class SaidBy:
    """What says the change.

    Attributes:
        text: its words, masked.
        message: the message itself, which is remembered so that an edit of it is about this report; None: a press.
        replaces: the outbox row of the bot's message that says from now on what came of it.
        holes: what the open message had asked for, where this answered it.
        sure: the numbers were said yes to, however large they are.
        restores: the report says again what it said before.
    """

    text: str
    message: Message | None = None
    replaces: int | None = None
    holes: str | None = None
    sure: bool = False
    restores: bool = False


def change(turn: Turn, report: Report, lines: Sequence[Line], reading: Reading | None, said_by: SaidBy) -> list[Saying]:
    """Stores what a report says from now on, and tells whom it concerns; or says why that cannot be.

    Homes and promised visits follow what the reading says of them. A day that is closed is refused; more than one
    house can have is asked about first, and so is what was written before the report was put right otherwise.
    """
    if not may_change(turn, report):
        return [Reply(turn.text("helping.press_changed"), replaces=said_by.replaces)]
    if report.day < turn.oldest_day and not leads(turn, report.person):
        return [too_old(turn, report.day)]
    if said_by.message is not None and reading is not None and not turn.follows(report.changed_at):
        return _older(turn, report, lines, reading, said_by.message)
    if recording.too_many(lines) and not said_by.sure:
        return _ask_first(turn, report, lines, reading, said_by)
    were = saying.homes_of(turn, report)
    after = store(turn, report, lines, reading, said_by)
    _stop_asking(turn, after)
    if said_by.message is not None and not _made_it(turn, said_by.message, report):
        keeping.keep_answer(said_by.message, turn, after.id, holes=said_by.holes)
    return _told(turn, report, after, were, said_by)


def store(
    turn: Turn,
    report: Report,
    lines: Sequence[Line],
    reading: Reading | None,
    said_by: SaidBy,
    *,
    to: str = "corrected",
) -> Report:
    """The new version, with its homes and visits. `to`: `adjusted` where it takes from what others stored.

    Only `change` and what compares a sum for a day come here.
    """
    after = _next(turn, report, lines, said_by, to)
    if said_by.restores:
        visits.bring_back(turn.tx, report.id, report.changed_at)
    else:
        homes_and_visits.drop_visits(turn, report, after, fold(said_by.text))
    if reading is None:
        homes_and_visits.follow(turn, after, said_by.text, before=report)
    else:
        own = said_by.message is not None and _made_it(turn, said_by.message, report)
        homes_and_visits.note(turn, after, reading, said_by.text, instead=own, before=report)
    return after


def recount(
    turn: Turn, report: Report, lines: Sequence[Line], said_by: SaidBy, *, kept: Sequence[Home] | None = None
) -> Report:
    """The new version, of which whoever calls says the homes, too, and sees to the visits; None: they stay.

    Only what calls a visit off comes here.
    """
    after = _next(turn, report, lines, said_by, "adjusted" if report.change == "adjusted" else "corrected")
    if kept is not None:
        homes.keep(turn.tx, after, kept, new=False)
    return after


def _next(turn: Turn, report: Report, lines: Sequence[Line], said_by: SaidBy, to: str) -> Report:
    commune = placing.commune_of(turn, report)
    known = placing.learn(turn, commune, lines)
    adjustments = reports.adjustments(turn.tx, report.person, report.day)
    after = reports.correct(turn.tx, report, known, by=turn.me.id, at=turn.at, text=said_by.text, change=to)
    on_record(turn, report, "restored" if said_by.restores else "corrected", after.lines)
    for one in (after, *adjustments):  # one that took from what has become less is withdrawn with it
        turn.touch(one.chat, one.message)
    return after


def restore(turn: Turn, report: Report, before: Sequence[Line], *, replaces: int | None = None) -> list[Saying]:
    """A correction is taken back: the report says again what it said before."""
    after = store(turn, report, before, None, SaidBy("", sure=True, restores=True))
    text = turn.text(
        "reporting.restored",
        lines=saying.report_in_words(turn, after),
        standing=saying.standing_of(turn, after),
    )
    fix = turn.offer(OWN_REPORT, after.id, {"Sửa": "fix"}, version=after.version, person=after.person)
    return [Reply(text, (fix,), replaces=replaces, report=after.id)]


def put_back(turn: Turn, report: Report, *, replaces: int | None = None) -> list[Saying]:
    """What a lead took back or changed of a student's report is as it was; the student is told of that, too."""
    words = reports.text_of(turn.tx, report) if report.withdrawn else None
    after = store(
        turn, report, reports.lines_before(turn.tx, report), None, SaidBy(words or "", sure=True, restores=True)
    )
    return telling.changed_by_lead(turn, after, what="restored", replaces=replaces)


def still_meant(turn: Turn, use: Correction) -> Report | None:
    """The report that a kept correction is about; None where it was withdrawn or changed since."""
    report = reports.by_id(turn.tx, use.report)
    return report if report is not None and not report.withdrawn and report.version == use.version else None


def may_change(turn: Turn, report: Report) -> bool:
    """Its student, whoever reported it for them, and their lead."""
    own = report.person == turn.me.id
    return own or leads(turn, report.person) or reports.said_by(turn.tx, report.id) == turn.me.id


def too_old(turn: Turn, day: date) -> Reply:
    """The day can no longer be changed by its student; the lead is named."""
    team = team_of(turn.tx, turn.me.id, day)
    names = [lead.name for lead in people.leads_of(turn.tx, team.id) if lead.id != turn.me.id] if team else []
    return turn.say("reporting.too_old", day=day, leads=names)


def _stop_asking(turn: Turn, report: Report) -> None:
    """What it should have said is known now, whatever way it was said."""
    question = offers.question(turn.tx, turn.chat.id, turn.me.id, turn.now)
    if question is not None and (question.kind, question.subject) == (Waiting.FIX.value, report.id):
        turn.stop_waiting()


def _made_it(turn: Turn, message: Message, report: Report) -> bool:
    return (report.chat, report.message) == (turn.chat.id, message.id)


def _older(turn: Turn, report: Report, lines: Sequence[Line], reading: Reading, message: Message) -> list[Saying]:
    """It was on its way for long: what was said since stands, unless its writer says that this is right."""
    if list(lines) == list(report.lines):
        return [turn.say("reporting.kept", lines=saying.said_of(turn, report))]
    now, new = saying.said_of(turn, report), saying.said(turn, lines)
    text = turn.text("reporting.older", report=report, written=turn.at, lines=now, new=new)
    use = keeping.correction_of(report)
    return asking.about_lines(message, turn, reading, text, {"Sửa": "yes", "Giữ": "no"}, lines=lines, use=use)


def _ask_first(
    turn: Turn, report: Report, lines: Sequence[Line], reading: Reading | None, said_by: SaidBy
) -> list[Saying]:
    """More than one house can have: stored after a yes, as a correction of this very version."""
    if said_by.message is None or reading is None:
        return [Reply(turn.text("reporting.too_many_to_choose"), replaces=said_by.replaces)]
    use = keeping.correction_of(report)
    return asking.about_many(said_by.message, turn, reading, lines, use=use)


# What is said


def _told(turn: Turn, before: Report, after: Report, were: Sequence[Home], said_by: SaidBy) -> list[Saying]:
    if after.person == turn.me.id:
        own = said_by.message is not None and _made_it(turn, said_by.message, after)
        said = _corrected(turn, before, after, were, said_by)
        return [_after_edit(turn, after, said) if own else said]
    if leads(turn, after.person) and reports.said_by(turn.tx, after.id) != turn.me.id:
        return telling.changed_by_lead(turn, after, what="corrected", replaces=said_by.replaces)
    return telling.reported_for(turn, after, replaces=said_by.replaces)


def _corrected(turn: Turn, before: Report, after: Report, were: Sequence[Home], said_by: SaidBy) -> Reply:
    """Says what a report says from now on, beside what it said; `were`: its homes before."""
    text = turn.text(
        "reporting.corrected",
        lines=saying.changed(turn, before, after, were),
        standing=saying.standing_of(turn, after),
    )
    return Reply(text, (recording.buttons_of(turn, after),), replaces=said_by.replaces, report=after.id)


def _after_edit(turn: Turn, report: Report, said: Reply) -> Saying:
    """What the bot said last about the report is edited to what it says now; in a group a sign may do."""
    answer = outbox.newest_answer(turn.tx, report.id, turn.chat.id)
    if turn.chat.private or answer is not None:
        return replace(said, replaces=answer)
    lines = saying.said_of(turn, report)
    return Reaction(CORRECTED_SIGN, report.message, turn.text("reporting.recorded_short", lines=lines), report.id)


# What a report says from now on


def new_lines(turn: Turn, report: Report, reading: Reading, *, amends: bool) -> list[Line] | None:
    """The report's lines after what a reading names; None where it cannot be told which of its hamlets is meant."""
    named = placing.lines_of(turn, placing.team_of_report(turn, report), reading.entries)
    return with_the_rest(report, named, reading.was) if amends else in_its_hamlet(report, named)


def in_its_hamlet(report: Report, named: Sequence[Line]) -> list[Line]:
    """Lines that name no hamlet at all are for the report's own, where it has one."""
    own = {line.hamlet for line in report.lines}
    if len(own) == 1 and all(line.hamlet == NO_HAMLET for line in named):
        return [replace(line, hamlet=next(iter(own))) for line in named]
    return list(named)


def with_the_rest(report: Report, named: Sequence[Line], was: Mapping[Outcome, int] | None = None) -> list[Line] | None:
    """What is named, and of the report what is not; None where it cannot be told which of its hamlets is meant.

    `was`: the numbers that are taken back.
    """
    placed = [_placed(report, line, (was or {}).get(Outcome(line.outcome))) for line in in_its_hamlet(report, named)]
    if any(line is None for line in placed):
        return None
    lines = [line for line in placed if line is not None]
    changed = {(line.hamlet, line.outcome) for line in lines}
    rest = [line for line in report.lines if (line.hamlet, line.outcome) not in changed]
    return _without_zeros([*lines, *rest])


def _placed(report: Report, line: Line, was: int | None) -> Line | None:
    """The line in the hamlet that it changes, of a report with several."""
    own = [known for known in report.lines if known.outcome == line.outcome]
    if line.hamlet != NO_HAMLET or not own or any(known.hamlet == NO_HAMLET for known in own):
        return line
    meant = [known for known in own if was is None or known.n == was]
    return replace(line, hamlet=meant[0].hamlet) if len(meant) == 1 else None


def _without_zeros(lines: Sequence[Line]) -> list[Line]:
    """A zero says `none` only where nothing else is said."""
    return [line for line in lines if line.n] or list(lines[:1])
