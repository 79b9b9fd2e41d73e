"""What a report says after a correction: only what is named changes, in the home and the hamlet that were meant."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from handlers.clerk.evening import NOWHERE, HomeTold, LineTold, Place, ReportTold
from handlers.clerk.matching import is_nobody, names_in, same_home
from handlers.language import Home, Outcome

Counts = Mapping[Outcome, int]


def corrected(
    report: ReportTold,
    label: str | None,
    said: tuple[LineTold, ...],
    was: Counts,
    gone: Collection[Outcome] = (),
    *,
    part: bool = False,
) -> tuple[LineTold, ...] | None:
    """The report's lines once the counts that were said stand where they belong; None: it cannot be told where.

    Of a home among several only its part changes: `nhà bà Tư 3` of `bà Lan 2, bà Tư 2` makes 5. What was taken back
    (`không phải lỗi, được 1`) leaves, and so does all of what is `gone` (`không còn lỗi`).
    `part`: what is taken back may be part of what the report says of the home.
    """
    home = next((one for one in report.homes if one.label == label), None)
    if home is not None and len(report.homes) > 1 and (whole := _with_its_people(report, home)) is not None:
        report = replace(report, homes=(whole,))
        home = whole
    if part and home is not None and len(report.homes) == 1 and home.counts.keys() & was.keys():
        home = home if all(home.counts.get(o, n) == n for o, n in was.items()) else None
    if home is not None and (len(report.homes) > 1 or len(report.lines) > len(home.counts)):
        alone = len(report.homes) == 1  # what is counted of nobody named is counted there
        none = {one: report.count(one) if alone else home.counts.get(one, 0) for one in gone}
        return _of_home(report, said, {**was, **none}, {**none, **home.counts}, home.place)
    lines = tuple(line for line in report.lines if line.outcome not in gone)
    for line in said:
        added = _part_of_sum(report, line, was.get(line.outcome)) if part or len(report.homes) != 1 else None
        if added is not None:
            lines = _added(lines, added)  # `bác Khoát 3 chứ không phải 2`, of several homes told as 5
            continue
        place = _meant(report, line, was.get(line.outcome), named=home is not None)
        if place is None:
            return None
        lines = _put(lines, LineTold(place, line.outcome, line.n))
    return _cleared(_without(lines, said, was, report))


def _with_its_people(report: ReportTold, home: HomeTold) -> HomeTold | None:
    """The one home of a report, with those told in it who have no name of their own (`cụ bà không có điện thoại`)."""
    others = [one for one in report.homes if one is not home]
    if is_nobody(home.label) or not all(_lives_with(one, home) and one.place == home.place for one in others):
        return None
    counts = dict(home.counts)
    for one in others:
        for outcome, n in one.counts.items():
            counts[outcome] = counts.get(outcome, 0) + n
    return replace(home, counts=counts)


def _lives_with(one: HomeTold, home: HomeTold) -> bool:
    """Whoever has no name, and `bà Kiên` of `nhà ông Kiên`."""
    name = names_in(home.label)[1][-1:]
    return is_nobody(one.label) or (home.label.startswith("nha ") and bool(name) and names_in(one.label)[1] == name)


def each_home(report: ReportTold, said: Sequence[Home]) -> tuple[LineTold, ...] | None:
    """The report with each of several homes as it is said now; None where it is not all about homes of the report."""
    told = [(next((h for h in report.homes if same_home(h.label, one.label)), None), one) for one in said if one.counts]
    if len(told) < 2 or any(known is None for known, _ in told):
        return None
    lines = report.lines
    for known, one in told:
        assert known is not None
        for outcome in {*known.counts, *one.counts}:
            lines = _added(
                lines, LineTold(known.place, outcome, one.counts.get(outcome, 0) - known.counts.get(outcome, 0))
            )
    return _cleared(lines)


def _of_home(
    report: ReportTold, said: tuple[LineTold, ...], was: Counts, before: Counts, place: Place
) -> tuple[LineTold, ...] | None:
    lines = report.lines
    for line in said:
        of_nobody = report.count(line.outcome) - sum(one.counts.get(line.outcome, 0) for one in report.homes)
        old = before.get(line.outcome, was.get(line.outcome, max(of_nobody, 0)))
        lines = _added(lines, LineTold(place, line.outcome, line.n - old))
    for outcome, n in was.items():
        if all(line.outcome is not outcome for line in said):
            lines = _added(lines, LineTold(place, outcome, -min(n, before.get(outcome, n))))
    return _cleared(lines)


def _without(
    lines: tuple[LineTold, ...], said: tuple[LineTold, ...], was: Counts, report: ReportTold
) -> tuple[LineTold, ...]:
    """What was taken back and not said anew is gone."""
    for outcome, n in was.items():
        if any(line.outcome is outcome for line in said):
            continue
        meant = next((line for line in report.lines if line.outcome is outcome and line.n >= n), None)
        if meant is not None:
            lines = _added(lines, replace(meant, n=-n))
    return lines


def _part_of_sum(report: ReportTold, line: LineTold, was: int | None) -> LineTold | None:
    """What a correction adds where what was wrong is part of the one line that it can be part of."""
    own = [known for known in report.lines if known.outcome is line.outcome]
    if was is None or line.place != NOWHERE or len(own) != 1 or own[0].n <= was:
        return None
    return LineTold(own[0].place, line.outcome, line.n - was)


def _meant(report: ReportTold, line: LineTold, was: int | None, *, named: bool) -> Place | None:
    """The hamlet in which a line changes the report; None where several may be meant."""
    own = [known for known in report.lines if known.outcome is line.outcome]
    if line.place != NOWHERE:
        return line.place
    places = {known.place for known in report.lines}
    if not own:
        return next(iter(places)) if len(places) == 1 else NOWHERE
    if named and len({known.place for known in own}) == 1:
        return own[0].place  # of a home that is named, whatever it is said to have been
    fitting = [known for known in own if was is None or known.n == was]
    if len({known.place for known in fitting}) == 1:
        return fitting[0].place
    return NOWHERE if any(known.place == NOWHERE for known in own) else None


def moved(report: ReportTold, place: Place, outcome: Outcome | None, n: int | None) -> tuple[LineTold, ...] | None:
    """The report with what was said to be of a hamlet there; None where nothing of it is meant.

    A number that is part of a line moves alone: `2 máy ban nãy là ở xóm 8` of 5 leaves 3 where they were.
    """
    fitting = [line for line in report.lines if line.place != place and (outcome is None or line.outcome is outcome)]
    if n is not None:
        fitting = [line for line in fitting if line.n == n]
    if not fitting:
        return None
    if outcome is None or len(report.lines) == 1 or {line.place for line in report.lines} == {fitting[0].place}:
        return all_moved(report.lines, {line.place for line in fitting}, place)
    line = fitting[-1]
    return _cleared(_added(_added(report.lines, replace(line, n=-line.n)), replace(line, place=place)))


def plus(lines: tuple[LineTold, ...], more: Iterable[LineTold]) -> tuple[LineTold, ...]:
    """A report's lines with more in their places, or less where it is below 0."""
    for line in more:
        lines = _added(lines, line)
    return _cleared(lines)


