"""Done against plan: how far it came day by day, what the quota asks, and what is to be expected."""

from collections.abc import Iterator
from typing import Any

from handlers import texts
from handlers.figures.charts import theme
from handlers.figures.charts.theme import Spec
from handlers.figures.gathered.series import Course, Day

_MOST_TICKS = 7  # days that are named below
_ROOM, _ROOM_FOR_BOTH = 0.15, 0.35  # of the days: still to come, so that a number, or two, fit below the lines
_HEIGHT, _CLOSE = 170, 45  # of the lines, and of the plan above the newest point so that it crosses its number
_LOW = 0.12  # of the height: a number has no room below
_NEAR = 1.25  # times as high as the rest the target may be, to be in the picture


def title(facts: Course) -> str:
    """`Đã xong 41,6%, chậm hơn định mức 1.204 máy`."""
    return texts.plain("charts.course_title", it=facts, before=_is_before(facts))


def words(facts: Course) -> str:
    """The numbers: done and target, what the quota asks, the pace, the expected end."""
    return texts.plain("charts.course_words", it=facts, over=_newest_over(facts))


def below(facts: Course) -> str:
    """What it is of: `Huyện Sóc Sơn · Đợt 1 · đến 31/05`."""
    return texts.plain("charts.of_day", name=facts.name, phase=facts.phase, day=facts.day, over=facts.over)


def spec(facts: Course) -> Spec:
    """Lines of what is done, planned and expected; a band between the worst and the best of the last days."""
    values = list(_values(facts))
    top = max((value.get("high") or value["phones"] for value in values), default=0)
    least = min((value.get("low") or value["phones"] for value in values), default=0)
    shown = facts.target if facts.target and top <= facts.target <= least + (top - least) * _NEAR else None
    scale: Spec = {"zero": False, "nice": True}
    if top == least:
        scale = {"domain": [least, least + 10]}
    return theme.picture(
        title(facts),
        below(facts),
        height=300,
        data={"values": values},
        encoding={
            "x": {
                "field": "day",
                "type": "ordinal",
                "scale": {"type": "point", "padding": 0.3},
                "axis": theme.days_axis([one.day for one in facts.days], _MOST_TICKS),
            }
        },
        layer=[_band(scale), *_target(shown, scale), _lines(facts, scale), *_end(facts, scale), *_newest(facts, scale)],
    )


def _values(facts: Course) -> Iterator[dict[str, Any]]:
    """A row for each line and day."""
    for one in facts.days:
        day = one.day.isoformat()
        if one.planned is not None:
            yield {"line": _names()[1], "day": day, "phones": one.planned}
        if one.done is not None:
            yield {"line": _names()[0], "day": day, "phones": one.done, "own": one.phones}
        if one.middle is not None:
            yield {"line": _names()[2], "day": day, "phones": one.middle, "low": one.low, "high": one.high}


def _names() -> list[str]:
    """How the lines are called: done, planned, expected."""
    return texts.plain("charts.lines").split("|")


def _y(field: str, scale: Spec, **more: Any) -> Spec:
    axis = {"format": ",d", "tickCount": 5}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": axis, **more}


def _band(scale: Spec) -> Spec:
    return {
        "transform": [{"filter": "isValid(datum.low)"}],
        "mark": {"type": "area", "opacity": 0.16, "color": theme.VERMILION},
        "encoding": {"y": _y("low", scale), "y2": {"field": "high"}},
    }


def _target(shown: int | None, scale: Spec) -> list[Spec]:
    if shown is None:
        return []
    name = texts.plain("charts.target", target=shown)
    rule = {"mark": {"type": "rule", "color": theme.INK, "strokeWidth": 1}, "encoding": {"y": {"datum": shown}}}
    label = {
        "data": {"values": [{"name": name, "phones": shown}]},
        "mark": {"type": "text", "align": "left", "baseline": "bottom", "dy": -3, "x": 2},
        "encoding": {"x": {"value": 2}, "y": _y("phones", scale), "text": {"field": "name"}},
    }
    return [rule, label]


