"""Where somebody says to work from now on: `tối nay em ở xóm 5`, `em sang xóm 6 rồi`, `giờ sang xóm tám nhà cô Yến …`.

What stands before the hamlet in its clause is told by sorts of words, and each word has to be one of them: when, who
speaks, with whom, how, and a verb of coming or being there. So nobody else's way (`hv75 qua xóm 6`), no plan for
another day, no denial and no home (`nhà bà Lan là ở xóm 5`) is taken for it, whatever its words are.
"""

import re
import unicodedata
from collections.abc import Sequence

from handlers.language.reading import Mention
from handlers.language.signs.folding import fold

_NOW_OF_HUE = re.compile(
    r"\bchừ\b|^chu(?= (?:qua|sang|toi|den|vo|vao|ve|len|xuong|quay|lam) (?:xom|thon|ap|x[0-9]))", re.I
)
# folded it would be `nay`
_BEFORE_NOW = re.compile(r"\b(?:(?:lúc|hồi|khi|ban|vừa) (?:nãy|nảy)|nãy(?! giờ))\b", re.IGNORECASE)
_MOST_WORDS = 20  # before the hamlet; nobody says as many only to come
_CLAUSE = re.compile(r"[,.;!?()\n:–—\u2600-\u27bf\U0001f300-\U0001faff]|(?<!\w)-(?!\w)|\b(?:nhung|ma thoi)\b")
_TITLED = r"(?:cac )?(?:anh chi|anh|chi|ban|bot|ad|admin|sep|dong chi|chu|bac|co|may ban|iu|yeu|em|thay)"
_GREETS = (
    rf"(?:chao|xin chao|alo|a lo|hello|hellu|helo|he lo|hi|e|da|thua|cao|kinh gui|bong)(?: (?:em|con) chao)? {_TITLED}"
    rf"|(?:\w+ )?oi|da|vang|o|u|alo|a lo|hi|hello|hellu|helo|he lo|chao|xin chao|xin|bot|ad|thoi|ok|iu|yeu|bao cao|bc"
    rf"|kinh gui|bao cao {_TITLED}|dong chi|he thong|met qua|het|(?:em|con|minh) chao(?: {_TITLED})?"
)
_WHEN = (
    r"roi|r|gioi|rui|roai|gio|bay gio|gio nay|chu(?= (?:em|e|minh|moi|toi|tui|t|tau)\b)|hien|hien tai|hien nay"
    r"|luc nay|nay|hom nay|hnay|hom ni|hom lay|hum nay|bua nay|bua ni|bua|toi nay|toi ni|tui ni|chieu nay|sang nay"
    r"|dem nay|xong|tiep|ca (?:toi|buoi)(?: nay| ni)?"
    r"|tu gio(?: (?:den|toi) (?:het (?:toi|buoi|dem|ca)|cuoi buoi|luc nghi)| tro di)?"
    r"|tiep theo|the|vay|nen|truoc|day|khoang|sau do|(?:luc |tu )?[0-9]{1,2} ?(?:h|g|gio|:) ?(?:[0-9]{1,2}(?: phut)?)?"
)
_SPEAKER = (
    r"em|e|anh|chi|minh|mik|mk|toi|tui|t|tau|tao|to|con|chau|choa"
    r"|(?:bon|tui|chung|nhom|to|doi|hai dua|2 dua|ca nhom) ?(?:em|e|minh|mik|mk|toi|tui|con|chau|choa)"
    r"|to cong tac(?: gom [0-9]+ (?:dong chi|nguoi))?"
)
_WITH = r"(?:voi|vs|va|cung|cung voi|cung may) (?!xom |thon |ap |ban [0-9])(?:\w+ ){1,6}?"
_HOW = (
    r"cung da|mot minh|1 minh|minh en|di (?:mot|1) minh|di minh en|da|vua|moi|dang|van|cung|con|lai|duoc|dc"
    r"|phan cong|duoc giao|xin|chinh thuc"
    r"|di bo(?: [0-9]+ ?km)?|dap xe"
    r"|chay xe|vao viec"
)
_START = r"bat dau|bd|bat dau di|bat dau lam|bat dau tu|bat dau vao|trien khai|bat dau trien khai|thuc hien nhiem vu"
# `mới lội qua con mương vô`, `đạp xe theo bờ đê tới`, `nghỉ tí rồi`, `ăn xong bát phở thì`: how, or what before.
_WAY = (
    r"(?:loi|leo|bang|vong|cuoc bo|dap xe|chay xe|di bo|phong xe|lo mo|lan loi|di|chay|qua)"
    r" (?:bo |xe )?(?:qua|theo|tren|men|het|doc|bang|xuong|len|ra) (?!xom |thon |ap |ban [0-9])(?:\w+ ){1,4}?"
    r"|(?:nghi|an|uong|tru mua|dung|ngoi|ghe an|ghe uong) (?:\w+ ){0,6}?(?:roi|xong|thi|xong roi) "
)
_IS = r"o|co mat|dung|ngoi|truc"
_GOES = (
    r"sang|qua|wa|toi|den|di|vao|vo|xuong|len|ve|lam|chay|quay|ghe|nhay|doi|chuyen|move|truc|coi|quay lai|quay ve"
    r"|bao cao(?= tu | o | tai )|bao(?= tu )|mo(?= den )|ra|di chuyen|tat|tat qua|tat vo|dat chan|vong|tha bo|cuoc bo"
    r"|cay|can quet|quet|quay qua|tro lai|tro ve|tiep|lui|loi|re|phu trach|nhan|phan|dia ban|tuyen|dia ban la|mo qua"
)
_THERE = (
    r"o|chung|tu|tai|den|toi|vao|sang|qua|lam|di|ben|khu vuc|dia ban|dau|cuoi|giua|trong|gan het|nha van hoa|ca toi"
    r"|viec|lai"
)
_BEFORE = re.compile(
    rf"(?:(?:{_GREETS}|{_WHEN}) +)*"
    rf"(?:(?P<who>{_SPEAKER}) +)?(?:{_WITH})?(?:(?:{_WHEN}|{_HOW}|thi) +)*(?P<way>{_WAY})?"
    rf"(?:(?P<who2>{_SPEAKER}) +)?(?:(?:{_HOW}|lai|thi) +)*"
    rf"(?:(?P<starts>{_START}) +(?:(?:{_START}|{_GOES}|{_THERE}|{_WHEN}) +)*|(?P<goes>{_GOES}) +(?:(?:{_THERE}) +)*"
    rf"|(?P<is>{_IS}) +(?:(?:{_THERE}) +)*)"
)
_NOW = re.compile(r"\b(?:dang|van|gio|nay|ni|chu|hien|co mat|moi|vua|con)\b")
# After it: nothing, a particle, with whom, or the work itself; `em qua xóm 6 lấy cái ô` is no work.
_PARTICLE = (
    r"roi|r|oi|ui|rui|roai|gioi|gui|dzoi|rau|rou|nha|nhe|nhes|nha|nhen|nghen|nghe|nghi|hen|hi|hay|he|ho|nhi|ne|ni|day|do|a|ah|ak|hihi|luon|tiep|truoc"
    r"|chut|ti|mot chut|mot ti|1 ti|1 chut|khoi phai nhac lai|khoi nhac lai"
    r"|bot|ad|anh|sep|dong chi|ban|cho|that|xem|mot minh|lai|het|hoi|no|nek|ri|b|hinh nhu"
)
_AFTER = re.compile(
    rf"^(?:(?:{_PARTICLE}|lam|lam viec|lam tiep|lam luon|cai|bat dau|trien khai|tai|lan nua) +)*"
    r"(?:$|(?:luc|tu|hoi|khoang|nay|hom nay|toi nay|toi ni|thi|va|voi|vs|cung|cho vui|di|mot minh|tu dau|de|co"
    r"|not|lam not|do|ma|duong|troi)\b"
    r"|(?:nha|ho|gia dinh|ong|ba|bac|co|chu|cu|anh|chi|di|cau|mo|thim|o|duong|me|on|thay|thang|cai|chau)\b|[0-9])"
)
_ONLY_THAT = re.compile(rf" ?(?:(?:{_PARTICLE}) +)*")
_TONIGHT = re.compile(r"(?:toi nay|toi ni|tui ni|hom nay|hnay|hom ni|bua nay|dem nay|nay)")  # `tối ni xóm 2`
_ASKS = re.compile(
    r"\b(?:chua|khong|ko|k|hong|hok|hay khong|ha|bao nhieu|nao|sao|dau|ai|duoc chua|phai khong)\b(?! co\b)"
)
_NOT_NOW = re.compile(
    r"\b(?:mai|mot|ngay kia|tuan sau|se|dinh|tinh|chac|hay la|neu|lat|chut|ti nua|roi moi|khi nao|hom qua)\b"
)
_FIRST = re.compile(
    r"(?<=[0-9]) +(?:truoc +|(?=roi (?:em|e|minh|tui|toi) ))(?:roi|r|xong|sau do|het roi)"
    r"(?: (?:moi|thi|em|e|minh|tui|toi|lai|se|ms))*"
    r"(?= (?:qua|sang|toi|den|di|ve|vo|vao|xuong|len|lam) )"
)
_DONE = re.compile(r"\b(?:xong|het|roi) (?:het |ca |ben |o )*(?:xom|thon|ap|khu|to|x ?[0-9])")
_AFTERWARDS = re.compile(r"(?:xong|roi|sau do|sau|tiep theo|tiep do) ")
_OR = re.compile(r"\b(?:xom|thon|to|ap|khu|ban|doi|tdp|x)(?: so)? ?[0-9]+|\bx[0-9]+\b")


