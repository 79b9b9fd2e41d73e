"""Questions in words: `Xuân Thu hôm nay được bao nhiêu?`, `xã nào chậm nhất?`, `em được mấy máy rồi?`.

What is asked is read by `in_words`, a pure function; whose numbers may be told by `replies.choosing`; each measure has
its words in `replies`. What is not understood whole is not answered, but said.
"""

import re
from unicodedata import normalize

from handlers.figures.in_words import Asked, By, Measure, NotUnderstood, Whose, chance
from handlers.figures.replies import before, choosing, standing
from handlers.figures.replies.answering import answered
from handlers.figures.replies.before import alone
from handlers.figures.replies.beside import FIGURE, HOW_MANY, reports_beside
from handlers.figures.replies.beyond import OF_CONTACTS, beyond
from handlers.language import Kind, Reading, Why, fold
from handlers.messages import Message, Saying
from handlers.turn import Turn
from storage.campaign.people import Role

_ASKING = frozenset(
    {
        "how_many",
        "so_many_or_not",
        "which_person",
        "which_commune",
        "which_of_several",
        "picture",
        "excel",
        "letter",
        "adding_up",
    }
)
_THINGS = (  # `quán cơm nào`, and no `đi nào`
    r"quan(?: \w+)?|phong|cho|noi|duong|loi|mon(?: \w+)?|lop|xe|ben|cua|gio|ngay|buoi|truong|hang|so|link|nhom|app"
    r"|cach|loai|cai|chuyen|tram|bai|muc|nut|don|vi tri|dia chi"
)
_ASKS = re.compile(
    r"\b(?:bn (?:may|nguoi|ng|nha|tien)"
    r"|bao gio|khi nao|bao nhieu|bao nhiu|nhieu tien|may gio|tai sao|vi sao|sao lai|lam sao|the nao|o dau|dau the"
    r"|la gi|lam gi"
    rf"|(?:{_THINGS}) nao|(?:xin|gui|cho) (?:\w+ ){{0,3}}(?:so dt|sdt|so dien thoai|zalo|dia chi|danh sach|lich)"
    r"|co (?:\w+ ){1,3}(?:khong|ko|k|chua)(?= |$)|(?:khong|ko) (?:nhi|vay|the|ad|bot|a)$)\b"
)
_COUNTED = re.compile(r"\b[0-9]+ ?(?:may|nguoi|ng|nha|ho|tk|ca|cu|ong|ba|vang|dt|tai khoan)\b")
# Many of what is counted: `bn nhà vắng`, `mấy máy`; without figures it is never a report.
_HOW_MANY_OF = re.compile(
    r"\b(?:bn|bao nhieu|bao nhiu|bnhieu|bnh|(?<!\bmay )may(?= (?:nha|ho|nguoi|ca|cu|dua|ban|may|xom|thon)\b))"
    r" (?:may|nha|ho|nguoi|ng|ca|cu|tk|tai khoan|luot|dua|ban|hen|vang|loi)\b"
)
# `được 60 máy chưa` counts nothing, but asks whether there are so many.
_SO_MANY_OR_NOT = re.compile(
    r"\b(?:duoc|dc|dat|toi|len|den|du|qua) [0-9]+ ?(?:may |tk |%)? ?(?:chua|ch|ko|khong|k)\b(?=(?: (?:a|bot|em|anh"
    r"|chi|nhi|vay|the|z|v|ad|nua|ha|ta))*[ ?!.]*$)"
)
# `phải được 60 máy đúng không` counts nothing either.
_HAS_TO_BE = re.compile(
    r"\b(?:can|phai|dinh muc|chi tieu)(?: (?:duoc|dc|dat|co|lam|la|du)){0,2} [0-9]+ ?(?:may|tk)?"
    r" (?:dung|phai) (?:khong|ko|k)\b"
)
_WANTS_NUMBERS = re.compile(
    r"\b(?:xin|xem|hoi|biet|coi)(?: (?:cai|lai|giup|cho|em|e|minh|toi|ve))* (?:so|tong|ket qua|danh sach)\b"
)
_SIGNS = re.compile(r"[,;\n]|\.\s")
_OF_WAGES = re.compile(r"\b(?:bn|bao nhieu|bnhieu|bnhiu|bao nhiu|may) (?:tien|dong|trieu|tram nghin|luong|diem)\b")
_OF_ONE = re.compile(r"\b(?:1|mot|moi) (?:may|tk|tai khoan|nguoi|ng|nha|ho|ngay|toi|buoi|ban|dua|dot)\b")
_SOME = re.compile(r"(?:vang|tu choi|hen lai|hen|loi|khong dong y|chua dong y) may (?:nha|ho|nguoi|may|ca)(?: a)?[.]*")
_FORGETS = re.compile(r"\b(?:khong|ko|k|chang|chua) nho\b")
_DIVIDES = re.compile(r"^(?:chia|tach|phan|boc|theo|tung)(?: (?:ra|theo|tung|rieng|tach|chi tiet))* [a-z]+")
_NUMBERED = re.compile(r"\b(?:xom|thon|khu|to|doi|x|ngay|thu|t) ?[0-9]+\b")
_PLACES = re.compile(r"\b(?:xom|thon|khu|to|doi|x|ngay) ?[0-9]+\b")
_WEEKDAY = re.compile(r"\bthứ [2-7]\b")
_SO_IT_ASKS = re.compile(r"\bmấy (?:nhà|hộ|người|cụ|ca|bạn|máy)\b.* (?:vậy|thế|nhỉ|hả|ha|z|v|ta)[ ?.!]*$")
_SUM_OF = re.compile(r"(?:tong|so|so luong|tong so|thong ke|danh sach) ")
# Their words are those of a question, whether or not one of them asks.
_OF_ITSELF = frozenset(
    {
        *(Measure.STORED, Measure.VISITS, Measure.PHASES, Measure.LAST_REPORT, Measure.LEADS, Measure.UNSTAFFED),
        *(Measure.PART, Measure.SUCCESS),
    }
)
_OF_MINE = re.compile(r"^[^0-9]*\bcua (?:em|e|minh|toi|t|tui)\b[^0-9]*$")
_RATHER, _SURELY = 0.5, 0.9  # chances that a text asks, where a report is open and where it is whole
_FEW = 3  # words that were not understood in a question of a student


