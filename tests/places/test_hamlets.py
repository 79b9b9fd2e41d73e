"""Hamlets in conversation: the one in use, one slip of the hand, and those that the list does not have."""

from datetime import timedelta
from pathlib import Path

import pytest

from storage.engine.transaction import Transaction
from tests.talk import HAMLETS, Talk, talking


async def test_the_hamlet_in_use(talk: Talk) -> None:
    """/thon sets it for reports that name none, until 04:00; each answer that used it names it."""
    an = await talk.person("An")
    await an.says("/thon xom 4").hears("✅", "xóm 4")
    await an.says("được 3").hears("✅ Xóm 4: 3 máy")
    await an.says("thôn xuân tảo được 1, vắng 1").hears("Thôn Xuân Tảo: 1 máy, 1 nhà vắng")
    await an.says("vắng 2").hears("Xóm 4: 2 nhà vắng")
    await an.says("hẹn 19h mai nhà bà Tư").hears("✅ Xóm 4: hẹn lại bà Tư, 19:00 ngày 21/05")
    await an.says("/thon").hears("xóm 4")
    talk.clock.advance(timedelta(hours=9))  # half past four in the morning
    heard = await an.says("được 2").hears("2 máy")
    assert "Xóm" not in heard.text


async def test_a_question_keeps_the_hamlet_in_use(talk: Talk) -> None:
    """A vague number is asked for, and counts where the message would have."""
    an = await talk.person("An")
    await an.says("/thon 5").hears("xóm 5")
    await an.says("khoảng 5 máy").hears("chính xác")
    await an.says("4").hears("✅ Xóm 5: 4 máy")


async def test_what_the_hamlet_in_use_is_not_for(talk: Talk) -> None:
    """A sum for the day is of all hamlets; a correction keeps its report's; yesterday was elsewhere; none is none."""
    an = await talk.person("An")
    await an.says("xóm 5 được 2").hears("Xóm 5")
    await an.says("/thon xóm 4").hears("xóm 4")
    await an.says("nhầm, 3 chứ không phải 2").hears("Xóm 5: 3 máy")
    await an.says("hôm nay được 3").hears("Khớp")
    assert "Xóm 4" not in (await an.says("hôm qua quên báo 2 máy").hears("2 máy")).text
    assert "Xóm 4" not in (await an.says("hôm nay chưa được máy nào").hears("0")).text


async def test_no_hamlet_in_use_any_more(talk: Talk) -> None:
    """A button leaves it."""
    an = await talk.person("An")
    used = await an.says("/thôn Xóm 4").hears("xóm 4")
    await an.presses("Không dùng nữa", used).hears("Không dùng thôn nào")
    assert "Xóm" not in (await an.says("được 2").hears("2 máy")).text


async def test_a_sign_is_not_enough_where_the_hamlet_was_not_said(talk: Talk) -> None:
    """In the team's group the answer names the hamlet that was used."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    await an.says("/thon xóm 4").hears("xóm 4")
    await an.says("được 3", group).hears("✅ Xóm 4: 3 máy")


async def test_hamlets_to_choose_from(talk: Talk) -> None:
    """Without a name the commune's hamlets are buttons; a name that is near one is offered, a new one too."""
    an = await talk.person("An")
    shown = await an.says("/thon").hears("chưa chọn")
    await an.presses("Xóm 5", shown).hears("xóm 5")
    unknown = await an.says("/thon Xuân Tạp Đông").hears("chưa có thôn")
    await an.presses("Dùng “Xuân Tạp Đông”", unknown).hears("Xuân Tạp Đông")
    await an.says("được 1").hears("✅ Xuân Tạp Đông: 1 máy")
    await an.says("/thon ...").hears("kèm tên")


LONG = "Thôn Đồng Mít Thượng, khu tái định cư số ba"
NEAR = LONG.replace("Mít Thượng", "Mát Thựng")


async def test_a_hamlet_whose_name_is_too_long_for_a_button(tmp_path: Path, platform: str) -> None:
    """Telegram takes 64 bytes of what a press stands for: the list comes all the same, and each press works, twice."""
    files = {"hamlets.csv": f'{HAMLETS}451,"{LONG}",80\n'}
    async with talking(tmp_path, files=files, platform=platform) as talk:
        an = await talk.person("An")
        shown = await an.says("/thon").hears("chưa chọn")
        await an.presses(LONG, shown).hears("được tính cho", LONG.removeprefix("T"))
        await an.says("được 2").hears(f"✅ {LONG}: 2 máy")
        await an.presses("Xóm 5", shown).hears("xóm 5")
        await an.presses(LONG, shown).hears("được tính cho", LONG.removeprefix("T"))
        near = await an.says(f"/thon {NEAR}").hears("chưa có thôn")
        await an.presses(LONG, near).hears("được tính cho", LONG.removeprefix("T"))


