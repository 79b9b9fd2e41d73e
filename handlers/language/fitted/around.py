"""What stands around a word: in its clause, in its table, among the numbers and hamlets of its message."""

from handlers.language.fitted.tokens import Token, value_of

_ENDS = frozenset(",;.\n?!")
_QUIET = frozenset(
    {"", "title", "family", "both", "fill", "part", "person", "home", "phone", "num", "house", "P", "P2", "P+"}
)


_NAMED_BY = frozenset({"type", "I-type", "house", "I-house", "model", "I-model"})
_MEASURED = frozenset({"age", "clock", "dur", "I-clock"})


def quieted(shapes: list[str]) -> list[str]:
    """The classes, with those of numbers that name a hamlet, door or model, or measure a time, as `d`."""
    found = list(shapes)
    for i, shape in enumerate(shapes):
        if shape == "D" and (
            (i and shapes[i - 1].rstrip("^") in _NAMED_BY) or (i + 1 < len(shapes) and shapes[i + 1] in _MEASURED)
        ):
            found[i] = "d"
    return found


def neighbours(tokens: list[Token], shapes: list[str]) -> tuple[list[str], list[str]]:
    """For each token: the last telling class of the clause before its own, and the first of the clause after."""
    n = len(tokens)
    before, after = [""] * n, [""] * n
    last = previous = ""
    for i in range(n):
        if tokens[i].plain in _ENDS:
            previous, last = last or previous, ""
        elif _tells(shapes[i]):
            last = shapes[i]
        before[i] = previous
    first = following = ""
    for i in range(n - 1, -1, -1):
        if tokens[i].plain in _ENDS:
            following, first = first or following, ""
        elif _tells(shapes[i]):
            first = shapes[i]
        after[i] = following
    return before, after


def clauses(tokens: list[Token], shapes: list[str]) -> tuple[list[str], list[str], list[str], list[str]]:
    """For each token: the nearest telling class before and after it in its clause, how many numbers, and its mood."""
    n = len(tokens)
    left, right, numbers, marks = [""] * n, [""] * n, [""] * n, [""] * n
    start = 0
    for i in range(n + 1):
        if i < n and tokens[i].plain not in _ENDS:
            continue
        _fill(shapes, start, i, left, right)
        count = sum(shape == "D" or shape.startswith("num") for shape in shapes[start:i])
        asks = i < n and tokens[i].plain == "?"
        moods = {"plan", "ask", "need", "doing", "future", "left", "others"}
        mood = ("?" if asks else "") + ",".join(sorted({s for s in shapes[start:i] if s in moods}))
        for k in range(start, min(i + 1, n)):
            numbers[k], marks[k] = str(min(count, 3)), mood
        start = i + 1
    return left, right, numbers, marks


def _fill(shapes: list[str], start: int, end: int, left: list[str], right: list[str]) -> None:
    last = "|"
    for k in range(start, end):
        left[k] = last
        if _tells(shapes[k]):
            last = shapes[k]
    last = "|"
    for k in range(end - 1, start - 1, -1):
        right[k] = last
        if _tells(shapes[k]):
            last = shapes[k]


def _tells(shape: str) -> bool:
    return (
        shape not in _QUIET
        and shape[0] != "I"
        and shape[0].islower()
        and shape.rstrip("^") not in _QUIET
        and shape != "w"
        and shape != "w^"
    ) or shape == "D"


_NO_ADDENDS = frozenset({"type", "I-type", "house", "I-house", "model", "part"})
_NOT_COUNTED = frozenset({"clock", "age", "dur", "/", ":", "%", "I-clock"})


def sums(tokens: list[Token], shapes: list[str]) -> list[str]:
    """Which numbers are the sum of those before (`S`) or after (`H`), and which are parts of such a sum (`a`)."""
    found = [""] * len(tokens)
    at = [i for i in range(len(tokens)) if shapes[i] in ("D", "num") and _may_add(tokens, shapes, i)]
    values = [value_of([tokens[i].plain]) or 0 for i in at]
    if not 3 <= len(at) <= 40:
        return found
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


def claims(tokens: list[Token], shapes: list[str], i: int) -> list[str]:
    """Which outcomes lie nearest on both sides of a number, and which numbers on both sides of an outcome."""
    shape = shapes[i].rstrip("^")
    if shape in ("D", "num"):
        left, near = _nearest(tokens, shapes, i, -1, OUTCOME_SHAPES)
        right, close = _nearest(tokens, shapes, i, 1, OUTCOME_SHAPES)
        unit = shapes[i + 1].rstrip("^") if i + 1 < len(shapes) else ">"
        unit = unit if unit in _UNITS else "-"
        return [
            f"o{left}{near} {right}{close}",
            f"o{left} {right} {unit}",
            f"l{left}{near} {unit}",
            f"r{right}{close} {unit}",
        ]
    if shape in OUTCOME_SHAPES:
        left, near = _nearest(tokens, shapes, i, -1, _NUMERIC)
        right, close = _nearest(tokens, shapes, i, 1, _NUMERIC)
        return [
            f"o{left}{near} {shape} {right}{close}",
            f"l{left}{near} {tokens[i].plain}",
            f"r{right}{close} {tokens[i].plain}",
        ]
    return []


_NUMERIC = frozenset({"D", "num"})


def _nearest(tokens: list[Token], shapes: list[str], i: int, step: int, wanted: frozenset[str]) -> tuple[str, str]:
    """The nearest wanted class in the clause on one side, and how near; empty where another claims it first."""
    rivals = _NUMERIC if wanted is OUTCOME_SHAPES else OUTCOME_SHAPES
    k, steps = i + step, 0
    while 0 <= k < len(shapes) and steps < 14 and tokens[k].plain not in _ENDS:
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
