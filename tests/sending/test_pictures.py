"""Pictures: kept beside what says them, shown on every platform in its own way, and never in the way of the words."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sending import parcels
from handlers.messages import Button, Reply
from storage.engine.database import session
from storage.engine.transaction import Transaction
from storage.running import allowances
from storage.talk import chats, outbox, pictures
from storage.talk.outbox import Class
from tests.browsers import Browser
from tests.images import png
from tests.platforms import Shown
from tests.sending.test_delivery import waits
from tests.talk import CODES, EVENING, PATIENCE, Person, Talk, talking
from tests.timetable.test_jobs import done

HOST = "bacung.example.vn"
SOON = timedelta(seconds=31)  # later than any next try
PNG = png()
BUTTONS = ((Button("Hôm nay", "c/homnay"),),)
NAME = "tiến độ.png"
LONG = "Tiến độ các xã\n" + "\n".join(f"Xã {n}: {n * 7} máy, còn {n * 3} nhà vắng" for n in range(48))


# The web chat is our own: its pictures have tests of their own below.
over_a_platform = pytest.mark.on("telegram", "zalo")


@pytest.fixture
async def talk(tmp_path: Path, platform: str) -> AsyncIterator[Talk]:
    """The program where everybody can reach it, as far as the platform can see."""
    async with talking(tmp_path, platform=platform, settings={"BACUNG_WEB__PUBLIC_URL": f"http://{HOST}"}) as running:
        await reached(running)
        yield running


async def reached(talk: Talk) -> None:
    """The public name leads to the program that runs now."""
    await talk.url()
    if talk.platform.name == "zalo":
        talk.emulator.api.photos.net.ports[HOST] = talk.app.server.port


async def kept(talk: Talk, content: bytes = PNG, *, ago: timedelta = timedelta(0)) -> int:
    """A picture that was made some time ago; its row."""
    at = talk.clock.now() - ago
    return await talk.app.database.write(lambda tx: pictures.keep(tx, NAME, content, at=at))


async def says(talk: Talk, person: Person, text: str, picture: int) -> int:
    """The bot has something to say to somebody, with a picture; the row."""
    return await put(talk, talk.platform.name, str(person.user.id), Reply(text, BUTTONS, picture=picture))


async def put(talk: Talk, channel: str, address: str, reply: Reply) -> int:
    """Puts it in line, and lets delivery look."""

    def work(tx: Transaction) -> int | None:
        chat = chats.at(tx, channel, address, private=True)
        return outbox.add(tx, chat.id, parcels.packed(reply), urgency=Class.ANSWER, at=talk.clock.now())

    row = await talk.app.database.write(work)
    assert row is not None
    talk.clock.advance(SOON)
    return row


def seen(shown: Shown) -> bytes | None:
    """The picture of a message, as its reader sees it."""
    if hasattr(shown, "upload"):
        return shown.upload.data if shown.upload else None
    return shown.photo.data if shown.photo else None


def state(talk: Talk, row: int) -> str:
    """How far a row has come."""
    return str(talk.look(lambda tx: tx.one("SELECT state FROM outbox WHERE id = :row", row=row)["state"]))


def said(person: Person, part: str) -> list[Shown]:
    """The bot's messages with this part."""
    return [one for one in person.private.from_bot if part in one.text]


async def failed(talk: Talk, method: str = "sendPhoto") -> None:
    """Waits until a call went wrong, and its row is in line again; then the next try comes."""
    await talk.emulator.wait_for(lambda: any(not one.ok for one in talk.emulator.calls_of(method)), timeout=PATIENCE)
    await talk.settled_to(waits)
    talk.clock.advance(SOON)


# On every platform


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
    talk.emulator.fail(kind, method="sendPhoto")
    await says(talk, an, "Tiến độ tổ em", await kept(talk))
    await failed(talk)
    shown = await an.waits("Tiến độ tổ em")
    assert (seen(shown), shown.text) == (PNG, "Tiến độ tổ em")
    await talk.settled()
    assert len(said(an, "Tiến độ")) == 1


