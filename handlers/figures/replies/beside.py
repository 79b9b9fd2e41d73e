"""What is told beside a question: a report is one, whatever is asked in the same message."""

import re
from dataclasses import replace

from handlers.language import Kind, fold
from handlers.messages import Message
from handlers.turn import Turn

FIGURE = re.compile(r"[0-9]")
HOW_MANY = re.compile(r"\b(?:bao nhieu|bao nhiu|bnhieu|bnhiu|bn|nhieu(?= (?:roi|r|vay|the|z|v)\b|$))")
_PARTS = re.compile(r"[,;?\n]|\.\s")


def reports_beside(message: Message, turn: Turn) -> bool:
    """Whether a part of it alone is a report: `xóm 1 dc 5, cả tổ bao nhiêu rồi?`, `xóm 1 dc 2, sai số điện thoại`.

    Whatever is asked beside it, what was done is never lost.
    """
    parts = [part.strip() for part in _PARTS.split(message.text) if FIGURE.search(part)]
    if len(parts) == 1 and parts[0] == message.text.strip():
        return False
    alone = (turn.reading(replace(message, text=part)) for part in parts if not HOW_MANY.search(fold(part)))
    return any(one.kind is Kind.REPORT and one.explained and any(one.counts.values()) for one in alone)
