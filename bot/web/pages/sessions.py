"""Session cookies: a device's number, signed over its nonce with this database's key."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

from storage.engine.transaction import Transaction
from storage.running import meta
from storage.webchat import devices
from storage.webchat.devices import Device

COOKIE = "bacung"
_KEY = "web_key"


def key(tx: Transaction) -> bytes:
    """The key of this database; made when it is first asked for."""
    kept = meta.get(tx, _KEY)
    if kept is None:
        kept = secrets.token_hex(32)
        meta.put(tx, _KEY, kept)
    return bytes.fromhex(kept)


def signed(device: int, nonce: str, key: bytes) -> str:
    """The cookie of a device."""
    return f"{device}.{_signature(device, nonce, key)}"


def device_of(tx: Transaction, cookie: str | None, key: bytes, now: datetime) -> Device | None:
    """The device whose cookie this is; None where it is forged, ended or expired."""
    number, dot, signature = (cookie or "").partition(".")
    if not dot or not (number.isascii() and number.isdecimal()) or len(number) > 15 or not signature.isascii():
        return None
    device = devices.alive(tx, int(number), now)
    if device is None or not hmac.compare_digest(signature, _signature(device.id, device.nonce, key)):
        return None
    return device


def _signature(device: int, nonce: str, key: bytes) -> str:
    return sign(key, f"{device}.{nonce}")


def sign(key: bytes, text: str) -> str:
    """What only who knows the key can make of a text, as letters that fit into cookies and addresses."""
    digest = hmac.digest(key, text.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
