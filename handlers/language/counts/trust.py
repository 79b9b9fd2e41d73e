"""Which numbers can be trusted: vague ones, left ones, sizes of households, numbers beside words nobody understood."""

from itertools import pairwise

from handlers.language.counts.pairing import Pair
from handlers.language.counts.shares import size_of_home_before
from handlers.language.counts.tally import Tally
from handlers.language.people.relatives import TITLES
from handlers.language.reading import Outcome, Why
from handlers.language.sentences.segments import Segment
from handlers.language.spelling.nearness import slip_of
from handlers.language.spelling.slips import near
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit
from handlers.language.words.titles import SHY
from handlers.language.words.vocabulary import POLITE

_STRANGE_AFTER = frozenset({Sort.UNIT, Sort.UNKNOWN, Sort.NUMBER, Sort.NOT, Sort.TOPIC})
# Between a number and what is said of it; other small words end the thought.
_LINKING = frozenset({"bi", "da", "co", "deu", "thi", "cua", "lai", "con", "van", "la", "cung", "dang", "o"})

_PEOPLE_DO = frozenset({"di", "ra", "ve", "vao", "noi", "bao", "keu", "len", "xuong", "duoi"})
_COURTEOUS = frozenset({"a", "nhe", "nha", "oi", "em", "anh", "chi", "roi", "r", "day", "nhi", "ah", "luon", "thoi"})


def vague(tally: Tally, items: list[Item], i: int) -> None:
    """`vài nhà`, `3-4 máy`: with its outcome, if one stands beside it."""
    item, beside = items[i], items[max(0, i - 1) : i] + items[i + 1 : i + 3]
    outcome = next((other.outcome for other in beside if other.sort is Sort.OUTCOME), None)
    unit = any(other.sort in (Sort.UNIT, Sort.HOME) or other.outcome for other in beside) or item.n > 0
    if tally.nothing and outcome is None and not any(other.sort is Sort.NUMBER for other in items):
        return  # `hôm nay chưa được máy nào, các nhà đều bận gặt`: why
    if unit or item.unit is Unit.COUPLE or item.plain.startswith("khong gap"):
        tally.doubt(
            "vague", Why.HOUSEHOLD if item.unit is Unit.COUPLE else Why.NUMBER, item, outcome or Outcome.ACTIVATED
        )


def is_remark(item: Item) -> bool:
    """`mạng chậm` explains; only `mạng chậm không vào được` surely says that it did not work."""
    return item.outcome is Outcome.FAILED and item.plain.startswith("mang ") and "khong" not in item.plain.split()


def is_of_a_share(items: list[Item], done: Item) -> bool:
    """`đạt 90% chỉ tiêu`: of the target, and of nobody's phone."""
    after = next((item for item in items if item.first == done.last), None)
    return after is not None and after.sort is Sort.NEVER and after.plain.endswith(("%", "phan tram"))


def _is_done(item: Item) -> bool:
    return item.sort is Sort.OUTCOME and item.outcome is not Outcome.REVISIT


def set_aside(tally: Tally, items: list[Item]) -> list[Item]:
    """The items without numbers that are no counts, and with a doubt for each number that nobody can trust."""
    kept: list[Item] = []
    for i, item in enumerate(items):
        if item.sort is Sort.NUMBER:
            verdict = _judge_number(tally, items, i)
            if verdict:
                kept.append(item)
        elif not (is_remark(item) and any(_is_done(other) for other in items[i + 1 :])):
            kept.append(item)  # `mạng chậm nên được có 3 máy`
    hedged = any(item.sort is Sort.VAGUE for item in items) and not tally.doubts
    number = next((item for item in kept if item.sort is Sort.NUMBER), None)
    if hedged and number is not None:  # `hình như được 6`
        tally.doubt("hedged", Why.NUMBER, number, _beside(items, items.index(number)))
    return kept


