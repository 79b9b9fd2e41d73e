"""The web chat: from typing to taken by the bot at a steady 50 messages a second, and memory with 500 browsers."""

import asyncio
import csv
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from io import StringIO
from statistics import median, quantiles
from typing import Any

from bench.bots import CAMPAIGN, Ours, end, resident, workplace
from bench.figures import Effort, Figure
from tests.browsers import Browser
from tests.crash.supervisor import free_port

A_SECOND = 50
AT_MOST = 50.0  # milliseconds
CONNECTED = 500
RESIDENT_MOST = 120.0  # MB
DEVICES = 5


def measure(ours: Ours, effort: Effort) -> list[Figure]:
    """Each figure over a bot of its own."""
    found = [asyncio.run(_latency(ours, effort.of(1500, 500))) for _ in range(effort.of(5, 1))]
    p50, p99 = median(one[0] for one in found), median(one[1] for one in found)
    megabytes = asyncio.run(_memory(ours))
    return [
        Figure(f"web chat, typed to taken at {A_SECOND}/s, p50 (median of {len(found)})", f"{p50:.1f} ms"),
        Figure(
            f"web chat, typed to taken at {A_SECOND}/s, p99 (median of {len(found)})",
            f"{p99:.1f} ms",
            target=f"≤ {AT_MOST:g} ms",
            good=p99 <= AT_MOST,
        ),
        Figure(
            f"resident with {CONNECTED} browsers connected, each having reported",
            f"{megabytes:.0f} MB",
            target=f"≤ {RESIDENT_MOST:g} MB",
            good=megabytes <= RESIDENT_MOST,
        ),
    ]


@asynccontextmanager
async def served(ours: Ours) -> AsyncIterator[tuple[int, str, Sequence[str]]]:
    """The bot with the example campaign and no platform but the web chat: its process, address and join codes."""
    with workplace(ours) as folder:
        (folder / "bot.db").unlink()
        loaded = ours.command(folder, "load", str(CAMPAIGN))
        assert loaded.returncode == 0, loaded.stderr
        rows = csv.DictReader(StringIO(ours.command(folder, "codes", "--csv").stdout))
        codes = [row["code"] for row in rows if row["role"] in ("student", "lead")]
        port = free_port()
        process = ours.start_alone(folder, BACUNG_WEB__PORT=str(port))
        try:
            async with Browser(f"http://127.0.0.1:{port}") as first:
                await first.until_reached()
            yield process.pid, f"http://127.0.0.1:{port}", codes
        finally:
            end(process)


async def _joined(stack: AsyncExitStack, url: str, codes: Sequence[str]) -> list[Browser]:
    browsers = []
    for code in codes:
        browser = await stack.enter_async_context(Browser(url))
        await browser.join(code)
        browsers.append(await browser.connect())
    return browsers


async def _latency(ours: Ours, number: int) -> tuple[float, float]:
    """p50 and p99 in milliseconds, from sending a frame to the acknowledgement that the bot has committed it."""
    async with served(ours) as (_, url, codes), AsyncExitStack() as stack:
        browsers = await _joined(stack, url, codes[:50])
        for browser in browsers:
            await browser.taken(await browser.says("xóm 1 được 1"))
        sent: dict[str, float] = {}
        taken: dict[str, float] = {}

        def note(ack: dict[str, Any]) -> None:
            if ack["state"] == "taken":
                taken.setdefault(ack["id"], time.monotonic())

        for browser in browsers:
            browser.on_ack = note
        begun = time.monotonic()
        for n in range(number):
            await asyncio.sleep(max(0.0, begun + n / A_SECOND - time.monotonic()))
            now = time.monotonic()
            sent[await browsers[n % len(browsers)].says(f"nhà bà Lan xóm {n % 9 + 1} được 3, vắng 1")] = now
        for browser in browsers:
            await browser.until(partial(_is_empty, browser))
        waits = [(taken[id] - at) * 1000 for id, at in sent.items()]
    cuts = quantiles(waits, n=100)
    return cuts[49], cuts[98]


async def _memory(ours: Ours) -> float:
    """MB, when all are connected and each has reported once."""
    async with served(ours) as (pid, url, codes), AsyncExitStack() as stack:
        browsers = await _joined(stack, url, [code for code in codes for _ in range(DEVICES)][:CONNECTED])
        assert len(browsers) == CONNECTED
        for browser in browsers:
            await browser.taken(await browser.says("nhà bà Lan xóm 4 được 3, vắng 1"))
        return resident(pid)


def _is_empty(browser: Browser) -> bool:
    return not browser.queue
