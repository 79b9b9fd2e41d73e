"""Conversations as tests write them: people of a small campaign talk to the real program over one of the platforms."""

import asyncio
import re
from collections.abc import AsyncIterator, Generator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

import pytest

from bot.app import App
from bot.config import Config
from bot.config import load as load_config
from storage.engine.database import session
from storage.engine.times import stamp
from storage.engine.transaction import Transaction
from storage.reports import totals
from tests.clocks import TestClock
from tests.platforms import PLATFORMS, Chat, Platform, Shown, User

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
EVENING = datetime(2023, 5, 20, 19, 30, tzinfo=ZONE)
PATIENCE = 20.0  # seconds that a test waits for something to happen

CAMPAIGN = """\
name = "VNeID thử"
timezone = "Asia/Ho_Chi_Minh"
quota = 20

[[phases]]
name = "Đợt 1"
start = 2023-05-16
days = 21
"""
COMMUNES = """\
code,name,target,baseline
397,Xã Minh Phú,12560,3000
445,Xã Phú Minh,9120,2000
451,Xã Xuân Thu,9260,3100
"""
HAMLETS = """\
commune,name,homes
451,Xóm 4,120
451,Xóm 5,90
451,Thôn Xuân Tảo,200
397,Thôn Phú Hạ,150
"""
ROSTER = """\
id,name,role,communes,phases,code
hv1,An,student,451,Đợt 1,MA-CUA-AN
hv2,Bình,student,451,Đợt 1,MA-CUA-BINH
hv3,Cúc,student,451,Đợt 1,MA-CUA-CUC
tt1,Dũng,lead,451,Đợt 1,MA-CUA-DUNG
hv5,Em,student,397,Đợt 1,MA-CUA-EM1
tt2,Giang,lead,397,Đợt 1,MA-CUA-GIANG
cb1,Hà,officer,451,,MA-CUA-HA1
cb2,Khoa,officer,,,MA-CUA-KHOA
qt1,Linh,admin,,,MA-CUA-LINH
"""
CODES = {
    "An": "MA-CUA-AN",
    "Bình": "MA-CUA-BINH",
    "Cúc": "MA-CUA-CUC",
    "Dũng": "MA-CUA-DUNG",
    "Em": "MA-CUA-EM1",
    "Giang": "MA-CUA-GIANG",
    "Hà": "MA-CUA-HA1",
    "Khoa": "MA-CUA-KHOA",
    "Linh": "MA-CUA-LINH",
}


def write_campaign(folder: Path, files: Mapping[str, str] | None = None) -> Path:
    """A small campaign of three communes; `files` have other contents."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {
        "campaign.toml": CAMPAIGN,
        "communes.csv": COMMUNES,
        "hamlets.csv": HAMLETS,
        "roster.csv": ROSTER,
        **(files or {}),
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@dataclass
class Said:
    """A person said or did something; `hears` waits for the bot's answer to it in that chat."""

    person: "Person"
    chat: Chat
    shown: Shown
    before: dict[Any, str]

    def __await__(self) -> Generator[Any, None, Self]:
        return self._handled().__await__()

    async def _handled(self) -> Self:
        await self.person.talk.settled()
        return self

    async def hears(self, *parts: str) -> Shown:
        """The bot says (or edits a message to) something that has all these parts."""
        found: Shown | None = None

        def heard() -> bool:
            nonlocal found
            found = next((one for one in self._new() if all(part in one.text for part in parts)), None)
            return found is not None

        try:
            await self.person.talk.emulator.wait_for(heard, timeout=PATIENCE)
        except TimeoutError:
            heard_texts = [one.text for one in self._new()]
            raise AssertionError(f"expected {parts}, heard {heard_texts}") from None
        assert found is not None
        return found

    async def hears_nothing(self) -> None:
        """The bot says nothing in this chat."""
        await self
        heard = [one.text for one in self._new()]
        assert heard == [], f"expected silence, heard {heard}"

    async def sees(self, emoji: str) -> None:
        """The bot puts this sign on the message; where it cannot, it says something."""
        if "reactions" in self.person.talk.platform.lacks:
            await self.hears("")
            return
        await self.person.talk.emulator.wait_for(lambda: emoji in self.shown.reactions, timeout=PATIENCE)

    def _new(self) -> list[Shown]:
        return [one for one in self.chat.messages if one.from_bot and self.before.get(one.id) != one.text]


