"""Help that is asked for: an old person to be fetched, or the like. Who asks, who goes, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from storage.engine.times import day_number, day_of, moment, stamp
from storage.engine.transaction import Row, Transaction

SHOWN_FOR = timedelta(days=3)  # after it was asked for, or after it should have been done


@dataclass(frozen=True, slots=True)
class Help:
    """What somebody asks for. `what`: in their words, `told`: what the team's chat hears; None: blanked.

    `at`: when somebody has to be there, None: no time was said. `hamlet` 0: none named. `n`: how many old people.
    `done`: it was done, with the `report` that counts it, if any.
    """

    id: int
    person: int
    team: int
    day: date
    at: datetime | None
    n: int
    hamlet: int
    what: str | None
    told: str | None
    asked_at: datetime | None
    helper: int | None
    taken_at: datetime | None
    done: bool
    report: int | None
    called_off: bool

    @property
    def stands(self) -> bool:
        """Whether it was asked for, and is neither done nor called off."""
        return self.asked_at is not None and not (self.done or self.called_off)


# A report that was withdrawn counts nothing, and so the help is not done.
_DONE = """(a.done_at IS NOT NULL AND (a.report IS NULL
    OR (SELECT change FROM versions n WHERE n.report = a.report ORDER BY number DESC LIMIT 1) <> 'withdrawn'))"""
_STANDS = f"a.asked_at IS NOT NULL AND a.called_off_at IS NULL AND NOT {_DONE}"
_HELP = f"""SELECT a.id, a.person, a.team, a.day, a.at, a.n, coalesce(h.merged_into, a.hamlet) AS hamlet, a.what,
    a.told, a.asked_at, a.helper, a.taken_at, a.report, a.called_off_at, CASE WHEN {_DONE} THEN 1 ELSE 0 END AS done
