"""Which days are meant: `hôm qua`, `tuần trước`, `đợt`, `thứ bảy`, `ngày 20/5`, `từ 16/5 đến 20/5`."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.figures.gathered import facts
from handlers.figures.gathered.facts import ONE_DAY
from handlers.language.signs.folding import fold
from handlers.language.where_and_when.days import dated
from handlers.turn import Turn
from storage.campaign import phases
from storage.campaign.phases import Phase
from storage.reports.totals import Span

TODAY = frozenset({"", "hom nay", "homnay", "hnay", "nay", "ngay hom nay"})
_DAYS_AGO = {
    **dict.fromkeys(("hom qua", "homqua", "hqua", "qua", "ngay hom qua", "ngay qua", "bua qua"), 1),
    **dict.fromkeys(("hom kia", "homkia", "hkia", "ngay hom kia", "bua kia"), 2),
}
_TODAY_AS_DAYS = frozenset({"hom nay", "homnay", "hnay", "ngay hom nay"})
_WEEK = frozenset({"tuan", "tuan nay", "ca tuan", "7 ngay", "7 ngay qua"})
_WEEK_BEFORE = frozenset({"tuan truoc", "tuan roi", "tuan qua"})
_PHASE = frozenset({"dot", "dot nay", "ca dot"})
_DAY = r"(?:ngay )?[0-9]{1,2}(?:(?:[/.-]| thang )[0-9]{1,2}(?:[/.-][0-9]{2,4})?)?"
_DATE = re.compile(r"(?:ngay )?([0-9]{1,2})(?:(?:[/.-]| thang )([0-9]{1,2})(?:[/.-][0-9]{2,4})?)?")
_EDGE = rf"(?:{_DAY}|hom nay|hom qua|hom kia|nay|thu [a-z0-9]+|chu nhat)"
_RANGE = re.compile(
    rf"(?:tu )(?P<a>{_EDGE}) (?:den|toi)(?: het)? (?P<b>{_EDGE})"
    r"|(?:tu )?(?P<c>(?:ngay )?[0-9]{1,2}[/.][0-9]{1,2}) ?[-–] ?(?P<d>[0-9]{1,2}[/.][0-9]{1,2})"
)
_SINCE = re.compile(rf"(?:tu|ke tu) (?P<a>{_EDGE})(?: (?:den nay|toi nay))?")
_WEEKDAYS = {
    **{f"thu {word}": k for k, word in enumerate(("hai", "ba", "tu", "nam", "sau", "bay"))},
    **{f"{word}{k + 2}": k for k in range(6) for word in ("thu ", "thu", "t")},
    **dict.fromkeys(("chu nhat", "cn", "chunhat"), 6),
}


@dataclass(frozen=True, slots=True)
class Days:
    """Which days were asked for, and the text that names them: `ngày 19/05`, `7 ngày 14/05–20/05`.

    `words`: with these the same days are asked for again, whenever that is.
    """

    span: Span
    text: str
    phase: Phase | None = None
    words: str = ""

    @property
    def number(self) -> int:
        """How many days they are."""
        return (self.span[1] - self.span[0]).days + 1


def days_asked(turn: Turn, wanted: str) -> Days | None:
    """The days that folded words mean, as after /tong; None where they mean none. The first may be yet to come."""
    today = turn.work_day
    if wanted in _WEEK or wanted in _WEEK_BEFORE:
        last = today if wanted in _WEEK else today - timedelta(days=7)
        first = last - timedelta(days=6)
        return _several(turn, first, last, turn.text("totals.week", first=first, last=last))
    phase = _phase(turn, wanted)
    if phase is not None:
        text = turn.text("totals.phase", phase=phase, first=phase.first, last=phase.last)
        return Days(facts.span_of(turn.tx, phase), text, phase, fold(phase.name))
    edges = _edges(wanted, today)
    if edges is not None:
        first, last = min(edges), max(edges)
        return _one_day(turn, first) if first == last else _range(turn, first, last)
    day = _day(wanted, today)
    return _one_day(turn, day) if day else None


def _one_day(turn: Turn, day: date) -> Days:
    return Days((day, day), turn.text("totals.one_day", first=day), None, _said(day))


def _range(turn: Turn, first: date, last: date) -> Days:
    """What is yet to come of them is left out, unless it is all of them."""
    known = min(last, turn.work_day) if first <= turn.work_day else last
    return _several(turn, first, known, turn.text("totals.range", first=first, last=known, until=last))


def _several(turn: Turn, first: date, last: date, text: str) -> Days:
    return Days((first, last), text, None, f"tu {_said(first)} den {_said(last)}")


def _said(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _phase(turn: Turn, wanted: str) -> Phase | None:
    """The phase of this name, or the one of today."""
    if wanted in _PHASE:
        return phases.phase_on(turn.tx, turn.work_day)
    return next((phase for phase in phases.every(turn.tx) if fold(phase.name) == wanted), None)


def _edges(wanted: str, today: date) -> tuple[date, date] | None:
    """The first and the last day of a range."""
    since = _SINCE.fullmatch(wanted)
    if since is not None:
        first = _day(since["a"], today)
        return (first, max(first, today)) if first else None
    match = _RANGE.fullmatch(wanted)
    if match is None:
        return None
    start, end = match["a"] or match["c"], match["b"] or match["d"]
    last = _day(end, today)
    first = _in_month_of(start, last) or _day(start, today) if last else None
    return (first, last) if first and last else None


def _in_month_of(words: str, last: date) -> date | None:
    """`từ 16 đến 20/5`: the first is of the month of the last, where it is a number alone."""
    match = _DATE.fullmatch(words)
    return dated((int(match[1]), last.month), last, past=True) if match is not None and match[2] is None else None


_Reading = Callable[[str, date], date | None]


def _day(wanted: str, today: date) -> date | None:
    """The one day that words mean."""
    readings: tuple[_Reading, ...] = (_ago, _weekday, _date)
    return next((day for reading in readings if (day := reading(wanted, today)) is not None), None)


def _ago(wanted: str, today: date) -> date | None:
    if wanted in _TODAY_AS_DAYS or wanted == "nay":
        return today
    return today - timedelta(days=_DAYS_AGO[wanted]) if wanted in _DAYS_AGO else None


def _weekday(wanted: str, today: date) -> date | None:
    """`thứ bảy`: the newest one, were it today; `thứ bảy tuần trước`: of the calendar's week before this one."""
    before = wanted.endswith(" tuan truoc")
    number = _WEEKDAYS.get(wanted.removesuffix(" tuan truoc").removesuffix(" tuan nay").removesuffix(" vua roi"))
    if number is None:
        return None
    if before:
        return today - timedelta(days=today.weekday() + 7 - number)
    return today - timedelta(days=(today.weekday() - number) % 7)


def _date(wanted: str, today: date) -> date | None:
    """`ngay 20/5`, `20-5`, `ngay 20`, `20/05/2022`: without its year, the day of that date that is nearest to today."""
    match = _DATE.fullmatch(wanted)
    if match is None:
        return None
    year = re.search(r"[/.-]([0-9]{4})$", wanted)
    if year is not None:
        try:
            return date(int(year[1]), int(match[2]), int(match[1]))
        except ValueError:
            return None
    day = int(match[1])
    month = int(match[2]) if match[2] else (today if day <= today.day else today.replace(day=1) - ONE_DAY).month
    near = [found for past in (True, False) if (found := dated((day, month), today, past=past))]
    return min(near, key=lambda found: abs((found - today).days), default=None)
