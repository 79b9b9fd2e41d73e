"""Items that say something else beside others: `mấy nhà` beside an outcome, `tổ trưởng` of whom it is asked who."""

import re
from collections.abc import Sequence
from dataclasses import replace

from handlers.figures.in_words import phrases
from handlers.figures.in_words.beside.asides import words_of
from handlers.figures.in_words.parsing import Item
from handlers.figures.in_words.phrases import Sense
from handlers.figures.in_words.tokens import Token, marks_of

_DIVIDING = frozenset({"chia", "tach", "phan", "boc", "gom", "loc", "xe"})
_HOMES = re.compile(r"(?:bao nhieu|may|nhieu) (?:nha|ho|ho dan)|(?:nhung )?(?:nha|ho) nao(?: nua)?")
_OF_HOMES = frozenset({"absent", "revisit", "refused"})
_HOW_MUCH = Sense("ask", "number", "how_many")
_HOW_MANY, _PHONE = frozenset({"nhieu", "nhiu", "may", "bn"}), frozenset({marks_of("máy")})
_PARTICLES = frozenset("day ui vay a ay e hi huhu hic cu nho nhe qua u i ta bo ri rua".split())  # noqa: SIM905
_SUBJECTS = frozenset({"person", "commune", "hamlet"})
_SHARE = re.compile(r"%|phan tram")
_AVERAGE = re.compile(r"\b(?:trung binh|binh quan|tb|nang suat|toc do)\b")
_EACH_DAY = re.compile(r"moi (?:ngay|hom|toi|buoi)\b")
_NEEDS = frozenset({"quota", "a_head_a_day", "finish", "from_now_on", "left", "target"})
_LEADS = frozenset({"to truong", "nhom truong", "doi truong", "truong nhom", "truong doan"})
_AMONG, _WHICH = Sense("among", "leads", "leads_only"), Sense("which", "person", "which_person")
_LEAD = Sense("measure", "leads", "leads")


def retold(tokens: Sequence[Token], items: Sequence[Item]) -> list[Item]:
    """The items as they are meant beside each other."""
    for one in (led, hurried, of_students, of_phones, of_parts, so_then, day_by_day, only_reached):
        items = one(tokens, items)
    items = counted(tokens, limited(items))
    for one in (homes, joined, divided):
        items = one(tokens, items)
    return list(items)


def _said(tokens: Sequence[Token], item: Item) -> str:
    return " ".join(token.plain for token in words_of(tokens, item))


def homes(tokens: Sequence[Token], items: Sequence[Item]) -> list[Item]:
    """The items, with `mấy nhà` beside an outcome of homes taken for how many of it: `em hẹn lại mấy nhà rồi`."""
    of_homes = any(item.sense is not None and item.sense.value in _OF_HOMES for item in items if item.kind == "outcome")
    if not of_homes and not any(_said(tokens, item) == "thanh cong" for item in items):
        return list(items)
    return [
        replace(item, sense=_HOW_MUCH, asks=True)
        if item.kind == "beyond" and _HOMES.fullmatch(_said(tokens, item)) and not _is_every(tokens, item)
        else item
        for item in items
    ]


def _is_every(tokens: Sequence[Token], item: Item) -> bool:
    """`nhà nào cũng vắng` tells of all of them."""
    return item.end < len(tokens) and tokens[item.end].plain == "cung"


def joined(tokens: Sequence[Token], items: Sequence[Item]) -> list[Item]:
    """The items, with `vs` between two things that are counted taken for `và`: `mấy máy lỗi vs mấy nhà vắng`."""
    found = list(items)
    for at, item in enumerate(items[1:-1], 1):
        before, behind = items[at - 1], items[at + 1]
        both = before.kind == "outcome" and (behind.kind == "outcome" or behind.asks)
        if item.kind == "compare" and _said(tokens, item) == "vs" and both:
            found[at] = replace(item, sense=Sense("fill", "", "courtesy"))
    return found


def divided(tokens: Sequence[Token], items: Sequence[Item]) -> list[Item]:
    """The items, with the verb that stands apart from its `theo` taken for a request: `chia số của em ra từng loại`."""
    if not any(item.kind == "each" for item in items):
        return list(items)
    return [
        replace(item, sense=Sense("request", "", "report_me"))
        if not item.kind and _said(tokens, item) in _DIVIDING
        else item
        for item in items
    ]


