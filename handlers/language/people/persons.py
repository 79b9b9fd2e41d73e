"""A form of address with a name (`bà Lan`, `chú Tư`, `anh Y Tuân`): what may be one, where it ends (rules 15, 20)."""

from handlers.language.spelling.nearness import slip_of_hamlet
from handlers.language.spelling.slips import meant
from handlers.language.where_and_when.days import when_at
from handlers.language.where_and_when.hamlets import hamlet_at
from handlers.language.words.items import Item
from handlers.language.words.lexicon import KIN, KNOWN, NEVER_BEFORE, UNITS, Meaning, known_at, longest
from handlers.language.words.numbers import is_hour, number_at
from handlers.language.words.sorts import Sort, Unit
from handlers.language.words.titles import (
    FAMILY,
    FORMS,
    GIVEN,
    GIVEN_UNMARKED,
    MIDDLE,
    NAMES,
    NAMES_BY_ALL_SIGNS,
    NEVER_NAMES,
    OF_TWO,
    SHY,
    SIGNS,
    SLIPPED,
)
from handlers.language.words.vocabulary import words_of
from handlers.language.words.words import Word, Words


def person_at(words: Words, i: int, j: int, *, sure: bool) -> Item | None:
    """A form of address with a name, from word `j`; `sure` after `nhà` or `máy`. The item starts at `i`."""
    if not _is_title(words, j, sure=sure) or is_hour(words, j + 1):
        return None
    name = j + 1
    if _two_titles(words, j) and _is_title(words, name, sure=True) and _is_name(words, name + 1, j, sure=sure):
        name += 1  # `bà cụ Lan`, `vợ anh Tư`
    elif words.plain(j) in FAMILY and not words.is_name(name) and not _surely_somebody(words, j, sure=sure):
        return None
    elif words.plain(name) in ("giao", "lang", "phan") and words.is_name(name + 1) and not words.is_name(name):
        name += 1  # `cô giáo Nương`
    if (last := _told_by_two(words, j, name, sure=sure)) > name:
        return home_of(words, i, last)
    if not _is_name(words, name, name - 1, sure=sure):
        return None
    end = full_name(words, name) or name + 1
    end += _is_thu(words, end)
    if words.plain(name) == "ut":
        end = order_end(words, end)
    elif words.plain(name) in _ORDERS and not words.is_name(name) and _called(words, end):
        end += 1
    while end < len(words.words) and end - name < 4 and _more_name(words, name, end):
        end += 1
    if words.plain(end) == "h" and words.plain(end + 1) in ("'", "’", "‘") and words.is_name(end + 2):
        end += 3  # `chị Siu H'Lép`
    return home_of(words, i, end)


def _told_by_two(words: Words, j: int, name: int, *, sure: bool) -> int:
    """Where a name of two words ends, whatever they are elsewhere; 0 where there is none."""
    if _ordered(words, j):
        return j + 3
    by_two = of_a_woman(words, name) and (sure or not _is_shy(words, j))
    return name + 2 if by_two or (sure and _named_by_two(words, name)) else 0


def _ordered(words: Words, j: int) -> bool:
    """`bà 5 Cẩm`, `chú 7 Hiền`: the order of birth in digits before the name."""
    order = words.plain(j + 1)
    if not (order.isdigit() and 2 <= int(order[:3]) <= 10 and words.is_name(j + 2)) or _is_shy(words, j):
        return False
    known = known_at(words, j + 2)
    return words.plain(j + 2).isalpha() and (known is None or words.words[j + 2].marked in GIVEN)


def of_a_woman(words: Words, k: int) -> bool:
    """`nha ba thi nhai 2 may`, `nhà thị nhài`: Thị before a name in small letters, where `thì` says nothing."""
    if words.plain(k) != "thi" or words.is_name(k) or not words.plain(k + 1).isalpha() or len(words.plain(k + 1)) < 2:
        return False
    marked, name = words.words[k].marked, words.plain(k + 1)
    if marked not in ("thi", "thị") or (marked == "thi" and words.accented):
        return False
    if name in FORMS or name in NEVER_NAMES or meant(name) is not None or number_at(words, k + 1) is not None:
        return False
    known = longest(words, k + 1, KNOWN, strict=True)
    other = known is not None or hamlet_at(words, k + 1) is not None or when_at(words, k + 1) is not None
    return not other and _leads_on(words, k + 2, k)


