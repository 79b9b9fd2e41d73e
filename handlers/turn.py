"""What a handler is given beside the message: the transaction, who speaks, the day, and the words to say."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum, auto
from typing import Any, TypeVar

from handlers import offering, texts
from handlers.calendar import AS_IT_IS, NO_DAYS_OFF, Calendar, DaysOff, Times
from handlers.language import Reading
from handlers.messages import Button, Message, Reply, Rows, Saying
from handlers.states import ABOUT_DRAFTS, Offered, Waiting
from handlers.timetable import Planned
from handlers.understanding import meanings, understood
from storage.campaign import teams
from storage.campaign.people import Person, Role
from storage.campaign.teams import Place, Team
from storage.engine.transaction import Transaction
from storage.field.appointments import Appointment
from storage.running import audits
from storage.talk import chats, offers
from storage.talk.chats import Chat

EDIT_DAYS = 2  # work days back in which a report may be changed
OFFER_LASTS = timedelta(days=EDIT_DAYS)
_DATES_DIFFER = timedelta(seconds=2)  # platforms date in whole seconds, and not all by one clock


@dataclass(frozen=True, slots=True)
class House:
    """What is the same for every turn. `scarce`: channels whose platform grants only so many messages.

    `timetable`: what is done unasked; `days_off`: the work days on which nobody works; `times`: when the bot speaks
    unasked. `apart`: what takes long to read is read beside the others (`handlers/apart.py`), not at once.
    """

    calendar: Calendar
    scarce: frozenset[str] = frozenset()
    timetable: Sequence[Planned] = ()
    days_off: DaysOff = NO_DAYS_OFF
    times: Times = AS_IT_IS
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Again:
    """Messages of before that are handled now, as they were sent; what is said to the first stands in that row."""

    messages: tuple[Message, ...]
    replaces: int | None


@dataclass(slots=True)
class Turn:
    """One event being answered.

    `at` is when it happened, `now` when it is handled: later, where something was down. `known` is what all handlers
    declare, for help and menus, and `run` answers a command as if it were sent; the router fills them in.
    `new_hamlets` became known by this very event. `touched`: the
    messages (chat, message) of which something else is stored, or open, since. `ended`: devices of the web chat that
    nobody is in by any more. `visited`: the promised visits that are done by a report of this event. `again`: what the
    router is to handle beside this event. `practised`: it is one of a practice, of which nobody else is told.
    `tells_hidden`: the answer says itself that numbers were masked. `whole`: the words of the message before what they
    say of comrades was taken out.
    """

    tx: Transaction
    house: House
    chat: Chat
    at: datetime
    now: datetime
    person: Person | None = None
    known: Sequence["Declaration"] = ()
    run: "Callable[[str, Message], Iterable[Saying]] | None" = None
    new_hamlets: list[int] = field(default_factory=list)
    touched: set[tuple[int, str]] = field(default_factory=set)
    ended: set[int] = field(default_factory=set)
    visited: list[Appointment] = field(default_factory=list)
    again: Again | None = None
    practised: bool = False
    tells_hidden: bool = False
    whole: str | None = None
    _work_day: date | None = None
    _places: dict[int, list[Place]] = field(default_factory=dict)
    _readings: dict[tuple[str, datetime], Reading] = field(default_factory=dict)

    def touch(self, chat: int, message: str) -> None:
        """What became of this message is something else from now on."""
        self.touched.add((chat, message))

    @property
    def me(self) -> Person:
        """Who speaks; only asked where the router has made sure that it is known."""
        assert self.person is not None
        return self.person

    @property
    def work_day(self) -> date:
        """The work day of the event."""
        if self._work_day is None:
            self._work_day = self.house.calendar.work_day(self.at)
        return self._work_day

    def day_of(self, message: Message, offset: int = 0) -> date:
        """The work day in which a message was first sent, or some days before it."""
        day = self.work_day if message.at == self.at else self.house.calendar.work_day(message.at)
        return day + timedelta(days=offset) if offset else day

    def follows(self, moment: datetime) -> bool:
        """Whether this was said after what was said at a moment, by whatever it came in.

        A press is dated on arrival: what follows one may look older.
        """
        return self.at >= moment - _DATES_DIFFER

    @property
    def oldest_day(self) -> date:
        """The oldest work day that may still be changed.

        Seen from when it was said, since that may wait a while; what was said on a day that is closed by now is late.
        """
        open_now = self.house.calendar.work_day(self.now) - timedelta(days=EDIT_DAYS)
        return open_now if self.work_day < open_now else self.work_day - timedelta(days=EDIT_DAYS)

    def is_among(self, team: int) -> bool:
        """Whether only those hear what is said here who may know of this team: in private, or in a chat of its own."""
        return self.chat.private or chats.team_of(self.tx, self.chat.id) == team

    @property
    def places(self) -> list[Place]:
        """The teams of the one who speaks, of the first phase first; looked up once."""
        known = self._places.get(self.me.id)
        if known is None:
            known = self._places[self.me.id] = teams.places_of(self.tx, self.me.id)
        return known

    def team_on(self, day: date) -> Team | None:
        """The team of the one who speaks on a work day: of the phase begun last, else of the first to come."""
        place = teams.place_on(self.places, day)
        return place.team if place is not None else None

    def clock(self, moment: datetime) -> str:
        """`19:30`."""
        return f"{self.house.calendar.local(moment):%H:%M}"

    def text(self, name: str, /, **values: Any) -> str:
        """A text of handlers/texts, in the words for this person."""
        return self._rendered(self.person, name, values)

    def text_for(self, person: Person, name: str, /, **values: Any) -> str:
        """A text in the words for somebody else."""
        return self._rendered(person, name, values)

    def _rendered(self, person: Person | None, name: str, values: Mapping[str, Any]) -> str:
        """Days are named as they are when it is read: of what waited over a midnight no `hôm nay` is said."""
        known = {"practised": True, **values} if self.practised else values
        calendar = self.house.calendar
        return texts.render(name, calendar=calendar, now=self.at, read=self.now, person=person, **known)

    def say(self, name: str, /, *, buttons: Rows = (), about: int | None = None, **values: Any) -> Reply:
        """A reply made of a text; `about` is the report that it answers."""
        return Reply(self.text(name, **values), buttons=buttons, report=about)

    def offer(
        self,
        offered: Offered,
        subject: int,
        choices: Mapping[str, str] | None = None,
        *,
        version: int = 0,
        lasts: timedelta = OFFER_LASTS,
        person: int | None = None,
        chat: int | None = None,
    ) -> tuple[Button, ...]:
        """Buttons for this person here, or for another one, {label: choice}; none: the ones of its kind."""
        return offering.buttons(
            self.tx,
            offered,
            subject,
            choices,
            chat=self.chat.id if chat is None else chat,
            person=self.me.id if person is None else person,
            deadline=self.now + lasts,
            version=version,
        )

    def wait_for(self, what: Waiting, subject: int, *, lasts: timedelta) -> None:
        """What this person says next here may answer this; what was waited for before is dropped."""
        deadline = self.now + lasts
        offers.ask(
            self.tx,
            chat=self.chat.id,
            person=self.me.id,
            kind=what.value,
            subject=subject,
            at=self.at,
            deadline=deadline,
        )

    def stop_waiting(self) -> None:
        """What this person says next here answers nothing."""
        offers.stop_asking(self.tx, self.chat.id, self.me.id)

    def stop_waiting_for(self, draft: int) -> None:
        """What was asked about this open message is not waited for any more; what else is asked stays asked."""
        question = offers.question(self.tx, self.chat.id, self.me.id, self.now)
        if question is not None and question.subject == draft and Waiting(question.kind) in ABOUT_DRAFTS:
            self.stop_waiting()

    def on_record(
        self,
        what: str,
        subject: int,
        *,
        before: str = "",
        after: str = "",
        detail: str = "",
        by: Person | None = None,
    ) -> None:
        """The one door of handlers to the record: who did what to whom or what, where, and what stood before and after.

        For whatever a lead, officer or admin changes, and whatever is taken out. Words name no resident and nobody of
        the roster: people are known by their rows. `by`: where it is not the one who speaks.
        """
        audits.add(
            self.tx,
            at=self.at,
            by=(by or self.me).id,
            what=what,
            subject=subject,
            chat=self.chat.id,
            before=before,
            after=after,
            detail=detail,
        )

    def reading(self, message: Message) -> Reading:
        """What a message of this person means; read once, however many ask."""
        return self.reading_of(message.text, message.at)

    def meanings(self, message: Message) -> tuple[Reading, ...]:
        """What a message of this person may mean, the likeliest first."""
        own = self.reading(message)
        return meanings(self.tx, self.house.calendar, self.me.id, message.text, message.at, own)

    def reading_of(self, text: str, at: datetime) -> Reading:
        """What words of this person meant at a moment."""
        known = self._readings.get((text, at))
        if known is None:
            known = self._readings[text, at] = understood(self.tx, self.house.calendar, self.me.id, text, at)
        return known


def leads(turn: Turn, person: int) -> bool:
    """Whether the one who speaks leads the team of this person, today or on a day that may still be changed.

    So a lead who goes on into another phase still puts the last evenings of the one that ended right.
    """
    if turn.me.role != Role.LEAD:
        return False
    theirs = teams.places_of(turn.tx, person)
    both = ((turn.team_on(day), teams.place_on(theirs, day)) for day in (turn.work_day, turn.oldest_day))
    return any(place is not None and mine == place.team for mine, place in both)


def command_button(label: str, command: str) -> Button:
    """A button that is the same as sending a command, of a handler that declares that it may have some.

    For answers: the router keeps what their labels stand for, since they may be typed. What is said unasked offers.
    """
    return Button(label, f"c{command}")


Answer = Saying | Iterable[Saying] | None
Handler = Callable[[Any, Turn], Answer]
EVERYBODY = frozenset(Role)
STUDENTS = frozenset({Role.STUDENT, Role.LEAD})
OFFICERS = frozenset({Role.OFFICER, Role.ADMIN})
LEADS = frozenset({Role.LEAD, Role.ADMIN})


class Scope(Enum):
    """Of whom a handler tells or changes anything. Who asks for more than they see is refused by the handler itself.

    In a group only the first two are answered whatever group it is; the others only in a chat of a team that the one
    who asks may see, and there of no other.
    """

    NOBODY = auto()  # how to use the bot, and which group is whose
    SAID = auto()  # what this very message says, and what was asked about it
    OWN = auto()  # the own reports, accounts, days
    TEAM = auto()  # the students of the own team; for officers of the teams in their communes
    COMMUNES = auto()  # the communes that the roster names for them, or all where it names none
    CAMPAIGN = auto()  # everybody

    @property
    def in_any_group(self) -> bool:
        """Whether it is answered in a group that is no team's, too."""
        return self in (Scope.NOBODY, Scope.SAID)


