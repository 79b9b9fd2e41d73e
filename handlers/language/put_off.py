"""When a promised visit is to be instead: `mai`, `8h tối mốt`, `20h`, `1 tiếng nữa`, `lùi 30 phút` (rule 14)."""

import re
from datetime import datetime, time, timedelta

from handlers.language.pieces.spotting import spot
from handlers.language.signs.folding import Folded, fold
from handlers.language.signs.masking import blanked
from handlers.language.spelling.respelling import split
from handlers.language.where_and_when.days import DAY_START, Sent, appointed
from handlers.language.words.items import When

_MOST_WORDS = 60
# `dời sang mai`: after these words `sang`, written without its mark, says where to, and is no morning.
_TO = re.compile(r"\b(dời|doi|đổi|chuyển|chuyen|hoãn|hoan|lùi|lui|rời)\b(.{0,40}?)\bsang\b", re.IGNORECASE)
_NUMBERS = {"mot": 1.0, "hai": 2.0, "ba": 3.0, "nua": 0.5}
_SPAN = r"(?P<n>[0-9]{1,3}|mot|hai|ba|nua) ?(?P<unit>tieng|gio|h|phut|p)\b(?: (?P<half>ruoi))?"
_FROM_NOW = re.compile(rf"\b{_SPAN} nua\b")
_LATER = re.compile(rf"\b(?:lui|muon|cham|tre|hoan)(?: lai| them| xuong| hon)* {_SPAN}")
_EARLIER = re.compile(rf"\bsom(?: len| hon)* {_SPAN}")
_NEXT_WEEK = re.compile(r"\btuan (?:sau|toi)\b")


def put_off(text: str, at: datetime, was: datetime, day_start: time = DAY_START) -> datetime | None:
    """The local time that a text names, sent at local time `at`, for a visit that was to be at local time `was`.

    What it leaves out is as it was: `mai` is tomorrow at the same hour, `20h` the same day. None: it names no time
    to come.
    """
    at, was = at.replace(tzinfo=None), was.replace(tzinfo=None)
    plain = fold(text)
    found = _relative(plain, at, was)
    if found is None:
        when = _named(_TO.sub(r"\1\2,", text))
        found = _meant(when, Sent(at, day_start), was) if when is not None else None
    if found is None and _NEXT_WEEK.search(plain):
        found = was + timedelta(days=7)
    return found if found is not None and found > at else None


def time_named(text: str, at: datetime, day_start: time = DAY_START) -> datetime | None:
    """The local time to come that a text names by the hour or the part of a day; None: none, or several."""
    at = at.replace(tzinfo=None)
    when = _named(text)
    if when is None or (when.clock is None and when.part is None):
        return None
    found = appointed(when, Sent(at, day_start))
    return found if found is not None and found > at else None


def _relative(plain: str, at: datetime, was: datetime) -> datetime | None:
    """`1 tiếng nữa` counts from now, `lùi 1 tiếng` and `sớm hơn 30 phút` from when it was to be."""
    now = _FROM_NOW.search(plain)
    if now is not None:
        return (at + _span(now)).replace(second=0, microsecond=0)
    later, earlier = _LATER.search(plain), _EARLIER.search(plain)
    if later is not None:
        return was + _span(later)
    return was - _span(earlier) if earlier is not None else None


def _span(found: re.Match[str]) -> timedelta:
    n = _NUMBERS.get(found["n"]) or float(found["n"])
    if found["unit"] in ("phut", "p"):
        return timedelta(minutes=n)
    return timedelta(hours=n + (0.5 if found["half"] else 0))


def _named(text: str) -> When | None:
    """The one day or time that a text names; None: none, or several."""
    words = split(Folded(blanked(text)), _MOST_WORDS)
    said = [item.when for item in spot(words) if item.when is not None] if words is not None else []
    whole: When | None = said[0] if said else None
    for when in said[1:]:
        whole = whole.joined(when) if whole is not None else None
    return whole


def _meant(when: When, sent: Sent, was: datetime) -> datetime | None:
    named = appointed(when, sent)
    if named is None:
        return None
    if not when.has_day and was.date() > sent.at.date():  # `20h`, of what is to be on another day
        named = datetime.combine(was.date(), named.time())
    if when.clock is None and when.part is None:
        named = datetime.combine(named.date(), was.time())
        if was.time() < sent.day_start:
            named += timedelta(days=1)  # half past midnight belongs to the evening before
    return named
