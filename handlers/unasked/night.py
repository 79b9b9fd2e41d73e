"""The night's summary of a team's work day: its facts are gathered once, then said to each who is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256

from handlers import texts
from handlers.figures.gathered import facts
from handlers.figures.gathered.facts import Board
from handlers.messages import Reply
from handlers.open import showing
from handlers.open.showing import OpenMessage
from handlers.turn import House
from handlers.unasked import outage
from storage.campaign import accounts, communes, people, phases, teams
from storage.campaign import hamlets as all_hamlets
from storage.campaign.communes import Commune
from storage.campaign.people import Person, Role
from storage.campaign.teams import Team
from storage.engine.transaction import Transaction
from storage.field import leave
from storage.reports import drafts, reports, tallies, totals, visits
from storage.reports.tallies import Counts
from storage.talk import chats

ONE_DAY = timedelta(days=1)
MOST_OPEN = 20  # open messages that a lead is told
# What a phone shows at a glance; the rest is one press away.
MOST_STUDENTS, MOST_HAMLETS, MOST_CHANGES, MOST_APPOINTMENTS = 12, 10, 4, 4
LATE_FOR = timedelta(days=60)  # after the last day of a phase: what was promised for then
# On which nights of a phase its lead hears that the team has no group: at first, and then once a week.
_FIRST_NIGHTS, _A_WEEK = 3, 7
Recipients = list[tuple[int, Person | None]]


@dataclass(frozen=True, slots=True)
class StudentLine:
    """A student's day. `state`: `counted`, `off` or `none` (no report)."""

    name: str
    state: str
    phones: int


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What a student's reports of an earlier day came to say more (or less), by outcome."""

    day: date
    name: str
    more: Counts


@dataclass(frozen=True, slots=True)
class Appointment:
    """A visit that was promised for tomorrow: local time, whose it is, the hamlet ('' for none).

    `home` is for the lead alone: what groups get is made to be forwarded. `late`: by then whoever promised it is gone,
    and somebody else has to go.
    """

    at: datetime
    student: str
    hamlet: str
    home: str
    whose: int
    late: bool = False


@dataclass(frozen=True, slots=True)
class Night:
    """A team's work day as it is summed up, gathered once for all who are told.

    Attributes:
        any_report: whether anybody of the team reported, those who left it since included.
        gone: phones of those who left the team that day.
        hamlets, elsewhere: phones by hamlet, and those for which none was named.
        open: messages whose number is still open, with their words, which are for the lead alone.
        changes: of earlier days, since the summary before.
        gaps: when a platform that the team uses brought nothing: its name, since when, until when, by local clocks.
        has_group: whether a chat of the team gets the summary.
        group_closed: whether one of them takes no text from the bot for now.
    """

    team: int
    commune: str
    code: str
    day: date
    board: Board
    counts: Counts
    students: Sequence[StudentLine]
    any_report: bool
    gone: int
    hamlets: Sequence[tuple[str, int]]
    elsewhere: int
    open: Sequence[OpenMessage]
    changes: Sequence[ChangeLine]
    appointments: Sequence[Appointment]
    gaps: Sequence[tuple[str, datetime, datetime]]
    has_group: bool
    group_closed: bool

    @property
    def idle(self) -> bool:
        """Whether there is nothing to tell of the day."""
        return not (self.any_report or self.open or self.changes or self.appointments or self.gaps)

    @property
    def long(self) -> bool:
        """Whether it is more than a phone shows at a glance."""
        return (
            len(self.students) > MOST_STUDENTS
            or len(self.hamlets) > MOST_HAMLETS
            or len(self.changes) > MOST_CHANGES
            or len(self.appointments) > MOST_APPOINTMENTS
        )

    @property
    def digest(self) -> str:
        """The same where a summary would say the same, whenever it is made."""
        told = replace(self, gaps=(), has_group=True, group_closed=False)
        return sha256(repr(told).encode()).hexdigest()[:32]


def gather(tx: Transaction, house: House, team: Team, day: date, now: datetime, since: datetime | None = None) -> Night:
    """The facts of a team's night. `since`: when the summary before was made (None: a day ago)."""
    commune = communes.by_id(tx, team.commune)
    board = facts.board(tx, [commune], day, finished=True)
    hamlets, elsewhere = _hamlets(tx, commune, day, board)
    students, gone = _students(tx, team, day)
    names = texts.short_names(people.of_team(tx, team.id))
    return Night(
        team=team.id,
        commune=commune.name,
        code=commune.code,
        day=day,
        board=board,
        counts=totals.of(tx, "team", team.id, day),
        students=students,
        any_report=gone != 0 or any(line.state == "counted" for line in students),
        gone=gone,
        hamlets=hamlets,
        elsewhere=elsewhere,
        open=showing.of_team(drafts.open_in_team(tx, team.id, day), names),
        changes=_changes(tx, team, day, since or now - ONE_DAY),
        appointments=_appointments(tx, house, team, day, names),
        gaps=outage.of_team(tx, house, team, day, now),
        has_group=bool(chats.of_team(tx, team.id)),
        group_closed=chats.any_closed(tx, team.id),
    )


