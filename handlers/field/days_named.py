"""The days that words name for what is to come: `mai`, `25/5`, `25/5-27/5`, `thứ 7`, `từ mai 2 ngày`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.language.signs.folding import fold
from handlers.language.where_and_when.days import dated

MOST = 31  # days in one go
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Named:
    """The days that were named, the first first, and the folded words around them."""

    days: tuple[date, ...]
    rest: str


_NUMBERS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5}
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5, "2": 0, "3": 1, "4": 2, "5": 3, "6": 4, "7": 5}
_TO = r"\s*(?:-+>?|cho den|den|toi)\s*(?:het\s+)?"
_SHORT_SPAN = re.compile(rf"(?<![0-9/.])([0-9]{{1,2}})({_TO}(?:ngay\s+)?[0-9]{{1,2}})(/[0-9]{{1,2}})\b")  # `25-27/5`
_DAY = re.compile(
    r"\b(?:(?:ngay|hom)\s+)?(?:"
    r"(?P<day>[0-9]{1,2})(?:[/.]|\s+thang\s+)(?P<month>[0-9]{1,2})(?:[/.](?:20)?[0-9]{2})?"
    r"|(?P<today>(?:hom|bua|toi|dem|chieu|sang)\s+nay)"
    r"|(?P<before>(?:hom|ngay|toi)\s+qua|hqua)"
    r"|(?:sang|trua|chieu|toi)?\s*\b(?P<tomorrow>mai)"
    r"|(?P<after>kia|mot(?!\s+(?:ngay|buoi|hom|toi|chut|lat|minh|so|viec|it|nguoi|nha|may|cai)))"
    r"|(?:thu\s+(?P<weekday>hai|ba|tu|nam|sau|bay|[2-7])|t(?P<short>[2-7])|(?P<sunday>chu nhat|cn))"
    r"(?P<next>\s+tuan\s+(?:sau|toi))?(?:\s+(?:nay|tuan\s+nay))?"
    r")\b"
)
_SPAN = re.compile(rf"{_TO}")
_UNTIL = re.compile(r"\b(?:den|toi)\s+(?:het\s+)?$")
_COUNT = re.compile(r"\b(?P<n>[1-9]|[12][0-9]|mot|hai|ba|bon|nam)\s+(?:ngay|hom)\b(?!\s+(?:nay|mai|kia|sau))")
_NAMES_A_DAY = re.compile(r"[0-9]|\b(?:tuan|thang|ngay|hom|thu|mai|kia|cuoi)\b")


def named(text: str, today: date) -> Named | None:
    """The days that a text names; none of them where it names none. None: it names days in a way that is not known.

    `today` is the work day in which it is said.
    """
    words = _SHORT_SPAN.sub(r"\1\3\2\3", fold(text))
    units = list(_units(words, today))
    if any(day is None for _, _, day in units):
        return None
    days: list[date] = []
    rest, end = "", 0
    for start, stop, day in units:
        assert day is not None
        between = words[end:start]
        first = days[-1] if days and _SPAN.fullmatch(between) else today if not days and _UNTIL.search(between) else day
        if not 0 <= (day - first).days < MOST:
            return None
        days += [first + ONE_DAY * k for k in range((day - first).days + 1)]
        rest, end = f"{rest} {between}", stop
    rest = f"{rest} {words[end:]}"
    count = _COUNT.search(rest)
    if count is not None and len(set(days)) <= 1:
        n = _NUMBERS.get(count["n"]) or int(count["n"])
        days = [(days[0] if days else today) + ONE_DAY * k for k in range(n)]
        rest = rest[: count.start()] + rest[count.end() :]
    if _NAMES_A_DAY.search(rest):
        return None
    return Named(tuple(sorted(set(days))), " ".join(rest.split()))


def _units(words: str, today: date) -> Iterator[tuple[int, int, date | None]]:
    """Each day that is named, with where; None: there is no such day."""
    for match in _DAY.finditer(words):
        yield match.start(), match.end(), _meant(match, today)


def _meant(match: re.Match[str], today: date) -> date | None:
    if match["day"]:
        near = [dated((int(match["day"]), int(match["month"])), today, past=past) for past in (True, False)]
        return min((one for one in near if one), key=lambda one: abs((one - today).days), default=None)
    if match["today"]:
        return today
    if match["before"]:
        return today - ONE_DAY
    if match["tomorrow"]:
        return today + ONE_DAY
    if match["after"]:
        return today + 2 * ONE_DAY
    weekday = 6 if match["sunday"] else _WEEKDAYS[match["weekday"] or match["short"]]
    if match["next"]:
        return today - ONE_DAY * today.weekday() + timedelta(days=7 + weekday)
    return today + timedelta(days=(weekday - today.weekday()) % 7)
