"""From words to items: at each word the first of a few recognisers that knows it takes as many words as it can."""

import re

from handlers.language import slips
from handlers.language.afterthoughts import settled
from handlers.language.amounts import amount_at, couple_at
from handlers.language.behalf import behalf_at
from handlers.language.days import when_at
from handlers.language.hamlets import hamlet_at
from handlers.language.introducing import OF_ONESELF, called_huy, introduced
from handlers.language.items import Item, make
from handlers.language.lexicon import KNOWN, NEVER_BEFORE, UNITS, Meaning, longest
from handlers.language.masking import MARK
from handlers.language.negation import negated_at
from handlers.language.numbers import number_at
from handlers.language.pictures import picture_at
from handlers.language.reading import Outcome
from handlers.language.relatives import PRONOUN_WORDS, TITLES, pronoun_end, same_person, title_alone
from handlers.language.residents import home_at, home_item, is_vocative
from handlers.language.shorthand import known_item, short_at
from handlers.language.sorts import Sort
from handlers.language.vocabulary import words_of
from handlers.language.words import Words

_LIST = re.compile(r"(?:^|\n) *1 *[.)/-] *[^\d\s].*\n *2 *[.)/-]", re.DOTALL)
_ONLY_BEFORE_NUMBERS = words_of("""do co tam gan hon tren duoi non chac dau gia uoc khong chung khoang ngot""")
_BRANDS = words_of("iphone ip samsung oppo xiaomi vivo redmi galaxy nokia realme huawei android ios sim")
_DEVICES = words_of("may tk chiec cai dt")
_NOT_SWALLOWED = frozenset({Sort.BEHALF, Sort.ADDED, Sort.FIX, Sort.PARTLY, Sort.UNDO})
_PRIVATE_NAMES = words_of("""so cccd cmnd cmt cm can cuoc cong dan dinh danh sdt dt dien thoai la""")


def spot(words: Words) -> list[Item]:
    """The items of a message, in order, covering every word."""
    items: list[Item] = []
    listed = bool(_LIST.search(words.folded.plain))
    i = 0
    while i < len(words.words):
        item = _item_at(words, i, items, listed)
        items.append(item)
        i = item.last
    return settled(items)


def _item_at(words: Words, i: int, before: list[Item], listed: bool) -> Item:
    """The item that starts at word `i`."""
    plain = words.plain(i)
    if not plain[0].isalnum():
        return picture_at(words, i, before) or _sign(words, i)
    if item := _private(words, i) or _named(words, i, before):
        return item
    slips.correct_within(words, i)
    if item := _list_number(words, i, listed) if plain.isdigit() else short_at(words, i, before):
        return item
    if item := negated_at(words, i) or behalf_at(words, i, before):
        return item
    known = longest(words, i, KNOWN)
    if item := _phrase(words, i, known, before) or _sense(words, i, before):
        return item
    if known is not None:
        return make(words, Sort.FILL, i, i + 1) if _wants_number(words, i, known) else known_item(words, i, known)
    if slips.correct(words, i):
        return _item_at(words, i, before, listed)
    return make(words, Sort.UNKNOWN, i, i + 1)


def _named(words: Words, i: int, before: list[Item]) -> Item | None:
    """Names of the team: the sender's own, and Huy."""
    if words.plain(i) in OF_ONESELF and (end := introduced(words, i)):
        return make(words, Sort.FILL, i, end)
    if words.plain(i) == "huy" and called_huy(words, i, before):
        return make(words, Sort.UNKNOWN, i, i + 1)
    return None


