"""/tong, /xa and /to, how far all, one and a team are, with 10,000 and with 1,000,000 stored reports."""

import time
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from zoneinfo import ZoneInfo

from bench.bots import Ours, workplace
from bench.figures import Effort, Figure
from bench.filling import fill
from handlers import router
from handlers.calendar import Calendar
from handlers.messages import Chat, Message, Sender
from handlers.turn import House, Turn
from storage.campaign import people, phases
from storage.engine.database import session
from storage.engine.transaction import Transaction
from storage.talk import chats

AT_MOST = 1.2
P99_AT_MOST = 20.0  # milliseconds
FEW = 10_000
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ASKED = ("/tong", "/xa Xuân Thu", "/to Xuân Thu")


def measure(ours: Ours, effort: Effort) -> list[Figure]:
    """The handlers in a transaction, many times, on both databases in turns."""
    many, times = effort.of(1_000_000, 100_000), effort.of(200, 60)
    with workplace(ours) as small, workplace(ours) as large:
        for folder, number in ((small, FEW), (large, many)):
            stored(ours, folder, number)
        found: dict[tuple[Path, str], list[float]] = {(folder, text): [] for folder in (small, large) for text in ASKED}
        for _ in range(5):
            for folder, text in found:
                found[folder, text] += _times(folder, text, times)
        return [figure for text in ASKED for figure in _figures(text, many, found[small, text], found[large, text])]


def _figures(text: str, many: int, with_few: list[float], with_many: list[float]) -> list[Figure]:
    """How much longer it takes, and how long one of a hundred takes."""
    few, lots, p99 = median(with_few), median(with_many), quantiles(with_many, n=100)[98] * 1e3
    ratio, name = lots / few, text.partition(" ")[0]
    return [
        Figure(
            f"{name} with {many:,} reports beside {FEW:,}",
            f"{lots * 1e3:.2f} ms",
            f"{few * 1e3:.2f} ms (ours)",
            f"{ratio:.2f}",
            f"≤ {AT_MOST}",
            ratio <= AT_MOST,
        ),
        Figure(
            f"{name} with {many:,} reports, p99",
            f"{p99:.2f} ms",
            target=f"≤ {P99_AT_MOST:.0f} ms",
            good=p99 <= P99_AT_MOST,
        ),
    ]


def stored(ours: Ours, folder: Path, number: int) -> None:
    """Puts so many reports into the database of a workplace, and proves its sums."""
    with session(folder / "bot.db") as tx:
        (phase, *_) = phases.every(tx)
        fill(tx, number, phase.first, phase.days)
    checked = ours.command(folder, "check")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def _times(folder: Path, text: str, number: int) -> list[float]:
    with session(folder / "bot.db") as tx:
        times = []
        for _ in range(number):
            begun = time.perf_counter()
            said = _asked(tx, text)
            times.append(time.perf_counter() - begun)
        assert "máy" in said, said
        return times


def _asked(tx: Transaction, text: str) -> str:
    """What an officer of the whole campaign is told at the last evening of the phase."""
    (phase, *_) = phases.every(tx)
    (officer, *_) = people.campaign_officers(tx)
    at = datetime.combine(phase.last, datetime.min.time(), ZONE) + timedelta(hours=20)
    chat = chats.by_id(tx, 1)
    turn = Turn(tx, House(Calendar(ZONE)), chat, at, at, officer)
    place = Chat(chat.channel, chat.address, chat.private)
    (said,) = router.answer(Message(chat=place, sender=Sender("1", "Hà"), id="1", text=text, at=at), turn)
    return str(getattr(said, "text", ""))
