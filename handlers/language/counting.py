"""What the told clauses count: numbers, homes named, couples, households (rules 1-6, 11, 12, 17, 18)."""

from handlers.language.clauses import Clause
from handlers.language.items import Item
from handlers.language.pairing import Pair, pairs
from handlers.language.reading import Outcome, Reason, Why
from handlers.language.segments import Group, Segment, groups, segments
from handlers.language.sorts import Said, Sort, Unit
from handlers.language.tally import Count, Doubt, Piece, Tally, Waiting
from handlers.language.trust import household, is_remark, set_aside, strange_beside, vague
from handlers.language.vocabulary import POLITE

_STRANGE_AT_HOME = frozenset({Sort.UNKNOWN, Sort.NOT, Sort.TOPIC, Sort.FILL, Sort.UNIT})
_ONE_FOR_ONE = frozenset(
    {Outcome.NO_PHONE, Outcome.NO_CARD, Outcome.FAILED, Outcome.ALREADY, Outcome.REFUSED, Outcome.ABSENT}
)


def count(clauses: list[Clause]) -> Tally:
    """Everything that the told clauses count."""
    tally = Tally()
    for clause in clauses:
        if clause.line != tally.line:
            tally.line, tally.scope = clause.line, tally.scope + 1
            tally.pending, tally.waiting = [], None
        before = tally.waiting
        for group in groups(clause):
            _count_group(tally, clause, group)
        if tally.waiting is before:
            tally.waiting = None
    settle_household(tally)
    last = tally.counts[-1] if tally.counts else None
    if tally.pending and last is not None and all(p.reason in (Reason.HOME, Reason.VISIT) for p in last.pieces):
        tally.doubt(Why.TWO_MEANINGS, tally.pending[0])  # `hẹn lại bà Mơ và … ông Thái`: is he meant, too?
    return tally


def _count_group(tally: Tally, clause: Clause, group: Group) -> None:
    if group.place is not None:
        settle_household(tally)
        tally.place, tally.scope, tally.homes = group.place, tally.scope + 1, []
        tally.places.append(group.place)
    if group.doubtful and tally.place is not None:
        tally.doubt(Why.HAMLET, tally.place)
    if any(item.sort is Sort.CARRY for item in group.items):
        group.items = _carried(tally, clause, group.items)
    for segment in segments(group.items):
        _count_segment(tally, clause, segment)


def _carried(tally: Tally, clause: Clause, items: list[Item]) -> list[Item]:
    """Takes the helping out of a group (rule 19): the verb, whom it carries, where, and the words between."""
    start = next(i for i, item in enumerate(items) if item.sort is Sort.CARRY)
    goals = [i for i, item in enumerate(items) if item.sort is Sort.GOAL and i > start]
    verb = items[start]
    if not goals and verb.plain not in ("cong", "diu", "ho tong", "khieng", "cang"):
        return (
            items
            if not any(i.sort in (Sort.NUMBER, Sort.HOME) for i in items[start:])
            else _strange_carry(tally, items, start)
        )
    end = goals[-1] + 1 if goals else len(items)
    while end < len(items) and (
        items[end].sort in (Sort.FILL, Sort.ALL) or items[end].plain in ("xong", "lam xong", "ok")
    ):
        end += 1
    who = items[start + 1 : goals[-1] if goals else end]
    number = next((item for item in who if item.sort is Sort.NUMBER), None)
    if number is not None and number.unit is Unit.PHONE:
        return _strange_carry(tally, items, start)  # unmarked `cong` is also cộng
    homes = [item for item in who if item.sort is Sort.HOME and not item.number]
    if number is not None:
        _put(
            tally,
            clause,
            Outcome.ASSISTED,
            [Piece(number.n, number, Reason.COUPLE if number.unit is Unit.COUPLE else Reason.NUMBER)],
            homes,
        )
    elif homes:
        _put(tally, clause, Outcome.ASSISTED, [Piece(1, home, Reason.HOME) for home in homes], homes)
    else:
        tally.doubt(Why.NUMBER, verb, Outcome.ASSISTED, soft=True)
    return items[:start] + items[end:]


