"""What can be drawn: each kind of work with the function that does it, imported where it is first asked for.

A function takes the work as JSON has it, and returns bytes; what it raises is known by its kind and place alone.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

Draw = Callable[[Mapping[str, Any]], bytes]

KINDS: Mapping[str, str] = {
    "chart": "bot.drawing.charts:png",  # a Vega-Lite specification → a PNG
}


def drawing(kind: str, kinds: Mapping[str, str] = KINDS) -> Draw:
    """The function of this kind.

    Raises:
        KeyError: there is no such kind.
    """
    module, _, name = kinds[kind].partition(":")
    found: Draw = getattr(import_module(module), name)
    return found
