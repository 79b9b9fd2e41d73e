"""Communes: where it happens, each with its target."""

from dataclasses import dataclass

from storage.engine.transaction import Row, Transaction


@dataclass(frozen=True, slots=True)
class Commune:
    """Where it happens. `target` and `baseline` are phones."""

    id: int
    code: str
    name: str
    folded: str
    target: int
    baseline: int


_COMMUNE = "id, code, name, folded, target, baseline"


def _commune(row: Row) -> Commune:
    return Commune(row["id"], row["code"], row["name"], row["folded"], row["target"], row["baseline"])


def every(tx: Transaction) -> list[Commune]:
    """All communes, by code."""
    return [_commune(row) for row in tx.all(f"SELECT {_COMMUNE} FROM communes ORDER BY code")]


def by_id(tx: Transaction, id: int) -> Commune:
    """The commune of this row."""
    row = tx.one(f"SELECT {_COMMUNE} FROM communes WHERE id = :id", id=id)
    assert row is not None
    return _commune(row)


def set_target(tx: Transaction, id: int, target: int) -> None:
    """The commune's target from now on; loading the folder keeps it until the folder says another one than it said."""
    tx.run("UPDATE communes SET target = :target WHERE id = :id", id=id, target=target)
