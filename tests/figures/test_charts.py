"""Charts over plain facts: titles that say the finding, numbers as text, whole specifications."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from handlers.figures import charts
from handlers.figures.charts import theme
from handlers.figures.gathered import series
from handlers.figures.gathered.series import Course, Day, Evening, Heat, Hour, Reach, Reached, Series, Warm
from storage.campaign import communes
from tests.figures.world import FIRST, HOUSE, World, at, day, lines, world


@pytest.fixture
def w(tmp_path: Path) -> Iterator[World]:
    """A small campaign."""
    with world(tmp_path) as made:
        yield made


def campaign(days: int, counted: int, *, a_day: int = 2000, over: bool = False) -> Course:
    """A district's course of so many days, of which some are counted."""
    made = []
    for n in range(1, days + 1):
        there = n <= counted
        coming = [84000 + rate * n for rate in (1700, 1900, 2100)] if n >= counted else [None] * 3
        done = 84000 + 1900 * n if there else None
        made.append(Day(FIRST + timedelta(days=n - 1), 84000 + a_day * n, done, 1900 if there else None, *coming))
    quota, today = a_day * counted, FIRST + timedelta(days=counted - 1)
    done = 84000 + 1900 * counted
    return Course(
        "Huyện Sóc Sơn", "Đợt 1", today, over, 278950, 84000, done, quota, 1900 * counted, 1900, None, tuple(made)
    )


REACHED = Reached(
    "Huyện Sóc Sơn",
    day(31),
    False,
    Reach("Huyện Sóc Sơn", 116167, 278950, 1204),
    (Reach("Phù Lỗ", 9000, 10000, 120), Reach("Xuân Thu", 3000, 10000, 0), Reach("Minh Trí", 1200, 0, 7)),
)
HEAT = Heat("Huyện", "Đợt 1", True, (day(16), day(17)), (Warm("Phù Lỗ", (90, 1300)), Warm("Xuân Thu", (12, 0))))
EVENING = Evening("Xuân Thu", day(18), True, 66, 2, (Hour(19, 24), Hour(20, 40), Hour(21, 0)))
NOTHING: tuple[Series, ...] = (
    Course("Huyện", "Đợt 1", day(15), False, 0, 0, 0, 0, 0, None, None, ()),
    Reached("Huyện", day(15), False, Reach("Huyện", 0, 0, 0), ()),
    Heat("Huyện", "Đợt 1", False, (), ()),
    Heat("Huyện", "Đợt 1", False, (day(16),), (Warm("Phù Lỗ", (0,)),)),
    Evening("Xuân Thu", day(18), False, 0, 0, ()),
)
EVERYTHING: tuple[Series, ...] = (campaign(21, 16), campaign(21, 21, over=True), REACHED, HEAT, EVENING, *NOTHING)


def title(facts: Series) -> str:
    return charts.CHARTS[charts.kind_of(facts)].title(facts)


def spec(facts: Series) -> dict[str, Any]:
    return charts.CHARTS[charts.kind_of(facts)].spec(facts)


def test_a_title_says_the_finding() -> None:
    """How far and how far behind; who is first and last; the best day and who was silent; the best hour."""
    assert title(campaign(21, 16)) == "Đã xong 41,0%, chậm hơn định mức 1.600 máy"
    ahead = replace(campaign(21, 16), counted=33204)
    assert title(ahead) == "Đã xong 41,0%, vượt định mức 1.204 máy"
    assert title(replace(ahead, counted=32000)) == "Đã xong 41,0%, đúng định mức"
    assert title(replace(ahead, quota=0, target=0)) == "Đã xong 114.400 máy"
    assert title(REACHED) == "Phù Lỗ xong nhiều nhất 90,0%, Xuân Thu ít nhất 30,0%"
    assert title(replace(REACHED, rows=REACHED.rows[:1])) == "Phù Lỗ xong 90,0%"
    assert title(replace(REACHED, rows=REACHED.rows[2:])) == "Đã xong 116.167 máy"
    assert title(HEAT) == "Nhiều nhất ngày 17/05: 1.300 máy, ngày 17/05 có 1 xã chưa có máy nào"
    assert title(replace(HEAT, over=False)) == "Nhiều nhất ngày 17/05: 1.300 máy"
    assert title(EVENING) == "66 máy, nhiều nhất lúc 20 giờ (40 máy)"


