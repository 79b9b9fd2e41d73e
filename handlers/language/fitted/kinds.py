"""What the model of kinds is told of a message: its words, their classes, and what its words were tagged as."""

from collections.abc import Iterable

from handlers.language.fitted import tags
from handlers.language.fitted.features import Seen
from handlers.language.fitted.tokens import Token
from handlers.language.fitted.weights import Feature, Values, Weights, spelled

_DAYS = frozenset({"today", "past"})
_FLAGS = (
    "total",
    "added",
    "fix",
    "undo",
    "notthat",
    "plan",
    "ask",
    "vague",
    "many",
    "behalf",
    "pointing",
    "team",
    "ours",
)
# The sorts of features by how many values they have.
SORTS = {
    1: frozenset(["w", "c", "m", "n", "t", "work"]),
    2: frozenset(["b", "d", "wh", "wn", "f", "x", "y", "z"]),
    3: frozenset(["wd"]),
    4: frozenset(["g", "all"]),
}


def kind_features(seen: Seen, names: list[str]) -> list[str]:
    """The features of a whole message, as strings."""
    words = {spelled((sort, values)) for sort, found in _words(seen) for values in found}
    return sorted(words) + [spelled(feature) for feature in tag_features(seen, names)]


def score_of_words(weights: Weights, seen: Seen) -> int:
    """The packed scores of the kinds by what does not depend on the tags."""
    return sum([sum(weights.of_sort(sort, found)) for sort, found in _words(seen)])


def _words(seen: Seen) -> list[tuple[str, Iterable[Values]]]:
    """What each sort of feature sees of the words, each once."""
    words = ["#" if token.digits else _written(token) for token in seen.tokens]
    told = [kind for kind in seen.kinds if kind and kind != "w" and kind[0] != "I"]
    return [
        ("w", set(words)),
        ("b", set(zip(["<", *words], [*words, ">"], strict=True))),
        ("c", set(told)),
        ("d", set(zip(["<", *told], [*told, ">"], strict=True))),
        ("m", {token.marked for token in seen.tokens if token.marked not in ("", token.plain)}),
        ("n", [str(min(len(words) // 4, 6))]),
    ]


def tag_features(seen: Seen, names: list[str]) -> list[Feature]:
    """Those of the tags."""
    shapes = seen.shapes
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    counted = [i for i, name in enumerate(names) if name in _COUNTED]
    numbers = [i for i in counted if names[i][0] == "#"]
    told = {names[i][1:] for i in numbers}
    counted = [i for i in counted if names[i][0] == "#" or names[i][1:] not in told]  # `được 3` says one thing
    work = "both" if numbers and len(numbers) < len(counted) else "#" if numbers else "=" if counted else "0"
    home = "P" if seen.persons else ""
    day = "D" if not seen.said.isdisjoint(_DAYS) else ""
    flags = [flag for flag in _FLAGS if flag in seen.said]
    found: list[Feature] = [
        ("t", f"{name}{min(counts[name], 2)}" if name[0] in "#=" else name) for name in sorted(counts)
    ]
    found += [
        ("work", work),
        ("wh", (work, home)),
        ("wd", (work, day, home)),
        ("wn", (work, str(min(len(counted), 4)))),
    ]
    found += [("f", (flag, work)) for flag in flags]
    found += [("g", (flag, work, day, home)) for flag in flags]
    found.append(("all", (work, day, home, " ".join([flag for flag in flags if flag in ("total", "added", "fix")]))))
    for i in counted:
        before = shapes[i - 1] if i else "<"
        after = shapes[i + 1] if i + 1 < len(shapes) else ">"
        found += [("x", (names[i], before)), ("y", (names[i], after))]
        if names[i][0] == "=":
            found.append(("z", (names[i], _written(seen.tokens[i]))))
    return found


_COUNTED = frozenset({*tags.OUTCOMES, *tags.CUES, tags.REST})


def _written(token: Token) -> str:
    """The word, as it stands in a file of weights."""
    return "¶" if token.plain == "\n" else token.plain
