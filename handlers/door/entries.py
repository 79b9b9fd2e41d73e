"""By what a person is in: accounts on platforms and devices of the web chat. Each is told of, and can be ended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.buttons.pressed import Pressed
from handlers.door import locking
from handlers.messages import Button, Message, Reply
from handlers.states import ACCOUNT, DEVICE, Offered
from handlers.turn import Answer, Scope, Turn, answers
from storage.campaign import accounts
from storage.campaign.accounts import Account
from storage.campaign.people import Person
from storage.talk import chats, outbox
from storage.webchat import dashboards, devices, rooms

LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A way in, as its person is shown it; `here`: the one by which they are asking."""

    offered: Offered
    subject: int
    name: str
    since: str
    here: bool


def new_account(turn: Turn, person: Person, chat: int, *, joined: int, channel: str) -> Reply:
    """One of a person's other chats is told which account came in just now, by its private chat, and can end it."""
    text = turn.text_for(person, "joining.joined_elsewhere", channel=platform(channel))
    return Reply(text, _ending(turn, ACCOUNT, joined, person, chat), to=chat)


def new_device(turn: Turn, person: Person, device: devices.Device, chat: int) -> Reply:
    """The same of a device of the web chat."""
    text = turn.text_for(person, "joining.new_device", device=device.name)
    return Reply(text, _ending(turn, DEVICE, device.id, person, chat), to=chat)


def _ending(turn: Turn, offered: Offered, subject: int, person: Person, chat: int) -> tuple[tuple[Button, ...], ...]:
    return (turn.offer(offered, subject, chat=chat, person=person.id, lasts=LASTS),)


@answers("taikhoan", scope=Scope.OWN, group=False, help="taikhoan", earnest=True)
def show(message: Message, turn: Turn) -> Answer:
    """By what the asker is in, each with a way to end it."""
    entries = list(_entries(turn))
    buttons = [turn.offer(one.offered, one.subject, {f"Ngắt {n}": "end"}) for n, one in enumerate(entries, 1)]
    return turn.say("joining.entries", entries=entries, buttons=tuple(buttons))


def _entries(turn: Turn) -> Iterator[_Entry]:
    for account in accounts.of_person(turn.tx, turn.me.id):
        if account.channel != rooms.CHANNEL:  # there each device is one
            here = account.chat == turn.chat.id
            yield _Entry(ACCOUNT, account.chat, platform(account.channel), _moment(turn, account.joined_at), here)
    for device in reversed(devices.of_person(turn.tx, turn.me.id, turn.now)):
        yield _Entry(DEVICE, device.id, device.name, _moment(turn, device.joined_at), here=False)


def _moment(turn: Turn, at: datetime) -> str:
    return f"{turn.house.calendar.local(at):%H:%M %d/%m}"


def platform(channel: str) -> str:
    """What people call the platform of a channel: `Zalo`, whichever of several bots there it is."""
    return channel.partition(":")[0].capitalize()  # zalo:2


def on_platform(turn: Turn, person: Person, channel: str) -> list[Account]:
    """The person's accounts on the platform of this channel."""
    return [one for one in accounts.of_person(turn.tx, person.id) if platform(one.channel) == platform(channel)]


def end(turn: Turn, person: Person, chat: int) -> str | None:
    """From now on the account of this chat is a stranger's: what waits for it is not said; None: it was no account."""
    channel = accounts.end(turn.tx, person.id, chat)
    if channel is not None:
        turn.on_record("account ended", person.id, detail=channel, by=turn.person or person)
        outbox.forget_for(turn.tx, chat, turn.now)
        dashboards.end_all(turn.tx, person.id, turn.now)  # one may be open wherever that account is
    return channel


def end_device(turn: Turn, device: devices.Device) -> None:
    """Nobody is in by this device any more; a page that is open there is cut off once that is committed."""
    devices.end(turn.tx, device.id, turn.now)
    dashboards.end_all(turn.tx, device.person, turn.now)
    turn.ended.add(device.id)


@answers(offer=DEVICE, scope=Scope.OWN, earnest=True)
def press_device(pressed: Pressed, turn: Turn) -> Answer:
    """End a device that joined with this person's code."""
    device = devices.by_id(turn.tx, pressed.offer.subject)
    if device is None or not pressed.use(turn):
        return None
    end_device(turn, device)
    turn.on_record("device ended", device.person, detail=device.name)
    return pressed.settle(turn.text("joining.device_ended", device=device.name))


@answers(offer=ACCOUNT, scope=Scope.OWN, earnest=True)
def press_account(pressed: Pressed, turn: Turn) -> Answer:
    """End an account: it is a stranger's, and hears nothing of this person's. If it was never theirs, the code ends."""
    chat = pressed.offer.subject
    pressed.use(turn)
    channel = end(turn, turn.me, chat)
    if channel is None:
        return pressed.settle(turn.text("joining.account_gone"))
    refused = pressed.choice == "refuse"
    text = turn.text("joining.account_ended", channel=platform(channel), refused=refused)
    told = [Reply(turn.text("joining.ended_here"), to=chats.by_id(turn.tx, chat).id)] if chat != turn.chat.id else []
    if not refused:
        return [*pressed.settle(text), *told]
    locked = locking.lock_code(turn)
    return [*pressed.settle(f"{text}\n{locked.text}"), *told, *locked.told]
