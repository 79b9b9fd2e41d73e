"""Connections that go wrong after a request was read: no answer, half an answer, or one without end."""

import asyncio
from contextlib import suppress

from aiohttp import web

from .calls import Call

SILENCES = ("hang", "half_close", "endless")
_PIECE = b" " * 2**16


async def never(request: web.BaseRequest) -> web.Response:
    """Says nothing for ever: until the client goes away, which cancels it."""
    await asyncio.Event().wait()
    return web.Response()


async def half_closed(request: web.BaseRequest) -> web.Response:
    """Closes the way out and keeps the way in."""
    if request.transport is not None and request.transport.can_write_eof():
        request.transport.write_eof()
    await asyncio.sleep(0.2)
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def endless(request: web.BaseRequest, call: Call) -> web.StreamResponse:
    """Answers with 200 and spaces, as fast as they are read, and counts them."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    with suppress(ConnectionError):
        await response.prepare(request)
        while True:
            await response.write(_PIECE)
            call.served += len(_PIECE)
    return response
