"""What a correction is about, and what of a report stays."""

from datetime import timedelta
from pathlib import Path

from tests.talk import Talk, talking


async def test_of_two_reports_the_newest_is_meant(talk: Talk) -> None:
    """Two fit the number that is taken back: no question which; [Hoàn tác], and then its hamlet said, is one tap."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3, vắng 1").hears("3 máy")
    await an.says("xóm 5 được 3").hears("3 máy")
    changed = await an.says("nhầm, 4 chứ không phải 3").hears("✏️ Xóm 5: 4 máy (trước là 3)", "em 7 máy")
    await an.presses("Hoàn tác", changed).hears("↩️ Đã bỏ chỗ vừa sửa, vẫn ghi như trước: Xóm 5: 3 máy", "em 6 máy")
    await an.says("nhầm, xóm 4 là 4 chứ không phải 3").hears("✏️ Xóm 4: 4 máy (trước là 3), 1 nhà vắng", "em 7 máy")
    assert talk.done_by("hv1") == {"activated": 7, "absent": 1}


async def test_which_of_two_to_withdraw_is_asked(talk: Talk) -> None:
    """The same for a withdrawal that names a hamlet."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3").hears("3 máy")
    await an.says("xóm 4 được 2").hears("2 máy")
    await an.says("xóm 5 được 1").hears("1 máy")
    asked = await an.says("hủy báo cáo xóm 4").hears("Em muốn rút báo cáo nào?")
    await an.presses("1. 19:30 Xóm 4: 2 máy", asked).hears("↩️ Đã rút báo cáo lúc 19:30: Xóm 4: 2 máy", "em 4 máy")


async def test_leaving_the_question_changes_nothing(talk: Talk) -> None:
    """[Thôi]."""
    an = await talk.person("An")
    for n in (3, 2):
        await an.says(f"xóm 4 được {n}").hears(f"{n} máy")
    await an.says("xóm 5 được 1").hears("1 máy")
    asked = await an.says("hủy báo cáo xóm 4").hears("Em muốn rút báo cáo nào?")
    await an.presses("Thôi", asked).hears("Không đổi báo cáo nào")
    assert talk.done_by("hv1") == {"activated": 6}


async def test_a_correction_finds_its_hamlet(talk: Talk) -> None:
    """Of a report of two hamlets, the one with the number taken back changes; where both have it, the bot asks."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3, xóm 5 được 2").hears("Xóm 5: 2 máy")
    await an.says("nhầm, 4 chứ không phải 3").hears("✏️ Xóm 4: 4 máy (trước là 3) · Xóm 5: 2 máy", "em 6 máy")
    await an.says("xóm 4 được 7, xóm 5 được 7").hears("Xóm 5: 7 máy")
    await an.says("nhầm, 8 chứ không phải 7").hears("gửi lại nội dung đúng", "Xóm 4: 7 máy · Xóm 5: 7 máy")
    await an.says("xóm 4 được 8, xóm 5 được 7").hears("✏️ Xóm 4: 8 máy (trước là 7) · Xóm 5: 7 máy", "em 21 máy")


async def test_the_message_replied_to_is_meant(talk: Talk) -> None:
    """One's own message, or the bot's answer to it."""
    an = await talk.person("An")
    said = an.says("xóm 4 được 3")
    answer = await said.hears("3 máy")
    await an.says("xóm 5 được 2").hears("2 máy")
    await an.says("nhầm, 4 máy", reply_to=answer).hears("✏️ Xóm 4: 4 máy")
    await an.says("hủy", reply_to=said.shown).hears("Đã rút báo cáo lúc 19:30: Xóm 4: 4 máy")
    await an.says("hủy", reply_to=said.shown).hears("không thấy báo cáo nào", "chưa đổi gì")
    assert talk.done_by("hv1") == {"activated": 2}


async def test_a_vague_correction_keeps_the_rest(talk: Talk) -> None:
    """The number that is asked for goes into the report that was meant."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3, vắng 1").hears("3 máy")
    await an.says("sửa lại khoảng 5 máy").hears("số chính xác")
    await an.says("6").hears("✏️ Xóm 4: 6 máy (trước là 3), 1 nhà vắng")
    assert talk.done_by("hv1") == {"activated": 6, "absent": 1}


