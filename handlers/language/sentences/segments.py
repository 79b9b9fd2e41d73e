"""A clause cut where another home or hamlet begins, so that each piece speaks of one of them."""

from dataclasses import dataclass, field, replace
from itertools import pairwise

from handlers.language.reading import Outcome
from handlers.language.sentences.clauses import Clause
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit

_WORK = frozenset({Sort.NUMBER, Sort.OUTCOME, Sort.MANY, Sort.NOTHING, Sort.CARRY})
_GOING = frozenset({"sang", "qua", "den", "toi", "xuong", "len", "ve", "roi", "ra"})


@dataclass(slots=True)
class Segment:
    """Items about the same homes in the same hamlet. `place` None: the hamlet that holds already."""

    items: list[Item] = field(default_factory=list)
    homes: list[Item] = field(default_factory=list)
    after: bool = False  # the homes stand after their work (`cài xong cho bà Tư`)
    couple: bool = False  # `ông Tư bà Lan`: one home or two?
    before: Item | None = None  # a number right before the home, of which it may be the list number

    @property
    def work(self) -> list[Item]:
        return [item for item in self.items if item.sort in _WORK]


@dataclass(slots=True)
class Group:
    """The items of one hamlet in a clause."""

    place: Item | None
    items: list[Item]
    doubtful: bool = False  # which hamlet a number belongs to is open


def groups(clause: Clause) -> list[Group]:
    """The clause by hamlets: named before their work, or after it, in order (rule 7)."""
    for item, following in pairwise(clause.items):
        if following.sort is Sort.HAMLET and item.sort is Sort.OUTCOME and item.plain == "lam":
            item.sort = Sort.FILL  # `em làm thôn 7 được 4`: where, not what
    places = [i for i, item in enumerate(clause.items) if item.sort is Sort.HAMLET]
    work = [i for i, item in enumerate(clause.items) if item.sort in _WORK]
    if not places:
        return [Group(None, clause.items)]
    if len(places) == 1 and (whole := _around(clause.items, places[0])) is not None:
        return [Group(clause.items[places[0]], whole)]
    if not work or places[0] < work[0] or _goes_to(clause.items, places[0]):
        return _before_work(clause.items, places)
    return _after_work(clause.items, places, work)


def _around(items: list[Item], place: int) -> list[Item] | None:
    """`hai nhà ở xóm 7 đều đóng cổng`: those counted before the hamlet, what is told of them after it."""
    before = [item for item in items[:place] if item.sort in _WORK]
    after = [item for item in items[place + 1 :] if item.sort in _WORK]
    if len(before) != 1 or before[0].sort is not Sort.NUMBER or before[0].unit not in (Unit.HOME, Unit.PERSON):
        return None
    if len(after) != 1 or after[0].sort is not Sort.OUTCOME or after[0].outcome is Outcome.ACTIVATED:
        return None
    return items[:place] + items[place + 1 :]


def _goes_to(items: list[Item], place: int) -> bool:
    """`được 3 rồi sang xóm 8 …`: the hamlet begins something new."""
    before = items[place - 1] if place else None
    if before is None or not any(item.sort in _WORK for item in items[place:]):
        return False
    return before.plain in _GOING or before.sort is Sort.COLON  # `tổng 8 máy: xóm 4 …`


def _before_work(items: list[Item], places: list[int]) -> list[Group]:
    found = [Group(None, items[: places[0]])] if places[0] else []
    ends = [*places[1:], len(items)]
    found += [Group(items[start], items[start + 1 : end]) for start, end in zip(places, ends, strict=True)]
    if not any(item.sort in _WORK for item in items[: places[0]]) and len(found) > 1 and places[0]:
        found[1].items = found[0].items + found[1].items  # `nhà bà Lan xóm 4 vắng`
        found.pop(0)
    for one, other in pairwise(found):
        if not any(item.sort is not Sort.FILL for item in one.items) and two_places(one.place, other.place):
            other.doubtful = True  # dictated `xóm 4 xóm 5 được 3`
    return found


def two_places(one: Item | None, other: Item | None) -> bool:
    """Two hamlets of one kind, and not one within the other (`xóm 4 thôn Đoài`)."""
    if one is None or other is None or one.name == other.name:
        return False
    return one.plain.split()[0] == other.plain.split()[0]


