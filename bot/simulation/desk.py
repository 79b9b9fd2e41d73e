"""A made-up person in the web chat: what they do goes through the intake, what the bot says stands in their room."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot import intake
from bot.sending import parcels
from bot.web.chat.view import milliseconds
from handlers.messages import Arrived, Button, Chat, Event, Message, Press, Reaction, Reply, Sender
from handlers.texts import mark
from handlers.turn import House
from storage.campaign.people import Person
from storage.engine.transaction import Transaction
from storage.talk import lines, outbox
from storage.webchat import devices, posts, rooms
from storage.webchat.rooms import CHANNEL

_STAYS = timedelta(days=90)
_IN_SIGHT = 4  # answers whose buttons somebody would still press


@dataclass(slots=True)
class Desk:
    """Somebody's phone. `heard`: the newest answers with their posts, the oldest first."""

    person: Person
    private: Chat
    team: Chat | None
    sender: Sender
    device: int
    said: Message | None = None
    heard: list[tuple[int, Reply]] = field(default_factory=list)
    presses: int = 0


class Office:
    """All desks of a database, and the bot's voice in their rooms."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._by_room: dict[str, list[Desk]] = {}

    def joins(self, tx: Transaction, person: Person, code: str, at: datetime) -> Desk:
        """Somebody comes in with their code."""
        device = devices.add(
            tx, person.id, nonce=f"simulated {person.ref}", name="Chrome · Android", at=at, expires_at=at + _STAYS
        )
        known = rooms.of_person(tx, person.id, at)
        private, *teams = (Chat(CHANNEL, str(room.id), room.private, room.title) for room in known)
        desk = Desk(person, private, teams[0] if teams else None, Sender(str(person.id), person.name), device)
        self._by_room.setdefault(private.address, []).append(desk)
        if desk.team is not None:
            self._by_room.setdefault(desk.team.address, []).append(desk)
        self.does(tx, Arrived(private, desk.sender, f"device-{device}", code, device, at), at)
        return desk

    def leaves(self, tx: Transaction, desk: Desk, at: datetime) -> None:
        """The browser is not used any more, so that its person may come in with another one."""
        devices.end(tx, desk.device, at)

    def says(self, tx: Transaction, desk: Desk, words: str, at: datetime, *, group: bool = False) -> None:
        """Writes a message."""
        chat = desk.team if group and desk.team is not None else desk.private
        post = posts.add(tx, int(chat.address), words, at=milliseconds(at), person=desk.person.id)
        addressed = chat.private or words.startswith("/")
        desk.said = Message(chat, desk.sender, str(post), words, at, addressed=addressed)
        self.does(tx, desk.said, at)
        posts.take(tx, post)

    def edits(self, tx: Transaction, desk: Desk, words: str, at: datetime) -> None:
        """Changes the message written last."""
        assert desk.said is not None
        first = desk.said
        posts.edit(tx, int(first.id), words, at=milliseconds(at))
        edited = Message(
            first.chat, first.sender, first.id, words, first.at, edited_at=at, edition=words, addressed=first.addressed
        )
        self.does(tx, edited, at)

    def presses(self, tx: Transaction, desk: Desk, button: Button, post: int, at: datetime) -> None:
        """Presses a button of an answer."""
        desk.presses += 1
        chat = desk.said.chat if desk.said is not None else desk.private
        press = Press(chat, desk.sender, f"{desk.sender.id} {desk.presses} {post}", button.data, str(post), at)
        self.does(tx, press, at)

    def does(self, tx: Transaction, event: Event, at: datetime) -> None:
        """Brings an event to the bot, and shows what it says to it in whatever room."""
        intake.answer(tx, event, self.house, at)
        waiting = True
        while waiting:
            waiting = False
            for parcel in [*lines.heads(tx, CHANNEL, at, words=False), *lines.heads(tx, CHANNEL, at, words=True)]:
                waiting = True
                outbox.sent(tx, outbox.claim(tx, parcel), self._shown(tx, parcel, at))

    def _shown(self, tx: Transaction, parcel: outbox.Parcel, at: datetime) -> str | None:
        """What is said stands in the room as delivery would put it; the post's number."""
        saying = parcels.unpacked(parcel.body)
        if isinstance(saying, Reaction):
            posts.react(tx, int(saying.message), saying.emoji)
        if not isinstance(saying, Reply):
            return None
        edits = outbox.sent_id(tx, saying.replaces) if saying.replaces is not None else saying.edits
        buttons = [[(button.label, button.data) for button in row] for row in saying.buttons]
        text = f"{mark('trial')} {saying.text}"
        if edits is not None:
            post = int(edits)
            posts.edit(tx, post, text, at=milliseconds(at), buttons=buttons)
        else:
            quoted = int(saying.quotes) if saying.quotes is not None and saying.quotes.isdecimal() else None
            room = int(parcel.address)
            post = posts.add(
                tx, room, text, at=milliseconds(at), key=f"outbox {parcel.id}", reply=quoted, buttons=buttons
            )
        for desk in self._by_room.get(parcel.address, ()):
            others = [(known, said) for known, said in desk.heard if known != post]
            desk.heard = [*others[-_IN_SIGHT:], (post, saying)]
        return str(post)
