"""HTTP to Zalo's Bot API by aiohttp: one session, and errors that tell whether a request was ever sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.channels.json import decoded

_KEEP_ALIVE = 15.0  # seconds: shorter than any server's, so that a request never meets a connection just closed
_CONNECTIONS = 64
_READ = 20.0
_CONNECT = 10.0
_NO_CONNECTION = (aiohttp.ClientConnectorError, aiohttp.ClientProxyConnectionError, aiohttp.ConnectionTimeoutError)
OK = 200
UNEXPLAINED = 0  # the code of a refusal that gives none
_ELSEWHERE = 502  # the code where not Zalo answers, but something on the way: a proxy, a check of browsers
_ENVELOPE = frozenset({"ok", "error_code", "errorCode"})
_BY_STATUS = (401, 408, 429)  # what means the same, whoever says it


class Unreached(Exception):
    """No connection came about: the request was surely not carried out."""


class Unanswered(Exception):
    """The request was sent, but no answer that can be read came: it may have been carried out."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What Zalo says to a call. `code`: 200, or the error's, which Zalo also puts into answers of HTTP 200."""

    code: int
    result: Any = None
    description: str = ""


class Client:
    """Calls of one bot."""

    def __init__(self, base_url: str, token: str) -> None:
        self._address = f"{base_url.rstrip('/')}/bot{token}"
        self._session: aiohttp.ClientSession | None = None

    async def call(self, method: str, parameters: Mapping[str, Any], *, read: float = _READ) -> Answer:
        """One call; `read`: seconds to wait for the answer.

        Raises:
            Unreached, Unanswered: as their names say.
        """
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=_CONNECTIONS, keepalive_timeout=_KEEP_ALIVE)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
        # In all as well: an answer that comes letter by letter would hold its chat up for ever.
        timeout = aiohttp.ClientTimeout(sock_connect=_CONNECT, sock_read=read, total=_CONNECT + 2 * read)
        try:
            async with self._session.post(
                f"{self._address}/{method}", json=parameters, timeout=timeout, allow_redirects=False
            ) as response:
                return answer_in(response.status, await response.read())
        except _NO_CONNECTION as error:
            raise Unreached(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unanswered(type(error).__name__) from None

    async def close(self) -> None:
        """Closes the session."""
        if self._session is not None:
            await self._session.close()
            self._session = None


def answer_in(status: int, body: bytes) -> Answer:
    """The answer in a response.

    Raises:
        Unanswered: it says that all went well, but not what came of it.
    """
    try:
        said = decoded(body)
    except (ValueError, RecursionError):
        said = None
    if status == OK and not isinstance(said, dict):
        raise Unanswered("an answer that is none")
    if status == OK and said.get("ok") is not False:
        return Answer(OK, said.get("result", said))
    if not isinstance(said, dict) or not _ENVELOPE & said.keys():
        by_status = status in _BY_STATUS or status >= 500
        return Answer(status if by_status else _ELSEWHERE)
    return Answer(_code(said, status), description=str(said.get("description", ""))[:200])


def _code(said: Mapping[str, Any], status: int) -> int:
    """The error's code: in the envelope, under either name, else the HTTP status."""
    for code in (said.get("error_code"), said.get("errorCode"), status):
        digits = str(code)
        if digits.isascii() and digits.isdigit() and 0 < int(digits[:9]) != OK:
            return int(digits[:9])
    return UNEXPLAINED
