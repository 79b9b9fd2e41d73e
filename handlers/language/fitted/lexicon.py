"""Which phrases the fitted reader has a class for: its own tables, apart from those of the reader of rules."""

from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from sys import intern

from handlers.language.signs.folding import fold

_CLASSLESS = frozenset({"fill"})  # words of courtesy: known, but of no class


def _rows(name: str) -> list[tuple[str, str]]:
    text = files("handlers.language.fitted").joinpath(name).read_text(encoding="utf-8")
    return [(first, second) for first, _, second in (line.partition("\t") for line in text.splitlines())]


def _short() -> dict[str, tuple[str, str]]:
    """Shorthand, as written, and folded where that is no word of its own → the folded word, and as it is marked."""
    table = {short: (fold(long), long) for short, long in _rows("short.tsv") if " " not in long}
    plain = {fold(word) for _, phrase in _rows("lexicon.tsv") for word in phrase.split()}
    return {fold(short): long for short, long in table.items() if fold(short) not in plain} | table


SHORT: dict[str, tuple[str, str]] = _short()
# Two words that are as often one of letters: phrases with them are known either way.
_PAIRS = {"tai khoan": "tk", "dien thoai": "dt", "can cuoc": "cccd", "mat khau": "mk", "cong an": "ca"}


@dataclass(slots=True)
class _Node:
    """The words that may follow in a phrase, and the phrases that end here: their words with marks, and their class."""

    next: dict[str, "_Node"] = field(default_factory=lambda: _NO_WORDS)  # shared by those without, as the next
    ends: tuple[tuple[str, ...], ...] = ()  # mostly one, for which a dict would be large
    kinds: tuple[str, ...] = ()  # of each of the ends
    unmarked: str | None = None  # the class where no word has a mark


_NO_WORDS: dict[str, _Node] = {}
_TREE = _Node()


def _build() -> tuple[frozenset[str], frozenset[str]]:
    words, numbers = set[str](), set[str]()
    for kind, phrase in _rows("lexicon.tsv"):
        marked = phrase.split()
        if len(marked) == 1 and marked[0] in SHORT:
            continue  # `hem` is a way of writing `không`, where it has no mark
        plain = [SHORT[word][0] if word in SHORT else fold(word) for word in marked]
        marked = [SHORT[word][1] if word in SHORT else word for word in marked]
        words.update(plain)
        if kind == "num":
            numbers.update(plain)
        _add(plain, tuple(map(intern, marked)), intern(kind))
        for pair, letters in _PAIRS.items():
            if pair in (said := " ".join(plain)):
                shorter = said.replace(pair, letters).split()
                _add(shorter, tuple(shorter), intern(kind))
                words.add(letters)
    return frozenset(words), frozenset(numbers)


def _add(plain: list[str], marked: tuple[str, ...], kind: str) -> None:
    node = _TREE
    for word in plain:
        node.next = node.next or {}
        node = node.next.setdefault(intern(word), _Node())
    if marked not in node.ends:
        node.ends += (marked,)
        node.kinds = _same((*node.kinds, kind))
    node.unmarked = node.unmarked or kind


@lru_cache(maxsize=1024)
def _same(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """One for all that are alike."""
    return kinds


WORDS, NUMBERS = _build()


def classes(plain: list[str], marked: list[str]) -> list[str]:
    """The class of each word: that of the longest phrase from left to right, `I-…` within a phrase, else empty.

    `marked` are the words with their marks; empty where any marks may be meant.
    """
    found, i, n = [""] * len(plain), 0, len(plain)
    while i < n:
        node = _TREE.next.get(plain[i])
        j, end, kind = i, i, ""
        while node is not None:
            j += 1
            if node.ends and (fits := _fitting(node, marked[i:j])) is not None:
                end, kind = j, fits
            node = node.next.get(plain[j]) if j < n else None
        if end > i and kind not in _CLASSLESS:
            found[i] = kind
            found[i + 1 : end] = ["I-" + kind] * (end - i - 1)
        i = max(end, i + 1)
    return found


def _fitting(node: _Node, marked: list[str]) -> str | None:
    """The class of the first phrase whose marks the written ones do not contradict."""
    if not any(marked):
        return node.unmarked
    return next((kind for phrase, kind in zip(node.ends, node.kinds, strict=True) if _may_be(marked, phrase)), None)


def _may_be(marked: list[str], phrase: tuple[str, ...]) -> bool:
    """Whether the marks that are written do not contradict the phrase; a slip in a longer one is forgiven."""
    wrong = sum([1 for said, word in zip(marked, phrase, strict=True) if said and said != word])
    return wrong == 0 or (len(phrase) > 2 and wrong == 1) or (len(phrase[0]) > 4 and len(phrase) == 1)
