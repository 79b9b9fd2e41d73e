"""The vocabulary of the conversation: what comes in and what is said, whatever the platform. A leaf."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Chat:
    """Where something was said. `address` is the platform's id."""

    channel: str
    address: str
    private: bool
    title: str = ""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who said it. `id` is the platform's."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Message:
    """What a person said. `at` is when it was sent; an edited message keeps it and has `edited_at` as well.

    `addressed`: said to the bot (a private chat, a command, a mention, a reply to it). `hidden`: the kinds of private
    numbers that were masked in the text (`identity`, `phone`). `one_of_a_kind`: the platform never gives its id to
    another message, not even of another bot.
    """

    chat: Chat
    sender: Sender
    id: str
    text: str
    at: datetime
    edited_at: datetime | None = None
    reply_to: str | None = None
    forwarded: bool = False
    addressed: bool = True
    hidden: frozenset[str] = frozenset()
    one_of_a_kind: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Press:
    """A button was pressed. `message` is the bot's message that carries it."""

    chat: Chat
    sender: Sender
    id: str
    data: str
    message: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Presence:
    """The bot was let in or thrown out: unblocked or blocked in a private chat, added to or removed from a group."""

    chat: Chat
    sender: Sender
    id: str
    present: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Moved:
    """A group goes on at another address."""

    chat: Chat
    id: str
    address: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Arrived:
    """Somebody came into our own chat with a code, on a device that is new; `device` is its number."""

    chat: Chat
    sender: Sender
    id: str
    code: str
    device: int
    at: datetime


Event = Message | Press | Presence | Moved | Arrived


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message. `data` is an offer and a choice (`o12:undo`) or a command (`c/homnay 2`).

    `short` is another name of the same (`o12:#3`), where a platform may find the data too long.
    """

    label: str
    data: str
    short: str | None = None


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """A message of the bot.

    Attributes:
        to: the chat's row; None: where the event came from.
        quotes: the platform's id of the message it is a reply to.
        replaces: the outbox row of an earlier message of the bot, which is edited instead where that can be done.
        edits: the platform's id of a message of the bot, which is edited instead.
        report: the report that it answers.
        picture: the row of a picture that is shown with it; the text says what there is to say where it cannot be.
    """

    text: str
    buttons: Rows = ()
    to: int | None = None
    quotes: str | None = None
    replaces: int | None = None
    edits: str | None = None
    report: int | None = None
    picture: int | None = None


@dataclass(frozen=True, slots=True)
class Reaction:
    """A sign on a person's message; `text` is said instead where there are no reactions."""

    emoji: str
    message: str
    text: str
    report: int | None = None


@dataclass(frozen=True, slots=True)
class Deletion:
    """A person's message is removed; where the platform does not let a bot, `text` asks the sender to."""

    message: str
    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A short answer to a press, shown for a moment."""

    press: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """The commands that a chat's menu offers: (name, what it does)."""

    commands: tuple[tuple[str, str], ...]


Saying = Reply | Reaction | Deletion | Notice | Menu
