"""Homes and persons that a message names: `nhà bà Lan`, `bác Ba`, `nhà số 12`, `con trai` (rules 3, 6, 15)."""

from handlers.language.hamlets import hamlet_at
from handlers.language.items import Item
from handlers.language.lexicon import KNOWN, UNITS, longest
from handlers.language.nearness import slip_of_hamlet
from handlers.language.numbers import number_at
from handlers.language.relatives import home_end, kin_end, pronoun_end
from handlers.language.slips import meant
from handlers.language.sorts import Sort
from handlers.language.titles import (
    AMOUNTS,
    FAMILY,
    FORMS,
    HOUSE,
    MIDDLE,
    NAMES,
    NEVER_NAMES,
    OWN,
    ROLES,
    SHY,
    SIGNS,
    SLIPPED,
    SOME,
    SPOKEN_TO,
    VOCATIVE,
)
from handlers.language.words import Words


def home_at(words: Words, i: int) -> Item | None:
    """The home or person named from word `i` on."""
    plain = words.plain(i)
    if plain in ("so",) and words.plain(i + 1) == "nha" and words.plain(i + 2).isdigit():
        return _house(words, i, i + 2)
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
        return _person(words, i, owner, sure=True) or _phone_of_kin(words, i, owner)
    if plain in ("dt", "phone", "sim") or (plain, words.plain(i + 1)) == ("dien", "thoai"):
        owner = i + 1 + (plain == "dien")
        owner += words.plain(owner) == "cua"
        return (
            None if _counted_before(words, i) else _person(words, i, owner, sure=True) or _phone_of_kin(words, i, owner)
        )
    if plain == "gia" and words.plain(i + 1) == "dinh":
        return _person(words, i, i + 2, sure=True)
    if (end := home_end(words, i)) > i and not _counted_before(words, i) and _there(words, i) is None:
        return _item(words, i, end, kin=True)
    if plain in HOUSE and words.words[i].marked in ("nha", "nhà", "hộ", "ho"):
        return None if _counted_before(words, i) and plain == "ho" else _at_house(words, i)
    return _person(words, i, i, sure=False) or _kin(words, i) or _named_fully(words, i)


def _named_fully(words: Words, i: int) -> Item | None:
    """Somebody named without a title: `Lò Văn Đôi`, `H'Zina`, `Y Jôn`."""
    if not words.is_name(i) and not (words.mixed and words.words[i].capital):
        return None
    end = _full_name(words, i)
    middle = words.plain(i + 1) in ("thi", "van") or words.plain(i) in ("h", "y")
    return _item(words, i, end) if end and middle else None


def _phone_of_kin(words: Words, i: int, owner: int) -> Item | None:
    """`máy con trai cô`, `máy mẹ chồng`."""
    kin = _kin(words, owner)
    return None if kin is None else _item(words, i, kin.last, kin=kin.kin)


def _counted_before(words: Words, i: int) -> bool:
    before = words.words[i - 1] if i else None
    if before is None:
        return False
    if (before.plain in AMOUNTS and before.marked != "nhưng") or (before.plain == "so" and words.plain(i - 2) in SOME):
        return True
    return before.digits or (not before.capital and number_at(words, i - 1) is not None and before.plain != "ba")


def _at_house(words: Words, i: int) -> Item | None:
    following = words.plain(i + 1)
    if following == "so" and words.plain(i + 2).isdigit():
        return _house(words, i, i + 2)
    if following == "so" and (spelled := number_at(words, i + 2)) is not None:
        return _item(words, i, spelled[1], number=True)  # dictated `nhà số mười hai`
    if following.isdigit():
        return _house_or_household(words, i)
    if following == "cua":
        return _person(words, i, i + 2, sure=True)
    if (words.plain(i + 1), words.plain(i + 2)) in (("y", "ta"), ("bac", "si"), ("giao", "vien")) and words.is_name(
        i + 3
    ):
        return _item(words, i, i + 4)
    if (person := _person(words, i, i + 1, sure=True) or _bare_name(words, i)) is not None:
        return person
    if following in OWN or _counted_before(words, i):
        return None
    if (there := _there(words, i)) is not None:
        return there
    return _kin_home(words, i)


