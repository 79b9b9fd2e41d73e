"""What somebody found who tried to have things counted twice, passed over, or counted for another."""

from datetime import timedelta

import pytest

from tests.talk import Talk

pytestmark = pytest.mark.on("telegram")

MINUTE = timedelta(minutes=1)


async def test_a_sum_that_is_edited_counts_what_came_since(talk: Talk) -> None:
    """It is said when it is typed: for all that the book holds by then."""
    an = await talk.person("An")
    await an.says("nhà bà Lan xóm 4 được 3").hears("3 máy")
    talk.clock.advance(MINUTE)
    total = await an.says("hôm nay được 5")
    talk.clock.advance(10 * MINUTE)
    await an.says("nhà bà Hoa xóm 5 được 2").hears("2 máy")
    talk.clock.advance(MINUTE)
    await an.edits(total, "hôm nay được 7").hears("Khớp")
    assert talk.done_by("hv1") == {"activated": 7}


async def test_an_answer_pressed_and_typed_counts_once(talk: Talk) -> None:
    """[4], and then `4`; a minute later it is another house."""
    an = await talk.person("An")
    asked = await an.says("nhà bà Lan tầm 4 máy").hears("mấy máy?")
    await an.presses("4", asked).hears("✅ Nhà bà Lan: 4 máy")
    talk.clock.advance(timedelta(seconds=3))
    again = await an.says("4").hears("chỉ tính một lần")
    assert talk.done_by("hv1") == {"activated": 4}
    await an.presses("Ghi thêm", again).hears("4 máy")
    assert talk.done_by("hv1") == {"activated": 8}
    talk.clock.advance(5 * MINUTE)
    await an.says("4").hears("✅ 4 máy")
    assert talk.done_by("hv1") == {"activated": 12}


@pytest.mark.parametrize(("asked_for", "before"), [(0, 0), (0, 1), (90, 0), (90, 1), (90, 20)])
async def test_an_answer_typed_as_it_is_pressed_counts_once(talk: Talk, asked_for: int, before: int) -> None:
    """A press has the time at which it reaches the bot, a message the second in which it was sent; however long it was
    asked for, and also where the number was sent before its press came.
    """
    an = await talk.person("An")
    asked = await an.says("xóm 2 khoảng 6 máy").hears("mấy máy?")
    talk.clock.advance(timedelta(seconds=asked_for))
    pressed = talk.clock.right()
    await an.presses("6", asked).hears("✅ Xóm 2: 6 máy")
    again = await an.says("6", at=pressed - timedelta(seconds=before)).hears("chỉ tính một lần")
    assert talk.done_by("hv1") == {"activated": 6}
    assert again.buttons == [["Ghi thêm"]]


async def test_a_number_sent_before_the_question_is_no_answer_to_it(talk: Talk) -> None:
    """It arrives late, and is work of its own."""
    an = await talk.person("An")
    before = talk.clock.right()
    talk.clock.advance(MINUTE / 2)
    asked = await an.says("xóm 2 khoảng 6 máy").hears("mấy máy?")
    await an.presses("6", asked).hears("✅ Xóm 2: 6 máy")
    await an.says("6", at=before).hears("✅ 6 máy")
    assert talk.done_by("hv1") == {"activated": 12}


async def test_what_is_sent_before_the_undo_arrives_takes_its_place(talk: Talk) -> None:
    """[Hoàn tác], and in the same moment what is right of that home."""
    an = await talk.person("An")
    said = await an.says("nhà anh Phúc xóm 4 được 2").hears("✅")
    pressed = talk.clock.right()
    await an.presses("Hoàn tác", said).hears("↩️ Đã rút báo cáo")
    await an.says("nhà anh Phúc 3 mới đúng", at=pressed - timedelta(seconds=2)).hears("✅ Nhà anh Phúc")
    assert talk.done_by("hv1") == {"activated": 3}


