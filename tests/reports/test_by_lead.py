"""A lead changes a student's report: through /to or under the student's message; on record, and the student is told."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.lists import takes
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
    await (await takes(dung, "Sửa", 1, student)).hears("gửi lại nội dung đúng")
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
    asked = await (await takes(dung, "Sửa", 1, student)).hears("gửi lại nội dung đúng")
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
    await (await takes(dung, "Sửa", 1, shown)).hears("của ngày 20/05 (Xóm 4: 3 máy)")
    await dung.says("được 5").hears("Đã sửa báo cáo ngày 20/05 của An")
    assert talk.done_by("hv1") == {"activated": 5}


async def test_what_a_lead_takes_back_can_be_put_back(talk: Talk) -> None:
    """One tap takes it back, one puts it back with all that it said; both are told to the student, and on record."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await an.says("nhà bà Lan xóm 4 được 3, vắng 1").hears("3 máy")
    student = await dung.says("/to hv1").hears("1. 19:30 Nhà bà Lan, xóm 4: 3 máy, 1 nhà vắng")
    gone = await (await takes(dung, "Xóa", 1, student)).hears("Đã rút báo cáo ngày 20/05 của An", "Bot đã báo cho An")
    assert talk.done_by("hv1") == {}
    back = await dung.presses("Ghi lại", gone).hears("Đã ghi lại báo cáo ngày 20/05 của An", "Nhà bà Lan, xóm 4: 3 máy")
    assert talk.stands_for(back, gone)
    await talk.settled()
    assert "Tổ trưởng Dũng đã ghi lại báo cáo ngày 20/05 của em" in an.private.messages[-1].text
    assert talk.done_by("hv1") == {"activated": 3, "absent": 1}
    await dung.says("/to hv1").hears("1. 19:30 Nhà bà Lan, xóm 4: 3 máy, 1 nhà vắng")
    audits = talk.look(lambda tx: tx.all("SELECT what FROM audits WHERE what LIKE 'report%' ORDER BY id"))
    assert [row["what"] for row in audits] == ["report withdrawn", "report restored"]


async def test_a_lead_answers_what_stands_open(talk: Talk) -> None:
    """From the list; it counts for the student, who is told. Whatever else the lead writes next is the lead's own."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await an.says("nhà bà Lan xóm 5 tầm 5 máy").hears("số chính xác")
    await an.says("nhà ông Tư xóm 4 khoảng 8 máy").hears("số chính xác")
    student = await dung.says("/to hv1").hears("1. 19:30 “nhà bà Lan xóm 5 tầm 5 máy” (chưa rõ số)")
    asked = await dung.presses("Trả lời 1", student).hears("nhà bà Lan")
    await dung.presses("5", asked).hears(
        "✅ Đã ghi tin lúc 19:30 của An: Nhà bà Lan, xóm 5: 5 máy", "Bot đã báo cho An"
    )
    told = await an.waits("Tổ trưởng Dũng đã ghi tin lúc 19:30 của em", "Nhà bà Lan, xóm 5: 5 máy", "cả tổ 5")
    student = await dung.says("/to hv1").hears("nhà ông Tư")
    await dung.presses("Trả lời 2", student).hears("nhà ông Tư")
    await dung.says("xóm 4 được 4").hears("✅ Xóm 4: 4 máy")
    assert (talk.done_by("hv1"), talk.done_by("tt1")) == ({"activated": 5}, {"activated": 4})
    await an.presses("Hoàn tác", told).hears("Đã rút báo cáo")
    assert talk.done_by("hv1") == {}


async def test_what_a_lead_leaves_out_is_put_back(talk: Talk) -> None:
    """[Hoàn tác]: the open message waits for its number again; both are told, it is on record, and it works once."""
    dung, an, linh = await talk.person("Dũng"), await talk.person("An"), await talk.person("Linh")
    await an.says("nhà bà Lan xóm 5 tầm 5 máy").hears("số chính xác")
    student = await dung.says("/to hv1").hears("1. 19:30 “nhà bà Lan xóm 5 tầm 5 máy” (chưa rõ số)")
    asked = await dung.presses("Trả lời 1", student).hears("nhà bà Lan")
    gone = await dung.presses("Không tính", asked).hears("Đã bỏ tin lúc 19:30 của An", "Bot đã báo cho An")
    await an.waits("Tổ trưởng Dũng đã bỏ tin lúc 19:30 của em")
    await an.says("/homnay").hears("chưa có báo cáo nào")
    back = await dung.presses("Hoàn tác", gone).hears("Tin lúc 19:30 của An", "lại chờ trả lời", "Bot đã báo cho An")
    assert talk.stands_for(back, gone)
    await an.waits("Tổ trưởng Dũng đã để lại tin lúc 19:30 của em")
    await an.says("/homnay").hears("nhà bà Lan xóm 5 tầm 5 máy")
    await dung.says("/to hv1").hears("(chưa rõ số)")
    await linh.says("/nhatky").hears("Dũng bỏ một tin chưa rõ số của An", "Dũng để lại một tin chưa rõ số của An")
    assert talk.done_by("hv1") == {}


@pytest.mark.on("telegram")
async def test_what_was_said_otherwise_since_is_not_put_back(talk: Talk) -> None:
    """The student edited the message that the lead had left out: it counts, and nothing is open."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    said = an.says("nhà bà Lan xóm 5 tầm 5 máy")
    await said.hears("số chính xác")
    student = await dung.says("/to hv1").hears("(chưa rõ số)")
    asked = await dung.presses("Trả lời 1", student).hears("nhà bà Lan")
    gone = await dung.presses("Không tính", asked).hears("Đã bỏ tin lúc 19:30 của An")
    await an.edits(said, "nhà bà Lan xóm 5 được 6 máy").hears("6 máy")
    await dung.presses("Hoàn tác", gone).notes("đã xong rồi")
    assert talk.done_by("hv1") == {"activated": 6}


