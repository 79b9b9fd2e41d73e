"""/lichchay: an admin sees what is said unasked and when; has it said now, left out once, or shown to them first."""

from collections.abc import Sequence
from datetime import datetime

from handlers.buttons.pressed import Pressed
from handlers.language import fold
from handlers.messages import Button, Message, Reply
from handlers.running import occasions
from handlers.states import TIMETABLE
from handlers.timetable import Planned
from handlers.turn import Answer, Scope, Turn, answers, command_button
from storage.campaign.people import Role
from storage.engine.times import moment, stamp
from storage.running import orders, runs

_RUN, _SKIP, _TRIAL, _BACK = "run", "skip", "trial", "back"


@answers("lichchay", who=(Role.ADMIN,), scope=Scope.CAMPAIGN, group=False, help="lichchay", button=True, earnest=True)
def show(message: Message, turn: Turn) -> Answer:
    """All jobs with their next occasions; `/lichchay 2` or `/lichchay summary`: one, and what can be done about it."""
    known = [job for job in turn.house.timetable if job.speaks]
    wanted = fold(message.text)
    job = _named(turn, known, wanted) if wanted else None
    return _one(turn, job) if job is not None else _all(turn, known)


def _named(turn: Turn, known: Sequence[Planned], wanted: str) -> Planned | None:
    """By number, by name, or by what it is called in words."""
    if wanted.isdecimal() and 0 < int(wanted) <= len(known):
        return known[int(wanted) - 1]
    return next((job for job in known if wanted in (job.name, fold(title(turn, job.name)))), None)


def title(turn: Turn, job: str) -> str:
    """What a job is called in words."""
    return turn.text("timetable.title", job=job)


def _all(turn: Turn, known: Sequence[Planned]) -> Reply:
    rows = [(title(turn, job.name), _next(turn, job), _skipped(turn, job)) for job in known]
    each = [command_button(name, f"/lichchay {job.name}") for job, (name, _, _) in zip(known, rows, strict=True)]
    return turn.say("timetable.all", rows=rows, buttons=tuple((button,) for button in each))


def _one(turn: Turn, job: Planned) -> Reply:
    return Reply(_words(turn, job), (_ways(turn, job), _back()))


def _words(turn: Turn, job: Planned) -> str:
    return turn.text("timetable.one", name=title(turn, job.name), at=_next(turn, job), skipped=_skipped(turn, job))


def _back() -> tuple[Button, ...]:
    return (command_button("Cả lịch", "/lichchay"),)


def _ways(turn: Turn, job: Planned) -> tuple[Button, ...]:
    """What can be done about its next occasion."""
    left_out = occasions.skipped(turn.tx, job, turn.house, turn.now)
    due = left_out or occasions.next_of(turn.tx, job, turn.house, turn.now)
    label, what = ("Vẫn gửi lần tới", _BACK) if left_out else ("Bỏ lần tới", _SKIP)
    way = {label: f"{what}:{job.name}:{stamp(due)}"} if due is not None else {}
    choices = {"Chạy ngay": f"{_RUN}:{job.name}:0", **way, "Gửi thử cho tôi": f"{_TRIAL}:{job.name}:0"}
    return turn.offer(TIMETABLE, 0, choices)


def _next(turn: Turn, job: Planned) -> datetime | None:
    found = occasions.next_of(turn.tx, job, turn.house, turn.now)
    return turn.house.calendar.local(found) if found is not None else None


def _skipped(turn: Turn, job: Planned) -> datetime | None:
    found = occasions.skipped(turn.tx, job, turn.house, turn.now)
    return turn.house.calendar.local(found) if found is not None else None


@answers(offer=TIMETABLE, who=(Role.ADMIN,), scope=Scope.CAMPAIGN, earnest=True)
def press(pressed: Pressed, turn: Turn) -> Answer:
    """[Chạy ngay] [Bỏ lần tới] [Gửi thử cho tôi], and [Vẫn gửi lần tới]."""
    what, _, rest = pressed.choice.partition(":")
    name, _, due = rest.partition(":")
    job = next((job for job in turn.house.timetable if job.name == name), None)
    if job is None or not pressed.use(turn):
        return pressed.refuse(turn.text("helping.press_unknown"))
    if what in (_RUN, _TRIAL):
        return _order(pressed, turn, job, what)
    at = moment(int(due))
    if at <= turn.now:
        return pressed.refuse(turn.text("timetable.past"))
    called = title(turn, job.name)
    if what == _SKIP:
        runs.settle(turn.tx, job.name, at, at=turn.now, outcome="skipped")
        turn.on_record("job skipped", 0, detail=called)
    else:
        runs.take_back_skip(turn.tx, job.name, at)
        turn.on_record("job put back", 0, detail=called)
    return pressed.settle(_words(turn, job), buttons=(_ways(turn, job), _back()))


def _order(pressed: Pressed, turn: Turn, job: Planned, what: str) -> Answer:
    """The timetable does it in a moment, and says here what came of it."""
    called, kind = title(turn, job.name), orders.RUN if what == _RUN else orders.TRIAL
    orders.give(turn.tx, job.name, kind, day=turn.work_day, person=turn.me.id, chat=turn.chat.id, at=turn.now)
    if what == _RUN:
        turn.on_record("job run", 0, detail=called)
        return pressed.settle(turn.text("timetable.running", name=called))
    return pressed.settle(turn.text("timetable.trying", name=called), buttons=(_ways(turn, job), _back()))
