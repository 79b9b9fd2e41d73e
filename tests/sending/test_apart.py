"""What takes long to read is read beside all others, who are answered meanwhile: through the real program."""

import asyncio
import threading
from collections.abc import Sequence

import pytest

from bot.sending import parcels
from handlers.figures.gathered import worth
from handlers.figures.gathered.worth import Question, Told
from handlers.messages import Reply, Sought
from storage.engine.database import session
from storage.talk import chats
from storage.talk.outbox import Class
from tests.sending.pictures.showing import over_a_platform
from tests.talk import PATIENCE, Talk


class Reader:
    """Reads as the rules do, once it is told to go; `begun` while somebody waits for it."""

    def __init__(self) -> None:
        self.begun, self.go = threading.Event(), threading.Event()
        self.thread = 0

    def questions(self, day: Sequence[Told]) -> list[Question]:
        """What the rules find."""
        self.thread = threading.get_ident()
        self.begun.set()
        assert self.go.wait(PATIENCE), "nobody lets it go on"
        return []


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    """What reads for /luuy in these tests."""
    made = Reader()
    monkeypatch.setattr(worth, "questions", made.questions)
    return made


@over_a_platform
async def test_nobody_waits_for_what_another_has_read(talk: Talk, reader: Reader) -> None:
    """A report is stored and answered while it is read; in the same chat answers keep their order."""
    an, khoa = await talk.person("An"), await talk.person("Khoa")
    before = len(khoa.private.from_bot)
    khoa.says("/luuy")
    try:
        async with asyncio.timeout(PATIENCE):
            while not reader.begun.is_set():
                await talk.emulator_pause()
        await an.says("xóm 4 được 3").hears("3 máy")
        khoa.says("/tong")
        await talk.emulator.all_confirmed(PATIENCE)
        await an.says("xóm 5 được 2").hears("2 máy")
        assert len(khoa.private.from_bot) == before
    finally:
        reader.go.set()
    await khoa.waits("📊 VNeID thử")
    first, second = khoa.private.from_bot[before:]
    assert "chưa thấy điều gì" in first.text, first.text
    assert "📊 VNeID thử" in second.text
    # Its buttons are commands as any: they are pressed, and typed.
    await khoa.presses("Hôm qua", first).hears("19/05", "thấy điều gì")
    await khoa.says("Hôm nay").hears("Hôm nay", "thấy điều gì")


@over_a_platform
async def test_what_was_asked_is_read_after_a_restart(talk: Talk) -> None:
    """It waited in its place in line, and whoever asked hears it once."""
    khoa = await talk.person("Khoa")
    await talk.settled()
    await talk.stop()
    with session(talk.database) as tx:
        chat = chats.at(tx, talk.platform.name, str(khoa.user.id), private=True).id
        who = tx.one("SELECT id FROM people WHERE ref = 'cb2'")
        assert who is not None
        now = talk.clock.now()
        parcels.put(tx, chat, Reply("", seeks=Sought("/luuy", who["id"], now)), urgency=Class.ANSWER, at=now)
        tx.run("UPDATE outbox SET due_at = due_at + 20 WHERE state = 'due'")  # it was held when the program ended
    await talk.start()
    await khoa.waits("chưa thấy điều gì")


@over_a_platform
async def test_a_bug_in_it_is_told_once(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stands on record, and whoever asked is told to ask again."""

    def breaks(day: Sequence[Told]) -> list[Question]:
        raise ZeroDivisionError

    khoa = await talk.person("Khoa")
    monkeypatch.setattr(worth, "questions", breaks)
    await khoa.says("/luuy").hears("gửi lại")
    (failure,) = talk.look(lambda tx: tx.all("SELECT place, text FROM failures"))
    assert (failure["place"], failure["text"]) == ("handler", "/luuy")


@over_a_platform
async def test_who_lost_the_right_meanwhile_is_told_nothing(talk: Talk, reader: Reader) -> None:
    """Whoever is locked out between asking and reading."""
    ha = await talk.person("Hà")
    await talk.settled()
    await talk.stop()
    with session(talk.database) as tx:
        chat = chats.at(tx, talk.platform.name, str(ha.user.id), private=True).id
        who = tx.one("SELECT id FROM people WHERE ref = 'cb1'")
        assert who is not None
        now = talk.clock.now()
        parcels.put(tx, chat, Reply("", seeks=Sought("/luuy", who["id"], now)), urgency=Class.ANSWER, at=now)
        tx.run("UPDATE people SET locked_at = 1 WHERE ref = 'cb1'")
    await talk.start()
    await talk.settled()
    assert not reader.begun.is_set()