class Person:
    """Somebody of the campaign, or a stranger, with a phone."""

    def __init__(self, talk: "Talk", name: str, user: User) -> None:
        self.talk = talk
        self.name = name
        self.user = user

    @property
    def private(self) -> Chat:
        """The chat with the bot."""
        return self.talk.emulator.chat(self.user)

    def says(self, text: str, chat: Chat | None = None, *, at: datetime | None = None, **more: Any) -> Said:
        """Sends a message."""
        for what, name in (("reply_to", "replies"), ("forwarded_from", "forwards")):
            if what in more:
                self.talk.needs(name)
        where, before = self._before(chat)
        shown = self.talk.platform.says(self.user, text, chat, at=at or self.talk.clock.right(), **more)
        return Said(self, where, shown, before)

    def sends_sticker(self, chat: Chat | None = None) -> Said:
        """Sends what has no words."""
        self.talk.needs("pictures")
        where, before = self._before(chat)
        return Said(self, where, self.user.sends_sticker(chat, at=self.talk.clock.right()), before)

    def edits(self, said: Said, text: str) -> Said:
        """Edits a message that was sent."""
        self.talk.needs("edits")
        where, before = self._before(said.chat)
        shown = self.talk.platform.edits(self.user, said.shown, text, said.chat, at=self.talk.clock.right())
        return Said(self, where, shown, before)

    def presses(self, label: str, message: Shown, chat: Chat | None = None) -> "Pressing":
        """Presses a button of a message, or sends back its label where there are no buttons."""
        where, before = self._before(chat)
        press = self.talk.platform.presses(self.user, label, message, chat, at=self.talk.clock.right())
        return Pressing(self, where, message, before, press)

    async def waits(self, *parts: str) -> Shown:
        """Waits until the bot, unasked, has said something with all these parts in the private chat."""

        def said() -> Shown | None:
            return next((one for one in self.private.from_bot if all(part in one.text for part in parts)), None)

        await self.talk.emulator.wait_for(lambda: said() is not None, timeout=PATIENCE)
        found = said()
        assert found is not None
        return found

    def _before(self, chat: Chat | None) -> tuple[Chat, dict[Any, str]]:
        where = chat or self.private
        return where, {one.id: one.text for one in where.messages if one.from_bot}


@dataclass
class Pressing(Said):
    """A press; `notes` waits for the short answer to it."""

    press: Any = None

    async def notes(self, *parts: str) -> None:
        """The press is answered with something that has these parts."""
        if self.press is None:
            await self.hears(*parts)
            return
        await self.person.talk.emulator.wait_for(lambda: self.press.answered, timeout=PATIENCE)
        assert all(part in self.press.answer for part in parts), f"expected {parts}, noted {self.press.answer!r}"


