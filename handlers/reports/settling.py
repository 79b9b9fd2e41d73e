"""A number, a yes or a no settles a message that stood open: it becomes a report, a new version of one, or a sum."""

from dataclasses import replace

from handlers import saying
from handlers.buttons.pressed import Pressed
from handlers.language import Entry
from handlers.messages import Message, Reply, Saying
from handlers.open import asking, keeping
from handlers.places import placing
from handlers.reports import changing, choosing, comparing, correcting, recording
from handlers.reports.changing import SaidBy
from handlers.states import DAY_TOTAL, DRAFT
from handlers.turn import STUDENTS, Answer, Turn, answers
from storage.campaign.hamlets import NO_HAMLET
from storage.campaign.teams import Team, team_of
from storage.reports import drafts, reports
from storage.reports.drafts import Draft
from storage.reports.reports import Report
from storage.reports.tallies import Line
from storage.talk import offers


def answered(message: Message, turn: Turn, draft: Draft, number: int, *, hamlet: Entry | None = None) -> list[Saying]:
    """The number that was asked for; very many only after a yes. `hamlet`: names where it was."""
    lines = _named(turn, _team(turn, draft), draft, number, hamlet)
    if recording.too_many(lines):
        buttons = turn.offer(DRAFT, draft.id, {"Đúng, ghi": str(number), "Thôi": "drop"})
        return [turn.say("asking.many", lines=saying.said(turn, lines), buttons=(buttons,))]
    turn.stop_waiting_for(draft.id)
    said = settle(turn, draft, number, hamlet=hamlet)
    settled = drafts.by_id(turn.tx, draft.id)
    keeping.keep_answer(message, turn, settled.report if settled else None, holes=draft.holes)
    return said


def _named(turn: Turn, team: Team, draft: Draft, number: int | None, hamlet: Entry | None) -> list[Line]:
    """What the draft would store, with the number in its hole, in the hamlet that the answer named."""
    lines = keeping.lines_with(turn, team, draft, number)
    if hamlet is None:
        return lines
    place = placing.hamlet_of(turn, team, hamlet.hamlet, hamlet.said)
    return [replace(line, hamlet=place) if line.hamlet == NO_HAMLET else line for line in lines]


@answers(offer=DRAFT, who=STUDENTS)
def press_draft(pressed: Pressed, turn: Turn) -> Answer:
    """A suggested number, a yes, or leaving the message out."""
    draft = pressed.draft
    if pressed.choice == "ask":
        return _ask_again(turn, draft)
    pressed.use(turn)
    question = offers.question(turn.tx, turn.chat.id, draft.person, turn.now)
    if question is not None and question.kind in asking.ABOUT_DRAFTS and question.subject == draft.id:
        offers.stop_asking(turn.tx, turn.chat.id, draft.person)
    if pressed.choice in ("drop", "no"):
        return pressed.settle(_drop(turn, draft))
    if pressed.choice.startswith("m"):
        return choosing.choose(turn, draft, int(pressed.choice.removeprefix("m")), edits=pressed.message)
    answer = int(pressed.choice) if pressed.choice.isdecimal() else None
    return settle(turn, draft, answer, edits=pressed.message)


def _team(turn: Turn, draft: Draft) -> Team:
    team = team_of(turn.tx, draft.person, draft.day)
    assert team is not None, "the roster gives each student a team"
    return team


def _ask_again(turn: Turn, draft: Draft) -> Answer:
    """What was asked before is asked once more; a total is compared with what is stored by now."""
    known = keeping.kept(draft)
    if known.use == DAY_TOTAL and known.hole is None:
        return settle(turn, draft, None)
    return choosing.ask_again(turn, draft) if known.choices else asking.ask_again(turn, draft)


def _drop(turn: Turn, draft: Draft) -> str:
    """The message is left out; what was counted before stays."""
    drafts.settle(turn.tx, draft.id, turn.at, report=None)
    stored = _target(turn, draft, keeping.kept(draft))
    if stored is None or stored.withdrawn:
        return turn.text("asking.dropped", draft=draft)
    return turn.text("reporting.kept", lines=saying.said(turn, stored.lines))


def settle(
    turn: Turn, draft: Draft, answer: int | None, *, edits: str | None = None, hamlet: Entry | None = None
) -> list[Saying]:
    """The draft becomes a report, the new version of one, or a total that is compared."""
    kept, team = keeping.kept(draft), _team(turn, draft)
    if kept.use == DAY_TOTAL:
        offset = (draft.day - turn.house.calendar.work_day(draft.at)).days
        return comparing.about_draft(turn, team, draft, offset, keeping.entries_with(draft, answer), edits=edits)
    stored = _target(turn, draft, kept)
    if stored is None and kept.correction is not None:
        drafts.settle(turn.tx, draft.id, turn.at, report=None)
        return [Reply(turn.text("helping.press_changed"), edits=edits)]
    named = _named(turn, team, draft, answer, hamlet)
    lines = _lines(named, kept, stored if kept.correction else None)
    if lines is None:
        assert stored is not None
        drafts.settle(turn.tx, draft.id, turn.at, report=None)
        return correcting.ask(turn, stored)
    reading = turn.reading_of(draft.text or "", draft.at)
    if stored is not None:
        said_by = SaidBy(draft.text or "", edits=edits, sure=True)
        drafts.settle(turn.tx, draft.id, turn.at, report=stored.id)
        return changing.change(turn, stored, lines, reading, said_by)
    after = recording.store(turn, team, keeping.told_by(draft), lines, reading)
    drafts.settle(turn.tx, draft.id, turn.at, report=after.id)
    return [recording.in_full(turn, after, homes=recording.homes_of(reading), edits=edits)]


def _target(turn: Turn, draft: Draft, kept: keeping.Kept) -> Report | None:
    """The report that a draft changes, as it was meant: the one that it names, or that its message made before."""
    if kept.correction is not None:
        return changing.still_meant(turn, kept.correction)
    return reports.of_message(turn.tx, draft.chat, draft.message)


def _lines(named: list[Line], kept: keeping.Kept, report: Report | None) -> list[Line] | None:
    """What is stored: as it was said yes to, or as it is named, in the report that is corrected."""
    if report is None or kept.lines is not None or kept.correction is None:
        return named
    if kept.correction.amends:
        return changing.with_the_rest(report, named)
    return changing.in_its_hamlet(report, named)
