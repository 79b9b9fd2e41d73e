"""Days by communes: where and when phones were counted, the darker the more."""

from handlers import texts
from handlers.figures.charts import theme
from handlers.figures.charts.theme import Spec
from handlers.figures.gathered.series import Heat

_A_ROW = 20  # px
_NUMBERS_TO = 7  # so many days leave room for numbers
_MOST_TICKS = 5  # days that are named below
_FEW, _SOME, _MANY = "#CFE1F2", "#4A90C2", "#08306B"
_WORDS_OF = 7  # days that are told in words
_MOST = 40  # communes in one picture


def title(facts: Heat) -> str:
    """`Ngày nhiều nhất 24/05: 2.211 máy; hôm nay 3 xã chưa có máy nào`."""
    sums = _by_day(facts)
    best = max(sums, key=lambda one: one[1], default=None)
    silent = [row.name for row in facts.rows if row.phones and not row.phones[-1]]
    return texts.plain("charts.heat_title", best=best, silent=silent, it=facts)


def below(facts: Heat) -> str:
    """What it is of."""
    return texts.plain(
        "charts.of_day", name=facts.name, phase=facts.phase, day=facts.days[-1] if facts.days else None, over=facts.over
    )


def words(facts: Heat) -> str:
    """Phones of all communes together on each of the last days."""
    return texts.plain("charts.heat_words", sums=_by_day(facts)[-_WORDS_OF:])


def spec(facts: Heat) -> Spec:
    """A cell for each day and commune; white: no phones. Numbers in the cells where there is room for them."""
    rows = facts.rows[:_MOST]
    most = max((n for row in rows for n in row.phones), default=0)
    if not most:
        return theme.nothing(title(facts), below(facts), texts.plain("charts.nothing"))
    values = [
        {"name": row.name, "day": when.isoformat(), "phones": n, "label": texts.number(n)}
        for row in rows
        for when, n in zip(facts.days, row.phones, strict=True)
    ]
    names = [row.name for row in rows]
    most_ticks = _NUMBERS_TO if len(facts.days) <= _NUMBERS_TO else _MOST_TICKS
    labels = {"labelLimit": 96, "labelFontSize": 12}
    return theme.picture(
        title(facts),
        below(facts),
        height=130 + _A_ROW * len(rows),
        data={"values": values},
        encoding={
            "x": {"field": "day", "type": "ordinal", "axis": theme.days_axis(facts.days, most_ticks)},
            "y": {"field": "name", "type": "nominal", "sort": names, "axis": labels},
        },
        layer=[
            {
                "mark": {"type": "rect", "stroke": theme.PALE, "strokeWidth": 1},
                "encoding": {"color": _colour(most), "tooltip": _tooltip()},
            },
            *([_numbers(most)] if len(facts.days) <= _NUMBERS_TO else []),
        ],
    )


def _colour(most: int) -> Spec:
    return {
        "condition": {"test": "datum.phones <= 0", "value": "#FFFFFF"},
        "field": "phones",
        "type": "quantitative",
        "scale": {"domain": [0, most / 2, most], "range": [_FEW, _SOME, _MANY], "interpolate": "rgb"},
        "legend": {
            "title": texts.plain("charts.phones_a_day"),
            "titleFontSize": 11,
            "titleFontWeight": 400,
            "orient": "bottom",
            "direction": "horizontal",
            "gradientLength": 180,
            "gradientThickness": 9,
            "format": ",d",
            "tickCount": 3,
            "offset": 6,
        },
    }


def _numbers(most: int) -> Spec:
    return {
        "transform": [{"filter": "datum.phones !== 0"}],
        "mark": {"type": "text", "fontSize": 11},
        "encoding": {
            "text": {"field": "label"},
            "color": {"condition": {"test": f"datum.phones > {most * 0.55}", "value": "#FFFFFF"}, "value": theme.INK},
        },
    }


def _tooltip() -> list[Spec]:
    return [
        {"field": "name", "title": texts.plain("charts.commune")},
        {"field": "day", "title": texts.plain("charts.day")},
        {"field": "phones", "title": texts.plain("charts.phones"), "format": ",d"},
    ]


def _by_day(facts: Heat) -> list[tuple[object, int]]:
    return [(day, sum(row.phones[place] for row in facts.rows)) for place, day in enumerate(facts.days)]
