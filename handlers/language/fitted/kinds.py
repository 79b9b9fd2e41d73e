"""What the model of kinds is told of a message: its words, their classes, and what its words were tagged as."""

from collections import Counter

from handlers.language.fitted import tags
from handlers.language.fitted.features import Seen

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
_SPACE = str.maketrans({"\n": "¶"})


def kind_features(seen: Seen, names: list[str]) -> list[str]:
    """The features of a whole message, as strings."""
    return word_features(seen) + tag_features(seen, names)


def word_features(seen: Seen) -> list[str]:
    """Those that do not depend on the tags."""
    tokens, shapes = seen.tokens, seen.shapes
    words = ["#" if token.digits else token.plain.translate(_SPACE) for token in tokens]
    kinds = [shape.rstrip("^") for shape in shapes]
    told = [kind for kind in kinds if kind and kind != "w" and kind[0] != "I"]
    found = {"w" + word for word in words}
    found |= {f"b{a} {b}" for a, b in zip(["<", *words], [*words, ">"], strict=True)}
    found |= {"c" + kind for kind in told}
    found |= {f"d{a} {b}" for a, b in zip(["<", *told], [*told, ">"], strict=True)}
    found |= {f"m{token.marked}" for token in tokens if token.marked not in ("", token.plain)}
    found.add("n" + str(min(len(tokens) // 4, 6)))
    return sorted(found)


def tag_features(seen: Seen, names: list[str]) -> list[str]:
    """Those of the tags."""
    tokens, shapes = seen.tokens, seen.shapes
    counts = Counter(names)
    said = {shape.rstrip("^") for shape in shapes}
    counted = [i for i, name in enumerate(names) if name in tags.OUTCOMES or name in tags.CUES or name == tags.REST]
    numbers = [i for i in counted if names[i][0] == "#"]
    told = {names[i][1:] for i in numbers}
    counted = [i for i in counted if names[i][0] == "#" or names[i][1:] not in told]  # `được 3` says one thing
    found = [f"t{name}{min(counts[name], 2) if name[0] in '#=' else ''}" for name in sorted(counts)]
    work = "both" if numbers and len(numbers) < len(counted) else "#" if numbers else "=" if counted else "0"
    home = "P" if seen.persons else ""
    day = "D" if said & _DAYS else ""
    flags = [flag for flag in _FLAGS if flag in said]
    found += ["work" + work, f"wh{work} {home}", f"wd{work} {day} {home}", f"wn{work} {min(len(counted), 4)}"]
    found += [f"f{flag} {work}" for flag in flags]
    found += [f"g{flag} {work} {day} {home}" for flag in flags]
    found.append(f"all{work} {day} {home} {' '.join(flag for flag in flags if flag in ('total', 'added', 'fix'))}")
    for i in counted:
        before = shapes[i - 1] if i else "<"
        after = shapes[i + 1] if i + 1 < len(shapes) else ">"
        found += [f"x{names[i]} {before}", f"y{names[i]} {after}"]
        if names[i][0] == "=":
            found.append(f"z{names[i]} {tokens[i].plain.translate(_SPACE)}")
    return found