def _phrase(words: Words, i: int, known: tuple[int, Meaning] | None, before: list[Item]) -> Item | None:
    """A known phrase of several words, or one that the words beside it cut."""
    if known is None:
        return None
    end, meaning = known
    if meaning.outcome is Outcome.ABSENT and (shorter := _before_address(words, i, end)):
        return make(words, Sort.OUTCOME, i, shorter, outcome=Outcome.ABSENT)
    if meaning.outcome is Outcome.ABSENT and _not_away(words, i, end, before):
        return make(words, Sort.FILL, i, end)
    if meaning.sort is Sort.FILL and (lane := _lane(words, end)):
        return make(words, Sort.NEVER, i, lane)
    if end == i + 1 or meaning.sort is Sort.UNIT or _cut_by_name(words, i, known):
        return None
    return make(words, Sort.FILL, i, end - 1) if _cut_short(words, known) else known_item(words, i, known)


def _sense(words: Words, i: int, before: list[Item]) -> Item | None:
    """What is no phrase: a time, a hamlet, a home or person, a number."""
    if found := when_at(words, i):
        return make(words, Sort.WHEN, i, found[1], when=found[0])
    if item := hamlet_at(words, i):
        return item
    if item := _home(words, i):
        return _same_home(words, i, item, before) or item
    if item := _somebody(words, i, before):
        return item
    if words.plain(i).isdigit() and _bare_age(words, i, before):
        return make(words, Sort.NEVER, i, i + 1)
    return _year_or_model(words, i) or _never(words, i) or amount_at(words, i, before) or couple_at(words, i)


def _same_home(words: Words, i: int, item: Item, before: list[Item]) -> Item | None:
    """`đến nhà anh Hưng, cả nhà đi vắng`."""
    if item.plain not in ("nha", "gia dinh") or words.plain(i - 1) != "ca":
        return None
    if any(b.sort is Sort.HOME or b.outcome is Outcome.ABSENT for b in before):
        return make(words, Sort.FILL, i, item.last, rule="same_home")
    return None


def _sign(words: Words, i: int) -> Item:
    plain, following = words.plain(i), words.plain(i + 1)
    if plain[0] == MARK[0]:
        return make(words, Sort.NEVER, i, i + 1)
    if plain in ":=":
        return make(words, Sort.COLON, i, i + 1)
    if plain in "~≈>" and following.isdigit():
        return make(words, Sort.VAGUE, i, i + 1)
    bound = plain == "-" and following.isdigit() and words.words[i].glued and words.words[i + 1].glued
    if bound and words.plain(i - 1).isalpha():
        return make(words, Sort.COLON, i, i + 1)  # `kh-3 v-1`
    if plain == "¤":
        return make(words, Sort.MANY, i, i + 1, n=1)  # `3½`: nobody knows
    if plain == "→" and words.plain(i - 1).isdigit() and following.isdigit():
        return make(words, Sort.BUT_THIS, i, i + 1)
    if plain == "+" and following.isdigit() and not words.plain(i - 1).isdigit():
        return make(words, Sort.FILL, i, i + 1)
    if plain in "\"'“”‘’*_`":
        return make(words, Sort.FILL, i, i + 1)
    return make(words, Sort.BREAK, i, i + 1)


def _private(words: Words, i: int) -> Item | None:
    """What a masked number is, with it: `cccd ▒▒▒`, `số điện thoại: ▒▒▒`. The number alone is no work and no doubt."""
    end = i
    while words.plain(end) in _PRIVATE_NAMES:
        end += 1
    if end == i:
        return None
    end += words.plain(end) in (":", "=")
    return make(words, Sort.NEVER, i, end + 1) if words.plain(end)[:1] == MARK[0] else None


def _list_number(words: Words, i: int, listed: bool) -> Item | None:
    starts = words.plain(i - 1) in ("", "\n")
    following = words.plain(i + 1)
    if starts and (following == ")" or (listed and following in (".", "/", "-"))):
        return make(words, Sort.NEVER, i, i + 2)
    return None


def _cut_by_name(words: Words, i: int, known: tuple[int, Meaning]) -> bool:
    """A phrase of two does not run into a hamlet or a home: `nhà bà …` beats `… nhà`."""
    return known[1].sort in (Sort.FILL, Sort.REPORT) and (hamlet_at(words, i) is not None)


