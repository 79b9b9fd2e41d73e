"""Links to pictures, for platforms that fetch a picture instead of taking it: no session, not to be guessed, a week."""

import hmac
from functools import partial
from ipaddress import ip_address
from urllib.parse import quote, urlsplit

from aiohttp import web

from bot.clock import Clock
from bot.config import Web as Settings
from bot.web.pages.sessions import sign
from storage.engine.database import Database
from storage.engine.times import stamp
from storage.talk import pictures
from storage.talk.pictures import Picture


class Links:
    """`/p/<row>-<signature>` under the public address. `key` signs them, as it signs sessions."""

    def __init__(self, settings: Settings, database: Database, clock: Clock, key: bytes) -> None:
        self._base = settings.public_url.rstrip("/") if _is_public(settings.public_url) else ""
        self._database = database
        self._clock = clock
        self._key = key

    def routes(self) -> list[web.AbstractRouteDef]:
        """What is served."""
        return [web.get("/p/{id:[0-9]{1,15}}-{signature:[A-Za-z0-9_-]+}", self.picture)]

    def to(self, picture: Picture) -> str | None:
        """Where anybody who knows this finds the picture; None where nobody outside can reach us."""
        return f"{self._base}/p/{picture.id}-{self._signature(picture)}" if self._base else None

    async def picture(self, request: web.Request) -> web.Response:
        """The picture of a link; 404 where it is forged, or its time is over."""
        id, signature = int(request.match_info["id"]), request.match_info["signature"]
        known = await self._database.read(partial(pictures.of, id=id, now=self._clock.now()))
        if known is None or not hmac.compare_digest(signature, self._signature(known)):
            raise web.HTTPNotFound
        response = web.Response(body=known.content, content_type=known.type)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(known.name, safe='')}"
        return response

    def _signature(self, picture: Picture) -> str:
        # Over its end as well: a database that was restored from a backup gives the same row to another picture.
        return sign(self._key, f"picture.{picture.id}.{stamp(picture.expires_at)}")


def _is_public(url: str) -> bool:
    """Whether others than this machine and its network can reach an address, as far as its name tells."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_global
    except ValueError:
        return host not in ("", "localhost") and not host.endswith(".localhost")
