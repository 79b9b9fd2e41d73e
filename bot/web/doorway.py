"""Connections to the web port: only so many, for only so long without a request, and silent about what serves them.

Whoever opens more than there is room for takes the place of those who ask for nothing, never of files and connections
that the bot itself needs: Telegram is heard whatever comes to this port.
"""

import asyncio
import logging
import sys
from typing import Any

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from bot.trouble import where_raised

try:
    import resource
except ImportError:  # not on every system
    resource = None  # type: ignore[assignment]

log = logging.getLogger(__name__)
MOST = 6000  # connections
REQUEST_SECONDS = 20.0  # until a request is there whole, but for its body; and between two of them
BODY_SECONDS = 60.0
NAME = "Bacung"  # in the header `Server`: no versions
_OWN_FILES = 200  # of the bot itself: database, platforms, pictures
_FILES = MOST + _OWN_FILES
_ROOM_AT_ONCE = 32


def most_connections() -> int:
    """How many connections there is room for; the system is asked for enough files first."""
    if resource is None:
        return MOST
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return MOST if soft == resource.RLIM_INFINITY else max(1, min(MOST, soft - _OWN_FILES))


class _Visit(RequestHandler):
    """One connection."""

    __slots__ = ()

    @property
    def asks_nothing(self) -> bool:
        """Whether no request is being answered, and no socket of the chat is open."""
        return self._waiter is not None

    def handle_error(
        self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        """What was no request, or went wrong: the log gets its kind alone, since headers hold codes and sessions."""
        log.info("web: %s %s", status, type(exc).__name__)
        response = super().handle_error(request, status, None, None if status == 500 else "Bad Request")
        response.headers["Server"] = NAME
        return response

    def log_exception(self, *_: Any, **more: Any) -> None:
        """Likewise."""
        error = more.get("exc_info") or sys.exc_info()[1]
        if isinstance(error, Exception):
            gone = isinstance(error, ConnectionError | web.RequestPayloadError)  # who asked hung up
            log.log(logging.INFO if gone else logging.ERROR, "web: %s", where_raised(error))


class _Doorway(web.Server):
    """All connections; `most` at a time."""

    def __init__(self, made: web.Server, most: int) -> None:
        super().__init__(
            made.request_handler,
            request_factory=made.request_factory,
            handler_cancellation=made.handler_cancellation,
            loop=made._loop,
            **made._kwargs,
        )
        self._most = most

    def __call__(self) -> RequestHandler:
        return _Visit(self, loop=self._loop, **self._kwargs)

    def connection_made(self, handler: RequestHandler, transport: asyncio.Transport) -> None:
        """Somebody came: where there is no room, those who have asked for nothing the longest go, else the newcomer."""
        if len(self._connections) >= self._most:
            idle = [visit for visit in self._connections if isinstance(visit, _Visit) and visit.asks_nothing]
            for visit in idle[:_ROOM_AT_ONCE]:
                self._cut(visit)
            if not idle:
                transport.abort()
                return
        super().connection_made(handler, transport)

    def _cut(self, visit: RequestHandler) -> None:
        transport = self._connections.pop(visit, None)
        if transport is not None:
            transport.abort()


class Doorway(web.AppRunner):
    """Runs an application behind such a door."""

    def __init__(self, app: web.Application, *, most: int, **more: Any) -> None:
        super().__init__(app, keepalive_timeout=REQUEST_SECONDS, **more)
        self._most = most

    async def _make_server(self) -> web.Server:
        return _Doorway(await super()._make_server(), self._most)


def bound_body(request: web.Request) -> None:
    """Cuts the connection where the body of its request has not come whole in time."""
    if request.can_read_body:
        request.task.get_loop().call_later(BODY_SECONDS, _cut_unread, request)


def _cut_unread(request: web.Request) -> None:
    if request.transport is not None and not request.content.is_eof():
        request.transport.abort()
