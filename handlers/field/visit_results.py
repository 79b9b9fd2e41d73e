"""What came of a promised visit: [Xong] asks for it, and the answer is a report of that home."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from handlers import texts
from handlers.buttons.pressed import Pressed
from handlers.language import Entry, Kind, Outcome, Reading
from handlers.language import Home as NamedHome
from handlers.messages import Message, Reply, Saying
from handlers.places import in_phase, in_use, placing
from handlers.reports import duty, recording
from handlers.reports.homes_and_visits import promise
from handlers.states import APPOINTMENTS, Waiting
from handlers.turn import Answer, Turn
from storage.campaign import hamlets
from storage.campaign.hamlets import NO_HAMLET
from storage.campaign.teams import Team
from storage.engine.transaction import Transaction
from storage.field import appointments
from storage.field.appointments import Appointment
from storage.reports.reports import Report, Told
from storage.reports.tallies import Line

ANSWERED_WITHIN = timedelta(minutes=10)  # what is said later is more likely the next house
_HOUSES = ("nhà ", "một nhà", "hộ ", "số ")
_LIKELY = {"1 máy": "activated:1", "2 máy": "activated:2", "3 máy": "activated:3", "Vắng": "absent:1"}


def in_words(tx: Transaction, one: Appointment) -> str:
    """`bà Tư, xóm 4`; of one whose name is blanked `một nhà, xóm 4`."""
    hamlet = hamlets.hamlet_name(tx, one.hamlet)
    home = one.home or texts.plain("appointments.some_home")
    return f"{home}, {texts.hamlet(hamlet)}" if hamlet else home


def _at_home(tx: Transaction, one: Appointment) -> str:
    """The same after `ở`: `nhà bà Tư, xóm 4`."""
    words = in_words(tx, one)
    return words if words.lower().startswith(_HOUSES) else f"nhà {words}"


def gone(turn: Turn) -> str:
    """That nothing can be done about an appointment any more."""
    return turn.text("appointments.gone")


def wait_for_time(turn: Turn, one: Appointment) -> None:
    """What is said next may be the new time."""
    turn.wait_for(Waiting.PUT_OFF, one.id, lasts=ANSWERED_WITHIN)


def ask(turn: Turn, one: Appointment, *, again: bool = False) -> list[Saying]:
    """Asks what came of it; the likeliest are buttons. `again`: what was said had no number."""
    turn.wait_for(Waiting.RESULT, one.id, lasts=ANSWERED_WITHIN)
    choices = {label: f"count:{one.id}:{counts}" for label, counts in _LIKELY.items()}
    row = turn.offer(APPOINTMENTS, turn.me.id, choices | {"Đã báo rồi": f"told:{one.id}"})
    text = turn.text("appointments.result", place=_at_home(turn.tx, one), again=again)
    return [Reply(text, (row[:3], row[3:]))]


def told(turn: Turn, one: Appointment, *, replaces: int | None = None) -> list[Saying]:
    """What came of it was reported already: the visit is done, and nothing is counted for it."""
    turn.stop_waiting()
    appointments.settle(turn.tx, one.id, at=turn.at, result=None)
    undo = turn.offer(APPOINTMENTS, turn.me.id, {"Hoàn tác": f"stand:{one.id}"})
    text = turn.text("appointments.done", visit=promise(turn, one), place=in_words(turn.tx, one))
    return [Reply(text, (undo,), replaces=replaces)]


def counted(pressed: Pressed, turn: Turn, one: Appointment, counts: str) -> Answer:
    """[2 máy], [Vắng]: a report of that home."""
    outcome, _, n = counts.partition(":")
    team = turn.team_on(turn.work_day)
    if outcome not in set(Outcome) or not n.isdecimal() or team is None:
        return pressed.refuse(gone(turn))
    if in_phase.is_away(turn):
        return told(turn, one, replaces=pressed.said_in)
    turn.stop_waiting()
    reading = Reading(Kind.REPORT, 0, (Entry(None, None, {Outcome(outcome): int(n)}),))
    said = Told(turn.me.id, turn.work_day, turn.at, turn.chat.id, f"visit:{one.id}", pressed.label)
    stored, _ = _stored(turn, team, one, said, reading, [Line(NO_HAMLET, outcome, int(n))])
    return [recording.in_full(turn, stored, replaces=pressed.said_in)]


def record(message: Message, turn: Turn, team: Team, one: Appointment, reading: Reading) -> list[Saying] | None:
    """The message says what came of it; None: it does not count as that."""
    if not duty.may_report(turn, turn.day_of(message)):
        return None
    if one.hamlet == NO_HAMLET:
        reading, _ = in_use.with_place(message, turn, team, reading)
    lines = placing.lines_of(turn, team, reading.entries)
    if recording.too_many(lines):
        return None
    turn.stop_waiting()
    stored, whole = _stored(turn, team, one, recording.told_by(message, turn, reading), reading, lines)
    return [recording.recorded(message, turn, stored, whole)]


def _stored(
    turn: Turn, team: Team, one: Appointment, said: Told, reading: Reading, lines: Sequence[Line]
) -> tuple[Report, Reading]:
    """The report of that home, with the visit settled by it; and what it was taken to say."""
    placed = [replace(line, hamlet=one.hamlet) if line.hamlet == NO_HAMLET else line for line in lines]
    label = one.home if one.home is None or one.home.lower().startswith("nhà ") else f"nhà {one.home}"
    if label is not None:
        home = NamedHome(label, 0, 0, None, reading.counts)
        reading = replace(reading, homes=(home,), of_home=label)
    stored = recording.store(turn, team, said, placed, reading)
    if one not in turn.visited:
        appointments.settle(turn.tx, one.id, at=turn.at, result=stored.id)
        turn.visited.append(one)
    return stored, reading
