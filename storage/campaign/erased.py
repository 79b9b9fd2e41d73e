"""People who are erased: nothing of them but sums, under no name; they stay so when the roster names them again."""

import hashlib
import secrets
from dataclasses import replace
from datetime import datetime

from storage.campaign.plan import Change, Kind, Plan
from storage.engine.times import stamp
from storage.engine.transaction import Transaction
from storage.running import meta

_KEY = "erasure_key"  # in meta, of the database's first day: backups know the same people again


def digest(tx: Transaction, ref: str) -> bytes:
    """What stands for an id of the roster, and tells it to nobody who has not both the id and this database."""
    key = meta.get(tx, _KEY)
    assert key is not None, "a migration makes it"
    return hashlib.blake2b(ref.upper().encode(), key=bytes.fromhex(key), digest_size=16).digest()


def digests(tx: Transaction) -> frozenset[bytes]:
    """Of everybody who is erased."""
    return frozenset(row["digest"] for row in tx.all("SELECT digest FROM erased"))


def left_out(tx: Transaction, plan: Plan) -> tuple[Plan, list[Change]]:
    """Who is erased stays so, though the roster has them still: that row is left out, and told."""
    known = digests(tx)
    if not known:
        return plan, []
    gone = {person.ref for person in plan.people if digest(tx, person.ref) in known}
    kept = tuple(person for person in plan.people if person.ref not in gone)
    why = "is erased and stays so: remove the row, or give another id"
    return replace(plan, people=kept), [Change("people", Kind.KEPT, ref, why) for ref in sorted(gone)]


def is_erased(tx: Transaction, person: int) -> bool:
    """Whether this person is."""
    return tx.one("SELECT 1 FROM erased WHERE person = :person", person=person) is not None


def erase(tx: Transaction, person: int, ref: str, *, name: str, at: datetime) -> None:
    """The person's row keeps its number alone: `name` stands there from now on, and nobody comes in by it."""
    tx.run(
        "INSERT INTO erased (person, at, digest) VALUES (:person, :at, :digest)",
        person=person,
        at=stamp(at),
        digest=digest(tx, ref),
    )
    tx.run(
        """UPDATE people SET name = :name, ref = :ref, code = :code, address = NULL,
               locked_at = coalesce(locked_at, :at), left_at = coalesce(left_at, :at) WHERE id = :person""",
        name=name,
        ref=f"{name.replace(' ', '-')}-{person}",
        code=secrets.token_hex(16),
        at=stamp(at),
        person=person,
    )
    for table in ("days_off", "scopes"):
        tx.run(f"DELETE FROM {table} WHERE person = :person", person=person)
