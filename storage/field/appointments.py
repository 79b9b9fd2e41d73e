"""Promised visits as appointments: whose they are, what became of them, and which are missed.

A visit is promised by a report (storage/reports/visits.py). Until it is done, called off or taken back it stands; days
on which it stood in vain are its misses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from storage.engine.times import day_number, day_of, moment, stamp
from storage.engine.transaction import Row, Transaction
from storage.reports.visits import COUNTS, STANDS

REMIND_BEFORE = timedelta(minutes=30)
SENSE_AFTER = timedelta(minutes=15)  # a reminder that is so late still helps
SHOWN_FOR = timedelta(days=7)  # what stood in vain for longer is nobody's any more
MISSES = 2  # then it goes to who leads the team


@dataclass(frozen=True, slots=True)
class Appointment:
    """A visit that stands. `person` goes there, `promised` said so; `day`: the work day; `hamlet` 0: none named."""

    id: int
    report: int
    team: int
    person: int
    promised: int
    home: str | None
    hamlet: int
    at: datetime
    day: date
    misses: int
    made_at: datetime | None

    @property
    def reminds_at(self) -> datetime | None:
        """When its person is reminded; None where it was promised too late for that."""
        due = self.at - REMIND_BEFORE
        return due if self.made_at is None or self.made_at <= due else None

    def missed_by(self, today: date) -> int:
        """How often it was missed when a work day begins."""
        return self.misses + max(0, (today - self.day).days)


_APPOINTMENT = """SELECT v.id, v.report, r.team, v.goes AS person, r.person AS promised, v.home,
    coalesce(h.merged_into, v.hamlet) AS hamlet, v.at, v.day, v.misses, v.made_at
FROM visits v JOIN reports r ON r.id = v.report JOIN hamlets h ON h.id = v.hamlet"""


def _appointment(row: Row) -> Appointment:
    return Appointment(
        row["id"],
        row["report"],
        row["team"],
        row["person"],
        row["promised"],
        row["home"],
        row["hamlet"],
        moment(row["at"]),
        day_of(row["day"]),
        row["misses"],
        moment(row["made_at"]) if row["made_at"] is not None else None,
    )


def _standing(tx: Transaction, which: str, **params: object) -> list[Appointment]:
    rows = tx.all(f"{_APPOINTMENT} WHERE {which} AND {STANDS} AND {COUNTS} ORDER BY v.at, v.id", **params)
    return [_appointment(row) for row in rows]


# What stands


def by_id(tx: Transaction, id: int) -> Appointment | None:
    """The appointment of this row, where it stands."""
    found = _standing(tx, "v.id = :id", id=id)
    return found[0] if found else None


def of_person(tx: Transaction, person: int, today: date) -> list[Appointment]:
    """All that somebody is to go to, the earliest first; missed ones too, while they are shown."""
    return _standing(
        tx,
        "v.day >= :since AND v.goes = :person",
        person=person,
        since=day_number(today - SHOWN_FOR),
    )


def of_day(tx: Transaction, person: int, day: date) -> list[Appointment]:
    """What somebody is to go to on a work day, the earliest first."""
    return _standing(tx, "v.day = :day AND v.goes = :person", person=person, day=day_number(day))


def missed_of(tx: Transaction, person: int, day: date) -> list[Appointment]:
    """What somebody should have gone to before this work day, and what nothing has become of since."""
    return [one for one in of_person(tx, person, day) if one.day < day]


def of_team(tx: Transaction, team: int, since: date) -> list[Appointment]:
    """What the team's people are to go to on this work day and later ones, the earliest first."""
    return _standing(tx, "r.team = :team AND v.day >= :since", team=team, since=day_number(since))


def ended_of(tx: Transaction, person: int, id: int) -> int | None:
    """The report that promised this, where it was the person's to go to and was called off or done without a report."""
    row = tx.one(
        """SELECT report FROM visits WHERE id = :id AND goes = :person AND dropped_at IS NULL
             AND (called_off_at IS NOT NULL OR (done_at IS NOT NULL AND result IS NULL))""",
        id=id,
        person=person,
    )
    return row["report"] if row is not None else None


def promised_by(tx: Transaction, report: int) -> int:
    """How many visits with a time a report promises or has led to: neither taken back nor called off."""
    row = tx.one(
        """SELECT count(*) AS n FROM visits
           WHERE report = :report AND dropped_at IS NULL AND called_off_at IS NULL""",
        report=report,
    )
    assert row is not None
    n: int = row["n"]
    return n


# What becomes of it


def settle(tx: Transaction, id: int, *, at: datetime, result: int | None) -> None:
    """Somebody was there. `result`: the report that says what came of it; none: it was told otherwise."""
    tx.run("UPDATE visits SET done_at = :at, result = :result WHERE id = :id", id=id, at=stamp(at), result=result)


