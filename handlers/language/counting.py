"""What the told clauses count: numbers, homes named, couples, households (rules 1-6, 11, 12, 17, 18)."""

from handlers.language.carrying import carried
from handlers.language.clauses import Clause
from handlers.language.items import Item
from handlers.language.nearness import slip_of
from handlers.language.outcomes import CAUSES, TOGETHER, Then, complains, is_weak, young
from handlers.language.pairing import Pair, pairs
from handlers.language.reading import Outcome, Reason, Why
from handlers.language.retold import follows, number_of_lone, speaks_of_one, told_in_full, told_of_them, turned
from handlers.language.segments import Group, Segment, groups, segments
from handlers.language.shares import multiplied
from handlers.language.sorts import Sort, Unit
from handlers.language.tally import Doubt, Piece, Tally, Waiting
from handlers.language.trust import after_strange, household, is_remark, set_aside, strange_beside, vague
from handlers.language.vocabulary import POLITE

_STRANGE_AT_HOME = frozenset({Sort.UNKNOWN, Sort.NOT, Sort.TOPIC, Sort.FILL})
_COMING = frozenset({"den", "toi", "o", "vao", "qua", "sang", "ghe", "gap", "tru", "nup", "ngoi", "xuong", "len"})


def count(clauses: list[Clause]) -> Tally:
    """Everything that the told clauses count."""
    tally = Tally(behalf=any(clause.has(Sort.BEHALF) for clause in clauses))
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
    _leave_open(tally)
    last = tally.counts[-1] if tally.counts else None
    if tally.pending and last is not None and all(p.reason in (Reason.HOME, Reason.VISIT) for p in last.pieces):
        tally.doubt(
            "home_left_waiting", Why.TWO_MEANINGS, tally.pending[0]
        )  # `hẹn lại bà Mơ và … ông Thái`: is he meant, too?
    return tally


def _count_group(tally: Tally, clause: Clause, group: Group) -> None:
    if group.place is not None:
        settle_household(tally)
        tally.place, tally.scope, tally.homes = group.place, tally.scope + 1, []
        tally.places.append(group.place)
    if group.doubtful and tally.place is not None:
        tally.doubt("which_hamlet", Why.HAMLET, tally.place)
    if any(item.sort is Sort.CARRY for item in group.items):
        group.items = carried(tally, clause, group.items)
    for segment in segments(group.items):
        _count_segment(tally, clause, segment)


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
    if segment.homes and not segment.after:
        _leave_open(tally)
    tally.open = None
    if segment.before is not None:
        tally.doubt("number_or_list", Why.TWO_MEANINGS, segment.before)
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
    if segment.homes:
        _leave_open(tally)
        strange = _strange_of(said)
        tally.open = strange if strange is None or not _came_to(segment) else None
    plain_only = all(item.sort in (Sort.WHEN, Sort.NEVER) for item in said)
    if segment.homes:
        homes = _each_once(tally.pending + segment.homes)
        tally.homes, tally.size = homes, None
        tally.pending = homes if plain_only else []


def _each_once(homes: list[Item]) -> list[Item]:
    """`hộ ông Minh, số nhà 14` and `nhà bà Thoa, bà Thoa thì …` are one home each: an address, a name said again."""
    kept: list[Item] = []
    for home in homes:
        address = home.plain.startswith("so nha") and bool(kept)
        again = any(_bare(home) == _bare(known) for known in kept)
        if not address and not again:
            kept.append(home)
    return kept


def _bare(home: Item) -> str:
    return home.plain.removeprefix("nha ").removeprefix("ho ")


_MOST_SAID = 3  # words about somebody that may be an outcome nobody knows; more are a story


def _strange_of(said: list[Item]) -> Item | None:
    """What is said of a home, if it may be an outcome that nobody understood."""
    strange = [item for item in said if item.sort in _STRANGE_AT_HOME]
    if not strange:
        return None
    telling = (i for i in said if i.sort in (Sort.NOT, Sort.TOPIC) or (i.sort is Sort.UNKNOWN and slip_of(i.plain)))
    return next(telling, strange[0] if len(said) <= _MOST_SAID else None)