def _judge_number(tally: Tally, items: list[Item], i: int) -> bool:
    """Whether a number can be trusted; where it cannot, and is no mere aside, a doubt is noted."""
    item = items[i]
    passed = (o for o in reversed(items[max(0, i - 4) : i]) if o.sort not in (Sort.FILL, Sort.COLON, Sort.WHEN))
    before = next(passed, None)
    after = next((other for other in items[i + 1 : i + 4] if other.sort is not Sort.FILL), None)
    if before is not None and before.sort is Sort.ALL and before.plain in ("ca", "du", "tat ca", "tron"):
        item.whole = True
    if Sort.VAGUE in (before and before.sort, after and after.sort):
        tally.doubt("vague", Why.NUMBER, item, _beside(items, i))
        return False
    if (
        item.unit is Unit.HOME
        and i
        and items[i - 1].plain == "di"
        and any(o.sort is Sort.NUMBER for o in items[i + 1 :])
    ):
        tally.visited.append((item, tally.place))
        return False  # dictated `đi mười nhà lỗi bốn máy`
    if before is not None and (_is_aside(before, item, after, items[:i]) or _is_told(tally, before, item)):
        return False
    if _states_sum(tally, items, i):
        return False
    sort = None if before is None or _is_harmless(before) else before.sort
    return not _is_doubtful(tally, items, i, sort, after)


def _is_aside(before: Item, item: Item, after: Item | None, earlier: list[Item]) -> bool:
    """A target, what is left, the size of a household: no count, and no doubt."""
    if before.sort is Sort.TARGET or (before.sort is Sort.TEAM and any(o.sort is Sort.TARGET for o in earlier)):
        return True
    if before.sort is Sort.UNIT and before.unit is Unit.MEMBER:
        return True  # `nhân khẩu: 5`
    if before.sort is Sort.LEFT and item.unit is Unit.PHONE and after is not None and after.plain == "khong":
        return False  # `còn hai máy không …`: something happened to them
    told = after is not None and (after.outcome not in (None, Outcome.ACTIVATED) or _surely_done(after))
    told = told or (item.unit is Unit.COUPLE and after is not None and after.sort is Sort.OUTCOME)
    return before.sort is Sort.LEFT and not told


def _is_told(tally: Tally, before: Item, item: Item) -> bool:
    """Persuading and explaining count nothing; showing how may be all that was done."""
    if before.sort is not Sort.TALK:
        return False
    if before.plain in ("huong dan", "hd", "ho tro", "giup do"):
        tally.doubt("helped_or_done", Why.TWO_MEANINGS, item)
    return True


def _states_sum(tally: Tally, items: list[Item], i: int) -> bool:
    """`thêm 2 nữa là 17`, `thêm 2 máy nhà bà Lan là 17`: a sum stated beside added work (rule 26)."""
    summed = any(o.sort is Sort.SUM_IS for o in items[max(0, i - 4) : i])
    if not summed and items[i - 1].plain != "la":
        return False
    said = [o for o in tally.heard[-1].items if o.first < items[i].first] if tally.heard else items[:i]
    earlier = any(o.sort is Sort.NUMBER for o in said)
    grown = any(o.sort is Sort.ADDED for o in said) and all(o.n < items[i].n for o in said if o.sort is Sort.NUMBER)
    if not summed and not (earlier and grown):
        return False
    if not earlier and not any(items[i] in c.clause.items for c in tally.counts):
        tally.doubt("sum_without_part", Why.TWO_MEANINGS, items[i])  # `hôm qua nữa là 20 máy`
    tally.apply("sum_beside_added")
    tally.sum_stated = items[i].n
    return True


def _is_harmless(before: Item) -> bool:
    """`trong đó` is settled once all is counted; unmarked `co` is có."""
    within = before.sort is Sort.PARTLY and (before.plain.startswith("trong ") or before.rule == "of_the_sum")
    return within or (before.sort is Sort.UNIT and before.plain == "co" and before.first > 0)


def _is_doubtful(tally: Tally, items: list[Item], i: int, sort: Sort | None, after: Item | None) -> bool:
    item = items[i]
    if _under_strange_head(items, i) or _beside_slip(items, i) or (sort is Sort.UNKNOWN and _between_numbers(items, i)):
        tally.doubt("slip_beside", Why.TWO_MEANINGS, item)
        return True
    if sort in (Sort.PARTLY, Sort.NOT, Sort.UNDONE, Sort.OTHERS, Sort.UNIT, Sort.MANY):
        tally.doubt("part_of_what", Why.TWO_MEANINGS, item)
        return True
    if after is not None and after.sort is Sort.UNDONE:
        tally.doubt("undone", Why.TWO_MEANINGS, item, Outcome.FAILED)
        return True
    if _name_or_number(items, i, after):
        tally.doubt("name_or_number", Why.TWO_MEANINGS, item)
        return True
    if _after_strange_word_at_home(items, i):
        tally.doubt("strange_beside", Why.TWO_MEANINGS, item)
        return True
    counted = item.unit in (Unit.PHONE, Unit.PERSON, Unit.HOME, Unit.COUPLE)
    told = counted or (after is not None and after.sort is Sort.OUTCOME)
    if item.unit is Unit.OTHER or (sort is Sort.UNKNOWN and not told):
        tally.doubt("strange_number", Why.TWO_MEANINGS, item, soft=item.unit in (Unit.OTHER, Unit.NONE))
        return True
    return False


