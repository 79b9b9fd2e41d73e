"""What is worth a question: rules over a day's plain facts. Each finds what to ask somebody, never who did wrong.

What is found counts as before: a number may be odd and right. So each rule has an example and a counterexample beside
it, and docs/worth.md says how often it asks in vain on simulated campaigns.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from statistics import median

from handlers.language.signs.folding import fold
from storage.reports import tallies
from storage.reports.tallies import Counts

HOUR = timedelta(minutes=60)
FAST_PHONES = 25  # in an hour: an evening has 20 a student
FAST_REPORTS = 5  # of one home each: one message may tell of a whole evening
FAST_HOME = 6  # phones; more are a sum, of no moment
FAST_TIMES = 3  # the best hour of the others
FAST_HOURS = range(4, 22)  # in which somebody opens; who writes later writes down the evening
EQUAL_TIMES = 5  # of one number in a row
EQUAL_PHONES = 3  # homes of one or two phones are everywhere
COPIED_PHONES = 10  # alike, with another outcome beside them: fewer come out alike by chance
COPIED_REPORTS = 2  # in which a whole day is told; who reports home by home does not copy
BURST_REPORTS = 5  # of one failure in an hour
BURST_STUDENTS = 3  # one student alone may have a bad phone, or a bad spot
BURST_SHARE = 0.10  # of all reports of that hour
# Failures by their cause, as folded messages tell it. What has none of these words has no cause that is known.
_CAUSES = (
    ("otp", re.compile(r"\b(?:otp|(?:nhan|gui|co|thay|ra) (?:duoc |dc )?ma)\b")),
    ("password", re.compile(r"\bmat khau\b")),
    ("network", re.compile(r"\b(?:mang|wifi|4g|may chu|he thong|server)\b")),
    ("sim", re.compile(r"\b(?:sim|chinh chu)\b")),
)


@dataclass(frozen=True, slots=True)
class Told:
    """One report as it counts: who sent it when, and what it says. `cause`: of what failed; '' unknown."""

    person: int
    team: int
    at: datetime
    counts: Counts
    cause: str = ""

    @property
    def phones(self) -> int:
        """Phones activated."""
        return self.counts.get("activated", 0)


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask about.

    Attributes:
        rule: which rule found it; its text in handlers/texts/worth.j2 has the same name.
        people: of whom to ask; none where it is about nobody.
        teams: where it was.
        n: phones of that hour, the number that comes again, the phones alike, or the reports that tell of the failure.
        times: how often; 0 where that says nothing.
        usual: what is usual beside it.
        first, last: between which moments.
        cause: of the failure.
    """

    rule: str
    people: tuple[int, ...]
    teams: tuple[int, ...]
    n: int
    times: int
    usual: int
    first: datetime
    last: datetime
    cause: str = ""


Day = Sequence[Told]  # the reports of a work day, the first first


def cause_of(words: str) -> str:
    """Why something failed, as a message says it: `1 máy không nhận được mã` → `otp`; '' where it does not."""
    folded = fold(words)
    return next((cause for cause, said in _CAUSES if said.search(folded)), "")


def fast_hour(day: Day) -> list[Question]:
    """Somebody reports, home by home, far more in an hour than the others of the team in their best one."""
    best = {person: hour for person, told in _by_person(day).items() if (hour := _best_hour(told))}
    phones = {person: sum(one.phones for one in hour) for person, hour in best.items()}
    teams = {person: hour[0].team for person, hour in best.items()}
    found = []
    for person, hour in best.items():
        if phones[person] < FAST_PHONES or len(hour) < FAST_REPORTS:
            continue
        mates = [n for other, n in phones.items() if other != person and teams[other] == teams[person]]
        usual = round(median(mates or [n for other, n in phones.items() if other != person] or [0]))
        if usual and phones[person] >= FAST_TIMES * usual:
            found.append(_question("fast_hour", (person,), hour, phones[person], len(hour), usual=usual))
    return found


def _best_hour(told: Sequence[Told]) -> list[Told]:
    """The reports of the hour with the most phones; sums, and what is written down late at night, are of no hour."""
    homes = [one for one in told if 0 < one.phones <= FAST_HOME and one.at.hour in FAST_HOURS]
    return _fullest_hour(homes, lambda one: one.phones)


def _fullest_hour(told: Sequence[Told], weight: Callable[[Told], int]) -> list[Told]:
    """The reports of the hour that weighs most; of several such hours the first."""
    begin, n, most = 0, 0, 0
    best = slice(0, 0)
    for end, one in enumerate(told):
        n += weight(one)
        while told[begin].at <= one.at - HOUR:
            n -= weight(told[begin])
            begin += 1
        if n > most:
            best, most = slice(begin, end + 1), n
    return list(told[best])