def understood(text: str, turn: Turn) -> Asked | NotUnderstood | None:
    """What a text asks of numbers; what it leaves out is as in the question before."""
    found = alone(text, turn)
    return before.going_on(text, turn, found) if isinstance(found, Asked) else found


def of_officer(message: Message, turn: Turn, found: Asked | NotUnderstood | None) -> list[Saying] | None:
    """The answer to an officer or admin; None where nothing is asked, or nothing shows that it is of numbers."""
    if isinstance(found, Asked):
        return answered(message, turn, found)
    if isinstance(found, NotUnderstood) and (found.asks or found.firm) and OF_CONTACTS.search(fold(message.text)):
        return [beyond(turn, message.text)]
    if isinstance(found, NotUnderstood) and not found.talk:
        return [choosing.not_understood(turn, found, message.text)]
    return [beyond(turn, message.text)] if isinstance(found, NotUnderstood) and found.firm else None


def of_member(message: Message, turn: Turn, reading: Reading) -> list[Saying] | None:
    """The answer to a student or lead who asks and does not report; None where they do not; [] to talk in a group."""
    if message.forwarded or message.edited_at is not None:
        return None
    if reading.kind is not Kind.CHAT and reading.of_home is None and _is_of_a_wage(message.text):
        return [beyond(turn, message.text)] if message.addressed else []
    if reading.kind not in (Kind.CHAT, Kind.UNCLEAR):
        return _no_report(message, turn, reading)
    if reading.kind is Kind.UNCLEAR and _tells_of_work(message.text, turn, reading):
        return None
    so = standing.is_it_so(message, turn) or standing.where_is_it(message, turn)
    if so is None and reading.kind is Kind.UNCLEAR and reports_beside(message, turn):
        return None
    found = None if so is not None else understood(message.text, turn)
    abroad = isinstance(found, NotUnderstood) and found.counts and found.place and not found.talk
    of_file = isinstance(found, NotUnderstood) and found.file
    if isinstance(found, NotUnderstood) and message.addressed and reading.kind is Kind.CHAT and not found.talk:
        out = choosing.hidden(turn, found)
        return [out] if out is not None else None
    if isinstance(found, NotUnderstood) and (abroad or of_file) and reading.kind is Kind.UNCLEAR:
        return [choosing.not_understood(turn, found, message.text)] if message.addressed else []
    if isinstance(found, NotUnderstood) and reading.kind is Kind.UNCLEAR:
        return _asks_too_much(message, turn, found, likely=_RATHER if reading.of_home is None else _SURELY)
    if so is None and not (isinstance(found, Asked) and _is_question(found, message, turn, reading)):
        return None
    if not message.addressed:
        return [] if reading.kind is Kind.UNCLEAR else None
    if so is not None:
        return [so]
    assert isinstance(found, Asked)
    return answered(message, turn, found)


