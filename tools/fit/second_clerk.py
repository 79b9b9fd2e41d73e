"""`python -m tools.fit.second_clerk` fits the second clerk to the evenings and writes its weights into the package.

Each evening is played, and at each message is noted what it may do (handlers/clerk/second/possible.py) and what of it a
careful clerk books. The same evenings give the same weights. Takes a minute or two.
"""

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from unittest.mock import patch

import handlers.clerk.second as package
from handlers.clerk import deciding
from handlers.clerk.acts import Act
from handlers.clerk.evening import Evening, Heard
from handlers.clerk.second import weighing
from handlers.clerk.second.possible import possible
from handlers.clerk.second.targets import Delta, delta
from handlers.language import Outcome, Reading
from handlers.reports import acting
from tests.evenings import playing
from tools.fit.weighing import Choice, weigh

EVENINGS = Path(playing.__file__).parent
ROUNDS, PULL = 6, 0.002
_OFTEN = 4  # what fewer messages have is left out
_LEAST = 0.05  # so is what weighs less


@dataclass(frozen=True, slots=True)
class Asked:
    """What the clerk was asked of a message, and what is to be booked for it."""

    heard: Heard
    meanings: Sequence[Reading]
    evening: Evening
    act: Act
    booked: Delta

    def choice(self) -> Choice | None:
        """What is weighed of each deed, and which one is right; None: none of them is."""
        deeds = possible(self.heard, self.meanings, self.evening, self.act)
        right = next((k for k, one in enumerate(deeds) if one.by == self.booked), None)
        if right is None:
            return None
        words = weighing.words_of(self.heard, self.meanings, self.evening)
        rows = [weighing.row_of(one, words, self.heard, self.meanings, self.evening) for one in deeds]
        return rows, right


def files() -> list[Path]:
    """The evenings in the tests, in the order of their rounds."""
    return sorted(EVENINGS.glob("*.json"), key=lambda path: [*map(int, re.findall("[0-9]+", path.stem))])


def asked_in(paths: Sequence[Path]) -> Iterator[Asked]:
    """What the clerk was asked in these evenings, but for what was told of friends or answered by a press."""
    with tempfile.TemporaryDirectory() as folder, playing.campaign(Path(folder)) as tx:
        for evening in (one for path in paths for one in playing.read(path)):
            yield from _asked(tx, evening)


def _asked(tx: Any, evening: Mapping[str, Any]) -> Iterator[Asked]:
    ref, heard = f"HV{evening['student']:05}", _Heard()
    turns = {turn["say"]: turn for turn in evening["turns"] if "say" in turn}
    answered = {
        before.get("say")
        for before, turn in zip(evening["turns"], evening["turns"][1:], strict=False)
        if "tap_or_say" in turn
    }
    with heard:
        playing.play(tx, evening)
    for text, (said, meanings, told, act) in heard.first.items():
        book = turns.get(text, {}).get("book", [])
        if text not in turns or text in answered or any(len(one) > 2 and one[2] != ref for one in book):
            continue
        booked = playing.booking(ref, {"book": book})
        yield Asked(said, meanings, told, act, delta({Outcome(outcome): n for (_, outcome), n in booked.items()}))


class _Heard:
    """Notes what the clerk is asked while an evening is played by the rules alone: of each message once."""

    def __init__(self) -> None:
        self.first: dict[str, tuple[Heard, Sequence[Reading], Evening, Act]] = {}

    def __enter__(self) -> None:
        self._before = patch.object(acting, "clerk", self._asked)
        self._before.start()

    def __exit__(self, *_: object) -> None:
        self._before.stop()

    def _asked(self, heard: Heard, meanings: Sequence[Reading], evening: Evening) -> Act:
        act, _ = deciding.decided(heard, meanings, evening)
        self.first.setdefault(heard.text, (heard, meanings, evening, act))
        return act


def fitted(asked: Sequence[Asked]) -> dict[str, float]:
    """The weights of all that is seen often enough, and weighs enough."""
    found = [choice for one in asked if (choice := one.choice()) is not None]
    often = Counter(name for rows, _ in found for name in {name for row in rows for name in row})
    kept = [
        ([{name: n for name, n in row.items() if often[name] >= _OFTEN} for row in rows], right)
        for rows, right in found
    ]
    weights = weigh(kept, rounds=ROUNDS, pull=PULL)
    weights.pop("log", None)
    return {name: weight for name, weight in weights.items() if abs(weight) >= _LEAST}


def write(out: IO[str], weights: Mapping[str, float]) -> None:
    """What is seen of a deed, a line each; then each word with the groups for which it speaks, in hundredths."""
    words: dict[str, list[str]] = {}
    for name, weight in sorted(weights.items()):
        first, *rest = name.split(" ")
        if first == weighing.WORD:
            group, word = rest
            words.setdefault(word, []).append(f"{group} {round(weight * 100)}")
        else:
            out.write(f"{weighing.OF_A_DEED}{name}\t{round(weight * 100)}\n")
    for word, groups in sorted(words.items()):
        out.write("\t".join([word, *groups]) + "\n")


def main() -> None:
    """Plays, fits, writes."""
    parser = argparse.ArgumentParser(prog="python -m tools.fit.second_clerk", description=__doc__)
    parser.add_argument("evenings", type=Path, nargs="*", help="other evenings than those of the tests")
    parser.add_argument("--out", type=Path, default=Path(package.__file__).parent / weighing.MODEL)
    given = parser.parse_args()
    asked = list(asked_in(given.evenings or files()))
    weights = fitted(asked)
    with given.out.open("w", encoding="utf-8") as out:
        write(out, weights)
    sys.stdout.write(f"fitted to {len(asked)} messages: {len(weights)} weights\n")


if __name__ == "__main__":
    main()
