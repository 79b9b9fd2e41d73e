"""The platforms that conversations are tested on, each behind the same few verbs, and what one of them cannot do.

A platform is a class with an emulator, the settings that lead the program to it, and what people do there. Where a
conversation needs what the platform lacks, its test is skipped there, with the reason that stands in `lacks`. The web
chat needs no emulator: the program is that platform too, and people come to it with browsers.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import chain
from typing import Any, ClassVar, Protocol, TypeAlias

from handlers.texts import mark
from tests.emulators import telegram, zalo
from tests.visitors import Visitors

# Each platform's own; they share what tests look at: id, text, buttons, from_bot, messages.
User: TypeAlias = Any
Chat: TypeAlias = Any
Shown: TypeAlias = Any
Press: TypeAlias = Any


class Platform(Protocol):
    """What a conversation test needs of a platform."""

    name: str
    lacks: ClassVar[Mapping[str, str]]
    emulator: Any

    def __init__(self, clock: Callable[[], float], *, privacy: bool) -> None:
        """`clock`: the platform's time, as a timestamp; `privacy`: whether it hides plain text in groups."""

    @property
    def settings(self) -> dict[str, str]:
        """The environment in which the program finds the emulator."""

    def serves(self, url: str | None) -> None:
        """The program serves its web chat here; None: nowhere now."""

    async def all_shown(self) -> None:
        """Returns once people see all that the bot has delivered."""

    def says(self, user: User, text: str, chat: Chat | None, *, at: datetime, **more: Any) -> Shown:
        """Somebody writes; None: in the private chat."""

    def edits(self, user: User, shown: Shown, text: str, chat: Chat, *, at: datetime) -> Shown:
        """Somebody edits their message."""

    def presses(self, user: User, label: str, message: Shown | None, chat: Chat | None, *, at: datetime) -> Press:
        """Somebody takes what a message offers; the press, where the platform answers presses by themselves."""

    def menu(self, user: User) -> set[str]:
        """The commands that somebody is offered in the private chat."""


class _Emulated:
    """A platform that the program calls: what is delivered is shown at once, and nobody goes to the web chat."""

    def serves(self, url: str | None) -> None:
        """Nobody goes there."""

    async def all_shown(self) -> None:
        """It is."""


class Telegram(_Emulated):
    """Telegram can do everything."""

    name = "telegram"
    lacks: ClassVar[Mapping[str, str]] = {}

    def __init__(self, clock: Callable[[], float], *, privacy: bool) -> None:
        self.emulator = telegram.Emulator(privacy=privacy, clock=clock)
        self.emulator.api.dates = clock

    @property
    def settings(self) -> dict[str, str]:
        """Without limits of pace."""
        return {
            "BACUNG_TELEGRAM__TOKEN": self.emulator.token,
            "BACUNG_TELEGRAM__BASE_URL": self.emulator.url,
            "BACUNG_TELEGRAM__CHAT_RATE": "0",
            "BACUNG_TELEGRAM__GROUP_RATE": "0",
        }

    def says(self, user: User, text: str, chat: Chat | None, *, at: datetime, **more: Any) -> Shown:
        """A message."""
        return user.sends(text, chat, at=at, **more)

    def edits(self, user: User, shown: Shown, text: str, chat: Chat, *, at: datetime) -> Shown:
        """An edit."""
        return user.edits(shown, text, chat, at=at)

    def presses(self, user: User, label: str, message: Shown | None, chat: Chat | None, *, at: datetime) -> Press:
        """A press."""
        return user.presses(label, message, chat)

    def menu(self, user: User) -> set[str]:
        """As the bot has set it last."""
        calls = self.emulator.calls_of("setMyCommands")
        call = next(call for call in reversed(calls) if str(user.id) in str(call.params.get("scope")))
        return {command["command"] for command in call.params["commands"]}


