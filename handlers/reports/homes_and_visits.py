"""What a report says beside its numbers: homes, to notice the same house said twice, and promised visits."""

from dataclasses import dataclass
from datetime import datetime

from handlers.language import Appointment, Reading, fold
from handlers.language import Home as NamedHome
from handlers.places import placing
from handlers.turn import Turn
from storage.campaign.hamlets import NO_HAMLET
from storage.reports import homes, visits
from storage.reports.homes import Home, Twin
from storage.reports.reports import Report
from storage.reports.visits import Visit

LONGEST_LABEL = 60
_HOUSE = "nha"


@dataclass(frozen=True, slots=True)
class Promise:
    """A visit as answers say it: whom, and local time."""

    home: str
    at: datetime


def note(turn: Turn, report: Report, reading: Reading, *, instead: bool = True) -> None:
    """Keeps what a reading says of homes and visits with the report that it made or changed.

    `instead`: of what was there; else it says only what changed, and a home or time that it does not name stays.
    """
    named = reading.draft.homes if reading.draft else reading.homes
    promised = reading.draft.appointments if reading.draft else reading.appointments
    new = report.version == 1  # nothing was noted of it before
    replaced = instead and not new
    if named or replaced:
        kept = [_home(turn, report, home) for home in named if home.counts]
        homes.keep(turn.tx, report, kept, new=new or not instead)
    if promised or replaced:
        visits.keep(turn.tx, report.id, [_visit(turn, report, one, named) for one in promised], at=turn.at)


def _home(turn: Turn, report: Report, home: NamedHome) -> Home:
    counts = {outcome.value: n for outcome, n in home.counts.items()}
    return Home(fold(_without_house(home.label))[:LONGEST_LABEL], _hamlet(turn, report, home.hamlet), counts)


def _hamlet(turn: Turn, report: Report, name: str | None) -> int:
    """The hamlet of a home: the report's only one, which it then is, else the one that is named."""
    own = {line.hamlet for line in report.lines}
    place = own.pop() if len(own) == 1 else placing.hamlet_of(turn, placing.team_of_report(turn, report), name, name)
    return NO_HAMLET if isinstance(place, str) else place


def _visit(turn: Turn, report: Report, promised: Appointment, named: tuple[NamedHome, ...]) -> Visit:
    """A visit is to the home that is named with it, else to the only one that the message names."""
    home = next((one for one in named if one.label == promised.home), named[0] if len(named) == 1 else None)
    label = promised.home or (home.label if home else None)
    return Visit(
        home=_without_house(label)[:LONGEST_LABEL] if label else None,
        hamlet=_hamlet(turn, report, home.hamlet if home else None),
        at=promised.at.replace(tzinfo=turn.house.calendar.zone),
    )


def _without_house(label: str) -> str:
    """`nhà bà Lan` → `bà Lan`; a house that has only a number keeps its word."""
    word, _, rest = label.partition(" ")
    return rest if fold(word) == _HOUSE and rest and not any(c.isdigit() for c in rest) else label


def promises(turn: Turn, report: Report) -> list[Promise]:
    """The visits of a report, for its answer."""
    return [Promise(one.home or "", turn.house.calendar.local(one.at)) for one in visits.of_report(turn.tx, report.id)]


def twin(turn: Turn, report: Report, reading: Reading) -> tuple[str, Twin] | None:
    """The home of this report that another one has counted with the same numbers this evening, and that report."""
    for home in reading.homes:
        if home.counts:
            found = homes.twin(turn.tx, report, _home(turn, report, home))
            if found is not None:
                return _without_house(home.label), found
    return None
