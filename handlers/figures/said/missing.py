"""/chuabao: teams and students without a report on a day; who is on leave apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers import texts
from handlers.figures.asked_for import asked, here, periods
from handlers.figures.asked_for.asked import PAGE
from handlers.figures.gathered import facts
from handlers.figures.said import worth_asking
from handlers.figures.said.naming import name_of
from handlers.language.signs.folding import fold
from handlers.messages import Message, Reply
from handlers.turn import OFFICERS, Answer, Scope, Turn, answers, command_button
from storage.campaign import people, phases
from storage.campaign import teams as all_teams
from storage.campaign.communes import Commune
from storage.campaign.people import Person
from storage.campaign.teams import Team
from storage.field import leave
from storage.reports import totals

_COMMAND = "/chuabao"


@dataclass(frozen=True, slots=True)
class Absent:
    """Who of a team has no report: `names`, those on leave apart. `whole`: nobody on duty there has one."""

    commune: str
    names: tuple[str, ...]
    off: tuple[str, ...]
    students: int

    @property
    def whole(self) -> bool:
        """Whether nobody of the team who is on duty has reported."""
        return bool(self.names) and len(self.names) + len(self.off) == self.students


@answers("chuabao", who=OFFICERS, scope=Scope.COMMUNES, help="chuabao", button=True)
def show(message: Message, turn: Turn) -> Answer:
    """Who has not reported today; `/chuabao hôm qua`, `/chuabao trang 2`."""
    places = here.communes(turn)
    if not places:
        return turn.say("totals.none_visible") if turn.chat.private else turn.say("totals.not_here")
    answer = about(turn, places, fold(message.text))
    return answer if answer is not None else turn.say("missing.ways")


def about(turn: Turn, places: Sequence[Commune], wanted: str) -> Reply | None:
    """Who in these communes has no report on the day that folded words mean ('': today); None where they mean none."""
    ask = asked.read(wanted)
    days = periods.days_asked(turn, ask.when or "hom nay")
    if days is None or days.number > 1 or ask.way is not None:
        return None
    day = days.span[0]
    if day > turn.work_day:
        return turn.say("totals.future", first=day)
    phase = phases.phase_on(turn.tx, day)
    if phase is None or not phase.first <= day <= phase.last:
        return turn.say("missing.no_phase", day=day, phase=phase)
    return _page(turn, places, day, ask.page)


def of(turn: Turn, places: Sequence[Commune], day: date) -> list[Absent]:
    """The teams of these communes at work on a day, with who has no report; whole teams first, then the most names."""
    phase = phases.phase_on(turn.tx, day)
    if phase is None:
        return []
    known, only = {place.id: place for place in places}, facts.only(places)
    reported, off = totals.reporters(turn.tx, phase.id, day, commune=only), leave.in_phase(turn.tx, phase.id, day)
    found = [
        _absent(turn, team, facts.short(known[team.commune]), reported.get(team.id, set()), off.get(team.id, set()))
        for team in all_teams.of_phase(turn.tx, phase.id)
        if team.commune in known
    ]
    return sorted(found, key=lambda one: (not one.whole, -len(one.names), one.commune))


def _absent(turn: Turn, team: Team, commune: str, reported: set[int], off: set[int]) -> Absent:
    students = texts.in_order(people.of_team(turn.tx, team.id))
    names = texts.short_names(students)

    def called(those: Sequence[Person]) -> tuple[str, ...]:
        return tuple(names[one.id] for one in those)

    without = [one for one in students if one.id not in reported]
    return Absent(
        commune,
        called([one for one in without if one.id not in off]),
        called([one for one in without if one.id in off]),
        len(students),
    )


def _page(turn: Turn, places: Sequence[Commune], day: date, number: int) -> Reply:
    found = of(turn, places, day)
    rows = [one for one in found if one.names]
    pages = max(1, -(-len(rows) // PAGE))
    number = min(max(1, number), pages)
    again = f"{_COMMAND} {day:%d/%m/%Y}" if day != turn.work_day else _COMMAND
    near = [command_button("Trang trước", f"{again} trang {number - 1}")] if number > 1 else []
    near += [command_button("Trang sau", f"{again} trang {number + 1}")] if number < pages else []
    if day == turn.work_day:
        near.append(command_button("Hôm qua", f"{_COMMAND} hôm qua"))
    more = worth_asking.buttons_to(turn, day, places)
    return turn.say(
        "missing.page",
        name=name_of(turn, places),
        day=day,
        teams=sum(one.students > 0 for one in found),
        whole=sum(one.whole for one in found),
        students=sum(one.students for one in found),
        absent=sum(len(one.names) for one in found),
        off=[one for one in found if one.off],
        rows=rows[(number - 1) * PAGE : number * PAGE],
        page=number,
        pages=pages,
        buttons=tuple(row for row in (tuple(near), more) if row),
    )
