"""Homes and persons that a message names: `nhà bà Lan`, `bác Ba`, `nhà số 12`, `con trai` (rules 3, 6, 15)."""

from handlers.language.hamlets import hamlet_at
from handlers.language.items import Item
from handlers.language.lexicon import KNOWN, UNITS, longest
from handlers.language.numbers import number_at
from handlers.language.slips import meant
from handlers.language.sorts import Sort
from handlers.language.vocabulary import words_of
from handlers.language.words import Words

_TITLES: dict[str, frozenset[str]] = {
    "ong": frozenset({"ông"}),
    "o": frozenset({"ô"}),
    "ba": frozenset({"bà", "bá"}),
    "bac": frozenset({"bác"}),
    "cu": frozenset({"cụ"}),
    "co": frozenset({"cô"}),
    "chu": frozenset({"chú"}),
    "anh": frozenset({"anh"}),
    "chi": frozenset({"chị"}),
    "di": frozenset({"dì"}),
    "cau": frozenset({"cậu"}),
    "mo": frozenset({"mợ"}),
    "thim": frozenset({"thím"}),
    "a": frozenset({"a"}),
    "c": frozenset({"c"}),
    "duong": frozenset({"dượng"}),
    "thay": frozenset({"thầy"}),
    "me": frozenset({"mẹ"}),
    "bo": frozenset({"bố"}),
    "vo": frozenset({"vợ"}),
    "chong": frozenset({"chồng"}),
}
# Unmarked, these are mostly other words, and take a name only with a capital or after `nhà`.
_SHY = frozenset({"co", "di", "chi", "a", "c", "cau", "mo", "duong", "thay"})
_FAMILY = frozenset({"me", "bo", "vo", "chong"})  # these take a name only with a capital, or a person (`vợ anh Tư`)
_KIN = {
    ("con", "trai"),
    ("con", "gai"),
    ("con", "dau"),
    ("con", "re"),
    ("cu", "ba"),
    ("cu", "ong"),
    ("ba", "cu"),
    ("ong", "cu"),
    ("ba", "me"),
    ("nguoi", "con"),
    ("ong", "chong"),
    ("ba", "vo"),
    ("ba", "ngoai"),
    ("ba", "noi"),
    ("ong", "noi"),
    ("ong", "ngoai"),
    ("chu", "nha"),
    ("chu", "ho"),
}
_KIN_ALONE = {"vợ", "chồng", "mẹ"}
_NOT_THEIRS = frozenset({"con", "chong", "em", "e", "minh", "toi"})  # `mẹ con` are two, `mẹ em` is at home
_NAMES = words_of(
    """mai sang loi nam moi an toan hai ba tu bon sau bay tam chin muoi mot vang hong thanh dung hanh tinh dinh hen
    lan xuan ha thu dong cong can sach tan chot lam huong tong doan giao ngoc hop tot vui minh quy truong
    linh ut nhan ke the sinh"""
)
_AMOUNTS = frozenset({"vai", "may", "nhieu", "dam", "cac", "moi", "nhung", "nua"})  # `vài nhà`: no home by itself
_SOME = frozenset({"mot", "nua", "da", "phan"})  # `nửa số nhà`
_NEVER_NAMES = words_of("""oi keu noi khong chua kh thon xom tdp khu va voi noi bao bi dang nay""")
_SIGNS = frozenset({"cccd", "otp", "vneid", "sim", "ok", "tk", "dt", "kh", "tc", "hl"})
_SLIPPED = frozenset({"nhầm", "không", "chưa", "vắng", "xong", "được", "lỗi", "hẹn"})
_ROLES = frozenset(
    {
        ("to", "truong"),
        ("truong", "thon"),
        ("truong", "xom"),
        ("bi", "thu"),
        ("to", "pho"),
        ("doi", "truong"),
        ("truong", "ap"),
    }
)
_HOUSE = frozenset({"nha", "ho"})
_OWN = frozenset({"em", "minh", "toi", "tro", "van", "nuoc", "hang", "truong", "nghi", "nao"})
_SPOKEN_TO = frozenset({"anh", "chi", "a", "c", "thay"})  # `bác`, `chú`, `cô` are residents more often
_VOCATIVE = frozenset({"cao", "bao", "bc", "chao", "thua", "da", "gui", "kinh", "vang", "oi"})


def home_at(words: Words, i: int) -> Item | None:
    """The home or person named from word `i` on."""
    plain = words.plain(i)
    if plain in ("so",) and words.plain(i + 1) == "nha" and words.plain(i + 2).isdigit():
        return _house(words, i, i + 2)
    if plain == "may" and words.words[i].marked in ("may", "máy") and not _counted_before(words, i):
        owner = i + 2 if words.plain(i + 1) == "cua" else i + 1
        return _person(words, i, owner, sure=True)
    if plain == "gia" and words.plain(i + 1) == "dinh":
        return _person(words, i, i + 2, sure=True)
    if plain in _HOUSE and words.words[i].marked in ("nha", "nhà", "hộ", "ho"):
        return None if _counted_before(words, i) and plain == "ho" else _at_house(words, i)
    return _person(words, i, i, sure=False) or _kin(words, i)


def _counted_before(words: Words, i: int) -> bool:
    before = words.words[i - 1] if i else None
    if before is None:
        return False
    if before.plain in _AMOUNTS or (before.plain == "so" and words.plain(i - 2) in _SOME):
        return True
    return before.digits or (not before.capital and number_at(words, i - 1) is not None and before.plain != "ba")


