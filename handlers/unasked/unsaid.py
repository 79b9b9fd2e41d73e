"""What is told of messages that could not be said: to the lead of those whom they were for, else to the admins."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers import texts
from handlers.calendar import Calendar
from handlers.messages import Reply
from storage.campaign import accounts, people, teams
from storage.campaign.people import Person
from storage.engine.transaction import Transaction
from storage.talk import chats
from storage.talk.passage import State
from storage.talk.unsaid import Unsaid

MOST_LINES = 10
MOST_NAMES = 8
Heard = list[tuple[int, Reply]]
Named = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class Line:
    """Messages of one kind and minute. `doubtful`: they may have arrived.

    `names`: whom they were for, each with whether that is a group; `more`: how many others.
    """

    answer: bool
    at: datetime
    doubtful: bool
    names: Sequence[Named]
    more: int


def of_unsaid(tx: Transaction, calendar: Calendar, ended: Sequence[Unsaid], now: datetime) -> Heard:
    """For each chat in which somebody hears of these, what is said there."""
    failing = {one.chat for one in ended}
    heard: dict[int, tuple[Person, list[Unsaid]]] = {}
    for one in ended:
        for chat, person in _who_hears(tx, calendar, one.chat, failing, now):
            heard.setdefault(chat, (person, []))[1].append(one)
    said = []
    for chat, (person, several) in heard.items():
        lines = _lines(tx, calendar, several)
        text = texts.render(
            "unsaid.unsaid",
            calendar=calendar,
            now=now,
            person=person,
            number=len(several),
            lines=lines[:MOST_LINES],
            more=len(lines[MOST_LINES:]),
        )
        said.append((chat, Reply(text)))
    return said


def of_closed(tx: Transaction, calendar: Calendar, chat: int, now: datetime) -> Heard:
    """For those who lead a team, that its group takes no text from the bot, and what to do."""
    title = chats.title(tx, chat)
    return [
        (where, Reply(texts.render("unsaid.closed", calendar=calendar, now=now, person=lead, group=title)))
        for where, lead in _leads_of(tx, chat)
    ]


def of_topic(tx: Transaction, calendar: Calendar, chat: int, now: datetime, *, said: Reply, bound: bool) -> Heard:
    """The same of one topic, the team's own (`bound`) or that of a message: what the bot could not say there."""
    about = said.answers.words if said.answers is not None else ""
    return [
        (
            where,
            Reply(
                texts.render(
                    "unsaid.topic_closed",
                    calendar=calendar,
                    now=now,
                    person=lead,
                    group=chats.title(tx, chat),
                    about=about,
                    bound=bound,
                )
            ),
        )
        for where, lead in _leads_of(tx, chat)
    ]


def of_gone(tx: Transaction, calendar: Calendar, chat: int, now: datetime) -> Heard:
    """The same where a send finds that the bot is in the group no more: not every platform tells of it."""
    title = chats.title(tx, chat)
    return [
        (where, Reply(texts.render("unsaid.gone", calendar=calendar, now=now, person=lead, group=title)))
        for where, lead in _leads_of(tx, chat)
    ]


def _leads_of(tx: Transaction, group: int) -> list[tuple[int, Person]]:
    """The private chats of those who lead the team whose group this is."""
    team = chats.team_of(tx, group)
    return _reached(tx, _leads(tx, team), set()) if team is not None else []


def _who_hears(
    tx: Transaction, calendar: Calendar, chat: int, failing: set[int], now: datetime
) -> list[tuple[int, Person]]:
    """Whoever leads those in a chat; where nobody can be reached, the admins. Nobody hears of the own chat."""
    person = accounts.of_chat(tx, chat)
    team = chats.team_of(tx, chat)
    if team is None and person is not None:
        own = teams.team_of(tx, person, calendar.work_day(now))
        team = own.id if own is not None else None
    leads = _leads(tx, team) if team is not None else []
    found = _reached(tx, [lead for lead in leads if lead.id != person], failing)
    return found or _reached(tx, [admin for admin in people.admins(tx) if admin.id != person], failing)


def _leads(tx: Transaction, team: int) -> list[Person]:
    locked = teams.locked_in(tx, team)
    return [lead for lead in people.leads_of(tx, team) if lead.id not in locked]


def _reached(tx: Transaction, several: Iterable[Person], failing: set[int]) -> list[tuple[int, Person]]:
    """The private chats of each, but for those where something just failed."""
    found = []
    for person in several:
        found += [(chat, person) for chat in accounts.private_chats(tx, person.id) if chat not in failing]
    return found


def _lines(tx: Transaction, calendar: Calendar, several: Sequence[Unsaid]) -> list[Line]:
    together: dict[tuple[bool, datetime, bool], dict[Named, None]] = {}
    for one in several:
        minute = calendar.local(one.meant_at).replace(second=0, microsecond=0)
        key = (one.urgency.is_answer, minute, one.state is State.UNKNOWN)
        together.setdefault(key, {})[_name(tx, one.chat)] = None
    return [
        Line(answer, at, doubtful, list(names)[:MOST_NAMES], len(names) - min(len(names), MOST_NAMES))
        for (answer, at, doubtful), names in together.items()
    ]


def _name(tx: Transaction, chat: int) -> Named:
    """Whom a message was for: a person, or a group."""
    id = accounts.of_chat(tx, chat)
    person = people.by_id(tx, id) if id is not None else None
    return (person.name, False) if person is not None else (chats.title(tx, chat), True)