async def test_the_name_alone_answers_the_list(talk: Talk) -> None:
    """After /thon a hamlet's name is enough; a bare number is still work, and so is a report."""
    an = await talk.person("An")
    await an.says("/thon").hears("chưa chọn")
    await an.says("5").hears("✅ 5 máy")
    await an.says("xóm 4").hears("tin không ghi thôn được tính cho xóm 4")
    await an.says("được 1").hears("✅ Xóm 4: 1 máy")
    await an.says("/thon").hears("xóm 4")
    await an.says("xuan tao").hears("được tính cho thôn Xuân Tảo")


async def test_a_hamlet_alone_is_never_passed_over(talk: Talk) -> None:
    """At any time, also while a number is asked for: one tap makes it the hamlet in use."""
    an = await talk.person("An")
    await an.says("khoảng 5 máy").hears("mấy máy?")
    asked = await an.says("xóm 5").hears("Em đang làm ở xóm 5?")
    await an.presses("Dùng xóm 5", asked).hears("được tính cho xóm 5")
    await an.says("4").hears("✅ 4 máy")
    await an.says("được 2").hears("✅ Xóm 5: 2 máy")


async def test_a_hamlet_alone_is_confirmed_in_words(talk: Talk) -> None:
    """`đúng`, or the words that the bot offers."""
    an = await talk.person("An")
    await an.says("xóm 5").hears("Em đang làm ở xóm 5?")
    await an.says("ừ").hears("được tính cho xóm 5")
    await an.says("thôn xuân tảo").hears("Em đang làm ở thôn Xuân Tảo?")
    await an.says("dùng thôn xuân tảo").hears("được tính cho thôn Xuân Tảo")
    await an.says("/thon xóm 99").hears("chưa có thôn")
    await an.says("dùng xóm 99").hears("được tính cho xóm 99")


@pytest.mark.parametrize("text", ["Xuân Tảo được 2, vắng 1", "xuan tao 2 may, vang 1"])
async def test_a_known_hamlet_needs_no_word_before_it(talk: Talk, text: str) -> None:
    """Its name says enough, where nothing else in the message does."""
    an = await talk.person("An")
    await an.says(text).hears("✅ Thôn Xuân Tảo: 2 máy, 1 nhà vắng")


async def test_somebody_who_is_called_as_a_hamlet(talk: Talk) -> None:
    """After a title it is a person; what was not clear stays so."""
    an = await talk.person("An")
    heard = await an.says("bà Xuân Tảo được 2").hears("2 máy")
    assert "Thôn" not in heard.text


async def test_one_slip_of_the_hand(talk: Talk) -> None:
    """One wrong letter is the hamlet that alone is so near; a number never slips."""
    an = await talk.person("An")
    await an.says("thôn Xuân Tạp được 2").hears("✅ Thôn Xuân Tảo: 2 máy")
    await an.says("xóm 6 được 1").hears("✅ Xóm 6: 1 máy")


def _in_hamlets(tx: Transaction) -> dict[str, int]:
    rows = tx.all(
        """SELECT h.name, s.n FROM sums s JOIN hamlets h ON h.id = s.id
           WHERE s.scope = 'hamlet' AND s.day = 0 AND s.outcome = 'activated' AND s.n <> 0"""
    )
    return {row["name"]: row["n"] for row in rows}


async def test_a_new_hamlet_is_merged_by_the_lead(talk: Talk) -> None:
    """It counts under the spelling given; the lead says with one tap which it is; all counts follow."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    said = await an.says("xóm Cầu Gỗ được 3")
    await said.hears("Xóm Cầu Gỗ: 3 máy")
    asked = await dung.waits("“Xóm Cầu Gỗ”", "An")
    assert talk.look(_in_hamlets) == {"Xóm Cầu Gỗ": 3}
    which = await dung.presses("Chọn thôn cho “Xóm Cầu Gỗ”", asked).hears("là thôn nào")
    await dung.presses("Là xóm 4", which).hears("từ nay là xóm 4")
    assert talk.look(_in_hamlets) == {"Xóm 4": 3}
    await an.says("xom cau go được 1").hears("Xóm 4: 1 máy")
    await an.edits(said, "xom cau go được 2").hears("Xóm 4: 2 máy")
    await an.says("xóm 4 hôm nay được 3").hears("Khớp")
    assert talk.look(_in_hamlets) == {"Xóm 4": 3}
    talk.recount()


async def test_two_spellings_in_one_report(talk: Talk) -> None:
    """A report that named both is one line after the merging, and can be corrected still."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await an.says("xóm 4 được 3, xóm Cầu Gỗ được 2").hears("Xóm Cầu Gỗ: 2 máy")
    asked = await dung.waits("“Xóm Cầu Gỗ”")
    which = await dung.presses("Chọn thôn cho “Xóm Cầu Gỗ”", asked).hears("là thôn nào")
    await dung.presses("Là xóm 4", which).hears("từ nay là xóm 4")
    await an.says("nhầm, 6 chứ không phải 5").hears("Xóm 4: 6 máy")
    assert talk.look(_in_hamlets) == {"Xóm 4": 6}


