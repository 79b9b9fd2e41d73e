"""Whatever was reported can be corrected, withdrawn, and looked at."""

from datetime import datetime, timedelta

from storage.engine.database import session
from tests.lists import takes
from tests.platforms import Words
from tests.talk import ZONE, Talk


async def test_undo_by_button_works_once(talk: Talk) -> None:
    """The first press withdraws; a second one says that it happened."""
    an = await talk.person("An")
    heard = await an.says("xóm 4 được 3").hears("3 máy")
    first, second = an.presses("Hoàn tác", heard), an.presses("Hoàn tác", heard)
    await first.hears("↩️ Đã rút báo cáo lúc 19:30: Xóm 4: 3 máy", "em 0 máy")
    await second.notes("đã được chọn lúc")
    assert talk.done_by("hv1") == {}


async def test_only_its_person_may_press(talk: Talk) -> None:
    """Somebody else's press in the group does nothing; the lead's does."""
    talk.needs("other people's buttons")
    dung, an, binh = await talk.person("Dũng"), await talk.person("An"), await talk.person("Bình")
    group = await talk.team_chat(dung, an, binh)
    asked = await an.says("xóm 4 tầm 5 máy", group).hears("số chính xác")
    await binh.presses("5", asked, group).notes("Lựa chọn này dành cho người khác")
    assert talk.done_by("hv1") == {}
    await dung.presses("5", asked, group).hears("Xóm 4: 5 máy")
    assert talk.done_by("hv1") == {"activated": 5}
    assert talk.done_by("tt1") == {}


async def test_what_the_lead_presses_counts_for_the_student(talk: Talk) -> None:
    """A total's number, [Sửa] and what follows it, [Hoàn tác]: never for the lead; what was changed is on record."""
    talk.needs("other people's buttons")
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    asked = await an.says("hôm nay được khoảng 25", group).hears("số chính xác")
    await dung.presses("Cả ngày 25 máy", asked, group)
    await talk.settled()
    assert talk.done_by("hv1") == {"activated": 25}
    asked = await an.says("xóm 4 tầm 5 máy", group).hears("số chính xác")
    shown = await an.presses("5", asked, group).hears("Xóm 4: 5 máy")
    await dung.presses("Sửa", shown, group).hears("nội dung đúng")
    await dung.says("xóm 4 được 4", group).hears("Đã sửa báo cáo ngày 20/05 của An")
    assert talk.done_by("hv1") == {"activated": 29}
    asked = await an.says("xóm 5 tầm 2 máy", group).hears("số chính xác")
    shown = await an.presses("2", asked, group).hears("Xóm 5: 2 máy")
    await dung.presses("Hoàn tác", shown, group).hears("Đã rút")
    assert talk.done_by("hv1") == {"activated": 29}
    assert talk.done_by("tt1") == {}
    audits = talk.look(lambda tx: tx.all("SELECT what FROM audits WHERE what LIKE 'report%'"))
    assert [row["what"] for row in audits] == ["report corrected", "report withdrawn"]


async def test_what_was_put_right_another_way_is_waited_for_no_more(talk: Talk) -> None:
    """[Sửa], but then `/sua`, or the message itself is edited: the next report is new work and replaces nothing."""
    an = await talk.person("An")
    said = an.says("xóm 4 được 3")
    await an.presses("Sửa", await said.hears("em 3 máy")).hears("nội dung đúng")
    await an.says("/sua xóm 4 được 4").hears("✏️ Xóm 4: 4 máy")
    await an.says("xóm 4 được 2").hears("✅ Xóm 4: 2 máy", "em 6 máy")
    shown = await an.says("xóm 6 được 1").hears("em 7 máy")
    await an.presses("Sửa", shown).hears("nội dung đúng")
    await an.says("xóm 6 được 2").hears("✏️ Xóm 6: 2 máy", "em 8 máy")
    if "edits" not in talk.platform.lacks:
        said = an.says("xóm 7 được 1")
        await an.presses("Sửa", await said.hears("em 9 máy")).hears("nội dung đúng")
        await an.edits(said, "xóm 7 được 2").hears("✏️ Xóm 7: 2 máy", "em 10 máy")
        await an.says("xóm 8 được 1").hears("✅ Xóm 8: 1 máy", "em 11 máy")


