"""`báo hộ Sơn 3 máy`: a report for somebody else of the team, who is told; it is theirs, and both may take it back."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from handlers import saying, texts
from handlers.buttons.pressed import Pressed
from handlers.language import Kind, Reading, fold
from handlers.messages import Button, Message, Reply, Saying
from handlers.open import keeping
from handlers.places import placing
from handlers.reports import homes_and_visits, recording
from handlers.turn import OFFER_LASTS, STUDENTS, Answer, Turn, answers
from handlers.understanding import understood
from storage.campaign import accounts, people
from storage.campaign.people import Person
from storage.campaign.teams import Team, team_of
from storage.reports import drafts, reports
from storage.reports.reports import Report
from storage.running import audits
from storage.talk import offers

MOST_CHOICES = 8
_NAME_WORDS = 5
_CALLED = r"(?:(?:anh|ch[iị]|b[aạ]n|em|[đd]/c|[đd][oồ]ng ch[ií])\s+)?"
_PHRASE = re.compile(
    rf"\b(?:b[aá]o(?:\s+c[aá]o)?|ghi|nh[aậ]p)\s+(?:h[oộ]|gi[uú]p|gi[uù]m|thay)\s+(?:cho\s+)?{_CALLED}", re.IGNORECASE
)
# After these, the phrase asks the bot or a colleague for help: `báo hộ em với`.
_ONESELF = frozenset("em e mình tôi tớ tao cháu tui nhé với cái nha nhen đi bot anh chị bạn a".split())  # noqa: SIM905
_ONESELF_PLAIN = frozenset(fold(word) for word in _ONESELF)  # typed without marks: unless somebody is called so
_WORD = re.compile(r"[^\s,.;:()\-+]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom a message reports: those who fit the name, the name as it was said, and the message without it."""

    fitting: tuple[Person, ...]
    name: str
    rest: str


@lru_cache(maxsize=8)  # asked more than once of each message
def may_ask(text: str) -> bool:
    """Whether it is worth looking for a name: most messages have none of the words."""
    return _PHRASE.search(unicodedata.normalize("NFC", text)) is not None


def asked(text: str, team: Sequence[Person]) -> Asked | None:
    """Whether a message reports for somebody else; the longest name that fits a member of the team is meant."""
    text = unicodedata.normalize("NFC", text)
    phrase = _PHRASE.search(text)
    if phrase is None:
        return None
    words = list(_WORD.finditer(text, phrase.end()))[:_NAME_WORDS]
    if not words or words[0].start() > phrase.end() or any(c.isdigit() for c in words[0][0]):
        return None
    if words[0][0].lower() in _ONESELF and words[0][0] != words[0][0].title():
        return None
    for count in range(len(words), 0, -1):
        name = text[words[0].start() : words[count - 1].end()]
        fitting = _fitting(name, team)
        if fitting:
            rest = f"{text[: phrase.start()]} {text[words[count - 1].end() :]}"
            return Asked(tuple(fitting), name, rest.strip(" ,.;:"))
    if fold(words[0][0]) in _ONESELF_PLAIN:
        return None
    rest = f"{text[: phrase.start()]} {text[words[0].end() :]}".strip(" ,.;:")
    return Asked((), words[0][0], rest)


def _fitting(name: str, team: Sequence[Person]) -> list[Person]:
    """Whose whole name, given name or end of the name it is. No slip of the hand: Hùng is not Dũng."""
    said = fold(name)
    return [one for one in team if said in _names(one)]


def _names(person: Person) -> list[str]:
    words = fold(person.name).split()
    return [" ".join(words[start:]) for start in range(len(words))]


