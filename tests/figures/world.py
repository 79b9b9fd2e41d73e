"""A small campaign in a real database, for tests of figures, summaries and nudges; the time is always given."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from handlers.calendar import Calendar
from handlers.messages import Chat as Where
from handlers.messages import Message, Reply, Sender
from handlers.turn import Handler, House, Turn
from storage.campaign import accounts, hamlets, people, teams
from storage.campaign import communes as all_communes
from storage.campaign import phases as all_phases
from storage.campaign.communes import Commune
from storage.campaign.hamlets import NO_HAMLET
from storage.campaign.loading import load
from storage.campaign.people import Person, Role
from storage.campaign.phases import Campaign
from storage.campaign.plan import Plan, PlannedCommune, PlannedHamlet, PlannedPerson, PlannedPhase
from storage.campaign.teams import Team
from storage.engine.database import session
from storage.engine.times import stamp
from storage.engine.transaction import Transaction
from storage.reports import reports
from storage.reports.reports import Report
from storage.reports.tallies import Line
from storage.talk import chats

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST = date(2023, 5, 16)
HOUSE = House(Calendar(ZONE))


def day(number: int) -> date:
    """A day of May 2023."""
    return date(2023, 5, number)


def at(when: date, hour: int, minute: int = 0) -> datetime:
    """A moment on the campaign's clocks."""
    return datetime(when.year, when.month, when.day, hour, minute, tzinfo=ZONE)


def _person(ref: str, name: str, role: Role, communes: tuple[str, ...] = (), *phases: str) -> PlannedPerson:
    teams = tuple((communes[0], phase) for phase in phases)
    return PlannedPerson(ref, name, role, communes, teams)


PLAN = Plan(
    Campaign("Chiến dịch thử", "Asia/Ho_Chi_Minh", 20),
    (PlannedPhase("Đợt 1", FIRST, 21), PlannedPhase("Đợt 2", date(2023, 6, 6), 10)),
    (
        PlannedCommune("376", "Thị trấn Sóc Sơn", "soc son", 0, 0),
        PlannedCommune("397", "Xã Minh Phú", "minh phu", 800, 0),
        PlannedCommune("451", "Xã Xuân Thu", "xuan thu", 1000, 100),
    ),
    (PlannedHamlet("451", "Xóm 4", "4", None), PlannedHamlet("451", "Xóm 5", "5", None)),
    (
        _person("an", "An", Role.LEAD, ("451",), "Đợt 1", "Đợt 2"),
        _person("binh", "Bình", Role.STUDENT, ("451",), "Đợt 1"),
        _person("chi", "Chi", Role.STUDENT, ("451",), "Đợt 1"),
        _person("dung", "Dung", Role.LEAD, ("397",), "Đợt 1"),
        _person("whole", "Giang", Role.OFFICER),
        _person("two", "Hà", Role.OFFICER, ("451", "397")),
        _person("one", "Khoa", Role.OFFICER, ("451",)),
        _person("admin", "Lan", Role.ADMIN),
    ),
)


@dataclass(slots=True)
class World:
    """The campaign's people at work."""

    tx: Transaction
    messages: int = 0
    addresses: dict[str, int] = field(default_factory=dict)

    def person(self, ref: str) -> Person:
        """Who is called so in the roster."""
        row = self.tx.one("SELECT id FROM people WHERE ref = :ref", ref=ref)
        assert row is not None
        found = people.by_id(self.tx, row["id"])
        assert found is not None
        return found

    def commune(self, code: str) -> Commune:
        """The commune of this code."""
        return next(place for place in all_communes.every(self.tx) if place.code == code)

    def team(self, code: str, phase: str = "Đợt 1") -> Team:
        """The team of a commune in a phase."""
        (found,) = [one.id for one in all_phases.every(self.tx) if one.name == phase]
        return next(team for team in teams.of_phase(self.tx, found) if team.commune == self.commune(code).id)

    def hamlet(self, name: str) -> int:
        """The row of one of Xuân Thu's hamlets."""
        known = hamlets.of_commune(self.tx, self.commune("451").id)
        return next(hamlet.id for hamlet in known if hamlet.name == name)

    def chat(self, ref: str) -> int:
        """The private chat of a person, who joins at the first time."""
        if ref not in self.addresses:
            chat = chats.at(self.tx, "web", ref, private=True).id
            accounts.join(self.tx, self.person(ref).id, channel="web", sender=ref, chat=chat, at=at(FIRST, 8))
            self.addresses[ref] = chat
        return self.addresses[ref]

    def group(self, team: Team, address: str = "group") -> int:
        """A group that is the team's."""
        chat = chats.at(self.tx, "web", address, private=False).id
        chats.bind_team(self.tx, chat, team.id, by=self.person("an").id, when=at(FIRST, 8))
        return chat

    def report(
        self,
        ref: str,
        when: date,
        activated: int,
        *,
        hamlet: str | None = None,
        sent: datetime | None = None,
        change: str = "said",
        **others: int,
    ) -> Report:
        """A report that was sent at 20:00, or when it is said."""
        self.messages += 1
        place = self.hamlet(hamlet) if hamlet else NO_HAMLET
        student = self.person(ref)
        team = teams.team_of(self.tx, student.id, when)
        assert team is not None
        return reports.record(
            self.tx,
            reports.Told(
                person=student.id,
                day=when,
                at=sent or at(when, 20),
                chat=self.chat(ref),
                message=str(self.messages),
                text="",
            ),
            team=team.id,
            lines=[Line(place, outcome, n) for outcome, n in ({"activated": activated} | others).items()],
            change=change,
        )

    def leaves(self, ref: str) -> None:
        """Somebody is no longer in the roster."""
        self.tx.run("UPDATE people SET left_at = :at WHERE ref = :ref", at=stamp(at(FIRST, 9)), ref=ref)

    def turn(self, ref: str, now: datetime) -> Turn:
        """A turn of this person in the private chat."""
        where = chats.by_id(self.tx, self.chat(ref))
        return Turn(self.tx, HOUSE, where, now, now, self.person(ref))

    def asks(self, ref: str, handler: Handler, text: str, now: datetime) -> Reply:
        """What a command's handler answers."""
        message = Message(Where("web", ref, True), Sender(ref, ref), "m", text, now)
        said = handler(message, self.turn(ref, now))
        assert isinstance(said, Reply)
        return said


@contextmanager
def world(path: Path) -> Iterator[World]:
    """A new world in a database file of its own."""
    with session(path / "bacung.db") as tx:
        load(tx, PLAN, today=FIRST, at=at(FIRST, 8), digest="d")
        yield World(tx)


def labels(reply: Reply) -> list[str]:
    """The labels of a reply's buttons."""
    return [button.label for row in reply.buttons for button in row]


def lines(text: str) -> str:
    """A text written with the indentation of a test."""
    return "\n".join(line.strip() for line in text.strip().splitlines())


def three_days(w: World) -> None:
    """Xuân Thu reports on the 16th, 17th and 18th, Minh Phú on the 17th."""
    w.report("an", day(16), 10, hamlet="Xóm 4")
    w.report("an", day(17), 12, hamlet="Xóm 4", absent=2)
    w.report("binh", day(17), 20, hamlet="Xóm 5")
    w.report("dung", day(17), 18)
    w.report("binh", day(18), 8, hamlet="Xóm 5", absent=1)
    w.report("an", day(18), 3)
