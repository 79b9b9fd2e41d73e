"""From words to items: at each word the first of a few recognisers that knows it takes as many words as it can."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from handlers.language.people.behalf import behalf_at, numbered_end
from handlers.language.people.introducing import OF_ONESELF, called_huy, introduced, is_vocative
from handlers.language.people.persons import full_name, home_of, person_at
from handlers.language.people.relatives import PRONOUN_WORDS, TITLES, pronoun_end, same_person, title_alone
from handlers.language.people.residents import HOME_STARTS, by_name, home_at, home_item
from handlers.language.people.spouses import SPOUSE_STARTS, friend_at, spouse_at
from handlers.language.pieces.afterthoughts import settled
from handlers.language.pieces.amounts import COUPLE_STARTS, PAIR_STARTS, amount_at, couple_at, pair_at
from handlers.language.pieces.going_on import DOOR_STARTS, door_at, refused_end, without_particle
from handlers.language.pieces.negation import NOT, negated_at
from handlers.language.pieces.pictures import picture_at
from handlers.language.pieces.shorthand import SHORT_STARTS, known_item, short_at
from handlers.language.pieces.uncounted import BEFORE_YEARS, bare_age, model_at, never_at, power_at, year_at
from handlers.language.reading import Outcome
from handlers.language.signs.masking import MARK
from handlers.language.spelling import slips
from handlers.language.spelling.listing import listed_end
from handlers.language.where_and_when.days import WHEN_STARTS, when_at
from handlers.language.where_and_when.hamlets import HAMLET_STARTS, hamlet_at, same_hamlet_at
from handlers.language.words.items import Item, make
from handlers.language.words.lexicon import KNOWN, NEVER_BEFORE, PRONOUNS, UNITS, Meaning, known_at, leads_to, longest
from handlers.language.words.numbers import NUMBER_STARTS, number_at
from handlers.language.words.sorts import Sort, Unit
from handlers.language.words.titles import FORMS
from handlers.language.words.vocabulary import words_of
from handlers.language.words.words import Words

_FIRST_OF_LIST = re.compile(r"(?:^|\n) *1 *[.)/-] *[^\d\s]")
_SECOND_OF_LIST = re.compile(r"\n *2 *[.)/-]")
_ONLY_BEFORE_NUMBERS = words_of("""do co tam gan hon tren duoi non chac dau gia uoc khong chung khoang ngot""")
_NOT_SWALLOWED = frozenset({Sort.BEHALF, Sort.ADDED, Sort.FIX, Sort.PARTLY, Sort.UNDO})
_PRIVATE_NAMES = words_of("""so cccd cmnd cmt cm can cuoc cong dan dinh danh sdt dt dien thoai la""")


def spot(words: Words) -> list[Item]:
    """The items of a message, in order, covering every word."""
    return settled(one_by_one(words))


def one_by_one(words: Words) -> list[Item]:
    """The items as they are by themselves and after those before them."""
    items: list[Item] = []
    i = 0
    while i < len(words.words):
        item = _item_at(words, i, items)
        items.append(item)
        i = item.last
    return items


def _item_at(words: Words, i: int, before: list[Item]) -> Item:
    """The item that starts at word `i`."""
    plain = words.plain(i)
    if plain == "nha" and (end := listed_end(words.words, i)) > i:
        return replace(home_of(words, i, end), rule="listed_by_name")
    if not plain[0].isalnum():
        return picture_at(words, i, before) or _below_nothing(words, i, before) or _sign(words, i)
    for recogniser in _that_may_know(plain, name=words.is_name(i), short=words.words[i].short):
        if item := recogniser(words, i, before):
            return item
    if (known := known_at(words, i)) is not None:
        return make(words, Sort.FILL, i, i + 1) if _wants_number(words, i, known) else known_item(words, i, known)
    if slips.correct(words, i):
        return _item_at(words, i, before)
    return make(words, Sort.UNKNOWN, i, i + 1)


def _repaired(words: Words, i: int, before: list[Item]) -> None:
    """No item, but a slip in what follows is mended."""
    slips.correct_within(words, i)


_TOGETHER = frozenset({"voi", "cung", "cung voi", "va"})


def _named(words: Words, i: int, before: list[Item]) -> Item | None:
    """Names that other words hide: the sender's own, Huy, and `cả Thắng`, which is no month."""
    if words.plain(i) in OF_ONESELF and (end := introduced(words, i)):
        return make(words, Sort.FILL, i, end)
    if words.plain(i) == "hoc" and before and before[-1].plain in _TOGETHER and (end := numbered_end(words, i)) > i:
        return make(words, Sort.FILL, i, end)  # `em với Học viên 75 đi xóm 6`
    if words.words[i].marked == "cả" and (somebody := by_name(words, i)) is not None:
        return somebody
    if words.plain(i) == "huy" and called_huy(words, i, before):
        return make(words, Sort.UNKNOWN, i, i + 1)
    return None


