"""A page of the dashboard as plain facts: its lists, its days, and where each line of it leads."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from handlers.figures.gathered import facts
from handlers.figures.gathered.facts import ONE_DAY, Board
from handlers.figures.pages.shown_days import Period
from handlers.language.people.ordering import in_list
from storage.campaign import phases
from storage.campaign.communes import Commune
from storage.campaign.phases import Phase
from storage.campaign.teams import Team
from storage.engine.transaction import Transaction
from storage.reports.tallies import Counts

Address = Mapping[str, str]
Rest = tuple[tuple[str, int, int], ...]  # (no_hamlet or gone, phones of the period, in all)
MOST_DAYS = 62  # in the list of days, the newest


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list: `phones` of the period, `done` in all with the baseline; `here`: where it leads.

    `reported`: whether anybody, or this student, has a report that counts on the last day of the period.
    """

    name: str
    phones: int
    done: int
    here: Address
    target: int = 0
    reported: bool = True

    @property
    def share(self) -> float:
        """Of the target, 0 to 1 and beyond; 0 where there is none."""
        return self.done / self.target if self.target else 0.0


@dataclass(frozen=True, slots=True)
class Lines:
    """A list, of what `kind` says; `rest`: what counts for none of its lines.

    Kinds: xa, communes; thon, hamlets; nguoi, students; nguoi-o-thon, those of a hamlet; thon-cua-nguoi, the other way.
    """

    kind: str
    lines: tuple[Line, ...]
    sorted_by: str
    rest: Rest = ()

    @property
    def phones(self) -> int:
        """Of the period, with the rest."""
        return sum(line.phones for line in self.lines) + sum(phones for _, phones, _ in self.rest)

    @property
    def done(self) -> int:
        """In all, with the rest."""
        return sum(line.done for line in self.lines) + sum(done for _, _, done in self.rest)


@dataclass(frozen=True, slots=True)
class View:
    """A page. `path`: the pages above it, (name, address); `counts`: of the period; `before`: phones of the day before.

    `days`: phones of each day with reports, the newest first, of what `days_of` says; `reported`: students who have a
    report on the period's last day, and how many there are; `silent`: the communes where nobody has one; `done`: phones
    in all of a hamlet or student, of the phase `done_of` where it has one; `team`: of the one commune that is shown.
    """

    title: str
    path: tuple[tuple[str, Address], ...]
    here: Address
    today: date
    period: Period
    periods: tuple[Period, ...]
    places: tuple[Commune, ...]
    counts: Counts
    days: tuple[tuple[date, int], ...]
    lists: tuple[Lines, ...] = ()
    commune: Commune | None = None
    board: Board | None = None
    before: int | None = None
    reported: tuple[int, int] | None = None
    silent: tuple[str, ...] = ()
    done: int | None = None
    done_of: str = ""
    more_days: int = 0
    days_of: str = ""
    team: Team | None = None

    @property
    def last_day(self) -> date:
        """The newest day that is looked at."""
        return min(self.period.span[1], self.today)

    @property
    def yesterday(self) -> date:
        """The newest day that is over."""
        return self.today - ONE_DAY


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looks: at what, and what of it they may see."""

    tx: Transaction
    today: date
    period: Period
    periods: tuple[Period, ...]
    places: tuple[Commune, ...]
    here: Address
    sort: str = ""

    def at(self, **other: str) -> Address:
        """The address of another page with the same days."""
        kept = {name: value for name, value in self.here.items() if name == "ky"}
        return {**kept, **{name: value for name, value in other.items() if value}}

    def phase(self) -> Phase | None:
        """The phase of the days that are looked at."""
        return self.period.phase or phases.phase_on(self.tx, min(self.period.span[1], self.today))

    def listed(self) -> tuple[date, date]:
        """The days that are listed: of the period, or where that is one day, of its phase."""
        phase, span = self.phase(), self.period.span
        if not self.period.one_day or phase is None:
            return span
        first, last = facts.span_of(self.tx, phase)
        return min(first, span[0]), max(last, span[1])

    def view(self, *, days: Mapping[date, int], **shown: Any) -> View:
        """A page; `days`: phones by day."""
        phase, (first, last) = self.phase(), self.listed()
        listed = sorted(((day, n) for day, n in days.items() if first <= day <= last), reverse=True)
        return View(
            here=self.here,
            today=self.today,
            period=self.period,
            periods=self.periods,
            places=self.places,
            days=tuple(listed[:MOST_DAYS]),
            more_days=len(listed[MOST_DAYS:]),
            days_of=phase.name if self.period.one_day and phase is not None else self.period.text,
            **shown,
        )


_NUMBER = re.compile(r"[0-9]+")
_COLUMNS: Mapping[str, Callable[[Line], object]] = {
    "ky": lambda line: line.phones,
    "xong": lambda line: line.done,
    "phan-tram": lambda line: line.share,
}


def in_order(kind: str, lines: Sequence[Line], sort: str, usual: str, rest: Rest = ()) -> Lines:
    """The list by the column that the address names: a minus before it for the most first."""
    name = sort.removeprefix("-")
    columns = {**_COLUMNS, "ten": _of_people if kind.startswith("nguoi") else _of_places}
    by = sort if name in columns and (kind == "xa" or name != "phan-tram") else usual
    key = columns[by.removeprefix("-")]
    return Lines(kind, tuple(sorted(lines, key=key, reverse=by.startswith("-"))), by, rest)  # type: ignore[arg-type]


def _of_people(line: Line) -> object:
    return in_list(line.name)


def _of_places(line: Line) -> object:
    """By the whole name, `Xóm 2` before `Xóm 10`."""
    return in_list(_NUMBER.sub(lambda found: found[0].zfill(4), line.name))[1]
