"""HTTP for python-telegram-bot by aiohttp: one session, and errors that tell whether a request was ever sent."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import aiohttp
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

from bot.channels.json import decoded

_KEEP_ALIVE = 15.0  # seconds: shorter than any server's, so that a request never meets a connection just closed
_CONNECTIONS = 64
_DEFAULT_READ = 20.0
_CONNECT = 10.0
_JSON = {"Content-Type": "application/json"}
_TOO_LARGE = 413  # means the same, whoever says it
_NO_CONNECTION = (aiohttp.ClientConnectorError, aiohttp.ClientProxyConnectionError, aiohttp.ConnectionTimeoutError)


class Unreached(NetworkError):
    """No connection came about: the request was surely not carried out."""


class Unanswered(NetworkError):
    """The request was sent, but no answer came: it may have been carried out."""


class AiohttpRequest(BaseRequest):
    """python-telegram-bot's requests over one aiohttp session."""

    def __init__(self, proxy: str | None = None) -> None:
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer."""
        return _DEFAULT_READ

    async def initialize(self) -> None:
        """Opens the session."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=_CONNECTIONS, keepalive_timeout=_KEEP_ALIVE)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def shutdown(self) -> None:
        """Closes the session."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | Mapping[str, Any] | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One request; the status and the body.

        Raises:
            Unreached, Unanswered: as their names say.
            NetworkError: it was refused, but not by Telegram.
        """
        read = read_timeout if isinstance(read_timeout, int | float) else _DEFAULT_READ
        data, headers = _encoded_as(request_data)
        status, body = await self._carry_out(method, url, read, data=data, headers=headers)
        if 300 <= status < 500 and status != _TOO_LARGE and envelope_in(body) is None:
            raise NetworkError(f"{status}, but not from Telegram")
        return status, body

    async def call(self, url: str, parameters: Mapping[str, Any]) -> Any:
        """The result of a method, as plain JSON.

        Raises:
            TelegramError: as the library tells its kinds apart.
        """
        return await self.post(url, parameters)  # type: ignore[arg-type] # handed on to do_request as it is

    async def fetch(self, url: str, parameters: Mapping[str, Any], read_timeout: float) -> tuple[int, bytes]:
        """The same for a call whose answer is wanted raw."""
        return await self._carry_out("POST", url, read_timeout, data=_json(parameters), headers=_JSON)

    async def _carry_out(
        self,
        method: str,
        url: str,
        read: float,
        data: aiohttp.FormData | bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, bytes]:
        timeout = aiohttp.ClientTimeout(sock_connect=_CONNECT, sock_read=read, total=None)
        assert self._session is not None, "initialize() first"
        try:
            async with self._session.request(
                method, url, data=data, headers=headers, timeout=timeout, proxy=self._proxy, allow_redirects=False
            ) as response:
                return response.status, await _whole(response, 2 * read)
        except _NO_CONNECTION as error:
            raise Unreached(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unanswered(type(error).__name__) from None


async def _whole(response: aiohttp.ClientResponse, seconds: float) -> bytes:
    """The body: one that comes letter by letter must not hold its chat up for ever."""
    if response.content.is_eof():  # mostly it came together with the headers, and needs no timer
        return await response.read()
    async with asyncio.timeout(seconds):
        return await response.read()


_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def envelope_in(body: bytes) -> dict[str, Any] | None:
    """What Telegram says in a body; None where something on the way answered instead of it."""
    try:
        said = decoded(body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) and "ok" in said else None


def _encoded_as(
    request_data: RequestData | Mapping[str, Any] | None,
) -> tuple[aiohttp.FormData | bytes | None, Mapping[str, str] | None]:
    """The body and its headers."""
    if request_data is None:
        return None, None
    if not isinstance(request_data, RequestData):
        return _json(request_data), _JSON
    return (_form(request_data), None) if request_data.contains_files else (_json(request_data.parameters), _JSON)


def _json(parameters: Mapping[str, Any]) -> bytes:
    """Parameters as a JSON body: a fifth of the work of a form, in which every Vietnamese letter is escaped."""
    return _encoded(parameters).encode("utf-8", "replace")


def _form(data: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)  # or `tổng.xlsx` would arrive as `t%E1%BB%95ng.xlsx`
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=kind)
    return form
