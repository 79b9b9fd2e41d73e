"""What some communes are called together."""

from collections.abc import Sequence

from handlers.figures.gathered import facts
from handlers.texts import listed
from handlers.turn import Turn
from storage.campaign import communes, phases
from storage.campaign.communes import Commune

_MOST_NAMES = 3  # communes called by name in one line


def name_of(turn: Turn, places: Sequence[Commune]) -> str:
    """The name of one, of a few, or of the campaign where they are all."""
    if len(places) == 1:
        return places[0].name
    whole = phases.current(turn.tx)
    if whole is not None and len(places) == len(communes.every(turn.tx)):
        return whole.name
    if len(places) <= _MOST_NAMES:
        return listed(map(facts.short, places))
    return turn.text("totals.several", number=len(places))
