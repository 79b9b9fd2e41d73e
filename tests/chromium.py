"""People of the campaign in a real Chromium: pages opened, joined and looked at as a person would."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tests.talk import CODES, Talk

PHONE = {"width": 390, "height": 844}
SMALL = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
PATIENCE = 20_000  # milliseconds
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def executable() -> str | None:
    """Where the system's Chromium is; CI names it."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


needs_chromium = pytest.mark.skipif(
    executable() is None and not os.environ.get("CI"),
    reason="there is no Chromium here: apt-get install chromium, or name one in CHROMIUM",
)


@asynccontextmanager
async def launched() -> AsyncIterator[Browser]:
    """A Chromium with a new profile; every context in it is a browser of its own."""
    path = executable()
    assert path is not None, "CI has no Chromium: .ci/run installs it"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        try:
            yield browser
        finally:
            await browser.close()


class Screen:
    """Somebody's page; what it reports as an error fails the test."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.errors: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._console)

    def _console(self, message: Any) -> None:
        # Offline, or without a server, as the test asked for.
        expected = ("WebSocket connection", "net::ERR_", "when fetching the script")
        if message.type == "error" and not any(part in message.text for part in expected):
            self.errors.append(message.text)


@asynccontextmanager
async def opened(
    browser: Browser,
    url: str,
    *,
    size: dict[str, int] | None = None,
    dark: bool = False,
    profile: dict[str, Any] | None = None,
) -> AsyncIterator[tuple[BrowserContext, Screen]]:
    """A browser of somebody, on a phone unless another size is given."""
    size = size or PHONE
    phone = size["width"] < 600
    context = await browser.new_context(
        viewport=size,  # type: ignore[arg-type] # a plain dict of the two
        device_scale_factor=2 if phone else 1,
        is_mobile=phone,
        has_touch=phone,
        color_scheme="dark" if dark else "light",
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        **(profile or {}),
    )
    try:
        screen = Screen(await context.new_page(), url)
        yield context, screen
        assert screen.errors == [], screen.errors
    finally:
        await context.close()


class Pages:
    """Opens browsers for people; all are closed at the end."""

    def __init__(self, talk: Talk, browser: Browser, stack: AsyncExitStack) -> None:
        self.talk = talk
        self.browser = browser
        self._stack = stack

    async def stranger(self, **how: Any) -> tuple[BrowserContext, Screen]:
        """A browser that has not joined."""
        return await self._stack.enter_async_context(opened(self.browser, await self.talk.url(), **how))

    async def joined(self, name: str, **how: Any) -> tuple[BrowserContext, Screen]:
        """A browser in which somebody has opened the link and pressed."""
        context, screen = await self.stranger(**how)
        await screen.page.goto(f"{screen.url}/vao/{CODES[name]}")
        await screen.page.get_by_role("button", name="Vào", exact=True).click()
        await screen.page.wait_for_url(f"{screen.url}/")
        return context, screen


@asynccontextmanager
async def pages_of(talk: Talk) -> AsyncIterator[Pages]:
    """Browsers for the people of a campaign."""
    async with launched() as browser, AsyncExitStack() as stack:
        yield Pages(talk, browser, stack)


def shots() -> Path | None:
    """Where screenshots go, if somebody wants to look: SCREENSHOTS names a folder."""
    named = os.environ.get("SCREENSHOTS")
    return Path(named) if named else None