def _name_or_number(items: list[Item], i: int, after: Item | None) -> bool:
    """Unmarked `co chin chua co cccd`, `mo bay ngo 19 da co roi`: her name, or how many?"""
    item, before = items[i], items[i - 1] if i else None
    if before is None or before.plain not in SHY or before.last != item.first or item.plain.isdigit():
        return False
    told = after is not None and (after.sort is Sort.NEVER or after.outcome not in (None, Outcome.ACTIVATED))
    return item.unit is Unit.NONE and before.sort in (Sort.UNIT, Sort.FILL, Sort.UNKNOWN) and told


def _after_strange_word_at_home(items: list[Item], i: int) -> bool:
    """`co Huong ngch 36 cai duoc roi`: a mistyped lane, or so many phones?"""
    if i < 1 or items[i].unit is not Unit.NONE or items[i - 1].sort is not Sort.UNKNOWN:
        return False
    whose = all(item.sort in (Sort.UNKNOWN, Sort.UNIT) for item in items[:i])
    return whose and items[i - 1].plain.isalpha() and len(items[i - 1].plain) > 1 and items[i].plain.isdigit()


def _under_strange_head(items: list[Item], i: int) -> bool:
    """`Từ chi: 1`, `Tng: 5 máy`: the head of the number was not understood."""
    if i == 0 or items[i - 1].sort is not Sort.COLON or items[i].first > items[i - 1].last:
        return False  # `dãy gần đình: anh Rê 1 máy`
    head = items[: i - 1]
    return bool(head) and head[-1].sort in (Sort.UNKNOWN, Sort.UNIT) and all(h.sort in _HEAD_WORDS for h in head)


_HEAD_WORDS = frozenset({Sort.UNKNOWN, Sort.UNIT, Sort.FILL})


def _beside_slip(items: list[Item], i: int) -> bool:
    """A word beside the number that may be one that matters, mistyped (`vanng 1`, `1 máy đagn cập nhật`)."""
    beside = [items[k] for k in (i - 1, i + 1) if 0 <= k < len(items)]
    return any(b.sort is Sort.UNKNOWN and b.plain.isalpha() and slip_of(b.plain) is not None for b in beside)


def _between_numbers(items: list[Item], i: int) -> bool:
    """`1 máy ipone 7`: a number, a word nobody knows, a number."""
    return i > 1 and items[i - 1].sort is Sort.UNKNOWN and items[i - 2].sort is Sort.NUMBER


def _surely_done(after: Item) -> bool:
    """`còn lại 3 máy ngon`: done, and not left to do."""
    return after.outcome is Outcome.ACTIVATED and after.plain.split()[0] in ("ngon", "xong", "ok", "done", "thanh")


_WEAK_DONE = frozenset({"duoc", "lam", "xong", "ok", "lam duoc"})


def after_strange(items: list[Item], done: Item) -> bool:
    """`vẫn ... được`, `... xong` of a verb that nobody knows: perhaps no phone at all."""
    if done not in items:
        return False
    before = items[: items.index(done)]
    last = next((item for item in reversed(before) if item.sort is not Sort.FILL), None)
    if last is not None and last.sort is Sort.UNKNOWN and any(near(last.plain, no) for no in ("hong", "khong")):
        return True  # `hnog chịu làm`
    if done.plain not in _WEAK_DONE:
        return False
    if any(item.sort is Sort.NOT for item in before):
        return True
    return last is not None and last.sort in (Sort.UNKNOWN, Sort.TALK) and last.plain.isalpha()


def _beside(items: list[Item], i: int) -> Outcome:
    """The outcome that a vague number belongs to: the word before it, else after it."""
    for other in (*reversed(items[max(0, i - 3) : i]), *items[i + 1 : i + 3]):
        if other.sort is Sort.OUTCOME and other.outcome is not None:
            return other.outcome
    return Outcome.ACTIVATED


