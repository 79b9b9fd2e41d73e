"""What was reported for somebody else is put right in words: `sửa cho Sơn: 4 máy chứ không phải 3`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from handlers.clerk import clerk
from handlers.clerk.acts import Act, Ask, Change, Choice, Confirm, Several, TakeBack
from handlers.language import Kind, fold
from handlers.messages import Message, Saying
from handlers.reports import doing, remembering
from handlers.turn import Turn
from storage.campaign import people
from storage.campaign.people import Person
from storage.campaign.teams import Team
from storage.reports import reports
from storage.reports.reports import Report

# Words that say whose it is, before a name; a name alone after another word is a resident's (`nhà anh Sơn`).
_WHOSE = frozenset("cho cua ban ho giup thang dua dong chi d/c bao ghi sua nham a".split())  # noqa: SIM905 - reads better
_SAYS = frozenset({"bao", "noi", "nhan", "keu", "goi", "lai", "la"})
_WRONG = re.compile(r"\b(?:nham|lon|dinh chinh|sai roi)\b")
_MAY_PUT_RIGHT = frozenset({Kind.CORRECT, Kind.UNDO, Kind.UNCLEAR})


def put_right(message: Message, turn: Turn, team: Team) -> list[Saying] | None:
    """What a message does to a report that its sender made for somebody of the team; None: it is about none."""
    reading = turn.reading(message)
    wrong = reading.kind is Kind.REPORT and _WRONG.search(fold(message.text)) is not None
    if message.forwarded or not (reading.kind in _MAY_PUT_RIGHT or reading.points_back or wrong):
        return None
    told = reports.told_for_others(turn.tx, turn.chat.id, turn.me.id, since=turn.oldest_day)
    found = _whose(message.text, turn, told) if told else None
    if found is None:
        return None
    person, rest = found
    return _put_right(rest, message, turn, team, [one for one in told if one.person == person.id])


def put_right_of(message: Message, turn: Turn, team: Team, who: Sequence[Person], words: str) -> list[Saying] | None:
    """`báo hộ Sơn: sửa nhà cô Tấm thành 3 máy`: what was told for that one; None: it puts nothing right."""
    told = reports.told_for_others(turn.tx, turn.chat.id, turn.me.id, since=turn.oldest_day)
    mine = [one for one in told if len(who) == 1 and one.person == who[0].id]
    reading = turn.reading(replace(message, text=words)) if mine and not message.forwarded else None
    if reading is None or not (reading.kind is Kind.CORRECT or reading.points_back):
        return None
    return _put_right(words, message, turn, team, mine)


def put_right_as(text: str, message: Message, turn: Turn, team: Team, told: Sequence[Report]) -> list[Saying] | None:
    """What words do to these reports, whoever's they are; None: they put none of them right."""
    return _put_right(text, message, turn, team, told)


def _put_right(text: str, message: Message, turn: Turn, team: Team, told: Sequence[Report]) -> list[Saying] | None:
    plain = replace(message, text=text)
    meanings = turn.meanings(plain)
    act = clerk(remembering.heard(plain, turn, team, meanings[0]), meanings, remembering.of_others(message, turn, told))
    act = _about_what_stands(act)
    return doing.do(act, doing.Stage(message, turn, team)) if _is_of_them(act) else None


def _about_what_stands(act: Act) -> Act:
    """A question whose likeliest answer changes what stands, with such answers alone: new work is nobody's here."""
    if not isinstance(act, Ask) or not act.choices or not isinstance(act.choices[0].act, Change):
        return act
    return replace(act, choices=(*(one for one in act.choices if isinstance(one.act, Change)), Choice(None)))


def _is_of_them(act: Act) -> bool:
    """Whether it is about what stands already; anything else would be the sender's own."""
    if isinstance(act, Confirm):
        return act.report is not None
    if isinstance(act, Ask):
        return bool(act.choices) and all(isinstance(one.act, Change) for one in act.choices[:-1])
    return isinstance(act, Change | Several | TakeBack)


def _whose(text: str, turn: Turn, told: Sequence[Report]) -> tuple[Person, str] | None:
    """The one of those reported for whom the words name, and the words without the name."""
    found: dict[int, tuple[Person, str]] = {}
    for id in {one.person for one in told}:
        person = people.by_id(turn.tx, id)
        rest = _without(text, person.name) if person is not None else None
        if person is not None and rest is not None:
            found[id] = (person, rest)
    return next(iter(found.values())) if len(found) == 1 else None


def _without(text: str, name: str) -> str | None:
    """The text without the name, or its end, and without what says that it is theirs; None: it does not stand in it."""
    words = text.split()
    plain = [fold(word).strip(".,;:!()") for word in words]
    parts = fold(name).split()
    for start in range(len(parts)):
        said = parts[start:]
        for i in range(len(plain) - len(said) + 1):
            if plain[i : i + len(said)] != said:
                continue
            before = i
            while before and plain[before - 1] in _WHOSE - {"sua", "nham", "a"}:
                before -= 1
            if len(said) > 1 or i == 0 or plain[i - 1] in _WHOSE:
                after = i + len(said)
                while after < len(words) and i == 0 and plain[after] in _SAYS:
                    after += 1  # `Sơn bảo nhầm, được 3 thôi`
                return " ".join([*words[:before], *words[after:]])
    return None