async def test_nothing_to_correct(talk: Talk) -> None:
    """A correction does not become a report unasked: only as the button says, or by its number."""
    an = await talk.person("An")
    for text in ("nhầm xóm", "/sua xóm 4 được 4"):
        await an.says(text).hears("chưa có báo cáo nào", "để sửa")
    asked = await an.says("nhầm, 4 chứ không phải 3").hears("Em muốn ghi thế nào?")
    assert asked.buttons == [["Thêm 4 máy"], ["Không tính"]]
    await an.says("sửa lại khoảng 5 máy").hears("số chính xác")
    await an.says("/huy").hears("chưa có báo cáo nào", "để rút")
    assert talk.done_by("hv1") == {}


async def test_a_vague_number_after_fix(talk: Talk) -> None:
    """[Sửa], then `khoảng 5`: the number that follows is the report's, not a second report."""
    an = await talk.person("An")
    heard = await an.says("xóm 4 được 3").hears("3 máy")
    await an.presses("Sửa", heard).hears("gửi lại nội dung đúng")
    await an.says("khoảng 5 máy").hears("số chính xác")
    await an.says("6").hears("✏️ Xóm 4: 6 máy", "em 6 máy")
    assert talk.done_by("hv1") == {"activated": 6}


async def test_withdrawing_after_fix(talk: Talk) -> None:
    """[Sửa], then `hủy`, is about that report, and asked."""
    talk.needs("old buttons")
    an = await talk.person("An")
    heard = await an.says("xóm 4 được 3").hears("3 máy")
    await an.says("xóm 5 được 2").hears("2 máy")
    await an.presses("Sửa", heard).hears("gửi lại nội dung đúng")
    asked = await an.says("hủy").hears("Rút báo cáo lúc 19:30 (Xóm 4: 3 máy) chứ?")
    await an.presses("Rút", asked).hears("Đã rút", "em 2 máy")


async def test_an_old_question_does_not_bring_a_report_back(talk: Talk) -> None:
    """The report was withdrawn after its correction was asked about."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3").hears("3 máy")
    asked = await an.says("sửa lại khoảng 5 máy").hears("số chính xác")
    await an.says("/huy").hears("Đã rút")
    await an.presses("5", asked).hears("đã thay đổi sau tin đó")
    assert talk.done_by("hv1") == {}


async def test_correcting_another_day_is_asked(talk: Talk) -> None:
    """The day and both versions are named."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3").hears("3 máy")
    talk.clock.advance(timedelta(days=1))
    asked = await an.says("/sua xóm 4 được 5").hears("ngày 20/05", "Xóm 4: 3 máy. Sửa thành Xóm 4: 5 máy chứ?")
    assert talk.done_by("hv1") == {"activated": 3}
    await an.presses("Sửa", asked).hears("✏️ Xóm 4: 5 máy (trước là 3) · Ngày 20/05 em 5 máy")


async def test_an_edit_back_settles_what_was_asked(talk: Talk) -> None:
    """Vague, then as it was: nothing stays open. [Bỏ] leaves what counts."""
    an = await talk.person("An")
    said = an.says("xóm 4 được 3")
    await said.hears("3 máy")
    await an.edits(said, "xóm 4 khoảng 3").hears("số chính xác")
    await an.edits(said, "xóm 4 được 3").hears("Giữ nguyên: Xóm 4: 3 máy")
    asked = await an.edits(said, "xóm 4 tầm 5").hears("số chính xác")
    await an.presses("Bỏ", asked).hears("Giữ nguyên: Xóm 4: 3 máy")
    heard = await an.says("/homnay").hears("1. 19:30 Xóm 4: 3 máy")
    assert "❓" not in heard.text


