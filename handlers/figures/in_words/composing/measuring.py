"""Which one thing a question asks for, by what a ranking is, and whether its end or its beginning is meant."""

import re
from itertools import pairwise

from handlers.figures.in_words.composing.parts import NAMED, Parts, Unclear
from handlers.figures.in_words.meaning import By, Limit, Measure, Period, Span
from handlers.figures.in_words.parsing import Item

# Measures that win over others, the first over all behind it.
_ORDER = (
    *(Measure.AUDIT, Measure.CODES, Measure.VISITS, Measure.STORED, Measure.LAST_REPORT, Measure.LEADS),
    *(Measure.UNSTAFFED, Measure.SUCCESS, Measure.PART, Measure.PHASES),
    *(Measure.OPEN, Measure.POSITION, Measure.FINISH, Measure.LEFT, Measure.QUOTA, Measure.STUDENTS),
    *(Measure.BASELINE, Measure.AVERAGE, Measure.TARGET, Measure.REACHED),
)
_A_DAY = frozenset({"target", "a_day"})  # `chỉ tiêu 1 đứa 1 ngày`
_HANDED = frozenset({"dashboard", "times"})
_NEEDED = frozenset({Measure.QUOTA, Measure.LEFT})
# What is asked for alone, and the measures whose words may stand beside it.
_NOTHING = frozenset[Measure]()
_BESIDE = {
    **dict.fromkeys((Measure.LEADS, Measure.UNSTAFFED, Measure.PHASES, Measure.AUDIT, Measure.CODES), _NOTHING),
    **dict.fromkeys(
        (Measure.LAST_REPORT, Measure.STORED, Measure.VISITS, Measure.SUCCESS, Measure.PART),
        frozenset({Measure.REACHED}),
    ),
}
_SHARE = re.compile(r"%|phan tram|t[iy] le")
# By what these may be divided.
_ONLY_BY = {
    Measure.UNSTAFFED: (By.COMMUNE,),
    Measure.LEADS: (By.COMMUNE, By.PERSON),
    Measure.LAST_REPORT: (By.PERSON, By.COMMUNE, By.DAY),
    Measure.PART: (By.COMMUNE, By.PERSON, By.HAMLET),
    Measure.SUCCESS: (By.COMMUNE, By.PERSON, By.HAMLET),
}
_TO_REACH = frozenset({Measure.LEFT, Measure.FINISH, Measure.QUOTA})
_WORKS = frozenset({"may", "lam", "lam duoc", "duoc", "so"})
_AVERAGE = re.compile(r"\b(?:trung binh|binh quan|tb|nang suat|toc do)\b")
_NEEDS = re.compile(r"\b(?:can|phai|them|nua|thieu|con)\b")
_PEOPLE = frozenset({"nguoi", "ng", "ban", "em", "vien", "chau", "hv", "sv"})
_TEAMS = re.compile(r"(?:co )?(?:may|bao nhieu|bn) (?:to|doi|nhom)")


def measure_of(parts: Parts, grouped: By | None, period: Period | None) -> Measure:
    """The one thing that is asked for."""
    said = {Measure(value) for value in parts.values("measure")}
    if is_on_average(parts):
        said.discard(Measure.QUOTA)
    if grouped is By.DAY and parts.of("each") and not any(_AVERAGE.search(one) for one in parts.words):
        said.discard(Measure.AVERAGE)  # `từng ngày một, mỗi ngày bao nhiêu máy`
    _asks_no_how_or_why(parts)
    if Measure.PART in said:
        said = _parts_of(parts, said)
    alone = next((measure for measure in _ORDER if measure in said and measure in _BESIDE), None)
    if alone is not None and (alone is not Measure.PHASES or not (parts.of("done") or Measure.FINISH in said)):
        return _alone(parts, alone, said, grouped, period)
    said.discard(Measure.PHASES)  # `đến hôm nào thì xong` is when it is done
    first = _foremost(parts, grouped, said)
    if first is not None:
        return first
    if parts.of("outcome"):
        return _of_outcome(parts, period)
    found = _in_period(parts, next((measure for measure in _ORDER if measure in said), Measure.REACHED), period)
    beside = _beside_another(parts, found, said, grouped, period)
    if beside is not None:
        return beside
    of_a_day = period is not None and period.span is Span.DAY and not parts.of("which")
    if found is Measure.REACHED and asks_what_is_needed(parts):
        return Measure.LEFT
    if parts.of("done") and found in (Measure.TARGET, Measure.REACHED):
        return Measure.QUOTA if of_a_day else Measure.REACHED
    return _reached_by(parts, found, said)


