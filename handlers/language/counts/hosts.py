"""What is said of a home and is no outcome that nobody understood: what its people gave, who they are."""

from handlers.language.counts.tally import Tally
from handlers.language.sentences.segments import Segment
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort

_GIVES = frozenset({"bieu", "tang", "dui", "dai", "pha", "moi", "khao", "ru"})
_GOOD = frozenset(  # `bác Nga tốt ghê`
    {"tot", "hien", "vui", "vui tinh", "de thuong", "nhiet tinh", "tot bung", "quy", "hieu khach", "tu te", "thuong em"}
)
_SMALL = frozenset(
    {
        "con",
        "lai",
        "em",
        "bon em",
        "tui em",
        "cho",
        "cho em",
        "tui minh",
        "han",
        "ca",
        "minh",
        "tui",
        "moi nguoi",
        "cung",
    }
)


def is_of_the_host(tally: Tally, segment: Segment, said: list[Item]) -> bool:
    """Whether all that is said of a home is hospitality, or of somebody counted before who they are."""
    kept = any(item.rule == "not_let_go" for item in said)
    praised = bool(said) and said[0].plain in _GOOD and all(i.sort in (Sort.FILL, Sort.UNKNOWN) for i in said)
    return kept or praised or _gives(said) or _says_more(said) or _who_they_are(tally, segment)


def _gives(said: list[Item]) -> bool:
    """`bà Nụ cho hẳn hai quả ổi`, `cô Thơm mời nước chè`: given to the sender, and none of our work."""
    rest = [item for item in said if item.plain not in _SMALL]
    gives = any(item.plain.split()[0] in ("cho", *_GIVES) for item in said[:2])
    if gives and any(item.sort is Sort.NEVER for item in rest[:2]):
        return True  # `bà chủ trọ cho tụi em 2 quả mít ăn không hết`
    if not rest or any(item.sort in (Sort.NOT, Sort.UNDONE, Sort.TOPIC) for item in rest):
        return False
    return rest[0].plain in _GIVES and len(rest) > 1


def _says_more(said: list[Item]) -> bool:
    """`cô Dậu nhắn còn máy thằng út nữa`: that there is more to do, which is told after it."""
    speaks = bool(said) and said[0].plain in ("nhan", "goi", "keu", "bao", "noi", "goi bao", "nhan la")
    return speaks and (len(said) == 1 or any(item.sort in (Sort.LEFT, Sort.ADDED) for item in said[1:]))


def _who_they_are(tally: Tally, segment: Segment) -> bool:
    """`nhà ông Bính 2 máy. Ông Bính là cựu chiến binh`: he was counted; `ông Bính là …` alone may be anything."""
    is_so = len(segment.homes) == 1 and any(i.plain == "la" and i.first == segment.homes[0].last for i in segment.items)
    if not is_so:
        return False
    name = segment.homes[0].plain.split()[-2:]
    return any(home.plain.split()[-2:] == name for c in tally.counts for home in c.homes)
