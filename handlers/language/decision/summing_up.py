"""Whether what was counted is the sender's sum for a day (rule 9)."""

from handlers.language.counts.tally import Count, Tally
from handlers.language.decision import oddities
from handlers.language.reading import Outcome, Reason
from handlers.language.sentences.clauses import Clause
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit


def is_total(told: list[Clause], tally: Tally) -> bool:
    """Whether the told clauses state a sum: a day word, and neither an added-work word nor a home with its work."""
    counted = {id(c.clause) for c in tally.counts}
    inside = "within" in tally.applied  # `tổng 14 máy, trong đó có 1 máy quên báo`: what was forgotten is among them
    added = [clause for clause in told if clause.has(Sort.ADDED) and not (inside and clause.has(Sort.PARTLY))]
    if any(not _adds_nothing(clause, counted=id(clause) in counted) for clause in added) or _names_home(told, tally):
        return False
    return any(oddities.sums_up(clause) for clause in told)


_TIMES = frozenset({Sort.FILL, Sort.ADDED, Sort.UNKNOWN, Sort.WHEN, Sort.NEVER})


def _names_home(told: list[Clause], tally: Tally) -> bool:
    """A home beside its work; one that is named only for a visit makes no report of a sum (rule 9)."""
    if any(c.homes for c in tally.counts if c.outcome is not Outcome.REVISIT or _only_a_visit(tally)):
        return True
    return any(home.sort is Sort.HOME and _lives_so_many(clause, home) for clause in told for home in clause.items)


def _only_a_visit(tally: Tally) -> bool:
    """`bác Tư Sang nói bữa nay mệt, mai em quay lại`: nothing is told but when to come again."""
    return all(c.outcome is Outcome.REVISIT and not numbered(c) for c in tally.counts)


def numbered(c: Count) -> bool:
    """Whether the words tell how many."""
    return any(piece.reason not in (Reason.HOME, Reason.VISIT) for piece in c.pieces)


def _lives_so_many(clause: Clause, home: Item) -> bool:
    """`nhà chị Hiếu có 7 nhân khẩu, được 4 máy`."""
    between = (Sort.FILL, Sort.HAMLET, Sort.NEVER, Sort.UNIT)  # unmarked `co` is a unit, too
    size = next((item for item in clause.items if item.first >= home.last and item.sort not in between), None)
    return size is not None and size.sort is Sort.NUMBER and size.unit in (Unit.PERSON, Unit.MEMBER)


def _adds_nothing(clause: Clause, *, counted: bool) -> bool:
    """`…, còn nhà bà Tư nữa`: a home to go to; `đi từ 19h đến 21h mới xong`: how long it took."""
    if clause.has(Sort.LEFT) and not counted:
        return True  # `còn 5 nhà nữa`
    clocks = [item for item in clause.items if item.sort in (Sort.WHEN, Sort.NEVER)]
    if clocks and all(item.sort in _TIMES and (item.when is None or not item.when.has_day) for item in clause.items):
        return True
    nothing = clause.has(Sort.HOME) and not clause.has(Sort.NUMBER, Sort.OUTCOME, Sort.MANY)
    return nothing and all(item.plain == "nua" for item in clause.items if item.sort is Sort.ADDED)
