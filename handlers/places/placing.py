"""A reading's entries as lines, each in its hamlet; a hamlet that no list knows becomes known when it is stored."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from handlers.language.reading import Entry
from handlers.language.signs.folding import visible
from handlers.language.where_and_when.place_names import folded_hamlet
from handlers.places.finding import find_hamlet
from handlers.texts import upper_first
from handlers.turn import Turn
from storage.campaign import hamlets, teams
from storage.campaign.hamlets import NO_HAMLET
from storage.campaign.teams import Team
from storage.reports.reports import Report
from storage.reports.tallies import Line, Place


def lines_of(turn: Turn, team: Team, entries: Iterable[Entry]) -> list[Line]:
    """A reading's entries as lines. Writes nothing: a hamlet that no list has stands as the name it will have."""
    sums: dict[tuple[Place, str], int] = {}
    for entry in entries:
        hamlet = hamlet_of(turn, team, entry.hamlet, entry.said)
        for outcome, n in entry.counts.items():
            key = (hamlet, outcome.value)
            sums[key] = sums.get(key, 0) + n
    return [Line(hamlet, outcome, n) for (hamlet, outcome), n in sums.items()]


def hamlet_of(turn: Turn, team: Team, name: str | None, said: str | None) -> Place:
    """The row of a hamlet that a message names; 0 where it names none, its name where nobody knows it yet."""
    if not name or not (folded := folded_hamlet(name)):
        return NO_HAMLET
    known = hamlets.find(turn.tx, team.commune, folded)
    if known is not None:
        return known
    slip = find_hamlet(name, hamlets.of_commune(turn.tx, team.commune)).found  # one letter wrong, only one so near
    return slip.id if slip is not None else upper_first(said or name)


def name_of(turn: Turn, hamlet: Place) -> str:
    """What a hamlet is called, known or not; '' for none."""
    return hamlet if isinstance(hamlet, str) else hamlets.hamlet_name(turn.tx, hamlet)


def learn(turn: Turn, commune: int, lines: Sequence[Line]) -> list[Line]:
    """The lines as they can be stored: hamlets that nobody knew become known, and the leads are asked about them."""
    return [
        replace(line, hamlet=learn_hamlet(turn, commune, line.hamlet)) if isinstance(line.hamlet, str) else line
        for line in lines
    ]


def learn_hamlet(turn: Turn, commune: int, name: str) -> int:
    """A hamlet that is not on the list becomes known, under the spelling given."""
    known = hamlets.find(turn.tx, commune, folded_hamlet(name))
    if known is not None:
        return known
    id = hamlets.add(turn.tx, commune, upper_first(visible(name)), folded_hamlet(name))
    turn.new_hamlets.append(id)
    return id


def team_of_report(turn: Turn, report: Report) -> Team:
    """The team for which a report counts: its person may have gone to another one since."""
    return teams.by_id(turn.tx, report.team)


def commune_of(turn: Turn, report: Report) -> int:
    """The commune in which a report counts."""
    return team_of_report(turn, report).commune