def _named_by_two(words: Words, k: int) -> bool:
    """`nhà bà minh thư 4 máy`, `nha thim minh thu tu choi`: Minh in small letters, and a word that is none of work."""
    name = words.plain(k + 1)
    if words.plain(k) != "minh" or not words.words[k].bare or words.is_name(k) or not name.isalpha() or len(name) < 2:
        return False
    if when_at(words, k + 1) is not None:
        return _is_thu(words, k + 1)
    other = longest(words, k + 1, KNOWN, strict=True) is not None or hamlet_at(words, k + 1) is not None
    if other or name in FORMS or name in NEVER_NAMES or meant(name) is not None or number_at(words, k + 1) is not None:
        return False
    return _leads_on(words, k + 2, k)


def _is_thu(words: Words, k: int) -> bool:
    """Unmarked `cu minh thu 2 may`: Minh Thư and two phones; there are no phones of a Monday."""
    if words.plain(k) != "thu" or not words.words[k].bare:
        return False
    if not words.plain(k + 1).isdigit():  # `thim minh thu tu choi`: nor of a Wednesday
        return (words.plain(k + 1), words.plain(k + 2)) == ("tu", "choi")
    counted = longest(words, k + 2, UNITS)
    return counted is not None and counted[1].unit in (Unit.PHONE, Unit.PERSON) and words.plain(counted[0]) != "gio"


_JUST_NOW = words_of("lop hoc ve lam cai xong dong chiu di toi qua mua doi co gat")
_PARTS, _DAYS = words_of("sang trua chieu toi"), words_of("mai nay ngay thu chu mot kia hom")
_ORDERS = words_of("hai ba tu nam sau bay tam chin muoi")


def _called(words: Words, k: int) -> bool:
    """`chú tư lài`, `chị bảy hiền`: in the south the name stands after the order of birth, here in small letters."""
    plain = words.plain(k)
    if not plain.isalpha() or len(plain) < 2 or plain in FORMS or plain in NEVER_NAMES:
        return False
    if meant(words.plain(k)) is not None or hamlet_at(words, k) is not None or number_at(words, k) is not None:
        return False
    if words.plain(k) in _PARTS and words.plain(k + 1) in _DAYS:
        return False  # `hẹn bác Sáu sáng mai`
    known = longest(words, k, KNOWN, strict=True)
    if _numbered(words, k):
        return False
    given = words.words[k].marked in GIVEN or (not words.accented and words.plain(k) in GIVEN_UNMARKED)
    if known is not None and (known[0] > k + 1 or known[1].sort is Sort.OUTCOME or not given):
        return False
    return _leads_on(words, k + 1, k)


def order_end(words: Words, end: int) -> int:
    """Where `út` ends with the order that makes it a name: `dì út mười vắng`."""
    number = None if words.plain(end).isdigit() else number_at(words, end)
    return end + (number is not None and number[1] == end + 1 and not _counted(words, end + 1))


def full_name(words: Words, name: int) -> int:
    """Where a name of several words ends, whatever they mean elsewhere: `Vàng Thị Dở`, `Giàng A Chứ`, `Y Tuân`."""
    middle = name + 1
    if words.plain(middle) in MIDDLE and words.is_name(name) and words.is_name(middle):
        end = middle + 1
        while words.is_name(end) and end - name < 5 and words.plain(end).isalpha():
            if _begins_anew(words, name, end):
                break
            end += 1
        return end
    if all(_is_part(words, name, k) for k in range(name, name + 3)):
        return name + 3
    if words.plain(name) in ("y", "h", "a", "k") and words.words[name].capital:
        at = name + 1 + (words.plain(name + 1) in ("'", "’", "‘"))
        if words.is_name(at):
            return at + 1 + words.is_name(at + 1)
    return 0


def _is_part(words: Words, name: int, k: int) -> bool:
    """Whether word `k` may be part of a name of three words."""
    long = len(words.plain(k)) > 1 and words.plain(k).isalpha()
    return words.is_name(k) and long and not _begins_anew(words, name, k) and hamlet_at(words, k) is None


