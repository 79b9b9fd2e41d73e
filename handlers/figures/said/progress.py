"""/tong: how far the campaign is, or one's own communes, and what was counted on some days."""

from collections.abc import Sequence

from handlers.figures.asked_for import asked, here, periods
from handlers.figures.asked_for.asked import PAGE, Asked, Way
from handlers.figures.asked_for.periods import Days, days_asked
from handlers.figures.gathered import changes, facts, official_beside
from handlers.figures.gathered.facts import ONE_DAY, Board
from handlers.figures.said import parts, ranking, worth_asking
from handlers.figures.said.naming import name_of
from handlers.figures.said.parts import Parts
from handlers.language.signs.folding import fold
from handlers.messages import Button, Message, Reply, Rows
from handlers.texts import OUTCOMES, short_day
from handlers.turn import OFFICERS, Answer, Scope, Turn, answers, command_button
from storage.campaign import phases
from storage.campaign.communes import Commune
from storage.campaign.people import Role
from storage.reports import tallies
from storage.reports.tallies import Counts

__all__ = ["Days", "about", "days_asked", "head", "name_of", "show"]

MOST_NAMES = 20  # in one line
MOST_ROWS = 8  # under the whole, where there are more than a page of them
IN_A_ROW = 3  # buttons
_MISSING = {Role.OFFICER: "/chuabao", Role.ADMIN: "/chuabao", Role.LEAD: "/to"}  # who asks, and what tells it
_MOST_PLACES = 6  # with a word each under the whole
_COMMAND = "/tong"
_BACK = "Số chung"


@answers("tong", who=(Role.OFFICER, Role.LEAD, Role.ADMIN), scope=Scope.COMMUNES, help="tong", button=True)
def show(message: Message, turn: Turn) -> Answer:
    """Done, target, pace, the slowest communes; `/tong hôm qua`, `tuần`, `đợt`, `ngày 20/5`, `… theo ngày`."""
    places = here.communes(turn)
    if not places:
        return turn.say("totals.none_visible") if turn.chat.private else turn.say("totals.not_here")
    answer = about(turn, places, fold(message.text))
    return answer if answer is not None else turn.say("totals.ways")


def about(turn: Turn, places: Sequence[Commune], wanted: str, command: str = _COMMAND) -> Reply | None:
    """How far these communes are, or what they did on the days that folded words mean; None where they mean none.

    After the days may stand `theo thôn` and the like, and a page. `command`: what buttons under the answer start with.
    """
    ask = asked.read(wanted)
    if ask.when in periods.TODAY and ask.way is None and not ask.silent:
        return _standing(turn, places, command)
    to_date = not (ask.when or ask.silent)
    days = None if to_date else days_asked(turn, ask.when or "hom nay")
    if days is None and not to_date:
        return None
    if days is not None and days.span[0] > turn.work_day:
        return turn.say("totals.future", first=days.span[0])
    if days is not None and ask.silent:
        return _silent(turn, places, days, ask)
    if days is not None and ask.way is None:
        return _days(turn, places, days, command)
    return _broken_down(turn, places, days, ask, command)


def head(turn: Turn, name: str, places: Sequence[Commune], board: Board) -> str:
    """The first lines: done, today beside yesterday, pace, what is expected."""
    day = turn.work_day
    return turn.text(
        "totals.head",
        name=name,
        day=day,
        before=day - ONE_DAY,
        whole=board.whole,
        pace=board.pace,
        official=official_beside.of(turn, places, board.whole),
        changes=changes.of(turn.tx, turn.house.calendar, places, day, turn.at),
    )


def _standing(turn: Turn, places: Sequence[Commune], command: str) -> Reply:
    board = facts.board(turn.tx, places, turn.work_day, finished=False)
    lines = ranking.lines(turn, board) if len(places) > 1 else []
    shown = lines if len(lines) <= PAGE else lines[:MOST_ROWS]
    return turn.say(
        "totals.standing",
        head=head(turn, name_of(turn, places), places, board),
        day=turn.work_day,
        rows=shown,
        more=len(lines) - len(shown),
        silent=sum(line.silent for line in lines),
        number=sum(line.at_work for line in lines),
        buttons=_standing_buttons(turn, places, len(lines) > len(shown), command),
    )


