"""Slips of the finger in words that matter: `haot`, `vagn`, `mays`, `koa cua`. A word that is known is never changed.

A slip is repaired only where what it repairs to is a known phrase at that place, so that names stay names.
"""

import re
from collections.abc import Iterable

from handlers.language.signs.folding import fold
from handlers.language.words.lexicon import KNOWN, VOCABULARY, Node
from handlers.language.words.words import Words

# Alone, only these are recognised under a slip.
_TARGETS = [
    "máy",
    "người",
    "được",
    "xong",
    "vắng",
    "kích",
    "hoạt",
    "hẹn",
    "lỗi",
    "quên",
    "smartphone",
    "tổng",
    "nhầm",
    "thôn",
    "xóm",
    "không",
    "chốt",
    "chưa",
    "từ",
    "khoảng",
    "thêm",
    "hqua",
    "hnay",
]
_EXTRA = {
    "hqa": "hqua",
    "vag": "vắng",
    "vng": "vắng",
    "nhm": "nhầm",
    "cht": "chốt",
    "xng": "xong",
    "xon": "xong",
    "duc": "được",
    "duo": "được",
    "thn": "thôn",
    "hogn": "không",
    "hnog": "không",
}
_NO_SLIPS = frozenset({"đức"})  # with these very marks they are names
_TELEX = "sfrxj"
_DOUBLED = re.compile(r"(.)\1")
_REACH = 4  # words of a phrase in which a slip is looked for


def _variants(word: str) -> set[str]:
    swapped = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}
    doubled = {word[:i] + word[i] + word[i:] for i in range(len(word))}
    tones = {word + tone for tone in _TELEX}
    missing = {word[:i] + word[i + 1 :] for i in range(len(word))} if len(word) >= 4 else set[str]()
    return swapped | doubled | tones | (missing if len(word) >= 5 else set())


def near(word: str, known: str) -> bool:
    """Whether `word` is `known` with one slip: two letters swapped, one doubled, lost, added or wrong."""
    if abs(len(word) - len(known)) > 1 or len(known) < 3 or word == known:
        return False
    if len(word) == len(known):
        wrong = [i for i in range(len(word)) if word[i] != known[i]]
        if len(wrong) == 1:
            return len(known) >= 5
        return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and sorted(word) == sorted(known)
    longer, shorter = (word, known) if len(word) > len(known) else (known, word)
    if len(known) < 4:
        return False
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


def _index(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    index: dict[str, tuple[str, ...]] = {}
    alone = {}  # the same tuple for every slip of one word
    for word in words:
        alone[word] = (word,)
        for variant in _variants(word) | (
            {word[:i] + word[i + 1 :] for i in range(len(word))} if len(word) == 4 else set()
        ):
            if variant not in VOCABULARY and len(variant) >= 2:
                index[variant] = index[variant] + alone[word] if variant in index else alone[word]
    return index


_FIRST_WORDS = _index(word for word, node in KNOWN.next.items() if len(word) >= 3 and node.next)
_ALONE = {
    variant: target for target in _TARGETS for variant in _variants(fold(target)) if variant not in VOCABULARY
} | _EXTRA


def meant(plain: str) -> str | None:
    """The single word, with its marks, that was probably meant."""
    return _ALONE.get(plain) if plain not in VOCABULARY else None


def correct(words: Words, i: int) -> bool:
    """Replaces the unknown word `i` by what was meant; False where it stays."""
    if i >= len(words.words) or not words.plain(i).isalpha() or (words.is_name(i) and i > 0):
        return False
    plain = words.plain(i)
    if plain in VOCABULARY or words.words[i].marked in _NO_SLIPS:
        return False
    if plain == "ton" and words.is_name(i + 1):
        _write(words, i, "thon", "thôn")
        return True
    if (target := _ALONE.get(plain)) is not None:
        _write(words, i, fold(target), target)
        return True
    first = _first_meant(words, i)
    if first is not None:
        _write(words, i, first, first)
    return first is not None


def starts_phrase(words: Words, i: int) -> bool:
    """Whether the unknown word `i` is a slip with which a known phrase begins (`kih hoạt`)."""
    return words.plain(i) not in VOCABULARY and _first_meant(words, i) is not None


def _first_meant(words: Words, i: int) -> str | None:
    for first in _FIRST_WORDS.get(words.plain(i), ()):
        if _leads_to_a_phrase(KNOWN.next[first], words, i + 1):
            return first
    return None


def _leads_to_a_phrase(node: Node, words: Words, j: int) -> bool:
    for k in range(j, min(j + _REACH, len(words.words))):
        following = node.next.get(words.plain(k))
        if following is None:
            return False
        if following.ends:
            return True
        node = following
    return False


def correct_within(words: Words, i: int) -> None:
    """Repairs a slip in a later word of a phrase that starts at word `i` (`không có đin thoại`)."""
    node, known_so_far = KNOWN, False
    if words.plain(i + 1) in VOCABULARY and words.plain(i + 1) not in KNOWN.next[words.plain(i)].next:
        return  # as nearly always
    for j in range(i, min(i + 2 * _REACH, len(words.words))):
        following = node.next.get(words.plain(j))
        if following is None:
            if j == i or words.plain(j) in VOCABULARY or not words.plain(j).isalpha() or len(words.plain(j)) < 2:
                return
            close = [
                key for key, after in node.next.items() if near(words.plain(j), key) and (after.ends or after.next)
            ]
            if len(close) > 1:
                close = [
                    key for key in close if key == _DOUBLED.sub(r"\1", words.plain(j))
                ]  # `chi tiieu` is no `thieu`
            if len(close) != 1:
                return
            _write(words, j, close[0], close[0])
            following = node.next[close[0]]
            if not (following.ends or _leads_to_a_phrase(following, words, j + 1)) or known_so_far:
                return
            known_so_far = True
        node = following


def _write(words: Words, i: int, plain: str, marked: str) -> None:
    words.write(i, plain, marked, short=True)
