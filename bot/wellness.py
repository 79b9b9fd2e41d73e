"""What the running bot says of itself to `bacung status`: a socket beside the database, on which it says what is wrong.

The database cannot tell it: where the disk is full or the file is gone, nothing can be noted there.
"""

import asyncio
import json
import logging
import socket
from pathlib import Path

from bot import sockets
from bot.monitor import Monitor
from storage.engine.beside import beside

log = logging.getLogger(__name__)
SUFFIX = ".state"
_PATIENCE = 5.0  # seconds


class Teller:
    """The bot's end: says what `/healthz` says to whoever connects, and closes."""

    def __init__(self, database: Path, monitor: Monitor) -> None:
        self._database = database
        self._monitor = monitor

    async def run(self) -> None:
        """Answers for ever; where no socket can be made, the bot goes on without one."""
        try:
            with sockets.listener(beside(self._database, SUFFIX)) as listening:
                server = await asyncio.start_unix_server(self._tell, sock=listening)
                try:
                    await asyncio.Event().wait()
                finally:
                    server.close()
        except OSError as error:
            log.warning("status: cannot say how the bot is doing (%s)", error.strerror or error)
            await asyncio.Event().wait()

    async def _tell(self, _: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(json.dumps(self._monitor.wrong).encode() + b"\n")
        writer.close()


def ask(database: Path) -> dict[str, str] | None:
    """What is wrong, by place, as the bot that runs on this database says; None: none runs there."""
    try:
        with sockets.short(beside(database, SUFFIX)) as name, socket.socket(socket.AF_UNIX) as line:
            line.settimeout(_PATIENCE)
            line.connect(name)
            wrong: dict[str, str] = json.loads(line.makefile("rb").readline())
    except TimeoutError:
        return {"bot": f"it runs, and has not answered for {_PATIENCE:.0f} s"}
    except (OSError, ValueError):
        return None
    return wrong
