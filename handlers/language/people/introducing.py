"""Names of the team that mean something else: `em Mai báo cáo` is no tomorrow, `bạn Huy` withdraws nothing."""

from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort
from handlers.language.words.titles import SPOKEN_TO, VOCATIVE
from handlers.language.words.words import Words

OF_ONESELF = frozenset({"em", "chau", "toi", "minh", "con"})
_REPORTS = frozenset({"bao", "bc", "gui"})
_NAMES = frozenset({"mai", "dinh", "tinh", "hai", "nam", "sau", "bay"})  # told from other words by what follows alone


def introduced(words: Words, i: int) -> int:
    """Where the sender's own name ends after a word of OF_ONESELF (`em Mai báo cáo`, `em Định xin gửi`), or 0."""
    end = i + 1
    while end < i + 4 and words.is_name(end) and not _reports(words, end):
        end += 1
    if end == i + 1 and words.plain(end) in _NAMES and words.plain(i - 1) != "mai":
        end += 1
    return end if end > i + 1 and _reports(words, end) else 0


def _reports(words: Words, i: int) -> bool:
    """`báo cáo`, `bc`, `xin báo cáo`."""
    return words.plain(i + (words.plain(i) == "xin")) in _REPORTS


_POINTING = frozenset({"vua", "do", "nay", "tren", "truoc", "kia", "cuoi"})


def called_huy(words: Words, i: int, before: list[Item]) -> bool:
    """`bạn Huy nói xóm 3 được 8 máy`: somebody's name, not `hủy`."""
    if not words.words[i].bare:
        return False
    if words.plain(i + 1) == "cai" and words.plain(i + 2) in _POINTING:
        return False  # `huy cai vua roi di`
    if words.plain(i + 1) in ("oi", "duoc", "lam", "cai", "xong", "va", "voi"):
        return True
    reports = i + 1 + 2 * (words.plain(i + 1) == "bao") + (words.plain(i + 1) == "bc")
    if reports > i + 1 and words.plain(reports) == ":":
        return True  # `Huy báo cáo: xóm 4 được 5`
    return (i > 0 and words.is_name(i)) or (bool(before) and before[-1].sort is Sort.OTHERS)


def is_vocative(words: Words, item: Item) -> bool:
    """`báo cáo anh Nam, …`, `dạ chị Hà em được 3`: the person spoken to, not a home."""
    spoken = words.plain(item.first) in ("anh", "chi", "a", "c") and words.plain(item.last) in (
        "",
        ".",
        "\n",
        "!",
        "oi",
        "a",
    )
    if spoken and words.plain(item.first - 1) in ("nghen", "nha", "nhe", "nghe", "hen", "nhen", "oi", "a"):
        return True
    if words.plain(item.first - 1) not in VOCATIVE or words.plain(item.first) not in SPOKEN_TO:
        return False
    following = words.plain(item.last)
    return following in ("", ",", "em", "e", "a", "oi", "hom", "nay", "ah", ".", ":", "\n")
