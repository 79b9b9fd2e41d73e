"""Whether rules explain every word of a message: then what they count needs no second reader.

The second reader doubts what it has seldom seen. Where each word is a number, its outcome, a home, a hamlet or
courtesy, and each number and each home is counted once, there is nothing that it could know better.
"""

from handlers.language.counts.outcomes import complains
from handlers.language.counts.tally import Count, Tally, is_implied
from handlers.language.people.members import is_member, tells_members
from handlers.language.people.relatives import TITLES
from handlers.language.reading import Outcome
from handlers.language.sentences.clauses import SENTENCE, Clause, Mood
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit
from handlers.language.words.vocabulary import words_of

_WORK = frozenset({Sort.NUMBER, Sort.OUTCOME, Sort.HOME, Sort.HAMLET, Sort.UNIT, Sort.MANY, Sort.NOT, Sort.UNDONE})
_TOLD = frozenset(
    {
        Sort.NUMBER,
        Sort.OUTCOME,
        Sort.HAMLET,
        Sort.HOME,
        Sort.COLON,
        Sort.WHEN,
        Sort.TOTAL,
        Sort.REPORT,
        Sort.CARRY,
        Sort.GOAL,
        Sort.ALL,
        Sort.EACH,
        Sort.LEFT,
        Sort.ADDED,
        Sort.EXCEPT,
    }
)
_COUNTING = frozenset({Sort.NUMBER, Sort.OUTCOME, Sort.MANY, Sort.UNDONE, Sort.CARRY})
_ASIDE = frozenset({Sort.FILL, Sort.NEVER, Sort.TARGET, Sort.TOPIC, Sort.UNKNOWN, Sort.PLAN, Sort.WHEN, Sort.COLON}) | {
    Sort.TOTAL,
    Sort.REPORT,
}
# Words that leave no doubt about what stands beside them: courtesy, and what links a home to what is told of it.
_SAYS_NOTHING = words_of(
    """em e a da o bot hehe hihi chao gui nghe nhe nghen nha hi kinh thua oi ha vang anh chi thay bao cao xin bc hen
    nham do cam on goi dien r roi co thi cua cho luon duoc"""
)
_AT_ONE_GO = (" leo", " mach", " luot", " hoi", " loat")  # `làm một lèo`
# How a telling goes on.
_TELLING = frozenset(
    {"toi", "luc dau", "ban dau", "thu lai", "sau thu lai", "lai", "thi", "nen", "trong nam nen", "di lam cong nhan"}
    | {"ly do la", "sau do", "cuoi cung", "khac phuc", "da khac phuc", "da khac phuc xong"}
)
_OF_A_HOME = (
    "so ",
    "nha so ",
    "ngo ",
    "ngach ",
    "hem ",
    "tang ",
    "sn ",
    "lan thu ",
    "pin ",
    "trong ",
)  # its door, its age
_SETTLED = frozenset(
    {"share", "sum_once", "carried_before", "last_word", "last_word_of_person", "told_in_full", "couple_told_twice"}
    | {"effect_of_cause"}
)  # rules that leave a number out by law
_UNDERSTOOD = frozenset(
    {
        "whole_again",
        "people_share",
        "too_young",
        "comes_round",
        "last_word",
        "this_year",
        "no_more",
        "company",
        "told_one_by_one",
        "told_in_parts",
        "says_why",
        "done_by_whom",
        "given",
        "not_let_go",
        "feared",
        "echoed",
        "told_by_title",
    }
)  # what they made aside is understood
_LEAVE_OUT = frozenset({"sum_once", "last_word"})
_SIGNS_THAT_TELL = frozenset("?()[]{}#@/*\"'&=<>~^_→")
_JOINING = frozenset({"va", "voi", "con"})
_SPOUSE = frozenset({"vo", "chong"})
_WEAK = frozenset({"cai", "lam"})  # without a number perhaps no more than a verb
_DENIED = frozenset({Outcome.REFUSED, Outcome.ABSENT, Outcome.NO_CARD, Outcome.NO_PHONE})  # `không chịu đâu`
_ONE_BY_ONE = frozenset({Outcome.ABSENT, Outcome.REVISIT})


