"""What the clock says of appointments: half an hour before, and to whoever leads the team where they became theirs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from handlers import texts
from handlers.field.appointments import buttons, lines
from handlers.messages import Reply
from handlers.turn import House
from handlers.unasked.due import Due, Task
from storage.campaign import accounts, people, teams
from storage.campaign.people import Person
from storage.engine.times import stamp
from storage.engine.transaction import Transaction
from storage.field import appointments
from storage.field.appointments import REMIND_BEFORE, SENSE_AFTER, Appointment
from storage.talk import chats

TOGETHER = timedelta(minutes=5)  # visits so near to each other are one reminder
MORNING = timedelta(hours=3)  # after a work day begins: whose appointments became theirs is told then
KEPT = timedelta(days=1)


def tasks(tx: Transaction, house: House, now: datetime) -> list[Task]:
    """What is due, each to be done by itself; what goes to somebody else goes there before anybody is reminded."""
    today = house.calendar.work_day(now)
    handed = [*appointments.of_leavers(tx, today), *appointments.missed_too_often(tx, today)]
    given = [
        Task(
            f"appointments of team {team}",
            partial(_hand_over, house=house, team=team, now=now),
            partial(_give, house=house, team=team, now=now),
        )
        for team in sorted({one.team for one in handed})
        if _lead(tx, team) is not None
    ]
    reminded = [
        Task(
            f"appointment {several[0].id}",
            partial(_remind, house=house, several=several, now=now),
            partial(_leave, several=several, now=now),
        )
        for several in _together(appointments.to_remind(tx, now))
    ]
    return [*given, *reminded]


def _together(several: Sequence[Appointment]) -> list[list[Appointment]]:
    """Visits of one person at nearly the same time."""
    found: list[list[Appointment]] = []
    for one in several:
        near = next((g for g in found if g[0].person == one.person and one.at - g[0].at <= TOGETHER), None)
        if near is None:
            found.append([one])
        else:
            near.append(one)
    return found


def _leave(tx: Transaction, *, several: Sequence[Appointment], now: datetime) -> None:
    appointments.note_reminded(tx, several, now)


def _remind(tx: Transaction, *, house: House, several: Sequence[Appointment], now: datetime) -> list[Due]:
    """In each private chat of whoever goes; where there is none, in the team's chat, without the homes."""
    several = [one for one in several if one in appointments.to_remind(tx, now)]
    person = people.by_id(tx, several[0].person) if several else None
    if person is None:
        return []
    appointments.note_reminded(tx, several, now)
    at, end = several[0].at - REMIND_BEFORE, several[-1].at + SENSE_AFTER
    key = f"visit:{','.join(f'{one.id}@{stamp(one.at)}' for one in several)}"
    private = accounts.private_chats(tx, person.id)
    if private:
        return [
            Due(chat, f"{key}:chat {chat}", _reminder(tx, house, person, several, chat, now), at, end)
            for chat in private
        ]
    if not accounts.has_joined(tx, person.id):
        return []
    reply = Reply(_said(house, now, None, "appointments.remind_team", name=person.name, times=_times(house, several)))
    return [Due(chat, f"{key}:chat {chat}", reply, at, end) for chat in chats.of_team(tx, several[0].team)]


def _times(house: House, several: Sequence[Appointment]) -> list[str]:
    return [f"{house.calendar.local(one.at):%H:%M}" for one in several]


def _reminder(
    tx: Transaction, house: House, person: Person, several: Sequence[Appointment], chat: int, now: datetime
) -> Reply:
    today = house.calendar.work_day(now)
    text = _said(house, now, person, "appointments.remind", lines=lines(tx, house, several, today))
    return Reply(text, buttons(tx, several, chat=chat, person=person.id, now=now, of=len(several)))


def _said(house: House, now: datetime, person: Person | None, name: str, /, **values: Any) -> str:
    return texts.render(name, calendar=house.calendar, now=now, person=person, **values)


# To whoever leads the team


def _hand_over(tx: Transaction, *, house: House, team: int, now: datetime) -> list[Due]:
    """The lead goes to what was missed twice, and to what somebody left behind; who missed it is told."""
    today = house.calendar.work_day(now)
    lead, left, missed = _give(tx, house=house, team=team, now=now)
    given = [*left, *missed]
    if lead is None or not given:
        return []
    at = max(now, house.calendar.starts(today) + MORNING)
    key = f"handed:{min(one.id for one in given)}"
    theirs = [replace(one, person=lead.id) for one in given]
    shown = lines(tx, house, [replace(one, person=one.promised) for one in given], today, named=True)
    text = _said(house, now, lead, "appointments.handed", lines=shown, left=len(left))
    said = []
    for chat in accounts.private_chats(tx, lead.id):
        rows = buttons(tx, theirs, chat=chat, person=lead.id, now=now, of=len(theirs))
        said.append(Due(chat, f"{key}:chat {chat}", Reply(text, rows), at, at + KEPT))
    return [*said, *_told(tx, house, missed, lead, key, at, now)]


def _give(
    tx: Transaction, *, house: House, team: int, now: datetime
) -> tuple[Person | None, list[Appointment], list[Appointment]]:
    """To whom what goes: what was left behind, and what was missed."""
    today, lead = house.calendar.work_day(now), _lead(tx, team)
    left = [one for one in appointments.of_leavers(tx, today) if one.team == team]
    missed = [one for one in appointments.missed_too_often(tx, today) if one.team == team and one not in left]
    if lead is None:
        return None, [], []
    for one in (*left, *missed):
        appointments.hand_over(tx, one.id, lead.id)
    return lead, left, missed


def _told(
    tx: Transaction,
    house: House,
    missed: Sequence[Appointment],
    lead: Person,
    key: str,
    at: datetime,
    now: datetime,
) -> list[Due]:
    """Who did not go hears that the lead does."""
    said = []
    for id in sorted({one.person for one in missed}):
        person = people.by_id(tx, id)
        shown = lines(tx, house, [one for one in missed if one.person == id], house.calendar.work_day(now))
        if person is None:
            continue
        places = [line.place for line in shown]
        text = _said(house, now, person, "appointments.handed_told", lead=lead.name, places=places)
        chats_of = accounts.private_chats(tx, id)
        said += [Due(chat, f"{key}:chat {chat}", Reply(text), at, at + KEPT) for chat in chats_of]
    return said


def _lead(tx: Transaction, team: int) -> Person | None:
    """Who leads the team, of several the first; None: nobody who is there."""
    locked = teams.locked_in(tx, team)
    return next((one for one in people.leads_of(tx, team) if one.id not in locked), None)
