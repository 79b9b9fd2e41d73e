"""The dashboard's pages: one address, in which stands what is shown; the live numbers of a page; its pictures."""

import hashlib
import json
from dataclasses import dataclass
from functools import partial
from typing import Any

from aiohttp import web

from bot.web import callers
from bot.web.chat.office import Office
from bot.web.dashboard.access import PRIVATE, Access
from bot.web.dashboard.files import Files
from handlers import calendar
from handlers.figures.charts import theme
from handlers.figures.pages import dashboard, drawn
from handlers.figures.pages.shown import View
from handlers.texts import plain
from storage.campaign.people import Person
from storage.engine.transaction import Transaction

# The letters of the page itself: the pictures' own are fetched by nobody.
_LETTERS = '"system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, sans-serif"'
_WHOLE, _NUMBERS = "dashboard.html", "dashboard_numbers.html"


@dataclass(frozen=True, slots=True)
class _Seen:
    """What somebody is shown: the page, or the state of the door where there is none for them."""

    html: str = ""
    door: str = ""


class Pages:
    """What officers see."""

    def __init__(self, office: Office, files: Files, access: Access) -> None:
        self._office = office
        self._files = files
        self._access = access

    def routes(self) -> list[web.AbstractRouteDef]:
        """What is served."""
        return [
            web.get("/bang", self.page),
            web.get("/bang/so", self.numbers),
            web.get("/bang/hinh", self.pictures),
        ]

    async def page(self, request: web.Request) -> web.Response:
        """The whole page, which needs no script."""
        self._must_be_known(request)
        seen = await self._office.database.read(partial(self._page, request=request, template=_WHOLE))
        if seen.door:
            return self._access.door(seen.door)
        return _private(request, seen.html, "text/html")

    async def numbers(self, request: web.Request) -> web.Response:
        """The numbers of the same page alone, for a page that is open: 304 where it shows them already."""
        self._must_be_known(request)
        seen = await self._office.database.read(partial(self._page, request=request, template=_NUMBERS))
        if seen.door:
            raise web.HTTPForbidden(text=plain("dashboards.over"), headers=PRIVATE)
        return _private(request, seen.html, "text/html")

    async def pictures(self, request: web.Request) -> web.Response:
        """The pictures of the same page, as Vega-Lite specifications."""
        self._must_be_known(request)
        found = await self._office.database.read(partial(self._pictures, request=request))
        if found is None:
            raise web.HTTPForbidden(text=plain("dashboards.over"), headers=PRIVATE)
        text = json.dumps(found, ensure_ascii=False, separators=(",", ":")).replace(f'"{theme.FONT}"', _LETTERS)
        return _private(request, text, "application/json")

    def _must_be_known(self, request: web.Request) -> None:
        if not callers.is_known_host(request, self._office.settings):
            raise web.HTTPMisdirectedRequest(text=plain("web.elsewhere"))

    # On the reader's thread

    def _page(self, tx: Transaction, *, request: web.Request, template: str) -> _Seen:
        viewer = self._access.viewer(tx, request)
        if viewer is None or not viewer.may:
            return _Seen(door="none" if viewer is None else "other")
        view = self._view(tx, viewer.person, request)
        if view is None:
            return _Seen(door="nothing")
        values: dict[str, Any] = {"view": view}
        if template == _WHOLE:  # what is fetched again and again is the same until a number changes
            days = calendar.current(tx, self._office.day_start)
            values |= {
                "pictures": drawn.pictures(tx, days, view),
                "now": days.local(self._office.clock.now()),
                "day_start": days.day_start,
                "closes": viewer.dashboard is not None,
                "in_chat": self._office.device_of(tx, request) is not None,
                "trial": self._office.trial,
            }
        return _Seen(self._files.page(template, **values))

    def _pictures(self, tx: Transaction, *, request: web.Request) -> list[dict[str, Any]] | None:
        viewer = self._access.viewer(tx, request)
        view = self._view(tx, viewer.person, request) if viewer is not None and viewer.may else None
        if view is None:
            return None
        pictures = drawn.pictures(tx, calendar.current(tx, self._office.day_start), view)
        return [{"id": one.id, "title": one.title, "words": one.words, "spec": one.spec()} for one in pictures]

    def _view(self, tx: Transaction, person: Person, request: web.Request) -> View | None:
        today = calendar.current(tx, self._office.day_start).work_day(self._office.clock.now())
        return dashboard.view(tx, person, today, dict(request.query))


def _private(request: web.Request, text: str, type: str) -> web.Response:
    """What only this browser may keep, and only while it is shown; 304 where it shows it already."""
    tag = f'"{hashlib.blake2b(text.encode(), digest_size=12).hexdigest()}"'
    headers = {**PRIVATE, "ETag": tag, "Vary": "Accept-Encoding, Cookie"}
    if request.headers.get("If-None-Match") == tag:
        return web.Response(status=304, headers=headers)
    response = web.Response(text=text, content_type=type, headers=headers)
    response.enable_compression()
    return response