def test_a_title_of_what_has_not_begun(w: World) -> None:
    """When it begins, and what there is already."""
    found = series.course(w.tx, [w.commune("451")], day(10), name="Xã Xuân Thu", finished=True)
    assert title(found) == "Bắt đầu ngày 16/05, đã có 10,0% chỉ tiêu"


def test_the_numbers_stand_beside_as_text(w: World) -> None:
    """The same as in /tong, in lines that fit a phone."""
    w.report("an", day(16), 10)
    w.report("an", day(17), 12)
    w.report("binh", day(18), 20)
    found = series.course(w.tx, [w.commune("451")], day(18), name="Xã Xuân Thu", finished=False)
    assert charts.said(found) == lines(
        """
        📈 Đã xong 14,2%, chậm hơn định mức 98 máy
        Xã Xuân Thu · Đợt 1 · đến ngày 18/05
        Đã xong 142/1.000 máy
        Còn 858 máy
        Đến hết 17/05: 22 máy
        Định mức đến đó: 120
        Gần đây 11 máy/ngày
        Dự kiến đến 05/06: 331 máy
        Dự kiến đủ chỉ tiêu 05/08
        """
    )
    assert charts.said(REACHED).split("\n")[2:] == [
        "Phù Lỗ: 90,0% · nay 120",
        "Xuân Thu: 30,0%",
        "Minh Trí: 1.200 · nay 7",
    ]
    assert charts.said(HEAT).split("\n")[2:] == ["16/05: 102 máy", "17/05: 1.300 máy"]
    assert charts.said(EVENING).split("\n")[2:] == ["19 giờ: 24", "20 giờ: 40", "Báo vào ngày khác: 2"]


@pytest.mark.parametrize("facts", EVERYTHING, ids=charts.kind_of)
def test_lines_of_text_fit_a_phone(facts: Series) -> None:
    """30 letters, but for the title."""
    assert [line for line in charts.said(facts).split("\n")[2:] if len(line) > 30] == []


@pytest.mark.parametrize("facts", EVERYTHING, ids=charts.kind_of)
def test_a_specification_holds_all_that_it_shows(facts: Series) -> None:
    """Plain JSON, a phone wide, in one font; the title in lines that fit; nothing from elsewhere."""
    made = spec(facts)
    assert json.loads(json.dumps(made)) == made
    assert made["width"] == theme.WIDTH == 360
    assert all(len(line) <= 40 for line in made["title"]["text"])
    assert " ".join(made["title"]["text"]) == title(facts)
    text = json.dumps(made)
    assert '"url"' not in text
    assert text.count('"font"') and set(_fonts(made)) == {theme.FONT}
    assert min(_sizes(made)) >= 11  # px of 360


def _fonts(node: Any) -> Iterator[str]:
    yield from _values(node, lambda key: key.lower().endswith("font"))


def _sizes(node: Any) -> Iterator[int]:
    yield from _values(node, lambda key: key.lower().endswith("fontsize"))


def _values(node: Any, wanted: Any) -> Iterator[Any]:
    if isinstance(node, dict):
        for key, value in node.items():
            if wanted(key):
                yield value
            yield from _values(value, wanted)
    elif isinstance(node, list):
        for value in node:
            yield from _values(value, wanted)


def test_a_title_is_broken_where_its_lines_are_alike() -> None:
    """No word stands alone in the last line."""
    assert theme.lines("Đã xong 39,5%, chậm hơn định mức 5.359 máy", 39) == [
        "Đã xong 39,5%,",
        "chậm hơn định mức 5.359 máy",
    ]
    assert theme.lines("một hai ba bốn năm sáu bảy tám", 24) == ["một hai ba bốn", "năm sáu bảy tám"]
    assert theme.lines("Đã xong 39,5%", 39) == ["Đã xong 39,5%"]
    assert theme.lines("", 39) == []


