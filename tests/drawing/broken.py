"""A drawing process that goes wrong in the ways that one can; only tests run it."""

import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.drawing import worker

KINDS = {
    name: f"tests.drawing.broken:{name}" for name in ("echo", "hang", "die", "die_once", "refuse", "talk", "secrets")
}


def echo(work: Mapping[str, Any]) -> bytes:
    """Gives back what it was given."""
    return str(work["words"]).encode()


def hang(work: Mapping[str, Any]) -> bytes:
    """Never comes back."""
    time.sleep(3600)
    return b""


def die(work: Mapping[str, Any]) -> bytes:
    """Takes the process with it."""
    os._exit(9)


def die_once(work: Mapping[str, Any]) -> bytes:
    """Takes the process with it the first time."""
    mark = Path(work["mark"])
    if not mark.exists():
        mark.touch()
        os._exit(9)
    return b"drawn"


def refuse(work: Mapping[str, Any]) -> bytes:
    """Cannot do it, and says why in words that are nobody else's business."""
    raise ValueError(work["words"])


def talk(work: Mapping[str, Any]) -> bytes:
    """Prints what is no answer."""
    print("a library says something")  # noqa: T201 - as libraries do
    os.write(1, b"and so does the system")
    return b"drawn"


def secrets(work: Mapping[str, Any]) -> bytes:
    """What the environment tells."""
    return "\n".join(sorted(os.environ)).encode()


if __name__ == "__main__":
    worker.main(KINDS)
    sys.exit()
