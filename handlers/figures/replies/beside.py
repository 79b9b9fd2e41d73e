"""What is told beside a question: a report is one, whatever is asked in the same message."""

import re
from dataclasses import dataclass, replace

from handlers.figures.in_words import Asked, Measure, Whose, read
from handlers.figures.replies import choosing
from handlers.language import Kind, fold
from handlers.messages import Message
from handlers.turn import Turn

FIGURE = re.compile(r"[0-9]")
HOW_MANY = re.compile(r"\b(?:bao nhieu|bao nhiu|bnhieu|bnhiu|bn|nhieu(?= (?:roi|r|vay|the|z|v)\b|$))")
_PARTS = re.compile(r"[,;?\n]|\.\s")
_ASKS = re.compile(rf"{HOW_MANY.pattern}|\b(?:(?:duoc|dc|lam|tong|may) may|ai chua|ai con|(?:xa|to) nao)\b")
_FIRST_OF_A_WORD = re.compile(r"(?<!\S)\S")
_SIGNS = " ,;.\n"


@dataclass(frozen=True, slots=True)
class Parted:
    """A message that tells and asks: its first part as the report, and what the rest asks."""

    told: Message
    words: str
    asked: Asked

    def is_answered(self, turn: Turn) -> bool:
        """Whether every answer to a report says it: where sender and team stand on this day."""
        plain = self.asked.measure is Measure.REACHED and self.asked.whose in (Whose.OWN, Whose.TEAM)
        period = self.asked.period
        today = period is None or (period.first, period.last) == (turn.work_day, turn.work_day)
        return plain and today and not (self.asked.outcomes or self.asked.grouped or self.asked.compared)


def parted(message: Message, turn: Turn) -> Parted | None:
    """A report that a question follows, with a sign between them or none; None where it is not both.

    `xóm 1 dc 5 hôm nay cả tổ bao nhiêu rồi?` is `xóm 1 dc 5` and what the team has; no `xóm 1 được mấy máy`. Each
    part is read whole and alone: the report says a number of its own, and the question asks in so many words.
    """
    text = message.text
    figures = [one.end() for one in FIGURE.finditer(text)]
    if not figures or not _ASKS.search(fold(text[figures[-1] :])):
        return None
    whole = _question(text, turn)
    if whole is not None and len(whole.hamlets) > 1:
        return None  # `xóm 4, 5 được bao nhiêu` tells of no phones in the fourth
    for word in _FIRST_OF_A_WORD.finditer(text, figures[-1]):
        rest = text[word.start() :]
        told = replace(message, text=text[: word.start()].rstrip(_SIGNS))
        if (asked := _question(rest, turn)) is not None and _is_report(told, turn):
            return Parted(told, rest, asked)
    return None


def _question(words: str, turn: Turn) -> Asked | None:
    if not _ASKS.search(fold(words)):
        return None
    asked = read(words, choosing.names(turn), turn.work_day)
    return asked if isinstance(asked, Asked) and asked.firm else None


def _is_report(message: Message, turn: Turn) -> bool:
    one = turn.reading(message)  # a number alone may belong to what follows
    return " " in message.text and one.kind is Kind.REPORT and one.explained and any(one.counts.values())


def reports_beside(message: Message, turn: Turn) -> bool:
    """Whether a part of it alone is a report: `xóm 1 dc 2, sai số điện thoại`.

    Whatever is asked beside it, what was done is never lost.
    """
    parts = [part.strip() for part in _PARTS.split(message.text) if FIGURE.search(part)]
    if len(parts) == 1 and parts[0] == message.text.strip():
        return False
    alone = (replace(message, text=part) for part in parts if not HOW_MANY.search(fold(part)))
    return any(_is_report(one, turn) for one in alone)
