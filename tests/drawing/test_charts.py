"""Charts as pictures: a phone wide, with every Vietnamese letter, made of the specification and of nothing else."""

import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import vl_convert
from fontTools.ttLib import TTFont
from PIL import Image

from bot.drawing import charts as drawn
from handlers.figures import charts
from handlers.figures.charts import theme
from handlers.figures.gathered.series import Reach, Reached, Series
from storage.talk import pictures
from tests.figures.test_charts import EVERYTHING, campaign

FONTS = Path(drawn.__file__).parent / "fonts"
ROOT = FONTS.parent.parent.parent
_TONES = "ắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữựíìỉĩịýỳỷỹỵđ"


def png(facts: Series) -> bytes:
    made = charts.CHARTS[charts.kind_of(facts)].spec(facts)
    return drawn.png({"specification": made, "vega_lite": charts.VEGA_LITE})


@pytest.mark.parametrize("facts", EVERYTHING, ids=charts.kind_of)
def test_a_picture_is_twice_as_wide_as_a_phone(facts: Series, capfd: pytest.CaptureFixture[str]) -> None:
    """Whatever there is to show, and without a complaint of what draws it."""
    type, width, height = pictures._looked_at(png(facts))
    assert (type, width) == ("image/png", 2 * theme.WIDTH)
    assert 300 <= height <= 2400
    assert capfd.readouterr().err == ""


def svg(facts: Series) -> str:
    drawn._with_fonts()
    made = charts.CHARTS[charts.kind_of(facts)].spec(facts)
    return str(vl_convert.vegalite_to_svg(made, vl_version=charts.VEGA_LITE))


def test_numbers_and_days_are_vietnamese() -> None:
    """`116.167`, `90,0%`, `05/06`: also those of the axes, which Vega writes."""
    course = svg(campaign(21, 16))
    assert ">110.000<" in course
    assert ">114.400<" in course
    assert ">05/06<" in course
    assert "110,000" not in course


def test_many_communes_all_have_their_names() -> None:
    """26 of them, none left out for want of room; the longest are cut."""
    rows = tuple(Reach(f"Xã thứ {n}", 1000 - n, 1000, 0) for n in range(26))
    found = svg(Reached("Huyện", date(2023, 5, 20), True, Reach("Huyện", 25000, 26000, 0), rows))
    assert [n for n in range(26) if f">Xã thứ {n}<" not in found] == []


@pytest.mark.parametrize("weight", ["Regular", "SemiBold"])
def test_the_font_has_every_letter(weight: str) -> None:
    """Of Vietnamese, in both cases, and the signs of charts."""
    with TTFont(FONTS / f"BeVietnamPro-{weight}.ttf") as font:
        known = set(font.getBestCmap())
    letters = _TONES + _TONES.upper() + "ăâêôơư·–,.%/:()0123456789"
    assert [letter for letter in letters if ord(letter) not in known] == []


def test_a_specification_that_is_none_is_refused() -> None:
    """So that its words go alone."""
    with pytest.raises(ValueError):
        drawn.png({"specification": {"mark": "nothing"}, "vega_lite": charts.VEGA_LITE})


def test_a_picture_is_packed_without_a_pixel_lost() -> None:
    """A third of the bytes or less, the same pixels; what is no picture is refused."""
    drawn._with_fonts()
    facts = campaign(26, 21)
    made = charts.CHARTS[charts.kind_of(facts)].spec(facts)
    hasty = vl_convert.vegalite_to_png(made, vl_version=charts.VEGA_LITE, scale=2)
    packed = drawn.packed(hasty)
    assert len(packed) * 2 < len(hasty)
    before, after = (Image.open(BytesIO(one)) for one in (hasty, packed))
    assert (before.size, before.mode, before.tobytes()) == (after.size, after.mode, after.tobytes())
    with pytest.raises(ValueError):
        drawn.packed(hasty[: len(hasty) // 2])


def test_nothing_is_fetched() -> None:
    """Not even from this machine: a specification that says so is refused."""
    made: dict[str, Any] = charts.CHARTS["course"].spec(campaign(3, 2))
    made["data"] = {"url": "http://127.0.0.1:9/a.json"}
    with pytest.raises(ValueError):
        drawn.png({"specification": made, "vega_lite": charts.VEGA_LITE})


def test_the_drawing_process_loads_nothing_of_the_bot() -> None:
    """It starts soon, and knows no conversation and no table."""
    code = "import sys, bot.drawing.worker, bot.drawing.charts; print(*sorted(sys.modules), sep='\\n')"
    known = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = known.stdout.split()
    assert "vl_convert" in loaded
    assert [name for name in loaded if name.partition(".")[0] in ("handlers", "storage", "aiohttp", "jinja2")] == []
