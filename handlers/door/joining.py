"""Joining with a code; strangers learn nothing else."""

import re
from dataclasses import replace
from datetime import timedelta

from handlers.buttons.pressed import Pressed
from handlers.door import guessing, helping
from handlers.figures.facts import short
from handlers.messages import Arrived, Message, Presence, Reply, Saying
from handlers.states import DEVICE
from handlers.texts import address
from handlers.turn import STUDENTS, Answer, Turn, answers
from storage.campaign import accounts, communes, people, phases, teams
from storage.campaign.people import Person
from storage.talk import chats
from storage.webchat import devices

DEVICE_OFFER_LASTS = timedelta(days=7)
# What a join code may look like; people forget the sign of the command before it.
_CODE = re.compile(r"(?:start\s+)?(?P<code>[a-z0-9_-]{8,64})", re.IGNORECASE)


@answers("start", who=None, help="start")
def start(message: Message, turn: Turn) -> Answer:
    """Join with a code, or learn how to."""
    code = message.text.strip()
    if not message.chat.private:
        return turn.say("joining.join_privately") if code else None
    if not code:
        return _hello_again(turn, turn.person) if turn.person else turn.say("joining.how_to_join")
    wait = guessing.minutes_to_wait(turn.tx, channel=message.chat.channel, sender=message.sender.id, now=turn.now)
    if wait:
        return turn.say("joining.too_many_codes", minutes=wait)
    person = people.by_code(turn.tx, code)
    if person is None:
        accounts.note_wrong_code(turn.tx, channel=message.chat.channel, sender=message.sender.id, at=turn.now)
        return turn.say("joining.wrong_code")
    if turn.person is not None and turn.person.id == person.id:
        return _hello_again(turn, person)
    return _join(message, turn, person)


def _join(message: Message, turn: Turn, person: Person) -> list[Saying]:
    """This account is the person from now on; their other accounts are told."""
    elsewhere = accounts.private_chats(turn.tx, person.id)
    platform = message.chat.channel.partition(":")[0].capitalize()  # of several bots: zalo:2
    told = turn.text_for(person, "joining.joined_elsewhere", channel=platform)
    return [
        *_let_in(message, turn, person),
        *(Reply(told, to=chat) for chat in elsewhere if chat != turn.chat.id),
    ]


def _let_in(event: Message | Arrived, turn: Turn, person: Person) -> list[Saying]:
    """This account is the person from now on, and welcome."""
    accounts.join(
        turn.tx,
        person.id,
        channel=event.chat.channel,
        sender=event.sender.id,
        chat=turn.chat.id,
        at=turn.now,
    )
    team = teams.team_of(turn.tx, person.id, turn.work_day)
    welcome = turn.text_for(
        person,
        "joining.joined",
        name=_name(person),
        commune=short(communes.by_id(turn.tx, team.commune)) if team else "",
        campaign=_campaign_name(turn),
        reports=person.role in STUDENTS,
    )
    return [Reply(welcome), helping.menu_of(turn, person)]


def arrived(event: Arrived, turn: Turn) -> Answer:
    """Somebody came into our own chat with one device more: all their chats are told, with a way to end it."""
    person = people.by_code(turn.tx, event.code)
    device = devices.by_id(turn.tx, event.device)
    if person is None or device is None:
        return None
    elsewhere = accounts.private_chats(turn.tx, person.id)
    first = turn.person is None or turn.person.id != person.id
    said = _let_in(event, turn, person) if first else []
    others = len(devices.of_person(turn.tx, person.id, turn.now)) > 1
    told = [chat for chat in elsewhere if chat != turn.chat.id] + ([turn.chat.id] if others else [])
    return [*said, *(_new_device(turn, person, device, chat) for chat in told)]


def _new_device(turn: Turn, person: Person, device: devices.Device, chat: int) -> Reply:
    buttons = turn.offer(DEVICE, device.id, chat=chat, person=person.id, lasts=DEVICE_OFFER_LASTS)
    text = turn.text_for(person, "joining.new_device", device=device.name)
    return Reply(text, tuple((button,) for button in buttons), to=chat)


@answers(offer=DEVICE)
def press_device(pressed: Pressed, turn: Turn) -> Answer:
    """End a device that joined with this person's code."""
    device = devices.by_id(turn.tx, pressed.offer.subject)
    if device is None or not pressed.use(turn):
        return None
    devices.end(turn.tx, device.id, turn.now)
    return pressed.settle(turn.text("joining.device_ended", device=device.name))


def _hello_again(turn: Turn, person: Person) -> Reply:
    return turn.say("joining.hello_again", name=_name(person), campaign=_campaign_name(turn))


def _name(person: Person) -> str:
    """The name after the address; '' where the roster's address says it already: `đồng chí Dung`."""
    given = person.name.split()[-1].casefold()
    return "" if address(person).casefold().split()[-1:] == [given] else f" {person.name}"


def _campaign_name(turn: Turn) -> str:
    known = phases.current(turn.tx)
    return known.name if known else ""


def stranger(message: Message, turn: Turn) -> Answer:
    """Whoever has not joined is told how to, in a private chat; a code alone is taken as one."""
    if not message.chat.private:
        return None
    code = _CODE.fullmatch(message.text.strip())
    if code is not None:
        return start(replace(message, text=code["code"]), turn)
    return None if message.edited_at is not None else turn.say("joining.how_to_join")


def presence(event: Presence, turn: Turn) -> Answer:
    """Blocked or unblocked, let into a group or thrown out."""
    if not event.present:
        chats.mark_gone(turn.tx, turn.chat.id, turn.now)
        return None
    if turn.chat.private or turn.person is None:
        return None
    return turn.say("joining.group_hello") if chats.team_of(turn.tx, turn.chat.id) is None else None
