"""The page's modules joined into one script."""

from pathlib import Path

import pytest

from bot.web.pages.assets import STATIC
from bot.web.pages.script import joined


def _written(folder: Path, **modules: str) -> Path:
    for name, source in modules.items():
        (folder / f"{name}.js").write_text(source, encoding="utf-8")
    return folder


def test_each_module_once_after_what_it_needs(tmp_path: Path) -> None:
    """Two that need a third have it before them; each is a block, so that two may use a name for two things."""
    folder = _written(
        tmp_path,
        first='import * as one from "./one.js";\nimport { two } from "./two.js";\none.one(two);',
        one='import { three } from "./three.js";\nconst own = three;\nexport function one() {}',
        two='import { three } from "./three.js";\nconst own = 2;\nexport const two = three + own;',
        three="export class Three {}\nexport const three = 3;\nexport async function four() {}",
    )
    script = joined(folder, "first")
    assert [line for line in script.split("\n") if line.startswith("// ")] == [
        *("// three.js", "// one.js", "// two.js", "// first.js")
    ]
    assert "Object.assign($three, { Three, three, four });" in script
    assert "const one = $one;\nconst { two } = $two;\none.one(two);" in script
    assert not any(line.startswith(("import", "export")) for line in script.split("\n"))


@pytest.mark.parametrize(
    "line",
    [
        'import "./one.js";',
        'import one from "./one.js";',
        'import { one as two } from "./one.js";',
        "import {",
        'import { one } from "./one.js"',
        'import { one } from "./deep/one.js";',
        'import { one } from "https://elsewhere.example/one.js";',
        'const one = await import("./one.js");',
        "const here = import.meta.url;",
        "export default function () {}",
        "export let changes = 1;",
        "export { one };",
        'export * from "./one.js";',
        "export const { one, two } = both;",
    ],
)
def test_what_cannot_be_joined_is_said(tmp_path: Path, line: str) -> None:
    """A form that would mean something else in one script is refused with its file and line, never passed on."""
    folder = _written(tmp_path, first=f"const before = 1;\n{line}\n", one="export const one = 1;")
    with pytest.raises(ValueError, match=r"first\.js: cannot be joined: ") as refused:
        joined(folder, "first")
    assert line in str(refused.value)


def test_what_nobody_exports(tmp_path: Path) -> None:
    """A name that is not there is told at the start, not when somebody needs it."""
    folder = _written(tmp_path, first='import { one, two } from "./one.js";', one="export const one = 1, two = 2;")
    with pytest.raises(ValueError, match=r"first\.js: not exported there: import \{ one, two \}"):
        joined(folder, "first")


def test_modules_that_need_each_other(tmp_path: Path) -> None:
    """A circle has no order: it is named."""
    folder = _written(
        tmp_path,
        first='import { one } from "./one.js";',
        one='import { two } from "./two.js";\nexport const one = 1;',
        two='import { one } from "./one.js";\nexport const two = 2;',
    )
    with pytest.raises(ValueError, match="first → one → two → one"):
        joined(folder, "first")


def test_the_page_has_all_its_modules() -> None:
    """No module lies in the folder without being part of the page."""
    script = joined(STATIC, "chat")
    modules = {path.name for path in STATIC.glob("*.js")} - {"sw.js"}
    assert {line.removeprefix("// ") for line in script.split("\n") if line.endswith(".js")} == modules
