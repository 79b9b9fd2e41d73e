"""Before the evening: who is expected where, and the hamlets that nobody has reported of for three days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers import texts
from handlers.messages import Reply
from handlers.turn import House
from storage.campaign import accounts, hamlets, people, phases, teams
from storage.campaign.people import Person
from storage.campaign.teams import Team
from storage.engine.transaction import Transaction
from storage.field import appointments, leave
from storage.field.appointments import Appointment
from storage.reports import totals, visits
from storage.talk import chats

UNSEEN_FOR = timedelta(days=3)
MOST_HAMLETS = 8  # named in one message
MOST_MISSED = 5
MOST_EXPECTED = 10  # visits of a team
MISSED_FOR = timedelta(days=2)  # what was missed before is no news: it stands beside what is
HAMLETS_EVERY = 2  # evenings: the same hamlets alone
_JUST_NOW = timedelta(minutes=5)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Expected:
    """A visit that was promised for this evening: local time, home ('' where it is not told), hamlet ('' for none).

    `whose`: the short name of whoever goes, where that is not the reader.
    """

    at: datetime
    home: str
    hamlet: str
    whose: str = ""


def on_duty(tx: Transaction, team: Team, day: date) -> list[Person]:
    """Who of the team works on a day of its phase."""
    phase = phases.by_id(tx, team.phase)
    if not phase.first <= day <= phase.last:
        return []
    excused = leave.of_team(tx, team.id, day) | teams.locked_in(tx, team.id)
    return [student for student in texts.in_order(people.of_team(tx, team.id)) if student.id not in excused]


def for_student(tx: Transaction, house: House, student: Person, team: Team, day: date, now: datetime) -> Reply | None:
    """The evening of one student: the own appointments with their homes, what was missed, and the team's hamlets.

    None: there is nothing of it; hamlets alone are said in the team's chat, where it has one.
    """
    since, until = now - _JUST_NOW, house.calendar.starts(day + ONE_DAY)
    own = [one for one in appointments.of_day(tx, student.id, day) if since <= one.at < until]
    late = appointments.missed_of(tx, student.id, day)
    expected, missed = _lines(tx, house, own), _lines(tx, house, late)
    unseen = unseen_hamlets(tx, team, day)
    news = any(day - one.day <= MISSED_FOR for one in late)
    if not expected and not news and (chats.of_team(tx, team.id) or not _are_news(tx, team, day, unseen)):
        return None
    text = texts.render(
        "planning.student",
        calendar=house.calendar,
        now=now,
        person=student,
        expected=expected,
        missed=missed[:MOST_MISSED],
        older=len(missed[MOST_MISSED:]),
        unseen=unseen[:MOST_HAMLETS],
        more=len(unseen[MOST_HAMLETS:]),
    )
    return Reply(text)


def _lines(tx: Transaction, house: House, several: Sequence[Appointment]) -> list[Expected]:
    """Appointments with their homes."""
    return [
        Expected(house.calendar.local(one.at), one.home or "", hamlets.hamlet_name(tx, one.hamlet)) for one in several
    ]


def for_team(tx: Transaction, house: House, team: Team, day: date, now: datetime) -> Reply | None:
    """The same for the team's chat, where no home is named; who cannot be written to is asked to come back."""
    since, until = now - _JUST_NOW, house.calendar.starts(day + ONE_DAY)
    promised = visits.of_team(tx, team.id, since, until)
    names = texts.short_names(people.of_team(tx, team.id))
    expected = [
        Expected(house.calendar.local(one.at), "", hamlets.hamlet_name(tx, one.hamlet), names.get(one.person, ""))
        for one in promised
    ]
    unseen = unseen_hamlets(tx, team, day)
    if not expected and not _are_news(tx, team, day, unseen):
        return None
    lost = [student for student in unreachable(tx, on_duty(tx, team, day)) if _has_any(tx, student, team, since, until)]
    text = texts.render(
        "planning.team",
        calendar=house.calendar,
        now=now,
        person=None,
        expected=expected[:MOST_EXPECTED],
        number=len(expected),
        unseen=unseen[:MOST_HAMLETS],
        more=len(unseen[MOST_HAMLETS:]),
        lost=[names[student.id] for student in lost],
    )
    return Reply(text)


def _has_any(tx: Transaction, student: Person, team: Team, since: datetime, until: datetime) -> bool:
    """Whether a student is to go somewhere in this span of time."""
    return any(since <= one.at < until for one in appointments.of_person(tx, student.id, since.date()))


def unseen_hamlets(tx: Transaction, team: Team, day: date) -> list[str]:
    """The hamlets of the list that no report of the last three days, or of today, names; none in the first days."""
    first = phases.by_id(tx, team.phase).first
    if day - first < UNSEEN_FOR:
        return []
    seen = totals.of_hamlets(tx, team.commune, (day - UNSEEN_FOR, day))
    return [one.name for one in hamlets.of_commune(tx, team.commune) if one.listed and one.id not in seen]


def _are_news(tx: Transaction, team: Team, day: date, unseen: Sequence[str]) -> bool:
    """Whether hamlets are worth a message of their own: those of the evening before are, every other evening."""
    if not unseen or set(unseen) - set(unseen_hamlets(tx, team, day - ONE_DAY)):
        return bool(unseen)
    return (day - phases.by_id(tx, team.phase).first).days % HAMLETS_EVERY == 0


def unreachable(tx: Transaction, students: Sequence[Person]) -> list[Person]:
    """Who had joined, but has no chat left in which the bot can write."""
    return [
        student
        for student in students
        if accounts.has_joined(tx, student.id) and not accounts.private_chats(tx, student.id)
    ]
