"""One person on Telegram, on Zalo and in the web chat at once: one person in every total."""

from datetime import datetime
from pathlib import Path

from storage.campaign import communes
from storage.reports import breakdown
from tests.browsers import Browser
from tests.on_zalo import OnZalo
from tests.platforms import Zalo
from tests.talk import CODES, ZONE, Talk, talking
from tests.timetable.test_jobs import comes


async def test_one_person_on_three_platforms(tmp_path: Path) -> None:
    """Whichever is at hand: sums, lists, corrections and the summary are the person's, and nothing counts twice."""
    zalo_clock: list[Talk] = []
    zalo = Zalo(lambda: zalo_clock[0].clock.now().timestamp(), privacy=False)
    async with zalo.emulator, talking(tmp_path, settings=zalo.settings) as talk:
        zalo_clock.append(talk)
        dung, an = await talk.person("Dũng"), await talk.person("An")
        group = await talk.team_chat(dung, an)
        on_zalo = OnZalo(zalo, talk)
        await on_zalo.says(f"/start {CODES['An']}", "Chào em An")
        async with Browser(await talk.url()) as browser:
            await browser.join(CODES["An"])
            await browser.connect()
            await an.says("nhà bà Lan xóm 4 được 3").hears("em 3 máy")
            await on_zalo.says("xóm 5 được 2, vắng 1", "em 5 máy, cả tổ 5")
            await browser.says("thôn Xuân Tảo được 4")
            await browser.hears("Hôm nay em 9 máy, cả tổ 9")
            doubted = await on_zalo.says(
                "nhà bà Lan xóm 4 được 3", "em 12 máy", "đã báo nhà bà Lan với số này lúc 19:30"
            )
            assert "Hoàn tác" in doubted
            await on_zalo.says("Hoàn tác", "Đã rút báo cáo", "em 9 máy")
            await an.says("sửa 5 máy")  # the newest report that counts, whichever platform it came by
            await an.says("/homnay").hears(
                "Nhà bà Lan, xóm 4: 3 máy", "Xóm 5: 2 máy, 1 nhà vắng", "Thôn Xuân Tảo: 5 máy"
            )
        await dung.says("/to").hears("An: 10 máy")
        talk.clock.set(datetime(2023, 5, 21, 0, 30, 2, tzinfo=ZONE))
        summary = await comes(talk, group, "tổng kết ngày 20/05")
        assert "Cả tổ: 10 máy, 1 nhà vắng" in summary
        assert summary.count("An: ") == 1
        assert talk.done_by("hv1") == {"activated": 10, "absent": 1}
        by_person = talk.look(lambda tx: breakdown.rows(tx, "person", [one.id for one in communes.every(tx)], None))
        assert [row.counts for row in by_person if row.name == "An"] == [{"activated": 10, "absent": 1}]