def _at_house(words: Words, i: int) -> Item | None:
    following = words.plain(i + 1)
    if following == "so" and words.plain(i + 2).isdigit():
        return _house(words, i, i + 2)
    if following.isdigit():
        return _house_or_household(words, i)
    if following == "cua":
        return _person(words, i, i + 2, sure=True)
    if (person := _person(words, i, i + 1, sure=True)) is not None:
        return person
    if following in _OWN or _counted_before(words, i):
        return None
    if (there := _there(words, i)) is not None:
        return there
    return _kin_home(words, i)


def _there(words: Words, i: int) -> Item | None:
    """A home told by where it is or who lives there: `nhà cuối xóm`, `nhà bác tổ trưởng`."""
    pair = (words.plain(i + 1), words.plain(i + 2))
    if pair[0] in ("cuoi", "dau", "giua") and pair[1] in ("xom", "ngo", "thon", "lang", "pho", "duong", "ngach"):
        return _item(words, i, i + 3)
    titled = pair[0] in ("bac", "ong", "ba", "anh", "chi", "co", "chu")
    role = (words.plain(i + 2), words.plain(i + 3)) if titled else pair
    if role in _ROLES:
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
    elif words.plain(j) in _FAMILY and not words.is_name(name):
        return None
    if not _is_name(words, name, name - 1, sure=sure):
        return None
    end = name + 1
    while end < len(words.words) and end - name < 4 and _more_name(words, name, end):
        end += 1
    return _item(words, i, end)


def _two_titles(words: Words, j: int) -> bool:
    first, second = words.plain(j), words.plain(j + 1)
    if second not in _TITLES or words.is_name(j + 1):
        return False
    return first in _FAMILY or (first in ("ba", "ong") and second == "cu")


def _is_title(words: Words, j: int, *, sure: bool) -> bool:
    marks = _TITLES.get(words.plain(j))
    if marks is None:
        return False
    word = words.words[j]
    if word.plain == "o" and (word.bare or words.plain(j + 1) == "to"):
        return False  # `ở`, `ô tô`
    known = longest(words, j, KNOWN)
    if known is not None and known[0] > j + 1 and known[1].sort is Sort.OUTCOME:
        return False  # `1 nha di vang`: no aunt Vang
    if not word.bare or word.plain in marks:
        return word.marked in marks
    return not words.accented or sure or words.is_name(j + 1)


def _is_name(words: Words, k: int, title: int, *, sure: bool) -> bool:
    if k >= len(words.words) or not words.words[k].plain.isalpha():
        return False
    if meant(words.plain(k)) in _SLIPPED and not words.is_name(k) and words.words[k].marked != "đức":
        return False
    if words.plain(k) in _NEVER_NAMES and not (words.is_name(k) and words.plain(k) not in ("khong", "thon", "xom")):
        return False
    word, shy = words.words[k], words.words[title].bare and words.plain(title) in _SHY
    if words.is_name(k):
        return len(word.plain) > 1 and word.plain not in _SIGNS
    known, number = longest(words, k, KNOWN, strict=True), number_at(words, k)
    if number is not None and number[1] == k + 1 and _counted(words, k + 1):
        return False  # `anh năm máy` is not a name
    if known is None and number is None:
        return len(word.plain) > 1 and (not shy or sure or _leads_on(words, k + 1, title))
    if word.plain not in _NAMES or (number is None and not word.bare) or (known is not None and known[0] > k + 1):
        return False
    shy = shy and (number is not None or not _outcome_follows(words, k + 1))
    return (sure or not shy or word.marked == "tư") and _leads_on(words, k + 1, title)


def _counted(words: Words, k: int) -> bool:
    """Whether a word for what is counted follows, and not the next person (`bác ba chú tư`)."""
    person = words.plain(k) in _TITLES and _person(words, k, k, sure=False) is not None
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
    if not word.plain.isalpha() or word.plain in _TITLES or hamlet_at(words, end) is not None:
        return False  # `ông Tư Thôn An Khê`
    known = longest(words, end, KNOWN)
    return known is None or (word.plain in _NAMES and number_at(words, end + 1) is None)


def _kin(words: Words, i: int) -> Item | None:
    """A person told by kinship: one person, unless a number stands before."""
    if _counted_before(words, i):
        return None
    if (words.plain(i), words.plain(i + 1)) in _KIN and not _odd(words, i):
        return _item(words, i, i + 2, kin=True)
    if i < len(words.words) and words.words[i].marked in _KIN_ALONE and words.plain(i + 1) not in _NOT_THEIRS:
        return _item(words, i, i + 1, kin=True)
    return None


def _odd(words: Words, i: int) -> bool:
    marks = {"con": "con", "cu": "cụ", "ba": "bà", "ong": "ông", "nguoi": "người", "chu": "chủ"}
    return not words.words[i].bare and words.words[i].marked != marks[words.plain(i)]


def is_vocative(words: Words, item: Item) -> bool:
    """`báo cáo anh Nam, …`, `dạ chị Hà em được 3`: the person spoken to, not a home."""
    if words.plain(item.first - 1) not in _VOCATIVE or words.plain(item.first) not in _SPOKEN_TO:
        return False
    following = words.plain(item.last)
    return following in ("", ",", "em", "e", "a", "oi", "hom", "nay", "ah", ".", ":", "\n")


def _item(words: Words, i: int, end: int, *, number: bool = False, kin: bool = False) -> Item:
    start, stop = words.words[i].start, words.words[end - 1].end
    first, last = words.folded.span(start, stop)
    label = " ".join(words.folded.text[first:last].split())
    return Item(Sort.HOME, i, end, start, stop, words.folded.plain[start:stop], name=label, number=number, kin=kin)
