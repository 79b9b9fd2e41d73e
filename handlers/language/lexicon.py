"""Finds the longest known phrase at a word. The phrases themselves are data, in vocabulary.py."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from handlers.language import vocabulary as v
from handlers.language.folding import fold
from handlers.language.reading import Outcome
from handlers.language.sorts import Said, Sort, Unit
from handlers.language.words import SHORT_FOR, Word, Words


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a known phrase does."""

    sort: Sort
    outcome: Outcome | None = None
    said: Said | None = None
    unit: Unit | None = None


@dataclass(slots=True)
class Node:
    """The words that may follow, and the phrases that end here."""

    next: dict[str, "Node"] = field(default_factory=dict)
    ends: list[tuple[tuple[str, ...], Meaning]] = field(default_factory=list)


def longest(words: Words, i: int, lexicon: Node, *, strict: bool = False) -> tuple[int, Meaning] | None:
    """The longest known phrase that starts at word `i`: where it ends and what it means.

    `strict` forgives no wrong mark: `Hiền` is then not `hiện`.
    """
    node, found, all_words = lexicon, None, words.words
    for j in range(i, min(i + 8, len(all_words))):
        following = node.next.get(all_words[j].plain)
        if following is None:
            break
        node = following
        if node.ends and (meaning := _fitting(node, all_words[i : j + 1], accented=words.accented, strict=strict)):
            found = j + 1, meaning
    return found


def as_written(word: Word, known: tuple[int, Meaning] | None, i: int) -> bool:
    """Whether word `i` is known with these very marks, not only with others (`lai` is no `lại` for who marks)."""
    if known is None or known[0] > i + 1:
        return known is not None
    return any(phrase == (word.marked,) for phrase, _ in KNOWN.next[word.plain].ends)


def _fitting(node: Node, said: list[Word], *, accented: bool, strict: bool) -> Meaning | None:
    """The entry whose marks are those written; else the first that they do not contradict.

    A writer without diacritics writes no marks at all, so that there the order of the tables decides.
    """
    marks = [word.marked for word in said]
    if accented:
        for phrase, meaning in node.ends:
            if list(phrase) == marks:
                return meaning
    for phrase, meaning in node.ends:
        if len(said) == 1 and phrase[0] in v.EXACT and said[0].marked != phrase[0]:
            continue
        if strict and not all(word.bare or word.marked == known for word, known in zip(said, phrase, strict=True)):
            continue
        if all(map(_may_be, said, phrase)) or (len(said) > 1 and _close(said, phrase)):
            return meaning
    return None


def _may_be(word: Word, known: str) -> bool:
    """No marks at all stand for any; wrong marks are forgiven in words long enough to be unmistakable."""
    if word.marked == known:
        return True
    if word.bare:
        return True
    return len(word.plain) >= 4 and word.plain not in v.CONFUSABLE


def _close(said: list[Word], phrase: tuple[str, ...]) -> bool:
    """A phrase forgives one word with wrong marks, if another of its words is right."""
    wrong = sum(not _may_be(word, known) for word, known in zip(said, phrase, strict=True))
    right = any(word.marked == known and not word.bare for word, known in zip(said, phrase, strict=True))
    return wrong == 1 and right


def _add(root: Node, phrases: str, meaning: Meaning) -> None:
    for phrase in phrases.split(","):
        marked = tuple(SHORT_FOR.get(word, word) for word in phrase.split())
        node = root
        for word in marked:
            node = node.next.setdefault(fold(word), Node())
        if all(known != marked for known, _ in node.ends):
            node.ends.append((marked, meaning))


def _build(tables: Iterable[tuple[str, Meaning]]) -> Node:
    root = Node()
    for phrases, meaning in tables:
        _add(root, phrases, meaning)
    return root


def _tables() -> Iterable[tuple[str, Meaning]]:
    """Earlier tables win where one phrase stands in two."""
    yield v.ELSEWHERE, Meaning(Sort.FILL)
    for outcome, phrases in v.OUTCOMES.items():
        yield phrases, Meaning(Sort.OUTCOME, outcome)
    for said, phrases in v.DONE.items():
        yield phrases, Meaning(Sort.OUTCOME, Outcome.ACTIVATED, said)
    for sort, phrases in v.PHRASES.items():
        yield phrases, Meaning(sort)
    for unit, phrases in v.UNITS.items():
        yield phrases, Meaning(Sort.UNIT, unit=unit)
    yield v.FILL, Meaning(Sort.FILL)


KNOWN = _build(_tables())
UNITS = _build((phrases, Meaning(Sort.UNIT, unit=unit)) for unit, phrases in v.UNITS.items())
NEVER_UNITS = _build([(v.NEVER_UNITS, Meaning(Sort.NEVER))])
NEVER_BEFORE = _build([(v.NEVER_BEFORE, Meaning(Sort.NEVER))])


def _vocabulary() -> frozenset[str]:
    """Every word in any phrase; none of them is a slip of another."""
    words: set[str] = set()
    nodes = [KNOWN, UNITS, NEVER_UNITS, NEVER_BEFORE]
    while nodes:
        node = nodes.pop()
        words.update(node.next)
        nodes.extend(node.next.values())
    return frozenset(words | v.OTHER_WORDS)


VOCABULARY = _vocabulary()
