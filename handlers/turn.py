"""What a handler is given beside the message: the transaction, who speaks, the day, and the words to say."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from handlers import offering, texts
from handlers.calendar import Calendar
from handlers.language import Reading
from handlers.messages import Button, Message, Reply, Rows, Saying
from handlers.states import Offered, Waiting
from handlers.understanding import meanings, understood
from storage.campaign import teams
from storage.campaign.people import Person, Role
from storage.engine.transaction import Transaction
from storage.talk import offers
from storage.talk.chats import Chat

EDIT_DAYS = 2  # work days back in which a report may be changed
OFFER_LASTS = timedelta(days=EDIT_DAYS)


@dataclass(frozen=True, slots=True)
class House:
    """What is the same for every turn."""

    calendar: Calendar


@dataclass(slots=True)
class Turn:
    """One event being answered.

    `at` is when it happened, `now` when it is handled: later, where something was down. `known` is what all handlers
    declare, for help and menus; the router fills it in. `new_hamlets` became known by this very event.
    """

    tx: Transaction
    house: House
    chat: Chat
    at: datetime
    now: datetime
    person: Person | None = None
    known: Sequence["Declaration"] = ()
    new_hamlets: list[int] = field(default_factory=list)
    _work_day: date | None = None
    _readings: dict[tuple[str, datetime], Reading] = field(default_factory=dict)

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

    @property
    def oldest_day(self) -> date:
        """The oldest work day that may still be changed."""
        return self.work_day - timedelta(days=EDIT_DAYS)

    def clock(self, moment: datetime) -> str:
        """`19:30`."""
        return f"{self.house.calendar.local(moment):%H:%M}"

    def text(self, name: str, /, **values: Any) -> str:
        """A text of handlers/texts, in the words for this person."""
        return texts.render(name, calendar=self.house.calendar, now=self.at, person=self.person, **values)

    def text_for(self, person: Person, name: str, /, **values: Any) -> str:
        """A text in the words for somebody else."""
        return texts.render(name, calendar=self.house.calendar, now=self.at, person=person, **values)

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
        if question is not None and question.subject == draft and question.kind != Waiting.FIX.value:
            self.stop_waiting()

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
    """Whether the one who speaks leads the team of this person."""
    if turn.me.role != Role.LEAD:
        return False
    mine = teams.team_of(turn.tx, turn.me.id, turn.work_day)
    theirs = teams.team_of(turn.tx, person, turn.work_day)
    return mine is not None and mine == theirs


def command_button(label: str, command: str) -> Button:
    """A button that is the same as sending a command.

    For answers: the router keeps what their labels stand for, since they may be typed. What is said unasked offers.
    """
    return Button(label, f"c{command}")


Answer = Saying | Iterable[Saying] | None
Handler = Callable[[Any, Turn], Answer]
EVERYBODY = frozenset(Role)
STUDENTS = frozenset({Role.STUDENT, Role.LEAD})
LEADS = frozenset({Role.LEAD, Role.ADMIN})


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a handler answers, for whom and where. `help` names its line in /trogiup."""

    commands: tuple[str, ...] = ()
    offer: Offered | None = None
    question: Waiting | None = None
    text: bool = False
    who: frozenset[Role] | None = None  # None: strangers too
    private: bool = True
    group: bool = True
    help: str | None = None

    def may(self, person: Person | None) -> bool:
        """Whether this person may use it."""
        return self.who is None or (person is not None and person.role in self.who)


H = TypeVar("H", bound=Handler)
_DECLARED = "declared"


def answers(
    *commands: str,
    offer: Offered | None = None,
    question: Waiting | None = None,
    text: bool = False,
    who: Iterable[Role] | None = EVERYBODY,
    private: bool = True,
    group: bool = True,
    help: str | None = None,
) -> Callable[[H], H]:
    """Declares what a handler answers; the router finds it only where it is in the router's list."""

    def declare(handler: H) -> H:
        declaration = Declaration(
            commands=commands,
            offer=offer,
            question=question,
            text=text,
            who=None if who is None else frozenset(who),
            private=private,
            group=group,
            help=help,
        )
        setattr(handler, _DECLARED, declaration)
        return handler

    return declare


def declaration(handler: Handler) -> Declaration:
    """What the handler was declared to answer."""
    declared: Declaration = getattr(handler, _DECLARED)
    return declared
