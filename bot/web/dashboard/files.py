"""The dashboard's own files, script, style and the vendored drawing library, under a digest of them all; its pages."""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.web.pages.assets import FOR_EVER, Asset, asset, digest_of, response
from handlers.language.people.ordering import in_list
from handlers.texts import FILTERS, OUTCOMES, PAGES, percent
from storage.campaign.communes import Commune

STATIC = Path(__file__).parent / "static"
VENDOR = Path(__file__).parent / "vendor"
_KINDS = (".css", ".js")


class Files:
    """All files of the dashboard, held in memory once they were asked for, and its templates."""

    def __init__(self, shared: Mapping[str, str]) -> None:
        """`shared`: where files of the web chat are served that these pages show, by name."""
        paths = [path for folder in (STATIC, VENDOR) for path in sorted(folder.iterdir()) if path.suffix in _KINDS]
        self._paths = {path.name: path for path in paths}
        self._digest = digest_of({name: path.read_bytes() for name, path in self._paths.items()})
        self._files: dict[str, Asset] = {}  # read and compressed when first asked for: 1 MB, and a start waits for none
        self._shared = shared
        self._templates = Environment(
            loader=FileSystemLoader(PAGES),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters.update(FILTERS, query=_query, weekday=_weekday, by_name=_by_name)
        self._templates.globals |= {"asset": self.address, "percent": percent, "words": OUTCOMES}

    def address(self, name: str) -> str:
        """Where a file is served."""
        return self._shared.get(name) or f"/bang/tep/{self._digest}/{name}"

    def page(self, name: str, /, **values: Any) -> str:
        """A page of handlers/texts/pages."""
        return self._templates.get_template(name).render(**values)

    def routes(self) -> list[web.AbstractRouteDef]:
        """What is served."""
        return [web.get("/bang/tep/{digest}/{name}", self.file)]

    async def file(self, request: web.Request) -> web.Response:
        """A script or a style; its address changes with it, so browsers keep it for ever."""
        name = request.match_info["name"]
        if name not in self._paths:
            raise web.HTTPNotFound
        if name not in self._files:
            self._files[name] = await asyncio.to_thread(lambda: asset(name, self._paths[name].read_bytes()))
        found = self._files[name]
        current = request.match_info["digest"] == self._digest
        return response(request, found, FOR_EVER if current else "no-cache")


def _query(address: Mapping[str, str]) -> Markup:
    """A page of the dashboard as a link: `/bang?ky=tuan&xa=451`."""
    return Markup(f"/bang?{urlencode(address)}".rstrip("?").replace("&", "&amp;"))


def _weekday(day: date) -> str:
    """`T7` or `CN`."""
    return "CN" if day.weekday() == 6 else f"T{day.weekday() + 2}"


def _by_name(places: Iterable[Commune]) -> list[Commune]:
    """Communes as Vietnamese lists have them."""
    return sorted(places, key=lambda place: in_list(place.name)[1])