def home_moved(lines: tuple[LineTold, ...], home: HomeTold, place: Place) -> tuple[LineTold, ...]:
    """A report's lines with one of its homes in another hamlet: what was counted there goes with it."""
    for outcome, n in home.counts.items():
        lines = _added(_added(lines, LineTold(home.place, outcome, -n)), LineTold(place, outcome, n))
    return _cleared(lines)


def all_moved(lines: tuple[LineTold, ...], there: Collection[Place], place: Place) -> tuple[LineTold, ...]:
    """A report's lines with all that stood in some hamlets in another."""
    kept = tuple(line for line in lines if line.place not in there)
    for line in lines:
        if line.place in there:
            kept = _added(kept, replace(line, place=place))
    return kept


def _put(lines: tuple[LineTold, ...], new: LineTold) -> tuple[LineTold, ...]:
    """The lines in their order, with this one in its place."""
    if all((line.place, line.outcome) != (new.place, new.outcome) for line in lines):
        return (*lines, new)
    return tuple(new if (line.place, line.outcome) == (new.place, new.outcome) else line for line in lines)


def _added(lines: tuple[LineTold, ...], more: LineTold) -> tuple[LineTold, ...]:
    old = next((line.n for line in lines if (line.place, line.outcome) == (more.place, more.outcome)), 0)
    return _put(lines, replace(more, n=old + more.n))


def _cleared(lines: tuple[LineTold, ...]) -> tuple[LineTold, ...]:
    """A zero says `none` only where nothing else is said."""
    kept = tuple(line for line in lines if line.n > 0)
    return kept or (LineTold(NOWHERE, Outcome.ACTIVATED, 0),)
