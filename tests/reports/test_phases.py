"""From one phase to the next: who reports when, what still may be put right, and whose numbers go on."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.talk import CAMPAIGN, CODES, ROSTER, ZONE, Person, Talk, talking, write_campaign
from tests.timetable.test_jobs import comes

CODES.update({"Nam": "MA-CUA-NAM1", "Oanh": "MA-CUA-OANH"})
TWO_PHASES = (
    CAMPAIGN
    + """
[[phases]]
name = "Đợt 2"
start = 2023-06-10
days = 15
"""
)
# Nam and Oanh come for the second phase; Em goes on.
HANDED_OVER = (
    ROSTER.replace("hv5,Em,student,397,Đợt 1,MA-CUA-EM1\n", "hv5,Em,student,397,Đợt 1; Đợt 2,MA-CUA-EM1\n")
    + "hv8,Nam,student,451,Đợt 2,MA-CUA-NAM1\ntt3,Oanh,lead,451,Đợt 2,MA-CUA-OANH\n"
)
FILES = {"campaign.toml": TWO_PHASES, "roster.csv": HANDED_OVER}
LAST_EVENING = datetime(2023, 6, 5, 19, 30, tzinfo=ZONE)
DAY = timedelta(days=1)

pytestmark = pytest.mark.on("telegram")


async def people(talk: Talk, *names: str) -> list[Person]:
    return [await talk.person(name) for name in names]


async def test_the_first_phase_ends_and_the_second_begins(tmp_path: Path) -> None:
    """Those of the first read and put right, those of the second wait, then report; the commune's total goes on."""
    async with talking(tmp_path, start=LAST_EVENING) as talk:
        an, ha, em = await people(talk, "An", "Hà", "Em")
        await an.says("nhà bà Lan xóm 4 được 3").hears("3 máy", "Hôm nay em 3 máy")
        await em.says("xóm 1 được 2").hears("2 máy")
        await talk.stop()
        write_campaign(talk.folder / "campaign", FILES)
        await talk.start()
        (nam,) = await people(talk, "Nam")
        await nam.says("xóm 4 được 2").hears("Đợt 2 bắt đầu ngày 10/06 nên bot chưa ghi", "tổ trưởng Oanh")

        talk.clock.advance(DAY)
        refused = await an.says("xóm 4 được 2").hears("Đợt 1 của em đã kết thúc ngày 05/06", "tổ trưởng Dũng")
        assert "còn sửa được đến hết ngày 07/06" in refused.text
        await an.says("khoảng 5 máy").hears("không ghi thêm báo cáo")
        await em.says("xóm 1 được 2").hears("Đợt 2 bắt đầu ngày 10/06: giữa hai đợt bot chưa ghi")
        await ha.says("/tong").hears("Đợt 1 đã kết thúc ngày 05/06, Đợt 2 bắt đầu ngày 10/06")
        await an.says("hôm qua xóm 5 được 1").hears("05/06 ở xóm 5: 1 máy")
        await an.says("hôm nay em được mấy máy rồi").hears("Hôm nay em 0 máy")
        await an.says("chào bot").hears("Đợt 1 của em đã kết thúc ngày 05/06", "/cuatoi")
        await an.says("/homnay").hears("Đợt 1 của em đã kết thúc", "không có báo cáo nào")

        talk.clock.set(datetime(2023, 6, 10, 19, 30, tzinfo=ZONE))
        refused = await an.says("xóm 4 được 2").hears("không ghi thêm báo cáo")
        assert "còn sửa được" not in refused.text
        await nam.says("xóm 4 được 5").hears("5 máy", "cả tổ 5")
        await ha.says("/tong").hears("Đợt 2, ngày 1/15", "Hôm nay: 5 máy")
        await ha.says("/xa Xuân Thu").hears("Đã xong 3.109/9.260", "Xóm 4: 8")
        assert talk.done_by("hv1") == {"activated": 4}


async def test_what_is_told_of_the_last_evening_is_the_first_phases(tmp_path: Path) -> None:
    """Whoever goes on and tells of the evening before counts in the team of that evening."""
    phases = TWO_PHASES.replace("2023-06-10", "2023-06-06")
    async with talking(tmp_path, start=LAST_EVENING, files={**FILES, "campaign.toml": phases}) as talk:
        (em,) = await people(talk, "Em")
        await em.says("xóm 1 được 2").hears("2 máy")
        talk.clock.advance(DAY)
        await em.says("hôm qua nhà bà Tư xóm 1 được 3").hears("3 máy", "cả tổ 5")
        await em.says("xóm 1 được 4").hears("4 máy", "cả tổ 4")


