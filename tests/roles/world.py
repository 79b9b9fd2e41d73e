"""A small campaign in a real database, with everybody on every platform, and what each of them may hear.

A cell of the matrix is one event through the intake, undone afterwards: a millisecond or two.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import intake
from bot.sending import parcels
from handlers.calendar import Calendar
from handlers.messages import Chat, Message, Notice, Press, Reply, Sender
from handlers.turn import House
from storage.campaign import accounts, people, teams
from storage.campaign.hamlets import NO_HAMLET
from storage.campaign.loading import load
from storage.campaign.people import Person, Role
from storage.campaign.phases import Campaign
from storage.campaign.plan import Plan, PlannedCommune, PlannedHamlet, PlannedPerson, PlannedPhase
from storage.engine.database import session
from storage.engine.transaction import Transaction
from storage.reports import reports
from storage.reports.reports import Told
from storage.reports.tallies import Line
from storage.talk import chats

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HOUSE = House(Calendar(ZONE))
DAY = date(2023, 5, 20)
NOW = datetime(2023, 5, 20, 20, 0, tzinfo=ZONE)
CHANNELS = ("telegram", "zalo", "web")
ACTORS = ("stranger", "a1", "a2", "a0", "b1", "b0", "of_a", "of_all", "admin")
PLACES = ("private", "group of a", "group of b", "group of nobody")

PLAN = Plan(
    Campaign("Chiến dịch", "Asia/Ho_Chi_Minh", 20),
    (PlannedPhase("Đợt 1", date(2023, 5, 16), 21),),
    (
        PlannedCommune("451", "Xã Xuân Thu", "xuan thu", 9267, 0),
        PlannedCommune("397", "Xã Minh Phú", "minh phu", 8123, 0),
        PlannedCommune("445", "Xã Phú Minh", "phu minh", 7411, 0),
    ),
    (PlannedHamlet("451", "Xóm 4", "4", None), PlannedHamlet("397", "Xóm 4", "4", None)),
    tuple(
        PlannedPerson(ref, name, role, communes, tuple((code, phase) for code in communes for phase in phases))
        for ref, name, role, communes, phases in (
            ("a1", "Trần Ánh", Role.STUDENT, ("451",), ("Đợt 1",)),
            ("a2", "Lê Bưởi", Role.STUDENT, ("451",), ("Đợt 1",)),
            ("a0", "Vũ Chanh", Role.LEAD, ("451",), ("Đợt 1",)),
            ("b1", "Ngô Dừa", Role.STUDENT, ("397",), ("Đợt 1",)),
            ("b0", "Đỗ Ổi", Role.LEAD, ("397",), ("Đợt 1",)),
            ("of_a", "Hà", Role.OFFICER, ("451",), ()),
            ("of_all", "Khoa", Role.OFFICER, (), ()),
            ("admin", "Linh", Role.ADMIN, (), ()),
        )
    ),
)
DONE = {"a1": 1117, "a2": 2229, "a0": 331, "b1": 1553, "b0": 419}
TEAM_OF = {"a1": "a", "a2": "a", "a0": "a", "b1": "b", "b0": "b"}


# What only some may hear, by whose it is: a person's, a team's, the campaign's. Nothing else the bot says has these.
SECRETS: Mapping[str, tuple[str, ...]] = {
    "a1": ("1.117", "Hồng Xiêm"),
    "a2": ("2.229", "Quất"),
    "a": ("3.677", "9.267", "Ánh", "Bưởi"),
    "b1": ("1.553", "Sầu Riêng"),
    "b": ("1.972", "8.123", "Dừa"),
    "all": ("5.649", "24.801"),
}
UNSAID_IN_GROUPS = ("Hồng Xiêm", "Quất", "Sầu Riêng")  # words that were said to the bot alone


def may_hear(actor: str) -> set[str]:
    """Whose numbers and names somebody may hear in private. A teammate's name is no secret among students."""
    match actor:
        case "of_all" | "admin":
            return set(SECRETS)
        case "a0" | "of_a":
            return {"a", "a1", "a2"}
        case "b0":
            return {"b", "b1"}
        case "a1" | "a2" | "b1":
            return {actor, TEAM_OF[actor]}
    return set()


def is_told(place: str) -> set[str]:
    """Whose numbers and names a group's members may hear, whoever asks."""
    return {"group of a": {"a", "a1", "a2"}, "group of b": {"b", "b1"}}.get(place, set())


@dataclass(slots=True)
class Said:
    """What the bot said to one event: each text with its labels, and where."""

    texts: list[tuple[int, str]] = field(default_factory=list)

    @property
    def all(self) -> str:
        """All of it."""
        return "\n".join(text for _, text in self.texts)


