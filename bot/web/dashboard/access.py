"""Who sees the dashboard: who opened a link of /web and pressed, in that browser; officers who are in the web chat."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from aiohttp import web

from bot.sending import parcels
from bot.web import callers
from bot.web.chat.office import Office
from bot.web.dashboard.files import Files
from bot.web.pages.join_page import device_name
from handlers import calendar
from handlers.door import dashboards as door
from handlers.texts import plain
from handlers.turn import House, Turn
from storage.campaign import people
from storage.campaign.people import Person
from storage.engine.transaction import Transaction
from storage.talk import chats
from storage.talk.outbox import Class
from storage.webchat import dashboards
from storage.webchat.dashboards import Dashboard

COOKIE = "bacung_bang"
LINK_COOKIE = "bacung_bang_mo"  # the link's secret between the link and the press
_LONGEST = 128
# Nothing of these pages is kept, found or told elsewhere. Pages with a form say their own Referrer-Policy.
PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}
_WITH_FORM = PRIVATE | {"Referrer-Policy": "same-origin"}  # else browsers send the form from nowhere


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks. `dashboard`: by which link; None: by the web chat's session. Not `may`: it is not for them."""

    person: Person
    dashboard: Dashboard | None
    may: bool


class Access:
    """The door of the dashboard."""

    def __init__(self, office: Office, files: Files) -> None:
        self._office = office
        self._files = files
        self.said: Callable[[], None] = lambda: None  # something is to be sent

    def routes(self) -> list[web.AbstractRouteDef]:
        """What is served."""
        return [
            web.get("/bang/mo/{token}", self.link),
            web.get("/bang/mo", self.ask),
            web.post("/bang/mo", self.agreed),
            web.get("/bang/dong", self.leaving),
            web.post("/bang/dong", self.left),
        ]

    def viewer(self, tx: Transaction, request: web.Request) -> Viewer | None:
        """Who looks; None where nobody is known."""
        now = self._office.clock.now()
        shown = dashboards.of_cookie(tx, request.cookies.get(COOKIE), now)
        device = self._office.device_of(tx, request) if shown is None else None
        id = shown.person if shown is not None else device.person if device is not None else None
        person = people.by_id(tx, id) if id is not None else None
        return Viewer(person, shown, door.may(person)) if person is not None else None

    async def link(self, request: web.Request) -> web.Response:
        """A link: its secret goes into a cookie, and out of the address. Whoever only looks ahead uses nothing up."""
        self._must_be_known(request)
        token = request.match_info["token"][:_LONGEST]
        response = _to("/bang/mo")
        given = token if token.isascii() and token.isprintable() else "?"
        self._set(request, response, LINK_COOKIE, given, path="/bang/mo", seconds=dashboards.OPENS.total_seconds())
        return response

    async def ask(self, request: web.Request) -> web.Response:
        """Asks whether to open it here; says it where the link opens nothing any more."""
        self._must_be_known(request)
        now, token = self._office.clock.now(), request.cookies.get(LINK_COOKIE, "")
        known = await self._office.database.read(partial(dashboards.of_link, given=token, now=now))
        return self.door("open" if known is not None else "used")

    async def agreed(self, request: web.Request) -> web.Response:
        """The press that opens it: the link is used up, and whose it was is told."""
        self._must_be_ours(request)
        name = device_name(request.headers.get("User-Agent", ""))
        token = request.cookies.get(LINK_COOKIE, "")
        given = await self._office.database.write(partial(self._open, token=token, name=name))
        if given is None:
            return self.door("used")
        self.said()
        response = _to("/bang")
        response.del_cookie(LINK_COOKIE, path="/bang/mo")
        self._set(request, response, COOKIE, given, path="/bang", seconds=dashboards.SHOWN.total_seconds())
        return response

    async def leaving(self, request: web.Request) -> web.Response:
        """Asks before this browser closes it."""
        self._must_be_known(request)
        viewer = await self._office.database.read(partial(self.viewer, request=request))
        return self.door("close" if viewer is not None and viewer.dashboard is not None else "closed")

    async def left(self, request: web.Request) -> web.Response:
        """This browser shows it no more."""
        self._must_be_ours(request)
        await self._office.database.write(partial(self._close, request=request))
        response = self.door("closed")
        response.del_cookie(COOKIE, path="/bang")
        return response

    def door(self, state: str) -> web.Response:
        """A page without numbers. `state`: open, used, close, closed, other (not for them), nothing (no such page)."""
        html = self._files.page("dashboard_door.html", state=state, trial=self._office.trial)
        status = {"used": 403, "closed": 200, "other": 403, "nothing": 404, "none": 403}.get(state, 200)
        headers = _WITH_FORM if state in ("open", "close") else PRIVATE
        return web.Response(text=html, content_type="text/html", status=status, headers=headers)

    def _open(self, tx: Transaction, *, token: str, name: str) -> str | None:
        """Opens what the link stands for, once: whoever comes second finds it used."""
        now = self._office.clock.now()
        known = dashboards.of_link(tx, token, now)
        if known is None:
            return None
        given = dashboards.open_here(tx, known, name=name, at=now)
        house = House(calendar.current(tx, self._office.day_start))
        turn = Turn(tx, house, chats.by_id(tx, known.chat), now, now, people.by_id(tx, known.person))
        parcels.put(tx, known.chat, door.opened(turn, name), urgency=Class.ANSWER, at=now)
        return given

    def _close(self, tx: Transaction, *, request: web.Request) -> None:
        now = self._office.clock.now()
        shown = dashboards.of_cookie(tx, request.cookies.get(COOKIE), now)
        if shown is not None:
            dashboards.end(tx, shown.id, now)

    def _set(
        self, request: web.Request, response: web.Response, name: str, value: str, *, path: str, seconds: float
    ) -> None:
        response.set_cookie(
            name,
            value,
            max_age=int(seconds),
            path=path,
            httponly=True,
            samesite="Lax",  # not Strict: the link stands in another app
            secure=callers.is_secure(request, self._office.settings),
        )

    def _must_be_known(self, request: web.Request) -> None:
        if not callers.is_known_host(request, self._office.settings):
            raise web.HTTPMisdirectedRequest(text=plain("web.elsewhere"))

    def _must_be_ours(self, request: web.Request) -> None:
        if not callers.is_own_page(request, self._office.settings):
            raise web.HTTPForbidden(text=plain("web.foreign"))


def _to(address: str) -> web.Response:
    return web.Response(status=303, headers={"Location": address, **PRIVATE})