def _parts_of(parts: Parts, said: set[Measure]) -> set[Measure]:
    """The measures beside a part: of what the bot recorded, or of all cases, which is how many came out so."""
    recorded = [parts.said(item) for item in parts.by_rule("baseline")]
    if recorded and all(one == "bot ghi" for one in recorded):
        said = said - {Measure.BASELINE}  # `mấy phần trăm số máy bot ghi`
    if parts.by_rule("over_all_cases"):
        return (said - {Measure.PART}) | {Measure.SUCCESS}  # `trong số lượt em báo thì máy chiếm bao nhiêu %`
    return said


def _are_teams_counted(parts: Parts, said: set[Measure]) -> bool:
    """Whether it is asked how many teams there are, and nothing that they do."""
    which = parts.of("which")
    if said or not which or parts.of("weak", "done", "limit", "outcome", "compare", "goal", "period", "rank"):
        return False
    numbers = [item for item in parts.of("ask") if item.sense is not None and item.sense.value == "number"]
    people = all(parts.said(item).split()[-1] in _PEOPLE for item in numbers)
    return people and all(_TEAMS.fullmatch(parts.said(item)) for item in which)


def _of_outcome(parts: Parts, period: Period | None) -> Measure:
    """What is asked of outcomes: how many, which part of all, or which visits are promised."""
    if set(parts.values("outcome")) == {"revisit"} and period is not None and period.first > parts.today:
        return Measure.VISITS  # `mai có nhà nào hẹn lại không`
    if any(_SHARE.search(one) for one in parts.words) and not parts.of("which", "compare", "limit"):
        return Measure.SUCCESS  # `bao nhiêu phần trăm nhà vắng`
    if parts.values("ask") == ["how"] and not parts.of("measure", "period", "whose", *NAMED):
        raise Unclear()  # `không có điện thoại thì sao` asks what to do
    return Measure.REACHED


def _reached_by(parts: Parts, found: Measure, said: set[Measure]) -> Measure:
    """The measure, where what asks for it counts anything."""
    asks_whether = found is Measure.REACHED and set(parts.values("ask")) == {"whether"}
    if asks_whether and "oneself" in _rules(parts, "whose") and _rules(parts, "measure") == {"reports_noun"}:
        raise Unclear()  # `em báo ở đây đúng không`
    if asks_whether and not said and not _may_be(parts):
        raise Unclear()  # `hôm nay có thêm bạn mới không`
    if found is Measure.REACHED and _are_teams_counted(parts, said):
        return Measure.STUDENTS  # `cả huyện có mấy tổ`, `mấy tổ tất cả, mỗi tổ mấy người`
    counted = parts.of("ask", "weak", "done", "limit", "outcome", "compare", "goal") or said
    if found is Measure.REACHED and parts.of("which") and not counted:
        raise Unclear()
    return found


def _alone(parts: Parts, measure: Measure, said: set[Measure], grouped: By | None, period: Period | None) -> Measure:
    """A measure with nothing beside it that would be counted, too."""
    beside = parts.of("limit", "done", "compare", "goal", "reports", *(() if measure is Measure.SUCCESS else ("rank",)))
    if measure is Measure.PART:
        beside = [item for item in beside if parts.said(item) != "so voi"]  # `so với cả tổ thì em chiếm mấy phần`
    outcomes = parts.of("outcome") if measure not in (Measure.PART, Measure.SUCCESS, Measure.VISITS) else []
    if not said <= {measure, *_BESIDE[measure]} or beside or outcomes:
        raise Unclear(beside or outcomes or parts.of("measure"))
    if measure in _ONLY_BY and grouped not in (None, *_ONLY_BY[measure]):
        raise Unclear(parts.of("which", "each"))
    over = period is not None and period.last < parts.today
    if (measure is Measure.UNSTAFFED and period is not None and period.span is Span.DAY) or (
        measure is Measure.VISITS and over
    ):
        raise Unclear(parts.of("period"))
    return measure


def goal_of(parts: Parts, measure: Measure) -> Limit | None:
    """Until how many it is asked what is left; None where no number is to be reached.

    Raises:
        Unclear: there is one, and what is asked has none.
    """
    items = parts.of("goal")
    if not items or parts.of("which"):
        return None
    if len(items) > 1 or measure not in _TO_REACH or parts.of("limit", "outcome"):
        raise Unclear(items)
    return items[0].limit


def limits_of(parts: Parts) -> list[Item]:
    """Only who is above or below a number, or has so many: `ai đạt 20 máy`; of `xã nào có số, xã nào trắng` all are."""
    which = parts.of("which")
    found = parts.of("limit", "goal") if which else parts.of("limit")
    none = [item for item in found if item.sense is not None and item.sense.rule == "none_at_all"]
    both = len(which) > 1 and none == found and bool(found)
    had = [item for item in parts.of("weak", "done", "reports") if both and which[0].end <= item.start < which[1].start]
    return [] if had else found


