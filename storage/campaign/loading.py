"""Loading a campaign: what its folder says becomes what the database knows, and what changed is told.

Nothing that anything else refers to is ever deleted: the foreign keys decide.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from storage.campaign import accounts, added, coding, erased, phases, teaching
from storage.campaign import codes as all_codes
from storage.campaign.hamlets import part
from storage.campaign.people import Role
from storage.campaign.phases import Campaign
from storage.campaign.plan import (
    CampaignError,
    Change,
    Kind,
    Plan,
    PlannedCommune,
    PlannedHamlet,
    PlannedPerson,
    PlannedPhase,
    Teaching,
    Watch,
    unwatched,
)
from storage.engine.errors import ConstraintViolated
from storage.engine.times import day_number, day_of, stamp
from storage.engine.transaction import Row, Transaction
from storage.running import meta

DIGEST = "campaign_digest"  # in meta: the folder as it was last loaded


class _Undo(Exception):
    """Ends a dry run."""


def load(
    tx: Transaction,
    plan: Plan,
    *,
    today: date,
    at: datetime,
    digest: str,
    dry_run: bool = False,
    watch: Watch = unwatched,
) -> list[Change]:
    """Brings the database to what the plan says; what changed. A dry run does all of it, and undoes it.

    `today` is the work day on which a phase that starts "today" starts; `at` the moment at which people left.

    Raises:
        CampaignError: the plan contradicts what is already stored.
    """
    roster, (plan, changes) = plan, erased.left_out(tx, added.staying(tx, plan))
    try:
        with tx.savepoint():
            added.hand_over(tx, roster)
            changes += _campaign(tx, plan.campaign)
            changes += _phases(tx, plan, today)
            changes += _communes(tx, plan)
            changes += _hamlets(tx, plan)
            changes += _people(tx, plan, at, watch)
            changes += _scopes(tx, plan)
            changes += _teams(tx, plan, watch)
            changes += _teaching(tx, plan.teaching)
            meta.put(tx, DIGEST, digest)
            if dry_run:
                raise _Undo
    except _Undo:
        pass
    return changes


def overlaps(dated: Iterable[tuple[str, date, int]]) -> list[str]:
    """A line for each two phases (name, first day, days) that share a day."""
    ordered = sorted(dated, key=lambda phase: phase[1])
    lines = []
    for (name, first, days), (later, start, _) in pairwise(ordered):
        free = first + timedelta(days=days)
        if start < free:
            lines.append(
                f"campaign.toml: phases '{name}' and '{later}' overlap: let '{later}' start on {free} or later, "
                f"or shorten '{name}'"
            )
    return lines


def _campaign(tx: Transaction, campaign: Campaign) -> Iterator[Change]:
    row = tx.one("SELECT id, name, timezone, quota FROM campaign")
    values = {"name": campaign.name, "timezone": campaign.timezone, "quota": campaign.quota}
    yield from _put(tx, "campaign", row, campaign.name, values)


def _phases(tx: Transaction, plan: Plan, today: date) -> Iterator[Change]:
    known = {row["name"]: row for row in tx.all("SELECT id, name, first_day, days FROM phases ORDER BY first_day")}
    kept = []
    for name in [name for name in known if name not in {phase.name for phase in plan.phases}]:
        change = _remove(tx, "phases", known[name]["id"], name, _PHASE_GOES)
        kept += [name] if change.kind is Kind.KEPT else []
        yield change
    for phase in plan.phases:
        row = known.get(phase.name)
        first = phase.first or (day_of(row["first_day"]) if row else today)
        values = {"name": phase.name, "first_day": day_number(first), "days": phase.days}
        yield from _put(tx, "phases", row, phase.name, values)
    if lines := overlaps((phase.name, phase.first, phase.days) for phase in phases.every(tx)):
        raise CampaignError(
            lines
            + [f"campaign.toml: phase '{name}' is loaded, and reports refer to it: keep it there" for name in kept]
        )


_TEAMS_GO = (
    "DELETE FROM members WHERE team IN (SELECT id FROM teams WHERE {0} = :id)",
    "DELETE FROM teams WHERE {0} = :id",
)
_PHASE_GOES = (*(sql.format("phase") for sql in _TEAMS_GO), "DELETE FROM phases WHERE id = :id")
_COMMUNE_GOES = (
    *(sql.format("commune") for sql in _TEAMS_GO),
    "DELETE FROM scopes WHERE commune = :id",
    "DELETE FROM hamlets WHERE commune = :id",
    "DELETE FROM communes WHERE id = :id",
)


def _communes(tx: Transaction, plan: Plan) -> Iterator[Change]:
    rows = tx.all("SELECT id, code, name, folded, target, listed_target, baseline FROM communes")
    known = {row["code"]: row for row in rows}
    planned = {commune.code: commune for commune in plan.communes}
    kept = {}
    for code in sorted(known.keys() - planned.keys()):
        change = _remove(tx, "communes", known[code]["id"], f"{code} {known[code]['name']}", _COMMUNE_GOES)
        if change.kind is Kind.KEPT:
            kept[known[code]["folded"]] = code
        yield change
    _refuse_new_codes(plan.communes, kept)
    for code in planned.keys() & known.keys():
        if known[code]["folded"] != planned[code].folded:  # names may change places
            tx.run("UPDATE communes SET folded = '~' || id WHERE id = :id", id=known[code]["id"])
    for commune in plan.communes:
        row = known.get(commune.code)
        values = {column: getattr(commune, column) for column in ("code", "name", "folded", "target", "baseline")}
        if row is not None and row["listed_target"] == commune.target:
            del values["target"]  # the folder says what it said before: what was changed in a chat since stays
        yield from _put(tx, "communes", row, f"{commune.code} {commune.name}", values)
        tx.run(
            "UPDATE communes SET listed_target = :target WHERE code = :code", target=commune.target, code=commune.code
        )


def _refuse_new_codes(planned: Iterable[PlannedCommune], kept: Mapping[str, str]) -> None:
    """A commune that something refers to is known by its code: under another it would be there twice."""
    lines = [
        f"{commune.where}: '{commune.name}' is loaded already with code '{kept[commune.folded]}', and something "
        f"refers to it: use that code"
        for commune in planned
        if commune.folded in kept
    ]
    if lines:
        raise CampaignError(lines)


def _hamlets(tx: Transaction, plan: Plan) -> Iterator[Change]:
    names = {row["id"]: row["name"] for row in tx.all("SELECT id, name FROM communes")}
    ids = _ids(tx, "communes", "code")
    rows = tx.all(
        """SELECT id, commune, name, folded, homes, listed, merged_into FROM hamlets
           WHERE commune IS NOT NULL ORDER BY id"""
    )
    known = {(row["commune"], row["folded"]): row for row in rows}
    planned = {(ids[hamlet.commune], hamlet.folded): hamlet for hamlet in plan.hamlets}
    for key, row in known.items():
        if row["listed"] and key not in planned:
            label = f"{row['name']} ({names[row['commune']]})"
            change = _remove(tx, "hamlets", row["id"], label, ("DELETE FROM hamlets WHERE id = :id",))
            if change.kind is Kind.KEPT:
                tx.run("UPDATE hamlets SET listed = 0 WHERE id = :id", id=row["id"])
            yield change
    for key, hamlet in planned.items():
        if key in known and known[key]["merged_into"] is not None:
            part(tx, known[key]["id"])  # the list says that it is no other
        values = {"commune": key[0], "name": hamlet.name, "folded": key[1], "homes": hamlet.homes, "listed": 1}
        yield from _put(tx, "hamlets", known.get(key), f"{hamlet.name} ({names[key[0]]})", values)


def _people(tx: Transaction, plan: Plan, at: datetime, watch: Watch) -> Iterator[Change]:
    rows = tx.all("SELECT id, ref, name, role, address, code, left_at FROM people ORDER BY id")
    known = {row["ref"]: row for row in rows}
    _refuse_lost_zeros(plan.people, known)
    ended = all_codes.ended(tx)
    codes = coding.codes_of(plan.people, known, ended)
    for ref, row in known.items():
        if codes[ref] != row["code"]:  # codes may change places
            tx.run("UPDATE people SET code = '~' || id WHERE id = :id", id=row["id"])
            accounts.came_by_earlier_code(tx, row["id"])
    planned = {person.ref for person in plan.people}
    for ref, row in [(ref, row) for ref, row in known.items() if ref not in planned]:
        if codes[ref] != row["code"]:
            tx.run("UPDATE people SET code = :code WHERE id = :id", code=codes[ref], id=row["id"])
        if row["left_at"] is None:
            tx.run("UPDATE people SET left_at = :at WHERE id = :id", at=stamp(at), id=row["id"])
            yield Change("people", Kind.LEFT, f"{ref} {row['name']}")
    step = watch("storing people", len(plan.people))
    for person in plan.people:
        step()
        before = known.get(person.ref)
        if before is not None and before["left_at"] is not None:
            tx.run("UPDATE people SET left_at = NULL WHERE id = :id", id=before["id"])
            yield Change("people", Kind.BACK, person.label)
        values = {"ref": person.ref, "name": person.name, "role": person.role.value, "address": person.address}
        yield from _put(tx, "people", before, person.label, values | {"code": codes[person.ref]})
        if person.code and person.code.upper() in ended:
            yield Change("people", Kind.KEPT, person.label, "its code in the roster was ended: write another, or none")


def _refuse_lost_zeros(people: Iterable[PlannedPerson], known: Mapping[str, Row]) -> None:
    """A spreadsheet makes 1 of 001: taken as it is, that person would leave and another one come. Told once."""
    people = list(people)
    planned = {person.ref for person in people}
    padded = {
        ref.lstrip("0"): ref
        for ref, row in known.items()
        if row["left_at"] is None and ref.startswith("0") and ref.isdecimal() and ref not in planned
    }
    lost = [person for person in people if person.ref in padded and person.ref not in known]
    if lost:
        first, more = lost[0], f"; so for {len(lost) - 1} more" if len(lost) > 1 else ""
        line = f"column id: '{first.ref}' is loaded as '{padded[first.ref]}': write its zeros, as text{more}"
        raise CampaignError([f"{first.where}: {line}"])


def _teaching(tx: Transaction, planned: Teaching) -> list[Change]:
    changes = [*teaching.pages(tx, planned.pages), *teaching.questions(tx, planned.questions)]
    return [change for change in changes if not (planned.shipped and change.kind is Kind.ADDED)]


def _scopes(tx: Transaction, plan: Plan) -> Iterator[Change]:
    people, communes = _ids(tx, "people", "ref"), _ids(tx, "communes", "code")
    planned = {
        (people[person.ref], communes[code]): f"{person.label} in {code}"
        for person in plan.people
        if person.role in (Role.OFFICER, Role.ADMIN)
        for code in person.communes
    }
    known = {
        (row["person"], row["commune"]): f"{row['ref']} {row['name']} in {row['code']}"
        for row in tx.all(
            """SELECT s.person, s.commune, p.ref, p.name, c.code FROM scopes s
               JOIN people p ON p.id = s.person JOIN communes c ON c.id = s.commune WHERE p.left_at IS NULL"""
        )
    }
    yield from _pair_up(tx, "scopes", ("person", "commune"), known, planned)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where somebody works in a phase; `who` is how changes name them."""

    who: str
    commune: str  # the code
    phase: str

    def __str__(self) -> str:
        return f"{self.who} in {self.commune}, {self.phase}"


