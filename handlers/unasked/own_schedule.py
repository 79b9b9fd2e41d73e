"""/lichnhac: what the bot will tell somebody unasked, and when; what is one's own may be moved or muted."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from handlers.buttons.pressed import Pressed
from handlers.language.signs.folding import fold
from handlers.messages import Button, Message, Reply, Rows
from handlers.states import OWN_TIMES
from handlers.turn import STUDENTS, Answer, Behind, Scope, Turn, answers
from handlers.unasked import evening
from storage.campaign.people import Role
from storage.running import wishes
from storage.talk import chats

HALF_AN_HOUR = 30  # minutes
MOST_TIMES = 6  # to choose from
IN_A_ROW = 3
_SUMMARY = "summary"  # everybody's comes at the same moment; a copy of one's own may be left out
# Between which times something makes sense for one person.
_BETWEEN: Mapping[str, tuple[time, time]] = {
    "plan": (time(14), time(20)),
    "nudge": (time(20), time(23, 30)),
    "names": (time(21), time(23, 30)),
    "digest": (time(6), time(11)),
}
_CALLED: Mapping[str, re.Pattern[str]] = {  # as people call them, the plainest first
    "plan": re.compile(r"\bke hoach\b"),
    "names": re.compile(r"\bten\b"),
    "digest": re.compile(r"\b(?:tong ket|chien dich|sang)\b"),
    _SUMMARY: re.compile(r"\btong ket\b"),
    "nudge": re.compile(r"\b(?:nhac|bao cao)\b"),
}
_CLOCK = re.compile(r"\b([01]?\d|2[0-3]) ?(?:h|g|gio|:) ?([0-5]\d)?\b")
_NUMBER = re.compile(r"\b([1-9])\b")
_OFF, _ON, _COMMON = re.compile(r"\btat\b"), re.compile(r"\b(?:bat|mo)\b"), re.compile(r"\bchung\b")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that somebody is told in private. `common`: the time of all; `movable`: it may have another."""

    job: str
    at: time
    common: time
    muted: bool
    movable: bool


@answers("lichnhac", scope=Scope.OWN, group=False, help="lichnhac", earnest=True, behind=Behind.WORDS)
def show(message: Message, turn: Turn) -> Answer:
    """All of it, with ways to change what is one's own: `/lichnhac tắt 2`, `/lichnhac kế hoạch 16h30`."""
    items = _items(turn)
    said = fold(message.text)
    if not said:
        return _list(turn, items)
    clock = _CLOCK.search(said)
    rest = said[: clock.start()] + said[clock.end() :] if clock else said
    item = _meant(items, rest)
    if item is None:
        return turn.say("own_times.ways", items=items)
    if _OFF.search(rest):
        return _changed(turn, item, at=_wished(item), muted=True)
    if clock is not None:
        return _at(turn, item, time(int(clock[1]), int(clock[2] or 0)))
    if _ON.search(rest) or _COMMON.search(rest):
        return _changed(turn, item, at=None if _COMMON.search(rest) else _wished(item), muted=False)
    return _choose(turn, item) if item.movable else _list(turn, items)


@answers(offer=OWN_TIMES, scope=Scope.OWN, earnest=True)
def press(pressed: Pressed, turn: Turn) -> Answer:
    """[Dời 1] asks for the time, [Tắt 1] mutes, [Bật 1] lets it be said again; [Lúc 16:30] is the time."""
    what, _, rest = pressed.choice.partition(":")
    job, _, minute = rest.partition(":")
    items = _items(turn)
    item = next((one for one in items if one.job == job), None)
    if pressed.offer.person != turn.me.id or not pressed.use(turn):
        return pressed.refuse(turn.text("helping.press_other"))
    if item is None:
        said = _list(turn, items)  # [Thôi], or what is said to people of this role no more
    elif what == "move":
        said = _choose(turn, item)
    elif what == "at":
        said = _at(turn, item, time(*divmod(int(minute), 60)))
    else:
        said = _changed(turn, item, at=None if what == "common" else _wished(item), muted=what == "mute")
    return pressed.settle(said.text, buttons=said.buttons)


def _items(turn: Turn) -> list[Item]:
    """What is told to the one who speaks alone, in the order of the evening."""
    times, wished = turn.house.times, wishes.of(turn.tx, turn.me.id)
    own = evening.own(turn.tx, turn.house, turn.me)
    jobs = list(evening.jobs_of(turn.tx, times, turn.me))
    if turn.me.role == Role.LEAD or (turn.me.role == Role.OFFICER and "digest" not in jobs):
        jobs.append(_SUMMARY)
    items = []
    for job in jobs:
        common: time = getattr(times, job)
        muted = job in wished and wished[job].muted
        at = own.at.get(job) or (wished[job].at if job in wished else None) or common
        items.append(Item(job, at, common, muted, movable=job in evening.MOVABLE))
    return items


