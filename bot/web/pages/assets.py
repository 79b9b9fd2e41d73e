"""The page's own files: script, style and icons under a digest of them all, compressed once, and the page itself."""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.web.pages.script import joined
from handlers.texts import PAGES

STATIC = Path(__file__).parent / "static"
_TYPES = {".webmanifest": "application/manifest+json", ".js": "text/javascript", ".svg": "image/svg+xml"}
_SCRIPT = "chat"  # the module that imports all others
_RENDERED = ("sw.js", "manifest.webmanifest")  # they name the other files, digest and all
_AS_IT_IS = (".png", ".woff2")  # compressed already
FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it leaves: `packed` is its gzip, where that is smaller; `tag` its ETag."""

    type: str
    plain: bytes
    packed: bytes | None
    tag: str


class Assets:
    """All files of the page, held in memory."""

    def __init__(self) -> None:
        files = _files()
        self.digest = digest_of(files | {path.name: path.read_bytes() for path in sorted(PAGES.glob("*.html"))})
        self._pages = Environment(
            loader=FileSystemLoader([PAGES, STATIC]), autoescape=True, undefined=StrictUndefined, auto_reload=False
        )
        names = [name for name in files if name not in _RENDERED]
        addresses = [self.address(name) for name in names]
        self._pages.globals |= {"asset": self.address, "version": self.digest, "assets": addresses}
        self._static = {name: asset(name, files[name]) for name in names}
        self._rendered = {name: asset(name, self.page(name).encode()) for name in _RENDERED}
        self._shell = asset("chat.html", self.page("chat.html").encode())

    def routes(self) -> list[web.AbstractRouteDef]:
        """What is served."""
        return [
            web.get("/", self.shell),
            web.get("/static/{digest}/{name:.+}", self.static),
            *(web.get(f"/{name}", self.rendered) for name in _RENDERED),
        ]

    def address(self, name: str) -> str:
        """Where a static file is served."""
        return f"/static/{self.digest}/{name}"

    def page(self, name: str, /, **values: Any) -> str:
        """A page of handlers/texts/pages."""
        return self._pages.get_template(name).render(**values)

    async def static(self, request: web.Request) -> web.Response:
        """A script, a style or an icon; its address changes with it, so browsers keep it for ever."""
        found = self._static.get(request.match_info["name"])
        if found is None:
            raise web.HTTPNotFound
        current = request.match_info["digest"] == self.digest
        return response(request, found, FOR_EVER if current else "no-cache")

    async def rendered(self, request: web.Request) -> web.Response:
        """The service worker and the manifest: asked for anew every time."""
        found = self._rendered.get(request.path.lstrip("/"))
        if found is None:
            raise web.HTTPNotFound
        return response(request, found, "no-cache")

    async def shell(self, request: web.Request) -> web.Response:
        """The chat's page: the same for everybody."""
        return response(request, self._shell, "no-cache")


def _files() -> dict[str, bytes]:
    """What is served, by name: files as they are, but for the page's modules, which are one script."""
    paths = sorted(path for path in STATIC.iterdir() if path.suffix != ".js" or path.name in _RENDERED)
    script = joined(STATIC, _SCRIPT).encode()
    return {path.name: path.read_bytes() for path in paths} | {f"{_SCRIPT}.js": script}


def digest_of(files: Mapping[str, bytes]) -> str:
    """What files, by name, are known by together: another once one of them is."""
    digest = hashlib.blake2b(digest_size=8)
    for name, content in files.items():
        digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()


def asset(name: str, content: bytes) -> Asset:
    """A file of this name as it leaves."""
    suffix = Path(name).suffix
    type = _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    packed = None if suffix in _AS_IT_IS else gzip.compress(content, 9, mtime=0)
    tag = f'"{hashlib.blake2b(content, digest_size=8).hexdigest()}"'
    return Asset(type, content, packed if packed and len(packed) < len(content) else None, tag)


def response(request: web.Request, asset: Asset, cache: str) -> web.Response:
    """A file in answer to a request; 304 where the browser has it. `cache`: for how long it may keep it."""
    headers: Mapping[str, str] = {"Cache-Control": cache, "ETag": asset.tag, "Vary": "Accept-Encoding"}
    if request.headers.get("If-None-Match") == asset.tag:
        return web.Response(status=304, headers=headers)
    text = asset.type.startswith("text/") or asset.type.endswith(("json", "xml"))
    charset = "utf-8" if text else None
    if asset.packed is not None and "gzip" in request.headers.get("Accept-Encoding", ""):
        return web.Response(
            body=asset.packed,
            headers={**headers, "Content-Encoding": "gzip"},
            content_type=asset.type,
            charset=charset,
        )
    return web.Response(body=asset.plain, headers=headers, content_type=asset.type, charset=charset)
