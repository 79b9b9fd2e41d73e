"""What a report says beside its numbers: homes, to notice the same house said twice, and promised visits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from handlers.clerk.matching import is_nobody, same_home, stands_in
from handlers.language import Appointment as Promised
from handlers.language import Home as NamedHome
from handlers.language import Kind, Outcome, Reading, fold
from handlers.language.words.titles import FORMS
from handlers.places import placing
from handlers.turn import Turn
from storage.campaign.hamlets import NO_HAMLET
from storage.field import appointments
from storage.field.appointments import Appointment
from storage.reports import homes, tallies, visits
from storage.reports.homes import Home, Twin
from storage.reports.reports import Report
from storage.reports.visits import Visit

LONGEST_LABEL = 60
_HOUSE = "nha"
_TITLES = frozenset({_HOUSE, "ho", "so", "may", "dt", *FORMS})


@dataclass(frozen=True, slots=True)
class Promise:
    """A visit as answers say it: whom, local time, and when its person is reminded; None: it is too near for that.

    `last`: the last day on which its person is there, where the visit is after that.
    """

    home: str
    at: datetime
    reminds: datetime | None = None
    last: date | None = None


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
        told = _told(turn, report, reading)
        homes.keep(turn.tx, report, told, new=new)
        if new:
            _visited(turn, report, told)
    else:
        follow(turn, report, words, named, before)
    if promised or (instead and not new):
        _keep(turn, report, [_visit(turn, report, one, named) for one in promised])


def _keep(turn: Turn, report: Report, promised: Sequence[Visit]) -> None:
    visits.keep(turn.tx, report.id, promised, at=turn.at, day_of=turn.house.calendar.work_day)


def drop_visits(turn: Turn, before: Report, after: Report, words: str) -> None:
    """A report that counts fewer promised visits than before promises none, or none to a home that the words name."""
    was, now = ({line.hamlet: line.n for line in one.lines if line.outcome == _REVISIT} for one in (before, after))
    if sum(now.values()) >= sum(was.values()):
        return
    known = visits.of_report(turn.tx, after.id)
    gone = known if not any(now.values()) else [one for one in known if one.home and stands_in(fold(one.home), words)]
    visits.drop(turn.tx, gone, turn.at)


def called_off_since(turn: Turn, report: Report, reading: Reading) -> int:
    """How many visits that a reading of the report's message promises as before were called off on its day."""
    named = reading.draft.homes if reading.draft else reading.homes
    promised = [_visit(turn, report, one, named) for one in reading.appointments]
    off = visits.called_off(turn.tx, report.id, promised) if promised else []
    return sum(turn.house.calendar.work_day(at) == report.day for at in off)


def with_visit(turn: Turn, report: Report, one: Appointment, by: int) -> list[Home]:
    """The homes of a report with so many revisits more at the one of a visit; where nothing is left it is still known.

    A visit to `chồng chị ấy` is one to the only home with a revisit, or to the only home.
    """
    known = homes.of_report(turn.tx, report.id)
    label = _without_house(one.home or "")
    likely = known if by > 0 else [home for home in known if home.counts.get(_REVISIT)]
    meant = next((home for home in likely if label and same_home(home.label, fold(label))), None)
    if meant is None and len(likely) == 1 and (by < 0 or is_nobody(fold(label))):
        meant = likely[0]
    if meant is None and by > 0 and label and not is_nobody(fold(label)):
        meant = Home(fold(label), one.hamlet, {}, label)
        known = [*known, meant]
    if meant is None:
        return known
    counts = {**meant.counts, _REVISIT: meant.counts.get(_REVISIT, 0) + by}
    changed = replace(meant, counts={outcome: n for outcome, n in counts.items() if n > 0})
    return [changed if home is meant else home for home in known]


