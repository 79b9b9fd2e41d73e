"""All that a message may do to the evening: each deed once, with the ways in which it came up.

Nothing here decides: a deed that nobody would mean is weighed as such (weighing.py). Whoever reads `nhà ông Bình đổi ý,
2 máy` thinks of two phones more, of two instead of what is stored of him, of his refusal that is none any longer, of
nothing at all.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from handlers.clerk import changes
from handlers.clerk.acts import Act, Change, Compare, Record, Several, TakeBack, Withdraw
from handlers.clerk.evening import NOWHERE, Evening, Heard, HomeTold, LineTold, Place, ReportTold
from handlers.clerk.second.targets import ENDING, Counts, Delta, Target, between, delta, targets
from handlers.language import Entry, Kind, Outcome, Reading

MOST_MEANINGS = 4
MOST_NUMBERS = 3  # that are tried in a hole
_DONE = Outcome.ACTIVATED
_OF_PHONES = re.compile(r"\b([0-9]{1,3}) ?(?:may|nguoi|ng|tk|cai)\b")
# Who was away and is met later was away, and is done: both stand, unless somebody says that the former does not.
_ENDS_WITH_WORK = (Outcome.FAILED, Outcome.REFUSED)
_TAKES_BACK = re.compile(
    r"\b(?:bo|xoa|go|huy|rut|tru|gach|het|khoi|chuyen|khong|ko|k|kh|hong|hok|no|chang)\b(?: \w+){0,4}"
    r" (?:vang|vm|vg|v|hen|tinh|do)\b|\b(?:nham|lon|sua|sai|thanh|co nha|(?:khong|ko|k|hong) phai)\b"
)
_ALONE = (Outcome.ACTIVATED, Outcome.ABSENT, Outcome.FAILED, Outcome.REFUSED)  # where nothing was understood


@dataclass(slots=True)
class Deed:
    """One thing that a message may do.

    Attributes:
        by: what the sums of the day change by.
        ways: how it came up: `new`, `turned`, `corrected`, …; none where only the rules know it.
        near: how the report was found that it is about.
        act: what does it; None: nothing is booked.
        decided: it is what the rules decided.
        changes: the home of a report, with its counts, that it is about.
    """

    by: Delta
    ways: set[str] = field(default_factory=set)
    near: set[str] = field(default_factory=set)
    act: Record | Compare | Change | None = None
    decided: bool = False
    changes: Counts | None = None


def possible(heard: Heard, meanings: Sequence[Reading], evening: Evening, act: Act) -> list[Deed]:
    """What a message may do, with what the rules decided among it; where they ask, nothing is decided."""
    found: dict[Delta, Deed] = {}
    by = done_by(act, evening)
    if by is not None:
        chosen = act if isinstance(act, Record | Change) else None
        found[by] = Deed(by, act=chosen, decided=True)
    _add(found, {}, "nothing", None)
    told = list(_readings(meanings))
    told += _said(heard, meanings[0], [counts for counts, _ in told])
    for counts, reading in told:
        _add(found, counts, "new", Record(reading))
        if reading.kind is not Kind.CORRECT and _DONE in counts:
            sums = {outcome: n - evening.sum(outcome) for outcome, n in counts.items()}
            _add(found, sums, "sum", Compare(replace(reading, kind=Kind.TOTAL)))
    for counts, reading in _guessed(told, meanings):
        _add(found, counts, "guess" if not told else "less", Record(reading))
    several = list(_distinct(counts for counts, _ in told))
    if {_DONE: 1} not in several:
        several.append({_DONE: 1})
    for target in targets(heard, meanings, evening):
        _of_target(found, target, several, heard, meanings[0])
    return list(found.values())


def done_by(act: Act, evening: Evening) -> Delta | None:
    """What an act changes the sums by; None: it asks."""
    match act:
        case Record(reading):
            return delta(reading.counts)
        case Change(report, lines):
            return between(report.lines, lines)
        case Several(several):
            sums: dict[Outcome, int] = {}
            for one in several:
                for outcome, n in between(one.report.lines, one.lines):
                    sums[outcome] = sums.get(outcome, 0) + n
            return delta(sums)
        case TakeBack(report):
            return between(report.lines, ())
        case Withdraw(_, report):
            meant = report or next(iter(evening.today), None)
            return between(meant.lines, ()) if meant is not None else ()
        case Compare(reading):
            return delta({outcome: n - evening.sum(outcome) for outcome, n in reading.counts.items()})
    return () if not hasattr(act, "choices") else None


def _add(
    found: dict[Delta, Deed],
    counts: Counts,
    way: str,
    act: Record | Compare | Change | None,
    target: Target | None = None,
) -> None:
    by = delta(counts)
    deed = found.setdefault(by, Deed(by))
    deed.ways.add(way)
    if target is not None:
        deed.near.add(target.near)
        if deed.changes is None:
            deed.changes = target.counts
    if by and (deed.act is None or (isinstance(deed.act, Compare) and isinstance(act, Change))):
        deed.act = act  # what a report becomes says more than what the day's sum does


def _distinct(several: Iterable[Counts]) -> Iterator[Counts]:
    seen: list[Counts] = []
    for one in several:
        if one not in seen:
            seen.append(one)
            yield one


def _readings(meanings: Sequence[Reading]) -> Iterator[tuple[Counts, Reading]]:
    """The counts that the message may tell, each with a report of them."""
    seen: list[Counts] = []
    for reading in meanings[:MOST_MEANINGS]:
        for one in _reports(reading):
            none = reading.kind is Kind.CORRECT  # `sửa xóm 5 thành 0`
            counts = {outcome: n for outcome, n in one.counts.items() if n or none}
            if counts and counts not in seen:
                seen.append(counts)
                yield counts, one


def _said(heard: Heard, reading: Reading, known: Sequence[Counts]) -> Iterator[tuple[Counts, Reading]]:
    """Each number of phones that stands in the words, where no reading is of it alone."""
    entries = reading.draft.entries if reading.draft is not None else reading.entries
    hamlet, said = (entries[0].hamlet, entries[0].said) if len(entries) == 1 else (None, None)
    for n in dict.fromkeys(int(number) for number in _OF_PHONES.findall(heard.clear)):
        if n > 0 and {_DONE: n} not in known:
            yield {_DONE: n}, Reading(Kind.REPORT, 0, (Entry(hamlet, said, {_DONE: n}),))


def _reports(reading: Reading) -> Iterator[Reading]:
    if reading.entries:
        told = replace(reading, kind=Kind.REPORT, draft=None, why=None)
        yield told
        yield from _of_its_homes(told)
    draft = reading.draft
    if draft is None:
        return
    if draft.entries:
        yield Reading(Kind.REPORT, draft.day, draft.entries, draft.appointments, draft.homes)
    hole = draft.hole
    for n in hole.suggestions[:MOST_NUMBERS] if hole is not None else ():
        assert hole is not None
        entry = Entry(hole.hamlet, hole.said, {Outcome(hole.outcome) if hole.outcome else _DONE: n})
        yield Reading(Kind.REPORT, draft.day, (*draft.entries, entry), draft.appointments, draft.homes)


def _of_its_homes(reading: Reading) -> Iterator[Reading]:
    """Only what is told of homes, where more was counted (`nhà anh Toàn 2 máy lỗi cả 2`)."""
    counts = _merged(home.counts for home in reading.homes)
    if counts and len(reading.entries) == 1 and counts != dict(reading.entries[0].counts):
        yield replace(reading, entries=(replace(reading.entries[0], counts=counts),))


def _merged(several: Iterable[Counts]) -> dict[Outcome, int]:
    sums: dict[Outcome, int] = {}
    for counts in several:
        for outcome, n in counts.items():
            sums[outcome] = sums.get(outcome, 0) + n
    return sums


def _guessed(told: Sequence[tuple[Counts, Reading]], meanings: Sequence[Reading]) -> Iterator[tuple[Counts, Reading]]:
    """Less than was read: one outcome is none, or one; of a message in which nothing was read, one of each."""
    if not told:
        for outcome in _ALONE:
            yield {outcome: 1}, Reading(Kind.REPORT, 0, (Entry(None, None, {outcome: 1}),))
        return
    counts, reading = told[0]
    if len(reading.entries) != 1:
        return
    if counts.get(_DONE):
        yield _more(reading, counts[_DONE] + 1)
    if len(counts) > 1 and any(n > 1 for n in counts.values()):
        yield _one_each(reading)
    for outcome, n in counts.items():
        if n > 1 and outcome is not _DONE:
            yield _less(reading, outcome, 1)
        if len(counts) > 1:
            yield _less(reading, outcome, 0)


def _one_each(reading: Reading) -> tuple[Counts, Reading]:
    """`nhà ông bà Kính: ông xong, bà dùng điện thoại phím`: one of each."""
    (entry,) = reading.entries
    counts = dict.fromkeys(entry.counts, 1)
    return counts, replace(reading, entries=(replace(entry, counts=counts),))


def _more(reading: Reading, n: int) -> tuple[Counts, Reading]:
    """A reading with one phone more: `cho ông và con dâu` may be two."""
    (entry,) = reading.entries
    counts = {**entry.counts, _DONE: n}
    homes = reading.homes
    if len(homes) == 1:
        homes = (replace(homes[0], counts={**homes[0].counts, _DONE: n}),)
    return counts, replace(reading, entries=(replace(entry, counts=counts),), homes=homes)


def _less(reading: Reading, outcome: Outcome, n: int) -> tuple[Counts, Reading]:
    """A reading of one hamlet with another number for an outcome, in its homes as well."""

    def so_many(counts: Counts) -> dict[Outcome, int]:
        return {one: (min(n, m) if one is outcome else m) for one, m in counts.items() if one is not outcome or n}

    (entry,) = reading.entries
    homes = tuple(replace(home, counts=so_many(home.counts)) for home in reading.homes)
    counts = so_many(entry.counts)
    return counts, replace(reading, entries=(replace(entry, counts=counts),), homes=homes)


def _of_target(
    found: dict[Delta, Deed], target: Target, several: Sequence[Counts], heard: Heard, reading: Reading
) -> None:
    """What the message may change in what is stored of a home."""
    there = NOWHERE if heard.assumed else heard.place  # the hamlet that it names
    stored = target.counts
    taken_back = _TAKES_BACK.search(heard.plain) is not None
    stay = set() if taken_back else set(ENDING) - set(_ENDS_WITH_WORK)

    def add(by: Counts, way: str) -> None:
        change = _change(target, by, reading, there) if any(by.values()) else None
        if change is not None:
            _add(found, by, way, change, target)
        elif not any(by.values()) and target.home is not None:
            _add(found, {}, "again", None, target)  # it stands so in the book; `dc 3` twice is two houses

    for ending in ENDING:
        k = stored.get(ending, 0)
        if not k:
            continue
        add({ending: -k}, "off")
        if k > 1:
            add({ending: -1}, "off")
        for counts in several if ending in _ENDS_WITH_WORK or taken_back else ():
            for by in _turned(counts, ending, k, stored.get(_DONE, 0)):
                add(by, "turned")
    add({outcome: -n for outcome, n in stored.items()}, "back")
    for counts in several:
        add({outcome: n - stored.get(outcome, 0) for outcome, n in counts.items()}, "corrected")
        if not (_DONE in counts and stay & set(stored) - set(counts)):
            add({outcome: counts.get(outcome, 0) - stored.get(outcome, 0) for outcome in {*counts, *stored}}, "retold")
        others = {outcome: n for outcome, n in counts.items() if outcome is not _DONE}
        if others and stored.get(_DONE):
            add({**others, _DONE: -sum(others.values())}, "instead")


def _turned(counts: Counts, ending: Outcome, k: int, done: int) -> Iterator[Counts]:
    """What was told as `ending` is done by now, or became something else."""
    rest = {outcome: n for outcome, n in counts.items() if outcome is not ending}
    n = rest.get(_DONE, 0)
    if not n:
        yield {**rest, _DONE: k, ending: -k}
        if rest:
            yield {**rest, ending: -k}
        return
    yield {**rest, ending: -min(k, n)}
    yield {**rest, ending: -k}
    if done and n > done:
        yield {**rest, _DONE: n - done, ending: -k}


def _change(target: Target, by: Counts, reading: Reading, there: Place) -> Change | None:
    """The report with these counts more or less; None where it cannot have so many less."""
    report, home = target.report, target.home
    lines = report.lines
    for outcome, n in by.items():
        place = target.place or _place(report, home, outcome, there if n > 0 else NOWHERE)
        if n < 0 and sum(line.n for line in lines if (line.place, line.outcome) == (place, outcome)) < -n:
            return None
        if n:
            lines = changes.plus(lines, [LineTold(place, outcome, n)])
    if set(lines) == set(report.lines):
        return None
    return Change(report, lines, reading, home.label if home is not None else None)


def _place(report: ReportTold, home: HomeTold | None, outcome: Outcome, there: Place) -> Place:
    """The hamlet in which an outcome of a home stands, or would."""
    known = [line.place for line in report.lines if line.outcome is outcome]
    if home is not None and home.place != NOWHERE and (home.place in known or not known):
        return home.place
    if known:
        return known[0]
    places = {line.place for line in report.lines} - {NOWHERE}
    return places.pop() if len(places) == 1 else there