def _phrase(words: Words, i: int, before: list[Item]) -> Item | None:
    """A known phrase of several words, or one that the words beside it cut."""
    known = known_at(words, i)
    if known is None:
        return None
    known = without_particle(words, i, (refused_end(words, known), known[1]))
    end, meaning = known
    if meaning.sort is Sort.MANY and _of_one_hamlet(words, i, end, before):
        return make(words, Sort.FILL, i, i + 1)
    if meaning.outcome is Outcome.ABSENT and (shorter := _before_address(words, i, end)):
        return make(words, Sort.OUTCOME, i, shorter, outcome=Outcome.ABSENT)
    if meaning.outcome is Outcome.ABSENT and _not_away(words, i, end, before):
        return make(words, Sort.FILL, i, end)
    if meaning.sort is Sort.RETURN and words.plain(end - 1) == "nha" and words.plain(end) == "so":
        return make(words, Sort.RETURN, i, end - 1)  # `quay lại nhà số 98`
    if meaning.sort is Sort.FILL and (lane := _lane(words, end)):
        return make(words, Sort.NEVER, i, lane)
    if meaning.sort is Sort.FILL and end == i + 2 and _leads_into_hamlet(words, i, end):
        return make(words, Sort.FILL, i, end - 1)
    if end > i + 1 and meaning.sort is not Sort.UNIT and _names_somebody(words, end - 1):
        return make(words, Sort.FILL, i, end - 1)  # `Da co Tuyet …` is no `đã có`
    if end == i + 1 or meaning.sort is Sort.UNIT or _cut_by_name(words, i, known):
        return None
    return make(words, Sort.FILL, i, end - 1) if _cut_short(words, known) else known_item(words, i, known)


def _when(words: Words, i: int, before: list[Item]) -> Item | None:
    found = when_at(words, i)
    return None if found is None else make(words, Sort.WHEN, i, found[1], when=found[0])


def _same_home(words: Words, i: int, item: Item, before: list[Item]) -> Item | None:
    """`đến nhà anh Hưng, cả nhà đi vắng`, `nhà chú Cảnh đi biển chưa về, nhà hổng có ai`."""
    said = next((b for b in reversed(before) if b.sort is not Sort.FILL and b.plain != ","), None)
    still = item.kin and said is not None and said.outcome is Outcome.ABSENT
    if item.plain not in ("nha", "gia dinh") or (words.plain(i - 1) != "ca" and not still):
        return None
    if any(b.sort is Sort.HOME or b.outcome is Outcome.ABSENT for b in before):
        return make(words, Sort.FILL, i, item.last, rule="same_home")
    return None


_COUNTING = frozenset({Sort.OUTCOME, Sort.ADDED, Sort.TOTAL, Sort.BUT_THIS})


def _below_nothing(words: Words, i: int, before: list[Item]) -> Item | None:
    """`xóm 4 dc -3`: nobody did less than nothing; perhaps three, perhaps three are to go."""
    bound = words.plain(i) in "-−" and not words.words[i].glued and words.plain(i + 1).isdigit()
    if not bound or not words.words[i + 1].glued:
        return None
    if before[-1].sort not in _COUNTING if before else i + 2 < len(words.words):
        return None
    return make(words, Sort.MANY, i, i + 2, n=int(words.plain(i + 1)[:4]), rule="below_nothing")


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


def _private(words: Words, i: int, before: list[Item]) -> Item | None:
    """What a masked number is, with it: `cccd ▒▒▒`, `số điện thoại: ▒▒▒`. The number alone is no work and no doubt."""
    end = i
    while words.plain(end) in _PRIVATE_NAMES:
        end += 1
    if end == i:
        return None
    end += words.plain(end) in (":", "=")
    return make(words, Sort.NEVER, i, end + 1) if words.plain(end)[:1] == MARK[0] else None


def _list_number(words: Words, i: int, before: list[Item]) -> Item | None:
    if words.plain(i - 1) not in ("", "\n"):
        return None
    following = words.plain(i + 1)
    if following == ")" or (following in (".", "/", "-") and _is_list(words.folded.plain)):
        return make(words, Sort.NEVER, i, i + 2)
    return None


@lru_cache(maxsize=16)
def _is_list(plain: str) -> bool:
    """Whether lines are numbered, from 1 on."""
    first = _FIRST_OF_LIST.search(plain)
    return first is not None and _SECOND_OF_LIST.search(plain, first.end()) is not None


def _names_somebody(words: Words, last: int) -> bool:
    """Whether the last word of a phrase is rather the form of address of somebody whose name has a capital."""
    small = words.words[last].bare and not words.is_name(last)
    named = words.plain(last) in FORMS and words.is_name(last + 1) and small
    return named and person_at(words, last, last, sure=True) is not None