_Members = Mapping[tuple[int, int], _Place]  # by team and person


def _teams(tx: Transaction, plan: Plan, watch: Watch) -> Iterator[Change]:
    """Teams are where students are; one that lost its last is removed, unless something refers to it."""
    people, communes, phase_ids = _ids(tx, "people", "ref"), _ids(tx, "communes", "code"), _ids(tx, "phases", "name")
    teams = {(row["commune"], row["phase"]): row["id"] for row in tx.all("SELECT id, commune, phase FROM teams")}
    planned = {}
    step = watch("forming teams", len(plan.people))
    for person in plan.people:
        step()
        for commune, phase in person.teams:
            place = (communes[commune], phase_ids[phase])
            if place not in teams:
                teams[place] = _new_team(tx, *place)
                yield Change("teams", Kind.ADDED, f"{commune}, {phase}")
            planned[teams[place], people[person.ref]] = _Place(person.label, commune, phase)
    yield from _place(tx, _members(tx), planned, {commune.code: commune.name for commune in plan.communes})
    for row in tx.all(f"{_TEAM_NAMES} WHERE NOT EXISTS (SELECT 1 FROM members m WHERE m.team = t.id)"):
        yield _remove(tx, "teams", row["id"], f"{row['code']}, {row['phase']}", ("DELETE FROM teams WHERE id = :id",))


