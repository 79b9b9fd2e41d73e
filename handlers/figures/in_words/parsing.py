"""The words of a question taken apart: what each says, by the cheapest way in which all of them say something."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date

from handlers.figures.in_words import goals, patterns, phrases
from handlers.figures.in_words.meaning import Known, Limit, Names, Period, Sort
from handlers.figures.in_words.names import Lookup
from handlers.figures.in_words.periods import Dates, as_said, from_table, phase_on
from handlers.figures.in_words.phrases import Phrase, Sense
from handlers.figures.in_words.tokens import Token

UNKNOWN = 6.0
_MADE = 0.9  # what is made of numbers
_FIGURE = re.compile(r"[0-9]+(?:[.,][0-9]+)?%?")
_UNITS = {
    **dict.fromkeys(("xa", "to", "doi", "don", "dia"), "commune"),
    **dict.fromkeys(("nguoi", "ban", "hoc", "em", "hv", "sinh", "chau", "dua", "sv"), "person"),
    **dict.fromkeys(("thon", "xom"), "hamlet"),
}
_TWO_WORDS = {("don", "vi"), ("dia", "phuong"), ("hoc", "vien"), ("sinh", "vien")}
_SMALL_NUMBERS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "muoi": 10}
_BELOW = (
    *(("chua", "duoc"), ("chua", "dat"), ("chua", "toi"), ("chua", "den"), ("chua", "du"), ("duoi", "muc")),
    *(("khong", "dat"), ("khong", "duoc"), ("khong", "du"), ("chua", "qua"), ("it", "hon"), ("thap", "hon")),
    *(("duoi", "moc"), ("duoi", "nguong"), ("chua", "qua", "moc"), ("chua", "toi", "moc"), ("chua", "dat", "moc")),
    *(("nho", "hon"), ("duoi",), ("chua", "xong"), ("ko", "dat"), ("dat", "duoi"), ("duoc", "duoi")),
)
_ABOVE = (
    *(("qua", "moc"), ("vuot", "moc"), ("tren", "moc"), ("qua", "nguong"), ("vuot", "nguong"), ("vuot", "qua")),
    *(("dat", "tren"), ("nhieu", "hon"), ("cao", "hon"), ("tren",), ("qua",), ("hon",), ("vuot",), ("dat", "hon")),
    *(("duoc", "hon"), ("duoc", "tren"), ("lon", "hon"), ("tu",)),
)
_OF_A_QUOTA = frozenset("may tk 1 mot moi nguoi hv sv em ban hoc sinh vien ngay toi".split())  # noqa: SIM905
_OF_EACH = frozenset({"moi", "mot", "1", "tung", "trong"})
_OVER = frozenset({"qua", "vuot", "hon"})
_COMES_TO = frozenset({"duoc", "dat", "toi", "len", "den", "du", "qua", "can", "ngang", "vuot", "hon", "moc"})


@dataclass(frozen=True, slots=True)
class Item:
    """Some words and what they say: a phrase, names, a period, or a number with its sense; None: nobody knows."""

    start: int
    end: int
    sense: Sense | None = None
    names: tuple[Known, ...] = ()
    period: Period | None = None
    limit: Limit | None = None
    cost: float = UNKNOWN
    asks: bool = False  # the words themselves ask: `bao nhiêu nhà vắng`

    @property
    def kind(self) -> str:
        """`ask`, `measure`, …; '' of what is not known."""
        return self.sense.kind if self.sense is not None else ""


class Parser:
    """Takes the questions of one asker apart, on one work day."""

    def __init__(self, names: Names, today: date) -> None:
        self.names = names
        self.today = today
        self.lookup = Lookup(names)
        self._dates = Dates(today, names.phases)

    def items(self, tokens: Sequence[Token]) -> list[Item]:
        """What the words say; slips of the hand are tried only where something is not known otherwise."""
        accented = any(not token.bare for token in tokens)
        dated = as_said(tokens)
        choices = [
            [*self._starting(tokens, at, accented=accented), *self._days(dated, at)] for at in range(len(tokens))
        ]
        found = _cheapest(tokens, choices)
        unknown = {at for item in found if not item.kind for at in range(item.start, item.end)}
        if not unknown or len(unknown) * 2 > len(tokens):
            return found  # nothing to look for, or no question
        for at in range(len(tokens)):
            choices[at] += self._slipped(tokens, at, unknown)
        return _cheapest(tokens, choices)

    def _starting(self, tokens: Sequence[Token], at: int, *, accented: bool) -> Iterator[Item]:
        for phrase, cost in phrases.starting(tokens, at, accented=accented):
            yield self._of_table(phrase, at, cost)
        for made in patterns.starting(tokens, at):
            yield Item(at, at + made.length, made.sense, limit=_none(made.sense), cost=made.cost, asks=made.asks)
        for name in self.lookup.starting(tokens, at):
            yield _named(name.sort, name.known, at, at + name.length, name.cost)
        of_phase = at > 0 and tokens[at - 1].plain == "dot" and self._is_this_phase(tokens[at].plain)
        if not (of_phase or _is_day(tokens, at)):
            yield from _numbers(tokens, at)
        yield from _so_many(tokens, at)
        yield from _quota_said(tokens, at)
        for length, limit, cost in goals.starting(tokens, at):
            yield Item(at, at + length, Sense("goal", "", "a_goal"), limit=limit, cost=cost)
        if at and tokens[at - 1].plain == "dot" and self._is_this_phase(tokens[at].plain):
            yield Item(at, at + 1, Sense("fill", "", "courtesy"), cost=_MADE)  # `còn mấy ngày nữa hết đợt 1`
        if tokens[at].plain == "-":
            yield Item(at, at + 1, Sense("fill", "", "courtesy"), cost=0.0)

    def _days(self, dated: Sequence[Token], at: int) -> Iterator[Item]:
        for rule, period, length in self._dates.starting(dated, at):
            yield Item(
                at, at + length, Sense("period", "", rule), period=period, cost=_MADE, asks=rule == "days_summed"
            )

    def _is_this_phase(self, number: str) -> bool:
        """Whether the phase of today is called so: `1` of `Đợt 1`."""
        phase = phase_on(self.today, self.names.phases)
        return phase is not None and number.isdigit() and phase.name.split()[-1] == number

    def _slipped(self, tokens: Sequence[Token], at: int, unknown: Set[int]) -> Iterator[Item]:
        for name in self.lookup.slipped(tokens, at, unknown):
            yield _named(name.sort, name.known, at, at + name.length, name.cost)
        for phrase, cost in phrases.slipped(tokens, at, unknown):
            yield self._of_table(phrase, at, cost)

    def _of_table(self, phrase: Phrase, at: int, cost: float) -> Item:
        sense = phrase.sense
        period = from_table(sense.value, self.today, self.names.phases) if sense.kind == "period" else None
        end = at + len(phrase.plain)
        return Item(at, end, sense, period=period, limit=_none(sense), cost=cost, asks=phrase.asks)


def _none(sense: Sense) -> Limit | None:
    """The limit below which somebody has done nothing, where words say so."""
    return Limit(above=False, n=1, percent=False) if sense.kind == "limit" else None


def _named(sort: Sort, known: tuple[Known, ...], start: int, end: int, cost: float) -> Item:
    return Item(start, end, Sense(sort.value, "", f"a_{sort.value}"), names=known, cost=cost)


def _numbers(tokens: Sequence[Token], at: int) -> Iterator[Item]:
    """`5 xã`, `top 3`, `26 xã`; `dưới 30%`, `chưa được 10 máy`."""
    plain = [token.plain for token in tokens[at : at + 6]]
    start = 1 if plain[0] in ("top", "tat", "ca") else 0
    if plain[:2] == ["tat", "ca"]:
        start = 2
    numbered = len(plain) > start and not (plain[start] in ("sau", "nam") and tokens[at + start].bare)
    if numbered and (n := _whole(plain[start])) is not None:
        unit = _UNITS.get(plain[start + 1], "") if len(plain) > start + 1 else ""
        length = start + 1 + (1 if unit else 0)
        if tuple(plain[start + 1 : start + 3]) in _TWO_WORDS:
            length += 1
        elif plain[start + 1 : start + 2] and plain[start + 1] in ("don", "dia", "hoc", "sinh"):
            unit, length = "", start + 1
        if unit or plain[0] == "top":
            sense = Sense("most", f"{unit}:{n}", "so_many")
            yield Item(at, at + length, sense, cost=_MADE + (0 if plain[start].isdigit() else 0.3))
    for above, several in ((False, _BELOW), (True, _ABOVE)):
        for words in several:
            length = len(words)
            if tuple(plain[:length]) == words and len(plain) > length and _FIGURE.fullmatch(plain[length]):
                yield from _limit(plain, at, length, above=above)


def _is_day(tokens: Sequence[Token], at: int) -> bool:
    """`ngay 18 em co bao gi khong`: the number is a day's; `mỗi ngày 5 xã` are five."""
    of_each = at > 1 and tokens[at - 2].plain in _OF_EACH
    return at > 0 and tokens[at - 1].plain == "ngay" and not (of_each or tokens[at - 1].ends)


