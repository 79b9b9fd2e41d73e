"""The words of a message as the fitted reader takes them: folded, shorthand written out, slips of keyboards undone."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from handlers.language.fitted.lexicon import NUMBERS, SHORT, WORDS
from handlers.language.signs.emoticons import without_faces
from handlers.language.signs.folding import Folded
from handlers.language.signs.masking import MARK, blanked
from handlers.language.signs.repeats import without_repeats

MOST_WORDS = 300  # nobody was heard to write more than a quarter of it
_RUN = re.compile(rf"{MARK[0]}+|[^\W_]+|\n|[^\s]")
_PIECE = re.compile(r"[^\W\d_]+|\d+")
_BROKEN_VNI = re.compile(r"[a-z]{1,20}\d{1,2}[a-z]")  # no word is longer
_TYPED_IN_VNI = WORDS - frozenset(
    ["kh", "tc", "hl", "v", "x", "h", "k", "dc", "t", "sn", "ip", "cccd", "hd", "s", "g", "cn"]
)  # these take a number
_LONGEST = 24  # letters of a word that is more than drawn out
_DOUBLED = re.compile(r"(.)\1+")
_TELEX_TONE = re.compile(r"(?<=[aeiouyw])([a-z]*?)[sfrxj]([a-z]?[a-z]?)$")
SIGNS = {sign: sign for sign in ",.;:/-+=()?!%>|"} | {"\n": "¶"}  # those that the model knows
_SIZES = (10, "<10"), (25, "<25"), (60, "<60"), (110, "<110"), (10**7, "big")


@dataclass(slots=True)
class Token:
    """One word, number or sign; `start` and `end` count characters of the message as it was sent."""

    plain: str  # folded, written out
    marked: str  # with its diacritics; empty where it has none and may stand for any
    capital: bool
    digits: bool  # written in ASCII digits
    may_be_number: bool  # written in digits, or a word for a number
    word: str  # as the model of words knows it: a number by its size
    start: int
    end: int

    def be_sign(self, sign: str) -> None:
        """Becomes a sign that says nothing."""
        self.plain = self.word = sign
        self.marked, self.digits, self.may_be_number = "", False, False


def tokens_of(text: str) -> list[Token] | None:
    """The words of a text, or None where there are too many to be one report."""
    folded = Folded(without_faces(without_repeats(blanked(text))).replace("\t", "|"))  # a table of a spreadsheet
    plain, vni, even = folded.plain, _is_vni(folded.plain), folded.even
    tokens: list[Token] = []
    for run in _RUN.finditer(plain):
        for first, last in _pieces(run, vni):
            start, end = (first, last) if even else folded.span(first, last)
            if tokens and start < tokens[-1].end:
                tokens[-1].be_sign(text[start:end])  # `¾` is one sign, and no number
                continue
            tokens.append(Token(*_spelled(text[start:end], plain[first:last]), start, end))
        if len(tokens) > MOST_WORDS:
            return None
    _know_marks(tokens, text)
    return tokens


def _know_marks(tokens: list[Token], text: str) -> None:
    """Who writes diacritics means those that are missing: `ba` is three then, and no `bà`."""
    letters = [token for token in tokens if token.plain.isalpha()]
    if 4 * sum(not text[token.start : token.end].isascii() for token in letters) >= len(letters) >= 3:
        for token in letters:
            if not token.marked and text[token.start : token.end].lower() == token.plain:
                token.marked = token.plain


def _is_vni(plain: str) -> bool:
    """Whether the text was typed in VNI where no input method ran: `xo1m 5 xong 2 ma1y`."""
    return any(_without_digits(run) in WORDS for run in _BROKEN_VNI.findall(plain)) or "d9" in plain


def _without_digits(run: str) -> str:
    return "".join(c for c in run if not c.isdigit())


def _pieces(run: re.Match[str], vni: bool) -> list[tuple[int, int]]:
    """Letters and digits of a run apart, unless they are one word in VNI."""
    word = run.group()
    if word.isalpha() or word.isdigit() or not word[0].isalnum():
        return [run.span()]
    if vni and word[0].isalpha() and (_without_digits(word) in _TYPED_IN_VNI or _BROKEN_VNI.search(word)):
        return [run.span()]
    at = run.start()
    return [(at + piece.start(), at + piece.end()) for piece in _PIECE.finditer(word)]


@lru_cache(maxsize=4096)
def _spelled(written: str, plain: str) -> tuple[str, str, bool, bool, bool, str]:
    """A word written out, as the first fields of its token."""
    plain, marked = _written_out(written, plain)
    digits = plain.isdecimal() and plain.isascii()
    word = _sized(plain) if digits else SIGNS.get(plain, plain)
    return plain, marked, written[:1].isupper(), digits, digits or plain in NUMBERS, word


def _written_out(written: str, plain: str) -> tuple[str, str]:
    """The word that is meant, folded and with its marks."""
    if not plain[:1].isalpha():
        return plain, ""
    marked = unicodedata.normalize("NFC", written.lower())
    marked = "" if marked == plain else marked
    if (long := SHORT.get(marked or plain)) is not None:
        return long
    if plain not in WORDS:
        meant = _meant(plain)
        if any(c.isdigit() for c in meant):
            meant = _without_digits(meant)
        if meant != plain:
            return SHORT.get(meant, (meant, ""))
    return plain, marked


def _sized(digits: str) -> str:
    """A number by its size, and by whether it is written like a code (`05`)."""
    n = int(digits[:7])
    size = str(n) if n < 3 else next(name for end, name in _SIZES if n < end)
    return f"#{size}{'0' if digits[0] == '0' and n else ''}"


def _meant(plain: str) -> str:
    """The known word that a drawn out, raw Telex or VNI, playful or slipped spelling stands for; else the word."""
    attempts = [_DOUBLED.sub(r"\1", plain)]
    if len(plain) <= _LONGEST:
        telex = _telex(plain)
        attempts += [telex, _without_digits(plain), *_played(plain), *_swapped(telex)]
    return next((attempt for attempt in attempts if len(attempt) > 1 and attempt in WORDS), plain)


def _played(plain: str) -> list[str]:
    """`zang` for `vang`, `chju` for `chiu`, `qay` for `quay`, `fone` for `phone`."""
    changes = (
        ("z", "v"),
        ("z", "d"),
        ("z", "gi"),
        ("j", "i"),
        ("f", "ph"),
        ("w", "qu"),
        ("q", "qu"),
        ("y", "i"),
        ("i", "y"),
    )
    return [plain.replace(old, new, 1) for old, new in changes if old in plain]


def _swapped(plain: str) -> list[str]:
    """Two neighbouring letters typed the wrong way round, in words long enough to be unmistakable."""
    if len(plain) < 4:
        return []
    return [plain[:k] + plain[k + 1] + plain[k] + plain[k + 2 :] for k in range(len(plain) - 1)]


def _telex(plain: str) -> str:
    word = plain.replace("dd", "d").replace("aa", "a").replace("ee", "e").replace("oo", "o").replace("w", "")
    return _TELEX_TONE.sub(r"\1\2", word)


def value_of(words: list[str]) -> int | None:
    """The number that folded words or digits say (`hai muoi mot`, `chuc ruoi`, `12`); None where they say none."""
    if not words:
        return None
    if words[0].isdecimal():
        return _grown(int(words[0][:7]), words[1:])
    total, last = 0, None
    for i, word in enumerate(words):
        if word in _ONES:
            if last and word not in ("mot", "lam", "nham", "tu"):
                return None  # `năm sáu máy` says no one number
            total += _ONES[word] + (9 * last if last else 0)  # `hai lăm`
            last = _ONES[word]
        elif word in _TENS:
            total = _times_ten(total, last, word, first=i == 0)
            last = None
        elif word in _TIMES:
            total = max(total, 1) * _TIMES[word]
            last = None
        elif word == "nua":
            return {"chuc": 5, "ta": 6}.get(words[i + 1] if i + 1 < len(words) else "")
        elif word in ("ruoi", "linh", "le"):
            total += 5 if word == "ruoi" and 10 <= total < 100 else 50 if word == "ruoi" else 0
        else:
            return None
    return total or None


def _times_ten(total: int, last: int | None, word: str, *, first: bool) -> int:
    if first or not last:
        return total + _TENS[word]
    return total - last + (last * 10 if word != "ham" else last + 20)


def _grown(n: int, more: list[str]) -> int:
    for word in more:
        if word in ("muoi", "chuc"):
            n *= 10
        elif word in _TIMES:
            n *= _TIMES[word]
        elif word == "ruoi":
            n += 5 if n >= 10 else 0
    return n


_ONES = {"khong": 0, "mot": 1, "hai": 2, "ba": 3, "pa": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "nham": 5}
_ONES |= {"sau": 6, "bay": 7, "tam": 8, "chin": 9}
_TENS = {"muoi": 10, "chuc": 10, "ham": 20, "bam": 30, "mui": 10}
_TIMES = {"ta": 12, "doi": 2, "cap": 2, "tram": 100}
