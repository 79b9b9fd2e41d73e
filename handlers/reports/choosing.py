"""A question with its answers: each likely meaning as a button that says what it would store; one tap settles it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from handlers import saying
from handlers.buttons.pressed import Pressed
from handlers.language import Kind, Reading, Why
from handlers.messages import Button, Message, Saying
from handlers.open import asking, keeping
from handlers.open.keeping import KeptChoice
from handlers.places import placing
from handlers.reports import changing, comparing, recording
from handlers.reports.changing import SaidBy
from handlers.states import ADD_AGAIN, DAY_TOTAL, DRAFT, NEW_REPORT, Correction, DayTotal
from handlers.texts import OUTCOMES
from handlers.turn import STUDENTS, Answer, Scope, Turn, answers
from storage.campaign.teams import Team
from storage.reports import reports
from storage.reports.drafts import Draft
from storage.reports.reports import Report
from storage.reports.tallies import Line, merged

LONGEST_LABEL = 38


def ask(message: Message, turn: Turn, team: Team, reading: Reading, choices: Sequence[KeptChoice]) -> list[Saying]:
    """Keeps the message open with its choices, and shows them."""
    why = reading.why.value if reading.why else Why.TWO_MEANINGS.value
    use = DAY_TOTAL if reading.draft is not None and reading.draft.kind is Kind.TOTAL else NEW_REPORT
    draft = keeping.keep(message, turn, reading, why, use=use, choices=choices)
    asking.wait_for_answer(turn, draft)
    return [_question(turn, team, draft)]


def ask_again(turn: Turn, draft: Draft) -> Saying:
    """The same once more, with the words of what it is about."""
    team = _team(draft, turn, draft.day)
    asking.wait_for_answer(turn, draft)
    return _question(turn, team, draft, again=True)


def _question(turn: Turn, team: Team, draft: Draft, *, again: bool = False) -> Saying:
    kept = keeping.kept(draft)
    whole = not kept.entries and all(one.lines is None for one in kept.choices)
    only_number = kept.hole is not None and whole and draft.why != Why.TWO_MEANINGS.value
    labels: dict[str, str] = {}
    for number, choice in enumerate(kept.choices):
        said = label(turn, team, choice, bare=only_number)
        if said not in labels:
            labels[said] = f"m{number}"
    buttons = turn.offer(DRAFT, draft.id, labels | {turn.text("asking.none"): "drop"})
    rows = (buttons,) if only_number else tuple((button,) for button in buttons)
    what = OUTCOMES[kept.hole[0].value if kept.hole else "activated"]
    asked = turn.say(
        "asking.choose",
        why=draft.why,
        what=what,
        number=kept.hole is not None,
        draft=draft,
        again=again,
        words=saying.quoted(draft.text or ""),
        buttons=rows,
    )
    return asking.of_several(turn, draft, asked, named=again)


def label(turn: Turn, team: Team, choice: KeptChoice, *, bare: bool = False) -> str:
    """What a button says that it would store: `Thêm 2 máy`, `Cả ngày 2 máy`, `Sửa thành 4 máy`; a number alone: `5`."""
    counts = _counts(choice)
    if isinstance(choice.use, Correction) and choice.lines is not None:
        changed = _changed(turn, choice.use, choice.lines, counts)
        if changed is not None:
            return changed
    if bare and len(counts) == 1 and not isinstance(choice.use, DayTotal):
        return str(next(iter(counts.values())))
    hamlets = {
        placing.name_of(turn, line.hamlet) for line in placing.lines_of(turn, team, choice.entries) if line.hamlet
    }
    return turn.text(
        "asking.choice",
        use=type(choice.use).__name__,
        counts=counts or {"activated": 0},
        hamlet=hamlets.pop() if len(hamlets) == 1 else "",
        day=choice.day,
    )[: LONGEST_LABEL * 2]


def _counts(choice: KeptChoice) -> Mapping[str, int]:
    return merged({o.value: n for o, n in entry.counts.items()} for entry in choice.entries)


def _changed(turn: Turn, use: Correction, lines: Sequence[Line], said: Mapping[str, int]) -> str | None:
    """`Thêm 2 máy, bớt 1 người chưa đồng ý ở nhà ông Bình`; None where the report becomes what the message says."""
    report = reports.by_id(turn.tx, use.report)
    by = _difference(report, lines) if report is not None else {}
    if report is None or not by or _is_said(by, lines, said):
        return None
    named = saying.homes_of(turn, report)
    return turn.text(
        "asking.choice_of_change",
        home=named[0].said if len(named) == 1 else "",
        more={outcome: n for outcome, n in by.items() if n > 0},
        less={outcome: -n for outcome, n in by.items() if n < 0},
    )[: LONGEST_LABEL * 2]


def _difference(report: Report, lines: Sequence[Line]) -> Mapping[str, int]:
    """What a report counts more or less with these lines, by outcome, over all hamlets."""
    more = [{line.outcome: line.n} for line in lines]
    return merged([*more, *({line.outcome: -line.n} for line in report.lines)])


def _is_said(by: Mapping[str, int], lines: Sequence[Line], said: Mapping[str, int]) -> bool:
    """Whether what changes is what the message says, number by number: `Sửa thành 4 máy`."""
    after = merged({line.outcome: line.n} for line in lines)
    return by.keys() <= said.keys() and all(after.get(one, 0) == n for one, n in said.items())


def _team(draft: Draft, turn: Turn, day: date) -> Team:
    team = keeping.team_of(turn, draft, day)
    assert team is not None, "the roster gives each student a team"
    return team


def _meaning(turn: Turn, draft: Draft, choice: KeptChoice) -> Reading:
    """The meaning of the message that was chosen, with its homes and visits; else what the rules read."""
    known = turn.meanings(keeping.message_of(turn, draft))
    same = (one for one in known if [dict(e.counts) for e in one.entries] == [dict(e.counts) for e in choice.entries])
    reading = next(same, None)
    return reading if reading is not None else _of_one_home(known[0], choice)


def _of_one_home(reading: Reading, choice: KeptChoice) -> Reading:
    """What was not clear, with the numbers that were chosen: of the one home that it names."""
    draft = reading.draft
    if draft is None or len(draft.homes) != 1 or len(choice.entries) != 1:
        return reading
    home = replace(draft.homes[0], counts=dict(choice.entries[0].counts))
    return Reading(Kind.REPORT, choice.day, choice.entries, draft.appointments, (home,))


def choose(turn: Turn, draft: Draft, number: int, *, replaces: int | None) -> list[Saying]:
    """Does what the button said."""
    kept = keeping.kept(draft)
    choice = kept.choices[number]
    day = turn.house.calendar.work_day(draft.at) + timedelta(days=choice.day)
    team = _team(draft, turn, day)
    reading = _meaning(turn, draft, choice)
    match choice.use:
        case DayTotal():
            keeping.settle(turn, draft, report=None)
            return comparing.about_draft(turn, team, draft, choice.day, choice.entries, replaces=replaces)
        case Correction():
            report = changing.still_meant(turn, choice.use)
            keeping.settle(turn, draft, report=report.id if report else None)
            if report is None or choice.lines is None:
                return [turn.say("helping.press_changed")]
            said_by = SaidBy(draft.text or "", replaces=replaces, sure=True)
            told = _is_said(_difference(report, choice.lines), choice.lines, _counts(choice))
            return changing.change(turn, report, choice.lines, reading if told else None, said_by)
        case _:
            lines: list[Line] = placing.lines_of(turn, team, choice.entries)
            after = recording.store(turn, team, keeping.told_by(draft, day), lines, reading)
            keeping.settle(turn, draft, report=after.id)
            return [recording.in_full(turn, after, replaces=replaces)]


# A message that was taken for the same as before


def add_again(turn: Turn, draft: Draft) -> tuple[Button, ...]:
    """[Ghi thêm] under a message that was not counted again."""
    return turn.offer(ADD_AGAIN, draft.id)


@answers(offer=ADD_AGAIN, who=STUDENTS, scope=Scope.SAID)
def press_add_again(pressed: Pressed, turn: Turn) -> Answer:
    """It was another house after all: it counts, for when it was sent."""
    draft = pressed.draft
    pressed.use(turn)
    return choose(turn, draft, 0, replaces=pressed.said_in)