def _so_many(tokens: Sequence[Token], at: int) -> Iterator[Item]:
    """`được 60 chưa`, `lên 30% không`: how many, of whom it is asked whether there are so many."""
    begins = at + (1 if tokens[at].plain in _COMES_TO else 0)
    begins += 1 if begins > at and tokens[begins : begins + 1] and tokens[begins].plain in _COMES_TO else 0
    if begins == at or begins >= len(tokens) or not _FIGURE.fullmatch(tokens[begins].plain):
        return
    end = begins + 1
    end += 1 if tokens[end : end + 1] and tokens[end].plain in ("may", "tk", "%") else 0
    whether = end < len(tokens) and not tokens[end - 1].ends and tokens[end].plain in ("chua", "khong")
    if whether and phrases.at_end(tokens, end + 1):
        limits = _limit([one.plain for one in tokens[at:end]], at, begins - at, above=True)
        over = next(limits, None) if tokens[begins - 1].plain in _OVER else None
        limit = over.limit if over is not None else _so_many_as(tokens[begins].plain, tokens[begins + 1 : end])
        yield Item(at, end + 1, Sense("ask", "number", "so_many_or_not"), limit=limit, cost=_MADE, asks=True)


def _quota_said(tokens: Sequence[Token], at: int) -> Iterator[Item]:
    """`theo định mức 20 máy/người/ngày`: the quota, with how many it is."""
    plain = [token.plain for token in tokens[at : at + 8]]
    start = 1 if plain[0] == "theo" else 0
    figure = plain[start + 2 : start + 4]
    if plain[start : start + 2] != ["dinh", "muc"] or figure[1:] not in (["may"], ["tk"]) or not figure[0].isdigit():
        return
    end = start + 3
    while end < len(plain) and plain[end] in _OF_A_QUOTA and not tokens[at + end - 1].ends:
        end += 1
    yield Item(at, at + end, Sense("measure", "quota", "quota"), cost=_MADE)


