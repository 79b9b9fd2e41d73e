"""Evenings as they come: whatever people do and whenever the bot is down, nobody is reminded wrongly or too often."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from bot.timetable import own_times
from handlers.calendar import AS_IT_IS, calendar_of
from handlers.turn import House
from storage.engine.times import moment, stamp
from storage.engine.transaction import Transaction
from tests.talk import PATIENCE, ZONE, Person, Talk, talking

NUDGED = "chưa nhận được báo cáo"
UNASKED = ("Tối nay em", "Tối nay đồng chí", NUDGED, "bạn chưa có báo cáo:", "tổng kết ngày 2", "☀️")
HOUSE = House(calendar_of("Asia/Ho_Chi_Minh", time(4)))
JOBS = {job: getattr(AS_IT_IS, job) for job in ("plan", "nudge", "names", "summary", "digest")}
NAMES = ("Dũng", "An", "Bình", "Cúc", "Khoa")
SEEDS = (0, 1, 2, 3, 4, 6, 7, 8)  # in the fifth evening all is muted or told in the group


@dataclass
class Evening:
    """What people do in one evening, and what is so then."""

    talk: Talk
    dice: random.Random
    begun: datetime
    people: dict[str, Person] = field(default_factory=dict)
    reported: Counter[str] = field(default_factory=Counter)
    off: set[str] = field(default_factory=set)
    muted: set[str] = field(default_factory=set)
    seen: dict[str, int] = field(default_factory=dict)
    calls: int = 0
    nudges: Counter[str] = field(default_factory=Counter)
    unasked: Counter[str] = field(default_factory=Counter)

    async def does_something(self) -> None:
        """One of the people, or the one who runs the bot."""
        name = self.dice.choice(NAMES[:4])
        person = self.people[name]
        match self.dice.choice(
            ["report", "report", "off", "call", "mute", "move", "move", "withdraw", "down", "nothing"]
        ):
            case "report":
                await person.says(f"xóm {self.dice.choice('45')} được 1").hears("1 máy")
                self.reported[name] += 1
            case "withdraw" if self.reported[name]:
                await person.says("/huy").hears("rút")
                self.reported[name] -= 1
            case "off" if not self.reported[name]:
                await person.says("/xinnghi").hears("nghỉ")
                self.off.add(name)
            case "call":
                await self.people["Dũng"].says("/nhac").hears("")
                self.calls += 1
            case "mute":
                await person.says("/lichnhac tắt nhắc").hears("Đã tắt")
                self.muted.add(name)
            case "move":
                clock = self.dice.choice(["20:30", "21:00", "21:30", "22:00", "22:30", "23:00"])
                await person.says(f"/lichnhac nhắc {clock}").hears("Từ nay bot gửi")
                self.muted.discard(name)
            case "down":
                await self._settled()
                await self.talk.stop()
                self.talk.clock.advance(timedelta(minutes=self.dice.choice([5, 40, 150])))
                await self.talk.start()

    async def time_passes(self, by: timedelta) -> None:
        """And the bot does what is due by then; what it said is looked at as things are now."""
        self.talk.clock.advance(by)
        await self.looks()

    async def looks(self) -> None:
        """What was said since is right."""
        for _ in range(int(PATIENCE / 0.005)):
            if self.talk.look(self._has_caught_up):
                break
            await self.talk.emulator_pause()
        await self._settled()
        for name, person in self.people.items():
            said = person.private.from_bot
            for one in said[self.seen[name] :]:
                if any(part in one.text for part in UNASKED) and "Đã ghi" not in one.text:
                    self._check(name, one.text, moment(int(one.date)).astimezone(ZONE))
            self.seen[name] = len(said)

    async def _settled(self) -> None:
        """All is said but what quiet hours hold."""
        if AS_IT_IS.is_quiet(self.talk.clock.now().astimezone(ZONE).time()):
            await self.talk.breathe()
        else:
            await self.talk.settled()

    def _check(self, name: str, text: str, at: datetime) -> None:
        assert not time(1) <= at.time() < time(6), (name, text, at)
        self.unasked[name] += at < self._morning()
        if NUDGED in text:
            assert self.reported[name] == 0, (name, at)
            assert name not in self.off, (name, at)
            self.nudges[name] += 1

    def _morning(self) -> datetime:
        return HOUSE.calendar.starts(HOUSE.calendar.work_day(self.begun) + timedelta(days=1))

    def _has_caught_up(self, tx: Transaction) -> bool:
        now = self.talk.clock.now()
        for job, clock in JOBS.items():
            due = now.astimezone(ZONE).replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
            due = due if due <= now else due - timedelta(days=1)
            if due > self.begun and not tx.one(
                "SELECT 1 FROM job_runs WHERE job = :job AND due_at = :due", job=job, due=stamp(due)
            ):
                return False
        return not own_times.due(tx, HOUSE, now)

    def is_right(self) -> None:
        """Nobody heard more than four things, or was nudged twice by the clock."""
        row = self.talk.look(
            lambda tx: tx.all(
                """SELECT person, count(*) AS n FROM told_unasked WHERE what LIKE 'nudge:%' GROUP BY person, day
                   HAVING count(*) > 1"""
            )
        )
        assert row == []
        for name in self.people:
            assert self.unasked[name] <= 4, (name, self.unasked[name])
            assert self.nudges[name] <= 1 + self.calls, name


async def played(folder: Path, seed: int) -> Evening:
    """One evening, from the afternoon to the next morning."""
    dice = random.Random(seed)
    start = datetime(2023, 5, 20, 15, 0, tzinfo=ZONE)
    async with talking(folder, start=start) as talk:
        evening = Evening(talk, dice, start + timedelta(minutes=1))
        for name in NAMES:
            evening.people[name] = await talk.person(name)
        await talk.team_chat(evening.people["Dũng"])
        await talk.settled()
        evening.seen = {name: len(one.private.from_bot) for name, one in evening.people.items()}
        while talk.clock.now() < datetime(2023, 5, 21, 0, 40, tzinfo=ZONE):
            await evening.does_something()
            await evening.looks()
            await evening.time_passes(timedelta(minutes=dice.randint(10, 50)))
        for hours in (1, 2, 3, 2):
            await evening.time_passes(timedelta(hours=hours))
        evening.is_right()
        return evening


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_random_evening(tmp_path: Path, seed: int) -> None:
    """No nudge to whoever has reported or is off duty, none in quiet hours, none twice, four messages at most."""
    evening = await played(tmp_path, seed)
    assert sum(evening.unasked.values()) > 0
