"""HTTP for python-telegram-bot over our own session; what answers say beside their result is read with sense."""

import json
from collections.abc import Mapping
from typing import Any

import aiohttp
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

from bot.channels import http
from bot.channels.http import Http, seconds_in
from bot.channels.json import decoded

_DEFAULT_READ = 20.0
_JSON = {"Content-Type": "application/json"}
_TOO_LARGE = 413  # means the same, whoever says it
_LARGEST_ID = 2**63


class Unreached(NetworkError):
    """The request never left whole: it was surely not carried out."""


class Unanswered(NetworkError):
    """The request was sent, but no answer came, or only a server's error: it may have been carried out."""


class AiohttpRequest(BaseRequest):
    """python-telegram-bot's requests over one aiohttp session."""

    def __init__(self, proxy: str | None = None, *, asks: http.Asks = lambda: http.unheard) -> None:
        self._http = Http(proxy, asks=asks)

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer."""
        return _DEFAULT_READ

    async def initialize(self) -> None:
        """The session opens with the first request."""

    async def shutdown(self) -> None:
        """Closes the session."""
        await self._http.close()

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
        try:
            status, body = await self._http.post(url, read=read, data=data, headers=headers)
        except http.Unreached as error:
            raise Unreached(str(error)) from None
        except http.Unanswered as error:
            raise Unanswered(str(error)) from None
        if status < 300:
            return status, body
        if status >= 500:  # also of a gateway that lost the answer to what was done behind it
            raise Unanswered(f"server error {status}")
        said = envelope_in(body)
        if said is None and status != _TOO_LARGE:
            raise NetworkError(f"{status}, but not from Telegram")
        return status, _sensible(said or {})

    async def call(self, url: str, parameters: Mapping[str, Any]) -> Any:
        """The result of a method, as plain JSON.

        Raises:
            TelegramError: as the library tells its kinds apart.
        """
        return await self.post(url, parameters)  # type: ignore[arg-type] # handed on to do_request as it is

    async def fetch(
        self, url: str, parameters: Mapping[str, Any], read_timeout: float, *, most: int = http.CALL_MOST
    ) -> tuple[int, bytes]:
        """The same for a call whose answer is wanted raw, of at most so many bytes.

        Raises:
            http.Unreached, http.Unanswered, http.TooLong: as their names say.
        """
        return await self._http.post(url, read=read_timeout, data=_json(parameters), headers=_JSON, most=most)


_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def envelope_in(body: bytes) -> dict[str, Any] | None:
    """What Telegram says in a body; None where something on the way answered instead of it."""
    try:
        said = decoded(body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) and "ok" in said else None


def _sensible(said: Mapping[str, Any]) -> bytes:
    """A refusal with nothing in it that the library would stumble over: a wait within bounds, an id that is one."""
    kept: dict[str, Any] = {"ok": False, "description": str(said.get("description") or "")}
    parameters = said.get("parameters")
    if isinstance(parameters, dict):
        wait, moved = seconds_in(parameters.get("retry_after")), parameters.get("migrate_to_chat_id")
        sound = isinstance(moved, int) and not isinstance(moved, bool) and 0 < abs(moved) < _LARGEST_ID
        kept["parameters"] = ({"retry_after": wait} if wait else {}) | ({"migrate_to_chat_id": moved} if sound else {})
    return _encoded(kept).encode("utf-8", "replace")


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
