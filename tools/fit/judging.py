"""The figures: both readers alone, and the rules with the fitted reader's veto."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from handlers.language import read
from handlers.language.fitted import tags
from handlers.language.fitted.storing import Calibrated
from tools.fit.corpus import Judged, judged
from tools.fit.crossing import Bench, Held
from tools.fit.inventing import VOICE

_STORED = ("report", "total", "correct")
_VETOES = (0.05, 0.1, 0.2, 0.3)
_UNCLEAR: Judged = ("unclear", 0, (), None)

Find = Callable[[int], Judged]


@dataclass(frozen=True)
class Figures:
    """Shares of some messages, in per cent."""

    exact: float
    wrong: float
    asked: float


def figures(bench: Bench, rows: Iterable[int], find: Find) -> Figures:
    """How a reader does on these messages: right, a wrong number stored, asked."""
    exact = wrong = asked = whole = 0
    for i in rows:
        got, want = find(i), bench.messages[i].row.want
        whole += 1
        exact += got == want
        wrong += got[0] in _STORED and (got[1:3] != want[1:3] or want[0] not in _STORED)
        asked += got[0] == "unclear"
    return Figures(*(100 * n / max(whole, 1) for n in (exact, wrong, asked)))


def table(bench: Bench, held: dict[int, Held], calibrated: Calibrated) -> str:
    """All figures as a table in Markdown."""
    rules = {i: _by_rules(bench, i) for i in range(len(bench.messages))}
    chances = {i: [(calibrated(share), reading) for share, reading in one.ranked] for i, one in held.items()}

    def fitted(i: int) -> Judged:
        return chances[i][0][1] if chances.get(i) else ("chat", 0, (), None)

    def vetoed(i: int, least: float) -> Judged:
        given = next((chance for chance, reading in chances.get(i, []) if reading == rules[i]), 0.0)
        return rules[i] if given >= least or rules[i][0] not in _STORED else _UNCLEAR

    lines = [
        "| messages | rules | fitted, fast | fitted, ranked | among its three best |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, rows in _groups(bench).items():
        cells = [_cell(figures(bench, rows, find)) for find in (rules.__getitem__, lambda i: _fast(held, i), fitted)]
        among = sum(bench.messages[i].row.want in [r for _, r in chances.get(i, [])[:3]] for i in rows)
        lines.append(f"| {name} ({len(rows)}) | {' | '.join(cells)} | {100 * among / len(rows):.1f} |")
    corpus = _groups(bench)["corpus"]
    lines += ["", "| rules, unless the fitted reader gives less than | exact / wrong / asked, % |", "| --- | --- |"]
    for least in _VETOES:
        lines.append(f"| {least} | {_cell(figures(bench, corpus, partial(vetoed, least=least)))} |")
    both = sum(bench.messages[i].row.want in [rules[i], *(r for _, r in chances.get(i, [])[:3])] for i in corpus)
    lines += ["", f"Right among the rules' and the fitted reader's three best: {100 * both / len(corpus):.1f} %."]
    lines += [f"Roles of numbers: {roles(bench, held):.1f} % right.", ""]
    return "\n".join(lines)


def _cell(found: Figures) -> str:
    return f"{found.exact:.1f} / {found.wrong:.1f} / {found.asked:.1f}"


def _fast(held: dict[int, Held], i: int) -> Judged:
    return (held[i].fast if i in held else None) or _UNCLEAR


def _by_rules(bench: Bench, i: int) -> Judged:
    row = bench.messages[i].row
    return judged(read(row.text, row.at).as_json())


def _groups(bench: Bench) -> dict[str, list[int]]:
    """The messages by file; `corpus` are all by voices that the rules were not written on."""
    groups: dict[str, list[int]] = defaultdict(list)
    for i, message in enumerate(bench.messages):
        if message.row.voice == VOICE:
            continue
        groups[message.row.file].append(i)
        if message.row.file not in ("examples", "more"):
            groups["corpus"].append(i)
    return dict(sorted(groups.items()))


def roles(bench: Bench, held: dict[int, Held]) -> float:
    """How many of the labelled numbers have the right tag, in per cent."""
    right = whole = 0
    for i, one in held.items():
        labels = bench.labels[i]
        if labels is None or bench.messages[i].fixed is None:
            continue
        for label, name in zip(labels, one.names, strict=True):
            if label[0] == "#" and label != tags.GOES_ON:
                whole += 1
                right += label == name
    return 100 * right / max(whole, 1)
