"""Which numbers can be trusted: vague ones, left ones, sizes of households, numbers beside words nobody understood."""

from handlers.language.items import Item
from handlers.language.pairing import Pair
from handlers.language.reading import Outcome, Why
from handlers.language.segments import Segment
from handlers.language.sorts import Sort, Unit
from handlers.language.tally import Tally
from handlers.language.vocabulary import POLITE

_STRANGE_AFTER = frozenset({Sort.UNIT, Sort.UNKNOWN, Sort.NUMBER, Sort.NOT, Sort.TOPIC})
# Between a number and what is said of it; other small words end the thought.
_LINKING = frozenset({"bi", "da", "co", "deu", "thi", "cua", "lai", "con", "van", "la", "cung", "dang", "o"})

_PEOPLE_DO = frozenset({"di", "ra", "ve", "vao", "noi", "bao", "keu", "len", "xuong", "duoi"})
_COURTEOUS = frozenset({"a", "nhe", "nha", "oi", "em", "anh", "chi", "roi", "r", "day", "nhi", "ah", "luon", "thoi"})
_FAILED_AT_WHAT = frozenset({"khong vao duoc", "chua vao duoc", "khong lam duoc"})


def vague(tally: Tally, items: list[Item], i: int) -> None:
    """`vài nhà`, `3-4 máy`: with its outcome, if one stands beside it."""
    item, beside = items[i], items[max(0, i - 1) : i] + items[i + 1 : i + 3]
    outcome = next((other.outcome for other in beside if other.sort is Sort.OUTCOME), None)
    unit = any(other.sort in (Sort.UNIT, Sort.HOME) or other.outcome for other in beside) or item.n > 0
    if unit or item.unit is Unit.COUPLE:
        tally.doubt(Why.HOUSEHOLD if item.unit is Unit.COUPLE else Why.NUMBER, item, outcome or Outcome.ACTIVATED)


def is_remark(item: Item) -> bool:
    """`mạng chậm` explains; only `mạng chậm không vào được` surely says that it did not work."""
    return item.outcome is Outcome.FAILED and item.plain.startswith("mang ") and "khong" not in item.plain.split()


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
        tally.doubt(Why.NUMBER, number, _beside(items, items.index(number)))
    return kept


def _judge_number(tally: Tally, items: list[Item], i: int) -> bool:
    item = items[i]
    before = next(
        (other for other in reversed(items[max(0, i - 4) : i]) if other.sort not in (Sort.FILL, Sort.COLON, Sort.WHEN)),
        None,
    )
    sort = before.sort if before is not None else None
    after = next((other for other in items[i + 1 : i + 4] if other.sort is not Sort.FILL), None)
    if sort is Sort.ALL and before is not None and before.plain in ("ca", "du", "tat ca", "tron"):
        item.whole = True
    if sort is Sort.VAGUE or (after is not None and after.sort is Sort.VAGUE):
        tally.doubt(Why.NUMBER, item, _beside(items, i))
        return False
    if sort is Sort.TARGET or (sort is Sort.TEAM and any(other.sort is Sort.TARGET for other in items[:i])):
        return False
    if sort is Sort.LEFT and not (after is not None and after.outcome not in (None, Outcome.ACTIVATED)):
        return False
    if sort is Sort.TALK and before is not None:
        if before.plain in ("huong dan", "hd", "ho tro", "giup do"):
            tally.doubt(Why.TWO_MEANINGS, item)
        return False
    if sort in (Sort.PARTLY, Sort.NOT, Sort.UNDONE, Sort.OTHERS, Sort.UNIT, Sort.MANY):
        tally.doubt(Why.TWO_MEANINGS, item)
        return False
    if after is not None and after.sort is Sort.UNDONE:
        tally.doubt(Why.TWO_MEANINGS, item, Outcome.FAILED)
        return False
    strange = item.unit is Unit.OTHER or (
        sort is Sort.UNKNOWN and not (after is not None and after.sort is Sort.OUTCOME)
    )
    if strange:
        soft = item.unit is Unit.OTHER or item.unit is Unit.NONE
        tally.doubt(Why.TWO_MEANINGS, item, soft=soft)
        return False
    return True


