"""The web chat's page in company: the team's room, an officer's desk, much to read, hostile messages."""

import re
from datetime import timedelta

import pytest
from playwright.async_api import expect

from storage.engine.database import session
from storage.webchat import posts
from tests.chromium import DESKTOP, SMALL, Pages, needs_chromium
from tests.talk import Talk
from tests.timetable.test_jobs import SUMMARY
from tests.web.pages.hands import message, says

pytestmark = [needs_chromium, pytest.mark.on("telegram")]


async def test_two_browsers_and_the_teams_room(pages: Pages, talk: Talk) -> None:
    """A phone and a desktop at once: talk, a report's sign, unread marks, a reply, and the night's summary."""
    _, phone = await pages.joined("An")
    _, desk = await pages.joined("Dũng", size=DESKTOP)
    await phone.page.locator(".tab").nth(1).click()
    await says(phone.page, "mai ai đi xóm 5?")
    await says(phone.page, "xóm 4 được 3")
    await expect(message(phone.page, "xóm 4 được 3").locator(".reaction")).to_have_text("👍")
    tab = desk.page.locator(".tab").nth(1)
    await expect(tab.get_by_label("2 tin chưa đọc")).to_be_visible()
    await expect(desk.page).to_have_title("(2) Bacung")
    await tab.click()
    await expect(tab.get_by_label("2 tin chưa đọc")).to_be_hidden()
    await message(desk.page, "mai ai đi").hover()
    await message(desk.page, "mai ai đi").get_by_role("button", name="Thao tác").click()
    await desk.page.get_by_role("button", name="Trả lời").click()
    await says(desk.page, "anh đi")
    await expect(message(phone.page, "anh đi").locator(".quote")).to_contain_text("mai ai đi xóm 5?")
    talk.clock.set(SUMMARY + timedelta(minutes=1))
    await expect(message(phone.page, "20/05")).to_be_visible()


async def test_an_officer_on_a_desktop(pages: Pages, talk: Talk) -> None:
    """The usual questions are buttons; nothing to report with."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3").hears("3 máy")
    _, screen = await pages.joined("Khoa", size=DESKTOP)
    page = screen.page
    await page.get_by_role("button", name="/tong", exact=True).click()
    await expect(message(page, "Đã xong 8.103")).to_be_visible()
    await expect(page.get_by_role("button", name="3 máy", exact=True)).to_be_hidden()


async def test_what_to_ask_about_stands_apart(pages: Pages, talk: Talk) -> None:
    """From a button under the totals; an empty line above an item of a list is one on the page as well."""
    an = await talk.person("An")
    for home in ("bà Lan", "ông Tám", "cô Hoa", "chú Bảy", "bác Sáu"):
        await an.says(f"nhà {home} xóm 4 được 4").hears("4 máy")
    _, screen = await pages.joined("Khoa")
    await says(screen.page, "/tong")
    await message(screen.page, "Đã xong").get_by_role("button", name="Điều nên hỏi").click()
    said = message(screen.page, "5 tin liền cùng 4 máy").locator(".said")
    await expect(said).to_be_visible()
    above = await said.evaluate(
        """said => (said.querySelector(".item").getBoundingClientRect().top - said.getBoundingClientRect().top)
            / parseFloat(getComputedStyle(said).lineHeight)"""
    )
    assert round(above) >= 2, above


async def test_five_hundred_unread(pages: Pages, talk: Talk) -> None:
    """Counted, opened at the newest, and read back page by page without the place jumping."""
    context, screen = await pages.joined("An")
    page = screen.page
    await expect(message(page, "Chào em An")).to_be_visible()
    await page.goto("about:blank")
    with session(talk.database) as tx:
        room = tx.one("SELECT id FROM rooms WHERE team IS NOT NULL")
        assert room is not None
        for n in range(500):
            posts.add(tx, room["id"], f"tin số {n}", at=1_684_600_000_000 + n * 1000)
    await page.goto(screen.url)
    tab = page.locator(".tab").nth(1)
    await expect(tab.get_by_label("500 tin chưa đọc")).to_have_text("99+")
    await tab.click()
    await expect(message(page, "tin số 499")).to_be_in_viewport()
    for first in (470, 420, 370):
        await expect(page.locator(".row").first).to_contain_text(f"tin số {first}")
        seen = page.get_by_text(f"tin số {first + 3}", exact=True)
        await seen.scroll_into_view_if_needed()
        await expect(page.locator(".row").first).to_contain_text(f"tin số {first - 50}")
        await expect(seen).to_be_in_viewport()
        if first == 370:
            break
    await expect(tab.locator(".badge")).to_be_hidden()
    await context.close()


@pytest.mark.parametrize(
    "text", ["<img src=x onerror=alert(1)>xóm 4 được 3", "\u202exóm 4 được 3\u202c", "x" * 3000, "á" * 900]
)
async def test_hostile_messages_are_text(pages: Pages, text: str) -> None:
    """Scripts do not run, marks of direction stay inside, and nothing makes the page wider than the phone."""
    _, screen = await pages.joined("An", size=SMALL)
    page = screen.page
    page.on("dialog", lambda dialog: screen.errors.append(dialog.message))
    await says(page, text)
    await expect(page.locator(".row.mine .said").last).to_have_text(text.strip())
    await expect(page.locator(".row.mine").last.get_by_text(re.compile("đã (nhận|ghi)"))).to_be_attached()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
