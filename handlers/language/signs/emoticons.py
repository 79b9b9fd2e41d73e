"""Faces made of signs (`:v`, `=))`, `^^`, `@@`, `:3`): they say nothing, and are blanked where they stand."""

import re

_FACE = re.compile(
    r"""(?<!\S)(?:[:;=]-?[)(DPpoO*]+ | [:;=]['’]\(+
      | [:;]-?[<>]+ | =\)+ | [xX]D+ | \^[\d_.]?\^+ | [oO]_[oO] | T_T | :\]+
      | [@]{2,} | [:;]-?[vV]+(?!\s*\d))(?!\w)
    | (?<=\w)(?:=\)+ | :\)+ | :\(+ | :[vV]+(?!\s*\d) | \^[_.]?\^+ | [@]{2,}(?=\s|$))(?!\w)""",
    re.VERBOSE | re.MULTILINE,
)
# `:3` may be a number: it is a face at the end of a line, but not after a word that takes one (`vắng :3`).
_CAT = re.compile(r"(?:^|(?<=\s))[:=]3+(?=\s*$)|(?<=\s)<3+(?=\s*(?:$|[^\w\s]))", re.MULTILINE)
_COUNTED = re.compile(
    r"(?:\b(?:v|vắng|vang|kh|k\.?h|tc|từ chối|tu choi|đc|dc|được|duoc|xong|lỗi|loi|hẹn|hen|hl|cài|cai|ok"
    r"|tổng|tong|chốt|chot|có rồi|co roi|cccd|đt|dt))\s*\Z",
    re.IGNORECASE,
)
_MAY_BE = re.compile(r"[:;=^@<]|[xX]D|T_T|o_o|O_O")


def without_faces(text: str) -> str:
    """The text without them; of the same length."""
    if not _MAY_BE.search(text):
        return text
    text = _FACE.sub(_blank, text)
    return _CAT.sub(lambda found: found.group() if _COUNTED.search(text[: found.start()]) else _blank(found), text)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())