async def test_a_correction_on_the_day_after_the_end(tmp_path: Path) -> None:
    """An edit and `/huy` still work on the two work days after; then the lead is named."""
    async with talking(tmp_path, start=LAST_EVENING, files=FILES) as talk:
        an, dung = await people(talk, "An", "Dũng")
        said = an.says("nhà bà Lan xóm 4 được 3")
        await said.hears("3 máy")
        other = an.says("nhà ông Tư xóm 5 được 2")
        await other.hears("2 máy")
        talk.clock.advance(DAY)
        await an.edits(said, "nhà bà Lan xóm 4 được 4").hears("4 máy (trước là 3)")
        asked = await an.says("/sua 1 máy").hears("của ngày 05/06", "Sửa thành")
        await an.presses("Sửa", asked).hears("1 máy (trước là 2)")
        assert talk.done_by("hv1") == {"activated": 5}
        talk.clock.advance(2 * DAY)
        await an.edits(said, "nhà bà Lan xóm 4 được 9").hears("đã khóa", "tổ trưởng Dũng")
        assert talk.done_by("hv1") == {"activated": 5}
        await dung.says("/to").hears("Xã Xuân Thu")


async def test_nothing_is_reported_for_a_friend_after_the_end(tmp_path: Path) -> None:
    """For the evening before it is; and whoever comes in only then hears that the phase is over."""
    async with talking(tmp_path, start=LAST_EVENING, files=FILES) as talk:
        an, binh = await people(talk, "An", "Bình")
        talk.clock.advance(DAY)
        (cuc,) = await people(talk, "Cúc")
        assert "Đợt 1 của em đã kết thúc ngày 05/06.\nSố của em: /cuatoi" in cuc.private.from_bot[0].text
        await an.says("báo hộ Bình xóm 4 được 3").hears("không ghi thêm báo cáo")
        await an.says("báo hộ Bình hôm qua nhà bà Lan xóm 4 được 3").hears("Bình", "3 máy")
        await binh.waits("An", "3 máy")
        assert talk.done_by("hv2") == {"activated": 3}


async def test_in_the_teams_chat_a_report_is_refused_and_talk_is_not(tmp_path: Path) -> None:
    """Numbers are answered, a lone `xong` and talk are not."""
    async with talking(tmp_path, start=LAST_EVENING, files=FILES) as talk:
        dung, an = await people(talk, "Dũng", "An")
        group = await talk.team_chat(dung, an)
        talk.clock.advance(DAY)
        await comes(talk, group, "🎉 Đợt 1")  # the farewell, which is said unasked
        await an.says("xóm 4 được 3", group).hears("không ghi thêm báo cáo")
        await an.says("khoảng 5 máy", group).hears("không ghi thêm báo cáo")
        await an.says("xong", group).hears_nothing()
        await an.says("hehe mệt quá", group).hears_nothing()


async def test_what_lies_before_a_phase_never_counts_in_it(tmp_path: Path) -> None:
    """Neither a message sent then nor a day that is named; whoever reports hears when it begins."""
    evening = datetime(2023, 5, 16, 19, 30, tzinfo=ZONE)  # of its first day
    async with talking(tmp_path, start=evening) as talk:
        an, dung = await people(talk, "An", "Dũng")
        await an.says("xóm 4 được 3", at=evening - 3 * DAY).hears("ngày 13/05 đã khóa")
        await an.says("xóm 4 được 3", at=evening - DAY).hears("Đợt 1 bắt đầu ngày 16/05 nên bot chưa ghi")
        await an.says("hôm qua xóm 4 được 3").hears("Đợt 1 bắt đầu ngày 16/05 nên bot không ghi số của ngày 15/05")
        await an.says("hôm qua báo hộ Bình xóm 4 được 3").hears("Đợt 1 bắt đầu ngày 16/05")
        assert (talk.done_by("hv1"), talk.done_by("hv2")) == ({}, {})
        await an.says("xóm 4 được 2").hears("2 máy", "cả tổ 2")
        await dung.says("/to").hears("Cả đợt 2 máy")


async def test_a_phase_that_is_put_off(tmp_path: Path) -> None:
    """What was reported before it stays where it was, and is none of its own; nothing more is counted until then."""
    async with talking(tmp_path) as talk:
        an, dung, khoa = await people(talk, "An", "Dũng", "Khoa")
        await an.says("xóm 4 được 3").hears("3 máy")
        await talk.stop()
        later = CAMPAIGN.replace("2023-05-16", "2023-05-21")
        write_campaign(talk.folder / "campaign", {"campaign.toml": later})
        await talk.start()
        await an.says("xóm 5 được 2").hears("Đợt 1 bắt đầu ngày 21/05 nên bot chưa ghi báo cáo")
        talk.clock.advance(DAY)
        await an.says("xóm 5 được 4").hears("4 máy", "cả tổ 4")
        await dung.says("/to").hears("An: 4 máy (lúc 19:30) · tổng 4", "Cả đợt 4 máy")
        await an.says("/cuatoi").hears("4 máy")
        await khoa.says("/tong đợt").hears("4")
        await khoa.says("/xa Xuân Thu").hears("bot ghi 7", "An: 4 · nay 4")
        assert talk.done_by("hv1") == {"activated": 7}