def limit_of(parts: Parts) -> Limit | None:
    """The first of them."""
    return next((item.limit for item in limits_of(parts)), None)


def asks_what_is_needed(parts: Parts) -> bool:
    """`để đạt 40% thì cần bao nhiêu máy`."""
    needs = _NEEDS.search(" ".join(parts.words)) is not None
    asks = parts.by_rule("how_many") or parts.by_rule("whether")  # `hôm nay em cần 20 máy đúng không`
    return needs and bool(parts.of("goal")) and bool(asks) and not parts.of("which")


def is_on_average(parts: Parts) -> bool:
    """`trung bình mỗi em một ngày`: what is reached, where nothing says what has to be."""
    return bool(parts.by_rule("average")) and not parts.by_rule("quota")


def _asks_no_how_or_why(parts: Parts) -> None:
    how_to = [said for said in map(parts.said, parts.of("ask")) if said.startswith("lam the nao")]
    if any(not said.startswith("lam the nao roi") for said in how_to) and not parts.of(*NAMED):
        raise Unclear(parts.of("ask"))  # `kích hoạt làm thế nào` asks how to
    of_something = parts.of("measure", "period", "whose", "weak", "outcome", "which", "each", "done", "file", *NAMED)
    if not of_something and [parts.said(item) for item in parts.of("ask")] == ["sao"]:
        raise Unclear()  # `sao vậy ạ` asks why


def _beside_another(
    parts: Parts, found: Measure, said: set[Measure], grouped: By | None, period: Period | None
) -> Measure | None:
    """What a measure turns into beside a limit, another measure, or the day by which it is to be done."""
    if found is Measure.TARGET and (limits := parts.of("limit")):
        if not all(item.limit is not None and item.limit.percent for item in limits):
            raise Unclear(limits)
        return Measure.REACHED  # `xã nào đã qua 50% chỉ tiêu`
    of_each_day = found is Measure.AVERAGE and Measure.TARGET in said and _rules(parts, "measure") <= _A_DAY
    if of_each_day or (found is Measure.TARGET and grouped is By.PERSON):
        return Measure.QUOTA
    if {Measure.QUOTA, Measure.LEFT} <= said and grouped in (By.COMMUNE, By.PERSON):
        return Measure.QUOTA  # `xã nào còn hụt định mức`, `ai đủ định mức, ai hụt`
    if found in _NEEDED and period is not None and period.span is Span.UNTIL and period.last > parts.today:
        return Measure.FINISH  # `xong trước 31/5 thì mỗi ngày phải làm mấy máy`: what is needed a day stands there
    return None


def _rules(parts: Parts, kind: str) -> set[str]:
    return {item.sense.rule for item in parts.of(kind) if item.sense is not None}


def _rank_of(parts: Parts, grouped: By | None) -> Measure:
    """A ranking, or the place of the one that is named: `Xuân Thu có trong top 5 không`."""
    sorts = {By.COMMUNE: "commune", By.HAMLET: "hamlet", By.PERSON: "person"}
    named = parts.of(*NAMED)
    one = len(named) == 1 and (grouped is None or sorts.get(grouped) == named[0].kind)
    return Measure.POSITION if one else Measure.RANKING


def _who_reports(parts: Parts, grouped: By | None) -> bool:
    """`bao nhiêu học viên báo cáo`: who, and no number beside the reports."""
    if not parts.of("which") or grouped not in (By.PERSON, By.COMMUNE):
        return False
    said = [item.sense.rule for item in parts.of("measure") if item.sense is not None]
    return said == ["reports_noun"] and not parts.of("rank", "outcome", "limit", "weak", "done", "compare", "file")


def _whether_reported(parts: Parts) -> bool:
    """`em báo hôm nay chưa`: the two words that ask stand apart."""
    others = parts.of("outcome", "limit", "done", "compare", "rank", "which", "position", "most", "weak")
    asked = [parts.said(item).split()[0] for item in parts.of("ask")]
    return asked == ["chua"] and _rules(parts, "measure") == {"reports_noun"} and not others


def _may_be(parts: Parts) -> bool:
    """Whether `không` or `chưa` asks of something that is counted."""
    return bool(parts.of("done", "limit", "compare", "each", "goal")) or _has_any(parts)


def _has_any(parts: Parts) -> bool:
    """`thôn Phú Hạ đã có máy nào chưa`, `Chi dạo này có làm không`, `ngày 18 em có số không`."""
    for before, item in pairwise(parts.items):
        if before.kind == "weak" and _is_of_anything(parts, item):
            return True
        there = parts.said(before).split()[-1] == "co" and item.kind == "weak"
        there = there or (parts.said(before) == "co ai" and item.kind == "weak")  # `thôn Phú Hạ có ai làm chưa`
        if there and parts.said(item) in _WORKS and parts.of(*NAMED):
            return True
        if there and parts.said(item) == "so" and parts.of("period", "whose"):
            return True
        if there and parts.said(item) in _WORKS and _is_over(parts):
            return True
    return False


