"""Where a day stands among somebody's phases, and what is said while none of them is on."""

from dataclasses import dataclass
from datetime import date

from handlers.turn import Turn
from storage.campaign.teams import Place


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


def is_away(turn: Turn) -> bool:
    """Whether no phase of the one who speaks is on today."""
    return of(turn, turn.work_day).on is None


def words(turn: Turn) -> str:
    """That no phase of the one who speaks is on, and when the next begins; '' while one is."""
    duty = of(turn, turn.work_day)
    return "" if duty.on is not None else turn.text("duty.standing", last=duty.last, next=duty.next)


def has_ended(turn: Turn) -> bool:
    """Whether a phase of the one who speaks is past, and none is on today."""
    duty = of(turn, turn.work_day)
    return duty.on is None and duty.last is not None


def is_over(turn: Turn) -> bool:
    """Whether all phases of the one who speaks are past."""
    return has_ended(turn) and of(turn, turn.work_day).next is None
