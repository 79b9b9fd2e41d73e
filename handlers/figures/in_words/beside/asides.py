"""What is said beside a question and asks nothing: who one is, what an answer is for; it restricts no number.

A clause is passed over only where it names no place, person, number, measure or time that could restrict what is asked,
and where the rest is a whole question.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from handlers.figures.in_words.beside import telling
from handlers.figures.in_words.parsing import Item
from handlers.figures.in_words.patterns import lengths
from handlers.figures.in_words.tokens import Token, marks_of

# Words that begin what an answer is for, or why it is asked.
_FOR = frozenset(marks_of(word) for word in ("để", "vì", "bởi", "nên", "kẻo", "de"))
_RESTRICTING = (
    *("trừ", "ngoài", "ngoại", "trên", "dưới", "chỉ", "riêng", "trước", "sau", "hơn", "kém", "bỏ", "loại", "kể", "gồm"),
    *("nam", "nữ", "phụ", "giới", "tuổi", "già", "trẻ", "giờ", "phút", "ngày", "tháng", "năm", "tuần", "đợt", "quý"),
    *("xã", "thôn", "xóm", "ấp", "làng", "khu", "phường", "tỉnh", "quận", "trường", "lớp", "nhà", "hộ", "cụ", "dân"),
    *("tiền", "máy", "cccd", "otp", "điện", "thoại", "lương", "thưởng", "khoảng", "từ", "đến", "tới", "qua", "lúc"),
    *("cháu", "bạn", "học", "sinh", "viên", "của", "ở", "tại", "hưu", "khác", "còn", "thiếu"),
)
_MARKED = frozenset(marks_of(word) for word in _RESTRICTING)
# Those of them that are no harmless words where they are typed without marks.
_BARE = frozenset("tru ngoai tren duoi rieng truoc kem loai nu tuoi thon xom tien may".split())  # noqa: SIM905
# A complaint that nothing was seen, and the time that it is: `9h tối rồi`.
_COMPLAINS = re.compile(
    r"ma (?:toi|em|anh|chi|minh|a|e|c|t) (?:van )?(?:chua|chang|khong|ko|k) (?:nhin )?thay(?: \w+){0,5}"
)
_IT_IS_LATE = re.compile(
    r"(?:[0-9]{1,2} ?(?:h|g|gio) ?(?:[0-9]{2}|ruoi|hon)?(?: (?:toi|dem|khuya))?"
    r"|(?:(?:troi|gio|gan|sap|da) ){0,2}(?:toi|dem|khuya|muon|tre|nua dem|het ngay|het gio)(?: (?:lam|qua|mu|muon))?)"
    r" (?:roi|r)(?= |$)"
)
# What goes on about those who ask: `mà sếp cứ hỏi`, `nghe họ khoe thế`; behind people it says who: `người mà em …`.
_GOES_ON = frozenset({"ma", "chu", "do", "tai", "boi", "nen", "sao", "nghe", "thay"})
_PEOPLE = frozenset("nguoi ng nha ho cu may dan ban em con ong ba ai nao".split())  # noqa: SIM905
_COMES_BY = frozenset("minh em anh chi toi chung to ghe se con lai".split())  # noqa: SIM905
_HELD = frozenset("chua khong chang toi minh t bac chu co a c".split())  # noqa: SIM905
_WHETHER = frozenset({"khong", "chua", "ko", "k"})
_INSTEAD = frozenset({"phai", "la phai", "cu", "can", "nen", "la can", "thoi", "lai phai", "se phai", "de"})
_SENDS = frozenset({"gui", "trinh", "nop", "chuyen", "dua", "bao cao", "ky", "in"})
_TOLD = frozenset({"", "fill", "request", "title", "whose", "weak"})
_NOUNS = frozenset({"reports_noun", "reached", "letter", "excel"})
_OFFICES = frozenset({"ubnd", "hdnd", "ub", "ca", "du", "bcd"})
_TELLERS = frozenset("toi em e minh t anh chi a co chu bac chau bot ae tao tui to khong ko k".split())  # noqa: SIM905


def asked_part(tokens: Sequence[Token], items: Sequence[Item], *, tomorrow: int) -> list[Item]:
    """The items without those of clauses that ask nothing; `tomorrow`: the ordinal of the first day to come."""
    clauses = _clauses(tokens, items)
    saying = [one for one in clauses if not telling.is_introduction(tokens[one[0].start : one[-1].end])]
    if saying and len(saying) < len(clauses):  # `em ơi anh Khoa đây, …`
        return asked_part(tokens, [item for clause in saying for item in clause], tomorrow=tomorrow)
    asides = [clause for clause in clauses if len(clauses) > 1 and _is_aside(tokens, clause, items, tomorrow)]
    passed = {item.start for clause in asides for item in clause}
    kept = [item for item in items if item.start not in passed]
    purposes = {
        item.start
        for clause in clauses
        if tokens[clause[0].start].marked in _FOR and not (clause[0].sense and clause[0].sense.rule == "so_then")
        for item in clause
    }
    real = [item for item in kept if item.start not in purposes]  # `mai có mưa ko để báo các đội` asks of the rain
    is_asked = any(_is_of_numbers(item) or _said(tokens, item) == "so" for item in real)
    return kept if is_asked else list(items)


def _is_of_numbers(item: Item) -> bool:
    """Whether it is what a question about numbers is made of: `tới đâu rồi` alone is asked of anything."""
    counts = item.sense is not None and (item.kind, item.sense.value) == ("ask", "number")
    return counts or item.kind in ("measure", "outcome", "file", "reports", "rank", "limit", "commune")


def _clauses(tokens: Sequence[Token], items: Sequence[Item]) -> list[list[Item]]:
    """What stands between signs, and what begins with `để` or the like."""
    found: list[list[Item]] = [[]]
    said = telling.introduces(tokens) or _late(tokens, items)
    for at, item in enumerate(items):
        sends = bool(found[-1]) and tokens[found[-1][0].start].marked in _FOR and tokens[item.start].plain == "cho"
        opens = item.start == said or (_opens(tokens, items, at) and not sends)  # `để nộp cho anh trưởng`
        if found[-1] and (tokens[item.start - 1].ends or opens):
            found.append([])
        found[-1].append(item)
    return found


def _opens(tokens: Sequence[Token], items: Sequence[Item], at: int) -> bool:
    """Whether a clause that says what for begins here: `để nộp`, and of files `cho tôi nộp thầy`."""
    item, first = items[at], tokens[items[at].start]
    if _is_instead(tokens, item.start):
        return True
    if first.marked in _FOR and item.kind in ("fill", ""):
        return True
    if _goes_on(tokens, items, at):
        return True
    if first.plain == "ma" and _COMPLAINS.match(" ".join(token.plain for token in tokens[item.start :])):
        return True
    is_file = any(one.kind == "file" for one in items[:at])
    return (
        is_file and first.plain == "cho" and item.kind == "request" and at + 1 < len(items) and _is_open(items[at + 1])
    )


def _is_instead(tokens: Sequence[Token], at: int) -> bool:
    """`… không hay phải làm thêm`: what is done if not, behind a question of whether."""
    words = [token.plain for token in tokens[at : at + 3]]
    asked = at > 0 and tokens[at - 1].plain in _WHETHER
    return asked and words[:1] == ["hay"] and not _INSTEAD.isdisjoint((" ".join(words[1:2]), " ".join(words[1:3])))


def ended(tokens: list[Token]) -> list[Token]:
    """The words, with a sign before what is done if not: `có kịp không hay phải làm thêm`."""
    return [replace(one, ends=one.ends or _is_instead(tokens, at + 1)) for at, one in enumerate(tokens)]


def _goes_on(tokens: Sequence[Token], items: Sequence[Item], at: int) -> bool:
    """`mà nghe họ khoe thế`, `sếp hỏi`: a clause about those who ask begins without a sign."""
    item = items[at]
    last = tokens[item.start - 1]
    if not item.start or last.plain in _PEOPLE | _HELD or item.kind not in ("", "fill"):
        return False
    end = _end(tokens, item.start)
    if tokens[item.start].plain in _GOES_ON:
        return telling.behind(tokens, item.start, end) > 0
    asked = items[at - 1].kind in ("fill", "done") or items[at - 1].asks or items[at - 1].kind == "ask"
    return asked and telling.behind(tokens, item.start, end, by_others=True) > 0


def _is_open(item: Item) -> bool:
    """Whether nobody knows what it says, or only where something is to go: `trình lãnh đạo`."""
    return not item.kind or (item.sense is not None and item.sense.rule == "to_be_posted")


def _end(tokens: Sequence[Token], at: int) -> int:
    """Where what is said ends that goes on at a word."""
    return next((n + 1 for n in range(at, len(tokens)) if tokens[n].ends), len(tokens))


def _late(tokens: Sequence[Token], items: Sequence[Item]) -> int:
    """How many words at the beginning only say how late it is: `9h rồi còn ai chưa báo`."""
    late = _IT_IS_LATE.match(" ".join(token.plain for token in tokens[:4]))
    if late is not None and len(tokens) > (length := len(late[0].split())) and any(i.start == length for i in items):
        return length
    return 0


def _is_told(tokens: Sequence[Token], clause: Sequence[Item]) -> bool:
    """Whether a clause tells of those who ask, and nothing in it could restrict what is asked."""
    start, end = clause[0].start, clause[-1].end
    behind = telling.behind(tokens, start, end)
    if not behind or (start and tokens[start - 1].plain in _PEOPLE and not tokens[start - 1].ends):
        return False
    before = {token.plain for token in tokens[start:behind]}
    hearsay = not telling.HEARSAY.isdisjoint(before)
    for item in clause:
        rule = item.sense.rule if item.sense is not None else ""
        asks_whether = item.sense is not None and (item.kind, item.sense.value) == ("ask", "whether")
        when = item.period is not None and item.period.part is not None  # `phải báo cáo chủ tịch chiều nay`
        may = (
            item.kind in _TOLD
            or rule in _NOUNS
            or asks_whether
            or when
            or (hearsay and item.kind in ("reports", "rank"))
        )
        if not (may or item.end <= behind) or (item.kind == "whose" and item.end > behind and rule == "own_team"):
            return False
        if item.kind in ("commune", "hamlet", "person", "limit", "most", "outcome"):
            return False
        if not item.kind and item.start >= behind and telling.may_restrict(tokens, item.start, start):
            return False
    unknown = [token for item in clause if not item.kind and item.start >= behind for token in words_of(tokens, item)]
    return not any(_restricts(tokens, token) for token in unknown)


def _restricts(tokens: Sequence[Token], token: Token) -> bool:
    at = tokens.index(token)
    if token.plain == "qua" and at and tokens[at - 1].plain in _COMES_BY:
        return False  # `để mai mình qua vận động lại`
    return (
        token.marked in _MARKED
        or (token.bare and token.plain in _BARE)
        or any(sign.isdigit() for sign in token.plain)
        or (token.capital and not _is_office(tokens, token) and not _begins(tokens, token))
    )


def _is_office(tokens: Sequence[Token], token: Token) -> bool:
    """`UBND`, `anh Chủ tịch`."""
    at = tokens.index(token)
    return token.plain in _OFFICES or any(
        begin + n > at for begin in (at - 1, at) if begin >= 0 for n in lengths(tokens, begin, "teller", capitals=True)
    )


def _is_aside(tokens: Sequence[Token], clause: Sequence[Item], items: Sequence[Item], tomorrow: int) -> bool:
    words = [tokens[at] for item in clause for at in range(item.start, item.end)]
    said = " ".join(word.plain for word in words)
    if _IT_IS_LATE.fullmatch(said) or (_COMPLAINS.match(said) and _is_complaint(tokens, clause, items)):
        return True
    if _is_instead(tokens, clause[0].start) or _is_sent(tokens, clause, items):
        return True
    if _is_told(tokens, clause) or clause[-1].end in (_late(tokens, items), telling.introduces(tokens)):
        return True
    unknown = [token for item in clause if not item.kind for token in words_of(tokens, item)]
    purpose = clause[0].start > 0 and _opens(tokens, items, items.index(clause[0]))
    comes = any(_is_to_come(item, tomorrow) for item in clause)
    posted = any(_is_open(item) for item in clause)
    told = [token for item in clause if item.kind != "request" for token in words_of(tokens, item)]
    if not (purpose or (posted and (comes or _has_teller(told, unknown)))):
        return False
    if not all(
        _asks_nothing(tokens, item, purpose=purpose, to_come=comes) or _is_to_come(item, tomorrow) for item in clause
    ):
        return False
    return not any(_restricts(tokens, token) for token in unknown)


def _is_sent(tokens: Sequence[Token], clause: Sequence[Item], items: Sequence[Item]) -> bool:
    """`để gửi anh Phó trưởng Công an huyện`: to whom a file is to go, whoever that is; no number and no day."""
    first = tokens[clause[0].start]
    if first.marked not in _FOR or not any(item.kind == "file" for item in items if item.end <= clause[0].start):
        return False
    words = [token.plain for token in tokens[clause[0].start : clause[-1].end]]
    sends = words[1:2] and (words[1] in _SENDS or " ".join(words[1:3]) in _SENDS)
    kinds = {item.kind for item in clause}
    digits = any(sign.isdigit() for word in words for sign in word)
    return bool(sends) and not digits and kinds.isdisjoint({"period", "outcome", "commune", "hamlet", "file", "limit"})


def _has_teller(words: Sequence[Token], unknown: Sequence[Token]) -> bool:
    """Whether somebody tells of what nobody knows: `anh ghé qua`, and not `dong anh`."""
    first = unknown[0].start if unknown else words[-1].end if words else 0
    given = {behind.start for word, behind in pairwise(words) if word.plain == "cho"}  # `liệt kê cho cô`
    tellers = [word for word in words if word.plain in _TELLERS and word.start not in given]
    return any(word.start < first or not word.bare for word in tellers)


def _is_complaint(tokens: Sequence[Token], clause: Sequence[Item], items: Sequence[Item]) -> bool:
    """`mà anh chưa thấy báo cáo gì` behind a question of how many, or of who has reported, and nothing named in it."""
    before = [item for item in items if item.start < clause[0].start and item.sense is not None]
    people = ("nguoi", "ng", "ban", "vien")
    asks = any(
        item.kind == "reports"
        or (item.sense is not None and item.sense.rule == "how_many" and tokens[item.end - 1].plain not in people)
        for item in before
    )
    return asks and all(item.kind in ("fill", "whose", "reports", "ask", "measure", "request") for item in clause)


def words_of(tokens: Sequence[Token], item: Item) -> Sequence[Token]:
    """The words of an item."""
    return tokens[item.start : item.end]


def _said(tokens: Sequence[Token], item: Item) -> str:
    return " ".join(token.plain for token in words_of(tokens, item))


def _asks_nothing(tokens: Sequence[Token], item: Item, *, purpose: bool, to_come: bool) -> bool:
    if item.kind in ("", "fill", "request", "title"):
        return True
    assert item.sense is not None
    said = " ".join(token.plain for token in words_of(tokens, item))
    if item.kind == "whose":
        return purpose or item.sense.value == "own"
    if item.kind == "which":
        return purpose and said == "dau"  # `không mắng đâu`
    if said == "giao" and to_come:
        return True  # `mai họp giao ban`
    if said in ("giao", "cai", "bao cao", "bao", "bc"):
        return purpose  # `họp giao ban`, `nộp thầy cái`, `để bác báo cáo sếp`
    return (item.kind, item.sense.value) == ("ask", "whether") or said in ("duoc giao", "duoc", "lam", "chot")


def _is_to_come(item: Item, tomorrow: int) -> bool:
    return item.period is not None and item.period.first.toordinal() >= tomorrow


def _begins(tokens: Sequence[Token], token: Token) -> bool:
    """Whether a capital is only that of a sentence."""
    at = tokens.index(token)
    alone = at + 1 == len(tokens) or not tokens[at + 1].capital
    return alone and (at == 0 or tokens[at - 1].ends_sentence)
