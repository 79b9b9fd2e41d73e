"""Messages whose number is not sure: they are kept as drafts, asked about, and settled by a number or a button."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from handlers import recording, wording
from handlers.language import Entry, Kind, Outcome, Reading, read
from handlers.messages import Message, Reply, Saying
from handlers.pressing import Pressed
from handlers.texts import OUTCOMES
from handlers.turn import STUDENTS, Answer, Turn, answers, command_button
from storage import drafts, offers, people, reports, totals
from storage.campaign import NO_HAMLET, Team, hamlet_name, team_of
from storage.drafts import Draft
from storage.totals import Line

QUESTION_LASTS = timedelta(minutes=30)
MOST_SUGGESTIONS = 4


# What was understood, as a draft keeps it.


def _holes(reading: Reading, use: str) -> str:
    """`{"entries": …, "hole": …, "use": …}`: what a draft becomes once its number is known."""
    draft = reading.draft
    entries = draft.entries if draft else reading.entries
    hole = draft.hole if draft else None
    return json.dumps(
        {
            "use": use,
            "entries": [[e.hamlet, e.said, {outcome.value: n for outcome, n in e.counts.items()}] for e in entries],
            "hole": hole and [hole.outcome and hole.outcome.value, hole.hamlet, hole.said],
        },
        ensure_ascii=False,
    )


def _entries(draft: Draft, answer: int | None = None) -> list[Entry]:
    """The draft's entries, with the answer in its hole."""
    kept = json.loads(draft.holes)
    entries = [
        Entry(hamlet, said, {Outcome(outcome): n for outcome, n in counts.items()})
        for hamlet, said, counts in kept["entries"]
    ]
    if answer is not None and kept["hole"]:
        outcome, hamlet, said = kept["hole"]
        entries.append(Entry(hamlet, said, {Outcome(outcome or Outcome.ACTIVATED): answer}))
    return entries


def _fillable(reading: Reading) -> bool:
    """Whether a plain number is all that is missing."""
    return reading.draft is not None and reading.draft.hole is not None


def _keep(message: Message, turn: Turn, reading: Reading, why: str, use: str = "record") -> Draft:
    """Keeps the message until it is settled; the same message asked about again replaces what was open."""
    earlier = drafts.of_message(turn.tx, turn.chat.id, message.id)
    if earlier is not None:
        drafts.settle(turn.tx, earlier.id, turn.at, report=None)
    return drafts.keep(
        turn.tx,
        person=turn.me.id,
        day=turn.day_of(message, reading.draft.day if reading.draft else reading.day),
        at=message.at,
        chat=turn.chat.id,
        message=message.id,
        why=why,
        holes=_holes(reading, use),
        text=message.text,
    )


# Asking


def about_number(message: Message, turn: Turn, reading: Reading) -> list[Saying]:
    """The number or day cannot be known: ask, and keep the message open."""
    why = reading.why.value if reading.why else "number"
    draft = _keep(message, turn, reading, why)
    hole = reading.draft.hole if reading.draft else None
    choices: dict[str, str] = {}
    if hole is not None:
        choices = {str(n): str(n) for n in hole.suggestions[:MOST_SUGGESTIONS]}
    if _fillable(reading):
        offers.ask(
            turn.tx,
            chat=turn.chat.id,
            person=turn.me.id,
            kind="number",
            subject=draft.id,
            deadline=turn.now + QUESTION_LASTS,
        )
    buttons = turn.offer("draft", draft.id, choices | {"Bỏ": "drop"})
    what = OUTCOMES[hole.outcome.value] if hole is not None and hole.outcome is not None else OUTCOMES["activated"]
    said = turn.say("asking.question", why=why, what=what, buttons=(buttons,))
    return [recording.in_place(message, said)]


def about_lines(
    message: Message, turn: Turn, reading: Reading, use: str, text: str, choices: Mapping[str, str]
) -> list[Saying]:
    """Everything is understood, but a yes is needed before it is stored."""
    draft = _keep(message, turn, reading, "confirm", use)
    return [recording.in_place(message, Reply(text, (turn.offer("draft", draft.id, choices),)))]


def about_many(message: Message, turn: Turn, reading: Reading, lines: Sequence[Line]) -> list[Saying]:
    """More than one house can have: confirmed first."""
    text = turn.text("asking.many", lines=wording.said(turn, lines))
    return about_lines(message, turn, reading, "record", text, {"Đúng, ghi": "yes", "Thôi": "no"})