def _came_to(segment: Segment) -> bool:
    """`em vừa ở nhà bác Luyến ra`, `tới nhà chị Ngân`: where the sender went, before anything is told."""
    return any(
        i.plain in _COMING or i.plain.split()[0] in _COMING for i in segment.items if i.first < segment.homes[0].first
    )


def _leave_open(tally: Tally) -> None:
    """A home of which something was said that nobody understood (`nhà số 14 vag`)."""
    if tally.open is not None:
        tally.doubt("home_not_understood", Why.TWO_MEANINGS, tally.open, soft=True)
        tally.open = None


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
        tally.doubt("except_whom", Why.HOUSEHOLD, segment.items[cut], Outcome.ACTIVATED)
        return
    for pair in found:
        item = pair.number or pair.outcome
        if item is None:
            continue
        n = pair.number.n if pair.number else 1
        done[0].pieces.append(Piece(-n, item, Reason.DIFFERENCE))
        if pair.outcome is not None and pair.outcome.outcome is not None:
            reason = Reason.NUMBER if pair.number else Reason.HOME
            tally.put(clause, pair.outcome.outcome, [Piece(n, item, reason)], segment.homes)
    if done[0].n <= 0:
        tally.doubt("except_all", Why.HOUSEHOLD, segment.items[cut], Outcome.ACTIVATED)


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
    items = multiplied(tally, segment, items)
    kept = set_aside(tally, items)
    kept = household(tally, segment, kept, everybody=everybody)
    before = segment.homes if not segment.after else []
    found = pairs(kept, homed=bool(before or tally.pending))
    if found is None:
        tally.doubt(
            "two_pairings", Why.TWO_MEANINGS, next(item for item in kept if item.sort in (Sort.NUMBER, Sort.OUTCOME))
        )
        return
    if strange_beside(tally, items, found, homed=bool(segment.homes or tally.pending)):
        return
    for pair in found:
        _count_pair(tally, clause, segment, pair, everybody=everybody)


def _is_no_count(tally: Tally, clause: Clause, segment: Segment, pair: Pair, number: Item) -> bool:
    """None at all, homes visited, sizes of households, and numbers that leave open what happened."""
    outcome = pair.outcome.outcome if pair.outcome is not None else None
    done = outcome in (None, Outcome.ACTIVATED)
    if number.n == 0:
        if done:
            tally.nothing.append((number, tally.place))
        return True
    if number.unit is Unit.HOME and done:
        tally.visited.append((number, tally.place))
        return pair.outcome is None
    if number.unit is Unit.MEMBER:
        tally.doubt("members_only", Why.HOUSEHOLD, number, outcome or Outcome.ACTIVATED)
        return True
    if _is_pair_of_two(tally, clause, segment, pair, number):
        tally.size = number  # `hai ông bà già, ông … , bà …`
        return True
    if pair.outcome is not None and number.unit is Unit.PERSON and _leaves_open(pair.outcome, number):
        tally.doubt("agreed_or_away", Why.TWO_MEANINGS, number, outcome)
        return True
    return outcome is Outcome.NO_CARD and young(clause)


def _is_pair_of_two(tally: Tally, clause: Clause, segment: Segment, pair: Pair, number: Item) -> bool:
    alone = number.unit is Unit.COUPLE and pair.outcome is None and not number.whole
    return alone and not segment.homes and not tally.pending and not clause.has(Sort.ADDED, Sort.EXCEPT)


