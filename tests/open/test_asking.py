"""A number that is not sure is asked for; nothing is stored that was not meant, and nothing vanishes."""

from datetime import timedelta

import pytest

from tests.lists import takes
from tests.talk import Talk


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("khoảng 5 máy", "số chính xác: mấy máy"),
        ("vắng vài nhà", "mấy nhà vắng"),
        ("xong", "xong mấy máy"),
        ("cả nhà bác Lợi xong", "mấy máy"),
        ("hôm nay cả tổ em 46", "Riêng em"),
        ("3-4 máy", "số chính xác"),
    ],
)
async def test_what_is_vague_is_asked(talk: Talk, text: str, question: str) -> None:
    """Each kind of doubt has its own question, and nothing is stored."""
    an = await talk.person("An")
    await an.says(text).hears(question)
    assert talk.done_by("hv1") == {}
    await an.says("/homnay").hears("chưa rõ số")


async def test_a_plain_number_answers(talk: Talk) -> None:
    """It fills the hole and keeps what was understood."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3, vắng vài nhà").hears("mấy nhà vắng")
    await an.says("2").hears("✅ Xóm 4: 3 máy, 2 nhà vắng")
    assert talk.done_by("hv1") == {"activated": 3, "absent": 2}


async def test_an_answer_given_in_time_may_arrive_late(talk: Talk) -> None:
    """The bot was down for an hour: the number still belongs to its question."""
    an = await talk.person("An")
    await an.says("xóm 4 khoảng 5 máy").hears("số chính xác")
    await talk.stop()
    said = an.says("6", at=talk.clock.now() + timedelta(minutes=2))
    talk.clock.advance(timedelta(hours=1))
    await talk.start()
    await said.hears("✅ Xóm 4: 6 máy")
    assert talk.done_by("hv1") == {"activated": 6}


async def test_a_suggested_number_answers(talk: Talk) -> None:
    """One press settles it; the question becomes the answer."""
    an = await talk.person("An")
    asked = await an.says("khoảng 5 máy").hears("số chính xác")
    assert asked.buttons[0][:3] == ["4", "5", "6"]
    heard = await an.presses("6", asked).hears("✅ 6 máy")
    assert talk.stands_for(heard, asked)
    assert talk.done_by("hv1") == {"activated": 6}


async def test_another_report_does_not_answer(talk: Talk) -> None:
    """A whole report is one of its own; the question stays open."""
    an = await talk.person("An")
    await an.says("khoảng 5 máy").hears("số chính xác")
    await an.says("xóm 4 được 2").hears("✅ Xóm 4: 2 máy")
    await an.says("/homnay").hears("chưa rõ số", "em 2 máy")


async def test_an_open_message_can_be_dropped(talk: Talk) -> None:
    """[Không tính] settles it without a number."""
    an = await talk.person("An")
    asked = await an.says("khoảng 5 máy").hears("số chính xác")
    await an.presses("Không tính", asked).hears("Đã bỏ tin")
    await an.says("/homnay").hears("chưa có báo cáo nào")


async def test_very_many_are_confirmed_first(talk: Talk) -> None:
    """More than 50 in one message, also where it answers a question."""
    an = await talk.person("An")
    asked = await an.says("xóm 4 được 120").hears("Đúng là số này chứ?")
    assert talk.done_by("hv1") == {}
    await an.presses("Đúng, ghi", asked).hears("✅ Xóm 4: 120 máy")
    await an.says("xong").hears("mấy máy")
    asked = await an.says("60").hears("Đúng là số này chứ?")
    await an.presses("Thôi", asked).hears("Đã bỏ tin")
    assert talk.done_by("hv1") == {"activated": 120}


async def test_forwarded_reports_count_only_after_a_yes(talk: Talk) -> None:
    """Somebody else's words are not one's own work."""
    an, binh = await talk.person("An"), await talk.person("Bình")
    asked = await an.says("xóm 4 được 3", forwarded_from=binh.user).hears("được chuyển tiếp")
    assert talk.done_by("hv1") == {}
    await an.presses("Tính", asked).hears("✅ Xóm 4: 3 máy")
    assert talk.done_by("hv1") == {"activated": 3}


async def test_a_total_for_the_day(talk: Talk) -> None:
    """The first is recorded, an equal one confirmed, a larger one recorded as the difference, a smaller one asked."""
    an = await talk.person("An")
    await an.says("hôm nay được 18").hears("✅ 18 máy")
    await an.says("hôm nay được 18").hears("👍 Khớp")
    said = await an.says("hôm nay được 25").hears("✅ Cả ngày 25 máy: bot mới ghi 18, đã ghi thêm 7")
    assert said.buttons == [["Hoàn tác"], ["Xem từng tin"]]
    await an.presses("Hoàn tác", said).hears("↩️ Đã rút báo cáo lúc 19:30: 7 máy", "em 18 máy")
    await an.says("hôm nay được 25").hears("đã ghi thêm 7")
    assert talk.done_by("hv1") == {"activated": 25}
    asked = await an.says("hôm nay được 20").hears("nhưng bot đang ghi 25", "Sửa còn 20")
    await an.presses("Sửa còn 20", asked).hears("đã chỉnh còn 20 máy", "em 20 máy")
    assert talk.done_by("hv1") == {"activated": 20}


async def test_what_is_refused_takes_the_place_of_nothing(talk: Talk) -> None:
    """An open message stays open where the next is of a day that is closed; said again, it is settled."""
    an = await talk.person("An")
    await an.says("xóm 4 khoảng 4 máy").hears("mấy máy")
    refused = await an.says("ngày 15/5 quên 2 máy").hears("đã khóa")
    assert "thay cho" not in refused.text
    await an.says("/homnay").hears("chưa rõ số")
    talk.clock.advance(timedelta(minutes=5))
    await an.says("xóm 4 được 4, vắng 1").hears("✅ Xóm 4: 4 máy, 1 nhà vắng", "thay cho tin chưa rõ lúc 19:30")
    await an.says("xóm 5 được 1").hears("em 5 máy")
    assert talk.done_by("hv1") == {"activated": 5, "absent": 1}


async def test_a_number_that_may_choose_or_be_new_is_asked_about(talk: Talk) -> None:
    """`7` to [Sửa còn 7] [Giữ 18] is stored neither way; what is said around a label does not matter."""
    an = await talk.person("An")
    await an.says("xóm 4 được 18").hears("em 18 máy")
    await an.says("hôm nay được 7").hears("Sửa còn 7 chứ?")
    await an.says("7").hears("Chưa ghi gì: “7” là Sửa còn 7, hay 7 máy mới?", "thêm 7 máy")
    await an.says("18").hears("“18” là Giữ 18, hay 18 máy mới?")
    await an.says("thêm 7 máy").hears("✅ 7 máy", "em 25 máy")  # as the question says
    await an.says("hôm nay được 20").hears("Sửa còn 20 chứ?")
    await an.says("vâng sửa còn ạ").hears("em 20 máy")
    await an.says("7").hears("em 27 máy")
    await an.says("60 máy").hears("Đúng là số này chứ?")
    await an.says("ghi đi").hears("em 87 máy")


async def test_a_vague_total_stays_a_total(talk: Talk) -> None:
    """Its number is compared, not added."""
    an = await talk.person("An")
    await an.says("xóm 4 được 11").hears("11 máy")
    await an.says("hôm nay tầm 30 máy").hears("số chính xác")
    await an.says("30").hears("✅ Cả ngày 30 máy: bot mới ghi 11, đã ghi thêm 19")
    assert talk.done_by("hv1") == {"activated": 30}


async def test_an_edited_total_is_compared(talk: Talk) -> None:
    """A total that is edited does not add itself to what is there."""
    an = await talk.person("An")
    await an.says("xóm 4 được 18").hears("18 máy")
    said = an.says("hôm nay được 25")
    await said.hears("đã ghi thêm 7")
    await an.edits(said, "hôm nay được 26").hears("✅ Cả ngày 26 máy: bot mới ghi 25, đã ghi thêm 1")
    assert talk.done_by("hv1") == {"activated": 26}


async def test_no_sum_falls_below_zero(talk: Talk) -> None:
    """What an adjustment took away is given back when the report it took from is withdrawn."""
    an = await talk.person("An")
    heard = await an.says("xóm 4 được 20").hears("20 máy")
    asked = await an.says("hôm nay được 5").hears("Sửa còn 5")
    await an.presses("Sửa còn 5", asked).hears("em 5 máy")
    await an.presses("Hoàn tác", heard).hears("Đã rút", "Phần điều chỉnh trước đó không còn khớp nên cũng bỏ")
    assert talk.done_by("hv1") == {}


async def test_nothing_done_is_a_report(talk: Talk) -> None:
    """A zero counts as having reported."""
    an = await talk.person("An")
    await an.says("hôm nay chưa được máy nào").hears("✅ 0 máy")
    await an.says("/homnay").hears("0 máy")


async def test_an_answer_may_name_what_was_asked(talk: Talk) -> None:
    """`2 nhà` for homes, `xóm 4 6 máy` for that hamlet, `dạ 3 ạ`; another vague number is asked about again."""
    an = await talk.person("An")
    await an.says("vắng vài nhà").hears("mấy nhà vắng")
    await an.says("2 nhà ạ").hears("✅ 2 nhà vắng")
    await an.says("xóm 4 khoảng 5 máy").hears("mấy máy")
    await an.says("tầm 6").hears("số chính xác")
    await an.says("xóm 4 được 6").hears("✅ Xóm 4: 6 máy", "em 6 máy")
    await an.says("từ chối mấy nhà").hears("số chính xác")
    await an.says("dạ 3 ạ").hears("✅ 3 người chưa đồng ý")
    heard = await an.says("/homnay").hears("em 6 máy")
    assert "❓" not in heard.text


async def test_a_number_of_something_else_is_no_answer(talk: Talk) -> None:
    """Phones are not absent homes: a report of its own, and the question stays open."""
    an = await talk.person("An")
    await an.says("vắng vài nhà").hears("mấy nhà vắng")
    await an.says("được 3 máy").hears("✅ 3 máy")
    await an.says("/homnay").hears("❓ Chưa ghi", "(chưa rõ số)")
    await an.says("khoảng 5 máy").hears("mấy máy?")
    await an.says("5").hears("✅ 5 máy", "em 8 máy")
    assert talk.done_by("hv1") == {"activated": 8}


async def test_what_is_said_again_settles_what_was_open(talk: Talk) -> None:
    """The same hamlet, outcome and number stands for the message that was not clear; another does not."""
    an = await talk.person("An")
    await an.says("nhầm, xóm 5 chứ không phải xóm 4").hears("chưa có báo cáo nào")
    await an.says("thôn Đoài khoảng 2 máy").hears("mấy máy")
    await an.says("xóm 4 được 2").hears("✅ Xóm 4: 2 máy")
    await an.says("/homnay").hears("19:30 “thôn Đoài khoảng 2 máy” (chưa rõ số)", "19:30 Xóm 4: 2 máy")
    talk.clock.advance(timedelta(minutes=5))
    await an.says("thôn Đoài được 2, vắng 1").hears(
        "2 máy, 1 nhà vắng", "(thay cho tin chưa rõ lúc 19:30: “thôn Đoài khoảng 2 máy”)"
    )
    heard = await an.says("/homnay").hears("2. 19:35 Thôn Đoài: 2 máy, 1 nhà vắng")
    assert "❓" not in heard.text


async def test_open_messages_are_answered_or_left_from_the_list(talk: Talk) -> None:
    """[Trả lời 2] asks again, `bỏ 3` leaves; also after the question's ten minutes."""
    an = await talk.person("An")
    at = talk.clock.now()  # all in one second: a sum is compared with what was sent before it
    await an.says("xóm 4 được 18", at=at).hears("18 máy")
    await an.says("hôm nay được 15", at=at).hears("Sửa còn 15")
    await an.says("120 máy", at=at).hears("Đúng là số này chứ?")
    await an.says("xóm 5 khoảng 5 máy", at=at).hears("số chính xác")
    talk.clock.advance(timedelta(minutes=30))
    listed = await an.says("/homnay").hears(
        "1. 19:30 Xóm 4: 18 máy",
        "2. 19:30 “hôm nay được 15” (chưa xác nhận)",
        "3. 19:30 “120 máy” (chưa xác nhận)",
        "4. 19:30 “xóm 5 khoảng 5 máy” (chưa rõ số)",
    )
    if any("Sửa …" in row for row in listed.buttons):
        assert listed.buttons == [["Trả lời 2", "Trả lời 3"], ["Trả lời 4"], ["Sửa …"]]
    await an.presses("Trả lời 4", listed).hears("số chính xác: mấy máy?")
    await an.says("6").hears("✅ Xóm 5: 6 máy")
    await an.presses("Trả lời 2", listed).hears("Em báo cả ngày 15 máy", "đang ghi 24. Sửa còn 15 chứ?")
    await an.says("bỏ 3").hears("Đã bỏ tin lúc 19:30")
    assert talk.done_by("hv1") == {"activated": 24}


