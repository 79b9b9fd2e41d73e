"""/chot: a lead closes the day early, and its summary goes out now; and what of a summary is one press away."""

from collections.abc import Sequence
from datetime import date, datetime

from handlers import offering
from handlers.buttons.pressed import Pressed
from handlers.figures import here
from handlers.messages import Message, Reply
from handlers.states import NIGHT
from handlers.texts import short_day
from handlers.turn import OFFER_LASTS, Answer, House, Scope, Turn, answers
from handlers.unasked import night
from handlers.unasked.night import Night
from storage.campaign import communes, people, phases, teams
from storage.campaign.people import Person, Role
from storage.campaign.teams import Team
from storage.engine.times import day_number, day_of
from storage.engine.transaction import Transaction
from storage.running import orders, runs

JOB = "summary"


def edition(number: int) -> str:
    """How the summary of a day is told from others that was closed for the first, the second … time."""
    return "closed" if number == 1 else f"closed-{number}"


def summary(tx: Transaction, house: House, facts: Night, now: datetime, chat: int, recipient: Person | None) -> Reply:
    """The summary for one chat: what a phone shows at a glance, and the rest one press away.

    In a group whoever may see the team may press it; the offer stands in its lead's name.
    """
    owner = recipient or next(iter(people.leads_of(tx, facts.team)), None)
    if not facts.long or owner is None:
        return night.summary(house, facts, now, recipient)
    short = night.summary(house, facts, now, recipient, whole=False)
    more = offering.buttons(
        tx, NIGHT, facts.team, version=day_number(facts.day), chat=chat, person=owner.id, deadline=now + OFFER_LASTS
    )
    return Reply(short.text, (more,))


@answers(offer=NIGHT, scope=Scope.TEAM)
def press_whole(pressed: Pressed, turn: Turn) -> Answer:
    """[Xem đủ]: the whole summary, in the place of the short one."""
    team = teams.by_id(turn.tx, pressed.offer.subject)
    if team.commune not in {place.id for place in here.communes(turn)} or not pressed.use(turn):
        return pressed.refuse(turn.text("helping.press_other"))
    day = day_of(pressed.offer.version)
    facts = gather(turn.tx, turn.house, team, day, turn.now)
    return pressed.settle(night.summary(turn.house, facts, turn.now, turn.me if turn.chat.private else None).text)


def gather(tx: Transaction, house: House, team: Team, day: date, now: datetime) -> Night:
    """The facts of the day, and what changed of earlier ones since the last night's summary was made."""
    return night.gather(tx, house, team, day, now, runs.last_done(tx, JOB, house.calendar.starts(day)))


@answers("chot", who=(Role.LEAD,), scope=Scope.TEAM, help="chot", button=True)
def close(message: Message, turn: Turn) -> Answer:
    """The day's summary now: it goes to all who would get it at night, who get another only if something changes."""
    day = turn.work_day
    team = turn.team_on(day)
    phase = phases.by_id(turn.tx, team.phase) if team is not None else None
    if team is None or phase is None or not phase.first <= day <= phase.last:
        return turn.say("closing.no_phase")
    if not turn.is_among(team.id):
        return turn.say("totals.not_here")
    facts = gather(turn.tx, turn.house, team, day, turn.now)
    last = orders.last_closing(turn.tx, JOB, team.id, day)
    if last is not None and last.said in (None, facts.digest):
        return turn.say("closing.same", at=last.at, day=day)
    number = orders.give(
        turn.tx, JOB, orders.CLOSE, day=day, person=turn.me.id, chat=turn.chat.id, at=turn.at, team=team.id
    )
    turn.on_record("day closed", team.id, detail=short_day(day))
    receivers = night.recipients_of_night(turn.tx, team)
    return turn.say(
        "closing.closed",
        day=day,
        again=number > 1,
        groups=sum(recipient is None for _, recipient in receivers),
        officers=_officers(receivers),
        waiting=[line.name for line in facts.students if line.state == "none"],
        open=len(facts.open),
        commune=communes.by_id(turn.tx, team.commune).name,
    )


def _officers(receivers: Sequence[tuple[int, Person | None]]) -> int:
    return len({one.id for _, one in receivers if one is not None and one.role == Role.OFFICER})
