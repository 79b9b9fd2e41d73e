"""Communes by how much of their target is done."""

from handlers import texts
from handlers.figures.charts import theme
from handlers.figures.charts.theme import Spec
from handlers.figures.gathered.series import Reach, Reached

_A_ROW = 21  # px
_MOST = 40  # communes in one picture


def title(facts: Reached) -> str:
    """`Xuân Thu xa nhất 62,1%, Minh Phú mới 20,3%`."""
    rows = [row for row in facts.rows if row.percent is not None]
    return texts.plain("charts.reached_title", whole=facts.whole, rows=rows)


def below(facts: Reached) -> str:
    """What it is of."""
    return texts.plain("charts.of_day", name=facts.whole.name, phase="", day=facts.day, over=facts.over)


def words(facts: Reached) -> str:
    """A line a commune: percent, and phones of the day."""
    return texts.plain("charts.reached_words", it=facts)


def spec(facts: Reached) -> Spec:
    """A bar a commune, of its target; where none has a target, of phones."""
    of_target = any(row.target for row in facts.rows)
    rows = [row for row in facts.rows if row.target or not of_target][:_MOST]
    if not rows:
        return theme.nothing(title(facts), below(facts), texts.plain("charts.nothing"))
    values = [
        {
            "name": row.name,
            "n": round(row.percent or 0, 1) if of_target else row.done,
            "label": _label(row),
            "done": row.done,
            "target": row.target,
        }
        for row in rows
    ]
    longest = max(100.0 if of_target else 1.0, *(float(str(value["n"])) for value in values))
    names = [row.name for row in rows]
    y = {"field": "name", "type": "nominal", "sort": names, "axis": {"labelLimit": 110, "labelFontSize": 12}}
    scale = {"domain": [0, longest * (1.26 if of_target else 1.34)], "nice": False}  # with room for the numbers
    x = {"field": "n", "type": "quantitative", "scale": scale, "axis": None}
    return theme.picture(
        title(facts),
        below(facts),
        height=110 + _A_ROW * len(rows),
        data={"values": values},
        encoding={"y": y},
        layer=[
            *([_track(scale)] if of_target else []),
            {
                "mark": {"type": "bar", "color": theme.BLUE, "height": {"band": 0.68}, "cornerRadiusEnd": 2},
                "encoding": {"x": x, "tooltip": _tooltip()},
            },
            *_average(facts, of_target, scale),
            {
                "mark": {"type": "text", "align": "right", "fontSize": 12},
                "encoding": {"x": {"value": "width"}, "text": {"field": "label"}},
            },
        ],
    )


def _label(row: Reach) -> str:
    return texts.percent(row.done, row.target) if row.target else texts.number(row.done)


def _track(scale: Spec) -> Spec:
    """The whole target behind each bar."""
    return {
        "mark": {"type": "bar", "color": theme.PALE, "height": {"band": 0.68}, "cornerRadiusEnd": 2},
        "encoding": {"x": {"datum": 100, "type": "quantitative", "scale": scale, "axis": None}},
    }


def _average(facts: Reached, of_target: bool, scale: Spec) -> list[Spec]:
    """A line at what all together reached."""
    percent = facts.whole.percent
    if not of_target or percent is None or len(facts.rows) < 3:
        return []
    x = {"datum": percent, "type": "quantitative", "scale": scale, "axis": None}
    name = texts.plain("charts.together", whole=facts.whole)
    text = {"type": "text", "baseline": "bottom", "dy": -3, "fontSize": 11, "color": theme.VERMILION}
    return [
        {"mark": {"type": "rule", "color": theme.VERMILION, "strokeWidth": 2}, "encoding": {"x": x, "y": None}},
        {
            "data": {"values": [{"name": name}]},
            "mark": text,
            "encoding": {"x": x, "y": {"value": 0}, "text": {"field": "name"}},
        },
    ]


def _tooltip() -> list[Spec]:
    return [
        {"field": "name", "title": texts.plain("charts.commune")},
        {"field": "done", "title": texts.plain("charts.done"), "format": ",d"},
        {"field": "target", "title": texts.plain("charts.target_title"), "format": ",d"},
        {"field": "label", "title": " "},
    ]