def announced(text: str, mentions: Sequence[Mention], *, question: bool = False) -> Mention | None:
    """The hamlet where its writer says to work from now on, of several the last; None: none is said, or two at once."""
    if not mentions:
        return None
    marked = _NOW_OF_HUE.sub("giờ", unicodedata.normalize("NFC", text))
    plain = fold(_BEFORE_NOW.sub("qk", marked))
    found: Mention | None = None
    clauses = _clauses(plain)
    for at, (whole, mark) in enumerate(clauses):
        asked = mark == "?" or (question and at == len(clauses) - 1)
        first, *then = _FIRST.split(whole)  # `tối ni em đi xóm 5 trước rồi mới qua xóm 6`
        clause = then[-1].strip() if then and _DONE.search(first) else first  # `xong xóm 4 rồi em qua xóm 5`
        here = [one for one in mentions if not one.denied and _stands(fold(one.said), clause)]
        names = {one.name for one in here}
        if found is not None and _AFTERWARDS.match(clause):
            continue  # `em đi xóm 2 trước, xong thì sang xóm 3`
        if len(names) == 1 and not asked and _comes(clause, fold(here[-1].said)):
            found = here[-1]
    return found


def _clauses(plain: str) -> list[tuple[str, str]]:
    """The clauses with the sign after each, which tells a question."""
    found, start = [], 0
    for sign in _CLAUSE.finditer(plain):
        joined = sign[0] == ":" and re.fullmatch(r".*\bdia ban *", plain[start : sign.start()])
        if not joined:
            found.append((plain[start : sign.start()], sign[0]))
            start = sign.end()
    return [(" ".join(part.split()), sign) for part, sign in [*found, (plain[start:], "")] if part.strip()]