def _meant(items: Sequence[Item], said: str) -> Item | None:
    """Which of them is named, by its number or its name; where there is one alone, that."""
    number = _NUMBER.search(said)
    if number is not None:
        return items[int(number[1]) - 1] if int(number[1]) <= len(items) else None
    named = [item for job, called in _CALLED.items() for item in items if item.job == job and called.search(said)]
    if named or len(items) != 1:
        return named[0] if named else None
    return items[0]


def _wished(item: Item) -> time | None:
    return item.at if item.at != item.common else None


def _list(turn: Turn, items: Sequence[Item], *, done: str = "") -> Reply:
    team = turn.team_on(turn.work_day) if turn.me.role in STUDENTS else None
    text = turn.text(
        "own_times.list",
        done=done,
        items=items,
        times=turn.house.times,
        group=team is not None and bool(chats.of_team(turn.tx, team.id)),
        in_team=team is not None,
        most=evening.MOST,
    )
    return Reply(text, _ways(turn, items))


def _ways(turn: Turn, items: Sequence[Item]) -> Rows:
    """[Dời 1] [Tắt 1], a row for each; of several the number tells which."""
    rows: list[dict[str, str]] = []
    for n, item in enumerate(items, 1):
        on_off = {f"Bật {n}": f"on:{item.job}"} if item.muted else {f"Tắt {n}": f"mute:{item.job}"}
        rows.append(({f"Dời {n}": f"move:{item.job}"} if item.movable and not item.muted else {}) | on_off)
    return _in_rows(turn, rows)


def _in_rows(turn: Turn, rows: Sequence[Mapping[str, str]]) -> Rows:
    """One offer for all of the rows: the first press uses all up, and is answered with fresh ones."""
    choices = {label: choice for row in rows for label, choice in row.items()}
    if not choices:
        return ()
    made: dict[str, Button] = {button.label: button for button in turn.offer(OWN_TIMES, turn.me.id, choices)}
    return tuple(tuple(made[label] for label in row) for row in rows)


def _choose(turn: Turn, item: Item) -> Reply:
    """The times that it may have."""
    near = [one for one in _half_hours(turn, item) if one not in (item.at, item.common)]
    near = sorted(sorted(near, key=lambda one: abs(_minutes(one) - _minutes(item.at)))[:MOST_TIMES])
    labels = {f"Lúc {one:%H:%M}": f"at:{item.job}:{_minutes(one)}" for one in near}
    rows = [dict(list(labels.items())[at : at + IN_A_ROW]) for at in range(0, len(labels), IN_A_ROW)]
    back = {f"Giờ chung {item.common:%H:%M}": f"common:{item.job}"} if item.at != item.common else {}
    return turn.say("own_times.choose", item=item, buttons=_in_rows(turn, [*rows, back | {"Thôi": "back"}]))


def _half_hours(turn: Turn, item: Item) -> list[time]:
    first, last = _BETWEEN[item.job]
    every = [time(*divmod(minute, 60)) for minute in range(_minutes(first), _minutes(last) + 1, HALF_AN_HOUR)]
    return [one for one in every if _makes_sense(turn, item, one)]


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _makes_sense(turn: Turn, item: Item, wanted: time) -> bool:
    first, last = _BETWEEN[item.job]
    return first <= wanted <= last and not turn.house.times.is_quiet(wanted)


def _at(turn: Turn, item: Item, wanted: time) -> Reply:
    """It comes at this time from now on, where that makes sense."""
    if not item.movable:
        return turn.say("own_times.not_movable", item=item)
    if wanted != item.common and not _makes_sense(turn, item, wanted):
        first, last = _BETWEEN[item.job]
        return turn.say("own_times.no_sense", item=item, first=first, last=last, wanted=wanted)
    return _changed(turn, item, at=wanted if wanted != item.common else None, muted=False)


def _changed(turn: Turn, item: Item, *, at: time | None, muted: bool) -> Reply:
    """The wish is kept, and all is shown as it is now."""
    wishes.put(turn.tx, turn.me.id, item.job, at=at, muted=muted, when=turn.now)
    items = _items(turn)
    after = next(one for one in items if one.job == item.job)
    beside = [one for one in items if one != after and not one.muted and one.movable and one.at == after.at]
    past = not muted and _is_past(turn, after.at) and after.at != item.at
    done = turn.text("own_times.done", item=after, beside=beside, past=past)
    return _list(turn, items, done=done)


def _is_past(turn: Turn, at: time) -> bool:
    """Whether that time of this work day is over."""
    calendar = turn.house.calendar
    begins = calendar.starts(turn.work_day)
    moment = datetime.combine(turn.work_day, at, calendar.zone)
    return (moment if moment >= begins else moment + timedelta(days=1)) < turn.now