_TEAM_NAMES = """SELECT t.id, c.code, f.name AS phase FROM teams t
                 JOIN communes c ON c.id = t.commune JOIN phases f ON f.id = t.phase"""


def _new_team(tx: Transaction, commune: int, phase: int) -> int:
    row = tx.one("INSERT INTO teams (commune, phase) VALUES (:c, :p) RETURNING id", c=commune, p=phase)
    assert row is not None
    id: int = row["id"]
    return id


def _members(tx: Transaction) -> _Members:
    """Who is in which team, of those who have not left."""
    teams = {row["id"]: row for row in tx.all(_TEAM_NAMES)}
    rows = tx.all(
        "SELECT m.team, m.person, p.ref, p.name FROM members m JOIN people p ON p.id = m.person WHERE p.left_at IS NULL"
    )
    return {
        (row["team"], row["person"]): _Place(
            f"{row['ref']} {row['name']}", teams[row["team"]]["code"], teams[row["team"]]["phase"]
        )
        for row in rows
    }


def _place(tx: Transaction, known: _Members, planned: _Members, names: Mapping[str, str]) -> Iterator[Change]:
    """Puts everybody into their teams. Reports stay with the team in which they were made, whoever moves."""
    left = {(pair[1], place.phase): place for pair, place in known.items() if pair not in planned}
    new = {(pair[1], place.phase): place for pair, place in planned.items() if pair not in known}
    changes = list(_pair_up(tx, "members", ("team", "person"), known, planned))
    moved = left.keys() & new.keys()
    told = {str(places[key]) for places in (left, new) for key in moved}
    yield from (change for change in changes if change.name not in told)
    for key in sorted(moved):
        old, commune = (names.get(code, code) for code in (left[key].commune, new[key].commune))
        detail = f"{old} → {commune} in {key[1]}, what they reported stays in {old}"
        yield Change("members", Kind.MOVED, new[key].who, detail)


