"""What the tests of pictures share: one kept, said, and looked at."""

from datetime import timedelta

import pytest

from bot.sending import parcels
from handlers.messages import Button, Reply
from storage.engine.transaction import Transaction
from storage.talk import chats, outbox, pictures
from storage.talk.outbox import Class
from tests.images import png
from tests.platforms import Shown
from tests.sending.test_delivery import waits
from tests.talk import PATIENCE, Person, Talk

HOST = "bacung.example.vn"


SOON = timedelta(seconds=31)  # later than any next try


PNG = png()


BUTTONS = ((Button("Hôm nay", "c/homnay"),),)


NAME = "tiến độ.png"


LONG = "Tiến độ các xã\n" + "\n".join(f"Xã {n}: {n * 7} máy, còn {n * 3} nhà vắng" for n in range(48))


# The web chat is our own: its pictures have tests of their own.
over_a_platform = pytest.mark.on("telegram", "zalo")


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
