"""Reports as free text: what a message says was done is stored and said back."""

import re
import unicodedata
from dataclasses import replace
from datetime import timedelta

from handlers import saying
from handlers.buttons import typed
from handlers.door import guide, privacy
from handlers.field import appointments_said, assistance, help_said, leave
from handlers.figures.in_words import Asked
from handlers.figures.replies import answering, beside, comrades, questions
from handlers.figures.replies.beyond import beyond
from handlers.language import Kind, Reading, Why, fold, is_blank, typed_out
from handlers.messages import Message, Saying
from handlers.places import in_phase, in_use
from handlers.reports import acting
from handlers.reports import comrades as comrades_work
from handlers.turn import STUDENTS, Answer, Behind, Scope, Turn, answers
from storage.campaign.teams import Team
from storage.reports import reports
from storage.running import meta

HINT_EVERY = timedelta(minutes=10)
ALBUM_WITHIN = timedelta(seconds=2)


@answers("bc", "baocao", who=STUDENTS, scope=Scope.SAID, help="baocao", behind=Behind.WORDS, lines=True)
def report(message: Message, turn: Turn) -> Answer:
    """The same text after /bc: for groups where the platform hides plain text."""
    if is_blank(message.text):
        return turn.say("asking.hint")
    return free_text(message, turn)


@answers(text=True, scope=Scope.SAID)
def free_text(message: Message, turn: Turn) -> Answer:
    """Answer what somebody wrote: a report, a correction, something unclear, or talk."""
    if not message.text:
        return turn.say("helping.not_text") if message.addressed and not _in_album(message, turn) else None
    if turn.me.role not in STUDENTS:
        return _to_officer(message, turn)
    team = turn.team_on(turn.day_of(message))
    assert team is not None, "the roster gives each student a team"
    message = replace(message, text=typed_out(message.text))
    turn.whole = message.text
    reading = turn.reading(message)
    page = guide.asked(message, turn, reading)
    if page is not None:
        return page
    helped = help_said.heard(message, turn, reading)
    if helped is not None:
        return helped
    visits = appointments_said.heard(message, turn, reading)
    if visits is not None and not visits.rest:
        return visits.said
    if visits is not None:
        message = replace(message, text=visits.rest)
        reading = turn.reading(message)
    parts = beside.parted(message, turn)
    if parts is not None:
        message, reading = parts.told, turn.reading(parts.told)
    said = act(message, turn, team, reading, talks=visits is None)
    said = [*visits.said, *said] if visits is not None else said
    if parts is not None and message.addressed and not parts.is_answered(turn):
        said += answering.answered(replace(message, text=parts.words), turn, parts.asked)
    line = guide.beside_report(message, turn, reading) or questions.beside_report(message, turn, reading)
    said = privacy.with_line(said, line)
    if message.edited_at is not None or not message.chat.private or reading.kind is Kind.CHAT:
        return said
    off, wanted = leave.beside(message.text, turn), assistance.beside(message.text)
    said += [leave.offer(turn, off)] if off is not None else []
    return [*said, assistance.offer(message, turn, wanted)] if wanted is not None else said


def _in_album(message: Message, turn: Turn) -> bool:
    """Whether it is one more picture of those whose words were just recorded; where a platform says so, it is known."""
    if not message.picture:
        return False
    last = reports.last_of(turn.tx, turn.me.id, since=turn.work_day)
    return last is not None and last.chat == turn.chat.id and abs(message.at - last.at) <= ALBUM_WITHIN


_NUMBERS = (Kind.REPORT, Kind.TOTAL, Kind.CORRECT)


def _to_officer(message: Message, turn: Turn) -> list[Saying]:
    """Officers do not report; small talk gets the hint less often."""
    reading = turn.reading(message)
    found = questions.understood(message.text, turn) if message.addressed else None
    asked = questions.of_officer(message, turn, found) if isinstance(found, Asked) else None
    if asked is not None:
        return asked
    page = guide.asked(message, turn, reading)
    if page is not None:
        return [page]
    counts = reading.kind in _NUMBERS and not (reading.question or questions.may_ask(message.text))
    unclear = questions.of_officer(message, turn, found) if not counts else None
    if unclear is not None:
        return unclear
    if not message.addressed:
        return []
    if message.chat.private and typed.is_label(message.text):
        return [turn.say("helping.nothing_to_press", label=message.text.strip(), reports=False)]
    if reading.kind is Kind.CHAT and reading.question and _may_hint(turn, "beyond"):
        return [beyond(turn, message.text)]
    talk = reading.kind is Kind.CHAT or reading.why is Why.BARE_DONE
    return [turn.say("reporting.not_for_officers", talk=talk)] if not talk or _may_hint(turn) else []


