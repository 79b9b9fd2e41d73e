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


def first(tx: Transaction, job: str) -> datetime | None:
    """The oldest due time of this job that is settled: when the schedule first knew of it."""
    row = tx.one("SELECT min(due_at) AS at FROM job_runs WHERE job = :job", job=job)
    return moment(row["at"]) if row and row["at"] is not None else None


def is_settled(tx: Transaction, job: str, due: datetime) -> bool:
    """Whether this due time is done with."""
    return tx.one("SELECT 1 FROM job_runs WHERE job = :job AND due_at = :due", job=job, due=stamp(due)) is not None


def settle(tx: Transaction, job: str, due: datetime, *, at: datetime, outcome: str) -> None:
    """This due time is done with: `done`, `dropped` or `begun`."""
    tx.run(
        """INSERT INTO job_runs (job, due_at, done_at, outcome) VALUES (:job, :due, :at, :outcome)
           ON CONFLICT (job, due_at) DO NOTHING""",
        job=job,
        due=stamp(due),
        at=stamp(at),
        outcome=outcome,
    )


def undo_after(tx: Transaction, latest: datetime) -> list[tuple[str, datetime]]:
    """What was settled later than can be was settled by a clock that was wrong, and is settled no longer: which jobs
    and due times."""
    rows = tx.all("DELETE FROM job_runs WHERE done_at > :after RETURNING job, due_at", after=stamp(latest))
    return [(row["job"], moment(row["due_at"])) for row in rows]
