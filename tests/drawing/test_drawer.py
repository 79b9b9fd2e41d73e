"""The drawing process starts when it is needed, ends when it is idle, and whatever becomes of it, the bot goes on."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest

from bot.drawing.drawer import Drawer, NotDrawn

BROKEN = ("-P", "-m", "tests.drawing.broken")
PATIENCE = 20.0


@asynccontextmanager
async def drawing(*, idle: float = 60.0) -> AsyncIterator[Drawer]:
    """A drawer whose process can go wrong."""
    drawer = Drawer(idle=idle, command=BROKEN)
    try:
        yield drawer
    finally:
        await drawer.close()


async def until(true: Callable[[], bool]) -> None:
    """Returns as soon as it is so."""
    async with asyncio.timeout(PATIENCE):
        while not true():
            await _moment()


async def _moment() -> None:
    await asyncio.sleep(0.005)


async def ended(pid: int) -> None:
    """The process is no more."""
    await until(lambda: not psutil.pid_exists(pid))


async def test_one_process_does_one_thing_after_the_other() -> None:
    """It starts with the first work; everybody gets the own."""
    async with drawing() as drawer:
        assert drawer.pid is None
        words = [f"xóm {n} " * 5000 for n in range(8)]
        drawn = await asyncio.gather(*(drawer.draw("echo", {"words": one}) for one in words))
        assert drawn == [one.encode() for one in words]
        first = drawer.pid
        assert await drawer.draw("echo", {"words": "lại"}) == "lại".encode()
        assert drawer.pid == first


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is nice, and no more")
async def test_it_gives_way_to_answers() -> None:
    """It works while the bot has nothing to do: weighed beside the bot, in its session, and idle there.

    In a session of its own it would have half the processor, however nice it is; a Ctrl-C is still the bot's alone.
    """
    async with drawing() as drawer:
        await drawer.draw("echo", {"words": "a"})
        assert drawer.pid is not None
        assert os.sched_getscheduler(drawer.pid) == os.SCHED_IDLE
        assert os.getpriority(os.PRIO_PROCESS, drawer.pid) == 19
        assert os.getsid(drawer.pid) == os.getsid(0)
        assert os.getpgid(drawer.pid) == drawer.pid


async def test_it_ends_when_idle_and_starts_again() -> None:
    """Its memory is given back."""
    async with drawing(idle=0.01) as drawer:
        for _ in range(2):
            await drawer.draw("echo", {"words": "a"})
            pid = drawer.pid
            assert pid is not None
            await ended(pid)
            assert drawer.pid is None


async def test_it_ends_with_the_program() -> None:
    """Also where the program was killed, and it hangs: its input ends."""
    drawer = Drawer(command=BROKEN)
    hanging = asyncio.create_task(drawer.draw("hang", {}, patience=PATIENCE))
    await until(lambda: drawer.pid is not None)
    process = drawer._process
    assert process is not None
    assert process.stdin is not None
    process.stdin.close()
    await until(lambda: drawer.pid not in (None, process.pid))  # it is tried once more, and hangs again
    assert drawer.pid is not None
    os.kill(drawer.pid, signal.SIGKILL)
    with pytest.raises(NotDrawn, match="died"):
        await hanging
    await ended(process.pid)
    await drawer.close()


async def test_what_hangs_is_killed_and_the_next_is_done() -> None:
    """Who asked for it hears so; nobody gets another's answer."""
    async with drawing() as drawer:
        await drawer.draw("echo", {"words": "a"})
        pid = drawer.pid
        assert pid is not None
        hanging = drawer.draw("hang", {}, patience=0.2)
        waiting = drawer.draw("echo", {"words": "b"})
        with pytest.raises(NotDrawn, match=r"hang: not done in 0\.2 seconds"):
            await hanging
        assert await waiting == b"b"
        assert drawer.pid != pid
        await ended(pid)


async def test_nobody_waits_any_more() -> None:
    """The work is given up with whoever asked for it; the next gets the own answer."""
    async with drawing() as drawer:
        asked = asyncio.create_task(drawer.draw("hang", {}))
        await until(lambda: drawer.pid is not None)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        assert await drawer.draw("echo", {"words": "b"}) == b"b"


async def test_a_process_that_dies_is_replaced_once(tmp_path: Path) -> None:
    """It may have been killed for others' sake; work that kills each is given up."""
    async with drawing() as drawer:
        assert await drawer.draw("die_once", {"mark": str(tmp_path / "mark")}) == b"drawn"
        with pytest.raises(NotDrawn, match="the process died"):
            await drawer.draw("die", {})
        assert await drawer.draw("echo", {"words": "a"}) == b"a"
        assert drawer.pid is not None
        os.kill(drawer.pid, signal.SIGKILL)
        assert await drawer.draw("echo", {"words": "b"}) == b"b"


async def test_what_cannot_be_drawn_says_where_and_not_what() -> None:
    """An error's words may be anybody's; the process goes on."""
    async with drawing() as drawer:
        await drawer.draw("echo", {"words": "a"})
        pid = drawer.pid
        with pytest.raises(NotDrawn) as refused:
            await drawer.draw("refuse", {"words": "nhà bà Lan"})
        assert "ValueError at refuse (broken.py:" in str(refused.value)
        assert "Lan" not in str(refused.value)
        with pytest.raises(NotDrawn, match="KeyError"):
            await drawer.draw("unheard of", {})
        assert drawer.pid == pid


async def test_what_a_library_prints_is_no_answer(capfd: pytest.CaptureFixture[str]) -> None:
    """It goes where errors go."""
    async with drawing() as drawer:
        assert await drawer.draw("talk", {}) == b"drawn"
    assert "so does the system" in capfd.readouterr().err


async def test_the_process_knows_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings are none of its business."""
    monkeypatch.setenv("BACUNG_TELEGRAM__TOKEN", "secret")
    monkeypatch.setenv("HARMLESS", "1")
    async with drawing() as drawer:
        known = (await drawer.draw("secrets", {})).decode().split("\n")
    assert "HARMLESS" in known
    assert not [name for name in known if name.startswith("BACUNG_")]


async def test_where_no_process_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words go alone."""
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    async with drawing() as drawer:
        with pytest.raises(NotDrawn):
            await drawer.draw("echo", {"words": "a"})


async def test_the_loop_goes_on_meanwhile() -> None:
    """Nothing waits for the drawing but who asked for it."""
    async with drawing() as drawer:
        asked = asyncio.create_task(drawer.draw("hang", {}, patience=0.5))
        turns = 0
        while not asked.done():
            await asyncio.sleep(0)
            turns += 1
        with pytest.raises(NotDrawn):
            await asked
    assert turns > 100
