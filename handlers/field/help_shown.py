"""How help that is asked for is shown: in the team's chat, to whoever goes, to whoever asked, and in the list."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from handlers import offering, texts
from handlers.buttons.pressed import Pressed
from handlers.calendar import Calendar
from handlers.messages import Button, Reply, Rows, Saying
from handlers.states import HELP
from handlers.turn import OFFER_LASTS, House, Turn
from storage.campaign import accounts, people, teams
from storage.campaign.people import Person
from storage.campaign.teams import Team
from storage.engine.transaction import Transaction
from storage.field import assistance
from storage.field.assistance import Help
from storage.talk import chats, offers

MOST = 8  # in one list

# Why a press does nothing.
REFUSED: Mapping[str, str] = MappingProxyType(
    {
        "over": "assistance.over",
        "taken": "assistance.taken_already",
        "not_asker": "assistance.not_asker",
    }
)
_NEWS = MappingProxyType(
    {
        "taken": "assistance.heard_taken",
        "done": "assistance.heard_done",
        "back": "assistance.heard_back",
        "off": "assistance.heard_off",
        "again": "assistance.heard_again",
    }
)


def ways(one: Help) -> dict[str, str]:
    """What may be done about it, as it stands."""
    if one.called_off:
        return {"Vẫn cần": "again"}
    if one.done:
        return {"Chưa xong": "undo"}
    if one.helper is not None:
        return {"Xong": "done", "Không đi được": "back", "Hủy": "off"}
    return {"Nhận": "take", "Xong": "done", "Hủy": "off"}


def places(tx: Transaction, one: Help) -> list[tuple[int, int]]:
    """Where the team is asked, with who leads there: its chats, else the private ones of who leads it."""
    groups = chats.of_team(tx, one.team)
    if groups:
        return [(chat, one.person) for chat in groups]
    locked = teams.locked_in(tx, one.team) | {one.person}
    heads = [lead for lead in people.leads_of(tx, one.team) if lead.id not in locked]
    return [(chat, lead.id) for lead in heads for chat in accounts.private_chats(tx, lead.id)]


def values(tx: Transaction, calendar: Calendar, one: Help) -> dict[str, Any]:
    """What texts about it say: who asks, who goes, and when, as clocks show it."""
    asker = people.by_id(tx, one.person)
    helper = people.by_id(tx, one.helper) if one.helper is not None else None
    return {
        "help": one,
        "asker": asker.name if asker is not None else "",
        "helper": helper.name if helper is not None else "",
        "at": calendar.local(one.at) if one.at is not None else None,
    }


def posted(tx: Transaction, house: House, one: Help, chat: int, person: int, now: Any, *, again: bool = False) -> Reply:
    """What stands in the team's chat about it, as it is now. `again`: nobody has taken it for a while."""
    text = texts.render(
        "assistance.post",
        calendar=house.calendar,
        now=now,
        person=None,
        again=again,
        **values(tx, house.calendar, one),
    )
    return Reply(text, (_buttons(tx, one, ways(one), chat, person, now),))


def _buttons(
    tx: Transaction, one: Help, choices: Mapping[str, str], chat: int, person: int, now: Any
) -> tuple[Button, ...]:
    return offering.buttons(tx, HELP, one.id, choices, chat=chat, person=person, deadline=now + OFFER_LASTS)


def shown(turn: Turn, one: Help, *, pressed: Pressed | None = None) -> list[Saying]:
    """It is said, or said anew, wherever the team is asked. `pressed`: what changed it, which is answered here.

    Typed it is answered by a message of its own.
    """
    said: list[Saying] = []
    targets = places(turn.tx, one)
    for chat, person in targets:
        before = offers.said_in(turn.tx, chat, HELP.kind, one.id)
        here = chat == turn.chat.id
        typed = here and pressed is not None and pressed.press is None
        reply = posted(turn.tx, turn.house, one, chat, person, turn.now)
        said.append(
            Reply(
                reply.text,
                reply.buttons,
                to=None if here else chat,
                replaces=None if typed or (pressed is None and here) else before,
            )
        )
    if pressed is not None and turn.chat.id not in [chat for chat, _ in targets]:
        said.insert(0, _privately(pressed, turn, one))
    return said


