"""What draws on the dashboard: the versions that draw for the chats, whole, with all licences."""

import json
import re
import tomllib
from pathlib import Path

import vl_convert

from bot.web.dashboard.files import VENDOR
from handlers.figures.charts import VEGA_LITE

ROOT = Path(__file__).parents[3]
TOOLS = ROOT / "tools" / "vendor"


def test_the_page_draws_with_what_the_chats_are_drawn_with() -> None:
    """Vega of the same version, and the Vega-Lite that the specifications are written for."""
    versions = json.loads((TOOLS / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert versions["vega"] == vl_convert.get_vega_version()
    assert versions["vega-embed"] == vl_convert.get_vega_embed_version()
    assert versions["vega-lite"].startswith(f"{VEGA_LITE}.")


def test_what_is_there_is_what_the_lock_file_names() -> None:
    """The bundle was made of these versions, and each package in it has its licence beside it."""
    lock = json.loads((TOOLS / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    licences = (VENDOR / "LICENCES.txt").read_text(encoding="utf-8")
    named = dict(re.findall(r"^((?:@[\w.-]+/)?[\w.-]+) ([0-9]+\.[0-9]+\.[0-9]+\S*) \(", licences, re.MULTILINE))
    assert {"vega", "vega-lite", "vega-embed", "vega-interpreter", "vega-tooltip", "d3-scale"} <= set(named)
    assert named == {name: lock[f"node_modules/{name}"]["version"] for name in named}
    assert all("integrity" in package for path, package in lock.items() if path)
    script = (VENDOR / "drawing.js").read_text(encoding="utf-8")
    for name in ("vega", "vega-lite", "vega-embed"):
        assert f'"{named[name]}"' in script, name


def test_it_is_installed_with_the_rest() -> None:
    """The package has the script, the style, what draws, and the licences."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shipped = settings["tool"]["setuptools"]["package-data"]["bot"]
    assert {"web/dashboard/static/*", "web/dashboard/vendor/*"} <= set(shipped)
