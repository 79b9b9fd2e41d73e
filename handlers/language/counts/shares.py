"""`3 nhà, mỗi nhà 2 máy`: each share as often as there are those who have it (rule 22); sizes that are none."""

from dataclasses import replace

from handlers.language.counts.tally import Tally
from handlers.language.reading import Why
from handlers.language.sentences.segments import Segment
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit

_SHARED = frozenset({Unit.HOME, Unit.PERSON, Unit.COUPLE, Unit.MEMBER})


def multiplied(tally: Tally, segment: Segment, items: list[Item]) -> list[Item]:
    """The items with each share multiplied by those who have it; a doubt where nobody knows how many they are."""
    each = next((i for i, item in enumerate(items) if item.sort is Sort.EACH), None)
    if each is None:
        return items
    share = next((i for i, item in enumerate(items) if i > each and item.sort is Sort.NUMBER), None)
    if share is None:
        return items
    before = [i for i, item in enumerate(items[:each]) if item.sort is Sort.NUMBER and item.unit in _SHARED]
    sharers = items[before[-1]].n if before else _sharers(tally, segment)
    several = items[each].plain.split()[-1] not in ("nha", "ho")
    if sharers is None or (sharers == 1 and several and not before):
        tally.doubt("share_of_whom", Why.TWO_MEANINGS, items[share])
        return [item for i, item in enumerate(items) if i != share]
    tally.apply("share")
    whole = replace(items[share], n=items[share].n * sharers, unit=Unit.PHONE)
    return [whole if i == share else item for i, item in enumerate(items) if i not in before[-1:] and i != each]


def _sharers(tally: Tally, segment: Segment) -> int | None:
    homes = len(segment.homes) + len(tally.pending)
    if homes:
        return homes
    if tally.visited:
        item = tally.visited.pop()[0]
        tally.counts[:] = [c for c in tally.counts if not any(piece.item is item for piece in c.pieces)]
        return item.n
    if tally.size is not None:
        size, tally.size = tally.size, None
        return size.n
    return len(tally.homes) or None


def size_of_home_before(tally: Tally, items: list[Item], numbers: list[Item]) -> bool:
    """`nhà ông Phả đông lắm, 6 người mà em làm được 3 máy`: how many live there, and the phones that were done."""
    if len(tally.homes) != 1 or len(numbers) != 2 or numbers[1].unit is not Unit.PHONE:
        return False
    after = items[items.index(numbers[0]) + 1 :]
    return bool(after) and after[0].sort is Sort.LINK and after[0].plain == "ma"
