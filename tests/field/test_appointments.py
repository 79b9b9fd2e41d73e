"""Appointments: whom somebody promised a visit, what becomes of it, and that nobody forgets it."""

from datetime import datetime, timedelta

import pytest

from storage.engine.database import session
from storage.engine.times import day_number
from storage.engine.transaction import Transaction
from storage.field import appointments
from storage.talk.outbox import Class
from tests.talk import EVENING, ZONE, Talk
from tests.timetable.test_jobs import LITTLE, comes, heard

TOMORROW = datetime(2023, 5, 21, 19, 0, tzinfo=ZONE)
REMINDED = TOMORROW - timedelta(minutes=30)


def standing(talk: Talk, ref: str) -> list[tuple[str | None, str]]:
    """Whom somebody is to go to, and when."""

    def work(tx: Transaction) -> list[tuple[str | None, str]]:
        row = tx.one("SELECT id FROM people WHERE ref = :ref", ref=ref)
        assert row is not None
        known = appointments.of_person(tx, row["id"], talk.clock.now().astimezone(ZONE).date())
        return [(one.home, f"{one.at.astimezone(ZONE):%d/%m %H:%M}") for one in known]

    found: list[tuple[str | None, str]] = talk.look(work)
    return found


async def test_half_an_hour_before(talk: Talk) -> None:
    """The answer says when; then its person alone is reminded, once, with what may be done; as an appointment."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    await an.says("hẹn 19h mai nhà bà Tư xóm 4").hears("19:00 ngày 21/05 · bot nhắc em lúc 18:30")
    await talk.settled()
    talk.clock.set(REMINDED - timedelta(minutes=1))
    await talk.settled()
    assert heard(an.private, "⏰") == []
    talk.clock.set(REMINDED + LITTLE)
    assert (await comes(talk, an.private, "⏰")).startswith("⏰ 19:00 em có hẹn: bà Tư, xóm 4")
    assert an.private.from_bot[-1].buttons == [["Xong", "Hẹn lại", "Hủy"]]
    talk.clock.set(TOMORROW)
    await talk.settled()
    assert len(heard(an.private, "⏰")) == 1
    assert heard(group, "bà Tư") == heard(dung.private, "⏰") == []
    row = talk.look(lambda tx: tx.one("SELECT class, meant_at FROM outbox WHERE key LIKE 'visit:%'"))
    assert (row["class"], row["meant_at"]) == (Class.APPOINTMENT, int(REMINDED.timestamp()))


async def test_what_is_too_near_is_not_announced(talk: Talk) -> None:
    """Twenty minutes before there is nothing to remind of, and the answer does not say so."""
    an = await talk.person("An")
    answer = await an.says("hẹn 19h50 tối nay nhà bà Tư").hears("19:50 ngày 20/05")
    assert "nhắc" not in answer.text
    talk.clock.set(EVENING + timedelta(minutes=19))
    await talk.settled()
    assert heard(an.private, "⏰") == []


async def test_restarts_and_downtime(talk: Talk) -> None:
    """Stopped around its time it is said once; back ten minutes late it is marked; after its time it is dropped."""
    an = await talk.person("An")
    await an.says("hẹn 19h mai nhà bà Tư").hears("bot nhắc em lúc 18:30")
    await an.says("hẹn 20h mai nhà ông Sáu").hears("bot nhắc em lúc 19:30")
    await an.says("hẹn 21h mai nhà cô Bảy").hears("bot nhắc em lúc 20:30")
    for seconds in (-1, 1, 2, 30):
        await talk.stop()
        talk.clock.set(REMINDED + timedelta(seconds=seconds))
        await talk.start()
        await talk.url()
    assert (await comes(talk, an.private, "có hẹn: bà Tư")).startswith("⏰")
    await talk.stop()
    talk.clock.set(REMINDED + timedelta(hours=1, minutes=10))
    await talk.start()
    assert (await comes(talk, an.private, "có hẹn: ông Sáu")).startswith("(gửi muộn) ⏰ 20:00")
    await talk.stop()
    talk.clock.set(TOMORROW + timedelta(hours=2, minutes=16))
    await talk.start()
    await talk.url()
    await an.says("/lichhen").hears("3 lịch hẹn")
    await talk.settled()
    assert len(heard(an.private, "⏰")) == 2


async def test_done_with_its_result(talk: Talk) -> None:
    """[Xong] asks what came of it, and the answer is a report of that home in its hamlet; it takes itself back."""
    an = await talk.person("An")
    await an.says("hẹn 19h mai nhà bà Tư xóm 4").hears("bot nhắc em lúc 18:30")
    talk.clock.set(REMINDED + LITTLE)
    reminder = await an.waits("⏰ 19:00")
    await an.presses("Xong", reminder).hears("Kết quả ở nhà bà Tư, xóm 4 thế nào?")
    told = await an.says("2 máy, vắng 1").hears("✅ Nhà bà Tư, xóm 4: 2 máy, 1 nhà vắng", "📅 Lịch hẹn bà Tư: xong")
    assert standing(talk, "hv1") == []
    assert talk.done_by("hv1") == {"activated": 2, "absent": 1, "revisit": 1}
    await an.presses("Hoàn tác", told).hears("↩️")
    assert standing(talk, "hv1") == [("bà Tư", "21/05 19:00")]


async def test_done_by_a_button(talk: Talk) -> None:
    """[2 máy] stores just that, and a second press counts nothing more; [Đã báo rồi] counts nothing."""
    an = await talk.person("An")
    await an.says("hẹn 20h nhà bà Tư xóm 5").hears("20:00 ngày 20/05")
    asked = await an.presses("Xong", await an.says("/lichhen").hears("1 lịch hẹn")).hears("Kết quả ở nhà bà Tư, xóm 5")
    await an.presses("2 máy", asked).hears("✅ Nhà bà Tư, xóm 5: 2 máy")
    assert talk.done_by("hv1") == {"activated": 2, "revisit": 1}
    assert standing(talk, "hv1") == []
    await an.says("hẹn 21h nhà ông Sáu").hears("21:00 ngày 20/05")
    asked = await an.presses("Xong", await an.says("/lichhen").hears("1 lịch hẹn")).hears("Kết quả ở nhà ông Sáu")
    done = await an.presses("Đã báo rồi", asked).hears("✅ Lịch hẹn ông Sáu lúc 21:00 hôm nay: xong")
    assert standing(talk, "hv1") == []
    await an.presses("Hoàn tác", done).hears("Vẫn hẹn ông Sáu")
    assert standing(talk, "hv1") == [("ông Sáu", "20/05 21:00")]
    assert talk.done_by("hv1") == {"activated": 2, "revisit": 2}


@pytest.mark.on("telegram")
async def test_a_press_after_it_is_done_does_nothing(talk: Talk) -> None:
    """The list still shows its buttons; what is done or called off says so."""
    an = await talk.person("An")
    await an.says("hẹn 20h nhà bà Tư").hears("20:00")
    shown = await an.says("/lichhen").hears("1 lịch hẹn")
    asked = await an.presses("Xong", shown).hears("Kết quả ở nhà bà Tư")
    await an.presses("2 máy", asked).hears("2 máy")
    for label in ("Xong", "Hẹn lại", "Hủy"):
        await an.presses(label, shown).notes("đã xong, đã hủy hoặc đã đổi giờ")
    assert talk.done_by("hv1") == {"activated": 2, "revisit": 1}


async def test_a_report_of_the_home_is_the_visit(talk: Talk) -> None:
    """Whoever goes and reports as ever need not press anything; nobody in long before is no visit."""
    an = await talk.person("An")
    await an.says("nhà bà Tư xóm 4 vắng 1, hẹn 20h mai").hears("bot nhắc em lúc 19:30")
    await an.says("nhà bà Tư xóm 4 vắng 1").hears("")
    assert standing(talk, "hv1") == [("bà Tư", "21/05 20:00")]
    talk.clock.set(TOMORROW + timedelta(minutes=20))
    await an.says("nhà bà Tư xóm 5 được 1").hears("✅ Nhà bà Tư, xóm 5")
    assert standing(talk, "hv1") == [("bà Tư", "21/05 20:00")]
    await an.says("nhà bà Tư xóm 4 được 2").hears("✅ Nhà bà Tư, xóm 4: 2 máy", "📅 Lịch hẹn bà Tư: xong")
    assert standing(talk, "hv1") == []
    talk.clock.set(TOMORROW + timedelta(minutes=40))
    await talk.settled()
    assert heard(an.private, "⏰") == []


async def test_put_off_by_a_button(talk: Talk) -> None:
    """[Hẹn lại] asks for the time and offers the likeliest; the reminder moves with it; it takes itself back."""
    an = await talk.person("An")
    await an.says("hẹn 20h30 nhà bà Tư").hears("bot nhắc em lúc 20:00")
    asked = await an.presses("Hẹn lại", await an.says("/lichhen").hears("1 lịch hẹn")).hears("Hẹn lại bà Tư lúc nào")
    moved = await an.presses("Mai 20:30", asked).hears(
        "✏️ Hẹn bà Tư: 20:30 ngày 21/05 (trước là 20:30 ngày 20/05) · bot nhắc em lúc 20:00"
    )
    assert standing(talk, "hv1") == [("bà Tư", "21/05 20:30")]
    await an.presses("Hoàn tác", moved).hears("Vẫn hẹn bà Tư lúc 20:30 hôm nay")
    assert standing(talk, "hv1") == [("bà Tư", "20/05 20:30")]
    await an.presses("Hẹn lại", await an.says("/lichhen").hears("1 lịch hẹn")).hears("Hẹn lại bà Tư lúc nào")
    await an.says("21h tối mai").hears("✏️ Hẹn bà Tư: 21:00 ngày 21/05")
    talk.clock.set(EVENING + timedelta(minutes=31))
    await talk.settled()
    assert heard(an.private, "⏰") == []
    talk.clock.set(datetime(2023, 5, 21, 20, 30, 2, tzinfo=ZONE))
    await comes(talk, an.private, "⏰ 21:00 em có hẹn: bà Tư")
    assert talk.done_by("hv1") == {"revisit": 1}


async def test_missed_twice_it_is_the_leads(talk: Talk) -> None:
    """A day late it is still the student's; after two it is the lead's, who hears of it in the morning, as they do."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await an.says("hẹn 21h nhà bà Tư xóm 4").hears("21:00")
    talk.clock.set(datetime(2023, 5, 21, 17, 0, tzinfo=ZONE))
    missed = talk.look(lambda tx: appointments.missed_of(tx, 1, datetime(2023, 5, 21, tzinfo=ZONE).date()))
    assert [(one.home, one.missed_by(datetime(2023, 5, 21, tzinfo=ZONE).date())) for one in missed] == [("bà Tư", 1)]
    await an.says("/lichhen").hears("bà Tư, xóm 4 (⚠️ lỡ 1 lần)")
    await talk.settled()
    talk.clock.set(datetime(2023, 5, 22, 7, 0, 2, tzinfo=ZONE))
    shown = await dung.waits("1. bà Tư, xóm 4: An hẹn 21:00 ngày 20/05, đã lỡ 2 lần")
    await an.waits("Hai lần em chưa kịp đến bà Tư, xóm 4, nên từ nay tổ trưởng Dũng lo")
    assert standing(talk, "hv1") == []
    assert standing(talk, "tt1") == [("bà Tư", "20/05 21:00")]
    asked = await dung.presses("Xong", shown).hears("Kết quả ở nhà bà Tư, xóm 4")
    await dung.presses("1 máy", asked).hears("✅ Nhà bà Tư, xóm 4: 1 máy")
    assert talk.done_by("tt1") == {"activated": 1}
    talk.clock.set(datetime(2023, 5, 23, 8, 0, tzinfo=ZONE))
    await talk.settled()
    assert len(heard(dung.private, "nay chuyển cho")) == 1


