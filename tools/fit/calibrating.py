"""How often readings of a given share are right (isotonic regression, by pooling neighbours that do not rise)."""

from collections.abc import Iterable

from handlers.language.fitted.storing import Calibrated

_LEAST = 60  # readings in each step of the table


def calibrate(seen: Iterable[tuple[float, bool]]) -> Calibrated:
    """A rising table from the shares of readings and whether each was right."""
    pools: list[list[float]] = []  # [sum of shares, right, how many]
    ordered = sorted(seen)
    for start in range(0, len(ordered), _LEAST):
        chunk = ordered[start : start + _LEAST]
        pools.append([sum(share for share, _ in chunk), sum(right for _, right in chunk), len(chunk)])
        while len(pools) > 1 and pools[-2][1] * pools[-1][2] >= pools[-1][1] * pools[-2][2]:
            last = pools.pop()
            pools[-1] = [a + b for a, b in zip(pools[-1], last, strict=True)]
    table = [(share / n, right / n) for share, right, n in pools]
    return Calibrated(tuple(share for share, _ in table), tuple(chance for _, chance in table))
