"""What stands open stays open until it is answered, dropped or said again; what is typed may press its buttons."""

from datetime import timedelta

from tests.talk import Talk


async def test_a_correction_leaves_open_what_was_asked(talk: Talk) -> None:
    """The number that follows is still the answer, and the report that was corrected stays as it is."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3").hears("✅ Xóm 4: 3 máy")
    await an.says("xóm 5 khoảng 5 máy").hears("mấy máy?")
    await an.says("nhầm, 4 chứ không phải 3").hears("✏️ Xóm 4: 4 máy (trước là 3)")
    await an.says("6").hears("✅ Xóm 5: 6 máy", "em 10 máy")
    heard = await an.says("/homnay").hears("em 10 máy")
    assert "❓" not in heard.text


async def test_a_number_long_after_the_question_is_new_work(talk: Talk) -> None:
    """Reports and minutes lie between: it answers nothing, and what was asked stays open."""
    an = await talk.person("An")
    await an.says("xóm 5 khoảng 5 máy").hears("mấy máy?")
    talk.clock.advance(timedelta(minutes=3))
    await an.says("xóm 4 được 2").hears("✅ Xóm 4: 2 máy")
    await an.says("6").hears("✅ 6 máy", "em 8 máy")
    await an.says("/homnay").hears("❓ Chưa ghi", "(chưa rõ số)")


async def test_a_quoted_question_is_answered_at_any_time(talk: Talk) -> None:
    """However much was said since."""
    talk.needs("replies")
    an = await talk.person("An")
    said = an.says("xóm 5 khoảng 5 máy")
    await said.hears("mấy máy?")
    talk.clock.advance(timedelta(minutes=9))
    await an.says("xóm 4 được 2").hears("✅ Xóm 4: 2 máy")
    await an.says("6", reply_to=said.shown).hears("✅ Xóm 5: 6 máy", "em 8 máy")


async def test_words_of_a_button_are_new_work_when_nothing_was_asked_just_now(talk: Talk) -> None:
    """`thêm 2 máy` right after its question presses the button; later it is two more, and the question stays."""
    an = await talk.person("An")
    await an.says("máy 2").hears("Em muốn ghi thế nào?")
    await an.says("thêm 2 máy").hears("✅ 2 máy", "em 2 máy")
    assert "❓" not in (await an.says("/homnay").hears("em 2 máy")).text
    await an.says("máy 2").hears("Em muốn ghi thế nào?")
    await an.says("xóm 4 được 3").hears("em 5 máy")
    talk.clock.advance(timedelta(minutes=20))
    await an.says("thêm 2 máy").hears("✅ 2 máy", "em 7 máy")
    await an.says("/homnay").hears("❓")


async def test_the_same_counts_after_fix_confirm(talk: Talk) -> None:
    """Nothing changes, nothing is added, and the report is waited for no more."""
    an = await talk.person("An")
    said = await an.says("xóm 4 được 3").hears("✅ Xóm 4: 3 máy")
    await an.presses("Sửa", said).hears("gửi lại nội dung đúng")
    await an.says("xóm 4 được 3").hears("👍 Khớp, bot không ghi thêm")
    await an.says("xóm 4 được 2").hears("✅ Xóm 4: 2 máy", "em 5 máy")


async def test_another_house_that_is_as_vague_stays_open_too(talk: Talk) -> None:
    """`tầm 4 máy ở nhà ông Tư` right after such a question is no answer to it; the same house once more is."""
    an = await talk.person("An")
    await an.says("tầm 5 máy ở nhà bà Lan").hears("mấy máy?")
    await an.says("tầm 4 máy ở nhà ông Tư").hears("mấy máy?")
    await an.says("chắc tầm 3 máy ở nhà ông Tư").hears("mấy máy?")
    heard = await an.says("/homnay").hears("1. 19:30 “tầm 5 máy ở nhà bà Lan”", "2. 19:30 “tầm 4 máy ở nhà ông Tư”")
    assert "3. " not in heard.text