async def test_putting_off_does_not_forget_misses(talk: Talk) -> None:
    """Missed, put off and missed again are two misses."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await an.says("hẹn 21h nhà bà Tư").hears("21:00")
    talk.clock.set(datetime(2023, 5, 21, 17, 0, tzinfo=ZONE))
    await an.says("dời bà Tư sang tối nay").hears("✏️ Hẹn bà Tư: 21:00 ngày 21/05")
    talk.clock.set(datetime(2023, 5, 22, 7, 0, 2, tzinfo=ZONE))
    await dung.waits("bà Tư: An hẹn 21:00 ngày 21/05, đã lỡ 2 lần")


async def test_of_who_leaves(talk: Talk) -> None:
    """What a student who left had promised goes to the lead at once; what is past long ago does not."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await an.says("hẹn 19h mai nhà bà Tư xóm 4").hears("19:00 ngày 21/05")
    await talk.settled()
    await talk.stop()
    with session(talk.database) as tx:
        tx.run("UPDATE people SET locked_at = 1 WHERE ref = 'hv1'")
    await talk.start()
    await dung.waits("bà Tư, xóm 4: An hẹn 19:00 ngày 21/05, nay không còn trong tổ")
    assert standing(talk, "tt1") == [("bà Tư", "21/05 19:00")]
    talk.clock.set(REMINDED + LITTLE)
    await dung.waits("⏰ 19:00 đồng chí có hẹn: bà Tư, xóm 4")