def _is_over(parts: Parts) -> bool:
    """`hôm 18 em có làm không`: of days that are over; of others it is asked what will be."""
    days = [item.period for item in parts.of("period") if item.period is not None]
    return bool(days) and all(one.last < parts.today for one in days) and bool(parts.of("whose"))


def _is_of_anything(parts: Parts, item: Item) -> bool:
    """`Chi từ đầu đợt được gì chưa`, `Phù Lỗ được máy nào chưa`; what oneself gets for it is something else."""
    anything = item.kind == "ask" and parts.said(item) in ("gi chua", "gi khong", "nao chua", "nao khong")
    yet = bool(parts.of("period")) and parts.said(item).endswith("chua")
    return anything and (bool(parts.of(*NAMED)) or yet)


def _in_period(parts: Parts, measure: Measure, period: Period | None) -> Measure:
    """What a measure is on some days: targets and what is left are of all days, on some it is the quota."""
    if period is None or period.span in (Span.UNTIL, Span.PHASE):
        return measure
    today = (period.first, period.last) == (parts.today, parts.today)
    if measure is Measure.TARGET or (measure is Measure.LEFT and not today):
        return Measure.QUOTA
    if measure is Measure.STUDENTS and parts.of("each") and parts.by_rule("how_many"):
        return Measure.REACHED  # `có mấy em, từng em hôm qua được bao nhiêu`
    return {Measure.STUDENTS: Measure.REPORTS, Measure.BASELINE: Measure.REACHED}.get(measure, measure)


def _foremost(parts: Parts, grouped: By | None, said: set[Measure]) -> Measure | None:
    """What is asked for whatever else is said beside it: files, reports, rankings, the end."""
    files = parts.values("file")
    if files:
        if _HANDED.intersection(files) and (beside := parts.of("outcome", "limit", "rank")):
            raise Unclear(beside)  # `link web bị lỗi`
        return Measure.EXCEL if "excel" in files else Measure(files[-1])
    if Measure.OPEN in said:
        return Measure.OPEN
    if parts.of("reports") or _who_reports(parts, grouped) or _whether_reported(parts):
        if grouped is By.DAY and (parts.of("each") or set(parts.values("reports")) != {"silent"}):
            raise Unclear(parts.of("which", "each"))
        return Measure.REPORTS if grouped is not By.DAY else Measure.REACHED  # `ngày nào không có số liệu`
    top = any(parts.said(item).startswith("top ") for item in parts.of("most"))
    if top or (parts.of("rank") and Measure.POSITION not in said):
        if not parts.of("which", "most") and all(" " not in parts.said(item) for item in parts.of("rank")):
            raise Unclear(parts.of("rank"))  # `tổng hợp nhanh` asks for no ranking
        return _rank_of(parts, grouped)
    if Measure.FINISH in said and (noun := parts.by_rule("reports_noun")):
        raise Unclear(noun)  # `em báo của hôm kia còn kịp không`
    ends = parts.of("done", "goal") and (parts.of("when") or grouped is By.DAY)
    return Measure.FINISH if ends or Measure.FINISH in said else None


def ranked_by(parts: Parts) -> Measure | None:
    """By what the ranking is, where that is neither what is done nor an outcome."""
    said = parts.values("measure")
    if {"most_left", "least_left"} & set(parts.values("rank")):
        return Measure.LEFT
    hurried = any(parts.said(item).startswith(("cham", "nhanh")) for item in parts.of("rank"))
    noun = parts.by_rule("reports_noun")
    if hurried and noun:
        raise Unclear(noun)  # who is late with reports is something else
    if "left" in said:
        raise Unclear(parts.of("measure"))
    if parts.of("by"):
        return Measure.REACHED  # `theo số máy`, and not by how far against the target
    return Measure.TARGET if "target" in said and not parts.of("weak") else None


def last_of(parts: Parts, measure: Measure) -> bool | None:
    if measure is Measure.REPORTS:
        values = set(parts.values("reports")) or {"reported"}
        if values == {"reported"} and "whether" in parts.values("ask") and not parts.of("which"):
            return None  # `hôm nay có báo cáo chưa`
        return True if values == {"silent"} else False if values == {"reported"} else None
    ranks = [value for value in parts.values("rank") if value != "all"]
    ranks = [{"most_left": "last", "least_left": "first"}.get(value, value) for value in ranks]
    if len(set(ranks)) > 1:
        raise Unclear(parts.of("rank")[1:])
    if measure not in (Measure.RANKING, Measure.SUCCESS):
        return None
    return ranks[0] == "last" if ranks else None