@over_a_platform
async def test_a_picture_whose_outcome_is_unknown_is_shown_again_once(talk: Talk) -> None:
    """Marked, as words are; and not for ever."""
    an = await talk.person("An")
    talk.emulator.fail("drop_after", method="sendPhoto")
    await says(talk, an, "Tiến độ tổ em", await kept(talk))
    await failed(talk)
    again = await an.waits("(gửi lại) Tiến độ tổ em")
    assert seen(again) == PNG
    await talk.settled()
    assert len(said(an, "Tiến độ")) == 2
    talk.emulator.fail("drop_after", times=2, method="sendPhoto")
    row = await says(talk, an, "Bản đồ", await kept(talk))
    await failed(talk)
    await talk.settled_to(lambda tx: tx.one("SELECT 1 FROM outbox WHERE id = :row AND state = 'unknown'", row=row))
    assert len(said(an, "Bản đồ")) == 2
    await an.says("xóm 4 được 1").hears("✅")


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


# Telegram


@pytest.mark.on("telegram")
async def test_a_picture_is_uploaded_under_its_name(talk: Talk) -> None:
    """The file, not a link to it."""
    an = await talk.person("An")
    await says(talk, an, "Tiến độ tổ em", await kept(talk))
    shown = await an.waits("Tiến độ tổ em")
    assert (shown.upload.name, shown.upload.size) == (NAME, len(PNG))


@pytest.mark.on("telegram")
async def test_a_text_too_long_for_a_caption_follows(talk: Talk) -> None:
    """The picture first, then the whole text with the buttons, and only then what else is in line."""
    an = await talk.person("An")
    await talk.settled()
    before = len(an.private.from_bot)
    row = await says(talk, an, LONG, await kept(talk))
    await put(talk, "telegram", str(an.user.id), Reply("Sau đó"))
    await an.waits("Sau đó")
    picture, text, after = an.private.from_bot[before:]
    assert (picture.text, seen(picture), picture.buttons) == ("", PNG, [])
    assert (text.text, seen(text), text.buttons) == (LONG, None, [["Hôm nay"]])
    assert after.text == "Sau đó"
    assert talk.look(lambda tx: outbox.sent_id(tx, row)) == str(text.id)


@pytest.mark.on("telegram")
async def test_a_text_that_follows_in_trouble_brings_the_picture_once(talk: Talk) -> None:
    """Server errors, unknown ends: only the part that may be missing is said again."""
    an = await talk.person("An")
    await talk.settled()
    before = len(an.private.from_bot)
    talk.emulator.fail("server_error", method="sendMessage")
    talk.emulator.fail("drop_after", method="sendMessage")
    await says(talk, an, LONG, await kept(talk))
    for tries in (1, 2):
        await talk.emulator.wait_for(lambda n=tries: _broken(talk) == n, timeout=PATIENCE)
        await talk.settled_to(waits)
        talk.clock.advance(SOON)
    await an.waits("(gửi lại) Tiến độ các xã")
    await talk.settled()
    assert [seen(one) for one in an.private.from_bot[before:]] == [PNG, None, None]


def _broken(talk: Talk) -> int:
    return sum(not one.ok for one in talk.emulator.calls_of("sendMessage"))


@pytest.mark.on("telegram")
async def test_what_follows_an_unknown_picture_says_so(talk: Talk) -> None:
    """The picture may be there twice, so its text is marked; and that text has its own repeat."""
    an = await talk.person("An")
    await talk.settled()
    before = len(an.private.from_bot)
    talk.emulator.fail("drop_after", method="sendPhoto")
    talk.emulator.fail("drop_before", method="sendMessage")
    await says(talk, an, LONG, await kept(talk))
    await failed(talk)
    await failed(talk, "sendMessage")
    await an.waits("(gửi lại) Tiến độ các xã")
    await talk.settled()
    assert [seen(one) for one in an.private.from_bot[before:]] == [PNG, PNG, None]


