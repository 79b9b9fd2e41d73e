"""`gõ cửa 3 nhà, không ai ra`: what is told right after a number of homes is told of each of them (rule 3)."""

from handlers.language.counts.tally import Piece, Tally
from handlers.language.reading import Outcome, Reason, Why
from handlers.language.sentences.clauses import Clause
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit

_OF_EACH = frozenset({Outcome.ABSENT, Outcome.REFUSED, Outcome.REVISIT})
_OTHERS = (Sort.HOME, Sort.HAMLET, Sort.NUMBER, Sort.MANY, Sort.LEFT, Sort.OTHERS)


_NOBODY = frozenset({"ai", "nao"})  # `không ai ra`, `không nhà nào mở cửa`


def told_of_visited(tally: Tally, clause: Clause, item: Item, outcome: Outcome) -> bool:
    """Whether an outcome without a number is that of the homes in the clause before it; then it is counted."""
    number = _just_before(tally, clause) if outcome in _OF_EACH and not clause.has(*_OTHERS) else None
    if number is None:
        return False
    before = tally.heard[-2].items
    theirs = before[0] is number  # `hai nhà tiếp theo tắt đèn, …`
    nobody = clause.has(Sort.ALL) or not _NOBODY.isdisjoint(item.plain.split())
    if not theirs and not nobody:
        tally.doubt("visited_then", Why.NUMBER, item, outcome)  # `đi 3 nhà, vắng`: one of them, or all?
        return True
    tally.visited.pop()
    tally.homes = []
    tally.apply("told_of_visited")
    tally.put(clause, outcome, [Piece(number.n, number, Reason.NUMBER)], [])
    return True


def _just_before(tally: Tally, clause: Clause) -> Item | None:
    """The number of homes that the clause before this one told, and nothing else."""
    if not tally.visited or len(tally.heard) < 2 or tally.heard[-1] is not clause:
        return None
    number, before = tally.visited[-1][0], tally.heard[-2]
    if before.line != clause.line or not any(item is number for item in before.items):
        return None
    told = any(c.clause is before for c in tally.counts)
    return number if number.unit is Unit.HOME and number.n > 1 and not told else None
