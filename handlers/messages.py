"""The vocabulary of the conversation: what comes in and what is said, whatever the platform. A leaf."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Chat:
    """Where something was said. `address` is the platform's id, `topic` that of a topic in a group; None: in none."""

    channel: str
    address: str
    private: bool
    title: str = ""
    topic: str | None = None


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
    another message, not even of another bot. `album`: the pictures that were sent together with it have the same.
    `picture`: one of which the platform does not say with which others it was sent.
    `anonymous`: somebody wrote as the group itself, whom nobody can tell from others; `sender` is the group.
    `number`: of edits dated alike, the one made later has the higher, or the same.
    `edition`: tells edits apart that were made within one second; the same where the platform brings one again.
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
    album: str | None = None
    picture: bool = False
    anonymous: bool = False
    edition: str = field(default="", compare=False)
    number: int = field(default=0, compare=False)


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
    """The bot was let in or thrown out: unblocked or blocked in a private chat, added to or removed from a group.

    `before`: it was there already, and only its rights are others.
    """

    chat: Chat
    sender: Sender
    id: str
    present: bool
    at: datetime
    before: bool = False


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

    `short` is another name of the same (`o12:#3`), where a platform may find the data too long. `instead`: the labels
    that do at once what the button leads to, for where there are none to press: `Sửa 1`, `Xóa 1`, …
    """

    label: str
    data: str
    short: str | None = None
    instead: tuple[str, ...] = ()

    @property
    def is_command(self) -> bool:
        """Whether a press is the same as sending a command."""
        return self.data.startswith("c/")


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """The message that a reply answers: the platform's id, when it was sent, and its first words, masked."""

    message: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Sought:
    """A command of which the answer takes long to read: who asked it, by their row, and when."""

    command: str
    person: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Reply:
    """A message of the bot.

    Attributes:
        to: the chat's row; None: where the event came from.
        answers: the message that it answers, to be quoted where it could be taken for an answer to another.
        quotes: the platform's id of the message that it quotes, whatever else is said meanwhile.
        in_group: it is said where others write, too.
        replaces: the outbox row of an earlier message of the bot, which is edited instead where that can be done.
        edits: the platform's id of a message of the bot, which is edited instead.
        report: the report that it answers.
        picture: the row of a picture that is shown with it; the text says what there is to say where it cannot be.
        drawing: the row of one that is still to be drawn; the text waits for it, and goes alone where it fails.
        document: the row of a file that goes with it.
        topic: the platform's id of the topic in which it is said, '' outside all; None: where its team is spoken to.
        practice: the row of the practice in which it is said; its report and its offers are of that book.
        merges: late, it may go out in one message with what else waits for its chat.
        seeks: what is still to be read before there are words: it waits for them in its place in line.
    """

    text: str
    buttons: Rows = ()
    to: int | None = None
    answers: Answered | None = None
    quotes: str | None = None
    in_group: bool = False
    replaces: int | None = None
    edits: str | None = None
    report: int | None = None
    picture: int | None = None
    drawing: int | None = None
    document: int | None = None
    topic: str | None = None
    practice: int | None = None
    merges: bool = False
    seeks: Sought | None = None


@dataclass(frozen=True, slots=True)
class Reaction:
    """A sign on a person's message; `text` is said instead where there are no reactions."""

    emoji: str
    message: str
    text: str
    report: int | None = None
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Deletion:
    """A person's message is removed; where the platform does not let a bot, `text` asks the sender to."""

    message: str
    text: str
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A short answer to a press, shown for a moment."""

    press: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """The commands that a chat's menu offers: (name, what it does). `to`: the chat's row; None: where the event was."""

    commands: tuple[tuple[str, str], ...]
    to: int | None = None


@dataclass(frozen=True, slots=True)
class Tick:
    """What became of a person's message in the chat `to` is something else by now: its sign is to be shown anew."""

    message: str
    to: int


Saying = Reply | Reaction | Deletion | Notice | Menu | Tick
