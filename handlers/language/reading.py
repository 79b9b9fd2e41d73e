"""What a message was understood to mean: the types that the rest of the house speaks.

Positions (`start`, `end`) count characters of the message as it was sent. Nothing here keeps the message itself,
so that a reading may be logged or stored without what people wrote.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What the bot should do with a message."""

    REPORT = "report"
    TOTAL = "total"
    CORRECT = "correct"
    UNDO = "undo"
    UNCLEAR = "unclear"
    CHAT = "chat"


class Outcome(StrEnum):
    """How a visit ended, in the order in which answers list them."""

    ACTIVATED = "activated"
    ALREADY = "already"
    ABSENT = "absent"
    REFUSED = "refused"
    REVISIT = "revisit"
    NO_PHONE = "no_phone"
    NO_CARD = "no_card"
    FAILED = "failed"
    ASSISTED = "assisted"


class Why(StrEnum):
    """Why a message about work cannot be counted; each has its own question to the sender."""

    NUMBER = "number"
    DAY = "day"
    HOUSEHOLD = "household"
    HAMLET = "hamlet"
    TEAM = "team"
    TWO_MEANINGS = "two_meanings"
    BARE_DONE = "bare_done"
    TOO_LONG = "too_long"


class Reason(StrEnum):
    """What in the text a part of a count is."""

    NUMBER = "number"
    HOME = "home"
    COUPLE = "couple"
    HOUSEHOLD = "household"
    DIFFERENCE = "difference"
    VISIT = "visit"
    NONE = "none"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Part:
    """One summand of a count: `n` (negative for a difference) and the text it comes from."""

    n: int
    start: int
    end: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Entry:
    """The work of one hamlet. `hamlet` is its bare name (`4`, `Xuân Tảo`), `said` the words as written (`xóm 4`)."""

    hamlet: str | None
    said: str | None
    counts: Mapping[Outcome, int]
    parts: Mapping[Outcome, tuple[Part, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Home:
    """A home or person that the message names, with what was counted there (`{}` where nothing was)."""

    label: str
    start: int
    end: int
    hamlet: str | None
    counts: Mapping[Outcome, int]


@dataclass(frozen=True, slots=True)
class Mention:
    """A hamlet that the message names, whatever it says of it; `denied`: that it is not the one."""

    name: str
    said: str
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Appointment:
    """A promised return visit: local time without a zone, and the home if one was named."""

    at: datetime
    home: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Target:
    """Which earlier report a correction or withdrawal names; all None or empty: the last one.

    `strange`: by words that nobody knows a report by (`hủy báo cáo con mèo`).
    """

    hamlet: str | None = None
    home: str | None = None
    counts: Mapping[Outcome, int] = field(default_factory=dict)
    strange: bool = False


@dataclass(frozen=True, slots=True)
class Hole:
    """What an unclear message leaves open. With `outcome`, a plain number answers it; `suggestions` are likely ones."""

    outcome: Outcome | None
    hamlet: str | None
    said: str | None
    suggestions: tuple[int, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Draft:
    """What was understood of an unclear message, without the vague part; `kind` is what it becomes once answered."""

    kind: Kind
    day: int
    entries: tuple[Entry, ...]
    appointments: tuple[Appointment, ...]
    homes: tuple[Home, ...]
    hole: Hole | None


Stored = tuple[int, tuple[object, ...], str | None]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one message means; `day` is relative to the work day in which it was sent."""

    kind: Kind
    day: int = 0
    entries: tuple[Entry, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    homes: tuple[Home, ...] = ()
    was: Mapping[Outcome, int] = field(default_factory=dict)
    mentions: tuple[Mention, ...] = ()  # hamlets, in order
    gone: frozenset[Outcome] = frozenset()  # a correction says that these did not happen at all
    target: Target | None = None
    question: bool = False
    why: Why | None = None
    draft: Draft | None = None
    rules: tuple[str, ...] = ()  # names of the rules that had a say, and of those in doubt (rules.py)
    points_back: bool = False  # speaks of a report that was made already (rule 25)
    behalf_of: str | None = None  # the words that name for whom it is (rule 27)
    amends: bool = False  # a sum that puts another right: `à tổng 14 mới phải`
    sum_stated: int | None = None  # a sum said beside added work (rule 26)
    of_home: str | None = None  # the only home that is named, with a count at it or without
    later: datetime | None = None  # the one time to come that is named, local, where no visit is promised for it
    explained: bool = False  # every word of it is explained by a rule (explained.py)
    unheard: frozenset[Outcome] = frozenset()  # told in words, and counted nowhere

    @property
    def appointment(self) -> Appointment | None:
        """The first promised visit."""
        return self.appointments[0] if self.appointments else None

    @property
    def counts(self) -> dict[Outcome, int]:
        """Counts summed over hamlets."""
        sums: dict[Outcome, int] = {}
        for entry in self.entries:
            for outcome, n in entry.counts.items():
                sums[outcome] = sums.get(outcome, 0) + n
        return sums

    @property
    def tells_of_work(self) -> bool:
        """Whether it is stored, or asked about, of whoever may report; a lone `xong` is talk, and a question asks."""
        unclear = self.kind is Kind.UNCLEAR and self.why is not Why.BARE_DONE
        return not self.question and (unclear or self.kind in (Kind.REPORT, Kind.TOTAL, Kind.CORRECT))

    def stored(self) -> Stored:
        """What would be stored of it: readings of one kind that store the same mean the same."""
        return stored(self.day, ((entry.hamlet, entry.counts) for entry in self.entries), self.appointments)

    def means(self, other: "Reading") -> bool:
        """Whether another reading would store the same."""
        return self.kind is other.kind and self.stored() == other.stored()

    def as_json(self) -> dict[str, object]:
        """The four fields by which a reading is judged."""
        first = self.appointment
        return {
            "kind": self.kind.value,
            "day": self.day,
            "entries": [_entry(entry) for entry in self.entries],
            "appointment": first.at.strftime("%Y-%m-%dT%H:%M") if first else None,
        }

    def explain(self, text: str | None = None) -> dict[str, object]:
        """The reading with the parts of each count; with `text`, each part also quotes its words."""
        return self.as_json() | {
            "parts": [_part(e, o, p, text) for e in self.entries for o, parts in e.parts.items() for p in parts],
            "appointments": [
                {"at": a.at.strftime("%Y-%m-%dT%H:%M"), "home": a.home, "start": a.start, "end": a.end}
                for a in self.appointments
            ],
            "homes": [
                {"label": h.label, "start": h.start, "end": h.end, "hamlet": h.hamlet, "counts": _counts(h.counts)}
                for h in self.homes
            ],
            "was": _counts(self.was),
            "gone": sorted(outcome.value for outcome in self.gone),
            "target": _target(self.target),
            "question": self.question,
            "why": self.why.value if self.why else None,
            "draft": _draft(self.draft),
            "rules": list(self.rules),
            "points_back": self.points_back,
            "behalf_of": self.behalf_of,
            "amends": self.amends,
            "sum_stated": self.sum_stated,
            "of_home": self.of_home,
            "explained": self.explained,
        }


def stored(
    day: int,
    entries: Iterable[tuple[str | None, Mapping[Outcome, int]]],
    appointments: tuple[Appointment, ...],
) -> Stored:
    """The day, the counts by hamlet, whatever its case, and the first promised visit to the minute."""
    counted = tuple([(hamlet and hamlet.casefold(), *counts.items()) for hamlet, counts in entries])
    return day, counted, appointments[0].at.strftime("%Y-%m-%dT%H:%M") if appointments else None


def _counts(counts: Mapping[Outcome, int]) -> dict[str, int]:
    return {outcome.value: n for outcome, n in counts.items()}


def _entry(entry: Entry) -> dict[str, object]:
    return {"hamlet": entry.hamlet, "counts": _counts(entry.counts)}


def _part(entry: Entry, outcome: Outcome, part: Part, text: str | None) -> dict[str, object]:
    said: dict[str, object] = {"hamlet": entry.hamlet, "outcome": outcome.value, "n": part.n}
    said |= {"reason": part.reason.value, "start": part.start, "end": part.end}
    return said if text is None else said | {"text": text[part.start : part.end]}


def _target(target: Target | None) -> dict[str, object] | None:
    if target is None:
        return None
    return {"hamlet": target.hamlet, "home": target.home, "counts": _counts(target.counts)}


def _draft(draft: Draft | None) -> dict[str, object] | None:
    if draft is None:
        return None
    hole = draft.hole
    return {
        "kind": draft.kind.value,
        "day": draft.day,
        "entries": [_entry(entry) for entry in draft.entries],
        "hole": hole
        and {
            "outcome": hole.outcome and hole.outcome.value,
            "hamlet": hole.hamlet,
            "suggestions": list(hole.suggestions),
            "start": hole.start,
            "end": hole.end,
        },
    }
