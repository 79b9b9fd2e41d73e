"""The pictures of a page of the dashboard: the same charts as in the chats, of what the page shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from handlers.calendar import Calendar
from handlers.figures.charts import CHARTS, kind_of
from handlers.figures.gathered import facts, series
from handlers.figures.gathered.series import Series
from handlers.figures.pages.shown import View
from storage.campaign import phases
from storage.campaign.teams import Team
from storage.engine.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart on a page. `id`: which; `title`: what it finds; `words`: its numbers as text."""

    id: str
    facts: Series

    @property
    def title(self) -> str:
        """What it finds."""
        return CHARTS[self.id].title(self.facts)

    @property
    def words(self) -> str:
        """Its numbers."""
        return CHARTS[self.id].words(self.facts)

    def spec(self) -> dict[str, Any]:
        """Its Vega-Lite specification, as wide as there is room, on the page's own ground."""
        spec = CHARTS[self.id].spec(self.facts) | {"width": "container", "background": "transparent"}
        del spec["title"]  # the page says it
        return spec


def pictures(tx: Transaction, calendar: Calendar, view: View) -> list[Picture]:
    """Of the campaign, of several communes or of one; a hamlet and a student have none."""
    if view.board is None:
        return []
    return [Picture(kind_of(one), one) for one in _facts(tx, calendar, view)]


def _facts(tx: Transaction, calendar: Calendar, view: View) -> Iterator[Series]:
    """At the newest day that is looked at. Communes are compared where there are several, an evening is one team's."""
    places = (view.commune,) if view.commune is not None else view.places
    day = _newest(view)
    finished = day < view.today
    yield series.course(tx, places, day, name=view.title, finished=finished)
    if view.commune is None:
        yield series.reached(tx, places, day, name=view.title, finished=finished)
        yield series.heat(tx, places, day, name=view.title, finished=finished)
    elif view.team is not None:
        name = facts.short(view.commune)
        evening = _evening(tx, view, view.team)
        yield series.evening(tx, calendar, view.team, evening, name=name, finished=evening < view.today)


def _evening(tx: Transaction, view: View, team: Team) -> date:
    """The day that is looked at; of several the team's newest on which anything was done: a morning has no evening."""
    if view.period.one_day:
        return view.last_day
    begun = next((phase.first for phase in phases.every(tx) if phase.id == team.phase), view.last_day)
    done = (day for day, phones in view.days if phones and begun <= day <= view.last_day)
    return next(done, view.last_day)


def _newest(view: View) -> date:
    """The newest day that is looked at, but none after a phase that is: what came later was the next one's."""
    return min(view.last_day, view.period.phase.last) if view.period.phase is not None else view.last_day
