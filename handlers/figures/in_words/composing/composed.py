"""What the parts of a question ask together. A part that fits nowhere is said back as not understood, never dropped."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from handlers.figures.in_words import periods
from handlers.figures.in_words.composing.measuring import (
    goal_of,
    is_on_average,
    last_of,
    limit_of,
    limits_of,
    measure_of,
    ranked_by,
)
from handlers.figures.in_words.composing.parts import NAMED, Parts, Unclear
from handlers.figures.in_words.composing.placed import all_known, finishes
from handlers.figures.in_words.meaning import (
    Asked,
    By,
    Known,
    Measure,
    Period,
    Sort,
    Span,
    Whose,
)
from handlers.figures.in_words.parsing import Item

_FIRM = frozenset(
    {"ask", "which", "rank", "file", "compare", "reports", "position", "when", "request", "limit", "beyond"}
)
_OF_NUMBERS = frozenset({"rank", "file", "reports", "limit", "measure", "outcome"})
_GROWS = ("tang", "giam", "tien bo", "kha hon")
_AND = frozenset({"voi", "va", "cung", "cung voi", "voi ca"})
_COMPARABLE = frozenset({Measure.REACHED, Measure.RANKING, Measure.TARGET, Measure.LEFT})
_OF_LEADS = frozenset({Measure.REACHED, Measure.REPORTS, Measure.RANKING})
_SHARE = re.compile(r"%|phan tram|t[iy] le")
_OF_PHONES = re.compile(r"\b(?:may|tai khoan|tk)$")
_DONE = frozenset({"duoc", "lam duoc", "kich hoat", "kich hoat duoc", "cai duoc", "dat", "xong"})
_IN_ALL = {"tat ca"}
_FEW_ALIKE = 4
_CHOICE = frozenset({"hay", "hoac"})


def is_firm(items: Sequence[Item]) -> bool:
    """Whether something is asked or wanted in so many words."""
    return any(
        (item.kind in _FIRM or item.asks) and (item.kind != "request" or item.end - item.start > 1) for item in items
    )


def is_of_numbers(items: Sequence[Item]) -> bool:
    """Whether it has a word that only questions about numbers have."""
    return any(
        item.sense is not None
        and (item.kind in _OF_NUMBERS or item.sense.rule in ("how_many", "which_commune", "which_of_several"))
        and item.sense.rule != "reports_noun"
        for item in items
    )


def composed(parts: Parts, *, firm: bool) -> Asked | None:
    """What is asked; None where nothing is.

    Raises:
        Unclear: some words fit nowhere.
    """
    all_known(parts)
    if not any(item.kind not in ("fill", "request", "type", "whose", "weak", "title") for item in parts.items):
        return None
    communes, hamlets, people = _named(parts)
    whose = _whose(parts, bool(communes or hamlets or people))
    period, compared = _periods(parts)
    grouped = _grouped(parts)
    beside = _beside(parts, len(communes) + len(hamlets) + len(people), whose, compared=compared is not None)
    most, whose = _most(parts, {"commune": len(communes), "hamlet": len(hamlets), "person": len(people)}, whose)
    limits = limits_of(parts)
    if limits and (grouped not in (By.COMMUNE, By.PERSON, By.HAMLET) or len(limits) > 1):
        raise Unclear(limits)
    outcomes = _outcomes(parts)
    measure = measure_of(parts, grouped, period)
    _asks_each(parts, measure)
    if parts.of("by") and measure is Measure.POSITION:
        raise Unclear(parts.of("by"))
    if parts.of("among") and not (grouped is By.PERSON and measure in _OF_LEADS):
        raise Unclear(parts.of("among"))
    if (measure not in _COMPARABLE or (measure is Measure.RANKING and not beside)) and (beside or compared is not None):
        raise Unclear(parts.of("compare") or parts.of("period")[1:])
    return Asked(
        measure=measure,
        communes=communes,
        hamlets=hamlets,
        people=people,
        period=period,
        compared=compared,
        beside=beside,
        grouped=None if _is_of_whole(measure, grouped) else grouped,
        whose=whose,
        outcomes=outcomes,
        last=last_of(parts, measure),
        ranked_by=ranked_by(parts) if measure is Measure.RANKING else None,
        most=most,
        limit=limit_of(parts),
        goal=goal_of(parts, measure),
        share=any(_SHARE.search(said) for said in parts.words),
        heat=bool(parts.by_rule("heat_map")),
        mine=bool(hamlets) and _is_mine(parts),
        done=bool(parts.of("done")) and measure is Measure.REACHED and bool(parts.of("which")),
        leads=bool(parts.of("among")),
        firm=firm,
        rules=tuple(dict.fromkeys(item.sense.rule for item in parts.items if item.sense is not None)),
    )


def _outcomes(parts: Parts) -> tuple[str, ...]:
    """What is counted, phones too where they are asked for beside others: `được mấy máy, vắng mấy nhà`."""
    found = tuple(dict.fromkeys(parts.values("outcome")))
    if not found:
        return ()
    if any(parts.said(item) == "thanh cong" for item in parts.by_rule("reached")):
        return ("activated", *found)  # `mấy nhà thành công, mấy nhà thất bại`
    for item in (*parts.by_rule("how_many"), *parts.of("weak")):
        behind, said = parts.after(item), parts.said(item)
        phones = item.kind == "ask" and _OF_PHONES.search(said) is not None
        listed = item.kind == "weak" and said in _DONE and len(found) > 1
        both = item.kind == "weak" and said == "may" and any(one.end == item.start for one in parts.by_rule("both"))
        if behind is not None and behind.kind == "outcome" and ((phones and behind.asks) or listed or both):
            return ("activated", *found)
    sums = [item for item in parts.by_rule("reached") if _OF_PHONES.search(parts.said(item))]
    after = [one for one in map(parts.after, sums) if one is not None]
    if any(one.kind == "measure" or (one.kind == "outcome" and one.asks) for one in after):
        return ("activated", *found)  # `tổng máy? tổng nhà vắng?`
    return found


def _is_of_whole(measure: Measure, grouped: By | None) -> bool:
    """Whether a measure is not divided so, whatever word asked for it."""
    return measure is Measure.POSITION or (measure is Measure.FINISH and grouped is not By.COMMUNE)


def _named(parts: Parts) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """The rows of what is named. A hamlet or person of several that are called so is the one of the commune named."""
    communes = [_one(item, set()) for item in parts.of("commune") if not _is_district(parts, item)]
    within = {one.id for one in communes}
    hamlets = [one for item in parts.of("hamlet") for one in _alike(item, within)]
    people = [_one(item, within) for item in parts.of("person")]
    if people and parts.names.me is not None and _is_oneself_too(parts):
        people.insert(0, parts.names.me)
    inside = {one.commune for one in (*hamlets, *people)}
    if within and inside and not within >= inside:
        raise Unclear(parts.of("hamlet", "person"))
    kept = [] if inside and within <= inside else communes  # `xóm 4 Xuân Thu` asks for the hamlet
    if communes and not kept and _are_joined(parts):
        raise Unclear(parts.of("hamlet", "person"))
    if (hamlets and people) or (kept and (hamlets or people)):
        raise Unclear(parts.of("person") or parts.of("hamlet"))
    return _rows(kept), _rows(hamlets), _rows(people)


def _is_oneself_too(parts: Parts) -> bool:
    """`em với Bình`: the asker and another; `em Bình` only calls Bình so."""
    own = [item for item in parts.items if item.sense is not None and item.sense.value == "own"]
    starts = {item.start for item in parts.of("person")}
    return any(item.end not in starts for item in own) and any(said in _AND for said in parts.words)


def _are_joined(parts: Parts) -> bool:
    """`Bình với Xuân Thu` are two, `Bình Xuân Thu` is one."""
    named = sorted(parts.of(*NAMED), key=lambda one: one.start)
    return any(
        first.kind != second.kind and parts.said(one) in _AND
        for first, second in pairwise(named)
        for one in parts.items
        if one.start == first.end and one.end == second.start
    )


def _is_district(parts: Parts, item: Item) -> bool:
    """`huyện Sóc Sơn` is all of it, and no commune of that name."""
    return any(one.end == item.start and parts.said(one).endswith("huyen") for one in parts.of("whose"))


def _one(item: Item, within: set[int]) -> Known:
    fitting = [one for one in item.names if not within or one.commune in within or one.sort is Sort.COMMUNE]
    if len(fitting) != 1:
        raise Unclear([item], fitting or item.names)
    return fitting[0]


def _alike(item: Item, within: set[int]) -> Sequence[Known]:
    """The hamlet, or the few that are called so, each in a commune of its own."""
    fitting = [one for one in item.names if not within or one.commune in within]
    return fitting if 1 < len(fitting) <= _FEW_ALIKE else [_one(item, within)]


def _asks_each(parts: Parts, measure: Measure) -> None:
    """Hamlets of one name are told one by one, and nothing else is said of them.

    Raises:
        Unclear: something else is asked of a hamlet that several are called.
    """
    alike = [item for item in parts.of("hamlet") if len(item.names) > 1]
    if alike and not parts.of("commune") and (measure is not Measure.REACHED or parts.of("compare", "which", "each")):
        raise Unclear(alike, alike[0].names)


def _rows(known: Sequence[Known]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(one.id for one in known))


def _whose(parts: Parts, named: bool) -> Whose | None:
    """Own, the team's or everybody's. A pronoun before a name only calls its owner; `huyện Sóc Sơn` is everybody."""
    said = [Whose(value) for value in parts.values("whose")]
    if Whose.CAMPAIGN in said:
        return Whose.CAMPAIGN
    if Whose.OWN in said and {parts.said(item) for item in parts.by_rule("whole")} == _IN_ALL:
        said = [one for one in said if one is not Whose.ALL]  # `riêng mình tất cả được bao nhiêu`
    if Whose.ALL in said:
        return Whose.ALL
    if named:
        return None
    if Whose.OWN in said and {"position", "part"} & set(parts.values("measure")):
        return Whose.OWN  # `em đứng thứ mấy trong tổ`, `em chiếm mấy phần trăm của tổ`
    if Whose.TEAM in said:
        return Whose.TEAM
    if Whose.OWN in said:
        return Whose.OWN
    return Whose.TEAM if parts.of("type") else None


def _is_mine(parts: Parts) -> bool:
    """`xóm 5 em làm được mấy`: what the asker did in a hamlet."""
    own = [item for item in parts.items if item.sense is not None and item.sense.value == "own"]
    after = [parts.after(item) for item in own]
    if any(one is not None and one.kind in ("weak", "ask", "measure") for one in after):
        return True
    stood = {item.end for item in own} | {item.end + 1 for item in own}
    return any(item.start in stood for item in parts.of("hamlet"))  # `em ở xóm 5 được mấy`


def _which(parts: Parts) -> list[str]:
    """Of what kinds it is asked which; `thôn Phú Hạ có ai làm chưa` asks whether anything was done there."""
    there = parts.of("hamlet") and "whether" in parts.values("ask")
    if there and {parts.said(item) for item in parts.of("which")} == {"co ai"}:
        return []
    return list(dict.fromkeys(value for value in parts.values("which") if not _is_where_a_file_is(parts, value)))


def _grouped(parts: Parts) -> By | None:
    which = _which(parts)
    each = list(dict.fromkeys(parts.values("each")))
    both = parts.of("reports") or (parts.of("outcome") and not parts.of("rank", "compare", "limit"))
    if both and set(which) == {"person", "commune"}:
        return By.PERSON  # `ai chưa báo, ở xã nào`: by their communes
    if len(which) > 1:
        raise Unclear(parts.of("which")[1:])
    if which:
        if each and each != which and not parts.of("reports"):
            raise Unclear(parts.of("each"))
        return By(which[0])
    if is_on_average(parts) and parts.by_rule("a_head_a_day") and not each:
        return By.PERSON  # `trung bình mỗi em một ngày`
    if len(each) > 1:
        raise Unclear(parts.of("each")[1:])
    if each:
        return By(each[0])
    for item in parts.of("compare"):
        first = parts.said(item).split()[0]
        if first in ("xa", "ai", "thon", "xom") and " hon" in parts.said(item) and not parts.of(*NAMED):
            return {"xa": By.COMMUNE, "ai": By.PERSON}.get(first, By.HAMLET)
    if parts.of("limit") and parts.of("type") and not parts.of(*NAMED):
        return By.COMMUNE  # `danh sách xã dưới 25%`
    people = parts.of("reports") and any(parts.said(item).endswith("nguoi") for item in parts.by_rule("how_many"))
    if people or parts.of("among"):
        return By.PERSON
    unit = next((value.partition(":")[0] for value in parts.values("most")), "")
    return By(unit) if unit and (parts.of("rank", "limit") or "top" in parts.said(parts.of("most")[0])) else None


def _is_where_a_file_is(parts: Parts, value: str) -> bool:
    """`link web đâu`: where a file is, and no commune."""
    said = {parts.said(item) for item in parts.of("which") if item.sense is not None and item.sense.value == value}
    return bool(parts.of("file")) and said <= {"dau", "o dau"}


def _periods(parts: Parts) -> tuple[Period | None, Period | None]:
    """The days, and those beside which they are asked for."""
    items = [item for item in parts.of("period") if item.period is not None]
    if "phases" in parts.values("measure") and not (parts.of("done") or finishes(parts)):
        named = {item.period for item in items if item.period is not None and item.period.span is Span.PHASE}
        once = len(named) == 1 and parts.values("measure").count("phases") == 1
        return (named.pop() if once else None), None  # `hết đợt 1 bao giờ, đợt 2 từ hôm nào`: all of them
    comparing = [item for item in parts.of("compare") if parts.said(item) not in _CHOICE]
    comparing = [] if "part" in parts.values("measure") else comparing
    found = _distinct(items, vague=bool(comparing))
    if len(found) > 2:
        raise Unclear(items[2:])
    if len(found) == 2 and not comparing and found[1].span is Span.UNTIL and found[0].first <= found[1].last:
        return Period(Span.DAYS, found[0].first, found[1].last), None  # `từ đầu đợt đến hôm qua`
    if len(found) == 2 and found[0].last < found[1].first:
        return found[1], found[0]  # the later days beside the earlier ones, however they were named
    if len(found) == 2 and found[1].last >= found[0].first:
        behind = [parts.after(item) for item in comparing if not parts.said(item).startswith("so sanh")]
        turned = any(one is not None and one.period == found[0] for one in behind)
        return (found[1], found[0]) if turned else (found[0], found[1])
    if len(found) == 2:
        return found[0], found[1]
    if not comparing:
        return (found[0] if found else None), None
    if found and _is_who_of(parts, comparing):
        return found[0], None
    if found:
        return _against(parts, comparing, found[0])
    if any(parts.said(item).startswith(_GROWS) for item in comparing) and len(parts.of(*NAMED)) < 2:
        today = Period(Span.DAY, parts.today, parts.today)
        return today, periods.same_before(today, parts.today, parts.names.phases)
    return None, None


def _distinct(items: Sequence[Item], *, vague: bool) -> list[Period]:
    """The days that are named, each once; without the vague ones beside others: `dạo này sao, tuần này được mấy`."""
    exact = [item for item in items if item.sense is not None and item.sense.rule != "recent_days"]
    kept = items if vague or not exact else exact
    return list(dict.fromkeys(item.period for item in kept if item.period is not None))


def _against(parts: Parts, comparing: Sequence[Item], period: Period) -> tuple[Period, Period | None]:
    """One period with a comparison: `so với hôm qua`, `hôm nay tăng hay giảm`; with two names it is of these."""
    if len(parts.of(*NAMED)) > 1 and not any(_is(parts.after(item), period) for item in comparing):
        return period, None
    now = periods.same_now(period, parts.today, parts.names.phases)
    if now is not None and now.last != period.last and any(_is(parts.after(item), period) for item in comparing):
        return now, period
    before = periods.same_before(period, parts.today, parts.names.phases)
    if before is None or all(parts.said(item) == "vs" for item in comparing):
        raise Unclear(comparing)
    return period, before


def _is_who_of(parts: Parts, comparing: Sequence[Item]) -> bool:
    """`An với Bình ai nhiều hơn hôm qua`: those who are named are compared, on that day."""
    which = ("ai ", "xa nao", "ben nao", "dau ", "thon nao", "xom nao")
    chosen = any(parts.said(item) in _CHOICE for item in parts.of("compare"))  # `An hay Bình nhiều hơn, cả đợt nhé`
    return len(parts.of(*NAMED)) > 1 and (chosen or any(parts.said(item).startswith(which) for item in comparing))


def _is(item: Item | None, period: Period) -> bool:
    return item is not None and item.period == period


def _beside(parts: Parts, named: int, whose: Whose | None, *, compared: bool) -> bool:
    """Whether names are compared with each other or with the whole; a comparison with nothing is not understood."""
    comparing = parts.of("compare")
    if not comparing or compared or "part" in parts.values("measure"):
        return False
    if named > 1 or (named and whose in (Whose.ALL, Whose.CAMPAIGN)):
        return True
    if parts.of("file"):
        return False  # `biểu đồ so sánh các xã` is the one that there is
    real = [item for item in comparing if parts.said(item) not in _CHOICE]
    if real and not parts.of("rank"):
        raise Unclear(real)
    return False


def _most(parts: Parts, named: Mapping[str, int], whose: Whose | None) -> tuple[int | None, Whose | None]:
    """How many of a ranking are asked for; `26 xã` are all, `hai bạn Bình và Chi` those that are named."""
    items = parts.of("most")
    if not items:
        return None, whose
    assert items[0].sense is not None
    unit, _, said = items[0].sense.value.partition(":")
    n = int(said)
    if n == named.get(unit) or (said == "1" and unit == "person" and "quota" in parts.values("measure")):
        return None, whose  # `định mức một ngày mấy máy 1 bạn`
    if parts.of("rank") or parts.said(items[0]).startswith("top "):
        return n, whose
    if unit == "commune" and n == len(parts.names.communes):
        return None, Whose.ALL
    raise Unclear(items)
