"""What only a first use costs is paid before anybody waits for it: tables of words, texts, a look at all objects."""

import ctypes
import gc
from contextlib import suppress
from datetime import UTC, date, datetime

from handlers import texts
from handlers.language import Kind, Reading, read
from handlers.language.together import meanings

_EXAMPLE = "dạ xóm 4 nhà bà Lan được 3 máy, vắng 1, hẹn 19h mai quay lại nhà bà Tư"


def settle() -> None:
    """Reads and says something once; then what lives by now is looked through no more.

    A collection of everything that is loaded takes 15 to 65 ms, in which nobody is answered.
    """
    _give_back()
    meanings(_EXAMPLE, datetime.now(UTC), rules=Reading(Kind.CHAT))  # both readers, and all that each may look at
    read(_EXAMPLE, datetime.now(UTC))
    texts.warm()
    texts.short_day(date(2023, 5, 20))
    gc.collect()
    gc.freeze()
    _give_back()


def _give_back() -> None:
    """What the start needed and nothing needs now goes back to the system: 3 MB, where the C library is glibc."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