def _only_wants(found: Asked, text: str) -> bool:
    """Whether it asks by nothing but what looks like a request: `cai nguoi quen mk nho ra r, xong luon`."""
    asks = "?" in text or chance(text) > _RATHER or not _ASKING.isdisjoint(found.rules)
    return "report_me" in found.rules and not asks


def _tells_of_work(text: str, turn: Turn, reading: Reading) -> bool:
    """Whether what is unclear is a report, whatever in it looks like a question."""
    if _FORGETS.search(fold(text)):
        return True  # a report whose number somebody does not remember
    if reading.of_home is not None and _is_counted(text, of_home=True):
        return True  # `nha co Thu 3 may 1 co r`: what a home did is told, and no `thứ mấy` is asked
    told = reading.why is Why.BARE_DONE and reading.draft is not None and bool(reading.draft.entries)
    if told and "?" not in text and not isinstance(understood(text, turn), Asked):
        return True  # `con samsung nãy lỗi giờ xong r`
    return turn.me.role is Role.STUDENT and _SOME.fullmatch(fold(text)) is not None  # `từ chối mấy nhà`: of some


def _no_report(message: Message, turn: Turn, reading: Reading) -> list[Saying] | None:
    """The answer to a question whose words look like a report: `có biểu đồ ko cho xin 1 cái`. It is never stored.

    Every word of it is one of a question, and one asks for a number, for whom, or for a file.
    """
    if (where := standing.where_is_it(message, turn)) is not None:
        return [where] if message.addressed else []
    if (so := standing.is_it_so(message, turn)) is not None and standing.was_it_taken(message.text):
        return [so] if message.addressed else []
    if _is_counted(message.text, of_home=reading.of_home is not None) or reports_beside(message, turn):
        return None
    folded = fold(message.text)
    found = understood(message.text, turn)
    asks_how_many = _HOW_MANY_OF.search(folded) is not None and not FIGURE.search(_NUMBERED.sub("", folded))
    if isinstance(found, NotUnderstood):
        alone = asks_how_many and HOW_MANY.search(folded) and reading.of_home is None  # `may` may be `máy`
        alone = alone and not _SIGNS.search(message.text)
        asked = _asks_too_much(message, turn, found, likely=_SURELY)
        return [beyond(turn, message.text)] if asked is None and alone and message.addressed else asked
    if not isinstance(found, Asked) or not found.firm:
        return None
    if not (asks_how_many or _ASKING.intersection(found.rules) or found.measure in _OF_ITSELF):
        return None
    return answered(message, turn, found) if message.addressed else []


def _is_of_a_wage(text: str) -> bool:
    """Whether money or marks are asked for, and no number of work is told: `làm 1 máy được trả bao nhiêu tiền`."""
    rest = _OF_ONE.sub("", fold(text))
    return _OF_WAGES.search(rest) is not None and not (_SIGNS.search(text) or FIGURE.search(rest))


def _is_counted(text: str, *, of_home: bool) -> bool:
    """Whether a number of something stands in it that is not asked for: `3 máy`, and no `được 60 máy chưa`.

    `of_home`: one is named, so that `nha chi Minh Thu 5 may` are her five phones, and no Thursday.
    """
    numbered = _PLACES if of_home and not _WEEKDAY.search(normalize("NFC", text).lower()) else _NUMBERED
    told = _HAS_TO_BE.sub("", _SO_MANY_OR_NOT.sub("", fold(text)))
    return _COUNTED.search(numbered.sub("", told)) is not None


