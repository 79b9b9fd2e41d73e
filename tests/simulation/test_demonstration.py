"""`make demo`: the demonstration over a simulated campaign."""

import asyncio
import os
import sys
from pathlib import Path

from handlers.texts import plain
from storage.engine.database import session
from tests.browsers import Browser
from tests.folder.test_demonstration import demonstration

ROOT = Path(__file__).parents[2]


async def test_it_is_shown_as_a_demonstration(tmp_path: Path) -> None:
    """Who opens a link sees what was said there, and the officer yesterday's sum; every answer is marked as a trial."""
    file = tmp_path / "simulated.db"
    await _simulated(file)
    with session(file, read_only=True) as tx:
        row = tx.one("SELECT sum(n) AS n FROM sums WHERE scope = 'team' AND day <> 0 AND outcome = 'activated'")
    assert row is not None
    assert row["n"] > 1900
    async with demonstration(file) as links:
        url = links["student"].rpartition("/vao/")[0]
        async with Browser(url) as student, Browser(url) as officer:
            for browser, role in ((student, "student"), (officer, "officer")):
                await browser.join(links[role].rpartition("/")[2])
                await browser.connect()
                assert browser.welcome["trial"]
            assert any("Hôm nay" in one["text"] for one in student.from_bot()), "the evening before stands in the room"
            await officer.says("/tong hôm qua")
            await officer.hears("THỬ", f"{row['n']:,} máy".replace(",", "."))
            await officer.says("/luuy hôm qua")
            await officer.hears("THỬ", "Điều nên hỏi")
            assert all(one["text"].startswith(plain("delivery.trial")) for one in officer.from_bot())


async def _simulated(file: Path) -> None:
    """The command itself, whatever campaign is set, and however long it takes on a busy machine."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("BACUNG_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "simulate", str(file), "--days", "1", "--odd"),
        cwd=ROOT,
        env=inherited | {"BACUNG_CAMPAIGN__FOLDER": "/nowhere"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    told, wrong = await process.communicate()
    assert (process.returncode, wrong) == (0, b"")
    assert b"Planted: 1 copied_total, 1 equal_again, 1 fast_hour" in told


def test_make_demo_draws_what_it_shows() -> None:
    """Of today, with oddities; `make run` stays as it is."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert "BACUNG_STORAGE__PATH=$(DEMO) $(BIN)/bacung run --demo" in makefile
    assert "$(BIN)/bacung simulate $@ --today --odd" in makefile
