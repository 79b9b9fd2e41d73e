"""The Telegram emulator in the hands of the real python-telegram-bot."""

import warnings
from typing import Any

import aiohttp
from telegram import (
    Bot,
    error,
)
from telegram.request import BaseRequest, RequestData
from telegram.warnings import PTBUserWarning


class AiohttpRequest(BaseRequest):
    """The smallest transport for python-telegram-bot on aiohttp."""

    async def initialize(self) -> None:
        self.session = aiohttp.ClientSession()

    async def shutdown(self) -> None:
        await self.session.close()

    @property
    def read_timeout(self) -> float | None:
        return 5

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        form = aiohttp.FormData(request_data.json_parameters if request_data else {}, quote_fields=False)
        for name, (filename, data, mime) in (request_data.multipart_data or {} if request_data else {}).items():
            form.add_field(name, data, filename=filename, content_type=mime)
        try:
            async with self.session.request(method, url, data=form) as answer:
                return answer.status, await answer.read()
        except aiohttp.ClientError as failure:
            raise error.NetworkError(str(failure)) from failure


async def poll(bot: Bot, offset: int = 0, **options: Any) -> list[Any]:
    """Raw updates, as the bot of this project fetches them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PTBUserWarning)
        asked = {"offset": offset, "timeout": 0, **options}
        result: Any = await bot.do_api_request("getUpdates", api_kwargs=asked)
        return list(result)


def button(label: str, data: str) -> dict[str, Any]:
    """An inline keyboard of one button, as raw JSON."""
    return {"inline_keyboard": [[{"text": label, "callback_data": data}]]}


def texts(updates: list[Any]) -> list[str]:
    return [update["message"]["text"] for update in updates]
