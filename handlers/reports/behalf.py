"""`báo hộ Sơn 3 máy`: a report for somebody else of the team, who is told; it is theirs, and both may take it back."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from handlers import texts
from handlers.buttons.pressed import Pressed
from handlers.language import Kind, Reading, fold
from handlers.messages import Message, Reply, Saying
from handlers.open import keeping
from handlers.places import placing
from handlers.reports import changing, recording, telling, withdrawing
from handlers.reports.changing import SaidBy
from handlers.states import BEHALF_OF_WHOM
from handlers.turn import STUDENTS, Answer, Turn, answers
from storage.campaign import people
from storage.campaign.people import Person
from storage.campaign.teams import Team, team_of
from storage.reports import drafts
from storage.reports.reports import Report

MOST_CHOICES = 8
_NAME_WORDS = 5
_CALLED = r"(?:(?:anh|ch[iị]|b[aạ]n|em|[đd]/c|[đd][oồ]ng ch[ií])\s+)?"
_PHRASE = re.compile(
    rf"\b(?:b[aá]o(?:\s+c[aá]o)?|ghi|nh[aậ]p)\s+(?:h[oộ]|gi[uú]p|gi[uù]m|thay)\s+(?:cho\s+)?{_CALLED}", re.IGNORECASE
)
# `Sơn nhờ em báo 3 máy`: the name stands before.
_ASKED_TO = re.compile(
    r"(?:\s+(?:[đd]ang\s+)?(?:h[eế]t pin|b[aậ]n|m[eệ]t|[oố]m|qu[eê]n m[aá]y|h[eế]t m[aạ]ng))*"
    r"\s+nh[oờ]\s+(?:(?:em|e|m[iì]nh|tui|t[oô]i|t[oớ]|t|ch[aá]u)\s+)?(?:b[aá]o(?:\s+c[aá]o)?|ghi|nh[aậ]p|g[uử]i)"
    r"(?:\s+(?:h[oộ]|gi[uú]p|gi[uù]m|d[uù]m|thay))?\b[:,]?",
    re.IGNORECASE,
)
# After these, the phrase asks the bot or a colleague for help: `báo hộ em với`.
_ONESELF = frozenset("em e mình tôi tớ tao cháu tui nhé với cái nha nhen đi bot anh chị bạn a".split())  # noqa: SIM905
_ONESELF_PLAIN = frozenset(fold(word) for word in _ONESELF)  # typed without marks: unless somebody is called so
_TITLED = re.compile(r"(?:^|\s)(?:anh|ch[iị]|b[aạ]n|em|[đd]/c|[đd][oồ]ng ch[ií]|th[aằ]ng|con)$", re.IGNORECASE)
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
    text = unicodedata.normalize("NFC", text)
    return _PHRASE.search(text) is not None or _ASKED_TO.search(text) is not None


def asked(text: str, team: Sequence[Person]) -> Asked | None:
    """Whether a message reports for somebody else; the longest name that fits a member of the team is meant."""
    text = unicodedata.normalize("NFC", text)
    phrase = _PHRASE.search(text)
    if phrase is None or _ASKED_TO.search(text) is not None:
        return _asked_to(text, team)
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


def _asked_to(text: str, team: Sequence[Person]) -> Asked | None:
    """`Học viên 78 hết pin nhờ mình báo 4 máy xóm 4`: the longest name before the phrase that fits a member."""
    phrase = _ASKED_TO.search(text)
    words = list(_WORD.finditer(text, 0, phrase.start()))[-_NAME_WORDS:] if phrase is not None else []
    if phrase is None or not words:
        return None
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            name = text[words[start].start() : words[end - 1].end()]
            fitting = _fitting(name, team)
            if fitting:
                before = _TITLED.sub("", text[: words[start].start()].rstrip())
                return Asked(tuple(fitting), name, f"{before} {text[phrase.end() :]}".strip(" ,.;:"))
    said = words[-1][0]
    if fold(said) in _ONESELF_PLAIN:
        return None
    return Asked((), said, f"{text[: words[-1].start()]} {text[phrase.end() :]}".strip(" ,.;:"))


def _fitting(name: str, team: Sequence[Person]) -> list[Person]:
    """Whose whole name, given name or end of the name it is. No slip of the hand: Hùng is not Dũng."""
    said = fold(name)
    return [one for one in team if said in _names(one)]


def _names(person: Person) -> list[str]:
    words = fold(person.name).split()
    return [" ".join(words[start:]) for start in range(len(words))]


def report(message: Message, turn: Turn, team: Team, found: Asked) -> list[Saying]:
    """Store it for the one who is meant; nothing is stored where that, or the number, is not sure."""
    reading = turn.reading_of(found.rest, message.at)
    newest = withdrawing.last_for_other(turn) if reading.kind is Kind.UNDO else None
    if newest is not None and newest.person in [one.id for one in found.fitting]:
        return withdrawing.ask_for_other(turn, newest)  # `hủy tin báo hộ Cúc`
    lines = placing.lines_of(turn, team, reading.entries) if reading.kind is Kind.REPORT else []
    if not lines or recording.too_many(lines) or message.forwarded:
        return [turn.say("behalf.only_clear", name=found.fitting[0].name if found.fitting else found.name)]
    if turn.day_of(message, reading.day) < turn.oldest_day:
        return [turn.say("behalf.only_clear", name=found.name)]
    if len(found.fitting) != 1:
        return [_ask_who(message, turn, team, found, reading)]
    told = recording.told_by(message, turn, reading, person=found.fitting[0].id)
    return telling.reported_for(turn, recording.store(turn, team, told, lines, reading))


def _ask_who(message: Message, turn: Turn, team: Team, found: Asked, reading: Reading) -> Reply:
    """Several fit, each with a number to choose by, or none: then all are offered. Nothing counts until a choice."""
    members = texts.in_order(found.fitting or people.of_team(turn.tx, team.id))
    draft = keeping.keep(message, turn, reading, "behalf", lines=placing.lines_of(turn, team, reading.entries))
    others = [one for one in members if one.id != turn.me.id][:MOST_CHOICES]
    several = len(found.fitting) > 1
    labels = [f"{number}. {one.name}" if several else f"Hộ {one.name}" for number, one in enumerate(others, 1)]
    choices = {label: str(one.id) for label, one in zip(labels, others, strict=True)} | {"Thôi": "drop"}
    buttons = turn.offer(BEHALF_OF_WHOM, draft.id, choices)
    return turn.say("behalf.who", name=found.name, several=several, buttons=tuple((one,) for one in buttons))


@answers(offer=BEHALF_OF_WHOM, who=STUDENTS)
def press_who(pressed: Pressed, turn: Turn) -> Answer:
    """Store it for the one who was chosen."""
    draft = pressed.draft
    pressed.use(turn)
    person = people.by_id(turn.tx, int(pressed.choice)) if pressed.choice.isdecimal() else None
    team = team_of(turn.tx, person.id, draft.day) if person else None
    if person is None or team is None:
        drafts.settle(turn.tx, draft.id, turn.at, report=None)
        return pressed.settle(turn.text("asking.dropped", draft=draft))
    told = replace(keeping.told_by(draft), person=person.id, by=turn.me.id)
    found = asked(draft.text or "", [person])
    reading = turn.reading_of(found.rest, draft.at) if found else None
    stored = recording.store(turn, team, told, keeping.lines_with(turn, team, draft, None), reading)
    drafts.settle(turn.tx, draft.id, turn.at, report=stored.id)
    return telling.reported_for(turn, stored, edits=pressed.message)


def edited(message: Message, turn: Turn, stored: Report) -> list[Saying]:
    """The message that reported for somebody else was edited: their report follows, and they are told."""
    found = asked(message.text, people.of_team(turn.tx, stored.team))
    person = people.by_id(turn.tx, stored.person)
    assert person is not None
    if found is None or [one.id for one in found.fitting] != [stored.person]:
        return [turn.say("behalf.only_clear", name=person.name)]
    reading = turn.reading_of(found.rest, message.at)
    lines = changing.new_lines(turn, stored, reading, amends=False) if reading.kind is Kind.REPORT else None
    if not lines or recording.too_many(lines) or stored.day < turn.oldest_day or stored.withdrawn:
        return [turn.say("behalf.only_clear", name=person.name)]
    if lines == list(stored.lines):
        return []
    return changing.change(turn, stored, lines, reading, SaidBy(message.text, message))