def is_ordinary(item: Item) -> bool:
    """A word that restricts nothing, where it is not what is counted."""
    return item.sense is not None and item.sense.rule == "ordinary"


def led(tokens: Sequence[Token], items: Sequence[Item]) -> list[Item]:
    """The items, with `tổ trưởng` taken for who that is: `mấy tổ trưởng`, `tổ trưởng Xuân Thu là ai`."""
    if any(item.kind in ("measure", "outcome", "reports", "rank", "weak", "limit", "done", "goal") for item in items):
        return _leads_only(tokens, items)  # what leads did is asked
    asking = [item for item in items if item.kind == "which" or (item.sense and item.sense.rule == "called_what")]
    who = any(_said(tokens, item).split()[-1] in ("ai", "gi") for item in asking)
    found: list[Item] = []
    for at, item in enumerate(items):
        behind = items[at + 1].kind if at + 1 < len(items) else ""
        before = items[at - 1] if at else None
        listed = before is not None and (before.kind in ("request", "each") or _is_number(before))
        is_lead = item.kind == "title" and _said(tokens, item) in _LEADS and behind not in ("person", "title")
        found.append(replace(item, sense=_LEAD) if is_lead and (who or listed) else item)
    return found


def _leads_only(tokens: Sequence[Token], items: Sequence[Item]) -> list[Item]:
    """The items, with `tổ trưởng`, `tổ trưởng nào` taken for those among the people who lead."""
    found: list[Item] = []
    for at, item in enumerate(items):
        behind = items[at + 1].kind if at + 1 < len(items) else ""
        led = item.kind == "title" and _said(tokens, item) in _LEADS and behind not in ("person", "title")
        which = not item.kind and _said(tokens, item) == "nao" and found and found[-1].sense == _AMONG
        found.append(replace(item, sense=_AMONG) if led else replace(item, sense=_WHICH) if which else item)
    return found


def hurried(tokens: Sequence[Token], items: Sequence[Item]) -> list[Item]:
    """The items, with `nhanh` behind a request taken for how it is wanted: `cho anh xin nhanh mấy con số`."""
    return [
        replace(item, sense=Sense("request", "", "report_me"))
        if item.kind == "rank"
        and _said(tokens, item) in ("nhanh", "gap")
        and before is not None
        and before.kind == "request"
        else item
        for before, item in zip([None, *items], items, strict=False)
    ]


def of_phones(tokens: Sequence[Token], items: Sequence[Item]) -> list[Item]:
    """The items, with `số máy của` a team or a place taken for its phones; of a person it is how to call them."""
    owners = {"whose", "commune", "hamlet"}
    found = list(items)
    for at, item in enumerate(items[:-1]):
        of_many = items[at + 1].kind in owners and "oneself" not in (items[at + 1].sense or item.sense or _LEAD).rule
        if item.kind == "beyond" and _said(tokens, item) == "so may cua" and of_many:
            found[at] = replace(item, sense=Sense("weak", "", "phones"))
    return found


def of_parts(tokens: Sequence[Token], items: Sequence[Item]) -> list[Item]:
    """The items, with `bao nhiêu % của tổ` behind somebody or a place taken for the part that theirs is of it."""
    found = list(items)
    for at, item in enumerate(items):
        share = _is_share(tokens, item)
        behind = [one for one in items[at + 1 : at + 3] if one.kind != "fill" or _said(tokens, one) != "cua"]
        said = _said(tokens, items[at + 1]) if at + 1 < len(items) else ""
        whole = behind[0].sense if behind and said.split()[:1] == ["cua"] else None
        several = whole is not None and whole.kind == "whose" and whole.value != "own"
        of_one = any(one.kind in _SUBJECTS or (one.sense and one.sense.rule == "oneself") for one in items[:at])
        if share and several and of_one:
            found[at] = replace(item, sense=Sense("measure", "part", "part"))
    return found


def so_then(tokens: Sequence[Token], items: Sequence[Item]) -> list[Item]:
    """The items, with `nên` before what is wanted taken for a word that joins: `mai họp nên cho xin tiến độ`."""
    return [
        replace(item, sense=Sense("fill", "", "so_then"))
        if not item.kind and _said(tokens, item) == "nen" and behind is not None and behind.kind == "request"
        else item
        for item, behind in zip(items, [*items[1:], None], strict=True)
    ]


