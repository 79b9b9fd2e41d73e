"""Killed at every step it passes: nothing sent is lost, nothing counted twice, everything answered."""

import asyncio
import random
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from storage import totals
from tests.crash.supervisor import Supervisor
from tests.emulators.telegram import Chat, Emulator, User
from tests.talk import CODES, ZONE

EVENING = datetime(2023, 5, 20, 20, 0, tzinfo=ZONE)
AGAIN = "(gửi lại) "
LATE = "(gửi muộn) "
KILLS = 200

# Each step that the program passes in an evening, and at which passings it dies there.
STEPS = [
    ("start", (1,)),
    ("commit:before", (1, 2, 3, 5, 8, 13)),
    ("commit:after", (1, 2, 3, 5, 8, 13)),
    ("intake:event", (1, 3, 6)),
    ("send:before", (1, 3, 6)),
    ("send:after", (1, 3, 6)),
    ("poll:before", (1, 2, 4)),
    ("poll:committed", (1, 2, 4)),
    ("schedule:nudge", (1, 2)),
    ("schedule:summary", (1, 2)),
    ("schedule:digest", (1,)),
]


def _texts(chat: Chat, part: str) -> list[str]:
    return [one.text for one in chat.messages if one.from_bot and part in one.text]


def _said_once(chat: Chat, part: str) -> None:
    """Said, and only once without a mark that it may have been said before."""
    found = _texts(chat, part)
    assert found, f"nobody said {part!r}"
    assert sum(AGAIN not in text for text in found) <= 1, found


class Evening:
    """A small evening: people join, report in private and in the group, edit, undo; the night's summary follows."""

    def __init__(self, supervisor: Supervisor, emulator: Emulator) -> None:
        self.bot = supervisor
        self.emulator = emulator
        self.an, self.binh, self.dung, self.ha, self.khoa = (
            emulator.user(name) for name in ("An", "Bình", "Dũng", "Hà", "Khoa")
        )
        self.group = emulator.group("Tổ", [self.dung, self.an])

    def _sends(self, user: User, text: str, chat: Chat | None = None) -> None:
        user.sends(text, chat, at=self.bot.now())

    async def report(self) -> None:
        """Everything that people do in the evening."""
        for user in (self.an, self.binh, self.dung, self.ha, self.khoa):
            user.start(CODES[user.name], at=self.bot.now())
        await self.bot.settled()
        self._sends(self.dung, "/gannhom", self.group)
        await self.bot.until(lambda: _texts(self.group, "nhóm của tổ"), "binding the group")
        first = self.an.sends("xóm 4 được 3, vắng 1", at=self.bot.now())
        self._sends(self.an, "xóm 5 được 2")
        self._sends(self.binh, "được 4")
        self._sends(self.an, "xóm 4 được 1", self.group)
        self._sends(self.an, "khoảng 5 máy")
        await self.bot.settled()
        self.an.edits(first, "xóm 4 được 6, vắng 1", at=self.bot.now())
        undo = next(one for one in self.binh.chat.messages if one.from_bot and "4 máy" in one.text)
        self.binh.presses("Hoàn tác", undo)
        self._sends(self.ha, "/tong")
        await self.bot.settled()
        self._sends(self.ha, "/xa")
        await self.bot.settled()

    def check_evening(self) -> None:
        """Everything counts once and was answered."""
        assert self.bot.done_by("hv1") == {"activated": 9, "absent": 1}
        assert self.bot.done_by("hv2") == {}
        assert self.bot.look(totals.differences) == []
        for user in (self.an, self.binh, self.dung, self.ha, self.khoa):
            _said_once(user.chat, "đã vào")
        _said_once(self.an.chat, "Xóm 5: 2 máy")
        _said_once(self.an.chat, "số chính xác")
        assert _texts(self.an.chat, "✏️ Xóm 4: 6 máy, 1 nhà vắng")
        assert _texts(self.binh.chat, "↩️ Đã rút báo cáo")
        _said_once(self.ha.chat, "Học viên, cả đợt")
        reported = next(one for one in self.group.messages if one.text == "xóm 4 được 1")
        assert "👍" in reported.reactions

    async def check_night(self) -> None:
        """The nudge, the summary and the digest were said once to each whom they concern."""
        for chat in (self.group, self.dung.chat, self.ha.chat):
            await self.bot.until(lambda c=chat: _texts(c, "tổng kết ngày 20/05"), "the summary")
        await self.bot.until(lambda: _texts(self.khoa.chat, "☀️"), "the digest")
        await self.bot.settled()
        for chat in (self.group, self.dung.chat, self.ha.chat):
            _said_once(chat, "tổng kết ngày 20/05")
        _said_once(self.khoa.chat, "☀️")
        _said_once(self.binh.chat, "chưa nhận được báo cáo")
        assert _texts(self.an.chat, "chưa nhận được báo cáo") == []


