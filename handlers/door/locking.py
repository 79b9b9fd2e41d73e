"""A code of which its owner says that somebody else used it: it ends, and whoever can hand out another is told."""

from collections.abc import Iterator
from dataclasses import dataclass

from handlers.messages import Reply
from handlers.states import NEW_CODE
from handlers.turn import Turn
from storage.campaign import accounts, claims, codes, people, teams
from storage.campaign.people import Person, Role


@dataclass(frozen=True, slots=True)
class Locked:
    """What the owner is told of it, and what others are."""

    text: str
    told: tuple[Reply, ...]


def lock_code(turn: Turn) -> Locked:
    """The code of the one who speaks lets nobody in any more; their accounts stay. Who waited for their word hears."""
    me = turn.me
    waiting = claims.of_person(turn.tx, me.id, turn.now)
    claims.end_for(turn.tx, me.id)
    codes.renew(turn.tx, me.id, turn.now)
    turn.on_record("code locked", me.id, detail="not the owner")
    keepers = dict(_keepers(turn, me))
    told = [keeper.name for keeper in keepers]
    text = turn.text("joining.code_locked", told=told, own=me.role == Role.ADMIN)
    refused = (Reply(turn.text("joining.claim_refused"), to=claim.chat) for claim in waiting)
    return Locked(text, (*refused, *(_told(turn, keeper, chat) for keeper, there in keepers.items() for chat in there)))


def _told(turn: Turn, keeper: Person, chat: int) -> Reply:
    buttons = turn.offer(NEW_CODE, turn.me.id, chat=chat, person=keeper.id, lasts=claims.LASTS)
    text = turn.text_for(keeper, "joining.code_refused", name=turn.me.name, ref=turn.me.ref)
    return Reply(text, (buttons,), to=chat)


def _keepers(turn: Turn, person: Person) -> Iterator[tuple[Person, list[int]]]:
    """Who can hand out a code to this person, with their chats: the team's leads, else the admins."""
    team = teams.team_of(turn.tx, person.id, turn.work_day)
    leads = people.leads_of(turn.tx, team.id) if team is not None else []
    for several in (leads, people.admins(turn.tx)):
        reached = [(one, accounts.private_chats(turn.tx, one.id)) for one in several if one.id != person.id]
        reached = [(one, chats) for one, chats in reached if chats]
        if reached:
            yield from reached
            return
