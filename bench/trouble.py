"""The night's summary to 200 chats while sends go wrong at its minute, and the web chat while Telegram hangs."""

import asyncio
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from bench.bots import BACUNG, Ours, end, popen, resident
from bench.figures import Effort, Figure
from bench.platform import FIRST_STUDENT, Platform
from tests.browsers import Browser
from tests.crash.supervisor import free_port
from tests.talk import CAMPAIGN, CODES, write_campaign

CHATS = 200
MEMORY_MOST = 100.0  # MB
LONGEST = 300  # seconds until the last chat must have it
HANGING = 40  # chats
A_SECOND = 20  # messages in the web chat
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_FOR_EVER = 10**9
_PART = "tổng kết ngày"
_AGAIN = "(gửi lại)"
TROUBLES: dict[str, tuple[int, dict[str, object]]] = {
    "resets for 6 s": (6, {"kind": "drop_before"}),
    "30 s of hanging": (30, {"kind": "hang"}),
    "60 s of 500": (60, {"kind": "server_error", "status": 500}),
    "a 429 of 30 s": (1, {"kind": "too_many", "seconds": 30}),
    "answers without end for 8 s": (8, {"kind": "endless"}),
}


def measure(ours: Ours, effort: Effort) -> list[Figure]:
    """Each over a bot of its own, at its usual pace."""
    figures = []
    for name in list(TROUBLES)[: effort.of(len(TROUBLES), 1)]:
        with _bot(ours) as (bot, platform):
            figures += _night(name, bot, platform)
    with _bot(ours) as (bot, platform):
        figures += asyncio.run(_web(bot, platform, effort.of(600, 200)))
    return figures


class _Bot:
    """`bacung run` with the lead's groups bound; started again with another time of the summary."""

    def __init__(self, ours: Ours, folder: Path, platform: Platform) -> None:
        self.folder = folder
        self.port = free_port()
        campaign = write_campaign(folder / "campaign", {"campaign.toml": CAMPAIGN.replace("2023-05-16", '"today"')})
        self._environment = ours.environment(folder, platform) | {
            "BACUNG_CAMPAIGN__FOLDER": str(campaign),
            "BACUNG_WEB__PORT": str(self.port),
            "BACUNG_SCHEDULE__QUIET": "",
        }
        self.start(BACUNG_TELEGRAM__RATE="0")

    def start(self, **settings: str) -> None:
        """Starts it."""
        self.process = popen([str(BACUNG), "run"], self.folder, self._environment | settings)

    def stop(self) -> None:
        """Ends it in good order."""
        end(self.process)


@contextmanager
def _bot(ours: Ours) -> Iterator[tuple[_Bot, Platform]]:
    with TemporaryDirectory(prefix="bacung-bench-trouble-") as name, Platform() as platform:
        bot = _Bot(ours, Path(name), platform)
        try:
            platform.say([(0, f"/start {CODES['Dũng']}")])
            assert platform.wait_for_answers(1), "the lead could not join"
            yield bot, platform
        finally:
            bot.stop()


def _bound(platform: Platform, number: int, text: str) -> list[int]:
    """So many groups, in each of which the lead has written this."""
    lead, groups = FIRST_STUDENT, []
    for n in range(number):
        groups.append(int(platform.control("group", title=f"Nhóm {n}", user_ids=[lead])["chat_id"]))
    platform.control("say", messages=[{"user_id": lead, "text": text, "chat_id": group} for group in groups])
    return groups


