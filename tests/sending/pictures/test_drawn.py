"""Answers with a picture that is drawn when their turn comes: through the real program."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from bot.drawing.drawer import NotDrawn
from bot.sending import drawing
from handlers.figures.charts import theme
from handlers.messages import Reply
from storage.engine.transaction import Transaction
from storage.talk import drawings, pictures
from tests.browsers import Browser
from tests.images import png
from tests.sending.pictures.showing import over_a_platform, put, seen
from tests.talk import PATIENCE, Talk

PICTURE = png(2 * theme.WIDTH, 600)


class Hand:
    """Draws instead of the drawing process, when it is told to go; `asked`: what for. None: it cannot."""

    def __init__(self, content: bytes | None = PICTURE) -> None:
        self.asked: list[Mapping[str, Any]] = []
        self.go = asyncio.Event()
        self._content = content

    async def draw(self, kind: str, work: Mapping[str, Any], *, patience: float = 0) -> bytes:
        """What a drawer does."""
        self.asked.append(work)
        await self.go.wait()
        if self._content is None:
            raise NotDrawn("it cannot")
        return self._content


def by_hand(talk: Talk, monkeypatch: pytest.MonkeyPatch, hand: Hand) -> Hand:
    """The running program has its pictures drawn by this hand."""
    monkeypatch.setattr(talk.app.drawer, "draw", hand.draw)
    return hand


async def is_asked(talk: Talk, hand: Hand, times: int = 1) -> None:
    """The hand was asked so often."""
    async with asyncio.timeout(PATIENCE):
        while len(hand.asked) < times:
            await talk.emulator_pause()


@over_a_platform
async def test_an_officer_sees_how_far_it_is(talk: Talk) -> None:
    """One message: the picture, drawn by the drawing process, with the finding and the numbers as its text."""
    an, khoa = await talk.person("An"), await talk.person("Khoa")
    await an.says("xóm 4 được 3").hears("3 máy")
    shown = await khoa.says("/tiendo").hears(
        "📈 Đã xong 26,2%, chậm hơn định mức 480 máy", "VNeID thử · Đợt 1 · đến ngày 20/05", "Đã xong 8.103/30.940 máy"
    )
    content = seen(shown)
    assert content is not None
    assert pictures._looked_at(content)[:2] == ("image/png", 2 * theme.WIDTH)
    by_commune = await khoa.presses("Theo xã", shown).hears("Xuân Thu xong nhiều nhất 33,5%", "Minh Phú: 23,9%")
    assert seen(by_commune) not in (None, content)


@over_a_platform
async def test_nobody_waits_for_anothers_picture(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Others are answered while it is drawn; in the same chat answers keep their order."""
    an, khoa, dung = await talk.person("An"), await talk.person("Khoa"), await talk.person("Dũng")
    hand = by_hand(talk, monkeypatch, Hand())
    before = len(khoa.private.from_bot)
    khoa.says("/tiendo")
    await is_asked(talk, hand)
    await an.says("xóm 4 được 3").hears("3 máy")
    await dung.says("/to").hears("An: 3 máy")
    khoa.says("/tong")
    await talk.emulator.all_confirmed(PATIENCE)
    assert len(khoa.private.from_bot) == before
    hand.go.set()
    await khoa.waits("📊 VNeID thử")
    picture, words = khoa.private.from_bot[before:]
    assert (seen(picture), seen(words)) == (PICTURE, None)
    assert "📈 Đã xong 26,2%" in picture.text