def _cut_short(words: Words, known: tuple[int, Meaning]) -> bool:
    """Nor does a filling phrase take the first word of one that means something: `em báo thiếu 1 máy`."""
    if known[1].sort is not Sort.FILL:
        return False
    other = longest(words, known[0] - 1, KNOWN)
    return other is not None and other[0] > known[0] and other[1].sort in _NOT_SWALLOWED


def _home(words: Words, i: int) -> Item | None:
    item = home_at(words, i)
    if item is None or (not item.kin and not item.number and is_vocative(words, item)):
        return None if item is None else make(words, Sort.FILL, item.first, item.last)
    if item.number and words.plain(item.last) == ",":
        end = item.last
        while words.plain(end) == "," and words.plain(end + 1).isdigit():
            end += 2
        if end > item.last + 2 and words.plain(end - 2) == "," and longest(words, end, UNITS) is None:
            return make(words, Sort.MANY, item.first, end, n=1)  # `nhà số 2, 4, 6 vắng`
    return item


def _before_address(words: Words, i: int, end: int) -> int:
    """`không có ai ở nhà số 47`: the phrase stops where a home begins; 0 where none does."""
    if words.plain(end - 1) != "nha" or not (words.plain(end) == "so" or words.plain(end).isdigit()):
        return 0
    return end - 1 - (words.plain(end - 2) == "o")


_SELF = frozenset({"em", "minh", "toi", "cho em", "to", "tui", "em bao cao"})


def _not_away(words: Words, i: int, end: int, before: list[Item]) -> bool:
    """`con gái chị đi học về rồi` is back, `em đi ngủ đây` is the sender."""
    if words.plain(i) not in ("di", "ngu", "ve", "len", "ra"):
        return False
    back = words.plain(end) == "ve" and words.plain(end - 1) not in ("chua", "khong", "thay")
    return back or (bool(before) and before[-1].plain in _SELF)


def _lane(words: Words, end: int) -> int:
    """Where the number of a lane ends after a phrase that closes with `ngõ`: `cuối ngõ 7/21`."""
    if words.plain(end - 1) not in ("ngo", "ngach", "hem", "kiet") or not words.plain(end).isdigit():
        return 0
    end += 1
    while words.plain(end) == "/" and words.plain(end + 1).isdigit():
        end += 2
    return end


_LEADS = frozenset({"thi", "cung", "van", "da", "lai", "moi", "cu", "bi", "deu", "chi", "co", "nha", "vui", "dang"})


def _somebody(words: Words, i: int, before: list[Item]) -> Item | None:
    """A title or pronoun by itself: of somebody named before it changes nothing, else it is another of that home."""
    end = pronoun_end(words, i)
    if end == i and not (words.plain(i) in TITLES and words.accented and title_alone(words, i)):
        return None
    end = max(end, i + 1)
    if number_at(words, end) is not None and not words.plain(end).isdigit():
        return None  # `bác bốn vắng`: a name, or four
    homes = [item for item in before if item.sort is Sort.HOME]
    title = {"ba": "ba", "anh": "anh", "co": "co"}.get(words.plain(i), words.plain(i))
    if not homes or (before and before[-1].sort is Sort.NUMBER) or same_person(homes, title) or title == "ho":
        return make(words, Sort.FILL, i, end) if homes or end > i + 1 or words.plain(i) in PRONOUN_WORDS else None
    k = end
    while words.plain(k) in _LEADS:
        k += 1
    known = longest(words, k, KNOWN)
    told = known is not None and known[1].sort is Sort.OUTCOME
    if told and end - i <= 2:
        return home_item(words, i, end)
    return make(words, Sort.FILL, i, end)


