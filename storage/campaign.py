"""The undertaking: campaign, phases, communes, hamlets, teams."""

from dataclasses import dataclass
from datetime import date, timedelta

from storage.database import Row, Transaction
from storage.times import day_number, day_of

NO_HAMLET = 0


@dataclass(frozen=True, slots=True)
class Campaign:
    """The whole undertaking. `quota`: phones a student a day."""

    name: str
    timezone: str
    quota: int


@dataclass(frozen=True, slots=True)
class Phase:
    """A dated part of the campaign; both days belong to it."""

    id: int
    name: str
    first: date
    days: int

    @property
    def last(self) -> date:
        """Its last work day."""
        return self.first + timedelta(days=self.days - 1)


@dataclass(frozen=True, slots=True)
class Commune:
    """Where it happens. `target` and `baseline` are phones."""

    id: int
    code: str
    name: str
    folded: str
    target: int
    baseline: int


@dataclass(frozen=True, slots=True)
class Hamlet:
    """A part of a commune. Not `listed`: under the spelling that a student gave."""

    id: int
    commune: int
    name: str
    listed: bool


@dataclass(frozen=True, slots=True)
class Team:
    """The students of one commune in one phase."""

    id: int
    commune: int
    phase: int


def current(tx: Transaction) -> Campaign | None:
    """The campaign of this database; None before one was loaded."""
    row = tx.one("SELECT name, timezone, quota FROM campaign")
    return Campaign(row["name"], row["timezone"], row["quota"]) if row else None


def phases(tx: Transaction) -> list[Phase]:
    """All phases, the first first."""
    rows = tx.all("SELECT id, name, first_day, days FROM phases ORDER BY first_day, id")
    return [Phase(row["id"], row["name"], day_of(row["first_day"]), row["days"]) for row in rows]


def phase_on(tx: Transaction, day: date) -> Phase | None:
    """The phase of this day; between phases the one before, before the first the first; None where there are none."""
    known = phases(tx)
    begun = [phase for phase in known if phase.first <= day]
    return begun[-1] if begun else (known[0] if known else None)


_COMMUNE = "id, code, name, folded, target, baseline"


def _commune(row: Row) -> Commune:
    return Commune(row["id"], row["code"], row["name"], row["folded"], row["target"], row["baseline"])


def communes(tx: Transaction) -> list[Commune]:
    """All communes, by code."""
    return [_commune(row) for row in tx.all(f"SELECT {_COMMUNE} FROM communes ORDER BY code")]


def commune(tx: Transaction, id: int) -> Commune:
    """The commune of this row."""
    row = tx.one(f"SELECT {_COMMUNE} FROM communes WHERE id = :id", id=id)
    assert row is not None
    return _commune(row)


def hamlets(tx: Transaction, commune: int) -> list[Hamlet]:
    """The commune's hamlets, listed or not, in the order in which they became known; not those that are another."""
    rows = tx.all(
        f"SELECT {_HAMLET} FROM hamlets WHERE commune = :commune AND merged_into IS NULL ORDER BY id", commune=commune
    )
    return [_hamlet(row) for row in rows]


_HAMLET = "id, commune, name, listed"


def _hamlet(row: Row) -> Hamlet:
    return Hamlet(row["id"], row["commune"], row["name"], bool(row["listed"]))


def hamlet(tx: Transaction, id: int) -> Hamlet:
    """The hamlet of this row."""
    row = tx.one(f"SELECT {_HAMLET} FROM hamlets WHERE id = :id", id=id)
    assert row is not None
    return _hamlet(row)


def merge_hamlet(tx: Transaction, hamlet: int, into: int) -> None:
    """The one is the other from now on: what was counted there, and its name in messages to come."""
    tx.run(
        "UPDATE hamlets SET merged_into = :into WHERE id = :hamlet OR merged_into = :hamlet", hamlet=hamlet, into=into
    )
    tx.run(
        """INSERT INTO sums (scope, id, day, outcome, n)
           SELECT 'hamlet', :into, day, outcome, n FROM sums WHERE scope = 'hamlet' AND id = :hamlet
           ON CONFLICT (scope, id, day, outcome) DO UPDATE SET n = n + excluded.n""",
        hamlet=hamlet,
        into=into,
    )
    tx.run("DELETE FROM sums WHERE scope = 'hamlet' AND id = :hamlet", hamlet=hamlet)


def part_hamlet(tx: Transaction, hamlet: int) -> None:
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
           ON CONFLICT (scope, id, day, outcome) DO UPDATE SET n = n + excluded.n""",
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


def find_hamlet(tx: Transaction, commune: int, folded: str) -> int | None:
    """The commune's hamlet of this folded name."""
    row = tx.one(
        "SELECT coalesce(merged_into, id) AS id FROM hamlets WHERE commune = :commune AND folded = :folded",
        commune=commune,
        folded=folded,
    )
    return row["id"] if row else None