@pytest.mark.on("telegram")
async def test_a_known_picture_is_not_uploaded_again(talk: Talk) -> None:
    """By Telegram's own name for it; where that is refused, it is uploaded once more."""
    an, binh, cuc = await talk.person("An"), await talk.person("Bình"), await talk.person("Cúc")
    picture = await kept(talk)
    await says(talk, an, "Tiến độ", picture)
    first = await an.waits("Tiến độ")
    await talk.settled()
    await says(talk, binh, "Tiến độ", picture)
    assert seen(await binh.waits("Tiến độ")) == PNG
    assert talk.emulator.calls_of("sendPhoto")[-1].params["photo"] == first.upload.file_id
    await talk.settled()
    talk.emulator.fail("bad_request", method="sendPhoto", description="Bad Request: wrong file identifier")
    await says(talk, cuc, "Tiến độ", picture)
    await failed(talk)
    shown = await cuc.waits("Tiến độ")
    assert seen(shown) == PNG
    assert shown.upload.file_id != first.upload.file_id


@pytest.mark.on("telegram")
async def test_a_picture_that_is_too_large_on_the_way_leaves_the_text(talk: Talk) -> None:
    """A proxy takes no such file: the words go through."""
    an = await talk.person("An")
    talk.emulator.fail("server_error", method="sendPhoto", status=413)
    await says(talk, an, "Tiến độ tổ em", await kept(talk))
    shown = await an.waits("Tiến độ tổ em")
    assert (seen(shown), shown.text) == (None, "Tiến độ tổ em")


# Zalo


@pytest.mark.on("zalo")
async def test_on_zalo_a_picture_is_a_link_to_our_own_server(talk: Talk) -> None:
    """Anybody who has it gets the picture, without a session, and nothing may keep a copy."""
    an = await talk.person("An")
    await says(talk, an, "Tiến độ tổ em", await kept(talk))
    photo = (await an.waits("Tiến độ tổ em")).photo
    assert photo.url.startswith(f"http://{HOST}/p/")
    assert photo.headers["Content-Type"] == "image/png"
    assert photo.headers["Cache-Control"] == "no-store"
    assert photo.headers["X-Content-Type-Options"] == "nosniff"
    assert photo.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert photo.headers["X-Frame-Options"] == "DENY"
    assert "Set-Cookie" not in photo.headers
    head = await talk.emulator.api.photos.get(photo.url, "HEAD")
    assert (head.status, head.data, head.headers["Content-Length"]) == (200, b"", str(len(PNG)))
    assert head.headers["Content-Type"] == "image/png"


@pytest.mark.on("zalo")
async def test_links_cannot_be_guessed(talk: Talk) -> None:
    """Another picture's signature, a cookie's, none, one letter more or less or other: nothing is there."""
    an = await talk.person("An")
    first, second = await kept(talk), await kept(talk, png(10, 10))
    await says(talk, an, "Tiến độ", first)
    url = (await an.waits("Tiến độ")).photo.url
    base, dash, signature = url.rpartition("/p/")[0] + "/p/", "-", url.partition("-")[2]
    other = signature[:-2] + ("A" if signature[-2] != "A" else "B") + signature[-1]
    get = talk.emulator.api.photos.get
    assert len(signature) == 43
    assert (await get(url)).status == 200
    for forged in (
        f"{second}{dash}{signature}",
        f"{first}{dash}",
        f"{first}",
        f"{first}{dash}{signature[:-1]}",
        f"{first}{dash}{signature}A",
        f"{first}{dash}{other}",
        f"0{first}{dash}{other}",
        f"{10**14}{dash}{signature}",
        f"{10**40}{dash}{signature}",
        f"{first}{dash}{signature}/x",
        f"-{first}{dash}{signature}",
        "",
    ):
        answer = await get(base + forged)
        assert (answer.status, forged) == (404, forged)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert PNG not in answer.data


