"""Teams: the students of one commune in one phase, and who of them is there."""

from dataclasses import dataclass
from datetime import date

from storage.engine.times import day_number, day_of
from storage.engine.transaction import Row, Transaction


@dataclass(frozen=True, slots=True)
class Team:
    """The students of one commune in one phase."""

    id: int
    commune: int
    phase: int


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


def by_id(tx: Transaction, id: int) -> Team:
    """The team of this row."""
    row = tx.one(f"SELECT {_TEAM} FROM teams t WHERE t.id = :id", id=id)
    assert row is not None
    return _team(row)


def of_phase(tx: Transaction, phase: int) -> list[Team]:
    """The phase's teams, by commune code."""
    rows = tx.all(
        f"SELECT {_TEAM} FROM teams t JOIN communes c ON c.id = t.commune WHERE t.phase = :phase ORDER BY c.code",
        phase=phase,
    )
    return [_team(row) for row in rows]


def of_commune(tx: Transaction, commune: int) -> list[Team]:
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


def every(tx: Transaction, *, commune: int | None = None) -> list[Team]:
    """The teams of all phases, or one commune's."""
    rows = tx.all(f"SELECT {_TEAM} FROM teams t WHERE :commune IS NULL OR t.commune = :commune", commune=commune)
    return [_team(row) for row in rows]