def _visited(turn: Turn, report: Report, told: Sequence[Home]) -> None:
    """A home where something was done now was promised a visit before: this is it, and the visit is done.

    Nobody in is a visit only about the time for which it was promised.
    """
    done = [home for home in told if any(n for outcome, n in home.counts.items() if outcome != _REVISIT)]
    if not done or report.day != turn.work_day:
        return
    for one in appointments.of_person(turn.tx, report.person, report.day):
        home = next((home for home in done if _is_there(home, one)), None)
        if home is None or one.report == report.id or (one.at - report.at > _NEAR and _nobody_in(home)):
            continue
        appointments.settle(turn.tx, one.id, at=turn.at, result=report.id)
        turn.visited.append(one)


_REVISIT, _ABSENT = Outcome.REVISIT.value, Outcome.ABSENT.value
_NEAR = timedelta(hours=1)


def _is_there(home: Home, one: Appointment) -> bool:
    """Whether a home of a report may be the one of an appointment: its name, and no other hamlet."""
    elsewhere = NO_HAMLET not in (home.hamlet, one.hamlet) and home.hamlet != one.hamlet
    nobody = is_nobody(home.label) and home.said.rsplit(maxsplit=1)[-1].islower()  # `vợ`; but `ông Ba` is somebody
    return one.home is not None and not elsewhere and not nobody and same_home(home.said, one.home)


def _nobody_in(home: Home) -> bool:
    return {outcome for outcome, n in home.counts.items() if n} <= {_REVISIT, _ABSENT}


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


def _visit(turn: Turn, report: Report, promised: Promised, named: tuple[NamedHome, ...]) -> Visit:
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


def move_visit(turn: Turn, report: Report, label: str, at: datetime) -> tuple[Promise, Promise | None, int | None]:
    """The visit to a home of the report is at another local time; what it is by now, what it was, and its row.

    One that was counted without a time has one from now on: it was nothing, and there is nothing to go back to.
    """
    zone = turn.house.calendar.zone
    known = visits.of_report(turn.tx, report.id)
    meant = next((one for one in known if one.home and same_home(fold(one.home), label)), None)
    meant = meant or (known[0] if len(known) == 1 else None)
    found = appointments.by_id(turn.tx, meant.id) if meant is not None else None
    if found is not None:
        before = promise(turn, found)
        moved = put_off(turn, found, at) if before.at.replace(tzinfo=None) != at else found
        return promise(turn, moved), before, moved.id
    said = next((one.said for one in homes.of_report(turn.tx, report.id) if one.label == label), label)
    new = Visit(_without_house(said)[:LONGEST_LABEL], _hamlet(turn, report, None), at.replace(tzinfo=zone))
    visits.add(turn.tx, report.id, new, at=turn.at, day_of=turn.house.calendar.work_day)
    return _promise(turn, new.home, new.at), None, None


def put_off(turn: Turn, one: Appointment, at: datetime) -> Appointment:
    """The visit is at another local time from now on."""
    to = at.replace(tzinfo=turn.house.calendar.zone)
    day = turn.house.calendar.work_day(to)
    return appointments.put_off(turn.tx, one, to, day=day, today=turn.work_day, at=turn.at)


def promise(turn: Turn, one: Appointment) -> Promise:
    """An appointment as answers say it."""
    return _promise(turn, one.home, one.at)


def _promise(turn: Turn, home: str | None, moment: datetime) -> Promise:
    at = turn.house.calendar.local(moment)
    due = at - appointments.REMIND_BEFORE
    last = max((place.last for place in turn.places), default=None)
    gone = last is not None and turn.house.calendar.work_day(moment) > last
    return Promise(home or "", at, due if due > turn.now and due >= turn.at else None, last if gone else None)


def promises(turn: Turn, report: Report) -> list[Promise]:
    """The visits of a report, for its answer."""
    return [_promise(turn, one.home, one.at) for one in visits.of_report(turn.tx, report.id)]


def twin(turn: Turn, report: Report, reading: Reading) -> tuple[str, Twin] | None:
    """The home of this report that another one has counted with the same numbers this evening, and that report."""
    for home in _told(turn, report, reading):
        found = homes.twin(turn.tx, report, home)
        if found is not None:
            return _without_house(home.said), found
    return None
