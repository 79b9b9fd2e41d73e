"""/cuatoi: the sender's own numbers, short enough for a phone."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from handlers.figures.said import own
from storage.field import leave
from storage.reports import reports
from tests.figures.world import World, at, day, labels, lines, world
from tests.talk import Talk

NOW = at(day(18), 21, 40)


@pytest.fixture
def w(tmp_path: Path) -> Iterator[World]:
    """A small campaign."""
    with world(tmp_path) as made:
        yield made


def test_today_every_day_the_phase_outcomes_and_hamlets(w: World) -> None:
    """A friend's numbers are not among them, nor what was withdrawn; corrected reports count as they are by now."""
    w.report("binh", day(16), 10, hamlet="Xóm 4")
    w.report("binh", day(17), 12, hamlet="Xóm 5", absent=2)
    w.report("binh", day(18), 3)
    gone = w.report("binh", day(18), 9, hamlet="Xóm 4")
    reports.withdraw(w.tx, gone, by=gone.person, at=NOW)
    w.report("chi", day(18), 7, hamlet="Xóm 4")
    leave.take(w.tx, w.person("binh").id, [day(21), day(22)])
    said = w.asks("binh", own.show, "", NOW)
    assert said.text == lines(
        """
        📒 Số của em, Đợt 1 (ngày thứ 3/21)
        Hôm nay: 3 máy
        Cả đợt: 25 máy, 2 nhà vắng
        Hết 17/05: 55,0% định mức (22/40)

        Từng ngày (số máy):
        18/05: 3 · 17/05: 12 · 16/05: 10

        Theo thôn (số máy):
        Xóm 5: 12
        Xóm 4: 10
        Không ghi thôn: 3

        Ngày nghỉ đã xin: 21/05, 22/05
        """
    )
    assert labels(said) == []


def test_days_that_are_named_stand_apart(w: World) -> None:
    """Of a day or a week; the others stay where they are, and many outcomes are a list."""
    w.report("binh", day(17), 12, absent=2, refused=1, failed=3, no_card=1)
    w.report("binh", day(18), 3)
    said = w.asks("binh", own.show, "hôm qua", NOW).text
    assert "\nHôm nay: 3 máy\nNgày 17/05: 12 máy, 2 nhà vắng, 1 người chưa đồng ý, " in said
    assert "\nCả đợt: 15 máy\n" in said
    assert "\nKết quả khác, cả đợt:\n2 nhà vắng\n1 người chưa đồng ý\n" in said
    assert "\nNgày 16/05: không có báo cáo\n" in w.asks("binh", own.show, "16/5", NOW).text
    assert "\n7 ngày 12/05–18/05: 15 máy, " in w.asks("binh", own.show, "tuần", NOW).text


def test_nothing_yet(w: World) -> None:
    """No empty sections."""
    assert w.asks("binh", own.show, "", NOW).text == lines(
        """
        📒 Số của em, Đợt 1 (ngày thứ 3/21)
        Hôm nay: chưa có báo cáo
        Cả đợt: chưa có báo cáo
        """
    )


def test_after_the_phase(w: World) -> None:
    """It is said that it is over; whoever is in the next one sees that, and the one before by a button."""
    w.report("binh", day(18), 3)
    w.report("an", day(18), 4)
    w.report("an", date(2023, 6, 7), 6)
    after = at(date(2023, 6, 7), 20)
    assert w.asks("binh", own.show, "", after).text == lines(
        """
        📒 Số của em, Đợt 1 (16/05–05/06)
        Đợt 1 của em đã kết thúc ngày 05/06.
        Cả đợt: 3 máy

        Từng ngày (số máy):
        18/05: 3
        """
    )
    said = w.asks("an", own.show, "", after)
    assert "Đợt 2 (ngày thứ 2/10)" in said.text
    assert "Cả đợt: 6 máy" in said.text
    assert labels(said) == ["Đợt 1"]
    assert "Cả đợt: 4 máy" in w.asks("an", own.show, "Đợt 1", after).text


def test_three_weeks_fit_on_a_phone(w: World) -> None:
    """A whole phase, and all hamlets: under a thousand characters, a week a line."""
    for number in range(16, 32):
        w.report("binh", day(number), number, hamlet="Xóm 4")
        w.report("binh", day(number), 2, hamlet="Xóm 5", absent=1)
    said = w.asks("binh", own.show, "", at(day(31), 21)).text
    assert len(said) < 600
    assert max(map(len, said.splitlines())) < 90


@pytest.mark.on("telegram", "zalo")
async def test_in_a_conversation(talk: Talk) -> None:
    """What is open is named, too."""
    an = await talk.person("An")
    await an.says("nhà bà Lan xóm 4 được 3, vắng 1").hears("3 máy")
    await an.says("khoảng 5 máy").hears("mấy máy?")
    await an.says("/cuatoi").hears("Hôm nay: 3 máy, 1 nhà vắng", "Xóm 4: 3", "1 tin chưa rõ số: /homnay")
