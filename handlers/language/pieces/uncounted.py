"""Numbers that count nothing by the words beside them: ages, years, models, lanes, floors, versions (rule 21)."""

from handlers.language.people.relatives import TITLES
from handlers.language.people.residents import home_item
from handlers.language.words.items import Item, make
from handlers.language.words.lexicon import NEVER_BEFORE, UNITS, longest
from handlers.language.words.numbers import number_at
from handlers.language.words.sorts import Sort, Unit
from handlers.language.words.vocabulary import words_of
from handlers.language.words.words import Words

BEFORE_YEARS = frozenset({"nam", "sinh", "tu", "hoi"})
_NOT_MODELS = frozenset("vkhxmtezd")
_BRANDS = words_of("iphone ip samsung oppo xiaomi vivo redmi galaxy nokia realme huawei android ios sim")
_DEVICES = words_of("may tk chiec cai dt")


def bare_age(words: Words, i: int, before: list[Item]) -> Item | None:
    """`cụ 90 rồi`, `cụ ông 85`: the age of somebody just named."""
    if not (50 <= int(words.plain(i)[:4]) <= 110) or not before or longest(words, i + 1, UNITS) is not None:
        return None
    last = before[-1]
    if words.plain(i + 1) in ("tuoi", "t"):
        return None
    of_somebody = (last.sort is Sort.HOME and not last.number) or last.plain in TITLES
    return make(words, Sort.NEVER, i, i + 1) if of_somebody else None


def year_at(words: Words, i: int, before: list[Item]) -> Item | None:
    """`năm 1972`, `sinh 1949`, `2016`: no count (rule 21)."""
    plain = words.plain(i)
    if plain in BEFORE_YEARS and _is_year(words.plain(i + 1)):
        return make(words, Sort.SINCE if plain in ("tu", "hoi") else Sort.NEVER, i, i + 2)
    if plain == "sinh" and words.plain(i + 1) == "nam" and words.plain(i + 2).isdigit():
        return make(words, Sort.NEVER, i, i + 3)
    if _is_year(plain) and longest(words, i + 1, UNITS) is None:
        return make(words, Sort.NEVER, i, i + 1)
    return None


def model_at(words: Words, i: int, before: list[Item]) -> Item | None:
    """`A52`, `A3s`, `Y12`: no count either."""
    if not (words.plain(i).isalpha() and words.plain(i + 1).isdigit() and words.words[i + 1].glued):
        return None
    if words.plain(i) in _NOT_MODELS and words.plain(i - 1) not in _BRANDS:
        return None
    end = i + 2
    while (
        end < len(words.words) and words.words[end].glued and words.plain(end).isalpha() and len(words.plain(end)) < 5
    ):
        end += 1
    return make(words, Sort.NEVER, i, end)


def _is_year(plain: str) -> bool:
    return len(plain) == 4 and plain.isdigit() and 1900 <= int(plain) <= 2035


def _never_spelled(words: Words, i: int, end: int) -> Item | None:
    """Dictated `tầng hai`, `ngõ mười hai`; `ngõ ba máy` counts three."""
    spelled = number_at(words, end) if words.accented else None
    if spelled is None or words.words[i].bare or longest(words, spelled[1], UNITS) is not None:
        return None
    return make(words, Sort.NEVER, i, spelled[1])


def _counts_phones(words: Words, i: int, end: int) -> bool:
    """`nhà o Phong 2 máy`: who marks words means no room (`phòng`)."""
    unit = longest(words, end, UNITS)
    return (
        words.accented
        and words.words[i].marked == "phong"
        and unit is not None
        and unit[1].unit in (Unit.PHONE, Unit.PERSON)
    )


def never_at(words: Words, i: int, before: list[Item]) -> Item | None:
    """A word after which a number never counts, with that number: `ngõ 5`, `mức 2`, `iPhone 7`, `VNeID 2.1`."""
    found = longest(words, i, NEVER_BEFORE)
    if found is None or (words.words[i].plain == "ca" and not words.words[i].bare):
        return None
    if words.plain(i) == "trang" and (words.plain(i - 1) == "ban" or (words.accented and words.is_name(i))):
        return None  # `bạn Trang 1 máy`: no page
    end = found[0] + (words.plain(found[0]) in ("so", "thu"))
    if words.plain(end) in (":", "=") and words.plain(i) in ("otp", "ma"):
        end += 1
    end += words.plain(i) in _BRANDS and _is_model(words, end)  # `samsung j2`, whose `j` elsewhere is `gì`
    if not words.plain(end).isdigit():
        return _never_spelled(words, i, end)
    if _counts_phones(words, i, end + 1):
        return None
    end += 1
    if words.plain(i) == "nha":
        return home_item(words, i, end)  # `nhà thứ 2 đi vắng`
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


def _is_model(words: Words, i: int) -> bool:
    """A letter or two with a number bound to them."""
    bound = i + 1 < len(words.words) and words.words[i + 1].glued and words.plain(i + 1).isdigit()
    word = words.words[i] if bound else None
    return word is not None and words.plain(i).isalpha() and word.end - word.start <= 2


def power_at(words: Words, i: int, before: list[Item]) -> Item | None:
    """`1e3`, as calculators write a thousand: no count."""
    if i + 2 >= len(words.words) or not words.plain(i + 2).isdigit():
        return None
    sign, exponent = words.words[i + 1], words.words[i + 2]
    bound = sign.glued and exponent.glued and words.folded.plain[sign.start : sign.end] == "e"
    return make(words, Sort.MANY, i, i + 3, n=int(words.plain(i)[:4]), rule="power_of_ten") if bound else None
