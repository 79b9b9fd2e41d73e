"""The lead gets the names of those without a report, and may remind them: /nhac."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from handlers import offering, texts
from handlers.buttons.pressed import Pressed
from handlers.messages import Message, Reply, Saying
from handlers.states import NUDGE_TEAM
from handlers.turn import OFFER_LASTS, Answer, Behind, House, Scope, Turn, answers
from handlers.unasked import evening, nudge
from storage.campaign import accounts, people, phases, teams
from storage.campaign.people import Person, Role
from storage.campaign.teams import Team
from storage.engine.times import day_number, day_of, stamp
from storage.engine.transaction import Transaction
from storage.running import runs, told
from storage.talk import chats

AGAIN_AFTER = timedelta(minutes=30)


def for_lead(
    tx: Transaction, house: House, lead: Person, team: Team, day: date, now: datetime, chat: int
) -> Reply | None:
    """Who else of the team has no report yet, in a private chat of the lead; None: everybody has one.

    Of their own a lead was reminded with all others.
    """
    without = nudge.students_without(tx, team, day)
    others = [student for student in without if student.id != lead.id]
    if not others:
        return None
    names = texts.short_names(people.of_team(tx, team.id))
    text = texts.render(
        "nudging.names",
        calendar=house.calendar,
        now=now,
        person=lead,
        day=day,
        names=[names[student.id] for student in others],
        own=len(others) < len(without),
        lost=[names[student.id] for student in others if not accounts.private_chats(tx, student.id)],
    )
    if lead.role != Role.LEAD:
        return Reply(text, to=chat)
    until = now + OFFER_LASTS
    row = offering.buttons(tx, NUDGE_TEAM, day_number(day), chat=chat, person=lead.id, deadline=until)
    return Reply(text, (row,), to=chat)


# A lead reminds them now


@dataclass(slots=True)
class _Called:
    """What came of reminding each: their names, and what is said to them."""

    reminded: list[str] = field(default_factory=list)
    just_now: list[str] = field(default_factory=list)  # reminded within half an hour, by the clock
    enough: list[str] = field(default_factory=list)  # heard all that one evening may bring
    lost: list[str] = field(default_factory=list)  # cannot be written to
    said: list[Saying] = field(default_factory=list)


@answers("nhac", who=(Role.LEAD,), scope=Scope.TEAM, help="nhac", behind=Behind.TODAY)
def call(message: Message, turn: Turn) -> Answer:
    """Remind now whoever of the team has no report yet; not more than once in half an hour."""
    own = turn.team_on(turn.work_day)
    assert own is not None, "the roster gives each lead a team"
    if not turn.is_among(own.id):
        return turn.say("totals.not_here")
    text, said = _call(turn, own, turn.work_day)
    return [Reply(text), *said]


@answers(offer=NUDGE_TEAM, who=(Role.LEAD,), scope=Scope.TEAM)
def press(pressed: Pressed, turn: Turn) -> Answer:
    """[Nhắc lại] under the names does the same, of their day as long as that lasts."""
    own = turn.team_on(turn.work_day)
    if own is None or pressed.offer.person != turn.me.id or day_of(pressed.offer.subject) != turn.work_day:
        return pressed.refuse(turn.text("helping.press_late"))
    if not pressed.use(turn):
        return pressed.refuse(turn.text("helping.press_unknown"))
    text, said = _call(turn, own, turn.work_day)
    return [Reply(text), *said]


def _call(turn: Turn, team: Team, day: date) -> tuple[str, list[Saying]]:
    """What the lead hears, and what everybody else does."""
    job = f"{evening.CALLED} {team.id}"
    last = runs.last(turn.tx, job, turn.now)
    phase = phases.by_id(turn.tx, team.phase)
    if not phase.first <= day <= phase.last:
        return turn.text("nudging.no_phase", phase=phase), []
    if turn.house.times.is_quiet(turn.house.calendar.local(turn.now).time()):
        return turn.text("nudging.quiet", times=turn.house.times), []
    if last is not None and turn.now - last < AGAIN_AFTER:
        return turn.text("nudging.called_before", last=last, again=last + AGAIN_AFTER), []
    missing = nudge.students_without(turn.tx, team, day)
    without = [student for student in missing if student.id != turn.me.id]
    if not without:
        return turn.text("nudging.all_reported", day=day, own=bool(missing)), []
    called = _remind(turn, team, without, day)
    if called.reminded or called.lost:
        runs.settle(turn.tx, job, turn.now, at=turn.now, outcome="done")
        turn.on_record("team reminded", team.id, detail=str(len(called.reminded)))
    groups = chats.of_team(turn.tx, team.id) if called.lost else []
    post = texts.render(
        "nudging.call", calendar=turn.house.calendar, now=turn.now, person=None, day=day, lost=called.lost
    )
    said = [*called.said, *(Reply(post, to=chat) for chat in groups if chat != turn.chat.id)]
    text = turn.text(
        "nudging.called",
        day=day,
        reminded=called.reminded,
        just_now=called.just_now,
        enough=called.enough,
        lost=called.lost,
        mentioned=bool(groups),
        private=turn.chat.private,
    )
    return text, said


def _remind(turn: Turn, team: Team, without: Sequence[Person], day: date) -> _Called:
    called, names = _Called(), texts.short_names(people.of_team(turn.tx, team.id))
    for student in without:
        name, reached = names[student.id], accounts.private_chats(turn.tx, student.id)
        before = told.of(turn.tx, student.id, day)
        if not reached:
            called.lost.append(name)
        elif evening.reminded_since(turn.tx, student.id, day, turn.now - AGAIN_AFTER) is not None:
            called.just_now.append(name)
        elif not evening.has_room(turn.tx, student, evening.CALLED, before):
            called.enough.append(name)
        else:
            called.reminded.append(name)
            told.note(turn.tx, student.id, day, f"{evening.CALLED}:{stamp(turn.now)}", at=turn.now)
            called.said += [nudge.nudge(turn.tx, turn.house, student, day, turn.now, chat) for chat in reached]
    return called


def leads_of(tx: Transaction, team: Team) -> list[Person]:
    """Who leads the team and was not locked out; where nobody of them can be written to, the commune's officers."""
    locked = teams.locked_in(tx, team.id)
    leads = [lead for lead in people.leads_of(tx, team.id) if lead.id not in locked]
    if any(accounts.private_chats(tx, lead.id) for lead in leads):
        return leads
    return people.officers_of(tx, team.commune)
