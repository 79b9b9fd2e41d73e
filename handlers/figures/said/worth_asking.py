"""/luuy: what an officer or a lead may want to ask about a day. Everything counts as before.

A day of a campaign as it is meant is looked at whole. One of far more reports is looked at part by part, some communes
each, since nobody's answer is to wait for it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.calendar import Calendar
from handlers.figures.asked_for import here, periods
from handlers.figures.gathered import facts, worth
from handlers.figures.gathered.facts import ONE_DAY
from handlers.figures.gathered.worth import Question, Told
from handlers.language.signs.folding import fold
from handlers.messages import Button, Message, Rows
from handlers.places.finding import find_commune
from handlers.texts import short_day
from handlers.turn import Answer, Scope, Turn, answers, command_button
from storage.campaign import communes as all_communes
from storage.campaign import people, phases, teams
from storage.campaign.communes import Commune
from storage.campaign.people import Role
from storage.engine.transaction import Transaction
from storage.reports import of_day

MOST = 8  # questions in one message
MOST_REPORTS = 4000  # looked at at once, in some 50 ms: a hundred students have 2,500 of an evening
_TEXTS = {
    "one_failure": "worth.one_failure",
    "fast_hour": "worth.fast_hour",
    "equal_again": "worth.equal_again",
    "copied_total": "worth.copied_total",
}
_TODAY = frozenset({"", "hom nay", "nay"})
_PLACE = re.compile(r"(?P<day>.*?)(?: ?phan (?P<part>[0-9]{1,3}))?(?: ?trang (?P<page>[0-9]{1,3}))?", re.DOTALL)


_WHO = (Role.OFFICER, Role.LEAD, Role.ADMIN)


def buttons_to(turn: Turn, day: date, places: Sequence[Commune]) -> tuple[Button, ...]:
    """The button beside a day's numbers of these communes, where what may be asked is told: in private alone."""
    if not (turn.chat.private and turn.me.role in _WHO):
        return ()
    return (command_button("Điều nên hỏi", _command(turn, places, day)),)


def _command(turn: Turn, places: Sequence[Commune], day: date) -> str:
    """What tells it of a day, of one commune or of all that this person sees."""
    of = f" {places[0].code}" if len(places) == 1 and turn.me.role is not Role.LEAD else ""
    return f"/luuy{of}" + ("" if day == turn.work_day else f" {day:%d/%m/%Y}")


