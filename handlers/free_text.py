"""Reports as free text: what a message says was done is stored and said back."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from handlers.door import privacy
from handlers.figures import questions
from handlers.language import Kind, Outcome, Reading, Why
from handlers.messages import Message, Reply, Saying
from handlers.open import asking, keeping
from handlers.places import in_use
from handlers.reports import acting, settling
from handlers.states import Waiting
from handlers.turn import STUDENTS, Answer, Turn, answers
from handlers.unasked import nudge
from storage.campaign.teams import Team, team_of
from storage.reports import drafts, reports
from storage.reports.drafts import Draft
from storage.running import meta
from storage.talk import offers

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
    for_other = acting.for_other(message, turn, team)
    if for_other is not None:
        return for_other
    if reading.kind is Kind.CHAT:
        return _talk(message, turn, reading)
    return acting.act(message, turn, team, reading)


# While something is asked


@answers(question=Waiting.NUMBER, who=STUDENTS)
def number_answer(message: Message, turn: Turn) -> Answer:
    """A plain number answers what was asked; anything else is a message like any other."""
    draft = _asked_about(turn)
    if draft is None or message.forwarded:
        return None
    reading = turn.reading(message)
    number = keeping.number_in(message.text, reading, draft)
    if number is not None:
        return settling.answered(message, turn, draft, number)
    if draft.why == Why.TWO_MEANINGS and reading.kind in (Kind.REPORT, Kind.TOTAL):
        return said_again(message, turn)
    return _vague_again(message, turn, reading, draft)


def _asked_about(turn: Turn) -> Draft | None:
    """The open draft that the conversation waits for."""
    question = offers.question(turn.tx, turn.chat.id, turn.me.id, turn.at)
    draft = drafts.by_id(turn.tx, question.subject) if question else None
    return draft if draft is not None and not draft.settled else None


def _vague_again(message: Message, turn: Turn, reading: Reading, draft: Draft) -> Answer:
    """A vague number for what was asked is no second message: the bot asks again."""
    hole, known = (reading.draft.hole if reading.draft else None), keeping.kept(draft).hole
    if reading.kind is not Kind.UNCLEAR or reading.draft is None or hole is None or known is None:
        return None
    more = reading.draft.entries or reading.draft.homes or reading.draft.day or hole.hamlet
    bare = hole.outcome is Outcome.ACTIVATED and not keeping.counts_phones(message.text)
    if more or (hole.outcome is not known[0] and not bare):
        return None
    return asking.question(turn, draft, asking.suggestions(reading))


@answers(question=Waiting.AGAIN, who=STUDENTS)
def said_again(message: Message, turn: Turn) -> Answer:
    """A message that could not be understood was to be sent again: the next report is that, and says so."""
    draft = _asked_about(turn)
    if draft is None or message.forwarded or turn.reading(message).kind not in (Kind.REPORT, Kind.TOTAL):
        return None
    said = free_text(message, turn)
    report = reports.of_message(turn.tx, turn.chat.id, message.id)
    if report is None and drafts.of_message(turn.tx, turn.chat.id, message.id) is None:
        return said  # refused, as of a day that is closed: nothing took the place of what is open
    if _asked_about(turn) == draft:
        turn.stop_waiting()
    drafts.settle(turn.tx, draft.id, turn.at, report=report.id if report else None)
    instead = turn.text("asking.instead", draft=draft)
    said = list(said) if isinstance(said, Iterable) else [said] if said else []
    return [replace(one, text=f"{one.text}\n{instead}") if isinstance(one, Reply) else one for one in said]


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