async def test_yes_and_no_in_words(talk: Talk) -> None:
    """To what was just asked; a `vâng` to nothing is small talk."""
    an = await talk.person("An")
    await an.says("xóm 4 được 18").hears("18 máy")
    await an.says("hôm nay được 15").hears("Sửa còn 15 chứ?")
    await an.says("vâng ạ").hears("✏️ Hôm nay đã chỉnh còn 15 máy", "em 15 máy")
    await an.says("120 máy").hears("Đúng là số này chứ?")
    await an.says("không").hears("Đã bỏ tin")
    await an.says("vâng").hears("Bot vẫn nghe em. Hôm nay em 15 máy")
    await an.says("120 máy").hears("Đúng là số này chứ?")
    await an.says("đúng ghi").hears("✅ 120 máy")
    assert talk.done_by("hv1") == {"activated": 135}


async def test_a_total_is_of_when_it_was_said(talk: Talk) -> None:
    """What was reported after it is not part of it, however late the button is pressed."""
    an = await talk.person("An")
    await an.says("xóm 4 được 18").hears("18 máy")
    asked = await an.says("hôm nay được 15").hears("Sửa còn 15 chứ?")
    talk.clock.advance(timedelta(minutes=20))
    await an.says("xóm 5 được 3").hears("em 21 máy")
    await an.presses("Sửa còn 15", asked).hears("em 18 máy")