def about_forwarded(message: Message, turn: Turn, team: Team, reading: Reading) -> list[Saying]:
    """A forwarded report counts only after a yes."""
    lines = wording.lines_of(turn, team, reading.entries)
    if not lines:
        return []
    text = turn.text("asking.forwarded", lines=wording.said(turn, lines))
    return about_lines(message, turn, reading, "record", text, {"Tính cho em": "yes", "Không": "no"})


# Settling


@answers(question="number", who=STUDENTS)
def number_answer(message: Message, turn: Turn) -> Answer:
    """A plain number answers what was asked; anything else is a message like any other."""
    question = offers.question(turn.tx, turn.chat.id, turn.me.id, turn.now)
    draft = drafts.by_id(turn.tx, question.subject) if question else None
    if draft is None or draft.settled:
        return None
    reading = read(message.text, turn.house.calendar.local(message.at))
    number = _plain_number(reading)
    if number is None:
        return None
    offers.stop_asking(turn.tx, turn.chat.id, turn.me.id)
    return _settled(turn, draft, _entries(draft, number))


def _plain_number(reading: Reading) -> int | None:
    """The number of a message that is nothing but a number of phones."""
    if reading.kind is not Kind.REPORT or reading.day or reading.homes or len(reading.entries) != 1:
        return None
    (entry,) = reading.entries
    if entry.hamlet is not None or list(entry.counts) != [Outcome.ACTIVATED]:
        return None
    return entry.counts[Outcome.ACTIVATED]


@answers(offer="draft", who=STUDENTS)
def press_draft(pressed: Pressed, turn: Turn) -> Answer:
    """A suggested number, a yes, or leaving the message out."""
    draft = drafts.by_id(turn.tx, pressed.offer.subject)
    pressed.use(turn)
    if draft is None or draft.settled:
        return pressed.settle(turn.text("asking.already_settled"))
    question = offers.question(turn.tx, turn.chat.id, turn.me.id, turn.now)
    if question is not None and question.kind == "number" and question.subject == draft.id:
        offers.stop_asking(turn.tx, turn.chat.id, turn.me.id)
    if pressed.choice in ("drop", "no"):
        drafts.settle(turn.tx, draft.id, turn.at, report=None)
        return pressed.settle(turn.text("asking.dropped", draft=draft))
    answer = int(pressed.choice) if pressed.choice.isdecimal() else None
    return _settled(turn, draft, _entries(draft, answer), edits=pressed.message)


def _settled(turn: Turn, draft: Draft, entries: Sequence[Entry], *, edits: str | None = None) -> list[Saying]:
    """The draft becomes a report, or the new version of the one that it was about."""
    owner = people.by_id(turn.tx, draft.person)
    team = team_of(turn.tx, draft.person, draft.day)
    assert owner is not None and team is not None
    lines = wording.lines_of(turn, team, entries)
    stored = _target(turn, draft)
    if stored is not None:
        after = reports.correct(turn.tx, stored, lines, by=turn.me.id, at=turn.at, text=draft.text)
        name = "reporting.corrected"
    else:
        after = reports.record(
            turn.tx,
            person=draft.person,
            team=team.id,
            day=draft.day,
            at=draft.at,
            chat=draft.chat,
            message=draft.message,
            lines=lines,
            text=draft.text or "",
        )
        name = "reporting.recorded"
    drafts.settle(turn.tx, draft.id, turn.at, report=after.id)
    text = turn.text(name, lines=wording.said(turn, after.lines), visits=(), standing=wording.standing_of(turn, after))
    return [Reply(text, (recording.buttons_of(turn, after),), edits=edits, report=after.id)]


def _target(turn: Turn, draft: Draft) -> reports.Report | None:
    """The report that a draft changes: the one that it names, or that its message made before."""
    use = json.loads(draft.holes)["use"]
    if use.startswith("correct:"):
        return reports.by_id(turn.tx, int(use.removeprefix("correct:")))
    return reports.of_message(turn.tx, draft.chat, draft.message)


# A sum for a whole day is compared with what is stored, never added blindly.


