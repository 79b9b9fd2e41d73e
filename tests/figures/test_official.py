"""/doichieu: official numbers beside the bot's, how far apart they are, and when that arose."""

from datetime import timedelta

import pytest

from handlers.figures.asked_for import stated
from storage.campaign.communes import Commune
from tests.talk import Talk

XUAN_THU = Commune(1, "451", "Xã Xuân Thu", "xuan thu", 9260, 3100)

pytestmark = pytest.mark.on("telegram")


@pytest.mark.parametrize(
    ("text", "place", "number"),
    [
        ("Xuân Thu 4.120", "xuan thu", 4120),
        ("xuan thu: 4120 máy", "xuan thu", 4120),
        ("451 4,120", "451", 4120),
        ("451 950", "451", 950),
        ("451", "451", None),
        ("4.120", "", 4120),
        ("Xuân Thu", "xuan thu", None),
        ("", "", None),
    ],
)
def test_a_place_and_a_number(text: str, place: str, number: int | None) -> None:
    """Thousands are marked with a full stop, a comma, or not at all; a code is no number."""
    assert stated.read(text, [XUAN_THU]) == stated.Said(place, number)


@pytest.mark.parametrize("typed", ["95oo", "9k5", "-500", "99999999999"])
def test_what_was_meant_for_a_number(typed: str) -> None:
    """It is no part of the place's name, and not passed over."""
    assert stated.read(f"Xuân Thu {typed}", [XUAN_THU]) == stated.Said("xuan thu", None, typed)


async def test_the_difference_and_when_it_arose(talk: Talk) -> None:
    """What came in after a statement, on the same evening too, is part of the days after it."""
    an, ha = await talk.person("An"), await talk.person("Hà")
    await an.says("nhà bà Lan xóm 4 được 30").hears("30 máy")
    heard = await ha.says("/doichieu Xuân Thu 3.135").hears(
        "Xã Xuân Thu, 19:30 ngày 20/05", "Bot: 3.130 (có sẵn 3.100, bot ghi 30)", "Chênh 5 máy: chính thức nhiều hơn"
    )
    assert "chưa biết chênh từ khi nào" in heard.text
    talk.clock.advance(timedelta(hours=1))
    await an.says("nhà ông Tư xóm 4 được 10").hears("10 máy")
    talk.clock.advance(timedelta(days=1))
    await an.says("nhà cô Tấm xóm 4 được 20").hears("20 máy")
    await ha.says("/doichieu 3.180").hears(
        "Lần trước (19:30 ngày 20/05): chính thức 3.135, bot 3.130, chênh +5",
        "Chênh đổi +15 từ 20/05 đến 21/05: chính thức +45, bot +30",
        "Bot ghi từng ngày: 20/05: 10 · 21/05: 20",
    )
    talk.clock.advance(timedelta(days=1))
    await an.says("nhà cô Đào xóm 4 được 5").hears("5 máy")
    await ha.says("/doichieu xuan thu 3180 hôm qua").hears("hết ngày 21/05", "Bot: 3.160")
    await ha.says("/doichieu Xuân Thu 3.185").hears("Bot: 3.165", "Từ đó không chênh thêm")
    await ha.says("/doichieu Xuân Thu").hears("19:30 ngày 20/05: 3.135 · 3.130 · +5", "22/05: 3.185 · 3.165 · +20")


async def test_a_later_correction_moves_the_difference(talk: Talk) -> None:
    """The bot's number of a day is what its reports say by now."""
    an, ha = await talk.person("An"), await talk.person("Hà")
    said = an.says("nhà bà Lan xóm 4 được 3")
    await said.hears("3 máy")
    talk.clock.advance(timedelta(days=1))
    await ha.says("/doichieu Xuân Thu 3.105 hôm qua").hears("Chênh 2 máy")
    await an.edits(said, "nhà bà Lan xóm 4 được 5").hears("5 máy (trước là 3)")
    await ha.says("/doichieu").hears("Xuân Thu (hết ngày 20/05): 3.105 · 3.105 · khớp")


async def test_a_number_is_taken_back(talk: Talk) -> None:
    """The one before counts again; a sum that shrank and a large difference are pointed out; all on record."""
    ha = await talk.person("Hà")
    await ha.says("/doichieu Xuân Thu 3.110").hears("Chênh 10 máy")
    heard = await ha.says("/doichieu Xuân Thu 311").hears("trước đó ghi 3.110", "Chênh nhiều", "ít hơn")
    await ha.presses("Bỏ số này", heard).hears("Đã bỏ số chính thức 311", "lại tính số ghi trước đó: 3.110")
    await ha.says("/doichieu").hears("3.110 · 3.100 · +10")
    talk.clock.advance(timedelta(days=1))
    await ha.says("/doichieu Xuân Thu 3.100").hears("khớp nhau", "thấp hơn lần trước")
    rows = talk.look(lambda tx: tx.all("SELECT what FROM audits WHERE what LIKE 'official%' ORDER BY id"))
    assert [row["what"] for row in rows] == ["official stated"] * 2 + ["official taken back", "official stated"]


async def test_who_may_state_what(talk: Talk) -> None:
    """A commune's officer that commune; the campaign's number is for who sees all of it; students none."""
    an, ha, khoa = await talk.person("An"), await talk.person("Hà"), await talk.person("Khoa")
    await an.says("/doichieu Xuân Thu 3.110").hears("không dành cho vai")
    await ha.says("/doichieu Minh Phú 3.110").hears("ngoài phạm vi")
    await ha.says("/doichieu 3.110").hears("📐 Xã Xuân Thu")
    await khoa.says("/doichieu 8.200").hears("📐 VNeID thử", "Bot: 8.100")
    await khoa.says("/doichieu tổng 8.150 19/5").hears("hết ngày 19/05", "Chênh 50")
    await khoa.says("/doichieu tổng").hears("19/05: 8.150", "8.200 · 8.100 · +100")
    await khoa.says("/doichieu Xuân Thu 1 30/5").hears("Ngày đó chưa đến")
