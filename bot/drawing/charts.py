"""Charts as pictures: Vega-Lite specifications drawn by vl-convert, in the font that is shipped. Nothing is fetched."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import vl_convert

_FONTS = Path(__file__).parent / "fonts"
_SCALE = 2  # pixels a pixel of the specification: sharp on a phone, small on the wire


def png(work: Mapping[str, Any]) -> bytes:
    """The picture of a `specification`, written for this version of `vega_lite`.

    Raises:
        KeyError, ValueError: it cannot be drawn.
    """
    _with_fonts()
    drawn: bytes = vl_convert.vegalite_to_png(
        work["specification"], vl_version=work["vega_lite"], scale=_SCALE, allowed_base_urls=[]
    )
    return drawn


@cache
def _with_fonts() -> None:
    vl_convert.register_font_directory(str(_FONTS))
