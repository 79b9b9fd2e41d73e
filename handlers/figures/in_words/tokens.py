"""The words of a question, with their marks and without, and where they stand in what was typed."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from handlers.language import fold

MOST = 40  # words; a longer message is no question
_WORD = re.compile(
    r"(?P<date>\d{1,2}[/.\-]\d{1,2}(?:[/.\-]\d{2,4})?)(?![\d%])"
    r"|(?P<number>\d+(?:[.,]\d+)?)\s?%|\d{1,3}(?:\.\d{3})+(?![\d.])|\d+,\d+(?=\s?ph[aầ]n\b)|đ/c|d/c|b/c|t/h|k/q|c/t|[^\W_]+|%|(?P<sign>[?;,!()\n]|[.:](?=\s|$))|(?P<dash>[-–—→]|->)"
    r"|(?P<plus>\+)(?=\s*\d{1,2}[/.\-]\d{1,2}(?![\d%]))",
    re.IGNORECASE,
)
_SHORTENED = frozenset({"tt", "tp", "x", "p", "h", "c", "ths", "ts"})  # `TT. Sóc Sơn`
TONES = "\u0300\u0301\u0303\u0309\u0323"
_DRAWN_OUT = re.compile(r"([^\W\d])\1{2,}")


@dataclass(frozen=True, slots=True)
class Token:
    """One word: in lower case with its tone at the end (`marked`), folded (`plain`), and whether a sign follows.

    `bare`: it was typed without any marks, so that it may be any word that folds to it.
    """

    typed: str
    marked: str
    plain: str
    start: int
    end: int
    bare: bool
    capital: bool
    ends: bool = False  # a sign that ends a sentence or a part of one follows
    ends_sentence: bool = False


@lru_cache(maxsize=8192)
def marks_of(word: str) -> str:
    """A word in lower case, its tone behind it: `hòa` and `hoà` are the same."""
    spread = unicodedata.normalize("NFD", word.lower())
    tones = "".join(sign for sign in spread if sign in TONES)
    return unicodedata.normalize("NFC", "".join(sign for sign in spread if sign not in TONES)) + tones


def tokens_of(text: str) -> list[Token]:
    """The words of a text, at most MOST and one."""
    found: list[Token] = []
    text = unicodedata.normalize("NFC", text)
    for match in _WORD.finditer(text):
        if match["sign"] or match["dash"]:
            if match["dash"]:
                found.append(_token("-", match))
            elif found and not (match["sign"] == "." and found[-1].plain in _SHORTENED):
                found[-1] = replace(found[-1], ends=True, ends_sentence=match["sign"] in ".?!\n")
            continue
        if match["plus"]:
            found.append(_token("cộng", match))  # `19/5 + 20/5`
            continue
        found += _typed(_DRAWN_OUT.sub(r"\1", match[0]), match)
        if len(found) > MOST:
            break
    return found


@lru_cache(maxsize=1)
def shorthand() -> dict[str, tuple[str, ...]]:
    """What is shortened on a phone → the words that it stands for."""
    lines = Path(__file__).with_name("shorthand.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {short: tuple(long.split()) for long, shorts in rows for short in shorts.split()}


def _typed(typed: str, match: re.Match[str]) -> list[Token]:
    """A word as it was typed, or the words for which it is short: those count as typed without marks."""
    long = shorthand().get(typed.lower())
    if long is None or (len(typed) == 1 and len(match[0]) > 1):  # `kkk` is laughter
        return [_token(typed, match)]
    capital = typed[:1].isupper()
    return [
        Token(one, marks_of(one), fold(one), match.start(), match.end(), bare=True, capital=capital) for one in long
    ]


def _token(typed: str, match: re.Match[str]) -> Token:
    word = typed.replace(" ", "")
    plain = fold(word) or word
    return Token(
        typed,
        marks_of(word),
        plain,
        match.start(),
        match.end(),
        bare=plain == word.lower(),
        capital=word[:1].isupper(),
    )