def _night(name: str, bot: _Bot, platform: Platform) -> list[Figure]:
    """How many chats got the summary, how late the last one, how often unmarked at most, and the memory meanwhile."""
    seconds, fault = TROUBLES[name]
    groups = set(_bound(platform, CHATS, "/gannhom"))
    platform.wait_until_quiet()
    bot.stop()
    now = datetime.now(_ZONE)
    due = (now + timedelta(minutes=2 if now.second > 40 else 1)).replace(second=0, microsecond=0)
    bot.start(BACUNG_SCHEDULE__SUMMARY=f"{due:%H:%M}", BACUNG_TELEGRAM__RATE="28")
    platform.forget()
    platform.control("fail", times=_FOR_EVER if seconds > 1 else 60, method="sendMessage", **fault)
    with peak(bot.process.pid) as most:
        time.sleep(max(0.0, (due - datetime.now(_ZONE)).total_seconds()) + seconds)
        platform.control("recover")
        said = _said(platform, groups, due.timestamp())
    unmarked = max((sum(not text.startswith(_AGAIN) for _, text in texts) for texts in said.values()), default=0)
    last = max((min(at for at, _ in texts) for texts in said.values()), default=0) - due.timestamp()
    return [
        Figure(
            f"summaries to {CHATS} chats, {name}: last after {last:.0f} s, unmarked at most",
            f"{len(said)} · {unmarked}",
            target=f"{CHATS} · 1",
            good=len(said) == CHATS and unmarked <= 1,
        ),
        Figure(
            f"  memory meanwhile, {name}",
            f"{most[0]:.0f} MB",
            target=f"≤ {MEMORY_MOST:g} MB",
            good=most[0] <= MEMORY_MOST,
        ),
    ]


def _said(platform: Platform, groups: set[int], since: float) -> dict[int, list[tuple[float, str]]]:
    """What each group was sent that it has: when and what; waits for all of them, and then for repeats."""
    until, found = since + LONGEST, defaultdict[int, list[tuple[float, str]]](list)
    while time.time() < until:
        found.clear()
        for _, chat, status, _, wall, text in platform.calls("sendMessage"):
            if status == 200 and chat in groups and text and _PART in text:
                found[chat].append((wall, text))
        if len(found) == CHATS and until == since + LONGEST:
            until = min(until, time.time() + 5)
        time.sleep(0.2)
    return found


@contextmanager
def peak(pid: int) -> Iterator[list[float]]:
    """The most memory that a process has at any time, in MB."""
    most, over = [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(0.05):
            most[0] = max(most[0], resident(pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield most
    finally:
        over.set()
        watcher.join()


async def _web(bot: _Bot, platform: Platform, number: int) -> list[Figure]:
    """From typing to the bot's answer in the web chat: idle, and while sends to forty chats on Telegram hang."""
    async with AsyncExitStack() as stack:
        browsers = [await joined(bot.port, stack, CODES[name]) for name in ("An", "Bình", "Cúc", "Em")]
        await answers(browsers, 100)
        idle = await answers(browsers, number)
        platform.control("fail", kind="hang", times=_FOR_EVER, method="sendMessage")
        _bound(platform, HANGING, "/trogiup")
        await asyncio.sleep(1)
        hanging = await answers(browsers, number)
    p99 = [quantiles(waits, n=100)[98] for waits in (idle, hanging)]
    return [
        Figure(
            f"web chat, typed to answered at {A_SECOND}/s while Telegram hangs, p99 (idle {p99[0]:.1f} ms)",
            f"{p99[1]:.1f} ms",
            target=f"≤ {2 * p99[0]:.1f} ms",
            good=p99[1] <= 2 * p99[0],
        )
    ]


async def joined(port: int, stack: AsyncExitStack, code: str) -> Browser:
    """Somebody in the web chat."""
    browser = await stack.enter_async_context(Browser(f"http://127.0.0.1:{port}"))
    await browser.until_reached()
    await browser.join(code)
    return await browser.connect()


async def answers(browsers: Sequence[Browser], number: int) -> list[float]:
    """Milliseconds from each of so many messages until the bot's answer is seen."""
    waits, asked = [], time.monotonic()
    for n in range(number):
        browser = browsers[n % len(browsers)]
        await asyncio.sleep(max(0.0, asked + n / A_SECOND - time.monotonic()))
        began, before = time.monotonic(), len(browser.from_bot())
        await browser.says("/homnay" if n % 5 else f"xóm {n} được {n % 7 + 1}")
        await browser.until(partial(_has_more, browser, before))
        waits.append((time.monotonic() - began) * 1000)
    return waits


def _has_more(browser: Browser, before: int) -> bool:
    return len(browser.from_bot()) > before