def act(message: Message, turn: Turn, team: Team, reading: Reading, *, talks: bool = True) -> list[Saying]:
    """What a reading does, and what is said to it; `talks`: also to what is only talk."""
    if (asked := questions.of_member(message, turn, reading)) is not None:
        return asked
    if reading.kind in (Kind.UNCLEAR, Kind.CHAT) and (told := comrades.asked(message, turn)) is not None:
        return told
    if reading.kind is Kind.CHAT and (unclear := questions.only_asks(message, turn)) is not None:
        return unclear
    heard = comrades_work.heard(message, turn, team)
    message = heard.message
    said = heard.said if heard.said is not None else acting.for_other(message, turn, team, named=heard.named)
    if said is None:
        said = acting.act(message, turn, team)
    if said is None:
        return _talk(message, turn, reading) if talks or reading.question else []
    return said


# Talk


def _talk(message: Message, turn: Turn, reading: Reading) -> list[Saying]:
    """A question is answered; small talk gets a hint in a private chat, at most once in ten minutes; else nothing."""
    place = in_use.alone(message, turn) if message.chat.private else None
    if place is not None:
        return [place]
    if not message.chat.private:
        return []
    if typed.is_label(message.text):
        return [turn.say("helping.nothing_to_press", label=message.text.strip(), reports=True)]
    off = leave.asked(message.text, turn, question=reading.question)
    if off is not None:
        return [leave.offer(turn, off)]
    if (day := leave.never(message.text, turn)) is not None:
        return [turn.say("helping.no_such_day", day=day)]
    if message.edited_at is None and (wanted := assistance.asked(message.text)) is not None:
        return [assistance.offer(message, turn, wanted)]
    if _GOODBYE.search(fold(message.text)) and not reading.question:
        return _small_talk(turn, leaves=True)
    unclear = questions.not_understood_of_member(message, turn, reading)
    if unclear is not None:
        return unclear
    if reading.question or (message.edited_at is None and questions.may_ask(message.text)):
        return [beyond(turn, message.text)]
    return [turn.say("asking.nothing_counted")] if _may_tell_of_work(message, reading) else _small_talk(turn)


_TALK_OF_WORK = 8  # words; more are a story
_PHONES = re.compile(r"\b(?:máy|may|tk|cccd|căn cước|can cuoc)\b", re.IGNORECASE)  # with its marks: no `mấy`


def _may_tell_of_work(message: Message, reading: Reading) -> bool:
    """`nhà bà Hồ III máy`, `bà Năm đủ`: a home or phones, of which nothing was understood: never passed over.

    Nor is a hamlet, where a number beside it was taken for somebody's own.
    """
    text = unicodedata.normalize("NFC", message.text)
    short = len(text.split()) <= _TALK_OF_WORK and message.edited_at is None
    place = reading.of_home is not None or (bool(reading.mentions) and bool(message.hidden))
    return short and (place or _PHONES.search(text) is not None)


_GOODBYE = re.compile(
    r"\b(?:cam on|cam mon|thanks|tks|ngu ngon|ngu day|di ngu|ve ngu|ve day|ve nghi|ve thoi|ve nhe|ve phong|nghi day"
    r"|di nghi|nghi nhe|dia ngu|dia nghi|bai bai|bye|bb bot|tam biet|chao bot|chao em|hen gap|gap lai)\b"
)


def _small_talk(turn: Turn, *, leaves: bool = False) -> list[Saying]:
    """Who has reported hears where the day stands, who has not how it is done; once in ten minutes."""
    if not _may_hint(turn):
        return []
    team = turn.team_on(turn.work_day)
    if team is None or not _has_reported(turn):
        away = in_phase.words(turn)
        return [turn.say("duty.talk", standing=away) if away else turn.say("asking.hint")]
    standing = saying.standing(turn, turn.me.id, team.id, turn.work_day)
    if leaves:
        return [turn.say("asking.goodbye", standing=standing)]
    return [turn.say("asking.talk", standing=standing)]


def _has_reported(turn: Turn) -> bool:
    return reports.has_any(turn.tx, turn.me.id, turn.work_day)


def _may_hint(turn: Turn, kind: str = "hint") -> bool:
    name = f"{kind}:{turn.chat.id}:{turn.me.id}"
    last = meta.get(turn.tx, name)
    if last is not None and turn.now.timestamp() - int(last) < HINT_EVERY.total_seconds():
        return False
    meta.put(turn.tx, name, str(int(turn.now.timestamp())))
    return True
