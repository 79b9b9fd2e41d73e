"""Numbers that are to be reached: `đủ 40%`, `lên 35 phần trăm`, `đủ 20`; of what is left, or who has them."""

import re
from collections.abc import Iterator, Sequence

from handlers.figures.in_words.meaning import Limit
from handlers.figures.in_words.patterns import lengths
from handlers.figures.in_words.tokens import Token, marks_of

MADE, _LONE = 0.9, 1.4  # what it costs to take words for it; a share alone is one only where nothing else is
_FIGURE = re.compile(r"[0-9]+(?:[.,][0-9]+)*%?")
_COMES_TO = frozenset("duoc dat toi len den du cham can phai moc muc nguong tron ngang xong".split())  # noqa: SIM905
_HALF = marks_of("nửa")
OTHER_UNITS = frozenset(
    {
        *("nghin", "ngan", "tram", "trieu", "chuc", "nguoi", "nha", "ho", "ca", "cu", "ngay", "tuan"),
        *("gio", "h", "phut", "tuoi", "lan", "xa", "to", "ban", "em"),
    }
)
_MOST_BEFORE = 3  # words that say that it is reached: `lên được mốc 40%`


def _half(tokens: Sequence[Token], at: int) -> int:
    """How many words say a half: `một nửa`, `nửa`."""
    start = 1 if at < len(tokens) and tokens[at].plain in ("1", "mot") else 0
    return start + 1 if at + start < len(tokens) and tokens[at + start].marked == _HALF else 0


def starting(tokens: Sequence[Token], at: int) -> Iterator[tuple[int, Limit, float]]:
    """How many words from here on say a number to be reached, which, and what it costs."""
    end = at
    while end < len(tokens) and end - at < _MOST_BEFORE and tokens[end].plain in _COMES_TO and not tokens[end].ends:
        end += 1
    quota = next((n for n in lengths(tokens, end, "daily_aim")), 0) if end > at else 0
    number = end + quota
    half = _half(tokens, number)
    if half:
        aim = 0 if tokens[number + half - 1].ends else next(lengths(tokens, number + half, "aim"), 0)
        if number > at or aim:
            yield number + half + aim - at, Limit(above=True, n=50, percent=True, least=True), MADE
        return
    if number >= len(tokens) or not _FIGURE.fullmatch(tokens[number].plain):
        return
    said = tokens[number].plain
    end = number + 1
    behind = [token.plain for token in tokens[end : end + 2]] if not tokens[number].ends else []
    percent = said.endswith("%") or behind[:1] == ["%"] or behind == ["phan", "tram"]
    unit = 2 if behind == ["phan", "tram"] else 1 if behind[:1] in (["%"], ["may"], ["tk"]) else 0
    end += unit
    end += next(lengths(tokens, end, "aim"), 0) if not tokens[end - 1].ends else 0
    at_least = [token.plain for token in tokens[end : end + 2]] == ["tro", "len"] and not tokens[end - 1].ends
    end += 2 if at_least else 0
    if number == at and not (percent or at_least):
        return
    if not (percent or unit or tokens[end - 1].ends) and end < len(tokens) and tokens[end].plain in OTHER_UNITS:
        return
    number_of = said.rstrip("%")
    n = float(number_of.replace(",", ".")) if percent else float(number_of.replace(".", "").replace(",", "."))
    if n > 0:
        yield end - at, Limit(above=True, n=n, percent=percent, least=True), MADE if number > at else _LONE
