"""What is due is looked for when something may be, not whenever somebody writes a command."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.timetable.schedule import Schedule
from tests.clocks import TestClock
from tests.talk import ZONE, talking

NOON = datetime(2023, 5, 20, 12, 0, tzinfo=ZONE)


@pytest.mark.on("telegram")
async def test_commands_look_for_nothing_that_is_due(
    tmp_path: Path, platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Answers do not wait for it; when its time has come, and after the clock was set back, it is looked for."""
    looks: list[datetime] = []
    all_due = Schedule._all_due

    def counted(self: Schedule, *how: Any, **more: Any) -> Any:
        looks.append(self._clock.now())
        return all_due(self, *how, **more)

    monkeypatch.setattr(Schedule, "_all_due", counted)
    async with talking(tmp_path, start=NOON, platform=platform) as talk:
        an = await talk.person("An")
        await talk.settled()
        before = len(looks)
        for _ in range(3):
            await an.says("/homnay").hears("chưa")
        await talk.settled()
        assert len(looks) == before
        talk.clock.set(NOON.replace(hour=17, minute=1))  # the evening's plan
        await talk.settled_to(lambda _: len(looks) > before)
        before = len(looks)
        _set_back(talk.clock)
        await an.says("/homnay").hears("chưa")
        await talk.settled_to(lambda _: len(looks) > before)


def _set_back(clock: TestClock) -> None:
    clock.advance(-timedelta(minutes=30))
