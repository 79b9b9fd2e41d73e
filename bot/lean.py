"""Libraries, without what nobody here uses of them: a bot runs for weeks, beside others, on a small machine.

What python-telegram-bot and others say to programmers takes more memory than all that a night has to say.
"""

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from opcode import hasconst
from types import FunctionType, ModuleType

_LARGE = ("aiohttp.web", "apscheduler.triggers.cron", "bot.channels.telegram", "prometheus_client", "pydantic")
# Of rapidfuzz one distance is asked for: the libraries behind its other doors take 1.5 MB.
_RAPIDFUZZ = ("rapidfuzz.fuzz", "rapidfuzz.process", "rapidfuzz.utils")


@contextmanager
def kept_away(*names: str, absent: tuple[str, ...] = ()) -> Iterator[None]:
    """Modules that others import but nobody here uses are not loaded, unless they are there already.

    In their place stand modules in which each name is a mere type: enough to be imported, and for annotations. Those
    that are `absent` cannot be imported at all, as if they were not installed.
    """
    stands = {name: _standing_in(name) for name in names if name not in sys.modules}
    missing = [name for name in absent if name not in sys.modules]
    sys.modules.update(stands)
    sys.modules.update(dict.fromkeys(missing))  # type: ignore[arg-type] # how Python marks what must not be imported
    try:
        yield
    finally:
        for name in (*stands, *missing):
            del sys.modules[name]


def _standing_in(name: str) -> ModuleType:
    module = ModuleType(name)
    module.__getattr__ = lambda _: object  # type: ignore[method-assign] # PEP 562
    return module


def load() -> None:
    """Loads the large libraries first, so that what they leave behind is filled by what is loaded after them."""
    with kept_away(*_RAPIDFUZZ):
        import_module("rapidfuzz.distance")
    for name in _LARGE:
        import_module(name)
    let_go_of_notes()
    gc.freeze()  # until all is loaded, what is there is looked through no more: that pays for the time this takes


def let_go_of_notes() -> None:
    """What stands in the code for programmers is dropped: 4 MB of text and 2 MB of types, which no line here reads.

    Types of classes stay, since classes are made of them: also those of libraries, when others are derived from them.
    Only while there is one thread: whoever holds all objects holds those that another thread is just making, and a
    tuple of which not all is there yet then ends in a `SystemError`.
    """
    for one in gc.get_objects():
        if type(one) is FunctionType:
            del one.__annotations__
            if one.__doc__ is not None:
                _drop(one)
        elif type(one) is property or (isinstance(one, type) and isinstance(one.__dict__.get("__doc__"), str)):
            try:
                one.__doc__ = None
            except (AttributeError, TypeError):  # a type that is written in C
                continue


def give_back() -> None:
    """What was needed for a while and nothing needs now goes back to the system: MBs, where the C library is glibc."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _drop(function: FunctionType) -> None:
    """The docstring of a function is the first constant of its code, too; there it may be used as any other."""
    function.__doc__ = None
    code = function.__code__
    if not code.co_consts or not isinstance(code.co_consts[0], str):
        return
    steps = code.co_code
    if not any(steps[n] in hasconst and steps[n + 1] == 0 for n in range(0, len(steps), 2)):
        function.__code__ = code.replace(co_consts=(None, *code.co_consts[1:]))