def _asks_too_much(message: Message, turn: Turn, found: NotUnderstood, *, likely: float) -> list[Saying] | None:
    """What is said to what can only be a question, of which a few words are not known; it opens no report.

    `likely`: the chance above which its words as a whole are those of a question.
    """
    folded = _NUMBERED.sub("", fold(message.text))
    if found.asks and OF_CONTACTS.search(folded) and not FIGURE.search(folded):
        return [beyond(turn, message.text)] if message.addressed else []
    how_many = HOW_MANY.search(folded) or _SO_IT_ASKS.search(normalize("NFC", message.text).lower())
    few = found.counts and not FIGURE.search(folded) and how_many is not None
    few = few and 0 < len(found.words.split()) <= _FEW
    of_somebody = found.words.isalpha() and found.words.istitle()  # `Giang hôm nay mấy máy`, who is of another team
    wants = _WANTS_NUMBERS.search(folded) is not None and not FIGURE.search(folded)
    if found.talk or not (few or wants or (not of_somebody and chance(message.text) > likely)):
        return None
    return [choosing.not_understood(turn, found, message.text)] if message.addressed else []


def _is_question(asked: Asked, message: Message, turn: Turn, reading: Reading) -> bool:
    """Whether a student or lead asks: in so many words, or a lead who names a commune or a period alone."""
    if reading.kind is Kind.UNCLEAR and _only_wants(asked, message.text):
        return False
    if (
        asked.firm
        or asked.measure in _OF_ITSELF
        or (asked.whose is Whose.OWN and asked.grouped in (By.HAMLET, By.DAY, By.OUTCOME))
    ):
        return True
    if asked.whose is Whose.OWN and asked.period is not None and _OF_MINE.search(fold(message.text)):
        return True  # `tuần này của em`
    sums = "reached" in asked.rules or _SUM_OF.match(fold(message.text))
    named = asked.people or asked.hamlets or asked.grouped
    ours = asked.whose in (Whose.OWN, Whose.TEAM) or (named and turn.me.role is Role.LEAD)
    if sums and ours and not FIGURE.search(_NUMBERED.sub("", fold(message.text))):
        return True  # `tổng của em từ đầu đợt`, `số của Chi cả đợt`
    alone = asked.communes or asked.measure is not Measure.REACHED or _DIVIDES.search(fold(message.text))
    return bool(alone) and turn.me.role is Role.LEAD and not asked.outcomes


def only_asks(message: Message, turn: Turn) -> list[Saying] | None:
    """What is said to talk that asks how many and has no figure: no report is opened for the number that it lacks."""
    folded = fold(message.text)
    if message.edited_at is not None or FIGURE.search(folded) or not HOW_MANY.search(folded):
        return None
    found = understood(message.text, turn) if message.addressed else None
    if not isinstance(found, NotUnderstood) or not (found.asks and found.counts):
        return None
    return _asks_too_much(message, turn, found, likely=_SURELY)


def not_understood_of_member(message: Message, turn: Turn, reading: Reading) -> list[Saying] | None:
    """What is said to a question about numbers of which a few words were not understood; talk is nobody's question."""
    if message.edited_at is not None or message.forwarded or reading.kind is not Kind.CHAT:
        return None
    found = understood(message.text, turn)
    if not isinstance(found, NotUnderstood):
        return None
    if not (found.asks or reading.question or (found.counts and chance(message.text) > _SURELY)):
        return None
    if OF_CONTACTS.search(fold(message.text)):
        return [beyond(turn, message.text)]
    if not found.talk and (found.counts or not reading.question) and 0 < len(found.words.split()) <= _FEW:
        return [choosing.not_understood(turn, found, message.text)]
    return [beyond(turn, message.text)] if found.counts or found.beyond else None


# Beside reports, and what nobody knows


def beside_report(message: Message, turn: Turn, reading: Reading) -> str:
    """The line about a question that stands beside a report, which the answer to the report does not answer; or ''.

    Where the sender and the team stand is in every answer already.
    """
    if not reading.question or reading.kind in (Kind.CHAT, Kind.UNCLEAR) or _ASKS_SO_FAR.search(fold(message.text)):
        return ""
    if standing.asks_where(message.text):
        return ""
    return turn.text("questions.not_mine", leads=choosing.leads(turn))


_ASKS_SO_FAR = re.compile(
    r"\b(?:bao nhieu|bao nhiu|bn|duoc may|dc may|may may|may roi|the nao|ra sao|den dau|tien do)\b"
)


def may_ask(text: str) -> bool:
    """Whether talk asks something: `tiền bồi dưỡng bao giờ có`, `mai có mưa ko`."""
    return _ASKS.search(fold(text)) is not None


def names_a_commune(text: str, turn: Turn) -> bool:
    """Whether a commune is named in it."""
    found = alone(text, turn)
    return isinstance(found, Asked) and bool(found.communes)
