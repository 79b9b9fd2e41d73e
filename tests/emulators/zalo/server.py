"""The Bot API over HTTP: one call in, one envelope out, and a record of each."""

import asyncio
import json
from itertools import count

from aiohttp import web

from tests.emulators.common import calls
from tests.emulators.common.faults import POLL, next_fault
from tests.emulators.common.listening import Api
from tests.emulators.common.parameters import JSON, ApiError, Params, bad_request, read
from tests.emulators.common.silence import SILENCES, endless, half_closed, never

from .photos import Photos
from .trouble import Fault
from .webhook import Webhook
from .world import Chat, World

LONGEST_TEXT = 2000
METHODS = (
    *("getMe", POLL, "setWebhook", "deleteWebhook", "getWebhookInfo"),
    *("sendMessage", "sendPhoto", "sendSticker", "sendChatAction"),
)
COUNTED = ("sendMessage", "sendPhoto", "sendSticker")  # against the month's allowance


class Call(calls.Call):
    """A call to Zalo."""

    @property
    def chat_id(self) -> str | None:
        return self.params.get("chat_id")


class BotApi(Api[Call]):
    """Answers `/bot<token>/<method>`; `calls` in order of their answers."""

    def __init__(self, world: World, webhook: Webhook) -> None:
        super().__init__(world.bell)
        self.world = world
        self.webhook = webhook
        self.photos = Photos()
        self.faults: list[Fault] = []
        self.allowance = 3000
        self.errors_in_200 = True  # `ok: false` inside HTTP 200, as captured; else the code is the HTTP status too
        self._numbers = count()

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        path, _, query = request.raw_path.partition("?")
        token, _, method = path.removeprefix("/bot").partition("/")
        call = Call(next(self._numbers), method)
        fault = None
        try:
            if token != self.world.token:
                raise ApiError(401, "Unauthorized")
            if method not in METHODS:
                raise ApiError(404, "Not found")
            params = await read(request, query, "", False)
            call.params = params.values
            fault = next_fault(self.faults, method, call.chat_id)
            if fault is not None:
                return await self._go_wrong(request, call, params, fault)
            return self._response(call, await self._perform(call, params))
        except ApiError as error:
            return self._response(call, self._refuse(call, error))
        except asyncio.CancelledError:
            if fault is None:
                call.status, call.error = 0, "the client went away"
                self.record(call)
            raise

    async def _perform(self, call: Call, params: Params) -> str:
        try:
            if call.method == POLL:
                return await self._poll(params)
            return json.dumps({"ok": True, "result": await self._result(call, params)})
        except ApiError as error:
            return self._refuse(call, error)

    async def _poll(self, params: Params) -> str:
        if self.webhook.url:
            raise bad_request("getUpdates does not work while a webhook is set")
        update = await self.world.updates.get(float(params.values.get("timeout", 30)))
        if update is None:
            raise ApiError(408, "Request timeout")
        return update

    async def _result(self, call: Call, params: Params) -> JSON:
        match call.method:
            case "getMe":
                known = {"id": self.world.bot["id"], "account_name": self.world.name}
                return known | {"account_type": "BASIC", "can_join_groups": True}
            case "setWebhook":
                return await self.webhook.set(params, self.world.now())
            case "deleteWebhook":
                return await self.webhook.delete()
            case "getWebhookInfo":
                return self.webhook.info()
            case "sendChatAction":
                self._open_chat(params)
                return {}
        return await self._send(call, params)

    def _open_chat(self, params: Params) -> Chat:
        chat = self.world.chats.get(params.text("chat_id"))
        if chat is None:
            raise bad_request("chat_id is not known")
        if not chat.has_bot:
            raise ApiError(403, "Forbidden")
        return chat

    async def _send(self, call: Call, params: Params) -> JSON:
        chat = self._open_chat(params)
        photo = params.text("photo")
        text = params.text("caption" if call.method == "sendPhoto" else "text")
        if call.method != "sendSticker" and not (0 < len(text) <= LONGEST_TEXT or (photo and not text)):
            raise bad_request(f"text must be from 1 to {LONGEST_TEXT} characters")
        if self.sent >= self.allowance:
            raise ApiError(429, "Quota exceeded")
        fetched = await self.photos.fetch(photo) if call.method == "sendPhoto" else None
        shown = chat.show(self.world.bot, self.world.now(), text, {"photo": photo} if photo else {}, fetched)
        return {"message_id": shown.id, "date": shown.date}

    @property
    def sent(self) -> int:
        """How many messages the bot has said."""
        return sum(len(chat.from_bot) for chat in self.world.chats.values())

    def _refuse(self, call: Call, error: ApiError) -> str:
        call.status, call.error = error.code, error.description
        key = "errorCode" if "Webhook" in call.method else "error_code"
        return json.dumps({"ok": False, key: error.code, "description": error.description})

    def _response(self, call: Call, body: str) -> web.Response:
        self.record(call)
        status = 200 if self.errors_in_200 else call.status
        return web.Response(status=status, body=body.encode(), content_type="application/json")

    async def _go_wrong(self, request: web.BaseRequest, call: Call, params: Params, fault: Fault) -> web.StreamResponse:
        if fault.kind in SILENCES:
            return await self._silent(request, call, params, fault)
        if fault.kind == "server_error":
            call.status, call.error = fault.status, "server error"
            self.record(call)
            return web.Response(status=fault.status, text="<html>Bad Gateway</html>", content_type="text/html")
        error = fault.error()
        if error is not None:
            return self._response(call, self._refuse(call, error))
        body = "" if fault.kind == "drop_before" else await self._perform(call, params)
        if fault.kind == "garbage":
            return self._response(call, body[: len(body) // 2])
        call.status, call.error = 0, fault.kind
        self.record(call)
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    async def _silent(self, request: web.BaseRequest, call: Call, params: Params, fault: Fault) -> web.StreamResponse:
        """No answer that ends; given up when the client goes away."""
        if fault.kind == "endless" and call.method != POLL:
            await self._perform(call, params)
        call.status, call.error = 0, fault.kind
        self.record(call)
        if fault.kind == "endless":
            return await endless(request, call)
        return await (never(request) if fault.kind == "hang" else half_closed(request))
