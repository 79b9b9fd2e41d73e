"""The night's summary of each team: by the clock, when a lead closes the day, or when an admin wants it now."""

from collections.abc import Sequence

from bot.timetable.policy import NIGHTLY, Slot, Unasked
from handlers.messages import Reply
from handlers.turn import House
from handlers.unasked import closing, night
from handlers.unasked.night import Night
from storage.campaign import communes, teams
from storage.campaign.people import Role
from storage.campaign.teams import Team
from storage.engine.transaction import Transaction
from storage.running import orders
from storage.talk import outbox


def fill(tx: Transaction, house: House, slot: Slot, target: int) -> Sequence[Unasked]:
    """The night's summary, for every chat of the team, its lead, and the commune's officers.

    Where the lead closed the day and nothing has changed since, whoever was told then is not told again.
    """
    team = teams.by_id(tx, target)
    facts = closing.gather(tx, house, team, house.calendar.work_day(slot.due), slot.now)
    if slot.rest and not facts.any_report:
        return []
    return _said(tx, house, slot, team, facts, closed=_closed_as(tx, team, slot, facts))


def close(tx: Transaction, house: House, slot: Slot, target: int) -> tuple[Sequence[Unasked], str]:
    """The summary of a day that its lead closes, and a digest of what it says."""
    team = teams.by_id(tx, target)
    facts = closing.gather(tx, house, team, house.calendar.work_day(slot.due), slot.now)
    return _said(tx, house, slot, team, facts), facts.digest


def _closed_as(tx: Transaction, team: Team, slot: Slot, facts: Night) -> str | None:
    """The edition in which a lead closed the day, where it said the same."""
    order = orders.last_closing(tx, closing.JOB, team.id, facts.day) if slot.edition == NIGHTLY else None
    return closing.edition(order.number) if order is not None and order.said == facts.digest else None


def _said(
    tx: Transaction, house: House, slot: Slot, team: Team, facts: Night, *, closed: str | None = None
) -> list[Unasked]:
    code = communes.by_id(tx, team.commune).code
    said: list[Unasked] = []
    known: dict[tuple[bool, bool], str] = {}  # most hear the very same, which is worded once
    for chat, recipient in night.recipients_of_night(tx, team):
        key = f"{closing.JOB}:{facts.day}:{code}:chat {chat}"
        if outbox.has_key(tx, f"{key}:{slot.edition}"):
            continue
        if closed is not None and orders.was_told(tx, f"{key}:{closed}"):
            continue
        hints = night.hints_for(facts, recipient)
        if hints not in known:
            known[hints] = closing.words(house, facts, slot.now, recipient)
        reply = Reply(known[hints], closing.ways(tx, facts, slot.now, chat, recipient))
        said.append(Unasked(chat, f"{key}:{slot.edition}", reply))
        if recipient is not None and recipient.role == Role.LEAD:
            own = night.for_lead(house, facts, slot.now, recipient)
            said += [Unasked(chat, f"{key}:{slot.edition}:lead", own)] if own is not None else []
    return said
