"""What a page of the web chat asks for so that its browser is reached while no page is open."""

from collections.abc import Callable
from functools import partial

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.web import callers
from bot.web.chat.office import Office
from bot.web.push import sealing, service
from bot.web.push.sealing import Sealer
from handlers.texts import plain
from storage.engine.transaction import Transaction
from storage.webchat import endpoints


class _Keys(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    p256dh: str = Field(max_length=200)
    auth: str = Field(max_length=100)


class _Subscription(BaseModel):
    """As browsers write it (PushSubscription.toJSON)."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    endpoint: str = Field(max_length=service.LONGEST)
    keys: _Keys


class Pushing:
    """`/push`: how it stands with this browser, and that it is to be reached, or no more."""

    def __init__(self, office: Office, sealer: Sealer) -> None:
        self._office = office
        self._sealer = sealer

    def routes(self) -> list[web.AbstractRouteDef]:
        """What is served."""
        return [web.get("/push", self.standing), web.post("/push", self.on), web.delete("/push", self.off)]

    async def standing(self, request: web.Request) -> web.Response:
        """The key that a browser has to know, and whether it is reached."""

        def look(tx: Transaction) -> bool | None:
            device = self._office.device_of(tx, request)
            return None if device is None else endpoints.of_device(tx, device.id) is not None

        on = await self._office.database.read(look)
        if on is None:
            raise web.HTTPUnauthorized
        answer = web.json_response({"key": await self._sealer.public_key(), "on": on})
        answer.headers["Cache-Control"] = "no-store"
        return answer

    async def on(self, request: web.Request) -> web.Response:
        """This browser is to be reached at the endpoint that its push service gave it."""
        self._must_be_ours(request)
        try:
            wanted = _Subscription.model_validate_json(await request.read())
        except ValidationError:
            raise web.HTTPBadRequest from None
        known = sealing.are_keys(wanted.keys.p256dh, wanted.keys.auth)
        if not known or not service.may_be_called(wanted.endpoint, anywhere=self._office.settings.push_anywhere):
            raise web.HTTPBadRequest
        return await self._done(partial(self._keep, request=request, wanted=wanted))

    async def off(self, request: web.Request) -> web.Response:
        """This browser is to be reached no more."""
        self._must_be_ours(request)
        return await self._done(partial(self._forget, request=request))

    async def _done(self, work: Callable[[Transaction], bool]) -> web.Response:
        if not await self._office.database.write(work):
            raise web.HTTPUnauthorized
        return web.Response(status=204)

    def _must_be_ours(self, request: web.Request) -> None:
        if not callers.is_own_page(request, self._office.settings):
            raise web.HTTPForbidden(text=plain("web.foreign"))

    # On the writer's thread

    def _keep(self, tx: Transaction, *, request: web.Request, wanted: _Subscription) -> bool:
        device = self._office.device_of(tx, request)
        if device is None:
            return False
        endpoints.keep(
            tx,
            device.id,
            url=wanted.endpoint,
            p256dh=wanted.keys.p256dh,
            auth=wanted.keys.auth,
            at=self._office.clock.now(),
        )
        return True

    def _forget(self, tx: Transaction, *, request: web.Request) -> bool:
        device = self._office.device_of(tx, request)
        if device is not None:
            endpoints.forget(tx, device.id)
        return device is not None
