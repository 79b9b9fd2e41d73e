"""Homes and persons that a message names: `nhà bà Lan`, `bác Ba`, `nhà số 12`, `con trai` (rules 3, 6, 15)."""

from handlers.language.people.persons import full_name, home_of, of_a_woman, order_end, person_at
from handlers.language.people.relatives import KIN_STARTS, TITLES, home_end, kin_end, pronoun_end, title_alone
from handlers.language.reading import Outcome
from handlers.language.where_and_when.hamlets import hamlet_at
from handlers.language.words.items import Item
from handlers.language.words.lexicon import KNOWN, UNITS, known_at, longest
from handlers.language.words.numbers import NUMBER_STARTS, number_at
from handlers.language.words.sorts import Sort, Unit
from handlers.language.words.titles import AMOUNTS, FORMS, GIVEN, HOUSE, OWN, ROLES, SOME
from handlers.language.words.words import Words

_CHILDREN = frozenset({"con", "ba", "em", "bo", "me", "ma"})
# Where a home or person may begin, unless with a capital.
HOME_STARTS = _CHILDREN | HOUSE | FORMS.keys() | KIN_STARTS | {"so", "may", "dt", "phone", "sim", "dien", "gia", "cai"}


def home_at(words: Words, i: int) -> Item | None:
    """The home or person named from word `i` on."""
    plain = words.plain(i)
    if plain not in HOME_STARTS and not words.is_name(i):
        return None
    if plain == "so" and words.plain(i + 1) == "nha" and words.plain(i + 2).isdigit():
        return _house(words, i, i + 2)
    if plain == "so" and (_goes_on_with_numbers(words, i) or _in_a_lane(words, i)):
        return _house(words, i, i + 1)
    if (
        plain == "so"
        and words.words[i].marked == "số"
        and words.plain(i + 1).isdigit()
        and (
            words.plain(i + 2) in ("ngach", "ngo", "hem", "kiet", "duong", "pho", ":")
            or words.plain(i + 2).isalpha() is False
        )
    ):
        return (
            _house(words, i, i + 1)
            if words.plain(i - 1) not in ("thon", "to", "xom", "khu", "pho", "cu", "ap")
            else None
        )
    if plain == "may" and words.words[i].marked in ("may", "máy") and not _counted_before(words, i):
        owner = i + 2 if words.plain(i + 1) == "cua" else i + 1
        return person_at(words, i, owner, sure=True) or _phone_of_kin(words, i, owner)
    if plain in ("dt", "phone", "sim") or (plain, words.plain(i + 1)) == ("dien", "thoai"):
        owner = i + 1 + (plain == "dien")
        owner += words.plain(owner) == "cua"
        return (
            None
            if _counted_before(words, i)
            else person_at(words, i, owner, sure=True) or _phone_of_kin(words, i, owner)
        )
    if plain == "gia" and words.plain(i + 1) == "dinh":
        return person_at(words, i, i + 2, sure=True)
    if (end := home_end(words, i)) > i and not _counted_before(words, i) and _there(words, i) is None:
        return home_of(words, i, end, kin=True)
    if plain in HOUSE and words.words[i].marked in ("nha", "nhà", "hộ", "ho"):
        return None if _counted_before(words, i) and plain == "ho" else _at_house(words, i)
    if plain == "cai" or (plain, words.plain(i + 1)) == ("thang", "con"):
        return _girl(words, i) if plain == "cai" else _kin(words, i)  # unmarked `thang con trai anh Loc`
    due = _is_due(words, i)
    old = words.plain(i + 1) == "gia" and not words.is_name(i + 1) and _counted_before(words, i)  # `2 cu gia`
    person = None if old else person_at(words, i, i, sure=due)
    if person is not None and (kin := _kin(words, i)) is not None and _tells_kin(words, kin, person, due=due):
        return kin
    return person or _kin(words, i) or _named_fully(words, i) or by_name(words, i)


_LANES = frozenset({"ngo", "ngach", "hem", "kiet"})
_NO_NAMES = frozenset({"chu", "trai", "gai", "me"})


