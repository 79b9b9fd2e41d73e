"""Which phrases the fitted reader has a class for: its own tables, apart from those of the reader of rules."""

from importlib.resources import files
from typing import Any

from handlers.language.folding import fold

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

# A phrase is a path of folded words; at its end, under "", its classes and its words with their marks.
_TREE: dict[str, Any] = {}


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
        _add(plain, (kind, tuple(marked)))
        for pair, letters in _PAIRS.items():
            if pair in (said := " ".join(plain)):
                shorter = said.replace(pair, letters).split()
                _add(shorter, (kind, tuple(shorter)))
                words.add(letters)
    return frozenset(words), frozenset(numbers)


def _add(plain: list[str], end: tuple[str, tuple[str, ...]]) -> None:
    node = _TREE
    for word in plain:
        node = node.setdefault(word, {})
    node.setdefault("", []).append(end)


WORDS, NUMBERS = _build()


def classes(plain: list[str], marked: list[str]) -> list[str]:
    """The class of each word: that of the longest phrase from left to right, `I-…` within a phrase, else empty.

    `marked` are the words with their marks; empty where any marks may be meant.
    """
    found, i, n = [""] * len(plain), 0, len(plain)
    while i < n:
        node: dict[str, Any] | None = _TREE.get(plain[i])
        j, end, kind = i, i, ""
        while node is not None:
            j += 1
            fits = next((known for known, phrase in node.get("", ()) if _may_be(marked, i, phrase)), None)
            if fits is not None:
                end, kind = j, fits
            node = node.get(plain[j]) if j < n else None
        if end == i:
            i += 1
            continue
        if kind not in _CLASSLESS:
            found[i] = kind
            for k in range(i + 1, end):
                found[k] = "I-" + kind
        i = end
    return found


def _may_be(marked: list[str], i: int, phrase: tuple[str, ...]) -> bool:
    """Whether the marks that are written do not contradict the phrase; a slip in a longer one is forgiven."""
    wrong = sum(1 for k, word in enumerate(phrase) if marked[i + k] and marked[i + k] != word)
    return wrong == 0 or (len(phrase) > 2 and wrong == 1) or (len(phrase[0]) > 4 and len(phrase) == 1)