def explained(clauses: list[Clause], tally: Tally) -> bool:
    """Whether nothing is left of a message that was counted without a doubt."""
    if not _SETTLED.issuperset(tally.applied) or not all(_is_sound(c) for c in tally.counts) or _told_twice(tally):
        return False
    before: Clause | None = None
    members = False
    for clause in clauses:
        members = tells_members(clause.items) or (members and before is not None and before.line == clause.line)
        idle = _is_aside(clause, before) or _is_planned(clause) or _is_left(clause) or _tells_whose(tally, clause)
        if not _joins(clause.ender) or not (idle or _is_told(tally, clause, members=members)):
            return False
        before = clause
    return True


def only_children(clauses: list[Clause], tally: Tally) -> bool:
    """Whether nothing is told but of children who are too young: that is no work."""
    young = any(item.rule == "too_young" for clause in clauses for item in clause.items)
    return young and not tally.counts and not any(clause.has(*_COUNTING) for clause in clauses)


_RESOLVED = words_of("phan co quyet")  # `phấn đấu`, `cố gắng`, `quyết tâm`
_TRIES = frozenset({"lam", "cai", "cai dat", "kich hoat"})
_OF_THE_APP = frozenset({"vneid", "app", "mang", "he thong", "wifi"})


def only_talk(clauses: list[Clause], tally: Tally) -> bool:
    """`tối nay quyết tâm làm 10 máy nhé`, `vneid lỗi mãi`: a resolution, a complaint, and no other word of work."""
    if tally.counts or tally.doubts or not clauses:
        return False
    if any(item.rule in ("not_let_go", "first_a_bath") for clause in clauses for item in clause.items):
        return not any(clause.has(*_COUNTING) for clause in clauses)
    talk = [c for c in clauses if _is_on_the_way(c) or _is_resolved(c) or _is_complaint(c)]
    return bool(talk) and all(_is_aside(c, None) for c in clauses if c not in talk)


def _is_on_the_way(clause: Clause) -> bool:
    """`vừa dắt xe vào đầu thôn 5`: with the bicycle, and with nobody who is helped to the office."""
    rides = any(item.plain.startswith(("dat xe", "dung xe")) for item in clause.items)
    return rides and all(item.sort in _ASIDE | {Sort.HAMLET, Sort.ADDED} for item in clause.items)


def _is_resolved(clause: Clause) -> bool:
    items = [item for item in clause.items if item.sort is not Sort.FILL]
    at = next((k for k, i in enumerate(items) if i.sort is Sort.PLAN and i.plain.split()[0] in _RESOLVED), None)
    if at is None or clause.mood is not Mood.PLANNED or any(i.sort is not Sort.WHEN for i in items[:at]):
        return False
    rest = [item for item in items[at + 1 :] if item.sort not in (Sort.WHEN, Sort.HAMLET)]
    return all(i.sort is Sort.NUMBER or (i.sort is Sort.OUTCOME and i.plain in _TRIES) for i in rest)


def _is_complaint(clause: Clause) -> bool:
    items = [item for item in clause.items if item.sort is not Sort.WHEN]
    failed = [item for item in items if item.sort is Sort.OUTCOME]
    return (
        len(failed) == 1
        and failed[0].outcome is Outcome.FAILED
        and items[0].plain in _OF_THE_APP
        and complains(failed[0], clause)
        and all(item.sort in (Sort.FILL, Sort.OUTCOME, Sort.TOPIC) for item in items)
    )


def _joins(ender: str) -> bool:
    return ender in _JOINING or not (ender.isalpha() or ender in _SIGNS_THAT_TELL)


def _is_aside(clause: Clause, before: Clause | None) -> bool:
    """`Trời mưa to quá.`, `Vui lắm ạ`: before the work or after its sentence, and no word of work in it."""
    apart = before is None or before.ender in SENTENCE or not (before.ender.isascii() or before.ender.isalpha())
    return apart and not clause.has(*_WORK) and all(item.sort in _ASIDE for item in clause.items)


def _is_planned(clause: Clause) -> bool:
    """`mai em đi xóm 6`: nothing of it can have happened."""
    target = clause.has(Sort.TARGET)
    said = (Sort.OUTCOME, Sort.HOME, Sort.UNDONE, Sort.MANY, Sort.COLON)
    phones = any(item.unit is Unit.PHONE for item in clause.items)
    return clause.mood is Mood.PLANNED and not clause.has(*said) and (target or not phones)


