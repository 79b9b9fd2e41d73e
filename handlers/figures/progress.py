"""/tong: how far the campaign is, or one's own communes, and what was counted on some days."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.figures import facts, here
from handlers.figures.facts import ONE_DAY, Board
from handlers.language.days import dated
from handlers.language.folding import fold
from handlers.messages import Message, Reply
from handlers.texts import listed
from handlers.turn import Answer, Scope, Turn, answers, command_button
from storage.campaign import communes, phases
from storage.campaign.communes import Commune
from storage.campaign.people import Role
from storage.campaign.phases import Phase
from storage.reports import tallies
from storage.reports.totals import Span

MOST_LINES = 60  # communes in one message
_MOST_NAMES = 3  # communes called by name in the first line
_YESTERDAY = frozenset({"hom qua", "homqua", "hqua", "qua", "ngay hom qua"})
_TODAY = frozenset({"", "hom nay", "homnay", "hnay", "nay", "ngay hom nay"})
_WEEK = frozenset({"tuan", "tuan nay", "ca tuan", "7 ngay"})
_PHASE = frozenset({"dot", "dot nay", "ca dot"})
_DATE = re.compile(r"(?:ngay )?([0-9]{1,2})(?:(?:[/.-]| thang )([0-9]{1,2})(?:[/.-][0-9]{2,4})?)?")


@dataclass(frozen=True, slots=True)
class Days:
    """Which days were asked for, and the text that names them: `ngày 19/05`, `tuần 14/05–20/05`."""

    span: Span
    text: str
    phase: Phase | None = None


@answers("tong", who=(Role.OFFICER, Role.LEAD, Role.ADMIN), scope=Scope.COMMUNES, help="tong", button=True)
def show(message: Message, turn: Turn) -> Answer:
    """Done, target and pace, commune by commune; `/tong hôm qua`, `tuần`, `đợt`, `ngày 20/5`: those days."""
    places = here.communes(turn)
    if not places:
        return turn.say("totals.none_visible") if turn.chat.private else turn.say("totals.not_here")
    answer = about(turn, places, fold(message.text))
    return answer if answer is not None else turn.say("totals.ways")


def about(turn: Turn, places: Sequence[Commune], wanted: str) -> Reply | None:
    """How far these communes are, or what they did on the days that folded words mean; None where they mean none."""
    if wanted in _TODAY:
        return _standing(turn, places)
    asked = days_asked(turn, wanted)
    if asked is None:
        return None
    if asked.span[0] > turn.work_day:
        return turn.say("totals.future", first=asked.span[0])
    return _days(turn, places, asked)


def head(turn: Turn, name: str, board: Board) -> str:
    """The first lines: done, today, pace."""
    day = turn.work_day
    return turn.text("totals.head", name=name, day=day, before=day - ONE_DAY, whole=board.whole, pace=board.pace)


def _standing(turn: Turn, places: Sequence[Commune]) -> Reply:
    board = facts.board(turn.tx, places, turn.work_day, finished=False)
    rows = [(facts.short(row.commune), row.standing) for row in board.rows] if len(places) > 1 else []
    return turn.say(
        "totals.standing",
        head=head(turn, name_of(turn, places), board),
        day=turn.work_day,
        rows=rows[:MOST_LINES],
        more=len(rows[MOST_LINES:]),
        buttons=(
            (
                command_button("Hôm qua", "/tong hôm qua"),
                command_button("Tuần", "/tong tuần"),
                command_button("Đợt", "/tong đợt"),
            ),
        ),
    )


def _days(turn: Turn, places: Sequence[Commune], asked: Days) -> Reply:
    counts = facts.spans(turn.tx, places, asked.span)
    name = name_of(turn, places)
    if not counts:
        return turn.say("totals.nothing", name=name, span=asked.text)
    rows = [(facts.short(place), counts.get(place.id, {})) for place in places] if len(places) > 1 else []
    return turn.say(
        "totals.days",
        name=name,
        span=asked.text,
        whole=tallies.merged(counts[place.id] for place in places if place.id in counts),
        rows=rows[:MOST_LINES],
        more=len(rows[MOST_LINES:]),
    )


def name_of(turn: Turn, places: Sequence[Commune]) -> str:
    """What these communes are called together: the campaign's name where they are all."""
    if len(places) == 1:
        return places[0].name
    whole = phases.current(turn.tx)
    if whole is not None and len(places) == len(communes.every(turn.tx)):
        return whole.name
    if len(places) <= _MOST_NAMES:
        return listed(map(facts.short, places))
    return turn.text("totals.several", number=len(places))


# Which days are meant


def days_asked(turn: Turn, wanted: str) -> Days | None:
    """The days that folded words mean, as after /tong; None where they mean none."""
    today = turn.work_day
    if wanted in _YESTERDAY:
        return _one_day(turn, today - ONE_DAY)
    if wanted in _WEEK:
        span = (today - timedelta(days=6), today)
        return Days(span, turn.text("totals.week", first=span[0], last=span[1]))
    phase = _phase(turn, wanted)
    if phase is not None:
        text = turn.text("totals.phase", phase=phase, first=phase.first, last=phase.last)
        return Days(facts.span_of(turn.tx, phase), text, phase)
    day = _date(wanted, today)
    return _one_day(turn, day) if day else None


def _one_day(turn: Turn, day: date) -> Days:
    return Days((day, day), turn.text("totals.one_day", first=day))


def _phase(turn: Turn, wanted: str) -> Phase | None:
    """The phase of this name, or the one of today."""
    if wanted in _PHASE:
        return phases.phase_on(turn.tx, turn.work_day)
    return next((phase for phase in phases.every(turn.tx) if fold(phase.name) == wanted), None)


def _date(wanted: str, today: date) -> date | None:
    """`ngay 20/5`, `20-5`, `ngay 20`: the day of that date that is nearest to today."""
    match = _DATE.fullmatch(wanted)
    if match is None:
        return None
    day = int(match[1])
    month = int(match[2]) if match[2] else (today if day <= today.day else today.replace(day=1) - ONE_DAY).month
    near = [found for past in (True, False) if (found := dated((day, month), today, past=past))]
    return min(near, key=lambda found: abs((found - today).days), default=None)