def _wants_number(words: Words, i: int, known: tuple[int, Meaning]) -> bool:
    """`độ`, `cỡ`, `tầm`, `gần` are vague only right before a number; elsewhere they are other words."""
    if known[1].sort is not Sort.VAGUE or words.plain(i) not in _ONLY_BEFORE_NUMBERS or known[0] > i + 1:
        return False
    return number_at(words, i + 1) is None and words.plain(i + 1) not in ("chuc", "may", "vai", "tam", "khoang", "do")


def _bare_age(words: Words, i: int, before: list[Item]) -> bool:
    """`cụ 90 rồi`, `cụ ông 85`: the age of somebody just named."""
    if not (50 <= int(words.plain(i)[:4]) <= 110) or not before or longest(words, i + 1, UNITS) is not None:
        return False
    last = before[-1]
    if words.plain(i + 1) in ("tuoi", "t"):
        return False
    return (last.sort is Sort.HOME and not last.number) or last.plain in TITLES


_NOT_MODELS = frozenset("vkhxmtezd")


def _year_or_model(words: Words, i: int) -> Item | None:
    """`năm 1972`, `sinh 1949`, `2016`; `A52`, `A3s`, `Y12`: neither counts (rule 21)."""
    plain = words.plain(i)
    if plain in ("nam", "sinh", "tu", "hoi") and _is_year(words.plain(i + 1)):
        return make(words, Sort.SINCE if plain in ("tu", "hoi") else Sort.NEVER, i, i + 2)
    if plain == "sinh" and words.plain(i + 1) == "nam" and words.plain(i + 2).isdigit():
        return make(words, Sort.NEVER, i, i + 3)
    if _is_year(plain) and longest(words, i + 1, UNITS) is None:
        return make(words, Sort.NEVER, i, i + 1)
    model = len(plain) == 1 and plain.isalpha() and words.plain(i + 1).isdigit() and words.words[i + 1].glued
    if model and (plain not in _NOT_MODELS or words.plain(i - 1) in _BRANDS):
        end = i + 2
        while (
            end < len(words.words)
            and words.words[end].glued
            and words.plain(end).isalpha()
            and len(words.plain(end)) < 5
        ):
            end += 1
        return make(words, Sort.NEVER, i, end)
    return None


def _is_year(plain: str) -> bool:
    return len(plain) == 4 and plain.isdigit() and 1900 <= int(plain) <= 2035


def _never(words: Words, i: int) -> Item | None:
    """A word after which a number never counts, with that number: `ngõ 5`, `mức 2`, `iPhone 7`, `VNeID 2.1`."""
    found = longest(words, i, NEVER_BEFORE)
    if found is None or (words.words[i].plain == "ca" and not words.words[i].bare):
        return None
    end = found[0] + (words.plain(found[0]) in ("so", "thu"))
    if words.plain(end) in (":", "=") and words.plain(i) in ("otp", "ma"):
        end += 1
    if not words.plain(end).isdigit():
        return None
    end += 1
    while end < len(words.words) and words.plain(end) in ("pro", "max", "plus", "se", "mini", "lite", "prime", "ultra"):
        end += 1
    while (
        words.plain(end) in (".", "/")
        and words.plain(end + 1).isdigit()
        and words.words[end].glued
        and words.words[end + 1].glued
    ):
        end += 2
    if (
        end < len(words.words)
        and words.words[end].glued
        and words.plain(end) in ("a", "b", "c", "d", "e", "f", "i", "s", "t", "pro", "plus", "promax", "prm", "x")
    ):
        end += 1
    if words.plain(i) in _BRANDS and words.plain(end) in _DEVICES and words.plain(i - 1) in _DEVICES:
        return make(words, Sort.FILL, i, found[0])  # `2 máy ios 1 máy android`
    if words.plain(i) in _BRANDS and words.plain(end) in _DEVICES:
        return make(words, Sort.MANY, i, end)  # `samsung 2 máy`: a model, or two of them
    return make(words, Sort.NEVER, i, end)
