"""Webhooks: an address to which a platform posts what people say; it is told 200 only once that is committed."""

import hashlib
import hmac
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from pydantic import SecretStr

from bot.channels.json import decoded
from bot.clock import Clock
from storage.engine import steps
from storage.engine.errors import StorageError

log = logging.getLogger(__name__)
LARGEST = 2**20  # bytes of one update: Telegram's longest message has some 50,000
WATCH_EVERY = 300.0  # seconds
_AGAIN = 503  # the platform brings it again
_AFTER = "2"  # seconds: without this Telegram waits twice as long after each try, in the end for minutes
Receive = Callable[[Any], Awaitable[None]]


class Hook:
    """One such address: `url` as the platform is told it, of which our server sees the path."""

    def __init__(self, url: str, secret: str, *, header: str) -> None:
        self.url = url
        self.secret = secret
        self._header = header
        self._receive: Receive | None = None

    @property
    def path(self) -> str:
        """Where it is on our server."""
        return urlsplit(self.url).path

    @property
    def routes(self) -> Iterable[web.AbstractRouteDef]:
        """For the server."""
        return [web.post(self.path, self.handle)]

    @contextmanager
    def taking(self, receive: Receive) -> Iterator[None]:
        """As long as this lasts, `receive` is given what is posted: JSON, or the bytes of what is none."""
        self._receive = receive
        try:
            yield
        finally:
            self._receive = None

    async def handle(self, request: web.Request) -> web.Response:
        """One post. An empty one, by which platforms look whether anybody is there, does nothing."""
        try:
            body = await _bounded(request)
        except (ConnectionError, EOFError, web.RequestPayloadError):  # who posts hung up, or packed it wrongly
            return web.Response(status=400)
        if body is None:
            return web.Response(status=413)
        if not body:
            return web.Response()
        said = request.headers.get(self._header, "").encode("utf-8", "surrogateescape")  # the bytes as they came
        if not hmac.compare_digest(said, self.secret.encode()):
            return web.Response(status=401)
        if self._receive is None:
            return _not_now()
        try:
            await self._receive(_decoded(body))
        except StorageError as error:
            log.warning("webhook: %s", error)
            return _not_now()
        steps.reach("webhook:committed")
        return web.Response()


def _not_now() -> web.Response:
    """The platform has to bring it again, over a new connection: this one may be to a program that is ending."""
    response = web.Response(status=_AGAIN, headers={"Retry-After": _AFTER})
    response.force_close()
    return response


async def _bounded(request: web.Request) -> bytes | None:
    """The body; None where it is too long, of which no more is read than that."""
    length = request.content_length
    if length and "Content-Encoding" not in request.headers:  # packed, it has another length than it says
        return None if length > LARGEST else await request.content.readexactly(length)
    body = bytearray()
    async for part in request.content.iter_any():
        body += part
        if len(body) > LARGEST:
            return None
    return bytes(body)


def _decoded(body: bytes) -> object:
    """The JSON; where it is none, what came, as text, which nobody can read either."""
    try:
        return decoded(body)
    except (ValueError, RecursionError):
        return body.decode("utf-8", "replace")


def secret_of(secret: SecretStr | None, token: SecretStr) -> str:
    """What proves a post to be the platform's: the one that is set, else one that only who knows the token can make."""
    if secret is not None:
        return secret.get_secret_value()
    return hashlib.blake2b(b"webhook", key=token.get_secret_value().encode()[:64], digest_size=32).hexdigest()


async def watch(
    clock: Clock, look: Callable[[], Awaitable[str | None]], tell: Callable[[str], Awaitable[object]], known: str = ""
) -> None:
    """While posts come by themselves, for ever: looks now and then whether they still can.

    `look` says what is wrong ('' nothing, None where nobody can say now); `tell` hears it when it changes from what is
    `known`.
    """
    while True:
        await clock.sleep(WATCH_EVERY)
        wrong = await look()
        if wrong is not None and wrong != known:
            await tell(wrong)
            known = wrong