@answers(
    "luuy",
    who=_WHO,
    scope=Scope.COMMUNES,
    group=False,
    help="luuy",
    button=True,
    long=True,
)
def show(message: Message, turn: Turn) -> Answer:
    """What to ask about a day, today's or the one that is named; of the communes that this person sees, or of one."""
    places = here.communes(turn)
    if not places:
        return turn.say("totals.none_visible")
    words, part, page = _place(fold(message.text.strip()))
    places, day = _of_which(turn, places, words)
    if day is None:
        return turn.say("worth.ways")
    parts = _parts(turn.tx, places, day)
    part = min(part, len(parts))
    told = gather(turn.tx, turn.house.calendar, parts[part - 1], day)
    found = worth.questions(told)
    pages = max(1, -(-len(found) // MOST))
    here_of = _Place(_command(turn, places, day), min(page, pages), pages, part, len(parts))
    first = (here_of.page - 1) * MOST
    return turn.say(
        "worth.found" if found else "worth.nothing",
        day=day,
        reports=len(told),
        number=len(found),
        lines=[_line(turn, one) for one in found[first : first + MOST]],
        before=first,
        where=turn.text("worth.where", at=here_of, communes=[facts.short(place) for place in parts[part - 1]]),
        name=places[0].name if len(places) == 1 and turn.me.role is not Role.LEAD else "",
        buttons=_buttons(turn, places, day, here_of),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Which page of so many is shown, of which part of so many of a day, which the command shows."""

    day: str
    page: int
    pages: int
    part: int
    parts: int

    def command(self, *, page: int = 1, part: int) -> str:
        """What shows another page of it."""
        of = self.day + (f" phần {part}" if part > 1 else "")
        return of + (f" trang {page}" if page > 1 else "")


def _place(words: str) -> tuple[str, int, int]:
    """The words of the day, the part and the page in what was asked."""
    found = _PLACE.fullmatch(words)
    assert found is not None  # whatever is asked has it
    return found["day"], max(1, int(found["part"] or 1)), max(1, int(found["page"] or 1))


def _of_which(turn: Turn, visible: list[Commune], words: str) -> tuple[list[Commune], date | None]:
    """The communes and the day that are meant: `xuan thu hom qua`; no day where they mean none, or are not seen."""
    parts_of = words.split()
    for number in range(len(parts_of), 0, -1):
        found = find_commune(" ".join(parts_of[:number]), visible).found
        day = _day(turn, " ".join(parts_of[number:]))
        if found is not None and day is not None:
            return [found], day
    return visible, _day(turn, words)


def _buttons(turn: Turn, places: Sequence[Commune], day: date, at: _Place) -> Rows:
    """To what is not shown of this day, and to the days beside it."""
    near = [("Trang trước", at.command(page=at.page - 1, part=at.part))] if at.page > 1 else []
    near += [("Trang sau", at.command(page=at.page + 1, part=at.part))] if at.page < at.pages else []
    near += [("Các xã trước", at.command(part=at.part - 1))] if at.part > 1 else []
    near += [("Các xã sau", at.command(part=at.part + 1))] if at.part < at.parts else []
    yesterday, before = turn.work_day - ONE_DAY, day - ONE_DAY
    label = "Hôm qua" if before == yesterday else f"Ngày {short_day(before)}"
    begun = min((phase.first for phase in phases.every(turn.tx)), default=day)
    days = [(label, _command(turn, places, before))] if before >= begun else []
    days += [("Hôm nay", _command(turn, places, turn.work_day))] if day != turn.work_day else []
    return tuple(tuple(command_button(*one) for one in row) for row in (near, days) if row)


def _parts(tx: Transaction, places: Sequence[Commune], day: date) -> list[list[Commune]]:
    """The communes in as few parts as have no more reports than are looked at at once, in their order."""
    number = dict[int, int]()
    reports = of_day.most_of_teams(tx, day)
    for team in teams.every(tx):
        number[team.commune] = number.get(team.commune, 0) + reports.get(team.id, 0)
    parts, n = list[list[Commune]]([[]]), 0
    for place in places:
        n += number.get(place.id, 0)
        if n > MOST_REPORTS and parts[-1]:
            parts.append([])
            n = number.get(place.id, 0)
        parts[-1].append(place)
    return parts


def number(tx: Transaction, calendar: Calendar, day: date) -> int | None:
    """How much there is to ask about a day, of all communes; None where that is more than is looked at at once."""
    places = all_communes.every(tx)
    parts = _parts(tx, places, day)
    return len(worth.questions(gather(tx, calendar, places, day))) if len(parts) == 1 else None


def gather(tx: Transaction, calendar: Calendar, communes: Sequence[Commune], day: date) -> list[Told]:
    """The facts of a day that the rules look at: its reports in these communes."""
    wanted = {place.id for place in communes}
    own = [team.id for team in teams.every(tx) if team.commune in wanted]
    return [
        Told(one.person, one.team, calendar.local(one.at), one.counts, worth.cause_of(one.words) if one.words else "")
        for one in of_day.of_teams(tx, own, day)
    ]


def _day(turn: Turn, wanted: str) -> date | None:
    """The one day that is meant, until today; None where none is."""
    if wanted in _TODAY:
        return turn.work_day
    asked = periods.days_asked(turn, wanted)
    if asked is None or asked.span[0] != asked.span[1] or asked.span[0] > turn.work_day:
        return None
    return asked.span[0]


def _line(turn: Turn, question: Question) -> str:
    """What was seen, and what may be asked."""
    known = {place.id: facts.short(place) for place in all_communes.every(turn.tx)}
    where = [known[teams.by_id(turn.tx, team).commune] for team in question.teams]
    found = [people.by_id(turn.tx, person) for person in question.people]
    return turn.text(
        _TEXTS[question.rule],
        one=question,
        names=[person.name for person in found if person is not None],
        places=list(dict.fromkeys(where)),
    )
