"""Which days the dashboard shows, by a short word in its address: today, yesterday, a week, a phase, all, or a date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers import texts
from handlers.figures.gathered import facts
from handlers.figures.gathered.facts import ONE_DAY
from storage.campaign import phases
from storage.campaign.phases import Phase
from storage.engine.transaction import Transaction
from storage.reports.totals import Span

TODAY, YESTERDAY, WEEK, ALL = "hom-nay", "hom-qua", "tuan", "tat-ca"
_PHASE = "dot-"


@dataclass(frozen=True, slots=True)
class Period:
    """Some days. `key` stands in the address, `label` names it in a list, `text` in a heading with its dates."""

    key: str
    label: str
    text: str
    span: Span
    phase: Phase | None = None

    @property
    def one_day(self) -> bool:
        """Whether it is a single day."""
        return self.span[0] == self.span[1]


def choices(tx: Transaction, today: date) -> list[Period]:
    """All that can be chosen from a list: today first."""
    week = (today - timedelta(days=6), today)
    known = [
        _named(TODAY, texts.plain("dashboards.today"), (today, today)),
        _named(YESTERDAY, texts.plain("dashboards.yesterday"), (today - ONE_DAY, today - ONE_DAY)),
        _named(WEEK, texts.plain("dashboards.week"), week),
    ]
    for number, phase in enumerate(phases.every(tx), 1):
        if phase.first <= today:
            text = texts.plain("totals.phase", phase=phase, first=phase.first, last=phase.last)
            known.append(Period(f"{_PHASE}{number}", phase.name, text, facts.span_of(tx, phase), phase))
    ever = texts.plain("dashboards.ever")
    return [*known, Period(ALL, ever, ever.lower(), facts.EVER)]


def _named(key: str, label: str, span: Span) -> Period:
    text = texts.plain("dashboards.dated", label=label, first=span[0], last=span[1])
    return Period(key, label, text, span)


def chosen(known: Sequence[Period], wanted: str, today: date) -> Period:
    """The one that the address names: of the list, or a day as `2023-05-20`; today where it names none."""
    found = next((one for one in known if one.key == wanted), None)
    if found is not None:
        return found
    try:
        day = date.fromisoformat(wanted)
    except ValueError:
        return known[0]
    if not date(1970, 1, 2) <= day <= today:
        return known[0]
    text = texts.plain("totals.one_day", first=day, today=today)
    return Period(day.isoformat(), texts.upper_first(text), text, (day, day))