def _standing_buttons(turn: Turn, places: Sequence[Commune], cut: bool, command: str) -> Rows:
    """Everything else that can be asked for, in words."""
    here_of = [button(command, Asked("", way)) for way in _ways(places)]
    whole = [command_button(f"Xem đủ {len(places)} xã", f"{command} theo xa")] if cut else []
    rank = [command_button("Xếp hạng", "/xephang")] if len(places) > 1 and turn.me.role in _MISSING else []
    silent = [command_button("Ai chưa báo", _MISSING[turn.me.role])] if turn.me.role in _MISSING else []
    asking = worth_asking.buttons_to(turn, turn.work_day, places)
    first = in_rows([*whole, *rank, *silent, *asking], 2)
    few = places if 1 < len(places) <= _MOST_PLACES else ()
    each = [command_button(facts.short(place), f"/xa {place.code}") for place in few]
    rows = (*first, *in_rows(here_of, 2), periods_of(command), forms_of(turn, places), *in_rows(each))
    return tuple(row for row in rows if row)


def forms_of(turn: Turn, places: Sequence[Commune]) -> tuple[Button, ...]:
    """To the same numbers as a picture, a file, a page: what is given in private alone, only there."""
    role, of = turn.me.role, f" {places[0].code}" if len(places) == 1 else ""
    picture = [command_button("Biểu đồ", f"/tiendo{of}")] if role in _MISSING else []
    private = turn.chat.private and role in OFFICERS
    others = [command_button("Tệp Excel", f"/xuat{of}"), command_button("Trang số liệu", "/web")] if private else []
    return (*picture, *others)


def in_rows(buttons: Sequence[Button], number: int = IN_A_ROW) -> Rows:
    """So many in a row as a phone shows; of four two by two."""
    number = 2 if len(buttons) == 4 else number
    return tuple(tuple(buttons[at : at + number]) for at in range(0, len(buttons), number))


def _ways(places: Sequence[Commune]) -> list[Way]:
    ways = [Way.HAMLET, Way.STUDENT] if len(places) == 1 else []
    return [*ways, Way.DAY, Way.OUTCOME]


def periods_of(command: str) -> tuple[Button, ...]:
    """To other days."""
    return (
        command_button("Hôm qua", f"{command} hôm qua"),
        command_button("Tuần", f"{command} tuần"),
        command_button("Đợt", f"{command} đợt"),
    )


def button(command: str, ask: Asked, label: str = "") -> Button:
    """The button that asks for this."""
    name = label or (ask.way.label if ask.way is not None else "")
    return command_button(name, f"{command} {ask.words}")


# Some days


def _counts(turn: Turn, places: Sequence[Commune], days: Days | None) -> Counts:
    sums = facts.spans(turn.tx, places, days.span if days is not None else facts.EVER)
    return tallies.merged(sums[place.id] for place in places if place.id in sums)


def _days(turn: Turn, places: Sequence[Commune], days: Days, command: str) -> Reply:
    """The whole of some days, beside those before, and who did least of what was due."""
    whole, name = _counts(turn, places, days), name_of(turn, places)
    found = parts.by_commune(turn, places, days) if len(places) > 1 else Parts(())
    if not whole and not found.rows:
        return turn.say("totals.nothing", name=name, span=days.text, buttons=(periods_of(command),))
    shown = found.rows if len(found.rows) <= PAGE else found.rows[:MOST_ROWS]
    more = [button(command, Asked(days.words, Way.COMMUNE), f"Xem đủ {len(found.rows)} xã")]
    running = days.number > 1 and days.span[0] <= turn.work_day <= days.span[1]  # not over: it is like no others
    silent = [button(command, Asked(days.words, None, 1, True), "Xã chưa báo")]
    first = (more if len(found.rows) > len(shown) else []) + (silent if found.silent else [])
    ways = [way for way in _ways(places) if way is not Way.DAY or days.number > 1]
    asking = worth_asking.buttons_to(turn, days.span[0], places) if days.number == 1 else ()
    return turn.say(
        "totals.days",
        name=name,
        span=days.text,
        whole=whole,
        quota=sum(parts.quotas_until_today(turn, places, days.span).values()),
        running=running,
        before=None if running else _before(turn, places, days),
        length=days.number,
        changed=_changed(turn, places, days),
        rows=shown,
        more=len(found.rows) - len(shown),
        silent=len(found.silent),
        buttons=tuple(
            row
            for row in (
                tuple(first),
                *in_rows([*(button(command, Asked(days.words, way)) for way in ways), *asking]),
                _days_beside(turn, days, command),
            )
            if row
        ),
    )


