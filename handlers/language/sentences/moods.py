"""What holds for several clauses: work that goes on, a case that is only asked about, the one home of all."""

from itertools import pairwise

from handlers.language.reading import Outcome
from handlers.language.sentences.clauses import SENTENCE, Clause, Mood
from handlers.language.signs.folding import fold
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort


def settle_moods(clauses: list[Clause]) -> None:
    """Gives clauses the mood that the one before them says they have."""
    _work_goes_on(clauses)
    _busy_now(clauses)
    _ask_all(clauses)
    _ask_the_bot(clauses)


_THERE = ("dang o", "dang di", "dang tren duong")


def _work_goes_on(clauses: list[Clause]) -> None:
    """`đang cày nhà cô Trinh nha, 5 máy lận, chờ xíu`: how many there are to do; without `chờ`, who knows."""
    for i, (one, other) in enumerate(pairwise(clauses)):
        doing = any(item.sort is Sort.DOING and item.plain not in _THERE for item in one.items)
        if one.mood is not Mood.PLANNED or not doing or not one.has(Sort.HOME) or one.ender in SENTENCE:
            continue
        told = other.has(Sort.OUTCOME, Sort.HOME, Sort.HAMLET, Sort.ADDED, Sort.TOTAL)
        if other.mood is not Mood.TOLD or told or not other.has(Sort.NUMBER):
            continue
        if any(clause.mood is Mood.PLANNED and clause.has(Sort.NEED) for clause in clauses[i + 2 : i + 3]):
            other.mood = Mood.PLANNED
        else:
            other.doubtful = True


def _busy_now(clauses: list[Clause]) -> None:
    """`bà Hợi xóm 5 đang bệnh, hẹn em 9h mai`: whoever has no time now is who promises."""
    for one, other in pairwise(clauses):
        busy = one.mood is Mood.PLANNED and one.ender == "," and one.has(Sort.DOING) and one.has(Sort.HOME)
        promise = other.mood is Mood.TOLD and other.outcome(Outcome.REVISIT) and other.line == one.line
        if busy and promise and not other.has(Sort.HOME, Sort.HAMLET):
            other.items = [item for item in one.items if item.sort in (Sort.HOME, Sort.HAMLET)] + other.items


def _ask_all(clauses: list[Clause]) -> None:
    """`Hỏi: dân chưa định danh mức 2, xử lý sao?`: what is asked about happened to nobody."""
    if not clauses or clauses[0].items[0].sort is not Sort.NEED or not clauses[0].has(Sort.COLON):
        return
    if "hoi" not in clauses[0].items[0].plain.split():
        return
    for clause in clauses:
        clause.mood = Mood.ASKED
        if clause.ender in SENTENCE:
            return


def _ask_the_bot(clauses: list[Clause]) -> None:
    """`em được mấy rồi bot`: whoever calls the bot after an open number, or asks of oneself, wants to know it."""
    for clause in clauses:
        many = next((k for k, item in enumerate(clause.items) if item.sort is Sort.MANY), None)
        if many is None or clause.has(Sort.NUMBER, Sort.HOME):
            continue
        if not clause.items[many].plain.startswith("may"):
            continue  # `vắng vài nhà bot ạ` tells
        rest = clause.items[many + 1 :]
        if not all(item.sort in (Sort.FILL, Sort.UNIT) for item in rest):
            continue
        if any(item.plain == "bot" for item in rest) or (len(clauses) == 1 and _asks_of_oneself(clause, rest)):
            clause.mood = Mood.ASKED


_OF_ONESELF = frozenset({"em", "e", "minh", "toi", "tui", "tao", "to", "t", "m"})


def _asks_of_oneself(clause: Clause, rest: list[Item]) -> bool:
    """`hôm nay em được mấy máy rồi`, without a sign: nobody tells so of themselves."""
    called = 2 if [item.plain for item in clause.items[:2]] in (["ban", "oi"], ["bot", "oi"]) else 0
    first = clause.items[called] if called < len(clause.items) else clause.items[0]
    own = first.sort is Sort.FILL and first.plain in _OF_ONESELF
    today = clause.items[0].sort in (Sort.WHEN, Sort.TOTAL)
    return (own or today) and not clause.has(Sort.HAMLET) and any(item.plain in ("roi", "nhi", "ha") for item in rest)


def home_of_all(told: list[Clause]) -> str | None:
    """`nhà cô Phượng 4 người, em kích hoạt được 3`: the only home that is named, with a count at it or without."""
    clauses = [clause for clause in told if not clause.has(Sort.PARTLY)]  # `trong đó 1 máy ông Hai` is a part
    homes = (item for clause in clauses for item in clause.items if item.sort is Sort.HOME and not item.kin)
    names = {fold(item.name): item.name for item in homes}
    return next(iter(names.values())) if len(names) == 1 else None
