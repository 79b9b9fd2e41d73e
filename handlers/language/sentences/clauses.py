"""From items to clauses, and what each clause is: told, planned or asked (rule 13)."""

from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import ClassVar

from handlers.language.pieces.going_on import is_busy, is_over, wonders
from handlers.language.reading import Outcome
from handlers.language.sentences.cutting import begins_anew, is_comma, is_link, lists_on, others_left
from handlers.language.sentences.heads import spread
from handlers.language.where_and_when.days import dated
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Symbol, Unit
from handlers.language.words.vocabulary import POLITE, words_of
from handlers.language.words.words import Words


class Mood(Symbol):
    """Only what is told counts."""

    TOLD: ClassVar["Mood"]
    PLANNED: ClassVar["Mood"]  # plans, requests, work under way, what is left
    ASKED: ClassVar["Mood"]


@dataclass(slots=True, eq=False)
class Clause:
    """A stretch of items between two breaks. `line` numbers the lines of the message."""

    items: list[Item]
    ender: str
    line: int
    mood: Mood = Mood.TOLD
    denied: list[Item] = field(default_factory=list)  # what a correction says was not so
    doubtful: bool = False  # told or asked, nobody knows
    _sorts: frozenset[Sort] | None = None  # of its items, where these change no more

    def settle(self) -> None:
        """Its items change no more."""
        self._sorts = frozenset([item.sort for item in self.items])

    def has(self, *sorts: Sort) -> bool:
        if self._sorts is not None:
            return not self._sorts.isdisjoint(sorts)
        for item in self.items:  # noqa: SIM110 - asked so often that the generator of any() shows in the profile
            if item.sort in sorts:
                return True
        return False

    def outcome(self, outcome: Outcome) -> bool:
        return any(item.outcome is outcome and item.sort is Sort.OUTCOME for item in self.items)


_WORK = frozenset({Sort.NUMBER, Sort.OUTCOME, Sort.MANY})
SENTENCE = frozenset({".", "!", "?", "\n", ";"})
_TIME_FILL = frozenset({"luc", "vao", "ngay", "hom", "tam", "khoang", "tu", "den"})
_SURE_PLAN = words_of(
    """se dinh du kien ke hoach muc tieu phan dau neu hy vong hi khi nao bao gio tuan sau thang hom"""
)


def clauses_of(words: Words, items: list[Item], today: date) -> list[Clause]:
    """The clauses of a message in order, each with its mood."""
    split = _split(_join_times(items))
    spread([(clause.items, clause.line) for clause in split])
    clauses: list[Clause] = []
    for clause in split:
        for piece in _split_plan(clause, today):
            _promise(piece, clauses[-1] if clauses else None)
            piece.mood = _mood(piece, today)
            clauses.append(piece)
    _went_back(clauses)
    _plans_go_on(clauses, today)
    _doubt_questions(clauses)
    return clauses


_HEADS = ("ke hoach", "phan cong", "chi tieu", "lich", "nhiem vu", "luu y", "yeu cau", "de nghi")
_GOALS = frozenset({"lam", "cai", "di", "kich hoat"})


def _plans_go_on(clauses: list[Clause], today: date) -> None:
    """`tối mai em đi xóm 2, làm 10 nhà`, `Kế hoạch 26/5: khu 1 làm 20 nhà, …`: a plan holds for what follows."""
    headed = bool(clauses) and _is_headed(clauses[0], today)
    if headed:
        for clause in clauses:
            clause.mood = Mood.PLANNED if clause is clauses[0] or not _tells_done(clause) else clause.mood
    all_asked = False
    for one, other in pairwise(clauses):
        whoever = any(i.sort is Sort.NEED and i.plain.split()[0] == "ai" for i in one.items)
        all_asked = (whoever or all_asked) and one.ender == "," and one.mood is not Mood.TOLD
        asks = all_asked and not other.has(Sort.NUMBER)
        if one.mood is not Mood.TOLD and asks and one.ender == ",":
            other.mood = Mood.PLANNED  # `ai quên báo thì báo nốt, kèm số nhà khóa cửa`
        if one.mood is not Mood.PLANNED or other.mood is not Mood.TOLD:
            continue
        future = headed or any(_is_future(item, today) for item in one.items)
        goes_on = headed or (one.ender not in SENTENCE and other.ender not in ("va", "voi"))
        if future and goes_on and not _tells_done(other):
            other.mood = Mood.PLANNED


