"""What has a time of its own, and is said unasked at that time: the shape of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from handlers.messages import Reply
from storage.engine.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be said in a chat. `at`: when it should be read; after `expires` it makes no sense any more."""

    chat: int
    key: str
    reply: Reply
    at: datetime
    expires: datetime


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that is due: what it says, noting that it was done; and how it is left undone where that fails."""

    name: str
    do: Callable[[Transaction], list[Due]]
    leave: Callable[[Transaction], object]
