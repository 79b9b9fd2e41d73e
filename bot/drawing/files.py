"""A file that somebody asked for: read from the database in one snapshot and written where only its owner may look.

Runs in the drawing process, or in that of the command line: never beside the bot's own loop.
"""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.drawing import letters, sheets, work
from bot.drawing.charts import png
from bot.drawing.letters import WrongTemplate
from bot.drawing.work import ENDINGS, Made, Work
from bot.folder import demonstration
from handlers import calendar, texts
from handlers.figures.charts import CHARTS, VEGA_LITE, kind_of
from handlers.figures.files import exported, lettered
from handlers.figures.files.exported import Book, Reports
from handlers.figures.gathered import series
from handlers.figures.gathered.series import Series
from storage.campaign.communes import Commune
from storage.engine.database import session
from storage.engine.transaction import Transaction

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_LONGEST_NAME = 60


def drawn(asked_for: Mapping[str, Any]) -> bytes:
    """Makes the file that the drawing process is asked for (`work.py`)."""
    try:
        return work.answer(make(work.taken(asked_for)))
    except WrongTemplate as error:
        return work.answer(texts.plain("lettered.wrong", **error.named))


def make(wanted: Work) -> Made:
    """Makes the file, whole or not at all.

    Raises:
        WrongTemplate: the letter's template has a mistake.
        OSError, StorageError: it cannot be written, or the numbers cannot be read.
    """
    part = wanted.into.with_name(f".{wanted.into.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with session(wanted.database, read_only=True) as tx:
            book = _written(tx, wanted, part)
        part.replace(wanted.into)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    whole = book.board.whole
    size = wanted.into.stat().st_size
    return Made(name_of(wanted.kind, book), size, book.name, whole.target, whole.done, whole.phones_today, book.reports)


def _written(tx: Transaction, wanted: Work, part: Path) -> Book:
    days = calendar.current(tx, wanted.day_start)
    chosen = exported.places(tx, wanted.communes)
    book = exported.book(tx, chosen, days, wanted.now, trial=demonstration.is_marked(tx))
    if wanted.kind == "letter":
        letters.write(part, lettered.named(tx, book), wanted.template)
        return book
    reports = Reports(tx, chosen, days, book.day)
    if wanted.kind == "csv":
        sheets.write_csv(part, reports.lines())
    else:
        sheets.write(part, book, reports.lines(), pictures(tx, chosen, book))
    return book


def pictures(tx: Transaction, chosen: Sequence[Commune], book: Book) -> list[tuple[str, bytes]]:
    """The charts of these communes as PNGs, each with its title."""
    how: Mapping[str, Any] = {"name": book.name, "finished": False}
    shown: list[Series] = [series.course(tx, chosen, book.day, **how)]
    if len(chosen) > 1:
        shown.append(series.reached(tx, chosen, book.day, **how))
        shown.append(series.heat(tx, chosen, book.day, **how))
    found = []
    for facts in shown:
        chart = CHARTS[kind_of(facts)]
        found.append((chart.title(facts), png({"specification": chart.spec(facts), "vega_lite": VEGA_LITE})))
    return found


def name_of(kind: str, book: Book) -> str:
    """How the file is called where it is saved: what it is, of which communes, and when."""
    name = texts.plain("export.file_of_letter" if kind == "letter" else "export.file", name=book.name, at=book.at)
    return _NOT_IN_NAMES.sub(" ", name)[:_LONGEST_NAME].strip() + ENDINGS[kind]
