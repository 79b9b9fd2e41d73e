"""Pictures: how long the drawing process takes for one, what it holds of memory, and what others feel of it."""

import asyncio
import csv
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench.bots import Ours, resident, running, warmed, workplace
from bench.figures import Effort, Figure
from bench.platform import FIRST_STUDENT, Platform
from bench.students import messages
from bot.drawing.drawer import Drawer
from handlers.figures import charts
from handlers.figures.gathered.series import Course, Day, Evening, Heat, Hour, Reach, Reached, Series, Warm

A_SECOND = 50
OFFICER = FIRST_STUDENT + 900
COLD_MOST, WARM_MOST, MORE_MOST = 1.5, 0.4, 1.2
_FIRST, _DAYS, _COMMUNES = date(2023, 5, 16), 21, 26
_SPELL, _STEP = 2, 10  # seconds
_WORDS, _PICTURE = "/tong", "/tiendo"


def measure(ours: Ours, effort: Effort) -> Iterator[Figure]:
    """The process alone, then the bot answering students while an officer asks for picture after picture."""
    yield from asyncio.run(_alone(effort.of(10, 3), effort.of(20, 5)))
    yield from _beside(ours, effort)


# The process alone


async def _alone(cold: int, warm: int) -> list[Figure]:
    works = {name: _work(facts) for name, facts in _whole_campaign().items()}
    first = []
    for _ in range(cold):
        drawer = Drawer()
        first.append(await _seconds(drawer, works["course"]))
        await drawer.close()
    drawer = Drawer()
    await _seconds(drawer, works["course"])
    later = {name: median([await _seconds(drawer, work) for _ in range(warm)]) for name, work in works.items()}
    assert drawer.pid is not None
    memory = resident(drawer.pid)
    await drawer.close()
    slowest = max(later.values())
    return [
        Figure(
            "a picture, the drawing process not there yet (median)",
            f"{median(first):.2f} s",
            target=f"≤ {COLD_MOST} s",
            good=median(first) <= COLD_MOST,
        ),
        Figure(
            f"a picture of {_COMMUNES} communes and {_DAYS} days, the slowest kind (median)",
            f"{slowest * 1e3:.0f} ms",
            target=f"≤ {WARM_MOST * 1e3:.0f} ms",
            good=slowest <= WARM_MOST,
        ),
        Figure("  each kind", "\n".join(f"{name} {took * 1e3:.0f} ms" for name, took in later.items())),
        Figure("resident memory of the drawing process, while there is one", f"{memory:.0f} MB"),
    ]


async def _seconds(drawer: Drawer, work: dict[str, Any]) -> float:
    begun = time.perf_counter()
    content = await drawer.draw("chart", work)
    assert content.startswith(b"\x89PNG")
    return time.perf_counter() - begun


def _work(facts: Series) -> dict[str, Any]:
    specification = charts.CHARTS[charts.kind_of(facts)].spec(facts)
    return {"specification": specification, "vega_lite": charts.VEGA_LITE}


def _whole_campaign() -> dict[str, Series]:
    """Each kind of chart as it is at the end of a phase."""
    days = tuple(_FIRST + timedelta(days=n) for n in range(_DAYS))
    last, rate = days[-1], 1900
    course = tuple(Day(day, 84_000 + 2040 * n, 84_000 + rate * n, rate) for n, day in enumerate(days, 1))
    reaches = tuple(Reach(f"Xã số {n}", 9000 - 100 * n, 10_000, 40 + n) for n in range(_COMMUNES))
    warms = tuple(Warm(f"Xã số {n}", tuple((n * 37 + m * 53) % 160 for m in range(_DAYS))) for n in range(_COMMUNES))
    hours = tuple(Hour(hour, (hour * 7) % 23) for hour in range(7, 24))
    done = 84_000 + rate * _DAYS
    return {
        "course": Course("Huyện", "Đợt 1", last, True, 278_950, 84_000, done, 42_840, 39_900, rate, None, course),
        "reached": Reached("Huyện", last, True, Reach("Huyện", done, 278_950, rate), reaches),
        "heat": Heat("Huyện", "Đợt 1", True, days, warms),
        "evening": Evening("Xã số 1", last, True, sum(one.phones for one in hours), 0, hours),
    }


# Beside students