def _strange_carry(tally: Tally, items: list[Item], start: int) -> list[Item]:
    """`đón 2 cụ` without a place may be help or only a lift."""
    if items[start].plain in ("cho", "lai", "dan", "kem", "dua") and items[start].plain == items[start].plain.strip():
        pass
    tally.doubt(Why.TWO_MEANINGS, items[start], Outcome.ASSISTED, soft=True)
    return items[:start]


def _count_segment(tally: Tally, clause: Clause, segment: Segment) -> None:
    work = segment.work
    if segment.homes and not segment.after:
        settle_household(tally)
        tally.scope += 1
    if any(item.sort is Sort.NEVER and item.plain.startswith(("ngo", "ngach", "hem")) for item in segment.items):
        tally.scope += 1
    if not work:
        _wait(tally, segment)
        return
    if segment.before is not None:
        tally.doubt(Why.TWO_MEANINGS, segment.before)
    if segment.homes:
        tally.named += segment.homes
        tally.size = None
    cut = next((i for i, item in enumerate(segment.items) if item.sort is Sort.EXCEPT), None)
    if cut is None:
        _weigh(tally, clause, segment, segment.items)
    else:
        _weigh_except(tally, clause, segment, cut)
    tally.pending = []
    if segment.homes:
        tally.homes = segment.homes


def _wait(tally: Tally, segment: Segment) -> None:
    """Homes alone wait for the outcome of the next clause (`bác Ba, chú Tư xong`)."""
    after = segment.homes[-1].first if segment.homes else 0
    said = [i for i in segment.items if i.first > after and i.sort is not Sort.COLON and not _is_polite(i)]
    if segment.homes and said and len(said) <= 3 and said[0].sort in _STRANGE_AT_HOME:
        tally.doubt(Why.TWO_MEANINGS, said[0], soft=True)  # `nhà số 14 vag`
    plain_only = all(item.sort in (Sort.WHEN, Sort.NEVER) for item in said)
    if segment.homes:
        tally.pending = tally.pending + segment.homes if plain_only else []
        tally.homes, tally.size = segment.homes, None


def _is_polite(item: Item) -> bool:
    return item.plain in POLITE and item.sort is not Sort.UNKNOWN


def _weigh_except(tally: Tally, clause: Clause, segment: Segment, cut: int) -> None:
    """`nhà 5 người xong hết trừ 1 cụ đi vắng`: 4 and 1 (rule 4)."""
    before, after, known = segment.items[:cut], segment.items[cut + 1 :], len(tally.counts)
    _weigh(tally, clause, segment, before)
    done = [c for c in tally.counts[known:] if c.outcome is Outcome.ACTIVATED and (c.whole or segment.after is False)]
    known, waiting = len(tally.counts), len(tally.bare)
    rest = Segment(after, [])
    found = pairs(after, homed=False)
    loose = found is not None and any(pair.outcome is None for pair in found) and len(after) > 2
    if not done or found is None or not rest.work or len(tally.bare) > waiting or loose:
        tally.doubt(Why.HOUSEHOLD, segment.items[cut], Outcome.ACTIVATED)
        return
    for pair in found:
        item = pair.number or pair.outcome
        if item is None:
            continue
        n = pair.number.n if pair.number else 1
        done[0].pieces.append(Piece(-n, item, Reason.DIFFERENCE))
        if pair.outcome is not None and pair.outcome.outcome is not None:
            reason = Reason.NUMBER if pair.number else Reason.HOME
            _put(tally, clause, pair.outcome.outcome, [Piece(n, item, reason)], segment.homes)
    if done[0].n <= 0:
        tally.doubt(Why.HOUSEHOLD, segment.items[cut], Outcome.ACTIVATED)


_OF_WORK = frozenset({Sort.HAMLET, Sort.HOME, Sort.WHEN, Sort.TOTAL, Sort.NUMBER, Sort.OUTCOME, Sort.REPORT})


def _courteous(item: Item, clause: Clause) -> bool:
    """`không có gì ạ`: you are welcome; `hôm nay không có gì` and `chưa có gì` say that nothing was done."""
    first, *rest = item.plain.split()
    return first != "chua" and rest == ["co", "gi"] and not clause.has(*_OF_WORK)


