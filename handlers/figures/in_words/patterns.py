"""Phrases that are made of classes of words: `từng đứa`, `những bạn nào`, `ì ạch nhất`, `cày khoẻ hơn`.

What has a pattern in the language is known by it, so that no table needs all words that may stand in it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from handlers.figures.in_words import phrases
from handlers.figures.in_words.phrases import Sense
from handlers.figures.in_words.tokens import Token, marks_of, tokens_of

_TABLE = Path(__file__).with_name("classes.tsv")
_SEQUENCES = Path(__file__).with_name("sequences.tsv")
_MADE, _UNMARKED, _DOING, _SEQUENTIAL, _OF_NOUN = (
    0.95,
    0.1,
    1.1,
    1.02,
    0.05,
)  # a phrase of the table goes before a sequence
_UNSURE = 1.5  # of what says something only beside something else
_SEVERAL = ("person", "commune", "hamlet", "day")
_EACH_OF = (*_SEVERAL, "side")
_CALLED = frozenset({"oi", "nhe", "nha"})
_DIVIDING = frozenset({"tung", "theo", "moi", "rieng"})  # `chia theo từng người nha` calls nobody
_BEFORE_CALLED = frozenset("roi vay the nhi a nao chua khong sao nhieu day ha nhe".split())  # noqa: SIM905
_OR = frozenset({"hay", "hoac"})
_AT_ALL = frozenset({"gi", "het", "luon", "ca"})  # `chưa báo gì`
_PAIRS = (
    ("not", "reporting", Sense("reports", "silent", "silent")),
    ("turn", "turn", Sense("compare", "", "compare")),
    ("until", "now", Sense("period", "so_far", "so_far")),
)
_ASKING = frozenset(
    "how or_else when_word how_long so_many_days ordinal_day what_all what_all_of in_what_way rate".split()  # noqa: SIM905
)
_ONE = frozenset({"1", "mot"})
_WHICH = frozenset({"nao", "gi"})
# Of what outcomes there are so many; none named: of all.
_COUNTED_OF = {
    "homes": frozenset({"absent", "revisit", "refused"}),
    "people": frozenset({"absent", "revisit", "refused", "already", "no_phone", "no_card", "assisted", "failed"}),
    "phones": frozenset({"failed"}),
    "cases": frozenset[str](),
}


@dataclass(frozen=True, slots=True)
class Made:
    """A sense, and how many words say it."""

    sense: Sense
    length: int
    cost: float = _MADE
    asks: bool = False  # the words themselves ask


_Words = tuple[tuple[str, str], ...]  # each with its marks and folded


@lru_cache(maxsize=1)
def classes() -> dict[str, dict[str, tuple[_Words, ...]]]:
    """The words of each class by their first, folded; the longest first."""
    found: dict[str, dict[str, tuple[_Words, ...]]] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        name, _, listed = line.partition("\t")
        by_first: dict[str, list[_Words]] = {}
        for said in listed.split(" | "):
            words = tuple((one.marked, one.plain) for one in tokens_of(said))
            by_first.setdefault(words[0][1], []).append(words)
        found[name] = {first: tuple(sorted(words, key=len, reverse=True)) for first, words in by_first.items()}
    return found


def plain(name: str) -> frozenset[str]:
    """The single words of a class, folded."""
    found = (words for several in classes()[name].values() for words in several)
    return frozenset(words[0][1] for words in found if len(words) == 1)


def lengths(tokens: Sequence[Token], at: int, name: str, *, capitals: bool = False) -> Iterator[int]:
    """How many words from here on are one of a class, the most first; with marks of their own they are others."""
    if at >= len(tokens) or (not capitals and _is_name(tokens, at)):
        return  # `bé Nhung` is a name, and no `những`
    for words in classes()[name].get(tokens[at].plain, ()):
        said = tokens[at : at + len(words)]
        if len(said) == len(words) and not any(one.ends for one in said[:-1]) and _are(said, words):
            yield len(words)


def _is_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word has a capital that neither begins a sentence nor is one of all its letters: `CCCD`."""
    word = tokens[at]
    begins = not at or tokens[at - 1].ends
    return word.capital and not begins and not (word.typed.isupper() and len(word.typed) > 1)