def report(message: Message, turn: Turn, team: Team, found: Asked) -> list[Saying]:
    """Store it for the one who is meant; nothing is stored where that, or the number, is not sure."""
    reading = understood(turn, found.rest, message.at)
    newest = last(turn) if reading.kind is Kind.UNDO else None
    if newest is not None and newest.person in [one.id for one in found.fitting]:
        return offer_withdrawal(turn, newest)  # `hủy tin báo hộ Cúc`
    lines = placing.lines_of(turn, team, reading.entries) if reading.kind is Kind.REPORT else []
    if not lines or recording.too_many(lines) or message.forwarded:
        return [turn.say("behalf.only_clear", name=found.fitting[0].name if found.fitting else found.name)]
    if turn.day_of(message, reading.day) < turn.oldest_day:
        return [turn.say("behalf.only_clear", name=found.name)]
    if len(found.fitting) != 1:
        return [_ask_who(message, turn, team, found, reading)]
    (person,) = found.fitting
    stored = _store(message, turn, team, person, reading)
    return [_said(turn, person, stored), *_told(turn, person, stored)]


def _store(message: Message, turn: Turn, team: Team, person: Person, reading: Reading) -> Report:
    stored = reports.record(
        turn.tx,
        person=person.id,
        team=team.id,
        day=turn.day_of(message, reading.day),
        at=message.at,
        chat=turn.chat.id,
        message=message.id,
        lines=placing.lines_of(turn, team, reading.entries),
        text=message.text,
        by=turn.me.id,
    )
    homes_and_visits.note(turn, stored, reading)
    return stored


def _said(turn: Turn, person: Person, stored: Report, *, edits: str | None = None) -> Reply:
    """What the sender is told: for whom it counts, and how to take it back."""
    text = turn.text(
        "behalf.recorded",
        name=person.name,
        lines=saying.flat(saying.said(turn, stored.lines)),
        told=bool(_chats(turn, person)),
        itself=person.id == turn.me.id,
    )
    undo = turn.offer("behalf", stored.id, {"Hoàn tác": "undo"}, version=stored.version)
    return Reply(text, (undo,), edits=edits, report=stored.id)


def _chats(turn: Turn, person: Person) -> list[int]:
    return accounts.private_chats(turn.tx, person.id)[:1] if person.id != turn.me.id else []


def _told(turn: Turn, person: Person, stored: Report) -> list[Saying]:
    """The one it counts for hears of it, with the buttons of an own report."""
    lines = saying.flat(saying.said(turn, stored.lines))
    told: list[Saying] = []
    for chat in _chats(turn, person):
        id = offers.make(
            turn.tx,
            chat=chat,
            person=person.id,
            kind="report",
            subject=stored.id,
            version=stored.version,
            deadline=turn.now + OFFER_LASTS,
        )
        buttons = tuple(Button(label, f"o{id}:{choice}") for label, choice in recording.CHOICES.items())
        standing = saying.standing_of(turn, stored)
        text = turn.text_for(person, "behalf.told", by=turn.me.name, lines=lines, standing=standing)
        told.append(Reply(text, (buttons,), to=chat, report=stored.id))
    return told


def _ask_who(message: Message, turn: Turn, team: Team, found: Asked, reading: Reading) -> Reply:
    """Several fit, each with a number to choose by, or none: then all are offered. Nothing counts until a choice."""
    members = texts.in_order(found.fitting or people.of_team(turn.tx, team.id))
    draft = keeping.keep(message, turn, reading, "behalf", lines=placing.lines_of(turn, team, reading.entries))
    others = [one for one in members if one.id != turn.me.id][:MOST_CHOICES]
    several = len(found.fitting) > 1
    labels = [f"{number}. {one.name}" if several else f"Hộ {one.name}" for number, one in enumerate(others, 1)]
    choices = {label: str(one.id) for label, one in zip(labels, others, strict=True)} | {"Thôi": "drop"}
    buttons = turn.offer("behalf_who", draft.id, choices)
    return turn.say("behalf.who", name=found.name, several=several, buttons=tuple((one,) for one in buttons))


