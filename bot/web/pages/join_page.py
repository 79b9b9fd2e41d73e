"""Joining the web chat: a link or a code, the question `Vào với tên …?`, and only a press lets in."""

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from aiohttp import web

from bot.web import callers
from bot.web.chat import view
from bot.web.chat.office import Office
from bot.web.pages import sessions
from bot.web.pages.assets import Assets
from bot.web.pages.line import Crowded, Line
from handlers import calendar
from handlers.door import codes, guessing
from handlers.texts import plain
from storage.campaign import accounts, people
from storage.campaign import codes as all_codes
from storage.campaign.people import Person
from storage.engine.transaction import Transaction
from storage.webchat import actions, devices, rooms
from storage.webchat.actions import Kind
from storage.webchat.rooms import CHANNEL

CODE_COOKIE = "bacung_ma"  # the code between link and press
BROWSER_COOKIE = "bacung_may"  # tells browsers behind one address apart
CODE_LASTS = 600  # seconds
_LONGEST_CODE = 64
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class _Look:
    """What a code leads to. `problem`: wrong, many, devices, over; `other`: who this browser is now, if another;
    `device`: what it has become, `ended`: what it was before."""

    person: Person | None = None
    other: Person | None = None
    problem: str | None = None
    wait: int = 0
    device: int | None = None
    ended: int | None = None
    inside: bool = False