class Zalo(_Emulated):
    """On Zalo everything is said in words."""

    name = "zalo"
    lacks: ClassVar[Mapping[str, str]] = {
        "reactions": "bots on Zalo cannot react",
        "edits": "Zalo has no edits, neither of people nor of bots",
        "replies": "Zalo does not say which message a reply is to",
        "quotes": "bots on Zalo cannot quote a message",
        "forwards": "Zalo does not say that a message was forwarded",
        "plain groups": "in groups on Zalo only mentions and replies arrive",
        "old buttons": "a typed word means the newest message that offered it",
        "other people's buttons": "a typed word means what its writer was offered",
        "deletions": "bots on Zalo cannot delete",
        "menus": "Zalo has no menus of commands",
        "moves": "groups on Zalo keep their address",
        "presence": "Zalo does not tell when a bot is blocked, added or removed",
        "silence": "bots on Zalo cannot send without a sound",
    }

    def __init__(self, clock: Callable[[], float], *, privacy: bool) -> None:
        self.emulator = zalo.Emulator(clock=clock)
        self.emulator.api.dates = clock
        self.emulator.world.read_words = read_words

    @property
    def settings(self) -> dict[str, str]:
        """Without limits of pace."""
        return {
            "BACUNG_ZALO__TOKEN": self.emulator.token,
            "BACUNG_ZALO__BASE_URL": self.emulator.url,
            "BACUNG_ZALO__RATE": "0",
            "BACUNG_ZALO__CHAT_RATE": "0",
            "BACUNG_ZALO__POLL_RATE": "0",
        }

    def says(self, user: User, text: str, chat: Chat | None, *, at: datetime, **more: Any) -> Shown:
        """A message; in a group with a mention of the bot."""
        if chat is not None and chat.kind == "GROUP":
            text = f"@{self.emulator.world.name} {text.removeprefix('@bacung_bot').strip()}"
        return user.sends(text, chat, at=at, **more)

    def edits(self, user: User, shown: Shown, text: str, chat: Chat, *, at: datetime) -> Shown:
        """There are none."""
        raise NotImplementedError(self.lacks["edits"])

    def presses(self, user: User, label: str, message: Shown | None, chat: Chat | None, *, at: datetime) -> Press:
        """The label, or the command that it stands for, is sent back."""
        candidates = [message] if message else reversed((chat or user.chat).from_bot)
        words = next((words for one in candidates if label in (words := words_in(one.said))), None)
        if words is None:
            raise LookupError(f"no {label!r} to send back in {message or chat or user.chat!r}")
        self.says(user, words[label], chat, at=at)

    def menu(self, user: User) -> set[str]:
        """There are none."""
        raise NotImplementedError(self.lacks["menus"])


class Web:
    """The program's own web chat, where people join by opening a link."""

    name = "web"
    lacks: ClassVar[Mapping[str, str]] = {
        "strangers": "whoever has not joined the web chat stands at its door, which takes codes and nothing else",
        "accounts": "in the web chat one person has one account, on several devices",
        "open groups": "groups in the web chat are the rooms of the teams' own people: they cannot be made or bound",
        "other bots": "in the web chat there is one bot, who is meant whatever name is said to a command",
        "pictures": "people send nothing but words in the web chat",
        "forwards": "nothing is forwarded in the web chat",
        "moves": "rooms of the web chat keep their address",
        "presence": "nobody can block or remove the bot in the web chat",
        "silence": "the web chat makes no sound that could be left out",
        "garbage": "the web chat's socket refuses frames that are none, and does not bring them to the bot",
        "trouble": "the web chat is kept in the program's own database: no platform is between that could fail",
    }

    def __init__(self, clock: Callable[[], float], *, privacy: bool) -> None:
        self.emulator = Visitors(clock=clock)

    @property
    def settings(self) -> dict[str, str]:
        """There is nothing to find."""
        return {}

    def serves(self, url: str | None) -> None:
        """People go there."""
        self.emulator.serves(url)

    async def all_shown(self) -> None:
        """Once it is in their browsers."""
        await self.emulator.all_shown()

    def says(self, user: User, text: str, chat: Chat | None, *, at: datetime, **more: Any) -> Shown:
        """A message; of somebody who has not joined, what is tried at the door."""
        return user.sends(text, chat, at=at, **more)

    def edits(self, user: User, shown: Shown, text: str, chat: Chat, *, at: datetime) -> Shown:
        """An edit."""
        return user.edits(shown, text, at=at)

    def presses(self, user: User, label: str, message: Shown | None, chat: Chat | None, *, at: datetime) -> Press:
        """A press."""
        return user.presses(label, message, chat, at=at)

    def menu(self, user: User) -> set[str]:
        """As it stands in the browser."""
        return set(user.menu)


PLATFORMS: Mapping[str, type[Platform]] = {platform.name: platform for platform in (Telegram, Zalo, Web)}


class Words(list[list[str]]):
    """Labels where there are no rows of buttons: equal to rows that hold the same."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, list) and list(chain(*self)) == list(chain(*other))

    __hash__ = None


def read_words(said: str) -> tuple[str, list[list[str]]]:
    """A text without the words that it offers to be sent back, and those."""
    words = words_in(said)
    return (said.rpartition("\n")[0], Words([list(words)])) if words else (said, Words())


def words_in(said: str) -> dict[str, str]:
    """What the last line of a text offers to be sent back: {label: what to write}."""
    line = said.rpartition("\n")[2]
    heading = next((heading for heading in map(mark, ("labels", "labels_group")) if line.startswith(heading)), None)
    if heading is None:
        return {}
    words: dict[str, str] = {}
    for word in chain.from_iterable(map(_unfolded, line.removeprefix(heading).strip().split(" · "))):
        words[word.partition(" ")[2] if word.startswith("/") else word] = word
    return words


def _unfolded(words: str) -> list[str]:
    """`Sửa 4 … Sửa 10` are seven."""
    first, _, last = words.partition(" … ")
    if not last:
        return [words]
    name, _, low = first.rpartition(" ")
    return [f"{name} {number}" for number in range(int(low), int(last.rpartition(" ")[2]) + 1)]
