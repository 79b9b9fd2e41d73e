"""The HTTP server: one for the web chat, webhooks, health and metrics."""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Iterable

from aiohttp import web

from bot.config import Web as Settings
from bot.trouble import ChannelRefused, where_raised
from bot.web import doorway
from handlers.texts import plain

log = logging.getLogger(__name__)
BODY_MOST = 64 * 1024  # bytes of a request
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
        "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",  # with no-referrer browsers send forms with the origin "null"
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
Handle = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """Listens where the settings say."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._app = web.Application(middlewares=[_guarded], client_max_size=BODY_MOST)
        self._app.on_response_prepare.append(_add_headers)
        self._runner: web.AppRunner | None = None
        self.port = settings.port

    @property
    def url(self) -> str:
        """Under which address people reach it; known once it listens."""
        return self._settings.public_url.rstrip("/") or f"http://{_in_address(self._settings.host)}:{self.port}"

    @property
    def listens(self) -> bool:
        """Whether it takes connections."""
        return self._runner is not None and bool(self._runner.addresses)

    def add(self, routes: Iterable[web.AbstractRouteDef]) -> None:
        """Serves these routes."""
        self._app.add_routes(routes)

    def takes_posts(self, path: str) -> bool:
        """Whether something is posted to this path already."""
        return any(
            route.method == "POST" and route.resource is not None and route.resource.canonical == path
            for route in self._app.router.routes()
        )

    def on_stop(self, close: Callable[[], Awaitable[None]]) -> None:
        """Calls this when the server stops, before its connections are cut."""

        async def closing(_: web.Application) -> None:
            await close()

        self._app.on_shutdown.append(closing)

    async def start(self) -> None:
        """Listens from now on.

        Raises:
            ChannelRefused: the port is taken or not ours to use.
        """
        # No access log: addresses hold join codes.
        self._runner = doorway.Doorway(
            self._app, most=doorway.most_connections(), access_log=None, handle_signals=False, shutdown_timeout=2
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._settings.host, self._settings.port)
        try:
            await site.start()
        except OSError as error:
            await self.stop()
            raise ChannelRefused(
                f"cannot listen on {self._settings.host}:{self._settings.port} ({os.strerror(error.errno or 0)}): "
                "stop what uses it, or set BACUNG_WEB__PORT"
            ) from None
        self.port = self._runner.addresses[0][1]
        log.info("web: listening on %s port %s", self._settings.host, self.port)

    async def stop(self) -> None:
        """Closes all connections."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None


def _in_address(host: str) -> str:
    if host in ("0.0.0.0", "::", ""):  # everywhere: this machine finds it here
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


async def _add_headers(_: web.Request, response: web.StreamResponse) -> None:
    response.headers["Server"] = doorway.NAME
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)


@web.middleware
async def _guarded(request: web.Request, handler: Handle) -> web.StreamResponse:
    """An error in a page is logged by its kind and place; what the browser gets says nothing of it."""
    doorway.bound_body(request)
    try:
        return await handler(request)
    except (web.HTTPException, asyncio.CancelledError, ConnectionError):
        raise
    except Exception as error:
        log.error("web: %s", where_raised(error))
        return web.Response(status=500, text=plain("web.error"))