@pytest.mark.on("zalo")
async def test_links_end_after_a_week(talk: Talk) -> None:
    """They hold over a restart, and not a second longer than the picture."""
    an = await talk.person("An")
    await says(talk, an, "Tiến độ", await kept(talk, ago=pictures.KEPT - timedelta(minutes=10)))
    url = (await an.waits("Tiến độ")).photo.url
    get = talk.emulator.api.photos.get
    await talk.settled()
    await talk.stop()
    await talk.start()
    await reached(talk)
    assert (await get(url)).data == PNG
    talk.clock.advance(timedelta(minutes=10))
    for method in ("GET", "HEAD"):
        assert (await get(url, method)).status == 404


@pytest.mark.on("zalo")
async def test_a_link_does_not_lead_to_another_picture(talk: Talk) -> None:
    """A backup was put back, so that its row is now another picture's: the old link leads nowhere."""
    an = await talk.person("An")
    picture = await kept(talk)
    await says(talk, an, "Tiến độ", picture)
    url = (await an.waits("Tiến độ")).photo.url
    await talk.settled()
    await talk.app.database.write(lambda tx: tx.run("DELETE FROM pictures"))
    await talk.app.database.write(lambda tx: tx.run("UPDATE sqlite_sequence SET seq = 0 WHERE name = 'pictures'"))
    assert await kept(talk, png(20, 20)) == picture
    assert (await talk.emulator.api.photos.get(url)).status == 404


@pytest.mark.on("zalo")
async def test_where_zalo_cannot_fetch_a_picture_the_text_is_said(talk: Talk) -> None:
    """The public name leads nowhere: words alone, once."""
    an = await talk.person("An")
    talk.emulator.api.photos.net.ports.clear()
    await says(talk, an, "Tiến độ tổ em", await kept(talk))
    shown = await an.waits("Tiến độ tổ em")
    assert (seen(shown), shown.text) == (None, "Tiến độ tổ em")
    await talk.settled()
    assert len(said(an, "Tiến độ")) == 1


@pytest.mark.on("zalo")
async def test_a_picture_counts_as_one_message(talk: Talk) -> None:
    """Of the month's; one that was refused is given back, a long text counts its parts."""
    an = await talk.person("An")
    await says(talk, an, "Tiến độ một", await kept(talk))
    await an.waits("Tiến độ một")
    talk.emulator.fail("bad_request", method="sendPhoto")
    await says(talk, an, "Tiến độ hai", await kept(talk))
    await an.waits("Tiến độ hai")
    await says(talk, an, LONG * 2, await kept(talk))
    await an.waits("Xã 47")
    await talk.settled()
    parts = [one for one in an.private.from_bot if "Xã " in one.text]
    assert [seen(one) for one in parts] == [PNG] + [None] * (len(parts) - 1)
    assert talk.look(lambda tx: allowances.spent(tx, "zalo", 202305)) == talk.emulator.api.sent


@pytest.mark.on("zalo")
@pytest.mark.parametrize("public_url", ["", "http://127.0.0.1:8080"])
async def test_without_a_public_address_the_text_says_where_the_picture_is(tmp_path: Path, public_url: str) -> None:
    """One message, its words to send back still last."""
    async with talking(tmp_path, platform="zalo", settings={"BACUNG_WEB__PUBLIC_URL": public_url}) as talk:
        an = await talk.person("An")
        await says(talk, an, "Tiến độ tổ em", await kept(talk))
        shown = await an.waits("Tiến độ tổ em")
        assert shown.said.split("\n") == [
            "Tiến độ tổ em",
            "🖼 Hình của tin này không xem được ở đây, chỉ có trên trang chat của bot.",
            "👉 Nhắn lại: Hôm nay",
        ]
        await talk.settled()
        assert talk.emulator.calls_of("sendPhoto") == []


# The web chat


@pytest.fixture
async def browsers(talk: Talk) -> AsyncIterator[tuple[Browser, Browser]]:
    """An's and Em's browsers, joined and connected."""
    await talk.url()
    async with AsyncExitStack() as stack:
        both = []
        for name in ("An", "Em"):
            browser = await stack.enter_async_context(Browser(f"http://127.0.0.1:{talk.app.server.port}"))
            assert (await browser.join(CODES[name])).status == 200
            both.append(await browser.connect())
        yield both[0], both[1]