def _tells_whose(tally: Tally, clause: Clause) -> bool:
    """`được 2 máy, của bà với của cô con gái`: whose the phones are that were counted."""
    told = bool(tally.counts) and clause.mood is Mood.TOLD and len(clause.items) > 1
    return told and clause.items[0].plain == "cua" and all(item.sort in (Sort.FILL, Sort.HOME) for item in clause.items)


def _is_left(clause: Clause) -> bool:
    """`còn 8 nhà chưa đi`: nothing of it happened, either."""
    items = [item for item in clause.items if item.sort is not Sort.FILL]
    if len(items) < 2 or items[0].sort is not Sort.LEFT or items[1].sort is not Sort.NUMBER:
        return False
    return items[1].unit is Unit.HOME and all(item.sort in (Sort.NOT, Sort.UNDONE) for item in items[2:])


def _is_told(tally: Tally, clause: Clause, *, members: bool) -> bool:
    if clause.mood is not Mood.TOLD or (clause.ender == "." and all(i.sort is Sort.HOME for i in clause.items)):
        return False
    before: Item | None = None
    for i, item in enumerate(clause.items):
        member = members and is_member(item) and (item.sort is Sort.HOME or (before and before.sort is Sort.COLON))
        if not (_is_plain(item, before) or member or _leads_on(item, clause.items[i + 1 :])):
            return False
        if item.sort is Sort.NUMBER and not _is_number(tally, clause, i, before):
            return False
        if item.when is not None and item.when.date and before is not None and not clause.outcome(Outcome.REVISIT):
            return False  # `nhà bác Nguyệt dc 5/7`: five of seven?
        missing = item.kin and before is not None and before.sort is Sort.EXCEPT  # `trừ cụ ông đi viện`
        headed = member and before is not None and before.sort is Sort.COLON  # counted under the home named before
        clear = headed or ((member or _is_clear(item, before)) and _is_counted(tally, item))
        if item.sort is Sort.HOME and not missing and not clear:
            return False
        before = item if item.sort is not Sort.FILL else before
    return True


def _is_number(tally: Tally, clause: Clause, i: int, before: Item | None) -> bool:
    """Whether a number is counted once and of what stands beside it, or never."""
    item, kin = clause.items[i], before is not None and before.sort is Sort.HOME and before.kin
    following = clause.items[i + 1] if i + 1 < len(clause.items) else None
    if (kin and item.unit is Unit.PERSON) or (item.whole and not clause.has(Sort.HOME)):
        return False  # `mẹ chồng hai chị`; `hai bác với anh con trai, xong cả 3`
    if "dua" in item.plain.split():
        return False  # `hai đứa con bà Tám`: grown up, or too young for a card?
    if item.unit is Unit.NONE and before is None and following is not None and following.sort is Sort.HOME:
        return False  # `một nhà ba kiểu`
    return _counts(tally, item) or _size_or_left(clause.items[:i], item)


def _is_plain(item: Item, before: Item | None) -> bool:
    """Whether no other meaning of it comes to mind."""
    if item.sort is Sort.FILL:
        courteous = _SAYS_NOTHING.issuperset(item.plain.split()) or not item.plain[0].isalpha()
        courteous = courteous or (item.plain == "dau" and before is not None and before.outcome in _DENIED)
        courteous = courteous or (before is not None and before.sort is Sort.CARRY and item.plain in TITLES)
        courteous = courteous or (before is not None and before.sort is Sort.COLON and item.plain in TITLES)
        courteous = courteous or item.plain in _TELLING or item.plain.endswith(_AT_ONE_GO)
        return courteous or item.rule in _UNDERSTOOD
    failed = before is not None and before.outcome is Outcome.FAILED
    if (item.sort is Sort.TOPIC and failed) or (item.sort is Sort.UNDONE and before is not None and _hinders(before)):
        return True  # `bị lỗi otp`, `căn cước bị mất nên chưa làm`
    if item.sort is Sort.UNIT and item.plain in ("may", "dt", "dien thoai"):
        return before is not None and before.sort is Sort.HOME  # `nhà Lâm máy lỗi`
    if item.sort is Sort.NEVER and item.rule not in _UNDERSTOOD:
        in_list = before is None and item.plain[-1] in ").-/"
        return in_list or item.plain.startswith(_OF_A_HOME) or item.plain.endswith("tuoi")
    return item.sort in _TOLD or item.rule in _UNDERSTOOD


def _hinders(item: Item) -> bool:
    return item.outcome in (Outcome.NO_CARD, Outcome.NO_PHONE)


