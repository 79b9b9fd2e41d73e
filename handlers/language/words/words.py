"""A message as words: folded, with their marks, positions and neighbours. Shorthand is written out here (rule 16)."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from handlers.language.signs.folding import Folded
from handlers.language.signs.masking import MARK
from handlers.language.words.regional import as_elsewhere
from handlers.language.words.titles import FORMS
from handlers.language.words.vocabulary import SHORT_FOR, words_of

if TYPE_CHECKING:
    from handlers.language.words.lexicon import Meaning

# `k.hoạt`, `đ.thoại` and `đ/c` are words; a private number is one sign; runs of other signs are one.
_WORD = re.compile(rf"k\.hoat|d/c|h\.nay|d\.thoai|[^\W\d_]+|[0-9]+|{MARK[0]}+|\n|[^\w\s]|\w")
ROMAN = re.compile("X{0,2}(?:IX|IV|V?I{0,3})(?<=.)")
_KEYCAPS = str.maketrans({"\ufe0f": None, "\u20e3": None})
# No Vietnamese word ends in a vowel and `g` or `h`: the hasty leave out the n of `ng` and `nh` (`ôg`, `khôg`, `mìh`).
_LOST_N = re.compile(
    r"(?:b|ch?|d|gh?|h|kh?|l|m|n|nh|p|ph|r|s|th?|tr|v|x)?(?:[aeouy]|oa|oe|ie|ye|uo|uye)g|"
    r"ng?h?(?:a|e|o|u|ie|uo)g|(?:gi|qu)(?:[aeo]|ie)?g"
)
_CUT_NH = words_of(
    "mih dih chih hah thah lih tih nhah cah mah sih xih bih vih khah oah quyh huyh lah nih trih hih doah"
)
_NO_LOST_N = words_of("hih hah nhah lah mah lag bug tag vag")  # sounds, other words, and what slips.py knows
_MARKLESS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")


@dataclass(slots=True)
class Word:
    """One word, number or sign. `plain` is folded, `marked` keeps the diacritics in lower case."""

    plain: str
    marked: str
    start: int  # in the folded text, as `end`
    end: int
    capital: bool
    glued: bool  # no space before it
    short: bool = False  # shorthand, written out

    @property
    def bare(self) -> bool:
        """Written without any mark: may stand for any word of this plain form."""
        return self.plain == self.marked

    @property
    def digits(self) -> bool:
        return self.plain.isdigit()


# Marks that phones set by themselves, or that people without diacritics still write.
_COURTESY = frozenset({"ạ", "dạ", "nhé", "à", "ơi", "báo", "cáo", "nhá", "vâng"})


_REACH = 32  # words beyond the ends of a message that may be asked for
_BEYOND, _NO_NAME_BEYOND = [""] * _REACH, [False] * _REACH

Names = frozenset[tuple[str, ...]]  # of hamlets, folded, word by word
NO_NAMES: Names = frozenset()


@dataclass(slots=True)
class Words:
    """The words of one message. `mixed`: capitals say something; `accented`: the writer uses diacritics.

    `names` are those of the hamlets that are known where the sender works.
    """

    folded: Folded
    words: list[Word]
    mixed: bool
    accented: bool
    names: Names
    plain: Callable[[int], str] = field(init=False)  # the folded word at `i`, empty beyond the ends
    is_name: Callable[[int], bool] = field(init=False)  # whether it is capitalised in a text where that means something
    phrases: "dict[int, tuple[int, Meaning] | None]" = field(init=False)  # those that were looked for (lexicon.py)
    _plains: list[str] = field(init=False)

    def __post_init__(self) -> None:
        # Asked for at every step, so that the lists themselves answer: before the first word stands the end of a list.
        self._plains = [word.plain for word in self.words] + _BEYOND
        self.plain = self._plains.__getitem__
        names = [self.mixed and word.capital for word in self.words]
        self.is_name = (names + _NO_NAME_BEYOND).__getitem__
        self.phrases = {}

    def write(self, i: int, plain: str, marked: str, *, short: bool) -> None:
        """Reads another word at `i` than the one that was written."""
        word = self.words[i]
        word.plain, word.marked, word.short = plain, marked, short or word.short
        self._plains[i] = plain
        self.phrases.clear()


def spelled(folded: Folded, most: int) -> list[Word] | None:
    """The words of a text as they were written, or None where there are more than `most`."""
    words: list[Word] = []
    text, even, before = folded.text, folded.even, -1
    for found in _WORD.finditer(folded.plain):
        if len(words) >= most:
            return None
        start, end = found.span()
        first, last = (start, end) if even else folded.span(start, end)
        written = text[first:last]
        word, marked, capital, short = _spelled(written, found[0])
        if short and capital and _within_sentence(words, written):
            word, marked, short = found[0], _marked(written), False  # `chị Đàng Năng Bốn`
        elif capital and word not in FORMS and len(word) > end - start and _within_sentence(words, written):
            word, marked = found[0], _marked(written)  # `buôn Sog`
        words.append(Word(word, marked, start, end, capital, start == before, short))
        before = end
    return words


def _within_sentence(before: list[Word], written: str) -> bool:
    """Whether a word has its capital as names have, neither as the first of a sentence nor as all words have."""
    return bool(before) and before[-1].plain.isalpha() and not written.isupper()


def joined(folded: Folded, words: list[Word], names: Names = NO_NAMES) -> Words:
    """The words as a message, with what its writer's habits say of them."""
    lower = any(w.capital for w in words[1:]) and any(w.marked.isalpha() and not w.capital for w in words)
    _write_out_no(words, mixed=lower)
    _write_out_home(words, mixed=lower)
    as_elsewhere(words, mixed=lower)
    accented = any(not w.bare and not w.short and w.marked not in _COURTESY for w in words)
    return Words(folded, words, lower, accented, names)


