"""Pictures on every platform: shown with their words, never in the way of them."""

from datetime import timedelta

import pytest

from bot.sending import parcels
from handlers.messages import Reply
from storage.engine.database import session
from storage.engine.transaction import Transaction
from storage.talk import chats, outbox, pictures
from storage.talk.outbox import Class
from tests.sending.pictures.showing import NAME, PNG, SOON, failed, kept, over_a_platform, put, said, says, seen, state
from tests.talk import Talk


@over_a_platform
async def test_a_picture_is_shown_with_its_text_and_buttons(talk: Talk) -> None:
    """One message; what it offers can be taken, and nothing of the picture stays in the line."""
    an = await talk.person("An")
    await talk.settled()
    before = len(an.private.from_bot)
    row = await says(talk, an, "Tiến độ tổ em", await kept(talk))
    shown = await an.waits("Tiến độ tổ em")
    assert seen(shown) == PNG
    assert shown.text == "Tiến độ tổ em"
    assert shown.buttons == [["Hôm nay"]]
    await talk.settled()
    assert state(talk, row) == "sent"
    assert len(an.private.from_bot) == before + 1
    await an.presses("Hôm nay", shown).hears("Hôm nay")


@over_a_platform
async def test_a_picture_whose_time_is_over_leaves_the_text(talk: Talk) -> None:
    """Expired before it could be sent, or forgotten: the words go out alone, once, without a failure."""
    an = await talk.person("An")
    await says(talk, an, "Tiến độ hôm kia", await kept(talk, ago=pictures.KEPT))
    assert seen(await an.waits("Tiến độ hôm kia")) is None
    await says(talk, an, "Tiến độ tuần trước", 999)
    shown = await an.waits("Tiến độ tuần trước")
    assert (seen(shown), shown.text, shown.buttons) == (None, "Tiến độ tuần trước", [["Hôm nay"]])
    await talk.settled()
    assert len(said(an, "Tiến độ")) == 2
    assert talk.emulator.calls_of("sendPhoto") == []
    assert talk.look(lambda tx: tx.all("SELECT * FROM failures")) == []


@over_a_platform
async def test_a_refused_picture_leaves_the_text(talk: Talk) -> None:
    """The platform takes the words and not the picture: they are said once, unmarked, with their buttons."""
    an = await talk.person("An")
    talk.emulator.fail("bad_request", method="sendPhoto", description="Bad Request: PHOTO_INVALID_DIMENSIONS")
    row = await says(talk, an, "Tiến độ tổ em", await kept(talk))
    shown = await an.waits("Tiến độ tổ em")
    assert (seen(shown), shown.text, shown.buttons) == (None, "Tiến độ tổ em", [["Hôm nay"]])
    await talk.settled()
    assert state(talk, row) == "sent"
    assert len(said(an, "Tiến độ")) == 1
    assert talk.look(lambda tx: tx.all("SELECT * FROM failures")) == []


@over_a_platform
@pytest.mark.parametrize("kind", ["server_error", "too_many"])
async def test_a_picture_that_surely_did_not_arrive_comes_later(talk: Talk, kind: str) -> None:
    """Once, unmarked, and with its text."""
    an = await talk.person("An")
    talk.emulator.fail(kind, method="sendPhoto", status=403)  # with a page: it is not the platform that refuses
    await says(talk, an, "Tiến độ tổ em", await kept(talk))
    await failed(talk)
    shown = await an.waits("Tiến độ tổ em")
    assert (seen(shown), shown.text) == (PNG, "Tiến độ tổ em")
    await talk.settled()
    assert len(said(an, "Tiến độ")) == 1


