"""A number, a yes or a no settles a message that stood open: it becomes a report, a new version of one, or a sum."""

import re
from dataclasses import replace

from handlers import saying
from handlers.buttons.pressed import Pressed
from handlers.language import Entry, Reading, fold
from handlers.messages import Message, Reply, Saying
from handlers.open import asking, keeping
from handlers.places import placing
from handlers.reports import changing, choosing, comparing, correcting, recording, telling
from handlers.reports.changing import SaidBy
from handlers.states import DAY_TOTAL, DRAFT, REOPEN, Waiting
from handlers.turn import STUDENTS, Answer, Scope, Turn, answers, leads
from storage.campaign.hamlets import NO_HAMLET
from storage.campaign.people import Role
from storage.campaign.teams import Team
from storage.reports import drafts, reports
from storage.reports.drafts import Draft
from storage.reports.reports import Report
from storage.reports.tallies import Line
from storage.talk import offers

_NOTHING = ("drop", "no")  # choices that store nothing
_WHOLE = "w"  # before a number that is all of it
_NUMBER_ALONE = re.compile(r"([0-9]{1,4})(?: may)?")


def answered(message: Message, turn: Turn, draft: Draft, number: int, *, hamlet: Entry | None = None) -> list[Saying]:
    """The number that was asked for; very many only after a yes. `hamlet`: names where it was."""
    lines = _named(turn, _team(turn, draft), draft, number, hamlet)
    if recording.too_many(lines):
        buttons = turn.offer(DRAFT, draft.id, {"Đúng, ghi": str(number), "Thôi": "drop"})
        return [turn.say("asking.many", lines=saying.said(turn, lines), buttons=(buttons,))]
    if keeping.is_counted_already(draft):
        return [_of(turn, draft, _which(turn, draft, number, hamlet))]
    turn.stop_waiting_for(draft.id)
    said = [_of(turn, draft, one) for one in settle(turn, draft, number, hamlet=hamlet)]
    settled = drafts.by_id(turn.tx, draft.id)
    keeping.keep_answer(message, turn, settled.report if settled else None, holes=draft.holes)
    return said


def _which(turn: Turn, draft: Draft, number: int, hamlet: Entry | None) -> Reply:
    """After `5 máy −1`, 4 may be all of it, or what comes to the 5: nobody but the sender knows."""
    team, labels = _team(turn, draft), dict[str, str]()
    for whole, choice in ((True, f"{_WHOLE}{number}"), (False, str(number))):
        lines = _named(turn, team, draft, number, hamlet, whole=whole)
        labels.setdefault(turn.text("asking.record", lines=saying.said(turn, lines)), choice)
    buttons = turn.offer(DRAFT, draft.id, labels | {turn.text("asking.none"): "drop"})
    words = saying.quoted(draft.text or "")
    return turn.say("asking.one_or_sum", words=words, buttons=tuple((button,) for button in buttons))


def _of(turn: Turn, draft: Draft, said: Saying) -> Saying:
    """Where several were open, what was said of this one quotes it: a number alone could be anybody's."""
    here = isinstance(said, Reply) and said.to is None and turn.chat.private
    return asking.of_several(turn, draft, said) if here and isinstance(said, Reply) else said


def _named(
    turn: Turn, team: Team, draft: Draft, number: int | None, hamlet: Entry | None, *, whole: bool = False
) -> list[Line]:
    """What the draft would store, with the number in its hole or as the whole, in the hamlet that the answer named."""
    lines = keeping.lines_with(turn, team, draft, number, whole=whole)
    if hamlet is None:
        return lines
    place = placing.hamlet_of(turn, team, hamlet.hamlet, hamlet.said)
    return [replace(line, hamlet=place) if line.hamlet == NO_HAMLET else line for line in lines]


@answers(offer=DRAFT, who=STUDENTS, scope=Scope.SAID)
def press_draft(pressed: Pressed, turn: Turn) -> Answer:
    """A suggested number, a yes, or leaving the message out."""
    draft = pressed.draft
    if pressed.choice == "ask":
        return _ask_again(turn, draft)
    pressed.use(turn)
    _stop_asking(turn, draft)
    said = _taken(pressed, turn, draft)
    return _told(turn, draft, said, dropped=pressed.choice in _NOTHING, replaces=pressed.said_in)


@answers(offer=REOPEN, who=(Role.LEAD,), scope=Scope.TEAM)
def press_reopen(pressed: Pressed, turn: Turn) -> Answer:
    """What the lead left out of a student's messages waits for its number again."""
    draft = pressed.draft
    if not draft.settled or not keeping.reopen(turn, draft):
        return pressed.refuse(turn.text("asking.already_settled"))
    pressed.use(turn)
    return telling.reopened_by_lead(turn, draft, replaces=pressed.said_in)


