"""The parts of a question on their way to what it asks, and the error that says which of them fit nowhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.figures.in_words.meaning import Known, Names
from handlers.figures.in_words.parsing import Item

NAMED = ("commune", "hamlet", "person")


class Unclear(Exception):
    """Something of a question was not understood."""

    def __init__(self, items: Iterable[Item] = (), near: Sequence[Known] = ()) -> None:
        super().__init__()
        self.items = tuple(items)
        self.near = tuple(near)


@dataclass(slots=True)
class Parts:
    """The parts of a question on their way to what it asks."""

    items: Sequence[Item]
    words: Sequence[str]  # of each item, folded
    names: Names
    today: date

    def of(self, *kinds: str) -> list[Item]:
        """The items of these kinds."""
        return [item for item in self.items if item.kind in kinds]

    def values(self, kind: str) -> list[str]:
        """What the items of a kind say."""
        return [item.sense.value for item in self.items if item.sense is not None and item.kind == kind]

    def by_rule(self, rule: str) -> list[Item]:
        """The items in which a rule has its say."""
        return [item for item in self.items if item.sense is not None and item.sense.rule == rule]

    def said(self, item: Item) -> str:
        """An item's words, folded."""
        return self.words[self.items.index(item)]

    def after(self, item: Item) -> Item | None:
        """The item behind this one, courtesies left out."""
        behind = [one for one in self.items if one.start >= item.end and one.kind not in ("fill", "type")]
        return behind[0] if behind else None
