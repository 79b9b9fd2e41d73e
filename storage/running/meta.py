"""Small facts about this database, by name."""

from storage.engine.transaction import Transaction


def get(tx: Transaction, name: str) -> str | None:
    """The value, or None where it was never set."""
    row = tx.one("SELECT value FROM meta WHERE name = :name", name=name)
    return row["value"] if row else None


def put(tx: Transaction, name: str, value: str) -> None:
    """Sets the value."""
    tx.run(
        "INSERT INTO meta (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name=name,
        value=value,
    )
