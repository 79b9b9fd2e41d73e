"""Memory of the running bot and bytes of its database, after 100,000 reports."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.bots import Ours, resident, running, workplace
from bench.figures import Effort, Figure
from bench.platform import Platform
from bench.students import messages
from storage.engine.database import session
from storage.talk import offers, outbox, seen

MEMORY_MOST = 90  # MB
BYTES_MOST = 350
_CHUNK = 2000  # messages at once: never so many that answers are late and merged


def measure(ours: Ours, effort: Effort) -> list[Figure]:
    """One long run."""
    number = effort.of(100_000, 10_000)
    with workplace(ours) as folder:
        database = folder / "bot.db"
        before = _used(database)
        with Platform() as platform, running(ours, platform, folder) as process:
            for first in range(0, number, _CHUNK):
                platform.say(messages(_CHUNK, first))
                assert platform.wait_for_answers(_CHUNK), "ours did not answer all"
                platform.forget()
            platform.wait_until_quiet(1)
            memory = resident(process.pid)
        stored = ours.stored(folder)
        assert len(stored) == stored.total() == number, "ours has not stored each once"
        lying = (_used(database) - before) / number
        parts = _parts(database, number)
        _prune(database)
        pruned = (_used(database) - before) / number
        checked = ours.command(folder, "check")
        assert checked.returncode == 0, checked.stdout
    return [
        Figure(
            f"resident memory after {number:,} reports",
            f"{memory:.0f} MB",
            target=f"≤ {MEMORY_MOST} MB",
            good=memory <= MEMORY_MOST,
        ),
        Figure(
            "database bytes a report, as they lie", f"{lying:.0f}", target=f"≤ {BYTES_MOST}", good=lying <= BYTES_MOST
        ),
        Figure("  its parts", "\n".join(f"{name} {size:.0f}" for name, size in parts)),
        Figure(
            "database bytes a report, sent and seen pruned",
            f"{pruned:.0f}",
            target=f"≤ {BYTES_MOST}",
            good=pruned <= BYTES_MOST,
        ),
    ]


def _used(database: Path) -> int:
    """Bytes of the pages in use."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        pages, free, size = (
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
        )
    return int((pages - free) * size)


def _parts(database: Path, number: int) -> list[tuple[str, float]]:
    """Bytes a report of each table and index, where SQLite can tell."""
    with closing(sqlite3.connect(database)) as connection:
        try:
            rows = connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC").fetchall()
        except sqlite3.OperationalError:
            return []
    return [(str(name), size / number) for name, size in rows if size / number >= 0.5]


def _prune(database: Path) -> None:
    """What housekeeping does when all of it has become old."""
    later = datetime.now(UTC) + timedelta(days=30)
    with session(database) as tx:
        for prune in (outbox.prune, seen.prune, offers.prune):
            while prune(tx, later, 10_000):
                pass
