"""Whose phone number a message gives: the speaker's own, to be called by the others, or somebody else's."""

import re
import unicodedata

from handlers.language.signs.folding import fold
from handlers.language.signs.masking import MARK, Private, has_private, mask

_NUMBER = "so_day"
_BY = r"(?:so|sdt|dt|dien thoai|zalo|lien he|lien lac|goi|alo|a lo|nhan)"
_ME = r"(?:toi|tui|tao|minh|em|anh|chi|tt)"
_NO_NAME = rf"(?= *(?:{_NUMBER}|[,.:;!?(]|$|(?:la|nhe|nha|theo|qua|so|day|ca|thi|luon)\b))"
# `số của tôi: …`, `gọi anh theo số …`, `sđt tổ trưởng …`; but not `gọi anh Tư …`.
_MINE = re.compile(rf"\b{_BY}\b[^.;!?]{{0,24}}\b(?:to truong\b|{_ME}{_NO_NAME})")
_FOR_CALLS = re.compile(
    r"\b(?:co gi|can gi|can thi|gap|kho|vuong|su co)\b[^.;!?]{0,24}\b(?:goi|alo|a lo|nhan|lien he|lien lac)\b"
)
# Words whose marks tell them from others: `cứ gọi`, `có gì`, `nhé nha` speak of no resident, `cụ`, `cô`, `nhà` do.
_RESIDENTS = re.compile(r"\b(?:nhà|hộ|cô|chú|cụ|dì|thím|mợ|cậu|dân|xóm|thôn)\b")
_RESIDENTS_FOLDED = re.compile(
    r"\b(?:ba|ong|bac|gia dinh|chu ho|cccd|cmnd|can cuoc)\b|\b[0-9]+ *(?:may|nguoi|nha|ho|cai)\b"
)


def says_own_number(text: str) -> bool:
    """Whether a message gives one phone number, the speaker's own, masked or not: `số của tôi …, có gì các em gọi`.

    Where it may be a resident's it is not.
    """
    hidden = mask(text)
    if hidden.count(MARK) != 1 or has_private(text) - {Private.PHONE}:
        return False
    said = fold(hidden.replace(MARK, f" {_NUMBER} "))
    if _RESIDENTS.search(unicodedata.normalize("NFC", hidden.lower())) or _RESIDENTS_FOLDED.search(said):
        return False
    return _MINE.search(said) is not None or _FOR_CALLS.search(said) is not None
