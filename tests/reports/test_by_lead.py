"""A lead changes a student's report: through /to or under the student's message; on record, and the student is told."""

from datetime import timedelta
from pathlib import Path

from tests.talk import ROSTER, Talk, talking


async def test_a_lead_answers_for_a_student_in_the_group(talk: Talk) -> None:
    """The number counts for the student, who is still addressed as the student."""
    talk.needs("other people's buttons")
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    asked = await an.says("xóm 5 tầm 5 máy", group).hears("số chính xác")
    await dung.presses("5", asked, group).hears("✅ Xóm 5: 5 máy", "Hôm nay em 5 máy")
    assert (talk.done_by("hv1"), talk.done_by("tt1")) == ({"activated": 5}, {})


async def test_a_lead_corrects_in_the_group(talk: Talk) -> None:
    """[Sửa] under a student's answer: the lead's next message is the student's report, and the student learns of it."""
    talk.needs("other people's buttons")
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    asked = await an.says("xóm 5 tầm 5 máy", group).hears("số chính xác")
    answer = await an.presses("5", asked, group).hears("✅ Xóm 5: 5 máy")
    await dung.presses("Sửa", answer, group).hears("Đồng chí gửi lại nội dung đúng")
    await dung.says("được 7", group).hears("Đã sửa báo cáo ngày 20/05 của An", "Xóm 5: 7 máy")
    await talk.settled()
    assert "Tổ trưởng Dũng đã sửa báo cáo ngày 20/05 của em" in an.private.messages[-1].text
    assert (talk.done_by("hv1"), talk.done_by("tt1")) == ({"activated": 7}, {})


async def test_a_lead_withdraws_in_the_group(talk: Talk) -> None:
    """It is on record who did."""
    talk.needs("other people's buttons")
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    asked = await an.says("xóm 5 tầm 5 máy", group).hears("số chính xác")
    answer = await an.presses("5", asked, group).hears("✅ Xóm 5: 5 máy")
    await dung.presses("Hoàn tác", answer, group).hears("Đã rút báo cáo", "em 0 máy")
    audits = talk.look(lambda tx: tx.all("SELECT what, by FROM audits WHERE what LIKE 'report%'"))
    assert [row["what"] for row in audits] == ["report withdrawn"]


async def test_very_many_from_a_lead_are_confirmed_too(talk: Talk) -> None:
    """And told to the student only then."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await an.says("xóm 4 được 3").hears("3 máy")
    student = await dung.says("/to an").hears("1. 19:30 Xóm 4: 3 máy")
    await dung.presses("Sửa 1", student).hears("gửi lại nội dung đúng")
    asked = await dung.says("được 60").hears("Xóm 4: 60 máy trong một tin")
    assert talk.done_by("hv1") == {"activated": 3}
    await dung.presses("Đúng, ghi", asked).hears("Đã sửa báo cáo ngày 20/05 của An", "Bot đã báo cho An")
    await talk.settled()
    assert "đã sửa báo cáo ngày 20/05 của em" in an.private.messages[-1].text
    assert talk.done_by("hv1") == {"activated": 60}


async def test_a_lead_leaves_it(talk: Talk) -> None:
    """[Thôi]: what the lead says next is the lead's own."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await an.says("xóm 4 được 3").hears("3 máy")
    student = await dung.says("/to hv1").hears("Xóm 4: 3 máy")
    asked = await dung.presses("Sửa 1", student).hears("gửi lại nội dung đúng")
    await dung.presses("Thôi", asked).hears("Không sửa nữa. Vẫn ghi: Xóm 4: 3 máy")
    await dung.says("xóm 5 được 2").hears("✅ Xóm 5: 2 máy")
    assert (talk.done_by("hv1"), talk.done_by("tt1")) == ({"activated": 3}, {"activated": 2})


async def test_a_lead_goes_back_further_than_students_may(talk: Talk) -> None:
    """What is locked for the student is changed by the lead, from day to day."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    said = an.says("xóm 4 được 3")
    await said.hears("3 máy")
    talk.clock.advance(timedelta(days=3))
    await an.edits(said, "xóm 4 được 5").hears("Số của ngày 20/05 đã khóa", "nhờ tổ trưởng Dũng giúp")
    shown = await dung.says("/to An").hears("An, hôm nay: chưa có báo cáo")
    for day in ("22/05", "21/05", "20/05"):
        shown = await dung.presses(f"Ngày {day}", shown).hears(f"An, ngày {day}")
    await dung.presses("Sửa 1", shown).hears("của ngày 20/05 (Xóm 4: 3 máy)")
    await dung.says("được 5").hears("Đã sửa báo cáo ngày 20/05 của An")
    assert talk.done_by("hv1") == {"activated": 5}


async def test_the_team_is_in_vietnamese_order(talk: Talk) -> None:
    """By given name, Đ after D; each with today, total, last report and what is open."""
    dung, binh = await talk.person("Dũng"), await talk.person("Bình")
    await binh.says("xóm 4 được 3, vắng 1").hears("3 máy")
    await binh.says("khoảng 4 máy").hears("số chính xác")
    talk.clock.advance(timedelta(minutes=5))
    await binh.says("xóm 5 được 2").hears("2 máy")
    await binh.says("/huy").hears("Đã rút")  # and is not when Bình last reported
    heard = await dung.says("/to").hears("👥 Xã Xuân Thu, hôm nay: 3 máy, 1 nhà vắng")
    assert heard.text.splitlines()[1:] == [
        "An: chưa có báo cáo · tổng 0",
        "Bình: 3 máy, 1 nhà vắng (lúc 19:30), 1 tin chưa rõ số · tổng 3",
        "Cúc: chưa có báo cáo · tổng 0",
        "Dũng: chưa có báo cáo · tổng 0",
        "Cả đợt 3 máy",
    ]


async def test_officers_look_and_do_not_touch(talk: Talk) -> None:
    """From the team to a student's reports, without a button to change them; nothing outside their communes."""
    an, ha = await talk.person("An"), await talk.person("Hà")
    await an.says("xóm 4 được 3").hears("3 máy")
    team = await ha.says("/to").hears("👥 Xã Xuân Thu")
    shown = await ha.presses("An", team).hears("1. 19:30 Xóm 4: 3 máy")
    assert shown.buttons == [["Ngày 19/05", "Cả tổ"]]
    await ha.presses("Cả tổ", shown).hears("👥 Xã Xuân Thu")
    heard = await ha.says("/to hv5").hears("Tổ của xã nào?")
    await ha.says("/to an").hears("An, hôm nay")
    assert "Minh Phú" not in heard.text


async def test_students_have_no_team_view(talk: Talk) -> None:
    """Neither by command nor by somebody else's button in the group."""
    talk.needs("other people's buttons")
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    await an.says("/to").hears("không dành cho vai của em")
    await dung.says("/to An", group).hears("An, hôm nay")
    shown = next(one for one in group.messages if one.from_bot and "An, hôm nay" in one.text)
    await an.presses("Cả tổ", shown, group).notes("Lựa chọn này dành cho người khác")


async def test_a_given_name_opens_the_reports(tmp_path: Path, platform: str) -> None:
    """After the list of the team, where only one is called so."""
    more = "x1,Lê Văn Sơn,student,451,Đợt 1,MA-THEM-01\n"
    async with talking(tmp_path, platform=platform, files={"roster.csv": ROSTER + more}) as talk:
        dung = await talk.person("Dũng")
        await dung.says("/to").hears("Lê Văn Sơn: chưa có báo cáo")
        await dung.says("sơn").hears("Lê Văn Sơn, hôm nay")
