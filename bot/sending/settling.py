"""What came of a send, carried out: the row goes on, goes back in line, or ends, and whoever has to know is told."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.channels.base import Channel
from bot.channels.labels import to_send_back
from bot.channels.outcomes import (
    Begun,
    Closed,
    Denied,
    Gone,
    Later,
    MovedTo,
    NoTopic,
    Outcome,
    Part,
    Refused,
    Sent,
    Shown,
    TopicClosed,
    Unknown,
)
from bot.sending import allowance, leaving, parcels, sense, telling
from bot.sending.health import Health
from handlers.calendar import Calendar
from handlers.messages import Deletion, Notice, Reaction, Reply, Saying
from storage.engine.transaction import Transaction
from storage.running import failures
from storage.talk import chats, outbox, unsaid
from storage.talk.outbox import Class, Parcel
from storage.talk.passage import Event, State

log = logging.getLogger(__name__)
_MOVES = 3  # of a group that are followed at once
_TRIES_AS_IT_IS = 2  # of a message that is refused, and has nothing that it could be said without


@dataclass(frozen=True, slots=True)
class Going:
    """A parcel on its way, as it is said."""

    parcel: Parcel
    saying: Saying
    silent: bool


class Settling:
    """Carries out outcomes, on the writer's thread."""

    def __init__(self, channels: Mapping[str, Channel]) -> None:
        self._channels = channels
        self._health = Health()

    def settle(self, tx: Transaction, going: Going, outcome: Outcome, days: Calendar, now: datetime) -> None:
        """What this outcome does to the row."""
        parcel = going.parcel
        self._count(tx, going, outcome, days, now)
        self._health.note(tx, parcel.channel, outcome, now)
        match outcome:
            case Sent():
                self._channels[parcel.channel].pace.arrived(parcel.chat)
                _sent(tx, going, outcome, now)
            case Shown():
                outbox.go_on(tx, parcel, Event.SHOWN, _without_picture(parcel), now)
            case Begun(rest):
                outbox.go_on(tx, parcel, Event.BEGUN, parcels.packed(_rest_of(going.saying, rest)), now)
            case TopicClosed(reason) if isinstance(going.saying, Reply) and going.saying.topic:
                self._topic_closed(tx, going, going.saying.topic, reason, days, now)
            case Later() | Unknown() | Closed() | TopicClosed() | Denied():
                self._again(tx, going, outcome, days, now)
            case MovedTo(address):
                _moved(tx, parcel, address, now)
            case Gone(reason):
                _gone(tx, parcel, reason, days, now)
            case NoTopic() if isinstance(going.saying, Reply) and going.saying.topic:
                _without_topic(tx, going, now)
            case NoTopic(reason):
                _refused(tx, going, Refused(reason), now)
            case Refused():
                _refused(tx, going, outcome, now)

    def _again(
        self,
        tx: Transaction,
        going: Going,
        outcome: Later | Unknown | Closed | TopicClosed | Denied,
        days: Calendar,
        now: datetime,
    ) -> None:
        """The row goes back in line. What may have arrived is marked where people would see it twice."""
        parcel, until = going.parcel, sense.next_try(going.parcel, outcome, now)
        if isinstance(outcome, Unknown):
            log.info("outbox %s: outcome unknown (%s)", parcel.id, outcome.reason)
            if isinstance(going.saying, Notice):  # for a moment only: the message beside it says what came of the press
                outbox.end(tx, parcel, Event.GIVEN_UP, now)
            else:
                outbox.postpone(tx, parcel, Event.UNANSWERED, until)
            return
        outbox.postpone(tx, parcel, Event.NOT_ARRIVED, until)
        if isinstance(outcome, Later | Denied):
            if isinstance(outcome, Later) and outcome.after is not None:
                self._channels[parcel.channel].pace.pause(parcel.chat, outcome.after, now)
        elif chats.note_closed(tx, parcel.chat, now):  # a group takes no text for now: its lead can mend that
            log.warning("chat %s takes no text: %s", parcel.chat, outcome.reason)
            telling.tell_closed(tx, parcel.chat, days, now)

    def _topic_closed(
        self, tx: Transaction, going: Going, topic: str, reason: str, days: Calendar, now: datetime
    ) -> None:
        """An answer is said outside of it, since somebody waits; what is for the topic waits, and holds nothing up."""
        parcel, said = going.parcel, parcels.unpacked(going.parcel.body)
        assert isinstance(said, Reply)
        log.warning("chat %s takes no text in topic %s: %s", parcel.chat, topic, reason)
        telling.tell_topic(tx, parcel.chat, topic, said, days, now)
        if parcel.urgency.is_answer:
            outside = replace(said, text=leaving.named(said), answers=None, quotes=None, topic="")
            outbox.rewrite(tx, parcel.id, parcels.packed(outside))
            outbox.postpone(tx, parcel, Event.NOT_ARRIVED, now.replace(microsecond=0))
        else:
            chats.note_closed(tx, parcel.chat, now)
            outbox.postpone(tx, parcel, Event.NOT_ARRIVED, sense.next_try(parcel, TopicClosed(reason), now))

    def _count(self, tx: Transaction, going: Going, outcome: Outcome, days: Calendar, now: datetime) -> None:
        """Of what a platform grants in a month one was counted when it left: corrected to what it took."""
        most = self._channels[going.parcel.channel].pace.allowance
        if not most or not isinstance(going.saying, Reply):
            return
        took = outcome.messages if isinstance(outcome, Sent) else int(isinstance(outcome, Shown | Begun | Unknown))
        if took != 1:
            allowance.spend(tx, going.parcel.channel, most, took - 1, days, now)


