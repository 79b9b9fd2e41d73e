"""What stands in the book as it is told once more: a phone that still fails, a refusal that lasts; what works now."""

import re
import unicodedata

from handlers.clerk.evening import Evening, Heard, HomeTold, ReportTold, adds
from handlers.language import Outcome, Reading, written_out

# Tried once more; how it ended is said after it, or left out.
TRIED = re.compile(
    r"\b(?:gio|cuoi cung|goi (?:em|e|minh|toi|tui|t) (?:quay )?(?:lai|qua|vao|vo)|keu (?:em|tui|t) (?:vo|vao|qua)"
    r"|quay lai|doi y|nghi lai|lai cho|chiu|dong y|ung (?:roi|r|goi|lam|cho)|khac phuc"
    r"|sac (?:duoc |dc )?pin|lam lai|thu lai|khoi dong lai|mo lai|nho (?:ra|lai)"
    r"|lay lai (?:duoc )?(?:mat khau|mk|pass)|cai lai|doi (?:sim|mang))\b"
)
LATER = re.compile(  # `1 máy lỗi, mai em quay lại` was not tried again yet
    r"\b(?:mai|kia|hen|lat(?: nua)?|se|toi) (?:(?:em|e|minh|toi|tui|t|lai|se|nua|sang|chieu|toi|qua) ){0,3}"
    r"(?:quay lai|lam lai|thu lai|cai lai)\b"
)
SUCCEEDED = re.compile(
    r"\b(?:nhan (?:duoc |dc )?(?:ma|otp)|(?:da|moi|co|vua) co (?:ma|otp)|thanh cong|nho ra"
    r"|ma (?:moi |da )?(?:ve|dia|zia)|(?:ma|otp) .{0,20}(?:ve|dia|zia)"
    r"|(?:vo|vao|len|nhan|cai|lam|kich hoat|kh) (?:duoc|dc|xong)|het loi|da (?:xong|duoc|vao|nhan)"
    r"|(?:vao|len|chay) (?:ngon|muot)|(?:duoc|xong|ok|on|dc) (?:roi|luon|r|goi|oi|ca))\b"
)
NOT_YET = re.compile(
    r"\b(?:(?:van|con) )?(?:chua|khong|ko|k|kh|hong|hok|no|chang) "
    r"(?:(?:vao|vo|len|nhan|dang nhap|cai|lam|kich hoat|kh) )?(?:duoc|dc|noi|xong|ve)\b"
    r"|\b(?:van|con) (?:chua|khong|ko|k|kh|hok|hong|no|chang|loi|treo|bi|the|vay|rua|nhu cu)\b"
    r"|\bchiu (?:roi|r|thua|chet|luon)\b|\b(?:bo|po) tay\b|\bthua (?:luon|roi|r)\b|\bhet cach\b"
)
TOLD_BEFORE = re.compile(r"\b(?:van|thu lai|lam lai|may lan|quay lai|(?:luc|hoi|ban|khi|vua) nay)\b")
_NOT = r"(?:khong|ko|k|kh|hong|hok|no|chang|chua)"
_CAUSE = (
    rf"(?:{_NOT} (?:nhan duoc|nhan dc|nhan|co|ve|vo duoc|vao duoc|vao dc|len) ?(?:ma|otp|nguon|mang)?"
    r"|(?:quen|mat) (?:mk|mat khau|pass|ma pin)|day bo nho|day may|het pin|sap nguon|treo|do|yeu mang|mat mang|loi|hu"
    r"|hong)"
)
_BRAND = r"(?:samsung|iphone|ip|oppo|xiaomi|redmi|vivo|realme|nokia|huawei|android)(?: [a-z]{1,2}[0-9]+[a-z]?)?"
# `cái lỗi`, `lỗi kia`; and told by why: `cái máy không nhận được OTP`, `người quên mật khẩu lúc nãy`.
FAILED_ONE = re.compile(
    rf"\b(?:cai|may|con|tk|sim|chiec) (?:{_BRAND} )?(?:(?:nay|luc nay|hoi nay|ban nay) )?(?:bi )?loi\b"
    r"|\bloi (?:otp|nay|do|kia)?\b"
    rf"|\bcai (?:may |nguoi |dt |dien thoai |ban |thang )?(?:bi )?{_CAUSE}\b"
    rf"|\b(?:may|nguoi|dt|dien thoai|ban) (?:bi )?{_CAUSE} (?:ban nay|luc nay|hoi nay|khi nay|kia|do|ay)\b"
)