@pytest.mark.parametrize(("step", "nth"), [(step, nth) for step, passings in STEPS for nth in passings])
async def test_killed_at_a_step(tmp_path: Path, step: str, nth: int) -> None:
    """Killed there in the evening and at night, and started again: as if nothing had happened."""
    async with Emulator(privacy=False, clock=EVENING.timestamp) as emulator:
        supervisor = Supervisor(tmp_path, emulator, EVENING)
        evening = Evening(supervisor, emulator)
        try:
            await supervisor.start(step, nth)
            await evening.report()
            evening.check_evening()
            for later in (timedelta(hours=1, minutes=30), timedelta(hours=3), timedelta(hours=6)):
                await supervisor.stop()
                supervisor.move(later)
                await supervisor.start(step, nth)
                await supervisor.until(lambda: _settled(supervisor, later), "the schedule")  # noqa: B023 - awaited here
                await supervisor.settled()
            await evening.check_night()
            evening.check_evening()
        finally:
            await supervisor.stop()
        assert supervisor.deaths > 0, f"the program never passed {step} {nth} times"


def _settled(supervisor: Supervisor, later: timedelta) -> bool:
    job = {1.5: "nudge", 3: "summary", 6: "digest"}[later.total_seconds() / 3600]
    row = supervisor.look(
        lambda tx: tx.one("SELECT count(*) AS n FROM job_runs WHERE job = :job AND outcome = 'done'", job=job)
    )
    return bool(row["n"])


async def test_killed_at_random_moments(tmp_path: Path) -> None:
    """200 kills in a stream of reports over a bad network: all counted once, all answered."""
    dice = random.Random(20230520)
    async with Emulator(privacy=False, clock=EVENING.timestamp) as emulator:
        supervisor = Supervisor(tmp_path, emulator, EVENING)
        users = {ref: emulator.user(name) for ref, name in (("hv1", "An"), ("hv2", "Bình"), ("hv3", "Cúc"))}
        expected = dict.fromkeys(users, 0)
        sent: list[tuple[User, str]] = []
        for user in users.values():
            user.start(CODES[user.name], at=EVENING)
        try:
            await supervisor.start()
            await supervisor.settled()
            for kill in range(KILLS):
                for _ in range(dice.randint(1, 6)):
                    ref, user = dice.choice(list(users.items()))
                    number = dice.randint(1, 9)
                    text = f"xóm {len(sent)} được {number}"
                    user.sends(text, at=EVENING)
                    expected[ref] += number
                    sent.append((user, f"Xóm {len(sent)}: {number} máy"))
                _trouble(emulator, dice, kill)
                if kill % 4:  # every fourth death comes while it is starting
                    await supervisor.until(lambda: emulator.updates.polling, "polling")
                await asyncio.sleep(dice.uniform(0.0, 0.3))
                supervisor.kill()
                await supervisor.until(lambda n=kill: supervisor.deaths > n, "a new start")
            await supervisor.settled()
        finally:
            await supervisor.stop()
        assert supervisor.deaths >= KILLS
        assert {ref: supervisor.done_by(ref).get("activated", 0) for ref in users} == expected
        assert supervisor.look(totals.differences) == []
        for user, answer in sent:
            _said_once(user.chat, answer)


def _trouble(emulator: Emulator, dice: random.Random, kill: int) -> None:
    """Now and then the network fails a call; what leaves an outcome open comes rarely, never twice for one answer."""
    if emulator.api.faults:
        return
    if kill % 12 == 0:
        emulator.fail(dice.choice(["drop_before", "drop_after"]), method="sendMessage")
    elif kill % 12 == 6:
        emulator.fail("server_error", method="sendMessage")
    elif kill % 50 == 25:
        emulator.fail("too_many", method="sendMessage", seconds=1)


async def test_a_loop_of_restarts(tmp_path: Path) -> None:
    """Killed again and again right after its start, the program loses nothing."""
    async with Emulator(privacy=False, clock=EVENING.timestamp) as emulator:
        supervisor = Supervisor(tmp_path, emulator, EVENING)
        an = emulator.user("An")
        an.start(CODES["An"], at=EVENING)
        an.sends("xóm 4 được 3", at=EVENING)
        try:
            for n in range(20):
                supervisor.spawn()
                await asyncio.sleep(0.01 * n)
                supervisor.kill()
            await supervisor.start()
            await supervisor.settled()
        finally:
            await supervisor.stop()
        assert supervisor.done_by("hv1") == {"activated": 3}
        _said_once(an.chat, "Xóm 4: 3 máy")
