"""The web chat's page on a slow phone: from the press on `Vào` until it can be used, opened again, and what is sent."""

import asyncio
from statistics import median

from playwright.async_api import Browser, Page

from bench.bots import Ours
from bench.figures import Effort, Figure
from bench.webchat import served
from tests.chromium import PHONE, executable, launched

SLOWER = 4  # times, than this machine's processor
FAST_3G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
READY_MOST = 1000.0  # milliseconds
SENT_MOST = 100.0  # kB
_READY = "[data-state=in] .row"  # rooms, composer and the newest messages are there
_SENT = """performance.getEntries().filter((one) => one.transferSize).reduce((sum, one) => sum + one.transferSize, 0)"""


def measure(ours: Ours, effort: Effort) -> list[Figure]:
    """Each round with a browser of its own; nothing where there is no Chromium."""
    if executable() is None:
        return []
    rounds = asyncio.run(_rounds(ours, effort.of(9, 3)))
    joined, again, sent = (median(values) for values in zip(*rounds, strict=True))
    on = f"slow phone, fast 3G (median of {len(rounds)})"
    return [
        _figure(f"page, from the press until it is ready, {on}", joined, READY_MOST, "ms"),
        _figure(f"page, opened again until it is ready, {on}", again, READY_MOST, "ms"),
        _figure("page, sent from the link until it is ready", sent, SENT_MOST, "kB"),
    ]


def _figure(what: str, measured: float, most: float, unit: str) -> Figure:
    return Figure(what, f"{measured:.0f} {unit}", target=f"≤ {most:g} {unit}", good=measured <= most)


async def _rounds(ours: Ours, number: int) -> list[tuple[float, float, float]]:
    async with served(ours) as (_, url, codes), launched() as browser:
        return [await _round(browser, url, code) for code in codes[:number]]


async def _round(browser: Browser, url: str, code: str) -> tuple[float, float, float]:
    """Milliseconds from the press and of a second opening; kB from the link on."""
    context = await browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True)  # type: ignore[arg-type] # a dict
    try:
        page = await context.new_page()
        await page.goto(f"{url}/vao/{code}")
        sent = await page.evaluate(_SENT)
        await _slow(page)
        await page.get_by_role("button", name="Vào", exact=True).click(no_wait_after=True)
        joined = await _ready(page)
        sent += await page.evaluate(_SENT)
        page = await context.new_page()
        await _slow(page)
        await page.goto(url, wait_until="commit")
        return joined, await _ready(page), sent / 1000
    finally:
        await context.close()


async def _slow(page: Page) -> None:
    chromium = await page.context.new_cdp_session(page)
    await chromium.send("Network.enable")
    await chromium.send("Network.emulateNetworkConditions", FAST_3G)
    await chromium.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


async def _ready(page: Page) -> float:
    """Milliseconds from the press, or from the opening, until the chat can be used."""
    await page.wait_for_selector(_READY)
    return float(await page.evaluate("performance.now()"))
