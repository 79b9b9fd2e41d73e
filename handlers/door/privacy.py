"""Private numbers in a message: the sender is told that none is needed or kept, and the message is removed."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.messages import Deletion, Message, Reply, Saying
from handlers.turn import Turn

_WORDS = {"identity": "căn cước", "phone": "điện thoại"}


def noted(message: Message, turn: Turn, said: Sequence[Saying]) -> list[Saying]:
    """What is said, with that note, where numbers were masked in the message."""
    if not message.hidden:
        return list(said)
    kinds = " và số ".join(word for kind, word in _WORDS.items() if kind in message.hidden)
    with_note = with_line(said, turn.text("reporting.private_numbers", what=kinds))
    return [*with_note, Deletion(message.id, turn.text("reporting.please_delete", what=kinds))]


def with_line(said: Sequence[Saying], line: str) -> list[Saying]:
    """Adds a line to what is said here; where that is only a sign, the line is said beside it."""
    if not line:
        return list(said)
    for place, one in enumerate(said):
        if isinstance(one, Reply) and one.to is None:
            return [*said[:place], replace(one, text=f"{one.text}\n{line}"), *said[place + 1 :]]
    return [*said, Reply(line)]