def _beside(ours: Ours, effort: Effort) -> Iterator[Figure]:
    """One stream of messages in spells: of nothing else, of words that an officer asks for, of pictures.

    Spells are short, so that whatever else the machine does is felt by all alike. With words one sees what one more
    message a second costs those who write at the same moment: the rest is the drawing's.
    """
    number = A_SECOND * effort.of(180, 60)
    with workplace(ours) as folder, Platform() as platform, running(ours, platform, folder):
        _join_officer(ours, folder, platform)
        warmed(platform, ours)
        _ask(platform, _PICTURE)
        assert platform.wait_for_answers(1, method="sendPhoto"), "no picture came"
        platform.wait_until_quiet(1)
        platform.forget()
        found, pictures = _stream(platform, number, effort)
    quiet, words, drawing = (quantiles(found[asks], n=100)[98] for asks in (None, _WORDS, _PICTURE))
    yield Figure(
        f"message to answer at {A_SECOND}/s, p99 of {len(found[_PICTURE])}, a picture a second meanwhile",
        f"{drawing * 1e3:.1f} ms",
        f"{quiet * 1e3:.1f} ms (none)",
        f"{drawing / quiet:.2f}",
        f"≤ {MORE_MOST}",
        drawing / quiet <= MORE_MOST,
    )
    yield Figure("  the same with words alone a second", f"{words * 1e3:.1f} ms", "", f"{words / quiet:.2f}")
    middle, without = median(found[_PICTURE]), median(found[None])
    yield Figure("  median", f"{middle * 1e3:.1f} ms", f"{without * 1e3:.1f} ms (none)", f"{middle / without:.2f}")
    yield Figure(f"  /tiendo to its picture, median of {len(pictures)}", f"{median(pictures) * 1e3:.0f} ms")


def _stream(platform: Platform, number: int, effort: Effort) -> tuple[dict[str | None, list[float]], list[float]]:
    """How long answers took, by what was asked for meanwhile, and how long pictures took, in seconds."""
    pushed: dict[int, list[float]] = defaultdict(list)
    asking: dict[int, list[str | None]] = defaultdict(list)
    asked: list[float] = []
    begin = time.monotonic()
    for place, message in enumerate(messages(number, 1000)):
        time.sleep(max(0.0, begin + place / A_SECOND - time.monotonic()))
        asks = (None, _WORDS, _PICTURE)[place // (A_SECOND * _SPELL) % 3]
        if asks is not None and place % A_SECOND == 0:
            asked += [time.monotonic()] if asks == _PICTURE else []
            _ask(platform, asks)
        if place % (A_SECOND * _STEP) == 0:
            effort.step()
        asking[FIRST_STUDENT + message[0]].append(asks)
        pushed[FIRST_STUDENT + message[0]].append(time.monotonic())
        platform.say([message])
    words = number // (A_SECOND * 3)
    assert platform.wait_for_answers(number + words), "ours did not answer all"
    assert platform.wait_for_answers(len(asked), method="sendPhoto"), "pictures are missing"
    answered: dict[int, list[float]] = defaultdict(list)
    for _, chat, _, at, _, _ in platform.calls("sendMessage"):
        answered[chat or 0].append(at)
    del answered[OFFICER]
    shown = [at for _, _, _, at, _, _ in platform.calls("sendPhoto")]
    found: dict[str | None, list[float]] = {None: [], _WORDS: [], _PICTURE: []}
    for chat, times in pushed.items():
        for asks, push, answer in zip(asking[chat], times, answered[chat], strict=True):
            found[asks].append(answer - push)
    return found, [there - ask for ask, there in zip(asked, shown, strict=True)]


def _ask(platform: Platform, what: str) -> None:
    platform.control("say", messages=[{"user_id": OFFICER, "text": what}])


def _join_officer(ours: Ours, folder: Path, platform: Platform) -> None:
    """An officer of the whole campaign comes in."""
    rows = csv.DictReader(StringIO(ours.command(folder, "codes", "--csv").stdout))
    code = next(row["code"] for row in rows if row["role"] == "admin")
    platform.control("say", messages=[{"user_id": OFFICER, "text": f"/start {code}"}])
    assert platform.wait_for_answers(1), "the officer could not join"
    platform.wait_until_quiet(0.5)
