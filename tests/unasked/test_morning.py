"""The morning's digest: the campaign first, then who slips and why, a line a commune that a phone shows whole."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from handlers.calendar import DaysOff
from handlers.turn import House
from handlers.unasked import morning
from storage.campaign.loading import load
from storage.campaign.people import Role
from storage.campaign.plan import PlannedCommune, PlannedPerson
from storage.engine.database import session
from storage.field import leave
from tests.figures.world import FIRST, HOUSE, PLAN, World, at, day, lines, world

WIDE = 30  # characters


@pytest.fixture
def w(tmp_path: Path) -> Iterator[World]:
    """A small campaign."""
    with world(tmp_path) as made:
        yield made


def digest(w: World, when: date, house: House = HOUSE) -> str:
    """What is said on the morning after a day."""
    return morning.digest(
        w.tx, house, when, at(when + timedelta(days=1), 6, 30), recipient=w.person("whole"), asking=0
    ).text


def test_a_digest(w: World) -> None:
    """The campaign's day, who slips and why, and a line a commune."""
    w.report("an", day(18), 60, absent=2)
    w.report("dung", day(18), 9)
    assert digest(w, day(18)) == lines(
        """
        ☀️ Chiến dịch thử, ngày 18/05 (Đợt 1, ngày thứ 3/21)
        Trong ngày: 69 máy, 2 nhà vắng
        Đã xong 169/1.800 máy (9,4%), còn 1.631
        (có sẵn 100, bot ghi 69)
        Cả đợt đạt 28,8% định mức (69/240)
        Gần đây 69 máy/ngày, dự kiến xong 11/06

        ⚠️ Cần để ý:
        Minh Phú: 9 · 1,1%
        – 3 ngày dưới định mức

        Trong ngày · đã xong:
        TT Sóc Sơn: 0 · 0
        Xuân Thu: 60 · 16,0%
        """
    ).replace("\n–", "\n –")


def test_slipping_is_fair(w: World) -> None:
    """Zero is a report; those on leave owe nothing; a commune without students and days afterwards have none."""
    assert " – chưa có báo cáo" in digest(w, FIRST)
    w.report("an", FIRST, 0)
    leave.take(w.tx, w.person("dung").id, [FIRST])
    assert "Cần để ý" not in digest(w, FIRST)
    after = date(2023, 6, 20)
    quiet = digest(w, after)
    assert quiet.startswith("☀️ Chiến dịch thử, ngày 20/06\n")
    assert "Cần để ý" not in quiet


def test_three_days_below_the_quota(w: World) -> None:
    """Two are not enough, one day that reaches it is an end of it, and days off do not count."""
    for number in (16, 17, 18, 19, 20, 21):
        w.report("an", day(number), 59 if number != 19 else 60)
        w.report("dung", day(number), 20)
    slow = [number for number in (16, 17, 18, 19, 20, 21) if "dưới định mức" in digest(w, day(number))]
    assert slow == [18]
    off = replace(HOUSE, days_off=DaysOff(dates=frozenset({day(19)})))
    assert [number for number in (18, 20, 21) if "dưới định mức" in digest(w, day(number), off)] == [18, 20, 21]


def test_those_on_leave_owe_nothing_to_the_quota(w: World) -> None:
    """Two of three at work make 40 the day's quota."""
    for number in (16, 17, 18):
        w.report("an", day(number), 45)
    assert "Xuân Thu: 45 · 23,5%\n – 3 ngày dưới định mức" in digest(w, day(18))
    for number in (16, 17, 18):
        leave.take(w.tx, w.person("chi").id, [day(number)])
    assert "Xuân Thu: 45 · 23,5%\n – 3 ngày" not in digest(w, day(18))


def test_many_failures_of_one_kind(w: World) -> None:
    """At least ten, and as many as what succeeded; the kind of which there are most is named."""
    w.report("an", FIRST, 12, failed=12, absent=11)
    w.report("dung", FIRST, 12, failed=11)
    said = digest(w, FIRST)
    assert "Xuân Thu: 12 · 11,2%\n – 12 máy chưa cài được\n" in said
    assert said.endswith("\nMinh Phú: 12 · 1,5%")


def test_the_worst_come_first(w: World) -> None:
    """Who says nothing before who is slow, those before who fails."""
    w.report("an", FIRST, 5, no_card=20)
    said = digest(w, FIRST)
    assert said.index("Minh Phú") < said.index("Xuân Thu") < said.index("TT Sóc Sơn")


def test_a_line_is_no_longer_than_a_phone_is_wide(w: World) -> None:
    """Twenty-six communes with long names and large numbers, and all that may be said of each."""
    w.tx.run("UPDATE communes SET name = 'Xã Nguyễn Thị Minh Khai Thượng', target = 99999, baseline = 0")
    w.report("an", FIRST, 99999, absent=99999, change="adjusted")
    for _ in range(3):
        w.report("dung", FIRST, 1, failed=99999)
    said = digest(w, FIRST)
    rows = said.split("⚠️ Cần để ý:\n")[1].splitlines()
    assert [row for row in rows if len(row) > WIDE] == []
    assert any(row.startswith("Nguyễn Thị M…: 99.999 · 100,0%") for row in rows)
    assert " – 299.997 máy chưa cài được" in said


def test_who_gets_the_digest(w: World) -> None:
    """Officers of the whole campaign who joined, and nobody else."""
    w.chat("one")
    w.chat("admin")
    assert morning.recipients_of_digest(w.tx) == []
    chat = w.chat("whole")
    assert morning.recipients_of_digest(w.tx) == [(chat, w.person("whole"))]


def test_where_most_are_slow_the_slowest_are_named(tmp_path: Path) -> None:
    """How many there are is said once; a list of all of them would hide who needs help."""
    places = [f"{500 + n}" for n in range(8)]
    plan = replace(
        PLAN,
        communes=tuple(PlannedCommune(code, f"Xã Số {code}", f"so {code}", 500, 0) for code in places),
        hamlets=(),
        people=(
            *(PlannedPerson(f"l{c}", f"L{c}", Role.LEAD, (c,), ((c, "Đợt 1"),)) for c in places),
            PlannedPerson("whole", "Giang", Role.OFFICER, (), ()),
        ),
    )
    with session(tmp_path / "bacung.db") as tx:
        load(tx, plan, today=FIRST, at=at(FIRST, 8), digest="d")
        w = World(tx)
        for number in (16, 17, 18):
            for phones, code in enumerate(places, 1):
                w.report(f"l{code}", day(number), phones if code != "507" else 20)
        said = digest(w, day(18))
    assert "⚠️ Cần để ý:\n7/8 tổ 3 ngày dưới định mức,\n6 tổ chậm nhất có ghi ở dưới\nSố 500: 1 · 0,6%\n" in said
    slow = [line for line, after in pairwise(said.splitlines()) if "dưới định mức" in after and line.startswith("Số")]
    assert [line[:6] for line in slow] == [f"Số {500 + n}" for n in range(6)]
    assert [line for line in said.split("Cần để ý:")[1].splitlines() if len(line) > WIDE] == []
