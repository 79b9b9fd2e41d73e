"""Messages whose number is not sure: they are asked about, and stand open until a number or a button settles them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from handlers import saying
from handlers.language import Draft as UnclearDraft
from handlers.language import Hole, Kind, Outcome, Reading, Why
from handlers.messages import Answered, Message, Reply, Saying
from handlers.open import keeping
from handlers.places import placing
from handlers.states import DAY_TOTAL, DRAFT, NEW_REPORT, Use, Waiting
from handlers.texts import OUTCOMES
from handlers.turn import Turn
from storage.campaign.teams import Team
from storage.reports import drafts
from storage.reports.drafts import Draft
from storage.reports.tallies import Line

QUESTION_LASTS = timedelta(minutes=10)  # later, a plain number is more likely the next house
MOST_SUGGESTIONS = 4
ABOUT_DRAFTS = (Waiting.NUMBER.value, Waiting.AGAIN.value)
YES_NO = {"Đúng, ghi": "yes", "Thôi": "no"}


def about_number(message: Message, turn: Turn, reading: Reading, *, use: Use | None = None) -> list[Saying]:
    """The number or day cannot be known: ask, and keep the message open.

    In a group a lone `xong` or `ok` is talk.
    """
    if reading.why is Why.BARE_DONE and not message.addressed:
        return []
    reading = _own_total(reading) if reading.why is Why.TEAM else reading
    kind = reading.draft.kind if reading.draft else Kind.REPORT
    if use is None:
        use = DAY_TOTAL if kind is Kind.TOTAL else NEW_REPORT
    why = reading.why.value if reading.why else Why.NUMBER.value
    draft = keeping.keep(message, turn, reading, why, use=use)
    hole = keeping.kept(draft).hole
    _wait_for(turn, draft, Waiting.AGAIN if hole is None else Waiting.NUMBER)
    return [question(turn, draft, suggestions(reading))]


def _own_total(reading: Reading) -> Reading:
    """Of a whole team's sum the sender's own part is asked for, which is a sum for the day as well."""
    day = reading.draft.day if reading.draft else 0
    hole = Hole(Outcome.ACTIVATED, None, None, (), 0, 0)
    return replace(reading, draft=UnclearDraft(Kind.TOTAL, day, (), (), (), hole))


def lacks_a_number(reading: Reading) -> bool:
    """Whether a plain number would settle an unclear message: its outcome is known."""
    hole = reading.draft.hole if reading.draft else None
    return hole is not None and hole.outcome is not None


def suggestions(reading: Reading) -> list[int]:
    """Numbers that the vague one may stand for; none where it is not known what they would count."""
    hole = reading.draft.hole if reading.draft else None
    return list(hole.suggestions[:MOST_SUGGESTIONS]) if hole and hole.outcome else []


def question(turn: Turn, draft: Draft, likely: Sequence[int] = ()) -> Reply:
    """What is asked about a draft, with buttons for likely numbers and for leaving it."""
    hole = keeping.kept(draft).hole
    buttons = turn.offer(DRAFT, draft.id, {str(n): str(n) for n in likely} | {"Bỏ": "drop"})
    what = OUTCOMES[hole[0].value if hole else "activated"]
    asked = turn.say("asking.question", why=draft.why, what=what, number=hole is not None, buttons=(buttons,))
    return of_several(turn, draft, asked)


def of_several(turn: Turn, draft: Draft, said: Reply, *, named: bool = False) -> Reply:
    """What is said of an open message, quoting it where others wait as well. `named`: the text has its words."""
    others = (one for one in drafts.open_of(turn.tx, draft.person, draft.day) if one.id != draft.id)
    if draft.chat != turn.chat.id or next(others, None) is None:
        return said
    words = "" if named else saying.quoted(draft.text or "")
    return replace(said, quotes=draft.message, answers=Answered(draft.message, draft.at, words))


def ask_again(turn: Turn, draft: Draft) -> Reply:
    """Asks what is still open of an earlier message once more."""
    known = keeping.kept(draft)
    if known.lines is not None:
        team = keeping.team_of(turn, draft)
        assert team is not None
        lines = saying.said(turn, keeping.lines_with(turn, team, draft, None))
        buttons = turn.offer(DRAFT, draft.id, YES_NO)
        return of_several(turn, draft, turn.say("asking.still", draft=draft, lines=lines, buttons=(buttons,)))
    _wait_for(turn, draft, Waiting.AGAIN if known.hole is None else Waiting.NUMBER)
    asked = question(turn, draft)
    text = turn.text("asking.about", draft=draft, words=saying.quoted(draft.text or ""), question=asked.text)
    return of_several(turn, draft, replace(asked, text=text), named=True)


def _wait_for(turn: Turn, draft: Draft, what: Waiting) -> None:
    if draft.person == turn.me.id:
        turn.wait_for(what, draft.id, lasts=QUESTION_LASTS)
    elif what is Waiting.NUMBER:  # whatever else a lead writes next is the lead's own
        turn.wait_for(Waiting.MEMBERS_NUMBER, draft.id, lasts=QUESTION_LASTS)


def wait_for_answer(turn: Turn, draft: Draft) -> None:
    """A number that is missing may be said next; else only a button, or the message said more clearly."""
    _wait_for(turn, draft, Waiting.AGAIN if keeping.kept(draft).hole is None else Waiting.NUMBER)


def about_lines(
    message: Message,
    turn: Turn,
    reading: Reading,
    text: str,
    choices: Mapping[str, str],
    *,
    lines: Sequence[Line] | None,
    use: Use = NEW_REPORT,
) -> list[Saying]:
    """Everything is understood, but it is stored only after a yes: these lines, or what the reading says."""
    draft = keeping.keep(message, turn, reading, "confirm", use=use, lines=lines)
    return [Reply(text, (turn.offer(DRAFT, draft.id, choices),))]


def about_many(
    message: Message, turn: Turn, reading: Reading, lines: Sequence[Line], *, use: Use = NEW_REPORT
) -> list[Saying]:
    """More than one house can have: confirmed first."""
    text = turn.text("asking.many", lines=saying.said(turn, lines))
    return about_lines(message, turn, reading, text, YES_NO, lines=lines, use=use)


def about_forwarded(message: Message, turn: Turn, team: Team, reading: Reading) -> list[Saying]:
    """A forwarded report counts only after a yes, a total is compared then; a correction has to be the sender's own."""
    if reading.kind in (Kind.CORRECT, Kind.UNDO):
        return [turn.say("asking.forwarded_change")]
    lines = placing.lines_of(turn, team, reading.entries)
    text = turn.text("asking.forwarded", lines=saying.said(turn, lines))
    choices = {"Tính": "yes", "Không": "no"}
    if reading.kind is Kind.TOTAL:
        return about_lines(message, turn, reading, text, choices, lines=None, use=DAY_TOTAL)
    return about_lines(message, turn, reading, text, choices, lines=lines)