async def test_one_hamlet_of_several_is_not_withdrawn_with_the_others_unasked(talk: Talk) -> None:
    """`xóa xóm 5` of a report of two hamlets: asked first, with the way to take back that one alone."""
    an = await talk.person("An")
    await an.says("xóm 5 được 4, xóm 4 được 3").hears("em 7 máy")
    asked = await an.says("xóa tin xóm 5").hears("có nhiều thôn: Xóm 4: 3 máy · Xóm 5: 4 máy", "Rút cả tin chứ?")
    await an.presses("Giữ", asked).hears("Giữ nguyên")
    await an.says("sửa xóm 5 thành 0").hears("✏️ Xóm 4: 3 máy", "em 3 máy")
    await an.says("xóa tin xóm 4").hears("↩️ Đã rút", "em 0 máy")


async def test_an_old_press_after_a_correction(talk: Talk) -> None:
    """A button that stands for what the report said before changes nothing."""
    talk.needs("old buttons")
    an = await talk.person("An")
    heard = await an.says("xóm 4 được 3").hears("3 máy")
    await an.says("/sua xóm 4 được 5").hears("5 máy")
    await an.presses("Hoàn tác", heard).notes("đã thay đổi")
    assert talk.done_by("hv1") == {"activated": 5}


async def test_fix_by_button(talk: Talk) -> None:
    """[Sửa] asks, the next message replaces; [Thôi] leaves."""
    an = await talk.person("An")
    heard = await an.says("xóm 4 được 3, vắng 1").hears("3 máy")
    await an.presses("Sửa", heard).hears("gửi lại nội dung đúng")
    await an.says("được 5").hears("✏️ Xóm 4: 5 máy (trước là 3), bỏ 1 nhà vắng")
    assert talk.done_by("hv1") == {"activated": 5}
    heard = await an.says("xóm 5 được 1").hears("Xóm 5: 1 máy")
    asked = await an.presses("Sửa", heard).hears("gửi lại nội dung đúng")
    await an.presses("Thôi", asked).hears("Không sửa nữa")
    await an.says("2").hears("✅ 2 máy")
    assert talk.done_by("hv1") == {"activated": 8}


async def test_labels_typed_as_text_are_presses(talk: Talk) -> None:
    """Where a platform has no buttons, their words work."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3").hears("3 máy")
    await an.says("hoàn tác").hears("Đã rút báo cáo")
    assert talk.done_by("hv1") == {}


async def test_an_edit_that_changes_nothing_says_nothing(talk: Talk) -> None:
    """The same numbers in other words."""
    an = await talk.person("An")
    said = an.says("xóm 4 được 3")
    await said.hears("3 máy")
    await an.edits(said, "xóm 4 kích hoạt được 3 ạ").hears_nothing()


async def test_an_edit_keeps_day_and_hamlet(talk: Talk) -> None:
    """Edited the next evening, it still counts for its own day; the hamlet stays where none is named."""
    an = await talk.person("An")
    said = an.says("xóm 4 được 3")
    await said.hears("3 máy")
    talk.clock.advance(timedelta(days=1))
    await an.edits(said, "được 5").hears("✏️ Xóm 4: 5 máy (trước là 3) · Ngày 20/05 em 5 máy")


async def test_an_edit_into_talk_offers_to_withdraw(talk: Talk) -> None:
    """The report counts until the person says otherwise."""
    an = await talk.person("An")
    said = an.says("xóm 4 được 3")
    await said.hears("3 máy")
    asked = await an.edits(said, "chúc cả nhà ngủ ngon").hears("không còn số nào")
    assert talk.done_by("hv1") == {"activated": 3}
    await an.presses("Rút", asked).hears("Đã rút báo cáo")
    assert talk.done_by("hv1") == {}


async def test_an_edit_of_a_withdrawn_report_asks(talk: Talk) -> None:
    """It does not count again by itself."""
    an = await talk.person("An")
    said = an.says("xóm 4 được 3")
    heard = await said.hears("3 máy")
    await an.presses("Hoàn tác", heard).hears("Đã rút")
    asked = await an.edits(said, "xóm 4 được 4").hears("Báo cáo này đã rút", "Xóm 4: 4 máy")
    assert talk.done_by("hv1") == {}
    await an.presses("Ghi lại", asked).hears("Xóm 4: 4 máy")
    assert talk.done_by("hv1") == {"activated": 4}


async def test_an_edit_too_late_names_the_lead(talk: Talk) -> None:
    """After two work days the student's part is over."""
    an = await talk.person("An")
    said = an.says("xóm 4 được 3")
    await said.hears("3 máy")
    talk.clock.advance(timedelta(days=3))
    await an.edits(said, "xóm 4 được 5").hears("đã khóa", "Dũng")
    assert talk.done_by("hv1") == {"activated": 3}


