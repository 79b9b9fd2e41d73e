"""The Telegram emulator against the real python-telegram-bot, over real HTTP."""

import asyncio
import json
import sys
import warnings
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    ReplyParameters,
    Update,
    error,
)
from telegram.ext import Application, MessageHandler, filters
from telegram.request import BaseRequest, RequestData
from telegram.warnings import PTBUserWarning

from tests.emulators.telegram import Emulator, Pacing, User


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


@pytest.fixture
async def emu(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Emulator]:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # else each error.RetryAfter warns that its seconds will be a timedelta
    async with Emulator() as emulator:
        yield emulator


@pytest.fixture
async def bot(emu: Emulator) -> AsyncIterator[Bot]:
    async with Bot(emu.token, base_url=emu.base_url) as bot:
        yield bot


@pytest.fixture
def an(emu: Emulator) -> User:
    """A student who has started the bot."""
    user = emu.user("An", "an_hv")
    user.start()
    return user


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


async def test_updates_come_again_until_confirmed(emu: Emulator, bot: Bot, an: User) -> None:
    """An update is gone only once a later poll asks for a higher offset."""
    an.sends("xóm 4 được 3")
    first = await poll(bot)
    assert texts(first) == texts(await poll(bot)) == ["/start", "xóm 4 được 3"]
    assert first[1]["update_id"] == first[0]["update_id"] + 1
    assert texts(await poll(bot, first[0]["update_id"] + 1)) == ["xóm 4 được 3"]
    assert texts(await poll(bot)) == ["xóm 4 được 3"]
    assert emu.updates.confirmed == 1
    assert await poll(bot, first[1]["update_id"] + 1) == []
    assert emu.updates.confirmed == 2


async def test_limit_and_negative_offset(bot: Bot, an: User) -> None:
    """A limit cuts the list; offset -1 forgets all but the last."""
    an.sends("một")
    an.sends("hai")
    assert texts(await poll(bot, limit=2)) == ["/start", "một"]
    assert texts(await poll(bot, -1)) == ["hai"]
    assert texts(await poll(bot)) == ["hai"]


async def test_a_long_poll_wakes_at_once(emu: Emulator, bot: Bot, an: User) -> None:
    """A waiting poll returns as soon as somebody writes."""
    [start] = await poll(bot)
    waiting = asyncio.create_task(poll(bot, start["update_id"] + 1, timeout=30))
    await emu.wait_for(lambda: emu.updates.polling)
    an.sends("nhanh")
    assert texts(await asyncio.wait_for(waiting, 1)) == ["nhanh"]


async def test_ids_restart_after_silence(emu: Emulator, bot: Bot, an: User) -> None:
    """An offset far above the restarted ids confirms nothing and hides nothing."""
    [start] = await poll(bot)
    emu.restart_ids(at=5)
    an.sends("sau một tuần")
    assert texts(await poll(bot, start["update_id"] + 1)) == ["sau một tuần"]
    assert [update["update_id"] for update in await poll(bot)] == [5]


async def test_allowed_updates_are_remembered(bot: Bot, an: User) -> None:
    """Kinds that were not asked for do not arrive, in later polls either; what is pending stays."""
    await poll(bot, allowed_updates=["edited_message"])
    said = an.sends("một")
    an.edits(said, "hai")
    assert [[*update][1] for update in await poll(bot)] == ["message", "edited_message"]


async def test_two_pollers_conflict(emu: Emulator, bot: Bot) -> None:
    """A second poll ends the first with 409."""
    first = asyncio.create_task(poll(bot, timeout=30))
    await emu.wait_for(lambda: emu.updates.polling)
    async with Bot(emu.token, base_url=emu.base_url) as second:
        assert await poll(second) == []
    with pytest.raises(error.Conflict, match="terminated by other getUpdates request"):
        await first


