"""/xephang: communes by how far they are and by today, the best or the slowest first, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.figures.asked_for import here
from handlers.figures.asked_for.asked import PAGE
from handlers.figures.gathered import facts
from handlers.figures.gathered.facts import Board, Standing
from handlers.figures.said.naming import name_of
from handlers.language.signs.folding import fold
from handlers.messages import Message, Reply
from handlers.turn import Answer, Scope, Turn, answers, command_button
from storage.campaign.communes import Commune
from storage.campaign.people import Role
from storage.field import leave
from storage.reports import totals

_COMMAND = "/xephang"
_BY_TODAY = frozenset({"hom nay", "nay", "theo hom nay", "trong ngay"})
_WORST = frozenset({"thap", "cham", "thap truoc", "cham truoc", "cham nhat", "thap nhat"})


@dataclass(frozen=True, slots=True)
class Line:
    """A commune. `at_work`: it has a team today; `silent`: nobody of it has reported; `off`: all are on leave."""

    name: str
    standing: Standing
    silent: bool = False
    off: bool = False
    at_work: bool = False

    @property
    def share(self) -> float | None:
        """Done of the target; None where there is none."""
        return self.standing.done / self.standing.target if self.standing.target else None


@dataclass(frozen=True, slots=True)
class Order:
    """How communes are ranked."""

    by_today: bool = False
    worst_first: bool = False

    @property
    def words(self) -> str:
        """With these words after the command it is asked for."""
        return " ".join(filter(None, ["hôm nay" if self.by_today else "", "thấp" if self.worst_first else ""]))


SLOWEST_FIRST = Order(worst_first=True)


def lines(turn: Turn, board: Board, order: Order = SLOWEST_FIRST) -> list[Line]:
    """The communes in this order; those without a target come last where it is by share."""
    pace = board.pace
    on = pace is not None and not pace.before and not pace.over
    only = facts.only([row.commune for row in board.rows])
    reported = totals.reporters(turn.tx, pace.phase.id, turn.work_day, commune=only) if pace and on else {}
    off = leave.in_phase(turn.tx, pace.phase.id, turn.work_day) if pace and on else {}
    found = []
    for row in board.rows:
        at_work = on and row.team is not None and row.students > 0
        without = at_work and row.team not in reported and not row.standing.today
        away = without and len(off.get(row.team or 0, ())) >= row.students
        found.append(Line(facts.brief(row.commune), row.standing, without and not away, away, at_work and not away))
    return in_order(found, order)


def in_order(found: Sequence[Line], order: Order) -> list[Line]:
    """Sorted; of the same share or number by name."""
    sign = 1 if order.worst_first else -1
    if order.by_today:
        return sorted(found, key=lambda one: (sign * one.standing.phones_today, sign * (one.share or 0), one.name))
    return sorted(
        found, key=lambda one: (one.share is None, sign * (one.share or 0), sign * one.standing.done, one.name)
    )


@answers("xephang", who=(Role.OFFICER, Role.LEAD, Role.ADMIN), scope=Scope.COMMUNES, help="xephang", button=True)
def show(message: Message, turn: Turn) -> Answer:
    """By share of the target, the best first; `/xephang hôm nay`, `/xephang thấp`, `/xephang trang 2`."""
    places = here.communes(turn)
    if not places:
        return turn.say("totals.none_visible") if turn.chat.private else turn.say("totals.not_here")
    words, _, number = fold(message.text).partition("trang ")
    order, rest = Order(), words.strip()
    for word in sorted(_WORST, key=len, reverse=True):
        if rest.endswith(word):
            order, rest = replace(order, worst_first=True), rest.removesuffix(word).strip()
            break
    if rest in _BY_TODAY:
        order = replace(order, by_today=True)
    elif rest not in ("", "theo %", "%"):
        return turn.say("ranking.ways")
    return page(turn, places, order, int(number) if number.isdecimal() else 1)


def page(turn: Turn, places: Sequence[Commune], order: Order, number: int, command: str = "") -> Reply:
    """One page, after the whole. `command`: what shows its pages, where that is not the ranking itself."""
    board = facts.board(turn.tx, places, turn.work_day, finished=False)
    if len(places) == 1:
        return turn.say("ranking.one", name=places[0].name, buttons=((command_button("Xem xã đó", "/tong"),),))
    ranked = lines(turn, board, order)
    pages = max(1, -(-len(ranked) // PAGE))
    number = min(max(1, number), pages)
    first = (number - 1) * PAGE
    again = command or f"{_COMMAND} {order.words}".strip()
    near = [command_button("Trang trước", f"{again} trang {number - 1}")] if number > 1 else []
    near += [command_button("Trang sau", f"{again} trang {number + 1}")] if number < pages else []
    other, turned = replace(order, by_today=not order.by_today), replace(order, worst_first=not order.worst_first)
    switch = (
        command_button("Theo %" if order.by_today else "Theo hôm nay", f"{_COMMAND} {other.words}".strip()),
        command_button("Cao trước" if order.worst_first else "Thấp trước", f"{_COMMAND} {turned.words}".strip()),
    )
    return turn.say(
        "ranking.page",
        name=name_of(turn, places),
        day=turn.work_day,
        whole=board.whole,
        order=order,
        rows=list(enumerate(ranked, 1))[first : first + PAGE],
        page=number,
        pages=pages,
        silent=sum(line.silent for line in ranked),
        buttons=(*((tuple(near),) if near else ()), switch),
    )
