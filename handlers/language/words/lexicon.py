"""Finds the longest known phrase at a word. The phrases themselves are data, in phrases/."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from sys import intern

from handlers.language.reading import Outcome
from handlers.language.signs.folding import fold
from handlers.language.words import vocabulary as v
from handlers.language.words.sorts import Said, Sort, Unit
from handlers.language.words.titles import FORMS, HOUSE
from handlers.language.words.words import Word, Words


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a known phrase does."""

    sort: Sort
    outcome: Outcome | None = None
    said: Said | None = None
    unit: Unit | None = None


_LONGEST = 8  # words of a phrase


@dataclass(slots=True)
class Node:
    """The words that may follow, and the phrases that end here; those that have none share one that stays empty."""

    next: dict[str, "Node"] = field(default_factory=lambda: _NO_WORDS)
    ends: tuple[tuple[str, ...], ...] = ()  # the words with their marks; mostly one, for which a dict would be large
    meanings: tuple[Meaning, ...] = ()  # of each of the ends
    unmarked: Meaning | None = None  # what is meant where no word has a mark

    def then(self, word: str) -> "Node":
        """Where the phrases that go on with a word do so."""
        if not self.next:
            self.next = {}
        return self.next.setdefault(word, Node())

    def end(self, phrase: tuple[str, ...], meaning: Meaning) -> None:
        """A phrase ends here; the earlier one holds where two fit."""
        if phrase not in self.ends:
            self.ends += (phrase,)
            self.meanings = _same((*self.meanings, meaning))
        if self.unmarked is None and not (len(phrase) == 1 and phrase[0] in v.EXACT and phrase[0] != fold(phrase[0])):
            self.unmarked = self.meant(phrase)

    def meant(self, phrase: tuple[str, ...]) -> Meaning | None:
        """What these words mean with just these marks."""
        return self.meanings[self.ends.index(phrase)] if phrase in self.ends else None


_NO_WORDS: dict[str, Node] = {}


@lru_cache(maxsize=1024)
def _same(meanings: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
    """One for all that are alike."""
    return meanings


def longest(
    words: Words, i: int, lexicon: Node, *, strict: bool = False, most: int = _LONGEST
) -> tuple[int, Meaning] | None:
    """The longest known phrase that starts at word `i`: where it ends and what it means.

    `strict` forgives no wrong mark: `Hiền` is then not `hiện`. `most`: how many words it may have.
    """
    node, found = lexicon.next.get(words.plain(i)), None
    marks, bare = tuple[str, ...](), True
    while node is not None and len(marks) < most:
        word = words.words[i + len(marks)]
        marks, bare = (*marks, word.marked), bare and word.plain == word.marked
        if node.ends:
            meaning = node.meant(marks) if words.accented else None
            if meaning is None:
                meaning = node.unmarked if bare else _forgiving(node, words.words[i : i + len(marks)], strict=strict)
            if meaning is not None and not _begins_a_hamlet(words, i, i + len(marks) - 1):
                found = i + len(marks), meaning
        node = node.next.get(words.plain(i + len(marks)))
    return found


_TYPES_OF_HAMLETS = frozenset({"thon", "xom", "to", "khu", "ap", "lang", "ban", "doi"})


def _begins_a_hamlet(words: Words, i: int, last: int) -> bool:
    """`nha co toan to dan pho 1`, `nha chu toan thon hong lam`: Toàn, and the type of a hamlet; no whole team."""
    if words.plain(i) == "toan" and words.plain(last) in _TYPES_OF_HAMLETS:
        return words.plain(i - 1) in FORMS and words.plain(i - 2) in HOUSE
    return words.plain(last) == "to" and words.plain(last + 1) == "dan" and words.plain(last + 2) == "pho"


def known_at(words: Words, i: int) -> tuple[int, Meaning] | None:
    """The longest phrase of KNOWN at word `i`; remembered, since many ask for it."""
    if i not in words.phrases:
        words.phrases[i] = longest(words, i, KNOWN)
    return words.phrases[i]


def leads_to(node: Node, sort: Sort) -> bool:
    """Whether some phrase that goes on from here does this."""
    return any(meaning.sort is sort for meaning in node.meanings) or any(
        leads_to(following, sort) for following in node.next.values()
    )


def as_written(word: Word, known: tuple[int, Meaning] | None, i: int) -> bool:
    """Whether word `i` is known with these very marks, not only with others (`lai` is no `lại` for who marks)."""
    if known is None or known[0] > i + 1:
        return known is not None
    return (word.marked,) in KNOWN.next[word.plain].ends


def _forgiving(node: Node, said: list[Word], *, strict: bool) -> Meaning | None:
    """The first entry that the marks, which are not its own, do not contradict."""
    for phrase, meaning in zip(node.ends, node.meanings, strict=True):
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
    return len(word.plain) >= 4 and word.plain not in v.CONFUSABLE and word.marked not in v.known_words()


def _close(said: list[Word], phrase: tuple[str, ...]) -> bool:
    """A phrase forgives one word with wrong marks, if another of its words is right."""
    wrong = 0
    for word, known in zip(said, phrase, strict=True):
        if not _may_be(word, known):
            wrong += 1 + (word.marked in v.known_words())  # `bố đi` is no `bỏ đi`
    right = any(word.marked == known and not word.bare for word, known in zip(said, phrase, strict=True))
    return wrong == 1 and right


def _add(root: Node, phrase: str, meaning: Meaning) -> None:
    marked = tuple(intern(v.SHORT_FOR.get(word, word)) for word in phrase.split())
    node = root
    for word in marked:
        node = node.then(intern(fold(word)))
    node.end(marked, meaning)


def _build(rows: Iterable[tuple[str, Meaning]]) -> Node:
    root = Node()
    for phrase, meaning in rows:
        _add(root, phrase, meaning)
    return root


@lru_cache(maxsize=256)
def _meaning(table: str, does: str) -> Meaning:
    if table == "outcomes":
        return Meaning(Sort.OUTCOME, Outcome(does))
    if table == "done":
        return Meaning(Sort.OUTCOME, Outcome.ACTIVATED, Said.members[does.upper()])
    if table == "units":
        return Meaning(Sort.UNIT, unit=Unit.members[does.upper()])
    return Meaning(Sort.members[does.upper()])


# Earlier tables win where one phrase stands in two.
TABLES = ("elsewhere", "outcomes", "done", "sorts", "units", "fill")
KNOWN = _build((phrase, _meaning(table, does)) for table in TABLES for phrase, does in v.rows(table))
UNITS = _build((phrase, _meaning("units", does)) for phrase, does in v.rows("units"))
NEVER_UNITS = _build((phrase, Meaning(Sort.NEVER)) for phrase, side in v.rows("never") if side != "before")
NEVER_BEFORE = _build((phrase, Meaning(Sort.NEVER)) for phrase, side in v.rows("never") if side != "after")


def _kinds(kind: str) -> Node:
    return _build((phrase, Meaning(Sort.HOME)) for phrase, is_kind in v.rows("kin") if is_kind == kind)


KIN, KIN_ALONE, PRONOUNS, HOMES = _kinds("kin"), _kinds("alone"), _kinds("pronoun"), _kinds("home")


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
