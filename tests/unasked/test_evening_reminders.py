"""The evening's plan, the names for the lead, and the lead's own call: who hears what, and what they leave out."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.sending.passing import until
from tests.talk import ZONE, Talk, talking
from tests.timetable.test_jobs import LITTLE, NUDGE, comes, done, heard

AFTERNOON = datetime(2023, 5, 20, 15, 0, tzinfo=ZONE)
PLAN = datetime(2023, 5, 20, 17, 0, tzinfo=ZONE)
NAMES = datetime(2023, 5, 20, 22, 30, tzinfo=ZONE)
NUDGED = "chưa nhận được báo cáo"


@pytest.fixture
async def afternoon(tmp_path: Path, platform: str) -> AsyncIterator[Talk]:
    """The fifth day of the phase, before residents come home."""
    async with talking(tmp_path, start=AFTERNOON, platform=platform) as running:
        yield running


async def test_the_evening_is_planned(afternoon: Talk) -> None:
    """Students get their appointments with the homes, the team's chat without; both the hamlets that lack a report."""
    talk = afternoon
    dung, an, binh = await talk.person("Dũng"), await talk.person("An"), await talk.person("Bình")
    group = await talk.team_chat(dung, an, binh)
    await an.says("xóm 4 được 1, hẹn 20h tối nay nhà bà Tư").hears("20:00 ngày 20/05")
    await an.says("hẹn 19h tối nay nhà ông Năm xóm 5").hears("19:00 ngày 20/05")
    talk.clock.set(PLAN + LITTLE)
    text = await comes(talk, an.private, "Tối nay em có 2 lịch hẹn")
    assert text.splitlines()[1:] == [
        "19:00 ông Năm, xóm 5",
        "20:00 bà Tư, xóm 4",
        "🏘 Ba ngày nay chưa có báo cáo ở: thôn Xuân Tảo",
    ]
    text = await comes(talk, group, "Tối nay tổ có 2 lịch hẹn:\n19:00 An, xóm 5\n20:00 An, xóm 4")
    assert "thôn Xuân Tảo" in text
    assert "ông Năm" not in text
    await done(talk, "plan")
    await talk.settled()
    assert heard(binh.private, "Tối nay") == []  # hamlets alone the team's chat says to all


@pytest.mark.on("telegram", "zalo")  # in the web chat every team has a room
async def test_without_a_group_everybody_hears_which_hamlets_lack_a_report(afternoon: Talk) -> None:
    """Where that is all there is, every other evening, and not who is off duty."""
    talk = afternoon
    dung, an, binh = await talk.person("Dũng"), await talk.person("An"), await talk.person("Bình")
    await an.says("/xinnghi 22/05").hears("nghỉ ngày 22/05")
    talk.clock.set(PLAN + LITTLE)
    assert "Tối nay em chưa có lịch hẹn." in await comes(talk, binh.private, "thôn Xuân Tảo")
    await dung.says("/xinnghi 22/05").hears("nghỉ")
    talk.clock.set(PLAN + timedelta(days=1) + LITTLE)
    await done(talk, "plan", times=2)
    await talk.settled()
    assert len(heard(binh.private, "Tối nay")) == 1  # the same hamlets alone are no news every evening
    talk.clock.set(PLAN + timedelta(days=2) + LITTLE)
    await comes(talk, binh.private, "chưa có lịch hẹn", times=2)
    await done(talk, "plan", times=3)
    await talk.settled()
    for off in (an, dung):
        assert len(heard(off.private, "chưa có lịch hẹn")) == 1  # before: whoever is off duty hears nothing