async def test_an_edit_makes_an_unclear_message_clear(talk: Talk) -> None:
    """The question is settled by it, and nothing stays open."""
    an = await talk.person("An")
    said = an.says("xóm 4 khoảng 5 máy")
    await said.hears("số chính xác")
    await an.edits(said, "xóm 4 được 5 máy").hears("✅ Xóm 4: 5 máy")
    heard = await an.says("/homnay").hears("Xóm 4: 5 máy")
    assert "chưa rõ số" not in heard.text
    await an.says("3").hears("em 8 máy")


async def test_an_edit_of_a_settled_message_corrects_it(talk: Talk) -> None:
    """A number answered the question; editing the first message then corrects that report."""
    an = await talk.person("An")
    said = an.says("xóm 4 khoảng 5 máy")
    await said.hears("số chính xác")
    await an.says("6").hears("Xóm 4: 6 máy")
    await an.edits(said, "xóm 4 được 7").hears("✏️ Xóm 4: 7 máy")
    assert talk.done_by("hv1") == {"activated": 7}


async def test_an_edit_stays_with_the_team_of_the_report(talk: Talk) -> None:
    """Its student was moved to another commune meanwhile: hamlets are still those where the work was done."""
    an = await talk.person("An")
    said = an.says("xóm 4 được 3")
    await said.hears("3 máy")
    with session(talk.database) as tx:
        tx.run(
            """UPDATE members SET team = (SELECT t.id FROM teams t JOIN communes c ON c.id = t.commune
                                          WHERE c.code = '397')
               WHERE person = (SELECT id FROM people WHERE ref = 'hv1')"""
        )
    await an.edits(said, "xóm 5 được 4").hears("Xóm 5: 4 máy")
    communes = talk.look(
        lambda tx: tx.all(
            """SELECT DISTINCT c.code FROM counts n JOIN hamlets h ON h.id = n.hamlet
               JOIN communes c ON c.id = h.commune"""
        )
    )
    assert [row["code"] for row in communes] == ["451"]


async def test_an_edit_of_an_answer_corrects_what_it_settled(talk: Talk) -> None:
    """The number that was asked for is edited: its report follows, and no second one is made."""
    an = await talk.person("An")
    await an.says("xóm 4 khoảng 5 máy, vắng 1").hears("số chính xác")
    said = an.says("6")
    await said.hears("✅ Xóm 4: 6 máy, 1 nhà vắng")
    await an.edits(said, "6").hears_nothing()
    await an.edits(said, "7").hears("✏️ Xóm 4: 7 máy (trước là 6), 1 nhà vắng")
    assert talk.done_by("hv1") == {"activated": 7, "absent": 1}


async def test_an_edit_of_a_correction_corrects_again(talk: Talk) -> None:
    """What followed [Sửa], or a correction in words, is edited: still one report."""
    an = await talk.person("An")
    first = await an.says("xóm 4 được 3, vắng 1").hears("3 máy")
    await an.presses("Sửa", first).hears("nội dung đúng")
    said = an.says("xóm 4 được 5")
    await said.hears("5 máy")
    await an.edits(said, "xóm 5 được 6, vắng 2").hears("✏️ Xóm 5: 6 máy, 2 nhà vắng")
    said = an.says("nhầm, 7 chứ không phải 6")
    await said.hears("7 máy")
    await an.edits(said, "nhầm, 8 chứ không phải 6").hears("8 máy (trước là 7), 2 nhà vắng")
    assert talk.done_by("hv1") == {"activated": 8, "absent": 2}