async def test_an_open_message_edited_into_talk_is_left(talk: Talk) -> None:
    """Nothing stays open of it."""
    an = await talk.person("An")
    said = an.says("khoảng 5 máy")
    await said.hears("số chính xác")
    await an.edits(said, "chúc cả nhà ngủ ngon").hears("Đã bỏ tin lúc 19:30")
    await an.says("/homnay").hears("chưa có báo cáo nào")


async def test_an_edit_does_not_change_the_day(talk: Talk) -> None:
    """Who only names another day is told so; a dropped `hôm qua` changes nothing."""
    an = await talk.person("An")
    said = an.says("hôm qua quên báo 5 máy")
    await said.hears("✅ 5 máy", "Ngày 19/05 em 5 máy")
    await an.edits(said, "hôm kia quên báo 5 máy").hears("vẫn tính cho ngày 19/05")
    await an.edits(said, "thêm 6 máy").hears("✏️ 6 máy (trước là 5) · Ngày 19/05 em 6 máy")


async def test_an_edit_of_a_message_never_seen(tmp_path: Path) -> None:
    """The platform hid the message; edited into one for the bot, it counts for when it was sent."""
    async with talking(tmp_path, privacy=True) as talk:
        dung, an = await talk.person("Dũng"), await talk.person("An")
        group = await talk.team_chat(dung, an)
        said = an.says("xóm 4 được 3", group)
        await said.hears_nothing()
        talk.clock.advance(timedelta(hours=9))
        await an.edits(said, "@bacung_bot xóm 4 được 3").sees("👍")
        await dung.says("/to An 20/05").hears("An, ngày 20/05: 3 máy", "1. 19:30 Xóm 4: 3 máy")


async def test_small_talk_edited_into_a_report(talk: Talk) -> None:
    """It counts for the evening on which it was sent, also after that work day ended."""
    an = await talk.person("An")
    said = an.says("chào cả nhà")
    await said.hears("ví dụ")
    talk.clock.advance(timedelta(hours=9))
    await an.edits(said, "xóm 4 được 3").hears("✅ Xóm 4: 3 máy", "Ngày 20/05 em 3 máy")


