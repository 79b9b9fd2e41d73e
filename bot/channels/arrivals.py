"""What a channel brings: events, and what it could not read."""

from dataclasses import dataclass

from handlers.messages import Event


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A payload that is no message: set aside, so that it never blocks the next."""

    channel: str
    id: str
    error: str
    raw: str


Arrival = Event | Unreadable
