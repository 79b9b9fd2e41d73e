"""What leads and officers see of the check: who took it, how it went, and what is missed most."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from handlers import texts
from handlers.figures.gathered import facts
from handlers.language import fold
from handlers.messages import Button, Reply, Rows
from handlers.places.finding import find_commune
from handlers.turn import Turn, command_button
from storage.campaign import checks, communes, people, phases, teams
from storage.campaign.checks import Result
from storage.campaign.communes import Commune
from storage.campaign.people import Person, Role
from storage.campaign.phases import Phase
from storage.campaign.teams import Team

MOST_MISSED = 2  # questions that are named
MOST_BUTTONS = 8  # communes to choose from
_TEAM = "tổ"


@dataclass(frozen=True, slots=True)
class OfTeam:
    """Those of a team, and how it went for those of them who took the check."""

    commune: Commune
    students: Sequence[Person]
    results: Mapping[int, Result]

    @property
    def taken(self) -> list[tuple[Person, Result]]:
        """Who took it."""
        return [(one, self.results[one.id]) for one in self.students if one.id in self.results]

    @property
    def right(self) -> int:
        """Right answers of all."""
        return sum(result.right for _, result in self.taken)

    @property
    def asked(self) -> int:
        """Questions that were asked in all."""
        return sum(result.asked for _, result in self.taken)


def is_for_lead(turn: Turn, wanted: str) -> bool:
    """Whether a lead asks for the team's results."""
    return turn.me.role is Role.LEAD and fold(wanted) in (fold(_TEAM), "ket qua", "ca to")


def button(turn: Turn) -> Button | None:
    """The way to the results, for whoever may see some."""
    if turn.me.role is Role.STUDENT:
        return None
    if turn.me.role is Role.LEAD:
        return command_button("Kết quả của tổ", f"/kiemtra {_TEAM}")
    return command_button("Kết quả các tổ", "/kiemtra")


def of_own_team(turn: Turn) -> Reply:
    """The lead's team, by student."""
    own = teams.team_of(turn.tx, turn.me.id, turn.work_day)
    assert own is not None, "the roster gives each lead a team"
    return _of_team(turn, _facts(turn, own))


def of_communes(turn: Turn, wanted: str) -> Reply:
    """The communes that an officer sees, or the one named; `Đợt 2` those of another phase."""
    known = phases.every(turn.tx)
    named = next((phase for phase in known if fold(phase.name) == fold(wanted)), None)
    phase = named or _at_hand(turn, known)
    visible = {place.id: place for place in facts.visible(turn.tx, turn.me, turn.work_day)}
    found = find_commune(wanted, visible.values()) if wanted and named is None else None
    if found is not None and found.found is None:
        near = found.candidates or list(visible.values())
        return turn.say("check.which", buttons=_communes(near[:MOST_BUTTONS]))
    own = [team for team in teams.of_phase(turn.tx, phase.id) if team.commune in visible] if phase else []
    chosen = [team for team in own if found is None or found.found is None or team.commune == found.found.id]
    rows = [_facts(turn, team) for team in chosen]
    if phase is None or not rows:
        return turn.say("check.no_team")
    if len(rows) == 1:
        return _of_team(turn, rows[0])
    return _overview(turn, phase, rows, [one for one in known if one != phase])


def _at_hand(turn: Turn, known: Sequence[Phase]) -> Phase | None:
    """The phase that people work in or prepare for: the first that is not over, else the last."""
    return next((phase for phase in known if phase.last >= turn.work_day), known[-1] if known else None)


def _facts(turn: Turn, team: Team) -> OfTeam:
    students = texts.in_order(people.of_team(turn.tx, team.id))
    return OfTeam(communes.by_id(turn.tx, team.commune), students, checks.results(turn.tx, team.id))


def _of_team(turn: Turn, row: OfTeam) -> Reply:
    local = turn.house.calendar.local
    return turn.say(
        "check.team",
        commune=facts.short(row.commune),
        students=len(row.students),
        taken=[(one.name, result.right, result.asked, local(result.at)) for one, result in row.taken],
        absent=[one.name for one in row.students if one.id not in row.results],
        missed=_missed([row]),
        buttons=_take(turn),
    )


def _overview(turn: Turn, phase: Phase, rows: Sequence[OfTeam], others: Iterable[Phase]) -> Reply:
    few = [row.commune for row in rows] if len(rows) <= MOST_BUTTONS else []
    later = [phase for phase in others if phase.last >= turn.work_day]
    return turn.say(
        "check.overview",
        phase=phase.name,
        students=sum(len(row.students) for row in rows),
        taken=sum(len(row.taken) for row in rows),
        right=sum(row.right for row in rows),
        asked=sum(row.asked for row in rows),
        rows=[(facts.short(row.commune), len(row.students), len(row.taken), row.right, row.asked) for row in rows],
        missed=_missed(rows),
        buttons=(
            *_communes(few),
            *((command_button(one.name, f"/kiemtra {one.name}"),) for one in later),
            *_take(turn),
        ),
    )


def _missed(rows: Iterable[OfTeam]) -> list[tuple[str, int]]:
    """The questions that most people missed, and how many."""
    many = Counter(ask for row in rows for _, result in row.taken for ask in result.missed)
    return many.most_common(MOST_MISSED)


def _communes(places: Iterable[Commune]) -> Rows:
    return tuple((command_button(place.name, f"/kiemtra {place.code}"),) for place in places)


def _take(turn: Turn) -> Rows:
    """Officers and admins may look at the questions themselves."""
    return () if turn.me.role is Role.LEAD else ((command_button("Làm thử", "/kiemtra làm"),),)
