"""A student's evening, as PRODUCT.md tells it."""

from tests.talk import Talk


async def test_a_report_is_stored_and_said_back(talk: Talk) -> None:
    """A report is answered with what was understood and where person and team stand."""
    an = await talk.person("An")
    heard = await an.says("nhà bà Lan xóm 4 được 3, vắng 1").hears("✅ Xóm 4: 3 máy, 1 nhà vắng")
    assert heard.text == "✅ Xóm 4: 3 máy, 1 nhà vắng\nHôm nay em 3 máy, cả tổ 3"
    assert heard.buttons == [["Hoàn tác", "Sửa"]] or heard.buttons
    assert talk.done_by("hv1") == {"activated": 3, "absent": 1}


async def test_an_edit_is_a_correction(talk: Talk) -> None:
    """Editing a sent message corrects the report, and the bot edits its answer."""
    an = await talk.person("An")
    said = an.says("nhà bà Lan xóm 4 được 3, vắng 1")
    first = await said.hears("3 máy")
    again = await an.edits(said, "nhà bà Lan xóm 4 được 4, vắng 1").hears("4 máy")
    assert again.id == first.id
    assert again.text == "✏️ Xóm 4: 4 máy, 1 nhà vắng · Hôm nay em 4 máy, cả tổ 4"
    assert talk.done_by("hv1") == {"activated": 4, "absent": 1}
