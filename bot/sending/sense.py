"""How long it makes sense to say something, and when what could not be said is tried again."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.channels.outcomes import Closed, Denied, Later, TopicClosed, Unknown
from bot.trouble import pause_after
from storage.engine.transaction import Transaction
from storage.field import appointments, assistance
from storage.talk import unsaid
from storage.talk.outbox import Class, Parcel
from storage.talk.passage import State

KEPT = timedelta(hours=24)  # what surely did not arrive, and has no end of its own
ANSWER_REPEATED = timedelta(hours=1)  # an answer that may have arrived
LEAST_TRIES = 6  # of what has no end of its own, however old it is: the bot itself may have been down
# Seconds after a try that nobody answered for, the longer the more often: each repeat is one more message where only
# the platform's answers are lost.
_UNANSWERED = (1, 5, 15, 30, 60, 120, 240, 480, 900, 1800, 3600)
_CLOSED = (60, 120, 300, 600, 900)  # of a group that takes no text, or a topic


def ends_at(parcel: Parcel) -> datetime:
    """Until when it makes sense: a reminder and a summary have an end of their own, an answer is for now."""
    if parcel.expires_at is not None:
        return parcel.expires_at
    doubtful = parcel.state in (State.DOUBTFUL, State.REPEATING)
    return parcel.meant_at + (ANSWER_REPEATED if doubtful and parcel.urgency.is_answer else KEPT)


def has_ended(parcel: Parcel, now: datetime) -> bool:
    """Whether it makes no sense any more."""
    return now >= ends_at(parcel) and (parcel.expires_at is not None or parcel.attempts >= LEAST_TRIES)


def is_needless(tx: Transaction, parcel: Parcel) -> bool:
    """Whether a reminder is of what is done, put off, called off or somebody else's by now."""
    key = unsaid.key_of(tx, parcel.id) if parcel.urgency is Class.APPOINTMENT else None
    what, _, rest = (key or "").partition(":")
    about = rest.partition(":chat ")[0]
    if what == "visit":
        visits = [one.partition("@") for one in about.split(",")]
        return not any(appointments.still_meant(tx, int(id), int(at)) for id, _, at in visits)
    if what == "help":
        id, of, *more = about.split(":")
        return not assistance.still_meant(tx, int(id), of, int(more[-1]) if more else None)
    return False


def next_try(parcel: Parcel, outcome: Later | Unknown | Closed | TopicClosed | Denied, now: datetime) -> datetime:
    """When what was tried in vain is looked at again. `parcel`: as it was on its way."""
    tries = max(parcel.attempts - 1, 0)
    if isinstance(outcome, Unknown):
        wait: float = _UNANSWERED[min(tries, len(_UNANSWERED) - 1)]
        parcel = replace(parcel, state=State.REPEATING)
    elif isinstance(outcome, Closed | TopicClosed):
        wait = _CLOSED[min(tries, len(_CLOSED) - 1)]
    else:
        after = outcome.after if isinstance(outcome, Later) else None
        wait = after if after is not None else pause_after(tries)
    wanted, end = now + timedelta(seconds=wait), ends_at(parcel)
    return min(wanted, end) if end > now or parcel.expires_at is not None else wanted