def _tells_kin(words: Words, kin: Item, person: Item, *, due: bool) -> bool:
    """`cõng bà ngoại cô Lụa`, `làm xong cho bác trai`, `chị chủ quán`, unmarked `bac gai`: kin rather than a name."""
    if not due:
        nobody = words.plain(person.last - 1) in _NO_NAMES and not words.is_name(person.last - 1)
        return nobody and kin.kin and kin.last >= person.last
    named = words.is_name(kin.last - 1)
    return kin.last > person.last or (kin.kin and kin.last == person.last and not named)


def _goes_on_with_numbers(words: Words, i: int) -> bool:
    """`khoa cua: nha so 3, so 5, so 9`: one house after another, each by its number and nothing else."""
    k, numbered = i, True
    while words.plain(k) == "so" and words.plain(k + 1).isdigit() and words.plain(k - 1) in (",", "va", "voi"):
        numbered = words.plain(k + 2) in ("", ",", ".", "\n", "va", "voi", ";") and words.plain(k - 2).isdigit()
        k -= 3
        if not numbered:
            return False
    return k != i and words.plain(k) == "so" and words.plain(k + 1).isdigit() and words.plain(k - 1) == "nha"


def _in_a_lane(words: Words, i: int) -> bool:
    """`ngo 4 so 9 v`: the house with that number."""
    return words.plain(i - 2) in _LANES and words.plain(i - 1).isdigit() and words.plain(i + 1).isdigit()


_DONE_FOR = frozenset({"xong", "cai", "duoc", "hoat", "lam", "giup"})
_CARRYING = frozenset({"đưa", "dua", "đón", "don", "cõng", "cong", "dìu", "diu"})


def _is_due(words: Words, i: int) -> bool:
    """Whether a person must follow: `xong cho chi hoi`, `ba Lan voi co chin`."""
    if words.plain(i - 1) == "voi" or (i and words.words[i - 1].marked in _CARRYING):
        return True
    return words.plain(i - 1) == "cho" and words.plain(i - 2) in _DONE_FOR


def _named_fully(words: Words, i: int) -> Item | None:
    """Somebody named without a title: `Lò Văn Đôi`, `H'Zina`, `Y Jôn`."""
    if not words.is_name(i) and not (words.mixed and words.words[i].capital):
        return None
    end = full_name(words, i)
    middle = words.plain(i + 1) in ("thi", "van") or words.plain(i) in ("h", "y") or _of_the_hmong(words, i)
    return home_of(words, i, end) if end and middle else None


def _girl(words: Words, i: int) -> Item | None:
    """`cái Linh con bà Nguyệt`, `cái Hoa từ chối`: a girl by her name, as old people call her."""
    name = words.words[i + 1] if i + 1 < len(words.words) else None
    if name is None or words.words[i].marked != "cái" or not words.is_name(i + 1) or _counted_before(words, i):
        return None
    if not name.plain.isalpha() or len(name.plain) < 2 or words.words[i].capital is words.words[i + 1].capital is False:
        return None
    known = longest(words, i + 1, KNOWN, strict=True)
    if known is not None and name.marked not in GIVEN:
        return None
    return home_of(words, i, i + 2) if _tells_of_her(words, i + 2) else None


def _tells_of_her(words: Words, k: int) -> bool:
    """Whose she is, or what happened to her; `cái Samsung lỗi` is a phone."""
    if _kin(words, k) is not None or words.plain(k) == "nha":
        return True
    known = known_at(words, k)
    phones = known is not None and known[1].outcome in (Outcome.FAILED, Outcome.ACTIVATED)
    return known is not None and known[1].sort is Sort.OUTCOME and not phones


_NICKNAMES = frozenset("béo gầy còi lùn đen tròn cao cận điếc mập ốm nhỏ lớn trắng".split())  # noqa: SIM905 - reads better
_OPENING = frozenset({"", ",", ".", ":", ";", "\n", "-", "+", "voi", "va"})


