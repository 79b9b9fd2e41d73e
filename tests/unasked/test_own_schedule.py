"""/lichnhac: everybody sees what they will be sent, and moves or mutes what is their own; and that is what happens."""

from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from handlers.unasked.evening import gathered
from tests.talk import ROSTER, ZONE, Talk, talking
from tests.timetable.test_jobs import LITTLE, NUDGE, SUMMARY, comes, done, heard

NUDGED = "chưa nhận được báo cáo"
NAMES = datetime(2023, 5, 20, 22, 30, tzinfo=ZONE)
DIGEST = datetime(2023, 5, 21, 6, 30, tzinfo=ZONE)


def at(hour: int, minute: int = 0) -> datetime:
    """A moment of the evening, just after its minute began."""
    return datetime(2023, 5, 20, hour, minute, tzinfo=ZONE) + LITTLE


async def test_everybody_sees_what_they_will_be_sent(talk: Talk) -> None:
    """By role: a student, a lead, a commune's officer, the campaign's, an admin; in private alone."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    shown = await an.says("/lichnhac").hears(
        "Bot tự nhắn riêng cho em", "1. 17:00 kế hoạch buổi tối", "2. 21:30 nhắc báo cáo, nếu chưa có"
    )
    assert "Trong nhóm của tổ: 17:00 kế hoạch, 21:30 số bạn chưa có báo cáo, 00:30 tổng kết." in shown.text
    assert "Mỗi tối không quá 4 tin" in shown.text
    assert "3." not in shown.text
    assert shown.buttons == [["Dời 1", "Tắt 1"], ["Dời 2", "Tắt 2"]]
    shown = await dung.says("/lichnhac").hears("3. 22:30 tên các bạn chưa có báo cáo", "4. 00:30 tổng kết ngày")
    assert shown.buttons[3:] in ([["Tắt 4"]], [])  # where there are no rows, all are in one
    ha = await talk.person("Hà")
    await ha.says("/lichnhac").hears("1. 00:30 tổng kết ngày")
    await (await talk.person("Khoa")).says("/lichnhac").hears("1. 06:30 tổng kết toàn chiến dịch")
    await (await talk.person("Linh")).says("/lichnhac").hears("không tự nhắn gì", "Hết đợt: 06:30")
    await an.says("/lichnhac", group).hears("chỉ dùng khi nhắn riêng")


async def test_what_is_moved_comes_at_its_own_time(talk: Talk) -> None:
    """By buttons: earlier than all, and not again with them; what was reported by then is not asked for."""
    an, binh = await talk.person("An"), await talk.person("Bình")
    for one in (an, binh):
        shown = await one.says("/lichnhac").hears("2. 21:30")
        asked = await one.presses("Dời 2", shown).hears("đang gửi lúc 21:30", "muốn nhận lúc nào?")
        await one.presses("Lúc 20:30", asked).hears(
            "Từ nay bot gửi tin nhắc báo cáo lúc 20:30.", "2. 20:30 nhắc báo cáo, nếu chưa có (giờ chung 21:30)"
        )
    await binh.says("xóm 4 được 3").hears("3 máy")
    await talk.settled()
    talk.clock.set(at(20, 30))
    await comes(talk, an.private, NUDGED)
    talk.clock.set(NUDGE + LITTLE)
    await done(talk, "nudge")
    await talk.settled()
    assert len(heard(an.private, NUDGED)) == 1
    assert heard(binh.private, NUDGED) == []
    talk.clock.set(at(20, 30) + timedelta(days=1))
    await comes(talk, binh.private, NUDGED)
    await comes(talk, an.private, NUDGED, times=2)


async def test_what_is_muted_is_not_said(talk: Talk) -> None:
    """Until it is wanted again; the team hears its number all the same, and the lead the names."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    shown = await an.says("/lichnhac").hears("2. 21:30")
    shown = await an.presses("Tắt 2", shown).hears("Đã tắt tin nhắc báo cáo", "(đang tắt)")
    talk.clock.set(NUDGE + LITTLE)
    await comes(talk, dung.private, NUDGED)
    talk.clock.set(NAMES + LITTLE)
    await comes(talk, dung.private, "còn 3 bạn chưa có báo cáo: An, Bình và Cúc")
    await talk.settled()
    assert heard(an.private, NUDGED) == []
    await an.presses("Bật 2", shown).hears("Từ nay bot gửi tin nhắc báo cáo lúc 21:30")
    talk.clock.set(NUDGE + timedelta(days=1) + LITTLE)
    await comes(talk, an.private, NUDGED)