def _beside(items: list[Item], i: int) -> Outcome:
    """The outcome that a vague number belongs to: the word before it, else after it."""
    for other in (*reversed(items[max(0, i - 3) : i]), *items[i + 1 : i + 3]):
        if other.sort is Sort.OUTCOME and other.outcome is not None:
            return other.outcome
    return Outcome.ACTIVATED


def strange_beside(tally: Tally, items: list[Item], found: list[Pair], *, homed: bool) -> bool:
    """Notes a doubt where a word beside a bare number or before `được` is not understood: it could change all."""
    bare = [pair.number for pair in found if pair.number is not None and pair.outcome is None]
    counted = homed or any(pair.number is not None for pair in found)
    if sum(number is not None and number.unit is not Unit.HOME for number in bare) > 1 and bare[0] is not None:
        tally.doubt(Why.TWO_MEANINGS, bare[0])  # `hai moi mot may`, `8 máy có 2 máy của bà Lan`
        return True
    if (unsaid := next((n for n in bare if n is not None and _says_something_else(items, n)), None)) is not None:
        tally.doubt(Why.TWO_MEANINGS, unsaid)
        return True
    plain = [item for item in items if item.plain not in _LINKING and item.sort is not Sort.COLON]
    for before, item, after in zip([None, *plain], plain, [*plain[1:], None], strict=False):
        strange = None
        if item.sort is Sort.NUMBER and after is not None and after.sort is Sort.NUMBER and item.unit is Unit.NONE:
            strange = item  # `được 4 5 máy`
        elif any(item is number for number in bare) and after is not None and after.sort in _STRANGE_AFTER:
            strange = item if after.sort is not Sort.NUMBER or item.unit is Unit.NONE else None
        elif any(item is number for number in bare) and after is not None and after.plain in ("tu", "chi", "cho"):
            strange = item if after.sort is Sort.FILL else None
        elif (
            item.plain == "lam"
            and after is not None
            and after.sort in (Sort.UNKNOWN, Sort.TOPIC, Sort.GOAL)
            and counted
        ) or (item.sort is Sort.NOT and counted):
            strange = item
        elif item.plain in _FAILED_AT_WHAT and any(o.sort is Sort.UNKNOWN and o.first < item.first for o in plain):
            strange = item  # `chó dữ quá không vào được`: no phone that failed
        elif item.sort is Sort.OUTCOME and before is not None and before.sort in (Sort.UNKNOWN, Sort.NOT) and counted:
            again = any(other.sort is Sort.OUTCOME and other.first < item.first for other in items)
            strange = item if item.outcome is Outcome.ACTIVATED or again else None
        if strange is not None:
            tally.doubt(Why.TWO_MEANINGS, strange)
            return True
    return False


def _says_something_else(items: list[Item], number: Item) -> bool:
    """`2 người đi nước ngoài`, `1 máy hết pin`, `2 cháu dưới 14 tuổi`: what is said of them is no word of ours."""
    ends = _COURTEOUS if number.unit is Unit.PERSON else POLITE
    for item in items[items.index(number) + 1 :] if number in items else []:
        if item.sort in _STRANGE_AFTER and item.sort is not Sort.NUMBER and item.sort is not Sort.UNIT:
            return True
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
    if not numbers:
        return items
    first = numbers[0]
    work = next(item for item in items if item.sort in (Sort.NUMBER, Sort.OUTCOME))
    people = first.unit in (Unit.PERSON, Unit.MEMBER) and work is first and not first.whole
    if not people or not segment.homes or segment.after:
        return items
    if any(number.whole for number in numbers[1:]):  # `nhà 3 người xong cả 3`
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
            tally.doubt(Why.HOUSEHOLD, first)  # `2 nguoi tu chi`
    return [item for item in items if item is not first]


def _differs(before: Item | None, item: Item) -> bool:
    """Whether an outcome is not merely another word for the one right before it (`kích hoạt được`)."""
    return before is None or before.sort is not Sort.OUTCOME or before.outcome is not item.outcome