class Joining:
    """The pages that let people in."""

    def __init__(self, office: Office, assets: Assets) -> None:
        self._office = office
        self._settings = office.settings
        self._database = office.database
        self._clock = office.clock
        self._assets = assets
        self._line = Line(office.clock)

    def routes(self) -> list[web.AbstractRouteDef]:
        """What is served."""
        return [
            web.get("/vao/{code}", self.link),
            web.get("/vao", self.page),
            web.post("/vao", self.typed),
            web.post("/vao/dongy", self.agreed),
        ]

    async def link(self, request: web.Request) -> web.Response:
        """A join link: the code goes into a cookie, and out of the address."""
        return self._with_code(request, request.match_info["code"])

    async def typed(self, request: web.Request) -> web.Response:
        """A code was typed."""
        self._must_be_ours(request)
        given = (await request.post()).get("code")
        return self._with_code(request, given if isinstance(given, str) else "")

    def _with_code(self, request: web.Request, code: str) -> web.Response:
        self._must_be_known(request)
        response = _to("/vao")
        code = "".join(codes.given(code).split())[: _LONGEST_CODE + 1]
        self._set(request, response, CODE_COOKIE, code if code.isascii() and code.isprintable() else "?", CODE_LASTS)
        return response

    async def page(self, request: web.Request) -> web.Response:
        """Asks for the code, or whether to go in under the name that it stands for."""
        self._must_be_known(request)
        code = request.cookies.get(CODE_COOKIE)
        browser = request.cookies.get(BROWSER_COOKIE) or secrets.token_hex(8)
        look = _Look()
        if code:
            look = await self._in_line(request, browser, partial(self._look, request=request, code=code))
        response = self._shown(look)
        self._set(request, response, BROWSER_COOKIE, browser, _YEAR)
        if code and look.person is None:
            response.del_cookie(CODE_COOKIE, path="/vao")
        return response

    async def agreed(self, request: web.Request) -> web.Response:
        """The press that lets in."""
        self._must_be_ours(request)
        code = request.cookies.get(CODE_COOKIE)
        browser = request.cookies.get(BROWSER_COOKIE) or secrets.token_hex(8)
        if not code:
            return _to("/vao")
        nonce, name = secrets.token_hex(16), device_name(request.headers.get("User-Agent", ""))
        join = partial(self._join, request=request, code=code, nonce=nonce, name=name)
        look = await self._in_line(request, browser, join)
        if look.device is None and not look.inside:
            return self._shown(look)
        response = _to("/")
        response.del_cookie(CODE_COOKIE, path="/vao")
        if look.device is not None:
            self._set(request, response, sessions.COOKIE, sessions.signed(look.device, nonce, self._office.key), _YEAR)
            self._office.desk.brought()
        if look.ended is not None:
            await self._cut_off(look.ended, request, response)
        return response

    async def _in_line(self, request: web.Request, browser: str, look: Callable[..., _Look]) -> _Look:
        """The look at a code, in its turn: wrong ones slow whoever tries, a right one is only ever late."""
        senders = self._senders(request, browser)
        seconds = await self._database.read(partial(self._pause, senders=senders))
        try:
            async with self._line.turn(senders[-1], seconds):
                return await self._database.write(partial(look, senders=senders))
        except Crowded:
            return _Look(problem="many", wait=1)

    def _senders(self, request: web.Request, browser: str) -> tuple[str, str]:
        """Who tries, as wrong codes are remembered: the browser, and the place that it calls from."""
        place = callers.place_of(callers.address_of(request, self._settings.trusted_proxies))
        return f"browser {browser}", f"address {place}"

    def _pause(self, tx: Transaction, *, senders: tuple[str, str]) -> float:
        browser, address = senders
        pause = partial(guessing.pause, tx, channel=CHANNEL, now=self._clock.now())
        return max(pause(sender=browser), pause(sender=address, most=guessing.WRONG_OF_ADDRESS))

    async def _cut_off(self, device: int, request: web.Request, response: web.Response) -> None:
        """The tabs of whom this browser was, once it has the new cookie: they come again as the new person's."""
        try:
            await response.prepare(request)
            await response.write_eof()
        finally:
            self._office.hub.end(lambda connection: connection.device == device)

    def _shown(self, look: _Look) -> web.Response:
        html = self._assets.page(
            "join.html",
            name=look.person.name if look.person else None,
            other=look.other.name if look.other else None,
            problem=look.problem,
            wait=look.wait,
            trial=self._office.trial,
        )
        status = {"many": 429, "wrong": 404}.get(look.problem or "", 200)
        headers = {"Cache-Control": "no-store"}
        return web.Response(text=html, content_type="text/html", status=status, headers=headers)

    def _set(self, request: web.Request, response: web.Response, name: str, value: str, seconds: int) -> None:
        response.set_cookie(
            name,
            value,
            max_age=seconds,
            path="/vao" if name != sessions.COOKIE else "/",
            httponly=True,
            samesite="Lax",  # not Strict: the chat is opened from links in other apps
            secure=callers.is_secure(request, self._settings),
        )

    def _must_be_known(self, request: web.Request) -> None:
        if not callers.is_known_host(request, self._settings):
            raise web.HTTPMisdirectedRequest(text=plain("web.elsewhere"))

    def _must_be_ours(self, request: web.Request) -> None:
        if not callers.is_own_page(request, self._settings):
            raise web.HTTPForbidden(text=plain("web.foreign"))

    # On the writer's thread

    def _look(self, tx: Transaction, *, request: web.Request, code: str, senders: tuple[str, str]) -> _Look:
        """Whom a code stands for; a wrong one is remembered."""
        now = self._clock.now()
        person = all_codes.owner(tx, code)
        if person is None:
            for sender in senders:
                accounts.note_wrong_code(tx, channel=CHANNEL, sender=sender, at=now)
            return _Look(problem="wrong")
        current = self._office.device_of(tx, request)
        if current is not None and current.person == person.id:
            return _Look(person, inside=True)
        other = people.by_id(tx, current.person) if current is not None else None
        if codes.ends(tx, person, calendar.current(tx, self._office.day_start), now) <= now:
            return _Look(problem="over")
        if len(devices.of_person(tx, person.id, now)) >= devices.MOST:
            return _Look(problem="devices")
        return _Look(person, other)

    def _join(
        self, tx: Transaction, *, request: web.Request, code: str, senders: tuple[str, str], nonce: str, name: str
    ) -> _Look:
        """The browser becomes a device of the person, and the bot is told."""
        look = self._look(tx, request=request, code=code, senders=senders)
        if look.person is None or look.inside:
            return look
        now, person = self._clock.now(), look.person
        current = self._office.device_of(tx, request)
        if current is not None:
            devices.end(tx, current.id, now)
        expires_at = codes.reads_until(tx, person, calendar.current(tx, self._office.day_start), now)
        device = devices.add(tx, person.id, nonce=nonce, name=name, at=now, expires_at=expires_at)
        private = rooms.of_person(tx, person.id, now)[0]
        actions.add(
            tx,
            person=person.id,
            uuid=f"join:{uuid.uuid4()}",  # no browser may send a colon: nobody can have taken it
            kind=Kind.JOIN,
            room=private.id,
            post=None,
            at=view.milliseconds(now),
            body={"code": code, "device": device},
            asked=actions.digest("join", device),
        )
        return _Look(person, device=device, ended=current.id if current is not None else None)


def _to(address: str) -> web.Response:
    return web.Response(status=303, headers={"Location": address, "Cache-Control": "no-store"})


_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung"), ("coc_coc", "Cốc Cốc"))
_MORE_BROWSERS = (("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("CriOS", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"))


def device_name(agent: str) -> str:
    """`Chrome · Android`: what a person recognises their device by."""

    def named(known: tuple[tuple[str, str], ...]) -> str | None:
        return next((name for sign, name in known if sign in agent), None)

    browser = named(_BROWSERS + _MORE_BROWSERS)
    system = named(_SYSTEMS) or ("Linux" if "Linux" in agent else None)
    return " · ".join(part for part in (browser, system) if part) or plain("web.some_device")
