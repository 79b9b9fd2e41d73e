"""A last key too many in words that matter (`xomd 7`, `2 mayd`, `nhaf`), and a key beside the right one (`xpm 7`)."""

from dataclasses import replace
from functools import lru_cache

from handlers.language.signs.folding import fold
from handlers.language.words.vocabulary import SHORT_FOR, known_words, words_of
from handlers.language.words.words import Word

_NEVER_LAST = frozenset("dfwzjqsrx")  # no Vietnamese word ends with one
_MATTER = words_of("xóm thôn khu tdp máy nhà người xong được vắng lỗi hẹn chối tổng hộ ấp bản tổ đội làng")
_BESIDE = {"o": "ipl0k", "m": "njk", "n": "bmhj", "h": "gjny", "t": "ryfg", "x": "zcs"}
_HAMLETS = ("xom", "thon")
_SYLLABLES = words_of("som com xon xin thom thin tom tron thob")  # they are other words as well


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset({fold(word) for word in known_words()} | set(SHORT_FOR))


@lru_cache(maxsize=1)
def _whole() -> dict[str, str]:
    """The words that matter, by themselves and without marks."""
    return {form: form for word in _MATTER for form in (word, fold(word)) if len(word) > 2 or form != fold(word)}


@lru_cache(maxsize=1)
def beside_hamlet() -> dict[str, str]:
    """`xpm`, `thpn`: one key beside the right one."""
    return {"xm": "xom"} | {
        f"{word[:i]}{key}{word[i + 1 :]}": word
        for word in _HAMLETS
        for i, letter in enumerate(word)
        for key in _BESIDE[letter]
    }


def without_last_key(words: list[Word]) -> list[Word]:
    """The words without a key that can be no part of them; a new list where there is one."""
    return [_mended(words, i) or word for i, word in enumerate(words)] if any(map(_may_be_slip, words)) else words


def _may_be_slip(word: Word) -> bool:
    return (len(word.marked) > 2 and word.marked[-1] in _NEVER_LAST) or word.marked in beside_hamlet()


def _mended(words: list[Word], i: int) -> Word | None:
    word = words[i]
    if not _may_be_slip(word) or word.plain in _known() or (word.capital and i and words[i - 1].plain.isalpha()):
        return None
    hamlet = beside_hamlet().get(word.marked)
    if hamlet is not None and word.plain not in _SYLLABLES and i + 1 < len(words) and words[i + 1].digits:
        return replace(word, plain=hamlet, marked=hamlet, short=True)
    whole = _whole().get(word.marked[:-1])
    return None if whole is None else replace(word, plain=fold(whole), marked=whole, short=True)
