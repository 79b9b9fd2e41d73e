"""What reports say beside their numbers: the same house said twice is pointed out, promised visits are kept."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from storage.campaign import people
from storage.engine.transaction import Transaction
from storage.reports import visits
from tests.talk import ZONE, Talk, talking
from tests.timetable.test_jobs import SUMMARY


def _promised(talk: Talk, ref: str) -> list[tuple[str | None, str]]:
    def work(tx: Transaction) -> list[tuple[str | None, str]]:
        person = people.by_ref(tx, ref)
        assert person is not None
        known = visits.of_person(tx, person.id, datetime(2023, 5, 18, tzinfo=ZONE).date())
        return [(visit.home, f"{visit.at.astimezone(ZONE):%d/%m %H:%M}") for visit in known]

    found: list[tuple[str | None, str]] = talk.look(work)
    return found


async def test_the_same_house_by_two_students(talk: Talk) -> None:
    """It is recorded and pointed out, with one tap to remove."""
    an, binh = await talk.person("An"), await talk.person("Bình")
    await an.says("nhà bà Lan xóm 4 được 3").hears("✅ Nhà bà Lan, xóm 4: 3 máy")
    doubt = await binh.says("xom 4 nha ba Lan dc 3").hears(
        "✅ Nha ba Lan, xóm 4: 3 máy", "⚠️ An đã báo nhà", "19:30", "cả tổ 6"
    )
    await binh.presses("Hoàn tác", doubt).hears("↩️", "cả tổ 3")
    assert talk.done_by("hv2").get("activated", 0) == 0


async def test_what_is_no_repeat(talk: Talk) -> None:
    """Another hamlet, another number, another home, another evening, a withdrawn report: nothing to point out."""
    an, binh, cuc = await talk.person("An"), await talk.person("Bình"), await talk.person("Cúc")
    await an.says("nhà bà Lan xóm 4 được 3").hears("✅")
    for other in ("nhà bà Lan xóm 5 được 3", "nhà bà Lan xóm 4 được 2", "nhà bà Loan xóm 4 được 3", "xóm 4 được 3"):
        assert "⚠️" not in (await binh.says(other).hears("✅")).text
    assert "⚠️" not in (await binh.says("hôm qua nhà bà Lan xóm 4 quên báo 3 máy").hears("✅")).text
    await an.says("/huy").hears("↩️")
    assert "⚠️" not in (await cuc.says("nhà bà Lan xóm 4 được 3").hears("✅")).text


async def test_the_same_person_again(talk: Talk) -> None:
    """The same house sent again counts once; [Ghi thêm] where it was another one."""
    an = await talk.person("An")
    await an.says("nhà bà Lan được 3").hears("✅ Nhà bà Lan: 3 máy")
    told = await an.says("ba Lan dc 3").hears("giống tin lúc 19:30 (Nhà bà Lan: 3 máy)", "chỉ tính một lần")
    assert talk.done_by("hv1") == {"activated": 3}
    await an.presses("Ghi thêm", told).hears("✅", "em 6 máy")
    assert talk.done_by("hv1") == {"activated": 6}


async def test_a_repeat_in_the_group(talk: Talk) -> None:
    """There a sign would not say it: the answer has words and a button."""
    dung, an, binh = [await talk.person(name) for name in ("Dũng", "An", "Bình")]
    group = await talk.team_chat(dung, an, binh)
    await an.says("nhà bà Lan được 3").hears("✅")
    doubt = await binh.says("nhà bà Lan được 3", group).hears("⚠️ An đã báo")
    await binh.presses("Hoàn tác", doubt, group).hears("↩️")


async def test_promised_visits_are_kept(talk: Talk) -> None:
    """All of a message, with home and time; an edit and a withdrawal are followed."""
    an = await talk.person("An")
    await an.says("hẹn 19h mai nhà bà Tư").hears("✅ Hẹn lại bà Tư, 19:00 ngày 21/05")
    said = an.says("xóm 4 được 3, hẹn bà Năm 20h mai, hẹn ông Sáu 8h sáng mai")
    await said.hears("bà Năm, 20:00 ngày 21/05", "ông Sáu, 08:00 ngày 21/05")
    assert _promised(talk, "hv1") == [
        ("ông Sáu", "21/05 08:00"),
        ("bà Tư", "21/05 19:00"),
        ("bà Năm", "21/05 20:00"),
    ]
    await an.edits(said, "xóm 4 được 3, hẹn bà Năm 18h mai, hẹn ông Sáu 8h sáng mai")
    await talk.settled()
    assert _promised(talk, "hv1") == [
        ("ông Sáu", "21/05 08:00"),
        ("bà Năm", "21/05 18:00"),
        ("bà Tư", "21/05 19:00"),
    ]
    await an.says("/huy").hears("↩️")
    assert _promised(talk, "hv1") == [("bà Tư", "21/05 19:00")]


async def test_tomorrows_visits_are_in_the_summary(talk: Talk) -> None:
    """With time, student and hamlet; the homes are for the lead alone: the summary is made to be forwarded."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await an.says("xóm 4 hẹn bà Năm 20h mai").hears("20:00 ngày 21/05")
    await an.says("hẹn ông Sáu 8h sáng mai").hears("08:00 ngày 21/05")
    await an.says("hẹn bà Bảy 22h tối nay").hears("22:00 ngày 20/05")
    talk.clock.set(SUMMARY + timedelta(minutes=1))
    summary = await dung.waits("📅 Hẹn lại ngày mai (2 nhà):\n08:00 An\n20:00 An, xóm 4")
    assert "Năm" not in summary.text
    own = await dung.waits("📅 Hẹn lại ngày mai, để đồng chí nắm:", "08:00 ông Sáu (An)", "20:00 bà Năm, xóm 4 (An)")
    assert "bà Bảy" not in own.text


