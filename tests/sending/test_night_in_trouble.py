"""The night's summary to two hundred chats, while sends go wrong at its very minute: nobody is left without it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.telegram import transport
from storage.talk import unsaid
from tests.emulators.telegram import Chat
from tests.talk import Talk, talking
from tests.timetable.test_jobs import LITTLE, SUMMARY, heard

CHATS = 200
PART = "tổng kết ngày 20/05"
AGAIN = "(gửi lại) "
TICK = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What goes wrong with every send, and for how many seconds."""

    kind: str
    seconds: int
    status: int = 502
    doubtful: bool = True  # nobody can know what came of a send


TROUBLES = {
    "resets": Trouble("drop_before", 6),
    "resets after the effect": Trouble("drop_after", 6),
    "a hanging server": Trouble("hang", 30),
    "half-closed connections": Trouble("half_close", 8),
    "a page in the place of an answer": Trouble("server_error", 8, status=200),
    "cut answers": Trouble("garbage", 8),
    "a server out of order": Trouble("server_error", 60, status=500),
    "too many requests": Trouble("too_many", 30, doubtful=False),
}


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A talk on Telegram without a pace: the clock of these tests runs faster than sends leave."""
    async with talking(tmp_path, settings={"BACUNG_TELEGRAM__RATE": "0"}) as running:
        yield running


async def groups_of(talk: Talk, number: int) -> list[Chat]:
    """So many groups of one team."""
    dung = await talk.person("Dũng")
    groups = [talk.emulator.group(f"Nhóm {n}", [dung.user]) for n in range(number)]
    for group in groups:
        dung.says("/gannhom", group)
    await talk.settled()
    return groups


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=list(TROUBLES))
async def test_everybody_gets_the_nights_summary(talk: Talk, monkeypatch: pytest.MonkeyPatch, trouble: Trouble) -> None:
    """Each at most once unmarked; what surely did not arrive comes without a mark."""
    monkeypatch.setattr(transport, "_DEFAULT_READ", 0.4)
    groups = await groups_of(talk, CHATS)
    talk.emulator.fail(trouble.kind, times=10**9, method="sendMessage", status=trouble.status, seconds=trouble.seconds)
    talk.clock.set(SUMMARY + LITTLE)
    for _ in range(trouble.seconds):
        await talk.breathe()
        talk.clock.advance(TICK)
    talk.emulator.recover()
    for _ in range(600):
        if not talk.look(unsaid.standing).waiting["summary"]:
            break
        await talk.breathe()
        talk.clock.advance(TICK)
    said = [heard(group, PART) for group in groups]
    assert sum(map(bool, said)) == CHATS
    assert all(sum(not text.startswith(AGAIN) for text in texts) <= 1 for texts in said)
    if not trouble.doubtful:
        assert all(len(texts) == 1 and texts[0].startswith("🌙") for texts in said)
    await talk.settled()
    standing = talk.look(unsaid.standing)
    assert (standing.doubtful, set(standing.unsaid.values())) == (0, {0})