def _is_headed(clause: Clause, today: date) -> bool:
    """`Kế hoạch 26/5: …`, `Mai: x3, x4`; no head stands after the colon (`em báo cáo: chỉ tiêu 15 máy, mới được 6`)."""
    if not clause.has(Sort.COLON):
        return False
    heads = [
        i for i, item in enumerate(clause.items) if item.plain.startswith(_HEADS) or (not i and _is_future(item, today))
    ]
    return bool(heads) and any(item.sort is Sort.COLON for item in clause.items[heads[0] :])


def _tells_done(clause: Clause) -> bool:
    """Whether something is said to have happened, and not only to be done."""
    if clause.has(Sort.ADDED, Sort.TOTAL, Sort.NOTHING):
        return True
    return any(item.sort is Sort.OUTCOME and item.plain not in _GOALS for item in clause.items) or (
        any(item.sort is Sort.NUMBER and item.unit is Unit.PHONE for item in clause.items)
    )


def _join_times(items: list[Item]) -> list[Item]:
    """`19h` + `tối` + `mai` become one moment; words such as `lúc` or `khoảng` between them vanish."""
    out: list[Item] = []
    for item in items:
        if item.sort is Sort.WHEN:
            while out and out[-1].sort in (Sort.VAGUE, Sort.FILL) and _before_time(out[-1], item):
                out.pop()
            before = out[-1] if out else None
            if before is not None and before.when is not None and item.when is not None:
                both = before.when.joined(item.when)
                if both is not None:
                    out[-1] = replace(before, when=both, last=item.last, end=item.end)
                    continue
        elif item.sort is Sort.NEVER and out and out[-1].sort is Sort.VAGUE:
            out.pop()  # `khoảng 60 tuổi`, `tầm 5 phút`: nothing that is counted
        out.append(item)
    return out


def _before_time(item: Item, time: Item) -> bool:
    """Words that belong to a time: `lúc 19h`, `hơn 9h`."""
    clock = time.when is not None and time.when.clock is not None
    return item.plain in _TIME_FILL or (clock and item.plain in ("hon", "gan"))


def _split(items: list[Item]) -> list[Clause]:
    clauses, current, line = list[Clause](), list[Item](), 0
    for i, item in enumerate(items):
        following = items[i + 1] if i + 1 < len(items) else None
        if is_comma(item) and following is not None and following.sort is Sort.EXCEPT:
            continue  # `nhà 5 người xong hết, trừ 1 cụ đi vắng`
        if item.sort is Sort.BREAK and not lists_on(items, i, current):
            clauses.append(Clause(current, item.plain, line))
            current, line = [], line + (item.plain == "\n")
        elif (is_link(item, following, current) or others_left(items, i, current)) and not lists_on(items, i, current):
            clauses.append(Clause(current, item.plain, line))
            current = []
        elif item.sort not in (Sort.BREAK, Sort.LINK) or not is_comma(item):
            if current and begins_anew(items, i, current):
                clauses.append(Clause(current, ",", line))
                current = []
            current.append(item)
    clauses.append(Clause(current, "", line))
    return _without_empty(clauses)


def _without_empty(clauses: list[Clause]) -> list[Clause]:
    """Clauses with items; the sign of an empty one (`ạ??`) goes to the clause before."""
    kept: list[Clause] = []
    for clause in clauses:
        if clause.items:
            kept.append(clause)
        elif kept and clause.ender in SENTENCE and (clause.ender == "?" or kept[-1].ender not in SENTENCE):
            kept[-1].ender = clause.ender
    return kept


def _split_plan(clause: Clause, today: date) -> list[Clause]:
    """Cuts off a plan that follows a report without any sign (`xóm 4 được 3 mai em đi xóm 5`)."""
    if clause.outcome(Outcome.REVISIT) or clause.has(Sort.RETURN):
        return [clause]
    done = False
    for i, item in enumerate(clause.items):
        if done and _plans(item, today) and i + 1 < len(clause.items) and not _ends_with_weekday(clause.items[i:]):
            first = i - 1 if i and clause.items[i - 1].plain in ("em", "minh", "toi") else i
            told = Clause(clause.items[:first], ",", clause.line)
            told.doubtful = _is_subject(clause.items, i)
            return [told, Clause(clause.items[first:], clause.ender, clause.line)]
        done = done or (item.sort is Sort.NUMBER and item.unit in (Unit.PHONE, Unit.NONE, Unit.PERSON))
        done = done or (item.sort is Sort.OUTCOME and item.outcome is not Outcome.ACTIVATED)
    return [clause]


