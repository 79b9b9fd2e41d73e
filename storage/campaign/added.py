"""People whom an admin brings in while the campaign runs, though no roster names them yet."""

from dataclasses import dataclass, replace
from datetime import datetime

from storage.campaign import codes, people
from storage.campaign.people import Person, Role
from storage.campaign.plan import Plan, PlannedPerson
from storage.engine.times import stamp
from storage.engine.transaction import Transaction

_PREFIX = "them"  # of their ids; a roster that names one of them takes that person over


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who is to come in. `commune`: an officer's or a student's, None for the whole campaign; `phase`: a student's."""

    name: str
    role: Role
    commune: int | None
    phase: int | None


def add(tx: Transaction, newcomer: Newcomer, *, at: datetime) -> tuple[Person, str]:
    """Stores the person with a new id and code, in the team of commune and phase or with the commune as scope."""
    code = codes.unknown(tx)
    ref = _free_ref(tx)
    row = tx.one(
        """INSERT INTO people (ref, name, role, code, added_at) VALUES (:ref, :name, :role, :code, :at)
           RETURNING id""",
        ref=ref,
        name=newcomer.name or ref,
        role=newcomer.role.value,
        code=code,
        at=stamp(at),
    )
    assert row is not None
    id: int = row["id"]
    if newcomer.commune is not None and newcomer.phase is not None:
        team = _team(tx, newcomer.commune, newcomer.phase)
        tx.run("INSERT INTO members (team, person) VALUES (:team, :person)", team=team, person=id)
    elif newcomer.commune is not None:
        tx.run("INSERT INTO scopes (person, commune) VALUES (:person, :commune)", person=id, commune=newcomer.commune)
    person = people.by_id(tx, id)
    assert person is not None
    return person, code


def _free_ref(tx: Transaction) -> str:
    """`them1`, `them2`, …: the first that nobody has, or had."""
    known = {row["ref"] for row in tx.all(f"SELECT ref FROM people WHERE ref LIKE '{_PREFIX}%'")}
    return next(ref for n in range(1, len(known) + 2) if (ref := f"{_PREFIX}{n}") not in known)


def _team(tx: Transaction, commune: int, phase: int) -> int:
    """The team there, made where it is the first of its people."""
    row = tx.one(
        """INSERT INTO teams (commune, phase) VALUES (:commune, :phase)
           ON CONFLICT (commune, phase) DO UPDATE SET phase = excluded.phase RETURNING id""",
        commune=commune,
        phase=phase,
    )
    assert row is not None
    id: int = row["id"]
    return id


def of_name(tx: Transaction, name: str, role: Role, commune: int | None) -> Person | None:
    """Somebody of just this name and role who is there already, in whatever phase."""
    rows = tx.all(
        """SELECT p.id FROM people p
           WHERE p.name = :name AND p.role = :role AND p.left_at IS NULL
             AND (:commune IS NULL OR EXISTS (
                      SELECT 1 FROM members m JOIN teams t ON t.id = m.team
                      WHERE m.person = p.id AND t.commune = :commune)
                  OR EXISTS (SELECT 1 FROM scopes s WHERE s.person = p.id AND s.commune = :commune))
           ORDER BY p.id LIMIT 1""",
        name=name,
        role=role.value,
        commune=commune,
    )
    return people.by_id(tx, rows[0]["id"]) if rows else None


def staying(tx: Transaction, plan: Plan) -> Plan:
    """The plan with those who were brought in beside the roster, where it does not name them; what it lacks is left."""
    named = {person.ref for person in plan.people}
    communes, phases = {one.code for one in plan.communes}, {one.name for one in plan.phases}
    rows = tx.all(
        """SELECT id, ref, name, role, address FROM people
           WHERE added_at IS NOT NULL AND left_at IS NULL ORDER BY id"""
    )
    kept = []
    for row in [row for row in rows if row["ref"] not in named]:
        teams = tuple(pair for pair in _places(tx, row["id"]) if pair[0] in communes and pair[1] in phases)
        known = _scope(tx, row["id"])
        scope = tuple(code for code in known if code in communes)
        if known and not scope:
            continue  # an officer without communes would see the campaign
        role = Role(row["role"])
        kept.append(PlannedPerson(row["ref"], row["name"], role, scope, teams, address=row["address"]))
    return replace(plan, people=(*plan.people, *kept))


def hand_over(tx: Transaction, plan: Plan) -> None:
    """Whom the roster names is its own from now on."""
    rows = tx.all("SELECT id, ref FROM people WHERE added_at IS NOT NULL")
    named = {person.ref for person in plan.people} if rows else set()
    for row in [row for row in rows if row["ref"] in named]:
        tx.run("UPDATE people SET added_at = NULL WHERE id = :id", id=row["id"])


def _places(tx: Transaction, person: int) -> list[tuple[str, str]]:
    rows = tx.all(
        """SELECT c.code, f.name FROM members m JOIN teams t ON t.id = m.team
           JOIN communes c ON c.id = t.commune JOIN phases f ON f.id = t.phase
           WHERE m.person = :person ORDER BY t.id""",
        person=person,
    )
    return [(row["code"], row["name"]) for row in rows]


def _scope(tx: Transaction, person: int) -> list[str]:
    rows = tx.all(
        "SELECT c.code FROM scopes s JOIN communes c ON c.id = s.commune WHERE s.person = :person ORDER BY c.code",
        person=person,
    )
    return [row["code"] for row in rows]