def add_hamlet(tx: Transaction, commune: int, name: str, folded: str) -> int:
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


_TEAM = "t.id, t.commune, t.phase"


def _team(row: Row) -> Team:
    return Team(row["id"], row["commune"], row["phase"])


def team_of(tx: Transaction, person: int, day: date) -> Team | None:
    """The team in which a person works on this day: of the phase begun last, else of the first to come."""
    number = day_number(day)
    rows = tx.all(
        f"""SELECT {_TEAM}, f.first_day FROM members m JOIN teams t ON t.id = m.team JOIN phases f ON f.id = t.phase
            WHERE m.person = :person""",
        person=person,
    )
    best = min(
        rows,
        key=lambda row: (row["first_day"] > number, abs(row["first_day"] - number), row["id"]),
        default=None,
    )
    return _team(best) if best else None


def last_day_of(tx: Transaction, person: int) -> date | None:
    """The last work day of a person's phases; of all phases for those who are in no team. None where there are none."""
    row = tx.one(
        """SELECT max(f.first_day + f.days - 1) AS last FROM members m JOIN teams t ON t.id = m.team
           JOIN phases f ON f.id = t.phase WHERE m.person = :person""",
        person=person,
    )
    if row is None or row["last"] is None:
        row = tx.one("SELECT max(first_day + days - 1) AS last FROM phases")
    return day_of(row["last"]) if row and row["last"] is not None else None


def team(tx: Transaction, id: int) -> Team:
    """The team of this row."""
    row = tx.one(f"SELECT {_TEAM} FROM teams t WHERE t.id = :id", id=id)
    assert row is not None
    return _team(row)


def teams_of_phase(tx: Transaction, phase: int) -> list[Team]:
    """The phase's teams, by commune code."""
    rows = tx.all(
        f"SELECT {_TEAM} FROM teams t JOIN communes c ON c.id = t.commune WHERE t.phase = :phase ORDER BY c.code",
        phase=phase,
    )
    return [_team(row) for row in rows]


def teams_of_commune(tx: Transaction, commune: int) -> list[Team]:
    """The commune's teams, by phase."""
    rows = tx.all(
        f"""SELECT {_TEAM} FROM teams t JOIN phases f ON f.id = t.phase WHERE t.commune = :commune
            ORDER BY f.first_day""",
        commune=commune,
    )
    return [_team(row) for row in rows]


def students_in(tx: Transaction, phase: int) -> dict[int, int]:
    """How many students each team of the phase has, by team."""
    rows = tx.all(
        """SELECT m.team, count(*) AS n FROM members m JOIN people p ON p.id = m.person
           JOIN teams t ON t.id = m.team
           WHERE t.phase = :phase AND p.left_at IS NULL AND p.role IN ('student', 'lead') GROUP BY m.team""",
        phase=phase,
    )
    return {row["team"]: row["n"] for row in rows}


def phase(tx: Transaction, id: int) -> Phase:
    """The phase of this row."""
    row = tx.one("SELECT id, name, first_day, days FROM phases WHERE id = :id", id=id)
    assert row is not None
    return Phase(row["id"], row["name"], day_of(row["first_day"]), row["days"])


def off_duty(tx: Transaction, phase: int, day: date) -> dict[int, set[int]]:
    """Who of each team of the phase took this day off."""
    rows = tx.all(
        """SELECT m.team, m.person FROM teams t JOIN members m ON m.team = t.id
           JOIN people p ON p.id = m.person JOIN days_off d ON d.person = m.person AND d.day = :day
           WHERE t.phase = :phase AND p.left_at IS NULL AND p.role IN ('student', 'lead')""",
        phase=phase,
        day=day_number(day),
    )
    found: dict[int, set[int]] = {}
    for row in rows:
        found.setdefault(row["team"], set()).add(row["person"])
    return found


def locked_in(tx: Transaction, team: int) -> set[int]:
    """Who of the team was locked out: the bot writes to them no more."""
    rows = tx.all(
        """SELECT m.person FROM members m JOIN people p ON p.id = m.person
           WHERE m.team = :team AND p.locked_at IS NOT NULL""",
        team=team,
    )
    return {row["person"] for row in rows}


def teams(tx: Transaction, *, commune: int | None = None) -> list[Team]:
    """The teams of all phases, or one commune's."""
    rows = tx.all(f"SELECT {_TEAM} FROM teams t WHERE :commune IS NULL OR t.commune = :commune", commune=commune)
    return [_team(row) for row in rows]