@pytest.mark.on("telegram")
async def test_what_lost_its_sense_in_line_is_not_said(talk: Talk) -> None:
    """A reminder that waits while the platform is down is dropped where the visit was called off meanwhile."""
    an = await talk.person("An")
    await an.says("hẹn 19h mai nhà bà Tư").hears("bot nhắc em lúc 18:30")
    await talk.settled()
    await talk.stop()
    with session(talk.database) as tx:
        tx.run("UPDATE chats SET closed_at = NULL")
    talk.clock.set(REMINDED + LITTLE)
    talk.set(BACUNG_SCHEDULE__QUIET="18:00-18:40")
    await talk.start()
    await talk.settled_to(lambda tx: tx.one("SELECT 1 FROM outbox WHERE key LIKE 'visit:%' AND state = 'due'"))
    await an.says("hủy hẹn bà Tư").hears("Đã hủy hẹn bà Tư")
    talk.clock.set(REMINDED + timedelta(minutes=11))
    await talk.settled_to(lambda tx: tx.one("SELECT 1 FROM outbox WHERE key LIKE 'visit:%' AND state = 'expired'"))
    await talk.settled()
    assert heard(an.private, "⏰") == []
    assert talk.look(lambda tx: tx.one("SELECT told FROM outbox WHERE key LIKE 'visit:%'"))["told"] == 2


