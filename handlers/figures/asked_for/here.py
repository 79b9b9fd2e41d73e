"""What may be told where it is asked: in private whatever the person may see, in a group only what its team may."""

from handlers.figures.gathered import facts
from handlers.turn import Declaration, Turn
from storage.campaign import teams
from storage.campaign.communes import Commune
from storage.talk import chats


def communes(turn: Turn) -> list[Commune]:
    """The communes whose numbers are told to this person here; none in a group that is no team's, or another's."""
    seen = facts.visible(turn.tx, turn.me, turn.work_day)
    if turn.chat.private:
        return seen
    team = chats.team_of(turn.tx, turn.chat.id)
    return [place for place in seen if team is not None and place.id == teams.by_id(turn.tx, team).commune]


def answers(turn: Turn, said: Declaration) -> bool:
    """Whether a handler is answered here: in a group that is no team's, or another's, nothing of anybody is told."""
    return turn.chat.private or said.in_any_group or bool(communes(turn))