async def test_in_words(talk: Talk) -> None:
    """`/lichnhac tắt nhắc`, `/lichnhac 1 16h30`, `/lichnhac kế hoạch giờ chung`; what makes no sense is said."""
    an = await talk.person("An")
    await an.says("/lichnhac tắt nhắc").hears("Đã tắt tin nhắc báo cáo")
    await an.says("/lichnhac bật 2").hears("Từ nay bot gửi tin nhắc báo cáo lúc 21:30.")
    await an.says("/lichnhac 1 16h30").hears(
        "kế hoạch buổi tối lúc 16:30; hôm nay đã qua giờ này nên bắt đầu từ ngày mai."
    )
    await an.says("/lichnhac kế hoạch giờ chung").hears("kế hoạch buổi tối lúc 17:00")
    await an.says("/lichnhac 2 3:00").hears("Tin nhắc báo cáo nhận được trong khoảng 20:00–23:30", "03:00 thì không")
    await an.says("/lichnhac 7").hears("chưa rõ em muốn đổi gì", "/lichnhac 1 17:00")
    await an.says("/lichnhac nhắc 22 giờ").hears("tin nhắc báo cáo lúc 22:00")
    await an.says("/lichnhac").hears("2. 22:00 nhắc báo cáo, nếu chưa có (giờ chung 21:30)")
    ha = await talk.person("Hà")
    await ha.says("/lichnhac 1 22:00").hears("không dời riêng được; đồng chí có thể tắt")


async def test_what_lies_within_half_an_hour_is_one_message(talk: Talk) -> None:
    """A lead moves the nudge near the names: both come at the later time, in one message with the buttons of both."""
    dung = await talk.person("Dũng")
    await dung.says("/lichnhac 2 22:15").hears(
        "tin nhắc báo cáo lúc 22:30, cùng tin với tên các bạn chưa có báo cáo", "2. 22:30"
    )
    await talk.settled()
    for moment in (NUDGE + LITTLE, at(22, 15)):
        talk.clock.set(moment)
        await done(talk, "nudge")
        await talk.settled()
        assert heard(dung.private, NUDGED) == []
    talk.clock.set(NAMES + LITTLE)
    text = await comes(talk, dung.private, NUDGED)
    assert "còn 3 bạn chưa có báo cáo: An, Bình và Cúc" in text
    said = next(one for one in dung.private.from_bot if NUDGED in one.text)
    assert sorted(label for row in said.buttons for label in row) == sorted(
        ["Hôm nay 0 máy", "Xin nghỉ", "Báo ngay", "Nhắc lại"]
    )
    await done(talk, "names")
    await dung.presses("Hôm nay 0 máy", said).hears("Đã ghi hôm nay 0 máy")


@pytest.mark.on("telegram")
async def test_times_that_are_set_near_each_other(tmp_path: Path, platform: str) -> None:
    """The settings alone put the nudge near the names: a lead gets both at once, a student the nudge at its time."""
    async with talking(tmp_path, platform=platform, settings={"BACUNG_SCHEDULE__NUDGE": "22:10"}) as talk:
        dung, an = await talk.person("Dũng"), await talk.person("An")
        talk.clock.set(at(22, 10))
        await comes(talk, an.private, NUDGED)
        assert heard(dung.private, NUDGED) == []
        talk.clock.set(NAMES + LITTLE)
        assert "còn 3 bạn chưa có báo cáo" in await comes(talk, dung.private, NUDGED)
        await talk.settled()
        assert len(heard(dung.private, "chưa có báo cáo")) == 1
        assert len(heard(an.private, NUDGED)) == 1


@pytest.mark.on("telegram")
async def test_down_at_ones_own_time(talk: Talk) -> None:
    """It is made up while it makes sense, marked as late, and once."""
    an = await talk.person("An")
    await an.says("/lichnhac 2 22:00").hears("lúc 22:00")
    await talk.stop()
    talk.clock.set(at(22, 20))
    await talk.start()
    assert (await comes(talk, an.private, NUDGED)).startswith("(gửi muộn)")
    await talk.stop()
    await talk.start()
    await talk.settled()
    assert len(heard(an.private, NUDGED)) == 1
    await talk.stop()
    talk.clock.set(at(23, 50) + timedelta(days=1))  # too late by now
    await talk.start()
    await done(talk, "names", times=2)
    await talk.settled()
    assert len(heard(an.private, NUDGED)) == 1


@pytest.mark.on("telegram")
async def test_moved_back_after_it_was_said(talk: Talk) -> None:
    """Who heard it at their own time, and then wants that of all, does not hear it again this evening."""
    an = await talk.person("An")
    await an.says("/lichnhac 2 20:30").hears("lúc 20:30")
    talk.clock.set(at(20, 30))
    await comes(talk, an.private, NUDGED)
    await an.says("/lichnhac 2 chung").hears("lúc 21:30")
    talk.clock.set(NUDGE + LITTLE)
    await done(talk, "nudge")
    await talk.settled()
    assert len(heard(an.private, NUDGED)) == 1


