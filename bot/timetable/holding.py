"""Nothing is done by a wrong clock: while it is wrong the schedule is held, and what it did by one is undone."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta

from bot.monitor import Monitor
from bot.sending import parcels
from bot.steady import A_FEW, SteadyClock
from handlers import calendar
from handlers.messages import Reply
from handlers.unasked import wrong_clock
from storage.engine.database import Database
from storage.engine.times import stamp
from storage.engine.transaction import Transaction
from storage.running import runs, told
from storage.talk import outbox
from storage.talk.outbox import Class

log = logging.getLogger(__name__)
_PLACE = "clock"
_LOOK_AGAIN = 5.0  # seconds
_TELL_AFTER = 20.0  # seconds: a machine that slept is told the time by its platforms before that


class Holding:
    """Whether the schedule has to wait, and who is told of it."""

    def __init__(
        self, database: Database, clock: SteadyClock, monitor: Monitor, *, day_start: time, said: Callable[[], None]
    ) -> None:
        self._database = database
        self._clock = clock
        self._monitor = monitor
        self._day_start = day_start
        self._said = said
        self._since: float | None = None  # when it was first seen that the clock is wrong, by what only passes
        self._told = False
        self._looked_back = False

    async def wait(self) -> float | None:
        """Seconds until it makes sense to look again; None: the time is known, and the schedule may go on.

        Raises:
            StorageError: nothing is known; look again.
        """
        wrong_by = self._clock.wrong_by
        if wrong_by is not None:
            await self._hold(wrong_by)
            return _LOOK_AGAIN
        if not self._clock.is_heard:
            return _LOOK_AGAIN / 5
        await self._go_on()
        return None

    async def _hold(self, wrong_by: timedelta) -> None:
        now, passed = self._clock.now(), self._clock.monotonic()
        if self._since is None:
            self._since, self._looked_back = passed, False
            log.error("clock: %s; the schedule is held", self._why(now, wrong_by))
        self._monitor.red(_PLACE, self._why(now, wrong_by))
        if not self._told and passed - self._since >= _TELL_AFTER:
            compared = self._clock.is_compared
            await self._database.write(
                lambda tx: self._tell(tx, wrong_clock.of_wrong(tx, self._days(tx), now, wrong_by, compared=compared))
            )
            self._told = True
            self._said()

    async def _go_on(self) -> None:
        now = self._clock.now()
        if self._told:
            await self._database.write(lambda tx: self._tell(tx, wrong_clock.of_right(tx, self._days(tx), now)))
            self._told = False
            self._said()
        if self._since is not None:
            log.warning("clock: it is right again; the schedule goes on")
            self._monitor.green(_PLACE)
            self._since = None
        if not self._looked_back and self._clock.is_confirmed:
            undone = await self._database.write(lambda tx: _undo(tx, now))
            self._looked_back = True
            if undone:
                log.warning("clock: %d jobs done by a wrong clock are undone", undone)

    def _why(self, now: datetime, wrong_by: timedelta) -> str:
        by = "its platforms' dates" if self._clock.is_compared else "what has passed since it was last right"
        shown = f"{now + wrong_by:%Y-%m-%d %H:%M} UTC instead of {now:%Y-%m-%d %H:%M}"
        right = "" if self._clock.is_compared else "; where it is right now, start the bot again"
        return f"the machine's clock shows {shown}, by {by}: set it right, until then nothing is said unasked{right}"

    def _days(self, tx: Transaction) -> calendar.Calendar:
        return calendar.current(tx, self._day_start)

    def _tell(self, tx: Transaction, heard: Sequence[tuple[int, Reply]]) -> None:
        now = self._clock.now()
        for chat, reply in heard:
            parcels.put(tx, chat, reply, urgency=Class.ANSWER, at=now, key=f"clock:{stamp(now)}:chat {chat}")


def _undo(tx: Transaction, now: datetime) -> int:
    """What a clock that was ahead has done too early is due again, and what it put in line waits for it no longer."""
    latest = now + A_FEW
    undone = runs.undo_after(tx, latest)
    told.undo_after(tx, latest)
    for job, due in undone:
        outbox.take_back(tx, job, due)
    outbox.put_forward(tx, latest, now)
    return len(undone)
