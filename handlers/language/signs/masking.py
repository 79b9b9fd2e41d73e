"""Identity and phone numbers of residents, hidden before anything is stored, logged or read, however they are written.

Sources: identity numbers have 12 digits (card, since 2016; it begins with 0) or 9 (older); domestic phone numbers start
with 0 and have 10 digits (11 before 2018), abroad +84; those of houses and offices start with 02 and have 11 (since
2017); passports have a letter and 7 or 8 digits. Two steps: each way to write a digit (`O`, `không`, a keycap),
and to part digits, is made one sign, with where in the text it stands; there the usual groups are looked for.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from html import unescape
from unicodedata import digit
from urllib.parse import unquote

MARK = "▒▒▒"


class Private(StrEnum):
    """What kind of private number a text holds."""

    IDENTITY = "identity"
    PHONE = "phone"


# How the digits of one number are parted. N: by blanks, a full stop or a hyphen, where its groups are the usual ones.
# W: by anything else that people put there (`, / _ : –`, a tab, a line's end, a bracket), where it begins with 0 and
# has the commonest groups, since counts stand in lists like that, too.
_N, _W = "N", "[NW]"


def _shapes(gap: str, several: str) -> str:
    """`0ddd_ddd` as a pattern: a 0, three digits, a gap, three digits."""
    return "|".join(several.split()).replace("d", r"\d").replace("_", gap)


# Only whole groups in the usual lengths: `0912 345 678 12 máy` must keep its 12.
_PRIVATE = re.compile(
    rf"""(?<!\d)(?:
      (?P<phone>
          (?:\+|00)84{_W}?(?:0{_W}?)?(?:\d{{9}}|\d{{2,3}}{_W}\d{{3}}{_W}\d{{3,4}}|\d{{3}}{_W}\d{{6}}
              |\d{{3}}{_W}\d{{2}}{_W}\d{{2}}{_W}\d{{2}}|\d{{2}}{_W}\d{{7}}
              |2\d{{9}}|2\d{_W}\d{{4}}{_W}\d{{4}}|2\d{_W}\d{{8}}|2\d\d{_W}\d{{3}}{_W}\d{{4}}|2\d\d{_W}\d{{7}})
        | 84[35789]\d{{8}} | 842\d{{9}} | 01\d{{9}} | 02\d{{9}} | 0[2-9]\d{{8}}
        | {_shapes(_W, "02d_dddd_dddd 02d_ddd_ddddd 02dd_ddd_dddd 02dd_dddd_ddd 02d_dddddddd 02dd_ddddddd")}
        | {_shapes(_W, "02dd_ddd_dd_dd 02dd_dd_dd_ddd 02d_dd_dd_dddd 02d_dd_dd_dd_dd 02d_dd_ddd_ddd 02d_ddd_dd_ddd")}
        | {_shapes(_N, "02d_d_ddd_dddd 02dd_d_ddd_ddd 0_2d_dddd_dddd 0_2dd_ddd_dddd")}
        | {_shapes(_W, "0ddd_ddd_ddd 0dd_ddd_dddd 0dd_dddd_ddd 0ddd_dd_dd_dd 0ddd_dddddd 0dd_ddddddd")}
        | {_shapes(_N, "0dddddd_ddd 0ddddd_dddd 0dddd_ddddd 0d_dddd_dddd 0d_ddd_ddd_dd 0d_dddddddd 0_ddddddddd")}
        | {_shapes(_N, "0d_dd_dd_dd_dd 0_ddd_ddd_ddd 0_[35789]_d_d_d_d_d_d_d_d")}
        | 0[35789](?:W(?!0)\d\d){{4}}
      )
    | (?P<identity>
          \d{{12}} | \d{{9}}
        | \d{{13,}}  # several written together: nobody counts so far
        | {_shapes(_W, "0dd_ddd_ddd_ddd 0ddd_dddd_dddd 0ddddd_dddddd 0dd_ddddddddd 0dd_ddd_dddddd 0dd_d_dd_dddddd")}
        | {_shapes(_N, "ddd_ddd_ddd_ddd dddd_dddd_dddd dddddd_dddddd ddd_ddddddddd ddd_ddd_dddddd ddd_d_dd_dddddd")}
        | {_shapes(_N, "ddd_ddd_ddd ddd_dddddd dd_ddd_dddd dddddd_ddd 0_d_d_d_d_d_d_d_d_d_d_d")}
      ))(?!\d)""",
    re.VERBOSE,
)

_SAID = {
    "0": "không khong",
    "1": "một mot mốt",
    "2": "hai",
    "3": "ba",
    "4": "bốn bon tư",
    "5": "năm nam lăm",
    "6": "sáu sau",
    "7": "bảy bay bẩy",
    "8": "tám tam",
    "9": "chín chin",
}
_WORDS = {word: figure for figure, words in _SAID.items() for word in words.split()}
_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20e3\ufe00-\ufe0f\ufeff"
# ⓪ ① ⓵ ❶ ➀ ➊ and raised or lowered ones.
_CIRCLED = (
    "\u24ea\u2460-\u2468\u24ff\u24f5-\u24fd\u2776-\u277e\u2780-\u2788\u278a-\u2792"
    "\u2070\u00b9\u00b2\u00b3\u2074-\u2079\u2080-\u2089"
)
_O = "oO\u041e\u043e\u039f\u03bf"  # Cyrillic and Greek ones look the same
_SIGN = re.compile(
    rf"""(?P<figure>[\d{_CIRCLED}])
    | (?P<o>(?<![^\W\d_])[{_O}]{{1,2}}(?=\d) | (?<=\d)[{_O}]{{1,3}}(?![^\W\d_]))
    | (?P<word>\b(?:{"|".join(_WORDS)})\b)
    | (?P<one>(?<=\d)[lI](?=\d))
    | (?P<plus>(?<!\d)\+)""",
    re.VERBOSE | re.IGNORECASE,
)
_JOINER = "\u2060"
_NOTHING = re.compile(f"[{_INVISIBLE}]+")
_NARROW = re.compile(r"[ \u00a0]{1,3}|[.\-]")
_BESIDE_WORDS = re.compile(r"[\s,.\-–]{1,3}")
# A line's end as JSON writes it, too.
_WIDE = re.compile(
    r"(?:\s|\\[nrt]|(?<=\s)x(?=\s)|[.,\-‐-―\u2212\uff0d_/:·•|~;*()\[\]'’\"=\\…→>+\u3001\uff0c\uff0e\uff0f\uff1a]){1,8}"
)
_LONGEST_GAP = 24  # characters, most of them not to be seen
# A blank, a sign or a line's end as links and pages write them: `0912%20345%20678`, `%2B84…`, `0912&nbsp;345`. Their
# own figures are none of the number's. Not `%09`, since that may be where a number begins.
_CODED = re.compile(r"%(?:2[0-9a-f]|3[ab]|0[ad]|c2%a0)|&(?:nbsp|ensp|emsp|thinsp|#32|#160|#x20|#xa0);", re.IGNORECASE)
_FEWEST = 7  # figures of any such number that is not spelled: two of nine may be letters
_FIGURE = re.compile(rf"[\d{_CIRCLED}]")
_PASSPORT = re.compile(r"(?<![^\W_])[A-Za-z]\d{7,8}(?![^\W_])")
_SPELLED = re.compile(rf"\b(?:0|không|khong)[\s,.\-–]{{1,3}}(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)


def _found(text: str) -> Iterator[tuple[int, int, Private]]:
    """Each private number: from where to where, and its kind."""
    if len(_FIGURE.findall(text)) < _FEWEST and _SPELLED.search(text) is None:
        return  # most messages need no closer look
    yield from _found_in(text)
    if _CODED.search(text) is not None:
        yield from _found_in(_CODED.sub(_as_sign, text))


def _as_sign(coded: re.Match[str]) -> str:
    """The sign itself, and what nobody sees after it, so that all else keeps its place."""
    return unescape(unquote(coded[0]))[:1].ljust(len(coded[0]), _JOINER)


def _found_in(text: str) -> Iterator[tuple[int, int, Private]]:
    signs = list(_SIGN.finditer(text))
    plain, places = [], []
    for before, sign in zip([None, *signs], signs, strict=False):
        gap = _gap(text, before, sign) if before is not None else ""
        figures = _figures(sign)
        plain.append(gap + figures)
        places += [(sign.start(), sign.end())] * (len(gap) + len(figures))
    done = 0
    passports = [one.span() for one in _PASSPORT.finditer(text)]
    for found in _PRIVATE.finditer("".join(plain)):
        start, end = places[found.start()][0], places[found.end() - 1][1]
        yield from ((*span, Private.IDENTITY) for span in passports if done <= span[0] and span[1] <= start)
        yield start, end, Private(found.lastgroup or "")
        done = end
    yield from ((*span, Private.IDENTITY) for span in passports if done <= span[0])


def _figures(sign: re.Match[str]) -> str:
    match sign.lastgroup:
        case "figure":
            return str(digit(sign[0]))
        case "o":
            return "0" * len(sign[0])
        case "one":
            return "1"
        case "word":
            return _WORDS[sign[0].lower()]
    return "+"


def _gap(text: str, before: re.Match[str], sign: re.Match[str]) -> str:
    """What parts two signs: nothing, `N`, `W`, or a blank where no number goes on."""
    start, end = before.end(), sign.start()
    if end - start > _LONGEST_GAP:
        return " "
    return _parted_by(text[start:end], "word" in (before.lastgroup, sign.lastgroup))


@lru_cache(maxsize=1024)
def _parted_by(between: str, words: bool) -> str:
    between = _NOTHING.sub("", between)
    if not between:
        return " " if words else ""
    if _NARROW.fullmatch(between) or (words and _BESIDE_WORDS.fullmatch(between)):
        return "N"
    return "W" if _WIDE.fullmatch(between) and not words else " "


def _spans(text: str) -> list[tuple[int, int]]:
    """From where to where there are numbers, in their order; what two readings of a text hide is one."""
    spans: list[tuple[int, int]] = []
    for start, end, _ in sorted(_found(text)):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _each_replaced(text: str, blank: bool) -> str:
    parts, done = [], 0
    for start, end in _spans(text):
        parts += [text[done:start], MARK[0] * (end - start) if blank else MARK]
        done = end
    return "".join([*parts, text[done:]]) if done else text


def mask(text: str) -> str:
    """The text with each identity and phone number replaced by `MARK`, everything else untouched."""
    return _each_replaced(text, blank=False)


def has_private(text: str) -> frozenset[Private]:
    """Which kinds of private numbers the text holds."""
    return frozenset(kind for _, _, kind in _found(text))


@lru_cache(maxsize=8)  # both readers ask for it
def blanked(text: str) -> str:
    """As `mask`, but each number keeps its length, so that positions stay those of the message."""
    return _each_replaced(text, blank=True)
