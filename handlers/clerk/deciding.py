"""What a message does: the rules of a clerk, in the order in which they are asked; the first that knows decides.

Each rule has its example in its docstring; tests/clerk walks them, with what looks like it and is not.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from handlers.clerk import changes, matching
from handlers.clerk.acts import (
    Act,
    Ask,
    Change,
    Choice,
    Compare,
    Confirm,
    Record,
    Talk,
    WaitFor,
    Withdraw,
)
from handlers.clerk.answering import (
    answers_of_a_home,
    answers_twice,
    answers_with_a_number,
    is_vague_again,
    puts_right,
)
from handlers.clerk.choosing import choices_of
from handlers.clerk.colour import tells_on
from handlers.clerk.evening import NOWHERE, Evening, Heard, HomeTold, adds
from handlers.clerk.places import only_comes, tells_where
from handlers.clerk.putting_right import becomes_the_number, corrects, drops, its_sum
from handlers.clerk.repeating import counts_once, points_back, said_twice
from handlers.clerk.second import looked_at
from handlers.clerk.standing import placed
from handlers.clerk.sums import asks_about_the_sum, corrects_a_sum, explains_the_rest, may_be_the_sum, says_the_rest
from handlers.clerk.turning import ends_otherwise
from handlers.clerk.visits import moves_the_visit
from handlers.language import Kind, Outcome, Reading, fold

_TOO_LITTLE = re.compile(
    r"\b(?:bao|ghi|dem) (?:thieu|sot)\b|\b[0-9]+ (?:may |nguoi )?co(?= *(?:[,.!]|$|a\b|nhe|em|e\b))"
    r"|\bla [0-9]+ (?:may |nguoi )?(?:co|moi dung|moi phai|chu)\b"
    r"|\bla [0-9]+\b.*\b(?:sot|thieu|chua (?:tinh|dem|ke))\b|\b(?:sot|thieu)\b.*\bla [0-9]+\b"
    # `là 4 nha, nãy sót máy ông nội`
    r"|^(?:a|u|o|y|chet|nham)[ ,].*\b[0-9]+ (?:may |nguoi )?thoi\b"  # `à nhà chị Thúy 2 máy thôi`
)
_MORE = re.compile(  # `báo thiếu, nhà anh Viễn còn thêm 1 máy của bà nội nữa`
    r"\bthem (?:duoc |dc )?(?:[0-9]+|mot|hai|ba)\b|\b(?:[0-9]+|mot|hai|ba) (?:may|cai|nguoi)\b[^,.]*\bnua\b"
)
_ABSENT, _DONE = Outcome.ABSENT, Outcome.ACTIVATED
Rule = Callable[[Heard, Reading, Sequence[Reading], Evening], Act | None]


def clerk(heard: Heard, meanings: Sequence[Reading], evening: Evening) -> Act:
    """What a message does. `meanings`: what it may mean, the likeliest first; there is always one."""
    return weighed(heard, meanings, evening)[0]


def weighed(heard: Heard, meanings: Sequence[Reading], evening: Evening) -> tuple[Act, str | None]:
    """What a message does, and the name of the rule that decided it, with what the second clerk made of it."""
    act, rule = decided(heard, meanings, evening)
    last, done = looked_at(heard, meanings, evening, act, rule)
    last = placed(last, heard, meanings[0], evening)
    return last, f"{rule or 'talk'}, {done} by the second clerk" if done is not None else rule


def decided(heard: Heard, meanings: Sequence[Reading], evening: Evening) -> tuple[Act, str | None]:
    """What the rules decide, and the name of the one that did; None: no rule knew, so that it is talk."""
    best = meanings[0]
    for rule in RULES:
        act = rule(heard, best, meanings, evening)
        if act is not None:
            return act, rule.__name__
    return Talk(best), None


# `nãy con nói nhà anh Hai Lúa 3 mà lộn, có 2 hà`
_TOLD_BEFORE = re.compile(r"\bnay (?:\w+ )?(?:noi|bao|ghi|nhan|gui)\b")
_IN_TRUTH = re.compile(r"\b(?:that ra|thuc ra|that su|dung ra)\b(?: \w+){0,4} (?:co|chi|duoc|dc|la|con) [0-9]")
_ADDED = re.compile(r"\b(?:them|nua|bo sung)\b")
_WRONG = re.compile(r"\b(?:nham|lon|sua|dinh chinh|(?:khong|ko|k) phai|noi lai)\b")


def supported(text: str, meanings: Sequence[Reading], evening: Evening) -> tuple[Reading, ...]:
    """The meanings, the likeliest first: a doubted correction that says so, and whose home is in the book, is one."""
    plain = fold(text)
    if meanings[0].kind is Kind.REPORT and _IN_TRUTH.search(plain) and not _ADDED.search(plain):
        known = matching.with_home(evening.today, matching.meant(meanings[0], evening.today, plain))
        if any(label is not None and report.count(_DONE) for report, label in known):
            return (replace(meanings[0], kind=Kind.CORRECT), *meanings)
    if meanings[0].kind is Kind.UNCLEAR and _says_too_little(plain):
        for meaning in meanings[1:]:
            if (
                meaning.kind is Kind.REPORT
                and meaning.counts == meanings[0].counts
                and _is_known(meaning, plain, evening)
            ):
                return (meaning, *(one for one in meanings if one is not meaning))
    told_before = meanings[0].kind is Kind.REPORT and _TOLD_BEFORE.search(plain) is not None
    if (meanings[0].kind is Kind.UNCLEAR or told_before) and _WRONG.search(plain):
        for meaning in meanings[1:]:
            if (
                meaning.kind is Kind.CORRECT
                and (told_before or _agrees(meanings[0], meaning))
                and _is_known(meaning, plain, evening)
            ):
                return (meaning, *(one for one in meanings if one is not meaning))
    return tuple(meanings)


def _says_too_little(plain: str) -> bool:
    """`là 4 nha, nãy sót máy ông nội`; `báo thiếu, còn thêm 1 máy nữa` is more work."""
    more = adds(plain) and (_MORE.search(plain) is not None and " la " not in plain)
    return _TOO_LITTLE.search(plain) is not None and not more


def _is_known(meaning: Reading, plain: str, evening: Evening) -> bool:
    return bool(matching.with_home(evening.today, matching.meant(meaning, evening.today, plain)))


def _agrees(doubted: Reading, meaning: Reading) -> bool:
    """Whether a meaning counts all that was understood, and something was."""
    entries = doubted.draft.entries if doubted.draft else doubted.entries
    known = Reading(Kind.REPORT, 0, tuple(entries)).counts
    return bool(known) and all(meaning.counts.get(outcome) == n for outcome, n in known.items())


# New work, sums, and what is not clear


def is_of_a_known_home(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`nhà ông Tư được 3` beside `nhà ông Tư được 2`: another sum of it, or more? Asked, with both as buttons."""
    short = _says_too_little(heard.clear)
    if reading.kind is not Kind.REPORT or heard.forwarded or reading.day:
        return None
    if adds(heard.clear) and not short:
        return None
    labels = [home.label for home in reading.homes if home.counts]
    done = [line for line in heard.said if line.outcome is _DONE]
    alone = len(set(labels)) == 1 and len(heard.said) == 1
    if not alone and not (short and labels and len(done) == 1):
        return None  # beside another outcome only what puts itself right is no new work
    line = done[0] if done else heard.said[0]
    if len(told := its_sum(matching.with_home(evening.today, labels), heard, reading)) > 1:
        return Confirm(told[0], reading, tuple(told[1:]))
    for report, named in matching.with_home(evening.today, labels):
        home, label = next((one for one in report.homes if one.label == named), None), named
        if home is not None and len(report.homes) == 1 and report.count(line.outcome):
            home = replace(home, counts={**home.counts, line.outcome: report.count(line.outcome)})  # by now
        if short and home is not None and line.outcome not in home.counts and report.count(line.outcome):
            label, home = None, HomeTold(home.label, home.place, {line.outcome: report.count(line.outcome)})
        if home is None or home.counts.get(line.outcome, line.n) == line.n:
            continue
        if line.place not in (NOWHERE, home.place) and home.place != NOWHERE:
            continue
        lines = changes.corrected(report, label, heard.said, {})
        if lines is not None and short:
            return Change(report, lines, reading, label)
        if lines is not None:
            return Ask(reading, (Choice(Change(report, lines, reading, label)), Choice(Record(reading)), Choice(None)))
    return None


