"""Charts: each is a Vega-Lite specification over plain facts, a title that says the finding, and the numbers as text.

The same specification is drawn for a chat (bot/drawing) and lives on the dashboard, where `width` may be "container".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from handlers.figures.charts import course, evening, heat, reached
from handlers.figures.charts.theme import VEGA_LITE
from handlers.figures.gathered import series
from handlers.figures.gathered.series import Course, Evening, Heat, Reached, Series
from storage.engine.transaction import Transaction
from storage.talk import drawings

__all__ = ["CHARTS", "VEGA_LITE", "Chart", "drawn_from", "kind_of", "picture_of", "said"]


@dataclass(frozen=True, slots=True)
class Chart:
    """A kind of chart. `facts`: what it shows; all else is made of such facts alone.

    `title` says the finding, `below` of what it is, `words` the numbers.
    """

    facts: type[Series]
    spec: Callable[[Any], dict[str, Any]]
    title: Callable[[Any], str]
    below: Callable[[Any], str]
    words: Callable[[Any], str]


CHARTS: Mapping[str, Chart] = {
    "course": Chart(Course, course.spec, course.title, course.below, course.words),
    "reached": Chart(Reached, reached.spec, reached.title, reached.below, reached.words),
    "heat": Chart(Heat, heat.spec, heat.title, heat.below, heat.words),
    "evening": Chart(Evening, evening.spec, evening.title, evening.below, evening.words),
}


def kind_of(facts: Series) -> str:
    """The name of the chart that shows these facts."""
    return next(name for name, chart in CHARTS.items() if isinstance(facts, chart.facts))


def drawn_from(kind: str, plain: Mapping[str, Any]) -> dict[str, Any]:
    """The specification of a chart whose facts were kept as JSON.

    Raises:
        KeyError, TypeError, ValueError: there is no such chart, or the facts are not its.
    """
    chart = CHARTS[kind]
    return chart.spec(series.from_json(chart.facts, plain))


def picture_of(tx: Transaction, facts: Series, at: datetime) -> int:
    """Keeps facts to be drawn: the row by which a Reply refers to the picture."""
    return drawings.keep(tx, kind_of(facts), series.to_json(facts), at=at)


def said(facts: Series) -> str:
    """The whole text of a chart: what it finds, of what it is, the numbers."""
    chart = CHARTS[kind_of(facts)]
    return f"📈 {chart.title(facts)}\n{chart.below(facts)}\n{chart.words(facts)}".rstrip()
