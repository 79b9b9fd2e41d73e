"""Time that passes in steps, between which the program does what is due."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from storage.engine.times import stamp
from storage.engine.transaction import Transaction
from tests.talk import Talk

FOR_EVER = 10**9  # times that something goes wrong: until the platform recovers
HALF_A_MINUTE = timedelta(seconds=30)


async def passes(talk: Talk, time: timedelta, step: timedelta = HALF_A_MINUTE) -> None:
    """Time passes."""
    for _ in range(round(time / step)):
        await talk.breathe()
        talk.clock.advance(step)
    await talk.breathe()


async def until(talk: Talk, found: Callable[[], Any], step: timedelta = HALF_A_MINUTE) -> None:
    """Time passes until something is so."""
    for _ in range(2000):
        if found():
            return
        await passes(talk, step, step)
    raise AssertionError("it never came about")


async def paused(talk: Talk) -> None:
    """Returns when what was tried in vain waits for its next try, and nothing is on its way."""
    await talk.settled_to(lambda tx: _paused(tx, stamp(talk.clock.now())))


def _paused(tx: Transaction, now: int) -> bool:
    rows = tx.all("SELECT state, attempts, due_at FROM outbox WHERE state IN ('due', 'sending') ORDER BY id")
    tried = [row for row in rows if row["attempts"]]
    return bool(tried) and all(row["state"] == "due" and row["due_at"] > now for row in tried)
