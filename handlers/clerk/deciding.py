"""What a message does: the rules of a clerk, in the order in which they are asked; the first that knows decides.

Each rule has its example in its docstring; tests/clerk walks them, with what looks like it and is not.
"""

from collections.abc import Callable, Sequence

from handlers.clerk import changes, matching
from handlers.clerk.acts import (
    Act,
    Ask,
    Change,
    Choice,
    Compare,
    Record,
    Talk,
    WaitFor,
    Withdraw,
)
from handlers.clerk.answering import answers_of_a_home, answers_with_a_number, is_vague_again, puts_right
from handlers.clerk.choosing import choices_of
from handlers.clerk.evening import ADDED, NOWHERE, Evening, Heard
from handlers.clerk.putting_right import corrects, drops
from handlers.clerk.repeating import points_back, said_twice, tells_where
from handlers.language import Kind, Reading

Rule = Callable[[Heard, Reading, Sequence[Reading], Evening], Act | None]


def clerk(heard: Heard, meanings: Sequence[Reading], evening: Evening) -> Act:
    """What a message does. `meanings`: what it may mean, the likeliest first; there is always one."""
    best = meanings[0]
    for rule in RULES:
        act = rule(heard, best, meanings, evening)
        if act is not None:
            return act
    return Talk(best)


# New work, sums, and what is not clear


def is_of_a_known_home(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`nhà ông Tư được 3` beside `nhà ông Tư được 2`: another sum of it, or more? Asked, with both as buttons."""
    if reading.kind is not Kind.REPORT or heard.forwarded or ADDED.search(heard.plain) or reading.day:
        return None
    labels = [home.label for home in reading.homes if home.counts]
    if len(labels) != 1 or len(heard.lines) != 1:
        return None
    (line,) = heard.lines
    for report, label in matching.with_home(evening.today, labels):
        home = next((one for one in report.homes if one.label == label), None)
        if home is None or home.counts.get(line.outcome, line.n) == line.n:
            continue
        if line.place not in (NOWHERE, home.place) and home.place != NOWHERE:
            continue
        lines = changes.corrected(report, label, heard.lines, {})
        if lines is not None:
            return Ask(reading, (Choice(Change(report, lines, reading, label)), Choice(Record(reading)), Choice(None)))
    return None


def is_new_work(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`nhà bà Lan xóm 4 dc 3, vắng 1`; an open message that it says again is settled by it."""
    if reading.kind is not Kind.REPORT:
        return None
    settles = matching.recognised(evening, heard.lines, matching.labels_of(reading)) if not heard.forwarded else None
    return Record(reading, settles)


def states_a_sum(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`hôm nay được 25`: compared with the book."""
    return Compare(reading) if reading.kind is Kind.TOTAL else None


def withdraws(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`hủy`, `xóa báo cáo vừa rồi`; while a report is being put right it is that one."""
    if reading.kind is not Kind.UNDO:
        return None
    fixed = evening.report(evening.asked.fix) if evening.asked is not None and not matching.labels_of(reading) else None
    return Withdraw(reading, fixed)


_SHORT = 9  # words of a message that says no more than that something was wrong: `nhầm xóm 5 chứ không phải xóm 4`


def is_not_clear(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`khoảng 5 máy`: it stays open, with the likeliest meanings as buttons; `sửa lại khoảng 5` asks for its number."""
    draft = reading.draft
    if reading.kind is Kind.UNCLEAR and draft is not None and draft.kind is Kind.CORRECT and not heard.forwarded:
        labels = matching.labels_of(reading)
        candidates = [one for one in reversed(evening.reports) if not one.adjusted]
        found = [one for one, _ in matching.with_home(candidates, labels)] if labels else candidates
        numbered = draft.hole is not None and draft.hole.outcome is not None
        if found and (numbered or len(heard.plain.split()) <= _SHORT):
            return WaitFor(found[0], reading)
    return Ask(reading, choices_of(heard, meanings, evening)) if reading.kind is Kind.UNCLEAR else None


RULES: tuple[Rule, ...] = (
    answers_with_a_number,
    answers_of_a_home,
    drops,
    is_vague_again,
    puts_right,
    tells_where,
    points_back,
    said_twice,
    corrects,
    withdraws,
    states_a_sum,
    is_of_a_known_home,
    is_new_work,
    is_not_clear,
)
