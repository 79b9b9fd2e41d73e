"""What a bot says on the emulated Telegram: sent, edited, pressed, refused."""

from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
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

from tests.emulators.stock import AiohttpRequest, button, poll
from tests.emulators.telegram import Emulator, User


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
