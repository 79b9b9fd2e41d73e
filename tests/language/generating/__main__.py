"""`python -m tests.language.generating --seed 7 --count 20000`: reads many written messages, and says what goes wrong.

Says how each reader did, which traits its wrong numbers have most often beside all messages of that trait, and shows
some of them. `--message 7/1234` shows one message, with what is read and what it means.
"""

import argparse
import sys

from tests.language.cases import judged
from tests.language.generating.judging import READERS, Judgement, Verdict, judge
from tests.language.generating.writing import write


def main() -> None:
    """Writes, reads and tells."""
    parser = argparse.ArgumentParser(prog="python -m tests.language.generating", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="which messages: the same seed gives the same ones")
    parser.add_argument("--count", type=int, default=5000, help="how many of them")
    parser.add_argument("--reader", choices=READERS, help="the rules alone or both readers; each in turn by default")
    parser.add_argument("--show", type=int, default=20, help="how many misread messages are shown")
    parser.add_argument("--asked", action="store_true", help="show those that are asked about, too")
    parser.add_argument("--message", help="one message by its seed and number, as they are shown: 7/1234")
    given = parser.parse_args()
    if given.message:
        _show(*map(int, given.message.split("/")))
        return
    messages = [write(given.seed, number) for number in range(given.count)]
    for name in [given.reader] if given.reader else READERS:
        found = judge(messages, READERS[name])
        _tell(name, found)
        for verdict in (Verdict.WRONG, Verdict.MISSED, *((Verdict.ASKED,) if given.asked else ())):
            for line in found.of(verdict)[: given.show]:
                sys.stdout.write(f"  {verdict}: {line}\n")


def _tell(name: str, found: Judgement) -> None:
    shares = ", ".join(f"{verdict} {found.share(verdict):.2f} %" for verdict in Verdict)
    sys.stdout.write(f"{name}: {shares}\n")
    wrong = [(trait, counts[Verdict.WRONG], counts.total()) for trait, counts in found.by_trait.items()]
    for trait, n, of in sorted(wrong, key=lambda one: (-one[1] / one[2], one[0]))[:12]:
        if n:
            sys.stdout.write(f"  {trait}: {n} wrong of {of}\n")


def _show(seed: int, number: int) -> None:
    written = write(seed, number)
    sys.stdout.write(f"{written.case.text}\n\n{written.case.at}, {sorted(written.traits)}\nmeans {written.case.want}\n")
    for name, reader in READERS.items():
        sys.stdout.write(f"{name}: {judged(reader(written).as_json())}\n")


if __name__ == "__main__":
    main()
