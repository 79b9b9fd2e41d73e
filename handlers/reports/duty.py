"""When somebody reports: on the days of their phases. After and between them they read, put right, and are told why."""

from datetime import date, timedelta

from handlers.messages import Message, Reply
from handlers.places.in_phase import of
from handlers.turn import EDIT_DAYS, Turn
from storage.campaign import people
from storage.campaign.people import Person
from storage.campaign.teams import Place, Team


def may_report(turn: Turn, day: date) -> bool:
    """Whether new work of this day counts: what lies before, between or after somebody's phases never does."""
    return of(turn, day).on is not None


def refusal(turn: Turn, message: Message, day: date) -> Reply:
    """Why new work of this day is not counted, what still can be done, and whom to ask."""
    duty, now = of(turn, day), of(turn, turn.day_of(message))
    until = duty.last.last + timedelta(days=EDIT_DAYS) if duty.last is not None else None
    return turn.say(
        "duty.refusal",
        day=day,
        named=now.on is not None,
        last=duty.last,
        next=duty.next,
        until=until if until is not None and turn.work_day <= until else None,
        ask=whom_to_ask(turn, duty.last or duty.next),
    )


def whom_to_ask(turn: Turn, place: Place | None) -> tuple[str, list[str]]:
    """Who answers for somebody's team, as the kind and the names: its leads, else the officers of the commune."""
    if place is None:
        return "officer", []
    leads = [lead.name for lead in people.leads_of(turn.tx, place.team.id) if lead.id != turn.me.id]
    return ("lead", leads) if leads else ("officer", [one.name for one in _officers(turn, place.team)])


def _officers(turn: Turn, team: Team) -> list[Person]:
    return people.officers_of(turn.tx, team.commune) or people.campaign_officers(turn.tx)