async def test_a_newer_total_replaces_an_older_one(talk: Talk) -> None:
    """Only the last one waits for an answer."""
    an = await talk.person("An")
    await an.says("xóm 4 được 18").hears("18 máy")
    older = await an.says("hôm nay được 15").hears("Sửa còn 15")
    newer = await an.says("hôm nay được 16").hears("Sửa còn 16")
    await an.presses("Sửa còn 15", older).notes("đã xong rồi")
    await an.presses("Sửa còn 16", newer).hears("em 16 máy")


async def test_a_total_of_several_outcomes(talk: Talk) -> None:
    """One answer for all of them; and a total of one hamlet is compared with that hamlet."""
    an = await talk.person("An")
    await an.says("xóm 4 được 18, vắng 1").hears("18 máy")
    await an.says("tổng 20, vắng 3").hears(
        "✅ Cả ngày 20 máy, 3 nhà vắng: bot mới ghi 18 máy, 1 nhà vắng, đã ghi thêm 2 máy, 2 nhà vắng"
    )
    asked = await an.says("tổng 19, vắng 2").hears("Em báo cả ngày 19 máy, 2 nhà vắng, nhưng bot đang ghi 20 máy")
    assert asked.buttons == [["Sửa lại", "Giữ nguyên"], ["Xem từng tin"]]
    await an.presses("Giữ nguyên", asked).hears("Giữ nguyên 20 máy, 3 nhà vắng")
    await an.says("hôm nay xóm 4 được 19").hears("✅ Cả ngày ở xóm 4: 19 máy, bot mới ghi 18, đã ghi thêm 1")
    assert talk.done_by("hv1") == {"activated": 21, "absent": 3}


