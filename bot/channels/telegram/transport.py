"""Calls of Telegram's Bot API over our own session; what its answers say beside their result is read with sense."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from mimetypes import guess_type
from typing import Any, BinaryIO

import aiohttp

from bot.channels import http
from bot.channels.http import Http, Unanswered, seconds_in
from bot.channels.json import decoded

_DEFAULT_READ = 20.0
_JSON = {"Content-Type": "application/json"}
_TOO_LARGE = 413  # means the same, whoever says it
_LARGEST_ID = 2**63
_ANYTHING = "application/octet-stream"


class NotTelegram(Exception):
    """The call was refused, but not by Telegram: by a proxy, or a check of browsers. It was not carried out."""


class Declined(Exception):
    """Telegram refuses a call, which it has not carried out: https://core.telegram.org/bots/api#making-requests.

    `wait`: seconds, where it says for how long; `moved_to`: where the chat goes on, where it says that it does.
    """

    def __init__(self, status: int, words: str, *, wait: float | None = None, moved_to: int | None = None) -> None:
        super().__init__(f"{status} {words}")
        self.status = status
        self.words = words
        self.wait = wait
        self.moved_to = moved_to


@dataclass(frozen=True, slots=True)
class Upload:
    """What goes up with a call: under which parameter, by which name, and what is in it, or where that is read."""

    parameter: str
    name: str
    content: bytes | BinaryIO


class Calls:
    """Calls of the methods of one bot."""

    def __init__(self, address: str, proxy: str | None = None, *, asks: http.Asks = lambda: http.unheard) -> None:
        """`address`: of the bot, with its token; a method's name comes behind it."""
        self._address = address
        self._http = Http(proxy, asks=asks)

    async def close(self) -> None:
        """Closes the session; the first call opens it."""
        await self._http.close()

    async def call(
        self, method: str, parameters: Mapping[str, Any], *, upload: Upload | None = None, read: float | None = None
    ) -> Any:
        """The result of a method, as plain JSON; `read`: seconds to wait for it.

        Raises:
            http.Unreached, http.Unanswered, Declined, NotTelegram: as their names say.
        """
        data, headers = (_json(parameters), _JSON) if upload is None else (_form(parameters, upload), None)
        url, seconds = f"{self._address}/{method}", _DEFAULT_READ if read is None else read
        status, body = await self._http.post(url, read=seconds, data=data, headers=headers)
        if status >= 500:  # also of a gateway that lost the answer to what was done behind it
            raise Unanswered(f"server error {status}")
        said = envelope_in(body)
        if status < 300:
            if said is None or "result" not in said:
                raise Unanswered("an answer that is none")
            return said["result"]
        if said is None and status != _TOO_LARGE:
            raise NotTelegram(f"{status}, but not from Telegram")
        raise _declined(status, said or {})

    async def fetch(
        self, method: str, parameters: Mapping[str, Any], read: float, *, most: int = http.CALL_MOST
    ) -> tuple[int, bytes]:
        """The same for a call whose answer is wanted raw, of at most so many bytes.

        Raises:
            http.Unreached, http.Unanswered, http.TooLong: as their names say.
        """
        url = f"{self._address}/{method}"
        return await self._http.post(url, read=read, data=_json(parameters), headers=_JSON, most=most)


_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def envelope_in(body: bytes) -> dict[str, Any] | None:
    """What Telegram says in a body; None where something on the way answered instead of it."""
    try:
        said = decoded(body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) and "ok" in said else None


def _declined(status: int, said: Mapping[str, Any]) -> Declined:
    """A refusal, with a wait within bounds, and an id that is one."""
    words, parameters = str(said.get("description") or ""), said.get("parameters")
    if not isinstance(parameters, dict):
        return Declined(status, words)
    moved = parameters.get("migrate_to_chat_id")
    sound = isinstance(moved, int) and not isinstance(moved, bool) and 0 < abs(moved) < _LARGEST_ID
    return Declined(status, words, wait=seconds_in(parameters.get("retry_after")), moved_to=moved if sound else None)


def _json(parameters: Mapping[str, Any]) -> bytes:
    """Parameters as a JSON body: a fifth of the work of a form, in which every Vietnamese letter is escaped."""
    return _encoded(parameters).encode("utf-8", "replace")


def _form(parameters: Mapping[str, Any], upload: Upload) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)  # or `tổng.xlsx` would arrive as `t%E1%BB%95ng.xlsx`
    for name, value in parameters.items():
        said = value if isinstance(value, str) else _encoded(value)
        form.add_field(name, said.encode("utf-8", "replace").decode())
    kind = guess_type(upload.name)[0] or _ANYTHING
    content = BytesIO(upload.content) if isinstance(upload.content, bytes) else upload.content  # sent piece by piece
    form.add_field(upload.parameter, content, filename=upload.name, content_type=kind)
    return form
