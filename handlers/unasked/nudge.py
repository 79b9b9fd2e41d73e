"""The evening's friendly word to those without a report, and what its buttons do."""

from datetime import date, datetime, timedelta

from handlers import offering, texts
from handlers.buttons.pressed import Pressed
from handlers.field import leave
from handlers.messages import Button, Reply, Rows, Saying
from handlers.open import keeping, showing
from handlers.open.asking import QUESTION_LASTS
from handlers.reports import recording
from handlers.states import DRAFT, NUDGE, REPORT_NOW, Waiting
from handlers.turn import OFFER_LASTS, STUDENTS, Answer, House, Scope, Turn, answers
from handlers.unasked import plan
from storage.campaign import hamlets, people, teams
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

MOST_OPEN = 6  # open messages in one word
IN_A_ROW = 2


def students_without(tx: Transaction, team: Team, day: date) -> list[Person]:
    """Who of the team is on duty on a day of its phase and has no report that counts; a zero and assistance count."""
    reported = totals.reporters(tx, team.phase, day, commune=team.commune).get(team.id, set())
    return [student for student in plan.on_duty(tx, team, day) if student.id not in reported]


def students_with_open(tx: Transaction, team: Team, day: date) -> list[Person]:
    """Who has reported, and has messages of the day that still wait for an answer; off duty or not."""
    opened = {draft.person for draft in drafts.open_in_team(tx, team.id, day)}
    others = {student.id for student in students_without(tx, team, day)} | teams.locked_in(tx, team.id)
    return [student for student in texts.in_order(people.of_team(tx, team.id)) if student.id in opened - others]


def nudge(tx: Transaction, house: House, student: Person, day: date, now: datetime, chat: int) -> Reply:
    """The word to a student without a report, in a private chat, with what waits for an answer."""
    opened = _Opened(tx, student, day, now, chat)
    text = texts.render(
        "nudging.nudge",
        calendar=house.calendar,
        now=now,
        person=student,
        day=day,
        open=opened.shown,
        asks=opened.asks(),
        names_at=_names_at(house, now),
    )
    rows = opened.buttons()
    subject, deadline = day_number(day), now + OFFER_LASTS
    zero = offering.buttons(tx, NUDGE, subject, chat=chat, person=student.id, deadline=deadline)
    at_once = offering.buttons(tx, REPORT_NOW, subject, chat=chat, person=student.id, deadline=deadline)
    return Reply(text, (*rows, (*zero, *at_once)), to=chat)


def _names_at(house: House, now: datetime) -> str:
    """When the lead gets the names, where students are told of that: `22:30`; '' where they are not, or it is past."""
    if house.times.nudges != "firm" or house.calendar.local(now).time() >= house.times.names:
        return ""
    return f"{house.times.names:%H:%M}"


def remind(tx: Transaction, house: House, student: Person, day: date, now: datetime, chat: int) -> Reply:
    """The word to a student who has reported, about what waits for an answer."""
    opened = _Opened(tx, student, day, now, chat)
    text = texts.render(
        "nudging.remind",
        calendar=house.calendar,
        now=now,
        person=student,
        day=day,
        open=opened.shown,
        asks=opened.asks(),
    )
    return Reply(text, opened.buttons(), to=chat)


class _Opened:
    """What waits for an answer of a student, and how it is asked for."""

    def __init__(self, tx: Transaction, student: Person, day: date, now: datetime, chat: int) -> None:
        self._tx, self._now, self._chat = tx, now, chat
        self._drafts = drafts.open_of(tx, student.id, day)[-MOST_OPEN:]
        self.shown = [showing.shown(draft) for draft in self._drafts]

    def asks(self) -> bool:
        """Whether a plain number will do: there is one alone, and that is all it lacks."""
        return len(self._drafts) == 1 and _asks_again(self._tx, self._drafts[0], self._now, self._chat)

    def buttons(self) -> Rows:
        """[Trả lời 2] asks once more."""
        many = len(self._drafts) > 1
        row = [self._button(draft, f"Trả lời {n}" if many else "Trả lời") for n, draft in enumerate(self._drafts, 1)]
        return tuple(tuple(row[at : at + IN_A_ROW]) for at in range(0, len(row), IN_A_ROW))

    def _button(self, draft: Draft, label: str) -> Button:
        until = self._now + OFFER_LASTS
        (button,) = offering.buttons(
            self._tx, DRAFT, draft.id, {label: "ask"}, chat=self._chat, person=draft.person, deadline=until
        )
        return button


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


def nudge_team(tx: Transaction, house: House, team: Team, day: date, now: datetime) -> Reply | None:
    """The word to a team's chat: how many are without a report, and whom the bot cannot write to; None: nobody."""
    without = students_without(tx, team, day)
    if not without:
        return None
    names = texts.short_names(people.of_team(tx, team.id))
    text = texts.render(
        "nudging.team",
        calendar=house.calendar,
        now=now,
        person=None,
        day=day,
        number=len(without),
        lost=[names[student.id] for student in plan.unreachable(tx, without)],
    )
    return Reply(text)


@answers(offer=NUDGE, who=STUDENTS, scope=Scope.OWN)
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
        return leave.take(turn, student, [day], replaces=pressed.said_in)
    return _zero(pressed, turn, student, team, day)


@answers(offer=REPORT_NOW, who=STUDENTS, scope=Scope.OWN)
def press_now(pressed: Pressed, turn: Turn) -> Answer:
    """[Báo ngay] shows how: a message as it is said, with its day where that is over."""
    student, day = people.by_id(turn.tx, pressed.offer.person), day_of(pressed.offer.subject)
    if student is None or not pressed.use(turn):
        return pressed.refuse(turn.text("helping.press_unknown"))
    yesterday = turn.work_day - plan.ONE_DAY
    return Reply(turn.text_for(student, "nudging.how", day=day, yesterday=yesterday, place=_last_place(turn, student)))


def _last_place(turn: Turn, student: Person) -> str:
    """The hamlet of the student's last report, as it stands in a sentence; '' for none."""
    report = reports.last_of(turn.tx, student.id, since=turn.work_day - timedelta(days=7))
    named = (
        [
            hamlets.hamlet_name(turn.tx, line.hamlet)
            for line in report.lines
            if isinstance(line.hamlet, int) and line.hamlet
        ]
        if report
        else []
    )
    return texts.hamlet(named[0]) if named else ""


def _zero(pressed: Pressed, turn: Turn, student: Person, team: Team, day: date) -> list[Saying]:
    told = Told(student.id, day, turn.at, turn.chat.id, f"nudge:{pressed.offer.subject}", pressed.label)
    stored = recording.store(turn, team, told, [Line(NO_HAMLET, "activated", 0)], None)
    text = turn.text_for(student, "nudging.zero", day=day, open=len(drafts.open_of(turn.tx, student.id, day)))
    return pressed.settle(text, buttons=(recording.buttons_of(turn, stored),), report=stored.id)