def _so_many_as(figure: str, unit: Sequence[Token]) -> Limit:
    """What `đạt 35% chưa` asks of each, where it is asked who has so many."""
    percent = figure.endswith("%") or any(one.plain == "%" for one in unit)
    number = figure.rstrip("%")
    n = float(number.replace(",", ".")) if percent else float(number.replace(".", "").replace(",", "."))
    return Limit(above=True, n=n, percent=percent, least=True)


def _limit(plain: Sequence[str], at: int, length: int, *, above: bool) -> Iterator[Item]:
    said = plain[length]
    percent = said.endswith("%") or plain[length + 1 : length + 2] == ["%"]
    percent = percent or plain[length + 1 : length + 3] == ["phan", "tram"]
    phones = plain[length + 1 : length + 2] in (["may"], ["tk"])
    if not (percent or phones):
        return
    more = 1 if plain[length + 1 : length + 2] in (["%"], ["may"], ["tk"]) else 0
    more = 2 if plain[length + 1 : length + 3] == ["phan", "tram"] else more
    number = said.rstrip("%")
    n = float(number.replace(".", "").replace(",", ".")) if phones else float(number.replace(",", "."))
    sense = Sense("limit", "above" if above else "below", "a_limit")
    yield Item(at, at + length + 1 + more, sense, limit=Limit(above, n, percent), cost=_MADE)


def _whole(word: str) -> int | None:
    n = int(word) if word.isdigit() else _SMALL_NUMBERS.get(word)
    return n if n is not None and 1 <= n <= 99 else None


def _cheapest(tokens: Sequence[Token], choices: Sequence[Sequence[Item]]) -> list[Item]:
    """The items that cover all words at the least cost."""
    best: list[tuple[float, Item | None]] = [(float("inf"), None) for _ in range(len(tokens) + 1)]
    best[0] = (0.0, None)
    for at in range(len(tokens)):
        cost = best[at][0]
        for item in (*choices[at], Item(at, at + 1)):
            if cost + item.cost < best[item.end][0] - 1e-9:
                best[item.end] = (cost + item.cost, item)
    found: list[Item] = []
    at = len(tokens)
    while at:
        last = best[at][1]
        assert last is not None
        found.append(last)
        at = last.start
    return found[::-1]
