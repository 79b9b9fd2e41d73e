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
    command, rest = _halves(event.text, in_line=said is not None and said.behind is Behind.TODAY)
    if not _is_work(rest, event, turn):
        return [event]
    below = replace(event, text=rest, addressed=True)
    if event.edited_at is not None and editing.has_acted(event, turn):
        return [below]  # an edit is of what was reported
    return [replace(event, text=command), below]


def _halves(text: str, *, in_line: bool) -> tuple[str, str]:
    """The command with what belongs to it, and what may be a report. `in_line`: nothing but days belong to it."""
    head, _, tail = text.partition("\n")
    if in_line and not tail.strip():
        head, _, tail = text.partition(" ")
    return head.strip(), tail.strip()


def _is_work(text: str, message: Message, turn: Turn) -> bool:
    """Whether it would be taken for work by itself; a mere number may belong to the command."""
    return any(map(str.isalpha, text)) and turn.reading_of(text, message.at).tells_of_work