async def test_commands_can_be_edited(talk: Talk) -> None:
    """A mistyped command that is put right is carried out; one that was carried out corrects what it did."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3").hears("3 máy")
    said = an.says("/sau xóm 4 được 4")
    await said.hears("Có phải /sua không?")
    await an.edits(said, "/sua xóm 4 được 4").hears("✏️ Xóm 4: 4 máy", "em 4 máy")
    await an.edits(said, "/sua xóm 4 được 5").hears("✏️ Xóm 4: 5 máy", "em 5 máy")
    said = an.says("/sua xóm 4 tầm 7")
    await said.hears("số chính xác")
    await an.edits(said, "/sua xóm 4 được 7").hears("✏️ Xóm 4: 7 máy", "em 7 máy")
    said = an.says("/huy")
    await said.hears("Đã rút")
    await an.edits(said, "/huy nhé").hears_nothing()


async def test_a_report_edited_into_a_command_is_asked_about(talk: Talk) -> None:
    """It still counts until its person says otherwise."""
    an = await talk.person("An")
    said = an.says("xóm 4 được 3")
    await said.hears("3 máy")
    await an.edits(said, "/homnay").hears("không còn số nào", "Rút báo cáo này chứ?")


async def test_a_label_typed_twice_does_not_reach_further_back(talk: Talk) -> None:
    """The second `hoàn tác` says that it was done; the report before stays."""
    an = await talk.person("An")
    await an.says("xóm 5 được 3").hears("3 máy")
    await an.says("xóm 4 được 2").hears("2 máy")
    await an.says("Hoàn tác").hears("Đã rút báo cáo lúc 19:30: Xóm 4: 2 máy")
    await an.says("hoàn tác").hears("“Hoàn tác” đã được chọn lúc 19:30")
    assert talk.done_by("hv1") == {"activated": 3}


async def test_a_label_typed_after_a_change_does_nothing(talk: Talk) -> None:
    """What it stood for is no more."""
    an = await talk.person("An")
    await an.says("xóm 5 được 3").hears("3 máy")
    await an.says("xóm 4 được 2").hears("2 máy")
    await an.says("/huy").hears("Đã rút")
    await an.says("hoàn tác").hears("đã thay đổi sau tin đó")
    assert talk.done_by("hv1") == {"activated": 3}


async def test_labels_of_lists_can_be_typed(talk: Talk) -> None:
    """`sửa 2`, `xóa 1`, `thôi`: unique in their message."""
    an = await talk.person("An")
    await an.says("xóm 5 được 3").hears("3 máy")
    await an.says("xóm 4 được 2").hears("2 máy")
    await an.says("/homnay").hears("2. 19:30 Xóm 4: 2 máy")
    await an.says("sua 2").hears("gửi lại nội dung đúng", "Xóm 4: 2 máy")
    await an.says("thôi").hears("Không sửa nữa")
    await an.says("Xóa 1").hears("Đã rút báo cáo lúc 19:30: Xóm 5: 3 máy")
    assert talk.done_by("hv1") == {"activated": 2}


async def test_a_number_that_the_list_does_not_have(talk: Talk) -> None:
    """`Sửa 5` right after a list of two is no correction to five phones; after another report it is one."""
    an = await talk.person("An")
    await an.says("xóm 5 được 3").hears("3 máy")
    await an.says("xóm 4 được 2").hears("2 máy")
    await an.says("/homnay").hears("2. 19:30 Xóm 4: 2 máy")
    await an.says("sửa 5").hears("không có “sửa 5”")
    await an.says("Xóa 3").hears("không có “Xóa 3”")
    assert talk.done_by("hv1") == {"activated": 5}
    await an.says("xóm 4 được 1").hears("1 máy")
    await an.says("sửa 5").hears("✏️ Xóm 4: 5 máy")
    assert talk.done_by("hv1") == {"activated": 10}


async def test_a_number_to_leave_is_never_work(talk: Talk) -> None:
    """`bỏ 1`, without any list."""
    an = await talk.person("An")
    await an.says("bỏ 1").hears("không có “bỏ 1”")
    await an.says("bỏ 1 máy").hears("muốn ghi thế nào")
    assert talk.done_by("hv1") == {}


async def test_a_wrong_number_put_right_is_counted_once(talk: Talk) -> None:
    """`sai rồi, 4 máy` corrects, as `nhầm` does."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3").hears("3 máy")
    await an.says("sai rồi, 4 máy").hears("✏️ Xóm 4: 4 máy")
    await an.says("sai mật khẩu 1 máy").hears("✅ 1 máy chưa cài được")
    assert talk.done_by("hv1") == {"activated": 4, "failed": 1}


async def test_words_of_undoing_do_not_reach_another_report(talk: Talk) -> None:
    """`hoàn tác` after a withdrawal from the list may mean the withdrawal: nothing more is withdrawn."""
    an = await talk.person("An")
    await an.says("xóm 5 được 3").hears("3 máy")
    await an.says("xóm 4 được 2").hears("2 máy")
    talk.clock.advance(timedelta(minutes=1))
    await an.says("/homnay").hears("1. 19:30 Xóm 5: 3 máy")
    await an.says("xóa 1").hears("Đã rút báo cáo lúc 19:30: Xóm 5: 3 máy")
    await an.says("hoàn tác").hears("đã rút rồi", "gửi lại tin đó")
    assert talk.done_by("hv1") == {"activated": 2}
    await an.says("xóm 5 được 3").hears("3 máy")
    talk.clock.advance(timedelta(minutes=1))
    await an.says("hoàn tác").hears("Đã rút báo cáo", "Xóm 5: 3 máy")
    assert talk.done_by("hv1") == {"activated": 2}


