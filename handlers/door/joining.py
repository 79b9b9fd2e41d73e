"""Joining with a code; strangers learn nothing else."""

import re
from dataclasses import replace
from datetime import timedelta

from handlers.buttons.pressed import Pressed
from handlers.door import claiming, codes, entries, groups, guessing, strangers, welcome
from handlers.messages import Arrived, Message, Presence, Reply, Saying, Sender
from handlers.messages import Chat as MessageChat
from handlers.states import SWITCH
from handlers.turn import Answer, Behind, Scope, Turn, answers
from storage.campaign import accounts, people
from storage.campaign import codes as all_codes
from storage.campaign.people import Person
from storage.talk import chats, outbox
from storage.webchat import devices, rooms

_SWITCH_LASTS = timedelta(minutes=30)
# What a join code may look like; people forget the sign of the command before it.
_CODE = re.compile(r"(?:start\s+)?(?P<code>[a-z0-9_-]{8,64})", re.IGNORECASE)


@answers("start", who=None, scope=Scope.NOBODY, earnest=True, behind=Behind.WORDS)
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
    if codes.ends(turn.tx, person, turn.house.calendar, turn.now) <= turn.now:
        return strangers.told(message, turn, "joining.code_over", command=True)
    return _join(message, turn, person) if turn.person is None else _ask_first(turn, person)


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


def _join(message: Message, turn: Turn, person: Person) -> list[Saying]:
    """This account is the person from now on, unless another of its platform is already; their others are told."""
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


def _ask_first(turn: Turn, person: Person) -> Reply:
    """Somebody's account is somebody else's only after a yes, as in the web chat: a code may have been mistaken."""
    choices = {f"Vào với tên {person.name}": "join", "Thôi": "stay"}
    mark = all_codes.mark(turn.tx, person.id) or 0
    buttons = turn.offer(SWITCH, person.id, choices, version=mark, lasts=_SWITCH_LASTS)
    return turn.say(
        "joining.switch",
        name=turn.me.name,
        other=person.name,
        channel=entries.platform(turn.chat.channel),
        buttons=tuple((button,) for button in buttons),
    )


@answers(offer=SWITCH, scope=Scope.OWN, group=False, earnest=True)
def press_switch(pressed: Pressed, turn: Turn) -> Answer:
    """The account is the other's from now on, or stays."""
    account = accounts.sender_of(turn.tx, turn.me.id, turn.chat.id)
    person = people.by_id(turn.tx, pressed.offer.subject)
    if pressed.offer.person != turn.me.id or account is None or not pressed.use(turn):
        return pressed.refuse(turn.text("helping.press_other"))
    if pressed.choice == "stay":
        return pressed.settle(turn.text("joining.switch_not", name=turn.me.name))
    if person is None or all_codes.mark(turn.tx, person.id) != pressed.offer.version:
        return pressed.settle(turn.text("joining.wrong_code"))
    channel, sender = account
    chat = MessageChat(channel, turn.chat.address, private=True)
    said = _join(Message(chat, Sender(sender, ""), f"switch {pressed.offer.id}", "", turn.at), turn, person)
    is_theirs = accounts.is_of(turn.tx, person.id, turn.chat.id)
    text = turn.text("joining.switched" if is_theirs else "joining.switch_waits", name=turn.me.name, other=person.name)
    return [*pressed.settle(text), *said]


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
