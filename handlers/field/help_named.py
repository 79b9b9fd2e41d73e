"""Help in words: `nhờ người đưa cụ Quế xóm 3 ra xã làm căn cước`; what of it a whole team may hear."""

import re
import unicodedata

from handlers.language import fold

_BREAK = re.compile(r"[,;\n]|[.!?](?!\d)")
_ASKS = re.compile(
    r"^(?:(?:da|a|bot oi|bot|em|e|minh|toi|cho em|cho minh|mai|toi nay|gio|to|ca to|moi nguoi|mn|anh em|cac ban) )*"
    r"(?:nho|can|xin|tim)(?: (?:bot|to|ca to|moi nguoi|mn|anh em|cac ban|ban nao|may ban|dong doi|dong chi|ai|ai do"
    r"|nguoi|mot nguoi|1 nguoi|mot ban|1 ban|them nguoi|ho tro|giup do|giup|ho|xe|co ai))+ "
    r"(?=(?:(?:di|qua|den|sang|vao|giup|ho) )*(?:don|dua|cho|ho tro|giup|dan|diu|bong|cong)\b)"
)
_OLD = re.compile(r"\b(?:cu|ong|ba|bac|nguoi gia|gia yeu|me|bo)\b")
_SEVERAL = re.compile(r"\b(?P<n>[2-9]|hai|ba|bốn) +(?:cụ|ông|bà|bác|người)\b")  # with its marks: no `bà cụ`
_DIGIT = re.compile(r"\b(?P<n>[2-9]) (?:cu|ong|ba|bac|nguoi)\b")
_NUMBERS = {"hai": 2, "ba": 3, "bốn": 4}
_TITLES = frozenset(
    "cu ong ba bac co chu cau di thim mo duong anh chi em chau bo me ma u vo chong con trai gai dau re nha lao".split()  # noqa: SIM905 - reads better
)
_PLACES = frozenset("xom thon to khu pho xa lang ap ban doi duong ngo ngach phuong thi tran huyen".split())  # noqa: SIM905
# What may stand after a form of address without being a name. Whatever is not here is left out: better one word
# too few than a resident's name before the whole team.
_NO_NAMES = frozenset(
    "xom thon to khu pho xa lang ap doi ngo o tai di ra len xuong qua sang den toi ve vao lam can cuoc vneid dinh danh "  # noqa: SIM905
    "luc khi trua chieu mai mot nay hom ngay gio don dua cho giup ho tro voi va cung bi khong ko k duoc dc yeu gia om "
    "dau chan liet tat nguyen mat mu tren duoi gan canh so can ai nguoi lai bang xe may oto trung tam y te benh vien "
    "uy ban ubnd tru so cong an cap nho de kip truoc khoang mot minh neo don kho khan nua a nhe nha hai rat".split()
)
_WORD = re.compile(r"\w+|[^\w\s]")
_PART = r"(?:sang|trua|chieu|toi|dem)"
_WHEN = re.compile(
    rf"(?<!\S)(?:(?:luc|vao|khoang|tam) )*(?:"
    rf"[0-9]{{1,2}} ?(?:h|g|gio)(?: ?[0-9]{{2}}| ruoi)?(?: {_PART})?(?: (?:ngay |hom )?(?:mai|mot|nay|kia))?"
    rf"|[0-9]{{1,2}}:[0-9]{{2}}(?: {_PART})?(?: (?:ngay |hom )?(?:mai|mot|nay|kia))?"
    rf"|(?:{_PART} )?(?:ngay |hom )?(?:mai|mot|nay|kia)"
    rf"|(?:{_PART} )?(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)(?: tuan (?:nay|sau))?"
    rf"|(?:{_PART} )?(?:ngay )?[0-9]{{1,2}}/[0-9]{{1,2}}"
    rf")(?!\S)"
)


def asked(text: str) -> str | None:
    """What a message asks the team for, in its own words; None: it does not."""
    plain = fold(text)
    found = _ASKS.match(plain)
    if found is None or not _OLD.search(plain[found.end() :]):
        return None
    words = unicodedata.normalize("NFC", text).split()
    wanted = words[len(found[0].split()) :]
    return " ".join(wanted) if wanted else None


def beside(text: str) -> str | None:
    """The same in a clause of its own beside a report."""
    clauses = [one.strip() for one in _BREAK.split(text)]
    return next((wanted for one in clauses[1:] if (wanted := asked(one)) is not None), None)


def without_time(text: str) -> str:
    """The words without when it is to be, where that is said beside them: `đón cụ xóm 4 8h mai` → `đón cụ xóm 4`.

    `cụ Mai` is somebody.
    """
    words = text.split()
    plain = [fold(word).strip(",;.!?").replace(" ", "_") for word in words]
    gone: set[int] = set()
    for found in _WHEN.finditer(" ".join(plain)):
        first = found.string.count(" ", 0, found.start())
        last = found.string.count(" ", 0, found.end())
        may_be_a_name = found[0].isalpha() and (words[first].istitle() or (first > 0 and plain[first - 1] in _TITLES))
        if not may_be_a_name:
            gone |= set(range(first, last + 1))
    kept = [word for at, word in enumerate(words) if at not in gone]
    return " ".join(kept).strip(" ,;") if kept else text


def how_many(text: str) -> int:
    """How many old people: `đón 2 cụ`."""
    found = _SEVERAL.search(unicodedata.normalize("NFC", text).lower()) or _DIGIT.search(fold(text))
    return (_NUMBERS.get(found["n"]) or int(found["n"])) if found is not None else 1


def without_names(text: str) -> str:
    """The words without names of residents: `đưa cụ Quế xóm 3 ra xã` → `đưa cụ xóm 3 ra xã`.

    After a form of address all goes up to a word that is known to be no name, or a number.
    """
    plain = unicodedata.normalize("NFC", text)
    plain = plain.lower() if plain.isupper() else plain
    kept: list[str] = []
    after_title = in_name = False
    for word in _pieces(plain):
        folded = fold(word)
        capital = word[:1].isupper() and (bool(kept) or folded not in _TITLES | _NO_NAMES)
        if not folded or not folded[0].isalpha():
            after_title = in_name = False
        elif _is_name(folded, capital=capital, before=kept, after_title=after_title, in_name=in_name):
            in_name, after_title = True, False
            continue
        else:
            after_title, in_name = folded in _TITLES and not _is_place(kept), False
        kept.append(word)
    return re.sub(r" +([,.;:!?])", r"\1", " ".join(kept)).strip(" ,;")


def _pieces(text: str) -> list[str]:
    """Words and signs; `8h30`, `20/5` and the like are one."""
    found: list[str] = []
    for word in text.split():
        if any(c.isdigit() for c in word):
            found.append(word)
        else:
            found += _WORD.findall(word)
    return found


def _is_place(kept: list[str]) -> bool:
    return bool(kept) and fold(kept[-1]) in _PLACES


def _is_name(folded: str, *, capital: bool, before: list[str], after_title: bool, in_name: bool) -> bool:
    if capital:
        named_place = any(fold(word) in _PLACES for word in before[-3:])
        return (after_title or in_name or not named_place) and folded not in ("vneid", "cccd", "ubnd")
    if not (after_title or in_name) or folded in _TITLES:
        return False
    return folded not in _NO_NAMES
