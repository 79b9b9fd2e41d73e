"""Who is told what unasked, and when: at the time of all or at one's own, never twice, a few things an evening."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from handlers.calendar import Times
from handlers.turn import House
from storage.campaign import people
from storage.campaign.people import Person, Role
from storage.engine.times import stamp
from storage.engine.transaction import Transaction
from storage.running import told, wishes
from storage.running.told import Told

MOST = 4  # messages that nobody asked for, to one person in one evening; appointments are beside that
NEAR = timedelta(minutes=30)  # what is said unasked within it is said at once
MOVABLE = ("plan", "nudge", "names", "digest")  # what may have another time for one person; the rest may be muted
CALLED = "nhac"  # what was said because a lead asked for it
# What is kept room for until it is said, in its order: a reminder never costs somebody the summary.
_KEPT_FOR: Mapping[Role, tuple[str, ...]] = {Role.LEAD: ("names", "summary"), Role.OFFICER: ("summary",)}


@dataclass(frozen=True, slots=True)
class Own:
    """What one person hears by the clock. `at`: when; `common`: of which that is the time of all, and nothing beside.

    `since`: when this was last wished for; None: nothing was.
    """

    at: Mapping[str, time]
    common: frozenset[str]
    since: datetime | None


def jobs_of(tx: Transaction, times: Times, person: Person) -> tuple[str, ...]:
    """What a person is told in private by the clock, and may move."""
    nudge = () if times.nudges == "off" else ("nudge",)
    match person.role:
        case Role.STUDENT:
            return ("plan", *nudge)
        case Role.LEAD:
            return ("plan", *nudge, "names")
        case Role.OFFICER if not people.scope_of(tx, person.id):
            return ("digest",)
    return ()


def own(tx: Transaction, house: House, person: Person) -> Own:
    """When a person hears what, as they wish; what would come within half an hour comes together, the last with it."""
    wished = wishes.of(tx, person.id)
    jobs = [job for job in jobs_of(tx, house.times, person) if job not in wished or not wished[job].muted]
    common = {job: getattr(house.times, job) for job in jobs}
    wanted = {job: (wished[job].at if job in wished else None) or common[job] for job in jobs}
    at = gathered(wanted, house.calendar.day_start)
    alone = {job for job in jobs if list(at.values()).count(at[job]) == 1}
    since = max((wish.since for wish in wished.values()), default=None)
    return Own(at, frozenset(job for job in alone if at[job] == common[job]), since)


def gathered(wanted: Mapping[str, time], day_start: time) -> dict[str, time]:
    """The times at which things are said so that none follows another within half an hour: it waits for that one."""
    found: dict[str, time] = {}
    last: time | None = None
    for job in sorted(wanted, key=lambda job: _minute(wanted[job], day_start), reverse=True):
        apart = _minute(last, day_start) - _minute(wanted[job], day_start) if last is not None else 0
        if last is None or timedelta(minutes=apart) > NEAR:
            last = wanted[job]
        found[job] = last
    return {job: found[job] for job in wanted}


def _minute(clock: time, day_start: time) -> int:
    """Minutes since the work day began."""
    return (clock.hour * 60 + clock.minute - day_start.hour * 60 - day_start.minute) % (24 * 60)


def hears(tx: Transaction, house: House, person: Person, job: str, what: str, day: date, due: datetime) -> bool:
    """Whether a person is told this when all are."""
    return job in own(tx, house, person).common and may_hear(tx, person, job, what, day, due)


def may_hear(tx: Transaction, person: Person, job: str, what: str, day: date, due: datetime) -> bool:
    """Whether a person is told this at its time: not what they were told at another, nor one thing too many."""
    before = told.of(tx, person.id, day)
    if any(one.startswith(f"{what}:") for one in before):
        return False  # an admin had it said before its time
    if what in before:
        return stamp(before[what].at) == stamp(due)  # begun, and not ended: the program stopped meanwhile
    if job == "nudge" and due - _newest(before, f"{CALLED}:", due) < NEAR:
        return False  # the lead has just done so
    return has_room(tx, person, job, before)


def has_room(tx: Transaction, person: Person, job: str, before: Mapping[str, Told]) -> bool:
    """Whether there is room in the evening for one thing more, beside what room is kept for."""
    kept_for = _KEPT_FOR.get(person.role, ())
    later = kept_for[kept_for.index(job) + 1 :] if job in kept_for else kept_for
    to_come = [
        one
        for one in later
        if not any(what.startswith(f"{one}:") for what in before) and not wishes.is_muted(tx, person.id, one)
    ]
    return counted(before) + len(to_come) < MOST


def counted(before: Mapping[str, Told]) -> int:
    """How many messages these were."""
    return sum(one.counts for one in before.values())


def reminded_since(tx: Transaction, person: int, day: date, since: datetime) -> datetime | None:
    """When a person was last reminded to report, by the clock or by the lead; None: not since this moment."""
    before = told.of(tx, person, day)
    times = [one.at for what, one in before.items() if what.startswith(("nudge:", f"{CALLED}:")) and one.at > since]
    return max(times, default=None)


def _newest(before: Mapping[str, Told], prefix: str, until: datetime) -> datetime:
    """When something of this kind was last said; long ago where it was not."""
    times = [one.at for what, one in before.items() if what.startswith(prefix) and one.at <= until]
    return max(times, default=until - 2 * NEAR)