async def test_what_was_missed_goes_into_the_next_plan(afternoon: Talk) -> None:
    """The visit of yesterday that nothing has become of, with its home, for its student alone."""
    talk = afternoon
    dung, an, binh = await talk.person("Dũng"), await talk.person("An"), await talk.person("Bình")
    group = await talk.team_chat(dung, an, binh)
    await an.says("hẹn 20h tối nay nhà bà Tư xóm 4").hears("20:00 ngày 20/05")
    await an.says("hẹn 21h tối nay nhà ông Năm xóm 5").hears("21:00 ngày 20/05")
    talk.clock.set(PLAN + timedelta(hours=4, minutes=30))
    await an.says("ông Năm xóm 5 xong rồi, được 2").hears("2 máy")
    await talk.settled()
    talk.clock.set(PLAN + timedelta(days=1) + LITTLE)
    text = await comes(talk, an.private, "Tối nay em chưa có lịch hẹn")
    assert text.splitlines()[:2] == [
        "🗓 Tối nay em chưa có lịch hẹn.",
        "Lịch hẹn trước chưa đi: 20/05 20:00 bà Tư, xóm 4. Xong hay dời: /lichhen",
    ]
    await done(talk, "plan", times=2)
    await talk.settled()
    assert heard(group, "bà Tư") == heard(binh.private, "bà Tư") == []


@pytest.mark.on("telegram")
async def test_a_team_with_many_visits_hears_of_the_first(afternoon: Talk) -> None:
    """A line each, with who goes; of more than a phone shows the rest is counted."""
    talk = afternoon
    dung, an, binh = await talk.person("Dũng"), await talk.person("An"), await talk.person("Bình")
    group = await talk.team_chat(dung, an, binh)
    for n in range(12):
        who = (an, binh)[n % 2]
        await who.says(f"hẹn {18 + n // 3}h{n % 3}0 tối nay nhà bà {'ABCDEGHIKLMN'[n]} xóm 4").hears("ngày 20/05")
    talk.clock.set(PLAN + LITTLE)
    text = await comes(talk, group, "Tối nay tổ có 12 lịch hẹn:\n18:00 An, xóm 4\n18:10 Bình, xóm 4\n")
    assert text.count(", xóm 4\n") == 10
    assert "\n… và 2 lịch hẹn khác\n" in text


async def test_an_evening_without_anything_to_plan(afternoon: Talk) -> None:
    """Where every hamlet has a report and nobody is expected, nothing is said."""
    talk = afternoon
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    for hamlet in ("xóm 4", "xóm 5", "thôn Xuân Tảo"):
        await an.says(f"{hamlet} được 1").hears("1 máy")
    talk.clock.set(PLAN + LITTLE)
    await done(talk, "plan")
    await talk.settled()
    for chat in (an.private, dung.private, group):
        assert heard(chat, "Tối nay") == []


async def test_the_first_days_know_no_hamlet_that_was_forgotten(tmp_path: Path) -> None:
    """Three days have to pass before a hamlet is one that nobody went to."""
    async with talking(tmp_path, start=datetime(2023, 5, 18, 15, 0, tzinfo=ZONE)) as talk:
        an = await talk.person("An")
        talk.clock.set(datetime(2023, 5, 18, 17, 0, 2, tzinfo=ZONE))
        await done(talk, "plan")
        await talk.settled()
        assert heard(an.private, "Tối nay") == []
        talk.clock.set(datetime(2023, 5, 19, 17, 0, 2, tzinfo=ZONE))
        await comes(talk, an.private, "xóm 4, xóm 5, thôn Xuân Tảo")


async def test_the_lead_gets_the_names(talk: Talk) -> None:
    """At half past ten, privately: who has none yet; a press reminds them, and the group hears no name."""
    dung, an, binh = await talk.person("Dũng"), await talk.person("An"), await talk.person("Bình")
    group = await talk.team_chat(dung, an, binh)
    await dung.says("xóm 4 được 3").hears("3 máy")
    talk.clock.set(NUDGE + LITTLE)
    await comes(talk, an.private, NUDGED)
    await an.says("xóm 4 được 3").hears("3 máy")
    talk.clock.set(NAMES + LITTLE)
    text = await comes(talk, dung.private, "còn 2 bạn chưa có báo cáo: Bình và Cúc.")
    assert "Bot không nhắn riêng được cho Cúc" in text
    assert heard(group, "Bình") == []
    said = next(one for one in dung.private.from_bot if "còn 2 bạn" in one.text)
    await dung.presses("Nhắc lại", said).hears("Đã nhắc Bình", "không nhắn riêng được cho Cúc: đã nhắn trong nhóm")
    await comes(talk, binh.private, NUDGED, times=2)
    await comes(talk, group, "chưa nhận được báo cáo của Cúc")
    assert len(heard(an.private, NUDGED)) == 1


