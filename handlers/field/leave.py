"""/xinnghi: off duty today or on days to come; the bot does not nudge, the lead hears of it, a button takes it back."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from handlers.buttons.pressed import Pressed
from handlers.field.days_named import ONE_DAY, named
from handlers.language import fold
from handlers.language.where_and_when.days import no_such_day
from handlers.messages import Button, Message, Reply, Saying
from handlers.states import LEAVE
from handlers.turn import OFFER_LASTS, STUDENTS, Answer, Scope, Turn, answers
from storage.campaign import accounts, people, teams
from storage.campaign.people import Person, Role
from storage.engine.times import day_number, day_of
from storage.field import leave
from storage.reports import reports

_ASKS = re.compile(r"\b(?:xin|cho) (?:phep )?(?:(?:em|e|minh|toi|tui|chau) )?(?:duoc |xin )?nghi\b")
_OF_OTHERS = re.compile(
    r"\b(?:co ai|ai|(?:ban|em|dua|nguoi|hv) nao|may (?:ban|em|dua|nguoi)) (?:\w+ )?xin (?:phep )?nghi\b"
    r"|\b(?:co|da) xin (?:phep )?nghi(?: (?!duoc|dc)\w+){0,2} (?:khong|ko|k|chua)\b"
)
_OWN = re.compile(r"(?:^|\b(?:em|e|minh|toi|tui|chau|mai|kia|nay|[0-9])\b) *xin (?:phep )?(?:duoc )?nghi\b")
_CLAUSE = re.compile(r"[,;\n]|[.!?](?!\d)")
_SAYS = re.compile(r"\b(?:om|em|e|nay|toi nay) (?:duoc |xin |se |phai )?nghi\b|\bnghi (?:om|toi nay|hom nay)\b")


@answers("xinnghi", who=STUDENTS, scope=Scope.OWN, help="xinnghi")
def ask(message: Message, turn: Turn) -> Answer:
    """Off duty today, or on the days named: `/xinnghi mai`, `/xinnghi 25/5-27/5`."""
    found = named(message.text, turn.work_day)
    if found is None:
        return turn.say("leave.ways", first=turn.work_day + 5 * ONE_DAY, last=turn.work_day + 7 * ONE_DAY)
    return take(turn, turn.me, found.days or (turn.work_day,))


def asked(text: str, turn: Turn, *, question: bool) -> tuple[date, ...] | None:
    """The days on which somebody says that they are off duty: `mai em xin nghỉ ạ`; None where nobody does.

    `question`: the message asks something; then only who asks for leave is meant.
    """
    said = fold(text)
    if _OF_OTHERS.search(said):
        return None  # `có ai xin nghỉ hôm nay không`, `Chi có xin nghỉ không`
    asks = _ASKS.search(said) is not None
    if not asks and (question or not _SAYS.search(said)):
        return None
    found = named(said, turn.work_day)
    if found is None:
        return None
    return found.days or (turn.work_day,)


def never(text: str, turn: Turn) -> str | None:
    """The day that no calendar has on which somebody asks to be off duty: `em xin nghỉ 31/2`."""
    said = fold(text)
    return no_such_day(said, turn.work_day) if _ASKS.search(said) else None


def beside(text: str, turn: Turn) -> tuple[date, ...] | None:
    """The days that a report asks for beside its work, in a clause of its own: `xóm 4 được 3, mai em xin nghỉ`."""
    clause = next((one for one in map(fold, _CLAUSE.split(text)) if _OWN.search(one)), None)
    return asked(clause, turn, question=True) if clause is not None else None


def offer(turn: Turn, days: Sequence[date]) -> Reply:
    """What was said in words is stored after a yes; of a day with a report it is said at once that none is needed."""
    open_days = _open(turn, turn.me, days)
    if not open_days:
        return turn.say("leave.none", days=in_words(turn, days), past=max(days) < turn.work_day, worked="")
    worked = [day for day in open_days if reports.has_any(turn.tx, turn.me.id, day)]
    free = [day for day in open_days if day not in worked]
    if not free:
        return turn.say("leave.has_report", worked=in_words(turn, worked))
    buttons = turn.offer(LEAVE, day_number(free[0]), {"Xin nghỉ": f"take:{_encoded(free)}"})
    return turn.say("leave.offer", days=in_words(turn, free), worked=in_words(turn, worked), buttons=(buttons,))


def take(turn: Turn, student: Person, days: Sequence[date], *, replaces: int | None = None) -> list[Saying]:
    """Stores days off, and tells who leads the student; a day with a report stays one of work."""
    free = _open(turn, student, days)
    worked = [day for day in free if reports.has_any(turn.tx, student.id, day)]
    off = [day for day in free if day not in worked]
    new = leave.take(turn.tx, student.id, off)
    if new and student.id != turn.me.id:
        turn.on_record("day off", student.id, detail=in_words(turn, new))
    told = _leads(turn, student, new) if new else []
    heard = _tell(turn, student, new) if new else []
    text = turn.text_for(
        student,
        "leave.taken" if off else "leave.none",
        days=in_words(turn, off or worked or days),
        past=bool(days) and max(days) < turn.work_day,
        worked=in_words(turn, worked),
        left=in_words(turn, [day for day in days if day not in free and day >= turn.work_day]),
        told=[one.name for one in told] if heard else [],
        led=any(one.role == Role.LEAD for one in told),
    )
    buttons = (_back(turn, student, off),) if off else ()
    return [Reply(text, buttons, replaces=replaces), *heard]


@answers(offer=LEAVE, who=STUDENTS, scope=Scope.OWN)
def press(pressed: Pressed, turn: Turn) -> Answer:
    """[Xin nghỉ] takes the days that were said in words, [Không nghỉ nữa] gives back those that are still to come."""
    what, _, days = pressed.choice.partition(":")
    if pressed.offer.person != turn.me.id or not pressed.use(turn):
        return pressed.refuse(turn.text("helping.press_other"))
    meant = [day for day in _decoded(days) if day >= turn.work_day]
    if what == "take":
        return take(turn, turn.me, meant or list(_decoded(days)), replaces=pressed.said_in)
    back = leave.give_back(turn.tx, turn.me.id, meant)
    if not back:
        return pressed.settle(turn.text("leave.nothing_back"))
    heard = _tell(turn, turn.me, back, back=True)
    return [*pressed.settle(turn.text("leave.given_back", days=in_words(turn, back))), *heard]


def in_words(turn: Turn, days: Sequence[date]) -> str:
    """`hôm nay`, `ngày 25/05`, `từ ngày 25/05 đến hết ngày 27/05`; '' for none."""
    return turn.text("leave.days", spans=list(_spans(days)), tomorrow=turn.work_day + ONE_DAY) if days else ""


def _open(turn: Turn, student: Person, days: Sequence[date]) -> list[date]:
    """Those of the days that are to come, or today, in a phase of the student."""
    places = teams.places_of(turn.tx, student.id)
    return [day for day in days if day >= turn.work_day and any(place.covers(day) for place in places)]


def _back(turn: Turn, student: Person, off: Sequence[date]) -> tuple[Button, ...]:
    lasts = turn.house.calendar.starts(off[-1] + ONE_DAY) - turn.now
    choices = {"Không nghỉ nữa": f"back:{_encoded(off)}"}
    return turn.offer(LEAVE, day_number(off[0]), choices, lasts=max(lasts, OFFER_LASTS), person=student.id)


def _tell(turn: Turn, student: Person, days: Sequence[date], *, back: bool = False) -> list[Saying]:
    """Who leads the student hears of the days, in every private chat. `back`: they are given back."""
    said = in_words(turn, days)
    return [
        Reply(turn.text_for(lead, "leave.told", name=student.name, days=said, back=back), to=chat)
        for lead in _leads(turn, student, days)
        for chat in accounts.private_chats(turn.tx, lead.id)
    ]


def _leads(turn: Turn, student: Person, days: Sequence[date]) -> list[Person]:
    """Who leads the student's teams of those days; of a lead who has no other beside, the commune's officers."""
    found: dict[int, Person] = {}
    for team in dict.fromkeys(teams.team_of(turn.tx, student.id, day) for day in days):
        if team is None:
            continue
        locked = teams.locked_in(turn.tx, team.id) | {student.id, turn.me.id}
        leads = [lead for lead in people.leads_of(turn.tx, team.id) if lead.id not in locked]
        found |= {one.id: one for one in leads or people.officers_of(turn.tx, team.commune)}
    return list(found.values())


# Days as spans, in words and in what a button carries


def _spans(days: Sequence[date]) -> Iterator[tuple[date, date]]:
    """Days in a row as one span of both ends."""
    first = last = days[0]
    for day in days[1:]:
        if day - last > ONE_DAY:
            yield first, last
            first = day
        last = day
    yield first, last


def _encoded(days: Sequence[date]) -> str:
    """`19502-19504,19506`."""
    return ",".join(f"{day_number(first)}-{day_number(last)}" for first, last in _spans(days))


def _decoded(text: str) -> Iterator[date]:
    for span in text.split(","):
        first, _, last = span.partition("-")
        yield from (day_of(number) for number in range(int(first), int(last) + 1))
