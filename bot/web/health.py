"""Whether the bot is well: for monitors and for Prometheus."""

from typing import Any

from aiohttp import web

from bot.config import Web as Settings
from bot.monitor import Monitor
from bot.web import callers
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.running import channels, failures
from storage.talk import unsaid


class Health:
    """`/healthz`: it works, or what does not; `/readyz`: it takes messages; `/metrics`: counts."""

    def __init__(self, settings: Settings, database: Database, monitor: Monitor) -> None:
        self._settings = settings
        self._database = database
        self._monitor = monitor

    def routes(self) -> list[web.AbstractRouteDef]:
        """What is served."""
        return [
            web.get("/healthz", self.healthz),
            web.get("/readyz", self.readyz),
            web.get("/metrics", self.metrics),
        ]

    async def healthz(self, _: web.Request) -> web.Response:
        """200 while nothing is wrong with storage, else 503; what is wrong stands in the JSON."""
        return _answer(self._monitor.wrong)

    async def readyz(self, _: web.Request) -> web.Response:
        """As healthz, having read the database just now; with the channels, of which any may be down for a while.

        `outbox`: what is to be sent by class, how much of it may have been said already, what ended unsaid, and
        in how many chats (`in_vain`) something was tried in vain.
        """
        wrong = self._monitor.wrong
        states: dict[str, Any] = {}
        out: dict[str, Any] = {}
        try:
            known, standing = await self._database.read(lambda tx: (channels.all_of(tx), unsaid.standing(tx)))
            for state in known:
                states[state.name] = {"up": state.up, "detail": state.detail}
            out = {"waiting": standing.waiting, "doubtful": standing.doubtful, "unsaid": standing.unsaid}
            out["in_vain"] = standing.in_vain
        except StorageError as error:
            wrong["storage"] = str(error)
        return _answer(wrong, channels=states, outbox=out)

    async def metrics(self, request: web.Request) -> web.Response:
        """Counts, for this machine alone unless set otherwise."""
        allowed = self._settings.metrics
        if allowed == "off":
            raise web.HTTPNotFound
        if allowed == "loopback" and not callers.is_this_machine(request):
            raise web.HTTPForbidden(
                text="metrics are for this machine only, and not through a proxy: ask 127.0.0.1 itself, "
                'or set web.metrics = "all" to open them'
            )
        standing, failed = await self._database.read(lambda tx: (unsaid.standing(tx), failures.count(tx)))
        for name, n in standing.waiting.items():
            self._monitor.waiting.labels(name).set(n)
        for name, n in standing.unsaid.items():
            self._monitor.unsaid.labels(name).set(n)
        self._monitor.doubtful.set(standing.doubtful)
        self._monitor.failures.set(failed)
        return web.Response(body=self._monitor.exposition(), content_type="text/plain", charset="utf-8")


def _answer(wrong: dict[str, str], **more: Any) -> web.Response:
    body = {"status": "error" if wrong else "ok", "wrong": wrong, **more}
    return web.json_response(body, status=503 if wrong else 200, headers={"Cache-Control": "no-store"})