def by_name(words: Words, i: int) -> Item | None:
    """`Hùng 2 máy`, `Lan béo từ chối`, `cả Thắng vắng`: a neighbour by his name alone, where a clause begins."""
    eldest = words.words[i].marked == "cả"
    name = i + eldest
    if not words.accented or not words.is_name(name) or words.words[name].marked not in GIVEN:
        return None
    begins = words.plain(i - 1) in _OPENING if i else True
    placed = i > 1 and words.words[i - 1].digits and words.plain(i - 2) in _HAMLETS
    if not (begins or placed or eldest):
        return None
    end = name + 1
    end += end < len(words.words) and words.words[end].marked in _NICKNAMES
    return home_of(words, i, end) if eldest or _tells_of_him(words, end) else None


def _tells_of_him(words: Words, k: int) -> bool:
    """Phones or people with their number, an outcome, or who was with him."""
    if words.plain(k) in ("voi", "va"):
        return _kin(words, k + 1) is not None or (words.is_name(k + 1) and words.words[k + 1].marked in GIVEN)
    number = number_at(words, k)
    if number is not None:
        unit = longest(words, number[1], UNITS)
        said_right = words.plain(number[1]) in ("chu", "moi", "thoi")  # `Lan béo 4 chứ không phải 3`
        return said_right or (unit is not None and unit[1].unit in (Unit.PHONE, Unit.PERSON))
    if words.words[k].marked == "mỗi" if k < len(words.words) else False:
        return True
    known = known_at(words, k)  # `em được 5, Sơn được 4`: a comrade's
    return known is not None and known[1].sort is Sort.OUTCOME and words.plain(k) not in ("duoc", "lam", "cai")


def _of_the_hmong(words: Words, i: int) -> bool:
    """`Giàng A Pháo`: all three with their capital, and no form of address before it."""
    return words.plain(i + 1) == "a" and words.is_name(i + 1) and words.is_name(i + 2) and len(words.plain(i)) > 2


_OWNERS = TITLES | {"anh", "chi"}


def _phone_of_kin(words: Words, i: int, owner: int) -> Item | None:
    """`máy con trai cô`, `máy mẹ chồng`; `máy chú` of who was named before."""
    kin = _kin(words, owner)
    if kin is None and words.accented and words.plain(owner) in _OWNERS and title_alone(words, owner):
        return home_of(words, i, owner + 1, kin=True)
    return None if kin is None else home_of(words, i, kin.last, kin=kin.kin)


def _counted_before(words: Words, i: int) -> bool:
    before = words.words[i - 1] if i else None
    if before is None:
        return False
    phones = before.plain == "may" and (
        before.marked == "máy" or (i > 1 and (words.words[i - 2].digits or words.plain(i - 2) in NUMBER_STARTS))
    )
    if (before.plain in AMOUNTS and before.marked != "nhưng" and not phones) or (
        before.plain == "so" and words.plain(i - 2) in SOME
    ):
        return True
    place = words.plain(i - 2) in _HAMLETS or (words.plain(i - 2), words.plain(i - 3)) in _HAMLETS_SO
    if place and (before.digits or number_at(words, i - 1) is not None):
        return False  # `xóm 15 nhà đối diện`
    return before.digits or (not before.capital and number_at(words, i - 1) is not None and not _is_she(words, i - 1))


def _is_she(words: Words, i: int) -> bool:
    """`ba`, which is bà for who leaves out marks, and three for who sets them (`ba nhà cuối ngõ`)."""
    return words.plain(i) == "ba" and not (words.accented and words.words[i].marked == "ba")


_HAMLETS = frozenset({"xom", "thon", "to", "ap", "khu", "pho", "ban", "lang", "buon", "doi", "tdp", "kdc", "x"})
_HAMLETS_SO = frozenset(("so", word) for word in _HAMLETS)


