"""`làm cho cô với con gái được 2 máy`: people of one home before one number share it, and count nothing themselves."""

from dataclasses import replace

from handlers.language.reading import Outcome
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit
from handlers.language.words.titles import FORMS
from handlers.language.words.vocabulary import words_of

_AND = frozenset({"voi", "va", "vs", "cung", "cung voi"})
_SENDER = words_of("em e minh toi tui toy choa to")
_DOING = ("lam", "cai", "kich hoat", "cai dat", "dang ky", "lam xong", "cai xong", "kich hoat xong", "xong")
_BESIDE = words_of("thi deu da thi cung luon cho xong roi moi nua duoc")
_SPOUSES = frozenset({"ba vo", "ong chong", "co vo", "chi vo", "anh chong", "chu chong", "ba xa", "ong xa"})
_MOST = 6  # items between the people and their number


def shared(items: list[Item]) -> list[Item]:
    """The items with people who share a number as no more than those people."""
    for k in range(1, len(items) - 1):
        if items[k].plain in _AND and items[k].sort in (Sort.LINK, Sort.FILL):
            gone = _of_one_number(items, k)
            if gone:
                items = [
                    replace(i, sort=Sort.FILL, outcome=None, said=None, rule="people_share") if j in gone else i
                    for j, i in enumerate(items)
                ]
    return items


def done_by_kin(items: list[Item]) -> list[Item]:
    """`cụ Phấn được con gái kích hoạt từ trước`: who did it is nobody to whom it was done."""
    for k in range(len(items) - 2):
        passive = items[k].plain in ("duoc", "dc", "da duoc", "nho") and items[k + 1].sort is Sort.HOME
        doing = items[k + 2].outcome in (Outcome.ACTIVATED, Outcome.ALREADY) and items[k + 2].plain.startswith(_DOING)
        if passive and items[k + 1].kin and doing:
            return [
                replace(i, sort=Sort.FILL, outcome=None, said=None, rule="done_by_kin") if j in (k, k + 1) else i
                for j, i in enumerate(items)
            ]
    return items


_HEARS, _SAYS = (
    frozenset({"nghe", "duoc", "nho", "thay"}),
    frozenset({"noi", "bao", "khuyen", "giai thich", "dong vien", "thuyet phuc", "ru", "ke", "keu", "noi giup"}),
)


def heard_from(items: list[Item]) -> list[Item]:
    """`cô Tình nghe bà Thêu nói nên đồng ý`: whoever spoke to somebody is nobody of whom something is told."""
    for k in range(1, len(items) - 1):
        before, item, after = items[k - 1], items[k], items[k + 1]
        spoke = item.sort is Sort.HOME and before.plain in _HEARS and after.plain in _SAYS
        if spoke and not item.number and any(i.sort is Sort.HOME for i in items[: k - 1]):
            return heard_from([replace(i, sort=Sort.FILL, rule="heard_from") if i is item else i for i in items])
    return items


def with_so_many(items: list[Item]) -> list[Item]:
    """`cô Hạnh với 2 đứa con xong hết`: she is done as well, and one more than the number."""
    for k in range(1, len(items) - 2):
        number = items[k + 1]
        if items[k].plain not in _AND or number.sort is not Sort.NUMBER or number.unit not in _PEOPLE:
            continue
        head, after = items[k - 1], [item for item in items[k + 2 : k + 5] if item.sort is not Sort.FILL]
        done = bool(after) and after[0].outcome is Outcome.ACTIVATED
        counted = any(item.sort is Sort.NUMBER for item in after[1:2])
        if head.sort is Sort.HOME and not head.number and not head.plain.startswith(_HOUSES) and done and not counted:
            return [replace(i, n=i.n + 1, rule="with_so_many") if i is number else i for i in items]
    return items


_PEOPLE = frozenset({Unit.PERSON, Unit.MEMBER})
_HOUSES = ("nha ", "ho ", "gia dinh ")


def without_company(items: list[Item]) -> list[Item]:
    """`Mình với thằng Nam làm xong nhà bà Lan`: who goes along is nobody who was visited."""
    return [
        replace(item, sort=Sort.FILL, rule="company") if k > 1 and _goes_along(items, k) else item
        for k, item in enumerate(items)
    ]


def _goes_along(items: list[Item], k: int) -> bool:
    if items[k].sort is not Sort.HOME or items[k].number or items[k - 1].plain not in _AND:
        return False
    sender = items[k - 2].plain in _SENDER
    return sender and all(item.sort in (Sort.FILL, Sort.BREAK) for item in items[max(k - 4, 0) : k - 2])