@over_a_platform
async def test_a_picture_costs_one_transaction(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is kept and who waited for it may go at once, since each transaction holds up who writes meanwhile."""
    khoa = await talk.person("Khoa")
    written: list[str] = []
    write = talk.app.database.write

    def watched(work: Any, *args: Any, **more: Any) -> Any:
        written.append(getattr(getattr(work, "func", work), "__module__", ""))
        return write(work, *args, **more)

    monkeypatch.setattr(talk.app.database, "write", watched)
    await khoa.says("/tiendo").hears("📈 Đã xong 26,2%")
    assert written.count(drawing.__name__) == 1
    assert "storage.talk.holding" not in written


@over_a_platform
async def test_what_cannot_be_drawn_is_said_in_words(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """At once, and once; the next who asks for the same has it tried anew."""
    khoa, linh = await talk.person("Khoa"), await talk.person("Linh")
    hand = by_hand(talk, monkeypatch, Hand(None))
    hand.go.set()
    for number, person in enumerate((khoa, linh), 1):
        shown = await person.says("/tiendo").hears("📈 Đã xong 26,2%")
        assert seen(shown) is None
        assert len(hand.asked) == number
    await talk.settled()
    assert len([one for one in khoa.private.from_bot if "📈" in one.text]) == 1


@over_a_platform
async def test_what_takes_too_long_is_said_in_words(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer waits 20 seconds, not longer; the picture that comes later is there for the next."""
    khoa = await talk.person("Khoa")
    hand = by_hand(talk, monkeypatch, Hand())
    khoa.says("/tiendo")
    await is_asked(talk, hand)
    talk.clock.advance(drawing.PATIENCE - timedelta(seconds=2))
    await talk.breathe()
    assert [one.text for one in khoa.private.from_bot if "📈" in one.text] == []
    talk.clock.advance(timedelta(seconds=3))
    assert seen(await khoa.waits("📈 Đã xong 26,2%")) is None
    await talk.settled()
    hand.go.set()
    await talk.settled_to(lambda tx: tx.one("SELECT count(*) AS n FROM pictures")["n"])
    shown = await khoa.says("/tiendo").hears("📈 Đã xong 26,2%")
    assert seen(shown) == PICTURE
    assert len(hand.asked) == 1


@over_a_platform
async def test_the_same_picture_is_drawn_once(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many hear of it at the same time, or later."""
    khoa, linh = await talk.person("Khoa"), await talk.person("Linh")
    hand = by_hand(talk, monkeypatch, Hand())
    asked = [khoa.says("/tiendo"), linh.says("/tiendo")]
    await is_asked(talk, hand)
    await talk.emulator.all_confirmed(PATIENCE)
    hand.go.set()
    assert [seen(await one.hears("📈 Đã xong")) for one in asked] == [PICTURE, PICTURE]
    assert seen(await khoa.says("/tiendo").hears("📈 Đã xong")) == PICTURE
    assert len(hand.asked) == 1


@over_a_platform
async def test_a_picture_outlives_a_restart(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program ended while it was drawn: it is drawn after the start, as it was asked for, however late that is."""
    an, khoa = await talk.person("An"), await talk.person("Khoa")
    hand = by_hand(talk, monkeypatch, Hand())
    khoa.says("/tiendo Xuân Thu")
    await is_asked(talk, hand)
    await an.says("xóm 4 được 3").hears("3 máy")
    await talk.stop()
    talk.clock.advance(timedelta(minutes=1))
    await talk.start()
    again = by_hand(talk, monkeypatch, Hand())
    again.go.set()
    await talk.url()
    shown = await khoa.waits("📈 Đã xong 33,5%", "Đã xong 3.100/9.260 máy")
    assert seen(shown) == PICTURE or "zalo" in talk.platform.name  # whose public name leads to the old port
    assert again.asked == hand.asked


@pytest.mark.on("telegram")
async def test_facts_that_nobody_understands_any_more(talk: Talk) -> None:
    """Of another version of the program, of no chart, or forgotten: the words alone."""
    an = await talk.person("An")

    def keep(tx: Transaction) -> list[int]:
        now = talk.clock.now()
        return [drawings.keep(tx, "course", {"old": 1}, at=now), drawings.keep(tx, "pie", {}, at=now), 999]

    for number, row in enumerate(await talk.app.database.write(keep)):
        await put(talk, "telegram", str(an.user.id), Reply(f"Tiến độ {number}", drawing=row))
        assert seen(await an.waits(f"Tiến độ {number}")) is None


@pytest.mark.on("telegram")
async def test_in_the_web_chat_it_stands_in_the_chat(talk: Talk, browsers: tuple[Browser, Browser]) -> None:
    """As any picture does."""
    an, _ = browsers
    khoa = await talk.person("Khoa")
    await khoa.says("/tiendo").hears("📈 Đã xong")
    row = talk.look(lambda tx: tx.one("SELECT max(id) AS id FROM drawings")["id"])
    await put(talk, "web", str(an.room()), Reply("Tiến độ", drawing=row))
    (file,) = (await an.hears("Tiến độ"))["files"]
    assert (file["name"], file["type"], file["width"]) == ("biểu đồ.png", "image/png", 2 * theme.WIDTH)


@pytest.mark.on("telegram")
async def test_drawings_are_forgotten_after_a_week(talk: Talk) -> None:
    """With their pictures."""
    khoa = await talk.person("Khoa")
    await khoa.says("/tiendo").hears("📈 Đã xong")
    await talk.settled()

    def old(tx: Transaction) -> tuple[int, int]:
        now = talk.clock.now() + drawings.KEPT + timedelta(minutes=1)
        pictures.prune(tx, now, 10)
        drawings.prune(tx, now)
        return tuple(tx.one(f"SELECT count(*) AS n FROM {table}")["n"] for table in ("drawings", "pictures"))  # type: ignore[index]

    assert await talk.app.database.write(old) == (0, 0)
