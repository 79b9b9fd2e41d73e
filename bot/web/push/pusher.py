"""Who is told that something is there for them, and when: once for a burst, only while no page of theirs is in sight.

A push is how the web chat sends, never a second copy: what is told of stands in a room, and is told of until it was
read, shown on a page, or taken by the push service. That is worked out from what storage has; here is only kept who is
to be looked at, and when.
"""

import asyncio
import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bot.clock import Clock
from bot.monitor import Monitor
from bot.trouble import pause_after, where_raised
from bot.web.chat.hub import Hub
from bot.web.push import lines
from bot.web.push.lines import Line
from bot.web.push.sealing import Sealer
from bot.web.push.service import Answer, Answered, Service
from storage.campaign import people as everybody
from storage.engine import steps
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.transaction import Transaction
from storage.webchat import endpoints, unseen
from storage.webchat.endpoints import Endpoint

log = logging.getLogger(__name__)
GATHER = 3.0  # seconds: what comes together is told together, and a page that is loaded anew has time to come back
IN_SIGHT = 40.0  # seconds after which a page that was said to be in sight is known to have been: its socket lives
REST = 20.0  # seconds between two pushes to somebody
AT_ONCE = 16
_PAUSES = (15.0, 60.0, 180.0, 600.0, 1800.0)  # seconds between tries of what a push service did not take; then none
_DAY = 24 * 3600.0
_LONGEST_WAIT = 30.0


@dataclass(frozen=True, slots=True)
class _Look:
    """Somebody is to be looked at. `since`: when the news came; `silent`: without sound."""

    at: float
    since: float
    silent: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """What there is for a browser: the line that it is to show, if any, and until which post that is said."""

    endpoint: Endpoint
    line: Line | None
    upto: int