async def test_who_quotes_somebody_elses_report_changes_none_of_their_own(talk: Talk) -> None:
    """`hủy` and `sửa 9` under a comrade's report in the group."""
    an, binh, dung = [await talk.person(name) for name in ("An", "Bình", "Dũng")]
    group = await talk.team_chat(dung, an, binh)
    await an.says("xóm 4 được 3", group).sees("👍")
    theirs = await binh.says("xóm 5 được 2", group)
    await an.says("hủy", group, reply_to=theirs.shown).hears("của người khác")
    await an.says("sửa 9", group, reply_to=theirs.shown).hears("của người khác")
    assert (talk.done_by("hv1"), talk.done_by("hv2")) == ({"activated": 3}, {"activated": 2})


async def test_a_list_too_long_to_be_read_is_never_passed_over(talk: Talk) -> None:
    """It is said each time that nothing was counted, and how to send it."""
    an = await talk.person("An")
    text = "\n".join(f"nhà số {number} xóm 4 được {number % 3 + 1}" for number in range(1, 131))
    for _ in range(2):
        await an.says(text).hears("dài quá", "chưa ghi số nào")
    assert talk.done_by("hv1") == {}
    await an.says("/homnay").hears("chưa rõ")


async def test_a_home_of_which_nothing_was_understood_is_answered_each_time(talk: Talk) -> None:
    """However often it comes; small talk is not."""
    an = await talk.person("An")
    for text in ("nhà bà Hồ III máy", "nhà bà Tám II máy", "nhà bà Lan"):
        await an.says(text).hears("")
    await an.says("trời mưa to quá").hears("")
    await an.says("mệt quá đi").hears_nothing()


async def test_a_comrades_day_is_not_the_senders(talk: Talk) -> None:
    """`Bình hôm nay 9 máy` counts for nobody until it is told as a report for Bình; `An hôm nay` is An's own."""
    an = await talk.person("An")
    await talk.person("Bình")
    await an.says("Bình hôm nay 9 máy").hears("muốn ghi hộ Bình")
    assert talk.done_by("hv1") == {} and talk.done_by("hv2") == {}
    await an.says("An hôm nay 9 máy").hears("9 máy")
    assert talk.done_by("hv1") == {"activated": 9}


async def test_whoever_says_em_is_nobody_else(talk: Talk) -> None:
    """Although somebody of the campaign is called so."""
    an = await talk.person("An")
    await an.says("Em hôm nay được 9 máy ạ").hears("9 máy")
    assert talk.done_by("hv1") == {"activated": 9}


async def test_an_edit_gives_the_own_report_to_a_friend(talk: Talk) -> None:
    """It counts for the friend alone, who is told; where it is not clear for whom, it is said that it stays."""
    an = await talk.person("An")
    binh = await talk.person("Bình")
    said = await an.says("nhà bà Lan 3")
    await an.edits(said, "báo hộ Tuấn nhà bà Lan 4").hears("chưa đổi theo tin sửa", "vẫn tính cho em")
    assert (talk.done_by("hv1"), talk.done_by("hv2")) == ({"activated": 3}, {})
    await an.edits(said, "báo hộ Bình nhà bà Lan 4").hears("Ghi hộ Bình: Nhà bà Lan: 4 máy", "không còn tính cho em")
    await binh.waits("An vừa báo hộ em", "4 máy")
    assert (talk.done_by("hv1").get("activated", 0), talk.done_by("hv2")) == (0, {"activated": 4})


async def test_the_same_words_in_private_and_in_the_group_count_once(talk: Talk) -> None:
    """Whoever means another house says so with one tap; later it is one."""
    an, dung = await talk.person("An"), await talk.person("Dũng")
    group = await talk.team_chat(dung, an)
    await an.says("xóm 5 được 4").hears("4 máy")
    again = await an.says("xóm 5 được 4", group).hears("chỉ tính một lần")
    assert talk.done_by("hv1") == {"activated": 4}
    await an.presses("Ghi thêm", again, group).hears("4 máy")
    assert talk.done_by("hv1") == {"activated": 8}
    talk.clock.advance(10 * MINUTE)
    await an.says("xóm 5 được 4", group).sees("👍")
    assert talk.done_by("hv1") == {"activated": 12}
