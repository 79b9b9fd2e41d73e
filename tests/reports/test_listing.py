"""/homnay and a student's reports for the lead, with forty of them: lines, pages, and the way to change one."""

from datetime import timedelta

from storage.engine.database import session
from tests.lists import takes
from tests.platforms import Shown
from tests.talk import Person, Talk

MINUTE = timedelta(minutes=1)


async def _reports(talk: Talk, person: Person, number: int) -> None:
    """So many houses, one a minute: `nhà số 7 xóm 5 được 2`."""
    for n in range(1, number + 1):
        talk.clock.advance(MINUTE)
        await person.says(f"nhà số {n} xóm {4 + n % 2} được {1 + n % 3}").hears(f"Nhà số {n}, xóm {4 + n % 2}")


def _numbers(listed: Shown) -> list[int]:
    """Which lines a list has."""
    starts = [line.partition(". ")[0] for line in listed.text.splitlines()]
    return [int(start) for start in starts if start.isdecimal()]


def _labels(shown: Shown) -> list[str]:
    return [label for row in shown.buttons for label in row]


async def test_forty_reports_page_by_page(talk: Talk) -> None:
    """Twenty lines a page, each with time, house and hamlet; one button for all of them, not two a line."""
    an = await talk.person("An")
    await _reports(talk, an, 40)
    await an.says("nhà ông Đoài tầm 5 máy").hears("mấy máy?")
    listed = await an.says("/homnay").hears("📋 Hôm nay em đã báo 40 tin:", "… 20 tin cũ hơn")
    assert _numbers(listed) == [*range(21, 41), 41]
    lines = listed.text.splitlines()
    assert "40. 20:10 Nhà số 40, xóm 4: 2 máy" in lines
    assert lines[-4:-2] == ["❓ Chưa ghi, còn chờ trả lời:", "41. 20:10 “nhà ông Đoài tầm 5 máy” (chưa rõ số)"]
    assert lines[-1] == "Hôm nay em 80 máy, cả tổ 80"
    if "Sửa …" in _labels(listed):
        assert listed.buttons == [["Trả lời 41"], ["Sửa …", "Cũ hơn"]]
    else:
        assert {"Sửa 21", "Sửa 40", "Xóa 21", "Xóa 40", "Trả lời 41", "Bỏ 41", "Cũ hơn"} <= set(_labels(listed))
    assert len(_labels(listed)) == len(set(_labels(listed)))
    older = await an.presses("Cũ hơn", listed).hears("… 20 tin mới hơn")
    assert _numbers(older) == [*range(1, 21)]
    assert "❓" not in older.text
    newer = await an.presses("Mới hơn", older).hears("… 20 tin cũ hơn")
    assert _numbers(newer) == [*range(21, 41), 41]
    assert len(listed.text) < 1500  # on Zalo it is one message, with the words to send back


async def test_one_of_forty_is_changed(talk: Talk) -> None:
    """Chosen on the page that was looked at; corrected, withdrawn, or left; the numbers are those that were shown."""
    an = await talk.person("An")
    await _reports(talk, an, 40)
    listed = await an.says("/homnay").hears("40. ")
    await (await takes(an, "Sửa", 38, listed)).hears("thay cho tin lúc 20:08 (Nhà số 38, xóm 4: 3 máy)")
    await an.says("được 5").hears("✏️ Nhà số 38, xóm 4: 5 máy (trước là 3)", "em 82 máy")
    older = await an.presses("Cũ hơn", listed).hears("20 tin mới hơn")
    await (await takes(an, "Xóa", 12, older)).hears("↩️ Đã rút báo cáo lúc 19:42: Nhà số 12, xóm 4: 1 máy")
    await an.says("xóa 13").hears("↩️ Đã rút báo cáo lúc 19:43: Nhà số 13, xóm 5: 2 máy")  # as the page numbers them
    await an.says("xóa 13").hears("đã thay đổi sau tin đó")
    assert talk.done_by("hv1") == {"activated": 79}


async def test_the_choice_has_pages_too(talk: Talk) -> None:
    """Ten buttons at once, from the page that was looked at to the oldest, each with number, time, house and hamlet."""
    talk.needs("old buttons")
    an = await talk.person("An")
    await _reports(talk, an, 25)
    listed = await an.says("/homnay").hears("25. ")
    choice = await an.presses("Sửa …", listed).hears("sửa hay xóa tin nào hôm nay? (còn 15 tin cũ hơn)")
    assert choice.buttons[0] == ["16. 19:46 Nhà số 16, xóm 4: 2 máy"]
    assert choice.buttons[-1] == ["Cũ hơn", "Thôi"]
    assert len(choice.buttons) == 11
    choice = await an.presses("Cũ hơn", choice).hears("còn 5 tin cũ hơn, 10 tin mới hơn")
    one = await an.presses("6. 19:36 Nhà số 6, xóm 4: 1 máy", choice).hears("Tin lúc 19:36: Nhà số 6, xóm 4: 1 máy")
    assert one.id == choice.id
    assert one.buttons == [["Sửa", "Xóa", "Thôi"]]
    left = await an.presses("Thôi", one).hears("Không đổi báo cáo nào.")
    assert (left.id, left.buttons) == (one.id, [])
    older = await an.presses("Cũ hơn", listed).hears("1. ")
    choice = await an.presses("Sửa …", older).hears("(còn 20 tin mới hơn)")
    assert choice.buttons[-2] == ["5. 19:35 Nhà số 5, xóm 5: 3 máy"]
    await an.presses("Thôi", choice).hears("Không đổi báo cáo nào.")
    assert sum(talk.done_by("hv1").values()) == 50


