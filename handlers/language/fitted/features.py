"""What the model is told of each word: the word, its neighbours, their classes, and what stands in its clause."""

from collections.abc import Callable
from dataclasses import dataclass

from handlers.language.fitted.around import (
    around_hamlets,
    claims,
    clauses,
    heads_of,
    neighbours,
    quieted,
    sums,
)
from handlers.language.fitted.lexicon import classes
from handlers.language.fitted.persons import Person, groups_beside, persons_of, with_persons
from handlers.language.fitted.tokens import Token

_SIGNS = {sign: sign for sign in ",.;:/-+=()?!%>|"} | {"\n": "¶"}
_WHOLE = (
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
            shape = _SIGNS.get(token.plain) or kind or "sign"
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


def look(text: str, tokens: list[Token]) -> Seen:
    """The classes of the words, and the persons among them."""
    shapes = shapes_of(tokens)
    persons = persons_of(tokens, shapes)
    heads = heads_of(tokens, shapes)
    return Seen(text, tokens, with_persons(shapes, persons), persons, groups_beside(tokens, persons), heads)


Bundle = tuple[str, ...] | str  # its sort and the values of which its features are made; or one feature that is rare


def bundles_of(seen: Seen) -> list[list[Bundle]]:
    """The features of each token, in bundles that recur from message to message, so that their sums may be kept."""
    tokens, shapes, heads = seen.tokens, seen.shapes, seen.heads
    added, hamlets = sums(tokens, shapes), around_hamlets(tokens, shapes)
    plain = ["<<", "<", *(_word(token) for token in tokens), ">", ">>"]
    shape = ["<<", "<", *shapes, ">", ">>"]
    loud = quieted(shapes)
    left, right, numbers, marks = clauses(tokens, loud)
    last, following = neighbours(tokens, loud)
    whole = _whole(shapes)
    rows = []
    for i, token in enumerate(tokens):
        p, q = plain[i + 1], plain[i + 3]
        w, a, c, b, lf, rt, n = plain[i + 2], shape[i + 1], shape[i + 2], shape[i + 3], left[i], right[i], numbers[i]
        row: list[Bundle] = [
            ("word", w, c, token.marked),
            "p" + p,
            f"pw{p} {w}",
            "q" + q,
            f"wq{w} {q}",
            ("a", a, c),
            ("b", c, b),
            ("left", lf, c),
            ("right", c, rt),
            ("counted", c, n, str(min(len(seen.groups[i]), 3))),
            "P" + plain[i],
            "Q" + plain[i + 4],
            "A" + shape[i],
            "B" + shape[i + 4],
            f"acb{a} {c} {b}",
            f"cbB{c} {b} {shape[i + 4]}",
            f"Aac{shape[i]} {a} {c}",
            f"LR{lf} {c} {rt}",
            f"wL{w} {lf}",
            f"wR{w} {rt}",
            f"wN{w} {n}",
            f"M{c} {marks[i]}",
        ]
        if claimed := claims(tokens, loud, i):
            row += [*claimed, ("next", c, last[i], following[i])]
        if added[i]:
            row.append(("sum", added[i], a, b))
        if heads and heads[i]:
            row.append(("table", heads[i], c))
        if hamlets[i]:
            row.append(("hamlet", hamlets[i], lf))
        if whole:
            row.append(("whole", c, *whole))
        rows.append(row)
    return rows


def spelled(bundle: Bundle) -> list[str]:
    """The features of a bundle, one by one."""
    return [bundle] if isinstance(bundle, str) else _SPELLED[bundle[0]](*bundle[1:])


_SPELLED: dict[str, Callable[..., list[str]]] = {
    "word": lambda w, c, m: ["w" + w, "c" + c] if m in ("", w) else ["w" + w, "c" + c, "m" + m],
    "a": lambda a, c: ["a" + a, f"ac{a} {c}"],
    "b": lambda c, b: ["b" + b, f"cb{c} {b}"],
    "left": lambda left, c: [f"L{left} {c}"],
    "right": lambda c, right: [f"R{c} {right}"],
    "counted": lambda c, n, g: [f"N{c} {n}", f"G{c} {g} {n}"],
    "next": lambda c, last, following: [f"X{c} {following}", f"Y{c} {last}"],
    "sum": lambda s, a, b: ["S" + s, f"S{s} {a}", f"S{s} {b}"],
    "table": lambda head, c: ["T" + head, f"T{head} {c}"],
    "hamlet": lambda h, left: ["H" + h, f"H{h} {left}"],
    "whole": lambda c, *flags: [f"{flag} {c}" for flag in flags],
}


def _word(token: Token) -> str:
    if not token.digits:
        return _SIGNS.get(token.plain, token.plain)
    n = int(token.plain[:7])
    size = (
        str(n) if n < 3 else "<10" if n < 10 else "<25" if n < 25 else "<60" if n < 60 else "<110" if n < 110 else "big"
    )
    return f"#{size}{'0' if token.plain[0] == '0' and n else ''}"


def _whole(shapes: list[str]) -> list[str]:
    said = {shape.rstrip("^") for shape in shapes}
    return ["." + flag for flag in _WHOLE if flag in said]