def call_off(tx: Transaction, id: int, *, at: datetime) -> None:
    """Nobody will go."""
    tx.run("UPDATE visits SET called_off_at = :at WHERE id = :id", id=id, at=stamp(at))


def stand_again(tx: Transaction, id: int) -> None:
    """What was called off, or done without a report, stands as before."""
    tx.run("UPDATE visits SET called_off_at = NULL, done_at = NULL, result = NULL WHERE id = :id", id=id)


def put_off(tx: Transaction, one: Appointment, to: datetime, *, day: date, today: date, at: datetime) -> Appointment:
    """It is at another time from now on; what it was stays on record, and how often it was missed is not forgotten."""
    tx.run("UPDATE visits SET dropped_at = :at WHERE id = :id", id=one.id, at=stamp(at))
    row = tx.one(
        """INSERT INTO visits (report, hamlet, home, at, day, made_at, goes, misses, moved_from)
           SELECT report, hamlet, home, :to, :day, :at, goes, :misses, id FROM visits WHERE id = :id RETURNING id""",
        id=one.id,
        to=stamp(to),
        day=day_number(day),
        at=stamp(at),
        misses=one.missed_by(today),
    )
    assert row is not None
    found = by_id(tx, row["id"])
    assert found is not None
    return found


def put_back(tx: Transaction, one: Appointment, *, at: datetime) -> Appointment | None:
    """It is when it was before it was put off; None where it never was."""
    row = tx.one("SELECT moved_from FROM visits WHERE id = :id", id=one.id)
    if row is None or row["moved_from"] is None:
        return None
    tx.run("UPDATE visits SET dropped_at = :at WHERE id = :id", id=one.id, at=stamp(at))
    tx.run("UPDATE visits SET dropped_at = NULL WHERE id = :id", id=row["moved_from"])
    return by_id(tx, row["moved_from"])


def hand_over(tx: Transaction, id: int, person: int) -> None:
    """Somebody else goes there from now on."""
    tx.run("UPDATE visits SET goes = :person WHERE id = :id", id=id, person=person)


# What the clock says


def to_remind(tx: Transaction, now: datetime) -> list[Appointment]:
    """Of what somebody has to be reminded now, and was not; not of what was promised too late for that."""
    found = _standing(
        tx,
        "v.at > :first AND v.at <= :last AND v.reminded_at IS NULL",
        first=stamp(now - SENSE_AFTER),
        last=stamp(now + REMIND_BEFORE),
    )
    return [one for one in found if one.reminds_at is not None]


def note_reminded(tx: Transaction, several: Sequence[Appointment], at: datetime) -> None:
    """Their person was reminded."""
    tx.run_many(
        "UPDATE visits SET reminded_at = :at WHERE id = :id", [{"id": one.id, "at": stamp(at)} for one in several]
    )


def next_reminder(tx: Transaction, now: datetime) -> datetime | None:
    """When the next reminder may be due; None: none is in sight."""
    row = tx.one(
        "SELECT min(at) AS at FROM visits WHERE at > :last AND dropped_at IS NULL",
        last=stamp(now + REMIND_BEFORE),
    )
    return moment(row["at"]) - REMIND_BEFORE if row and row["at"] is not None else None


def still_meant(tx: Transaction, id: int, at: int) -> bool:
    """Whether a reminder of the visit at this stamp makes sense: it stands, and is still then."""
    found = by_id(tx, id)
    return found is not None and stamp(found.at) == at


_HERE = """SELECT 1 FROM members m JOIN people p ON p.id = m.person
    WHERE m.team = r.team AND m.person = v.goes AND p.left_at IS NULL AND p.locked_at IS NULL"""
_ON = """SELECT 1 FROM teams t JOIN phases f ON f.id = t.phase
    WHERE t.id = r.team AND f.first_day <= :today AND f.first_day + f.days > :today"""


def of_leavers(tx: Transaction, today: date) -> list[Appointment]:
    """What stands for yesterday, today or later, and whose person is in the team no more, in phases that are on."""
    return _standing(
        tx,
        f"v.day >= :since AND NOT EXISTS ({_HERE}) AND EXISTS ({_ON})",
        since=day_number(today) - 1,
        today=day_number(today),
    )


def missed_too_often(tx: Transaction, today: date) -> list[Appointment]:
    """What was missed as often as makes it the lead's, and is not theirs yet, in phases that are on."""
    return _standing(
        tx,
        f"""v.day >= :since AND v.day < :today AND v.misses + :today - v.day >= :most AND EXISTS ({_ON})
            AND EXISTS (SELECT 1 FROM people p WHERE p.id = v.goes AND p.role = 'student')""",
        since=day_number(today - SHOWN_FOR),
        today=day_number(today),
        most=MISSES,
    )
