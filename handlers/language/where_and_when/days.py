"""Days and times: how they are said, and which moment they mean (rules 8 and 14)."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from handlers.language.words.items import When, hour_in
from handlers.language.words.lexicon import KNOWN, longest
from handlers.language.words.numbers import NUMBER_STARTS, number_at
from handlers.language.words.words import Words

DAY_START = time(4)  # of a work day, where no setting says another

_DAYS: dict[tuple[str, ...], When] = {
    ("hom", "nay"): When(offset=0),
    ("bua", "nay"): When(offset=0),
    ("ngay", "hom", "nay"): When(offset=0),
    ("hnay",): When(offset=0),
    ("homnay",): When(offset=0),
    ("h.nay",): When(offset=0),
    ("nay",): When(offset=0),
    ("sang", "nay"): When(offset=0, part="sang"),
    ("trua", "nay"): When(offset=0, part="trua"),
    ("chieu", "nay"): When(offset=0, part="chieu"),
    ("toi", "nay"): When(offset=0, part="toi"),
    ("dem", "nay"): When(offset=0, part="toi"),
    ("ca", "toi", "nay"): When(offset=0),
    ("hom", "qua"): When(offset=-1),
    ("ngay", "hom", "qua"): When(offset=-1),
    ("bua", "qua"): When(offset=-1),
    ("ngay", "qua"): When(offset=-1),
    ("hqua",): When(offset=-1),
    ("homqua",): When(offset=-1),
    ("h", "qua"): When(offset=-1),
    ("toi", "qua"): When(offset=-1, night=True),
    ("toi", "hom", "qua"): When(offset=-1, night=True),
    ("dem", "qua"): When(offset=-1, night=True),
    ("dem", "hom", "qua"): When(offset=-1, night=True),
    ("sang", "qua"): When(offset=-1),
    ("chieu", "qua"): When(offset=-1),
    ("sang", "hom", "qua"): When(offset=-1),
    ("chieu", "hom", "qua"): When(offset=-1),
    ("trua", "qua"): When(offset=-1),
    ("hom", "kia"): When(offset=-2),
    ("hkia",): When(offset=-2),
    ("mai",): When(offset=1),
    ("ngay", "mai"): When(offset=1),
    ("hom", "sau"): When(offset=1),
    ("ngay", "kia"): When(offset=2),
    ("mot",): When(offset=2),
    ("ngay", "mot"): When(offset=2),
    ("bua", "mot"): When(offset=2),
    ("chu", "nhat"): When(weekday=6),
    ("cn",): When(weekday=6),
} | {
    (day,): When(weekday=k)
    for k, day in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
_EXACT = {
    "nay": "nay",
    "mot": "mốt",
    "mai": "mai",
    "toi": "tối",
    "sang": "sáng",
    "chieu": "chiều",
    "trua": "trưa",
    "dem": "đêm",
    "chu": "chủ",
    "nhat": "nhật",
}
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5, "2": 0, "3": 1, "4": 2, "5": 3, "6": 4, "7": 5}
_PARTS = {"sang": "sang", "trua": "trua", "chieu": "chieu", "toi": "toi", "dem": "toi"}
_STANDS_FOR = {"sang": (8, 0), "trua": (12, 0), "chieu": (15, 0), "toi": (19, 0), None: (19, 0)}
_BEFORE_MOT = frozenset({"hen", "lai", "sang", "trua", "chieu", "toi", "mai", "h"})  # else it is one: `hai mươi mốt`
_HOUR = frozenset({"h", "g", "gio"})
_BEFORE_HALF = frozenset({"mai", "toi", "nay", "luc", "kia", "mot"})  # `hẹn tối mai 7 rưỡi`
_HALVES = {"am": 0, "pm": 12}  # of the day: `8pm`
_DAY_BEFORE = frozenset({"ngay", "hom", "toi", "sang", "chieu", "trua", "den"})
_NOT_A_DAY = frozenset({"luc", "vua", "khi", "hoi", "den", "tu", "ban"})  # `lúc nay`, `đến nay`


_THESE = frozenset({"xom", "thon", "ap", "khu", "lang", "buon", "to", "pho", "nha", "ho", "nguoi", "cai", "ong", "ba"})
WHEN_STARTS = frozenset({key[0] for key in _DAYS} | {"ngay", "hom", "thu", "t"} | _PARTS.keys() | NUMBER_STARTS)


def when_at(words: Words, i: int) -> tuple[When, int] | None:
    """The day or time said at word `i` and where it ends, one piece at a time."""
    plain = words.plain(i)
    if plain not in WHEN_STARTS and not plain.isdigit():
        return None
    return _day(words, i) or _date(words, i) or _weekday(words, i) or _clock(words, i) or _part(words, i)


def _day(words: Words, i: int) -> tuple[When, int] | None:
    one, two, three = words.plain(i), words.plain(i + 1), words.plain(i + 2)
    for key in ((one, two, three), (one, two), (one,)):
        if (when := _DAYS.get(key)) and _exact(words, i, key):
            return when, i + len(key)
    return None


def _exact(words: Words, i: int, key: tuple[str, ...]) -> bool:
    if key == ("nay",) and (words.plain(i - 1) in _NOT_A_DAY or (words.words[i].bare and _this(words, i - 1))):
        return False
    before = words.plain(i - 1)
    if key == ("mai",) and (before in ("cua", "ten") or (before == "la" and words.is_name(i))):
        return False  # `báo cáo của Mai`, `em là Mai`
    if key == ("chu", "nhat") and words.is_name(i + 1) and not words.is_name(i):
        return False  # `x1 chu Nhat 2`
    if key == ("mot",):  # `mốt` only with its mark: without it, it is one
        first = i == 0 or not words.plain(i - 1).isalnum()
        return words.words[i].marked == "mốt" and (words.plain(i - 1) in _BEFORE_MOT or first)
    return all(
        words.words[i + k].bare or words.words[i + k].marked == _EXACT[word]
        for k, word in enumerate(key)
        if word in _EXACT
    )


def _this(words: Words, i: int) -> bool:
    """Before unmarked `này`: `xom nay dong vui`, `nha nay`."""
    return words.plain(i) in _THESE


_ANY = 99
_LONGEST_MONTH = 31  # days


def _date(words: Words, i: int) -> tuple[When, int] | None:
    """`ngày 18/5`, `18/5:`, `ngày 18`; a bare `3/4` beside work is a fraction and is left alone."""
    named = words.plain(i) == "ngay" or (words.plain(i) == "hom" and words.plain(i + 2) in ("/", "-", "."))
    j = i + 1 if named else i
    days, months = (
        (_ANY, _ANY if named else 12) if words.plain(j + 1) == "/" else (31, 12)
    )  # `ngày 45/11` is asked about
    if not (words.plain(j).isdigit() and 1 <= int(words.plain(j)[:3]) <= days):
        return None
    day, sign = int(words.plain(j)[:3]), words.plain(j + 1)
    month_follows = words.plain(j + 2).isdigit() and len(words.plain(j + 2)) <= 2
    if month_follows and (sign == "/" or (named and sign in ("-", "."))) and 1 <= int(words.plain(j + 2)) <= months:
        end, year = j + 3, None
        if words.plain(end) == sign and re.fullmatch(r"20\d\d|\d\d", words.plain(end + 1)):
            year = 2000 + int(words.plain(end + 1)) % 100
            end += 2
        month = int(words.plain(j + 2))
        return (When(date=(day, month), year=year), end) if named or _is_date(words, i, day, month, end) else None
    if named and words.plain(i) == "ngay" and words.plain(j + 1) == "thang" and words.plain(j + 2).isdigit():
        return When(date=(day, int(words.plain(j + 2)[:2]))), j + 3
    return None


def _is_date(words: Words, i: int, day: int, month: int, end: int) -> bool:
    """Whether a bare `a/b` is a date: not a possible fraction, or set off by a colon, or after a part of the day.

    `45/11` may be phones, and is a day (that no calendar has) only where what was done follows: `45/11 được 3`.
    """
    if day > _LONGEST_MONTH and not _before_work(words, end):
        return False
    return day > month or words.plain(end) == ":" or words.plain(i - 1) in _DAY_BEFORE or end - i > 3


def _before_work(words: Words, end: int) -> bool:
    """Whether a colon or a number with what it counts follows: `: 3 máy`, `được 3`, `3 máy`."""
    known = longest(words, end, KNOWN)
    return words.plain(end) == ":" or number_at(words, known[0] if known is not None else end) is not None


def _weekday(words: Words, i: int) -> tuple[When, int] | None:
    if words.plain(i) == "thu" and words.words[i].marked in ("thu", "thứ"):
        weekday = _WEEKDAYS.get(words.plain(i + 1))
        return None if weekday is None else (When(weekday=weekday), i + 2)
    if words.plain(i) == "t" and words.plain(i + 1) in ("2", "3", "4", "5", "6", "7") and words.words[i + 1].glued:
        return When(weekday=_WEEKDAYS[words.plain(i + 1)]), i + 2
    return None


def _clock(words: Words, i: int) -> tuple[When, int] | None:
    """`19h`, `19h30`, `19:30`, `7 giờ rưỡi`, `7 rưỡi tối`, `8pm`."""
    found = number_at(words, i)
    if found is None or found[0] > 24:
        return None
    hour, j = found
    if words.plain(j) == "h" and not words.words[j].glued and words.plain(j + 1).isdigit() and words.words[j + 1].glued:
        return None  # `5 h2`: hẹn
    if words.plain(j + 1) in ("'", "’", "‘"):
        return None  # `ba H'Mai`
    if words.plain(j) in _HALVES and words.plain(i).isdigit():
        return When(clock=(hour % 12 + _HALVES[words.plain(j)], 0)), j + 1
    if words.plain(j) in _HOUR and not (words.plain(j) == "g" and hour < 6 and not words.plain(j + 1).isdigit()):
        minute, end = _minute(words, j + 1)
        return _on_the_clock(words, hour, minute, end)
    if words.plain(j) == "ruoi" and (words.plain(j + 1) in _PARTS or words.plain(i - 1) in _BEFORE_HALF):
        return _on_the_clock(words, hour, 30, j + 1)
    minutes = words.plain(j + 1)
    if words.plain(j) == ":" and len(minutes) == 2 and minutes.isdigit() and int(minutes) < 60:
        if words.plain(j + 2) in _HALVES:
            return When(clock=(hour % 12 + _HALVES[words.plain(j + 2)], int(minutes))), j + 3
        return _on_the_clock(words, hour, int(minutes), j + 2) if words.words[j + 1].glued else None
    return None


def _minute(words: Words, j: int) -> tuple[int, int]:
    if words.plain(j) == "ruoi":
        return 30, j + 1
    minutes = words.plain(j)
    said_hour = words.plain(j - 1) == "gio" and not _counts(words, j + 1)
    if minutes.isdigit() and len(minutes) == 2 and int(minutes) < 60 and (words.words[j].glued or said_hour):
        return int(minutes), j + (2 if words.plain(j + 1) in ("p", "ph", "phut") else 1)
    if minutes == "kem":
        return 0, j
    return 0, j


def _counts(words: Words, j: int) -> bool:
    return words.plain(j) in ("may", "nha", "nguoi", "ho", "tk")


def _on_the_clock(words: Words, hour: int, minute: int, end: int) -> tuple[When, int]:
    """The time with its part of the day: `7h tối` is 19:00, `12h trưa` noon."""
    part = _PARTS.get(words.plain(end)) if _exact_part(words, end) else None
    if part is None:
        return When(clock=(hour % 24, minute)), end
    return When(clock=(hour_in(part, hour) % 24, minute), part=part), end + 1


def _exact_part(words: Words, i: int) -> bool:
    return i < len(words.words) and (words.words[i].bare or words.words[i].marked == _EXACT.get(words.plain(i)))


def _part(words: Words, i: int) -> tuple[When, int] | None:
    """A part of the day alone (`hẹn tối`). Only the marks tell `sáng` from `sang`, so without them it needs `hẹn`."""
    part = _PARTS.get(words.plain(i))
    if part is None or not _exact_part(words, i):
        return None
    if words.words[i].bare and words.plain(i - 1) not in ("hen", "lai", "buoi"):
        following = when_at(words, i + 1) if words.plain(i + 1) not in _PARTS else None
        if following is None or not following[0].has_day:
            return None
    return When(part=part), i + 1


@dataclass(frozen=True, slots=True)
class Sent:
    """When a message was sent: a local time, of which only the wall clock is used, and when work days start."""

    at: datetime
    day_start: time

    @property
    def work_day(self) -> date:
        """The work day in which it was sent; before dawn that of the evening before."""
        return self.at.date() - timedelta(days=self.before_dawn)

    @property
    def before_dawn(self) -> bool:
        """Between midnight and the start of the work day `hôm qua` has two meanings."""
        return self.at.time() < self.day_start


def dated(day_month: tuple[int, int], near: date, *, past: bool) -> date | None:
    """The date of that day and month nearest before (or after) `near`; None where there is none within a year."""
    for year in (near.year, near.year - 1 if past else near.year + 1):
        try:
            found = date(year, day_month[1], day_month[0])
        except ValueError:
            continue
        if (found <= near) if past else (found >= near):
            return found
    return None


_WRITTEN = re.compile(
    r"(?<![\w/.,])(?P<day>[0-9]{1,2})(?:/|\s+thang\s+)(?P<month>[0-9]{1,2})(?:[/.-](?P<year>20[0-9]{2}|[0-9]{2}))?(?![\d/])"
    r"|(?<![\w/.,-])(?P<day2>[0-9]{1,2})(?P<sign>[.-])(?P<month2>0?[1-9]|1[0-2])(?:(?P=sign)(?P<year2>20[0-9]{2}))?"
    r"(?![\w/.,-])"
    r"|\bngay\s+(?P<alone>[0-9]{1,2})(?![\w/.,-]|\s+thang)"
)


def no_such_day(plain: str, today: date) -> str | None:
    """The first day in folded words that no calendar has, as it was written: `31/2`, `ngay 45`; None where all are."""
    for match in _WRITTEN.finditer(plain):
        if match["alone"]:
            there = 1 <= int(match["alone"]) <= 31
        else:
            day, month = int(match["day"] or match["day2"]), int(match["month"] or match["month2"])
            there = _is_there(day, month, match["year"] or match["year2"], today)
        if not there:
            return match["alone"] or match[0]
    return None


def _is_there(day: int, month: int, year: str | None, today: date) -> bool:
    if year is None:
        return any(dated((day, month), today, past=past) for past in (True, False))
    try:
        date(2000 + int(year) % 100, month, day)
    except ValueError:
        return False
    return True


def work_offset(when: When, sent: Sent) -> int | None:
    """The work day that a day word means, relative to that of the message; None where nobody can know."""
    today = sent.work_day
    if when.date is not None:
        found = dated(when.date, today, past=True)
        if found is not None and when.year is not None and found.year != when.year:
            return None  # of another year
        return None if found is None or (today - found).days > 60 else (found - today).days
    if when.offset is None:
        return None
    if sent.before_dawn and when.offset < 0:
        return 0 if when.night else None
    return when.offset


def appointed(when: When, sent: Sent) -> datetime | None:
    """The moment of a promised visit; None where it cannot be known (a date that is past)."""
    at, today = sent.at.replace(tzinfo=None), sent.work_day
    hour, minute = when.clock or _STANDS_FOR[when.part]
    hour = hour_in(when.part, hour)
    day = _appointed_day(when, today)
    if day is None and when.has_day:
        return None
    if day is not None:
        moment = datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001 - local, as people say it
        return moment + timedelta(days=1) if when.offset == 0 and moment <= at else moment
    moment = at.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return moment if moment > at else moment + timedelta(days=1)


def _appointed_day(when: When, today: date) -> date | None:
    try:
        if when.offset is not None:
            return today + timedelta(days=when.offset)
        if when.weekday is not None:
            return today + timedelta(days=(when.weekday - today.weekday() - 1) % 7 + 1)
        return dated(when.date, today, past=False) if when.date else None
    except OverflowError:
        return None