def test_days_are_named_as_far_as_there_is_room() -> None:
    """The last one always is."""
    several = [FIRST + timedelta(days=n) for n in range(21)]
    named = [date.fromisoformat(value) for value in theme.days_axis(several, 7)["values"]]
    assert (len(named), named[-1]) == (7, several[-1])
    assert {(later - sooner).days for sooner, later in pairwise(named)} == {3}
    assert theme.days_axis([], 7)["values"] == []


def test_colours_are_told_apart_in_grey_and_by_any_eyes() -> None:
    """Lines that cross differ in lightness or dashes; letters on white are read (WCAG 4.5 to 1)."""
    dashes = spec(campaign(21, 16))["layer"][1]["encoding"]["strokeDash"]["scale"]["range"]
    assert len({tuple(dash) for dash in dashes}) == 3
    for colour in (theme.BLUE, theme.VERMILION, theme.GREY, theme.INK):
        assert _contrast(colour) >= 4.5, colour


def _contrast(colour: str) -> float:
    """Against white: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


@pytest.mark.parametrize("a_day", [0, 3, 150])
def test_the_newest_number_stands_on_nothing(a_day: int) -> None:
    """Not on the days, where the work is as low as the picture goes; else below the lines, which it leaves readable."""
    first = date(2023, 5, 16)
    days = [Day(first + timedelta(days=n), 84_000 + 200 * n, 84_000 + a_day * n, a_day) for n in range(6)]
    coming = [Day(first + timedelta(days=n), 84_000 + 200 * n, middle=84_000 + a_day * n) for n in range(6, 21)]
    coming = [replace(one, middle=one.middle if a_day else None) for one in coming]
    now = replace(days[-1], middle=days[-1].done if a_day else None)
    all_days = (*days[:-1], now, *coming)
    done = 84_000 + a_day * 5
    facts = Course("Huyện", "Đợt 1", now.day, True, 278_950, 84_000, done, 1000, a_day * 5, a_day, None, all_days)
    numbers = [mark["dy"] for mark in _text_marks(charts.CHARTS["course"].spec(facts)) if "color" in mark]
    assert numbers == {0: [-2], 3: [-11, -11], 150: [33, 24]}[a_day]


def _text_marks(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [layer["mark"] for layer in spec["layer"] if layer["mark"]["type"] == "text"]


def test_a_picture_and_its_page_come_from_the_same_facts(w: World) -> None:
    """What was kept as JSON makes the same specification."""
    w.report("an", day(17), 12, sent=at(day(17), 20))
    everything = communes.every(w.tx)
    for facts in (
        series.course(w.tx, everything, day(18), name="Cả huyện", finished=True),
        series.reached(w.tx, everything, day(18), name="Cả huyện", finished=True),
        series.heat(w.tx, everything, day(18), name="Cả huyện", finished=True),
        series.evening(w.tx, HOUSE.calendar, w.team("451"), day(17), name="Xuân Thu", finished=True),
    ):
        kept = json.loads(json.dumps(series.to_json(facts)))
        assert charts.drawn_from(charts.kind_of(facts), kept) == spec(facts)


@pytest.mark.parametrize(("rate", "crossed"), [(1900, True), (2040, False), (1000, False)])
def test_the_plan_crosses_no_number(rate: int, crossed: bool) -> None:
    """At the end of a phase the newest number stands over a plan that is close above it."""
    days = tuple(Day(FIRST + timedelta(days=n), 2040 * (n + 1), rate * (n + 1), rate) for n in range(21))
    facts = Course("Huyện", "Đợt 1", days[-1].day, True, 278_950, 0, rate * 21, 42_840, rate * 21, rate, None, days)
    numbers = [one for one in _text_marks(spec(facts)) if one["align"] == "right"]
    assert numbers
    assert all((one["dy"] < -11) is crossed for one in numbers)
