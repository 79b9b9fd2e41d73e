"""A report in the lines below a command is a message of its own: the command would pass it over.

/homnay
xóm 1 được 3
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from handlers.messages import Event, Message
from handlers.reports import editing
from handlers.turn import STUDENTS, Behind, Declaration, Turn
from storage.campaign import people


def parts(event: Event, turn: Turn, declared: Callable[[Message], Declaration | None]) -> Iterator[Event]:
    """What is answered one after the other: the command, and what stands below it; mostly the event as it is."""
    if not isinstance(event, Message) or not event.text.startswith("/") or event.anonymous:
        yield event
        return
    said = declared(event)
    command, below = _halves(event, turn, said)
    if turn.person is None and " " not in command:
        yield event  # a code may stand below as well
        return
    if turn.person is None:
        yield replace(event, text=command)
        turn.person = people.of_sender(turn.tx, event.chat.channel, event.sender.id)  # it may have been a code
    elif not (_may_have(turn, said) and _is_work(below, event, turn)):
        yield event
        return
    elif event.edited_at is None or not editing.has_acted(event, turn):  # an edit is of what was reported
        yield replace(event, text=command)
    if turn.person is not None and _may_have(turn, said) and _is_work(below, event, turn):
        yield replace(event, text=below, addressed=True)


def _may_have(turn: Turn, said: Declaration | None) -> bool:
    """Whether who sends this command may report below it, and it does not read several lines by itself."""
    return turn.me.role in STUDENTS and not (said is not None and said.lines)


def _halves(message: Message, turn: Turn, said: Declaration | None) -> tuple[str, str]:
    """The command, and what may be a report: the lines below, or behind a command that only a day belongs to."""
    command, _, below = message.text.partition("\n")
    if turn.person is not None and not below.strip() and said is not None and said.behind is Behind.TODAY:
        short, _, behind = command.partition(" ")
        if _names_a_place(behind, message, turn):
            return short, behind.strip()
    return command.strip(), below.strip()


def _names_a_place(text: str, message: Message, turn: Turn) -> bool:
    """Whether it tells of work at a home or in a hamlet, as nothing does that is asked of a command."""
    reading = turn.reading_of(text.strip(), message.at)
    return bool(reading.entries) and bool(reading.homes or any(entry.hamlet for entry in reading.entries))


def _is_work(text: str, message: Message, turn: Turn) -> bool:
    """Whether it would be taken for work by itself; a mere number may belong to the command."""
    return any(map(str.isalpha, text)) and turn.reading_of(text.strip(), message.at).tells_of_work
