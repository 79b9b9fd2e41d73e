"""`python -m tools.fit` fits the second reader to the labelled messages and writes its weights into the package.

With `--figures FILE` it also writes what cross-validation by voice says of both readers. The same messages give the
same weights. Takes some minutes on two cores.
"""

import argparse
import sys
from pathlib import Path

import handlers.language.fitted as package
from handlers.language.fitted.storing import KINDS, READINGS, WORDS, write_readings, write_weights
from tools.fit import corpus
from tools.fit.calibrating import calibrate
from tools.fit.crossing import ROUNDS, Bench, choices, held_out, kinds_of, without_marks
from tools.fit.fitting import fit_words
from tools.fit.inventing import invented
from tools.fit.judging import table
from tools.fit.labelling import features_of_all, labelled
from tools.fit.projecting import Message
from tools.fit.weighing import weigh


def bench_of(rows: list[corpus.Row]) -> Bench:
    """The messages with their features and tags."""
    messages = [Message(row) for row in rows]
    features = features_of_all(messages)
    labels = labelled(messages, features)
    bare = [
        without_marks(message.row, tagged) if i % 2 == 0 else None
        for i, (message, tagged) in enumerate(zip(messages, labels, strict=True))
    ]
    return Bench(messages, features, labels, bare)


def main() -> None:
    """Fits, writes, and judges if asked to."""
    parser = argparse.ArgumentParser(prog="python -m tools.fit", description=__doc__)
    parser.add_argument("--figures", type=Path, help="also write the figures, as a table in Markdown")
    parser.add_argument("--out", type=Path, default=Path(package.__file__).parent, help="where the weights go")
    given = parser.parse_args()
    rows = corpus.rows()
    bench = bench_of(rows + invented())
    held = held_out(bench)
    names = {i: one.names for i, one in held.items()}
    names |= {i: labels for i, labels in enumerate(bench.labels) if labels is not None and bench.fold(i) < 0}
    calibrated = calibrate(
        (share, reading == bench.messages[i].row.want) for i, one in held.items() for share, reading in one.ranked[:5]
    )
    if given.figures:
        given.figures.write_text(table(bench, held, calibrated), encoding="utf-8")
    with (given.out / WORDS).open("w", encoding="utf-8") as out:
        write_weights(out, fit_words(bench.tagged(None), ROUNDS))
    with (given.out / KINDS).open("w", encoding="utf-8") as out:
        write_weights(out, kinds_of(bench, names, None))
    with (given.out / READINGS).open("w", encoding="utf-8") as out:
        write_readings(out, weigh(choices(bench, held, None)), calibrated, corpus.digest(rows))
    sys.stdout.write(f"fitted to {len(rows)} messages\n")


if __name__ == "__main__":
    main()
