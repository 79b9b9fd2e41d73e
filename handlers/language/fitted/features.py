"""What the model is told of each word: the word, its neighbours, their classes, and what stands in its clause."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, repeat

from handlers.language.fitted.around import (
    ENDS,
    Clauses,
    around_hamlets,
    claims,
    heads_of,
    may_claim,
    quieted,
    sums,
)
from handlers.language.fitted.lexicon import classes
from handlers.language.fitted.persons import Person, groups_beside, persons_of, with_persons
from handlers.language.fitted.tokens import SIGNS, Token
from handlers.language.fitted.weights import Feature, Values, Weights

WHOLE = (
    "total",
    "fix",
    "undo",
    "plan",
    "ask",
    "added",
    "vague",
    "future",
    "past",
    "today",
    "need",
    "message",
    "notthat",
    "pointing",
    "first",
    "then",
    "behalf",
    "team",
    "sample",
    "cause",
    "but",
)


def shapes_of(tokens: list[Token]) -> list[str]:
    """One class for each token: of the lexicon, of numbers, of signs, or of a name."""
    found = classes([token.plain for token in tokens], [token.marked for token in tokens])
    mixed = any(token.capital for token in tokens[1:]) and any(
        not token.capital and token.plain.isalpha() for token in tokens
    )
    shapes = []
    for token, kind in zip(tokens, found, strict=True):
        if token.digits:
            shape = "D"
        elif not token.plain[:1].isalpha():
            shape = SIGNS.get(token.plain) or kind or "sign"
        else:
            shape = kind or "w"
            if mixed and token.capital:
                shape += "^"
        shapes.append(shape)
    return shapes


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as both models and the composer take it."""

    text: str
    tokens: list[Token]
    shapes: list[str]
    persons: list[Person]
    groups: list[tuple[Person, ...]]  # for each token, the persons told together beside it
    heads: list[str]  # for each token of a table, what its column is headed; empty where there is no table
    kinds: list[str]  # the classes without regard to capitals
    said: frozenset[str]  # all of them
    clauses: list[int]  # how many signs that end a clause stand before each token, and before the end
    sentences: list[int]  # and how many that end a sentence
    lines: list[int]  # and how many that end a line


def look(text: str, tokens: list[Token]) -> Seen:
    """The classes of the words, and the persons among them."""
    shapes = shapes_of(tokens)
    persons = persons_of(tokens, shapes)
    heads = heads_of(tokens, shapes)
    shapes = with_persons(shapes, persons)
    kinds = [shape.rstrip("^") for shape in shapes]
    groups = groups_beside(tokens, persons)
    ends = [_before(tokens, signs) for signs in (ENDS, _SENTENCE_ENDS, _LINE_ENDS)]
    return Seen(text, tokens, shapes, persons, groups, heads, kinds, frozenset(kinds), *ends)


_SENTENCE_ENDS, _LINE_ENDS = frozenset(".;\n"), frozenset("\n")


def _before(tokens: list[Token], signs: frozenset[str]) -> list[int]:
    """How many of these signs stand before each token, and before the end."""
    return list(accumulate([token.plain in signs for token in tokens], initial=0))


# The sorts of features by how many values they have.
SORTS = {
    1: frozenset(["w", "c", "m", "p", "q", "a", "b", "P", "Q", "A", "B", "S", "T", "H"]),
    2: frozenset(
        ["pw", "wq", "ac", "cb", "wL", "wR", "wN", "L", "R", "N", "M", "X", "Y", "S", "T", "H", ".", "o", "l", "r"]
    ),
    3: frozenset(["G", "acb", "cbB", "Aac", "LR", "o"]),
}
_FEW = ("0", "1", "2", "3")


def scores_of(weights: Weights, seen: Seen) -> list[int]:
    """The packed scores of each token's labels."""
    columns, others = _features(seen)
    totals = weights.totals(columns + _of_whole(seen))
    for i, features in others.items():
        totals[i] += weights.total(features)
    return totals


