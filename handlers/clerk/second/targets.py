"""What of an evening a message may be about: homes that it names, a hamlet of a report, else what is newest."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from handlers.clerk import matching
from handlers.clerk.evening import NOWHERE, Evening, Heard, HomeTold, LineTold, Place, ReportTold
from handlers.language import Outcome, Reading, fold

Counts = Mapping[Outcome, int]
Delta = tuple[tuple[Outcome, int], ...]  # what the book says afterwards less what it said, by outcome

MOST_HOMES = 4
MOST_RECENT = 6  # reports without a home that is named
ENDING = (  # what may end otherwise than it was told
    Outcome.FAILED,
    Outcome.REFUSED,
    Outcome.ABSENT,
    Outcome.REVISIT,
    Outcome.NO_CARD,
    Outcome.NO_PHONE,
)


@dataclass(frozen=True, slots=True)
class Target:
    """A home or a hamlet of a report of today, or all of it, and how it was found; `counts`: what is stored of it."""

    report: ReportTold
    home: HomeTold | None
    near: str
    counts: Counts
    place: Place = NOWHERE


def delta(counts: Counts) -> Delta:
    """Counts without what is none of them, in order."""
    return tuple(sorted((outcome, n) for outcome, n in counts.items() if n))


def between(before: Iterable[LineTold], after: Iterable[LineTold]) -> Delta:
    """What lines change the sums by."""
    sums: dict[Outcome, int] = {}
    for sign, lines in ((-1, before), (1, after)):
        for line in lines:
            sums[line.outcome] = sums.get(line.outcome, 0) + sign * line.n
    return delta(sums)


def targets(heard: Heard, meanings: Sequence[Reading], evening: Evening) -> list[Target]:
    """What of the evening the message may be about: homes that it names, else what is newest."""
    labels = [label for reading in meanings[:3] for label in matching.labels_of(reading)]
    words = frozenset(_words(heard.plain))
    found: list[Target] = []
    quoted = evening.report(evening.quoted)
    if quoted is not None:
        found.append(Target(quoted, None, "quoted", _counts(quoted)))
    for report in evening.today:
        if not report.here:
            continue  # what was told in another chat is recorded, and pointed out
        named = [
            (home, near) for home in report.homes if (near := _near(home.label, labels, heard.plain, words)) is not None
        ]
        named = [(home, near) for home, near in named if _may_be_there(home.place, heard)]
        for home, near in named:
            found.append(Target(report, home, near, _of_home(report, home)))
        if named:
            kin = (home for home in report.homes if matching.is_nobody(home.label))
            found += [Target(report, home, "kin", _of_home(report, home)) for home in kin]
        if len(found) >= MOST_HOMES:
            break
    found += _of_hamlet(heard, evening, [one.report for one in found])
    return found + _recent(heard, evening, [one.report for one in found])


def _of_hamlet(heard: Heard, evening: Evening, known: Sequence[ReportTold]) -> Iterator[Target]:
    """`sửa xóm 5 thành 0`, of the newest report that tells of that hamlet and of others."""
    there = NOWHERE if heard.assumed else heard.place
    for report in evening.today:
        places = {line.place for line in report.lines}
        if there != NOWHERE and there in places and len(places) > 1 and report not in known:
            lines = [line for line in report.lines if line.place == there]
            yield Target(report, None, "place", dict(between((), lines)), there)
            return


def _may_be_there(place: Place, heard: Heard) -> bool:
    """Whether the hamlet that the message names, if it does, is the one."""
    named = {line.place for line in heard.lines} | {heard.place}  # also one that no list has
    return place == NOWHERE or heard.assumed or place in named or named == {NOWHERE}


def _words(plain: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in plain).split()


def _near(label: str, labels: Sequence[str], plain: str, words: frozenset[str]) -> str | None:
    """How a home's name stands in the words; None: it does not."""
    if matching.is_nobody(label):
        return None
    if any(matching.same_home(label, one) for one in labels):
        return "same"
    if matching.stands_in(label, plain):
        return "stands"
    name = matching.names_in(label)[1][-1:]
    return "name" if name and len(name[0]) > 1 and name[0] in words else None


def _recent(heard: Heard, evening: Evening, known: Sequence[ReportTold]) -> list[Target]:
    """The newest reports that may end otherwise; where no home is named, the newest of all: of the hamlet, if any."""
    ending = ENDING[:2] if known else ENDING
    there = [
        report
        for report in evening.today
        if any(_may_be_there(line.place, heard) for line in report.lines) or not report.lines
    ]
    found = [
        Target(report, None, "recent", _counts(report))
        for report in there[:MOST_RECENT]
        if report not in known and any(report.count(outcome) for outcome in ending)
    ]
    last = there[:1] if not known else ()
    return found + [Target(report, None, "last", _counts(report)) for report in last]


def _counts(report: ReportTold) -> Counts:
    return dict(between((), report.lines))


def _of_home(report: ReportTold, home: HomeTold) -> Counts:
    return {outcome: n for outcome, n in home.counts.items() if n} if len(report.homes) > 1 else _counts(report)


def folded_name(label: str) -> str:
    """The given name of a home."""
    names = matching.names_in(label)[1]
    return names[-1] if names else fold(label)
