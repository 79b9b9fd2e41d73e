"""Hamlets: the one in use (/thon), and those that students wrote and the list does not have."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta

from handlers.buttons.pressed import Pressed
from handlers.language import Entry, Kind, Reading, fold
from handlers.language.signs.folding import visible
from handlers.language.where_and_when import announcing
from handlers.language.where_and_when.place_names import folded_hamlet
from handlers.messages import Button, Message, Reply
from handlers.places import in_phase, placing
from handlers.places.finding import find_hamlet
from handlers.states import HAMLET_HERE, NEW_HAMLET, Waiting
from handlers.texts import hamlet, hamlet_head
from handlers.turn import STUDENTS, Answer, Behind, Scope, Turn, answers, command_button
from storage.campaign import hamlets
from storage.campaign.hamlets import NO_HAMLET, Hamlet
from storage.campaign.teams import Team, team_of
from storage.reports import hamlets_in_use
from storage.reports.tallies import Place
from storage.talk import offers

MOST_BUTTONS = 12
LONGEST_NAME = 60
_ANSWER_WITHIN = timedelta(minutes=10)
_NONE = frozenset({"bo", "khong", "khong dung", "thoi", "xoa", "huy"})


@answers("thon", "xom", who=STUDENTS, scope=Scope.OWN, help="thon", button=True, behind=Behind.WORDS)
def choose(message: Message, turn: Turn) -> Answer:
    """The hamlet for further reports until the work day ends; without a name, which is in use."""
    if in_phase.has_ended(turn):
        return turn.say("hamlet.over", standing=in_phase.words(turn))
    team = team_of(turn.tx, turn.me.id, turn.work_day)
    assert team is not None, "the roster gives each student a team"
    wanted = visible(message.text)
    known = hamlets.of_commune(turn.tx, team.commune)
    if not wanted:
        return _which(turn, known)
    if fold(wanted) in _NONE:
        hamlets_in_use.use(turn.tx, turn.me.id, None, day=turn.work_day, at=turn.at)
        return turn.say("hamlet.left")
    if len(wanted) > LONGEST_NAME or not folded_hamlet(wanted):
        return turn.say("hamlet.no_name")
    match = find_hamlet(wanted, known)
    if match.found is not None:
        return _use(turn, match.found)
    near = tuple((_button(one),) for one in match.candidates)
    own = turn.offer(NEW_HAMLET, team.commune, {f"Dùng “{hamlet_head(wanted)}”": wanted})
    return turn.say("hamlet.unknown", name=hamlet_head(wanted), near=bool(near), buttons=(*near, own))


def _which(turn: Turn, known: Sequence[Hamlet]) -> Reply:
    """What is in use, with a button for each other; a long list is left to typing."""
    now = hamlets_in_use.in_use(turn.tx, turn.me.id, turn.work_day)
    chat, person = turn.chat.id, turn.me.id
    if offers.question(turn.tx, chat, person, turn.at) is None:  # a number that was asked for stays asked for
        until = turn.now + _ANSWER_WITHIN
        offers.ask(turn.tx, chat=chat, person=person, kind=Waiting.HAMLET.value, subject=0, at=turn.at, deadline=until)
    few = known if len(known) <= MOST_BUTTONS else ()
    buttons = [_button(one) for one in few if now is None or one.id != now.id]
    rows = [tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2)]
    if now is not None:
        rows.append((command_button("Không dùng thôn nào", "/thon bỏ"),))
    return turn.say("hamlet.which", name=now.name if now else "", some=bool(few), buttons=tuple(rows))


def _button(known: Hamlet) -> Button:
    name = hamlet_head(known.name)
    return command_button(name, f"/thon {name}")


@answers(question=Waiting.HAMLET, who=STUDENTS, scope=Scope.OWN)
def named(message: Message, turn: Turn) -> Answer:
    """The name alone, after the bot listed the hamlets; anything else is a message like any other."""
    found = said_alone(message, turn)
    if found is None:
        return None
    offers.stop_asking(turn.tx, turn.chat.id, turn.me.id)
    return _use(turn, found)


def alone(message: Message, turn: Turn) -> Reply | None:
    """A hamlet and nothing else: whether further reports are from there."""
    if in_phase.has_ended(turn):
        return None
    found = said_alone(message, turn)
    if found is None and (found := announced(message, turn)) is not None:
        now = hamlets_in_use.in_use(turn.tx, turn.me.id, turn.work_day)
        return _use(turn, found, announced=True) if now is None or now.id != found.id else None
    if found is None:
        return None
    use = turn.offer(HAMLET_HERE, found.id, {f"Dùng {hamlet(found.name)}": "yes"})
    return turn.say("hamlet.alone", name=found.name, buttons=(use,))


@answers(offer=HAMLET_HERE, who=STUDENTS, scope=Scope.SAID)
def press_here(pressed: Pressed, turn: Turn) -> Answer:
    """Use the hamlet that was said alone."""
    chosen = hamlets.by_id(turn.tx, pressed.offer.subject)
    if not _works_in(turn, chosen.commune):
        return pressed.refuse(turn.text("helping.press_unknown"))
    pressed.use(turn)
    said = _use(turn, chosen)
    return pressed.settle(said.text, buttons=said.buttons)


def said_alone(message: Message, turn: Turn) -> Hamlet | None:
    """The known hamlet that is all that a message says: `xóm 4`, `Xuân Tảo`; `4` alone is four phones."""
    team = team_of(turn.tx, turn.me.id, turn.work_day)
    if team is None or not 0 < len(message.text) <= LONGEST_NAME:
        return None
    said = folded_hamlet(message.text)
    found = next((one for one in hamlets.of_commune(turn.tx, team.commune) if folded_hamlet(one.name) == said), None)
    number = message.text.strip().isdecimal()
    return None if found is None or (number and fold(message.text) != fold(found.name)) else found


def comes_to(message: Message, turn: Turn) -> Place:
    """The hamlet where its writer says to work from now on: `em sang xóm 8 rồi nha bot`; 0: none is said."""
    if message.forwarded or message.edited_at is not None:
        return NO_HAMLET
    text = turn.whole or message.text  # `hv75 qua xóm 6`, of which only `qua xóm 6` is left
    reading = turn.reading(replace(message, text=text))
    said = announcing.announced(text, reading.mentions, question=reading.question) if not reading.day else None
    said = said if said is not None and fold(said.said) in fold(message.text) else None
    team = team_of(turn.tx, turn.me.id, turn.work_day) if said is not None else None
    return placing.hamlet_of(turn, team, said.name, said.said) if said is not None and team is not None else NO_HAMLET


def announced(message: Message, turn: Turn) -> Hamlet | None:
    """The same, where it is known by now."""
    place = comes_to(message, turn)
    return hamlets.by_id(turn.tx, place) if isinstance(place, int) and place != NO_HAMLET else None


_TOLD_LATE = re.compile(
    r"\b(?:quen|sot|bo sung|ke lai|nho ra|nho lai|(?:luc|hoi|ban|khi) (?:nay|chieu|sang|dau|toi))\b"
)


def follow(message: Message, turn: Turn, named: Collection[Place]) -> None:
    """`sang thôn 2, nhà bà Ngoan được 1 máy`: what comes next without a hamlet is there, too.

    `named`: the hamlets of which it tells the writer's own work. What was announced before ends with work in another
    one, as nobody knows then whether its writer went back.
    """
    now = hamlets_in_use.in_use(turn.tx, turn.me.id, turn.work_day)
    comes = announced(message, turn)
    if comes is not None:
        if now is None or now.id != comes.id:
            hamlets_in_use.use(turn.tx, turn.me.id, comes.id, day=turn.work_day, at=turn.at, announced=True)
        return
    late = _TOLD_LATE.search(fold(message.text)) is not None  # `quên báo nhà cô Hạnh bên xóm 1`: they are not there
    elsewhere = now is not None and not late and any(one not in (now.id, NO_HAMLET) for one in named)
    if elsewhere and hamlets_in_use.was_announced(turn.tx, turn.me.id, turn.work_day):
        hamlets_in_use.use(turn.tx, turn.me.id, None, day=turn.work_day, at=turn.at)


def _works_in(turn: Turn, commune: int) -> bool:
    """Whether the one who speaks still does: the roster may have moved them since."""
    team = team_of(turn.tx, turn.me.id, turn.work_day)
    return team is not None and team.commune == commune


def _use(turn: Turn, chosen: Hamlet, *, announced: bool = False) -> Reply:
    hamlets_in_use.use(turn.tx, turn.me.id, chosen.id, day=turn.work_day, at=turn.at, announced=announced)
    leave = ((command_button("Không dùng nữa", "/thon bỏ"),),)
    return turn.say("hamlet.announced" if announced else "hamlet.used", name=chosen.name, buttons=leave)


@answers(offer=NEW_HAMLET, who=STUDENTS, scope=Scope.OWN)
def press_new(pressed: Pressed, turn: Turn) -> Answer:
    """Use a hamlet that is not on the list, under the spelling given."""
    commune = pressed.offer.subject
    if not _works_in(turn, commune):
        return pressed.refuse(turn.text("helping.press_unknown"))
    pressed.use(turn)
    known = hamlets.find(turn.tx, commune, folded_hamlet(pressed.choice))
    id = known or placing.learn_hamlet(turn, commune, pressed.choice)
    said = _use(turn, hamlets.by_id(turn.tx, id))
    return pressed.settle(said.text, buttons=said.buttons)


def with_place(message: Message, turn: Turn, team: Team, reading: Reading) -> tuple[Reading, bool]:
    """The reading with the hamlet in use where it names none, and whether that was so.

    Only for work that is reported for today: a sum for the day is one of all hamlets, a correction keeps its report's.
    """
    draft = reading.draft
    about = draft.kind if draft else reading.kind
    named = draft is None and all(entry.hamlet for entry in reading.entries)
    if named or about is not Kind.REPORT or reading.day:
        return reading, False
    place = hamlets_in_use.in_use(turn.tx, turn.me.id, turn.day_of(message), message.at)
    if place is None or place.commune != team.commune:
        return reading, False
    there = standing_in(reading, place.name)
    return there, draft is not None or there.entries != reading.entries


def only_assumed(message: Message, turn: Turn) -> str | None:
    """The name of the hamlet that was in use when the message was written, where its words do not name it."""
    place = hamlets_in_use.in_use(turn.tx, turn.me.id, turn.day_of(message), message.at)
    named = {folded_hamlet(one.name) for one in turn.reading(message).mentions}
    return place.name if place is not None and folded_hamlet(place.name) not in named else None


def standing_in(reading: Reading, name: str, *, assumed: str | None = None) -> Reading:
    """The reading with what it places nowhere, or where it was only `assumed` to be, in the hamlet of this name."""
    draft = reading.draft
    if draft is None or draft.day:
        return replace(reading, entries=_placed(reading.entries, name, assumed))
    hole = draft.hole
    if hole is not None and hole.hamlet in (None, assumed):
        hole = replace(hole, hamlet=name, said=name)
    return replace(
        reading,
        entries=_placed(reading.entries, name, assumed),
        draft=replace(draft, entries=_placed(draft.entries, name, assumed), hole=hole),
    )


def _placed(entries: Sequence[Entry], name: str, assumed: str | None = None) -> tuple[Entry, ...]:
    """A zero says that nothing was done, wherever."""
    return tuple(
        replace(entry, hamlet=name, said=name)
        if entry.hamlet in (None, assumed) and any(entry.counts.values())
        else entry
        for entry in entries
    )