def _leaves_open(outcome: Item, number: Item) -> bool:
    """`3 người đồng ý`, `2 người đi nước ngoài`: and then?"""
    agreed = outcome.plain.split()[0] in ("dong", "gat", "ung")
    return agreed or (outcome.outcome is Outcome.ABSENT and number.n > 1 and is_weak(outcome))


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
    if _is_no_count(tally, clause, segment, pair, number):
        return
    if tally.size is not None:
        tally.size = None
    reason = Reason.COUPLE if number.unit is Unit.COUPLE else Reason.HOUSEHOLD if number.whole else Reason.NUMBER
    homes_only = number.unit is Unit.COUPLE and outcome in (Outcome.ABSENT, Outcome.REVISIT)
    n = max(1, number.n // 2) if homes_only else number.n  # `vợ chồng bà Lan hẹn mai`: one home
    said = pair.outcome.said if pair.outcome is not None else None
    homes = segment.homes or tally.pending
    if not homes:
        number_of_lone(tally, clause, outcome, number)
    if outcome is Outcome.ACTIVATED and not homes and not clause.has(Sort.ADDED):
        told_in_full(tally, number)
        turned(tally, clause, number)
    tally.put(clause, outcome, [Piece(n, number, reason)], homes, said=said, whole=number.whole)


def _count_unnumbered(
    tally: Tally, clause: Clause, segment: Segment, item: Item, outcome: Outcome, *, everybody: bool
) -> None:
    """An outcome without a number: one for each home or person named (rule 3)."""
    homes = _each_once(tally.pending + segment.homes)
    told = [c for c in tally.counts if c.scope == tally.scope]
    if any(c.outcome is outcome and (not homes or (c.clause is clause and c.homes == homes)) for c in told):
        return  # two ways of saying one outcome
    if outcome is Outcome.FAILED and told and told[-1].outcome in CAUSES and (not homes or told[-1].homes == homes):
        tally.apply("effect_of_cause")
        return  # `02 người cccd hết hạn nên chưa kích hoạt được`: the effect of what was counted
    if outcome is Outcome.NO_CARD and young(clause):
        tally.apply("child_without_card")
        return  # a child without a card counts nothing (rule 30)
    if outcome is Outcome.ACTIVATED and after_strange(segment.items, item):
        tally.doubt("done_of_strange_verb", Why.TWO_MEANINGS, item, outcome, soft=not homes)
        return
    if segment.couple:
        tally.doubt("couple_of_homes", Why.TWO_MEANINGS, item, outcome)
    elif tally.size is not None and not segment.homes:
        _count_household(tally, clause, item, outcome, everybody=everybody)
    elif homes:
        _count_homes(tally, clause, item, outcome, homes, everybody=everybody)
    elif outcome is Outcome.REVISIT:
        _revisit(tally, clause, item)
    elif tally.homes and (outcome is not Outcome.ACTIVATED or told_of_them(tally, everybody=everybody)):
        _count_again(tally, clause, item, outcome)
    elif outcome is Outcome.ACTIVATED:
        if not (tally.homes and any(c.scope == tally.scope and c.outcome is outcome for c in tally.counts)):
            tally.bare.append((item, tally.place, clause))
    else:
        _wait_for_visit(tally, clause, item, outcome)


def _wait_for_visit(tally: Tally, clause: Clause, item: Item, outcome: Outcome) -> None:
    """One of somebody unnamed (rule 24), unless it only complains; a visit in the next clause says whose it is."""
    if any(doubt.outcome is outcome and any(doubt.item is i for i in clause.items) for doubt in tally.doubts):
        return  # `vắng vài nhà`: asked for already
    if any(c.outcome is outcome and c.clause.line == clause.line and follows(c, item) for c in tally.counts):
        return  # said of the one just spoken of
    if is_remark(item) or is_weak(item) or (tally.behalf and outcome is Outcome.FAILED):
        return
    if outcome is Outcome.FAILED and complains(item, clause):
        return
    tally.apply("lone_outcome")
    tally.put(clause, outcome, [Piece(1, item, Reason.HOME)], [])
    doubt = Doubt("network_of_whom", Why.NUMBER, item, outcome, tally.place) if item.plain.startswith("mang ") else None
    if doubt is not None:
        tally.doubts.append(doubt)
    tally.waiting = Waiting(item, tally.counts[-1], doubt)


def _settle_waiting(tally: Tally, homes: list[Item]) -> None:
    """A visit to one home tells whose the outcome right before it is."""
    if tally.waiting is not None and len(homes) == 1:
        tally.waiting.count.homes = list(homes)
        tally.doubts = [doubt for doubt in tally.doubts if doubt is not tally.waiting.doubt]
        tally.waiting = None


def _count_household(tally: Tally, clause: Clause, item: Item, outcome: Outcome, *, everybody: bool) -> None:
    size = tally.size
    if size is None:
        return
    if outcome in (Outcome.ABSENT, Outcome.REVISIT):
        tally.put(clause, outcome, [Piece(1, item, Reason.HOME)], tally.homes)
    elif everybody and outcome is Outcome.ACTIVATED:
        tally.put(clause, outcome, [Piece(size.n, size, Reason.HOUSEHOLD)], tally.homes, said=item.said, whole=True)
    else:
        tally.doubt("household_partly", Why.HOUSEHOLD, size, outcome)
    tally.size = None


def _count_homes(
    tally: Tally, clause: Clause, item: Item, outcome: Outcome, homes: list[Item], *, everybody: bool
) -> None:
    """`cả nhà bác Lợi xong` leaves open how many; absent and promised count homes, so that all is one."""
    if everybody and outcome not in (Outcome.ABSENT, Outcome.REVISIT) and len(homes) == 1:
        tally.doubt("household_how_many", Why.HOUSEHOLD, item, outcome)
        return
    if any(home.kin and home.plain in ("nha", "ho") for home in homes) and outcome is Outcome.ACTIVATED:
        tally.doubt("household_how_many", Why.HOUSEHOLD, item, outcome)
        return
    tally.named += [home for home in homes if home not in tally.named]
    if outcome is Outcome.REVISIT:
        _settle_waiting(tally, homes)
    elif tally.waiting is not None and tally.waiting.count.outcome is outcome and len(homes) == 1:
        tally.waiting.count.homes, tally.waiting = list(homes), None
        return  # `sim không chính chủ, chú Sỹ không nhận được mã`: his
    elif any(c.homes == homes and c.clause is clause for c in tally.counts):
        tally.homes = homes
        _count_again(tally, clause, item, outcome)
        return
    tally.put(clause, outcome, [Piece(1, home, Reason.HOME) for home in homes], homes, said=item.said)


def _revisit(tally: Tally, clause: Clause, item: Item) -> None:
    if any(c.outcome is Outcome.REVISIT and c.clause is clause for c in tally.counts):
        return  # `hẹn 2 nhà, bảo quay lại`: said twice
    tally.put(clause, Outcome.REVISIT, [Piece(1, item, Reason.VISIT)], tally.homes)


def _count_again(tally: Tally, clause: Clause, item: Item, outcome: Outcome) -> None:
    """Another outcome of the person just spoken of: the last word holds, effects add nothing to causes (22, 23, 29)."""
    theirs = [c for c in tally.counts if c.homes == tally.homes]
    if any(c.outcome is outcome for c in theirs):
        return
    implicit = all(piece.reason in (Reason.HOME, Reason.VISIT) for c in theirs for piece in c.pieces)
    if not implicit and speaks_of_one(clause, item):
        tally.put(clause, outcome, [Piece(1, item, Reason.HOME)], [])
        return
    if not implicit or (len(tally.homes) > 1 and theirs):
        tally.doubt("again_of_several", Why.TWO_MEANINGS, item, outcome)
        return
    for c in theirs:
        becomes = TOGETHER.get((c.outcome, outcome))
        if becomes is None:
            tally.doubt("outcomes_apart", Why.TWO_MEANINGS, item, outcome)
            return
        if becomes is Then.EFFECT:
            tally.apply("effect_of_cause")
            return
        if becomes is Then.LAST:
            tally.apply("last_word_of_person")
            tally.counts.remove(c)
    pieces = [Piece(1, item, Reason.HOME)] if len(tally.homes) == 1 else [Piece(1, h, Reason.HOME) for h in tally.homes]
    tally.put(clause, outcome, pieces, tally.homes, said=item.said)


def settle_household(tally: Tally) -> None:
    """A size that nothing was said about (`nhà bà Lan 4 người`) is no count."""
    if tally.size is not None and tally.size.unit is Unit.COUPLE and tally.counts:
        tally.size = None
    if tally.size is not None:
        tally.doubt("household_only", Why.HOUSEHOLD, tally.size, Outcome.ACTIVATED)
        tally.size = None