async def test_whom_the_bot_cannot_write_to(talk: Talk) -> None:
    """The team's chat hears when, and no home."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    await an.says("hẹn 19h mai nhà bà Tư").hears("bot nhắc em lúc 18:30")
    await talk.settled()
    await talk.stop()
    with session(talk.database) as tx:
        tx.run("UPDATE chats SET gone_at = 1 WHERE id = (SELECT chat FROM identities WHERE person = 1)")
    talk.clock.set(REMINDED + LITTLE)
    await talk.start()
    text = await comes(talk, group, "An có hẹn lúc 19:00")
    assert "bà Tư" not in text


async def test_an_edit_keeps_what_was_put_off(talk: Talk) -> None:
    """Editing another part of the message leaves the visit at its new time; another time in it moves it anew."""
    talk.needs("edits")
    an = await talk.person("An")
    said = an.says("xóm 4 được 3, hẹn bà Năm 20h mai")
    await said.hears("bà Năm, 20:00 ngày 21/05")
    await an.says("dời bà Năm sang 21h").hears("21:00 ngày 21/05")
    await an.edits(said, "xóm 4 được 4, hẹn bà Năm 20h mai")
    await talk.settled()
    assert standing(talk, "hv1") == [("bà Năm", "21/05 21:00")]
    await an.edits(said, "xóm 4 được 4, hẹn bà Năm 18h mai")
    await talk.settled()
    assert standing(talk, "hv1") == [("bà Năm", "21/05 18:00")]


async def test_a_lead_sees_the_teams(talk: Talk) -> None:
    """Below the own, with who goes; a student sees the own alone."""
    dung, an, binh = await talk.person("Dũng"), await talk.person("An"), await talk.person("Bình")
    await an.says("hẹn 19h mai nhà bà Tư xóm 4").hears("19:00")
    await dung.says("/lichhen").hears("chưa hẹn ai", "Cả tổ:", "19:00 ngày 21/05 · An: bà Tư, xóm 4")
    assert "xóm 4" not in (await binh.says("/lichhen").hears("chưa hẹn ai")).text


async def test_visits_of_before_this_version(talk: Talk) -> None:
    """A visit that was promised by an older version is reminded of and listed."""
    an = await talk.person("An")
    await an.says("hẹn 19h mai nhà bà Tư").hears("19:00")
    await talk.stop()
    with session(talk.database) as tx:
        tx.run("UPDATE visits SET made_at = NULL")
        row = tx.one("SELECT day, goes FROM visits")
        assert row is not None
        assert (row["day"], row["goes"]) == (day_number(TOMORROW.date()), 1)
    talk.clock.set(REMINDED + LITTLE)
    await talk.start()
    await an.waits("⏰ 19:00 em có hẹn: bà Tư")


@pytest.mark.on("telegram")
async def test_in_practice(talk: Talk) -> None:
    """Visits and help are practised as anything else: nothing of it is kept, and nobody else hears of it."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    await an.says("/thunghiem").hears("Bắt đầu thử")
    await an.says("hẹn 20h30 nhà bà Tư xóm 4").hears("20:30 ngày 20/05 · lúc thật thì bot nhắc em lúc 20:00")
    shown = await an.says("/lichhen").hears("Em có 1 lịch hẹn", "bà Tư, xóm 4")
    await an.presses("Hủy", shown).hears("Đã hủy hẹn bà Tư")
    await an.says("/hotro đón cụ Quế xóm 4").hears("đón cụ xóm 4")
    talk.clock.set(EVENING + timedelta(minutes=31))
    await talk.settled()
    assert standing(talk, "hv1") == []
    assert heard(group, "nhờ tổ") == heard(an.private, "⏰") == []