async def test_a_killed_poller_leaves_no_trace(emu: Emulator, an: User) -> None:
    """When the bot's process dies in a long poll, nothing is lost and nobody seems to wait."""
    emu.updates.confirm(emu.updates.next_id - 1)
    async with aiohttp.ClientSession() as session:
        poll = asyncio.create_task(session.post(f"{emu.base_url}{emu.token}/getUpdates", json={"timeout": 30}))
        await emu.wait_for(lambda: emu.updates.polling)
        poll.cancel()
        [call] = await emu.wait_for(lambda: emu.calls)
        assert (call.status, emu.updates.polling) == (0, False)
        an.sends("không mất")
        async with session.get(f"{emu.base_url}{emu.token}/GETUPDATES?limit=1") as answer:
            assert texts((await answer.json())["result"]) == ["không mất"]


async def test_strange_updates_pass_as_they_are(emu: Emulator, bot: Bot) -> None:
    """Tests may queue anything in an update's place."""
    emu.push({"message": {"nonsense": True}})
    emu.push_raw(["not", "an", "update"])
    first, second = await poll(bot)
    assert first["message"] == {"nonsense": True}
    assert second == ["not", "an", "update"]


async def test_a_wrong_token_and_an_unknown_method(emu: Emulator, bot: Bot) -> None:
    """401 and 404, in Telegram's envelope."""
    with pytest.raises(error.InvalidToken):
        async with Bot("1:wrong", base_url=emu.base_url):
            pass
    async with aiohttp.ClientSession() as session, session.get(f"{emu.base_url}{emu.token}/makeCoffee") as answer:
        assert (await answer.json())["error_code"] == answer.status == 404


async def test_what_the_bot_says_is_shown(emu: Emulator, bot: Bot, an: User) -> None:
    """HTML is taken apart, buttons, silence and replies are kept, UTF-16 offsets are right."""
    asked = an.sends("😀 /tong@bacung_bot")
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Đúng", callback_data="y"), InlineKeyboardButton("Sai", "u")]])
    sent = await bot.send_message(
        an.id,
        "<b>😀 3</b> &lt;máy&gt;",
        parse_mode="HTML",
        reply_markup=markup,
        reply_parameters=ReplyParameters(asked.id),
        disable_notification=True,
    )
    shown = await an.chat.next_from_bot()
    assert (shown.text, shown.silent, shown.reply_to, shown.buttons) == ("😀 3 <máy>", True, asked, [["Đúng", "Sai"]])
    assert sent.parse_entities() == {sent.entities[0]: "😀 3"}
    assert sent.reply_to_message is not None
    assert [*sent.reply_to_message.parse_entities(["bot_command"]).values()] == ["/tong@bacung_bot"]
    assert (sent.message_id, an.chat.texts) == (3, ["/start", "😀 /tong@bacung_bot", "😀 3 <máy>"])


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n"}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag"),
        ({"text": "<x>x</x>", "parse_mode": "HTML"}, 'can\'t parse entities: Unsupported start tag "x"'),
        ({"text": "a < b", "parse_mode": "HTML"}, "can't parse entities: Unclosed start tag at byte offset 2"),
        ({"text": "x", "reply_markup": button("x", "é" * 33)}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [["x"]]}}, "these parameters have a shape"),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"text": "x", "reply_to_message_id": 99}, "message to be replied not found"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply markup JSON object"),
        ({"text": "x", "chat_id": 12}, "chat not found"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
    ],
)
async def test_bad_sends_are_refused(emu: Emulator, an: User, params: dict[str, Any], words: str) -> None:
    """Each mistake has Telegram's own words."""
    url = f"{emu.base_url}{emu.token}/sendMessage"
    async with aiohttp.ClientSession() as session, session.post(url, json={"chat_id": an.id, **params}) as answer:
        body = await answer.json()
    assert (answer.status, body["ok"], body["error_code"]) == (400, False, 400)
    assert f"Bad Request: {words}" in body["description"]
    assert an.chat.from_bot == []


