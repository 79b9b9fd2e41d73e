"""Signs that a phone's dictation wrote out: `nhà chú Định một máy chấm nhà bà Bích đi vắng chấm`."""

import re

_SIGN = re.compile(r"(?<=\s)(chấm|phẩy)(?=\s|$)(?! (?:công|điểm|thi|hỏi|than|dứt|bài|hết)\b)", re.IGNORECASE)
_WRITTEN = frozenset(".,;:!?\n")


def with_signs(text: str) -> str:
    """The text with them as signs, of the same length; where signs are written, a word is a word."""
    if not _WRITTEN.isdisjoint(text):
        return text
    found = [one[1].lower() for one in _SIGN.finditer(text)]
    closes = len(found) > 1 or "phẩy" in found or text.rstrip().lower().endswith("chấm")
    return _SIGN.sub(_sign, text) if found and closes else text


def _sign(found: re.Match[str]) -> str:
    return ("." if found[1].lower() == "chấm" else ",").ljust(len(found[1]))
