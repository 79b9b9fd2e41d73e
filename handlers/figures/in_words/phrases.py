"""The words of questions as a table: vocabulary.tsv, one rule a row, and which phrases begin at a word."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from sys import intern

from rapidfuzz.distance import OSA

from handlers.figures.in_words.tokens import TONES, Token, marks_of, tokens_of

_TABLE = Path(__file__).with_name("vocabulary.tsv")
SLIP_WORDS = 4  # of the longest phrase in which one may be wrong
SLIP_LETTERS = 6  # of a phrase in which one letter may be wrong
# Words that may follow the last word of a question.
_CALLED = "bot em anh chi ban ad admin chu co bac ca chau cac dong chi".split()  # noqa: SIM905
_PARTICLES = "a ah vay the nhi ha hen nhe nha roi day do di oi ay troi ta voi luon hic huhu ne ghe nao".split()  # noqa: SIM905
_AFTER = frozenset({*_CALLED, *_PARTICLES, "gium", "giup", "ho", "cai", "nua"})
_ASKING = frozenset(marks_of(word) for word in ("nhiêu", "mấy", "bn", "nhiu", "nào", "nao", "đâu", "sao", "ai"))
_TWO_WORDS = {marks_of("mấy"), marks_of("máy")}  # none is the other with wrong marks
_WHEN = {("bao", "gio"), ("bao", "h"), ("bao", "lau")}
_WHETHER = frozenset({"khong", "ko", "k", "chua"})
_BEGINNING = re.compile(r"[bcdđghklmnpqrstvx]*")
UNMARKED = 0.1
HALF_MARKED = 0.3  # a bare word amid words with marks
WRONG_MARKS = 0.7
SHY = 0.35  # of a phrase that gives way to a name
SLIPPED = 1.2
AT_END = 0.02
BEYOND = 0.5
ORDINARY = 0.6  # of a word that says nothing, where others say something


@dataclass(frozen=True, slots=True)
class Sense:
    """What a phrase says: `ask`, `measure`, `period` …, and which."""

    kind: str
    value: str
    rule: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of the table."""

    sense: Sense
    marked: tuple[str, ...]
    plain: tuple[str, ...]
    last: bool  # stands only at the end
    shy: bool

    @property
    def asks(self) -> bool:
        """Whether it has a word that only asks."""
        asking = not _ASKING.isdisjoint(self.marked) or self.plain[:2] in _WHEN
        return asking or (len(self.plain) > 1 and self.plain[-1] in _WHETHER)


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: what it says, with a question in which it has a say, and one in which it has none."""

    name: str
    sense: Sense
    phrases: tuple[str, ...]
    example: str
    counterexample: str


def rules() -> tuple[Rule, ...]:
    """All rows of the table, read anew."""
    found = []
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, said, phrases, example, counterexample = line.split("\t")
            kind, _, value = said.partition(":")
            listed = tuple(phrase.strip() for phrase in phrases.split(" | "))
            found.append(Rule(name, Sense(kind, value, name), listed, example, counterexample))
    return tuple(found)


@lru_cache(maxsize=1)
def _by_words() -> dict[tuple[str, ...], tuple[Phrase, ...]]:
    """All phrases by their folded words."""
    table: dict[tuple[str, ...], list[Phrase]] = {}
    for rule in rules():
        for words in rule.phrases:
            told = tokens_of(words.rstrip("^~"))
            phrase = Phrase(
                rule.sense,
                tuple(intern(one.marked) for one in told),  # thousands of words, of which a few hundred differ
                tuple(intern(one.plain) for one in told),
                last=words.endswith("^"),
                shy=words.endswith("~"),
            )
            table.setdefault(phrase.plain, []).append(phrase)
    return {words: tuple(phrases) for words, phrases in table.items()}


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, _by_words()))


@lru_cache(maxsize=1)
def _by_beginning() -> dict[tuple[int, str], tuple[tuple[str, Phrase], ...]]:
    """The phrases that are long enough to be known with a slip, by how many words they have and their first letter."""
    table: dict[tuple[int, str], list[tuple[str, Phrase]]] = {}
    for words, phrases in _by_words().items():
        if len("".join(words)) >= SLIP_LETTERS:
            table.setdefault((len(words), words[0][0]), []).extend((" ".join(words), phrase) for phrase in phrases)
    return {beginning: tuple(phrases) for beginning, phrases in table.items()}


def starting(tokens: Sequence[Token], at: int, *, accented: bool) -> Iterator[tuple[Phrase, float]]:
    """The phrases that begin at a word, with what it costs to take them for it; `accented`: others have marks."""
    plain: list[str] = []
    for end in range(at + 1, min(at + _longest(), len(tokens)) + 1):
        if plain and tokens[end - 2].ends:
            return
        plain.append(tokens[end - 1].plain)
        for phrase in _by_words().get(tuple(plain), ()):
            said = tokens[at:end]
            if (
                len(said) == 1
                and said[0].marked != phrase.marked[0]
                and (not said[0].bare or (accented and said[0].capital))
            ):
                continue  # one word with other marks is another word: giới is not giỏi, Minh not mình
            if any({one.marked, marked} == _TWO_WORDS for one, marked in zip(said, phrase.marked, strict=True)):
                continue
            exact = len("".join(plain)) < SLIP_LETTERS or phrase.sense.rule == "ordinary"
            if _other_letters(said, phrase) or (exact and _has_other_marks(said, phrase)):
                continue  # `em nhà` is no `em nha`, `nhiêu quả` no `nhiều quá`
            if not phrase.last or at_end(tokens, end):
                yield phrase, _cost(phrase, said, accented=accented)


def _other_letters(said: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a word has letters of its own and another tone: `chăm không` is no `chậm không`."""
    return any(
        not token.bare and token.marked.rstrip(TONES) != marked.rstrip(TONES) and token.marked[-1:] != marked[-1:]
        for token, marked in zip(said, phrase.marked, strict=True)
    )