async def test_a_total_of_yesterday_names_the_day(talk: Talk) -> None:
    """In the question and in the answer."""
    an = await talk.person("An")
    await an.says("hôm qua quên báo 5 máy").hears("Ngày 19/05 em 5 máy")
    await an.says("hôm qua được 8").hears("✅ Cả ngày 19/05: 8 máy, bot mới ghi 5, đã ghi thêm 3")
    asked = await an.says("hôm qua được 6").hears("Em báo cả ngày 19/05: 6 máy, nhưng bot đang ghi 8. Sửa còn 6 chứ?")
    await an.presses("Sửa còn 6", asked).hears("Ngày 19/05 em 6 máy")


async def test_an_adjustment_is_shown_as_such(talk: Talk) -> None:
    """In the list it can be taken back, not changed."""
    an = await talk.person("An")
    await an.says("xóm 4 được 18").hears("18 máy")
    asked = await an.says("hôm nay được 15").hears("Sửa còn 15 chứ?")
    await an.presses("Sửa còn 15", asked).hears("đã chỉnh còn 15 máy", "em 15 máy")
    listed = await an.says("/homnay").hears("2. 19:30 điều chỉnh Xóm 4: -3 máy")
    await an.says("sửa 2").hears("không có “sửa 2”")
    await (await takes(an, "Xóa", 2, listed)).hears("em 18 máy")


async def test_a_forwarded_total_is_compared(talk: Talk) -> None:
    """After the yes it is a total like any other; forwarded corrections change nothing."""
    an, binh = await talk.person("An"), await talk.person("Bình")
    await an.says("xóm 4 được 18").hears("18 máy")
    asked = await an.says("hôm nay được 25", forwarded_from=binh.user).hears("được chuyển tiếp: 25 máy")
    await an.presses("Tính", asked).hears("✅ Cả ngày 25 máy: bot mới ghi 18, đã ghi thêm 7")
    for text in ("hủy", "nhầm, 4 chứ không phải 3"):
        await an.says(text, forwarded_from=binh.user).hears("Tin chuyển tiếp không sửa hay rút được báo cáo")
    await an.says("ngày 1/5 quên báo 5 máy", forwarded_from=binh.user).hears("Số của ngày 01/05 đã khóa")
    assert talk.done_by("hv1") == {"activated": 25}