def _after_work(items: list[Item], places: list[int], work: list[int]) -> list[Group]:
    found, start = list[Group](), 0
    for place in places:
        found.append(Group(items[place], items[start:place]))
        start = place + 1
    rest = items[start:]
    if any(item.sort in _WORK for item in rest):
        carried = any(item.sort is Sort.GOAL for item in rest) and any(
            item.sort is Sort.CARRY for item in found[-1].items
        )
        # `chở 2 cụ thôn Đoài đi làm cccd, vắng 1 nhà`; dictated: `11 máy ở xóm 3 vắng 4`
        if carried or len(places) == 1:
            found[-1].items = found[-1].items + rest
        else:
            found.append(Group(None, rest, doubtful=True))
    elif rest:
        found[-1].items = found[-1].items + rest
    return found


def segments(items: list[Item]) -> list[Segment]:
    """The pieces of a group, each about its own homes."""
    found = [Segment()]
    for i, item in enumerate(items):
        if item.sort is Sort.HOME and i and items[i - 1].sort is Sort.EXCEPT:
            found[-1].items.append(replace(item, sort=Sort.NUMBER, n=1, unit=Unit.PERSON))  # `trừ ông cụ chưa có cccd`
        elif item.sort is Sort.HOME:
            _add_home(found, items, i)
        else:
            found[-1].items.append(item)
    return [segment for segment in found if segment.items or segment.homes]


def _add_home(found: list[Segment], items: list[Item], i: int) -> None:
    segment, item = found[-1], items[i]
    if i and items[i - 1].sort is Sort.NUMBER and items[i - 1].unit is Unit.COUPLE:  # `hai vợ chồng chị Thúy`
        segment.homes, segment.after = [*segment.homes, item], True
        return
    last = segment.homes[-1] if segment.homes else None
    if last is not None and lives_at(last, item):
        segment.homes[-1] = last if item.kin and not last.kin else item  # `chị Hiền nhà bên cạnh` has a name
        return
    before = items[i - 1] if i and item.kin else None
    if before is not None and (
        before.sort is Sort.UNKNOWN or (before.sort is Sort.NUMBER and before.unit is Unit.NONE)
    ):
        segment.before = before  # `2 vợ …`, `nhiu nhà vắng`
    if segment.homes and segment.work and (_owns(items, i) or _done_for(segment, items, i)):
        return  # `nhà bà Thoa được 1 máy của con gái`: one of that home
    if not segment.work:
        _add_before_work(segment, item, items[i - 1] if i else None)
    elif _live_there(segment, items, i):
        segment.homes, segment.after = [item], True
    elif _takes_home(segment) and not (segment.homes and _work_follows(items, i)):
        segment.homes.append(item)
        segment.after = True
    elif _work_follows(items, i) or segment.homes:
        number = items[i - 1] if items[i - 1].sort is Sort.NUMBER and items[i - 1].unit is Unit.NONE else None
        alone = number if not segment.homes else None
        found.append(Segment(homes=[item], before=alone))
    else:
        if _counted_persons(segment, items, i):
            segment.before = items[i - 1]  # `2 cụ ốm`: a name, or what is the matter
        segment.homes.append(item)
        segment.after = True


def lives_at(one: Item, home: Item) -> bool:
    """`em cõng ông ngoại nhà thím Hạnh ra xã`: one person, told by the home."""
    somebody = not one.number and not one.plain.startswith(("nha ", "ho ", "may "))
    return somebody and one.last == home.first and home.plain.startswith(("nha ", "ho "))


def _owns(items: list[Item], i: int) -> bool:
    """`1 máy của con gái`: whose phone was counted."""
    return i > 1 and items[i].kin and items[i - 1].plain == "cua" and items[i - 2].sort is Sort.NUMBER


def _done_for(segment: Segment, items: list[Item], i: int) -> bool:
    """`nhà bác Vượng em làm xong cho bác trai`: for whom in that home; `OTP không về máy ông`: whose phone it is."""
    if is_phone_of_kin(items[i]) and items[i - 1].outcome is Outcome.FAILED and len(segment.homes) == 1:
        return not segment.after and not _work_follows(items, i)
    theirs = items[i].kin and items[i - 1].plain == "cho" and is_house(segment.homes[0]) and not segment.after
    return theirs and segment.work[-1].outcome is Outcome.ACTIVATED and not _work_follows(items, i)


