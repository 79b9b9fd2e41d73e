"""A file in the web chat's page: asked for by a press, a card to tap, and the file itself."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.chromium import Pages, needs_chromium, shots
from tests.files import reading
from tests.talk import Talk
from tests.web.pages.hands import message, says

pytestmark = [needs_chromium, pytest.mark.on("telegram")]


async def test_an_officer_takes_the_numbers_home(pages: Pages, talk: Talk, tmp_path: Path) -> None:
    """On a phone: the command, the card with name and size, and what is saved under its name."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3").hears("3 máy")
    _, screen = await pages.joined("Khoa")
    page = screen.page
    await says(page, "/xuat")
    card = message(page, "📊 Số liệu VNeID thử").get_by_role("link")
    await expect(card).to_contain_text("Số liệu VNeID thử 20-05-2023 19h30.xlsx")
    await expect(card).to_contain_text("kB")
    if (folder := shots()) is not None:
        await page.screenshot(path=folder / "file.png")
    async with page.expect_download() as coming:
        await card.click()
    download = await coming.value
    assert download.suggested_filename == "Số liệu VNeID thử 20-05-2023 19h30.xlsx"
    await download.save_as(tmp_path / "saved.xlsx")
    assert reading.sums(tmp_path / "saved.xlsx", "Theo xã")["Đã xong"] == 8103
