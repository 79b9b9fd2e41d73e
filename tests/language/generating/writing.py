"""One message by its seed and number: the truth, the text, and what was hard about it."""

import itertools
from dataclasses import dataclass
from random import Random

from handlers.language import fold, names_of
from handlers.language.words.words import NO_NAMES, Names
from tests.language.cases import Case
from tests.language.generating.drawing import Drawer
from tests.language.generating.saying import Writer
from tests.language.generating.spelling import clashes, spelled, unmarked
from tests.language.generating.tables import named_hamlets
from tests.language.generating.voice import Voice, voice


@dataclass(frozen=True, slots=True)
class Written:
    """A message with what it means. `names`: the hamlets that are known where it was sent."""

    seed: int
    number: int
    case: Case
    names: Names
    traits: frozenset[str]


def write(seed: int, number: int) -> Written:
    """The message of this seed and number, always the same."""
    for attempt in itertools.count():
        found = _write(seed, number, Random(f"{seed}/{number}/{attempt}"))
        if found is not None:
            return found
    raise AssertionError("one of them is clear")


def _write(seed: int, number: int, rng: Random) -> Written | None:
    """A message, or None where two of its numbers stand so that nobody could tell them apart."""
    manner = voice(rng)
    known = rng.random() < 0.4
    drawer = Drawer(rng, manner, known=known)
    truth = drawer.truth()
    writer = Writer(rng, manner)
    text = writer.message(truth)
    if clashes(text, manner.marks):
        return None
    hamlets = [stretch.hamlet for stretch in truth.stretches if stretch.hamlet is not None]
    kept = {word for name in (*drawer.named, *(one.name for one in hamlets)) for word in fold(name).split()}
    text = spelled(unmarked(text), manner, kept, rng)
    others = rng.sample([one.folded for one in named_hamlets() if one.sort != "number"], 6)
    listed = [one.folded for one in hamlets if one.sort != "number"]
    names = names_of([*listed, *others]) if known else NO_NAMES
    traits = truth.traits | writer.beside.traits | _manner(manner)
    return Written(seed, number, Case(text, truth.at, truth.want), names, traits)


def _manner(manner: Voice) -> set[str]:
    found = {f"marks {manner.marks}", f"case {manner.case}", f"order {manner.order}"}
    flags = {
        "short": manner.short,
        "words": manner.words and not manner.dictated,
        "dictated": manner.dictated,
        "slip": manner.slips,
    }
    return found | {name for name, is_so in flags.items() if is_so}