def _bare_name(words: Words, i: int) -> Item | None:
    """`nhà Thảo`, `nhà Hoàng Thị Pham`, `hộ H'Bring`."""
    if not words.is_name(i + 1) or hamlet_at(words, i + 1) is not None:
        return None
    if end := _full_name(words, i + 1):
        return _item(words, i, end)
    known = longest(words, i + 1, KNOWN, strict=True)
    if (
        number_at(words, i + 1) is not None
        and words.is_name(i + 2)
        and longest(words, i + 2, KNOWN, strict=True) is None
    ):
        return _item(words, i, i + 3)  # `nhà Tư Cồ`
    if known is not None or number_at(words, i + 1) is not None or not words.plain(i + 1).isalpha():
        return None
    return _item(
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
        return _item(words, i, _lane_end(words, i + 3))
    titled = pair[0] in ("bac", "ong", "ba", "anh", "chi", "co", "chu")
    role = (words.plain(i + 2), words.plain(i + 3)) if titled else pair
    if role in ROLES:
        return _item(words, i, i + (4 if titled else 3))
    return None


def _kin_home(words: Words, i: int) -> Item | None:
    """`nhà bà cụ …`, or `nhà` by itself where a home is meant (`nhà khóa cửa`, `nhà bốn người`)."""
    if (kin := _kin(words, i + 1)) is not None:
        return _item(words, i, kin.last, kin=True)
    known = longest(words, i + 1, KNOWN)
    number = number_at(words, i + 1)
    if number is not None and (unit := longest(words, number[1], UNITS)) is not None and unit[1].unit is not None:
        return _item(words, i, i + 1, kin=True)
    if known is not None and known[1].sort in (Sort.OUTCOME, Sort.NEVER):
        return _item(words, i, i + 1, kin=True) if words.plain(i + 1) not in ("v", "r") else None
    if known is not None and words.plain(i + 1) in ("co", "dang", "deu", "nay", "do", "ben") and words.plain(i + 2):
        return _item(words, i, i + 1, kin=True) if words.words[i].marked == "nhà" else None
    return None


def _house(words: Words, i: int, j: int) -> Item:
    end = j + 1
    if words.plain(end) == "/" and words.plain(end + 1).isdigit():
        end += 2
    if end < len(words.words) and words.words[end].glued and words.plain(end) in ("a", "b", "c", "d"):
        end += 1
    return _item(words, i, end, number=True)


def _house_or_household(words: Words, i: int) -> Item | None:
    """`nhà 12:` is a house number, `nhà 4 người` a household; `nhà 12, …` may be either and stays a number."""
    known = longest(words, i + 2, UNITS)
    if known is not None and not (words.plain(i + 2) in ("ba", "ong", "bac", "co", "chu") and words.is_name(i + 3)):
        return _item(words, i, i + 1, kin=True)
    following = words.plain(i + 2)
    if following in ("a", "b", "c", "d", "e") and words.words[i + 2].glued:
        return _house(words, i, i + 1)  # `nhà 9A vắng`
    if following in ("h", "g", "gio") and words.words[i + 2].glued:
        return None  # `về đến nhà 20h15`
    if following in (":", "-", "/", "thi") or words.plain(i + 2).isdigit() or following == "ngo":
        return _house(words, i, i + 1)
    after = longest(words, i + 2, KNOWN)
    if (
        after is not None
        and after[1].sort in (Sort.OUTCOME, Sort.FILL, Sort.ADDED)
        and following not in ("a", "nhe", "r", "roi")
    ):
        return _house(words, i, i + 1)
    return None


def _person(words: Words, i: int, j: int, *, sure: bool) -> Item | None:
    """A form of address with a name, from word `j`; `sure` after `nhà` or `máy`. The item starts at `i`."""
    if not _is_title(words, j, sure=sure):
        return None
    name = j + 1
    if _two_titles(words, j) and _is_title(words, name, sure=True) and _is_name(words, name + 1, j, sure=sure):
        name += 1  # `bà cụ Lan`, `vợ anh Tư`
    elif words.plain(j) in FAMILY and not words.is_name(name):
        return None
    elif words.plain(name) in ("giao", "lang", "phan") and words.is_name(name + 1) and not words.is_name(name):
        name += 1  # `cô giáo Nương`
    if not _is_name(words, name, name - 1, sure=sure):
        return None
    end = _full_name(words, name) or name + 1
    while end < len(words.words) and end - name < 4 and _more_name(words, name, end):
        end += 1
    if words.plain(end) == "h" and words.plain(end + 1) in ("'", "’", "‘") and words.is_name(end + 2):
        end += 3  # `chị Siu H'Lép`
    return _item(words, i, end)


def _full_name(words: Words, name: int) -> int:
    """Where a name of several words ends, whatever they mean elsewhere: `Vàng Thị Dở`, `Giàng A Chứ`, `Y Tuân`."""
    middle = name + 1
    if words.plain(middle) in MIDDLE and words.is_name(name) and words.is_name(middle):
        end = middle + 1
        while words.is_name(end) and end - name < 5 and words.plain(end).isalpha() and words.plain(end) not in FORMS:
            end += 1
        return end
    if all(
        words.is_name(k) and words.plain(k).isalpha() and words.plain(k) not in FORMS for k in range(name, name + 3)
    ) and all(len(words.plain(k)) > 1 and hamlet_at(words, k) is None for k in range(name, name + 3)):
        return name + 3
    if words.plain(name) in ("y", "h", "a", "k") and words.words[name].capital:
        at = name + 1 + (words.plain(name + 1) in ("'", "’", "‘"))
        if words.is_name(at):
            return at + 1 + words.is_name(at + 1)
    return 0


def _two_titles(words: Words, j: int) -> bool:
    first, second = words.plain(j), words.plain(j + 1)
    if second not in FORMS or words.is_name(j + 1):
        return False
    return first in FAMILY or (first in ("ba", "ong") and second == "cu")


def _is_title(words: Words, j: int, *, sure: bool) -> bool:
    marks = FORMS.get(words.plain(j))
    if marks is None:
        return False
    word = words.words[j]
    if word.plain == "o" and (
        words.plain(j + 1) in ("to", "nha", "day", "xom", "thon") or (word.bare and not _o(words, j))
    ):
        return False  # `ở`, `ô tô`
    known = longest(words, j, KNOWN)
    if known is not None and known[0] > j + 1 and known[1].sort is Sort.OUTCOME:
        return False  # `1 nha di vang`: no aunt Vang
    if not word.bare or word.plain in marks:
        return word.marked in marks
    return not words.accented or sure or words.is_name(j + 1)


def _o(words: Words, j: int) -> bool:
    """Bare `o` is the aunt of the centre before a name; `ở` else."""
    return words.is_name(j + 1) or (words.plain(j - 1) in ("nha", "cho", "may", "voi", "gap") and not words.accented)


def _is_name(words: Words, k: int, title: int, *, sure: bool) -> bool:
    if k >= len(words.words) or not words.words[k].plain.isalpha():
        return False
    if meant(words.plain(k)) in SLIPPED and not words.is_name(k) and words.words[k].marked != "đức":
        return False
    if words.plain(k) in NEVER_NAMES and not (words.is_name(k) and words.plain(k) not in ("khong", "thon", "xom")):
        return False
    if not words.is_name(k) and slip_of_hamlet(words.plain(k)):
        return False
    word, shy = words.words[k], words.words[title].bare and words.plain(title) in SHY
    if words.is_name(k):
        return (len(word.plain) > 1 and word.plain not in SIGNS) or bool(_full_name(words, k))
    known, number = longest(words, k, KNOWN, strict=True), number_at(words, k)
    if number is not None and number[1] == k + 1 and _counted(words, k + 1):
        return False  # `anh năm máy` is not a name
    if known is None and number is None and words.mixed and words.accented and not sure:
        return False  # who sets capitals sets them in names
    if known is None and number is None:
        return len(word.plain) > 1 and (not shy or sure or _leads_on(words, k + 1, title))
    if word.plain not in NAMES or (number is None and not word.bare) or (known is not None and known[0] > k + 1):
        return False
    shy = shy and (number is not None or not _outcome_follows(words, k + 1))
    return (sure or not shy or word.marked == "tư") and _leads_on(words, k + 1, title)


def _counted(words: Words, k: int) -> bool:
    """Whether a word for what is counted follows, and not the next person (`bác ba chú tư`)."""
    known = longest(words, k, KNOWN)
    if known is not None and known[1].sort is Sort.OUTCOME:
        return False  # `chú Bảy máy cục gạch`
    person = words.plain(k) in FORMS and _person(words, k, k, sure=False) is not None
    return not person and longest(words, k, UNITS) is not None


def _outcome_follows(words: Words, k: int) -> bool:
    known = longest(words, k, KNOWN)
    return known is not None and known[1].sort is Sort.OUTCOME


def _leads_on(words: Words, k: int, title: int) -> bool:
    """Whether a count, an outcome or the end follows, as after a name."""
    if k >= len(words.words):
        return words.plain(title) not in ("a", "c", "co")
    known = longest(words, k, KNOWN)
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
        )
    return number_at(words, k) is not None or not words.plain(k).isalpha()