def _is_subject(items: list[Item], i: int) -> bool:
    """`2 người đang chờ mã`, `2 người mai làm`: who they are that do it, and not what was done."""
    before = items[i - 1]
    if before.sort is not Sort.NUMBER or any(item.sort is Sort.OUTCOME for item in items[:i]):
        return False
    return before.unit is Unit.PERSON or (before.unit is Unit.PHONE and items[i].sort is Sort.DOING)


def _ends_with_weekday(items: list[Item]) -> bool:
    """`được 5 máy hôm thứ 6 ạ`: the day of that work rather than a plan."""
    when = items[0].when
    return when is not None and when.weekday is not None and all(item.sort is Sort.FILL for item in items[1:])


def _plans(item: Item, today: date) -> bool:
    if item.sort is Sort.WHEN and item.when is not None:
        return _is_future(item, today)
    return item.sort in (Sort.PLAN, Sort.DOING, Sort.LEFT)


def _is_future(item: Item, today: date) -> bool:
    when = item.when
    if when is None:
        return False
    if when.date is not None:
        past, to_come = dated(when.date, today, past=True), dated(when.date, today, past=False)
        return to_come is not None and (past is None or (to_come - today) < (today - past))
    return when.future


_NOBODY_YET = (Outcome.ABSENT, Outcome.REFUSED, Outcome.FAILED)


def _promise(clause: Clause, before: Clause | None) -> None:
    """`quay lại` is a promise where a time and a home stand beside it (rule 14), else a mere going back."""
    if not clause.has(Sort.RETURN):
        return
    timed = any(
        i.when is not None and (i.when.future or i.when.clock or i.when.part or i.when.date) for i in clause.items
    )
    told = any(i.sort is Sort.HOME or (i.sort is Sort.NUMBER and i.unit is Unit.HOME) for i in clause.items)
    if before is not None and before.has(Sort.HOME) and before.line == clause.line:
        told = told or any(before.outcome(outcome) for outcome in _NOBODY_YET)  # `nhà ông Cẩm ngủ hết, 9h mai quay lại`
    ahead = any(i.when is not None and (i.when.future or i.when.offset or i.when.date) for i in clause.items)
    over = clause.items[-1].plain in ("roi", "r", "roi ne", "roi a") and not ahead  # `9h quay lại nhà cậu Phi rồi`
    for item in clause.items:
        if item.sort is Sort.RETURN:
            promised = timed and not over and (told or item.plain == "quay lai nha")
            item.sort = Sort.OUTCOME if promised else Sort.FILL
            item.outcome = Outcome.REVISIT if promised else None


_SENDER = frozenset({"em", "e", "minh", "toi", "tui", "t"})


def _went_back(clauses: list[Clause]) -> None:
    """`em quay lại nhà chú Đệ lúc 20h30, được 3 máy`: the sender was there again, and promised nothing."""
    for one, other in pairwise(clauses):
        back = next((i for i in one.items if i.outcome is Outcome.REVISIT and i.plain.startswith("quay lai")), None)
        ahead = any(i.when is not None and (i.when.future or i.when.date) for i in one.items)
        done = other.mood is Mood.TOLD and other.outcome(Outcome.ACTIVATED) and other.has(Sort.NUMBER)
        at = one.items.index(back) if back is not None else 0
        going = any(i.plain in _SENDER for i in (one.items[0], *one.items[max(0, at - 2) : at]))
        elsewhere = any(i.sort is Sort.HOME and not i.kin for i in other.items)  # `20h em quay lại, nhà ông Tư được 2`
        if back is None or ahead or elsewhere or not done or not going or one.line != other.line:
            continue
        back.sort, back.outcome = Sort.FILL, None


def _mood(clause: Clause, today: date) -> Mood:
    if clause.ender == "?" or _has_question_word(clause) or _asks_at_the_end(clause):
        return Mood.ASKED
    if clause.outcome(Outcome.REVISIT):
        if _of_the_sender(clause):
            return Mood.ASKED
        return Mood.PLANNED if clause.has(Sort.NEED) and not clause.has(Sort.NUMBER, Sort.HOME) else Mood.TOLD
    if clause.has(Sort.TEAM) and _instructs(clause):
        return Mood.PLANNED
    if _tells_where(clause) or is_busy(clause.items) or is_over(clause.items) or _tells_why_not(clause):
        return Mood.TOLD
    if clause.has(Sort.PLAN, Sort.DOING, Sort.NEED) or any(_is_future(item, today) for item in clause.items):
        return Mood.PLANNED
    return Mood.TOLD