@answers(question=Waiting.MEMBERS_NUMBER, who=(Role.LEAD,), scope=Scope.TEAM)
def answer_for_student(message: Message, turn: Turn) -> Answer:
    """A number alone, right after the lead was asked for a student's; anything else is the lead's own message."""
    question = offers.question(turn.tx, turn.chat.id, turn.me.id, turn.at)
    number = _NUMBER_ALONE.fullmatch(fold(message.text))
    draft = drafts.by_id(turn.tx, question.subject) if question is not None else None
    turn.stop_waiting()
    if number is None or draft is None or draft.settled or not leads(turn, draft.person):
        return None
    lines = _named(turn, _team(turn, draft), draft, int(number[1]), None)
    if recording.too_many(lines):
        buttons = turn.offer(DRAFT, draft.id, {"Đúng, ghi": number[1], "Thôi": "drop"})
        return turn.say("asking.many", lines=saying.said(turn, lines), buttons=(buttons,))
    if keeping.is_counted_already(draft):
        return _which(turn, draft, int(number[1]), None)
    _stop_asking(turn, draft)
    return _told(turn, draft, settle(turn, draft, int(number[1])), dropped=False)


def _stop_asking(turn: Turn, draft: Draft) -> None:
    """What its student says next answers it no more, wherever it was settled."""
    for chat in {turn.chat.id, draft.chat}:
        question = offers.question(turn.tx, chat, draft.person, turn.now)
        if question is not None and question.kind in asking.ABOUT_DRAFTS and question.subject == draft.id:
            offers.stop_asking(turn.tx, chat, draft.person)


def _told(turn: Turn, draft: Draft, said: list[Saying], *, dropped: bool, replaces: int | None = None) -> list[Saying]:
    """What a lead settled in private tells both; in the team's group the answer itself is read by the student."""
    after = drafts.by_id(turn.tx, draft.id)
    told = any(isinstance(one, Reply) and one.to is not None for one in said)
    if draft.person == turn.me.id or not turn.chat.private or told or after is None or not after.settled:
        return said
    stored = reports.by_id(turn.tx, after.report) if after.report is not None else None
    return telling.settled_by_lead(turn, draft, stored, replaces=replaces) if stored or dropped else said


def _taken(pressed: Pressed, turn: Turn, draft: Draft) -> list[Saying]:
    if pressed.choice in _NOTHING:
        left_out = _drop(turn, draft)
        by_lead = draft.person != turn.me.id and not turn.chat.private  # in private both are told, below
        return pressed.settle(left_out, buttons=(turn.offer(REOPEN, draft.id),) if by_lead else ())
    if pressed.choice.startswith("m"):
        return choosing.choose(turn, draft, int(pressed.choice.removeprefix("m")), replaces=pressed.said_in)
    whole, number = pressed.choice.startswith(_WHOLE), pressed.choice.removeprefix(_WHOLE)
    answer = int(number) if number.isdecimal() else None
    return settle(turn, draft, answer, replaces=pressed.said_in, whole=whole)


def _team(turn: Turn, draft: Draft) -> Team:
    team = keeping.team_of(turn, draft)
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
    keeping.settle(turn, draft, report=None)
    stored = _target(turn, draft, keeping.kept(draft))
    if stored is None or stored.withdrawn:
        return turn.text("asking.dropped", draft=draft, words=saying.quoted(draft.text or ""))
    return turn.text("reporting.kept", lines=saying.said_of(turn, stored))


def settle(
    turn: Turn,
    draft: Draft,
    answer: int | None,
    *,
    replaces: int | None = None,
    hamlet: Entry | None = None,
    whole: bool = False,
) -> list[Saying]:
    """The draft becomes a report, the new version of one, or a total that is compared.

    `whole`: the answer is all of what it counts, also where the message has another number of that.
    """
    kept, team = keeping.kept(draft), _team(turn, draft)
    if kept.use == DAY_TOTAL:
        offset = (draft.day - turn.house.calendar.work_day(draft.at)).days
        return comparing.about_draft(
            turn, team, draft, offset, keeping.entries_with(draft, answer, whole=whole), replaces=replaces
        )
    stored = _target(turn, draft, kept)
    if stored is None and kept.correction is not None:
        keeping.settle(turn, draft, report=None)
        return [Reply(turn.text("helping.press_changed"), replaces=replaces)]
    named = _named(turn, team, draft, answer, hamlet, whole=whole)
    lines = _lines(named, kept, stored if kept.correction else None)
    if lines is None:
        assert stored is not None
        keeping.settle(turn, draft, report=None)
        return correcting.ask(turn, stored)
    reading = _with_answer(turn.reading_of(draft.text or "", draft.at), answer)
    if stored is not None:
        said_by = SaidBy(draft.text or "", replaces=replaces, sure=True)
        keeping.settle(turn, draft, report=stored.id)
        return changing.change(turn, stored, lines, reading, said_by)
    after = recording.store(turn, team, keeping.told_by(draft), lines, reading)
    keeping.settle(turn, draft, report=after.id)
    return [recording.in_full(turn, after, replaces=replaces)]


def _with_answer(reading: Reading, answer: int | None) -> Reading:
    """What the message means with its number: of the one home that it names."""
    known = reading.draft
    if known is None or known.hole is None or known.hole.outcome is None or answer is None or len(known.homes) > 1:
        return reading
    labels = known.homes or reading.homes
    homes = tuple(replace(home, counts={**home.counts, known.hole.outcome: answer}) for home in labels[:1])
    return replace(reading, draft=None, homes=homes, appointments=known.appointments)


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