def features_of(seen: Seen) -> list[list[Feature]]:
    """The features of each token, in one order."""
    columns, others = _features(seen)
    rows = [[f for f in row if f[1] is not None] + others.get(i, []) for i, row in enumerate(_told(columns))]
    whole = _told(_of_whole(seen))
    return [row + list(more) for row, more in zip(rows, whole, strict=True)] if whole else rows


Columns = list[tuple[str, Iterable[Values]]]  # what each sort of feature sees of one token after another


def _told(columns: Columns) -> list[tuple[Feature, ...]]:
    return list(zip(*[[(sort, values) for values in seen] for sort, seen in columns], strict=True))


def _of_whole(seen: Seen) -> Columns:
    """What stands anywhere in the message, beside the class of each token."""
    return [(".", zip(repeat(flag), seen.shapes, strict=False)) for flag in WHOLE if flag in seen.said]


def _features(seen: Seen) -> tuple[Columns, dict[int, list[Feature]]]:
    """Features that all tokens have, and those that only some have."""
    tokens, c = seen.tokens, seen.shapes
    n = len(tokens)
    loud = quieted(c)
    around = Clauses(tokens, loud)
    lf, rt, numbers = around.left, around.right, around.numbers
    w = [token.word for token in tokens]
    words, shapes = ["<<", "<", *w, ">", ">>"], ["<<", "<", *c, ">", ">>"]
    before, p, q, after = words[:n], words[1 : n + 1], words[3 : n + 3], words[4:]
    earlier, a, b, later = shapes[:n], shapes[1 : n + 1], shapes[3 : n + 3], shapes[4:]
    marks = [token.marked if token.marked not in ("", token.word) else None for token in tokens]
    few = [_FEW[min(len(group), 3)] for group in seen.groups]
    columns: Columns = [
        ("w", w),
        ("c", c),
        ("m", marks),
        ("p", p),
        ("pw", zip(p, w, strict=True)),
        ("q", q),
        ("wq", zip(w, q, strict=True)),
        ("a", a),
        ("ac", zip(a, c, strict=True)),
        ("b", b),
        ("cb", zip(c, b, strict=True)),
        ("L", zip(lf, c, strict=True)),
        ("R", zip(c, rt, strict=True)),
        ("N", zip(c, numbers, strict=True)),
        ("G", zip(c, few, numbers, strict=True)),
        ("P", before),
        ("Q", after),
        ("A", earlier),
        ("B", later),
        ("acb", zip(a, c, b, strict=True)),
        ("cbB", zip(c, b, later, strict=True)),
        ("Aac", zip(earlier, a, c, strict=True)),
        ("LR", zip(lf, c, rt, strict=True)),
        ("wL", zip(w, lf, strict=True)),
        ("wR", zip(w, rt, strict=True)),
        ("wN", zip(w, numbers, strict=True)),
        ("M", zip(c, around.moods, strict=True)),
    ]
    return columns, _of_some(seen, loud, around)


def _of_some(seen: Seen, loud: list[str], around: Clauses) -> dict[int, list[Feature]]:
    """Features that only some tokens have: numbers and outcomes, summands, cells of tables, hamlets."""
    tokens = seen.tokens
    added, hamlets = sums(tokens, seen.shapes), around_hamlets(tokens, seen.shapes)
    shapes = ["<", *seen.shapes, ">"]
    found: dict[int, list[Feature]] = {}
    for i, c in enumerate(seen.shapes):
        row = claims(tokens, loud, i) if may_claim(loud[i]) else []
        if row:
            row += [("X", (c, around.after[i])), ("Y", (c, around.before[i]))]
        if added[i]:
            row += [("S", added[i]), ("S", (added[i], shapes[i])), ("S", (added[i], shapes[i + 2]))]
        if seen.heads and seen.heads[i]:
            row += [("T", seen.heads[i]), ("T", (seen.heads[i], c))]
        if hamlets[i]:
            row += [("H", hamlets[i]), ("H", (hamlets[i], around.left[i]))]
        if row:
            found[i] = row
    return found
