"""A one-page report for signing: numbers put into a template that officers edit in Word."""

import re
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import LxmlError

from bot.config import LETTER
from handlers.figures.files import lettered

SHIPPED = Path(__file__).parents[2] / "examples" / "soc-son" / LETTER
_QUOTED = re.compile(r"has no attribute '([^']+)'|'([^']+)' is undefined")


class WrongTemplate(Exception):
    """A mistake in a template: it names what nobody knows (`name`), is written wrongly (`syntax`), or is no .docx.

    `detail`: which name, or what is wrong.
    """

    def __init__(self, file: str, kind: str, detail: str = "") -> None:
        self.named = {"file": file, "kind": kind, "detail": detail}
        why = {
            "name": f"has the name '{detail}', which the bot does not know: see docs/operators.vi.md",
            "syntax": f"is written wrongly: {detail}",
        }
        super().__init__(f"{file}: {why.get(kind, 'is no .docx: save it with Word as .docx')}")


def write(file: Path, named: Mapping[str, Any], template: Path | None) -> None:
    """Puts what is named into the template, or the one that is shipped.

    Raises:
        WrongTemplate: the template has a mistake.
    """
    source = template or SHIPPED
    try:
        document = DocxTemplate(source)
        document.init_docx()
    except (BadZipFile, PackageNotFoundError, LxmlError, KeyError, ValueError, OSError):
        raise WrongTemplate(source.name, "file") from None
    try:
        document.render(dict(named), SandboxedEnvironment(undefined=StrictUndefined), autoescape=True)
    except UndefinedError as error:
        found = _QUOTED.search(str(error))
        known = [group for group in found.groups() if group] if found else []
        raise WrongTemplate(source.name, "name", known[-1] if known else str(error)) from None
    except (TemplateError, TypeError, ArithmeticError, LookupError, ValueError, LxmlError) as error:
        raise WrongTemplate(source.name, "syntax", _one_line(error)) from None  # whatever it makes of numbers, too
    with file.open("wb") as opened:
        document.save(opened)


def check(template: Path) -> None:
    """Tries a template before anybody needs it.

    Raises:
        WrongTemplate: it has a mistake.
    """
    with TemporaryDirectory() as folder:
        write(Path(folder) / template.name, lettered.sample(), template)


def _one_line(error: Exception) -> str:
    return " ".join((str(error.args[0]) if error.args and error.args[0] else type(error).__name__).split())
