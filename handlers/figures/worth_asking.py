"""/luuy: what an officer or a lead may want to ask about a day. Everything counts as before."""

from collections.abc import Sequence
from datetime import date

from handlers.calendar import Calendar
from handlers.figures import facts, here, progress, worth
from handlers.figures.facts import ONE_DAY
from handlers.figures.worth import Question, Told
from handlers.language.folding import fold
from handlers.messages import Message
from handlers.turn import Answer, Scope, Turn, answers, command_button
from storage.campaign import communes as all_communes
from storage.campaign import people, teams
from storage.campaign.communes import Commune
from storage.campaign.people import Role
from storage.engine.transaction import Transaction
from storage.reports import of_day

MOST = 12  # questions in one message
_TEXTS = {
    "one_failure": "worth.one_failure",
    "fast_hour": "worth.fast_hour",
    "equal_again": "worth.equal_again",
    "copied_total": "worth.copied_total",
}
_TODAY = frozenset({"", "hom nay", "nay"})


@answers(
    "luuy",
    who=(Role.OFFICER, Role.LEAD, Role.ADMIN),
    scope=Scope.COMMUNES,
    group=False,
    help="luuy",
    button=True,
)
def show(message: Message, turn: Turn) -> Answer:
    """What to ask about a day, today's or the one that is named; of the communes that this person sees."""
    places = here.communes(turn)
    if not places:
        return turn.say("totals.none_visible")
    day = _day(turn, fold(message.text.strip()))
    if day is None:
        return turn.say("worth.ways")
    told = gather(turn.tx, turn.house.calendar, places, day)
    found = worth.questions(told)
    yesterday = turn.work_day - ONE_DAY
    buttons = ((command_button("Hôm qua", "/luuy hôm qua"),),) if day != yesterday else ()
    if not found:
        return turn.say("worth.nothing", day=day, reports=len(told), buttons=buttons)
    lines = [_line(turn, one) for one in found[:MOST]]
    return turn.say("worth.found", day=day, lines=lines, number=len(found), more=len(found[MOST:]), buttons=buttons)


def number(tx: Transaction, calendar: Calendar, day: date) -> int:
    """How much there is to ask about a day, of all communes."""
    return len(worth.questions(gather(tx, calendar, all_communes.every(tx), day)))


def gather(tx: Transaction, calendar: Calendar, communes: Sequence[Commune], day: date) -> list[Told]:
    """The facts of a day that the rules look at: its reports in these communes."""
    wanted = {place.id for place in communes}
    own = [team.id for team in teams.every(tx) if team.commune in wanted]
    return [
        Told(one.person, one.team, calendar.local(one.at), one.counts, worth.cause_of(one.words) if one.words else "")
        for one in of_day.of_teams(tx, own, day)
    ]


def _day(turn: Turn, wanted: str) -> date | None:
    """The one day that is meant, until today; None where none is."""
    if wanted in _TODAY:
        return turn.work_day
    asked = progress.days_asked(turn, wanted)
    if asked is None or asked.span[0] != asked.span[1] or asked.span[0] > turn.work_day:
        return None
    return asked.span[0]


def _line(turn: Turn, question: Question) -> str:
    """What was seen, and what may be asked."""
    known = {place.id: facts.short(place) for place in all_communes.every(turn.tx)}
    where = [known[teams.by_id(turn.tx, team).commune] for team in question.teams]
    found = [people.by_id(turn.tx, person) for person in question.people]
    return turn.text(
        _TEXTS[question.rule],
        one=question,
        names=[person.name for person in found if person is not None],
        places=list(dict.fromkeys(where)),
    )
