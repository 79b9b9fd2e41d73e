"""What a browser is shown, as docs/webchat.md says: posts, rooms, devices as JSON."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from bot.clock import Clock
from bot.web.chat.frames import Hello
from handlers import calendar
from handlers.texts import hamlet_head, outcomes
from storage.campaign import hamlets, phases, teams
from storage.campaign.people import Person
from storage.engine.transaction import Transaction
from storage.reports import hamlets_in_use
from storage.reports.became import Kind
from storage.running import epoch
from storage.webchat import posts, rooms
from storage.webchat.devices import Device
from storage.webchat.posts import Post
from storage.webchat.rooms import Room

NEWEST = 30  # posts of each room that a browser without any is given
CHANGED_MOST = 300
PAGE = 50


def post(one: Post, viewer: int) -> dict[str, Any]:
    """A post as this person is shown it."""
    mine = one.person == viewer
    return {
        "id": one.id,
        "change": one.change,
        "room": one.room,
        "uuid": one.uuid if mine else None,
        "from": {"id": one.person, "name": one.name} if one.person is not None else None,
        "mine": mine,
        "text": one.text,
        "at": one.at,
        "edited": one.edited,
        "reply": {"id": one.reply.id, "name": one.reply.name, "text": one.reply.text} if one.reply else None,
        "buttons": [[{"label": label, "data": data} for label, data in row] for row in one.buttons],
        "reaction": one.reaction,
        "files": [
            {
                "id": file.id,
                "name": file.name,
                "type": file.type,
                "size": file.size,
                "width": file.width,
                "height": file.height,
            }
            for file in one.files
        ],
        "state": "taken" if one.taken else "stored",
        "became": _became(one) if mine else None,
    }


def _became(one: Post) -> dict[str, Any] | None:
    """What is stored of an own message by now, in the words of the house."""
    if one.became is None:
        return None
    kind = "for_other" if one.became.kind is Kind.COUNTED and one.became.person != one.person else one.became.kind
    if one.became.at is not None:
        return {"kind": str(kind), "at": milliseconds(one.became.at)}
    counts = kind not in (Kind.OPEN, Kind.WITHDRAWN, Kind.PRACTISED)
    return {"kind": str(kind), **({"what": outcomes(one.became.counts)} if counts else {})}


def _room(tx: Transaction, room: Room, viewer: int) -> dict[str, Any]:
    upto = rooms.read_upto(tx, room.id, viewer)
    return {
        "id": room.id,
        "kind": "private" if room.private else "team",
        "title": room.title,
        "unread": posts.unread(tx, room.id, viewer, upto),
        "read": upto,
        "commands": [list(command) for command in room.commands],
    }


def welcome(
    tx: Transaction, person: Person, hello: Hello, *, trial: bool, day_start: time, clock: Clock
) -> dict[str, Any]:
    """The first answer to a browser: who it is, its rooms, and what it does not have yet.

    What knows another life of the database, or more than there is, begins anew.
    """
    now = clock.now()
    own = rooms.of_person(tx, person.id, now)
    life, newest, since = epoch.current(tx), posts.newest_change(tx), hello.since
    anew = since is not None and (hello.epoch != life or since > newest)
    if anew:
        since = None
    changed = None
    if since is not None:
        changed = posts.changed_since(tx, [room.id for room in own], since, CHANGED_MOST)
    reset = changed is None
    if changed is None:
        changed = sorted((one for room in own for one in posts.latest(tx, room.id, NEWEST)), key=lambda one: one.id)
    known = phases.current(tx)
    return {
        "t": "welcome",
        "me": {"id": person.id, "name": person.name, "role": str(person.role)},
        "campaign": known.name if known else "",
        "trial": trial,
        "now": milliseconds(now),
        "rooms": [_room(tx, room, person.id) for room in own],
        "messages": [post(one, person.id) for one in changed],
        "reset": reset,
        "anew": anew,
        "epoch": life,
        "change": newest,
        "place": place(tx, person.id, day_start, now),
    }


def place(tx: Transaction, person: int, day_start: time, now: datetime) -> dict[str, Any]:
    """The hamlet in use, and those of the commune in which the person works."""
    day = calendar.current(tx, day_start).work_day(now)
    team = teams.team_of(tx, person, day)
    if team is None:
        return {"name": None, "hamlets": []}
    in_use = hamlets_in_use.in_use(tx, person, day)
    known = [hamlet_head(hamlet.name) for hamlet in hamlets.of_commune(tx, team.commune)]
    return {"name": hamlet_head(in_use.name) if in_use else None, "hamlets": known}


def history(tx: Transaction, room: int, viewer: int, before: int) -> dict[str, Any]:
    """A page of older posts."""
    page = posts.latest(tx, room, PAGE + 1, before=before)
    more = len(page) > PAGE
    return {"t": "history", "room": room, "messages": [post(one, viewer) for one in page[-PAGE:]], "more": more}


def devices(known: Sequence[Device], this: int) -> dict[str, Any]:
    """A person's devices."""
    return {
        "t": "devices",
        "devices": [
            {
                "id": device.id,
                "name": device.name,
                "joined": milliseconds(device.joined_at),
                "seen": milliseconds(device.seen_at),
                "this": device.id == this,
            }
            for device in known
        ],
    }


def milliseconds(moment: datetime) -> int:
    """Since 1970-01-01."""
    return int(moment.timestamp() * 1000)