def strange_beside(tally: Tally, items: list[Item], found: list[Pair], *, homed: bool) -> bool:
    """Notes a doubt where a word beside a bare number could change what it counts."""
    bare = [pair.number for pair in found if pair.number is not None and pair.outcome is None]
    counted = homed or any(pair.number is not None for pair in found)
    if sum(number is not None and number.unit is not Unit.HOME for number in bare) > 1 and bare[0] is not None:
        tally.doubt("several_numbers", Why.TWO_MEANINGS, bare[0])  # `hai moi mot may`, `8 máy có 2 máy của bà Lan`
        return True
    if (alone := next((n for n in bare if n is not None and _lost_in_talk(items, n)), None)) is not None:
        tally.doubt("lost_in_talk", Why.TWO_MEANINGS, alone)
        return True
    if (unsaid := next((n for n in bare if n is not None and _says_something_else(items, n)), None)) is not None:
        tally.doubt("said_of_them", Why.TWO_MEANINGS, unsaid)
        return True
    plain = [item for item in items if item.plain not in _LINKING and item.sort is not Sort.COLON]
    if tally.sum_stated is not None:  # `thêm 3 là 15`: it stands beside nothing
        counted_ones = [id(pair.number) for pair in found]
        plain = [item for item in plain if item.sort is not Sort.NUMBER or id(item) in counted_ones]
    for item, after in pairwise(plain):
        if _is_strange(item, after, bare=any(item is n for n in bare), counted=counted):
            tally.doubt("strange_beside", Why.TWO_MEANINGS, item)
            return True
    return False


def _is_strange(item: Item, after: Item, *, bare: bool, counted: bool) -> bool:
    """Whether what follows a number or an outcome leaves open what was counted."""
    if item.sort is Sort.NUMBER and after.sort is Sort.NUMBER and item.unit is Unit.NONE:
        return True  # `được 4 5 máy`
    if (
        bare
        and item.unit not in (Unit.PHONE, Unit.HOME)
        and after.sort in _STRANGE_AFTER
        and after.sort is not Sort.NUMBER
    ):
        return True
    if bare and after.sort is Sort.FILL and after.plain in ("tu", "chi", "cho") and item.unit is not Unit.PHONE:
        return True
    if item.outcome is Outcome.ACTIVATED and after.plain == "tc":
        return True  # `cài tc 3`: thành công, or từ chối
    return item.plain == "lam" and after.sort is Sort.GOAL and counted


_LEADING = frozenset(
    {
        Sort.HOME,
        Sort.HAMLET,
        Sort.COLON,
        Sort.ADDED,
        Sort.TOTAL,
        Sort.WHEN,
        Sort.BEHALF,
        Sort.BUT_THIS,
        Sort.FIX,
        Sort.THUS,
    }
)


def _lost_in_talk(items: list[Item], number: Item) -> bool:
    """A bare number of people, or of nothing said, among words that nobody knows (`hai bà cháu vừa đi vừa chuyện`)."""
    if (
        number not in items
        or number.whole
        or not any(item.sort is Sort.UNKNOWN and item.plain.isalpha() for item in items)
    ):
        return False
    if number.unit in (Unit.PERSON, Unit.COUPLE):
        return True
    i = items.index(number)
    return number.unit is Unit.NONE and i > 0 and items[i - 1].sort not in _LEADING


def _says_something_else(items: list[Item], number: Item) -> bool:
    """`2 người đi nước ngoài`, `1 máy hết pin`, `2 cháu dưới 14 tuổi`: what is said of them is no word of ours."""
    ends = _COURTEOUS if number.unit is Unit.PERSON else POLITE
    for item in items[items.index(number) + 1 :] if number in items else []:
        if item.sort in _STRANGE_AFTER and item.sort is not Sort.NUMBER and item.sort is not Sort.UNIT:
            return number.unit not in (Unit.PHONE, Unit.HOME) or item.sort in (Sort.NOT, Sort.TOPIC)
        if item.sort is Sort.NEVER and item.plain.endswith("tuoi"):
            return number.unit is not Unit.PHONE
        if number.unit is Unit.PERSON and item.plain in _PEOPLE_DO:
            return True
        if item.sort not in (Sort.FILL, Sort.ALL) or item.plain in ends:
            return False
    return False


