"""Homes called by a bare name in lists and tables: `1. Bình 2✅`, `hl: Thìn 20h 22/5`, `sửa dòng Dần` (rule 31).

A word for home is written before such a name, with no letters of its own: what follows is read as in a sentence.
"""

from dataclasses import replace

from handlers.language.words.titles import FORMS, GIVEN, HOUSE
from handlers.language.words.vocabulary import known_words, words_of
from handlers.language.words.words import Word

_SIGNS = frozenset("✅☑✔🔒🔐❌✖✗✘❎")
_BETWEEN = frozenset({":", "-", "–", "|"})
_STARTS = frozenset({"\n", ",", ";", "|", "/", ":"})
_PHONES = frozenset({"may", "tk", "cai"})
_BULLETS = frozenset({"-", "•", "*", "+", "–", "·"})
_ROWS = frozenset({"dong", "hang"})
_FIXES = frozenset({"sua", "chinh", "doi", "nham"})
_PROMISES = frozenset({"hl", "hen", "lai"})
_LEADS = _SIGNS | _ROWS | _PROMISES  # without any of them there is no list
_NO_NAMES = words_of("xom thon to khu ap ban lang buon doi pho x tdp kdc tieu nay qua chieu toi")
_DAYS = frozenset({"mai", "thu", "chu", "sang"})  # before a time
_MOST = 3  # words of a name
_AT_HOME = 9  # phones of a home; more are a colleague's


def with_homes(words: list[Word]) -> list[Word]:
    """The words with `nhà` before names that stand where a list has its homes; as they are where there is none."""
    if _LEADS.isdisjoint([word.plain for word in words]) or not any(word.capital for word in words):
        return words
    out: list[Word] = []
    promised = False
    for i, word in enumerate(words):
        if word.plain == "\n":
            promised = False
        if word.plain in _ROWS and out and _is_row(words, i):
            continue
        promised = promised or (word.plain in _PROMISES and _ends_promise(words, i))
        begins = _begins(words, i) and _is_of_a_list(words, i)
        visited = promised and words[i - 1].plain not in FORMS and _is_visit(words, i)
        if begins or visited or (i and words[i - 1].plain in _ROWS and _is_row(words, i - 1)):
            out.append(house_before(word))
        out.append(word)
    return out


def house_before(word: Word) -> Word:
    """A word for the home of whoever is named, right before the name."""
    return replace(word, plain="nha", marked="nhà", end=word.start, capital=False, glued=False, short=True)


def listed_end(words: list[Word], i: int) -> int:
    """Where the name of such a home ends, or `i` where none begins."""
    if words[i].start < words[i].end or words[i].plain != "nha":
        return i
    end = i + 1
    while end < len(words) and end - i <= _MOST and words[end].capital and words[end].plain.isalpha():
        end += 1
    return end if end > i + 1 else i


def is_bare_name(word: Word) -> bool:
    """Whether a word is a name by its capital, and no word of work that begins a line."""
    if not word.capital or len(word.plain) < 2 or not word.plain.isalpha():
        return False
    titled = word.marked in FORMS.get(word.plain, ()) or (word.plain == word.marked and word.plain in FORMS)
    if titled or word.plain in HOUSE or word.plain in _NO_NAMES:
        return False
    return word.plain == "mai" or word.marked in GIVEN or word.marked not in known_words()


def _name_end(words: list[Word], i: int) -> int:
    end = i
    while end < len(words) and end - i < _MOST and (words[end].capital if end > i else is_bare_name(words[end])):
        end += 1
    return end


def _plain(words: list[Word], i: int) -> str:
    return words[i].plain if 0 <= i < len(words) else ""


def _begins(words: list[Word], i: int) -> bool:
    """Whether a line or a cell begins at word `i`, after its bullet."""
    before = i - 1 - (_plain(words, i - 1) in _BULLETS)
    return before < 0 or words[before].plain in _STARTS or words[before].plain in _SIGNS


def _is_of_a_list(words: list[Word], i: int) -> bool:
    """A name, then a number with its sign, a sign, or a cell with them."""
    end = _name_end(words, i)
    if end == i:
        return False
    end += _plain(words, end) in _BETWEEN
    number = _plain(words, end)
    if number.isdigit():
        sign = end + 1 + (_plain(words, end + 1) in _PHONES)
        return int(number[:4]) <= _AT_HOME and _plain(words, sign) in _SIGNS
    return number in _SIGNS


def _ends_promise(words: list[Word], i: int) -> bool:
    """`hl`, `hẹn`, `hẹn lại` right before a name or its colon."""
    following = i + 1 + (_plain(words, i + 1) == ":")
    return following < len(words) and is_bare_name(words[following])


def _is_visit(words: list[Word], i: int) -> bool:
    """`Thìn 20h`, after `hl:` or a comma: who is to be visited again, and when."""
    if _plain(words, i - 1) not in (*_PROMISES, ":", ",", ";"):
        return False
    end = _name_end(words, i) if words[i].plain not in _DAYS else i
    return end > i and _plain(words, end).isdigit() and _plain(words, end + 1) in ("h", "g", "gio", ":")


def _is_row(words: list[Word], i: int) -> bool:
    """`sửa dòng Dần`: the row of a home."""
    named = i + 1 < len(words) and is_bare_name(words[i + 1])
    return named and any(word.plain in _FIXES for word in words[max(0, i - 3) : i])