class Talk:
    """The running program, its platform, its clock, and the people."""

    def __init__(self, folder: Path, platform: Platform, clock: TestClock, settings: dict[str, str]) -> None:
        self.folder = folder
        self.platform = platform
        self.emulator: Any = platform.emulator
        self.clock = clock
        self.settings = settings
        self._people: dict[str, Person] = {}
        self._stop = asyncio.Event()
        self._running: asyncio.Task[None] | None = None
        self.app = App(self.config, clock)

    @property
    def config(self) -> Config:
        """The settings of the program."""
        return load_config(
            {
                "BACUNG_STORAGE__PATH": str(self.database),
                "BACUNG_CAMPAIGN__FOLDER": str(self.folder / "campaign"),
                "BACUNG_WEB__PORT": "0",
                **self.platform.settings,
                **self.settings,
            }
        )

    @property
    def database(self) -> Path:
        """The database file."""
        return self.folder / "bacung.db"

    async def start(self) -> None:
        """Starts the program."""
        self._stop = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self.app = App(self.config, self.clock, ready=self._listens)
        self._running = asyncio.create_task(self.app.run(self._stop))

    def _listens(self, _: Transaction, *, url: str) -> None:
        self._loop.call_soon_threadsafe(self.platform.serves, url)  # this is a reader's thread

    async def stop(self) -> None:
        """Ends the program in good order; what it ends with is raised."""
        if self._running is not None:
            self.platform.serves(None)
            self._stop.set()
            await self._running
            self._running = None

    def set(self, **settings: str) -> None:
        """Other settings for the next start."""
        self.settings.update(settings)

    async def url(self) -> str:
        """Where the web chat is served."""
        async with asyncio.timeout(PATIENCE):
            while not self.app.server.listens:
                await self.emulator_pause()
        return self.app.server.url

    async def ended(self) -> None:
        """The program has ended by itself; `stop` raises why."""
        assert self._running is not None
        await asyncio.wait([self._running], timeout=PATIENCE)

    async def settled(self) -> None:
        """Everything said so far is handled, and all that is due, asked or not, is delivered and shown."""
        await self.emulator.all_confirmed(PATIENCE)
        async with asyncio.timeout(PATIENCE):
            while self.look(self._on_its_way):
                await self.emulator_pause()
        await self.platform.all_shown()

    def _on_its_way(self, tx: Transaction) -> int:
        """How much is to be delivered now; what is held (quiet hours) or tried again later is not."""
        row = tx.one(
            """SELECT count(*) AS n FROM outbox
            WHERE state = 'sending' OR (state = 'due' AND (class = 0 OR due_at <= :now))""",
            now=stamp(self.clock.now()),
        )
        return int(row["n"]) if row else 0

    async def settled_to(self, look: Any) -> None:
        """The database shows this."""
        async with asyncio.timeout(PATIENCE):
            while not self.look(look):
                await self.emulator_pause()

    async def emulator_pause(self) -> None:
        """Gives the program a moment."""
        await asyncio.sleep(0.005)

    async def breathe(self) -> None:
        """Gives the program time for whatever it does at once, as long as that takes."""
        for _ in range(4):
            await asyncio.sleep(0.005)

    def look(self, work: Any) -> Any:
        """Looks into the database."""
        with session(self.database, read_only=True) as tx:
            return work(tx)

    def recount(self) -> None:
        """Every total is what the reports say."""
        assert self.look(totals.differences) == []

    async def person(self, name: str) -> Person:
        """Somebody of the campaign, who joins at first mention."""
        if name not in self._people:
            person = self.stranger(name)
            self._people[name] = person
            await person.says(f"/start {CODES[name]}").hears("đã vào", name)
            await self.settled()
        return self._people[name]

    def needs(self, *abilities: str) -> None:
        """The test goes on only where the platform can do this; its reason stands in `tests/platforms.py`."""
        for ability in abilities:
            if ability in self.platform.lacks:
                pytest.skip(self.platform.lacks[ability])

    def stands_for(self, new: Shown, old: Shown) -> bool:
        """Whether a message of the bot stands where an older one stood, as far as the platform can edit."""
        return "edits" in self.platform.lacks or bool(new.id == old.id)

    def stranger(self, name: str) -> Person:
        """Somebody who has not joined."""
        return Person(self, name, self.emulator.user(name))

    async def team_chat(self, *members: Person) -> Chat:
        """A group of these people, made the chat of the first one's team."""
        group = self.emulator.group("Tổ", [member.user for member in members])
        await members[0].says("/gannhom", group).hears("nhóm của tổ")
        return group

    def done_by(self, ref: str) -> dict[str, int]:
        """All that counts for somebody, by outcome."""

        counts: dict[str, int] = self.look(lambda tx: done_by(tx, ref))
        return counts


def done_by(tx: Transaction, ref: str) -> dict[str, int]:
    """All that counts for somebody, by outcome."""
    row = tx.one("SELECT id FROM people WHERE ref = :ref", ref=ref)
    assert row is not None
    return totals.of(tx, "person", row["id"])


@asynccontextmanager
async def talking(
    folder: Path,
    *,
    start: datetime = EVENING,
    privacy: bool = False,
    settings: dict[str, str] | None = None,
    files: Mapping[str, str] | None = None,
    platform: str = "telegram",
) -> AsyncIterator[Talk]:
    """The program with a small campaign, at an evening of May 2023; ended and recounted at the end."""
    write_campaign(folder / "campaign", files)
    clock = TestClock(start)
    there = PLATFORMS[platform](lambda: clock.right().timestamp(), privacy=privacy)
    async with there.emulator:
        talk = Talk(folder, there, clock, settings or {})
        await talk.start()
        try:
            yield talk
        finally:
            await talk.stop()
        talk.recount()


def hours(n: float) -> timedelta:
    """Some hours."""
    return timedelta(hours=n)


def without_buttons(text: str) -> str:
    """A text on one line."""
    return re.sub(r"\s+", " ", text)