def summary(house: House, night: Night, now: datetime, recipient: Person | None, *, whole: bool = True) -> Reply:
    """The night's summary as one receiver reads it; None: a group. Not `whole`: what a phone shows at a glance."""
    no_group, group_closed = hints_for(night, recipient)
    until = min(now, house.calendar.starts(night.day + ONE_DAY))
    short = night.long and not whole
    text = texts.render(
        "summary.idle" if night.idle else "summary.night",
        calendar=house.calendar,
        now=now,
        person=recipient,
        commune=night.commune,
        day=night.day,
        until=house.calendar.local(until),
        pace=night.board.pace,
        whole=night.board.whole,
        counts=night.counts,
        students=_by_phones(night.students) if short else night.students,
        most_students=MOST_STUDENTS if short else None,
        any_report=night.any_report,
        gone=night.gone,
        hamlets=night.hamlets,
        most_hamlets=MOST_HAMLETS if short else None,
        elsewhere=night.elsewhere,
        open=len(night.open),
        changes=night.changes,
        most_changes=MOST_CHANGES if short else None,
        appointments=night.appointments,
        most_appointments=MOST_APPOINTMENTS if short else None,
        gaps=night.gaps,
        no_group=no_group,
        group_closed=group_closed,
    )
    return Reply(text)


def hints_for(night: Night, recipient: Person | None) -> tuple[bool, bool]:
    """What a receiver is told of the team's group: that there is none, that it takes no text. All else is one text."""
    leads = recipient is not None and recipient.role == Role.LEAD
    return leads and not night.has_group and _is_told_of_groups(night), leads and night.group_closed


def _is_told_of_groups(night: Night) -> bool:
    pace = night.board.pace
    return pace is None or pace.day <= _FIRST_NIGHTS or pace.day % _A_WEEK == 1


def _by_phones(students: Sequence[StudentLine]) -> list[StudentLine]:
    return sorted(students, key=lambda line: -line.phones)


def for_lead(house: House, night: Night, now: datetime, lead: Person) -> Reply | None:
    """What of the day is for the lead alone, beside a summary that is made to be forwarded; None: nothing is.

    What is open, with its words, and in which homes others of the team are expected tomorrow: their own visits
    everybody hears of before they go.
    """
    others = [one for one in night.appointments if one.late or one.whose != lead.id]
    if not (night.open or others):
        return None
    shown = night.open[:MOST_OPEN]
    text = texts.render(
        "summary.for_lead",
        calendar=house.calendar,
        now=now,
        person=lead,
        day=night.day,
        open=shown,
        number=len(night.open),
        appointments=others[:MOST_OPEN],
        more_appointments=len(others[MOST_OPEN:]),
    )
    return Reply(text)


def _appointments(tx: Transaction, house: House, team: Team, day: date, names: Mapping[int, str]) -> list[Appointment]:
    """What is promised for tomorrow; on the last day of the phase for later days, too, by those who are gone then."""
    tomorrow, ends = day + ONE_DAY, phases.by_id(tx, team.phase).last == day
    span = house.calendar.starts(tomorrow), house.calendar.starts(tomorrow + (LATE_FOR if ends else ONE_DAY))
    found = []
    for one in visits.of_team(tx, team.id, *span):
        when, last = house.calendar.work_day(one.at), teams.last_day_of(tx, one.person) if ends else None
        late = last is not None and last < when
        if late or when == tomorrow:
            hamlet = all_hamlets.hamlet_name(tx, one.hamlet)
            at, name = house.calendar.local(one.at), names.get(one.person, "")
            found.append(Appointment(at, name, hamlet, one.home or "", one.person, late))
    return found


def _hamlets(tx: Transaction, commune: Commune, day: date, board: Board) -> tuple[list[tuple[str, int]], int]:
    """The hamlets where the team was, with their phones, and the phones for which none was named."""
    sums = totals.of_hamlets(tx, commune.id, (day, day))
    lines = [
        (hamlet.name, sums[hamlet.id].get("activated", 0))
        for hamlet in all_hamlets.of_commune(tx, commune.id)
        if hamlet.id in sums
    ]
    return lines, board.whole.phones_today - sum(phones for _, phones in lines)


def _students(tx: Transaction, team: Team, day: date) -> tuple[list[StudentLine], int]:
    """A line for each student, and the phones of those who left the team that day."""
    reported = totals.reporters(tx, team.phase, day, commune=team.commune).get(team.id, set())
    off = leave.of_team(tx, team.id, day)
    sums = totals.of_members(tx, team.id, (day, day))
    lines = []
    students = texts.in_order(people.of_team(tx, team.id))
    names = texts.short_names(students)
    for student in students:
        state = "counted" if student.id in reported else "off" if student.id in off else "none"
        lines.append(StudentLine(names[student.id], state, sums.get(student.id, {}).get("activated", 0)))
    whole = totals.activated(tx, "team", team.id, day)
    return lines, max(0, whole - sum(line.phones for line in lines))


def _changes(tx: Transaction, team: Team, day: date, since: datetime) -> list[ChangeLine]:
    """How the reports of earlier days differ from what they said at `since`, by day and student."""
    differences: dict[tuple[date, int], list[Counts]] = {}
    for report in reports.changes_since(tx, team.id, before=day, since=since):
        before = totals.said_before(tx, report.id, since)
        now = [{line.outcome: line.n} for line in report.lines]
        less = {outcome: -n for outcome, n in before.items()}
        differences.setdefault((report.day, report.person), []).append(tallies.merged([*now, less]))
    lines, names = [], texts.short_names(people.of_team(tx, team.id))
    for (when, person), several in differences.items():
        more, student = tallies.merged(several), people.by_id(tx, person)
        if more and student is not None:
            lines.append(ChangeLine(when, names.get(person, student.name), more))
    return lines


def recipients_of_night(tx: Transaction, team: Team) -> Recipients:
    """Every chat of the team, then its leads and the commune's officers in their private chats; each once."""
    locked = teams.locked_in(tx, team.id)
    leads = [lead for lead in people.leads_of(tx, team.id) if lead.id not in locked]
    found: dict[int, Person | None] = dict.fromkeys(chats.of_team(tx, team.id))
    for person in [*leads, *people.officers_of(tx, team.commune)]:
        for chat in accounts.private_chats(tx, person.id):
            found.setdefault(chat, person)
    return list(found.items())
