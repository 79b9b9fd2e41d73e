"""The drawing process: does one piece of work after the other as it is asked, and ends with whoever asks.

Over its standard input and output, each part behind its length in 8 bytes. In: JSON of the kind and the work. Out: `+`
and what was drawn, or `-` and why not, which names no values.
"""

import json
import os
import struct
import sys
from collections.abc import Mapping
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import Any, BinaryIO

from bot.drawing.kinds import KINDS, Draw, drawing
from bot.trouble import where_raised

LENGTH = struct.Struct(">Q")
DONE, NOT_DONE = b"+", b"-"
_NICENESS = 19


def main(kinds: Mapping[str, str] = KINDS) -> None:
    """Works until its input ends: then it ends at once, whatever it is at."""
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print is no answer
    _gives_way()
    waiting: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_listen, args=(asked, waiting), daemon=True).start()
    while True:
        answer(answers, *done(waiting.get(), kinds))


def _gives_way() -> None:
    """Answers come first: it works while the processor has nothing else to do for the bot, and stops at once for it."""
    with suppress(OSError):
        os.nice(_NICENESS)
    if sys.platform == "linux":
        with suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def _listen(asked: BinaryIO, waiting: SimpleQueue[bytes]) -> None:
    while (request := read(asked)) is not None:
        waiting.put(request)
    os._exit(0)


def done(request: bytes, kinds: Mapping[str, str]) -> tuple[bytes, bytes]:
    """What comes of a piece of work."""
    try:
        asked: dict[str, Any] = json.loads(request)
        draw: Draw = drawing(asked["kind"], kinds)
        return DONE, draw(asked["work"])
    except Exception as error:  # whatever goes wrong with one, the next may be well
        return NOT_DONE, where_raised(error).encode()


def read(source: BinaryIO) -> bytes | None:
    """The next part; None at the end."""
    head = source.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    part = source.read(length)
    return part if len(part) == length else None


def answer(target: BinaryIO, sign: bytes, content: bytes) -> None:
    """Answers the oldest open request."""
    target.write(LENGTH.pack(len(content) + 1) + sign)
    target.write(content)
    target.flush()


if __name__ == "__main__":
    main()