async def test_longest_text_and_lenient_reply(bot: Bot, an: User) -> None:
    """4096 units after parsing are fine, and a reply to nothing may be allowed."""
    lenient = ReplyParameters(99, allow_sending_without_reply=True)
    sent = await bot.send_message(an.id, f"<i>{'x' * 4096}</i>", parse_mode="HTML", reply_parameters=lenient)
    assert sent.reply_to_message is None


async def test_who_cannot_be_written_to(emu: Emulator, bot: Bot) -> None:
    """403 for who never started, blocked, or threw the bot out."""
    binh = emu.user("Bình")
    group = emu.group("Tổ 1", [binh])
    with pytest.raises(error.Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(binh.id, "chào")
    binh.start("ma-moi")
    binh.blocks()
    with pytest.raises(error.Forbidden, match="bot was blocked by the user"):
        await bot.send_message(binh.id, "chào")
    binh.unblocks()
    assert (await bot.send_message(binh.id, "chào")).message_id == 2
    binh.removes_bot(group)
    with pytest.raises(error.Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(group.id, "chào")
    parsed = [Update.de_json(update, bot) for update in await poll(bot)]
    changes = [update.my_chat_member.difference()["status"] for update in parsed if update.my_chat_member]
    assert changes == [("left", "member"), ("member", "kicked"), ("kicked", "member"), ("member", "kicked")]


async def test_a_group_moves(emu: Emulator, bot: Bot, an: User) -> None:
    """The old id answers with the new one, message ids begin anew, both service messages arrive."""
    group = emu.group("Tổ 1", [an])
    await bot.send_message(group.id, "trước")
    moved = emu.migrate(group)
    with pytest.raises(error.ChatMigrated) as caught:
        await bot.send_message(group.id, "sau")
    assert caught.value.new_chat_id == moved.id
    assert (await bot.send_message(moved.id, "sau")).message_id == 2
    an.sends("/tong", group)
    seen = [update["message"] for update in (await poll(bot))[-3:]]
    assert (seen[0]["migrate_to_chat_id"], seen[1]["migrate_from_chat_id"]) == (moved.id, group.id)
    assert seen[2]["chat"] == {"id": moved.id, "type": "supergroup", "title": "Tổ 1"}


async def test_privacy_mode(emu: Emulator, bot: Bot, an: User) -> None:
    """With privacy, a bot in a group sees what is meant for it; without, or as an admin, everything."""
    group = emu.group("Tổ 1", [an])
    told = await bot.send_message(group.id, "Báo cáo đi")
    said = [
        "nói chuyện", "/bc 3", "/bc@bacung_bot 3", "/bc@other_bot 3", "@bacung_bot 3", "@bacung_bots 3", "a@bacung_bot",
    ]  # fmt: skip
    for text in said:
        an.sends(text, group)
    an.sends("trả lời", group, reply_to=group.by_id[told.message_id])
    emu.set_privacy(False)
    an.sends("nghe hết", group)
    emu.set_privacy(True)
    an.promotes_bot(group)
    an.sends("quản trị", group)
    heard = [update["message"].get("text") for update in await poll(bot) if "message" in update][2:]
    assert heard == ["/bc 3", "/bc@bacung_bot 3", "@bacung_bot 3", "trả lời", "nghe hết", "quản trị"]


async def test_edits_of_people_and_of_the_bot(emu: Emulator, bot: Bot, an: User) -> None:
    """An edit keeps id and date; the bot may edit only its own, and only into something else."""
    said = an.sends("3", at=datetime(2023, 5, 20, 3, tzinfo=UTC))
    an.edits(said, "4")
    edited = (await poll(bot))[-1]["edited_message"]
    assert (edited["message_id"], edited["text"], edited["date"]) == (said.id, "4", 1684551600)
    assert edited["edit_date"] > edited["date"]
    sent = await bot.send_message(an.id, "một", reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("x", "u")]]))
    with pytest.raises(error.BadRequest, match="Message is not modified"):
        await sent.edit_text("một", reply_markup=sent.reply_markup)
    await sent.edit_text("hai")
    assert (an.chat.texts[-1], an.chat.messages[-1].buttons) == ("hai", [])
    with pytest.raises(error.BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("x", an.id, said.id)
    with pytest.raises(error.BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", an.id, 99)
    await sent.delete()
    with pytest.raises(error.BadRequest, match="Message to delete not found"):
        await sent.delete()
    assert an.chat.texts == ["/start", "4"]


async def test_a_button_is_pressed_and_answered_once(emu: Emulator, bot: Bot, an: User) -> None:
    """A press arrives with its message; its answer is shown; a second answer is too late."""
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("Đúng", callback_data="yes:1")]])
    await bot.send_message(an.id, "Đúng không?", reply_markup=buttons)
    press = an.presses("Đúng")
    query = Update.de_json((await poll(bot))[-1], bot).callback_query
    assert query is not None
    assert (query.data, query.message and query.message.message_id) == ("yes:1", press.message.id)
    await query.answer("Đã ghi", show_alert=True)
    assert (press.answered, press.answer, press.alert) == (True, "Đã ghi", True)
    with pytest.raises(error.BadRequest, match="Query is too old"):
        await query.answer()
    await bot.edit_message_reply_markup(an.id, press.message.id)
    with pytest.raises(LookupError):
        an.presses("Đúng")


