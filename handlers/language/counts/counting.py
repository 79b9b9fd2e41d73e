"""What the told clauses count: numbers, homes named, couples, households (rules 1-6, 11, 12, 17, 18)."""

from handlers.language.counts.carrying import carried
from handlers.language.counts.hosts import is_of_the_host
from handlers.language.counts.outcomes import is_weak, young
from handlers.language.counts.pairing import Pair, pairs
from handlers.language.counts.retold import (
    agreed_then_done,
    came_round,
    couple_told_twice,
    how_many_of_them,
    number_of_lone,
    numbered_again,
    of_whom,
    works_in_the_end,
)
from handlers.language.counts.shares import multiplied
from handlers.language.counts.tally import Piece, Tally
from handlers.language.counts.trust import household, set_aside, strange_beside, strange_of, vague
from handlers.language.counts.unnamed import another_home
from handlers.language.counts.unnumbered import count_unnumbered, each_once
from handlers.language.reading import Outcome, Reason, Why
from handlers.language.sentences.clauses import Clause
from handlers.language.sentences.segments import Group, Segment, groups, segments
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit
from handlers.language.words.vocabulary import POLITE

_COMING = frozenset({"den", "toi", "o", "vao", "qua", "sang", "ghe", "gap", "tru", "nup", "ngoi", "xuong", "len"})


def count(clauses: list[Clause]) -> Tally:
    """Everything that the told clauses count."""
    tally = Tally(behalf=any(clause.has(Sort.BEHALF) for clause in clauses))
    for clause in clauses:
        if clause.line != tally.line:
            tally.line, tally.scope = clause.line, tally.scope + 1
            tally.pending, tally.waiting = [], None
        tally.heard.append(clause)
        before = tally.waiting
        found = groups(clause)
        clause.settle()
        for group in found:
            _count_group(tally, clause, group)
        if tally.waiting is before:
            tally.waiting = None
    settle_household(tally)
    came_round(tally)
    agreed_then_done(tally)
    works_in_the_end(tally)
    _leave_open(tally)
    _all_there(tally)
    last = tally.counts[-1] if tally.counts else None
    if _is_its_home(tally):
        assert last is not None
        last.homes, last.place = tally.pending, tally.place
        tally.places = [tally.place]
    elif tally.pending and last is not None and all(p.reason in (Reason.HOME, Reason.VISIT) for p in last.pieces):
        tally.doubt(
            "home_left_waiting", Why.TWO_MEANINGS, tally.pending[0]
        )  # `hẹn lại bà Mơ và … ông Thái`: is he meant, too?
    return tally


def _all_there(tally: Tally) -> None:
    """`nhà bà Lý 2, nhà anh Độ 3, đều ở xóm 1`: where all that was told of no hamlet is."""
    last = tally.heard[-1] if tally.heard else None
    if last is None or not tally.counts or any(c.place is not None or c.clause is last for c in tally.counts):
        return
    items = [item for item in last.items if item.sort is not Sort.FILL]
    place = next((item for item in items if item.sort is Sort.HAMLET), None)
    through = any(item.plain in ("roi", "xong roi") for item in last.items)  # `xóm 3 hết rồi`: nobody is left there
    if place is not None and {i.sort for i in items} == {Sort.ALL, Sort.HAMLET} and len(items) == 2 and not through:
        for c in tally.counts:
            c.place = place
        tally.places = [place]