class Pusher:
    """One for the whole web chat."""

    def __init__(
        self,
        database: Database,
        hub: Hub,
        clock: Clock,
        monitor: Monitor,
        sealer: Sealer,
        service: Service,
        *,
        trial: bool,
    ) -> None:
        """`trial`: it is a demonstration, and says so."""
        self._database = database
        self._hub = hub
        self._clock = clock
        self._monitor = monitor
        self._sealer = sealer
        self._service = service
        self._trial = trial
        self._looks: dict[int, _Look] = {}  # by person
        self._rests: dict[int, float] = {}  # by person: no push before
        self._failed: dict[int, int] = {}  # by device: tries in vain
        self._under_way: dict[int, asyncio.Task[None]] = {}  # by device
        self._places = asyncio.Semaphore(AT_ONCE)
        self._news = asyncio.Event()

    def news(self, people: Iterable[int], *, silent: bool = False) -> None:
        """Something was posted in these people's rooms."""
        now = self._clock.monotonic()
        for person in people:
            known = self._looks.get(person)
            at = min(known.at, now + GATHER) if known is not None else now + GATHER
            self._looks[person] = _Look(at, now, silent and (known is None or known.silent))
        self._news.set()

    def left(self, person: int) -> None:
        """None of somebody's pages is in sight any more: what they have not read may need a push."""
        now = self._clock.monotonic()
        known = self._looks.get(person)
        if known is not None:
            self._looks[person] = _Look(now + GATHER, known.since, known.silent)
            self._news.set()

    async def run(self) -> None:
        """Tells people, for ever."""
        failed, tidied = 0, None
        try:
            while True:
                self._news.clear()
                now = self._clock.monotonic()
                try:
                    if tidied is None or now - tidied > _DAY:
                        await self._tidy(first=tidied is None)
                        tidied = now
                    await self._look()
                    failed = 0
                except StorageError as error:
                    log.warning("push: %s", error)
                    await self._clock.sleep(pause_after(failed))
                    failed += 1
                    continue
                await self._clock.wait(self._news, self._wait())
        finally:
            for task in self._under_way.values():
                task.cancel()
            await asyncio.gather(*self._under_way.values(), return_exceptions=True)
            await self._service.close()

    def _wait(self) -> float:
        now = self._clock.monotonic()
        return min((max(look.at - now, 0.01) for look in self._looks.values()), default=_LONGEST_WAIT)

    async def _tidy(self, *, first: bool) -> None:
        """Endpoints go with their devices. At the start nobody knows who was told: pages have time to come back."""
        await self._database.write(partial(endpoints.forget_dead, now=self._clock.now()))
        if first:
            now = self._clock.monotonic()
            for person in await self._database.read(endpoints.people):
                self._looks.setdefault(person, _Look(now + IN_SIGHT, now - IN_SIGHT, True))

    async def _look(self) -> None:
        now = self._clock.monotonic()
        ripe = {person: look for person, look in self._looks.items() if look.at <= now}
        if not ripe:
            return
        found = await self._database.read(partial(self._found, people=ripe.keys()))
        for person, look in ripe.items():
            if self._looks.get(person) is look:  # nothing has come meanwhile
                del self._looks[person]
        shown = [one for one in found if one.line is not None and self._settles(one, one.line, ripe, now)]
        if shown:
            await self._database.write(partial(_settle, shown=shown))

    def _settles(self, found: _Found, line: Line, ripe: Mapping[int, _Look], now: float) -> bool:
        """Pushes what is there for a browser, or has it looked at again; whether it was shown on a page long enough."""
        person, device = found.endpoint.person, found.endpoint.device
        look, rest = ripe[person], self._rests.get(device, 0)
        if self._hub.is_in_sight(person):
            if now - look.since >= IN_SIGHT:
                return True
            self._again(person, look.since + IN_SIGHT, look)
        elif device in self._under_way:
            self._again(person, now + 1, look)
        elif now < rest:
            self._again(person, rest, look)
        else:
            self._rests[device] = now + REST
            self._under_way[device] = asyncio.create_task(self._push(found, line, look))
        return False

    def _again(self, person: int, at: float, look: _Look) -> None:
        """Somebody is looked at once more, or sooner where something has come meanwhile."""
        known = self._looks.get(person)
        if known is None or at < known.at:
            since = look.since if known is None else known.since
            self._looks[person] = _Look(at, since, look.silent and (known is None or known.silent))
            self._news.set()

    async def _push(self, found: _Found, line: Line, look: _Look) -> None:
        device = found.endpoint.device
        try:
            async with self._places:
                answered = await self._answer(found.endpoint, line, look)
            steps.reach("push:sent")
            self._monitor.pushed(answered.answer.value)
            await self._carry_out(found, answered, look)
        except StorageError as error:
            log.warning("push: %s", error)
            self._try_again(found.endpoint, look, None)
        except Exception as error:  # a bug there must not end the loop
            log.error("push: %s", where_raised(error))
        finally:
            del self._under_way[device]

    async def _answer(self, endpoint: Endpoint, line: Line, look: _Look) -> Answered:
        text = lines.packed(line, silent=look.silent, trial=self._trial)
        try:
            letter = await self._sealer.sealed(endpoint, text, now=self._clock.now().timestamp())
        except ValueError:  # keys that are on no curve
            return Answered(Answer.GONE)
        urgent = lines.is_urgent(line) and not look.silent
        return await self._service.send(letter, lasts=lines.lasts(line), urgent=urgent, topic=line.value)

    async def _carry_out(self, found: _Found, answered: Answered, look: _Look) -> None:
        endpoint = found.endpoint
        match answered.answer:
            case Answer.GONE:
                await self._database.write(partial(endpoints.forget, device=endpoint.device, url=endpoint.url))
            case Answer.LATER if self._failed.get(endpoint.device, 0) < len(_PAUSES):
                self._try_again(endpoint, look, answered.after)
                return
            case _:
                await self._database.write(partial(_settle, shown=[found]))
        self._failed.pop(endpoint.device, None)

    def _try_again(self, endpoint: Endpoint, look: _Look, after: float | None) -> None:
        device, now = endpoint.device, self._clock.monotonic()
        failed = self._failed[device] = self._failed.get(device, 0) + 1
        pause = _PAUSES[min(failed, len(_PAUSES)) - 1]
        self._rests[device] = now + max(pause, after or 0)
        self._again(endpoint.person, self._rests[device], look)

    # On a reader's thread, or the writer's

    def _found(self, tx: Transaction, *, people: Collection[int]) -> list[_Found]:
        newest = unseen.newest(tx)
        found = []
        for endpoint in endpoints.of_people(tx, people, self._clock.now()):
            person = everybody.by_id(tx, endpoint.person)
            posts = unseen.by(tx, endpoint.person, endpoint.upto)
            found.append(_Found(endpoint, lines.of(posts, person.name) if person is not None else None, newest))
        return found


def _settle(tx: Transaction, *, shown: Sequence[_Found]) -> None:
    for found in shown:
        endpoints.settle(tx, found.endpoint.device, found.endpoint.url, found.upto)