def give_up(tx: Transaction, parcel: Parcel, event: Event, reason: str, now: datetime) -> None:
    """The row ends unsaid, and that is on record; `telling` tells people of it."""
    state = outbox.end(tx, parcel, event, now)
    log.warning("outbox %s %s: %s", parcel.id, state.kept, reason)
    if parcel.urgency is not Class.STRANGER:
        _on_record(tx, parcel, state, reason, now)


def _on_record(tx: Transaction, parcel: Parcel, state: State, reason: str, now: datetime) -> None:
    failures.add(
        tx,
        trace=f"outbox {parcel.id}",
        at=now,
        place="delivery",
        key=f"chat {parcel.chat}",
        text=None,
        error=f"{state.kept}: {reason}",
    )


def _sent(tx: Transaction, going: Going, outcome: Sent, now: datetime) -> None:
    outbox.sent(tx, going.parcel, outcome.id)
    said, parcel = going.saying, going.parcel
    if not parcel.closed or not isinstance(said, Reply) or said.edits is not None:
        return
    # The group takes text again; of one topic, only what was said in it tells that.
    if (said.topic or None) == parcel.topic or not unsaid.is_any_kept(tx, parcel.chat):
        chats.note_open(tx, going.parcel.chat)
        outbox.hasten_for(tx, going.parcel.chat, now)


def _moved(tx: Transaction, parcel: Parcel, address: str, now: datetime) -> None:
    until = now.replace(microsecond=0)
    if address == parcel.address or parcel.attempts > _MOVES:  # led to where it is, or in a circle
        until = sense.next_try(parcel, Later("moved again"), now)
    if address != parcel.address:
        chats.move(tx, parcel.chat, address, now)
    outbox.postpone(tx, parcel, Event.NOT_ARRIVED, until)


def _gone(tx: Transaction, parcel: Parcel, reason: str, days: Calendar, now: datetime) -> None:
    """The bot was blocked or removed: what waits there is given up with it."""
    log.info("chat %s is gone: %s", parcel.chat, reason)
    if chats.mark_gone(tx, parcel.chat, now):
        telling.tell_gone(tx, parcel.chat, days, now)
    outbox.end(tx, parcel, Event.REFUSED, now)
    others = outbox.drop_for(tx, parcel.chat, now)
    _on_record(tx, parcel, State.FAILED, f"the chat is gone; {others + 1} messages unsaid", now)


