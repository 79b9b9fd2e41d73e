"""Which number belongs to which outcome (rule 2): `vắng 2`, `2 vắng`, `kh3 v1`, `3 máy 1 vắng`.

Numbers and outcomes of a segment form a chain. A chain that starts with an outcome and ends with a number is read
forwards, the other way round backwards; what could be read both ways is doubtful.
"""

from dataclasses import dataclass
from itertools import islice

from handlers.language.reading import Outcome
from handlers.language.words.items import Item
from handlers.language.words.sorts import Said, Sort, Unit

_TRANSPARENT = frozenset(
    {
        Sort.FILL,
        Sort.COLON,
        Sort.ALL,
        Sort.BUT_THIS,
        Sort.ADDED,
        Sort.WHEN,
        Sort.TOTAL,
        Sort.LINK,
        Sort.NEVER,
        Sort.FIX,
        Sort.LEFT,
        Sort.HOME,
        Sort.REPORT,
        Sort.GOAL,
        Sort.BREAK,
    }
)
_NOT_PHONES = frozenset({Outcome.ABSENT, Outcome.REVISIT, Outcome.REFUSED, Outcome.NO_CARD, Outcome.NO_PHONE})
_RANK = {None: 0, Said.DONE: 1, Said.INSTALLED: 2, Said.ACTIVATED: 3}


@dataclass(slots=True)
class Pair:
    """A number with its outcome; without number an implicit one, without outcome a bare number."""

    number: Item | None
    outcome: Item | None


def pairs(items: list[Item], *, homed: bool) -> list[Pair] | None:
    """The pairs of a segment, in order; None where two readings fit. `homed`: a home stands before the work."""
    found: list[Pair] = []
    for chain in _chains(items):
        resolved = _resolve(chain, homed=homed)
        if resolved is None:
            return None
        found += resolved
    return found


def _chains(items: list[Item]) -> list[list[Item]]:
    """Alternating runs of numbers and outcomes, cut by strange words and where two neighbours cannot go together."""
    chains: list[list[Item]] = [[]]
    for i, item in enumerate(items):
        if item.sort not in (Sort.NUMBER, Sort.OUTCOME):
            visited = item.sort is Sort.COLON and len(chains[-1]) == 1 and chains[-1][0].unit is Unit.HOME
            if visited or (item.sort not in _TRANSPARENT and not _bridged(items, i, chains[-1])):
                chains.append([])
            continue
        last = chains[-1][-1] if chains[-1] else None
        if last is None or _alternates(last, item):
            chains[-1].append(item)
        elif last.sort is Sort.OUTCOME and item.sort is Sort.OUTCOME and _merge(last, item):
            continue
        elif (
            last.sort is Sort.OUTCOME
            and item.sort is Sort.OUTCOME
            and _auxiliary(last, item)
            and not _numbered(items, i)
        ):
            chains[-1][-1] = _auxiliary(last, item) or item
        else:
            chains.append([item])
    return [_without_echo(chain) for chain in chains if chain]


_STRANGE = frozenset({Sort.UNKNOWN, Sort.UNIT, Sort.TOPIC, Sort.TALK, Sort.OTHERS, Sort.PLAN, Sort.DOING})


def _bridged(items: list[Item], i: int, chain: list[Item]) -> bool:
    """`2 nhà cuối dốc khóa cửa`: strange words between those counted and what is told of them."""
    if items[i].sort not in _STRANGE or len(chain) != 1:
        return False
    if chain[0].outcome is Outcome.ACTIVATED:
        return _number_comes(items, i)
    if chain[0].unit not in (Unit.HOME, Unit.PERSON, Unit.COUPLE, Unit.PHONE):
        return False
    told = next((k for k in range(i, len(items)) if items[k].sort in (Sort.NUMBER, Sort.OUTCOME)), None)
    if told is None or items[told].sort is Sort.NUMBER or items[told].outcome is Outcome.ACTIVATED:
        return False
    return not (told + 1 < len(items) and items[told + 1].sort is Sort.NUMBER)


def _number_comes(items: list[Item], i: int) -> bool:
    """`cài cho cổ một máy`, `được đúng 1 máy`: the number of what was done, and nothing else of it."""
    told = list(islice((item for item in items[i:] if item.sort in (Sort.NUMBER, Sort.OUTCOME)), 2))
    return len(told) == 1 and told[0].sort is Sort.NUMBER and told[0].unit is Unit.PHONE


def _alternates(last: Item, item: Item) -> bool:
    if last.sort is item.sort:
        return False
    number, outcome = (last, item) if last.sort is Sort.NUMBER else (item, last)
    if outcome.outcome is Outcome.REFUSED and outcome.last == number.first:
        return True  # `bắt gỡ 1 máy`, `từ chối 2 máy`
    return not (number.unit is Unit.PHONE and outcome.outcome in _NOT_PHONES)