def _stands(said: str, clause: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(said)}(?!\w)", clause) is not None


def _comes(clause: str, said: str) -> bool:
    """Whether its writer comes to the hamlet that is said in the clause, or is there, to work."""
    named = re.search(rf"(?<!\w){re.escape(said)}(?!\w)", clause)
    assert named is not None
    before, after = _words(clause[: named.start()]), clause[named.end() :]
    head = _BEFORE.fullmatch(f"{before} ") if len(before.split()) <= _MOST_WORDS else None
    planned = before[head.end("way") :] if head is not None and head["way"] else before  # `nghỉ chút rồi sang`
    if _NOT_NOW.search(planned) or _OR.search(after):
        return False
    if head is None:
        return _TONIGHT.fullmatch(before) is not None and _ONLY_THAT.fullmatch(f"{_words(after)} ") is not None
    if head["way"] and head["is"]:
        return False  # `lội qua mương lấy dép ở xóm 1`
    if head["is"] and not (head["who"] or head["who2"]) and not _NOW.search(before):
        return False  # `ở xóm 5 nhé` says where something told before was
    tail = _words(after)
    asks = _ASKS.search(re.split(r"\b(?:nha|ho|ong|ba|bac|co|chu|cu|anh|chi|di)\b", tail)[0])
    return asks is None and _AFTER.match(f"{tail} " if tail else "") is not None


def _words(clause: str) -> str:
    """Words without signs and pictures, and without the letters that are only drawn out (`nhaaa`)."""
    return " ".join(re.sub(r"([a-z])\1{2,}|([a-z])\2+\b", r"\1\2", re.sub(r"[^\w ]+", " ", clause)).split())