def _counted_persons(segment: Segment, items: list[Item], i: int) -> bool:
    before = items[i - 1]
    bare = before.sort is Sort.NUMBER and before.unit in (Unit.NONE, Unit.PERSON) and segment.work == [before]
    return bare and not items[i].number and not items[i].plain.startswith(("nha ", "ho ", "may "))


def _add_before_work(segment: Segment, item: Item, before: Item | None) -> None:
    if before is not None and before.sort is Sort.HOME and segment.homes:
        last = segment.homes[-1]
        if is_house(segment.homes[0]) and is_phone_of_kin(item):
            segment.homes.append(item)  # `nhà anh Lưu máy anh với máy vợ xong`: each of them counts
            return
        if last.plain.startswith("may ") and item.first == last.last and not item.plain.startswith("may "):
            return  # `máy chị vợ anh Đạt`: one phone
        of_home = item.plain.startswith("nha ") and not last.plain.startswith(("nha ", "ho "))  # `anh Út nhà dì Sáu`
        if (
            last.kin or item.kin or last.number or item.number or of_home or item.plain.startswith("con ")
        ):  # `con trai bác Tú`, `nhà số 12 bà Lan`: one home
            segment.homes[-1] = last if item.kin or item.number else item
            return
        segment.couple = segment.couple or not _same_title(last, item)
        segment.homes.append(item)
    elif before is not None and before.sort is Sort.COLON and item.kin and _is_head(segment):
        if is_phone_of_kin(item) and is_house(segment.homes[0]):
            segment.homes.append(item)  # `nhà anh Lưu: máy anh và máy vợ cài được`
        return  # `nhà bác Dụng: bác trai xong`: told of the home that is named
    elif before is not None and before.plain in ("den", "toi") and item.number and segment.homes:
        segment.couple = True  # `từ nhà số 1 đến nhà số 5 xong`: how many?
    else:
        segment.homes = [item]  # other words stand between: `bà Lan bảo ông Tư vắng`


def is_house(home: Item) -> bool:
    """`nhà anh Lưu`, `hộ bà Tư`: a home called by a name, whose people may be told after it."""
    return home.plain.startswith(("nha ", "ho ", "gia dinh ")) and not home.kin and not home.number


def is_phone_of_kin(home: Item) -> bool:
    """`máy vợ`, `máy anh`, `máy ông bố`: of somebody in the home spoken of."""
    return home.kin and home.plain.startswith("may ")


def _is_head(segment: Segment) -> bool:
    return len(segment.homes) == 1 and not segment.homes[0].kin and not segment.homes[0].number


def _same_title(one: Item, other: Item) -> bool:
    titles = [item.plain.split()[1 if item.plain.startswith("nha ") else 0] for item in (one, other)]
    return titles[0] == titles[1] or other.plain.startswith("nha ") or not {"ong", "ba"} >= set(titles)


_OF_PHONES = (Outcome.FAILED, Outcome.ACTIVATED)


def _live_there(segment: Segment, items: list[Item], i: int) -> bool:
    """`hai cụ nhà ông Thạo không dùng điện thoại`, `3 máy nhà cô Đào kích hoạt xong`: it is said of those counted."""
    if segment.homes or segment.work != [items[i - 1]]:
        return False
    after = next((item for item in items[i + 1 :] if item.sort not in (Sort.FILL, Sort.ALL)), None)
    if after is None or after.sort is not Sort.OUTCOME:
        return False
    unit = items[i - 1].unit
    return unit in (Unit.PERSON, Unit.COUPLE) or (unit is Unit.PHONE and after.outcome in _OF_PHONES)


def _takes_home(segment: Segment) -> bool:
    """`hẹn bà Lan`, `cài xong cho bà Tư`: an outcome without a number waits for its home."""
    last = segment.work[-1]
    if last.sort is Sort.CARRY:
        return True
    return (
        last.sort is Sort.OUTCOME
        and (not segment.homes or segment.after)
        and not any(item.sort is Sort.NUMBER for item in segment.items)
    )


def _work_follows(items: list[Item], i: int) -> bool:
    for item in items[i + 1 :]:
        if item.sort is Sort.HOME:
            return False
        if item.sort in _WORK:
            return True
    return False