async def test_two_new_hamlets_are_settled_in_words(talk: Talk) -> None:
    """What is typed names its hamlet: the older question is not lost behind the newer."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await an.says("xóm Cầu Gỗ được 3").hears("Xóm Cầu Gỗ: 3 máy")
    await an.says("xóm Cây Đa được 1").hears("Xóm Cây Đa: 1 máy")
    await dung.waits("“Xóm Cây Đa”")
    await dung.says("giữ xóm cây đa").hears("Giữ “Xóm Cây Đa”")
    await dung.says("chọn thôn cho xóm cầu gỗ").hears("“Xóm Cầu Gỗ” là thôn nào")
    await dung.says("là xóm 4").hears("từ nay là xóm 4")
    assert talk.look(_in_hamlets) == {"Xóm 4": 3, "Xóm Cây Đa": 1}


async def test_a_new_hamlet_that_stays(talk: Talk) -> None:
    """The lead keeps it; nobody is asked again."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await an.says("thôn Đồng Mới được 3").hears("Thôn Đồng Mới: 3 máy")
    asked = await dung.waits("“Thôn Đồng Mới”")
    await dung.presses("Giữ “Thôn Đồng Mới”", asked).hears("Giữ")
    before = len(dung.private.messages)
    await an.says("thôn Đồng Mới được 1").hears("Thôn Đồng Mới: 1 máy")
    await talk.settled()
    assert len(dung.private.messages) == before


async def test_a_new_hamlet_in_an_edit_or_an_answer(talk: Talk) -> None:
    """However a hamlet becomes known, the lead is asked about it."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await an.says("khoảng 3 máy xóm Cầu Gỗ").hears("chính xác")
    await an.says("3").hears("Xóm Cầu Gỗ: 3 máy")
    await dung.waits("“Xóm Cầu Gỗ”", "An")
    await an.says("/sua xóm Giếng Đá 2").hears("Xóm Giếng Đá: 2 máy")
    await dung.waits("“Xóm Giếng Đá”", "An")


async def test_known_hamlets_with_words_of_work(talk: Talk) -> None:
    """A hamlet that is known is found whatever its words mean elsewhere, and however it is typed."""
    an = await talk.person("An")
    unknown = await an.says("/thon Hồng Lâm").hears("chưa có thôn")
    await an.presses("Dùng “Hồng Lâm”", unknown).hears("Hồng Lâm")
    await an.says("/thon bỏ").hears("không")
    said = await an.says("thon hong lam 2 may").hears("✅ Hồng Lâm: 2 máy")
    assert "2 máy" in said.text
    await an.says("nhà ông Tư Thôn Hồng Lâm được 1").hears("✅ Nhà ông Tư, Hồng Lâm: 1 máy")


async def test_a_message_that_comes_late_counts_where_it_was_typed(talk: Talk) -> None:
    """The hamlet in use is the one of that moment: before the newest choice the one before it, and before all none."""
    an = await talk.person("An")
    start = talk.clock.now()
    talk.clock.advance(timedelta(minutes=10))
    await an.says("/thon xóm 4").hears("xóm 4")
    talk.clock.advance(timedelta(minutes=20))
    await an.says("/thon xóm 5").hears("xóm 5")
    talk.clock.advance(timedelta(minutes=20))
    await an.says("/thon bỏ").hears("Không dùng thôn nào")
    await an.says("được 1", at=start + timedelta(minutes=15)).hears("✅ Xóm 4: 1 máy")
    await an.says("được 2", at=start + timedelta(minutes=35)).hears("✅ Xóm 5: 2 máy")
    for minutes in (5, 50):
        assert "Xóm" not in (await an.says("được 3", at=start + timedelta(minutes=minutes)).hears("3 máy")).text


async def test_a_hamlets_name_turns_no_words_round(talk: Talk) -> None:
    """A new hamlet is kept without the signs that nobody sees: they would turn the words beside it in every list."""
    an = await talk.person("An")
    asked = await an.says("/thon Xóm \u202eĐồi\u2066 Sim\u200b").hears("“Xóm Đồi Sim”")
    await an.presses("Dùng “Xóm Đồi Sim”", asked).hears("xóm Đồi Sim")
    await an.says("xóm Bờ\u202e Ao được 2").hears("2 máy")
    names = [row["name"] for row in talk.look(lambda tx: tx.all("SELECT name FROM hamlets WHERE listed = 0"))]
    assert names
    assert not [name for name in names if any(sign in name for sign in "\u202e\u2066\u200b")]
