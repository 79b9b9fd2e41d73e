"""When the jobs of the schedule were done, so that each is done once and none is forgotten."""

from datetime import datetime

from storage.engine.times import moment, stamp
from storage.engine.transaction import Transaction


def last(tx: Transaction, job: str, now: datetime) -> datetime | None:
    """The newest due time of this job that is settled; None before the schedule's first start.

    One that is still to come was settled by a clock that went wrong: it would keep the job silent until then.
    """
    row = tx.one("SELECT max(due_at) AS at FROM job_runs WHERE job = :job AND due_at <= :now", job=job, now=stamp(now))
    return moment(row["at"]) if row and row["at"] is not None else None


def is_settled(tx: Transaction, job: str, due: datetime) -> bool:
    """Whether this due time is done with, or will not be."""
    return tx.one("SELECT 1 FROM job_runs WHERE job = :job AND due_at = :due", job=job, due=stamp(due)) is not None


def last_done(tx: Transaction, job: str, before: datetime) -> datetime | None:
    """When the job was done last for a due time before this one; None: never."""
    row = tx.one(
        """SELECT done_at FROM job_runs WHERE job = :job AND due_at < :before AND outcome = 'done'
           ORDER BY due_at DESC LIMIT 1""",
        job=job,
        before=stamp(before),
    )
    return moment(row["done_at"]) if row else None


def dropped(tx: Transaction, job: str, since: datetime, now: datetime) -> list[datetime]:
    """The due times since a moment that passed without it, the first first."""
    rows = tx.all(
        """SELECT due_at FROM job_runs
           WHERE job = :job AND outcome = 'dropped' AND due_at >= :since AND due_at <= :now ORDER BY due_at""",
        job=job,
        since=stamp(since),
        now=stamp(now),
    )
    return [moment(row["due_at"]) for row in rows]


def first(tx: Transaction, job: str) -> datetime | None:
    """The oldest due time of this job that is settled: when the schedule first knew of it."""
    row = tx.one("SELECT min(due_at) AS at FROM job_runs WHERE job = :job", job=job)
    return moment(row["at"]) if row and row["at"] is not None else None


def settle(tx: Transaction, job: str, due: datetime, *, at: datetime, outcome: str) -> None:
    """This due time is done with: `done`, `dropped` (too late), `off` (nobody works), `skipped` or `begun`."""
    tx.run(
        """INSERT INTO job_runs (job, due_at, done_at, outcome) VALUES (:job, :due, :at, :outcome)
           ON CONFLICT (job, due_at) DO NOTHING""",
        job=job,
        due=stamp(due),
        at=stamp(at),
        outcome=outcome,
    )


def take_back_skip(tx: Transaction, job: str, due: datetime) -> None:
    """It is done at this time after all."""
    tx.run("DELETE FROM job_runs WHERE job = :job AND due_at = :due AND outcome = 'skipped'", job=job, due=stamp(due))


def undo_after(tx: Transaction, latest: datetime) -> list[tuple[str, datetime]]:
    """What was settled later than can be was settled by a clock that was wrong, and is settled no longer: which jobs
    and due times."""
    rows = tx.all("DELETE FROM job_runs WHERE done_at > :after RETURNING job, due_at", after=stamp(latest))
    return [(row["job"], moment(row["due_at"])) for row in rows]