async def test_a_number_chooses_where_a_choice_was_asked_for(talk: Talk) -> None:
    """`12` after [Sửa …] is the twelfth; after the list alone it is twelve phones."""
    an = await talk.person("An")
    await _reports(talk, an, 12)
    await an.says("/homnay").hears("12. ")
    await an.says("12").hears("✅ 12 máy")
    await an.says("/homnay sửa").hears("sửa hay xóa tin nào")
    await an.says("12").hears("Tin lúc 19:42: Nhà số 12, xóm 4: 1 máy")
    await an.says("xóa").hears("↩️ Đã rút báo cáo lúc 19:42")
    await an.says("/homnay").hears("12. 19:42 12 máy")


async def test_what_changed_since_the_list_is_not_touched(talk: Talk) -> None:
    """A report that was corrected after it was listed is looked at first."""
    an = await talk.person("An")
    await an.says("nhà bà Lan xóm 4 được 3").hears("3 máy")
    await an.says("/homnay").hears("1. ")
    await an.says("nhầm, nhà bà Lan 4").hears("✏️ Nhà bà Lan, xóm 4: 4 máy (trước là 3)")
    await an.says("xóa 1").hears("đã thay đổi sau tin đó")
    assert talk.done_by("hv1") == {"activated": 4}


async def test_the_lead_pages_through_a_students_reports(talk: Talk) -> None:
    """Forty of a student's, page by page; one of the oldest is withdrawn, and the student is told."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await _reports(talk, an, 40)
    listed = await dung.says("/to an").hears(
        "An, hôm nay: 80 máy", "… 20 tin cũ hơn", "40. 20:10 Nhà số 40, xóm 4: 2 máy"
    )
    older = await dung.presses("Cũ hơn", listed).hears("… 20 tin mới hơn")
    assert _numbers(older) == [*range(1, 21)]
    await (await takes(dung, "Xóa", 3, older)).hears("Đã rút báo cáo ngày 20/05 của An", "Nhà số 3, xóm 5: 1 máy")
    await an.waits("Tổ trưởng Dũng đã rút báo cáo ngày 20/05 của em", "Nhà số 3, xóm 5: 1 máy")
    assert talk.done_by("hv1") == {"activated": 79}
    binh = await talk.person("Bình")
    await binh.says("xóa 3").hears("")
    assert talk.done_by("hv1") == {"activated": 79}


async def test_who_leads_no_more_changes_nothing(talk: Talk) -> None:
    """What was listed for the lead is out of reach once somebody else leads."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await an.says("nhà bà Lan xóm 4 được 3").hears("3 máy")
    await dung.says("/to an").hears("1. 19:30 Nhà bà Lan, xóm 4: 3 máy")
    with session(talk.database) as tx:
        tx.run("UPDATE people SET role = 'student' WHERE ref = 'tt1'")
    await dung.says("xóa 1").hears("Lựa chọn này dành cho người khác.")
    assert talk.done_by("hv1") == {"activated": 3}


async def test_an_empty_day_has_nothing_to_change(talk: Talk) -> None:
    """Neither a button nor a choice."""
    an = await talk.person("An")
    listed = await an.says("/homnay").hears("chưa có báo cáo nào")
    assert listed.buttons == []
    await an.says("/homnay sửa").hears("Không còn tin nào để sửa hay xóa.")
    await an.says("khoảng 5 máy").hears("mấy máy?")
    listed = await an.says("/homnay").hears("📋 Hôm nay em chưa có số nào được ghi.", "1. 19:30 “khoảng 5 máy”")
    assert set(_labels(listed)) <= {"Trả lời 1", "Bỏ 1"}


async def test_many_open_messages_are_chosen_from(talk: Talk) -> None:
    """More than a few: the newest are listed with their words, and one button leads to all of them."""
    an = await talk.person("An")
    for n in range(2, 15):
        talk.clock.advance(MINUTE)
        await an.says(f"khoảng {n} máy ở nhà số {n}").hears("mấy máy?")
    listed = await an.says("/homnay").hears("📋 Hôm nay em chưa có số nào được ghi.", "… 7 tin cũ hơn")
    assert _numbers(listed) == [*range(8, 14)]
    assert "13. 19:43 “khoảng 14 máy ở nhà số 14” (chưa rõ số)" in listed.text
    if "Trả lời …" in _labels(listed) and "Trả lời 13" not in _labels(listed):
        assert listed.buttons == [["Trả lời …"]]
        choice = await an.presses("Trả lời …", listed).hears("Em trả lời tin nào? (còn 3 tin cũ hơn)")
        assert choice.buttons[0] == ["4. 19:34 khoảng 5 máy ở nhà số 5"]
        older = await an.presses("Cũ hơn", choice).hears("Em trả lời tin nào? (còn 10 tin mới hơn)")
        await an.presses("1. 19:31 khoảng 2 máy ở nhà số 2", older).hears("“khoảng 2 máy ở nhà số 2”", "mấy máy?")
    else:
        assert {"Trả lời 13", "Bỏ 13", "Trả lời …"} <= set(_labels(listed))
        await an.says("trả lời").hears("Em trả lời tin nào?")
        await an.says("cũ hơn").hears("(còn 10 tin mới hơn)")
        await an.says("trả lời 1").hears("“khoảng 2 máy ở nhà số 2”", "mấy máy?")
    await an.says("3").hears("✅ Nhà số 2: 3 máy")
    await an.says("bỏ 13").hears("Đã bỏ tin lúc 19:43 (“khoảng 14 máy ở nhà số 14”)")
    assert talk.done_by("hv1") == {"activated": 3}
