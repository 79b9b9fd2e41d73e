"""Hamlets, listed or not, and those that turned out to be another."""

from dataclasses import dataclass

from storage.engine.transaction import Row, Transaction

NO_HAMLET = 0


@dataclass(frozen=True, slots=True)
class Hamlet:
    """A part of a commune. Not `listed`: under the spelling that a student gave."""

    id: int
    commune: int
    name: str
    listed: bool


def of_commune(tx: Transaction, commune: int) -> list[Hamlet]:
    """The commune's hamlets, listed or not, in the order in which they became known; not those that are another."""
    rows = tx.all(
        f"SELECT {_HAMLET} FROM hamlets WHERE commune = :commune AND merged_into IS NULL ORDER BY id", commune=commune
    )
    return [_hamlet(row) for row in rows]


_HAMLET = "id, commune, name, listed"


def _hamlet(row: Row) -> Hamlet:
    return Hamlet(row["id"], row["commune"], row["name"], bool(row["listed"]))


def by_id(tx: Transaction, id: int) -> Hamlet:
    """The hamlet of this row."""
    row = tx.one(f"SELECT {_HAMLET} FROM hamlets WHERE id = :id", id=id)
    assert row is not None
    return _hamlet(row)


def merge(tx: Transaction, hamlet: int, into: int) -> None:
    """The one is the other from now on: what was counted there, and its name in messages to come."""
    tx.run(
        "UPDATE hamlets SET merged_into = :into WHERE id = :hamlet OR merged_into = :hamlet", hamlet=hamlet, into=into
    )
    tx.run(
        """INSERT INTO sums (scope, id, day, outcome, n)
           SELECT 'hamlet', :into, day, outcome, n FROM sums WHERE scope = 'hamlet' AND id = :hamlet
           ON CONFLICT (scope, id, day, outcome) DO UPDATE SET n = sums.n + excluded.n""",
        hamlet=hamlet,
        into=into,
    )
    tx.run("DELETE FROM sums WHERE scope = 'hamlet' AND id = :hamlet", hamlet=hamlet)
    tx.run(
        """INSERT INTO spots (person, hamlet, day, n) SELECT person, :into, day, n FROM spots WHERE hamlet = :hamlet
           ON CONFLICT (person, hamlet, day) DO UPDATE SET n = spots.n + excluded.n""",
        hamlet=hamlet,
        into=into,
    )
    tx.run("DELETE FROM spots WHERE hamlet = :hamlet", hamlet=hamlet)


def part(tx: Transaction, hamlet: int) -> None:
    """A hamlet that was merged is one of its own again: what was counted under its name goes back to it."""
    row = tx.one("SELECT merged_into FROM hamlets WHERE id = :hamlet", hamlet=hamlet)
    if row is None or row["merged_into"] is None:
        return
    tx.run("UPDATE hamlets SET merged_into = NULL WHERE id = :hamlet", hamlet=hamlet)
    tx.run(
        """WITH own AS (
               SELECT r.day, c.outcome, sum(c.n) AS n
               FROM counts c JOIN reports r ON r.id = c.report
               WHERE c.hamlet = :hamlet AND c.number = (SELECT max(number) FROM versions WHERE report = c.report)
               GROUP BY r.day, c.outcome
           ), dated AS (
               SELECT day, outcome, n FROM own UNION ALL SELECT 0, outcome, sum(n) FROM own GROUP BY outcome
           )
           INSERT INTO sums (scope, id, day, outcome, n)
           SELECT 'hamlet', :hamlet, day, outcome, n FROM dated
           UNION ALL SELECT 'hamlet', :into, day, outcome, -n FROM dated WHERE true
           ON CONFLICT (scope, id, day, outcome) DO UPDATE SET n = sums.n + excluded.n""",
        hamlet=hamlet,
        into=row["merged_into"],
    )
    tx.run(
        """WITH own AS (
               SELECT r.person, r.day, sum(c.n) AS n FROM counts c JOIN reports r ON r.id = c.report
               WHERE c.hamlet = :hamlet AND c.outcome = 'activated'
                 AND c.number = (SELECT max(number) FROM versions WHERE report = c.report)
               GROUP BY r.person, r.day
           )
           INSERT INTO spots (person, hamlet, day, n)
           SELECT person, :hamlet, day, n FROM own UNION ALL SELECT person, :into, day, -n FROM own WHERE true
           ON CONFLICT (person, hamlet, day) DO UPDATE SET n = spots.n + excluded.n""",
        hamlet=hamlet,
        into=row["merged_into"],
    )


def hamlet_name(tx: Transaction, hamlet: int) -> str:
    """What a hamlet is called; '' for none."""
    row = tx.one(
        "SELECT t.name FROM hamlets h JOIN hamlets t ON t.id = coalesce(h.merged_into, h.id) WHERE h.id = :hamlet",
        hamlet=hamlet,
    )
    assert row is not None
    name: str = row["name"]
    return name


def find(tx: Transaction, commune: int, folded: str) -> int | None:
    """The commune's hamlet of this folded name."""
    row = tx.one(
        "SELECT coalesce(merged_into, id) AS id FROM hamlets WHERE commune = :commune AND folded = :folded",
        commune=commune,
        folded=folded,
    )
    return row["id"] if row else None


def add(tx: Transaction, commune: int, name: str, folded: str) -> int:
    """A hamlet that is not on the list, under the spelling given; the known one where the name is known."""
    row = tx.one(
        """INSERT INTO hamlets (commune, name, folded, listed) VALUES (:commune, :name, :folded, 0)
           ON CONFLICT (commune, folded) DO UPDATE SET folded = excluded.folded RETURNING id""",
        commune=commune,
        name=name,
        folded=folded,
    )
    assert row is not None
    id: int = row["id"]
    return id
