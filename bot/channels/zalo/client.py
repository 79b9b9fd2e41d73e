"""Calls of Zalo's Bot API, and what an answer of it is."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.http import Asks, Http, Unanswered, unheard
from bot.channels.json import decoded

_READ = 20.0
_JSON = {"Content-Type": "application/json"}
OK = 200
UNEXPLAINED = 0  # the code of a refusal that gives none
ELSEWHERE = 600  # the code where not Zalo refuses, but something on the way: a proxy, a check of browsers
_ENVELOPE = frozenset({"ok", "error_code", "errorCode"})
_BY_STATUS = (401, 408, 429)  # what means the same, whoever says it


@dataclass(frozen=True, slots=True)
class Answer:
    """What Zalo says to a call. `code`: 200, or the error's, which Zalo also puts into answers of HTTP 200."""

    code: int
    result: Any = None
    description: str = ""


class Client:
    """Calls of one bot."""

    def __init__(self, base_url: str, token: str, *, asks: Asks = lambda: unheard) -> None:
        self._address = f"{base_url.rstrip('/')}/bot{token}"
        self._http = Http(asks=asks)

    async def call(self, method: str, parameters: Mapping[str, Any], *, read: float = _READ) -> Answer:
        """One call; `read`: seconds to wait for the answer.

        Raises:
            Unreached, Unanswered: as their names say.
        """
        said = _encoded(parameters).encode("utf-8", "replace")
        return answer_in(*await self._http.post(f"{self._address}/{method}", read=read, data=said, headers=_JSON))

    async def close(self) -> None:
        """Closes the session."""
        await self._http.close()


_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


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
        return Answer(status if by_status else ELSEWHERE)
    return Answer(_code(said, status), description=str(said.get("description", ""))[:200])


def _code(said: Mapping[str, Any], status: int) -> int:
    """The error's code: in the envelope, under either name, else the HTTP status."""
    for code in (said.get("error_code"), said.get("errorCode"), status):
        digits = str(code)
        if digits.isascii() and digits.isdigit() and 0 < int(digits[:9]) != OK:
            return int(digits[:9])
    return UNEXPLAINED
