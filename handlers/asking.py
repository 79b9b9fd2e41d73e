"""Messages whose number is not sure: they are asked about, and stand open until a number or a button settles them."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from handlers import drafting, wording
from handlers.language import Kind, Reading, Why
from handlers.messages import Message, Reply, Saying
from handlers.texts import OUTCOMES
from handlers.turn import Turn
from storage import offers
from storage.campaign import Team
from storage.totals import Line

QUESTION_LASTS = timedelta(minutes=10)  # later, a plain number is more likely the next house
MOST_SUGGESTIONS = 4
YES_NO = {"Đúng, ghi": "yes", "Thôi": "no"}


def about_number(message: Message, turn: Turn, reading: Reading, *, use: str | None = None) -> list[Saying]:
    """The number or day cannot be known: ask, and keep the message open.

    In a group a lone `xong` or `ok` is talk.
    """
    if reading.why is Why.BARE_DONE and not message.addressed:
        return []
    kind = reading.draft.kind if reading.draft else Kind.REPORT
    if use is None:
        use = drafting.TOTAL if kind is Kind.TOTAL else drafting.RECORD
    why = reading.why.value if reading.why else Why.NUMBER.value
    draft = drafting.keep(message, turn, reading, why, use=use)
    hole = drafting.kept(draft).hole
    choices: dict[str, str] = {}
    if hole is not None:
        wait_for_number(turn, draft.id)
        assert reading.draft is not None and reading.draft.hole is not None
        choices = {str(n): str(n) for n in reading.draft.hole.suggestions[:MOST_SUGGESTIONS]}
    buttons = turn.offer("draft", draft.id, choices | {"Bỏ": "drop"})
    what = OUTCOMES[hole[0].value if hole else "activated"]
    said = turn.say("asking.question", why=why, what=what, buttons=(buttons,))
    return [said]


def wait_for_number(turn: Turn, draft: int) -> None:
    """A plain number that comes next answers this draft."""
    deadline = turn.now + QUESTION_LASTS
    offers.ask(turn.tx, chat=turn.chat.id, person=turn.me.id, kind="number", subject=draft, deadline=deadline)


def about_lines(
    message: Message,
    turn: Turn,
    reading: Reading,
    text: str,
    choices: Mapping[str, str],
    *,
    lines: Sequence[Line],
    use: str = drafting.RECORD,
) -> list[Saying]:
    """Everything is understood, but these lines are stored only after a yes."""
    draft = drafting.keep(message, turn, reading, "confirm", use=use, lines=lines)
    return [Reply(text, (turn.offer("draft", draft.id, choices),))]


def about_many(
    message: Message, turn: Turn, reading: Reading, lines: Sequence[Line], *, use: str = drafting.RECORD
) -> list[Saying]:
    """More than one house can have: confirmed first."""
    text = turn.text("asking.many", lines=wording.said(turn, lines))
    return about_lines(message, turn, reading, text, YES_NO, lines=lines, use=use)


def about_forwarded(message: Message, turn: Turn, team: Team, reading: Reading) -> list[Saying]:
    """A forwarded report counts only after a yes."""
    lines = wording.lines_of(turn, team, reading.entries)
    if not lines:
        return []
    text = turn.text("asking.forwarded", lines=wording.said(turn, lines))
    return about_lines(message, turn, reading, text, {"Tính": "yes", "Không": "no"}, lines=lines)
