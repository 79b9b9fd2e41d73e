"""Who changed what belongs to others."""

from datetime import datetime

from storage.engine.times import stamp
from storage.engine.transaction import Transaction


def add(tx: Transaction, *, at: datetime, by: int | None, what: str, subject: int, detail: str = "") -> None:
    """Keeps one deed; `by` None is the command line."""
    tx.run(
        "INSERT INTO audits (at, by, what, subject, detail) VALUES (:at, :by, :what, :subject, :detail)",
        at=stamp(at),
        by=by,
        what=what,
        subject=subject,
        detail=detail,
    )