@over_a_platform
async def test_a_picture_whose_outcome_is_unknown_is_shown_again(talk: Talk) -> None:
    """Marked, as words are, each time."""
    an = await talk.person("An")
    talk.emulator.fail("drop_after", method="sendPhoto")
    await says(talk, an, "Tiến độ tổ em", await kept(talk))
    await failed(talk)
    again = await an.waits("(gửi lại) Tiến độ tổ em")
    assert seen(again) == PNG
    await talk.settled()
    assert len(said(an, "Tiến độ")) == 2
    talk.emulator.fail("drop_after", times=2, method="sendPhoto")
    await says(talk, an, "Bản đồ", await kept(talk))
    await failed(talk)
    await an.says("xóm 4 được 1").hears("✅")
    assert [one.text.startswith("(gửi lại)") for one in said(an, "Bản đồ")] == [False, True, True]


@over_a_platform
async def test_nothing_goes_to_whom_the_bot_cannot_reach(talk: Talk) -> None:
    """A picture that is forbidden ends like words: nothing more is tried there."""
    an = await talk.person("An")
    await talk.settled()
    before = len(talk.emulator.calls)
    talk.emulator.fail("forbidden", method="sendPhoto")
    row = await says(talk, an, "Tiến độ tổ em", await kept(talk))
    await talk.settled_to(lambda tx: tx.one("SELECT 1 FROM outbox WHERE id = :row AND state = 'failed'", row=row))
    assert len([one for one in talk.emulator.calls[before:] if one.method.startswith("send")]) == 1


@over_a_platform
async def test_late_answers_are_merged_around_a_picture(talk: Talk) -> None:
    """What is said before and after it becomes one message each, and the picture keeps its place."""
    an = await talk.person("An")
    await talk.settled()
    picture = await kept(talk)
    chat = await talk.app.database.write(
        lambda tx: chats.at(tx, talk.platform.name, str(an.user.id), private=True).id,
    )
    replies = [Reply("một"), Reply("hai"), Reply("hình", picture=picture), Reply("ba"), Reply("bốn")]
    meant = talk.clock.now() - timedelta(minutes=5)

    def work(tx: Transaction) -> None:
        for reply in replies:
            outbox.add(tx, chat, parcels.packed(reply), urgency=Class.ANSWER, at=meant)

    before = len(an.private.from_bot)
    await talk.app.database.write(work)
    talk.clock.advance(SOON)
    await an.waits("ba\n\nbốn")
    new = an.private.from_bot[before:]
    assert [one.text.rpartition("lại:\n\n")[2] for one in new] == ["một\n\nhai", "hình", "ba\n\nbốn"]
    assert [seen(one) for one in new] == [None, PNG, None]


@over_a_platform
async def test_a_picture_never_becomes_an_edit(talk: Talk) -> None:
    """Where an earlier message is to be replaced, it comes anew."""
    an = await talk.person("An")
    first = await put(talk, talk.platform.name, str(an.user.id), Reply("Tiến độ sáng nay"))
    await an.waits("Tiến độ sáng nay")
    await talk.settled()
    await put(
        talk, talk.platform.name, str(an.user.id), Reply("Tiến độ chiều", picture=await kept(talk), replaces=first)
    )
    assert seen(await an.waits("Tiến độ chiều")) == PNG
    assert len(said(an, "Tiến độ")) == 2


@over_a_platform
async def test_a_picture_that_was_on_its_way_when_the_program_died(talk: Talk) -> None:
    """Shown again at the next start, marked."""
    an = await talk.person("An")
    await talk.settled()
    await talk.stop()
    with session(talk.database) as tx:
        chat = chats.at(tx, talk.platform.name, str(an.user.id), private=True)
        picture = pictures.keep(tx, NAME, PNG, at=talk.clock.now())
        body = parcels.packed(Reply("Tiến độ tổ em", picture=picture))
        row = outbox.add(tx, chat.id, body, urgency=Class.ANSWER, at=talk.clock.now())
        tx.run("UPDATE outbox SET state = 'sending', attempts = 1 WHERE id = :row", row=row)
        outbox.recover(tx)
    talk.set(BACUNG_WEB__PORT=str(talk.app.server.port))  # where the public name leads
    await talk.start()
    shown = await an.waits("(gửi lại) Tiến độ tổ em")
    assert seen(shown) == PNG