async def test_nobody_is_named_where_all_have_reported(talk: Talk) -> None:
    """Nor is anything said."""
    people = [await talk.person(name) for name in ("Dũng", "An", "Bình", "Cúc")]
    for one in people:
        await one.says("xóm 4 được 3").hears("3 máy")
    talk.clock.set(NAMES + LITTLE)
    await done(talk, "names")
    await talk.settled()
    assert heard(people[0].private, "chưa có báo cáo") == []
    await people[0].says("/nhac").hears("không cần nhắc")


async def test_the_lead_reminds_them_now(talk: Talk) -> None:
    """/nhac: each without a report hears it at once, not more than once in half an hour, by whomever."""
    dung, an, binh = await talk.person("Dũng"), await talk.person("An"), await talk.person("Bình")
    group = await talk.team_chat(dung, an, binh)
    await an.says("xóm 4 được 3").hears("3 máy")
    await dung.says("/nhac", group).hears("Đã nhắc 1 bạn", "không nhắn riêng được cho Cúc")
    said = await binh.waits(NUDGED)
    assert said.buttons == [["Hôm nay 0 máy", "Xin nghỉ", "Báo ngay"]]
    assert heard(group, "Bình") == []
    await dung.says("/nhac").hears("Bot vừa nhắc cả tổ lúc 19:3", "Nhắc lại được từ 20:0")
    assert len(heard(binh.private, NUDGED)) == 1
    talk.clock.set(NUDGE + LITTLE)
    await comes(talk, binh.private, NUDGED, times=2)
    await dung.says("/nhac").hears("Bình vừa được nhắc trong 30 phút qua")
    assert len(heard(binh.private, NUDGED)) == 2
    await an.says("/nhac").hears("không dành cho vai của em")


async def test_who_was_called_just_now_is_not_nudged_again(talk: Talk) -> None:
    """The lead at 21:10, the clock at 21:30: that is one reminder."""
    dung, binh = await talk.person("Dũng"), await talk.person("Bình")
    talk.clock.set(NUDGE - timedelta(minutes=20))
    await dung.says("/nhac").hears("Đã nhắc Bình")
    await comes(talk, binh.private, NUDGED)
    talk.clock.set(NUDGE + LITTLE)
    await comes(talk, dung.private, NUDGED)
    await talk.settled()
    assert len(heard(binh.private, NUDGED)) == 1


async def test_nobody_is_reminded_in_quiet_hours_or_outside_of_the_phase(talk: Talk) -> None:
    """The lead is told when it can be done."""
    dung, binh = await talk.person("Dũng"), await talk.person("Bình")
    talk.clock.set(datetime(2023, 5, 21, 1, 30, tzinfo=ZONE))
    await dung.says("/nhac").hears("Từ 01:00 đến 06:00 bot không nhắc ai")
    talk.clock.set(datetime(2023, 6, 7, 20, 0, tzinfo=ZONE))
    await dung.says("/nhac").hears("Đợt 1 từ ngày 16/05 đến 05/06")
    assert heard(binh.private, NUDGED) == []


async def test_report_at_once(talk: Talk) -> None:
    """[Báo ngay] shows how, with the hamlet of the last report; pressed twice it says that it was."""
    talk.needs("old buttons")
    an = await talk.person("An")
    await an.says("xóm 5 được 3").hears("3 máy")
    await an.says("/huy").hears("rút")
    talk.clock.set(NUDGE + timedelta(days=1) + LITTLE)
    await comes(talk, an.private, NUDGED)
    said = an.private.from_bot[-1]
    await an.presses("Báo ngay", said).hears("Em nhắn luôn một tin như nói, ví dụ: xóm 4 được 3, vắng 1")
    await an.presses("Báo ngay", said).notes("đã được chọn")
    await an.says("xóm 5 được 2").hears("2 máy")
    talk.clock.set(NUDGE + timedelta(days=2) + LITTLE)
    await comes(talk, an.private, NUDGED, times=2)
    said = an.private.from_bot[-1]
    talk.clock.set(datetime(2023, 5, 23, 8, 0, tzinfo=ZONE))
    await an.presses("Báo ngay", said).hears("ví dụ: hôm qua xóm 5 được 3, vắng 1")