@answers(offer="behalf_who", who=STUDENTS)
def press_who(pressed: Pressed, turn: Turn) -> Answer:
    """Store it for the one who was chosen."""
    draft = drafts.by_id(turn.tx, pressed.offer.subject)
    if draft is None or draft.settled:
        return pressed.refuse(turn.text("asking.already_settled"))
    pressed.use(turn)
    person = people.by_id(turn.tx, int(pressed.choice)) if pressed.choice.isdecimal() else None
    team = _team_of(turn, person, draft)
    if person is None or team is None:
        drafts.settle(turn.tx, draft.id, turn.at, report=None)
        return pressed.settle(turn.text("asking.dropped", draft=draft))
    stored = reports.record(
        turn.tx,
        person=person.id,
        team=team.id,
        day=draft.day,
        at=draft.at,
        chat=draft.chat,
        message=draft.message,
        lines=keeping.lines_with(turn, team, draft, None),
        text=draft.text or "",
        by=turn.me.id,
    )
    drafts.settle(turn.tx, draft.id, turn.at, report=stored.id)
    return [_said(turn, person, stored, edits=pressed.message), *_told(turn, person, stored)]


def _team_of(turn: Turn, person: Person | None, draft: drafts.Draft) -> Team | None:
    return team_of(turn.tx, person.id, draft.day) if person is not None else None


@answers(offer="behalf", who=STUDENTS)
def press_undo(pressed: Pressed, turn: Turn) -> Answer:
    """Take back what was reported for somebody else, who is told."""
    stored = reports.by_id(turn.tx, pressed.offer.subject)
    if stored is None or stored.withdrawn or stored.version != pressed.offer.version:
        return pressed.refuse(turn.text("helping.press_changed"))
    pressed.use(turn)
    if pressed.choice == "no":
        return pressed.settle(turn.text("reporting.kept", lines=saying.said(turn, stored.lines)))
    return withdraw(turn, stored, edits=pressed.message)


def withdraw(turn: Turn, stored: Report, *, edits: str | None = None) -> list[Saying]:
    """Takes it back, on record; both are told."""
    person = people.by_id(turn.tx, stored.person)
    assert person is not None
    audits.add(turn.tx, at=turn.at, by=turn.me.id, what="report withdrawn", subject=stored.id, detail="behalf")
    after = reports.withdraw(turn.tx, stored, by=turn.me.id, at=turn.at)
    lines = saying.flat(saying.said(turn, stored.lines))
    news = turn.text_for(
        person, "behalf.told_withdrawn", by=turn.me.name, lines=lines, standing=saying.standing_of(turn, after)
    )
    text = turn.text("behalf.withdrawn", name=person.name, lines=lines)
    return [Reply(text, edits=edits), *(Reply(news, to=chat) for chat in _chats(turn, person))]


def last(turn: Turn) -> Report | None:
    """What the sender reported for somebody else, where that is newer than the own last report."""
    newest = reports.last_for_others(turn.tx, turn.me.id, since=turn.oldest_day)
    own = reports.last_of(turn.tx, turn.me.id, since=turn.oldest_day)
    if newest is None or (own is not None and (own.at, own.id) > (newest.at, newest.id)):
        return None
    return newest


def offer_withdrawal(turn: Turn, stored: Report) -> list[Saying]:
    """`hủy` right after it may mean this one: asked first."""
    person = people.by_id(turn.tx, stored.person)
    assert person is not None
    buttons = turn.offer("behalf", stored.id, {"Rút": "yes", "Giữ": "no"}, version=stored.version)
    lines = saying.flat(saying.said(turn, stored.lines))
    return [turn.say("behalf.confirm_withdraw", name=person.name, report=stored, lines=lines, buttons=(buttons,))]


def edited(message: Message, turn: Turn, team: Team, stored: Report) -> list[Saying]:
    """The message that reported for somebody else was edited: their report follows, and they are told."""
    found = asked(message.text, people.of_team(turn.tx, team.id))
    person = people.by_id(turn.tx, stored.person)
    assert person is not None
    if found is None or [one.id for one in found.fitting] != [stored.person]:
        return [turn.say("behalf.only_clear", name=person.name)]
    reading = understood(turn, found.rest, message.at)
    lines = placing.lines_of(turn, team, reading.entries) if reading.kind is Kind.REPORT else []
    if not lines or recording.too_many(lines) or stored.day < turn.oldest_day or stored.withdrawn:
        return [turn.say("behalf.only_clear", name=person.name)]
    if lines == list(stored.lines):
        return []
    after = reports.correct(turn.tx, stored, lines, by=turn.me.id, at=turn.at, text=message.text)
    return [_said(turn, person, after), *_told(turn, person, after)]
