"""/thunghiem: half an hour in which a private chat counts nothing; how it begins and ends, and [Tính thật]."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from handlers import texts
from handlers.buttons.pressed import Pressed
from handlers.calendar import Calendar
from handlers.figures.gathered.facts import short
from handlers.language import fold
from handlers.messages import Chat, Message, Reply, Sender
from handlers.reports import withdrawing
from handlers.states import IN_EARNEST
from handlers.turn import STUDENTS, Again, Answer, Scope, Turn, answers, command_button
from storage.campaign import accounts, communes, people, phases, teams
from storage.campaign.teams import Team
from storage.engine.transaction import Transaction
from storage.reports import reports
from storage.talk import books, practices
from storage.talk.practices import Practice, Practised

LASTS = timedelta(minutes=30)
STOP = "Kết thúc"
_STOPS = frozenset({"ket thuc", "ketthuc", "dung", "dung lai", "thoi", "xong", "tat"})


@answers("thunghiem", scope=Scope.OWN, group=False, help="thunghiem", button=True, earnest=True)
def practise(message: Message, turn: Turn) -> Answer:
    """Practice begins, or ends where it is on; `/thunghiem kết thúc` only ends it."""
    if message.edited_at is not None:
        return None
    known = [one for one in practices.near(turn.tx, turn.chat.id, message.at) if one.had(message.at)]
    if known and known[-1].ended_at is None:
        return ended(turn.tx, turn.house.calendar, known[-1], message.at)
    if known or fold(message.text) in _STOPS:
        return turn.say("practice.not_on")
    return _begin(message, turn)


def _begin(message: Message, turn: Turn) -> Reply:
    team = _team(turn)
    if team is None:
        return turn.say("practice.no_team")
    until = message.at + LASTS
    practice = practices.begin(turn.tx, person=turn.me.id, chat=turn.chat.id, at=message.at, until=until)
    books.begin(turn.tx, practice, team, turn.work_day)
    reporting = turn.me.role in STUDENTS
    return turn.say(
        "practice.begun",
        until=until,
        team="" if reporting else short(communes.by_id(turn.tx, team.commune)),
        reports=reporting,
        buttons=((command_button(STOP, "/thunghiem kết thúc"),),),
    )


def _team(turn: Turn) -> Team | None:
    """The own team; who has none practises with one of their communes, or of the campaign."""
    own = teams.team_of(turn.tx, turn.me.id, turn.work_day)
    phase = phases.phase_on(turn.tx, turn.work_day)
    if own is not None or phase is None:
        return own
    known = teams.of_phase(turn.tx, phase.id)
    scope = people.scope_of(turn.tx, turn.me.id)
    return next((team for team in known if team.commune in scope), known[0] if known else None)


def ended(tx: Transaction, calendar: Calendar, practice: Practice, at: datetime) -> list[Reply]:
    """It ends, and one line says what was practised; none where the chat is no more its person's."""
    if not accounts.is_of(tx, practice.person, practice.chat):
        practices.end(tx, practice.id, min(at, practice.until))
        return []
    done, counted = books.done(tx, practice), practices.counted(tx, practice.id)
    practices.end(tx, practice.id, min(at, practice.until))
    values: Mapping[str, Any] = {
        "early": at < practice.until,
        "until": practice.until,
        "reports": done.reports,
        "corrections": done.corrections,
        "counts": done.counts,
        "counted": counted,
    }
    person = people.by_id(tx, practice.person)
    return [Reply(texts.render("practice.over", calendar=calendar, now=at, person=person, **values))]


# [Tính thật]


@answers(offer=IN_EARNEST, who=STUDENTS, scope=Scope.OWN, group=False, earnest=True)
def press_in_earnest(pressed: Pressed, turn: Turn) -> Answer:
    """Count a message of a practice, and what corrected it, as if it had been said in earnest when it was sent."""
    practice, meant = practices.take_for_real(turn.tx, pressed.offer.subject, turn.at)
    if not meant:
        return pressed.refuse(turn.text("practice.counted_before"))
    pressed.use(turn)
    _take_out(turn, practice, meant)
    turn.again = Again(tuple(_message(turn, one) for one in meant), pressed.said_in)
    return []


def _message(turn: Turn, one: Practised) -> Message:
    chat = Chat(turn.chat.channel, turn.chat.address, private=True)
    return Message(chat, Sender("", ""), one.message, one.text, one.at)


def _take_out(turn: Turn, id: int, meant: list[Practised]) -> None:
    """What counts in earnest stands in the book of the practice no more, where that is still on."""
    practice = next((one for one in practices.near(turn.tx, turn.chat.id, turn.at) if one.id == id), None)
    if practice is None or practice.ended_at is not None:
        return
    with books.opened(turn.tx, practice) as book:
        inside = Turn(book.tx, turn.house, turn.chat, turn.at, turn.now, people.by_id(book.tx, turn.me.id))
        for one in meant:
            report = reports.of_message(book.tx, turn.chat.id, one.message)
            if report is not None and not report.withdrawn:
                withdrawing.withdraw(inside, report)
        practices.keep(turn.tx, practice.id, book.kept())