def _leads_on(item: Item, following: list[Item]) -> bool:
    """`qua xóm 7`, `sang khu 3`, `đi 9 nhà`: where the sender went; `bác hẹn 20h mai`: who promised."""
    if item.sort is Sort.TOPIC:  # `mã mãi không về`
        return any(after.outcome is Outcome.FAILED for after in following[:3])
    if following and item.plain in ("cung", "o") and item.sort is Sort.FILL:
        return following[-1].sort is Sort.HAMLET or any(after.sort is Sort.HAMLET for after in following[:2])
    if following and item.plain.startswith("di ") and following[0].plain == "ve":
        return True  # `ông Kỷ đi ăn giỗ về`
    if following and item.sort is Sort.UNIT and item.unit is Unit.PERSON:
        return following[0].outcome is Outcome.REVISIT
    if item.plain == "ve":
        return all(after.sort is Sort.FILL for after in following)  # `cô Niên về rồi, …`
    if not following or item.sort not in (Sort.FILL, Sort.BUT_THIS):
        return False
    if item.plain == "di":
        return following[0].sort is Sort.NUMBER and following[0].unit is Unit.HOME
    return item.plain in ("qua", "sang") and following[0].sort is Sort.HAMLET


def _counts(tally: Tally, number: Item) -> bool:
    if not _LEAVE_OUT.isdisjoint(tally.applied):
        return True
    return any(piece.item is number for c in tally.counts for piece in c.pieces)


def _size_or_left(before: list[Item], number: Item) -> bool:
    """`nhà bà Hằng 4 người, được 1`, `còn 8 nhà nữa`, `mỗi nhà 2 máy`, `đi 9 nhà`: none of its own (rules 4, 6, 22)."""
    if before and before[-1].plain == "di":
        return number.unit is Unit.HOME
    told = [item for item in before if item.sort is not Sort.FILL]
    last = told[-1].sort if told else None
    if last is Sort.LEFT:
        return number.unit is Unit.HOME
    if last is Sort.EACH:
        return True
    return last is Sort.HOME and number.unit in (Unit.PERSON, Unit.MEMBER)


def _is_clear(home: Item, before: Item | None) -> bool:
    """Whether it is one home: a name or a number follows `nhà` and the form of address."""
    words = home.plain.split()
    called = home.rule == "listed_by_name" or home.plain in _SPOUSE
    called = called or _by_its_name(home)
    named = home.number or called or len(words) - (words[0] in ("nha", "ho")) > 1
    apart = before is None or before.sort is not Sort.HOME or home.first > before.last  # `cô Hằng với chị Nhài`
    return named and "vo chong" not in home.plain and apart


def _by_its_name(home: Item) -> bool:
    """`nhà Lâm`: a name by its capital and its marks."""
    name = home.name.split()[-1:]
    return bool(name) and len(home.plain.split()) > 1 and name[0].istitle() and not name[0].isascii()


def _is_counted(tally: Tally, home: Item) -> bool:
    return home in tally.named or "share" in tally.applied or any(home in c.homes for c in tally.counts)


def _is_sound(c: Count) -> bool:
    """Whether what was counted is of its outcome's kind."""
    for piece in c.pieces:
        item = piece.item
        if item.sort is Sort.OUTCOME and item.plain.startswith("no "):
            return False  # `nhà dượng Nỡ được 1 máy`, `nỏ được`
        if c.outcome is Outcome.ACTIVATED and item.sort is Sort.OUTCOME and item.plain in _WEAK:
            return False  # `cửa đóng then cài`
        if item.sort is not Sort.NUMBER:
            continue
        if c.outcome is Outcome.ACTIVATED and item.unit is Unit.HOME:
            return False
        if c.outcome in _ONE_BY_ONE and c.homes and item.unit is not Unit.HOME and piece.n > 1:
            return False
    return True


def _told_twice(tally: Tally) -> bool:
    """Whether one home has the same outcome from two clauses: another phone, or said again?"""
    seen: dict[tuple[int, Outcome], Count] = {}
    for c in tally.counts:
        before = seen.setdefault((c.scope, c.outcome), c)
        number = c.pieces[0].item
        again = is_implied(before) or number.unit is not Unit.PHONE or number.whole  # `nhà đối diện được, thêm ba máy`
        if before.clause is not c.clause and again and not tally.applied:
            return True
    return False
