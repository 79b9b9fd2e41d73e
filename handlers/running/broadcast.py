"""/thongbao: an officer of the campaign says something to all team chats, after a look at it and a yes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from handlers import texts
from handlers.buttons.pressed import Pressed
from handlers.calendar import Calendar
from handlers.figures.gathered.facts import short
from handlers.messages import Message, Reply
from handlers.states import BROADCAST, STOP_BROADCAST
from handlers.turn import Answer, Behind, Scope, Turn, answers
from storage.campaign import communes, people, phases, teams
from storage.campaign.people import Role
from storage.engine.transaction import Transaction
from storage.running import broadcasts
from storage.running.broadcasts import Broadcast, Standing
from storage.talk import chats, outbox

LONGEST = 1500  # characters: with its head it is one message on every platform
ASKED_FOR = timedelta(hours=1)  # so long a yes may come
MOST_NAMES = 12
SENDERS = (Role.OFFICER, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Recipients:
    """The chats of all teams of the phase; `without`: the communes whose team has none that can be reached."""

    chats: Sequence[int]
    teams: int
    without: Sequence[str]


@answers("thongbao", who=SENDERS, scope=Scope.CAMPAIGN, group=False, help="thongbao", behind=Behind.WORDS, lines=True)
def show(message: Message, turn: Turn) -> Answer:
    """What will be said, and to how many; nothing is sent before a yes."""
    if not _may_send(turn):
        return turn.say("broadcast.campaign_only")
    text = message.text.strip()
    if not text:
        return turn.say("broadcast.ways")
    if len(text) > LONGEST:
        return turn.say("broadcast.too_long", most=LONGEST, length=len(text))
    found = recipients(turn)
    if not found.chats:
        return turn.say("broadcast.nobody")
    id = broadcasts.make(turn.tx, by=turn.me.id, chat=turn.chat.id, text=text, at=turn.at)
    turn.tells_hidden = bool(message.hidden)
    labels = {f"Gửi {len(found.chats)} nhóm": "send", "Thôi": "leave"}
    return turn.say(
        "broadcast.ask",
        post=post(turn.house.calendar, turn.now, turn.me.name, text),
        found=found,
        **_named(found),
        hidden=bool(message.hidden),
        quiet_until=_quiet_until(turn),
        buttons=(turn.offer(BROADCAST, id, labels, lasts=ASKED_FOR),),
    )


@answers(offer=BROADCAST, who=SENDERS, scope=Scope.CAMPAIGN)
def press(pressed: Pressed, turn: Turn) -> Answer:
    """It goes out from now on, to the chats that there are by now; or it is left."""
    broadcast = broadcasts.by_id(turn.tx, pressed.offer.subject)
    if broadcast is None or broadcast.by != turn.me.id or not _may_send(turn):
        return pressed.refuse(turn.text("helping.press_other"))
    if broadcast.ended_at is not None or broadcast.text is None:
        return pressed.refuse(turn.text("broadcast.replaced"))
    if not pressed.use(turn):
        return pressed.refuse(turn.text("helping.press_other"))
    if pressed.choice == "leave":
        broadcasts.leave(turn.tx, broadcast.id, turn.at)
        return pressed.settle(turn.text("broadcast.left"))
    found = recipients(turn)
    meant_at = _quiet_until(turn) or turn.now
    if not found.chats or not broadcasts.begin(turn.tx, broadcast.id, found.chats, at=turn.now, meant_at=meant_at):
        return pressed.settle(turn.text("broadcast.nobody"))
    turn.on_record("broadcast sent", broadcast.id, detail=str(len(found.chats)))
    said = post(turn.house.calendar, turn.now, turn.me.name, broadcast.text)
    return pressed.settle(turn.text("broadcast.begun", post=said, number=len(found.chats), **_named(found)))


@answers(offer=STOP_BROADCAST, who=SENDERS, scope=Scope.CAMPAIGN)
def press_stop(pressed: Pressed, turn: Turn) -> Answer:
    """What has not left does not leave any more."""
    broadcast = broadcasts.by_id(turn.tx, pressed.offer.subject)
    if broadcast is None or broadcast.by != turn.me.id or broadcast.meant_at is None:
        return pressed.refuse(turn.text("helping.press_other"))
    if not broadcasts.stop(turn.tx, broadcast.id, turn.at):
        return pressed.refuse(turn.text("broadcast.over"))
    pressed.use(turn)
    outbox.take_back(turn.tx, key_of(broadcast), broadcast.meant_at)
    left = broadcasts.standing(turn.tx, broadcast.id)
    turn.on_record("broadcast stopped", broadcast.id, detail=str(len(left.unsaid)))
    return pressed.settle(turn.text("broadcast.stopping", left=len(left.unsaid)))


def _named(found: Recipients) -> dict[str, Any]:
    """The communes whose team has no chat: those that a message names, and how many others there are."""
    return {"names": found.without[:MOST_NAMES], "more": len(found.without[MOST_NAMES:])}


def _may_send(turn: Turn) -> bool:
    """Whether the one who speaks answers for the whole campaign."""
    return turn.me.role == Role.ADMIN or not people.scope_of(turn.tx, turn.me.id)


def _quiet_until(turn: Turn) -> datetime | None:
    """The end of the quiet hours, where it is quiet now: nothing is said to groups before."""
    local = turn.house.calendar.local(turn.now)
    times = turn.house.times
    if times.quiet is None or not times.is_quiet(local.time()):
        return None
    end = local.replace(hour=times.quiet[1].hour, minute=times.quiet[1].minute, second=0, microsecond=0)
    return end if end > local else end + timedelta(days=1)


def recipients(turn: Turn) -> Recipients:
    """To whom it would go now."""
    phase = phases.phase_on(turn.tx, turn.work_day)
    known = teams.of_phase(turn.tx, phase.id) if phase is not None else []
    found: dict[int, None] = {}
    without = []
    for team in known:
        own = chats.of_team(turn.tx, team.id)
        found |= dict.fromkeys(own)
        if not own:
            without.append(short(communes.by_id(turn.tx, team.commune)))
    return Recipients(list(found), len(known), without)


# What is said, and how far it is


def key_of(broadcast: Broadcast) -> str:
    """How the keys of its rows begin."""
    return f"broadcast:{broadcast.id}"


def post(calendar: Calendar, now: datetime, name: str, text: str) -> str:
    """As a team's chat reads it."""
    return texts.render("broadcast.post", calendar=calendar, now=now, person=None, name=name, text=text)


