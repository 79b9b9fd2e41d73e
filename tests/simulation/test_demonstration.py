"""`make demo`: the demonstration over a simulated campaign."""

from collections import Counter
from datetime import time
from pathlib import Path

from bot.clock import Clock
from bot.folder.demonstration import EXAMPLE
from bot.simulation.writing import Wish, write
from handlers.texts import plain
from tests.browsers import Browser
from tests.folder.test_demonstration import demonstration
from tests.simulation.test_simulation import unwatched

ROOT = Path(__file__).parents[2]


async def test_it_is_shown_as_a_demonstration(tmp_path: Path) -> None:
    """Who opens a link sees what was said there, and the officer yesterday's sum; every answer is marked as a trial."""
    file = tmp_path / "simulated.db"
    played = write(file, Wish(1, 1, Clock().now(), time(4), odd=True), EXAMPLE, unwatched)
    day = Counter[str]()
    for (*_, outcome), n in played.truth.items():
        day[outcome] += n
    read_otherwise = {fault.meant: fault.stored for fault in played.faults}
    async with demonstration(file) as links:
        url = links["student"].rpartition("/vao/")[0]
        async with Browser(url) as student, Browser(url) as officer:
            for browser, role in ((student, "student"), (officer, "officer")):
                await browser.join(links[role].rpartition("/")[2])
                await browser.connect()
                assert browser.welcome["trial"]
            assert any("Hôm nay" in one["text"] for one in student.from_bot()), "the evening before stands in the room"
            await officer.says("/tong hôm qua")
            await officer.hears("THỬ", "" if read_otherwise else f"{day['activated']:,} máy".replace(",", "."))
            await officer.says("/luuy hôm qua")
            await officer.hears("THỬ", "Điều nên hỏi")
            assert all(one["text"].startswith(plain("delivery.trial")) for one in officer.from_bot())


def test_make_demo_draws_what_it_shows() -> None:
    """Of today, with oddities; `make run` stays as it is."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert "BACUNG_STORAGE__PATH=$(DEMO) $(BIN)/bacung run --demo" in makefile
    assert "$(BIN)/bacung simulate $@ --today --odd" in makefile