def _cut_by_name(words: Words, i: int, known: tuple[int, Meaning]) -> bool:
    """A phrase of two does not run into a hamlet or a home: `nhà bà …` beats `… nhà`, `máy anh Phùng` `mấy anh`."""
    if words.plain(i) in FORMS and words.is_name(i + 1) and (item := home_at(words, i)) is not None:
        return item.last > i + 1 and not _written_so(words, i, known)  # `chú Y Bhăm` is no `chú ý`
    if known[1].sort not in (Sort.FILL, Sort.REPORT):
        return False
    return _owned_phone(words, i, known[0]) or hamlet_at(words, i) is not None


def _written_so(words: Words, i: int, known: tuple[int, Meaning]) -> bool:
    """Whether a phrase stands there in one case, as phrases do."""
    within = words.is_name(i) and words.plain(i - 1).isalpha()
    return within or not any(words.is_name(k) for k in range(i + 1, known[0]))


def _owned_phone(words: Words, i: int, end: int) -> bool:
    """`máy anh Phùng`, unmarked `may ong chat ko nhan dc otp`: a phone and whose it is."""
    item = home_at(words, i) if words.plain(i) == "may" else None
    told = known_at(words, item.last) if item is not None else None
    return item is not None and (words.is_name(end) or (told is not None and told[1].sort is Sort.OUTCOME))


def _cut_short(words: Words, known: tuple[int, Meaning]) -> bool:
    """Nor does a filling phrase take the first word of one that means something: `em báo thiếu 1 máy`."""
    if known[1].sort is not Sort.FILL:
        return False
    other = known_at(words, known[0] - 1)
    return other is not None and other[0] > known[0] and other[1].sort in _NOT_SWALLOWED


def _home(words: Words, i: int, before: list[Item]) -> Item | None:
    couple = before[-1] if before and before[-1].last == i and before[-1].sort is Sort.NUMBER else None
    if couple is not None and couple.unit is Unit.COUPLE and words.is_name(i) and words.words[i].capital:
        theirs = home_of(words, i, full_name(words, i) or i + 1)  # `hai ông bà Thực`
        theirs.name = f"{words.words[i - 2].marked} {words.words[i - 1].marked} {theirs.name}"
        return theirs
    item = _home_told(words, i)
    return None if item is None else _same_home(words, i, item, before) or item


def _home_told(words: Words, i: int) -> Item | None:
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
    not_yet = words.plain(end - 1) in ("chua", "khong", "thay") and words.words[end - 1].marked != "chùa"
    back = words.plain(end) == "ve" and not not_yet
    return back or (bool(before) and before[-1].plain in _SELF)


def _lane(words: Words, end: int) -> int:
    """Where the number of a lane ends after a phrase that closes with `ngõ`: `cuối ngõ 7/21`."""
    if words.plain(end - 1) not in ("ngo", "ngach", "hem", "kiet") or not words.plain(end).isdigit():
        return 0
    end += 1
    while words.plain(end) == "/" and words.plain(end + 1).isdigit():
        end += 2
    return end


def _of_one_hamlet(words: Words, i: int, end: int, before: list[Item]) -> bool:
    """`mệt rồi mà còn cả xóm 8`: all of a hamlet that is left to do, and no eight of anything."""
    left = bool(before) and before[-1].sort is Sort.LEFT and words.plain(i) == "ca" and end == i + 2
    return left and hamlet_at(words, i + 1) is not None and longest(words, end + 1, UNITS) is None


def _leads_into_hamlet(words: Words, i: int, end: int) -> bool:
    """`dắt xe vào đầu thôn 5`, `quán cô Tám đầu xóm 7`: a part of a hamlet, of which nothing is counted."""
    if words.plain(end - 1) not in ("thon", "xom", "ap") or not words.plain(end).isdigit():
        return False
    return words.plain(end + 1) not in ("/", "-") and longest(words, end + 1, UNITS) is None


_LEADS = frozenset({"thi", "cung", "van", "da", "lai", "moi", "cu", "bi", "deu", "chi", "co", "nha", "vui", "dang"})