async def test_a_locked_day_is_not_asked_about(talk: Talk) -> None:
    """Neither clear nor vague; a lead has nobody above but the officer."""
    an, dung = await talk.person("An"), await talk.person("Dũng")
    for text in ("ngày 10/5 quên báo 5 máy", "ngày 10/5 khoảng 5 máy"):
        await an.says(text).hears("Số của ngày 10/05 đã khóa", "nhờ tổ trưởng Dũng giúp")
    await dung.says("ngày 10/5 quên báo 5 máy").hears("báo cán bộ phụ trách")


async def test_of_a_teams_sum_the_own_part_is_compared(talk: Talk) -> None:
    """The answer is a sum for the day, not more work."""
    an = await talk.person("An")
    await an.says("xóm 4 được 4").hears("4 máy")
    await an.says("hôm nay cả tổ em 46").hears("Riêng em được mấy máy?")
    await an.says("12").hears("✅ Cả ngày 12 máy: bot mới ghi 4, đã ghi thêm 8")
    assert talk.done_by("hv1") == {"activated": 12}


async def test_work_of_others_is_not_the_senders(talk: Talk) -> None:
    """`báo hộ Sơn` is never the sender's, whoever Sơn is; `báo hộ em` is one's own."""
    an = await talk.person("An")
    await an.says("báo hộ Sơn 3 máy").hears("không thấy Sơn")
    await an.says("3").hears("✅ 3 máy")
    assert talk.done_by("hv1") == {"activated": 3}


async def test_two_meanings(talk: Talk) -> None:
    """Its button, a number, or leaving it out settles it; a message that names another home does not."""
    an = await talk.person("An")
    asked = await an.says("máy 2").hears("muốn ghi thế nào")
    assert asked.buttons == [["Thêm 2 máy"], ["Không tính"]]
    await an.presses("Thêm 2 máy", asked).hears("✅ 2 máy", "em 2 máy")
    asked = await an.says("máy 2").hears("muốn ghi thế nào")
    await an.says("nhà ông Bắc được 2 máy").hears("✅ Nhà ông Bắc: 2 máy", "em 4 máy")
    await an.presses("Không tính", asked).hears("Đã bỏ tin lúc 19:30")
    await an.says("máy 2").hears("muốn ghi thế nào")
    await an.says("3").hears("✅ 3 máy", "em 7 máy")
    heard = await an.says("/homnay").hears("em 7 máy")
    assert "❓" not in heard.text


async def test_added_work_is_no_answer(talk: Talk) -> None:
    """`thêm 3 nữa` is new work, whatever number was asked for."""
    an = await talk.person("An")
    await an.says("được 7").hears("7 máy")
    await an.says("cả tổ em hôm nay 21 máy").hears("Riêng em được mấy máy?")
    await an.says("thêm 3 nữa ạ").hears("✅ 3 máy", "em 10 máy")


async def test_what_is_likeliest_is_offered(talk: Talk) -> None:
    """Where it is not clear what was counted, the button says what it would store; said clearly, it is settled too."""
    an = await talk.person("An")
    asked = await an.says("gop xom 4 2 may").hears("muốn ghi thế nào")
    labels = [label for row in asked.buttons for label in row]
    assert (labels[0], labels[-1]) == ("Thêm 2 máy ở xóm 4", "Không tính")
    await an.says("xóm 4 được 2").hears("✅ Xóm 4: 2 máy")
    heard = await an.says("/homnay").hears("1. 19:30 Xóm 4: 2 máy")
    assert "❓" not in heard.text


async def test_a_question_asked_again_says_of_which_message(talk: Talk) -> None:
    """From the list, several may be open."""
    an = await talk.person("An")
    await an.says("khoảng 5 máy").hears("số chính xác")
    talk.clock.advance(timedelta(minutes=20))
    await an.says("xóm 5 vắng tầm 3 nhà").hears("mấy nhà vắng?")
    listed = await an.says("/homnay").hears("19:30 “khoảng 5 máy”", "19:50 “xóm 5 vắng tầm 3 nhà”")
    await an.presses("Trả lời 1", listed).hears("Tin lúc 19:30 (“khoảng 5 máy”):", "mấy máy?")
    await an.says("5").hears("✅ 5 máy")
