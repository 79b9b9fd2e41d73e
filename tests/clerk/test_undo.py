"""What is taken back, and what is not taken for a correction: [Hoàn tác], [Ghi thêm] and [Sửa]."""

from datetime import timedelta

from tests.talk import Talk


async def test_undoing_a_correction_brings_the_former_number_back(talk: Talk) -> None:
    """The report stays and says again what it said; a second [Hoàn tác] is not offered, [Sửa] is."""
    an = await talk.person("An")
    await an.says("nhà bà Lan xóm 4 được 3, vắng 1").hears("✅ Nhà bà Lan, xóm 4: 3 máy, 1 nhà vắng")
    changed = await an.says("nhầm, 4 chứ không phải 3").hears("✏️ Nhà bà Lan, xóm 4: 4 máy (trước là 3), 1 nhà vắng")
    back = await an.presses("Hoàn tác", changed).hears(
        "↩️ Đã bỏ chỗ vừa sửa, vẫn ghi như trước: Nhà bà Lan, xóm 4: 3 máy, 1 nhà vắng", "em 3 máy"
    )
    assert back.buttons == [["Sửa"]]
    assert talk.done_by("hv1") == {"activated": 3, "absent": 1}
    await an.presses("Sửa", back).hears("gửi lại nội dung đúng")
    await an.says("được 5, vắng 1").hears("✏️ Nhà bà Lan, xóm 4: 5 máy (trước là 3), 1 nhà vắng")
    assert talk.done_by("hv1") == {"activated": 5, "absent": 1}


async def test_undoing_where_a_home_was_brings_it_back(talk: Talk) -> None:
    """The hamlet as well as the number."""
    an = await talk.person("An")
    await an.says("nhà bà Lan xóm 4 được 3").hears("✅")
    moved = await an.says("lúc nãy nhà bà Lan là ở xóm 5 cơ").hears("✏️ Nhà bà Lan: 3 máy ở xóm 5 (trước là xóm 4)")
    await an.presses("Hoàn tác", moved).hears("vẫn ghi như trước: Nhà bà Lan, xóm 4: 3 máy")


async def test_undoing_a_report_withdraws_it(talk: Talk) -> None:
    """Where nothing was corrected there is nothing to go back to."""
    an = await talk.person("An")
    said = await an.says("xóm 4 được 3").hears("✅")
    await an.presses("Hoàn tác", said).hears("↩️ Đã rút báo cáo")
    assert talk.done_by("hv1") == {}


async def test_a_house_said_twice_counts_once(talk: Talk) -> None:
    """[Ghi thêm] where it was another house after all; it counts once, however often that is pressed."""
    an = await talk.person("An")
    await an.says("nhà bà Lan xóm 4 được 3").hears("✅")
    told = await an.says("nhà bà Lan xóm 4 dc 3").hears("bot chỉ tính một lần")
    assert told.buttons == [["Ghi thêm"]]
    assert talk.done_by("hv1") == {"activated": 3}
    first, second = an.presses("Ghi thêm", told), an.presses("Ghi thêm", told)
    heard = await first.hears("✅ Nhà bà Lan, xóm 4: 3 máy", "em 6 máy")
    await second.notes("đã được chọn")
    await an.presses("Hoàn tác", heard).hears("↩️", "em 3 máy")
    assert talk.done_by("hv1") == {"activated": 3}


async def test_a_hamlet_said_twice_is_two_houses(talk: Talk) -> None:
    """Without a home nobody can tell: both count."""
    an = await talk.person("An")
    for total in (2, 4):
        await an.says("xóm 4 được 2").hears("✅ Xóm 4: 2 máy", f"em {total} máy")


async def test_another_house_after_fix_is_new_work(talk: Talk) -> None:
    """[Sửa], and then another house, another hamlet or a sum: a message of its own; the report is still waited for."""
    an = await talk.person("An")
    said = await an.says("nhà bà Lan xóm 4 được 3").hears("✅")
    await an.presses("Sửa", said).hears("gửi lại nội dung đúng")
    await an.says("nhà ông Bắc xóm 4 được 2").hears("✅ Nhà ông Bắc, xóm 4: 2 máy", "em 5 máy")
    await an.says("nhà bà Lan được 4").hears("✏️ Nhà bà Lan, xóm 4: 4 máy (trước là 3)", "em 6 máy")
    assert talk.done_by("hv1") == {"activated": 6}


async def test_another_hamlet_or_a_sum_after_fix_is_new_work(talk: Talk) -> None:
    """Neither replaces the report."""
    an = await talk.person("An")
    for text, answer in (("xóm 5 được 2", "✅ Xóm 5: 2 máy"), ("hôm nay được 9", "✅ Cả ngày 9 máy")):
        said = await an.says("xóm 4 được 3").hears("✅ Xóm 4: 3 máy")
        await an.presses("Sửa", said).hears("gửi lại nội dung đúng")
        await an.says(text).hears(answer)
        talk.clock.advance(timedelta(minutes=5))
    assert talk.done_by("hv1") == {"activated": 9}


async def test_a_known_home_with_another_number_is_asked(talk: Talk) -> None:
    """Each answer says what it stores; one tap settles it."""
    an = await talk.person("An")
    for label, heard, total in (
        ("Sửa thành 3 máy", "✏️ Nhà ông Tư: 3 máy (trước là 2)", 3),
        ("Không tính", "Đã bỏ tin", 3),
        ("Thêm 4 máy", "✅ Nhà ông Tư: 4 máy", 7),
    ):
        first = talk.done_by("hv1") == {}
        if first:
            await an.says("nhà ông Tư được 2").hears("✅ Nhà ông Tư: 2 máy")
        asked = await an.says("nhà ông Tư được 3" if first else "nhà ông Tư được 4").hears("Em muốn ghi thế nào?")
        await an.presses(label, asked).hears(heard)
        await talk.settled()
        assert talk.done_by("hv1") == {"activated": total}
