"""Sockets beside the database, which only its owner can use; there while the bot runs."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_DESCRIPTORS = Path("/proc/self/fd")


@contextmanager
def listener(place: Path) -> Iterator[socket.socket]:
    """A socket at this place, for whoever has the database's lock."""
    place.unlink(missing_ok=True)  # of a bot that was killed
    with short(place) as name, socket.socket(socket.AF_UNIX) as listening:
        listening.bind(name)
        try:
            place.chmod(0o600)  # nobody can connect before it listens
            yield listening
        finally:
            with suppress(OSError):
                place.unlink()


@contextmanager
def short(place: Path) -> Iterator[str]:
    """A name for a socket: its path, of which the system takes about 100 bytes, or one through its open folder."""
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        yield str(_DESCRIPTORS / str(folder) / place.name) if _DESCRIPTORS.is_dir() else str(place)
    finally:
        os.close(folder)
