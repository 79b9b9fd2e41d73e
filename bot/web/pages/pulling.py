"""What spreadsheets pull: totals by commune as CSV, under an address that nobody guesses and its maker takes back."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial

from aiohttp import web

from bot.clock import Clock
from bot.config import Web as Settings
from bot.csvs import BOM, as_text
from bot.web import callers
from handlers import calendar, texts
from handlers.figures.files.pulling import ADDRESS
from handlers.figures.gathered import facts
from handlers.texts import percent, plain
from handlers.turn import OFFICERS
from storage.campaign import communes as all_communes
from storage.campaign import people
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.running import pulls

FRESH = timedelta(seconds=30)  # so old what is pulled may be
MOST = 20  # calls of one address, or of one place with wrong ones, in a minute
_MINUTE = timedelta(minutes=1)
_NOTED = timedelta(minutes=5)  # a later use than the one on record is noted
_KNOWN_MOST = 1000


@dataclass(frozen=True, slots=True)
class _Pulled:
    """What an address shows, and since when."""

    body: bytes
    at: datetime


class Often:
    """Who called how often within a minute."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._calls: dict[str, list[datetime]] = {}

    def is_too(self, who: str, now: datetime) -> bool:
        """Whether one more is too many; it is counted where it is not."""
        calls = [at for at in self._calls.pop(who, []) if now - at < _MINUTE]
        if len(self._calls) >= _KNOWN_MOST:
            self._calls.pop(next(iter(self._calls)))
        too_many = len(calls) >= self._most
        self._calls[who] = calls if too_many else [*calls, now]
        return too_many


class Pulling:
    """`/so-lieu/<word>.csv`. Nothing of the word is logged; what it shows is what its maker sees by now."""

    def __init__(self, settings: Settings, database: Database, clock: Clock, *, day_start: time) -> None:
        self._settings = settings
        self._database = database
        self._clock = clock
        self._day_start = day_start
        self._of_address, self._of_place = Often(MOST), Often(MOST)
        self._fresh: dict[tuple[int, ...], _Pulled] = {}

    def routes(self) -> list[web.AbstractRouteDef]:
        """What is served."""
        return [web.get(f"{ADDRESS}/{{word:[A-Za-z0-9_-]{{1,100}}}}.csv", self.totals)]

    async def totals(self, request: web.Request) -> web.Response:
        """The totals; 404 where there is no such address, or its maker sees nothing any more; 429 too often."""
        now, word = self._clock.now(), request.match_info["word"]
        place = callers.place_of(callers.address_of(request, self._settings.trusted_proxies))
        found = await self._database.read(partial(self._allowed, word=word, now=now))
        if found is None:
            if self._of_place.is_too(place, now):
                return _too_often()
            return web.Response(status=404, text=plain("pulls.over"))
        pull, communes, noted = found
        if self._of_address.is_too(str(pull), now):
            return _too_often()
        if noted is None or now - noted > _NOTED:
            await self._database.write(partial(pulls.note_use, id=pull, at=now))
        body = await self._body(communes, now)
        headers = {"Cache-Control": f"private, max-age={FRESH.seconds}", "X-Robots-Tag": "noindex"}
        return web.Response(body=body, content_type="text/csv", charset="utf-8", headers=headers)

    def _allowed(
        self, tx: Transaction, *, word: str, now: datetime
    ) -> tuple[int, tuple[int, ...], datetime | None] | None:
        """The address, the communes that it shows, and when it was last used; None: it is nobody's."""
        pull = pulls.of_word(tx, word)
        person = people.by_id(tx, pull.person) if pull is not None else None
        if pull is None or person is None or person.role not in OFFICERS or not people.takes_part(tx, person.id):
            return None
        day = calendar.current(tx, self._day_start).work_day(now)
        communes = tuple(place.id for place in facts.visible(tx, person, day))
        return (pull.id, communes, pull.used_at) if communes else None

    async def _body(self, communes: tuple[int, ...], now: datetime) -> bytes:
        known = self._fresh.get(communes)
        if known is not None and timedelta(0) <= now - known.at < FRESH:
            return known.body
        body = await self._database.read(partial(rows, communes=communes, day_start=self._day_start, now=now))
        if len(self._fresh) >= _KNOWN_MOST:
            self._fresh.clear()
        self._fresh[communes] = _Pulled(body, now)
        return body


def rows(tx: Transaction, *, communes: tuple[int, ...], day_start: time, now: datetime) -> bytes:
    """A line for each of these communes. Numbers are plain, since formulas read them; a share is as people write."""
    days = calendar.current(tx, day_start)
    chosen = [place for place in all_communes.every(tx) if place.id in communes]
    board = facts.board(tx, chosen, days.work_day(now), finished=False)
    others: Mapping[str, str] = {name: words for name, words in texts.OUTCOMES.items() if name != "activated"}
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*plain("pulls.columns").split("|"), *map(texts.upper_first, others.values())])
    for row in board.rows:
        standing = row.standing
        numbers = [standing.target, standing.baseline, standing.bot, standing.done]
        share = percent(standing.done, standing.target) if standing.target else ""
        moment = f"{days.local(now):%Y-%m-%d %H:%M}"
        names = [as_text(row.commune.code), as_text(facts.short(row.commune))]
        rest = [standing.counts.get(outcome, 0) for outcome in others]
        writer.writerow([*names, *numbers, share, standing.left, standing.phones_today, moment, *rest])
    return out.getvalue().encode()


def _too_often() -> web.Response:
    return web.Response(status=429, text=plain("pulls.too_often"), headers={"Retry-After": "60"})
