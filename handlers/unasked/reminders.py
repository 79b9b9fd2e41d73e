"""The evening's reminders: of a whole team when it is time for all, or of one person at a time of their own."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

from handlers.messages import Reply
from handlers.turn import House
from handlers.unasked import evening, names, nudge, plan
from storage.campaign import accounts, people, teams
from storage.campaign.people import Person, Role
from storage.campaign.teams import Team
from storage.engine.transaction import Transaction
from storage.talk import chats, outbox

Said = tuple[int, str, Reply]  # in which chat, under which key, what


def plans(tx: Transaction, house: House, due: datetime, now: datetime, target: int) -> Iterator[Said]:
    """Before residents come home: each student's evening, and the team's."""
    team, day = teams.by_id(tx, target), house.calendar.work_day(due)
    for student in plan.on_duty(tx, team, day):
        yield from _in_time(tx, house, "plan", student, day, due, now)
    group = plan.for_team(tx, house, team, day, now)
    if group is not None:
        yield from _to_group(tx, f"plan:{day}", team, group)


def nudges(tx: Transaction, house: House, due: datetime, now: datetime, target: int) -> Iterator[Said]:
    """A friendly word to students without a report or with open messages; to the team's chats how many have none."""
    team, day = teams.by_id(tx, target), house.calendar.work_day(due)
    if house.times.nudges == "off":
        return
    for student in [*nudge.students_without(tx, team, day), *nudge.students_with_open(tx, team, day)]:
        yield from _in_time(tx, house, "nudge", student, day, due, now)
    group = nudge.nudge_team(tx, house, team, day, now)
    if group is not None:
        yield from _to_group(tx, f"nudge:{day}", team, group)


def names_of(tx: Transaction, house: House, due: datetime, now: datetime, target: int) -> Iterator[Said]:
    """The names of those who still have no report, to whoever leads them."""
    team, day = teams.by_id(tx, target), house.calendar.work_day(due)
    for lead in names.leads_of(tx, team):
        if lead.role == Role.LEAD:
            yield from _in_time(tx, house, "names", lead, day, due, now)
        else:
            yield from _names(tx, house, lead, team, day, due, now)


def _to_group(tx: Transaction, key: str, team: Team, reply: Reply) -> Iterator[Said]:
    for chat in chats.of_team(tx, team.id):
        yield chat, f"{key}:chat {chat}", reply


def _in_time(
    tx: Transaction, house: House, job: str, person: Person, day: date, due: datetime, now: datetime
) -> Iterator[Said]:
    """What a person is told where the time of all is theirs."""
    if evening.hears(tx, house, person, job, what(job, person, day), day, due):
        yield from of_one(tx, house, job, person, day, now)


def what(job: str, person: Person, day: date) -> str:
    """The name of one reminder, which is said once."""
    return f"{job}:{day}:person {person.id}"


def of_one(tx: Transaction, house: House, job: str, person: Person, day: date, now: datetime) -> Iterator[Said]:
    """What a person is told by a job, in each private chat where it was not said yet."""
    team = teams.team_of(tx, person.id, day)
    if team is None:
        return
    for chat in accounts.private_chats(tx, person.id):
        key = f"{what(job, person, day)}:chat {chat}"
        if outbox.has_key(tx, key):
            continue  # what it offers is offered already
        reply = _FOR_ONE[job](tx, house, person, team, day, now, chat)
        if reply is not None:
            yield chat, key, reply


_One = Callable[[Transaction, House, Person, Team, date, datetime, int], Reply | None]


def _plan(
    tx: Transaction, house: House, student: Person, team: Team, day: date, now: datetime, chat: int
) -> Reply | None:
    if student not in plan.on_duty(tx, team, day):
        return None
    return plan.for_student(tx, house, student, team, day, now)


def _nudge(
    tx: Transaction, house: House, student: Person, team: Team, day: date, now: datetime, chat: int
) -> Reply | None:
    if student in nudge.students_without(tx, team, day):
        return nudge.nudge(tx, house, student, day, now, chat)
    if student in nudge.students_with_open(tx, team, day):
        return nudge.remind(tx, house, student, day, now, chat)
    return None


_FOR_ONE: Mapping[str, _One] = {"plan": _plan, "nudge": _nudge, "names": names.for_lead}


def _names(
    tx: Transaction, house: House, officer: Person, team: Team, day: date, due: datetime, now: datetime
) -> Iterator[Said]:
    """Where no lead can be written to, an officer of the commune hears of its team."""
    about = f"names:{day}:team {team.id}:person {officer.id}"
    if not evening.may_hear(tx, officer, "names", about, day, due):
        return
    for chat in accounts.private_chats(tx, officer.id):
        reply = names.for_lead(tx, house, officer, team, day, now, chat)
        if reply is not None:
            yield chat, f"{about}:chat {chat}", reply


# Times of one's own


def with_own_times(tx: Transaction, house: House, named: list[int], day: date) -> Iterator[Person]:
    """Who may hear something at another time than all: who asked for one (`named`), and, where the times that are set
    lie so near each other that they are said together, everybody of the teams."""
    times = house.times
    common = {"plan": times.plan, "names": times.names} | ({"nudge": times.nudge} if times.nudges != "off" else {})
    found = dict.fromkeys(named)
    if len(set(evening.gathered(common, house.calendar.day_start).values())) < len(common):
        found |= dict.fromkeys(teams.everybody_on(tx, day))
    for id in found:
        person = people.by_id(tx, id)
        if person is not None and people.takes_part(tx, id):
            yield person
