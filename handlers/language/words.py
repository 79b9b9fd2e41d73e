"""A message as words: folded, with their marks, positions and neighbours. Shorthand is written out here (rule 16)."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from handlers.language.folding import Folded
from handlers.language.masking import MARK
from handlers.language.vocabulary import SHORT_FOR, words_of

# `k.hoạt` and `đ/c` are words; a private number is one sign; runs of other signs are one.
_WORD = re.compile(rf"k\.hoat|d/c|h\.nay|[^\W\d_]+|[0-9]+|{MARK[0]}+|\n|[^\w\s]|\w")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}$")
_KEYCAPS = str.maketrans({"\ufe0f": None, "\u20e3": None})
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

    def plain(self, i: int) -> str:
        """The folded word at `i`, empty beyond the ends."""
        return self.words[i].plain if 0 <= i < len(self.words) else ""

    def is_name(self, i: int) -> bool:
        """Whether the word at `i` is capitalised in a text where that means something."""
        return self.mixed and 0 <= i < len(self.words) and self.words[i].capital


def spelled(folded: Folded, most: int) -> list[Word] | None:
    """The words of a text as they were written, or None where there are more than `most`."""
    words: list[Word] = []
    text, plain, end = folded.text, folded.plain, -1
    for found in _WORD.finditer(plain):
        if len(words) >= most:
            return None
        start, glued = found.start(), found.start() == end
        end = found.end()
        first, last = folded.span(start, end)
        word, marked, capital, short = _spelled(text[first:last], found.group())
        words.append(Word(word, marked, start, end, capital, glued, short))
    return words


def joined(folded: Folded, words: list[Word], names: Names = NO_NAMES) -> Words:
    """The words as a message, with what its writer's habits say of them."""
    lower = any(w.marked.isalpha() and not w.capital for w in words) and any(w.capital for w in words[1:])
    _write_out_kh(words)
    accented = any(not w.bare and not w.short and w.marked not in _COURTESY for w in words)
    return Words(folded, words, lower, accented, names)


@lru_cache(maxsize=4096)
def _spelled(written: str, plain: str) -> tuple[str, str, bool, bool]:
    """What a word is by itself: plain, marked, capital, short."""
    capital = written[:1].isupper()
    marked = plain if written.isascii() else _marked(written)
    if _DRAWN_OUT.search(marked):  # `máyyyy`, `xonggg`
        plain, marked = _DRAWN_OUT.sub(r"\1", plain), _DRAWN_OUT.sub(r"\1", marked)
    if marked.startswith("dd") and len(marked) > 2:  # telex that did not become one: `ddc`, `ddi`
        plain, marked = plain[1:], "đ" + marked[2:]
        return _plain(SHORT_FOR.get(marked, marked)), SHORT_FOR.get(marked, marked), capital, True
    if (long := SHORT_FOR.get(marked)) is not None and long != marked:
        return _plain(long), long, capital, True
    return plain, marked, capital, False


# Before these, `kh` is không (`kh ai ở nhà`); before a number it is kích hoạt. Elsewhere the scanner decides.
_AFTER_NO = words_of(
    """phai ai co duoc dc dong chiu hop nhan vao dung muon o vang cai lam kich cho thay dang tai quet biet ve nguoi
    huong chinh dau"""
)


def _write_out_kh(words: list[Word]) -> None:
    for word, following in pairwise(words):
        if word.plain == "kh" and following.plain in _AFTER_NO:
            word.plain, word.marked, word.short = "khong", "không", True


def _marked(written: str) -> str:
    return _MARKLESS.sub("", unicodedata.normalize("NFC", written.lower())).translate(_KEYCAPS)


_PLAIN: dict[str, str] = {}


def _plain(marked: str) -> str:
    if marked not in _PLAIN:
        _PLAIN[marked] = Folded(marked).plain
    return _PLAIN[marked]