def _of_one_number(items: list[Item], k: int) -> set[int]:
    """Which items say no more than whose number it is."""
    titled = items[k + 1].sort is Sort.UNIT and items[k + 1].plain in FORMS and k + 2 < len(items) and items[k + 2].kin
    after = k + 2 if titled else k + 1  # `mệ với chị con gái`
    first, second = items[k - 1], items[after]
    kin = second.kin or second.plain in _SPOUSES
    if second.sort is not Sort.HOME or second.number:
        return set()
    doing = _doing(items, k - 1)
    if not (kin or _is_pronoun(first)):
        return _two_by_name(items, k, doing)
    number = _number_after(items, after + 1, done=bool(doing))
    before = k - 1 if _is_pronoun(first) else k
    couple = items[before - 1] if before else None
    if couple is not None and couple.sort is Sort.NUMBER and couple.unit in (Unit.COUPLE, Unit.PERSON):
        before -= 1
    elif not (_is_pronoun(first) or (first.sort is Sort.HOME and not first.number)):
        return set()
    of_couple = couple is not None and (before < k - 1 or couple is first)  # `hai vợ chồng với cô con gái`
    people = (couple.n if couple is not None and of_couple else 1) + 1
    if number is None:
        number = _number_of_all(items, after + 1, people) if doing else None
    if number is None or number.n < people:
        return set()
    again = any(item.outcome is Outcome.ACTIVATED for item in items[after + 1 : items.index(number)])
    gone = {*range(before, after), *(_doing(items, min(before, k - 1)) if again else ())}
    return gone | ({after} if kin and any(i.sort is Sort.HOME and not i.kin for i in items[:k]) else set())


def _two_by_name(items: list[Item], k: int, doing: set[int]) -> set[int]:
    """`cài xong cho ông Tẹo với bà Tẹo, hai máy ạ`: a phone each, as many as there are people."""
    named = items[k - 1].sort is Sort.HOME and not any(items[at].plain.startswith(_HOUSES) for at in (k - 1, k + 1))
    if not named or not doing or items[k - 1].number or _number_of_all(items, k + 2, 2) is None:
        return set()
    return {k - 1, k, *doing}


def _is_pronoun(item: Item) -> bool:
    """`cô`, `bác`, without a name; not the sender."""
    alone = item.plain in FORMS or item.plain in ("anh", "chi")
    return alone and item.sort in (Sort.FILL, Sort.UNIT) and item.plain not in _SENDER


def _number_after(items: list[Item], k: int, *, done: bool) -> Item | None:
    """The number of phones that were done, in the same clause, or after a comma as all of theirs (`xong cả 3 máy`)."""
    whole = True
    for item in items[k : k + _MOST]:
        if item.sort is Sort.NUMBER:
            return item if done and whole and item.unit in (Unit.PHONE, Unit.NONE) else None
        if item.outcome is Outcome.ACTIVATED:
            done = True
        elif item.plain in (",", "ca"):
            whole = item.plain == "ca"
        elif item.sort is not Sort.ALL and not (item.sort is Sort.FILL and item.plain in _BESIDE):
            return None
    return None


def _number_of_all(items: list[Item], k: int, people: int) -> Item | None:
    """`cài được cho dì với con gái dì, 2 máy nha`: alone after the comma, as many as there are people."""
    told = [item for item in items[k : k + _MOST] if item.sort is not Sort.FILL]
    if told and told[0].outcome is Outcome.ACTIVATED:
        told = told[1:]  # `làm cho ông Tẹo với bà Tẹo xong, 2 máy`
    told = [item for item in told if item.plain != "la"]  # `…, là 3 máy`
    if len(told) < 2 or told[0].plain != "," or told[1].sort is not Sort.NUMBER:
        return None
    alone = len(told) == 2 or told[2].sort in (Sort.BREAK, Sort.ALL) or told[2].outcome is Outcome.ACTIVATED
    return told[1] if alone and told[1].n == people and told[1].unit in (Unit.PHONE, Unit.NONE) else None


def _doing(items: list[Item], k: int) -> set[int]:
    """`làm cho` before the people: on the way to the number."""
    j = k - 1
    while j >= 0 and items[j].sort is Sort.FILL and items[j].plain in ("cho", "giup", "luon", "ca"):
        j -= 1
    if j > 0 and items[j].plain in ("duoc", "dc") and items[j - 1].outcome is Outcome.ACTIVATED:
        j -= 1  # `cài được cho dì …`
    return {j} if 0 <= j < k - 1 and items[j].outcome is Outcome.ACTIVATED and items[j].plain in _DOING else set()