async def test_what_a_lead_leaves_out_in_the_group_is_put_back(talk: Talk) -> None:
    """There one message tells both."""
    talk.needs("other people's buttons")
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    asked = await an.says("xóm 5 tầm 5 máy", group).hears("số chính xác")
    gone = await dung.presses("Không tính", asked, group).hears("Đã bỏ tin lúc 19:30")
    await dung.presses("Hoàn tác", gone, group).hears("Tin lúc 19:30 của An", "lại chờ trả lời")
    assert talk.look(lambda tx: tx.one("SELECT count(*) AS n FROM drafts WHERE settled_at IS NULL"))["n"] == 1


@pytest.mark.on("telegram")
async def test_what_a_lead_corrects_is_undone(talk: Talk) -> None:
    """[Hoàn tác] under the lead's correction; an offer that the student overtook does nothing."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    said = an.says("xóm 4 được 3")
    await said.hears("3 máy")
    student = await dung.says("/to hv1").hears("Xóm 4: 3 máy")
    await (await takes(dung, "Sửa", 1, student)).hears("gửi lại nội dung đúng")
    done = await dung.says("được 5").hears("Đã sửa báo cáo ngày 20/05 của An", "Xóm 4: 5 máy")
    await dung.presses("Hoàn tác", done).hears("Đã ghi lại báo cáo ngày 20/05 của An", "Xóm 4: 3 máy")
    assert talk.done_by("hv1") == {"activated": 3}
    student = await dung.says("/to hv1").hears("Xóm 4: 3 máy")
    gone = await (await takes(dung, "Xóa", 1, student)).hears("Đã rút báo cáo ngày 20/05 của An")
    asked = await an.edits(said, "xóm 4 được 4").hears("đã rút", "Ghi lại thành")
    await an.presses("Ghi lại", asked).hears("4 máy")
    await dung.presses("Ghi lại", gone).notes("đã thay đổi")
    assert talk.done_by("hv1") == {"activated": 4}


@pytest.mark.on("telegram")
async def test_any_day_of_the_phase(talk: Talk) -> None:
    """By its date, by a word, from day to day; the students' buttons lead to that day, and nothing lies before it."""
    dung, an, khoa = await talk.person("Dũng"), await talk.person("An"), await talk.person("Khoa")
    await an.says("xóm 4 được 3").hears("3 máy")
    talk.clock.advance(timedelta(days=1))
    team = await dung.says("/to hôm qua").hears("👥 Xã Xuân Thu, ngày 20/05: 3 máy", "Bình: không có báo cáo")
    assert team.buttons[-1] == ["Ngày 19/05", "Ngày 21/05"]
    await dung.presses("An", team).hears("An, ngày 20/05: 3 máy", "1. 19:30 Xóm 4: 3 máy")
    for text in ("/to 20/5", "/to ngày 20-05-2023", "/to xuân thu 20/5"):
        await khoa.says(text if "xuân" in text else f"/to 451 {text[4:]}").hears("Xã Xuân Thu, ngày 20/05: 3 máy")
    await dung.says("/to 20/5").hears("ngày 20/05: 3 máy")
    team = await dung.says("/to 16/5").hears("ngày 16/05", "An: không có báo cáo")
    assert team.buttons[-1] == ["Ngày 17/05"]
    await dung.says("/to 15/5").hears("Tổ Xuân Thu bắt đầu từ ngày 16/05")


async def test_the_team_is_in_vietnamese_order(talk: Talk) -> None:
    """Who has no report first, by given name, Đ after D; each with today, total, last report and what is open."""
    dung, binh = await talk.person("Dũng"), await talk.person("Bình")
    await binh.says("xóm 4 được 3, vắng 1").hears("3 máy")
    await binh.says("khoảng 4 máy").hears("số chính xác")
    talk.clock.advance(timedelta(minutes=5))
    await binh.says("xóm 5 được 2").hears("2 máy")
    await binh.says("/huy").hears("Đã rút")  # and is not when Bình last reported
    heard = await dung.says("/to").hears("👥 Xã Xuân Thu, hôm nay: 3 máy, 1 nhà vắng")
    assert heard.text.splitlines()[1:] == [
        "3,8% định mức (3/80)",
        "",
        "An: chưa có báo cáo · tổng 0",
        "Cúc: chưa có báo cáo · tổng 0",
        "Dũng: chưa có báo cáo · tổng 0",
        "Bình: 3 máy, 1 nhà vắng (lúc 19:30), 1 tin chưa rõ số · tổng 3",
        "",
        "❓ Chưa ghi, còn chờ trả lời:",
        "Bình 19:30 “khoảng 4 máy” (chưa rõ số)",
        "",
        "Cả đợt 3 máy · chưa vào: An, Cúc",
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
        await dung.says("/to").hears("Sơn: chưa có báo cáo")
        await dung.says("sơn").hears("Lê Văn Sơn, hôm nay")