async def test_the_last_report_is_undone_by_words_after_long_lists(talk: Talk) -> None:
    """Many offers of lists stand between."""
    an = await talk.person("An")
    for n in range(1, 13):
        await an.says(f"xóm 4 được {n}").hears(f"{n} máy")
    for _ in range(5):
        await an.says("/homnay").hears("12. 19:30 Xóm 4: 12 máy")
    await an.says("hoàn tác").hears("Đã rút báo cáo", "Xóm 4: 12 máy")


async def test_leaving_what_was_put_right(talk: Talk) -> None:
    """`thôi` after the correction, and after the report was withdrawn, is talk."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3").hears("3 máy")
    await an.says("sửa").hears("gửi lại nội dung đúng")
    await an.says("2 máy").hears("✏️ Xóm 4: 2 máy")
    await an.says("hủy").hears("Đã rút báo cáo")
    await an.says("thôi").hears("Em báo bằng một tin ngắn")


async def test_only_the_hamlet_was_wrong(talk: Talk) -> None:
    """`nhầm xóm`, then the right one: the numbers stay."""
    an = await talk.person("An")
    await an.says("xóm 5 được 3, vắng 1").hears("3 máy")
    await an.says("nhầm xóm").hears("gửi lại nội dung đúng")
    await an.says("xóm 4").hears("✏️ 3 máy, 1 nhà vắng ở xóm 4 (trước là xóm 5)")
    await an.says("vắng 2").hears("✅ 2 nhà vắng")
    assert talk.done_by("hv1") == {"activated": 3, "absent": 3}


async def test_labels_of_commands_can_be_typed(talk: Talk) -> None:
    """`cả tổ`, a name, `ngày 19/05`: what the newest message offered, of a student, lead or officer."""
    an, dung, khoa = await talk.person("An"), await talk.person("Dũng"), await talk.person("Khoa")
    for n in range(1, 23):
        await an.says(f"nhà số {n} xóm 4 được {n}").hears(f"{n} máy")
    await an.says("em được mấy máy rồi?").hears("em 253 máy")
    await an.says("xem từng tin").hears("22. 19:30 Nhà số 22, xóm 4: 22 máy", "2 tin cũ hơn")
    await an.says("cũ hơn").hears("1. 19:30 Nhà số 1, xóm 4: 1 máy", "20 tin mới hơn")
    await dung.says("An").hears("báo bằng một tin ngắn")
    await dung.says("/to").hears("An: 253 máy")
    await dung.says("an").hears("22. 19:30 Nhà số 22, xóm 4: 22 máy")
    await dung.says("cũ hơn").hears("2. 19:30 Nhà số 2, xóm 4: 2 máy")
    await dung.says("Ngày 19/05").hears("An, ngày 19/05: không có báo cáo")
    await dung.says("cả tổ").hears("👥 Xã Xuân Thu")
    await khoa.says("/xa phú").hears("một trong các xã này")
    await khoa.says("phú minh").hears("📊 Xã Phú Minh")
    await khoa.says("/tong").hears("📊 VNeID thử")
    await khoa.says("hôm qua").hears("ngày 19/05")


async def test_only_another_hamlet_is_said(talk: Talk) -> None:
    """`nhầm xóm 5 chứ không phải xóm 4` says of which report it is: it moves, and nothing is added."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3").hears("✅ Xóm 4: 3 máy")
    await an.says("nhầm xóm 5 chứ không phải xóm 4").hears("✏️ 3 máy ở xóm 5 (trước là xóm 4)", "em 3 máy")
    assert talk.done_by("hv1") == {"activated": 3}
