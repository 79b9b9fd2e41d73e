"""In which hamlet a home stands that is told without one: as the book knows, or as was announced in words."""

import pytest

from tests.talk import Talk


@pytest.mark.parametrize(
    "text",
    [
        "à quên, nhà chú Bảy còn cô con gái nữa, thêm 1 máy",
        "a quen, nha chu Bay con co con gai nua, them 1 may",
        "chú Bảy về rồi, em làm thêm 1 máy",
        "chị Mai vợ chú Bảy 1 máy nữa",
    ],
)
async def test_more_of_a_home_is_where_it_stands(talk: Talk, text: str) -> None:
    """Whatever hamlet is in use by now; the answer names it."""
    an = await talk.person("An")
    await an.says("nhà chú Bảy xóm 4 được 3").hears("xóm 4: 3 máy")
    await an.says("em sang xóm 5 rồi").hears("được tính cho xóm 5")
    await an.says(text).hears("xóm 4: 1 máy")
    assert talk.done_by("hv1") == {"activated": 4}


@pytest.mark.parametrize(
    "text",
    [
        "nhà bên cạnh 2 máy",
        "nhà ngay bên cạnh được 2 máy",
        "nhà cô Hạ đối diện, 2 máy",
        "cũng xóm ấy, nhà cô Hạ 2 máy",
        "nhà cô Hạ kế bên được 2",
    ],
)
async def test_a_home_beside_the_one_told_last(talk: Talk, text: str) -> None:
    """It is in the same hamlet."""
    an = await talk.person("An")
    await an.says("nhà chú Bảy xóm 4 được 3").hears("xóm 4: 3 máy")
    await an.says(text).hears("óm 4: 2 máy")


@pytest.mark.parametrize(
    "text", ["nhà cô Hạ 2 máy", "nhà cô Hạ cạnh nhà văn hóa 2 máy", "nhà cô Hạ đối diện chợ 2 máy", "được 2 máy"]
)
async def test_another_home_stands_nowhere(talk: Talk, text: str) -> None:
    """That the one before was in xóm 4 says nothing of it."""
    an = await talk.person("An")
    await an.says("nhà chú Bảy xóm 4 được 3").hears("xóm 4: 3 máy")
    assert "óm 4" not in (await an.says(text).hears("2 máy")).text


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("nhà bà Tư sát vách 2 máy", "Thêm 2 máy ở xóm 4"),
        ("nhà cô Hạ cùng ngõ 2 máy", "Thêm 2 máy ở xóm 4"),
        ("vợ chú Bảy vừa về, làm luôn được 1 máy", "Thêm 1 máy ở xóm 4"),
    ],
)
async def test_a_button_says_where_the_home_stands(talk: Talk, text: str, label: str) -> None:
    """Where the bot asks what is meant, and what is pressed is stored there."""
    an = await talk.person("An")
    await an.says("nhà chú Bảy xóm 4 được 3").hears("xóm 4: 3 máy")
    asked = await an.says(text).hears("thế nào?")
    stored = await an.presses(label, asked).hears("✅")
    assert "óm 4" in stored.text


async def test_somebody_new_beside_a_known_home(talk: Talk) -> None:
    """Of two homes with one unknown nothing is sure."""
    an = await talk.person("An")
    await an.says("nhà chú Bảy xóm 4 được 3").hears("xóm 4: 3 máy")
    assert "óm 4" not in (await an.says("nhà chú Bảy thêm 1, nhà bà Hiền 2").hears("3 máy")).text


@pytest.mark.parametrize(
    "text",
    [
        "tối nay em ở xóm 5",
        "giờ em qua xóm 5 nha",
        "gio em qua xom 5 nha",
        "Dạ tối nay tui đi xóm 5 nha bot, có một mình à",
        "Báo cáo bot, tôi đã có mặt tại xóm 5.",
        "xong x4 r, e sang x5",
        "tối nay em với bạn Bình đi xóm 5, mỗi người một đầu xóm",
        "em o xom 5, di mot minh, hv2 qua xom 6",
    ],
)
async def test_an_announcement_holds(talk: Talk, text: str) -> None:
    """It is said back, and named in each answer that used it."""
    an = await talk.person("An")
    await an.says(text).hears("tin không ghi thôn được tính cho xóm 5", "thôn khác")
    await an.says("nhà o Hòe 2 máy").hears("xóm 5: 2 máy")
    await an.says("nhà ông Tình vắng").hears("xóm 5: 1 nhà vắng")
    assert talk.done_by("hv1") == {"activated": 2, "absent": 1}