def equal_again(day: Day) -> list[Question]:
    """Somebody's reports say the same number of phones again and again."""
    found = []
    for person, told in _by_person(day).items():
        run = _longest_run([one for one in told if one.phones])
        if len(run) >= EQUAL_TIMES:
            found.append(_question("equal_again", (person,), run, run[0].phones, len(run)))
    return found


def _longest_run(told: Sequence[Told]) -> list[Told]:
    """The most reports one after the other that say the same number, where it is not one of every home."""
    runs = (list(run) for _, run in groupby(told, key=lambda one: one.phones))
    return max((run for run in runs if run[0].phones >= EQUAL_PHONES), key=len, default=[])


def copied_total(day: Day) -> list[Question]:
    """Somebody tells the whole day in a message or two, and all of it is what one of the team has as well."""
    told = _by_person(day)
    sums = {person: tallies.merged(one.counts for one in reports) for person, reports in told.items()}
    found = []
    for person, reports in told.items():
        counts = sums[person]
        if len(reports) > COPIED_REPORTS or counts.get("activated", 0) < COPIED_PHONES or len(counts) < 2:
            continue
        for other, others in told.items():
            alike = all(sums[other].get(outcome) == n for outcome, n in counts.items())
            first = (
                others[0].at < reports[0].at or len(others) > COPIED_REPORTS
            )  # of two alike the earlier is the other
            if other != person and others[0].team == reports[0].team and alike and first:
                found.append(_question("copied_total", (person, other), reports, counts["activated"], len(reports)))
                break
    return found


def one_failure(day: Day) -> list[Question]:
    """The same failure at many homes within an hour: something is wrong that no student can mend."""
    found = []
    for cause in sorted({one.cause for one in day} - {""}):
        failed = [one for one in day if one.cause == cause]
        hour = _fullest_hour(failed, lambda _: 1)
        if len(hour) < BURST_REPORTS or len({one.person for one in hour}) < BURST_STUDENTS:
            continue
        whole = sum(1 for one in day if hour[0].at <= one.at <= hour[-1].at)
        if len(hour) >= BURST_SHARE * whole:
            found.append(_question("one_failure", (), hour, len(hour), usual=whole, cause=cause))
    return found


def _question(
    rule: str,
    people: tuple[int, ...],
    told: Sequence[Told],
    n: int,
    times: int = 0,
    *,
    usual: int = 0,
    cause: str = "",
) -> Question:
    teams = tuple(dict.fromkeys(one.team for one in told))
    moments = [one.at for one in told]
    return Question(rule, people, teams, n, times, usual, min(moments), max(moments), cause)


def _by_person(day: Iterable[Told]) -> Mapping[int, list[Told]]:
    found: dict[int, list[Told]] = {}
    for one in day:
        found.setdefault(one.person, []).append(one)
    return found


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with a day at which it asks, and one at which it does not: reports as `19:00 an 5; 19:10 bình otp`."""

    finds: Callable[[Day], list[Question]]
    example: str
    counterexample: str

    @property
    def name(self) -> str:
        """What it is called, here and in the texts."""
        return self.finds.__name__


RULES = (
    Rule(
        one_failure,
        "19:05 an otp; 19:10 bình otp; 19:20 cúc otp; 19:30 an otp; 19:40 cúc otp",
        "18:05 an otp; 19:10 bình otp; 20:20 cúc otp; 21:30 an otp; 22:40 cúc otp",
    ),
    Rule(
        fast_hour,
        "20:00 an 5; 20:05 an 4; 20:09 an 6; 20:15 an 5; 20:20 an 5; 20:00 bình 3; 20:30 bình 3; 20:10 cúc 4",
        "20:00 an 5; 20:20 an 4; 21:15 an 6; 21:50 an 5; 22:30 an 5; 20:00 bình 3; 20:30 bình 3; 20:10 cúc 4",
    ),
    Rule(
        equal_again,
        "19:00 an 5; 19:10 an 5; 19:25 an 5; 19:31 an 5; 19:45 an 5",
        "19:00 an 2; 19:10 an 2; 19:25 an 2; 19:31 an 2; 19:45 an 2; 20:00 an 5; 20:10 an 5",
    ),
    Rule(
        copied_total,
        "19:00 an 12 vắng 3; 23:10 bình 12 vắng 3",
        "19:00 an 12 vắng 3; 23:10 bình 12 vắng 2; 23:20 cúc 12; 23:30 dũng 9 vắng 3",
    ),
)


def questions(day: Day) -> list[Question]:
    """All that the rules find, what concerns many first."""
    return [question for rule in RULES for question in rule.finds(day)]