def _tells_where(clause: Clause) -> bool:
    """`em đang ở xóm 3, …`: where all that follows was done."""
    other = (Sort.PLAN, Sort.NEED, Sort.NUMBER, Sort.OUTCOME, Sort.HOME)
    return clause.has(Sort.DOING) and clause.has(Sort.HAMLET) and not clause.has(*other)


_NOT_DONE = frozenset({"chua xong", "chua lam xong", "van chua xong"})
_HINDRANCES = (Outcome.FAILED, Outcome.REFUSED, Outcome.ABSENT, Outcome.NO_CARD, Outcome.NO_PHONE)


def _tells_why_not(clause: Clause) -> bool:
    """`máy chồng quên mật khẩu nên chưa xong`: what hindered it happened, and nothing else is under way."""
    if clause.has(Sort.PLAN, Sort.NEED):
        return False
    doing = next((k for k, item in enumerate(clause.items) if item.sort is Sort.DOING), None)
    if doing is None or any(i.sort is Sort.DOING and i.plain not in _NOT_DONE for i in clause.items):
        return False
    return any(item.outcome in _HINDRANCES for item in clause.items[:doing])


def _instructs(clause: Clause) -> bool:
    """`mỗi tổ 12 nhà`: what others are to do (rule 28)."""
    each = any(item.sort is Sort.TEAM and item.plain.startswith("moi ") for item in clause.items)
    return each and not any(item.sort is Sort.OUTCOME and item.plain not in _GOALS for item in clause.items)


def _of_the_sender(clause: Clause) -> bool:
    """`hẹn hôm nay của em`: which visits, and no new one."""
    if clause.has(Sort.HOME, Sort.NUMBER, Sort.HAMLET):
        return False
    return any(item.sort is Sort.FILL and item.plain.partition(" ")[0] == "cua" for item in clause.items)


def _has_question_word(clause: Clause) -> bool:
    """A question word, but not the `à` with which a thought begins (`à nhầm, 2 máy`)."""
    if not clause.has(Sort.ASK) or wonders(clause.items):
        return False
    denied = any(  # `không phải 6 đâu ạ`: no question
        one.sort is Sort.NOT_THAT and other.sort is Sort.NUMBER for one, other in pairwise(clause.items)
    )
    return any(
        item.sort is Sort.ASK and (i or item.plain != "a") and not (denied and item.plain.startswith("dau"))
        for i, item in enumerate(clause.items)
    )


def _asks_at_the_end(clause: Clause) -> bool:
    """`… không ạ`, `… chưa`."""
    for item in reversed(clause.items):
        if item.sort is Sort.FILL and item.plain in POLITE:
            continue
        return item.sort is Sort.NOT and not all(i.sort is Sort.NOT or i.plain in _NO for i in clause.items)
    return False


_NO = frozenset({"da", "a", "vang", "u", "o", "ah", "oi"})  # `dạ không không`: a denial


def _doubt_questions(clauses: list[Clause]) -> None:
    """A question that holds counts, beside counts in the same sentence: nobody knows which of them are told."""
    for i, clause in enumerate(clauses):
        if clause.mood is not Mood.ASKED or not clause.has(*_WORK) or _asks_how_many(clause):
            continue
        if clause.ender not in SENTENCE and clause.has(Sort.NUMBER) and i + 1 < len(clauses):
            clauses[i + 1].doubtful = clauses[i + 1].has(*_WORK)
        j = i - 1
        while j >= 0 and clauses[j].ender not in SENTENCE:
            clauses[j].doubtful = clauses[j].has(*_WORK)
            j -= 1


def _asks_how_many(clause: Clause) -> bool:
    """`hôm nay em được mấy máy rồi?`: it asks for phones, and tells none."""
    asked = clause.has(Sort.MANY) or any(item.plain in ("bao nhieu", "bn") for item in clause.items)
    others = any(item.sort is Sort.OUTCOME and item.outcome is not Outcome.ACTIVATED for item in clause.items)
    return clause.ender == "?" and asked and not others and not clause.has(Sort.NUMBER, Sort.HOME)


def sure_plan(clause: Clause, today: date) -> bool:
    """Whether a planned clause is surely one, even with a number said to be done."""
    return any(
        ((item.sort is Sort.PLAN and item.plain in _SURE_PLAN) or (item.sort is Sort.WHEN and _is_future(item, today)))
        and not (item.plain in ("mai", "dinh") and _reports(clause.items[i + 1 : i + 2]))
        for i, item in enumerate(clause.items)
    )


def _reports(following: list[Item]) -> bool:
    """`Mai báo cáo: xóm 4 được 5`: it may be her name."""
    return any(item.plain in ("bao cao", "bc", "bao") for item in following)
