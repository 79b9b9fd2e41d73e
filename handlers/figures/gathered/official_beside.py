"""The newest official number of some communes, apart from the bot's own, as figures show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.figures.gathered import facts
from handlers.figures.gathered.facts import ONE_DAY, Standing
from handlers.turn import Turn
from storage.campaign import communes as all_communes
from storage.campaign.communes import Commune
from storage.reports import official


@dataclass(frozen=True, slots=True)
class Beside:
    """What was stated officially; `moment`: of a day that is not over, else ''.

    `apart`: how many more phones it has than the bot had at the end of its day; None where the day was not over.
    """

    n: int
    day: date
    moment: str
    apart: int | None


def of(turn: Turn, places: Sequence[Commune], whole: Standing) -> Beside | None:
    """The newest one of the one commune, or of the campaign where these are all; None where there is none."""
    if len(places) > 1 and len(places) != len(all_communes.every(turn.tx)):
        return None
    known = [one for one in official.of(turn.tx, facts.only(places)) if one.day <= turn.work_day]
    if not known:
        return None
    newest, calendar = known[-1], turn.house.calendar
    if newest.at < calendar.starts(newest.day + ONE_DAY):
        return Beside(newest.n, newest.day, turn.clock(newest.at), None)
    bot = whole.done - facts.after(turn.tx, places, newest.day)
    return Beside(newest.n, newest.day, "", newest.n - bot)