@pytest.mark.parametrize(
    "text", ["em vẫn ở xóm 5, nhà thầy Dũng 2 máy", "bây giờ sang xóm năm nhà cô Yến hai người cài xong cả hai"]
)
async def test_an_announcement_beside_work(talk: Talk, text: str) -> None:
    """The work is recorded, takes nothing from an earlier report, and what follows is there as well."""
    an = await talk.person("An")
    await an.says("nhà o Hòe 2 máy").hears("✅ Nhà o Hòe: 2 máy")
    await an.says(text).hears("xóm 5: 2 máy", "em 4 máy")
    await an.says("nhà bà Tám 1 máy").hears("xóm 5: 1 máy")


async def test_work_elsewhere_ends_what_was_announced(talk: Talk) -> None:
    """Nobody knows whether its student went back; what was chosen by /thon stays until 04:00."""
    an = await talk.person("An")
    await an.says("em sang xóm 5 rồi").hears("xóm 5")
    await an.says("nhà bà Tám xóm 5 1 máy").hears("xóm 5: 1 máy")
    await an.says("nhà o Hòe 2 máy").hears("xóm 5: 2 máy")
    await an.says("nhà chú Bảy xóm 4 được 3").hears("xóm 4: 3 máy")
    assert "óm 5" not in (await an.says("nhà cô Hạ 1 máy").hears("✅ Nhà cô Hạ: 1 máy")).text
    await an.says("/thon xóm 5").hears("xóm 5")
    await an.says("nhà dì Sáu xóm 4 được 1").hears("xóm 4: 1 máy")
    await an.says("nhà ông Rạng 2 máy").hears("xóm 5: 2 máy")


@pytest.mark.parametrize(
    "text",
    [
        "mai em đi xóm 4",
        "em đi xóm 4 với xóm 5",
        "hv2 qua xóm 4",
        "hv2 báo giùm: xóm 4 được 5 máy",
        "nhà bà Tám là ở xóm 4 nhé",
        "em sang xóm 4 được không ạ?",
        "xóm 4 hôm nay được bao nhiêu?",
    ],
)
async def test_what_ends_and_changes_nothing(talk: Talk, text: str) -> None:
    """A plan, two at once, somebody else's way or work, where a home was, a question."""
    an = await talk.person("An")
    await an.says("em sang xóm 5 rồi").hears("xóm 5")
    await an.says("nhà bà Tám 1 máy").hears("xóm 5: 1 máy")
    await an.says(text).hears("")
    await an.says("nhà o Hòe 2 máy").hears("xóm 5: 2 máy")


async def test_new_work_is_no_statement_of_where(talk: Talk) -> None:
    """`cũng ở xóm 5` of a home that nobody told of yet places no other report."""
    an = await talk.person("An")
    await an.says("nhà o Hòe 2 máy").hears("✅ Nhà o Hòe: 2 máy")
    await an.says("nhà thầy Dũng cũng ở xóm 5, 2 máy").hears("xóm 5: 2 máy", "em 4 máy")
    await an.says("nhà o Hòe là ở xóm 4 nhé").hears("xóm 4")
    assert talk.done_by("hv1") == {"activated": 4}


async def test_the_buttons_of_a_question_name_where_the_home_stands(talk: Talk) -> None:
    """And what is pressed is stored there, not in the hamlet in use."""
    an = await talk.person("An")
    await an.says("nhà o Nhàn xóm 4 cài được 2 máy").hears("xóm 4: 2 máy")
    await an.says("em sang xóm 5 rồi").hears("xóm 5")
    asked = await an.says("nhà o Nhàn thêm tầm 2 máy nữa").hears("máy?")
    assert "xóm 5" not in asked.text
    await an.says("2").hears("xóm 4: 2 máy")
