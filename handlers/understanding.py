"""What a message means for whoever sent it: read with the names of the hamlets that their commune has."""

from datetime import datetime

from handlers.language import Reading, may_name_hamlet, names_of, read
from handlers.language.words import NO_NAMES, Names
from handlers.places import folded_hamlet
from handlers.turn import Turn
from storage import campaign


def understood(turn: Turn, text: str, at: datetime) -> Reading:
    """The reading of a text that the person sent at a moment."""
    names = _names(turn, at) if may_name_hamlet(text) else NO_NAMES
    return read(text, turn.house.calendar.local(at), names)


def _names(turn: Turn, at: datetime) -> Names:
    team = campaign.team_of(turn.tx, turn.me.id, turn.house.calendar.work_day(at))
    if team is None:
        return NO_NAMES
    return names_of(folded_hamlet(hamlet.name) for hamlet in campaign.hamlets(turn.tx, team.commune))