async def test_withdrawing_the_last_report(talk: Talk) -> None:
    """/huy and hủy take back the newest; with nothing left that is said."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3").hears("3 máy")
    await an.says("xóm 5 được 2").hears("2 máy")
    await an.says("/huy").hears("Xóm 5: 2 máy", "em 3 máy")
    await an.says("hủy").hears("Xóm 4: 3 máy", "em 0 máy")
    await an.says("/huy").hears("chưa có báo cáo nào")


async def test_a_report_of_another_day_is_withdrawn_only_after_a_yes(talk: Talk) -> None:
    """The day is named."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3").hears("3 máy")
    talk.clock.advance(timedelta(days=1))
    asked = await an.says("/huy").hears("ngày 20/05", "Rút báo cáo này chứ?")
    assert talk.done_by("hv1") == {"activated": 3}
    await an.presses("Giữ", asked).hears("Giữ nguyên")
    asked = await an.says("/huy").hears("ngày 20/05")
    await an.presses("Rút", asked).hears("Đã rút")
    assert talk.done_by("hv1") == {}


async def test_replacing_the_last_report(talk: Talk) -> None:
    """/sua with a text replaces all of it; with a vague number it asks; without text it asks for one."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3, vắng 1").hears("3 máy")
    await an.says("/sua xóm 4 được 2").hears("✏️ Xóm 4: 2 máy (trước là 3), bỏ 1 nhà vắng ·")
    await an.says("/sua khoảng 8 máy").hears("số chính xác")
    await an.says("7").hears("7 máy", "em 7 máy")
    await an.says("/sua").hears("gửi lại nội dung đúng")
    assert talk.done_by("hv1") == {"activated": 7}


async def test_a_correction_in_words_keeps_the_rest(talk: Talk) -> None:
    """The report that fits the number taken back is meant; what is not named stays."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3, vắng 1").hears("3 máy")
    await an.says("xóm 5 được 2").hears("2 máy")
    await an.says("nhầm, 4 chứ không phải 3").hears("✏️ Xóm 4: 4 máy (trước là 3), 1 nhà vắng", "em 6 máy")
    asked = await an.says("nhầm, 9 chứ không phải 77").hears("Em muốn ghi thế nào?")  # nothing fits: nothing changes
    assert asked.buttons == Words([["Thêm 9 máy"], ["Không tính"]])
    assert talk.done_by("hv1") == {"activated": 6, "absent": 1}


async def test_the_lead_corrects_a_students_report(talk: Talk) -> None:
    """From the team to the student to the report; it is on record, and the student is told."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await an.says("xóm 4 được 3").hears("3 máy")
    team = await dung.says("/to").hears("An: 3 máy", "Bình: chưa có báo cáo")
    student = await dung.presses("An", team).hears("1. 19:30 Xóm 4: 3 máy")
    await (await takes(dung, "Sửa", 1, student)).hears("gửi lại nội dung đúng")
    await dung.says("xóm 4 được 2").hears("Đã sửa báo cáo ngày 20/05 của An")
    await talk.settled()
    assert "Tổ trưởng Dũng đã sửa báo cáo ngày 20/05 của em" in an.private.messages[-1].text
    assert talk.done_by("hv1") == {"activated": 2}
    student = await dung.says("/to hv1").hears("Xóm 4: 2 máy")
    await (await takes(dung, "Xóa", 1, student)).hears("Đã rút báo cáo ngày 20/05 của An")
    assert talk.done_by("hv1") == {}
    audits = talk.look(lambda tx: tx.all("SELECT what FROM audits WHERE what LIKE 'report%'"))
    assert [row["what"] for row in audits] == ["report corrected", "report withdrawn"]


async def test_buttons_work_after_a_restart(talk: Talk) -> None:
    """What was offered is remembered."""
    an = await talk.person("An")
    heard = await an.says("xóm 4 được 3").hears("3 máy")
    await talk.stop()
    await talk.start()
    await an.presses("Hoàn tác", heard).hears("Đã rút báo cáo")


async def test_buttons_end(talk: Talk) -> None:
    """After two days a press says that it is too late."""
    talk.needs("old buttons")
    an = await talk.person("An")
    heard = await an.says("xóm 4 được 3").hears("3 máy")
    talk.clock.set(datetime(2023, 5, 23, 19, 30, tzinfo=ZONE))
    await an.presses("Hoàn tác", heard).notes("hết hạn")
    assert talk.done_by("hv1") == {"activated": 3}
