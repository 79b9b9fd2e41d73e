"""The night's summary of a team's work day: its facts are gathered once, then said to each who is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers import texts
from handlers.figures import facts
from handlers.figures.facts import Board
from handlers.messages import Reply
from handlers.open import showing
from handlers.open.showing import OpenMessage
from handlers.turn import House
from storage.campaign import accounts, communes, people, teams
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
class Night:
    """A team's work day as it is summed up, gathered once for all who are told.

    Attributes:
        any_report: whether anybody of the team reported, those who left it since included.
        gone: phones of those who left the team that day.
        hamlets, elsewhere: phones by hamlet, and those for which none was named.
        open: messages whose number is still open, with their words, which are for the lead alone.
        changes: of earlier days, since the summary before.
        appointments: tomorrow's promised visits: local time and hamlet ('' for none); never a home, since summaries
            are forwarded.
        has_group: whether a chat of the team gets the summary.
        group_closed: whether one of them takes no text from the bot for now.
    """

    commune: str
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
    appointments: Sequence[tuple[datetime, str]]
    has_group: bool
    group_closed: bool


def gather(tx: Transaction, house: House, team: Team, day: date, now: datetime, since: datetime | None = None) -> Night:
    """The facts of a team's night. `since`: when the summary before was made (None: a day ago)."""
    commune = communes.by_id(tx, team.commune)
    board = facts.board(tx, [commune], day, finished=True)
    hamlets, elsewhere = _hamlets(tx, commune, day, board)
    students, gone = _students(tx, team, day)
    return Night(
        commune=commune.name,
        day=day,
        board=board,
        counts=totals.of(tx, "team", team.id, day),
        students=students,
        any_report=gone != 0 or any(line.state == "counted" for line in students),
        gone=gone,
        hamlets=hamlets,
        elsewhere=elsewhere,
        open=showing.of_team(drafts.open_in_team(tx, team.id, day), texts.short_names(people.of_team(tx, team.id))),
        changes=_changes(tx, team, day, since or now - ONE_DAY),
        appointments=_appointments(tx, house, team, day),
        has_group=bool(chats.of_team(tx, team.id)),
        group_closed=chats.any_closed(tx, team.id),
    )


def summary(house: House, night: Night, now: datetime, recipient: Person | None) -> Reply:
    """The night's summary as one receiver reads it; None: a group."""
    leads = recipient is not None and recipient.role == Role.LEAD
    text = texts.render(
        "summary.night",
        calendar=house.calendar,
        now=now,
        person=recipient,
        commune=night.commune,
        day=night.day,
        pace=night.board.pace,
        whole=night.board.whole,
        counts=night.counts,
        students=night.students,
        any_report=night.any_report,
        gone=night.gone,
        hamlets=night.hamlets,
        elsewhere=night.elsewhere,
        open=len(night.open),
        changes=night.changes,
        appointments=night.appointments,
        no_group=leads and not night.has_group,
        group_closed=leads and night.group_closed,
    )
    return Reply(text)


def still_open(house: House, night: Night, now: datetime, lead: Person) -> Reply:
    """What is open of the day, with its words: for the lead alone, beside a summary that is made to be forwarded."""
    shown = night.open[:MOST_OPEN]
    text = texts.render(
        "summary.still_open",
        calendar=house.calendar,
        now=now,
        person=lead,
        day=night.day,
        open=shown,
        number=len(night.open),
    )
    return Reply(text)


def _appointments(tx: Transaction, house: House, team: Team, day: date) -> list[tuple[datetime, str]]:
    tomorrow = day + ONE_DAY
    span = house.calendar.starts(tomorrow), house.calendar.starts(tomorrow + ONE_DAY)
    promised = visits.of_team(tx, team.id, *span)
    return [(house.calendar.local(one.at), all_hamlets.hamlet_name(tx, one.hamlet)) for one in promised]


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
    off = leave.in_phase(tx, team.phase, day).get(team.id, set())
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
