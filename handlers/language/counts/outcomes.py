"""What two outcomes of one person are together, and which complaints are none (rules 23, 24, 29)."""

from enum import Enum, auto
from itertools import pairwise

from handlers.language.reading import Outcome
from handlers.language.sentences.clauses import Clause
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit


class Then(Enum):
    """What the later of two outcomes of one person does to the earlier."""

    BOTH = auto()  # two things happened
    LAST = auto()  # the last word holds
    EFFECT = auto()  # the later is what came of the earlier, and counts nothing


_A, _F, _R = Outcome.ACTIVATED, Outcome.FAILED, Outcome.REFUSED
TOGETHER: dict[tuple[Outcome, Outcome], Then] = {
    (Outcome.ABSENT, Outcome.REVISIT): Then.BOTH,
    (Outcome.REVISIT, Outcome.ABSENT): Then.BOTH,
    (_R, Outcome.REVISIT): Then.BOTH,
    (_F, Outcome.REVISIT): Then.BOTH,
    (Outcome.NO_CARD, Outcome.REVISIT): Then.BOTH,
    (Outcome.NO_CARD, Outcome.ASSISTED): Then.BOTH,
    (Outcome.ASSISTED, _A): Then.BOTH,
    (Outcome.NO_CARD, Outcome.NO_PHONE): Then.BOTH,
    (Outcome.NO_PHONE, Outcome.NO_CARD): Then.BOTH,
    (Outcome.NO_CARD, _F): Then.EFFECT,
    (Outcome.NO_PHONE, _F): Then.EFFECT,
    (Outcome.ABSENT, _F): Then.EFFECT,
    (Outcome.ALREADY, _A): Then.EFFECT,
    (_R, _F): Then.EFFECT,
    (_R, _A): Then.LAST,
    (_F, _A): Then.LAST,
    (Outcome.ABSENT, _A): Then.LAST,
    (_A, _R): Then.LAST,
    (_A, Outcome.ALREADY): Then.LAST,
}

CAUSES = frozenset({Outcome.NO_CARD, Outcome.NO_PHONE, Outcome.ABSENT})
_GOING = (
    "di ",
    "ve ",
    "len ",
    "ra dong",
    "ngu",
    "cho du",
    "co cho du",
    "tuan sau",
    "toi moi ve",
    "o xa",
    "lam xa",
    "nam vien",
)


def is_weak(item: Item) -> bool:
    """`đi ngủ`, `đi chợ`, `chó dữ lắm`: an absence only of somebody who is named."""
    return item.outcome is Outcome.ABSENT and item.plain.startswith(_GOING) and not item.plain.endswith("chua ve")


def is_of_the_gate(item: Item) -> bool:
    """`chó dữ lắm`: what keeps one out of a home, and no more than a remark where its phones were done."""
    return item.outcome is Outcome.ABSENT and item.plain.startswith(("cho du", "co cho du"))


_NO_CARD_YET = 12  # years; nobody so young needs a card


_CHILDREN = frozenset(
    {"chau be", "em be", "be gai", "be trai", "thang be", "con be", "thang cu", "thang ku", "tre con", "con nit"}
    | {"tre em", "chau nho", "dua nho", "tre nho", "may dua nho"}
)


def young(clause: Clause) -> bool:
    """Whether a child is spoken of: `bé út mới 8 tuổi`, `con bé lớp 3`, `cháu bé`."""
    for item in clause.items:
        if item.plain in _CHILDREN:
            return True
        if item.sort is Sort.NEVER:
            number = next((int(word[:4]) for word in item.plain.split() if word.isdigit()), None)
            said = item.plain.split()
            if number is not None and (
                (("tuoi" in said or "t" in said) and number <= _NO_CARD_YET) or ("lop" in said and number <= 6)
            ):
                return True
    return False


_GENERAL = (
    "mang ",
    "app ",
    "vneid ",
    "loi app",
    "loi mang",
    "mat song",
    "khong co song",
    "loi suot",
    "loi hoai",
    "loi mai",
    "crash",
)
_OF_SOMETHING = (
    "khong duoc",
    "khong vao duoc",
    "khong chay",
    "khong an",
    "hong",
    "hu",
    "khong qua",
    "treo",
    "vao nuoc",
    "het pin",
    "sap nguon",
    "mat song",
    "bi hong",
    "khong len",
    "bi treo",
    "khong ho tro",
)
_TURNING = ("load", "app", "mang", "web", "he thong", "server", "ung dung", "xoay", "quay vong", "tai")
_PHONE_WORDS = ("may", "dt", "dien thoai", "sim", "iphone", "samsung", "oppo", "nokia", "tk", "otp")


def complains(item: Item, clause: Clause) -> bool:
    """`mạng yếu quá`, `app lỗi suốt`: no phone, home or person is named that it befell."""
    if any(a.plain in _PHONE_WORDS and b.plain in ("em", "minh", "toi") for a, b in pairwise(clause.items)):
        return True  # `điện thoại em hỏng`: the sender's own
    if clause.has(Sort.OTHERS) and not clause.has(Sort.HOME, Sort.NUMBER, Sort.HAMLET):
        return any(i.plain in _PHONE_WORDS for i in clause.items)  # `bạn ấy điện thoại sập nguồn`: a comrade's own
    if clause.has(Sort.HOME, Sort.NUMBER) or any(i.sort is Sort.UNIT and i.unit is Unit.PHONE for i in clause.items):
        return False
    if any(i.plain in _PHONE_WORDS or i.plain.split()[0] in _PHONE_WORDS for i in clause.items if i is not item):
        return False
    if item.plain.startswith("mai khong "):
        return any(i.plain in _TURNING for i in clause.items)  # `mạng yếu quá, load mãi không được`
    if item.plain.endswith("bao loi"):
        return any(i.plain in _TURNING for i in clause.items)  # `app báo lỗi suốt`
    return item.plain.startswith(_GENERAL + _OF_SOMETHING) and not (
        item.plain.startswith("mang ") and "khong" in item.plain
    )