def _begins_anew(words: Words, name: int, k: int) -> bool:
    """Whether word `k` of a name is the next person's form of address; not in `chú Lý Chí Cường`, who has one."""
    if words.plain(k) not in FORMS or (k != name and words.words[k].bare and not words.is_name(k + 1)):
        return False  # `Cà Thị Ba vắng`
    first = name == 1 or not words.plain(name - 2).isalpha()
    small = name > 0 and words.plain(name - 1) in FORMS and (first or not words.is_name(name - 1))
    return k == name or not small


def _surely_somebody(words: Words, j: int, *, sure: bool) -> bool:
    """`mệ quế`, `nhà u bảy`: old women of the centre and of the north; `mẹ chồng` is no name."""
    marked = words.words[j].marked
    if marked == "u" and words.accented and known_at(words, j + 1) is None:
        return True
    if sure and not words.accented and marked in ("me", "u", "mu") and longest(words, j, KIN) is None:
        return known_at(words, j + 1) is None or words.plain(j + 1) in GIVEN_UNMARKED
    return marked == "mệ" or (sure and marked in ("u", "má", "lão") and longest(words, j, KIN) is None)


def _two_titles(words: Words, j: int) -> bool:
    one, two = words.plain(j), words.plain(j + 1)
    if two not in FORMS or words.is_name(j + 1) or (two, words.plain(j + 2)) == ("vo", "chong"):
        return False
    return one in FAMILY or (one in ("ba", "ong") and two == "cu") or (words.plain(j - 1), one, two) in OF_TWO


def _is_title(words: Words, j: int, *, sure: bool) -> bool:
    marks = FORMS.get(words.plain(j))
    if marks is None:
        return False
    word = words.words[j]
    if word.plain == "o" and (
        (words.plain(j + 1) in _PLACES and not words.is_name(j + 1)) or (word.bare and not _o(words, j))
    ):
        return False  # `ở`, `ô tô`
    known = known_at(words, j)
    named = words.is_name(j + 1) and not words.is_name(j)  # `nha di Hoi`
    if known is not None and known[0] > j + 1 and known[1].sort is Sort.OUTCOME and not named:
        return False  # `1 nha di vang`: no aunt Vang
    if not word.bare or word.plain in marks:
        return word.marked in marks
    return not words.accented or sure or words.is_name(j + 1)


def _o(words: Words, j: int) -> bool:
    """Bare `o` is the aunt of the centre before a name; `ở` else."""
    if words.is_name(j + 1) or (words.plain(j - 1) in ("nha", "cho", "may", "voi", "gap") and not words.accented):
        return True
    named = words.plain(j + 1) in NAMES or known_at(words, j + 1) is None
    return words.accented and words.words[j].marked == "o" and named  # who marks words writes `ở`


_PLACES = words_of("to nha day xom thon ap khu ban lang buon pho tdp cuoi dau gan ben trong ngoai tang ngo x")


def _is_name(words: Words, k: int, title: int, *, sure: bool) -> bool:
    """Whether word `k` is the name after the form of address at word `title`."""
    if k >= len(words.words) or not words.words[k].plain.isalpha():
        return False
    word = words.words[k]
    if words.is_name(k):
        if word.plain in NEVER_NAMES and word.plain in ("khong", "thon", "xom"):
            return False
        sign = word.plain in SIGNS and not (word.plain == "sim" and _alone(words, k))
        return (len(word.plain) > 1 and not sign) or bool(full_name(words, k))
    another = word.marked == "khác" or (word.marked == "khac" and _one_more(words, title))
    if another or _is_a_slip(word) or word.plain in NEVER_NAMES or slip_of_hamlet(word.plain):
        return False
    known, number = longest(words, k, KNOWN, strict=True), number_at(words, k)
    if number is not None and number[1] == k + 1 and _counted(words, k + 1):
        return False  # `anh năm máy` is not a name
    if known is not None or number is not None:
        return _known_as_name(words, k, title, known, number is not None, sure=sure)
    if words.mixed and words.accented and not sure:
        return False  # who sets capitals sets them in names
    return len(word.plain) > 1 and (not _is_shy(words, title) or sure or _leads_on(words, k + 1, title))


