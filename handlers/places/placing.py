"""A reading's entries as lines to store, each placed in the hamlet that it names."""

from collections.abc import Iterable

from handlers.language.reading import Entry
from handlers.places.finding import find_hamlet, folded_hamlet
from handlers.texts import upper_first
from handlers.turn import Turn
from storage.campaign import hamlets
from storage.campaign.hamlets import NO_HAMLET
from storage.campaign.teams import Team
from storage.reports.tallies import Line


def lines_of(turn: Turn, team: Team, entries: Iterable[Entry]) -> list[Line]:
    """A reading's entries as lines to store; hamlets that are not on the list are added under the spelling given."""
    sums: dict[tuple[int, str], int] = {}
    for entry in entries:
        hamlet = hamlet_of(turn, team, entry.hamlet, entry.said)
        for outcome, n in entry.counts.items():
            key = (hamlet, outcome.value)
            sums[key] = sums.get(key, 0) + n
    return [Line(hamlet, outcome, n) for (hamlet, outcome), n in sums.items()]


def hamlet_of(turn: Turn, team: Team, name: str | None, said: str | None) -> int:
    """The row of a hamlet that a message names; 0 where it names none."""
    if not name or not (folded := folded_hamlet(name)):
        return NO_HAMLET
    known = hamlets.find(turn.tx, team.commune, folded)
    if known is not None:
        return known
    slip = find_hamlet(
        name, hamlets.of_commune(turn.tx, team.commune)
    ).found  # one letter wrong, and only one is so near
    if slip is not None:
        return slip.id
    return add_hamlet(turn, team.commune, said or name)


def add_hamlet(turn: Turn, commune: int, name: str) -> int:
    """A hamlet that is not on the list becomes known, under the spelling given."""
    id = hamlets.add(turn.tx, commune, upper_first(name), folded_hamlet(name))
    turn.new_hamlets.append(id)
    return id
