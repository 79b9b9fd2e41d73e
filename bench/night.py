"""The night's summary of a thousand teams: how soon it is in line, how fast it leaves, and who waits meanwhile."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from bench.bots import BACUNG, Ours, end, popen
from bench.figures import Effort, Figure
from bench.filling import fill
from bench.platform import FIRST_STUDENT, Platform
from bench.trouble import answers, joined, peak
from handlers.calendar import Calendar
from storage.campaign import accounts, communes, people, phases, teams
from storage.campaign.people import Role
from storage.engine.database import session
from storage.engine.transaction import Transaction
from storage.talk import chats
from tests.crash.supervisor import free_port

A_TEAM = 10  # students
RATE = 28  # messages a second that the platform takes
QUEUED_IN = 10.0  # seconds
OF_THE_RATE = 0.95
MEMORY_MOST = 150.0  # MB
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_DAYS = Calendar(_ZONE)
_LEAVING = 20  # seconds in which it is counted what leaves
_WRITERS = 4
_CODE = "VIETCODE{:02}"  # of those who write in the web chat meanwhile


def measure(ours: Ours, effort: Effort) -> list[Figure]:
    """Of a campaign with 1,000 teams and 10,000 students, all of whom reported."""
    number = effort.of(1000, 100)
    with TemporaryDirectory(prefix="bacung-bench-night-") as name, Platform() as platform:
        bot = _Bot(ours, Path(name), platform, number)
        bot.fill()
        due = (datetime.now(_ZONE) + timedelta(seconds=75)).replace(second=0, microsecond=0)
        with bot.running(due) as pid, peak(pid) as most:
            return asyncio.run(_measured(bot, number, due, most, effort.of(400, 100)))


class _Bot:
    """`bacung run` over a campaign of so many teams, each with a group."""

    def __init__(self, ours: Ours, folder: Path, platform: Platform, number: int) -> None:
        self.folder, self.platform, self._number, self._ours = folder, platform, number, ours
        self.port = free_port()
        self._environment = ours.environment(folder, platform) | {
            "BACUNG_CAMPAIGN__FOLDER": str(_campaign(folder / "campaign", number)),
            "BACUNG_WEB__PORT": str(self.port),
            "BACUNG_SCHEDULE__QUIET": "",
            "BACUNG_TELEGRAM__RATE": str(RATE),
        }

    def fill(self) -> None:
        """Loads the campaign; leads and groups are there, and everybody has reported."""
        asked = {key: value for key, value in self._environment.items() if key != "BACUNG_TELEGRAM__TOKEN"}
        loading = popen([str(BACUNG), "load", str(self.folder / "campaign")], self.folder, asked)
        assert loading.wait() == 0, "the campaign could not be loaded"
        with session(self.folder / "bot.db") as tx:
            now = datetime.now(_ZONE)
            _bind(tx, self.platform, now)
            fill(tx, self._number * A_TEAM * 2, _DAYS.work_day(now), 1)

    @contextmanager
    def running(self, due: datetime) -> Iterator[int]:
        """The running program, whose summary is due at that minute."""
        process = popen(
            [str(BACUNG), "run"], self.folder, self._environment | {"BACUNG_SCHEDULE__SUMMARY": f"{due:%H:%M}"}
        )
        try:
            yield process.pid
        finally:
            end(process)

    def queued(self) -> int:
        """How many summaries are in line, or were."""
        with session(self.folder / "bot.db", read_only=True) as tx:
            row = tx.one("SELECT count(*) AS n FROM outbox WHERE key LIKE 'summary:%'")
            return int(row["n"]) if row is not None else 0


def _campaign(folder: Path, number: int) -> Path:
    """So many communes with a team each."""
    folder.mkdir()
    files = {
        "campaign.toml": 'name = "Chiến dịch"\ntimezone = "Asia/Ho_Chi_Minh"\nquota = 20\n\n'
        '[[phases]]\nname = "Đợt 1"\nstart = "today"\ndays = 21\n',
        "communes.csv": "code,name,target\n" + "".join(f"C{n:04},Xã Số {n},9000\n" for n in range(number)),
        "hamlets.csv": "commune,name\n" + "".join(f"C{n:04},Xóm {k}\n" for n in range(number) for k in range(1, 5)),
        "roster.csv": "id,name,role,communes,phases,code\n" + "".join(map(_row, range(number * A_TEAM))),
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _row(student: int) -> str:
    role = "student" if student % A_TEAM else "lead"
    code = _CODE.format(student) if 0 < student <= _WRITERS else ""
    return f"HV{student:05},Học viên {student},{role},C{student // A_TEAM:04},Đợt 1,{code}\n"


def _bind(tx: Transaction, platform: Platform, now: datetime) -> None:
    """Everybody has joined on Telegram, and each team has its group."""
    (phase, *_) = phases.every(tx)
    leads: list[dict[str, object]] = []
    for number, team in enumerate(
        sorted(teams.of_phase(tx, phase.id), key=lambda one: communes.by_id(tx, one.commune).code)
    ):
        address = platform.control("group", title=f"Nhóm {number}", user_ids=[FIRST_STUDENT])["chat_id"]
        group = chats.at(tx, "telegram", str(address), private=False, title=f"Nhóm {number}")
        members = people.of_team(tx, team.id)
        for person in members:
            sender = str(FIRST_STUDENT + 1_000_000 + person.id)
            chat = chats.at(tx, "telegram", sender, private=True)
            accounts.join(tx, person.id, channel="telegram", sender=sender, chat=chat.id, at=now)
            if person.role == Role.LEAD:
                leads.append({"user_id": int(sender), "text": "/start"})
        chats.bind_team(tx, group.id, team.id, by=members[0].id, when=now)
    platform.control("say", messages=leads)  # whom nobody has written to, a bot may not write to
    platform.confirm_all()


async def _measured(bot: _Bot, number: int, due: datetime, most: list[float], messages: int) -> list[Figure]:
    async with AsyncExitStack() as stack:
        browsers = [await joined(bot.port, stack, _CODE.format(n)) for n in range(1, _WRITERS + 1)]
        idle = await answers(browsers, messages)
        await asyncio.sleep(max(0.0, (due - datetime.now(_ZONE)).total_seconds() - 1))
        bot.platform.forget()
        meanwhile = asyncio.create_task(answers(browsers, messages))
        took = await _until_queued(bot, number, due)
        left = await _leaving(bot.platform, min(_LEAVING, max(2, int(2 * number / RATE - took - 1))))
        busy = await meanwhile
    p99 = [quantiles(waits, n=100)[98] for waits in (idle, busy)]
    return [
        Figure(
            f"summaries of {number:,} teams ({number * A_TEAM:,} students) in line after",
            f"{took:.1f} s",
            target=f"≤ {QUEUED_IN:g} s",
            good=took <= QUEUED_IN,
        ),
        Figure(
            f"  answers in the web chat meanwhile, p99 (idle {p99[0]:.1f} ms)",
            f"{p99[1]:.1f} ms",
            target=f"≤ {2 * p99[0]:.1f} ms",
            good=p99[1] <= 2 * p99[0],
        ),
        Figure(
            f"  leaving a second, of {RATE}",
            f"{left:.1f}",
            ratio=f"{left / RATE:.2f}",
            target=f"≥ {OF_THE_RATE:g}",
            good=left >= OF_THE_RATE * RATE,
        ),
        Figure("  memory meanwhile", f"{most[0]:.0f} MB", target=f"≤ {MEMORY_MOST:g} MB", good=most[0] <= MEMORY_MOST),
    ]


async def _until_queued(bot: _Bot, number: int, due: datetime) -> float:
    """Seconds from their time until the summaries of all teams' groups and leads are in line."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        if await asyncio.to_thread(bot.queued) >= 2 * number:
            return (datetime.now(_ZONE) - due).total_seconds()
        await asyncio.sleep(0.1)
    raise TimeoutError(f"only {bot.queued()} of {2 * number} summaries are in line")


async def _leaving(platform: Platform, seconds: int) -> float:
    """How many messages a second leave, over so many seconds."""
    begun = time.time()
    await asyncio.sleep(seconds)
    calls = await asyncio.to_thread(platform.calls, "sendMessage")
    return sum(status == 200 and begun <= wall < begun + seconds for _, _, status, _, wall, _ in calls) / seconds
