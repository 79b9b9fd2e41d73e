"""What stands around a word: in its clause, in its table, among the numbers and hamlets of its message."""

from functools import cache

from handlers.language.fitted.tokens import Token, value_of
from handlers.language.fitted.weights import Feature

ENDS = frozenset(",;.\n?!")
_QUIET = frozenset(
    {"", "title", "family", "both", "fill", "part", "person", "home", "phone", "num", "house", "P", "P2", "P+"}
)


_NAMED_BY = frozenset({"type", "I-type", "house", "I-house", "model", "I-model"})
_MEASURED = frozenset({"age", "clock", "dur", "I-clock"})


def quieted(shapes: list[str]) -> list[str]:
    """The classes, with those of numbers that name a hamlet, door or model, or measure a time, as `d`."""
    found = list(shapes)
    for i in [i for i, shape in enumerate(shapes) if shape == "D"]:
        if (i and shapes[i - 1].rstrip("^") in _NAMED_BY) or (i + 1 < len(shapes) and shapes[i + 1] in _MEASURED):
            found[i] = "d"
    return found


_MOODS = frozenset({"plan", "ask", "need", "doing", "future", "left", "others"})
_NUMBERS = frozenset({"D", "num", "num^"})
_COUNTS = ("0", "1", "2", "3")


class Clauses:
    """What stands in the clause of each token, and in those beside it."""

    __slots__ = ("after", "before", "left", "moods", "numbers", "right")

    def __init__(self, tokens: list[Token], shapes: list[str]) -> None:
        self.left: list[str] = []  # the nearest telling class before it in its clause
        self.right: list[str] = []  # and after it
        self.numbers: list[str] = []  # how many numbers stand in its clause
        self.moods: list[str] = []
        self.before: list[str] = []  # the last telling class of the clause before its own
        self.after: list[str] = []  # the first of the clause after
        firsts: list[tuple[int, str]] = []  # of each clause: its length with the sign that ends it, its first
        previous, start = "", 0
        for end in [i for i, token in enumerate(tokens) if token.plain in ENDS] + [len(tokens)]:
            within = shapes[start:end]
            telling = [shape if _tells(shape) else "" for shape in within]
            sign = [""] * (end < len(tokens))
            self.left += _nearest_before(telling) + sign
            self.right += _nearest_before(telling[::-1])[::-1] + sign
            stretch = len(within) + len(sign)
            asks = "?" if sign and tokens[end].plain == "?" else ""
            self.numbers += [_COUNTS[min(sum(map(_NUMBERS.__contains__, within)), 3)]] * stretch
            self.moods += [asks + ",".join(sorted(_MOODS.intersection(within)))] * stretch
            self.before += [previous] * len(within)
            told = list(filter(None, telling))
            previous = told[-1] if told else previous
            self.before += [previous] * len(sign)
            firsts.append((stretch, told[0] if told else ""))
            start = end + 1
        following = ""
        for stretch, first in reversed(firsts):
            self.after += [following] * stretch
            following = first or following
        self.after.reverse()


def _nearest_before(telling: list[str]) -> list[str]:
    """For each class the last telling one before it, `|` where there is none."""
    found, last = [], "|"
    for shape in telling:
        found.append(last)
        last = shape or last
    return found


@cache
def _tells(shape: str) -> bool:
    """Whether a class, of which there are few, says what is done or how many."""
    if shape == "D":
        return True
    plain = shape.rstrip("^")
    return plain not in _QUIET and plain != "w" and shape[0] != "I" and shape[0].islower()


_NUMERIC = frozenset({"D", "num"})
_NO_ADDENDS = frozenset({"type", "I-type", "house", "I-house", "model", "part"})
_NOT_COUNTED = frozenset({"clock", "age", "dur", "/", ":", "%", "I-clock"})


def sums(tokens: list[Token], shapes: list[str]) -> list[str]:
    """Which numbers are the sum of those before (`S`) or after (`H`), and which are parts of such a sum (`a`)."""
    found = [""] * len(tokens)
    at = [i for i, shape in enumerate(shapes) if shape in _NUMERIC and _may_add(tokens, shapes, i)]
    if not 3 <= len(at) <= 40:
        return found
    values = [value_of([tokens[i].plain]) or 0 for i in at]
    for k, value in enumerate(values):
        total = 0
        for j in range(k - 1, max(-1, k - 9), -1):
            total += values[j]
            if total >= value:
                _mark_sum(found, at[j:k], at[k], "S", fits=total == value and j < k - 1)
                break
        total = 0
        for j in range(k + 1, min(len(at), k + 9)):
            total += values[j]
            if total >= value:
                _mark_sum(found, at[k + 1 : j + 1], at[k], "H", fits=total == value and j > k + 1)
                break
    return found


def _mark_sum(found: list[str], parts: list[int], whole: int, sign: str, *, fits: bool) -> None:
    if fits and not found[whole]:
        found[whole] = sign
        for i in parts:
            found[i] = found[i] or "a" + sign


def _may_add(tokens: list[Token], shapes: list[str], i: int) -> bool:
    before = shapes[i - 1] if i else ""
    after = shapes[i + 1] if i + 1 < len(shapes) else ""
    return before not in _NO_ADDENDS and after not in _NOT_COUNTED


