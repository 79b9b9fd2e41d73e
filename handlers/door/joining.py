"""Joining with a code; strangers learn nothing else."""

import re
from dataclasses import replace

from handlers.door import claiming, codes, entries, groups, guessing, strangers, welcome
from handlers.messages import Arrived, Message, Presence, Reply
from handlers.turn import Answer, Scope, Turn, answers
from storage.campaign import accounts
from storage.campaign import codes as all_codes
from storage.campaign.people import Person
from storage.talk import chats, outbox
from storage.webchat import devices, rooms

# What a join code may look like; people forget the sign of the command before it.
_CODE = re.compile(r"(?:start\s+)?(?P<code>[a-z0-9_-]{8,64})", re.IGNORECASE)


@answers("start", who=None, scope=Scope.NOBODY, earnest=True)
def start(message: Message, turn: Turn) -> Answer:
    """Join with a code, or learn how to."""
    code = codes.given(message.text)
    if not message.chat.private:
        return strangers.told(message, turn, "joining.join_privately") if code else None
    if not code:
        if turn.person is None:
            return strangers.told(message, turn, "joining.how_to_join", command=True)
        return welcome.hello_again(turn, turn.person)
    if message.chat.channel == rooms.CHANNEL:
        return _at_the_door(turn, code)
    person = all_codes.owner(turn.tx, code)
    if person is None:
        return _wrong(message, turn)
    if turn.person is not None and turn.person.id == person.id:
        accounts.came_by_todays_code(turn.tx, channel=message.chat.channel, sender=message.sender.id)
        return welcome.hello_again(turn, person)
    return _join(message, turn, person)


def _wrong(message: Message, turn: Turn) -> Reply | None:
    """A wrong code; whoever gave some of them is told no more of it, but a right one still lets in."""
    channel, sender = message.chat.channel, message.sender.id
    wait = guessing.minutes_to_wait(turn.tx, channel=channel, sender=sender, now=turn.now)
    if wait:
        return strangers.told(message, turn, "joining.too_many_codes", minutes=wait)
    accounts.note_wrong_code(turn.tx, channel=channel, sender=sender, at=turn.now)
    return strangers.told(message, turn, "joining.wrong_code", again=True)  # of which there are only five an hour


def _at_the_door(turn: Turn, code: str) -> Reply:
    """The web chat lets in by its own page alone: with a press, and a device of which all the person's chats hear."""
    person = all_codes.owner(turn.tx, code)
    return welcome.hello_again(turn, turn.me) if person == turn.person else turn.say("joining.join_by_page")


def _join(message: Message, turn: Turn, person: Person) -> Answer:
    """This account is the person from now on, unless another of its platform is already; their others are told."""
    if codes.ends(turn.tx, person, turn.house.calendar, turn.now) <= turn.now:
        return strangers.told(message, turn, "joining.code_over", command=True)
    channel, sender = message.chat.channel, message.sender.id
    there = entries.on_platform(turn, person, channel)
    in_use = [account for account in there if not account.earlier_code]
    if in_use:
        return claiming.ask(message, turn, person, in_use)
    replaced = [reply for account in there for reply in _replaced(turn, person, account.chat)]
    elsewhere = accounts.private_chats(turn.tx, person.id)
    return [
        *welcome.let_in(turn, person, channel=channel, sender=sender, chat=turn.chat.id),
        *replaced,
        *(entries.new_account(turn, person, chat, joined=turn.chat.id, channel=channel) for chat in elsewhere),
    ]


def _replaced(turn: Turn, person: Person, chat: int) -> list[Reply]:
    """The account that came in by an earlier code ends; it is told where it is reached."""
    reached = chat in accounts.private_chats(turn.tx, person.id)
    entries.end(turn, person, chat)
    text = turn.text_for(person, "joining.replaced", channel=entries.platform(turn.chat.channel))
    return [Reply(text, to=chat)] if reached else []


def arrived(event: Arrived, turn: Turn) -> Answer:
    """Somebody came into our own chat with one device more: all their chats are told, with a way to end it."""
    person = all_codes.owner(turn.tx, event.code)
    device = devices.by_id(turn.tx, event.device)
    if person is None or device is None:
        return None
    elsewhere = accounts.private_chats(turn.tx, person.id)
    first = turn.person is None or turn.person.id != person.id
    sender = event.sender.id
    said = welcome.let_in(turn, person, channel=rooms.CHANNEL, sender=sender, chat=turn.chat.id) if first else []
    others = len(devices.of_person(turn.tx, person.id, turn.now)) > 1
    told = [chat for chat in elsewhere if chat != turn.chat.id] + ([turn.chat.id] if others else [])
    return [*said, *(entries.new_device(turn, person, device, chat) for chat in told)]


def stranger(message: Message, turn: Turn) -> Answer:
    """Whoever has not joined is told how to, in a private chat; a code alone is taken as one."""
    if not message.chat.private:
        return None
    code = _CODE.fullmatch(codes.given(message.text))
    if code is not None:
        return start(replace(message, text=code["code"]), turn)
    return None if message.edited_at is not None else strangers.told(message, turn, "joining.how_to_join")


def presence(event: Presence, turn: Turn) -> Answer:
    """Blocked or unblocked, let into a group or thrown out."""
    if not event.present:
        if not turn.chat.private:
            return groups.left(event, turn)
        chats.mark_gone(turn.tx, turn.chat.id, turn.now)
        return None
    outbox.hasten_for(turn.tx, turn.chat.id, turn.now)  # the bot may have been given back the right to write there
    return None if turn.chat.private else groups.entered(event, turn)
