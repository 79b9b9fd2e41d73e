"""Killed at any moment, over a bad network too: nothing sent is lost, nothing counted twice, everything answered."""

import asyncio
import os
import random
import sys
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from storage.engine.transaction import Transaction
from tests.crash.evening import EVENING, nothing_left, nothing_twice, said
from tests.crash.supervisor import Supervisor
from tests.emulators.telegram import Chat, Emulator, Shown, User
from tests.talk import CODES

KILLS = 80  # `make torture` has a thousand
ROOT = Path(__file__).parents[2]


class Stream:
    """Reports and edits as they come on a busy evening, and what they add up to."""

    def __init__(self, users: Mapping[str, User], group: Chat, dice: random.Random) -> None:
        self._users = users
        self._group = group
        self._dice = dice
        self._sent: list[tuple[str, Shown, int]] = []  # by whom, what, the number it says now
        self._edited: set[int] = set()

    @property
    def expected(self) -> dict[str, int]:
        """What counts for each."""
        return {ref: sum(number for by, _, number in self._sent if by == ref) for ref in self._users}

    def go_on(self) -> None:
        """A few more messages; now and then an edit, or one in the group."""
        for _ in range(self._dice.randint(1, 5)):
            if self._sent and self._dice.random() < 0.15:
                self._edit()
            else:
                self._report()

    def _report(self) -> None:
        ref, user = self._dice.choice(list(self._users.items()))
        number = self._dice.randint(1, 9)
        chat = self._group if self._dice.random() < 0.1 else None
        shown = user.sends(f"xóm {len(self._sent)} được {number}", chat, at=EVENING)
        self._sent.append((ref, shown, number))

    def _edit(self) -> None:
        which = self._dice.randrange(len(self._sent))
        ref, shown, number = self._sent[which]
        if which in self._edited or shown.chat is self._group:
            return
        self._edited.add(which)
        self._sent[which] = (ref, shown, number + 10)
        self._users[ref].edits(shown, f"xóm {which} được {number + 10}", at=EVENING + timedelta(seconds=which + 1))

    def check_answers(self) -> None:
        """Each message was answered: in the group by a sign, in private by words, once, or marked."""
        for which, (_, shown, number) in enumerate(self._sent):
            if shown.chat is self._group:
                assert shown.reactions == ("👍",), shown.text
            else:
                assert said(shown.chat, f"Xóm {which}: {number} máy"), shown.text
        for user in self._users.values():
            nothing_twice(user.chat)
        nothing_twice(self._group)


async def test_killed_at_random_moments(tmp_path: Path) -> None:
    """Kills in a stream of messages over a bad network: all counted once, all answered."""
    dice = random.Random(20230520)
    async with Emulator(privacy=False, clock=EVENING.timestamp) as emulator:
        bot = Supervisor(tmp_path, emulator, EVENING)
        users = {ref: emulator.user(name) for ref, name in (("hv1", "An"), ("hv2", "Bình"), ("hv3", "Cúc"))}
        lead = emulator.user("Dũng")
        group = emulator.group("Tổ", [lead, *users.values()])
        stream = Stream(users, group, dice)
        for user in (*users.values(), lead):
            user.start(CODES[user.name], at=EVENING)
        try:
            await bot.start()
            await bot.settled()
            lead.sends("/gannhom", group, at=EVENING)
            await bot.settled()
            for kill in range(KILLS):
                _trouble(bot, emulator, dice, kill)
                stream.go_on()
                if kill % 4:  # every fourth death comes while it is starting
                    await bot.until(lambda: emulator.updates.polling, "polling")
                    await asyncio.sleep(0.05)
                    stream.go_on()
                await asyncio.sleep(dice.uniform(0.0, 0.35))
                bot.kill()
                await bot.until(lambda n=kill: bot.deaths > n, "a new start")
            await bot.settled()
        finally:
            await bot.stop()
        assert bot.deaths >= KILLS
        assert {ref: bot.done_by(ref).get("activated", 0) for ref in users} == stream.expected
        stream.check_answers()
        nothing_left(bot)


def _trouble(bot: Supervisor, emulator: Emulator, dice: random.Random, kill: int) -> None:
    """Now and then the network fails a call, but never twice the same answer: what then becomes of it is not known."""
    if emulator.api.faults:
        return
    if kill % 5 == 0 and not bot.look(_unknown):
        emulator.fail(dice.choice(["drop_before", "drop_after", "garbage"]), method="sendMessage")
    elif kill % 10 == 3:
        emulator.fail("server_error", status=500, times=2)
    elif kill % 20 == 6:
        emulator.fail("too_many", method="sendMessage", seconds=1)
    elif kill % 20 == 11:
        emulator.fail(dice.choice(["drop_before", "drop_after", "server_error"]), method="getUpdates")


def _unknown(tx: Transaction) -> bool:
    """Whether an answer waits whose first way ended in the dark."""
    row = tx.one("SELECT 1 FROM outbox WHERE again > 0 AND state IN ('due', 'sending')")
    return row is not None


async def test_a_loop_of_restarts(tmp_path: Path) -> None:
    """Killed again and again right after its start, the program loses nothing."""
    async with Emulator(privacy=False, clock=EVENING.timestamp) as emulator:
        bot = Supervisor(tmp_path, emulator, EVENING)
        an = emulator.user("An")
        an.start(CODES["An"], at=EVENING)
        an.sends("xóm 4 được 3", at=EVENING)
        try:
            for n in range(20):
                bot.spawn()
                await asyncio.sleep(0.01 * n)
                bot.kill()
            await bot.start()
            await bot.settled()
        finally:
            await bot.stop()
        assert bot.done_by("hv1") == {"activated": 3}
        assert said(an.chat, "Xóm 4: 3 máy")
        nothing_twice(an.chat)
        nothing_left(bot)


async def test_the_command_itself_is_killed(tmp_path: Path) -> None:
    """`bacung run`, with the real clock and nothing of the tests in it, killed as it works."""
    async with Emulator(privacy=False) as emulator:
        bot = Supervisor(tmp_path, emulator, datetime.now().astimezone())
        _begins_today(tmp_path / "campaign" / "campaign.toml")
        an = emulator.user("An")
        an.start(CODES["An"])
        for n in range(4):
            an.sends(f"xóm {n} được 2")
            process = await _command(bot.environment)
            await bot.until(lambda: emulator.updates.polling or not emulator.updates.pending, "polling")
            await asyncio.sleep(0.03 * n)
            process.kill()
            await process.wait()
        process = await _command(bot.environment)
        try:
            await bot.settled()
        finally:
            process.kill()
            await process.wait()
        assert bot.done_by("hv1") == {"activated": 8}
        for n in range(4):
            assert said(an.chat, f"Xóm {n}: 2 máy")
        nothing_twice(an.chat)
        nothing_left(bot)


def _begins_today(settings: Path) -> None:
    first = datetime.fromtimestamp(time.time() - 2 * 86_400).astimezone().date()
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("2023-05-16", first.isoformat()), encoding="utf-8")


async def _command(settings: dict[str, str]) -> asyncio.subprocess.Process:
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("BACUNG_")}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "run"),
        cwd=ROOT,
        env=inherited | settings,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