def _is_its_home(tally: Tally) -> bool:
    """`gọi mãi không ai thưa, nhà bà Ngọ xóm 1`: of nobody named before, told of the only home at the end."""
    only = tally.counts[0] if len(tally.counts) == 1 and len(tally.pending) == 1 and not tally.doubts else None
    if only is None or only.homes or only.place is not None or any(p.reason is not Reason.HOME for p in only.pieces):
        return False
    clause = tally.heard[-1]
    stays = all(i.sort in (Sort.HOME, Sort.HAMLET) or (i.sort is Sort.FILL and i.plain in POLITE) for i in clause.items)
    return stays and clause is not only.clause and clause.line == only.clause.line and not tally.named


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
    lane = any(item.sort is Sort.NEVER and item.plain.startswith(("ngo", "ngach", "hem")) for item in segment.items)
    if lane or another_home(segment.items):
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
        strange = strange_of(said)
        idle = strange is None or _came_to(segment) or is_of_the_host(tally, segment, said)
        tally.open = None if idle else strange
    plain_only = all(item.sort in (Sort.WHEN, Sort.NEVER) for item in said)
    if segment.homes:
        homes = each_once(tally.pending + segment.homes)
        tally.homes, tally.size = homes, None
        tally.pending = homes if plain_only else []


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
        elif item.sort is Sort.MANY and [one.sort for one in items[i + 1 : i + 2]] != [Sort.REPORT]:  # `mấy cái này`
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
        count_unnumbered(tally, clause, segment, pair.outcome, outcome, everybody=everybody)
        return
    number = pair.number
    if number is None:
        return
    if outcome is Outcome.ABSENT and _all_away(tally, clause, segment, number):
        return
    if _is_no_count(tally, clause, segment, pair, number):
        return
    if pair.outcome is None and (of_them := how_many_of_them(tally, clause, number)) is not None:
        tally.put(clause, of_them, [Piece(number.n, number, Reason.NUMBER)], tally.homes)
        return
    many = number.n >= _MANY_FOR_ONE and outcome not in (Outcome.ABSENT, Outcome.REVISIT)
    if many and (_of_a_person(segment) if outcome is Outcome.ACTIVATED else _of_one_home(segment, number)):
        tally.doubt("many_for_one", Why.TWO_MEANINGS, number, outcome)
    if tally.size is not None:
        tally.size = None
    if couple_told_twice(tally, clause, segment.homes, outcome if pair.outcome else None, number):
        return
    if not segment.homes and pair.outcome is not None and numbered_again(tally, clause, outcome, number):
        return
    reason = Reason.COUPLE if number.unit is Unit.COUPLE else Reason.HOUSEHOLD if number.whole else Reason.NUMBER
    homes_only = number.unit is Unit.COUPLE and outcome in (Outcome.ABSENT, Outcome.REVISIT)
    n = max(1, number.n // 2) if homes_only else number.n  # `vợ chồng bà Lan hẹn mai`: one home
    said = pair.outcome.said if pair.outcome is not None else None
    homes = segment.homes or tally.pending
    if not homes:
        number_of_lone(tally, clause, outcome, number)
    if outcome is Outcome.ACTIVATED:
        homes = of_whom(tally, clause, homes, number, of_segment=bool(segment.homes))
    tally.put(clause, outcome, [Piece(n, number, reason)], homes, said=said, whole=number.whole)


def _all_away(tally: Tally, clause: Clause, segment: Segment, number: Item) -> bool:
    """`hộ ông Tứ, cả 5 nhân khẩu đều đi vắng`: one home (rule 4)."""
    homes = segment.homes or tally.pending or tally.homes
    if not number.whole or number.unit not in (Unit.PERSON, Unit.MEMBER) or len(homes) != 1:
        return False
    if not any(c.outcome is Outcome.ABSENT and c.homes == homes for c in tally.counts):
        tally.put(clause, Outcome.ABSENT, [Piece(1, number, Reason.HOME)], homes)
    return True


def _of_one_home(segment: Segment, number: Item) -> bool:
    """`nha 22 ong gia xai may cuc gach`: more people than live in a home, whose number it may be."""
    return number.unit is Unit.PERSON and len(segment.homes) == 1


_MANY_FOR_ONE = 9  # phones that nobody has, nor a home; a friend may have done as many


def _of_a_person(segment: Segment) -> bool:
    """`thằng Lộc nó 11 cái`: one person, and no house."""
    homes = segment.homes
    return len(homes) == 1 and not homes[0].number and homes[0].plain.split()[0] in _YOUNG


_YOUNG = frozenset({"thang", "thg", "ban", "con", "em", "anh", "chi", "a", "c"})


def settle_household(tally: Tally) -> None:
    """A size that nothing was said about (`nhà bà Lan 4 người`) is no count."""
    if tally.size is not None and tally.size.unit is Unit.COUPLE and tally.counts:
        tally.size = None
    if tally.size is not None:
        tally.doubt("household_only", Why.HOUSEHOLD, tally.size, Outcome.ACTIVATED)
        tally.size = None
