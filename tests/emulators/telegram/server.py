"""The Bot API over HTTP: one call in, one envelope out, and a record of each."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from itertools import count
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from tests.emulators.common import calls
from tests.emulators.common.faults import POLL, next_fault
from tests.emulators.common.listening import Api
from tests.emulators.common.parameters import JSON, ApiError, Params, bad_request, read
from tests.emulators.common.silence import SILENCES, endless, half_closed, never

from .methods import LARGEST_FILE
from .methods_chats import METHODS
from .trouble import Fault, Pacing
from .webhook import Webhook
from .world import World

LARGEST_BODY = LARGEST_FILE + 2**20
WEBHOOK = ("setWebhook", "deleteWebhook", "getWebhookInfo")
NAMES = {name.lower(): name for name in (POLL, *WEBHOOK, *METHODS)}


class Call(calls.Call):
    """A call to Telegram."""

    @property
    def chat_id(self) -> int | None:
        try:
            return int(self.params["chat_id"])
        except (KeyError, TypeError, ValueError):
            return None


class BotApi(Api[Call]):
    """Answers `/bot<token>/<method>`; `calls` in order of their answers."""

    def __init__(self, world: World, webhook: Webhook) -> None:
        super().__init__(world.bell)
        self.world = world
        self.webhook = webhook
        self.faults: list[Fault] = []
        self.pacing: Pacing | None = None
        self.keep_uploads = True
        self.control: Callable[[str, Params], Awaitable[Any]] | None = None
        self._numbers = count()
        self._unfinished: set[asyncio.Task[web.Response]] = set()

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        path, _, query = request.raw_path.partition("?")
        if path.startswith("/bot"):
            token, _, method = (unquote(path) if "%" in path else path)[4:].partition("/")
            return await self._handle_call(request, token, method, query)
        if path.startswith("/control/") and self.control is not None:
            return await self._handle_control(request, path.removeprefix("/control/"), query)
        return _response(404, _failure(ApiError(404, "Not Found")))

    async def _handle_control(self, request: web.BaseRequest, name: str, query: str) -> web.Response:
        assert self.control is not None
        try:
            result = await self.control(name, await read(request, query, "", False))
        except (ApiError, LookupError, TypeError, ValueError) as error:
            return _response(400, json.dumps({"error": f"{type(error).__name__}: {error}"}))
        return _response(200, json.dumps(result))

    async def _handle_call(self, request: web.BaseRequest, token: str, method: str, query: str) -> web.StreamResponse:
        call = Call(next(self._numbers), NAMES.get(method.lower(), method))
        fault = None
        try:
            params = await self._admitted(request, call, token, query)
            fault = next_fault(self.faults, call.method, call.chat_id) if self.faults else None
            if fault is None:
                body = await self._perform(call, params)
        except ApiError as error:
            body = self._refuse(call, error)
        except asyncio.CancelledError:
            call.status, call.error = 0, "the client went away"
            self.record(call)
            raise
        if fault is not None:
            return await self._go_wrong(request, call, params, fault)
        self.record(call)
        return _response(call.status, body)

    async def _admitted(self, request: web.BaseRequest, call: Call, token: str, query: str) -> Params:
        if token != self.world.token:
            raise ApiError(401, "Unauthorized")
        if call.method.lower() not in NAMES:
            raise ApiError(404, "Not Found: method not found")
        if (request.content_length or 0) > LARGEST_BODY:
            raise ApiError(413, "Request Entity Too Large")
        params = await read(request, query, f"file{call.number}x", self.keep_uploads)
        call.params = params.values
        return params

    async def _perform(self, call: Call, params: Params) -> str:
        """Do what is called for; the encoded envelope."""
        try:
            if call.method == POLL:
                result = await self._poll(params)
            else:
                if self.pacing is not None and call.method.startswith(("send", "editMessage")):
                    self._check_pace(self.pacing, call)
                result = json.dumps(await self._result(call.method, params))
        except ApiError as error:
            return self._refuse(call, error)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            return self._refuse(
                call, bad_request(f"these parameters have a shape that the emulator cannot read: {error!r}")
            )
        return f'{{"ok":true,"result":{result}}}'

    async def _poll(self, params: Params) -> str:
        if self.webhook.url:
            why = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            raise ApiError(409, f"Conflict: {why}")
        return await self.world.updates.get(params)

    async def _result(self, method: str, params: Params) -> Any:
        if method == "setWebhook":
            return await self.webhook.set(params)
        if method == "deleteWebhook":
            return await self.webhook.delete(params)
        if method == "getWebhookInfo":
            return self.webhook.info()
        return METHODS[method](self.world, params)

    def _check_pace(self, pacing: Pacing, call: Call) -> None:
        if call.chat_id is not None and call.method != "sendChatAction":
            pacing.check(call.chat_id, call.monotonic)

    def _refuse(self, call: Call, error: ApiError) -> str:
        call.status, call.error = error.code, error.description
        return _failure(error)

    async def _go_wrong(self, request: web.BaseRequest, call: Call, params: Params, fault: Fault) -> web.StreamResponse:
        """Answer as the fault has it, to the end even if the client goes away meanwhile."""
        if fault.kind in SILENCES:
            return await self._silent(request, call, params, fault)
        task = asyncio.create_task(self._faulty(request, call, params, fault))
        self._unfinished.add(task)
        task.add_done_callback(self._unfinished.discard)
        return await asyncio.shield(task)

    async def _faulty(self, request: web.BaseRequest, call: Call, params: Params, fault: Fault) -> web.Response:
        if fault.kind == "drop_before":
            return self._dropped(request, call, "dropped before the effect")
        if fault.kind == "server_error":
            call.status, call.error = fault.status, "server error"
            self.record(call)
            return web.Response(status=fault.status, text=SERVER_ERROR, content_type="text/html")
        if fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
        error = fault.error()
        body = self._refuse(call, error) if error else await self._perform(call, params)
        if fault.kind == "drop_after":
            return self._dropped(request, call, "dropped after the effect")
        self.record(call)
        if fault.kind == "delay_after":
            await asyncio.sleep(fault.seconds)
        return _response(call.status, body[: len(body) // 2] if fault.kind == "garbage" else body)

    async def _silent(self, request: web.BaseRequest, call: Call, params: Params, fault: Fault) -> web.StreamResponse:
        """No answer that ends; given up when the client goes away."""
        if fault.kind == "endless" and call.method != POLL:
            await self._perform(call, params)
        call.status, call.error = 0, fault.kind
        self.record(call)
        if fault.kind == "endless":
            return await endless(request, call)
        return await (never(request) if fault.kind == "hang" else half_closed(request))

    def _dropped(self, request: web.BaseRequest, call: Call, why: str) -> web.Response:
        call.status, call.error = 0, why
        self.record(call)
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    async def give_up(self) -> None:
        """End the calls that a fault still holds up."""
        for task in self._unfinished:
            task.cancel()
        await asyncio.gather(*self._unfinished, return_exceptions=True)


SERVER_ERROR = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


def _failure(error: ApiError) -> str:
    envelope: JSON = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters is not None:
        envelope["parameters"] = error.parameters
    return json.dumps(envelope)


def _response(status: int, body: str) -> web.Response:
    return web.Response(status=status, body=body.encode(), content_type="application/json")
