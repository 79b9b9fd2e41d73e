"""Oddities put into a campaign on purpose, to see whether they are noticed: ways in which numbers may be wrong."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.simulation.evening import Evening, moment
from bot.simulation.truth import Deed, Done

# By the names of the rules that should notice them (handlers/figures/gathered/worth.py).
EQUAL, COPIED, FAST, BURST = "equal_again", "copied_total", "fast_hour", "one_failure"
_COPIED = {
    "activated": "được {n} máy",
    "absent": "vắng {n} nhà",
    "refused": "từ chối {n}",
    "already": "{n} người đã có",
    "no_card": "{n} người chưa có căn cước",
    "no_phone": "{n} cụ không có điện thoại",
    "failed": "{n} máy lỗi",
}
_IN_PART = 0.4  # of all who copy: only the first two numbers
_TROUBLE = timedelta(minutes=90)


def invented(evening: Evening, goal: int) -> list[Deed]:
    """The same number again and again, of no home: somebody types what is expected."""
    n = evening.rng.randrange(4, 7)
    at = evening.clock(19 * 60 + evening.rng.randrange(60))
    for _ in range(max(5, goal // n)):
        words = evening.rng.choice((f"được {n}", f"{n} máy", f"xong {n} máy"))
        evening.say(at, words, (Done("activated", n),))
        at += timedelta(minutes=evening.rng.randrange(8, 16))
    return evening.deeds


def copied(evening: Evening, comrade: Mapping[str, int]) -> list[Deed]:
    """One message late at night that says what a comrade did, number for number."""
    outcomes = [outcome for outcome in _COPIED if comrade.get(outcome)]
    if evening.rng.random() < _IN_PART:
        outcomes = outcomes[:2]
    done = tuple(Done(outcome, comrade[outcome]) for outcome in outcomes)
    words = ", ".join(_COPIED[one.outcome].format(n=one.n) for one in done)
    evening.say(evening.clock(23 * 60 + evening.rng.randrange(20)), words, done)
    return evening.deeds


def fast(evening: Evening) -> list[Deed]:
    """An evening's work and more, home by home, within half an hour."""
    at = evening.clock(20 * 60 + evening.rng.randrange(60))
    for _ in range(evening.rng.randrange(9, 13)):
        done = (Done("activated", evening.rng.randrange(3, 6)),)
        evening.say(at, evening.writer.of_home(evening.home(), "", done), done)
        at += timedelta(minutes=evening.rng.randrange(2, 4))
    return evening.deeds


def no_codes(rng: Random, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """An hour and a half in which codes do not come."""
    begins = moment(day, zone, 19 * 60 + rng.randrange(60))
    return begins, begins + _TROUBLE
