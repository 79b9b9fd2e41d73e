"""/kiemtra: five questions before setting out; what leads and officers see of them."""

from typing import Any

import pytest

from tests.talk import Person, Talk

RIGHT = "CABBC"  # of the example's questions


async def _answers(person: Person, letters: str) -> Any:
    heard = await person.says("/kiemtra").hears("📝 Câu 1/5")
    for n, letter in enumerate(letters, 1):
        last = n == len(RIGHT)
        heard = await person.presses(letter, heard).hears("trả lời đúng" if last else f"📝 Câu {n + 1}/5")
    return heard


async def test_five_questions(talk: Talk) -> None:
    """Each answer is explained beside the next question; at the end how many were right, and what to look at again."""
    an = await talk.person("An")
    first = await an.says("/kiemtra").hears("📝 Câu 1/5: Khi nào", "C. Khi chủ máy đăng nhập được")
    second = await an.presses("A", first).hears("❌ Câu 1 chưa đúng. Đáp án: C. Khi chủ máy", "📝 Câu 2/5")
    assert talk.stands_for(second, first)
    await an.says("xóm 4 được 3").hears("3 máy")  # work goes on meanwhile
    third = await an.presses("A", await an.says("/kiemtra").hears("📝 Câu 2/5")).hears("✅ Câu 2 đúng", "Câu 3/5")
    fifth = await an.presses("B", await an.presses("B", third).hears("Câu 4/5")).hears("✅ Câu 4 đúng", "Câu 5/5")
    end = await an.presses("C", fifth).hears("✅ Câu 5 đúng", "trả lời đúng 4/5 câu", "Câu 1. Khi nào")
    await an.presses("Làm lại", end).hears("📝 Câu 1/5")
    assert talk.done_by("hv1") == {"activated": 3}


@pytest.mark.on("telegram")
async def test_an_answer_counts_once(talk: Talk) -> None:
    """The same question, asked again further down, is answered by the first press of either."""
    an = await talk.person("An")
    first = await an.says("/kiemtra").hears("Câu 1/5")
    again = await an.says("/kiemtra").hears("Câu 1/5")
    await an.presses("C", again).hears("✅ Câu 1 đúng")
    await an.presses("A", first).notes("đã trả lời rồi")


@pytest.mark.on("telegram")
async def test_leads_and_officers_see_the_results(talk: Talk) -> None:
    """The lead by student, officers by commune within their scope; who has not taken it; the newest time counts."""
    an, binh, em = await talk.person("An"), await talk.person("Bình"), await talk.person("Em")
    dung, ha, khoa = await talk.person("Dũng"), await talk.person("Hà"), await talk.person("Khoa")
    await _answers(an, "AAAAA")
    await _answers(an, RIGHT)
    await _answers(binh, "CBBBC")
    await an.says("/kiemtra tổ").hears("📝 Câu 1/5")  # a student sees nobody's
    for told in (await dung.says("/kiemtra tổ").hears("tổ Xuân Thu"), await ha.says("/kiemtra").hears("tổ Xuân Thu")):
        for part in ("2/4 người", "An: đúng 5/5 (lúc 19:30 20/05)", "Bình: đúng 4/5", "Chưa làm: Cúc, Dũng"):
            assert part in told.text
        assert "• Ai nhập số căn cước, mật khẩu, passcode và mã OTP? (1 người)" in told.text
    await ha.says("/kiemtra Minh Phú").hears("Kiểm tra của tổ xã nào?")
    await _answers(em, RIGHT)
    whole = await khoa.says("/kiemtra").hears("Đợt 1: 3/6 người", "đúng 93,3%", "Xuân Thu: 2/4 người, đúng 90,0%")
    await khoa.presses("Xã Minh Phú", whole).hears("tổ Minh Phú: 1/2 người", "Chưa làm: Giang")
    await khoa.presses("Làm thử", whole).hears("📝 Câu 1/5")


async def test_the_check_is_nobodys_else(talk: Talk) -> None:
    """In a group it is not taken, and its results are not told."""
    talk.needs("open groups")
    dung = await talk.person("Dũng")
    group = await talk.team_chat(dung)
    await dung.says("/kiemtra tổ", group).hears("nhắn riêng")


@pytest.mark.on("telegram")
async def test_an_answer_typed_word_for_word_is_no_report(talk: Talk) -> None:
    """The fourth question's answers read like reports; what is said of a real house counts, and ends the waiting."""
    an = await talk.person("An")
    heard = await an.says("/kiemtra").hears("📝 Câu 1/5")
    for letter in RIGHT[:3]:
        heard = await an.presses(letter, heard).hears("📝 Câu")
    wrong = next(line for line in heard.text.splitlines() if line.startswith("A. "))[3:]
    await an.says(wrong).hears("❌ Câu 4 chưa đúng", "📝 Câu 5/5")
    assert talk.done_by("hv1") == {}
    await an.says("nhà bà Lan được 4 máy").hears("✅ Nhà bà Lan: 4 máy")
    await an.says(wrong).hears("")
    assert talk.done_by("hv1") != {"activated": 4}
