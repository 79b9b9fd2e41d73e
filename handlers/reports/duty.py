"""When somebody reports: on the days of their phases. After and between them they read, put right, and are told why."""

from dataclasses import dataclass
from datetime import date, timedelta

from handlers.messages import Message, Reply
from handlers.turn import EDIT_DAYS, Turn
from storage.campaign import people
from storage.campaign.people import Person
from storage.campaign.teams import Place, Team


@dataclass(frozen=True, slots=True)
class Duty:
    """Where a day stands among somebody's phases: in one, or after `last` and before `next`, as far as there are."""

    on: Place | None
    last: Place | None
    next: Place | None


def of(turn: Turn, day: date) -> Duty:
    """Where a work day stands among the phases of the one who speaks."""
    ended = [place for place in turn.places if place.last < day]
    return Duty(
        next((place for place in turn.places if place.covers(day)), None),
        ended[-1] if ended else None,
        next((place for place in turn.places if place.first > day), None),
    )


def may_report(turn: Turn, day: date) -> bool:
    """Whether new work of this day counts: what lies before, between or after somebody's phases never does."""
    return of(turn, day).on is not None


def is_away(turn: Turn) -> bool:
    """Whether no phase of the one who speaks is on today."""
    return of(turn, turn.work_day).on is None


def words(turn: Turn) -> str:
    """That no phase of the one who speaks is on, and when the next begins; '' while one is."""
    duty = of(turn, turn.work_day)
    return "" if duty.on is not None else turn.text("duty.standing", last=duty.last, next=duty.next)


def is_over(turn: Turn) -> bool:
    """Whether all phases of the one who speaks are past."""
    duty = of(turn, turn.work_day)
    return duty.on is None and duty.next is None and duty.last is not None


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
