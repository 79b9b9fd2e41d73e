"""What all charts share: size, letters, colours that everybody can tell apart, and numbers the Vietnamese way."""

from collections.abc import Sequence
from datetime import date
from textwrap import wrap
from typing import Any

Spec = dict[str, Any]  # of Vega-Lite, as JSON takes it

VEGA_LITE = "6.4"  # what the specifications are written for, and drawn by
WIDTH = 360  # of the whole picture: a phone held upright
FONT = "Be Vietnam Pro"
# After Okabe and Ito (https://jfly.uni-koeln.de/color/), told apart with any sight of colours and in grey print.
BLUE, VERMILION, GREY, INK, PALE = "#0072B2", "#C2500A", "#6B6B6B", "#1F2933", "#E4E9EE"
_TITLE, _TEXT, _SMALL = 15, 12, 11  # px
_A_LINE, _A_SMALL_LINE = 39, 48  # letters of a title, and of what stands below

_CONFIG: Spec = {
    "font": FONT,
    "background": "#FFFFFF",
    "view": {"stroke": None},
    "locale": {"number": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " đ"]}},
    "title": {
        "anchor": "start",
        "frame": "bounds",
        "font": FONT,
        "fontSize": _TITLE,
        "fontWeight": 600,
        "lineHeight": 20,
        "color": INK,
        "subtitleFont": FONT,
        "subtitleFontSize": _TEXT,
        "subtitleLineHeight": 17,
        "subtitleColor": GREY,
        "subtitlePadding": 5,
        "offset": 12,
    },
    "axis": {
        "labelFont": FONT,
        "labelFontSize": _SMALL,
        "labelColor": INK,
        "titleFont": FONT,
        "gridColor": PALE,
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
        "title": None,
    },
    "legend": {
        "titleFont": FONT,
        "labelFont": FONT,
        "labelFontSize": _TEXT,
        "labelColor": INK,
        "title": None,
        "orient": "top",
        "direction": "horizontal",
        "offset": 4,
        "columnPadding": 14,
        "symbolSize": 220,
        "symbolStrokeWidth": 3,
    },
    "text": {"font": FONT, "fontSize": _SMALL, "color": INK},
}


def picture(title: str, below: str, *, height: int | Spec, **body: Any) -> Spec:
    """A whole specification: the finding as its title, what it is of below, and the rest of a view."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": _CONFIG,
        "padding": {"left": 10, "right": 14, "top": 12, "bottom": 10},
        "autosize": {"type": "fit", "contains": "padding"},
        "width": WIDTH,
        "height": height,
        "title": {"text": lines(title, _A_LINE), "subtitle": lines(below, _A_SMALL_LINE)},
        **body,
    }


def lines(text: str, most: int) -> list[str]:
    """A text in as few lines as it takes, broken at a comma or else so that no word stands alone in the last one."""
    few, width = wrap(text, most), most
    head, comma, tail = text.partition(", ")
    if len(few) == 2 and comma and max(len(head) + 1, len(tail)) <= most:
        return [f"{head},", tail]
    while len(few) > 1 and len(wrap(text, width - 1)) == len(few):
        width -= 1
    return wrap(text, width)


def nothing(title: str, below: str, words: str) -> Spec:
    """A picture where there is nothing to show yet: it says so."""
    return picture(
        title,
        below,
        height=170,
        data={"values": [{"words": words}]},
        mark={"type": "text", "fontSize": _TEXT, "color": GREY},
        encoding={"text": {"field": "words"}},
    )


def halo(size: int) -> Spec:
    """White around letters that stand on lines."""
    return {"stroke": "#FFFFFF", "strokeWidth": 5, "strokeJoin": "round", "fontSize": size, "fontWeight": 600}


def days_axis(days: Sequence[date], most: int) -> Spec:
    """An axis of work days as `16/05`, of which so many are named at most: the last one always is."""
    step = -(-len(days) // most) or 1
    named = list(days[::-1][::step])[::-1]
    return {
        "labelExpr": "slice(datum.value, 8, 10) + '/' + slice(datum.value, 5, 7)",
        "values": [day.isoformat() for day in named],
        "labelAngle": 0,
        "labelOverlap": False,
        "grid": False,
    }
