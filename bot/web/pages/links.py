"""Links to pictures and files, for platforms that do not take them: no session, not to be guessed, for some days."""

import hmac
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import quote, urlsplit

from aiohttp import web

from bot.clock import Clock
from bot.config import Web as Settings
from bot.web.pages.sessions import sign
from storage.engine.database import Database
from storage.engine.times import stamp
from storage.talk import documents, pictures
from storage.talk.documents import Document
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
        which = "{id:[0-9]{1,15}}-{signature:[A-Za-z0-9_-]+}"
        return [web.get(f"/p/{which}", self.picture), web.get(f"/t/{which}", self.document)]

    def to(self, picture: Picture) -> str | None:
        """Where anybody who knows this finds the picture; None where nobody outside can reach us."""
        return f"{self._base}/p/{picture.id}-{self._signature(picture)}" if self._base else None

    def to_document(self, document: Document) -> str | None:
        """Likewise of a file."""
        return f"{self._base}/t/{document.id}-{self._signature_of(document)}" if self._base else None

    async def document(self, request: web.Request) -> web.StreamResponse:
        """The file of a link; 404 where it is forged, or its time is over."""
        id, signature = int(request.match_info["id"]), request.match_info["signature"]
        known = await self._database.read(partial(documents.of, id=id, now=self._clock.now()))
        if known is None or not hmac.compare_digest(signature, self._signature_of(known)):
            raise web.HTTPNotFound
        path = documents.place(self._database.path, known)
        if path is None:
            raise web.HTTPNotFound
        return sent(path, known)

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

    def _signature_of(self, document: Document) -> str:
        return sign(self._key, f"document.{document.id}.{stamp(document.expires_at)}")

    def _signature(self, picture: Picture) -> str:
        # Over its end as well: a database that was restored from a backup gives the same row to another picture.
        return sign(self._key, f"picture.{picture.id}.{stamp(picture.expires_at)}")


def sent(path: Path, document: Document) -> web.FileResponse:
    """A file to be saved under its name."""
    response = web.FileResponse(path)
    response.content_type = document.type
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(document.name, safe='')}"
    return response


def _is_public(url: str) -> bool:
    """Whether others than this machine and its network can reach an address, as far as its name tells."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_global
    except ValueError:
        return host not in ("", "localhost") and not host.endswith(".localhost")
