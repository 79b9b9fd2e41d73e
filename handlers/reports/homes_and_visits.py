"""What a report says beside its numbers: homes, to notice the same house said twice, and promised visits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.clerk.matching import is_nobody, same_home, stands_in
from handlers.language import Appointment, Kind, Reading, fold
from handlers.language import Home as NamedHome
from handlers.language.titles import FORMS
from handlers.places import placing
from handlers.turn import Turn
from storage.campaign.hamlets import NO_HAMLET
from storage.reports import homes, tallies, visits
from storage.reports.homes import Home, Twin
from storage.reports.reports import Report
from storage.reports.visits import Visit

LONGEST_LABEL = 60
_HOUSE = "nha"
_TITLES = frozenset({_HOUSE, "ho", "so", "may", "dt", *FORMS})


@dataclass(frozen=True, slots=True)
class Promise:
    """A visit as answers say it: whom, and local time."""

    home: str
    at: datetime


def note(
    turn: Turn,
    report: Report,
    reading: Reading,
    words: str = "",
    *,
    instead: bool = True,
    before: Report | None = None,
) -> None:
    """Keeps what a reading says of homes and visits with the report that it made or changed.

    `instead`: of what was there; else its `words` say only what changed, and a home or time not named in them stays.
    `before`: the report before it changed.
    """
    named = reading.draft.homes if reading.draft else reading.homes
    promised = reading.draft.appointments if reading.draft else reading.appointments
    new = report.version == 1  # nothing was noted of it before
    if new or instead:
        homes.keep(turn.tx, report, _told(turn, report, reading), new=new)
    else:
        follow(turn, report, words, named, before)
    if promised or (instead and not new):
        visits.keep(turn.tx, report.id, [_visit(turn, report, one, named) for one in promised], at=turn.at)


def follow(
    turn: Turn,
    report: Report,
    words: str = "",
    named: Sequence[NamedHome] = (),
    before: Report | None = None,
) -> None:
    """The homes of a report that was changed go where its numbers went; `named`: what its `words` say of some now."""
    known = homes.of_report(turn.tx, report.id)
    kept = _joined(turn, report, _moved(known, report, fold(words)), named)
    if before is not None and kept == known:
        kept = _changed(known, before, report, fold(words))
    if kept != known:
        homes.keep(turn.tx, report, kept, new=False)


def _told(turn: Turn, report: Report, reading: Reading) -> list[Home]:
    """The homes at which something was counted; where there is none, the one that all is told of."""
    named = reading.draft.homes if reading.draft else reading.homes
    counted = _counted(turn, report, named)
    alone = reading.of_home or (named[0].label if len(named) == 1 else None)
    if counted and reading.of_home is not None and all(is_nobody(fold(one.label)) for one in counted):
        there = tallies.merged(dict(one.counts) for one in counted)  # `nhà dượng Bính: dượng với con trai …, mụ vợ …`
        return [_home(turn, report, reading.of_home, None, there)]
    if counted or alone is None or reading.kind is Kind.TOTAL:
        return counted
    return [_home(turn, report, alone, None, tallies.merged({line.outcome: line.n} for line in report.lines))]


def _counted(turn: Turn, report: Report, named: Sequence[NamedHome]) -> list[Home]:
    return [
        _home(turn, report, home.label, home.hamlet, {outcome.value: n for outcome, n in home.counts.items()})
        for home in named
        if home.counts
    ]


def _moved(known: Sequence[Home], report: Report, words: str) -> list[Home]:
    """The homes where the report has their numbers by now: one may have gone to another hamlet.

    Of two with the same numbers the one that is named in the folded words went.
    """
    places = [line.hamlet for line in report.lines if isinstance(line.hamlet, int)]
    if len(set(places)) == 1:
        return [replace(home, hamlet=places[0]) for home in known]
    named = [at for at, home in enumerate(known) if stands_in(home.label, words)]
    for group in (named, *([at] for at in range(len(known)))):
        for place in places:
            moved = [replace(home, hamlet=place) if at in group else home for at, home in enumerate(known)]
            if not _fit(known, report) and _fit(moved, report):
                return moved
    return list(known)


def _changed(known: Sequence[Home], before: Report, after: Report, words: str) -> list[Home]:
    """The homes with what became more or less at the only one, or the only one that the folded words name.

    Nothing of a home that has nothing left is kept.
    """
    named = [at for at, home in enumerate(known) if stands_in(home.label, words)]
    meant = named if len(known) > 1 else list(range(len(known)))
    if len(meant) != 1 or {line.hamlet for line in before.lines} != {line.hamlet for line in after.lines}:
        return list(known)
    home = known[meant[0]]
    more = [{line.outcome: line.n} for line in after.lines] + [{line.outcome: -line.n} for line in before.lines]
    counts = {outcome: n for outcome, n in tallies.merged([dict(home.counts), *more]).items() if n > 0}
    changed = [replace(home, counts=counts) if at == meant[0] else one for at, one in enumerate(known)]
    return [one for one in changed if one.counts or len(known) == 1]


def _fit(homes: Sequence[Home], report: Report) -> bool:
    """Whether the report counts in each hamlet at least what its homes there have."""
    return all(n >= 0 for home in homes for n in _over(report, homes, home.hamlet).values())


def _over(report: Report, homes: Sequence[Home], place: int) -> tallies.Counts:
    """What a report counts in a hamlet beyond what its homes there have."""
    told = [{line.outcome: line.n} for line in report.lines if line.hamlet == place]
    have = [{outcome: -n for outcome, n in home.counts.items()} for home in homes if home.hamlet == place]
    return tallies.merged([*told, *have])


def _joined(turn: Turn, report: Report, known: Sequence[Home], named: Sequence[NamedHome]) -> list[Home]:
    """What a report named, with what a correction says of it: `chị Say` is `chị Thào Thị Say`, and no second home.

    It stays where it was, unless the correction says where it is.
    """
    joined = list(known)
    for one in named:
        if not one.counts:
            continue
        (home,) = _counted(turn, report, [one])
        same = next((at for at, other in enumerate(joined) if same_home(other.label, home.label)), None)
        if same is None:
            joined.append(home)
        else:
            place = home.hamlet if one.hamlet else joined[same].hamlet
            joined[same] = replace(joined[same], hamlet=place, counts=home.counts)
    return joined


def _home(turn: Turn, report: Report, label: str, hamlet: str | None, counts: Mapping[str, int]) -> Home:
    folded = fold(_without_house(label))[:LONGEST_LABEL]
    titled = fold(label).partition(" ")[0] in _TITLES  # `Nhà bà Lan` began its message
    said = _as_a_name(label) if label.isupper() else label
    said = said[:1].lower() + said[1:] if titled else said
    return Home(folded, _hamlet(turn, report, hamlet), dict(counts), said[:LONGEST_LABEL])


def _as_a_name(label: str) -> str:
    """`NHÀ BÀ HẠNH`, of somebody who writes so: `nhà bà Hạnh`."""
    words = label.lower().split()
    return " ".join(word if fold(word) in _TITLES | _KIN else word.capitalize() for word in words)


_KIN = frozenset("con trai gai dau re vo chong bo me noi ngoai".split())  # noqa: SIM905 - reads better


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


def move_visit(turn: Turn, report: Report, label: str, at: datetime) -> tuple[Promise, Promise | None]:
    """The visit to a home of the report is at another local time; what it is by now, and what it was."""
    zone = turn.house.calendar.zone
    known = visits.of_report(turn.tx, report.id)
    meant = next((one for one in known if one.home and same_home(fold(one.home), label)), None)
    meant = meant or (known[0] if len(known) == 1 else None)
    said = next((one.said for one in homes.of_report(turn.tx, report.id) if one.label == label), label)
    old = meant or Visit(_without_house(said)[:LONGEST_LABEL], _hamlet(turn, report, None), at.replace(tzinfo=zone))
    new = replace(old, at=at.replace(tzinfo=zone))
    visits.keep(turn.tx, report.id, [*(one for one in known if one is not meant), new], at=turn.at)
    before = Promise(old.home or "", turn.house.calendar.local(old.at)) if meant is not None else None
    return Promise(new.home or _without_house(said), turn.house.calendar.local(new.at)), before


def promises(turn: Turn, report: Report) -> list[Promise]:
    """The visits of a report, for its answer."""
    return [Promise(one.home or "", turn.house.calendar.local(one.at)) for one in visits.of_report(turn.tx, report.id)]


def twin(turn: Turn, report: Report, reading: Reading) -> tuple[str, Twin] | None:
    """The home of this report that another one has counted with the same numbers this evening, and that report."""
    for home in _told(turn, report, reading):
        found = homes.twin(turn.tx, report, home)
        if found is not None:
            return _without_house(home.said), found
    return None
