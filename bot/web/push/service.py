"""The push services of browsers' makers: what is sent there, and to whom nothing is ever sent.

Rule: where a push goes is an address that a browser told us. It is called only over TLS, by name, at the usual port,
and only where that name leads to the public network: nothing of our own network can be reached by it.
"""

import logging
import re
import socket
from dataclasses import dataclass
from enum import Enum
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.channels.http import seconds_in
from bot.web.push.sealing import Letter

log = logging.getLogger(__name__)
LONGEST = 1000  # characters of an address
_SECONDS = 15.0  # for one request, from its beginning to its end
_CONNECT = 8.0
_CONNECTIONS = 32
_READ_MOST = 2048  # bytes of an answer: only its status matters
_GONE = (404, 410)
_LATER = (408, 425, 429)
# By name: the last part of an address that is a number begins with a digit, in whatever way it is written.
_PUBLIC = re.compile(r"https://(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*(?::443)?/[!-~]*", re.IGNORECASE)
_ANY = re.compile(r"https?://[a-z0-9.-]+(?::[0-9]{1,5})?/[!-~]*", re.IGNORECASE)
_TUNNELS = tuple(map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))  # lead to IPv4


class Answer(Enum):
    """What became of a push. `GONE`: the browser is not reached there any more; `REFUSED`: this one never arrives."""

    SENT = "sent"
    GONE = "gone"
    LATER = "later"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer; `after`: seconds that the service says to wait."""

    answer: Answer
    after: float | None = None


def may_be_called(url: str, *, anywhere: bool) -> bool:
    """Whether an address is one that a push may go to. `anywhere`: also in our own network, and without TLS."""
    if len(url) > LONGEST or not url.isascii():
        return False
    return (_ANY if anywhere else _PUBLIC).fullmatch(url) is not None


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public network."""
    known = ip_address(address.partition("%")[0])
    if isinstance(known, IPv6Address):
        if known.ipv4_mapped is not None:
            known = known.ipv4_mapped
        elif any(known in network for network in _TUNNELS):
            return False
    return known.is_global and not known.is_multicast


class _PublicNames(AbstractResolver):
    """Names lead to public addresses, or nowhere. What is looked at here is what is connected to."""

    def __init__(self) -> None:
        self._resolver = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._resolver.resolve(host, port, family)
        public = [one for one in found if is_public(one["host"])]
        if not public:
            raise OSError(None, "no public address")
        return public

    async def close(self) -> None:
        await self._resolver.close()


class Service:
    """Sends pushes; one for all services."""

    def __init__(self, *, anywhere: bool) -> None:
        self._anywhere = anywhere
        self._session: aiohttp.ClientSession | None = None

    async def send(self, letter: Letter, *, lasts: int, urgent: bool, topic: str) -> Answered:
        """Hands over a push; never raises. `lasts`: seconds that the service keeps it for a browser that is away.

        `topic`: it takes the place of one that waits there under the same.
        """
        if not may_be_called(letter.url, anywhere=self._anywhere):
            return Answered(Answer.GONE)
        headers = {
            **letter.headers,
            "Content-Type": "application/octet-stream",
            "TTL": str(lasts),
            "Urgency": "high" if urgent else "normal",
            "Topic": topic,
        }
        host = urlsplit(letter.url).hostname
        try:
            async with self._opened().post(
                letter.url, data=letter.body, headers=headers, allow_redirects=False
            ) as response:
                await response.content.read(_READ_MOST)
                answered = _judged(response.status, response.headers.get("Retry-After"))
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            log.info("push: %s: %s", host, type(error).__name__)
            return Answered(Answer.LATER)
        if answered.answer is not Answer.SENT:
            log.info("push: %s: %s (%s)", host, answered.answer.value, response.status)
        return answered

    async def close(self) -> None:
        """Closes the session."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            resolver = None if self._anywhere else _PublicNames()
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=_CONNECTIONS, resolver=resolver),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=_SECONDS, sock_connect=_CONNECT),
                read_bufsize=_READ_MOST,
            )
        return self._session


def _judged(status: int, wait: str | None) -> Answered:
    if 200 <= status < 300:
        return Answered(Answer.SENT)
    if status in _GONE:
        return Answered(Answer.GONE)
    if status in _LATER or status >= 500:
        return Answered(Answer.LATER, seconds_in(wait))
    return Answered(Answer.REFUSED)
