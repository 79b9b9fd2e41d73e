"""Has things drawn in a process of their own: it starts at the first need, ends when idle, and is killed when it hangs.

The program's own loop only waits, and what drawing takes of memory goes with the process.
"""

import asyncio
import json
import logging
import os
import sys
from asyncio import StreamReader, StreamWriter, TimerHandle
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.drawing.worker import DONE, LENGTH

log = logging.getLogger(__name__)
IDLE = 60.0  # seconds without work after which the process ends
PATIENCE = 10.0  # seconds that one piece of work may take
_TRIES = 2  # of work under which the process died: it may have been killed for others' sake
_ROOT = Path(__file__).parent.parent.parent
_SECRETS = "BACUNG_"  # of the environment, whatever begins so is none of its business


class NotDrawn(Exception):
    """It could not be drawn; why, without values."""


class Drawer:
    """One drawing process, which does one piece of work at a time; those who ask wait for their turn.

    What takes long (a spreadsheet of all reports) asks a drawer of its own, lest pictures wait for it.
    """

    def __init__(self, *, idle: float = IDLE, command: tuple[str, ...] = ("-P", "-m", "bot.drawing.worker")) -> None:
        """`command`: what Python is told to run."""
        self._idle = idle
        self._command = command
        self._turn = asyncio.Lock()
        self._process: Process | None = None
        self._ends: TimerHandle | None = None

    @property
    def pid(self) -> int | None:
        """The number of the process, while there is one."""
        return self._process.pid if self._process is not None else None

    async def draw(self, kind: str, work: Mapping[str, Any], *, patience: float = PATIENCE) -> bytes:
        """What this kind of work makes of it (`kinds.py`). `patience`: seconds from when its turn has come.

        Raises:
            NotDrawn: it cannot be drawn, took too long, or the process died over it.
        """
        request = json.dumps({"kind": kind, "work": work}, ensure_ascii=False).encode()
        async with self._turn:
            self._keep()
            try:
                async with asyncio.timeout(patience):
                    return await self._asked(request)
            except TimeoutError:
                raise NotDrawn(f"{kind}: not done in {patience:g} seconds") from None
            finally:
                self._let_end()

    async def close(self) -> None:
        """Ends the process, whatever it is at."""
        self._keep()
        await self._kill()

    async def _asked(self, request: bytes) -> bytes:
        """Asks the process, and a new one where it dies; one that is left before it answers is killed."""
        for _ in range(_TRIES):
            answered = False
            try:
                process = await self._there()
                assert process.stdin is not None
                assert process.stdout is not None
                sign, content = await _exchanged(process.stdin, process.stdout, request)
                answered = True
            except (OSError, asyncio.IncompleteReadError) as error:
                log.warning("drawing: the process died, or none could be started (%s)", type(error).__name__)
                continue
            finally:
                if not answered:  # it hangs, died, or nobody waits any more: its next answer would be another's
                    await self._kill()
            if sign != DONE:
                raise NotDrawn(content.decode())
            return content
        raise NotDrawn("the process died over it")

    async def _there(self) -> Process:
        if self._process is None or self._process.returncode is not None:
            known = {name: value for name, value in os.environ.items() if not name.startswith(_SECRETS)}
            path = os.pathsep.join(filter(None, [str(_ROOT), known.get("PYTHONPATH")]))
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *self._command,
                stdin=PIPE,
                stdout=PIPE,
                env={**known, "PYTHONPATH": path},
                # A Ctrl-C in the terminal is for the bot, which then ends it. A session of its own would have a share
                # of the processor as large as the bot's (Linux weighs sessions first), however nice it is within.
                process_group=0,
            )
        return self._process

    def _keep(self) -> None:
        if self._ends is not None:
            self._ends.cancel()
            self._ends = None

    def _let_end(self) -> None:
        self._keep()
        if self._process is not None:
            self._ends = asyncio.get_running_loop().call_later(self._idle, self._end_idle)

    def _end_idle(self) -> None:
        if self._process is not None and not self._turn.locked():
            assert self._process.stdin is not None
            self._process.stdin.close()  # it ends with its input
            self._process = None

    async def _kill(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            process.kill()
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()


async def _exchanged(writer: StreamWriter, reader: StreamReader, request: bytes) -> tuple[bytes, bytes]:
    """The sign and the content that are answered to a request."""
    writer.write(LENGTH.pack(len(request)) + request)
    await writer.drain()
    (length,) = LENGTH.unpack(await reader.readexactly(LENGTH.size))
    answer = await reader.readexactly(length)
    return answer[:1], answer[1:]