def _are(said: Sequence[Token], words: _Words) -> bool:
    return all(
        token.plain == plain and (token.bare or token.marked == marked)
        for token, (marked, plain) in zip(said, words, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Sequential:
    """A row of the table of sequences: classes one behind the other, each with `?` where it may be missing."""

    name: str
    sense: Sense
    steps: tuple[str, ...]
    example: str
    counterexample: str

    @property
    def asks(self) -> bool:
        """Whether one of its words asks how many, when, what, or which of two."""
        return not _ASKING.isdisjoint(step.rstrip("?*") for step in self.steps)

    def ends(self, tokens: Sequence[Token], at: int) -> set[int]:
        """Where it may end that begins at a word."""
        reached = {at}
        for step in self.steps:
            name, sign = step.rstrip("?*"), step[-1]
            found = _beyond(tokens, reached, name, at)
            more = found
            while sign == "*" and more:
                more = _beyond(tokens, more, name, at) - found
                found |= more
            reached = found | reached if sign in "?*" else found
        return reached - {at}


def _beyond(tokens: Sequence[Token], reached: set[int], name: str, start: int) -> set[int]:
    """Where a class ends that begins where something else ended, with no sign between."""
    joined = (at for at in reached if at == start or not tokens[at - 1].ends)
    return {at + n for at in joined for n in lengths(tokens, at, name)}


@lru_cache(maxsize=1)
def sequences() -> tuple[Sequential, ...]:
    """All rows of the table of sequences."""
    lines = _SEQUENCES.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple(
        Sequential(name, Sense(kind, value, name), tuple(steps.split()), example, counterexample)
        for name, said, steps, example, counterexample in rows
        for kind, _, value in (said.partition(":"),)
    )


@lru_cache(maxsize=1)
def _beginning_with() -> dict[str, list[Sequential]]:
    """The rows by the first words that they may have, folded."""
    found: dict[str, list[Sequential]] = {}
    for one in sequences():
        words: set[str] = set()
        for step in one.steps:
            words |= classes()[step.rstrip("?*")].keys()
            if step[-1] not in "?*":
                break
        for word in words:
            found.setdefault(word, []).append(one)
    return found


def starting(tokens: Sequence[Token], at: int) -> Iterator[Made]:
    """What the words that begin here may be made of."""
    for made in (
        *_each(tokens, at),
        *_which(tokens, at),
        *_best_or_worst(tokens, at),
        *_posted(tokens, at),
        *_others(tokens, at),
        *_counted(tokens, at),
        *_sequences(tokens, at),
    ):
        bare = sum(token.bare for token in tokens[at : at + made.length])
        yield replace(made, cost=made.cost + _UNMARKED * bare)
    for length in lengths(tokens, at, "doing"):
        yield Made(Sense("weak", "", "phones"), length, _DOING)


def _each(tokens: Sequence[Token], at: int) -> Iterator[Made]:
    """`từng đứa`, `chia theo xóm`, `mỗi bên`, `từng xã một`; a day is an average: `mỗi ngày`."""
    for before in lengths(tokens, at, "each"):
        for name in _EACH_OF:
            kind = "commune" if name == "side" else name
            for length in lengths(tokens, at + before, name):
                end = at + before + length
                if tokens[end - 1].plain in _WHICH or (kind == "day" and tokens[at].plain == "moi"):
                    continue
                if kind == "person" and _are_called(tokens, at, end):
                    yield Made(Sense("fill", "", "courtesy"), end - at)  # `thế nào rồi các đồng chí`
                    continue
                if _DIVIDING.isdisjoint(one.plain for one in tokens[at:end]) and _is_called_behind(tokens, end):
                    yield Made(Sense("fill", "", "courtesy"), end + 1 - at)  # `các cháu ơi`
                    continue
                yield Made(Sense("each", kind, f"each_{kind}"), end - at)
                if end < len(tokens) and tokens[end].plain in _ONE and not tokens[end - 1].ends:
                    behind = tokens[end + 1].plain if end + 1 < len(tokens) else ""
                    if behind not in ("ngay", "tuan", "may", "nguoi"):
                        yield Made(Sense("each", kind, f"each_{kind}"), end + 1 - at)


def _is_called_behind(tokens: Sequence[Token], end: int) -> bool:
    return end < len(tokens) and tokens[end].plain in _CALLED and not tokens[end - 1].ends


def _are_called(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether all are only talked to: who begins `các đồng chí cho hỏi`, or ends with them behind what asks."""
    if not any(at + n == end for n in lengths(tokens, at, "called_all")):
        return False
    if at == 0:
        return tokens[end - 1].ends or any(True for _ in lengths(tokens, end, "calling"))
    last = end == len(tokens) or tokens[end - 1].ends
    return last and (tokens[at - 1].plain in _BEFORE_CALLED or tokens[at - 1].ends)


def _which(tokens: Sequence[Token], at: int) -> Iterator[Made]:
    """`những bạn nào`, `còn đứa nào nữa`, `xã nào`."""
    for before in (*lengths(tokens, at, "some"), 0):
        if before and tokens[at + before - 1].ends:
            continue
        for kind in _SEVERAL:
            for length in lengths(tokens, at + before, kind):
                end = at + before + length
                if _is_which(tokens, end):
                    yield Made(Sense("which", kind, f"which_{kind}"), end + 1 - at)


def _best_or_worst(tokens: Sequence[Token], at: int) -> Iterator[Made]:
    """`khoẻ nhất`, `làm đuối nhất`, `cày khoẻ hơn`: what stands before says only how it is done."""
    side = next((n + 1 for n in lengths(tokens, at, "side") if _is_which(tokens, at + n)), 0)
    for before in (*(side + n for n in lengths(tokens, at + side, "doing")), side):
        for name, value in (("better", "first"), ("worse", "last")):
            for length in lengths(tokens, at + before, name):
                end = at + before + length
                behind = tokens[end].plain if end < len(tokens) and not tokens[end - 1].ends else ""
                if behind == "nhat" and not side:
                    yield Made(Sense("rank", value, "ahead" if value == "first" else "behind"), end + 1 - at)
                elif behind == "hon":
                    yield Made(Sense("compare", "", "compare"), end + 1 - at)


def _others(tokens: Sequence[Token], at: int) -> Iterator[Made]:
    """`vẫn chưa thấy số liệu gì`, `tụt hay tăng`, `tính tới thời điểm hiện tại`, `1 em sinh viên 1 ngày`."""
    for first, second, sense in _PAIRS:
        for before in lengths(tokens, at, first):
            between = before
            if first == "turn":
                if at + before >= len(tokens) or tokens[at + before].plain not in _OR:
                    continue
                between += 1
            for length in lengths(tokens, at + between, second):
                end = at + between + length
                end += 1 if end < len(tokens) and tokens[end].plain in _AT_ALL and not tokens[end - 1].ends else 0
                end += 2 if _is_at_no_time(tokens, end) and first == "not" else 0
                yield Made(sense, end - at)
    if tokens[at].plain in _ONE:
        yield from _one_a_day(tokens, at)
    if tokens[at].plain == "phai" or [one.plain for one in tokens[at : at + 2]] == ["can", "lam"]:
        for length in lengths(tokens, at + 1, "doing"):
            yield Made(Sense("measure", "quota", "quota"), 1 + length)
    if tokens[at].plain == "dau":
        yield Made(Sense("fill", "", "where_is_it"), 1, _UNSURE)
    yield from _both(tokens, at)
    yield from _in_time(tokens, at)
    yield from _failing(tokens, at)
    yield from _wanted(tokens, at)


def _is_at_no_time(tokens: Sequence[Token], at: int) -> bool:
    """`chưa báo lần nào`."""
    said = [token.plain for token in tokens[at : at + 2]]
    return not tokens[at - 1].ends and said in (["lan", "nao"], ["hom", "nao"], ["bua", "nao"], ["ngay", "nao"])


def _both(tokens: Sequence[Token], at: int) -> Iterator[Made]:
    """`cả máy cả nhà vắng`, `cho xin cả %`: what is asked for beside something else."""
    if tokens[at].marked != marks_of("cả") and not (tokens[at].plain == "ca" and tokens[at].bare):
        return
    behind = tokens[at + 1].plain if at + 1 < len(tokens) and not tokens[at].ends else ""
    outcome = any(one.sense.kind == "outcome" for one, _ in phrases.starting(tokens, at + 1, accented=False))
    if outcome or behind in ("may", "%", "so", "phan", "ty", "ti"):
        yield Made(Sense("fill", "", "both"), 1, _DOING)


def _one_a_day(tokens: Sequence[Token], at: int) -> Iterator[Made]:
    """`1 em sinh viên 1 ngày`, `mỗi ngày một xã`: each of them, a day."""
    for kind in ("person", "commune"):
        each = Made(Sense("each", kind, f"each_{kind}"), 0, _MADE - _DOING / 2)
        for length in lengths(tokens, at + 1, kind):
            end = at + 1 + length
            end += next(lengths(tokens, end, kind), 0)
            if [token.plain for token in tokens[end : end + 2]] in (["1", "ngay"], ["mot", "ngay"], ["moi", "ngay"]):
                yield replace(each, length=end - at)
            if [token.plain for token in tokens[max(0, at - 2) : at]] in (["moi", "ngay"], ["1", "ngay"]):
                yield replace(each, length=end - at)


def _sequences(tokens: Sequence[Token], at: int) -> Iterator[Made]:
    """Whatever the table of sequences says."""
    for one in _beginning_with().get(tokens[at].plain, ()):
        for end in one.ends(tokens, at):
            yield Made(one.sense, end - at, _SEQUENTIAL, asks=one.asks)


def _counted(tokens: Sequence[Token], at: int) -> Iterator[Made]:
    """`hộ đi vắng`, `trường hợp từ chối`: an outcome with what is counted of it before."""
    for name, outcomes in _COUNTED_OF.items():
        for length in lengths(tokens, at, name):
            if at + length >= len(tokens) or tokens[at + length - 1].ends:
                continue
            # `máy nào bị lỗi`; who among people did is another question
            which = 1 if name != "people" and _is_which(tokens, at + length) else 0
            if which and name == "phones" and any(True for _ in lengths(tokens, at + length + 1, "selves_all")):
                yield Made(Sense("weak", "", "phones"), length + 1, asks=True)  # `máy nào em cài không được`
            for phrase, cost in phrases.starting(tokens, at + length + which, accented=False):
                if phrase.plain[0] == tokens[at].plain or phrase.sense.kind != "outcome":
                    continue  # `máy máy lỗi` is `mấy máy lỗi`
                if not outcomes or phrase.sense.value in outcomes:
                    asks = phrase.asks or which > 0
                    yield Made(phrase.sense, length + which + len(phrase.plain), cost + _OF_NOUN, asks=asks)


def _in_time(tokens: Sequence[Token], at: int) -> Iterator[Made]:
    """`liệu có kịp không`, `đạt chỉ tiêu nổi không`."""
    for before in (*lengths(tokens, at, "may"), 0):
        for length in lengths(tokens, at + before, "finishing"):
            for able in (*lengths(tokens, at + before + length, "able"), 0):
                end = at + before + length + able
                if end < len(tokens) and tokens[end].plain == "khong" and (before or able or length > 1):
                    yield Made(Sense("measure", "finish", "finish"), end + 1 - at)


def _failing(tokens: Sequence[Token], at: int) -> Iterator[Made]:
    """`cài lỗi không được`, `lỗi không kích hoạt nổi`: phones on which it did not work."""
    denied = _past(tokens, at, "error", "installing")
    if denied >= len(tokens) or tokens[denied].plain not in ("khong", "chua", "chang"):
        return
    end = _past(tokens, denied + 1, "installing")
    if end - at > 1:  # more than the word that denies
        for length in lengths(tokens, end, "working"):
            yield Made(Sense("outcome", "failed", "failed"), end + length - at)


def _past(tokens: Sequence[Token], at: int, *names: str) -> int:
    """Where the words of these classes end that stand one behind the other from here on."""
    while (step := next((n for name in names for n in lengths(tokens, at, name)), 0)) > 0:
        at += step
    return at


def _wanted(tokens: Sequence[Token], at: int) -> Iterator[Made]:
    """`bác muốn xem`, `anh đang cần biết`."""
    for who in lengths(tokens, at, "self"):
        for wants in lengths(tokens, at + who, "wanting"):
            yield Made(Sense("request", "", "report_me"), who + wants, _DOING)
            for length in lengths(tokens, at + who + wants, "seeing"):
                yield Made(Sense("request", "", "report_me"), who + wants + length)


def _posted(tokens: Sequence[Token], at: int) -> Iterator[Made]:
    """`dán nhóm`, `để gửi lên zalo`, `cho em trình thầy`: where a picture or a file is to go."""
    plain = [token.plain for token in tokens[at : at + 3]]
    before = next((n for n, said in enumerate(plain) if said not in ("de", "cho", "em", "anh", "toi", "minh", "a")), 0)
    for verb in lengths(tokens, at + before, "posting"):
        behind = at + before + verb
        behind += (
            1 if behind < len(tokens) and tokens[behind].plain in ("len", "vao", "cho", "sang", "qua", "tren") else 0
        )
        for length in lengths(tokens, behind, "channel"):
            yield Made(Sense("fill", "", "to_be_posted"), behind + length - at)


def _is_which(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].plain in _WHICH and not tokens[at - 1].ends
