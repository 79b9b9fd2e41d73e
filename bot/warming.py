"""What only a first use costs is paid before anybody waits for it: tables of words, texts, a look at all objects."""

import ctypes
import gc
from contextlib import suppress
from datetime import UTC, date, datetime

from bot import lean
from handlers import texts
from handlers.clerk.second import weighing
from handlers.figures import in_words
from handlers.language import Kind, Reading, read
from handlers.language.together import meanings

_EXAMPLE = "dạ xóm 4 nhà bà Lan được 3 máy, vắng 1, hẹn 19h mai quay lại nhà bà Tư"

_HEAPS_MOST, _BY_ITSELF = -8, -3  # M_ARENA_MAX and M_MMAP_THRESHOLD of <malloc.h>
_LARGE = 128 * 1024  # bytes
_QUESTION = "hôm nay cả xã được bao nhieu máy?"


def save() -> None:
    """All threads share one heap, where the C library is glibc: each of the database's would hold 1 MB of its own.

    What is large stays out of it, and goes back to the system as soon as it is done with: else glibc takes ever more of
    it in, and an answer of 1 MB that was thrown away leaves a hole. To be called before there are any threads.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_HEAPS_MOST, 1)
        ctypes.CDLL(None).mallopt(_BY_ITSELF, _LARGE)


def settle() -> None:
    """Reads and says something once; then what lives by now is looked through no more.

    A collection of everything that is loaded takes 15 to 65 ms, in which nobody is answered.
    """
    texts.warm()
    lean.give_back()  # before anything else is made: what compiling takes and leaves is 5 MB
    meanings(_EXAMPLE, datetime.now(UTC), rules=Reading(Kind.CHAT))  # both readers, and all that each may look at
    read(_EXAMPLE, datetime.now(UTC))
    weighing.fitted()  # the second clerk's weights: 25 ms for whoever writes first
    in_words.read(_QUESTION, in_words.Names(), date(2023, 5, 20))
    texts.short_day(date(2023, 5, 20))
    gc.unfreeze()  # what lean.load() has frozen
    gc.collect()
    gc.freeze()
    lean.give_back()