def _one_more(words: Words, title: int) -> bool:
    """`1 cu khac`: another one, and nobody called Khắc."""
    return title > 0 and (words.words[title - 1].digits or words.plain(title - 1) == "mot")


def _alone(words: Words, k: int) -> bool:
    """`cả nhà o Sim xong`, but `sim không chính chủ`."""
    known = known_at(words, k)
    return known is None or known[0] == k + 1


def _is_a_slip(word: Word) -> bool:
    """A word of work mistyped: `ba nguooi lac dau`, `nhà bà vag`."""
    target = meant(word.plain)
    return target in ("người", "máy") or (target in SLIPPED and word.marked != "đức")


def _known_as_name(
    words: Words, k: int, title: int, known: tuple[int, Meaning] | None, number: bool, *, sure: bool
) -> bool:
    """Whether a word that means something else, or a number, is a name here (`nhà bà nhung`, `chú tư`)."""
    word = words.words[k]
    if word.plain == "hen" and when_at(words, k + 1) is not None:
        return False  # `bac hen 20h mai`
    if word.marked == "mới" and words.plain(k + 1) in _JUST_NOW:
        return False  # `o mới về, làm được 2 máy`
    if known is not None and _given(words, k, title, known, sure=sure) and _leads_on(words, k + 1, title):
        return True
    if word.marked == "nhung" and words.plain(title) not in ("co", "di", "o", "a", "c") and _all_of(words, k + 1):
        return True  # `chi nhung deu chua co cccd`
    says_more = not number and not word.bare and (known is None or known[1].sort is not Sort.FILL)
    if word.plain not in NAMES or says_more or (known is not None and known[0] > k + 1):
        return False
    shy = _is_shy(words, title) and (number or not _outcome_follows(words, k + 1))
    named = word.plain in _ORDERS and _called(words, k + 1)  # `ba sau thom`
    return (sure or not shy or word.marked == "tư") and (named or _leads_on(words, k + 1, title))


def _all_of(words: Words, k: int) -> bool:
    """`đều`, `với`, `và` or an outcome, before which `nhưng` says nothing."""
    return words.plain(k) in ("deu", "voi", "va", "moi") or _outcome_follows(words, k)


def _is_shy(words: Words, title: int) -> bool:
    """Whether a form of address may as well be another word; `o` and `u` have no marks to lose."""
    plain = words.plain(title)
    return words.words[title].bare and plain in SHY and not (words.accented and plain in ("o", "u"))


def _numbered(words: Words, k: int) -> bool:
    """A word with a number that never counts; in `nha co thang 7 may` it does."""
    digits = words.plain(k + 1).isdigit() and longest(words, k + 2, UNITS) is None
    return digits and longest(words, k, NEVER_BEFORE) is not None


_ENDINGS = words_of("a nhe nha oi em anh chi roi luon")
_SAYS = frozenset({"mãi", "bảo", "như", "cải", "phát", "tình", "anh", "chi"})
_ADVERBS = words_of("lai van the nhu bao toi")


def _given(words: Words, k: int, title: int, known: tuple[int, Meaning], *, sure: bool) -> bool:
    """A given name that is another word as well (`nhà bà nhung`, `bà thành vắng`); unmarked only where one is due."""
    word = words.words[k]
    cut = known[1].sort is Sort.FILL and hamlet_at(words, k + 1) is not None  # `Trọng thôn …`
    if known[0] > k + 1 and not cut:
        return False
    if _numbered(words, k):
        return False  # unmarked `bà Hai ngõ 15`
    if sure:
        return word.marked in GIVEN or (word.bare and word.plain in GIVEN_UNMARKED)
    if not words.accented:  # `ba phong chua co cccd`
        counted = words.plain(title) == "ba" and longest(words, k, UNITS) is not None  # `ba phong`, `ba thang`
        named = word.plain in GIVEN_UNMARKED and word.plain not in _ADVERBS and not counted
        return named and not _is_shy(words, title) and (_outcome_follows(words, k + 1) or _ends(words, k + 1))
    if word.marked in NAMES_BY_ALL_SIGNS:  # `cô đạt đã có rồi`, but `bà bảo không làm`
        return word.marked not in _SAYS and _outcome_follows(words, k + 1)
    return word.marked in GIVEN