async def test_reactions_come_from_a_list(bot: Bot, an: User) -> None:
    """A thumb is one of Telegram's reactions, a green tick is not."""
    said = an.sends("3")
    await bot.set_message_reaction(an.id, said.id, "👍")
    assert said.reactions == ("👍",)
    with pytest.raises(error.BadRequest, match="Reaction_invalid"):
        await bot.set_message_reaction(an.id, said.id, "✅")


@pytest.mark.parametrize("attach", [False, True])
@pytest.mark.parametrize("own_transport", [False, True])
async def test_uploads(emu: Emulator, an: User, attach: bool, own_transport: bool) -> None:
    """A file is kept with name and bytes, and sent again by its id, over either transport."""
    async with Bot(emu.token, base_url=emu.base_url, request=AiohttpRequest() if own_transport else None) as bot:
        file = InputFile(b"PK12", filename="tổng.xlsx", attach=attach)
        sent = await bot.send_document(an.id, file, caption="<b>Tổng</b>", parse_mode="HTML")
        assert sent.document is not None
        await bot.send_document(an.id, sent.document.file_id)
        photo = await bot.send_photo(an.id, InputFile(b"\x89PNG", filename="a.png", attach=attach))
        assert photo.photo[0].file_size == 4
        with pytest.raises(error.BadRequest, match="Wrong file identifier"):
            await bot.send_photo(an.id, "nothing")
    first, again = (shown.upload for shown in an.chat.from_bot[:2])
    assert first is not None
    assert first is again
    assert (first.name, first.size, first.data) == ("tổng.xlsx", 4, b"PK12")


async def test_commands_by_scope_and_members(emu: Emulator, bot: Bot, an: User) -> None:
    """Commands are remembered by scope; who is in a group is told."""
    await bot.set_my_commands([BotCommand("bc", "Báo cáo")])
    await bot.set_my_commands([BotCommand("tong", "Tổng")], {"type": "all_group_chats"})  # type: ignore[arg-type]
    assert [command.command for command in await bot.get_my_commands()] == ["bc"]
    assert await bot.delete_my_commands()
    assert await bot.get_my_commands() == ()
    group = emu.group("Tổ 1", [an], admin=True)
    administrators = await bot.get_chat_administrators(group.id)
    assert [(m.user.id, m.status) for m in administrators] == [(an.id, "creator"), (bot.id, "administrator")]
    assert (await bot.get_chat_member(group.id, an.id)).status == "creator"
    assert (await bot.get_chat(group.id)).title == "Tổ 1"
    await bot.leave_chat(group.id)
    with pytest.raises(error.Forbidden, match="bot is not a member of the group chat"):
        await bot.send_chat_action(group.id, "typing")


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