def _has_other_marks(said: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a word was typed with marks that are not the phrase's."""
    return any(not token.bare and token.marked != marked for token, marked in zip(said, phrase.marked, strict=True))


def _cost(phrase: Phrase, said: Sequence[Token], *, accented: bool) -> float:
    cost = (
        1.0
        - (AT_END if phrase.last and (len(said) == 1 or phrase.sense.rule != "whether") else -AT_END * phrase.last)
        + (SHY if phrase.shy else 0)
        + (BEYOND if phrase.sense.kind == "beyond" else 0)
        + (ORDINARY if phrase.sense.rule == "ordinary" else 0)
    )
    for token, marked in zip(said, phrase.marked, strict=True):
        if token.marked != marked:
            cost += (HALF_MARKED if accented else UNMARKED) if token.bare else WRONG_MARKS
    return cost


def at_end(tokens: Sequence[Token], at: int) -> bool:
    """Whether nothing of weight follows in this part of what was said."""
    while at < len(tokens) and not tokens[at - 1].ends:
        if tokens[at].plain not in _AFTER:
            return False
        at += 1
    return True


def slipped(tokens: Sequence[Token], at: int, unknown: Set[int]) -> Iterator[tuple[Phrase, float]]:
    """The phrases from which the words that begin here are one slip of the hand away, where all mean the same.

    `unknown`: the words of which nothing is known otherwise; one of them has to be among these.
    """
    for length in range(1, SLIP_WORDS + 1):
        said = tokens[at : at + length]
        if len(said) < length or any(one.ends for one in said[:-1]) or any(one.capital and at for one in said):
            return
        if unknown.isdisjoint(range(at, at + length)):
            continue
        typed = " ".join(one.plain for one in said)
        known = _by_beginning().get((length, typed[0]), ())
        near = [
            phrase
            for words, phrase in known
            if abs(len(words) - len(typed)) <= 1 and OSA.distance(typed, words, score_cutoff=1) <= 1
        ]
        near = [one for one in near if _may_slip(said, one)]
        if all(one.bare for one in said):  # of the same words without marks the first, as elsewhere
            near = list({one.plain: one for one in reversed(near)}.values())
        if near and len({one.sense for one in near}) == 1 and not any(one.last for one in near):
            yield near[0], 1.0 + SLIPPED


def _is_near(token: Token, marked: str) -> bool:
    """Whether a word is one letter away from another with the same tone."""
    same_tone = token.marked[-1:] == marked[-1:] or token.marked[-1:].isalpha() == marked[-1:].isalpha()
    if _BEGINNING.match(token.marked)[0] != _BEGINNING.match(marked)[0]:  # type: ignore[index]  # matches all
        return False  # `chuối` is no slip of `cuối`
    return same_tone and OSA.distance(token.marked, marked, score_cutoff=1) <= 1


def _may_slip(said: Sequence[Token], phrase: Phrase) -> bool:
    """Whether the word that differs is long enough to be known again, and says something."""
    if phrase.sense.kind in ("fill", "request", "beyond") or (phrase.sense.kind == "file" and len(said) > 1):
        return False  # `dong anh` is a place, and no picture
    wrong = [name for token, name in zip(said, phrase.plain, strict=True) if token.plain != name]
    accented = any(not token.bare for token in said)
    for token, marked, plain in zip(said, phrase.marked, phrase.plain, strict=True):
        if accented and token.marked != marked and (token.plain == plain or not _is_near(token, marked)):
            return False  # it has marks of its own: quả is no slip of quân, trừ none of trưa
    least = 3 if phrase.sense.kind in ("period", "reports") else 5 if accented else 4
    return all(len(name) >= least for name in wrong)