FROM assistance a JOIN hamlets h ON h.id = a.hamlet"""


def _moment(seconds: int | None) -> datetime | None:
    return moment(seconds) if seconds is not None else None


def _help(row: Row) -> Help:
    return Help(
        id=row["id"],
        person=row["person"],
        team=row["team"],
        day=day_of(row["day"]),
        at=_moment(row["at"]),
        n=row["n"],
        hamlet=row["hamlet"],
        what=row["what"],
        told=row["told"],
        asked_at=_moment(row["asked_at"]),
        helper=row["helper"],
        taken_at=_moment(row["taken_at"]),
        done=bool(row["done"]),
        report=row["report"],
        called_off=row["called_off_at"] is not None,
    )


def _all(tx: Transaction, which: str, **params: object) -> list[Help]:
    return [_help(row) for row in tx.all(f"{_HELP} WHERE {which} ORDER BY a.id", **params)]


def propose(
    tx: Transaction,
    *,
    person: int,
    team: int,
    day: date,
    at: datetime | None,
    n: int,
    hamlet: int,
    what: str,
    told: str,
) -> int:
    """Keeps what somebody may ask for; the row."""
    row = tx.one(
        """INSERT INTO assistance (person, team, day, at, n, hamlet, what, told)
           VALUES (:person, :team, :day, :at, :n, :hamlet, :what, :told) RETURNING id""",
        person=person,
        team=team,
        day=day_number(day),
        at=stamp(at) if at is not None else None,
        n=n,
        hamlet=hamlet,
        what=what,
        told=told,
    )
    assert row is not None
    id: int = row["id"]
    return id


def by_id(tx: Transaction, id: int) -> Help | None:
    """What was asked for in this row."""
    found = _all(tx, "a.id = :id", id=id)
    return found[0] if found else None


def of_team(tx: Transaction, team: int, today: date) -> list[Help]:
    """What the team is still asked for, the oldest first."""
    return _all(tx, f"a.team = :team AND a.day >= :since AND {_STANDS}", team=team, since=day_number(today - SHOWN_FOR))


# What becomes of it


def ask(tx: Transaction, id: int, at: datetime) -> None:
    """The team is asked."""
    tx.run("UPDATE assistance SET asked_at = :at WHERE id = :id AND asked_at IS NULL", id=id, at=stamp(at))


def take(tx: Transaction, id: int, helper: int, at: datetime) -> None:
    """Somebody goes."""
    tx.run(
        """UPDATE assistance SET helper = :helper, taken_at = :at, reminded_at = NULL, pressed_at = NULL
           WHERE id = :id""",
        id=id,
        helper=helper,
        at=stamp(at),
    )


def give_back(tx: Transaction, id: int) -> None:
    """Whoever wanted to go does not, after all: the team hears of it anew."""
    tx.run("UPDATE assistance SET helper = NULL, taken_at = NULL, called_at = NULL WHERE id = :id", id=id)


def settle(tx: Transaction, id: int, *, helper: int, report: int | None, at: datetime) -> None:
    """Somebody has helped. `report` counts it; None: it counts nothing."""
    tx.run(
        """UPDATE assistance SET helper = :helper, taken_at = coalesce(taken_at, :at), done_at = :at, report = :report
           WHERE id = :id""",
        id=id,
        helper=helper,
        at=stamp(at),
        report=report,
    )


def call_off(tx: Transaction, id: int, at: datetime) -> None:
    """Nobody has to go."""
    tx.run("UPDATE assistance SET called_off_at = :at WHERE id = :id", id=id, at=stamp(at))


def stand_again(tx: Transaction, id: int) -> None:
    """What was called off is asked for again, and what was done is not done."""
    tx.run("UPDATE assistance SET called_off_at = NULL, done_at = NULL, report = NULL WHERE id = :id", id=id)


# What the clock says


def untaken(tx: Transaction, *, asked_before: datetime, now: datetime, until: datetime) -> list[Help]:
    """What nobody has taken, and the team was not told again: due between now and `until`, or asked for long ago.

    `asked_before`: what was asked for later is given time, whenever it is due.
    """
    return _all(
        tx,
        f"""a.called_at IS NULL AND a.helper IS NULL AND a.asked_at <= :asked AND a.asked_at > :since
            AND (a.at IS NULL OR (a.at > :now AND a.at <= :until)) AND {_STANDS}""",
        asked=stamp(asked_before),
        since=stamp(now - SHOWN_FOR),
        now=stamp(now),
        until=stamp(until),
    )


def to_remind(tx: Transaction, *, first: datetime, last: datetime, before: timedelta) -> list[Help]:
    """What has its time between these moments, and was taken so long before; its helper was not reminded."""
    return _all(
        tx,
        f"""a.reminded_at IS NULL AND a.helper IS NOT NULL AND a.at > :first AND a.at <= :last
            AND a.taken_at <= a.at - :before AND {_STANDS}""",
        first=stamp(first),
        last=stamp(last),
        before=int(before.total_seconds()),
    )


def to_press(tx: Transaction, *, first: datetime, last: datetime) -> list[Help]:
    """What was taken, had its time between these moments, and nobody has asked since what came of it."""
    return _all(
        tx,
        f"a.pressed_at IS NULL AND a.helper IS NOT NULL AND a.at > :first AND a.at <= :last AND {_STANDS}",
        first=stamp(first),
        last=stamp(last),
    )


def still_meant(tx: Transaction, id: int, what: str, helper: int | None) -> bool:
    """Whether what the clock says of it makes sense: it stands, and this one goes there, or nobody as yet."""
    one = by_id(tx, id)
    return one is not None and one.stands and one.helper == (None if what == "called" else helper)


def note(tx: Transaction, several: Sequence[Help], column: str, at: datetime) -> None:
    """What was said of these by the clock: `called`, `reminded` or `pressed`."""
    assert column in ("called", "reminded", "pressed"), column
    tx.run_many(
        f"UPDATE assistance SET {column}_at = :at WHERE id = :id", [{"id": one.id, "at": stamp(at)} for one in several]
    )
