"""/tong, the campaign's standing, with 1,000 and with 1,000,000 stored reports."""

import time
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
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
FEW = 1000
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def measure(ours: Ours, effort: Effort) -> list[Figure]:
    """The handler in a transaction, many times, on both databases in turns."""
    many, times = effort.of(1_000_000, 100_000), effort.of(200, 60)
    with workplace(ours) as small, workplace(ours) as large:
        for folder, number in ((small, FEW), (large, many)):
            stored(ours, folder, number)
        found: dict[Path, list[float]] = {small: [], large: []}
        for _ in range(5):
            for folder in (small, large):
                found[folder] += _times(folder, times)
        with_few, with_many = median(found[small]), median(found[large])
    ratio = with_many / with_few
    return [
        Figure(
            f"/tong with {many:,} reports beside {FEW:,}",
            f"{with_many * 1e3:.2f} ms",
            f"{with_few * 1e3:.2f} ms (ours)",
            f"{ratio:.2f}",
            f"≤ {AT_MOST}",
            ratio <= AT_MOST,
        )
    ]


def stored(ours: Ours, folder: Path, number: int) -> None:
    """Puts so many reports into the database of a workplace, and proves its sums."""
    with session(folder / "bot.db") as tx:
        (phase, *_) = phases.every(tx)
        fill(tx, number, phase.first, phase.days)
    checked = ours.command(folder, "check")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def _times(folder: Path, number: int) -> list[float]:
    with session(folder / "bot.db") as tx:
        times = []
        for _ in range(number):
            begun = time.perf_counter()
            said = _asked(tx)
            times.append(time.perf_counter() - begun)
        assert "máy" in said, said
        return times


def _asked(tx: Transaction) -> str:
    """What an officer of the whole campaign is told near the end of the phase."""
    (phase, *_) = phases.every(tx)
    (officer, *_) = people.campaign_officers(tx)
    at = datetime.combine(phase.last, datetime.min.time(), ZONE) + timedelta(hours=20)
    chat = chats.by_id(tx, 1)
    turn = Turn(tx, House(Calendar(ZONE)), chat, at, at, officer)
    place = Chat(chat.channel, chat.address, chat.private)
    (said,) = router.answer(Message(chat=place, sender=Sender("1", "Hà"), id="1", text="/tong", at=at), turn)
    return str(getattr(said, "text", ""))
