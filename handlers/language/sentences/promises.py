"""Promised visits: the times beside `hẹn` (rule 14)."""

from dataclasses import dataclass
from datetime import datetime

from handlers.language.reading import Outcome
from handlers.language.sentences.clauses import Clause, Mood
from handlers.language.where_and_when.days import Sent, appointed
from handlers.language.words.items import Item, When
from handlers.language.words.sorts import Sort

_EVERYBODY = frozenset({"moi nguoi", "mn", "cac ban", "cac dong chi", "ca nha nhe", "anh em", "cac bac", "anh"})


@dataclass(slots=True)
class Visit:
    """A promise in a clause: the word for it, the home if one is named, and the time if one is said."""

    promise: Item
    clause: Clause
    home: Item | None
    when: When | None = None
    times: tuple[Item, ...] = ()
    unclear: bool = False


def drop_meetings(clauses: list[Clause]) -> None:
    """`hẹn cả đội 19h`, `hẹn mọi người`: a meeting of the team is talk, no visit."""
    for clause in clauses:
        if clause.outcome(Outcome.REVISIT) and not clause.has(Sort.NUMBER, Sort.HOME, Sort.MANY):
            promise = next(i for i, item in enumerate(clause.items) if item.outcome is Outcome.REVISIT)
            following = clause.items[promise + 1 :]
            if any(item.sort in (Sort.TEAM, Sort.OURS, Sort.OTHERS) for item in clause.items) or (
                following and (following[0].plain in _EVERYBODY or following[0].sort is Sort.UNKNOWN)
            ):
                clause.mood, clause.doubtful = Mood.PLANNED, following[:1] != [] and following[0].sort is Sort.UNKNOWN


def visits_of(clauses: list[Clause]) -> list[Visit]:
    """The promised visits of the told clauses in order; takes their times, so that no work day is seen in them."""
    visits: list[Visit] = []
    for i, clause in enumerate(clauses):
        if clause.mood is Mood.TOLD and clause.outcome(Outcome.REVISIT):
            found = _in_clause(clause)
            if i + 1 < len(clauses) and _only_time(clauses[i + 1]) and _wants_time(found[-1], clauses[i + 1]):
                _take(found[-1], clauses[i + 1])
            if found[0].when is None and i and _only_time(clauses[i - 1]) and clauses[i - 1].mood is Mood.PLANNED:
                _take(found[0], clauses[i - 1])
            if i and clauses[i - 1].mood is Mood.PLANNED and clauses[i - 1].line == clause.line:
                _take_day(found[0], clauses[i - 1])
            for visit in found:
                visit.home = visit.home or _home_before(clauses[:i], clause.line)
            visits += found
    return visits


def _home_before(clauses: list[Clause], line: int) -> Item | None:
    """`nhà cô Duyên 2 máy, nhà ông Hòe vắng, hẹn 19h30 mai`: who was told of last in the line, by a name."""
    for clause in reversed(clauses):
        if clause.line != line or clause.mood is not Mood.TOLD:
            return None
        named = [item for item in clause.items if item.sort is Sort.HOME and not item.kin]
        if named:
            return named[-1]
    return None


def _take_day(visit: Visit, clause: Clause) -> None:
    """`xin để tối mai, em hẹn chị 8 giờ tối`: the day stands in the clause before."""
    days = [item.when for item in clause.items if item.when is not None and item.when.future]
    if visit.when is not None and not visit.when.has_day and not visit.when.future and len(days) == 1:
        visit.when = days[0].joined(visit.when) or visit.when


def _wants_time(visit: Visit, clause: Clause) -> bool:
    """`hẹn ngày kia, 19h30`: what the next clause says of its time fits what was said."""
    if visit.when is None:
        return True
    whens = [item.when for item in clause.items if item.when is not None]
    return len(whens) == 1 and visit.when.clock is None and visit.when.joined(whens[0]) is not None


def _in_clause(clause: Clause) -> list[Visit]:
    promises = [i for i, item in enumerate(clause.items) if item.outcome is Outcome.REVISIT]
    first = promises[0]
    visits = [Visit(clause.items[p], clause, _home(clause, p)) for p in promises if p == first or _new_home(clause, p)]
    at = [p for p in promises if p == first or _new_home(clause, p)]
    for i, item in enumerate(clause.items):
        if item.sort is Sort.UNKNOWN and 0 < i < len(clause.items) - 1 and clause.items[i + 1].when is not None:
            visits[0].unclear = (
                visits[0].unclear or clause.items[i - 1].outcome is Outcome.REVISIT or _is_time(clause.items[i - 1])
            )
        if item.when is None or not _is_appointment(item.when, after=i > first):
            continue
        earlier = [k for k, p in enumerate(at) if p < i]
        visit = visits[earlier[-1] if earlier else 0]
        _join(visit, item)
    clause.items = [item for item in clause.items if not any(item in visit.times for visit in visits)]
    return visits


def _is_time(item: Item) -> bool:
    return item.when is not None


def _new_home(clause: Clause, p: int) -> bool:
    """Another `hẹn` is another visit only where another home stands before it."""
    return clause.items[p - 1].sort is Sort.HOME


def _is_appointment(when: When, *, after: bool) -> bool:
    if when.clock or when.future:
        return True
    if when.has_day:
        return after
    return when.part is not None


def _join(visit: Visit, item: Item) -> None:
    if item.when is None:
        return
    joined = item.when if visit.when is None else visit.when.joined(item.when)
    visit.unclear = visit.unclear or joined is None
    visit.when = joined or visit.when
    visit.times = (*visit.times, item)


def _home(clause: Clause, p: int) -> Item | None:
    before = [item for item in clause.items[:p] if item.sort is Sort.HOME]
    after = [item for item in clause.items[p:] if item.sort is Sort.HOME]
    return before[-1] if before else after[0] if after else None


def _only_time(clause: Clause) -> bool:
    return clause.has(Sort.WHEN) and all(
        item.sort in (Sort.WHEN, Sort.FILL) and (item.when is None or _is_appointment(item.when, after=True))
        for item in clause.items
    )


def _take(visit: Visit, clause: Clause) -> None:
    for item in clause.items:
        _join(visit, item)
    clause.items = [item for item in clause.items if item not in visit.times]


def moment(visit: Visit, sent: Sent) -> datetime | None:
    """When the visit is to be; None without a time or where it cannot be known."""
    return None if visit.when is None else appointed(visit.when, sent)


def later(clauses: list[Clause], sent: Sent) -> datetime | None:
    """The one time to come that a message names (`bác Bửu nói lại là 3h chiều mốt`); None: none, or several."""
    said = [item.when for clause in clauses for item in clause.items if item.when is not None]
    whole: When | None = said[0] if said else None
    for when in said[1:]:
        whole = whole.joined(when) if whole is not None else None
    if whole is None or whole.clock is None or not (whole.future or whole.has_day or whole.part):
        return None
    found = appointed(whole, sent)
    return found if found is not None and found > sent.at.replace(tzinfo=None) else None
