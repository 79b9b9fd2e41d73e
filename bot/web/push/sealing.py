"""What is sent to a browser is sealed for it alone, and signed with this database's key (VAPID, RFC 8292).

The libraries for it are loaded when somebody first wants to be reached: a bot of whom nobody does pays nothing.
"""

import asyncio
import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from storage.engine.transaction import Transaction
from storage.running import meta
from storage.webchat.endpoints import Endpoint

_KEY = "push_key"
# The order of the curve P-256: a private key is any number from 1 to one less.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_LASTS = 12 * 3600  # seconds that a signature is good for; push services take a day at most
_POINT, _SECRET = 65, 16  # bytes of a browser's keys


def key(tx: Transaction) -> str:
    """The private key of this database, as base64url; made when it is first asked for."""
    kept = meta.get(tx, _KEY)
    if kept is None:
        kept = _encoded((1 + secrets.randbelow(_ORDER - 1)).to_bytes(32, "big"))
        meta.put(tx, _KEY, kept)
    return kept


def are_keys(p256dh: str, auth: str) -> bool:
    """Whether these can be a browser's: a point of the curve, not packed, and a secret."""
    try:
        point, secret = _decoded(p256dh), _decoded(auth)
    except ValueError:
        return False
    return len(point) == _POINT and point[0] == 4 and len(secret) == _SECRET


@dataclass(frozen=True, slots=True)
class Letter:
    """A request to a push service: ready to be sent."""

    url: str
    headers: Mapping[str, str]
    body: bytes


class Sealer:
    """Seals and signs. `contact`: how a push service reaches whoever runs the bot, as a mailto: or https: address."""

    def __init__(self, key: str, contact: str) -> None:
        self._key = key
        self._contact = contact

    async def public_key(self) -> str:
        """What a browser has to know to take anything from us, as base64url."""
        return await asyncio.to_thread(lambda: self._public)

    async def sealed(self, endpoint: Endpoint, text: str, *, now: float) -> Letter:
        """A text for one browser. `now`: seconds since 1970.

        Raises:
            ValueError: its keys are none.
        """
        return await asyncio.to_thread(self._sealed, endpoint, text, now)

    def _sealed(self, endpoint: Endpoint, text: str, now: float) -> Letter:
        from pywebpush import WebPusher  # noqa: PLC0415 - costs 3 MB and 50 ms, and cryptography as much again

        keys = {"p256dh": endpoint.p256dh, "auth": endpoint.auth}
        body = WebPusher({"endpoint": endpoint.url, "keys": keys}).encode(text.encode())["body"]
        parts = urlsplit(endpoint.url)
        claims = {"sub": self._contact, "aud": f"{parts.scheme}://{parts.netloc}", "exp": int(now) + _LASTS}
        return Letter(endpoint.url, {**self._signer.sign(claims), "Content-Encoding": "aes128gcm"}, body)

    @cached_property
    def _signer(self) -> Any:
        from py_vapid import Vapid02  # noqa: PLC0415 - as above

        signer = Vapid02.from_raw(self._key.encode())
        signer.conf = {"no-strict": True}  # the settings are checked where they are read, and take more than it does
        return signer

    @cached_property
    def _public(self) -> str:
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat  # noqa: PLC0415 - as above

        return _encoded(self._signer.public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    """Raises ValueError where it is not base64url."""
    return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)
