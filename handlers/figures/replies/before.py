"""The question before, from which one that goes on takes what it leaves out: `Kim Lũ hôm nay?` … `còn hôm qua?`

It is kept for some minutes for whoever asked, where it was asked, as rows and days; no word of it is.
"""

from dataclasses import replace
from datetime import timedelta

from handlers.figures.in_words import Asked, NotUnderstood, carried, joins, kept, known, read
from handlers.figures.replies import choosing
from handlers.figures.replies.heads import head
from handlers.figures.replies.subjects import Subject
from handlers.messages import Reply, Saying
from handlers.turn import Turn, command_button
from storage.running import meta

WITHIN = timedelta(minutes=10)


def alone(text: str, turn: Turn) -> Asked | NotUnderstood | None:
    """What a text asks of numbers, whatever was asked before."""
    return read(text, choosing.names(turn), turn.work_day)


def remember(turn: Turn, asked: Asked) -> None:
    """Keeps what was asked until the next question."""
    meta.put(turn.tx, _name(turn), f"{int(turn.now.timestamp())} {kept(replace(asked, follows=False))}")


def going_on(text: str, turn: Turn, asked: Asked) -> Asked:
    """A question with what it leaves out, where it goes on from one of the last minutes; else as it is."""
    if not joins(text, asked):
        return asked
    at, _, encoded = (meta.get(turn.tx, _name(turn)) or "").partition(" ")
    if not at or turn.now.timestamp() - int(at) > WITHIN.total_seconds():
        return asked
    return carried(asked, known(encoded))


def with_other(text: str, turn: Turn, alone: Asked, said: list[Saying]) -> list[Saying]:
    """An answer to a question that goes on, with a button for what it asks where it is read alone."""
    of = choosing.subject(turn, alone)
    first = said[0] if said else None
    if not isinstance(of, Subject) or not isinstance(first, Reply):
        return said
    label = choosing.as_label(head(turn, alone, of))
    if label == choosing.as_label(first.text):
        return said
    button = command_button(label, f"{choosing.COMMAND} {text}")
    return [replace(first, buttons=(*first.buttons, (button,))), *said[1:]]


def _name(turn: Turn) -> str:
    return f"asked:{turn.chat.id}:{turn.me.id}"