@pytest.mark.parametrize(("strength", "said"), [("firm", True), ("gentle", False)])
async def test_the_strength_of_the_nudge_is_a_setting(tmp_path: Path, strength: str, said: bool) -> None:
    """A firm one says when the lead gets the names."""
    async with talking(tmp_path, settings={"BACUNG_SCHEDULE__NUDGES": strength}) as talk:
        an = await talk.person("An")
        talk.clock.set(NUDGE + LITTLE)
        assert ("Đến 22:30 bot gửi tổ trưởng tên" in await comes(talk, an.private, NUDGED)) is said


async def test_without_nudges_the_lead_still_gets_the_names(tmp_path: Path) -> None:
    """`nudges = "off"`: nobody is reminded by the clock, neither alone nor in the group."""
    async with talking(tmp_path, settings={"BACUNG_SCHEDULE__NUDGES": "off"}) as talk:
        dung, an = await talk.person("Dũng"), await talk.person("An")
        group = await talk.team_chat(dung, an)
        talk.clock.set(NUDGE + LITTLE)
        await done(talk, "nudge")
        talk.clock.set(NAMES + LITTLE)
        await comes(talk, dung.private, "còn 3 bạn chưa có báo cáo: An, Bình và Cúc. Đồng chí cũng chưa báo.")
        assert heard(an.private, NUDGED) == heard(group, "chưa có báo cáo") == []


@pytest.mark.on("telegram")
async def test_a_lead_who_alone_is_missing_was_reminded_and_gets_no_names(talk: Talk) -> None:
    """Nor is told of themselves as of somebody; who calls then hears whose report is missing."""
    dung, *others = [await talk.person(name) for name in ("Dũng", "An", "Bình", "Cúc")]
    for one in others:
        await one.says("xóm 4 được 3").hears("3 máy")
    talk.clock.set(NUDGE + LITTLE)
    await comes(talk, dung.private, NUDGED)
    before = len(dung.private.from_bot)
    talk.clock.set(NAMES + LITTLE)
    await done(talk, "names")
    await talk.settled()
    assert len(dung.private.from_bot) == before
    await dung.says("/nhac").hears("ai khác đang làm cũng đã có báo cáo, chỉ còn đồng chí chưa báo.")


@pytest.mark.on("telegram")
async def test_where_no_lead_can_be_written_to_an_officer_hears(talk: Talk) -> None:
    """The commune's officer gets the names, without a button that is a lead's."""
    ha, an = await talk.person("Hà"), await talk.person("An")
    await an.says("xóm 4 được 3").hears("3 máy")
    talk.clock.set(NAMES + LITTLE)
    await comes(talk, ha.private, "còn 3 bạn chưa có báo cáo: Bình, Cúc và Dũng.")
    assert ha.private.from_bot[-1].buttons == []


@pytest.mark.on("telegram")
async def test_whom_the_bot_has_lost_is_mentioned_in_the_team_chat(afternoon: Talk) -> None:
    """With the plan, where they are expected somewhere; their homes stay untold."""
    talk = afternoon
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    await an.says("hẹn 19h tối nay nhà ông Năm xóm 5").hears("19:00 ngày 20/05")
    await talk.settled()
    an.user.blocks()
    await until(talk, lambda: talk.look(lambda tx: tx.one("SELECT 1 FROM chats WHERE gone_at IS NOT NULL")), LITTLE)
    talk.clock.set(PLAN + LITTLE)
    text = await comes(talk, group, "Tối nay tổ có 1 lịch hẹn")
    assert "không nhắn riêng được cho An về lịch hẹn của mình" in text
    assert "ông Năm" not in text
