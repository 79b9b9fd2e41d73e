"""The press that says whose work a message tells: it is stored for the one who was chosen, or for each of them."""

from dataclasses import replace

from handlers import saying
from handlers.buttons.pressed import Pressed
from handlers.language import Kind, Reading
from handlers.messages import Saying
from handlers.open import keeping
from handlers.open.keeping import KeptChoice
from handlers.places import placing
from handlers.reports import behalf, changing, giving, recording, telling
from handlers.reports.changing import SaidBy
from handlers.reports.for_whom import AND
from handlers.states import BEHALF_OF_WHOM, Correction
from handlers.turn import STUDENTS, Answer, Scope, Turn, answers
from storage.campaign import people
from storage.campaign.people import Person
from storage.campaign.teams import Team, team_of
from storage.reports import reports
from storage.reports.drafts import Draft


@answers(offer=BEHALF_OF_WHOM, who=STUDENTS, scope=Scope.SAID)
def press_who(pressed: Pressed, turn: Turn) -> Answer:
    """Store it for the one who was chosen, or for each of them."""
    draft = pressed.draft
    pressed.use(turn)
    if pressed.choice.startswith("give:"):
        return _press_give(pressed, turn)
    said: list[Saying] = []
    for one in pressed.choice.split(AND):
        whose, _, which = one.partition(":")
        person = people.by_id(turn.tx, int(whose)) if whose.isdecimal() else None
        team = team_of(turn.tx, person.id, draft.day) if person else None
        if person is not None and team is not None:
            replaces = pressed.said_in if not said else None
            said += _store(turn, draft, person, team, which, replaces=replaces)
    if said:
        return said
    keeping.settle(turn, draft, report=None)
    return pressed.settle(turn.text("asking.dropped", draft=draft, words=saying.quoted(draft.text or "")))


def _store(turn: Turn, draft: Draft, person: Person, team: Team, which: str, *, replaces: int | None) -> list[Saying]:
    """One part of what a button said. `which`: of the choices that were kept; '': what the message says is theirs."""
    kept = keeping.kept(draft).choices[int(which)] if which else None
    if kept is not None and isinstance(kept.use, Correction):
        report = changing.still_meant(turn, kept.use)
        keeping.settle(turn, draft, report=report.id if report else None)
        if report is None or kept.lines is None:
            return [turn.say("helping.press_changed")]
        return changing.change(turn, report, kept.lines, None, SaidBy(draft.text or "", replaces=replaces, sure=True))
    found = behalf.asked(draft.text or "", [person])
    rest = found.rest if found else draft.text or ""
    told = replace(keeping.told_by(draft), person=person.id, by=turn.me.id)
    if kept is not None:
        lines, reading = placing.lines_of(turn, team, kept.entries), _meaning(turn, draft, rest, kept)
    else:
        lines = keeping.lines_with(turn, team, draft, None)
        reading = turn.reading_of(rest, draft.at) if found else None
    stored = recording.store(turn, team, told, lines, reading)
    keeping.settle(turn, draft, report=stored.id)
    if person.id == turn.me.id and turn.chat.private:
        return [recording.in_full(turn, stored, replaces=replaces)]
    return telling.reported_for(turn, stored, replaces=replaces)


def _meaning(turn: Turn, draft: Draft, rest: str, kept: KeptChoice) -> Reading | None:
    """What was chosen with its homes, where the whole message tells of nothing else."""
    known = turn.meanings(replace(keeping.message_of(turn, draft), text=rest))
    counts = [dict(one.counts) for one in kept.entries]
    return next(
        (one for one in known if one.kind is Kind.REPORT and [dict(e.counts) for e in one.entries] == counts), None
    )


def _press_give(pressed: Pressed, turn: Turn) -> Answer:
    """The report that was chosen is theirs from now on."""
    _, report, whose = pressed.choice.split(":")
    stored, to = reports.by_id(turn.tx, int(report)), people.by_id(turn.tx, int(whose))
    message = keeping.message_of(turn, pressed.draft)
    said = giving.give(message, turn, stored, to, stored.lines) if stored and to and not stored.withdrawn else None
    keeping.settle(turn, pressed.draft, report=None)
    return said or pressed.settle(turn.text("helping.press_changed"))
