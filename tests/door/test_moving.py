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
        await giang.says("/to").hears("hôm nay: 5 máy\nAn: 5 máy (lúc 19:30) · tổng 5\n", "Cả đợt 5 máy")
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
        return an.counts["activated"]

    done: int = talk.look(look)
    return done
