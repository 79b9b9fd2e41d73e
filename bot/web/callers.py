"""Who calls: the address behind trusted proxies, and whether a page of ours or of somebody else does."""

from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from aiohttp import web

from bot.config import Networks
from bot.config import Web as Settings

_LOCAL = frozenset({"localhost"})
_PASSED_ON = (  # what proxies add, of which the first two are the usual ones
    *("X-Forwarded-For", "Forwarded", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"),
    *("CF-Connecting-IP", "True-Client-IP", "X-Client-IP", "X-Original-Forwarded-For"),
)


def address_of(request: web.Request, trusted: Networks) -> str:
    """The caller's address: behind trusted proxies the nearest one that is not."""
    peer = request.remote or ""
    chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    while chain and _within(peer, trusted):
        peer = chain.pop()
    return peer


def place_of(address: str) -> str:
    """Where an address belongs to: itself, or of IPv6 its /64, all of which one household has."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address):
        known = known.ipv4_mapped or known
    return str(ip_network((known, 64), strict=False)) if known.version == 6 else str(known)


def is_this_machine(request: web.Request) -> bool:
    """Whether this machine itself calls, and no proxy on it for somebody else, of whom it may tell the name alone."""
    name = urlsplit(f"//{request.host}").hostname or ""
    passed_on = any(header in request.headers for header in _PASSED_ON)
    return _is_loopback(request.remote or "") and not passed_on and (name in _LOCAL or _is_loopback(name))


def _is_loopback(address: str) -> bool:
    try:
        known = ip_address(address)
    except ValueError:
        return False
    mapped = known.ipv4_mapped if isinstance(known, IPv6Address) else None
    return (mapped or known).is_loopback


def is_secure(request: web.Request, settings: Settings) -> bool:
    """Whether the browser speaks TLS, to us or to a trusted proxy."""
    if settings.public_url:
        return settings.public_url.startswith("https:")
    forwarded = _within(request.remote or "", settings.trusted_proxies)
    return (request.headers.get("X-Forwarded-Proto") if forwarded else request.scheme) == "https"


def _within(address: str, networks: Networks) -> bool:
    try:
        known = ip_address(address)
    except ValueError:
        return False
    return any(known in network for network in networks)


def is_known_host(request: web.Request, settings: Settings) -> bool:
    """Whether the name that the browser called us by is ours: a foreign name that leads here is not (DNS rebinding)."""
    name = urlsplit(f"//{request.host}").hostname or ""
    if name in _LOCAL or name == (urlsplit(settings.public_url).hostname or settings.host):
        return True
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def is_own_page(request: web.Request, settings: Settings) -> bool:
    """Whether a page of ours makes this request: its Origin is the address that we are called by, or the public one."""
    origin = request.headers.get("Origin", "")
    own = {f"http://{request.host}", f"https://{request.host}"}
    if settings.public_url:
        own.add(settings.public_url.rstrip("/"))
    return origin in own and is_known_host(request, settings)