def about_total(message: Message, turn: Turn, team: Team, reading: Reading) -> list[Saying]:
    """A total: equal is confirmed, the first of the day recorded, a difference offered."""
    day = turn.day_of(message, reading.day)
    lines = wording.lines_of(turn, team, reading.entries)
    stored = reports.of_day(turn.tx, turn.me.id, day)
    if not stored:
        if recording.too_many(lines):
            return about_many(message, turn, reading, lines)
        return recording.record(message, turn, team, reading, lines)
    kept = _kept(stored, lines)
    more = [Line(line.hamlet, line.outcome, line.n - kept[line]) for line in lines]
    if all(line.n == 0 for line in more):
        return [_total_says(message, turn, "reporting.total_equal", day, lines, kept, more)]
    return [_total_offer(message, turn, reading, day, lines, kept, more)]


def _kept(stored: Sequence[reports.Report], lines: Sequence[Line]) -> dict[Line, int]:
    """What is stored for each line of a total: in its hamlet, or in all where it names none."""
    return {
        line: sum(
            known.n
            for report in stored
            for known in report.lines
            if known.outcome == line.outcome and line.hamlet in (NO_HAMLET, known.hamlet)
        )
        for line in lines
    }


def _total_says(
    message: Message,
    turn: Turn,
    name: str,
    day: date,
    lines: Sequence[Line],
    kept: Mapping[Line, int],
    more: Sequence[Line],
    buttons: Any = (),
) -> Reply:
    hamlets = {line.hamlet for line in lines}
    said = turn.say(
        name,
        day=day,
        hamlet=hamlet_name(turn.tx, hamlets.pop()) if len(hamlets) == 1 else "",
        said=totals.merged({line.outcome: line.n} for line in lines),
        kept=totals.merged({line.outcome: n} for line, n in kept.items()),
        more=totals.merged({line.outcome: line.n} for line in more),
        buttons=buttons,
    )
    return recording.in_place(message, said)


def _total_offer(
    message: Message,
    turn: Turn,
    reading: Reading,
    day: date,
    lines: Sequence[Line],
    kept: Mapping[Line, int],
    more: Sequence[Line],
) -> Reply:
    """[Ghi thêm 7] [Giữ 18] [Xem từng tin]; a smaller total becomes an adjustment: [Sửa còn 15]."""
    draft = _keep(message, turn, reading, "total", "difference")
    grows = all(line.n >= 0 for line in more)
    difference, whole = sum(line.n for line in more), sum(line.n for line in lines)
    yes = f"Ghi thêm {difference}" if grows else f"Sửa còn {whole}"
    buttons = turn.offer("total", draft.id, {yes: "yes", f"Giữ {sum(kept.values())}": "no"})
    name = "reporting.total_more" if grows else "reporting.total_less"
    rows = (buttons, (command_button("Xem từng tin", "/homnay"),))
    return _total_says(message, turn, name, day, lines, kept, more, rows)


@answers(offer="total", who=STUDENTS)
def press_total(pressed: Pressed, turn: Turn) -> Answer:
    """Store the difference between a total and what is stored now, or leave it."""
    draft = drafts.by_id(turn.tx, pressed.offer.subject)
    pressed.use(turn)
    if draft is None or draft.settled:
        return pressed.settle(turn.text("asking.already_settled"))
    team = team_of(turn.tx, draft.person, draft.day)
    assert team is not None
    lines = wording.lines_of(turn, team, _entries(draft))
    kept = _kept(reports.of_day(turn.tx, draft.person, draft.day), lines)
    if pressed.choice == "no":
        drafts.settle(turn.tx, draft.id, turn.at, report=None)
        whole = totals.merged({line.outcome: n} for line, n in kept.items())
        return pressed.settle(turn.text("reporting.total_kept", kept=whole))
    more = [Line(line.hamlet, line.outcome, line.n - kept[line]) for line in lines if line.n != kept[line]]
    after = reports.record(
        turn.tx,
        person=draft.person,
        team=team.id,
        day=draft.day,
        at=draft.at,
        chat=draft.chat,
        message=draft.message,
        lines=more,
        text=draft.text or "",
        change="said" if all(line.n >= 0 for line in more) else "adjusted",
    )
    drafts.settle(turn.tx, draft.id, turn.at, report=after.id)
    standing = wording.standing_of(turn, after)
    if after.change == "adjusted":
        said = totals.merged({line.outcome: line.n} for line in lines)
        return pressed.settle(turn.text("reporting.adjusted", day=draft.day, said=said, standing=standing))
    text = turn.text("reporting.recorded", lines=wording.said(turn, more), visits=(), standing=standing)
    return pressed.settle(text, buttons=(recording.buttons_of(turn, after),), report=after.id)