def _weigh(tally: Tally, clause: Clause, segment: Segment, items: list[Item]) -> None:
    """Counts the pairs of a segment, after what is no count of its own has been set aside."""
    everybody = any(item.sort is Sort.ALL for item in items)
    for i, item in enumerate(items):
        if item.sort is Sort.NOTHING:
            if not _courteous(item, clause):
                tally.nothing.append((item, tally.place))
        elif item.sort is Sort.MANY:
            vague(tally, items, i)
    kept = set_aside(tally, items)
    kept = household(tally, segment, kept, everybody=everybody)
    before = segment.homes if not segment.after else []
    found = pairs(kept, homed=bool(before or tally.pending))
    if found is None:
        tally.doubt(Why.TWO_MEANINGS, next(item for item in kept if item.sort in (Sort.NUMBER, Sort.OUTCOME)))
        return
    if strange_beside(tally, items, found, homed=bool(segment.homes or tally.pending)):
        return
    for pair in found:
        _count_pair(tally, clause, segment, pair, everybody=everybody)


def _count_pair(tally: Tally, clause: Clause, segment: Segment, pair: Pair, *, everybody: bool) -> None:
    outcome = (
        pair.outcome.outcome if pair.outcome is not None and pair.outcome.outcome is not None else Outcome.ACTIVATED
    )
    if pair.number is None and pair.outcome is not None:
        _count_unnumbered(tally, clause, segment, pair.outcome, outcome, everybody=everybody)
        return
    number = pair.number
    if number is None:
        return
    if number.n == 0:
        if outcome is Outcome.ACTIVATED:
            tally.nothing.append((number, tally.place))
        return
    if pair.outcome is None and number.unit is Unit.HOME:
        tally.visited.append((number, tally.place))
        return
    if outcome is Outcome.ACTIVATED and number.unit is Unit.HOME and pair.outcome is not None:
        tally.visited.append((number, tally.place))
    if number.unit is Unit.MEMBER:
        tally.doubt(Why.HOUSEHOLD, number, outcome)
        return
    if tally.size is not None:
        tally.size = None
    reason = Reason.COUPLE if number.unit is Unit.COUPLE else Reason.HOUSEHOLD if number.whole else Reason.NUMBER
    homes_only = number.unit is Unit.COUPLE and outcome in (Outcome.ABSENT, Outcome.REVISIT)
    n = max(1, number.n // 2) if homes_only else number.n  # `vợ chồng bà Lan hẹn mai`: one home
    said = pair.outcome.said if pair.outcome is not None else None
    homes = segment.homes or tally.pending
    _put(tally, clause, outcome, [Piece(n, number, reason)], homes, said=said, whole=number.whole)


def _count_unnumbered(
    tally: Tally, clause: Clause, segment: Segment, item: Item, outcome: Outcome, *, everybody: bool
) -> None:
    """An outcome without a number: one for each home or person named (rule 3)."""
    homes = tally.pending + segment.homes
    if not homes and any(
        c.outcome is outcome and c.scope == tally.scope and c.clause is not clause for c in tally.counts
    ):
        return  # two ways of saying one outcome
    if segment.couple:
        tally.doubt(Why.TWO_MEANINGS, item, outcome)
    elif tally.size is not None and not segment.homes:
        _count_household(tally, clause, item, outcome, everybody=everybody)
    elif homes:
        _count_homes(tally, clause, item, outcome, homes, everybody=everybody)
    elif outcome is Outcome.REVISIT:
        _revisit(tally, clause, item)
    elif tally.homes and outcome is not Outcome.ACTIVATED:
        _count_again(tally, clause, item, outcome)
    elif outcome is Outcome.ACTIVATED:
        if not (tally.homes and any(c.scope == tally.scope and c.outcome is outcome for c in tally.counts)):
            tally.bare.append((item, tally.place, clause))
    else:
        _wait_for_visit(tally, clause, item, outcome)


def _wait_for_visit(tally: Tally, clause: Clause, item: Item, outcome: Outcome) -> None:
    """Doubtful, unless the next clause says whose it is; that the network is slow may be a mere remark."""
    doubt = None if is_remark(item) else Doubt(Why.NUMBER, item, outcome, tally.place)
    if doubt is not None:
        tally.doubts.append(doubt)
    tally.waiting = Waiting(item, outcome, clause, doubt)


def _settle_waiting(tally: Tally, homes: list[Item]) -> None:
    """A visit to one home tells whose the outcome right before it is."""
    waiting = tally.waiting
    if waiting is None or len(homes) != 1:
        return
    if waiting.doubt is not None:
        tally.doubts = [doubt for doubt in tally.doubts if doubt is not waiting.doubt]
    tally.waiting = None
    _put(tally, waiting.clause, waiting.outcome, [Piece(1, waiting.item, Reason.HOME)], homes)


def _count_household(tally: Tally, clause: Clause, item: Item, outcome: Outcome, *, everybody: bool) -> None:
    size = tally.size
    if size is None:
        return
    if outcome in (Outcome.ABSENT, Outcome.REVISIT):
        _put(tally, clause, outcome, [Piece(1, item, Reason.HOME)], tally.homes)
    elif everybody and outcome is Outcome.ACTIVATED:
        _put(tally, clause, outcome, [Piece(size.n, size, Reason.HOUSEHOLD)], tally.homes, said=item.said, whole=True)
    else:
        tally.doubt(Why.HOUSEHOLD, size, outcome)
    tally.size = None


def _count_homes(
    tally: Tally, clause: Clause, item: Item, outcome: Outcome, homes: list[Item], *, everybody: bool
) -> None:
    """`cả nhà bác Lợi xong` leaves open how many; absent and promised count homes, so that all is one."""
    if everybody and outcome not in (Outcome.ABSENT, Outcome.REVISIT) and len(homes) == 1:
        tally.doubt(Why.HOUSEHOLD, item, outcome)
        return
    if any(home.kin and home.plain in ("nha", "ho") for home in homes) and outcome is Outcome.ACTIVATED:
        tally.doubt(Why.HOUSEHOLD, item, outcome)
        return
    tally.named += [home for home in homes if home not in tally.named]
    if outcome is Outcome.REVISIT:
        _settle_waiting(tally, homes)
    _put(tally, clause, outcome, [Piece(1, home, Reason.HOME) for home in homes], homes, said=item.said)


def _revisit(tally: Tally, clause: Clause, item: Item) -> None:
    if any(c.outcome is Outcome.REVISIT and c.clause is clause for c in tally.counts):
        return  # `hẹn 2 nhà, bảo quay lại`: said twice
    if len(tally.homes) > 1:
        tally.doubt(Why.NUMBER, item, Outcome.REVISIT)
        return
    _put(tally, clause, Outcome.REVISIT, [Piece(1, item, Reason.VISIT)], tally.homes)


def _count_again(tally: Tally, clause: Clause, item: Item, outcome: Outcome) -> None:
    """Another outcome of the person just spoken of; the same one again adds nothing."""
    theirs = [c for c in tally.counts if c.homes == tally.homes]
    if any(c.outcome is outcome for c in theirs):
        return
    implicit = all(piece.reason is Reason.HOME for c in theirs for piece in c.pieces)
    if len(tally.homes) == 1 and implicit and outcome in _ONE_FOR_ONE:
        if outcome is Outcome.FAILED and any(c.outcome in (Outcome.NO_PHONE, Outcome.FAILED) for c in theirs):
            return
        if not any(c.outcome in (Outcome.ACTIVATED, Outcome.ABSENT) for c in theirs):
            _put(tally, clause, outcome, [Piece(1, item, Reason.HOME)], tally.homes)
            return
    tally.doubt(Why.TWO_MEANINGS, item, outcome)


def _put(
    tally: Tally,
    clause: Clause,
    outcome: Outcome,
    pieces: list[Piece],
    homes: list[Item],
    *,
    said: Said | None = None,
    whole: bool = False,
) -> None:
    if tally.place is None and None not in tally.places:
        tally.places.append(None)
    tally.counts.append(Count(outcome, pieces, tally.place, list(homes), clause, tally.scope, said, whole))


def settle_household(tally: Tally) -> None:
    """A size that nothing was said about (`nhà bà Lan 4 người`) is no count."""
    if tally.size is not None:
        tally.doubt(Why.HOUSEHOLD, tally.size, Outcome.ACTIVATED)
        tally.size = None
