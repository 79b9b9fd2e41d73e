"""Hamlets that students wrote and the list does not have: the lead says which they are."""

from collections.abc import Sequence

from handlers.buttons.pressed import Pressed
from handlers.messages import Reply, Saying
from handlers.places.finding import find_hamlet
from handlers.states import MERGE
from handlers.texts import hamlet, hamlet_head
from handlers.turn import LEADS, Answer, Scope, Turn, answers
from storage.campaign import accounts, hamlets, people
from storage.campaign.hamlets import Hamlet
from storage.campaign.people import Role
from storage.campaign.teams import team_of

MOST_NEAR = 3  # known hamlets that a lead is offered for a new one


def about_new(turn: Turn) -> list[Saying]:
    """The leads are asked about each hamlet that became known just now."""
    return [one for id in turn.new_hamlets for one in _about(turn, id)]


def _about(turn: Turn, id: int) -> list[Saying]:
    """The leads of the commune's team are asked once whether a new hamlet is one that the list has."""
    new = hamlets.by_id(turn.tx, id)
    team = team_of(turn.tx, turn.me.id, turn.work_day)
    if team is None or team.commune != new.commune:
        return []
    listed = [one for one in hamlets.of_commune(turn.tx, new.commune) if one.listed]
    if not listed:
        return []  # a commune without a list: every hamlet is new
    return [
        _ask_lead(turn, lead, chat, new, listed)
        for lead in people.leads_of(turn.tx, team.id)
        for chat in accounts.private_chats(turn.tx, lead.id)
    ]


def _ask_lead(turn: Turn, lead: people.Person, chat: int, new: Hamlet, listed: Sequence[Hamlet]) -> Reply:
    near = find_hamlet(new.name, listed).candidates[:MOST_NEAR]
    choices = {f"Là {hamlet(one.name)}": str(one.id) for one in near}
    choices |= {f"Chọn thôn cho “{hamlet_head(new.name)}”": "which", f"Giữ “{hamlet_head(new.name)}”": "keep"}
    buttons = turn.offer(MERGE, new.id, choices, chat=chat, person=lead.id)
    text = turn.text_for(lead, "hamlet.new", name=new.name, who=turn.me.name if lead.id != turn.me.id else "")
    return Reply(text, tuple((button,) for button in buttons), to=chat)


def _is_in_scope(turn: Turn, new: Hamlet) -> bool:
    """An admin's is every commune, a lead's that of the team by now."""
    own = team_of(turn.tx, turn.me.id, turn.work_day)
    return turn.me.role == Role.ADMIN or (own is not None and own.commune == new.commune)


@answers(offer=MERGE, who=LEADS, scope=Scope.TEAM)
def press_merge(pressed: Pressed, turn: Turn) -> Answer:
    """The new hamlet is one that the list has, or stays."""
    new = hamlets.by_id(turn.tx, pressed.offer.subject)
    if not _is_in_scope(turn, new):
        return pressed.refuse(turn.text("helping.press_other"))
    pressed.use(turn)
    if pressed.choice == "keep":
        return pressed.settle(turn.text("hamlet.kept", name=new.name))
    known = [one for one in hamlets.of_commune(turn.tx, new.commune) if one.listed]
    if pressed.choice == "which":
        choices = {f"Là {hamlet(one.name)}": str(one.id) for one in known[:40]}
        choices[f"Giữ “{hamlet_head(new.name)}”"] = "keep"
        buttons = turn.offer(MERGE, new.id, choices)
        rows = tuple(buttons[start : start + 2] for start in range(0, len(buttons), 2))
        return pressed.settle(turn.text("hamlet.merge_which", name=new.name), buttons=rows)
    into = next((one for one in known if str(one.id) == pressed.choice), None)
    if into is None or into.id == new.id:
        return pressed.settle(turn.text("helping.press_unknown"))
    hamlets.merge(turn.tx, new.id, into.id)
    turn.on_record("hamlet merged", new.id, before=new.name, after=into.name)
    return pressed.settle(turn.text("hamlet.merged", name=new.name, into=into.name))