_IT = re.compile(r"\bnó\b", re.IGNORECASE)


def without_it(heard: Heard) -> str:
    """The folded words without `nó`, which folded would be the `nỏ` of Nghệ An: `giờ nó vào được rồi`."""
    text = unicodedata.normalize("NFC", heard.text)
    return written_out(_IT.sub(" ", text)) if _IT.search(text) else heard.clear


def works_now(heard: Heard) -> bool:
    """`thử lại vào được rồi`; the last word on it counts: `thử lại vẫn chưa vào được` is none."""
    plain = without_it(heard)
    failed = [found.span() for found in NOT_YET.finditer(plain)]
    bad = max((end for _, end in failed), default=-1)
    won = [
        found
        for found in SUCCEEDED.finditer(plain)
        if not any(a < found.end() and found.start() < b for a, b in failed)
    ]
    good = max((found.end() for found in won), default=-1)  # `vẫn không nhận được mã` is no `nhận được mã`
    return good > bad or (bad < 0 and TRIED.search(LATER.sub(" ", plain)) is not None)


def still_fails(heard: Heard, home: HomeTold, reading: Reading) -> bool:
    """`cái máy lỗi nhà bà Cúc thử lại vẫn chưa vào được`: the phone that failed before, and no other."""
    told = home.counts.get(Outcome.FAILED, 0)
    if not told or adds(heard.clear) or works_now(heard) or NOT_YET.search(without_it(heard)) is None:
        return False
    said = {line.outcome: line.n for line in heard.lines if line.n}
    again = FAILED_ONE.search(heard.clear) or TOLD_BEFORE.search(heard.clear)
    return again is not None and said.keys() <= {Outcome.FAILED} and said.get(Outcome.FAILED, 0) <= told


STILL = re.compile(
    r"\b(?:van|cu) (?:chua|khong|ko|k|con|cu|vang|khoa|dong|di|lac|tu choi|nhat)\b"
    r"|\b(?:noi|thich|phuc|du|khuyen|dong|nan ni|giang) (?:mai|hoai|het loi|the nao|kieu gi|gi)\b"
)
_LASTS = (Outcome.ABSENT, Outcome.REFUSED)


def still_so(heard: Heard, home: HomeTold) -> bool:
    """`nhà anh Kỳ vẫn chưa về`, who was told to be away: the same absence; `ông Chước vẫn lắc đầu` the same refusal."""
    said = {line.outcome for line in heard.lines if line.n}
    again = STILL.search(heard.clear) is not None and not adds(heard.clear)
    return again and any(home.counts.get(outcome) and said == {outcome} for outcome in _LASTS)


_THE_FAILED_ONE = re.compile(
    r"^(?:a |o |u |con |ve )*cai (?:may|dt|dien thoai|tk|cai) (?:(?:bi|hay) )?loi\b(?!.*\b(?:them|nua|moi)\b)"
)


def points_at(heard: Heard, home: HomeTold) -> bool:
    """`cái máy bị lỗi nhà anh Dũng ấy`: the one that is told, of which more may follow."""
    told = home.counts.get(Outcome.FAILED, 0)
    said = {line.outcome: line.n for line in heard.lines if line.n}
    points = said == {Outcome.FAILED: 1} and _THE_FAILED_ONE.search(heard.clear) is not None
    return bool(told) and points and not works_now(heard)


def failed_of_nobody(heard: Heard, evening: Evening) -> ReportTold | None:
    """`1 cái bị lỗi`, later `cái máy bị lỗi nhà anh Dũng ấy`: whose it was, and no other."""
    said = {line.outcome: line.n for line in heard.lines if line.n}
    if said != {Outcome.FAILED: 1} or _THE_FAILED_ONE.search(heard.clear) is None or works_now(heard):
        return None
    return next((one for one in evening.today if one.count(Outcome.FAILED) and not one.homes), None)


_WHY_IT_FAILED = re.compile(
    r"(?:(?:da|a|thi|ah)\s+)*(?:cai|may|vu|cho)?\s*loi (?:cua|nha|o|ben|hoi nay|luc nay)\b.*\bla\b"
)


def explains(heard: Heard, home: HomeTold) -> bool:
    """`cái lỗi của cô Ngần là quên mật khẩu thôi`: why it failed, and no other."""
    told = home.counts.get(Outcome.FAILED, 0)
    said = {line.outcome: line.n for line in heard.lines if line.n}
    return bool(told) and said.keys() <= {Outcome.FAILED} and _WHY_IT_FAILED.match(heard.clear) is not None