def _at_house(words: Words, i: int) -> Item | None:
    following = words.plain(i + 1)
    if following == "so" and words.plain(i + 2).isdigit():
        return _house(words, i, i + 2)
    if following == "so" and (spelled := number_at(words, i + 2)) is not None:
        return home_of(words, i, spelled[1], number=True)  # dictated `nhà số mười hai`
    if following.isdigit():
        return _house_or_household(words, i)
    if following == "cua":
        return person_at(words, i, i + 2, sure=True)
    if (words.plain(i + 1), words.plain(i + 2)) in (("y", "ta"), ("bac", "si"), ("giao", "vien")) and words.is_name(
        i + 3
    ):
        return home_of(words, i, i + 4)
    if (person := person_at(words, i, i + 1, sure=True) or _bare_name(words, i)) is not None:
        return person
    if _counted_before(words, i):
        return None
    return _there(words, i) or (_kin_home(words, i) if following not in OWN else None)


def _bare_name(words: Words, i: int) -> Item | None:
    """`nhà Thảo`, `nhà Hoàng Thị Pham`, `hộ H'Bring`."""
    if words.plain(i + 1) == "thi" and words.words[i + 1].marked == "thị" and of_a_woman(words, i + 1):
        return home_of(words, i, i + 3)  # `nhà thị nhài`
    if not words.is_name(i + 1) or hamlet_at(words, i + 1) is not None:
        return None
    if end := full_name(words, i + 1):
        return home_of(words, i, end)
    known = longest(words, i + 1, KNOWN, strict=True)
    if (
        number_at(words, i + 1) is not None
        and words.is_name(i + 2)
        and longest(words, i + 2, KNOWN, strict=True) is None
    ):
        return home_of(words, i, i + 3)  # `nhà Tư Cồ`
    if known is not None and known[0] == i + 2 and words.words[i + 1].marked in GIVEN:
        known = None if known[1].sort is Sort.FILL else known  # `nhà Hà`
    if known is not None or number_at(words, i + 1) is not None or not words.plain(i + 1).isalpha():
        return None
    return home_of(
        words,
        i,
        i
        + 2
        + (words.is_name(i + 2) and longest(words, i + 2, KNOWN, strict=True) is None and words.plain(i + 2).isalpha()),
    )


def _lane_end(words: Words, end: int) -> int:
    if words.plain(end).isdigit() and longest(words, end + 1, UNITS) is not None:
        return end  # `nhà cuối ngõ 4 máy`
    end += words.plain(end).isdigit()
    while words.plain(end) == "/" and words.plain(end + 1).isdigit():
        end += 2
    return end


def _there(words: Words, i: int) -> Item | None:
    """A home told by where it is or who lives there: `nhà cuối xóm`, `nhà bác tổ trưởng`."""
    pair = (words.plain(i + 1), words.plain(i + 2))
    if pair[0] in ("cuoi", "dau", "giua") and pair[1] in ("xom", "ngo", "thon", "lang", "pho", "duong", "ngach"):
        numbered = words.plain(i + 3).isdigit() and longest(words, i + 4, UNITS) is None
        of_hamlet = numbered and hamlet_at(words, i + 2) is not None
        return home_of(words, i, i + 2 if of_hamlet else _lane_end(words, i + 3))  # `nhà cuối xóm 7 vắng`
    titled = pair[0] in ("bac", "ong", "ba", "anh", "chi", "co", "chu")
    role = (words.plain(i + 2), words.plain(i + 3)) if titled else pair
    if role in ROLES:
        return home_of(words, i, i + (4 if titled else 3))
    return None


def _kin_home(words: Words, i: int) -> Item | None:
    """`nhà bà cụ …`, or `nhà` by itself where a home is meant (`nhà khóa cửa`, `nhà bốn người`)."""
    if (kin := _kin(words, i + 1)) is not None:
        return home_of(words, i, kin.last, kin=True)
    known = known_at(words, i + 1)
    number = number_at(words, i + 1)
    if number is not None and (unit := longest(words, number[1], UNITS)) is not None and unit[1].unit is not None:
        return home_of(words, i, i + 1, kin=True)
    if known is not None and known[1].sort in (Sort.OUTCOME, Sort.NEVER):
        return home_of(words, i, i + 1, kin=True) if words.plain(i + 1) not in ("v", "r") else None
    if known is not None and words.plain(i + 1) in ("co", "dang", "deu", "nay", "do", "ben") and words.plain(i + 2):
        return home_of(words, i, i + 1, kin=True) if words.words[i].marked == "nhà" else None
    return None


