"""A push service that reads what it gets, as only the browser can: sealed for it, signed by the bot."""

import asyncio
import base64
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import http_ece
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

PATIENCE = 20.0


def encoded(data: bytes) -> str:
    """As base64url."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass(frozen=True, slots=True)
class Push:
    """What arrived for a browser, opened with its keys."""

    said: dict[str, Any]
    headers: Mapping[str, str]
    claims: dict[str, Any]
    key: str  # of whoever signed it


@dataclass
class Subscribed:
    """A browser's subscription; `answers` are what the service says to the next pushes, then 201."""

    service: "PushService"
    name: str
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    pushes: list[Push] = field(default_factory=list)
    tries: int = 0
    answers: list[int] = field(default_factory=list)
    always: int = 201
    retry_after: str | None = None

    @property
    def json(self) -> dict[str, Any]:
        """As a browser writes it."""
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {
            "endpoint": f"{self.service.url}/{self.name}",
            "expirationTime": None,
            "keys": {"p256dh": encoded(point), "auth": encoded(self.secret)},
        }

    @property
    def lines(self) -> list[str]:
        """What the lock screen showed."""
        return [push.said["body"] for push in self.pushes]

    async def gets(self, n: int = 1) -> list[str]:
        """Waits until so many pushes have come; their lines."""
        await self.service.until(lambda: len(self.pushes) >= n, f"{n} pushes, there are {self.lines}")
        return self.lines


class PushService:
    """Listens on this machine."""

    def __init__(self) -> None:
        self.url = ""
        self.known: dict[str, Subscribed] = {}
        self.hangs = asyncio.Event()  # set: answers come
        self.hangs.set()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/{name}", self._take)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self.hangs.set()
        assert self._runner is not None
        await self._runner.cleanup()

    def subscribe(self, name: str) -> Subscribed:
        """Another browser."""
        self.known[name] = Subscribed(self, name)
        return self.known[name]

    async def until(self, what: Callable[[], Any], why: str = "") -> None:
        """Waits until something holds."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not what():  # noqa: ASYNC110 - several things bring news
                    await asyncio.sleep(0.01)
        except TimeoutError:
            raise AssertionError(f"expected {why}") from None

    async def _take(self, request: web.Request) -> web.Response:
        browser = self.known.get(request.match_info["name"])
        body = await request.read()
        if browser is None:
            return web.Response(status=410)
        browser.tries += 1
        await self.hangs.wait()
        status = browser.answers.pop(0) if browser.answers else browser.always
        if status < 300:
            browser.pushes.append(self._opened(browser, request.headers, body))
        headers = {"Retry-After": browser.retry_after} if browser.retry_after else {}
        return web.Response(status=status, headers=headers)

    def _opened(self, browser: Subscribed, headers: Mapping[str, str], body: bytes) -> Push:
        assert headers["Content-Encoding"] == "aes128gcm"
        said = http_ece.decrypt(
            body, private_key=browser.private, auth_secret=browser.secret, version="aes128gcm"
        ).decode()
        signed = headers["Authorization"]
        assert Vapid02.verify(signed)
        parts = dict(part.split("=", 1) for part in signed.removeprefix("vapid ").split(","))
        claims = json.loads(_decoded(parts["t"].split(".")[1]))
        assert claims["aud"] == self.url
        return Push(json.loads(said), dict(headers), claims, parts["k"])