def _more_name(words: Words, name: int, end: int) -> bool:
    """A second word of a name: capitalised like the first, and not itself a word of work written in capitals."""
    if not (words.is_name(end) and words.is_name(name)):
        return False
    word = words.words[end]
    if not word.plain.isalpha() or word.plain in FORMS or hamlet_at(words, end) is not None:
        return False  # `ông Tư Thôn An Khê`
    known = longest(words, end, KNOWN)
    number = number_at(words, end)
    if number is not None and number[1] == end + 1 and not _counted(words, end + 1):
        return end - name >= 2 or words.is_name(end + 1)  # `Đàng Năng Bốn`
    return known is None or (word.plain in NAMES and number_at(words, end + 1) is None)


def _kin(words: Words, i: int) -> Item | None:
    """A person told by kinship: one person, unless a number stands before."""
    if _counted_before(words, i):
        return None
    end = kin_end(words, i)
    if end == i:
        return _child_of(words, i)
    owner = _person(words, i, end + (words.plain(end) == "cua"), sure=False)
    return _item(words, i, owner.last if owner is not None else end, kin=owner is None)


def _child_of(words: Words, i: int) -> Item | None:
    """`con o Sương`, `ba của nhỏ Hân`, `em chị Lụa`: somebody of theirs."""
    if words.plain(i) not in ("con", "ba", "em", "bo", "me", "ma") or not words.accented:
        return None
    at = i + 1 + (words.plain(i + 1) == "cua")
    if words.plain(i) == "con" and at < len(words.words) and (pronoun := pronoun_end(words, at)) > at:
        return _item(words, i, pronoun)  # `con bà ấy`
    if words.plain(i) in ("ba", "em") and at == i + 1 and words.plain(at) not in ("e", "em", "thang", "nho", "be"):
        return None
    owner = _person(words, i, at, sure=False)
    return None if owner is None else _item(words, i, owner.last)


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


def home_item(words: Words, i: int, end: int) -> Item:
    """Somebody of a home, told by words `i` to `end`."""
    return _item(words, i, end, kin=True)


def _item(words: Words, i: int, end: int, *, number: bool = False, kin: bool = False) -> Item:
    start, stop = words.words[i].start, words.words[end - 1].end
    first, last = words.folded.span(start, stop)
    label = " ".join(words.folded.text[first:last].split())
    return Item(Sort.HOME, i, end, start, stop, words.folded.plain[start:stop], name=label, number=number, kin=kin)
