"""A team's evening: phones by the hour in which they were reported."""

from handlers import texts
from handlers.figures.charts import theme
from handlers.figures.charts.theme import Spec
from handlers.figures.gathered.series import Evening

_FEW = 6  # hours: fewer bars are no wider


def title(facts: Evening) -> str:
    """`64 máy, nhiều nhất lúc 20 giờ`."""
    best = max(facts.hours, key=lambda one: one.phones, default=None)
    return texts.plain("charts.evening_title", it=facts, best=best if best and best.phones else None)


def below(facts: Evening) -> str:
    """What it is of."""
    return texts.plain("charts.of_evening", it=facts)


def words(facts: Evening) -> str:
    """Phones hour by hour, and those that were reported before the day or after it."""
    return texts.plain("charts.evening_words", it=facts)


def spec(facts: Evening) -> Spec:
    """A bar an hour."""
    if not any(hour.phones for hour in facts.hours):
        return theme.nothing(title(facts), below(facts), texts.plain("charts.nothing"))
    values = [
        {
            "hour": texts.plain("charts.hour", hour=one.hour),
            "phones": one.phones,
            "label": texts.number(one.phones) if one.phones else "",
        }
        for one in facts.hours
    ]
    most = max(one.phones for one in facts.hours)
    wide = 0.78 * min(1.0, len(values) / _FEW)
    x = {"field": "hour", "type": "ordinal", "sort": None, "axis": {"labelAngle": 0, "labelOverlap": True}}
    scale = {"domain": [0, most * 1.12]}
    y = {"field": "phones", "type": "quantitative", "scale": scale, "axis": None}
    tooltip = [
        {"field": "hour", "title": " "},
        {"field": "phones", "title": texts.plain("charts.phones"), "format": ",d"},
    ]
    return theme.picture(
        title(facts),
        below(facts),
        height=250,
        data={"values": values},
        encoding={"x": x, "y": y},
        layer=[
            {
                "mark": {"type": "bar", "color": theme.BLUE, "width": {"band": wide}, "cornerRadiusEnd": 2},
                "encoding": {"tooltip": tooltip},
            },
            {
                "mark": {"type": "text", "baseline": "bottom", "dy": -3, "fontSize": 12},
                "encoding": {"text": {"field": "label"}},
            },
        ],
    )
