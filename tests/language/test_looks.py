"""A look at items is spared where what it needs is not there: never one that would have found something."""

import json
from collections.abc import Iterator
from pathlib import Path

from handlers.language.pieces.afterthoughts import LOOKS
from handlers.language.pieces.spotting import one_by_one
from handlers.language.reader import MOST_WORDS
from handlers.language.signs.folding import Folded
from handlers.language.spelling.respelling import split

FOLDER = Path(__file__).parent


def test_no_look_that_is_spared_would_have_found_something() -> None:
    """In any labelled message; and each look finds something in some of them, so that this is no empty promise."""
    found = set[int]()
    for text in _messages():
        words = split(Folded(text), MOST_WORDS)
        items = one_by_one(words) if words is not None else []
        for place, look in enumerate(LOOKS):
            sorts, plains = {item.sort for item in items}, {item.plain for item in items}
            seen = look.at(items)
            changed = len(seen) != len(items) or any(a is not b for a, b in zip(items, seen, strict=True))
            assert not changed or look.may_find(sorts, plains), f"{look} is spared: {text}"
            if changed:
                found.add(place)
            items = seen
    assert found == set(range(len(LOOKS)))


def _messages() -> Iterator[str]:
    for file in sorted(FOLDER.rglob("*.jsonl")):
        yield from (json.loads(line)["text"] for line in file.read_text(encoding="utf-8").splitlines())
    yield "lam dang 5 may"
    for row in (FOLDER / "rules.tsv").read_text(encoding="utf-8").splitlines():
        yield from row.split("\t")