@lru_cache(maxsize=4096)
def _spelled(written: str, plain: str) -> tuple[str, str, bool, bool]:
    """What a word is by itself: plain, marked, capital, short."""
    capital = written[:1].isupper()
    marked = plain if written.isascii() else _marked(written)
    if marked[-3:] == marked[-1:] * 3 and not ROMAN.fullmatch(written):  # `máyyyy`, `xonggg`
        plain, marked = _not_drawn_out(plain), _not_drawn_out(marked)
    if marked.startswith("dd") and len(marked) > 2:  # telex that did not become one: `ddc`, `ddi`
        plain, marked = plain[1:], "đ" + marked[2:]
        return _plain(SHORT_FOR.get(marked, marked)), SHORT_FOR.get(marked, marked), capital, True
    if (long := SHORT_FOR.get(marked)) is not None and long != marked:
        return _plain(long), long, capital, True
    if _lost_n(plain, marked):
        plain, marked = f"{plain[:-1]}n{plain[-1]}", f"{marked[:-1]}n{marked[-1]}"
        long = SHORT_FOR.get(marked, marked)
        return _plain(long) if long != marked else plain, long, capital, long != marked
    return plain, marked, capital, False


def _lost_n(plain: str, marked: str) -> bool:
    if plain in _NO_LOST_N:
        return plain != marked and plain[-1] == "h"  # `hạh`, but `hah`
    return plain in _CUT_NH or _LOST_N.fullmatch(plain) is not None


def _not_drawn_out(word: str) -> str:
    last = word[-1:]
    letter = last.isalnum() and not last.isdecimal()
    return word.rstrip(last) + last if letter and word.endswith(last * 3) else word


# Before these, `kh` is không (`kh ai ở nhà`); before a number it is kích hoạt. Elsewhere the scanner decides.
_AFTER_NO = words_of(
    """phai ai co duoc dc dong chiu hop nhan vao dung muon o vang cai lam kich cho thay dang tai quet biet ve nguoi
    huong chinh dau"""
)


def _write_out_no(words: list[Word], *, mixed: bool) -> None:
    """`kh ai ở nhà`, `hong chịu`: không."""
    if "kh" not in (said := [word.plain for word in words]) and "hong" not in said:
        return
    before = ""
    for word, following in pairwise(words):
        named = before in FORMS or (mixed and word.capital)  # `chi Hong co`
        southern = word.marked == "hong" and not named
        if (word.plain == "kh" or southern) and following.plain in _AFTER_NO:
            word.plain, word.marked, word.short = "khong", "không", True
        before = word.plain


_NUMBERED = frozenset({"x", "xom", "thon", "to", "khu", "ap", "doi", "ban", "tdp", "t"})
_NO_HOME = frozenset({"oi", "a", "nhe", "nha", "da", "di", "nay"})


def _write_out_home(words: list[Word], *, mixed: bool) -> None:
    """`n a Chiến 2`, `x2 n c Lệ 1`: nhà, before a form of address with a name."""
    for k in [k for k, word in enumerate(words[:-2]) if word.plain == "n"]:
        word, title, name = words[k : k + 3]
        if title.plain not in FORMS or not name.plain.isalpha() or name.plain in _NO_HOME:
            continue
        number = k > 0 and words[k - 1].digits and not (k > 1 and words[k - 2].plain in _NUMBERED)
        if not number and (name.capital or not mixed):
            word.plain, word.marked, word.short = "nha", "nhà", True


def _marked(written: str) -> str:
    return _MARKLESS.sub("", unicodedata.normalize("NFC", written.lower())).translate(_KEYCAPS)


_PLAIN: dict[str, str] = {}


def _plain(marked: str) -> str:
    if marked not in _PLAIN:
        _PLAIN[marked] = Folded(marked).plain
    return _PLAIN[marked]
