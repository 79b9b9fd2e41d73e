"""How a send can end. Nobody but a channel's `judge` ever looks at a platform's status codes."""

from dataclasses import dataclass
from enum import Enum, auto


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform has it; `id` is its message id, where it gives one; `messages` how many it took."""

    id: str | None
    messages: int = 1


@dataclass(frozen=True, slots=True)
class Shown:
    """The picture has arrived; its text is too long to stand under it, and is said next, by itself."""


@dataclass(frozen=True, slots=True)
class Begun:
    """The beginning of a long text has arrived; the rest is said next, by itself."""

    rest: str


@dataclass(frozen=True, slots=True)
class Later:
    """It surely did not arrive and may be tried again; `after` seconds where the platform says so."""

    reason: str
    after: float | None = None


class Part(Enum):
    """What a message can be said without."""

    QUOTE = auto()  # of the message that it answers
    TOPIC = auto()  # the group is there without it
    BUTTONS = auto()  # words can be typed in their place


@dataclass(frozen=True, slots=True)
class Refused:
    """It will never arrive as it is; `part`: what the platform takes offence at, where it says so."""

    reason: str
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """The bot was blocked or removed there."""

    reason: str


@dataclass(frozen=True, slots=True)
class Closed:
    """The bot is there, but may not write for now: rights were taken from it."""

    reason: str


@dataclass(frozen=True, slots=True)
class TopicClosed:
    """Nobody but the group's administrators may write in this topic for now; the group takes text outside of it."""

    reason: str


@dataclass(frozen=True, slots=True)
class NoTopic:
    """The topic of the group is gone; the group is there."""

    reason: str


@dataclass(frozen=True, slots=True)
class Denied:
    """The platform does not know the bot's token, or says so by mistake: it surely did not arrive."""

    reason: str


@dataclass(frozen=True, slots=True)
class MovedTo:
    """The chat goes on at another address."""

    address: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have arrived or not."""

    reason: str


Outcome = Sent | Shown | Begun | Later | Refused | Gone | Closed | TopicClosed | NoTopic | Denied | MovedTo | Unknown