def day_by_day(tokens: Sequence[Token], items: Sequence[Item]) -> list[Item]:
    """The items, with `mỗi ngày` of several days that are named taken for one day after the other."""
    several = any(item.period is not None and item.period.first < item.period.last for item in items)
    if not several or any(_AVERAGE.search(_said(tokens, item)) for item in items) or _is_needed(items):
        return list(items)
    return [
        replace(item, sense=Sense("each", "day", "each_day"), asks=True)
        if item.sense is not None and item.sense.rule in ("a_day", "average") and _EACH_DAY.match(_said(tokens, item))
        else item
        for item in items
    ]


def _is_needed(items: Sequence[Item]) -> bool:
    """Whether it is asked what has to be done, or what each of some does a day."""
    rules = {item.sense.rule for item in items if item.sense is not None}
    return not rules.isdisjoint(_NEEDS) or any(item.kind in ("each", "goal") for item in items)


def only_reached(tokens: Sequence[Token], items: Sequence[Item]) -> list[Item]:
    """The items, with `mới đạt` before how many taken for what is reached so far; behind it, it is what has to be."""
    found = list(items)
    asked = [at for at, item in enumerate(items) if item.asks or item.kind == "ask" or _is_share(tokens, item)]
    for at, item in enumerate(items):
        only = item.sense is not None and item.sense.rule == "quota" and _said(tokens, item) == "moi dat"
        if only and asked and asked[0] > at and not any(one.kind == "measure" for one in items[:at]):
            found[at] = replace(item, sense=Sense("weak", "", "phones"))
    return found


def _is_share(tokens: Sequence[Token], item: Item) -> bool:
    return item.sense is not None and item.sense.rule == "reached" and bool(_SHARE.search(_said(tokens, item)))


def of_students(tokens: Sequence[Token], items: Sequence[Item]) -> list[Item]:
    """The items, with `sv` that calls nobody taken for those who do the work: `sv toàn huyện làm được bao nhiêu`."""
    found = list(items)
    for at, item in enumerate(items):
        behind = items[at + 1].kind if at + 1 < len(items) else ""
        counted_of = at > 0 and (_is_number(items[at - 1]) or items[at - 1].kind == "most")
        if item.kind == "title" and _said(tokens, item) in ("sv", "hv") and behind not in ("person", "title"):
            if at and items[at - 1].kind == "rank":
                found[at] = replace(item, sense=Sense("each", "person", "each_person"))  # `xếp hạng sv`
                continue
            if not behind:
                continue
            found[at] = item if counted_of else replace(item, sense=Sense("weak", "", "phones"))
    return found


def _is_number(item: Item) -> bool:
    return item.sense is not None and (item.kind, item.sense.value) == ("ask", "number")


def counted(tokens: Sequence[Token], items: Sequence[Item]) -> list[Item]:
    """The items, with an ordinary word right behind `bao nhiêu` taken for unknown: it is what is counted."""
    found: list[Item] = []
    for item in items:
        last = tokens[item.start - 1] if found else None
        open_end = last is not None and last.plain in _HOW_MANY and last.marked not in _PHONE and not last.ends
        is_counted = open_end and found[-1].sense is not None and found[-1].sense.value == "number"
        particle = item.end - item.start == 1 and tokens[item.start].plain in _PARTICLES
        of_people = item.kind == "title" and not phrases.at_end(tokens, item.end)  # `bao nhiêu cháu về xã mình`
        may_be = is_ordinary(item) or (of_people and not _is_person(items, item))
        found.append(replace(item, sense=None) if may_be and is_counted and not particle else item)
    return found


def _is_person(items: Sequence[Item], title: Item) -> bool:
    return any(one.start == title.end and one.kind in ("person", "title") for one in items)


def limited(items: Sequence[Item]) -> list[Item]:
    """The items, with `quá 15 máy không` behind `ai` taken for a limit: who they are is asked."""
    if not any(item.kind == "which" for item in items):
        return list(items)
    above = Sense("limit", "above", "a_limit")
    return [replace(item, sense=above) if item.kind == "ask" and item.limit is not None else item for item in items]