def _lines(facts: Course, scale: Spec) -> Spec:
    there = [name for name in _names() if any(value["line"] == name for value in _values(facts))]
    colours = dict(zip(_names(), (theme.BLUE, theme.GREY, theme.VERMILION), strict=True))
    dashes = dict(zip(_names(), ([1, 0], [6, 4], [2, 3]), strict=True))
    field = {"field": "line", "type": "nominal", "sort": None}
    return {
        "mark": {"type": "line", "strokeWidth": 3, "strokeCap": "butt", "interpolate": "linear"},
        "encoding": {
            "y": _y("phones", scale),
            "color": {**field, "scale": {"domain": there, "range": [colours[name] for name in there]}},
            "strokeDash": {**field, "scale": {"domain": there, "range": [dashes[name] for name in there]}},
            "tooltip": [
                {"field": "line", "title": " "},
                {"field": "day", "title": texts.plain("charts.day")},
                {"field": "phones", "title": texts.plain("charts.phones"), "format": ",d"},
            ],
        },
    }


def _newest(facts: Course, scale: Spec) -> list[Spec]:
    """The newest point with its number: hollow while its day still goes on."""
    known = [one for one in facts.days if one.done is not None]
    if not known:
        return []
    last = known[-1]
    behind = last.planned is not None and (last.done or 0) < last.planned
    room = len(facts.days) * _ROOM
    if behind and (len(known) <= room or (last.middle is None and _is_low(facts, last.done or 0))):
        left, dx, dy = False, 10, -2  # no lower: the axis may be right below
    elif behind and _is_low(facts, last.done or 0):
        left, dx, dy = True, -8, -11  # what is expected goes on at its right
    elif behind and len(known) < len(facts.days) - room:
        left, dx, dy = False, -14, 24
    else:
        left, dx, dy = True, -8, -11 - _over_plan(facts, last)
    fill = theme.BLUE if facts.over else "#FFFFFF"
    point = {"type": "point", "size": 70, "fill": fill, "stroke": theme.BLUE, "strokeWidth": 2.5, "opacity": 1}
    data = {"values": [{"day": last.day.isoformat(), "phones": last.done, "label": texts.number(last.done or 0)}]}
    return [
        {"data": data, "mark": point, "encoding": {"y": _y("phones", scale)}},
        *_number(data, scale, dx=dx, dy=dy, left=left, colour=theme.BLUE),
    ]


def _over_plan(facts: Course, last: Day) -> int:
    """How much higher a number has to stand so that the plan, close above it, does not cross it."""
    shown = [n for one in facts.days for n in (one.done, one.planned, one.low, one.high) if n is not None]
    if last.planned is None or last.done is None or last.planned <= last.done or max(shown) == min(shown):
        return 0
    above = round((last.planned - last.done) / (max(shown) - min(shown)) * _HEIGHT)
    return above if above < _CLOSE else 0


def _is_low(facts: Course, phones: int) -> bool:
    """Whether a number below this height would stand upon the days."""
    shown = [n for one in facts.days for n in (one.done, one.planned, one.low, one.high) if n is not None]
    return phones - min(shown) < _LOW * (max(shown) - min(shown))


def _end(facts: Course, scale: Spec) -> list[Spec]:
    """What is expected at the end, in numbers."""
    last = facts.days[-1] if facts.days else None
    coming = sum(one.done is None for one in facts.days)
    if last is None or last.middle is None or coming < len(facts.days) * _ROOM_FOR_BOTH:
        return []
    value = {"day": last.day.isoformat(), "phones": last.middle, "label": texts.number(last.middle)}
    behind = last.planned is not None and last.middle < last.planned and not _is_low(facts, last.middle)
    dx, dy = (4, 33) if behind else (-8, -11)
    return _number({"values": [value]}, scale, dx=dx, dy=dy, left=True, colour=theme.VERMILION)


def _number(data: Spec, scale: Spec, *, dx: int, dy: int, left: bool, colour: str) -> list[Spec]:
    """A number beside its point, with white around it."""
    align = "right" if left else "left"
    place = {"type": "text", "align": align, "dx": dx, "dy": dy, "fontSize": 13, "fontWeight": 600}
    encoding = {"y": _y("phones", scale), "text": {"field": "label"}}
    return [
        {"data": data, "mark": {**place, **theme.halo(13)}, "encoding": encoding},
        {"data": data, "mark": {**place, "color": colour}, "encoding": encoding},
    ]


def _is_before(facts: Course) -> Day | None:
    """The first day, where it is still to come."""
    first = facts.days[0] if facts.days else None
    return first if first is not None and first.done is None else None


def _newest_over(facts: Course) -> Day | None:
    """The newest day that has ended."""
    over = [one for one in facts.days if one.done is not None and (facts.over or one.day < facts.day)]
    return over[-1] if over else None
