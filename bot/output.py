"""Lines for people on stdout."""

import os
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Self


def say(line: str = "") -> None:
    """One line; a reader that closed the pipe is no error."""
    sys.stdout.write(line + "\n")


def for_the_owner_alone() -> None:
    """What is said from now on holds secrets: where it goes into a file, only its owner may read that."""
    with suppress(OSError, ValueError):  # no file behind it, or another user's
        if stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode):
            os.fchmod(sys.stdout.fileno(), 0o600)


def kept_secret(file: Path, data: bytes) -> None:
    """Writes a file that only its owner may read, whole or not at all; also in the place of one that others could read.

    Raises:
        OSError: it cannot be written there.
    """
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as whole:
            whole.write(data)
        part.replace(file)
    except OSError:
        part.unlink(missing_ok=True)
        raise


class Progress:
    """How far a long work is, on a terminal; elsewhere nothing is shown. Nothing is imported for it but there."""

    def __init__(self) -> None:
        self._shown: Any = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console  # noqa: PLC0415 - slow to import, and few work that long
            from rich.progress import BarColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415
            from rich.progress import Progress as Bar  # noqa: PLC0415

            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                TextColumn("{task.completed:,}"),
                TimeElapsedColumn(),
            )
            self._shown = Bar(*columns, console=Console(stderr=True), transient=True)
            self._shown.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown is not None:
            self._shown.stop()

    def steps(self, words: str, whole: int | None) -> Callable[[], None]:
        """A bar for a stage of so many steps (None: nobody knows); what it gives is called after each step."""
        if self._shown is None:
            return _nothing
        for earlier in self._shown.tasks:
            if not earlier.finished:
                self._shown.update(earlier.id, total=earlier.completed)
        shown, done, task = self._shown, 0, self._shown.add_task(words, total=whole)

        def step() -> None:
            nonlocal done
            done += 1
            if done % _SHOWN_EVERY == 0 or done == whole:
                shown.update(task, completed=done)

        return step


_SHOWN_EVERY = 50


def _nothing() -> None:
    pass
