"""What has been counted of a message so far, and what is doubtful about it."""

from dataclasses import dataclass, field

from handlers.language.reading import Outcome, Reason, Why
from handlers.language.sentences.clauses import Clause
from handlers.language.words.items import Item
from handlers.language.words.sorts import Said


@dataclass(slots=True, eq=False)
class Piece:
    """One summand, pointing at the item that it comes from."""

    n: int
    item: Item
    reason: Reason


@dataclass(slots=True, eq=False)
class Count:
    """One outcome of one segment."""

    outcome: Outcome
    pieces: list[Piece]
    place: Item | None
    homes: list[Item]
    clause: Clause
    scope: int
    said: Said | None = None
    whole: bool = False

    @property
    def n(self) -> int:
        return sum(piece.n for piece in self.pieces)


def is_implied(c: Count) -> bool:
    """Whether only homes and visits were named, and no number."""
    return all(piece.reason in (Reason.HOME, Reason.VISIT) for piece in c.pieces)


@dataclass(slots=True, eq=False)
class Doubt:
    """Why a message cannot be counted, and the number that is missing."""

    rule: str  # its name in rules.py
    why: Why
    item: Item
    outcome: Outcome | None = None
    place: Item | None = None
    soft: bool = False  # alone, without any work, it is mere talk


@dataclass(slots=True)
class Waiting:
    """An outcome of nobody yet (`vắng, hẹn bà Lan 19h mai`): it is hers if a visit follows, else doubtful."""

    item: Item
    count: Count
    doubt: Doubt | None = None  # what it is if nothing follows


@dataclass(slots=True)
class Tally:
    """What has been counted so far, and the hamlet and homes that still hold."""

    counts: list[Count] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    nothing: list[tuple[Item, Item | None]] = field(default_factory=list)
    bare: list[tuple[Item, Item | None, Clause]] = field(default_factory=list)
    visited: list[tuple[Item, Item | None]] = field(default_factory=list)
    places: list[Item | None] = field(default_factory=list)  # in order of mention
    named: list[Item] = field(default_factory=list)  # homes beside work
    place: Item | None = None
    homes: list[Item] = field(default_factory=list)  # of the segment before
    pending: list[Item] = field(default_factory=list)  # named, their outcome still to come
    waiting: Waiting | None = None  # of the clause before
    size: Item | None = None  # of the household spoken of
    scope: int = 0
    line: int = 0
    behalf: bool = False  # the report is somebody else's
    open: Item | None = None  # said of a home, and not understood
    sum_stated: int | None = None  # `thêm 2 nữa là 17`

    applied: list[str] = field(default_factory=list)  # names of the rules that had a say
    heard: list[Clause] = field(default_factory=list)  # the clauses that were read
    implied: list[Count] = field(default_factory=list)  # those of the counts, in order, that no number told

    def doubt(self, rule: str, why: Why, item: Item, outcome: Outcome | None = None, *, soft: bool = False) -> None:
        """Notes why the message cannot be counted, by the name of the rule in rules.py."""
        self.doubts.append(Doubt(rule, why, item, outcome, self.place, soft))

    def put(
        self,
        clause: Clause,
        outcome: Outcome,
        pieces: list[Piece],
        homes: list[Item],
        *,
        said: Said | None = None,
        whole: bool = False,
    ) -> None:
        """Counts an outcome in the hamlet that holds."""
        if self.place is None and None not in self.places:
            self.places.append(None)
        count = Count(outcome, pieces, self.place, list(homes), clause, self.scope, said, whole)
        self.counts.append(count)
        if is_implied(count):
            self.implied.append(count)

    def of_scope(self) -> list[Count]:
        """What was counted of the homes or the stretch that is spoken of; scopes only grow."""
        start = len(self.counts)
        while start and self.counts[start - 1].scope == self.scope:
            start -= 1
        return self.counts[start:]

    def apply(self, rule: str) -> None:
        """Notes that a rule had a say."""
        if rule not in self.applied:
            self.applied.append(rule)
