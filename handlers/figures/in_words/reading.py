"""What a question in words asks: a pure function of its text, the names that may stand in it, and the work day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers.figures.in_words.beside.again import named_again
from handlers.figures.in_words.beside.asides import asked_part, ended
from handlers.figures.in_words.beside.retold import retold
from handlers.figures.in_words.composing.composed import composed, is_firm, is_of_numbers
from handlers.figures.in_words.composing.parts import Parts, Unclear
from handlers.figures.in_words.meaning import Asked, Known, Names, NotUnderstood
from handlers.figures.in_words.mended import mended
from handlers.figures.in_words.parsing import Item, Parser
from handlers.figures.in_words.phrases import Sense
from handlers.figures.in_words.tokens import MOST, Token, marks_of, tokens_of

_FILES = frozenset({"excel", "exel", "xlsx", "file", "word", "docx", "chart"})  # `ảnh` is `anh ấy` in the south
_NUMBER = Sense("weak", "", "phones")
_LONGEST = 60  # characters that are said back


def read(text: str, names: Names, today: date) -> Asked | NotUnderstood | None:
    """What is asked of numbers; what of it was not understood; None where nothing is asked.

    Every word has to be accounted for: as a measure, a period, a name, or one that says nothing. So an answer is never
    one to another question. What is no word at all is read again as what it was meant to be.
    """
    typed = tokens_of(text)
    found = _read(text, typed, names, today)
    if not isinstance(found, NotUnderstood) or len(typed) > MOST:
        return found
    meant = mended(typed, found.spans, names)
    again = _read(text, meant, names, today) if meant != typed else None
    return again if again is not None else found


def _read(text: str, typed: Sequence[Token], names: Names, today: date) -> Asked | NotUnderstood | None:
    tokens = _together(_named_most(_with_first(ended(named_again(list(typed))))))
    if not tokens or len(tokens) > MOST:
        return None
    parser = Parser(names, today)
    items = retold(tokens, parser.items(tokens))
    items = asked_part(tokens, items, tomorrow=today.toordinal() + 1)
    firm = is_firm(items) or "?" in text
    words = [" ".join(token.plain for token in tokens[item.start : item.end]) for item in items]
    try:
        return _composed(items, words, names, today, firm=firm)
    except Unclear as unclear:
        said = _words(text, tokens, items, unclear.items)
        near = unclear.near or _near(parser, tokens, unclear.items)
        named = any(item.kind in ("commune", "hamlet", "person") for item in items)
        place = any(item.kind == "commune" for item in items)
        dated = any(item.kind == "period" for item in items)
        counts = any(item.sense is not None and (item.sense.rule == "how_many" or _counts(item)) for item in items)
        asks = is_of_numbers(items) or (firm and (named or bool(near)))
        unknown = sum(item.end - item.start for item in unclear.items)
        compared = place and any(item.kind == "compare" for item in items)
        beyond = any(item.kind == "beyond" for item in items) or (unknown * 2 > len(tokens) and not compared)
        file = not _FILES.isdisjoint(" ".join(words).split())
        return NotUnderstood(
            said,
            near,
            beyond=any(item.kind == "beyond" for item in items),
            talk=beyond or not asks,
            firm=firm or named or dated,
            asks=is_firm(items),
            counts=counts,
            place=place,
            file=file,
            communes=_communes(items) if compared or counts else (),
            spans=tuple(
                (tokens[at].start, tokens[at].end) for item in unclear.items for at in range(item.start, item.end)
            ),
        )


def _counts(item: Item) -> bool:
    """`bao nhiêu nhà vắng`, `được 60 chưa`."""
    return item.asks and item.kind in ("outcome", "ask") and item.sense is not None and item.sense.value != "whether"


_NOUNS = frozenset({"xa", "xom", "thon", "ngay", "hoc vien", "don vi", "hv"})
_MOST = frozenset("cao thap nhieu it nhanh cham tot kem yeu te bet xa gan hay".split())  # noqa: SIM905
_ONE_OF_MANY = frozenset("cac nhung tung moi may theo top ca hai ba bon nam ngay mot moi nao gi toan tat so".split())  # noqa: SIM905


def _named_most(tokens: list[Token]) -> list[Token]:
    """The words, with `nào` where it is left out: `xã nhiều nhà vắng nhất`, `ngày cao nhất`; `hay … nhất` is often."""
    for at, token in enumerate(tokens):
        noun = token.plain in _NOUNS and token.bare == (token.marked == token.plain)
        many = at > 0 and not tokens[at - 1].ends and _is_of_many(tokens[at - 1])
        many = many or any(one.plain in ("nao", "ai") for one in tokens[:at])
        start = at + 1 + (tokens[at + 1 : at + 2] != [] and tokens[at + 1].plain in ("co", "dat", "duoc", "bi", "lam"))
        if not noun or many or token.ends or not tokens[start : start + 1] or tokens[start].plain not in _MOST:
            continue
        end = next((n for n in range(start + 1, min(start + 5, len(tokens))) if tokens[n].plain == "nhat"), 0)
        if end and not any(one.ends or one.plain in ("nao", "hon") for one in tokens[at:end]):
            which = replace(token, typed="nào", marked=marks_of("nào"), plain="nao", bare=False, capital=False)
            return [*tokens[: at + 1], which, *tokens[at + 1 :]]
    return tokens


def _with_first(tokens: list[Token]) -> list[Token]:
    """The words without those that only go on counting: `ai nhiều máy nhất, nhì, ba`."""
    for at, token in enumerate(tokens[:-1]):
        if token.plain == "nhat" and tokens[at + 1].plain == "nhi":
            end = at + 2
            while end < len(tokens) and tokens[end].plain in ("ba", "3", "tu", "va"):
                end += 1
            return [*tokens[:at], replace(token, ends=tokens[end - 1].ends), *tokens[end:]]
    return tokens


def _is_of_many(before: Token) -> bool:
    return before.plain in _ONE_OF_MANY or before.plain.isdigit()


def _together(tokens: list[Token]) -> list[Token]:
    """The words with `nhiều … nhất`, `nhiều … hơn` beside each other: `xóm nào nhiều nhà vắng nhất`."""
    for at, token in enumerate(tokens):
        often = token.plain == "hay" and at > 0 and tokens[at - 1].plain in ("nao", "ai")
        if (token.plain in ("nhieu", "it") or often) and not token.ends:
            for end in range(at + 2, min(at + 5, len(tokens))):
                if tokens[end - 1].ends or tokens[end].plain in ("nao", "ai"):
                    break
                if tokens[end].plain in ("nhat", "hon") and tokens[end - 1].plain != "chu":
                    first = replace(token, marked=marks_of("nhiều"), plain="nhieu", bare=False) if often else token
                    moved = [first, replace(tokens[end], ends=False), *tokens[at + 1 : end], *tokens[end + 1 :]]
                    moved[end - at] = replace(moved[end - at], ends=tokens[end].ends)
                    return [*tokens[:at], *moved]
    return tokens


def _composed(items: Sequence[Item], words: Sequence[str], names: Names, today: date, *, firm: bool) -> Asked | None:
    """What the items ask; where that is not clear, with `so` for `số`, which is typed so on many phones."""
    try:
        return composed(Parts(items, words, names, today), firm=firm)
    except Unclear:
        numbers = [
            replace(item, sense=_NUMBER) if item.kind == "compare" and said == "so" else item
            for item, said in zip(items, words, strict=True)
        ]
        if numbers == list(items):
            raise
        return composed(Parts(numbers, words, names, today), firm=firm)


def _communes(items: Sequence[Item]) -> tuple[int, ...]:
    """Rows of the communes that are named."""
    return tuple(item.names[0].id for item in items if item.kind == "commune" and len(item.names) == 1)


def _words(text: str, tokens: Sequence[Token], items: Sequence[Item], unknown: Sequence[Item]) -> str:
    """The words that were not understood, as they were typed; as one where only courtesies stand between them."""
    pieces: list[tuple[int, int]] = []
    for item in sorted(unknown, key=lambda one: one.start):
        between = [one for one in items if pieces and pieces[-1][1] <= one.start < item.start]
        if pieces and all(one.kind == "fill" for one in between):
            pieces[-1] = (pieces[-1][0], item.end)
        else:
            pieces.append((item.start, item.end))
    said = [text[tokens[start].start : tokens[_whole_name(tokens, start, end) - 1].end] for start, end in pieces]
    return ", ".join(said)[:_LONGEST]


def _whole_name(tokens: Sequence[Token], start: int, end: int) -> int:
    """Where a name ends of which only the beginning was not known: `Đông Anh`."""
    while end < len(tokens) and tokens[start].capital and tokens[end].capital and not tokens[end - 1].ends:
        end += 1
    return end


def _near(parser: Parser, tokens: Sequence[Token], items: Sequence[Item]) -> tuple[Known, ...]:
    unknown = [tokens[at] for item in items if not item.kind for at in range(item.start, item.end)]
    return parser.lookup.near(unknown)
