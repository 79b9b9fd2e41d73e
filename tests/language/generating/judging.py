"""What readers make of written messages: exact, asked, passed over, or a wrong number stored."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from handlers.language import Reading, read
from handlers.language.together import meanings
from tests.language.cases import Judged, judged
from tests.language.generating.writing import Written

_STORED = ("report", "total", "correct")
Reader = Callable[[Written], Reading]


class Verdict(StrEnum):
    """How a message was read."""

    EXACT = "exact"
    ASKED = "asked"  # nothing is stored before it is settled
    MISSED = "missed"  # work taken for talk, or only the time of a visit misread
    WRONG = "wrong"  # a wrong number is stored


def by_rules(written: Written) -> Reading:
    """The rules alone."""
    return read(written.case.text, written.case.at, written.names)


def by_both(written: Written) -> Reading:
    """Both readers, as the conversation has them."""
    return meanings(written.case.text, written.case.at, written.names)[0]


READERS: dict[str, Reader] = {"rules": by_rules, "both": by_both}


def verdict(found: Judged, want: Judged) -> Verdict:
    """Stricter than for labelled messages: a sum taken for added work is a wrong number, too."""
    if found == want:
        return Verdict.EXACT
    if found[0] in _STORED and found[:3] != want[:3]:
        return Verdict.WRONG
    return Verdict.ASKED if found[0] == "unclear" else Verdict.MISSED


@dataclass(slots=True)
class Judgement:
    """How a reader did, over all and by trait."""

    counts: Counter[Verdict] = field(default_factory=Counter)
    by_trait: dict[str, Counter[Verdict]] = field(default_factory=dict)
    failed: list[tuple[Verdict, Written, Judged]] = field(default_factory=list)

    def share(self, verdict: Verdict) -> float:
        """Of all messages, in per cent."""
        return 100 * self.counts[verdict] / max(1, self.counts.total())

    def of(self, verdict: Verdict) -> list[str]:
        """The messages so judged, each with what was read."""
        return [
            f"{one.seed}/{one.number} {one.case.text!r} read {found}, means {one.case.want}"
            for judged_so, one, found in self.failed
            if judged_so is verdict
        ]


def judge(messages: Iterable[Written], reader: Reader) -> Judgement:
    """Reads messages and compares them with what they mean."""
    result = Judgement()
    for one in messages:
        found = judged(reader(one).as_json())
        so = verdict(found, one.case.want)
        result.counts[so] += 1
        for trait in one.traits:
            result.by_trait.setdefault(trait, Counter())[so] += 1
        if so is not Verdict.EXACT:
            result.failed.append((so, one, found))
    return result