@pytest.mark.on("telegram")
async def test_the_digest_and_the_summary(talk: Talk) -> None:
    """The morning's digest may be moved, a copy of the summary muted; the group's comes as ever."""
    dung, khoa = await talk.person("Dũng"), await talk.person("Khoa")
    group = await talk.team_chat(dung)
    await khoa.says("/lichnhac 8h").hears("tổng kết toàn chiến dịch lúc 08:00")
    await dung.says("/lichnhac tắt tổng kết").hears("Đã tắt tổng kết ngày")
    talk.clock.set(SUMMARY + LITTLE)
    await comes(talk, group, "tổng kết ngày 20/05")
    talk.clock.set(DIGEST + LITTLE)
    await done(talk, "digest")
    await talk.settled()
    assert heard(khoa.private, "☀️") == []
    talk.clock.set(DIGEST + timedelta(minutes=90) + LITTLE)
    await comes(talk, khoa.private, "☀️")
    assert heard(dung.private, "tổng kết ngày 20/05") == []


@pytest.mark.on("telegram")
async def test_an_officer_of_many_communes_gets_four_messages(tmp_path: Path) -> None:
    """Of six summaries in one night the last ones come in one message; none is left out."""
    codes = [f"50{n}" for n in range(6)]
    files = {
        "communes.csv": "code,name,target\n" + "".join(f"{code},Xã Số {code},900\n" for code in codes),
        "hamlets.csv": "commune,name\n",
        "roster.csv": ROSTER.splitlines()[0]
        + "\n"
        + "".join(f"s{code},Sơn {code},student,{code},Đợt 1,MA-CUA-{code}-X\n" for code in codes)
        + f"cb1,Hà,officer,{';'.join(codes)},,MA-CUA-HA1\n",
    }
    async with talking(tmp_path, files=files) as talk:
        ha = await talk.person("Hà")
        await talk.settled()
        before = len(ha.private.from_bot)
        talk.clock.set(SUMMARY + LITTLE)
        await done(talk, "summary")
        await talk.settled()
        talk.clock.advance(timedelta(seconds=61))
        await comes(talk, ha.private, "Số 505, tổng kết")
        said = ha.private.from_bot[before:]
        assert len(said) == 4
        assert all(sum(f"Số {code}, tổng kết" in one.text for one in said) == 1 for code in codes)


@pytest.mark.on("telegram")
async def test_what_the_lead_wants_of_it_in_practice_is_for_real(talk: Talk) -> None:
    """/lichnhac is never practised."""
    an = await talk.person("An")
    await an.says("/thunghiem").hears("Bắt đầu thử")
    await an.says("/lichnhac tắt 2").hears("Đã tắt tin nhắc báo cáo")
    assert talk.look(lambda tx: tx.one("SELECT muted FROM wishes WHERE job = 'nudge'"))["muted"] == 1


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"plan": time(17), "nudge": time(21, 30), "names": time(22, 30)}, (17 * 60, 21 * 60 + 30, 22 * 60 + 30)),
        ({"plan": time(20), "nudge": time(20, 30), "names": time(22, 30)}, (20 * 60 + 30, 20 * 60 + 30, 22 * 60 + 30)),
        ({"plan": time(20), "nudge": time(20, 30), "names": time(21)}, (20 * 60, 21 * 60, 21 * 60)),
        ({"plan": time(20), "nudge": time(20, 31), "names": time(22)}, (20 * 60, 20 * 60 + 31, 22 * 60)),
    ],
)
def test_what_waits_for_what(wanted: dict[str, time], expected: tuple[int, ...]) -> None:
    """For half an hour at most, and for the last of a row, so that nothing waits for ever."""
    found = gathered(wanted, time(4))
    assert tuple(found[job].hour * 60 + found[job].minute for job in wanted) == expected


@pytest.mark.on("telegram")
async def test_moved_on_after_it_was_said(talk: Talk) -> None:
    """Who was nudged with all, and then wants it later, is not nudged again this evening."""
    an = await talk.person("An")
    talk.clock.set(NUDGE + LITTLE)
    await comes(talk, an.private, NUDGED)
    await an.says("/lichnhac 2 22:00").hears("lúc 22:00")
    talk.clock.set(at(22, 0))
    await talk.settled_to(lambda tx: tx.one("SELECT 1 FROM job_runs WHERE job = 'own 1'"))
    await talk.settled()
    assert len(heard(an.private, NUDGED)) == 1
    talk.clock.set(at(22, 0) + timedelta(days=1))
    await comes(talk, an.private, NUDGED, times=2)
