"""`python -m tools.worth`: how often each rule of what is worth a question asks in vain, and what it finds.

Campaigns are drawn as `bacung simulate --odd` draws them, and told to the rules as the bot stores them; nothing is read
and nothing stored, so that a campaign takes a second. Whatever was not planted is an alarm in vain, however odd.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.folder import reader
from bot.folder.demonstration import EXAMPLE
from bot.output import say
from bot.simulation.campaign import Campaign, Day
from bot.simulation.truth import Deed
from handlers.figures.gathered import worth
from handlers.figures.gathered.worth import Question, Told
from storage.campaign.plan import Plan

DAYS, SEEDS = 16, tuple(range(101, 106))  # not those that thresholds were chosen with: 1 to 5
_FIRST = date(2023, 5, 16)
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one rule: alarms in vain a day per 100 students, and how many of the planted days or people it found."""

    rule: str
    in_vain: float
    found: int
    planted: int

    @property
    def line(self) -> str:
        """A row of the table in docs/worth.md."""
        return f"| `{self.rule}` | {self.in_vain:.2f} | {self.found} of {self.planted} |"


def table(seeds: Iterable[int] = SEEDS, days: int = DAYS) -> list[Figures]:
    """The figures of all rules over some campaigns."""
    plan = reader.read(EXAMPLE)
    vain: Counter[str] = Counter()
    found: Counter[str] = Counter()
    planted: Counter[str] = Counter()
    student_days = 0
    for seed in seeds:
        campaign = Campaign(plan, _FIRST, _ZONE, seed=seed, odd=True)
        student_days += len(campaign.students) * days
        for day in campaign.days(days):
            _judge(day, facts(day, plan), vain, found, planted)
    names = [rule.name for rule in worth.RULES]
    return [Figures(name, 100 * vain[name] / student_days, found[name], planted[name]) for name in names]


def _judge(
    day: Day,
    told: tuple[list[Told], dict[int, str]],
    vain: Counter[str],
    found: Counter[str],
    all_planted: Counter[str],
) -> None:
    reports, refs = told
    asked = worth.questions(reports)
    for one in day.planted:
        all_planted[one.rule] += 1
        found[one.rule] += any(_is_of(question, one.rule, one.who, refs) for question in asked)
    for question in asked:
        vain[question.rule] += not any(_is_of(question, one.rule, one.who, refs) for one in day.planted)


def _is_of(question: Question, rule: str, who: str, refs: dict[int, str]) -> bool:
    return question.rule == rule and (not who or who in {refs[person] for person in question.people})


def facts(day: Day, plan: Plan) -> tuple[list[Told], dict[int, str]]:
    """A day's reports as they stand at its end, with numbers for people and teams; whose number is whose."""
    number = {one.ref: place for place, one in enumerate(plan.people)}
    team = {one.ref: int(one.communes[0]) for one in plan.people if one.communes}
    by_person: dict[str, list[Deed]] = {}
    for deed in day.deeds:
        by_person.setdefault(deed.who, []).append(deed)
    told = [
        Told(number[who], team[who], deed.at, counts, worth.cause_of(deed.words) if counts.get("failed") else "")
        for who, deeds in by_person.items()
        for deed, counts in _reports(deeds)
    ]
    return sorted(told, key=lambda one: one.at), {place: ref for ref, place in number.items()}


def _reports(deeds: Iterable[Deed]) -> Iterator[tuple[Deed, dict[str, int]]]:
    """What each message counts in the end; what takes something back changes the one before."""
    standing: list[tuple[Deed, Counter[str]]] = []
    for deed in deeds:
        if not deed.done:
            continue
        if not standing or all(one.n > 0 for one in deed.done):
            standing.append((deed, Counter()))
        for one in deed.done:
            standing[-1][1][one.outcome] += one.n
    for deed, counts in standing:
        if +counts:
            yield deed, dict(+counts)


def main() -> None:
    """Prints the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seeds", type=int, nargs="*", default=list(SEEDS))
    options.add_argument("--days", type=int, default=DAYS)
    asked = options.parse_args()
    for figures in table(asked.seeds, asked.days):
        say(figures.line)


if __name__ == "__main__":
    main()