def around_hamlets(tokens: list[Token], shapes: list[str]) -> list[str]:
    """For each word that begins a hamlet: whether work is told before it and after it, up to the next one."""
    found = [""] * len(tokens)
    starts = [i for i, shape in enumerate(shapes) if shape.rstrip("^") == "type"]
    ends = [-1, *starts]
    for place, i in enumerate(starts):
        before = after = ""
        for k in range(i - 1, ends[place], -1):
            if tokens[k].plain in ".;\n":
                break
            if shapes[k] == "D" and k > ends[place] + 1:
                before = "#"
            elif not before and _tells(shapes[k]):
                before = "="
        stop = starts[place + 1] if place + 1 < len(starts) else len(tokens)
        for k in range(i + 2, stop):
            if tokens[k].plain in ".;\n" and k > i + 3:
                break
            if shapes[k] in ("D", "num"):
                after = "#"
            elif not after and _tells(shapes[k]):
                after = "="
        found[i] = f"{before}|{after}|{min(place, 1)}{min(len(starts), 2)}"
    return found


OUTCOME_SHAPES = frozenset(
    [
        "absent",
        "refused",
        "revisit",
        "no_phone",
        "no_card",
        "failed",
        "already",
        "assisted",
        "installed",
        "done",
        "activated",
        "carry",
        "return",
    ]
)
_UNITS = frozenset(
    ["phone", "person", "home", "couple", "member", "dur", "age", "clock", "money", "P", "P2", "title", "house"]
)


@cache
def may_claim(shape: str) -> bool:
    """Whether a class, of which there are few, is of a number or an outcome."""
    return shape.rstrip("^") in _NUMERIC or shape.rstrip("^") in OUTCOME_SHAPES


def claims(tokens: list[Token], shapes: list[str], i: int) -> list[Feature]:
    """Which outcomes lie nearest on both sides of a number, and which numbers on both sides of an outcome."""
    shape = shapes[i].rstrip("^")
    if shape in _NUMERIC:
        left, near = _nearest(tokens, shapes, i, -1, OUTCOME_SHAPES)
        right, close = _nearest(tokens, shapes, i, 1, OUTCOME_SHAPES)
        unit = shapes[i + 1].rstrip("^") if i + 1 < len(shapes) else ">"
        unit = unit if unit in _UNITS else "-"
        both = [("o", (left + near, right + close)), ("o", (left, right, unit))]
        return [*both, ("l", (left + near, unit)), ("r", (right + close, unit))]
    if shape in OUTCOME_SHAPES:
        left, near = _nearest(tokens, shapes, i, -1, _NUMERIC)
        right, close = _nearest(tokens, shapes, i, 1, _NUMERIC)
        word = tokens[i].plain
        return [("o", (left + near, shape, right + close)), ("l", (left + near, word)), ("r", (right + close, word))]
    return []


def _nearest(tokens: list[Token], shapes: list[str], i: int, step: int, wanted: frozenset[str]) -> tuple[str, str]:
    """The nearest wanted class in the clause on one side, and how near; empty where another claims it first."""
    rivals = _NUMERIC if wanted is OUTCOME_SHAPES else OUTCOME_SHAPES
    k, steps = i + step, 0
    while 0 <= k < len(shapes) and steps < 14 and tokens[k].plain not in ENDS:
        shape = shapes[k].rstrip("^")
        if shape in wanted:
            return shape, "1" if steps < 2 else "2"
        if shape in rivals:
            return "!" + shape, ""
        k, steps = k + step, steps + 1
    return "|", ""


_CELL_ENDS = frozenset("|;")


def heads_of(tokens: list[Token], shapes: list[str]) -> list[str]:
    """For each word of a table (cells between `|`, `;` or tabs): the class that its column's head has; else empty."""
    if not any(token.plain in _CELL_ENDS for token in tokens):
        return []
    heads: list[str] = []
    found = [""] * len(tokens)
    for start, end in _lines(tokens):
        cells = _cells(tokens, start, end)
        if len(cells) < 3:
            heads = heads if end == start else []
        elif heads:
            for (first, last), head in zip(cells, heads, strict=False):
                found[first:last] = [head] * (last - first)
        elif not any(shape == "D" for shape in shapes[start:end]):
            heads = [_head(shapes[first:last]) for first, last in cells]
    return found


def _lines(tokens: list[Token]) -> list[tuple[int, int]]:
    ends = [i for i, token in enumerate(tokens) if token.plain == "\n"] + [len(tokens)]
    return list(zip([0, *(end + 1 for end in ends[:-1])], ends, strict=True))


def _cells(tokens: list[Token], start: int, end: int) -> list[tuple[int, int]]:
    ends = [i for i in range(start, end) if tokens[i].plain in _CELL_ENDS] + [end]
    return list(zip([start, *(stop + 1 for stop in ends[:-1])], ends, strict=True))


def _head(shapes: list[str]) -> str:
    said = [shape.rstrip("^") for shape in shapes if shape and shape[0] != "I"]
    return next((shape for shape in said if shape in OUTCOME_SHAPES or shape == "type"), said[0] if said else "-")
