"""Signs that are no words, blanked where they stand: links, @names, emoticons, heads of copied messages, odd digits."""

import re

from handlers.language.signs.dictated import with_signs
from handlers.language.signs.emoticons import without_faces
from handlers.language.signs.ordinals import without_ordinals
from handlers.language.signs.repeats import without_repeats

# What goes: nothing in it is read.
_NOTHING = re.compile(
    r"""(?:https?://|www\.)\S+ | \b[\w.+-]{1,64}@[\w-]+\.\w+ | (?<!\w)@\w[\w.]* | (?<!\w)[#]\w+ | /-[a-z]+
    | </?[A-Za-z]{1,10}>""",
    re.VERBOSE | re.MULTILINE,
)
# `Lan 20:15`, `[20:15, 21/05/2023] Lan:`, `Lan, [21/05/2023 20:15]`: the head of a copied message.
_HEAD = re.compile(
    r"""^\[\d{1,2}[:h]\d\d(?::\d\d)?(?:[ ,]+[\d/.-]+)?\][ ]*(?:[^\n:]{1,40}:)?
    | ^[^\W\d_][^\n:\d]{0,30}[,]?[ ]\[?(?:\d{1,2}/\d{1,2}/\d{2,4}[ ,]+)?\d{1,2}:\d\d(?:[ ]?[AP]M)?\]?[ ]*(?=\n)""",
    re.VERBOSE | re.MULTILINE,
)
# Superscripts, fractions and digits in circles or brackets: what `isdigit` calls digits and nobody counts with.
_ODD = re.compile(
    "[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070\u2074-\u2079\u2080-\u2089\u2150-\u215f\u2189\u2460-\u249b"
    "\u24ea-\u24ff\u2776-\u2793\U0001f100-\U0001f10c]"
)
_INDENT = 9
UNKNOWN_AMOUNT = "¤"  # a digit that is none: `3½`, `3²`
_MAY_BE_NOTHING = re.compile(r"[@#=:;^<_/]|xD|XD")
_RANGE = re.compile(r"(?<=\d)(?:…|\.{2,})(?=\d)")  # `3…4 máy`
_MINUS = re.compile(r"\b(máy|may|tk|nhà|nha|người|nguoi) [-−–](?=\d)")  # `5 máy −1`
_COMPARED = re.compile(r"[≤≥±≠]|[<>]=?(?=\s*\d)")
_OF_PATTERNS = frozenset(".…-−–≤≥±≠<>")
# `ô.Thành`, `b. Xuyến`: a short title with its dot; `a. Nhà bà Lan` letters a list.
_DOTTED = re.compile(
    r"(?<!\w)[oôbacuOÔBACU]\.(?=[ ]?(?!Nhà|Nha|Xóm|Xom|Thôn|Thon|Tổ|Hộ|Ông|Ong|Bà|Ba |Bác|Cô|Chú|Anh|Chị|Cụ|Kích)"
    r"[A-ZÀ-ỸĐ][^\W\dA-Z_])"
)
_ENGLISH = re.compile(r"\b(Mrs?)\.(?=[ ]?[A-ZÀ-ỸĐ])", re.IGNORECASE)  # `Mr. Đạt`
_KEYCAP = re.compile(r"(?:^|\n)[ \t]*(\d\ufe0f?\u20e3)(?=[ \t]*\S)")


def quieted(text: str) -> str:
    """The text with such signs blanked; of the same length."""
    if text.isascii() and not any(sign in text for sign in "@:=<>/#^_\n-.)]") and ".." not in text:
        return text
    if "chấm" in text or "phẩy" in text:
        text = with_signs(text)
    if text.count("\t") > 1 and "\n" in text:
        text = text.replace("\t", "|")  # a table, pasted from a sheet
    if ":" in text or "[" in text:
        text = _HEAD.sub(_blank, text)
    if _MAY_BE_NOTHING.search(text):
        text = without_faces(_NOTHING.sub(_blank, text))
    signs = _OF_PATTERNS.intersection(text)  # each pattern is looked for only where a sign is that it needs
    if "." in signs:
        text = _ENGLISH.sub(r"\1 ", _DOTTED.sub(lambda found: f"{found[0][0]} ", text))
    text = without_repeats(without_ordinals(text))
    if signs:
        text = _RANGE.sub(lambda found: "~" + " " * (len(found.group()) - 1), text)
        text = _MINUS.sub(rf"\1 {UNKNOWN_AMOUNT}", text)
        text = _COMPARED.sub(lambda found: "~" + " " * (len(found.group()) - 1), text)
    if text.isascii():
        return text
    if "\u20e3" in text:
        text = _ordinal_keycaps(text)
    return _ODD.sub(lambda found: _digit(found, text), text)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _ordinal_keycaps(text: str) -> str:
    """`1️⃣ bà Lan: 3 máy` and `2️⃣ …` on the next line number the lines."""
    found = list(_KEYCAP.finditer(text))
    if len(found) < 2 or [int(one.group(1)[0]) for one in found] != list(range(1, len(found) + 1)):
        return text
    rest = [text[one.end() :].split("\n", 1)[0] for one in found]
    if not all(re.search(r"[^\W\d_]{2}", line) and not re.match(r"\s*(?:máy|may|nhà|người)\b", line) for line in rest):
        return text
    for one in found:
        text = text[: one.start(1)] + " " * len(one.group(1)) + text[one.end(1) :]
    return text


def _digit(found: re.Match[str], text: str) -> str:
    """A digit of another kind: at the start of a line it numbers the line, elsewhere nobody knows."""
    start, after = text.rfind("\n", 0, found.start()) + 1, text[found.end() : found.end() + 1]
    first = found.start() - start < _INDENT and not text[start : found.start()].strip(" \t")
    return " " if first and after and not after.strip(" \t") else UNKNOWN_AMOUNT