class Behind(Enum):
    """What may stand behind a command: how far a day is looked for there before the handler is asked."""

    DAYS = auto()  # days, also among others; one that no calendar has is said
    TODAY = auto()  # as well, but it acts on today alone: of any other day it does nothing, and says so
    WORDS = auto()  # what the handler reads by itself: sentences, names, codes, numbers


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a handler answers, for whom, of whom and where. `help` names its line in /trogiup.

    `button`: buttons may stand for its command. A press says nothing of its presser's own, so that what reads messages
    has none. `earnest`: it is never practised, but answered as ever. `long`: a command that reads so much that nobody's
    answer is to wait for it; it writes nothing, and answers with one Reply.
    `behind`: what may stand behind its command. `lines`: what stands in the lines below belongs to it as well.
    """

    commands: tuple[str, ...] = ()
    offer: Offered | None = None
    question: Waiting | None = None
    text: bool = False
    who: frozenset[Role] | None = None  # None: strangers too
    scope: Scope | None = None  # None: not said, which a test refuses; answered as the own
    private: bool = True
    group: bool = True
    help: str | None = None
    button: bool = False
    earnest: bool = False
    long: bool = False
    behind: Behind = Behind.DAYS
    lines: bool = False

    def may(self, person: Person | None) -> bool:
        """Whether this person may use it."""
        return self.who is None or (person is not None and person.role in self.who)

    @property
    def in_any_group(self) -> bool:
        """Whether it is answered in a group that is no team's, too."""
        return self.scope is not None and self.scope.in_any_group


H = TypeVar("H", bound=Handler)
_DECLARED = "declared"


def answers(
    *commands: str,
    offer: Offered | None = None,
    question: Waiting | None = None,
    text: bool = False,
    who: Iterable[Role] | None = EVERYBODY,
    scope: Scope | None = None,
    private: bool = True,
    group: bool = True,
    help: str | None = None,
    button: bool = False,
    earnest: bool = False,
    long: bool = False,
    behind: Behind = Behind.DAYS,
    lines: bool = False,
) -> Callable[[H], H]:
    """Declares what a handler answers; the router finds it only where it is in the router's list."""

    def declare(handler: H) -> H:
        declaration = Declaration(
            commands=commands,
            offer=offer,
            question=question,
            text=text,
            who=None if who is None else frozenset(who),
            scope=scope,
            private=private,
            group=group,
            help=help,
            button=button,
            earnest=earnest,
            long=long,
            behind=behind,
            lines=lines,
        )
        setattr(handler, _DECLARED, declaration)
        return handler

    return declare


def declaration(handler: Handler) -> Declaration:
    """What the handler was declared to answer."""
    declared: Declaration = getattr(handler, _DECLARED)
    return declared
