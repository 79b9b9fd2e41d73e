"""A browser whose store hangs or is lost: waited for briefly, then the chat goes on in memory and says so."""

import pytest
from playwright.async_api import expect

from tests.chromium import Pages, needs_chromium
from tests.talk import Talk
from tests.web.pages.hands import message, own, says

pytestmark = [needs_chromium, pytest.mark.on("telegram")]
IN_MEMORY = "#net"
NEVER_OPENS = "indexedDB.open = () => ({})"
NEVER_ENDS = """
    const real = IDBDatabase.prototype.transaction;
    window.hang = () => {
      IDBDatabase.prototype.transaction = function (names, ...more) {
        const tx = real.call(this, names, ...more);
        Object.defineProperty(tx, "oncomplete", { set: () => {} });
        return tx;
      };
    };
"""
LOSES = """
    const real = IDBDatabase.prototype.transaction;
    window.lose = () => {
      IDBDatabase.prototype.transaction = () => {
        throw new DOMException("The database connection is closing.", "InvalidStateError");
      };
    };
"""


async def test_a_store_that_never_opens(pages: Pages, talk: Talk) -> None:
    """The page is there after a short while, and what is typed is sent."""
    context, screen = await pages.joined("An")
    await context.add_init_script(NEVER_OPENS)
    page = await context.new_page()
    await page.goto(screen.url)
    await expect(message(page, "Chào em An")).to_be_visible()
    await says(page, "xóm 4 được 3")
    await expect(message(page, "✅ Xóm 4: 3 máy")).to_be_visible()
    await expect(page.locator(IN_MEMORY)).to_contain_text("Trình duyệt không cho lưu")
    assert talk.done_by("hv1") == {"activated": 3}


@pytest.mark.parametrize(("script", "breaks"), [(NEVER_ENDS, "hang()"), (LOSES, "lose()")])
async def test_a_store_that_stops_answering(pages: Pages, talk: Talk, script: str, breaks: str) -> None:
    """What is typed from then on is never gone from the screen, and is sent once."""
    context, screen = await pages.joined("An")
    await context.add_init_script(script)
    page = await context.new_page()
    await page.goto(screen.url)
    await expect(message(page, "Chào em An")).to_be_visible()
    await page.evaluate(breaks)
    await says(page, "xóm 4 được 3")
    await expect(own(page, "xóm 4 được 3")).to_be_visible()
    await expect(message(page, "✅ Xóm 4: 3 máy")).to_be_visible()
    await says(page, "xóm 5 được 2")
    await expect(message(page, "Hôm nay em 5 máy")).to_be_visible()
    await expect(page.locator(IN_MEMORY)).to_contain_text("Trình duyệt không cho lưu")
    assert talk.done_by("hv1") == {"activated": 5}
