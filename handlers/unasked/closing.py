"""/chot: a lead closes the day early, and its summary goes out now; and what of a summary is one press away."""

from collections.abc import Sequence
from datetime import date, datetime

from handlers import offering
from handlers.buttons.pressed import Pressed
from handlers.figures import charts
from handlers.figures.asked_for import here
from handlers.figures.gathered import series
from handlers.messages import Button, Message, Reply, Rows
from handlers.states import NIGHT, NIGHT_CHART, Offered
from handlers.texts import short_day
from handlers.turn import OFFER_LASTS, Answer, Behind, House, Scope, Turn, answers, command_button
from handlers.unasked import night
from handlers.unasked.night import Night
from storage.campaign import communes, people, phases, teams
from storage.campaign.people import Person, Role
from storage.campaign.teams import Team
from storage.engine.times import day_number, day_of
from storage.engine.transaction import Transaction
from storage.running import orders, runs, wishes
from storage.talk import chats

JOB = "summary"
_IN_WORDS = ("zalo",)  # where buttons are words


def edition(number: int) -> str:
    """How the summary of a day is told from others that was closed for the first, the second … time."""
    return "closed" if number == 1 else f"closed-{number}"


def words(house: House, facts: Night, now: datetime, recipient: Person | None) -> str:
    """The summary as one receiver reads it: what a phone shows at a glance."""
    return night.summary(house, facts, now, recipient, whole=not facts.long).text


def ways(tx: Transaction, facts: Night, now: datetime, chat: int, recipient: Person | None) -> Rows:
    """What is one press away: the rest of a long summary, and the chart.

    In a group whoever may see the team may press; the offer stands in its lead's name. In private the chart is a
    command that its readers have, and costs no offer. Where buttons are words of the message, it has no more of them
    than it needs: they would have to be cut before it is passed on.
    """
    owner = recipient or next(iter(people.leads_of(tx, facts.team)), None)
    if owner is None:
        return ()
    more = _offered(tx, NIGHT, facts, now, chat, owner) if facts.long else ()
    row = (*more, *_chart(tx, facts, now, chat, recipient, owner))
    return (row,) if row else ()


def _chart(
    tx: Transaction, facts: Night, now: datetime, chat: int, recipient: Person | None, owner: Person
) -> tuple[Button, ...]:
    if facts.idle or chats.by_id(tx, chat).channel.partition(":")[0] in _IN_WORDS:
        return ()
    if recipient is not None:
        return (command_button("Biểu đồ", f"/tiendo {facts.code}"),)
    return _offered(tx, NIGHT_CHART, facts, now, chat, owner)


def _offered(
    tx: Transaction, kind: Offered, facts: Night, now: datetime, chat: int, owner: Person
) -> tuple[Button, ...]:
    version, until = day_number(facts.day), now + OFFER_LASTS
    return offering.buttons(tx, kind, facts.team, version=version, chat=chat, person=owner.id, deadline=until)


@answers(offer=NIGHT, scope=Scope.TEAM)
def press_whole(pressed: Pressed, turn: Turn) -> Answer:
    """[Xem đủ]: the whole summary, in the place of the short one; the chart stays one press away."""
    team = _seen(pressed, turn)
    if team is None or not pressed.use(turn):
        return pressed.refuse(turn.text("helping.press_other"))
    day = day_of(pressed.offer.version)
    facts = gather(turn.tx, turn.house, team, day, turn.now)
    recipient = turn.me if turn.chat.private else None
    whole = night.summary(turn.house, facts, turn.now, recipient).text
    chart = _chart(turn.tx, facts, turn.now, turn.chat.id, recipient, turn.me)
    return pressed.settle(whole, buttons=(chart,) if chart else ())


@answers(offer=NIGHT_CHART, scope=Scope.TEAM)
def press_chart(pressed: Pressed, turn: Turn) -> Answer:
    """[Biểu đồ]: done against plan, as of that night; the first press brings it for all who read there."""
    team = _seen(pressed, turn)
    if team is None or not pressed.use(turn):
        return pressed.refuse(turn.text("helping.press_other"))
    place = communes.by_id(turn.tx, team.commune)
    shown = series.course(turn.tx, [place], day_of(pressed.offer.version), name=place.name, finished=True)
    return Reply(charts.said(shown), drawing=charts.picture_of(turn.tx, shown, turn.now))


def _seen(pressed: Pressed, turn: Turn) -> Team | None:
    """The team that the offer is about, where whoever presses may see it here."""
    team = teams.by_id(turn.tx, pressed.offer.subject)
    return team if team.commune in {place.id for place in here.communes(turn)} else None


def gather(tx: Transaction, house: House, team: Team, day: date, now: datetime) -> Night:
    """The facts of the day, and what changed of earlier ones since the last night's summary was made."""
    return night.gather(tx, house, team, day, now, runs.last_done(tx, JOB, house.calendar.starts(day)))


@answers("chot", who=(Role.LEAD,), scope=Scope.TEAM, help="chot", button=True, behind=Behind.TODAY)
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
        oneself=not wishes.is_muted(turn.tx, turn.me.id, JOB),
        waiting=[line.name for line in facts.students if line.state == "none"],
        open=len(facts.open),
        commune=communes.by_id(turn.tx, team.commune).name,
    )


def _officers(receivers: Sequence[tuple[int, Person | None]]) -> int:
    return len({one.id for _, one in receivers if one is not None and one.role == Role.OFFICER})