@pytest.mark.on("telegram")
async def test_in_the_web_chat_a_picture_stands_in_the_chat(talk: Talk, browsers: tuple[Browser, Browser]) -> None:
    """With its name and size, for those in the room; its link is nobody else's."""
    an, em = browsers
    await put(talk, "web", str(an.room()), Reply(LONG, BUTTONS, picture=await kept(talk)))
    message = await an.hears(LONG)
    (file,) = message["files"]
    assert {key: file[key] for key in ("name", "type", "size", "width", "height")} == {
        "name": NAME,
        "type": "image/png",
        "size": len(PNG),
        "width": 640,
        "height": 360,
    }
    assert message["buttons"] == [[{"label": "Hôm nay", "data": "c/homnay"}]]
    assert (await an.get(f"/tep/{file['id']}")).body == PNG
    assert (await em.get(f"/tep/{file['id']}")).status == 404


@pytest.mark.on("telegram")
async def test_a_picture_said_again_in_the_web_chat_is_there_once(
    talk: Talk, browsers: tuple[Browser, Browser]
) -> None:
    """The program died after the post was stored and before it knew: the repeat finds post and picture."""
    an, _ = browsers
    reply = Reply("Tiến độ tổ em", picture=await kept(talk))
    row = await put(talk, "web", str(an.room()), reply)
    message = await an.hears("Tiến độ tổ em")
    await talk.settled()

    def as_if_it_had_died(tx: Transaction) -> None:
        tx.run("UPDATE outbox SET state = 'sending' WHERE id = :row", row=row)
        tx.run("INSERT INTO bodies (outbox, body) VALUES (:row, :body)", row=row, body=parcels.packed(reply))
        outbox.recover(tx)

    await talk.app.database.write(as_if_it_had_died)
    talk.clock.advance(SOON)
    await talk.settled()
    await put(talk, "web", str(an.room()), Reply("Sau đó"))
    await an.hears("Sau đó")
    assert [one["id"] for one in an.from_bot() if "Tiến độ" in one["text"]] == [message["id"]]
    assert talk.look(lambda tx: tx.one("SELECT count(*) AS n FROM files")["n"]) == 1


@pytest.mark.on("telegram")
async def test_in_the_web_chat_a_picture_whose_time_is_over_leaves_the_text(
    talk: Talk, browsers: tuple[Browser, Browser]
) -> None:
    """The words alone."""
    an, _ = browsers
    await put(talk, "web", str(an.room()), Reply("Tiến độ tổ em", picture=999))
    assert (await an.hears("Tiến độ tổ em"))["files"] == []


@pytest.mark.on("telegram")
async def test_in_the_web_chat_a_picture_comes_as_a_post_of_its_own(
    talk: Talk, browsers: tuple[Browser, Browser]
) -> None:
    """Where an earlier one is to be replaced, which keeps its words."""
    an, _ = browsers
    first = await put(talk, "web", str(an.room()), Reply("Tiến độ sáng nay"))
    await an.hears("Tiến độ sáng nay")
    await talk.settled()
    await put(talk, "web", str(an.room()), Reply("Tiến độ chiều", picture=await kept(talk), replaces=first))
    assert [file["name"] for file in (await an.hears("Tiến độ chiều"))["files"]] == [NAME]
    assert len([one for one in an.from_bot() if "Tiến độ" in one["text"]]) == 2


# Housekeeping


@pytest.mark.on("telegram")
async def test_old_pictures_are_forgotten_with_the_rest(talk: Talk) -> None:
    """In the early morning, all whose time is over, and no other."""
    for _ in range(25):
        await kept(talk, png(5, 5), ago=pictures.KEPT)
    fresh = await kept(talk)
    talk.clock.set(EVENING.replace(hour=4, minute=0, second=2) + timedelta(days=1))
    await done(talk, "housekeeping")
    assert talk.look(lambda tx: [row["id"] for row in tx.all("SELECT id FROM pictures")]) == [fresh]
