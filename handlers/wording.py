"""Reports in words: what lines say, by hamlet, and where person and team stand afterwards."""

from collections.abc import Iterable, Sequence
from datetime import date

from handlers.language.folding import fold
from handlers.language.reading import Entry
from handlers.places import find_hamlet, folded_hamlet
from handlers.texts import upper_first
from handlers.turn import Turn
from storage import campaign, people, totals
from storage.campaign import NO_HAMLET, Team
from storage.people import Person
from storage.reports import Report
from storage.totals import Line


def in_order(people: Iterable[Person]) -> list[Person]:
    """People as Vietnamese lists have them: by given name, which stands last, then by the whole name."""
    return sorted(people, key=lambda one: (fold(one.name).split()[-1:], fold(one.name), one.id))


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
    known = campaign.find_hamlet(turn.tx, team.commune, folded)
    if known is not None:
        return known
    slip = find_hamlet(name, campaign.hamlets(turn.tx, team.commune)).found  # one letter wrong, and only one is so near
    if slip is not None:
        return slip.id
    return add_hamlet(turn, team.commune, said or name)


def add_hamlet(turn: Turn, commune: int, name: str) -> int:
    """A hamlet that is not on the list becomes known, under the spelling given."""
    id = campaign.add_hamlet(turn.tx, commune, upper_first(name), folded_hamlet(name))
    turn.new_hamlets.append(id)
    return id


def said(turn: Turn, lines: Sequence[Line]) -> str:
    """`Xóm 4: 3 máy, 1 nhà vắng`, a line for each hamlet."""
    groups: dict[int, dict[str, int]] = {}
    for line in lines:
        groups.setdefault(line.hamlet, {})[line.outcome] = line.n
    named = [(campaign.hamlet_name(turn.tx, hamlet), counts) for hamlet, counts in groups.items()]
    return turn.text("reporting.lines", groups=named)


def flat(lines: str) -> str:
    """Lines of several hamlets in one."""
    return lines.replace("\n", " · ")


def standing(turn: Turn, person: int, team: int, day: date) -> str:
    """`Hôm nay em 17 máy, cả tổ 64`."""
    who = people.by_id(turn.tx, person) if person != turn.me.id else turn.me  # a lead may have pressed for a student
    assert who is not None
    mine, all_together = totals.activated_by(turn.tx, person, team, day)
    return turn.text_for(who, "reporting.standing", day=day, mine=mine, team=all_together)


def standing_of(turn: Turn, report: Report) -> str:
    """Where the report's person and team stand on its day."""
    return standing(turn, report.person, report.team, report.day)
