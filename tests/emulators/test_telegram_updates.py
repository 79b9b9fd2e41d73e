"""What the emulated Telegram tells a bot, against the real python-telegram-bot over real HTTP."""

import asyncio

import aiohttp
import pytest
from telegram import (
    Bot,
    Update,
    error,
)

from tests.emulators.stock import poll, texts
from tests.emulators.telegram import Emulator, User


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
