"""Pictures, which Zalo fetches from the address that a bot gives."""

import socket
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from tests.emulators.common.parameters import bad_request

LONGEST_FETCH = 10  # seconds


@dataclass(frozen=True, slots=True)
class Photo:
    """What an address gave; status 0: nobody was there."""

    url: str
    status: int
    headers: Mapping[str, str]
    data: bytes = b""

    @property
    def type(self) -> str:
        return self.headers.get("Content-Type", "")


class PublicNet(AbstractResolver):
    """Leads names to ports of this machine, as DNS and a server in front would; there is nothing else."""

    def __init__(self) -> None:
        self.ports: dict[str, int] = {}

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        if host not in self.ports:
            raise OSError(f"no such host: {host}")
        found = ResolveResult(
            hostname=host, host="127.0.0.1", port=self.ports[host], family=socket.AF_INET, proto=0, flags=0
        )
        return [found]

    async def close(self) -> None:
        pass


class Photos:
    """Fetches pictures; `fetched` in order."""

    def __init__(self) -> None:
        self.net = PublicNet()
        self.fetched: list[Photo] = []

    async def fetch(self, url: str) -> Photo:
        """The picture at an address, or the 400 that says there is none."""
        photo = await self.get(url)
        self.fetched.append(photo)
        if photo.status != 200 or not photo.type.startswith("image/"):
            raise bad_request("photo cannot be fetched")
        return photo

    async def get(self, url: str, method: str = "GET") -> Photo:
        """What anybody on the net gets there, without cookies."""
        if not url.startswith(("http://", "https://")):
            raise bad_request("photo must be a public URL")
        timeout = aiohttp.ClientTimeout(LONGEST_FETCH)
        connector = aiohttp.TCPConnector(resolver=self.net, use_dns_cache=False)
        async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
            try:
                async with session.request(method, url) as answer:
                    return Photo(url, answer.status, dict(answer.headers), await answer.read())
            except (aiohttp.ClientError, TimeoutError, OSError):
                return Photo(url, 0, {})