def _house(words: Words, i: int, j: int) -> Item:
    end = j + 1
    if words.plain(end) == "/" and words.plain(end + 1).isdigit():
        end += 2
    if end < len(words.words) and words.words[end].glued and words.plain(end) in ("a", "b", "c", "d"):
        end += 1
    return home_of(words, i, end, number=True)


def _house_or_household(words: Words, i: int) -> Item | None:
    """`nhà 12:` is a house number, `nhà 4 người` a household; `nhà 12, …` may be either and stays a number."""
    known = longest(words, i + 2, UNITS)
    if known is not None and not (words.plain(i + 2) in ("ba", "ong", "bac", "co", "chu") and words.is_name(i + 3)):
        return home_of(words, i, i + 1, kin=True)
    following = words.plain(i + 2)
    if following in ("a", "b", "c", "d", "e") and words.words[i + 2].glued:
        return _house(words, i, i + 1)  # `nhà 9A vắng`
    if following in (",", "va", "voi") and words.plain(i + 3) == "nha" and words.plain(i + 4).isdigit():
        return _house(words, i, i + 1)  # `nhà 18, nhà 20 đều khóa cửa`
    if words.plain(i - 1) in (",", "va", "voi") and words.plain(i - 2).isdigit() and words.plain(i - 3) == "nha":
        return _house(words, i, i + 1)
    if following in ("h", "g", "gio") and words.words[i + 2].glued:
        return None  # `về đến nhà 20h15`
    if following in (":", "-", "/", "thi") or words.plain(i + 2).isdigit() or following == "ngo":
        return _house(words, i, i + 1)
    after = known_at(words, i + 2)
    if (
        after is not None
        and after[1].sort in (Sort.OUTCOME, Sort.FILL, Sort.ADDED)
        and following not in ("a", "nhe", "r", "roi")
    ):
        return _house(words, i, i + 1)
    return None


def _kin(words: Words, i: int) -> Item | None:
    """A person told by kinship: one person, unless a number stands before."""
    if _counted_before(words, i):
        return None
    end = kin_end(words, i)
    if end == i:
        return _child_of(words, i)
    if words.plain(end - 1) == "ut" and (order := order_end(words, end)) > end:
        return home_of(words, i, order)
    owner = person_at(words, i, end + (words.plain(end) == "cua"), sure=False)
    return home_of(words, i, owner.last if owner is not None else end, kin=owner is None)


def _child_of(words: Words, i: int) -> Item | None:
    """`con o Sương`, `ba của nhỏ Hân`, `em chị Lụa`: somebody of theirs."""
    if words.plain(i) not in _CHILDREN or not words.accented:
        return None
    if words.words[i].marked == "còn":
        return None
    at = i + 1 + (words.plain(i + 1) == "cua")
    if words.plain(i) == "con" and at < len(words.words) and (pronoun := pronoun_end(words, at)) > at:
        return home_of(words, i, pronoun)  # `con bà ấy`
    if words.plain(i) == "con" and words.plain(at) in TITLES and title_alone(words, at):
        return home_of(words, i, at + 1, kin=True)  # `bác Sơn từ chối, con bác 1 máy`
    if words.plain(i) in ("ba", "em") and at == i + 1 and words.plain(at) not in ("e", "em", "thang", "nho", "be"):
        return None
    owner = person_at(words, i, at, sure=False)
    return None if owner is None else home_of(words, i, owner.last)


def home_item(words: Words, i: int, end: int) -> Item:
    """Somebody of a home, told by words `i` to `end`."""
    return home_of(words, i, end, kin=True)
