"""What a channel brings: events, and what it could not read."""

from dataclasses import dataclass

from handlers.messages import Chat, Event, Sender


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A payload that is no message: set aside, so that it never blocks the next.

    `chat` and `sender`: where and by whom something was said to the bot in private all the same; they are told.
    """

    channel: str
    id: str
    error: str
    raw: str
    chat: Chat | None = None
    sender: Sender | None = None


Arrival = Event | Unreadable
