"""People who report without end, each report of a hamlet of its own, on a platform or with browsers."""

import random
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from tests.browsers import Browser
from tests.crash.evening import EVENING
from tests.crash.tally import Tally
from tests.talk import CODES

NAMES = {"hv1": "An", "hv2": "Bình", "hv3": "Cúc"}
PATIENCE = 90.0  # seconds


class Crowd(Protocol):
    """Everybody who reports."""

    expected: dict[int, int]  # by hamlet

    async def join(self) -> None:
        """They come in."""

    async def speak(self, dice: random.Random) -> None:
        """Somebody says something."""

    async def is_heard(self) -> None:
        """Returns when all of it is taken and answered, or never will be."""

    def count(self, tally: Tally) -> None:
        """Who was not answered, and what was said again."""


@dataclass(slots=True)
class _Said:
    """What somebody said last of a hamlet; `shown` on the platform, in the group or in private."""

    who: str
    shown: Any
    grouped: bool
    edited: bool = False


class ChatCrowd:
    """On Telegram or Zalo; on Telegram they edit, and report in the group as well."""

    def __init__(self, bot: Any, *, edits: bool) -> None:
        self.expected: dict[int, int] = {}
        self._bot = bot
        self._edits = edits
        self._said: dict[int, _Said] = {}
        self._users = {ref: bot.emulator.user(name) for ref, name in NAMES.items()}
        self._group: Any = None

    async def join(self) -> None:
        """With their codes; the lead makes a group theirs."""
        for user in self._users.values():
            user.start(CODES[user.name], at=EVENING)
        if self._edits:
            lead = self._bot.emulator.user("Dũng")
            lead.start(CODES["Dũng"], at=EVENING)
            await self._bot.settled()
            self._group = self._bot.emulator.group("Tổ", [lead, *self._users.values()])
            lead.sends("/gannhom", self._group, at=EVENING)
        await self._bot.settled()

    async def speak(self, dice: random.Random) -> None:
        """A report, or now and then an edit of one."""
        if self._edits and self._said and dice.random() < 0.1:
            self._edit(dice.choice(list(self._said)))
            return
        grouped = self._group is not None and dice.random() < 0.1
        self.report(dice.choice(list(self._users)), dice.randint(1, 9), grouped=grouped)

    def report(self, ref: str, phones: int, *, grouped: bool = False) -> None:
        """Somebody reports the next hamlet."""
        number = len(self.expected) + 1
        self.expected[number] = phones
        where = [self._group] if grouped else []
        shown = self._users[ref].sends(f"xóm {number} được {phones}", *where, at=EVENING)
        self._said[number] = _Said(ref, shown, grouped)

    def _edit(self, number: int) -> None:
        said = self._said[number]
        if said.edited or said.grouped:
            return
        said.edited = True
        self.expected[number] += 10
        text = f"xóm {number} được {self.expected[number]}"
        self._users[said.who].edits(said.shown, text, at=EVENING + timedelta(seconds=number))

    async def is_heard(self) -> None:
        """Once nothing waits on either side."""
        await self._bot.settled()

    def count(self, tally: Tally) -> None:
        """In the group a sign is an answer."""
        for number, said in self._said.items():
            answer = f"Xóm {number}: {self.expected[number]} máy"
            heard = said.shown.reactions == ("👍",) if said.grouped else _has(said.shown.chat, answer)
            tally.silent += not heard
            if not heard:
                tally.which.append(f"silent: xóm {number}")
        for chat in self._bot.emulator.world.chats.values():
            tally.count_repeats(shown.text for shown in chat.from_bot)


def _has(chat: Any, part: str) -> bool:
    return any(part in shown.text for shown in chat.from_bot)


class WebCrowd:
    """In the web chat, over a line of their own."""

    def __init__(self, bot: Any, url: str, stack: AsyncExitStack) -> None:
        self.expected: dict[int, int] = {}
        self._bot = bot
        self._url = url
        self._stack = stack
        self._browsers: dict[str, Browser] = {}
        self._who: dict[int, str] = {}

    async def join(self) -> None:
        """Each with a browser."""
        for ref, name in NAMES.items():
            browser = await self._stack.enter_async_context(Browser(self._url))
            await browser.until_reached()
            await browser.join(CODES[name])
            self._browsers[ref] = await browser.connect()
        await self._bot.settled()

    async def speak(self, dice: random.Random) -> None:
        """A report."""
        number, ref = len(self.expected) + 1, dice.choice(list(self._browsers))
        self.expected[number], self._who[number] = dice.randint(1, 9), ref
        browser = self._browsers[ref]
        await browser.says(f"xóm {number} được {self.expected[number]}", browser.room())

    async def is_heard(self) -> None:
        """Once nothing waits on either side, and the browsers show all of it."""
        await self._bot.until(lambda: not any(one.queue for one in self._browsers.values()), "taking all", PATIENCE)
        await self._bot.settled()
        with suppress(AssertionError):  # what is missing then is counted
            await self._bot.until(lambda: not self._unanswered(), "showing all answers")

    def _unanswered(self) -> list[int]:
        texts = {ref: "\n".join(one["text"] for one in browser.from_bot()) for ref, browser in self._browsers.items()}
        return [n for n, ref in self._who.items() if f"Xóm {n}: {self.expected[n]} máy" not in texts[ref]]

    def count(self, tally: Tally) -> None:
        """As the browsers show it."""
        silent = self._unanswered()
        tally.silent += len(silent)
        tally.which += [f"silent: xóm {number}" for number in silent]
        for browser in self._browsers.values():
            tally.count_repeats(one["text"] for one in browser.from_bot())
