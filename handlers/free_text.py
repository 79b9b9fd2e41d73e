"""Reports as free text: what a message says was done is stored and said back."""

from datetime import timedelta

from handlers.door import privacy
from handlers.figures import questions
from handlers.language import Kind, Reading, Why
from handlers.messages import Message, Saying
from handlers.places import in_use
from handlers.reports import acting
from handlers.turn import STUDENTS, Answer, Turn, answers
from handlers.unasked import nudge
from storage.campaign.teams import Team, team_of
from storage.reports import reports
from storage.running import meta

HINT_EVERY = timedelta(minutes=10)
ALBUM_WITHIN = timedelta(seconds=2)


@answers("bc", "baocao", who=STUDENTS, help="baocao")
def report(message: Message, turn: Turn) -> Answer:
    """The same text after /bc: for groups where the platform hides plain text."""
    if not message.text:
        return turn.say("asking.hint")
    return free_text(message, turn)


@answers(text=True)
def free_text(message: Message, turn: Turn) -> Answer:
    """Answer what somebody wrote: a report, a correction, something unclear, or talk."""
    if not message.text:
        return turn.say("helping.not_text") if message.addressed and not _in_album(message, turn) else None
    if turn.me.role not in STUDENTS:
        return _to_officer(message, turn)
    team = team_of(turn.tx, turn.me.id, turn.day_of(message))
    assert team is not None, "the roster gives each student a team"
    reading = turn.reading(message)
    said = act(message, turn, team, reading)
    return privacy.with_line(said, questions.beside_report(message, turn, reading))


def _in_album(message: Message, turn: Turn) -> bool:
    """Whether it is one more picture of an album whose caption was just recorded."""
    last = reports.last_of(turn.tx, turn.me.id, since=turn.work_day)
    return last is not None and last.chat == turn.chat.id and abs(message.at - last.at) <= ALBUM_WITHIN


def _to_officer(message: Message, turn: Turn) -> list[Saying]:
    """Officers do not report; small talk gets the hint less often."""
    reading = turn.reading(message)
    answer = questions.of_officer(message, turn) if message.addressed else None
    if answer is not None:
        return answer
    if not message.addressed:
        return []
    if reading.kind is Kind.CHAT and reading.question and _may_hint(turn, "beyond"):
        return [questions.beyond(turn)]
    talk = reading.kind is Kind.CHAT or reading.why is Why.BARE_DONE
    return [turn.say("reporting.not_for_officers", talk=talk)] if not talk or _may_hint(turn) else []


def act(message: Message, turn: Turn, team: Team, reading: Reading) -> list[Saying]:
    """What a reading does, and what is said to it."""
    said = acting.for_other(message, turn, team)
    if said is None:
        said = acting.act(message, turn, team)
    return _talk(message, turn, reading) if said is None else said


# Talk


def _talk(message: Message, turn: Turn, reading: Reading) -> list[Saying]:
    """A question is answered; small talk gets a hint in a private chat, at most once in ten minutes; else nothing."""
    if message.addressed and message.edited_at is None:
        asked = questions.of_officer(message, turn) if turn.me.role in questions.MAY_ASK else None
        own = questions.of_student(message, turn) if asked is None else None
        if own is not None:
            return [own]
        if asked is not None:
            return asked
    place = in_use.alone(message, turn) if message.chat.private else None
    if place is not None:
        return [place]
    if not message.chat.private:
        return []
    if nudge.asks_off(message.text):
        return [nudge.offer_off(turn)]
    if reading.question and _may_hint(turn, "beyond"):
        return [questions.beyond(turn)]
    return [turn.say("asking.hint")] if not reading.question and _may_hint(turn) else []


def _may_hint(turn: Turn, kind: str = "hint") -> bool:
    name = f"{kind}:{turn.chat.id}:{turn.me.id}"
    last = meta.get(turn.tx, name)
    if last is not None and turn.now.timestamp() - int(last) < HINT_EVERY.total_seconds():
        return False
    meta.put(turn.tx, name, str(int(turn.now.timestamp())))
    return True