def is_new_work(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`nhà bà Lan xóm 4 dc 3, vắng 1`; an open message that it says again is settled by it."""
    if reading.kind is not Kind.REPORT:
        return None
    settles = matching.recognised(evening, heard.lines, matching.labels_of(reading)) if not heard.forwarded else None
    return Record(_not_absent_again(reading, evening), settles)


def _not_absent_again(reading: Reading, evening: Evening) -> Reading:
    """`(đầu buổi tôi báo vắng) gia đình đã về, xong 2 máy`: a home that was absent stays so once, and is done once."""
    if len(reading.entries) != 1 or not {_ABSENT, _DONE} <= set(reading.entries[0].counts):
        return reading
    again = [home for home in reading.homes if home.counts.get(_ABSENT) and _was_absent(home.label, evening)]
    if len(again) != reading.entries[0].counts[_ABSENT]:
        return reading
    entry = reading.entries[0]
    left = {outcome: n for outcome, n in entry.counts.items() if outcome is not _ABSENT}
    homes = tuple(
        replace(home, counts={outcome: n for outcome, n in home.counts.items() if outcome is not _ABSENT})
        for home in reading.homes
    )
    return replace(reading, entries=(replace(entry, counts=left),), homes=homes)


def _was_absent(label: str, evening: Evening) -> bool:
    return any(report.count(_ABSENT) for report, _ in matching.with_home(evening.today, [label]))


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
    answers_twice,
    answers_with_a_number,
    answers_of_a_home,
    counts_once,
    ends_otherwise,
    drops,
    becomes_the_number,
    is_vague_again,
    puts_right,
    moves_the_visit,
    only_comes,
    tells_where,
    says_the_rest,
    explains_the_rest,
    corrects_a_sum,
    tells_on,
    points_back,
    said_twice,
    corrects,
    withdraws,
    states_a_sum,
    is_of_a_known_home,
    may_be_the_sum,
    is_new_work,
    asks_about_the_sum,
    is_not_clear,
)
