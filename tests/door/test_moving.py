"""A student who is moved to another commune in mid-phase: what was reported before stays where it was done."""

import asyncio
from datetime import datetime
from pathlib import Path

import pytest

from bot.folder import handover, storing
from storage.campaign import communes
from storage.engine.transaction import Transaction
from storage.reports import breakdown
from tests.talk import ROSTER, ZONE, Talk, talking

pytestmark = pytest.mark.on("telegram")
MOVED = ROSTER.replace("hv1,An,student,451,", "hv1,An,student,397,")


async def loads(talk: Talk, roster: str) -> list[str]:
    """An officer loads another roster into the bot that runs."""
    folder = talk.folder / "campaign"
    (folder / "roster.csv").write_text(roster, encoding="utf-8")
    lines = await asyncio.to_thread(handover.hand_over, talk.database, storing.found(folder), 5.0)
    assert lines is not None
    return lines


async def test_earlier_reports_stay(tmp_path: Path) -> None:
    """Both teams count what was done in their commune, and the student all of it; both leads see it so."""
    async with talking(tmp_path) as talk:
        an, dung, giang, khoa = [await talk.person(name) for name in ("An", "Dũng", "Giang", "Khoa")]
        first = an.says("xóm 4 được 3")
        await first.hears("em 3 máy, cả tổ 3")
        talk.clock.set(datetime(2023, 5, 21, 19, 30, tzinfo=ZONE))
        await an.says("xóm 4 được 2").hears("em 2 máy, cả tổ 2")
        assert (await loads(talk, MOVED))[0:2] == [
            "members: 1 moved",
            "  ~ hv1 An: Xã Xuân Thu → Xã Minh Phú in Đợt 1, what they reported stays in Xã Xuân Thu",
        ]
        await an.says("được 5").hears("em 7 máy, cả tổ 5")
        shown = await dung.says("/to").hears("hôm nay: 2 máy", "Người đã rời tổ: 5", "Cả đợt 5 máy")
        assert "An:" not in shown.text
        await giang.says("/to").hears("hôm nay: 5 máy\n", "\nAn: 5 máy (lúc 19:30) · tổng 5\n", "Cả đợt 5 máy")
        await khoa.says("/xa Minh Phú").hears("An: 5 · nay 5")
        await khoa.says("/xa Xuân Thu").hears("bot ghi 5", "Người đã rời tổ: 5")
        await an.edits(first, "xóm 4 được 4").hears("4 máy (trước là 3)", "Ngày 20/05")
        await khoa.says("/xa Xuân Thu").hears("Xóm 4: 6", "Người đã rời tổ: 6")
        assert talk.done_by("hv1") == {"activated": 11}
        parts = {name: _activated(talk, name) for name in ("451", "397")}
        assert parts == {"451": 6, "397": 5}


def _activated(talk: Talk, commune: str) -> int:
    """What An did in a commune, as `bacung totals --by person` has it."""

    def look(tx: Transaction) -> int:
        ids = [one.id for one in communes.every(tx) if one.code == commune]
        (an,) = [part for part in breakdown.rows(tx, "person", ids, None) if part.id == "hv1"]
        return an.counts.get("activated", 0)

    done: int = talk.look(look)
    return done


async def test_what_is_open_stays_where_it_was_written(tmp_path: Path) -> None:
    """Its number counts in the commune of that moment, whether it is pressed or typed; a sum and a yes do, too."""
    async with talking(tmp_path) as talk:
        an = await talk.person("An")
        asked = await an.says("nhà bà Lan xóm 4 khoảng 5 máy").hears("số chính xác")
        many = await an.says("xóm 5 được 60").hears("60 máy")
        chosen = await an.says("gop xom 4 2 may").hears("muốn ghi thế nào")
        await loads(talk, MOVED)
        await an.presses("4", asked).hears("Nhà bà Lan, xóm 4: 4 máy", "cả tổ 4")
        assert {name: _activated(talk, name) for name in ("451", "397")} == {"451": 4, "397": 0}
        await an.presses("Đúng, ghi", many).hears("60 máy", "cả tổ 64")
        await an.presses("Thêm 2 máy ở xóm 4", chosen).hears("2 máy", "cả tổ 66")
        assert {name: _activated(talk, name) for name in ("451", "397")} == {"451": 66, "397": 0}
        await an.says("xóm 4 được 1").hears("1 máy", "cả tổ 1")
        assert {name: _activated(talk, name) for name in ("451", "397")} == {"451": 66, "397": 1}


async def test_a_smaller_sum_is_taken_from_where_it_was_said(tmp_path: Path) -> None:
    """And the other commune has nothing below zero."""
    async with talking(tmp_path) as talk:
        an = await talk.person("An")
        await an.says("xóm 4 được 3").hears("3 máy")
        asked = await an.says("hôm nay được 2").hears("Sửa còn 2 chứ?")
        await loads(talk, MOVED)
        await an.presses("Sửa còn 2", asked).hears("2 máy")
        assert {name: _activated(talk, name) for name in ("451", "397")} == {"451": 2, "397": 0}


async def test_a_number_typed_after_the_move(tmp_path: Path) -> None:
    """It answers what was asked before."""
    async with talking(tmp_path) as talk:
        an = await talk.person("An")
        await an.says("xóm 4 khoảng 5 máy").hears("số chính xác")
        await loads(talk, MOVED)
        await an.says("4").hears("4 máy", "cả tổ 4")
        assert {name: _activated(talk, name) for name in ("451", "397")} == {"451": 4, "397": 0}


async def test_who_is_no_student_any_more_is_told_that_an_edit_changes_nothing(tmp_path: Path) -> None:
    """What was reported before stays as it was, and is not passed over in silence; talk is."""
    async with talking(tmp_path) as talk:
        an = await talk.person("An")
        said, talk_of = an.says("xóm 4 được 3"), an.says("chào bot")
        await said.hears("em 3 máy")
        await talk.settled()
        await loads(talk, ROSTER.replace("hv1,An,student,451,Đợt 1", "hv1,An,officer,451,"))
        await an.edits(said, "xóm 4 được 5").hears("không báo số máy ở đây")
        await an.edits(talk_of, "chào").hears_nothing()
        assert talk.done_by("hv1") == {"activated": 3}
