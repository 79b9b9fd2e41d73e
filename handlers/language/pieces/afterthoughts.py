"""What an item is only seen to be beside the others: done long ago, only thought so, called to the office."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from handlers.language.people.apposed import apposed
from handlers.language.people.both import told_together
from handlers.language.people.children import without_children
from handlers.language.people.explaining import (
    CALLS,
    called_over,
    done_by_whom,
    says_why,
    then_summed,
    who_all_are,
    who_they_are,
    whose_they_are,
)
from handlers.language.people.members import (
    GREETINGS,
    size_before_name,
    told_by_title,
    told_one_by_one,
    whole_home,
)
from handlers.language.people.neighbours import beside_others
from handlers.language.people.parts import how_many_live_there, phones_of_people, told_in_parts, who_is_there
from handlers.language.people.sharing import done_by_kin, heard_from, shared, with_so_many, without_company
from handlers.language.pieces.becoming import INTO, becoming, mistaken_for, was_wrong
from handlers.language.pieces.causes import (
    BECAUSE,
    CARDS,
    GUESTS,
    LOST,
    NAMED,
    OF_OLD_PHONES,
    REFUSED_CODES,
    SHORT_DONE,
    card_lost,
    card_not_found,
    cause_after,
    code_came,
    code_refused,
    done_for_them,
    of_another,
    old_models,
    others_too,
    why_later,
    with_keys,
    works_for,
)
from handlers.language.pieces.going_out import EARLIER, SAYS, asked_back, back_again, gone_out, was_away, went_there
from handlers.language.pieces.likewise import EVERY_HOME, each_of_homes, likewise, short_away
from handlers.language.pieces.listed_shares import (
    EACH_HOME,
    EACH_OF_THEM,
    shares_of_homes,
    shares_of_list,
    shares_of_people,
)
from handlers.language.pieces.no_work import (
    ASKING,
    DARK,
    FEARS,
    RIPE,
    SO_LEFT,
    TEN,
    THINGS,
    UNCOUNTED,
    asks_at_home,
    feared,
    first_a_bath,
    left_for_age,
    makes_me,
    mosquitoes,
    not_counted,
    not_let_go,
    only_barks,
    only_dark,
    ripe,
    some_things,
)
from handlers.language.pieces.thoughts import thought
from handlers.language.pieces.turns_of_speech import (
    AT_ALL,
    GIVING,
    SLIPS,
    given,
    got_back,
    hindered,
    not_reported,
    nothing_at_all,
    of_the_sum,
    said_anew,
    startled,
    unsaid,
)
from handlers.language.pieces.whole_again import (
    ADDED_UP,
    DONE,
    SO,
    added_up,
    done_then_counted,
    echoed,
    said_whole,
    summed_up,
)
from handlers.language.reading import Outcome
from handlers.language.words.items import Item
from handlers.language.words.sorts import Said, Sort, Unit


@dataclass(frozen=True, slots=True)
class Look:
    """A look at items beside each other. It finds something only where each of `sorts` and one of `words` is there."""

    at: Callable[[list[Item]], list[Item]]
    sorts: frozenset[Sort] = frozenset()
    words: frozenset[str] = frozenset()

    def may_find(self, sorts: set[Sort], words: set[str]) -> bool:
        """Whether what it needs is among these sorts and words of items."""
        return self.sorts <= sorts and not (self.words and self.words.isdisjoint(words))


def settled(items: list[Item]) -> list[Item]:
    """The items, each as it is beside the others."""
    sorts, words = {item.sort for item in items}, {item.plain for item in items}
    for look in LOOKS:
        if look.may_find(sorts, words):
            seen = look.at(items)
            if seen is not items:
                items, sorts, words = seen, {item.sort for item in seen}, {item.plain for item in seen}
    return items


def _each(sort: Sort, seen: Callable[[list[Item], int], Item]) -> Callable[[list[Item]], list[Item]]:
    """A look at each item of a sort."""
    return lambda items: [seen(items, k) if item.sort is sort else item for k, item in enumerate(items)]


def _reconsidered(items: list[Item], k: int) -> Item:
    """`quên mất nhà bác Nhung` adds it; `em làm nốt cho cô ấy rồi` is done and no plan."""
    item, rest = items[k], items[k + 1 : k + 6]
    if item.plain == "quen mat" and rest and rest[0].sort is Sort.HOME:
        return replace(item, sort=Sort.ADDED)
    if item.plain == "quen mat" and rest and rest[0].sort is Sort.UNIT and any(i.sort is Sort.FIX for i in items[:k]):
        return replace(item, sort=Sort.FILL)  # `nhầm, nhà o Sen là 3 máy chứ, quên mất cái máy của đứa con`: why
    if item.plain == "tinh ca" and rest and rest[0].sort is Sort.WHEN:
        return replace(item, sort=Sort.FILL)  # `tính cả tối nay em được 9 máy`
    if item.sort is Sort.PLAN and item.plain.startswith("lam not"):
        for after in rest:
            if after.plain in ("roi", "r", "luon roi"):
                return replace(item, sort=Sort.OUTCOME, outcome=Outcome.ACTIVATED, said=Said.DONE)
            if after.sort not in (Sort.FILL, Sort.HOME):
                break
    return item


_BESIDES = frozenset({"ngoai", "khong tinh", "chua tinh", "khong ke", "chua ke", "tru"})
_THOSE = frozenset({"kia", "do", "ay", "truoc", "ban nay", "luc nay", "hoi nay", "da bao", "bao roi", "dau", "tren"})


def _besides(items: list[Item], k: int) -> Item:
    """`được thêm 2 máy, ngoài 15 máy kia`: those were told before."""
    after = [item for item in items[k + 1 : k + 4] if item.sort is not Sort.BREAK]
    if k and items[k - 1].plain in _BESIDES and any(item.plain in _THOSE for item in after):
        return replace(items[k], sort=Sort.NEVER, rule="besides")
    return items[k]


def _without_brackets(items: list[Item]) -> list[Item]:
    """`bác Lộc (sinh năm 1950) chiều mai`: an age in brackets cuts nothing."""
    kept, gone = list(items), set[int]()
    for k, item in enumerate(items):
        if item.plain != "(":
            continue
        close = next((j for j in range(k + 1, min(k + 6, len(items))) if items[j].plain == ")"), None)
        within = items[k + 1 : close] if close is not None else []
        door = (
            len(within) == 1
            and within[0].sort is Sort.HOME
            and within[0].number
            and k > 0
            and items[k - 1].sort is Sort.HOME
        )
        size = len(within) == 1 and within[0].sort is Sort.NUMBER and within[0].unit in (Unit.MEMBER, Unit.PERSON)
        if close is not None and size and k > 0 and items[k - 1].sort is Sort.HOME:
            gone |= {k, close}  # `hộ ông Bảy (05 nhân khẩu), kích hoạt 03`
        if close is not None and door:
            kept[k + 1] = replace(within[0], sort=Sort.NEVER)  # `hộ ông Ba (số nhà 45)`
        if close is not None and within and (door or all(i.sort in (Sort.NEVER, Sort.FILL) for i in within)):
            kept[k], kept[close] = replace(item, sort=Sort.FILL), replace(items[close], sort=Sort.FILL)
    return [item for k, item in enumerate(kept) if k not in gone]


def _this_year(items: list[Item]) -> list[Item]:
    """`cụ Tị năm nay 90 tuổi`: no five, and no day of the work."""
    for k, item in enumerate(items[:-2]):
        if item.sort is not Sort.NUMBER or item.plain != "nam" or items[k + 1].plain != "nay":
            continue
        after = next((i for i in items[k + 2 : k + 5] if i.sort is not Sort.FILL), None)
        if after is not None and after.sort is Sort.NEVER and after.plain.split()[-1] in ("tuoi", "t"):
            year = {k, k + 1}
            items = [replace(i, sort=Sort.NEVER, rule="this_year") if j in year else i for j, i in enumerate(items)]
    return items


def _got(items: list[Item], k: int) -> Item:
    """Unmarked `lam dang 5 may`: đặng, which is được in the south, rather than đang."""
    before, after = items[k - 1] if k else None, items[k + 1] if k + 1 < len(items) else None
    got = items[k].plain == "dang" and before is not None and before.plain in ("lam", "cai", "kich hoat")
    return replace(items[k], sort=Sort.FILL) if got and after is not None and after.sort is Sort.NUMBER else items[k]


_SMALL = frozenset({Sort.FILL, Sort.NEVER, Sort.ALL, Sort.UNIT, Sort.UNKNOWN, Sort.TOPIC})


def _since(items: list[Item], k: int) -> Item:
    """`kích hoạt … từ hồi Tết`: what was done has been done already; `từ hồi` elsewhere is a time and nothing else."""
    item = items[k]
    if item.sort is Sort.SINCE:
        return replace(item, sort=Sort.FILL)
    if item.outcome is not Outcome.ACTIVATED or not item.plain.startswith(_HAVING):
        return item
    for after in items[k + 1 : k + 5]:
        if after.sort is Sort.SINCE:
            return replace(item, outcome=Outcome.ALREADY, said=None, rule="done_since")
        if after.sort not in _SMALL:
            return item
    return item


_HAVING = ("kich hoat", "cai", "lam", "active", "xong", "dang ky", "len muc", "co ")


_WITH = frozenset({"voi", "va", "vs", "cung", "cung voi"})
# In this order; what each needs is held against all labelled messages (tests/language/test_looks.py).
LOOKS: tuple[Look, ...] = (
    Look(_without_brackets, words=frozenset({"("})),
    Look(startled, frozenset({Sort.NOT, Sort.NUMBER}), frozenset({"khong"})),
    Look(unsaid, frozenset({Sort.OUTCOME}), SLIPS),
    Look(said_anew, frozenset({Sort.HOME, Sort.NUMBER}), frozenset({"noi"})),
    Look(of_another, words=NAMED),
    Look(code_came, frozenset({Sort.TOPIC}), frozenset({"nhan"})),
    Look(code_refused, words=REFUSED_CODES),
    Look(card_lost, words=LOST),
    Look(card_not_found, frozenset({Sort.UNDONE}), CARDS),
    Look(done_for_them, frozenset({Sort.OUTCOME, Sort.NUMBER}), SHORT_DONE),
    Look(with_keys, words=OF_OLD_PHONES),
    Look(old_models, frozenset({Sort.NEVER})),
    Look(why_later, frozenset({Sort.OUTCOME}), BECAUSE),
    Look(cause_after, frozenset({Sort.OUTCOME}), BECAUSE),
    Look(others_too, frozenset({Sort.UNIT, Sort.NUMBER}), GUESTS),
    Look(given, frozenset({Sort.HOME, Sort.NUMBER}), GIVING),
    Look(works_for, frozenset({Sort.OUTCOME}), frozenset({"duoc roi", "ok roi"})),
    Look(_each(Sort.OUTCOME, got_back), frozenset({Sort.OUTCOME}), frozenset({"duoc"})),
    Look(_each(Sort.PARTLY, of_the_sum), frozenset({Sort.PARTLY, Sort.NUMBER})),
    Look(_each(Sort.UNDONE, not_reported), frozenset({Sort.UNDONE, Sort.NUMBER})),
    Look(_each(Sort.DOING, hindered), frozenset({Sort.DOING, Sort.OUTCOME})),
    Look(asked_back, frozenset({Sort.HOME}), SAYS),
    Look(went_there, frozenset({Sort.HOME, Sort.OUTCOME})),
    Look(nothing_at_all, frozenset({Sort.OUTCOME}), AT_ALL),
    Look(gone_out, frozenset({Sort.HOME, Sort.FILL}), frozenset({"di"})),
    Look(apposed, frozenset({Sort.HOME})),
    Look(not_let_go, frozenset({Sort.OUTCOME})),
    Look(feared, frozenset({Sort.OUTCOME}), FEARS),
    Look(only_dark, frozenset({Sort.OUTCOME}), DARK),
    Look(some_things, frozenset({Sort.MANY}), THINGS),
    Look(mosquitoes, frozenset({Sort.NUMBER}), TEN),
    Look(only_barks, frozenset({Sort.NUMBER})),
    Look(not_counted, frozenset({Sort.BREAK}), UNCOUNTED),
    Look(asks_at_home, frozenset({Sort.HOME}), ASKING),
    Look(left_for_age, frozenset({Sort.OUTCOME}), SO_LEFT),
    Look(ripe, frozenset({Sort.NUMBER}), RIPE),
    Look(makes_me, frozenset({Sort.OUTCOME, Sort.UNKNOWN}), frozenset({"lam"})),
    Look(first_a_bath, frozenset({Sort.NUMBER}), frozenset({"tam cai"})),
    Look(done_by_kin, frozenset({Sort.HOME, Sort.OUTCOME})),
    Look(heard_from, frozenset({Sort.HOME}), frozenset({"nghe", "duoc", "nho", "thay"})),
    Look(_this_year, frozenset({Sort.NUMBER}), frozenset({"nam"})),
    Look(_each(Sort.DOING, _got), frozenset({Sort.DOING})),
    *(Look(_each(sort, _reconsidered), frozenset({sort})) for sort in (Sort.VAGUE, Sort.PLAN, Sort.PARTLY)),
    Look(_each(Sort.OUTCOME, _since), frozenset({Sort.SINCE, Sort.OUTCOME})),
    Look(_each(Sort.SINCE, _since), frozenset({Sort.SINCE})),
    Look(_each(Sort.OUTCOME, thought), frozenset({Sort.OUTCOME})),
    Look(_each(Sort.NUMBER, _besides), frozenset({Sort.NUMBER}), _BESIDES),
    Look(shares_of_people, frozenset({Sort.EACH, Sort.NUMBER}), EACH_OF_THEM),
    Look(shares_of_homes, frozenset({Sort.EACH, Sort.NUMBER, Sort.HOME, Sort.OUTCOME}), EACH_HOME),
    Look(called_over, frozenset({Sort.HOME, Sort.NUMBER, Sort.OUTCOME}), CALLS),
    Look(who_they_are, frozenset({Sort.NUMBER})),
    Look(whose_they_are, frozenset({Sort.HOME, Sort.NUMBER}), frozenset({"cua"})),
    Look(who_all_are, frozenset({Sort.ALL, Sort.NUMBER}), frozenset({"ca"})),
    Look(then_summed, frozenset({Sort.NUMBER}), frozenset({"cho"})),
    Look(was_away, frozenset({Sort.OUTCOME}), EARLIER),
    Look(back_again, frozenset({Sort.OUTCOME}), frozenset({"ve"})),
    Look(mistaken_for, frozenset({Sort.FIX, Sort.NUMBER}), INTO),
    Look(short_away, frozenset({Sort.NUMBER}), frozenset({"cung"})),
    Look(becoming, frozenset({Sort.LEFT, Sort.FIX, Sort.NUMBER})),
    Look(was_wrong, frozenset({Sort.BUT_THIS, Sort.NUMBER})),
    Look(whole_home, frozenset({Sort.HOME, Sort.OUTCOME}), GREETINGS),
    Look(added_up, frozenset({Sort.TOTAL, Sort.NUMBER}), ADDED_UP),
    Look(size_before_name, frozenset({Sort.HOME, Sort.NUMBER}), frozenset({"nha", "ho"})),
    Look(says_why, frozenset({Sort.OUTCOME})),
    Look(done_by_whom, frozenset({Sort.HOME, Sort.OUTCOME})),
    Look(told_one_by_one, frozenset({Sort.COLON, Sort.OUTCOME})),
    Look(who_is_there, frozenset({Sort.NUMBER, Sort.HOME, Sort.BREAK}), frozenset({"co"})),
    Look(phones_of_people, frozenset({Sort.NUMBER, Sort.OUTCOME})),
    Look(how_many_live_there, frozenset({Sort.NUMBER, Sort.BREAK}), frozenset({"co", "gom"})),
    Look(told_in_parts, frozenset({Sort.NUMBER, Sort.OUTCOME})),
    Look(told_by_title, frozenset({Sort.HOME, Sort.OUTCOME})),
    Look(each_of_homes, frozenset({Sort.MANY, Sort.NUMBER}), EVERY_HOME),
    Look(told_together, frozenset({Sort.OUTCOME})),
    Look(beside_others, frozenset({Sort.HOME})),
    Look(without_children),
    Look(done_then_counted, frozenset({Sort.OUTCOME, Sort.NUMBER, Sort.BREAK}), DONE),
    Look(summed_up, frozenset({Sort.NUMBER, Sort.OUTCOME}), SO),
    Look(said_whole, frozenset({Sort.ALL, Sort.NUMBER}), frozenset({"ca"})),
    Look(echoed, frozenset({Sort.NUMBER})),
    Look(without_company, frozenset({Sort.HOME}), _WITH),
    Look(with_so_many, frozenset({Sort.HOME, Sort.NUMBER}), _WITH),
    Look(shared, frozenset({Sort.HOME, Sort.NUMBER}), _WITH),
    Look(shares_of_list, frozenset({Sort.EACH, Sort.NUMBER})),
    Look(likewise, frozenset({Sort.HOME}), frozenset({"cung"})),
)