def _merge(last: Item, item: Item) -> bool:
    """Two ways of saying one outcome are one (`cài xong`, `vắng, khóa cửa`)."""
    if last.outcome is not item.outcome:
        return False
    if _RANK[item.said] > _RANK[last.said]:
        last.said = item.said
    return True


def _numbered(items: list[Item], i: int) -> bool:
    """`… không vào được, được 3`: an outcome with a number of its own helps no other."""
    return i + 1 < len(items) and items[i + 1].sort is Sort.NUMBER and items[i].plain == "duoc"


def _auxiliary(last: Item, item: Item) -> Item | None:
    """`hẹn được`, `được hẹn`: `được` and `làm` beside another outcome only help it."""
    if last.plain in ("duoc", "dc", "lam", "ok"):
        return item
    return last if item.plain in ("duoc", "dc", "lam") else None


def _without_echo(chain: list[Item]) -> list[Item]:
    """`đc 3 tk xong`: the same outcome on both sides of its number is said twice."""
    out: list[Item] = []
    for i, item in enumerate(chain):
        echo = len(out) > 1 and item.sort is Sort.OUTCOME and out[-2].outcome is item.outcome
        if echo and out[-1].sort is Sort.NUMBER and _is_bound(out) and not _needed(chain, i):
            _merge(out[-2], item)
            continue
        out.append(item)
    return out


def _is_bound(out: list[Item]) -> bool:
    """Whether the outcome before the last number has no other number before it."""
    return len(out) < 3 or out[-3].sort is not Sort.NUMBER


def _needed(chain: list[Item], i: int) -> bool:
    """The echo has a number of its own behind it (`được 3, xong 2`)."""
    return i + 1 < len(chain)


def _resolve(chain: list[Item], *, homed: bool) -> list[Pair] | None:
    if glued := _glued(chain):
        return glued
    first, last = chain[0].sort, chain[-1].sort
    if len(chain) == 1:
        return [Pair(chain[0], None) if first is Sort.NUMBER else Pair(None, chain[0])]
    if first is Sort.OUTCOME and last is Sort.NUMBER:
        return _forwards(chain)
    if first is Sort.NUMBER and last is Sort.OUTCOME:
        return _backwards(chain)
    if first is Sort.NUMBER:
        return _between_numbers(chain)
    if homed and chain[0].outcome is not None:  # `bà Lan xong, 2 vắng`
        return [Pair(None, chain[0]), *_backwards(chain[1:])]
    return None


def _glued(chain: list[Item]) -> list[Pair] | None:
    """`kh3 v1`: numbers written onto their outcomes leave no doubt, with at most one bare number before."""
    start = chain[0].sort is Sort.NUMBER
    rest = chain[1:] if start else chain
    outcomes = rest[::2]
    if (
        not rest
        or len(rest) % 2
        or any(o.sort is not Sort.OUTCOME for o in outcomes)
        or not all(n.glued for n in rest[1::2])
    ):
        return None
    return ([Pair(chain[0], None)] if start else []) + _forwards(rest)


def _forwards(chain: list[Item]) -> list[Pair]:
    return [Pair(chain[i + 1], chain[i]) for i in range(0, len(chain) - 1, 2)]


def _backwards(chain: list[Item]) -> list[Pair]:
    return [Pair(chain[i], chain[i + 1]) for i in range(0, len(chain) - 1, 2)]


def _between_numbers(chain: list[Item]) -> list[Pair] | None:
    """`3 vắng 1` is 3 done and 1 absent, `2 vắng 3 máy` the other way (phones stand alone); else doubtful."""
    first, last = chain[0], chain[-1]
    if first.unit is Unit.HOME and chain[1].outcome is Outcome.ACTIVATED:
        return [Pair(first, None), *_forwards(chain[1:])]  # `3 nhà được 7 máy`
    if (
        last.unit is Unit.PHONE
        and first.unit in (Unit.HOME, Unit.PERSON, Unit.NONE)
        and chain[1].outcome is not Outcome.ACTIVATED
    ):
        return None if first.unit is Unit.NONE and len(chain) > 3 else [*_backwards(chain[:-1]), Pair(last, None)]
    if first.unit is Unit.NONE and chain[1].outcome is not Outcome.ACTIVATED:
        return [Pair(first, None), *_forwards(chain[1:])]
    if first.unit is Unit.PHONE and chain[1].outcome is Outcome.FAILED and last.unit is not Unit.NONE:
        return None
    return None
