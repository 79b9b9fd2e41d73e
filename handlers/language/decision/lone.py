"""A word of work and nothing beside it: `xong`, `rồi ạ`. Of whom, and how many?"""

from handlers.language.sentences.clauses import Clause
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort

_BARE_DONE = ("xong", "ok", "oki", "oke", "okie", "okay", "hoan thanh", "hoan tat", "thanh cong")
_HARMLESS = frozenset(
    {
        Sort.FILL,
        Sort.OUTCOME,
        Sort.ALL,
        Sort.HAMLET,
        Sort.WHEN,
        Sort.TOTAL,
        Sort.REPORT,
        Sort.ADDED,
        Sort.UNIT,
        Sort.NEVER,
        Sort.COLON,
    }
)
_CALLING = frozenset(
    {
        "anh",
        "chi",
        "chu",
        "sep",
        "thay",
        "em",
        "bac",
        "ad",
        "ban",
        "bot",
        "mn",
        "moi nguoi",
        "anh em",
        "thu truong",
        "chi huy",
    }
)


def is_only_done(item: Item, clause: Clause, clauses: list[Clause]) -> bool:
    """`xong`, `cài xong hết rồi`; not `ok anh`, which only agrees."""
    words = item.plain.split()
    done = any(word in words or item.plain == word for word in _BARE_DONE) or any(
        i.plain in ("roi", "r") for i in clause.items
    )
    if not done or not all(i.sort in _HARMLESS for i in clause.items):
        return False
    return not item.plain.startswith(("ok", "duoc", "lam")) or not any(
        c.has(Sort.UNKNOWN) or any(i.plain in _CALLING for i in c.items) for c in clauses
    )


def is_only_already(clauses: list[Clause]) -> bool:
    """`rồi ạ` and nothing else."""
    items = [item for clause in clauses for item in clause.items]
    said = [item.plain for item in items if item.sort is Sort.FILL]
    return (
        len(said) == len(items)
        and "roi" in said
        and all(word in ("roi", "a", "da", "nhe", "em", "nha", "duoc roi") for word in said)
    )
