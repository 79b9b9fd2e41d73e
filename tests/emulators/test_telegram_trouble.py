"""Trouble on the emulated Telegram: faults, pacing, webhooks that fail, an outage; and the stock application on it."""

import asyncio
import json
import sys
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from telegram import (
    Bot,
    Update,
    error,
)
from telegram.ext import Application, MessageHandler, filters

from tests.emulators.stock import poll
from tests.emulators.telegram import Emulator, Pacing, User


async def test_faults_befall_the_next_calls(emu: Emulator, bot: Bot, an: User) -> None:
    """Each fault does what it says to the calls that it names, then it is over."""
    emu.fail("too_many", method="sendMessage", chat=an.chat, seconds=7)
    emu.fail("server_error")
    emu.fail("drop_before")
    emu.fail("drop_after")
    emu.fail("garbage")
    assert await poll(bot)
    with pytest.raises(error.RetryAfter) as caught:
        await bot.send_message(an.id, "429")
    assert caught.value.retry_after == timedelta(seconds=7)
    for text in ("502", "dropped before", "dropped after", "garbage"):
        with pytest.raises(error.TelegramError):
            await bot.send_message(an.id, text)
    emu.fail("delay", seconds=0.2)
    with pytest.raises(error.NetworkError, match="Timed out"):
        await bot.send_message(an.id, "late", read_timeout=0.05)
    await emu.wait_for(lambda: len(emu.calls_of("sendMessage")) == 6)
    assert [call.status for call in emu.calls_of("sendMessage")] == [429, 502, 0, 0, 200, 200]
    assert [shown.text for shown in an.chat.from_bot] == ["dropped after", "garbage", "late"]


async def test_pacing(emu: Emulator, bot: Bot, an: User) -> None:
    """With limits on, too many messages to one chat are told to wait."""
    emu.pacing = Pacing(chat_burst=2)
    for _ in range(2):
        await bot.send_message(an.id, "x")
    with pytest.raises(error.RetryAfter):
        await bot.send_message(an.id, "x")
    emu.pacing = None
    await bot.send_message(an.id, "x")


async def test_a_webhook_is_tried_until_it_answers(emu: Emulator, bot: Bot, an: User) -> None:
    """Updates are posted in order with the secret, again after a failure; polling is refused meanwhile."""
    got: list[tuple[str | None, str]] = []

    async def receive(request: web.BaseRequest) -> web.Response:
        update = await request.json()
        got.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), update["message"]["text"]))
        return web.Response(status=500 if len(got) == 1 else 200)

    runner = web.ServerRunner(web.Server(receive))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    emu.webhook.retry = 0.01
    await bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/", secret_token="bi-mat")
    an.sends("3")
    await emu.all_confirmed()
    assert got == [("bi-mat", "/start"), ("bi-mat", "/start"), ("bi-mat", "3")]
    info = await bot.get_webhook_info()
    assert (info.pending_update_count, info.last_error_message) == (
        0,
        "Wrong response from the webhook: 500 Internal Server Error",
    )
    with pytest.raises(error.Conflict, match="webhook is active"):
        await poll(bot)
    await bot.delete_webhook()
    assert await poll(bot) == []
    await runner.cleanup()


async def test_the_stock_application_polls(emu: Emulator, an: User) -> None:
    """python-telegram-bot's own Application answers people here as on Telegram."""

    async def echo(update: Update, _: Any) -> None:
        assert update.effective_message is not None
        await update.effective_message.reply_text(f"{update.effective_message.text}!")

    app = Application.builder().token(emu.token).base_url(emu.base_url).build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    async with app:
        assert app.updater is not None
        await app.start()
        await app.updater.start_polling(timeout=10)
        assert (await an.chat.next_from_bot()).text == "/start!"
        an.sends("ba", forwarded_from="Ai đó")
        assert (await an.chat.next_from_bot()).text == "ba!"
        await emu.all_confirmed()
        await app.updater.stop()
        await app.stop()


async def test_an_outage(emu: Emulator, bot: Bot, an: User) -> None:
    """Stopped and started again, the emulator has its port and its memory."""
    [start] = await poll(bot)
    waiting = asyncio.create_task(poll(bot, start["update_id"] + 1, timeout=30))
    await emu.wait_for(lambda: emu.updates.polling)
    await emu.stop()
    with pytest.raises(error.NetworkError):
        await waiting
    with pytest.raises(error.NetworkError):
        await bot.send_message(an.id, "x")
    await emu.start()
    assert (await bot.send_message(an.id, "x")).message_id == 2


async def test_a_process_of_its_own_under_control() -> None:
    """A benchmark drives the emulator from outside: people write in bulk, calls are fetched with their times."""
    command = (sys.executable, "-m", "tests.emulators.telegram", "--port", "0")
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    url, token = (await process.stdout.readline()).decode().split()
    async with aiohttp.ClientSession() as session, Bot(token, base_url=f"{url}/bot") as bot:

        async def control(name: str, **params: Any) -> Any:
            async with session.post(f"{url}/control/{name}", json=params) as answer:
                return await answer.json()

        said = [{"user_id": 1000 + n % 10, "text": f"nhà {n}"} for n in range(500)]
        assert (await control("say", messages=said))["pending"] == 500
        assert len(await poll(bot)) == 100
        assert (await control("push", updates=[{"message": {}}]))["pending"] == 501
        group = await control("group", title="Tổ", user_ids=[1000])
        await control("fail", kind="forbidden", method="sendMessage", times=1)
        with pytest.raises(error.Forbidden):
            await bot.send_message(group["chat_id"], "x")
        await bot.send_message(1000, "y")
        assert (await control("wait", calls=2, method="sendMessage"))["reached"]
        got = await control("calls", method="sendMessage")
        assert [(row[1], row[2], row[5]) for row in got["calls"]] == [(group["chat_id"], 403, "x"), (1000, 200, "y")]
        assert got["calls"][0][3] < got["calls"][1][3]
        assert json.dumps((await control("chat", chat_id=1000))["messages"][-1]).count('"y"') == 1
        assert "unknown command" in (await control("dance"))["error"]
    process.terminate()
    assert await process.wait() == 0
