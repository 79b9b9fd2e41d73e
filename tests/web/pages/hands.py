"""What people do on the web chat's page, whatever they are about."""

from playwright.async_api import Locator, Page


async def says(page: Page, text: str) -> None:
    """Types a message and presses Send."""
    await page.get_by_role("textbox", name="Tin nhắn").fill(text)
    await page.get_by_role("button", name="Gửi", exact=True).click()


def message(page: Page, part: str) -> Locator:
    """The newest message that has this part."""
    return page.locator(".row", has_text=part).last


def own(page: Page, part: str) -> Locator:
    """The newest message of the page's person that has this part."""
    return page.locator(".row.mine", has_text=part).last
