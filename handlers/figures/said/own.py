"""/cuatoi: the sender's own numbers: today, by day, the phase, by outcome and by hamlet."""

from collections.abc import Mapping
from datetime import date

from handlers.figures.asked_for import periods
from handlers.figures.gathered import facts
from handlers.figures.gathered.facts import ONE_DAY
from handlers.language import fold
from handlers.messages import Message, Rows
from handlers.places import in_phase
from handlers.texts import OUTCOMES
from handlers.turn import STUDENTS, Answer, Scope, Turn, answers, command_button
from storage.campaign import hamlets, phases
from storage.campaign.hamlets import NO_HAMLET
from storage.campaign.teams import Place, place_on
from storage.field import leave
from storage.reports import breakdown, drafts, tallies, totals
from storage.reports.tallies import Counts

MOST_HAMLETS = 12
MOST_IN_A_LINE = 3  # outcomes beside phones


@answers("cuatoi", who=STUDENTS, scope=Scope.OWN, help="cuatoi", button=True)
def show(message: Message, turn: Turn) -> Answer:
    """The phase of today, or the one named: `/cuatoi đợt 1`; days of it apart: `/cuatoi hôm qua`, `/cuatoi tuần`."""
    place = _named(turn, fold(message.text)) or place_on(turn.places, turn.work_day)
    assert place is not None, "the roster gives each student a team"
    phase = phases.by_id(turn.tx, place.team.phase)
    span = facts.span_of(turn.tx, phase)
    days = {
        day: counts for day, counts in totals.by_day(turn.tx, "person", turn.me.id).items() if span[0] <= day <= span[1]
    }
    named, elsewhere = _hamlets(turn, span)
    asked, whole = periods.days_asked(turn, fold(message.text)) if message.text else None, tallies.merged(days.values())
    return turn.say(
        "mine.phase",
        place=place,
        number=(turn.work_day - place.first).days + 1,
        length=(place.last - place.first).days + 1,
        away=in_phase.words(turn),
        day=turn.work_day,
        today_counts=days.get(turn.work_day),
        running=place.covers(turn.work_day),
        asked=asked.text if asked is not None else "",
        asked_counts=_of_days(days, asked.span) if asked is not None else {},
        whole=whole,
        others=_others_than_phones(whole),
        days=[(day, counts.get("activated", 0)) for day, counts in sorted(days.items(), reverse=True)],
        hamlets=named[:MOST_HAMLETS],
        more=len(named[MOST_HAMLETS:]),
        elsewhere=elsewhere,
        quota=facts.quota_of_one(turn.tx, phase, (place.first, turn.work_day - ONE_DAY)),
        done=sum(counts.get("activated", 0) for day, counts in days.items() if day < turn.work_day),
        before=turn.work_day - ONE_DAY,
        open=len(drafts.open_of(turn.tx, turn.me.id, turn.work_day)),
        off=leave.of_person(turn.tx, turn.me.id, since=turn.work_day),
        buttons=_others(turn, place),
    )


def _named(turn: Turn, wanted: str) -> Place | None:
    """The sender's phase of this name."""
    return next((place for place in turn.places if fold(place.phase) == wanted), None)


def _of_days(days: Mapping[date, Counts], span: tuple[date, date]) -> Counts:
    return tallies.merged(counts for day, counts in days.items() if span[0] <= day <= span[1])


def _others_than_phones(counts: Counts) -> list[tuple[int, str]]:
    """The outcomes beside phones, each with its words, where they are too many for a line."""
    found = [(counts[one], words) for one, words in OUTCOMES.items() if one != "activated" and counts.get(one)]
    return found if len(found) > MOST_IN_A_LINE else []


def _hamlets(turn: Turn, span: tuple[date, date]) -> tuple[list[tuple[str, int]], int]:
    """The sender's phones by hamlet, the most first, and those for which none was named."""
    sums = breakdown.hamlets_of_person(turn.tx, turn.me.id, span)
    elsewhere = sums.pop(NO_HAMLET, 0)
    ranked = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
    return [(hamlets.hamlet_name(turn.tx, id), n) for id, n in ranked], elsewhere


def _others(turn: Turn, shown: Place) -> Rows:
    """A button for each other phase of the sender that has begun."""
    others = [place for place in turn.places if place != shown and place.first <= turn.work_day]
    return (tuple(command_button(place.phase, f"/cuatoi {place.phase}") for place in others),) if others else ()
