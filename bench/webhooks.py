"""Messages by webhook: how fast they are taken beside polling, and how long a post waits for its 200."""

import asyncio
import itertools
import json
import socket
import subprocess
import time
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles

import aiohttp

from bench import burst
from bench.bots import BACUNG, Ours, popen, running, warmed, workplace
from bench.figures import Effort, Figure
from bench.platform import FIRST_STUDENT, Platform
from bench.students import messages
from bot.channels.telegram.channel import WEBHOOK_CONNECTIONS

A_SECOND = 100
AT_MOST = 0.020  # seconds
IN_FLIGHT = WEBHOOK_CONNECTIONS  # posts at a time
SECRET = "secret-of-the-bench"
_numbers = itertools.count(1_000_000)


class Hooked:
    """`bacung run` with a webhook."""

    name = "webhook"

    def __init__(self, ours: Ours) -> None:
        self._ours = ours
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self._port = int(probe.getsockname()[1])

    @property
    def url(self) -> str:
        """Where updates are posted to."""
        return f"http://127.0.0.1:{self._port}/hooks/telegram"

    def prepare(self, folder: Path) -> None:
        """As without a webhook."""
        self._ours.prepare(folder)

    def start(self, platform: Platform, folder: Path) -> "subprocess.Popen[bytes]":
        """Starts it."""
        settings = {
            "BACUNG_TELEGRAM__WEBHOOK": self.url,
            "BACUNG_TELEGRAM__WEBHOOK_SECRET": SECRET,
            "BACUNG_WEB__PORT": str(self._port),
        }
        return popen([str(BACUNG), "run"], folder, self._ours.environment(folder, platform) | settings)

    def stored(self, folder: Path) -> "Counter[tuple[str, str]]":
        """As without a webhook."""
        return self._ours.stored(folder)


def measure(ours: Ours, effort: Effort) -> list[Figure]:
    """Bursts by polling and by webhook in turns, and a steady stream of posts."""
    number, rounds = effort.of(3000, 1500), effort.of(5, 3)
    hooked = Hooked(ours)
    pairs = [(burst.once(ours, number).speed, _burst(hooked, number)) for _ in range(rounds)]
    intake, answers = (median(one[place] / polling for polling, one in pairs) for place in (0, 1))
    polling = f"{median(polling for polling, _ in pairs):,.0f}"
    waits = [wait for _ in range(rounds) for wait in _steady(hooked, effort.of(1000, 500))]
    p99 = quantiles(waits, n=100)[98]
    return [
        Figure(
            "webhook posts/s stored and answered (plain: ours polling)",
            f"{median(one[0] for _, one in pairs):,.0f}",
            polling,
            f"{intake:.2f}",
            "≥ 1",
            intake >= 1,
        ),
        Figure(
            "  until the last reply has arrived",
            f"{median(one[1] for _, one in pairs):,.0f}",
            polling,
            f"{answers:.2f}",
        ),
        Figure(f"POST to 200 at {A_SECOND}/s, p50", f"{median(waits) * 1000:.1f} ms"),
        Figure(
            f"POST to 200 at {A_SECOND}/s, p99",
            f"{p99 * 1000:.1f} ms",
            target=f"≤ {AT_MOST * 1000:.0f} ms",
            good=p99 <= AT_MOST,
        ),
    ]


def _burst(hooked: Hooked, number: int) -> tuple[float, float]:
    """Reports a second: until all posts are answered with 200, and until the last reply has arrived."""
    with workplace(hooked) as folder, Platform() as platform:
        with running(hooked, platform, folder):
            warmed(platform, hooked)
            waiting = _by_chat(number)
            begun = time.monotonic()
            asyncio.run(_post_all(hooked.url, waiting))
            taken = time.monotonic() - begun
            assert platform.wait_for_answers(number), "not all was answered"
            seconds = time.monotonic() - begun
        stored = hooked.stored(folder)
        assert len(stored) == stored.total() >= number, "not each is stored once"
        return number / taken, number / seconds


def _steady(hooked: Hooked, number: int) -> list[float]:
    """How long each post of a steady stream waited, in seconds."""
    with workplace(hooked) as folder, Platform() as platform, running(hooked, platform, folder):
        warmed(platform, hooked)
        return asyncio.run(_post_steadily(hooked.url, [body for _, body in _updates(number)]))


def _updates(number: int) -> list[tuple[int, bytes]]:
    """Reports as Telegram posts them: each with its student."""
    now = int(time.time())
    return [
        (student, _update(next(_numbers), FIRST_STUDENT + student, text, now)) for student, text in messages(number)
    ]


def _by_chat(number: int) -> deque[deque[bytes]]:
    """Reports as they wait at Telegram: a line for each chat."""
    lines: defaultdict[int, deque[bytes]] = defaultdict(deque)
    for student, body in _updates(number):
        lines[student].append(body)
    return deque(lines.values())


def _update(id: int, user: int, text: str, now: int) -> bytes:
    sender = {"id": user, "is_bot": False, "first_name": f"Người {user}"}
    chat = {"id": user, "type": "private", "first_name": sender["first_name"]}
    message = {"message_id": id, "date": now, "chat": chat, "from": sender, "text": text}
    return json.dumps({"update_id": id, "message": message}).encode()


def _session() -> aiohttp.ClientSession:
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
    return aiohttp.ClientSession(headers=headers, connector=aiohttp.TCPConnector(limit=IN_FLIGHT))


async def _post(session: aiohttp.ClientSession, url: str, body: bytes) -> float:
    begun = time.monotonic()
    async with session.post(url, data=body) as answer:
        assert answer.status == 200, answer.status
    return time.monotonic() - begun


async def _post_all(url: str, waiting: deque[deque[bytes]]) -> None:
    """As Telegram does it: of each chat one after the other, of different chats side by side."""
    async with _session() as session:

        async def connection() -> None:
            while waiting:
                line = waiting.popleft()
                await _post(session, url, line.popleft())
                if line:
                    waiting.append(line)

        await asyncio.gather(*(connection() for _ in range(IN_FLIGHT)))


async def _post_steadily(url: str, bodies: Sequence[bytes]) -> list[float]:
    async with _session() as session:
        begun, posts = time.monotonic(), []
        for place, body in enumerate(bodies):
            await asyncio.sleep(max(0.0, begun + place / A_SECOND - time.monotonic()))
            posts.append(asyncio.create_task(_post(session, url, body)))
        return list(await asyncio.gather(*posts))
