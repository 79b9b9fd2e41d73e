"""Teams: the students of one commune in one phase, and who of them is there."""

from collections.abc import Sequence
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


@dataclass(frozen=True, slots=True)
class Place:
    """A person's place in a team, and the days of its phase, both included."""

    team: Team
    phase: str
    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Whether the phase is on at this day."""
        return self.first <= day <= self.last


def places_of(tx: Transaction, person: int) -> list[Place]:
    """The teams that a person is in, of the first phase first."""
    rows = tx.all(
        f"""SELECT {_TEAM}, f.name, f.first_day, f.days FROM members m JOIN teams t ON t.id = m.team
            JOIN phases f ON f.id = t.phase WHERE m.person = :person ORDER BY f.first_day, t.id""",
        person=person,
    )
    return [
        Place(_team(row), row["name"], day_of(row["first_day"]), day_of(row["first_day"] + row["days"] - 1))
        for row in rows
    ]


def place_on(places: Sequence[Place], day: date) -> Place | None:
    """The one of a person's places that counts on this day: of the phase begun last, else of the first to come."""
    begun = [place for place in places if place.first <= day]
    newest = max((place.first for place in begun), default=None)
    return next((place for place in begun if place.first == newest), places[0] if places else None)


def team_of(tx: Transaction, person: int, day: date) -> Team | None:
    """The team in which a person works on this day: of the phase begun last, else of the first to come."""
    place = place_on(places_of(tx, person), day)
    return place.team if place is not None else None


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
    team = find(tx, id)
    assert team is not None
    return team


def find(tx: Transaction, id: int) -> Team | None:
    """The team of this row; None where it is no more: a load removes those that nobody is in."""
    row = tx.one(f"SELECT {_TEAM} FROM teams t WHERE t.id = :id", id=id)
    return _team(row) if row else None


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


def students_in(tx: Transaction, phase: int, *, commune: int | None = None) -> dict[int, int]:
    """How many students each team of the phase has, or one commune's, by team."""
    rows = tx.all(
        """SELECT m.team, count(*) AS n FROM teams t CROSS JOIN members m CROSS JOIN people p
           WHERE t.phase = :phase AND (:commune IS NULL OR t.commune = :commune) AND m.team = t.id AND p.id = m.person
             AND p.left_at IS NULL AND p.role IN ('student', 'lead') GROUP BY m.team""",
        phase=phase,
        commune=commune,
    )
    return {row["team"]: row["n"] for row in rows}


def locked_in(tx: Transaction, team: int) -> set[int]:
    """Who of the team was locked out: the bot writes to them no more."""
    rows = tx.all(
        """SELECT m.person FROM members m JOIN people p ON p.id = m.person
           WHERE m.team = :team AND p.locked_at IS NOT NULL""",
        team=team,
    )
    return {row["person"] for row in rows}


def everybody_on(tx: Transaction, day: date) -> list[int]:
    """Who is in a team of a phase that is on at this day."""
    rows = tx.all(
        """SELECT DISTINCT m.person FROM phases f JOIN teams t ON t.phase = f.id JOIN members m ON m.team = t.id
           WHERE f.first_day <= :day AND f.first_day + f.days > :day ORDER BY m.person""",
        day=day_number(day),
    )
    return [row["person"] for row in rows]


def every(tx: Transaction, *, commune: int | None = None) -> list[Team]:
    """The teams of all phases, or one commune's."""
    rows = tx.all(f"SELECT {_TEAM} FROM teams t WHERE :commune IS NULL OR t.commune = :commune", commune=commune)
    return [_team(row) for row in rows]
