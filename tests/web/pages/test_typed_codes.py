"""A code typed as a message opens the door with it."""

import pytest
from playwright.async_api import expect

from tests.chromium import Pages, needs_chromium
from tests.talk import CODES, Talk
from tests.web.pages.hands import says

pytestmark = [needs_chromium, pytest.mark.on("telegram")]


async def test_a_typed_code_leads_to_the_door(pages: Pages, talk: Talk) -> None:
    """The page asks for whom the code is, and only a press lets in; nothing of it stands in the chat."""
    _, screen = await pages.joined("An")
    page = screen.page
    await says(page, f"/start {CODES['Bình']}")
    await expect(page.get_by_text("Bình")).to_be_visible()
    await page.wait_for_url("**/vao")
    assert talk.look(lambda tx: tx.all("SELECT * FROM posts WHERE person IS NOT NULL")) == []
    await page.get_by_role("button", name="Vào").click()
    await page.wait_for_url("**/")