def _days_beside(turn: Turn, days: Days, command: str) -> tuple[Button, ...]:
    """To the days before and after the one that is shown, and to how far it is now."""
    first = min((phase.first for phase in phases.every(turn.tx)), default=turn.work_day)
    near = (days.span[0] - ONE_DAY, days.span[1] + ONE_DAY) if days.number == 1 else ()
    ways = [
        command_button(f"Ngày {short_day(day)}", f"{command} {day:%d/%m/%Y}")
        for day in near
        if first <= day < turn.work_day
    ]
    return (*ways, command_button(_BACK, command))


def _before(turn: Turn, places: Sequence[Commune], days: Days) -> int | None:
    """The phones of as many days before these; None where these are many, or there were none."""
    if days.number > 7:
        return None
    first = days.span[0]
    counts = facts.spans(turn.tx, places, (first - ONE_DAY * days.number, first - ONE_DAY))
    return sum(counts[place.id].get("activated", 0) for place in places if place.id in counts) or None


def _changed(turn: Turn, places: Sequence[Commune], days: Days) -> int:
    """By how many phones these days were changed since this morning."""
    earlier = changes.of(turn.tx, turn.house.calendar, places, turn.work_day, turn.at).earlier
    return sum(n for day, n in earlier.items() if days.span[0] <= day <= days.span[1])


def _silent(turn: Turn, places: Sequence[Commune], days: Days, ask: Asked) -> Reply:
    """Who has nothing in these days, by name."""
    way = ask.way or Way.COMMUNE
    found = parts.of(turn, places, way, days).silent
    return turn.say(
        "totals.silent", name=name_of(turn, places), span=days.text, names=found, what=way.label.removeprefix("Theo ")
    )


# By hamlet, student, day, outcome


def _broken_down(turn: Turn, places: Sequence[Commune], days: Days | None, ask: Asked, command: str) -> Reply:
    """One page of the parts, after the whole."""
    assert ask.way is not None
    if ask.way is Way.OUTCOME:
        return _outcomes(turn, places, days, ask, command)
    if ask.way is Way.COMMUNE and days is None:
        return ranking.page(turn, places, ranking.SLOWEST_FIRST, ask.page, f"{command} theo xã")
    found = parts.of(turn, places, ask.way, days)
    pages = max(1, -(-len(found.rows) // PAGE))
    number = min(ask.page, pages)
    shown = found.rows[(number - 1) * PAGE : number * PAGE]
    of_phase = days is None and ask.way is not Way.HAMLET
    phase = days_asked(turn, "dot") if of_phase else None
    span = days or phase
    return turn.say(
        "totals.parts",
        name=name_of(turn, places),
        way=ask.way.label,
        by_hamlet=ask.way is Way.HAMLET,
        span=span.text if span is not None else "",
        phones=_counts(turn, places, span).get("activated", 0),
        rows=shown,
        page=number,
        pages=pages,
        silent=found.silent[:MOST_NAMES] if number == pages else (),
        more_silent=max(0, len(found.silent) - MOST_NAMES),
        silent_number=len(found.silent),
        rest=found.rest if number == pages else 0,
        buttons=_pages(command, Asked(ask.when, ask.way, number), pages),
    )


def _pages(command: str, ask: Asked, pages: int) -> Rows:
    near = [button(command, Asked(ask.when, ask.way, ask.page - 1), "Trang trước")] if ask.page > 1 else []
    near += [button(command, Asked(ask.when, ask.way, ask.page + 1), "Trang sau")] if ask.page < pages else []
    back = command_button(_BACK, f"{command} {ask.when}".strip())
    return (*((tuple(near),) if near else ()), (back,))


def _outcomes(turn: Turn, places: Sequence[Commune], days: Days | None, ask: Asked, command: str) -> Reply:
    counts = _counts(turn, places, days)
    return turn.say(
        "totals.outcomes",
        name=name_of(turn, places),
        span=days.text if days is not None else "",
        rows=[(counts[outcome], words) for outcome, words in OUTCOMES.items() if counts.get(outcome)],
        buttons=_pages(command, ask, 1),
    )
