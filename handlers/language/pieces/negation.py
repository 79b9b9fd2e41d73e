"""What did not happen: `chưa được máy nào`, `không ai từ chối`, `không vắng nhà nào`, `chưa xong` (rule 11)."""

from handlers.language.reading import Outcome
from handlers.language.spelling import slips
from handlers.language.words.items import Item
from handlers.language.words.lexicon import UNITS, Meaning, known_at, longest
from handlers.language.words.sorts import Sort
from handlers.language.words.vocabulary import words_of
from handlers.language.words.words import Words

NOT = frozenset({"khong", "chua"})
_ANY = frozenset({"nao", "ai", "gi"})
_DOING = words_of("""duoc co lam cai dat kich hoat xong them ra thay hoan thanh ok kiem bao""")
_VERBS = frozenset({"cai", "lam", "kich", "tai", "vao"})
_AFTER = frozenset({"ca", "het"})


def negated_at(words: Words, i: int) -> Item | None:
    """The negation that starts at word `i`, unless it is itself an outcome (`không ai ở nhà`, `chưa về`)."""
    if words.plain(i) not in NOT:
        return None
    if (none := _none_left(words, i)) is not None:
        return none
    known = known_at(words, i)
    phrase = known is not None and known[0] > i + 1 and known[1].sort is not Sort.UNIT
    if phrase and known is not None and (_is_all(words, known) or _goes_on(words, known[0])):
        return None
    slips.correct(words, i + 1)  # `không vnắg nhà nào`
    return _no_such(words, i) or _nothing(words, i) or _undone(words, i) or _make(words, Sort.NOT, i, i + 1)


def _goes_on(words: Words, end: int) -> bool:
    """Whether nobody and nothing is told after a phrase, so that it means what it says."""
    return _anybody(words, end) is None and words.plain(end) != "nao"


def _is_all(words: Words, known: tuple[int, Meaning]) -> bool:
    """`không có điện thoại thông minh gì cả`: an outcome, and none at all."""
    lacks = known[1].outcome in (Outcome.NO_PHONE, Outcome.NO_CARD)
    return lacks and words.plain(known[0]) == "gi" and words.plain(known[0] + 1) in (*_AFTER, "")


def _none_left(words: Words, i: int) -> Item | None:
    """`không còn máy lỗi`, `không còn ai vắng`: what was, is no more; `không còn ai`, alone, is nobody in."""
    if words.plain(i) != "khong" or words.plain(i + 1) not in ("con", "co") or words.plain(i + 2) not in _SUBJECTS:
        return None
    j = i + 3
    while words.plain(j) in ("nao", "bi"):
        j += 1
    known = known_at(words, j)
    between = words.folded.plain[words.words[j - 1].end : words.words[j].start] if j < len(words.words) else ","
    if known is None or between.strip() or known[1].outcome in (None, Outcome.ACTIVATED):
        return None
    item = _make(words, Sort.NO_SUCH, i, known[0])
    item.denied = known[1].outcome
    return item


_SUBJECTS = frozenset({"may", "dt", "tk", "ai", "nguoi", "nha", "ho"})


def _no_such(words: Words, i: int) -> Item | None:
    """An outcome that happened to nobody: `không ai từ chối`, `không nhà nào vắng`, `ko vang nha nao`, `không vắng`."""
    j = i + 1
    while words.plain(j) in ("co", "con", "bi", "thay"):
        j += 1
    if j > i + 1 and words.plain(j) in ("ho", "nha", "nguoi", "ai") and words.plain(j + 1) not in ("nao", "ai"):
        j += 1  # `không có hộ vắng`
    if (subject := _anybody(words, j)) is not None:
        j = subject
        while words.plain(j) in ("bi", "deu", "dung", "o"):
            j += 1
    known = known_at(words, j)
    if (
        known is None
        or known[1].outcome in (None, Outcome.ACTIVATED)
        or (words.plain(j) == "v" and words.plain(j + 1) in ("a", ""))
    ):
        return None
    end = known[0]
    following = end + 1 if words.plain(end) in ("nao", "ai") else _anybody(words, end)
    item = _make(words, Sort.NO_SUCH, i, following or end)
    item.denied = known[1].outcome
    return item


def _anybody(words: Words, j: int) -> int | None:
    """`ai`, `nhà nào`, `máy nào (cả)`: where it ends."""
    unit = longest(words, j, UNITS)
    k = unit[0] if unit is not None else j
    if words.plain(k) not in _ANY or (unit is None and words.plain(k) == "nao"):
        return None
    k += 1
    while words.plain(k) in _AFTER:
        k += 1
    return k


def _nothing(words: Words, i: int) -> Item | None:
    """No phone at all: `không được máy nào`, `chưa có ai`, `không nhà nào được`."""
    j = i + 1
    while words.plain(j) in _DOING and j - i < 6:
        j += 1
    end = _anybody(words, j)
    if end is None:
        return None
    after = known_at(words, end)
    if after is not None and after[1].outcome is Outcome.ACTIVATED:
        return _make(words, Sort.NOTHING, i, after[0])
    counted = longest(words, j, UNITS) is not None
    if j == i + 1 and not counted:
        return None  # `không ai …`: the verb after it is unknown
    return _make(words, Sort.NOTHING, i, end)


def _undone(words: Words, i: int) -> Item | None:
    """`chưa xong`, `không được`: something is not done, which counts nothing."""
    j = i + 1
    if words.plain(j) == "co" and words.plain(j + 1) in _VERBS:
        j += 1  # `hổng có cài được`
    while words.plain(j) in _DOING - {"co"} and j - i < 6:
        j += 1
    return _make(words, Sort.UNDONE, i, j) if j > i + 1 else None


def _make(words: Words, sort: Sort, i: int, end: int) -> Item:
    start, stop = words.words[i].start, words.words[end - 1].end
    return Item(sort, i, end, start, stop, words.folded.plain[start:stop])
