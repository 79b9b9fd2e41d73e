"""Pictures in the web chat, and when they are forgotten."""

from datetime import timedelta

import pytest

from bot.sending import parcels
from handlers.messages import Reply
from storage.engine.transaction import Transaction
from storage.talk import outbox, pictures
from tests.browsers import Browser
from tests.images import png
from tests.sending.pictures.showing import BUTTONS, LONG, NAME, PNG, SOON, kept, put
from tests.talk import EVENING, Talk
from tests.timetable.test_jobs import done


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


@pytest.mark.on("telegram")
async def test_old_pictures_are_forgotten_with_the_rest(talk: Talk) -> None:
    """In the early morning, all whose time is over, and no other."""
    for _ in range(25):
        await kept(talk, png(5, 5), ago=pictures.KEPT)
    fresh = await kept(talk)
    talk.clock.set(EVENING.replace(hour=4, minute=0, second=2) + timedelta(days=1))
    await done(talk, "housekeeping")
    assert talk.look(lambda tx: [row["id"] for row in tx.all("SELECT id FROM pictures")]) == [fresh]
