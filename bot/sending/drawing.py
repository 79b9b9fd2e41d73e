"""What is said with a picture that is still to be drawn waits for it a little, apart from all other messages.

It has not left the queue meanwhile: nobody's answer waits behind it but in its own chat and class. Drawn, or given up,
it goes on as any message with a picture, or without.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import count

from bot.clock import Clock
from bot.drawing.drawer import Drawer, NotDrawn
from bot.sending import parcels
from bot.trouble import where_raised
from handlers import texts
from handlers.figures import charts
from handlers.messages import Reply
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.transaction import Transaction
from storage.talk import drawings, holding, outbox
from storage.talk.drawings import Drawing
from storage.talk.outbox import Class, Parcel

log = logging.getLogger(__name__)
# How long words wait for their picture before they go alone.
PATIENCE = timedelta(seconds=20)  # of an answer
PATIENCE_UNASKED = timedelta(minutes=10)  # many may have to be drawn


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row of the outbox waits for a drawing, at most until then."""

    drawing: int
    row: int
    urgency: Class
    until: datetime


def settled(tx: Transaction, parcel: Parcel, saying: Reply, now: datetime) -> tuple[Parcel, Reply] | Wanted:
    """The reply as it goes, with its picture, or with words alone where there is none; else what it has to wait for."""
    assert saying.drawing is not None
    drawing = drawings.of(tx, saying.drawing)
    if drawing is not None and drawing.picture is None and not drawing.failed:
        drawings.wait_for(tx, drawing.id, now)
        until = (drawing.asked_at or now) + (PATIENCE if parcel.urgency.is_answer else PATIENCE_UNASKED)
        if now < until:
            holding.hold(tx, parcel.id, until)
            return Wanted(drawing.id, parcel.id, parcel.urgency, until)
        log.info("outbox %s: its picture is late, said without", parcel.id)
    said = replace(saying, drawing=None, picture=drawing.picture if drawing is not None else None)
    body = parcels.packed(said)
    outbox.rewrite(tx, parcel.id, body)
    return replace(parcel, body=body), said


class Drawings:
    """Draws what is wanted, the most urgent first, each once."""

    def __init__(self, database: Database, drawer: Drawer, clock: Clock, drawn: Callable[[], None]) -> None:
        """`drawn` is called when what waited for a picture may go."""
        self._database = database
        self._drawer = drawer
        self._clock = clock
        self._drawn = drawn
        self._line: asyncio.PriorityQueue[tuple[Class, int, int]] = asyncio.PriorityQueue()
        self._rows: dict[int, set[int]] = {}  # which rows wait, by drawing
        self._numbers = count()

    def want(self, wanted: Wanted) -> None:
        """Somebody waits for this drawing."""
        self._rows.setdefault(wanted.drawing, set()).add(wanted.row)
        self._line.put_nowait((wanted.urgency, next(self._numbers), wanted.drawing))

    async def run(self) -> None:
        """Draws, for ever; where storage fails, words go alone when they have waited for long enough."""
        while True:
            _, _, id = await self._line.get()
            if id not in self._rows:
                continue  # several waited, and it is drawn
            try:
                keep = await self._drawn_anew(id)
                now = self._clock.now()
                await self._database.write(partial(self._settle, keep=keep, rows=self._rows.pop(id), now=now))
            except StorageError as error:
                self._rows.pop(id, None)
                log.error("storage: %s", error)
            self._drawn()

    async def _drawn_anew(self, id: int) -> Callable[[Transaction], None] | None:
        """What keeps the drawing; None where it is settled already."""
        drawing = await self._database.read(partial(drawings.of, id=id))
        if drawing is None or drawing.picture is not None or drawing.failed:
            return None
        content = await self._content(drawing)
        return partial(self._keep, id=id, content=content, now=self._clock.now())

    def _settle(
        self, tx: Transaction, *, keep: Callable[[Transaction], None] | None, rows: set[int], now: datetime
    ) -> None:
        """The picture is there and who waited for it may go: one transaction, since each holds up who writes."""
        if keep is not None:
            keep(tx)
        holding.release(tx, rows, now)

    async def _content(self, drawing: Drawing) -> bytes | None:
        try:
            specification = charts.drawn_from(drawing.kind, drawing.facts)
            return await self._drawer.draw("chart", {"specification": specification, "vega_lite": charts.VEGA_LITE})
        except NotDrawn as error:
            log.warning("drawing %s: %s", drawing.id, error)
        except (KeyError, TypeError, ValueError) as error:  # facts of another version of the program
            log.error("drawing %s: %s", drawing.id, where_raised(error))
        return None

    def _keep(self, tx: Transaction, *, id: int, content: bytes | None, now: datetime) -> None:
        if content is None:
            drawings.fail(tx, id, now)
            return
        try:
            drawings.drawn(tx, id, texts.plain("charts.file"), content, now)
        except ValueError as error:  # no picture, or too large a one
            log.error("drawing %s: %s", id, error)
            drawings.fail(tx, id, now)
