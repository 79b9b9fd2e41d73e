"""HTTP to a platform by aiohttp: one session, answers of bounded length, errors that tell what may have happened."""

import asyncio
import math
import socket
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

import aiohttp

from bot.lean import give_back

CALL_MOST = 2**20  # bytes of an answer to a call; the longest that a platform means has some 60,000
CONNECT = 10.0  # seconds
_SHORT = 2**14  # bytes of an answer, of which many are read side by side; longer ones one after the other
_KEEP_ALIVE = 15.0  # seconds: shorter than any server's, so that a request never meets a connection just closed
_CONNECTIONS = 64
_LONGEST_WAIT = 3600.0  # seconds that a platform may tell us to wait before we look again


Dated = Callable[[datetime | None], None]  # hears which time a platform says it is; None: it answers without a date
Asks = Callable[[], Dated]  # called when something is asked


class Unreached(Exception):
    """The request never left whole: it was surely not carried out."""


class Unanswered(Exception):
    """The request was sent, but no answer that can be read came: it may have been carried out."""


class TooLong(Unanswered):
    """The answer has no end, or a later one than any that is meant."""


class Http:
    """Requests to one platform."""

    def __init__(self, proxy: str | None = None, *, asks: Asks = lambda: unheard) -> None:
        """What `asks` returns hears the date of the answer, where that is the platform's own: JSON, and no refusal."""
        self._proxy = proxy
        self._asks = asks
        self._session: aiohttp.ClientSession | None = None
        self._long: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)  # by how long they may be

    async def post(
        self,
        url: str,
        *,
        read: float,
        data: aiohttp.FormData | bytes | None = None,
        headers: Mapping[str, str] | None = None,
        most: int = CALL_MOST,
    ) -> tuple[int, bytes]:
        """The status and the body; `read`: seconds to wait for the answer, `most`: bytes that it may have.

        Raises:
            Unreached, Unanswered, TooLong: as their names say.
        """
        # In all as well: an answer that comes letter by letter would hold its chat up for ever.
        timeout = aiohttp.ClientTimeout(sock_connect=CONNECT, sock_read=read, total=CONNECT + 2 * read)
        upload = aiohttp.UploadTracker()
        dated = self._asks()
        try:
            async with self._opened().post(
                url,
                data=data,
                headers=headers,
                timeout=timeout,
                proxy=self._proxy,
                allow_redirects=False,
                upload_tracker=upload,
            ) as response:
                if response.ok and response.content_type == "application/json":
                    dated(_date_in(response.headers.get("Date", "")))
                return response.status, await self._whole(response, most)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            name = type(error).__name__
            raise (Unanswered(name) if _left_whole(upload) else Unreached(name)) from None

    async def close(self) -> None:
        """Closes the session."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=_CONNECTIONS, keepalive_timeout=_KEEP_ALIVE, socket_factory=_modest_socket
            )
            self._session = aiohttp.ClientSession(
                connector=connector, cookie_jar=aiohttp.DummyCookieJar(), read_bufsize=_SHORT // 2
            )
        return self._session

    async def _whole(self, response: aiohttp.ClientResponse, most: int) -> bytes:
        """The body. One that is too long is read no further: of a refusal the status says enough."""
        parts, size = [], 0  # put together once: what grows part by part is moved, and leaves holes as large as itself
        async for part in response.content.iter_any():
            parts.append(part)
            size += len(part)
            if size > _SHORT:
                break
        else:
            return b"".join(parts)
        async with self._long[most]:  # thirty without end at once would be the memory of another bot
            async for part in response.content.iter_any():
                parts.append(part)
                size += len(part)
                if size > most:
                    response.close()
                    parts.clear()  # whoever holds the error holds this frame
                    del part
                    give_back()
                    if response.ok:
                        raise TooLong(f"an answer of more than {most} bytes")
                    return b""
        return b"".join(parts)


def unheard(_: datetime | None) -> None:
    """Nobody compares it."""


@lru_cache(maxsize=8)
def _date_in(said: str) -> datetime | None:
    """The moment of a header, to the second; None where it is none."""
    try:
        at = parsedate_to_datetime(said)
    except (ValueError, OverflowError):
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


def _modest_socket(address: aiohttp.AddrInfoType) -> socket.socket:
    """A socket that takes in no more than is wanted: the event loop would read a quarter of a megabyte at a time."""
    family, kind, protocol, _, _ = address
    made = socket.socket(family, kind, protocol)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _SHORT)
    return made


def _left_whole(upload: aiohttp.UploadTracker) -> bool:
    """Whether all of the request was handed to the network: of less, nobody can have acted on it."""
    done = upload.upload_complete
    return done.done() and not done.cancelled() and done.exception() is None


def seconds_in(said: object) -> float | None:
    """How long a platform says to wait, within bounds; None where what it says makes no sense."""
    if isinstance(said, bool) or not isinstance(said, int | float | str) or (isinstance(said, str) and len(said) > 20):
        return None
    try:
        seconds = float(said)
    except (ValueError, OverflowError):
        return None
    return min(seconds, _LONGEST_WAIT) if seconds > 0 and math.isfinite(seconds) else None