def household(tally: Tally, segment: Segment, items: list[Item], *, everybody: bool) -> list[Item]:
    """Takes the size of a household out (`nhà 4 người, …`), unless all of them are said to be done."""
    numbers = [item for item in items if item.sort is Sort.NUMBER]
    said = [item for item in items if item.sort in (Sort.NUMBER, Sort.OUTCOME)]
    outcomes = [b for a, b in zip([None, *said], said, strict=False) if b.sort is Sort.OUTCOME and _differs(a, b)]
    if (
        len(outcomes) > 1
        and outcomes[-1].outcome is Outcome.FAILED
        and outcomes[-2].outcome in (Outcome.NO_CARD, Outcome.NO_PHONE)
    ):
        outcomes.pop()  # what came of it
    if not numbers:
        return items
    first = numbers[0]
    work = next(item for item in items if item.sort in (Sort.NUMBER, Sort.OUTCOME))
    there = items[: items.index(first)]
    if first.unit is Unit.MEMBER and work is first and _heads(items, first):
        return [item for item in items if item is not first]
    couple = first.unit is Unit.COUPLE and any(item.plain == "co" for item in there)  # `nhà ông Ba có hai ông bà, …`
    people = (first.unit in (Unit.PERSON, Unit.MEMBER) or couple) and work is first and not first.whole
    of_home = bool(segment.homes) and not segment.after
    if not people or not (of_home or size_of_home_before(tally, items, numbers)):
        return items
    if any(number.whole for number in numbers[1:]):  # `nhà 3 người xong cả 3`
        return [item for item in items if item is not first]
    if outcomes and _of_one(items, first, outcomes[0]):
        return [item for item in items if item is not first]
    single = len(numbers) == 1 and (len(outcomes) == 1 or len({o.outcome for o in outcomes}) == 1)
    if single and outcomes[0].outcome not in (Outcome.ABSENT, Outcome.REVISIT) and first.unit is Unit.PERSON:
        first.whole = everybody or outcomes[0].outcome is Outcome.ACTIVATED
        return items
    if (
        first.unit is Unit.PERSON
        and len(numbers) == len(outcomes) > 1
        and items.index(outcomes[0]) < items.index(numbers[1])
    ):
        return items
    if single and everybody and outcomes[0].outcome is Outcome.ACTIVATED:
        first.whole = True
        return items
    if not outcomes and len(numbers) == 1:
        tally.size = first
        if any(item.first > first.first and item.plain not in POLITE and item.sort is Sort.FILL for item in items):
            tally.doubt("size_and_more", Why.HOUSEHOLD, first)  # `2 nguoi tu chi`
    return [item for item in items if item is not first]


def _heads(items: list[Item], size: Item) -> bool:
    """`06 nhân khẩu: KH 05, …`: a size before its sign."""
    after = items[items.index(size) + 1 :]
    return bool(after) and after[0].sort is Sort.COLON


def _of_one(items: list[Item], size: Item, outcome: Item) -> bool:
    """`nhà cô Oanh ba người: cô xong, chồng cô xong`: what is told first is told of one of them."""
    between = items[items.index(size) + 1 : items.index(outcome)] if size.first < outcome.first else []
    listed = any(item.sort is Sort.COLON for item in between)
    return listed and any(item.sort is Sort.FILL and item.plain in TITLES for item in between)


def _differs(before: Item | None, item: Item) -> bool:
    """Whether an outcome is not merely another word for the one right before it (`kích hoạt được`)."""
    return before is None or before.sort is not Sort.OUTCOME or before.outcome is not item.outcome


_STRANGE_AT_HOME = frozenset({Sort.UNKNOWN, Sort.NOT, Sort.TOPIC, Sort.FILL})
_MOST_SAID = 3  # words about somebody that may be an outcome nobody knows; more are a story


def strange_of(said: list[Item]) -> Item | None:
    """What is said of a home, if it may be an outcome that nobody understood."""
    strange = [item for item in said if item.sort in _STRANGE_AT_HOME and item.rule != "too_young"]
    if not strange:
        return None
    telling = (i for i in said if i.sort in (Sort.NOT, Sort.TOPIC) or (i.sort is Sort.UNKNOWN and slip_of(i.plain)))
    return next(telling, strange[0] if len(said) <= _MOST_SAID else None)