def _ids(tx: Transaction, table: str, by: str) -> dict[str, int]:
    return {row["name"]: row["id"] for row in tx.all(f"SELECT id, {by} AS name FROM {table}")}


Pairs = Mapping[tuple[int, int], object]  # with what changes call them


def _pair_up(tx: Transaction, table: str, columns: tuple[str, str], known: Pairs, planned: Pairs) -> Iterator[Change]:
    """Makes a table of pairs hold the planned ones."""
    a, b = columns
    for pair in [pair for pair in known if pair not in planned]:
        tx.run(f"DELETE FROM {table} WHERE {a} = :a AND {b} = :b", a=pair[0], b=pair[1])
        yield Change(table, Kind.REMOVED, str(known[pair]))
    for pair in [pair for pair in planned if pair not in known]:
        tx.run(f"INSERT INTO {table} ({a}, {b}) VALUES (:a, :b) ON CONFLICT DO NOTHING", a=pair[0], b=pair[1])
        yield Change(table, Kind.ADDED, str(planned[pair]))


def _put(tx: Transaction, table: str, row: Row | None, name: str, values: dict[str, Any]) -> Iterator[Change]:
    """Adds a row, or changes in the known one what differs."""
    if row is None:
        tx.run(f"INSERT INTO {table} ({', '.join(values)}) VALUES (:{', :'.join(values)})", **values)
        yield Change(table, Kind.ADDED, name)
        return
    new = {column: value for column, value in values.items() if row[column] != value}
    if new:
        tx.run(f"UPDATE {table} SET {', '.join(f'{c} = :{c}' for c in new)} WHERE id = :id", id=row["id"], **new)
        yield Change(table, Kind.CHANGED, name, ", ".join(_told(column, row[column], new[column]) for column in new))


def _told(column: str, before: Any, after: Any) -> str:
    """A changed value for people who read a dry run; codes are secrets."""
    if column == "code":
        return "another code"
    if column == "listed":
        return "now listed"
    if column == "first_day":
        return f"first day {day_of(before)} → {day_of(after)}"
    before, after = ("–" if value is None else value for value in (before, after))
    return f"{column} {before} → {after}"


def _remove(tx: Transaction, table: str, id: int, name: str, statements: Iterable[str]) -> Change:
    """Deletes a row and what belongs to it alone; keeps all of it where anything else refers to it."""
    try:
        with tx.savepoint():
            for statement in statements:
                tx.run(statement, id=id)
    except ConstraintViolated:
        return Change(table, Kind.KEPT, name, "no longer in the folder, but reports or chats refer to it")
    return Change(table, Kind.REMOVED, name)


__all__ = [
    "DIGEST",
    "CampaignError",
    "Change",
    "Kind",
    "Plan",
    "PlannedCommune",
    "PlannedHamlet",
    "PlannedPerson",
    "PlannedPhase",
    "load",
    "overlaps",
]
