"""A report in the lines below a command is a message of its own: the command would pass it over.

/homnay
xóm 1 được 3
"""

from collections.abc import Callable
from dataclasses import replace

from handlers.messages import Event, Message
from handlers.reports import editing
from handlers.turn import STUDENTS, Behind, Declaration, Turn


def parts(event: Event, turn: Turn, declared: Callable[[Message], Declaration | None]) -> list[Event]:
    """What is answered one after the other: the command, and what stands below it; mostly the event as it is."""
    if not isinstance(event, Message) or not event.text.startswith("/") or turn.person is None or event.anonymous:
        return [event]
    said = declared(event)
    if turn.me.role not in STUDENTS or (said is not None and said.lines):
        return [event]
    command, _, rest = event.text.partition("\n")
    if not rest.strip() and said is not None and said.behind is Behind.TODAY:
        command, _, rest = command.partition(" ")
        if not _names_a_place(rest, event, turn):
            return [event]
    if not _is_work(rest, event, turn):
        return [event]
    below = replace(event, text=rest.strip(), addressed=True)
    if event.edited_at is not None and editing.has_acted(event, turn):
        return [below]  # an edit is of what was reported
    return [replace(event, text=command.strip()), below]


def _names_a_place(text: str, message: Message, turn: Turn) -> bool:
    """Whether it tells of work at a home or in a hamlet, as nothing does that is asked of a command."""
    reading = turn.reading_of(text.strip(), message.at)
    return bool(reading.entries) and bool(reading.homes or any(entry.hamlet for entry in reading.entries))


def _is_work(text: str, message: Message, turn: Turn) -> bool:
    """Whether it would be taken for work by itself; a mere number may belong to the command."""
    return any(map(str.isalpha, text)) and turn.reading_of(text.strip(), message.at).tells_of_work
