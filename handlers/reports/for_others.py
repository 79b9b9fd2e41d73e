"""What was reported for somebody else is put right in words: `sửa cho Sơn: 4 máy chứ không phải 3`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from handlers.clerk import clerk, matching
from handlers.clerk.acts import Act, Ask, Change, Confirm, Record, Several, TakeBack
from handlers.clerk.evening import NOWHERE, Place
from handlers.language import Entry, Kind, Reading, Why, fold
from handlers.messages import Message, Saying
from handlers.open.keeping import KeptChoice
from handlers.places import placing
from handlers.reports import changing, doing, for_whom, giving, remembering
from handlers.reports.changing import SaidBy
from handlers.reports.for_whom import Piece
from handlers.states import Correction
from handlers.turn import Turn
from storage.campaign import people
from storage.campaign.people import Person
from storage.campaign.teams import Team
from storage.reports import homes, reports
from storage.reports.reports import Report

# Words that say whose it is, before a name; a name alone after another word is a resident's (`nhà anh Sơn`).
_WHOSE = frozenset("cho cua ban ho giup thang dua dong chi d/c bao ghi sua nham a".split())  # noqa: SIM905 - reads better
_SAYS = frozenset({"bao", "noi", "nhan", "keu", "goi", "lai", "la"})
_WRONG = re.compile(r"\b(?:nham|lon|dinh chinh|sai roi)\b")
_SAME_HOME = re.compile(r"\bnha (?:\w+ ){0,3}(?:do|ay|kia|nay|ni)\b")  # `nhà hẹn lại đó`
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
    act = _decided(text, message, turn, team, told)
    person = people.by_id(turn.tx, told[-1].person) if told else None
    if isinstance(act, Ask) and person is not None and person.id != turn.me.id:
        if _of_another_home(act.reading, turn, told):
            return None
        return _asked(act, replace(message, text=text), turn, team, person)
    return doing.do(act, doing.Stage(replace(message, text=text), turn, team)) if _is_of_them(act) else None


def _decided(text: str, message: Message, turn: Turn, team: Team, told: Sequence[Report]) -> Act:
    plain = replace(message, text=text)
    meanings = turn.meanings(plain)
    return clerk(
        remembering.heard(plain, turn, team, meanings[0]), meanings, remembering.of_others(message, turn, told)
    )


def _of_another_home(reading: Reading, turn: Turn, told: Sequence[Report]) -> bool:
    """`gửi lộn, báo hộ Học viên 78: nhà chú Lập 2 máy`: of a home of which nothing was told for them it is new work."""
    named = [one for one in matching.labels_of(reading) if not matching.is_nobody(fold(one))]
    known = [home.label for report in told for home in homes.of_report(turn.tx, report.id)]
    return bool(named) and not any(matching.same_home(one, other) for one in named for other in known)


def place_of(text: str, message: Message, turn: Turn, team: Team, told: Sequence[Report]) -> Place:
    """Where new work stands that is told of a home that was reported for them: in its hamlet."""
    act = _decided(text, message, turn, team, told)
    place = act.place if isinstance(act, Record | Ask) else NOWHERE
    today = [one for one in told if one.day == turn.work_day]
    if place == NOWHERE and today and _SAME_HOME.search(fold(text)):
        places = {line.hamlet for one in today for line in one.lines}
        place = places.pop() if len(places) == 1 else NOWHERE
    return place


def _asked(act: Ask, message: Message, turn: Turn, team: Team, person: Person) -> list[Saying] | None:
    """A question that a change of what stands may answer, with buttons that say for whom; None: it is about new work.

    Where that is the likeliest, new work is nobody's here.
    """
    choices = [one for one in act.choices if isinstance(one.act, Change | Record)]
    if not any(isinstance(one.act, Change) for one in choices):
        return None
    if isinstance(choices[0].act, Change):
        choices = [one for one in choices if isinstance(one.act, Change)]
    options = [[Piece(person, doing.kept(one))] for one in choices]
    said = turn.text("behalf.what", name=person.name, whole=False)
    return [for_whom.ask(message, turn, team, act.reading, options, said)]


def _is_of_them(act: Act) -> bool:
    """Whether it is about what stands already; anything else would be the sender's own."""
    if isinstance(act, Confirm):
        return act.report is not None
    if isinstance(act, Ask):
        return bool(act.choices) and all(isinstance(one.act, Change) for one in act.choices[:-1])
    return isinstance(act, Change | Several | TakeBack)


def moved(reading: Reading, message: Message, turn: Turn, team: Team, told: Sequence[Report]) -> list[Saying] | None:
    """`số kia là ở x2 chứ không phải x1`, `ông Từ ở xóm 3 lận`: what was told of them stands in the other hamlet."""
    places = {one.denied: placing.hamlet_of(turn, team, one.name, one.said) for one in reading.mentions}
    about = reading.why is Why.HAMLET or reading.of_home is not None
    counted = reading.counts or (reading.draft is not None and any(one.counts for one in reading.draft.entries))
    if not about or counted or len(reading.mentions) != len(places) or False not in places:
        return None
    to, there = places[False], places.get(True)
    named = giving.named_in(turn, told, fold(message.text))
    for report, gone in named or [(one, list(one.lines)) for one in reversed(told)]:
        lines = [
            *giving.without(report.lines, gone),
            *(replace(one, hamlet=to) if there in (None, one.hamlet) else one for one in gone),
        ]
        if any(one.hamlet == to for one in lines) and lines != list(report.lines):
            return changing.change(turn, report, lines, None, SaidBy(message.text, message))
    return None


def likely_changes(
    readings: Sequence[Reading], turn: Turn, told: Sequence[Report], plain: str, person: Person
) -> list[list[Piece]]:
    """`bảo lại vắng có 1 nhà thôi`: the newest report, or that of the home, which has another number of the same."""
    named = [report for report, _ in giving.named_in(turn, told, plain)]
    found: list[list[Piece]] = []
    for reading in readings:
        counts = reading.counts
        if len(counts) != 1:
            continue
        ((outcome, n),) = counts.items()
        for report in named or list(reversed(told)):
            same = [line for line in report.lines if line.outcome == outcome.value]
            if len(same) != 1 or same[0].n == n:
                continue
            lines = tuple(replace(line, n=n) if line is same[0] else line for line in report.lines)
            entries = (Entry(None, None, {outcome: n}),)
            use = Correction(report.id, report.version, amends=False)
            found.append([Piece(person, KeptChoice(use, reading.day, entries, lines))])
            break
    return found


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
