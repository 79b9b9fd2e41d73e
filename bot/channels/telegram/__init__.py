"""Telegram: its Bot API in the words of the house. Limits: https://core.telegram.org/bots/api, /bots/faq."""

import sys
from types import ModuleType


def _standing_in(name: str) -> ModuleType:
    """A module of this name in which each name is a mere type: enough to be imported, and for annotations."""
    module = ModuleType(name)
    module.__getattr__ = lambda _: object  # type: ignore[method-assign] # PEP 562
    return module


# What python-telegram-bot imports and nobody uses here is kept away from it, until it has been imported: httpx, since
# sends go over a transport of our own (6 MB, and 6 more of its command line); and all of cryptography, where that is
# there, for Telegram Passport alone (8 MB, unless pushes need it, too).
_UNUSED = {
    name: stands
    for name, stands in (("httpx", _standing_in("httpx")), ("cryptography", None))  # None: there is none
    if name not in sys.modules
}
sys.modules.update(_UNUSED)  # type: ignore[arg-type] # None is how Python marks what must not be imported
try:
    import telegram as telegram
finally:
    for _name in _UNUSED:
        del sys.modules[_name]
