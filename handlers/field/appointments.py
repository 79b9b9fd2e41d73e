"""/lichhen: whom somebody has promised a visit, each with [Xong] [Hẹn lại] [Hủy], and what these do."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers import offering
from handlers.buttons.pressed import Pressed
from handlers.field import visit_results
from handlers.field.visit_results import gone, in_words
from handlers.language import fold
from handlers.messages import Button, Message, Reply, Rows, Saying
from handlers.reports import acting, calling_off
from handlers.reports.homes_and_visits import promise, put_off
from handlers.states import APPOINTMENTS
from handlers.turn import OFFER_LASTS, STUDENTS, Answer, House, Scope, Turn, answers
from storage.campaign import people
from storage.campaign.people import Role
from storage.engine.transaction import Transaction
from storage.field import appointments
from storage.field.appointments import Appointment
from storage.reports import reports
from storage.reports.reports import Report

PAGE = 6  # appointments in one list: each has three buttons
MOST_OF_TEAM = 20
_PAGE = re.compile(r"(?:trang )?(?P<page>[1-9][0-9]?)")


@dataclass(frozen=True, slots=True)
class Line:
    """An appointment as lists say it: local time, the home and hamlet, and how often it was missed.

    `name`: who goes, where that is not whoever looks.
    """

    at: datetime
    place: str
    misses: int
    name: str = ""


@answers("lichhen", who=STUDENTS, scope=Scope.OWN, group=False, help="lichhen")
def show(message: Message, turn: Turn) -> Answer:
    """`/lichhen`; `/lichhen 19h mai nhà bà Tư` is the same as saying so."""
    page = _PAGE.fullmatch(fold(message.text))
    if message.text and page is None:
        return _made(message, turn) or turn.say("appointments.how")
    return listed(turn, int(page["page"]) if page else 1)


def _made(message: Message, turn: Turn) -> list[Saying] | None:
    """What is promised in words after the command is stored as any report; None: no visit is promised there."""
    text = message.text if re.search(r"\bhen\b", fold(message.text)) else f"hẹn {message.text}"
    team = turn.team_on(turn.day_of(message))
    if team is None or not turn.reading_of(text, message.at).appointments:
        return None
    message = Message(message.chat, message.sender, message.id, text, message.at, hidden=message.hidden)
    return acting.act(message, turn, team)


def listed(turn: Turn, page: int = 1) -> Reply:
    """What stands, the earliest first, with what may be done about each; a lead sees the team's as well."""
    known = appointments.of_person(turn.tx, turn.me.id, turn.work_day)
    first = max(0, min(page - 1, (len(known) - 1) // PAGE)) * PAGE
    shown = known[first : first + PAGE]
    more = len(known) - first - len(shown)
    rows = buttons(turn.tx, shown, chat=turn.chat.id, person=turn.me.id, now=turn.now, first=first + 1, of=len(known))
    return turn.say(
        "appointments.list",
        number=len(known),
        lines=list(enumerate(lines(turn.tx, turn.house, shown, turn.work_day), first + 1)),
        more=more,
        next=page + 1,
        team=_of_team(turn),
        buttons=rows,
    )


def _of_team(turn: Turn) -> list[Line]:
    """What the others of a lead's team are to go to, the earliest first."""
    team = turn.team_on(turn.work_day)
    if turn.me.role != Role.LEAD or team is None:
        return []
    others = [one for one in appointments.of_team(turn.tx, team.id, turn.work_day) if one.person != turn.me.id]
    return lines(turn.tx, turn.house, others[:MOST_OF_TEAM], turn.work_day, named=True)


def lines(
    tx: Transaction, house: House, several: Sequence[Appointment], today: date, *, named: bool = False
) -> list[Line]:
    """Appointments as lists say them. `named`: with who goes."""
    found = []
    for one in several:
        person = people.by_id(tx, one.person) if named else None
        name = person.name if person is not None else ""
        found.append(Line(house.calendar.local(one.at), in_words(tx, one), one.missed_by(today), name))
    return found


def buttons(
    tx: Transaction,
    several: Sequence[Appointment],
    *,
    chat: int,
    person: int,
    now: datetime,
    first: int = 1,
    of: int = 1,
) -> Rows:
    """[Xong] [Hẹn lại] [Hủy] for each, numbered from `first` where the list has more than one."""
    choices: dict[str, str] = {}
    for number, one in enumerate(several, first):
        which = f" {number}" if of > 1 else ""
        ways = {f"Xong{which}": "done", f"Hẹn lại{which}": "move", f"Hủy{which}": "off"}
        choices |= {label: f"{what}:{one.id}" for label, what in ways.items()}
    if not choices:
        return ()
    row = offering.buttons(tx, APPOINTMENTS, person, choices, chat=chat, person=person, deadline=now + OFFER_LASTS)
    return tuple(tuple(row[at : at + 3]) for at in range(0, len(row), 3))


# What is done about one


@answers(offer=APPOINTMENTS, who=STUDENTS, scope=Scope.OWN)
def press(pressed: Pressed, turn: Turn) -> Answer:
    """Whatever a button says of an appointment, as far as it still stands and is the own."""
    what, _, rest = pressed.choice.partition(":")
    id, _, detail = rest.partition(":")
    if pressed.offer.person != turn.me.id or not id.isdecimal():
        return pressed.refuse(turn.text("helping.press_other"))
    if what == "stand":
        return _stand_again(pressed, turn, int(id), int(detail) if detail.isdecimal() else 0)
    one = appointments.by_id(turn.tx, int(id))
    if one is None or one.person != turn.me.id:
        return pressed.refuse(gone(turn))
    match what:
        case "done":
            return visit_results.ask(turn, one)
        case "move":
            return ask_when(turn, one)
        case "off":
            return call_off(turn, one, pressed.label)
        case "to":
            return moved(turn, one, datetime.fromisoformat(detail), replaces=pressed.said_in)
        case "back":
            return _put_back(pressed, turn, one)
        case "stays":
            turn.stop_waiting()
            return pressed.settle(_still(turn, one))
        case "told":
            return visit_results.told(turn, one, replaces=pressed.said_in)
        case _:
            return visit_results.counted(pressed, turn, one, detail)


def call_off(turn: Turn, one: Appointment, words: str) -> list[Saying]:
    """Nobody will go there; what was promised on this very day is counted no more. `words`: what says so, masked."""
    visit, place = promise(turn, one), in_words(turn.tx, one)
    before = reports.by_id(turn.tx, one.report)
    appointments.call_off(turn.tx, one.id, at=turn.at)
    counted = calling_off.taken_out(turn, one, words)
    which = f"{one.id}:{counted.version}" if counted is not None else f"{one.id}"
    undo = turn.offer(APPOINTMENTS, turn.me.id, {"Hoàn tác": f"stand:{which}"})
    said = turn.say("appointments.called_off", visit=visit, place=place, counted=counted, buttons=(undo,))
    if counted is None or before is None:
        return [said]
    gone = counted.withdrawn
    return [said, *calling_off.news(turn, before if gone else counted, "withdrawn" if gone else "corrected")]


def _stand_again(pressed: Pressed, turn: Turn, id: int, version: int) -> Answer:
    """`version`: of the report of which the visit was taken out with it; 0: it stayed counted."""
    report = appointments.ended_of(turn.tx, turn.me.id, id)
    if report is None or not calling_off.may_stand_again(turn, report, version) or not pressed.use(turn):
        return pressed.refuse(gone(turn))
    appointments.stand_again(turn.tx, id)
    counted = calling_off.counted_again(turn, id, report, version) if version else None
    one = appointments.by_id(turn.tx, id)
    if one is None:
        return pressed.settle(gone(turn))
    said = pressed.settle(_still(turn, one, counted))
    return [*said, *calling_off.news(turn, counted, "restored")] if counted is not None else said


def _put_back(pressed: Pressed, turn: Turn, one: Appointment) -> Answer:
    before = appointments.put_back(turn.tx, one, at=turn.at) if pressed.use(turn) else None
    return pressed.settle(_still(turn, before)) if before is not None else pressed.refuse(gone(turn))


def _still(turn: Turn, one: Appointment, counted: Report | None = None) -> str:
    """`counted`: the report that counts it again."""
    return turn.text("appointments.still", visit=promise(turn, one), place=in_words(turn.tx, one), counted=counted)


# Another time


def ask_when(turn: Turn, one: Appointment, *, again: bool = False) -> list[Saying]:
    """Asks for the new time; the likeliest are buttons."""
    visit_results.wait_for_time(turn, one)
    choices = {label: f"to:{one.id}:{at:%Y-%m-%dT%H:%M}" for label, at in _suggested(turn, one)}
    row = turn.offer(APPOINTMENTS, turn.me.id, choices | {"Thôi": f"stays:{one.id}"}) if choices else ()
    text = turn.text("appointments.when", visit=promise(turn, one), place=in_words(turn.tx, one), again=again)
    return [Reply(text, (row,) if row else ())]


def _suggested(turn: Turn, one: Appointment) -> list[tuple[str, datetime]]:
    """The next two evenings at the same hour, by their dates, as local times."""
    local, now = turn.house.calendar.local(one.at), turn.house.calendar.local(turn.now)
    found = []
    for days in (1, 2):
        at = datetime.combine(now.date() + timedelta(days=days), local.time())
        found.append((turn.text("appointments.suggested", at=at, days=days), at))
    return found


def moved(turn: Turn, one: Appointment, at: datetime, *, replaces: int | None = None) -> list[Saying]:
    """It is at another local time from now on, with its undo; or as it was, where that is the same."""
    before = promise(turn, one)
    if before.at.replace(tzinfo=None) == at:
        return [Reply(turn.text("reporting.visit_stays", visit=before), replaces=replaces)]
    if at <= turn.house.calendar.local(turn.now).replace(tzinfo=None):
        return [Reply(turn.text("appointments.past", at=at), replaces=replaces)]
    turn.stop_waiting()
    new = put_off(turn, one, at)
    row: tuple[Button, ...] = turn.offer(APPOINTMENTS, turn.me.id, {"Hoàn tác": f"back:{new.id}"})
    text = turn.text("reporting.visit_moved", visit=promise(turn, new), before=before)
    return [Reply(text, (row,), replaces=replaces)]