@dataclass(slots=True)
class World:
    """The campaign, and the chats of everybody: (channel, place, whose private chat)."""

    tx: Transaction
    number: int = 0
    place_of: dict[int, tuple[str, str]] = field(default_factory=dict)  # by chat: the place, and whose it is

    def person(self, ref: str) -> Person:
        """Somebody of the roster."""
        found = people.by_ref(self.tx, ref)
        assert found is not None, ref
        return found

    def chat(self, channel: str, place: str, actor: str) -> int:
        """The row of a chat."""
        where = _where(channel, place, actor)
        known = chats.known_at(self.tx, channel, where.address)
        assert known is not None, where
        return known

    def message(self, channel: str, place: str, actor: str, text: str) -> Said:
        """Somebody writes to the bot; nothing of it stays."""
        self.number += 1
        sender = Sender(f"user {actor}", actor)
        return self.does(Message(_where(channel, place, actor), sender, f"m{self.number}", text, NOW))

    def press(self, channel: str, place: str, actor: str, data: str, *, whose: str = "") -> Said:
        """Somebody presses a button; nothing of it stays. `whose`: in the private chat of somebody else."""
        self.number += 1
        where = _where(channel, place, whose or actor)
        return self.does(Press(where, Sender(f"user {actor}", actor), f"p{self.number}", data, "m", NOW))

    def does(self, event: Message | Press) -> Said:
        """What is said to an event."""
        intake.answer(self.tx, event, HOUSE, NOW)
        rows = self.tx.all("SELECT o.chat, b.body FROM outbox o JOIN bodies b ON b.outbox = o.id ORDER BY o.id")
        said = Said()
        for row in rows:
            saying = parcels.unpacked(row["body"])
            if isinstance(saying, Reply):
                labels = [button.label for line in saying.buttons for button in line]
                said.texts.append((row["chat"], "\n".join([saying.text, *labels])))
            elif isinstance(saying, Notice) and saying.text:
                said.texts.append((row["chat"], saying.text))
            elif words := getattr(saying, "text", ""):
                said.texts.append((row["chat"], words))
        return said

    def leaks(self, said: Said) -> list[str]:
        """What was said where those who read it may not hear it."""
        found = []
        for chat, text in said.texts:
            place, whose = self.place_of[chat]
            heard = may_hear(whose) if place == "private" else is_told(place)
            for owner, secrets in SECRETS.items():
                for secret in secrets:
                    hidden = place != "private" and secret in UNSAID_IN_GROUPS
                    if secret in text and (owner not in heard or hidden):
                        found.append(f"{secret!r} to {place} ({whose}): {text!r}")
        return found

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Whatever is done here is undone."""
        try:
            with self.tx.savepoint():
                yield
                raise _Undone
        except _Undone:
            pass


class _Undone(Exception):
    """It was only tried."""


def _where(channel: str, place: str, actor: str) -> Chat:
    private = place == "private"
    return Chat(channel, f"{place} {actor if private else ''}".strip(), private, "" if private else "Tổ")


@contextmanager
def world(folder: Path) -> Iterator[World]:
    """Everybody has joined everywhere; both teams have a chat on each platform, and have reported."""
    with session(folder / "roles.db") as tx:
        load(tx, PLAN, today=DAY, at=NOW, digest="roles")
        made = World(tx)
        for channel in CHANNELS:
            _open_chats(made, channel)
        for ref, phones in DONE.items():
            team = teams.team_of(tx, made.person(ref).id, DAY)
            assert team is not None
            told = Told(made.person(ref).id, DAY, NOW, made.chat("telegram", "private", ref), f"r {ref}", "")
            reports.record(tx, told, team=team.id, lines=[Line(NO_HAMLET, "activated", phones)])
        for ref, home in (("a1", "cụ Hồng Xiêm"), ("a2", "cụ Quất"), ("b1", "cụ Sầu Riêng")):
            made.message("telegram", "private", ref, f"nhà {home} khoảng 5 máy")
        for channel in CHANNELS:
            for place in ("private", "group of a"):
                made.message(channel, place, "a1", "nhà cụ Xoài khoảng 6 máy")
        tx.run("DELETE FROM bodies")
        tx.run("DELETE FROM questions")
        yield made


def _open_chats(made: World, channel: str) -> None:
    tx = made.tx
    for actor in ACTORS:
        where = _where(channel, "private", actor)
        chat = chats.at(tx, channel, where.address, private=True)
        made.place_of[chat.id] = ("private", actor)
        if actor != "stranger":
            person = made.person(actor)
            accounts.join(tx, person.id, channel=channel, sender=f"user {actor}", chat=chat.id, at=NOW)
    for place in PLACES[1:]:
        where = _where(channel, place, "")
        chat = chats.at(tx, channel, where.address, private=False, title=where.title)
        made.place_of[chat.id] = (place, place)
        lead = {"group of a": "a0", "group of b": "b0"}.get(place)
        if lead is not None:
            team = teams.team_of(tx, made.person(lead).id, DAY)
            assert team is not None
            chats.bind_team(tx, chat.id, team.id, by=made.person(lead).id, when=NOW)
