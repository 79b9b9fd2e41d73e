"""Identity and phone numbers of residents, hidden before anything is stored, logged or read.

Sources: identity numbers have 12 digits (card, since 2016) or 9 (older); domestic phone numbers start with 0 and have
10 digits (11 before 2018), abroad +84. People write them glued or in the usual groups.
"""

import re
from enum import StrEnum

MARK = "▒▒▒"


class Private(StrEnum):
    """What kind of private number a text holds."""

    IDENTITY = "identity"
    PHONE = "phone"


# Only whole groups in the usual lengths: `0912 345 678 12 máy` must keep its 12.
_GAP = r"[ .\-\u00a0\u200b]"
_PRIVATE = re.compile(
    rf"""(?<!\d)(?:
      (?P<phone>
          (?:\+|00)84{_GAP}?(?:\(0\){_GAP}?)?0?(?:\d{{9}}|\d{{2,3}}{_GAP}\d{{3}}{_GAP}\d{{3,4}}|\d{{3}}{_GAP}\d{{6}}
              |\d{{3}}{_GAP}\d{{2}}{_GAP}\d{{2}}{_GAP}\d{{2}}|\d{{2}}{_GAP}\d{{7}})
        | 84[35789]\d{{8}}
        | 01\d{{9}} | 0[2-9]\d{{8}}
        | 0\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{3}} | 0\d{{2}}{_GAP}\d{{3}}{_GAP}\d{{4}} | 0\d{{2}}{_GAP}\d{{4}}{_GAP}\d{{3}}
        | 0\d{{3}}{_GAP}\d{{2}}{_GAP}\d{{2}}{_GAP}\d{{2}} | 0\d{{3}}{_GAP}\d{{6}} | 0\d{{2}}{_GAP}\d{{7}}
        | 0\d{{6}}{_GAP}\d{{3}} | 0\d{{5}}{_GAP}\d{{4}}
        | 0\d{{1}}{_GAP}\d{{2}}{_GAP}\d{{2}}{_GAP}\d{{2}}{_GAP}\d{{2}}
      )
    | (?P<identity>
          \d{{12}} | \d{{9}}
        | \d{{3}}{_GAP}\d{{3}}{_GAP}\d{{3}}(?:{_GAP}\d{{3}})? | \d{{4}}{_GAP}\d{{4}}{_GAP}\d{{4}}
        | \d{{6}}{_GAP}\d{{6}} | \d{{3}}{_GAP}\d{{9}} | \d{{3}}{_GAP}\d{{3}}{_GAP}\d{{6}}
        | \d{{3}}{_GAP}\d{{1}}{_GAP}\d{{2}}{_GAP}\d{{6}} | \d{{3}}{_GAP}\d{{6}}
        | \d{{2}}{_GAP}\d{{3}}{_GAP}\d{{4}} | \d{{6}}{_GAP}\d{{3}}
      ))(?!\d)""",
    re.VERBOSE,
)

# None of them has fewer digits in a row, so that most messages need no closer look.
_MANY_DIGITS = re.compile(rf"\d(?:{_GAP}?\d){{7}}")


def mask(text: str) -> str:
    """The text with each identity and phone number replaced by `MARK`, everything else untouched."""
    return _PRIVATE.sub(MARK, text) if _MANY_DIGITS.search(text) else text


def has_private(text: str) -> frozenset[Private]:
    """Which kinds of private numbers the text holds."""
    if not _MANY_DIGITS.search(text):
        return frozenset()
    return frozenset(Private(found.lastgroup) for found in _PRIVATE.finditer(text) if found.lastgroup)


def blanked(text: str) -> str:
    """As `mask`, but each number keeps its length, so that positions stay those of the message."""
    if not _MANY_DIGITS.search(text):
        return text
    return _PRIVATE.sub(lambda found: MARK[0] * len(found.group()), text)