def _without_topic(tx: Transaction, going: Going, now: datetime) -> None:
    """The topic was deleted: said in the group."""
    assert isinstance(going.saying, Reply)
    if going.saying.topic == going.parcel.topic:  # else only where somebody asked is gone
        chats.forget_topic(tx, going.parcel.chat)
    saying = parcels.unpacked(going.parcel.body)
    if isinstance(saying, Reply):
        outbox.rewrite(tx, going.parcel.id, parcels.packed(replace(saying, topic="")))
    outbox.postpone(tx, going.parcel, Event.NOT_ARRIVED, now.replace(microsecond=0))


def _refused(tx: Transaction, going: Going, refused: Refused, now: datetime) -> None:
    """It will never arrive as it is: said in another way where there is one."""
    parcel, reason, at_once = going.parcel, refused.reason, now.replace(microsecond=0)
    match going.saying:
        case Reply(edits=str()):
            log.info("outbox %s: cannot edit (%s), said anew", parcel.id, reason)
            anew = replace(going.saying, edits=None, replaces=None)
            outbox.rewrite(tx, parcel.id, parcels.packed(anew))
            outbox.postpone(tx, parcel, Event.REWORDED, at_once)
        case Reply(picture=int()):
            log.info("outbox %s: no picture (%s), said without", parcel.id, reason)
            outbox.rewrite(tx, parcel.id, _without_picture(parcel))
            outbox.postpone(tx, parcel, Event.NOT_ARRIVED, at_once)
        case Reaction() | Deletion():
            log.info("outbox %s: not done (%s), said in words", parcel.id, reason)
            said, quotes, topic = going.saying.text, going.saying.message, going.saying.topic
            words = Reply(said, quotes=quotes, in_group=not parcel.private, topic=topic)
            outbox.say_instead(tx, parcel.id, parcels.packed(words))
            outbox.postpone(tx, parcel, Event.REWORDED, at_once)
        case Notice():
            outbox.end(tx, parcel, Event.REFUSED, now)  # of a press that is too old: the message beside it says enough
        case Reply() if (lighter := _lighter(going, refused.part)) is not None:
            log.info("outbox %s: refused (%s), said with less", parcel.id, reason)
            outbox.rewrite(tx, parcel.id, parcels.packed(lighter))
            outbox.postpone(tx, parcel, Event.NOT_ARRIVED, at_once)
        case Reply() if parcel.attempts < _TRIES_AS_IT_IS:  # an answer that is lost is silence
            log.info("outbox %s: refused (%s), said once more", parcel.id, reason)
            outbox.postpone(tx, parcel, Event.NOT_ARRIVED, sense.next_try(parcel, Later(reason), now))
        case _:
            give_up(tx, parcel, Event.REFUSED, reason, now)


def _lighter(going: Going, part: Part | None) -> Reply | None:
    """The reply without what the platform may take offence at: that part, else all that words can stand for."""
    said, kept = going.saying, parcels.unpacked(going.parcel.body)
    if not isinstance(said, Reply) or not isinstance(kept, Reply):
        return None
    has = {Part.QUOTE: said.quotes is not None, Part.TOPIC: bool(said.topic), Part.BUTTONS: bool(said.buttons)}
    parts = {one for one, there in has.items() if there}
    without = {part} & parts or parts
    if Part.QUOTE in without:
        kept = replace(kept, text=leaving.named(kept), answers=None, quotes=None)
    if Part.TOPIC in without:
        kept = replace(kept, topic="")
    if Part.BUTTONS in without:
        labels = to_send_back(kept.buttons, group=not going.parcel.private)
        kept = replace(kept, text=f"{kept.text}\n{labels}", buttons=())
    return kept if without else None


def _without_picture(parcel: Parcel) -> str:
    """The body of the same words alone, as they were before delivery put marks to them."""
    saying = parcels.unpacked(parcel.body)
    assert isinstance(saying, Reply)
    return parcels.packed(replace(saying, picture=None, drawing=None, edits=None, replaces=None))


def _rest_of(saying: Saying, rest: str) -> Reply:
    """What is still to be said, in the same topic."""
    return Reply(rest, topic=saying.topic if isinstance(saying, Reply) else None)
