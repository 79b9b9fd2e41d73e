"""Where Telegram is blocked, everything goes through a proxy, and only through it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from aiohttp import web

from tests.talk import talking


@asynccontextmanager
async def forward_proxy(passed: list[str]) -> AsyncIterator[str]:
    """A plain HTTP proxy; notes what passes it."""

    async def forward(request: web.BaseRequest) -> web.StreamResponse:
        passed.append(str(request.url.path).rpartition("/")[2])
        async with (
            aiohttp.ClientSession() as session,
            session.request(
                request.method, request.url, data=await request.read(), headers={"Content-Type": request.content_type}
            ) as answer,
        ):
            return web.Response(status=answer.status, body=await answer.read())

    runner = web.ServerRunner(web.Server(forward))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def test_all_calls_go_through_the_proxy(tmp_path: Path) -> None:
    """Polling and answers alike."""
    passed: list[str] = []
    async with (
        forward_proxy(passed) as proxy,
        talking(tmp_path, settings={"BACUNG_TELEGRAM__PROXY": proxy}) as talk,
    ):
        an = await talk.person("An")
        await an.says("xóm 4 được 3").hears("3 máy")
        await talk.settled()
        assert {"getMe", "getUpdates", "sendMessage"} <= set(passed)
        assert len(passed) >= len(talk.emulator.calls) - 1
