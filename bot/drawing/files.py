"""A file that somebody asked for: read from the database in one snapshot and written where only its owner may look.

Runs in the drawing process, or in that of the command line: never beside the bot's own loop.
"""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from bot.drawing import letters, sheets
from handlers import calendar, texts
from handlers.figures import exported, lettered
from handlers.figures.exported import Book, Reports
from storage.campaign.communes import Commune
from storage.engine.database import session
from storage.engine.transaction import Transaction

ENDINGS = {"sheet": ".xlsx", "csv": ".csv", "letter": ".docx"}
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be made of which communes, and where it goes. `template`: of a letter; None: the shipped one."""

    kind: str
    database: Path
    communes: tuple[int, ...]
    now: datetime
    day_start: time
    into: Path
    template: Path | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: under which name it is saved, and what its numbers come to."""

    name: str
    size: int
    place: str
    target: int
    done: int
    today: int
    reports: int


def make(work: Work) -> Made:
    """Makes the file, whole or not at all.

    Raises:
        letters.WrongTemplate: the letter's template has a mistake.
        OSError, StorageError: it cannot be written, or the numbers cannot be read.
    """
    part = work.into.with_name(f".{work.into.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with session(work.database, read_only=True) as tx:
            book = _written(tx, work, part)
        part.replace(work.into)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    whole = book.board.whole
    size = work.into.stat().st_size
    return Made(name_of(work.kind, book), size, book.name, whole.target, whole.done, whole.phones_today, book.reports)


def _written(tx: Transaction, work: Work, part: Path) -> Book:
    days = calendar.current(tx, work.day_start)
    chosen = exported.places(tx, work.communes)
    book = exported.book(tx, chosen, days, work.now)
    if work.kind == "letter":
        letters.write(part, lettered.named(tx, book), work.template)
        return book
    reports = Reports(tx, chosen, days)
    if work.kind == "csv":
        sheets.write_csv(part, reports.lines())
    else:
        sheets.write(part, book, reports.lines(), pictures(tx, chosen, book))
    return book


def pictures(tx: Transaction, chosen: Sequence[Commune], book: Book) -> list[tuple[str, bytes]]:
    """The charts of these communes as PNGs, each with its title."""
    return []


def name_of(kind: str, book: Book) -> str:
    """How the file is called where it is saved: what it is, of which communes, and when."""
    name = texts.plain("export.file_of_letter" if kind == "letter" else "export.file", name=book.name, at=book.at)
    return _NOT_IN_NAMES.sub(" ", name)[:_LONGEST_NAME].strip() + ENDINGS[kind]