def for_teams(tx: Transaction, calendar: Calendar, broadcast: Broadcast, now: datetime) -> Reply:
    """The same of one that was begun."""
    sender = people.by_id(tx, broadcast.by)
    return Reply(post(calendar, now, sender.name if sender else "", broadcast.text or ""))


def progress(tx: Transaction, calendar: Calendar, broadcast: Broadcast, standing: Standing, now: datetime) -> str:
    """How far it is, for whoever sends it; in the end whom it did not reach."""
    names = [_name(tx, chat) for chat in standing.unsaid]
    return texts.render(
        "broadcast.progress",
        calendar=calendar,
        now=now,
        person=people.by_id(tx, broadcast.by),
        standing=standing,
        stopped=broadcast.stopped_at is not None,
        held_until=broadcast.meant_at if broadcast.meant_at and broadcast.meant_at > now else None,
        names=names[:MOST_NAMES],
        more=len(names[MOST_NAMES:]),
    )


def _name(tx: Transaction, chat: int) -> str:
    """Whose chat it is: the commune of its team, with the group's title where there is one."""
    team, title = chats.team_of(tx, chat), chats.title(tx, chat)
    commune = short(communes.by_id(tx, teams.by_id(tx, team).commune)) if team is not None else ""
    return " – ".join(filter(None, [commune, title])) or "?"