@pytest.mark.on("telegram")
async def test_what_is_promised_for_after_the_phase_is_somebody_elses_to_keep(tmp_path: Path) -> None:
    """Whoever promises hears it at once; on the last night the team, without homes, and the lead, with them."""
    async with talking(tmp_path, start=datetime(2023, 6, 5, 19, 0, tzinfo=ZONE)) as talk:
        dung, an = await talk.person("Dũng"), await talk.person("An")
        group = await talk.team_chat(dung, an)
        warning = "⚠️ Đợt này hết ngày 05/06, trước lịch hẹn: em nhớ nhờ người đến thay."
        await an.says("xóm 4 hẹn bà Năm 20h mai").hears("20:00 ngày 06/06", warning)
        await an.says("bà Năm dời sang 20h tối mốt").hears("✏️ Hẹn bà Năm: 20:00 ngày 07/06", warning)
        said = await an.says("xóm 5 hẹn ông Sáu 22h tối nay").hears("22:00 ngày 05/06")
        assert warning not in said.text
        talk.clock.set(datetime(2023, 6, 6, 0, 31, tzinfo=ZONE))
        await dung.waits("📅 Hẹn sau khi hết đợt, nhờ đồng chí bàn giao cho xã:\n07/06 20:00 bà Năm, xóm 4 (An)")
        await talk.settled()
        (summary,) = [one.text for one in group.from_bot if "tổng kết" in one.text and "🌙" in one.text]
        assert "📅 Hẹn sau khi hết đợt, cần người đến thay (1 nhà):\n07/06 20:00 An, xóm 4" in summary


async def test_a_visit_in_a_message_that_was_asked_about(talk: Talk) -> None:
    """The visit is kept with the report that the answer makes."""
    an = await talk.person("An")
    await an.says("khoảng 5 máy, hẹn bà Tư 19h mai").hears("chính xác")
    await an.says("5").hears("5 máy", "bà Tư, 19:00 ngày 21/05")
    assert _promised(talk, "hv1") == [("bà Tư", "21/05 19:00")]


async def test_the_visit_is_to_the_home_before_it(talk: Talk) -> None:
    """`nhà anh Hùng vắng, hẹn 20h` promises to come back to anh Hùng."""
    an = await talk.person("An")
    await an.says("nhà anh Hùng xóm 5 vắng, hẹn 21h").hears("anh Hùng, 21:00 ngày 20/05")


async def test_a_correction_keeps_its_promise(talk: Talk) -> None:
    """The newest report that fits promises the visit that the correction names."""
    an = await talk.person("An")
    await an.says("nhà bà Lan xóm 4 được 3").hears("✅")
    await an.says("nhà bà Tư xóm 5 được 3").hears("✅")
    await an.says("nhầm, 4 chứ không phải 3, hẹn 19h mai").hears("✏️ Nhà bà Tư, xóm 5: 4 máy (trước là 3)")
    assert _promised(talk, "hv1") == [(None, "21/05 19:00")]


async def test_an_answer_to_an_open_correction_keeps_its_promise(talk: Talk) -> None:
    """`sửa thành mấy máy, hẹn 19h mai` and then the number: the promised visit is kept as well."""
    an = await talk.person("An")
    await an.says("nhà bà Tư xóm 5 được 3").hears("✅")
    await an.says("sửa lại khoảng 5 máy, hẹn bà Tư 19h mai").hears("chính xác")
    await an.says("5").hears("5 máy")
    assert ("bà Tư", "21/05 19:00") in _promised(talk, "hv1")


async def test_an_edit_of_what_was_reported_for_somebody_else(talk: Talk) -> None:
    """Its homes and visits follow: what was promised at first is not kept beside what is promised now."""
    an = await talk.person("An")
    await talk.person("Bình")
    said = an.says("báo hộ Bình nhà bà Lan xóm 4 được 3, hẹn bà Tư 19h mai")
    await said.hears("Ghi hộ Bình")
    await an.edits(said, "báo hộ Bình nhà bà Lan xóm 4 được 4, hẹn bà Tư 20h mai").hears("Ghi hộ Bình", "4 máy")
    assert _promised(talk, "hv2") == [("bà Tư", "21/05 20:00")]
