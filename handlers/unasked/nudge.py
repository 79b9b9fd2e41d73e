"""The evening's friendly word to those without a report, and what its buttons do."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from handlers import offering, texts
from handlers.buttons.pressed import Pressed
from handlers.language import fold
from handlers.messages import Reply, Saying
from handlers.open import keeping
from handlers.open.asking import QUESTION_LASTS
from handlers.reports import recording
from handlers.states import NUDGE, Waiting
from handlers.turn import OFFER_LASTS, STUDENTS, Answer, House, Turn, answers
from storage.campaign import accounts, people, phases, teams
from storage.campaign.hamlets import NO_HAMLET
from storage.campaign.people import Person
from storage.campaign.teams import Team
from storage.engine.times import day_number, day_of
from storage.engine.transaction import Transaction
from storage.reports import drafts, reports, totals
from storage.reports.drafts import Draft
from storage.reports.reports import Told
from storage.reports.tallies import Line
from storage.talk import offers

_OFF = re.compile(r"\b(?:xin|om|em|e|nay|toi nay) (?:duoc )?nghi\b|\bnghi (?:om|toi nay|hom nay)\b")
_NOT_TODAY = re.compile(r"\b(?:mai|mot|kia|qua|tuan|ngay)\b")


def students_without(tx: Transaction, team: Team, day: date) -> list[Person]:
    """Who of the team is on duty on a day of its phase and has no report that counts; a zero and assistance count."""
    phase = phases.by_id(tx, team.phase)
    if not phase.first <= day <= phase.last:
        return []
    excused = teams.off_duty(tx, phase.id, day).get(team.id, set()) | teams.locked_in(tx, team.id)
    reported = totals.reporters(tx, phase.id, day, commune=team.commune).get(team.id, set())
    return [student for student in texts.in_order(people.of_team(tx, team.id)) if student.id not in excused | reported]


def nudge(tx: Transaction, house: House, student: Person, day: date, now: datetime, chat: int) -> Reply:
    """The word to one student, in a private chat."""
    open_ones = drafts.open_of(tx, student.id, day)
    text = texts.render(
        "nudging.nudge",
        calendar=house.calendar,
        now=now,
        person=student,
        day=day,
        open_times=[draft.at for draft in open_ones],
        asks=len(open_ones) == 1 and _asks_again(tx, open_ones[0], now, chat),
    )
    subject, deadline = day_number(day), now + OFFER_LASTS
    buttons = offering.buttons(tx, NUDGE, subject, chat=chat, person=student.id, deadline=deadline)
    return Reply(text, (buttons,), to=chat)


def _asks_again(tx: Transaction, draft: Draft, now: datetime, chat: int) -> bool:
    """A plain number settles the draft, where that is all it lacks and nothing else is being asked."""
    if keeping.kept(draft).hole is None or offers.question(tx, chat, draft.person, now) is not None:
        return False
    offers.ask(
        tx,
        chat=chat,
        person=draft.person,
        kind=Waiting.NUMBER.value,
        subject=draft.id,
        at=now,
        deadline=now + QUESTION_LASTS,
    )
    return True


def asks_off(text: str) -> bool:
    """Whether somebody says that they are off duty today: `em ốm xin nghỉ ạ`."""
    said = fold(text)
    return bool(_OFF.search(said)) and not _NOT_TODAY.search(said)


def offer_off(turn: Turn) -> Reply:
    """The way to a day off, in the words of the evening's nudge."""
    buttons = turn.offer(NUDGE, day_number(turn.work_day), {"Xin nghỉ": "off"})
    return turn.say("nudging.ask_off", day=turn.work_day, buttons=(buttons,))


def nudge_team(tx: Transaction, house: House, team: Team, day: date, now: datetime) -> Reply | None:
    """The word to a team's chat: how many are without a report, and whom the bot cannot write to; None: nobody."""
    without = students_without(tx, team, day)
    if not without:
        return None
    text = texts.render(
        "nudging.team",
        calendar=house.calendar,
        now=now,
        person=None,
        day=day,
        number=len(without),
        lost=[student.name for student in _unreachable(tx, without)],
    )
    return Reply(text)


def _unreachable(tx: Transaction, students: Sequence[Person]) -> list[Person]:
    """Who had joined, but has no chat left in which the bot can write."""
    return [
        student
        for student in students
        if accounts.has_joined(tx, student.id) and not accounts.private_chats(tx, student.id)
    ]


@answers(offer=NUDGE, who=STUDENTS)
def press_nudge(pressed: Pressed, turn: Turn) -> Answer:
    """[Hôm nay 0 máy] stores a zero, [Xin nghỉ] a day off; a report that came meanwhile stands instead."""
    student = people.by_id(turn.tx, pressed.offer.person)
    day = day_of(pressed.offer.subject)
    team = teams.team_of(turn.tx, pressed.offer.person, day)
    if student is None or team is None or not pressed.use(turn):
        return pressed.refuse(turn.text("helping.press_unknown"))
    if reports.has_any(turn.tx, student.id, day):
        counts = totals.of(turn.tx, "person", student.id, day)
        return pressed.settle(turn.text_for(student, "nudging.has_report", day=day, counts=counts))
    if pressed.choice == "off":
        people.set_day_off(turn.tx, student.id, pressed.offer.subject)
        return pressed.settle(turn.text_for(student, "nudging.off", day=day))
    return _zero(pressed, turn, student, team, day)


def _zero(pressed: Pressed, turn: Turn, student: Person, team: Team, day: date) -> list[Saying]:
    told = Told(student.id, day, turn.at, turn.chat.id, f"nudge:{pressed.offer.subject}", pressed.label)
    stored = recording.store(turn, team, told, [Line(NO_HAMLET, "activated", 0)], None)
    open_ones = drafts.open_of(turn.tx, student.id, day)
    text = turn.text_for(student, "nudging.zero", day=day, open_times=[draft.at for draft in open_ones])
    return pressed.settle(text, buttons=(recording.buttons_of(turn, stored),), report=stored.id)
