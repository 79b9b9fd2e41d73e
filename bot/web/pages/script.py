"""The page's modules as one script: a phone asks once, and nothing has to be built before the bot can start."""

import re
from dataclasses import dataclass, field
from pathlib import Path

_IMPORT = re.compile(r'import (?:\{ (?P<names>\w+(?:, \w+)*) \}|\* as (?P<whole>\w+)) from "\./(?P<module>\w+)\.js";')
_EXPORT = re.compile(r"export (?P<rest>(?:async function|function|class|const) (?P<name>\w+)\b.*)")
_OTHER = re.compile(r"(?:import|export)\b|.*\bimport\s*(?:\(|\.meta\b)")


@dataclass(slots=True)
class _Module:
    lines: list[str] = field(default_factory=list)
    exported: list[str] = field(default_factory=list)


def joined(folder: Path, first: str) -> str:
    """The module `first` and all that it imports, each once and after what it needs.

    Each becomes a block with names of its own, so that the sources stay modules. Imports and exports stand each on a
    line of its own, in the few forms that the page uses; what is exported never changes.

    Raises:
        ValueError: a line that cannot be joined, or modules that need each other.
    """
    modules: dict[str, _Module] = {}
    _add(folder, first, modules, ())
    return "\n".join(_block(name, module) for name, module in modules.items())


def _add(folder: Path, name: str, modules: dict[str, _Module], needed_by: tuple[str, ...]) -> None:
    if name in needed_by:
        raise ValueError(f"modules need each other: {' → '.join((*needed_by, name))}")
    if name in modules:
        return
    module = _Module()
    for line in (folder / f"{name}.js").read_text("utf-8").split("\n"):
        imported, exported = _IMPORT.fullmatch(line), _EXPORT.fullmatch(line)
        if imported:
            _add(folder, imported["module"], modules, (*needed_by, name))
            names = imported["names"].split(", ") if imported["names"] else []
            if not set(names) <= set(modules[imported["module"]].exported):
                raise ValueError(f"{name}.js: not exported there: {line}")
            wanted = imported["whole"] or f"{{ {imported['names']} }}"
            module.lines.append(f"const {wanted} = ${imported['module']};")
        elif exported:
            module.lines.append(exported["rest"])
            module.exported.append(exported["name"])
        elif _OTHER.match(line):
            raise ValueError(f"{name}.js: cannot be joined: {line}")
        else:
            module.lines.append(line)
    modules[name] = module


def _block(name: str, module: _Module) -> str:
    given = f"Object.assign(${name}, {{ {', '.join(module.exported)} }});"
    return "\n".join([f"// {name}.js", f"const ${name} = {{}};", "{", *module.lines, given, "}"])