def _somebody(words: Words, i: int, before: list[Item]) -> Item | None:
    """A title or pronoun by itself: of somebody named before it changes nothing, else it is another of that home."""
    if (own := _head_told_later(words, i, before)) is not None:
        return own
    if before and before[-1].last == i and before[-1].unit is Unit.COUPLE and title_alone(words, i):
        return make(words, Sort.FILL, i, i + 1)  # `cả hai vợ chồng chị xong`
    end = pronoun_end(words, i)
    if end == i and not (words.plain(i) in TITLES and words.accented and title_alone(words, i)):
        return None
    end = max(end, i + 1)
    if number_at(words, end) is not None and not words.plain(end).isdigit():
        return None  # `bác bốn vắng`: a name, or four
    homes = [item for item in before if item.sort is Sort.HOME]
    known_one = words.plain(i) in ("ho", "nguoi") or same_person(homes, words.plain(i))
    if not homes or before[-1].sort is Sort.NUMBER or known_one:
        return make(words, Sort.FILL, i, end) if homes or end > i + 1 or words.plain(i) in PRONOUN_WORDS else None
    k = end
    while words.plain(k) in _LEADS:
        k += 1
    known = known_at(words, k)
    told = known is not None and known[1].sort is Sort.OUTCOME
    only = words.plain(i) == "chi" and known is not None and number_at(words, known[0]) is not None  # `chỉ cài 1 thôi`
    if told and end - i <= 2 and not only:
        return home_item(words, i, end)
    return make(words, Sort.FILL, i, end)


def _head_told_later(words: Words, i: int, before: list[Item]) -> Item | None:
    """`nhà anh Đức: bố xong, anh xong`: he whose home it is, after another of it; one more."""
    title = words.plain(i)
    head = next((k for k, item in enumerate(before) if item.sort is Sort.HOME and not item.kin), None)
    if head is None or before[-1].sort is not Sort.BREAK or title not in before[head].plain.split()[:2]:
        return None
    rest = [item for item in before[head + 1 : head + 4] if item.sort is not Sort.FILL]  # `nhà chú Thông đông lắm: …`
    first = rest[1] if len(rest) > 1 and rest[0].sort in (Sort.COLON, Sort.BREAK) else None
    if first is None or first.sort is not Sort.HOME or not first.kin or not before[head].plain.startswith("nha "):
        return None
    known = known_at(words, i + 1 + (words.plain(i + 1) in _LEADS))
    told = known is not None and known[1].sort is Sort.OUTCOME and number_at(words, known[0]) is None
    return home_item(words, i, i + 1) if told else None


def _wants_number(words: Words, i: int, known: tuple[int, Meaning]) -> bool:
    """`độ`, `cỡ`, `tầm`, `gần` are vague only right before a number; elsewhere they are other words."""
    if known[1].sort is not Sort.VAGUE or words.plain(i) not in _ONLY_BEFORE_NUMBERS or known[0] > i + 1:
        return False
    return number_at(words, i + 1) is None and words.plain(i + 1) not in ("chuc", "may", "vai", "tam", "khoang", "do")


_Recogniser = Callable[[Words, int, list[Item]], Item | None]


def _alone(recogniser: Callable[[Words, int], Item | None]) -> _Recogniser:
    """One that does not look at the items before."""
    return lambda words, i, before: recogniser(words, i)


# In order of precedence, each with what says of a word whether it may begin something that it knows.
_OF_WORDS: tuple[tuple[_Recogniser, Callable[[str], bool]], ...] = (
    (_private, _PRIVATE_NAMES.__contains__),
    (_named, (OF_ONESELF | {"huy", "hoc", "ca"}).__contains__),
    (_repaired, KNOWN.next.__contains__),
    (short_at, SHORT_STARTS.__contains__),
    (_alone(negated_at), NOT.__contains__),
    (behalf_at, frozenset(word for word, node in KNOWN.next.items() if leads_to(node, Sort.BEHALF)).__contains__),
    (_alone(same_hamlet_at), "cung".__eq__),
    (friend_at, "ban".__eq__),
    (_phrase, KNOWN.next.__contains__),
    (_when, WHEN_STARTS.__contains__),
    (_alone(hamlet_at), HAMLET_STARTS.__contains__),
    (door_at, DOOR_STARTS.__contains__),
    (pair_at, PAIR_STARTS.__contains__),
    (spouse_at, SPOUSE_STARTS.__contains__),
    (_home, HOME_STARTS.__contains__),
    (_somebody, (TITLES | PRONOUNS.next.keys() | {"anh", "chi"}).__contains__),
    (year_at, BEFORE_YEARS.__contains__),
    (model_at, lambda plain: len(plain) == 1),
    (never_at, NEVER_BEFORE.next.__contains__),
    (amount_at, NUMBER_STARTS.__contains__),
    (_alone(couple_at), COUPLE_STARTS.__contains__),
)
_OF_DIGITS: tuple[_Recogniser, ...] = (_list_number, power_at, _when, bare_age, year_at, amount_at)


@lru_cache(maxsize=4096)
def _that_may_know(plain: str, *, name: bool, short: bool) -> tuple[_Recogniser, ...]:
    """The recognisers that may know a word, which may be a name by its capital, or was written out."""
    if plain.isdigit():
        return _OF_DIGITS
    return tuple(
        recogniser
        for recogniser, may_begin in _OF_WORDS
        if may_begin(plain) or (name and recogniser is _home) or (short and recogniser is short_at)
    )