def _counted(words: Words, k: int) -> bool:
    """Whether a word for what is counted follows, and not the next person (`bác ba chú tư`)."""
    known = known_at(words, k)
    if known is not None and known[1].sort is Sort.OUTCOME:
        return False  # `chú Bảy máy cục gạch`
    if words.plain(k) == "nha" and words.accented and words.words[k].bare:
        return False  # the particle: `ở nhà cô Một nha`
    if longest(words, k, UNITS) is None:
        return False
    return words.plain(k) not in FORMS or person_at(words, k, k, sure=False) is None


def _outcome_follows(words: Words, k: int) -> bool:
    known = known_at(words, k)
    return known is not None and known[1].sort is Sort.OUTCOME


def _ends(words: Words, k: int) -> bool:
    return not words.plain(k).isalnum() or words.plain(k) in _ENDINGS


def _leads_on(words: Words, k: int, title: int) -> bool:
    """Whether a count, an outcome or the end follows, as after a name."""
    if k >= len(words.words):
        return words.plain(title) not in ("a", "c", "co")
    known = known_at(words, k)
    if known is not None:
        return known[1].sort in (
            Sort.OUTCOME,
            Sort.RETURN,
            Sort.FILL,
            Sort.LINK,
            Sort.DOING,
            Sort.UNIT,
            Sort.ALL,
            Sort.GOAL,
            Sort.NOT_THAT,
            Sort.REPORT,
            Sort.BACK,
            Sort.FIX,
            Sort.EACH,
        )
    if (longest(words, k, NEVER_BEFORE) or words.plain(k) == "tang") and words.plain(k + 1).isdigit():
        return True  # `chú ba sn 1950`, unmarked `ong nam tang 3`
    return number_at(words, k) is not None or not words.plain(k).isalpha() or hamlet_at(words, k) is not None


def _more_name(words: Words, name: int, end: int) -> bool:
    """A second word of a name: capitalised like the first, and not itself a word of work written in capitals."""
    if not (words.is_name(end) and words.is_name(name)):
        return False
    word = words.words[end]
    title = word.plain in FORMS and (word.bare or word.marked in FORMS[word.plain])  # `ông Năm Cò` is called so
    called = title and word.plain in ("chi", "anh", "em") and end == name + 1 and not words.words[name - 1].capital
    if called and not words.is_name(end + 1) and longest(words, end, KIN) is None:
        return True  # `co Kim Chi 2`: a form of address has its name after it
    if not word.plain.isalpha() or title or hamlet_at(words, end) is not None:
        return False  # `ông Tư Thôn An Khê`
    known = known_at(words, end)
    by_order = words.plain(name) in _ORDERS | {"ut"} and end == name + 1 and word.bare and not words.accented
    if by_order and known is not None and known[0] == end + 1 and known[1].outcome is None and len(word.plain) > 2:
        return known[1].sort is Sort.CARRY or word.plain in GIVEN_UNMARKED  # unmarked `di Hai Kieu`
    number = number_at(words, end)
    if number is not None and number[1] == end + 1 and not _counted(words, end + 1):
        return True  # `Út Mười`, `Đàng Năng Bốn`
    if known is not None and known[1].sort is Sort.FILL and word.plain not in _ENDINGS and len(word.plain) > 1:
        return True  # `Ksor Nay`
    if known is not None and known[0] == end + 1 and word.plain in GIVEN_UNMARKED and known[1].outcome is None:
        return True  # `Chin Sang`
    return known is None or (word.plain in NAMES and number_at(words, end + 1) is None)


def home_of(words: Words, i: int, end: int, *, number: bool = False, kin: bool = False) -> Item:
    start, stop = words.words[i].start, words.words[end - 1].end
    if words.folded.plain[start : start + 2] == "n " and end > i + 1:
        start = words.words[i + 1].start  # `n a Chiến` is called `a Chiến`
    first, last = words.folded.span(start, stop)
    label = " ".join(words.folded.text[first:last].split())
    return Item(Sort.HOME, i, end, start, stop, words.folded.plain[start:stop], name=label, number=number, kin=kin)