def _privately(pressed: Pressed, turn: Turn, one: Help) -> Reply:
    """What a press in a private chat made of it."""
    text = turn.text("assistance.state", **values(turn.tx, turn.house.calendar, one))
    choices = ways(one)
    if turn.me.id != one.person:
        choices = {label: what for label, what in choices.items() if what not in ("off", "again")}
    row = turn.offer(HELP, one.id, choices) if choices else ()
    return Reply(text, (row,) if row else (), replaces=pressed.said_in)


def asked_of(turn: Turn, one: Help) -> dict[str, Any]:
    """Whom the team's being asked reached, for the answer to whoever asks."""
    groups = bool(chats.of_team(turn.tx, one.team))
    names = [] if groups else sorted({_name(turn.tx, person) for _, person in places(turn.tx, one)})
    return {"group": groups, "names": names, "at": values(turn.tx, turn.house.calendar, one)["at"]}


def _name(tx: Transaction, person: int) -> str:
    found = people.by_id(tx, person)
    return found.name if found is not None else ""


def to_helper(turn: Turn, one: Help, pressed: Pressed) -> list[Saying]:
    """Whoever goes hears in private what the team's chat was not told; not where it is said there already."""
    said: list[Saying] = []
    if turn.chat.private:
        return said
    for chat in accounts.private_chats(turn.tx, turn.me.id):
        row = turn.offer(HELP, one.id, {"Xong": "done", "Không đi được": "back"}, chat=chat)
        text = turn.text_for(turn.me, "assistance.yours", **values(turn.tx, turn.house.calendar, one))
        said.append(Reply(text, (row,), to=chat))
    return said


def heard(turn: Turn, one: Help, news: str) -> list[Saying]:
    """Whoever asked hears what became of it; of a help called off by somebody else, whoever was to go as well."""
    whom = {one.person, *([one.helper] if one.helper is not None and news == "off" else [])} - {turn.me.id}
    said: list[Saying] = []
    for id in sorted(whom):
        person = people.by_id(turn.tx, id)
        if person is not None:
            text = turn.text_for(person, _NEWS[news], by=turn.me.name, **values(turn.tx, turn.house.calendar, one))
            said += [Reply(text, to=chat) for chat in accounts.private_chats(turn.tx, id)]
    return said


def listed(turn: Turn, team: Team) -> Reply:
    """What the team is still asked for; with the names only for who asks and who goes, in private."""
    known = assistance.of_team(turn.tx, team.id, turn.work_day)
    calendar = turn.house.calendar
    rows: Rows = ()
    for number, one in enumerate(known[:MOST], 1):
        choices = _open_to(turn, one)
        which = f" {number}" if len(known) > 1 else ""
        row = turn.offer(HELP, one.id, {f"{label}{which}": what for label, what in choices.items()}) if choices else ()
        rows = (*rows, row) if row else rows
    lines = [
        values(turn.tx, calendar, one) | {"whole": turn.chat.private and turn.me.id in (one.person, one.helper)}
        for one in known[:MOST]
    ]
    return turn.say("assistance.list", lines=lines, more=len(known) - len(lines), buttons=rows)


def _open_to(turn: Turn, one: Help) -> dict[str, str]:
    """What the one who looks may do about it."""
    may = {"take"} if one.helper is None else {"done", "back"} if one.helper == turn.me.id else set()
    may |= {"off"} if one.person == turn.me.id else set()
    return {label: what for label, what in ways(one).items() if what in may}


def leads_of(tx: Transaction, team: int) -> list[Person]:
    """Who leads the team and is there."""
    locked = teams.locked_in(tx, team)
    return [lead for lead in people.leads_of(tx, team) if lead.id not in locked]
