"""What changed: today beside yesterday at the same time, and earlier days that became others since this morning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers.calendar import Calendar
from handlers.figures.gathered import facts
from handlers.figures.gathered.facts import ONE_DAY
from storage.campaign import teams as all_teams
from storage.campaign.communes import Commune
from storage.engine.transaction import Transaction
from storage.reports import quarters


@dataclass(frozen=True, slots=True)
class Changes:
    """`until`: the quarter of an hour up to which both days are compared, as clocks show it; phones of both by then.

    `earlier`: by how many phones days before this one were changed since it began, the newest first.
    """

    until: datetime
    today: int
    yesterday: int
    earlier: Mapping[date, int]

    @property
    def any_before(self) -> bool:
        """Whether there is something to compare with."""
        return bool(self.yesterday)


def of(tx: Transaction, calendar: Calendar, communes: Sequence[Commune], day: date, at: datetime) -> Changes:
    """What changed in these communes until a moment of a work day."""
    only = facts.only(communes)
    those = {place.id for place in communes}
    of_commune = {team.id: team.commune for team in all_teams.every(tx, commune=only)}

    def here(sums: Mapping[int, int]) -> int:
        return sum(n for team, n in sums.items() if of_commune.get(team) in those)

    earlier: dict[date, int] = {}
    for team, days in quarters.changed_since(tx, calendar.starts(day), day, commune=only).items():
        for when, n in days.items() if of_commune.get(team) in those else ():
            earlier[when] = earlier.get(when, 0) + n
    then = at - timedelta(days=1)
    return Changes(
        until=calendar.local(quarters.begun(at)),
        today=here(quarters.until(tx, day, at, commune=only)),
        yesterday=here(quarters.until(tx, day - ONE_DAY, then, commune=only)),
        earlier={when: earlier[when] for when in sorted(earlier, reverse=True) if earlier[when]},
    )
