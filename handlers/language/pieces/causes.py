"""Why a phone could not be activated, told in several words: whose sim, which code, what is lost."""

from dataclasses import replace

from handlers.language.people.members import is_member
from handlers.language.reading import Outcome
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit

_SMALL = frozenset({Sort.FILL, Sort.UNKNOWN, Sort.UNIT})


def _clause(items: list[Item], k: int) -> list[Item]:
    """The items before item `k` in its clause."""
    start = next((j for j in range(k - 1, -1, -1) if items[j].sort is Sort.BREAK), -1)
    return items[start + 1 : k]


def _cause(items: list[Item], first: int, last: int, outcome: Outcome, *, rule: str) -> list[Item]:
    """The items with those from `first` to `last` as the outcome that they tell together."""
    plain = " ".join(item.plain for item in items[first : last + 1])
    whole = replace(items[first], sort=Sort.OUTCOME, outcome=outcome, plain=plain, kin=False, unit=Unit.NONE, rule=rule)
    return [*items[:first], replace(whole, last=items[last].last, end=items[last].end), *items[last + 1 :]]


_OWN = frozenset({"minh", "em", "chinh chu", "cua minh"})
NAMED = frozenset({"ten"})
_UNDER = frozenset({"dung", "dang ky", "mang", "dang", "lay"})


def of_another(items: list[Item]) -> list[Item]:
    """`sim chị Vui đứng tên mẹ chồng`: whoever else the number belongs to, it is why no code comes."""
    for k in range(2, len(items) - 1):
        whose = items[k + 1]
        other = whose.sort is Sort.HOME or is_member(whose) or (whose.sort is Sort.UNIT and whose.unit is Unit.PERSON)
        if items[k].plain not in NAMED or items[k - 1].plain not in _UNDER or not other or whose.plain in _OWN:
            continue
        if any(i.plain.split()[0] in ("sim", "so") for i in _clause(items, k - 1)):
            return of_another(_cause(items, k - 1, k + 1, Outcome.FAILED, rule="sim_of_another"))
    return items


REFUSED_CODES = frozenset({"bao sai", "bi sai", "sai suot", "sai hoai", "sai mai"})
_CODES = frozenset({"ma", "otp", "ma otp", "ma pin", "mat khau", "nhap", "nhap ma", "pass"})


def code_refused(items: list[Item]) -> list[Item]:
    """`nhập mã toàn báo sai`: what the application says to a code, and no correction of a report."""
    for k, item in enumerate(items):
        said = item.plain in REFUSED_CODES and item.sort is not Sort.OUTCOME
        if said and any(i.plain in _CODES for i in _clause(items, k)):
            return code_refused(_cause(items, k, k, Outcome.FAILED, rule="code_refused"))
    return items


_FOUND = frozenset({"ra", "thay"})  # after `không`, `k`, `hok`, `chưa`, and perhaps `tìm`
CARDS = frozenset({"can cuoc", "cccd", "cccd gan chip", "the can cuoc", "the cccd", "the"})


def card_not_found(items: list[Item]) -> list[Item]:
    """`lục mãi không ra cái căn cước`, `căn cước tìm không thấy`: a card that is lost (rule 30)."""
    for k, item in enumerate(items):
        if item.sort is not Sort.UNDONE or _FOUND.isdisjoint(item.plain.split()[1:3]):
            continue
        if items[k - 1].plain == "mai" and items[k - 1].sort is Sort.WHEN:  # unmarked `luc mai khong ra`: mãi
            mai = replace(items[k - 1], sort=Sort.FILL, when=None)
            items = [*items[: k - 1], mai, *items[k:]]
        after = next((j for j in range(k + 1, min(k + 4, len(items))) if items[j].sort not in _SMALL), k)
        if items[after].plain in CARDS:
            last = after + (after + 1 < len(items) and items[after + 1].plain in CARDS)
            return card_not_found(_cause(items, k, last, Outcome.NO_CARD, rule="card_not_found"))
        if any(i.plain in CARDS for i in _clause(items, k)):
            return card_not_found(_cause(items, k, k, Outcome.NO_CARD, rule="card_not_found"))
    return items


LOST = frozenset({"mat", "gay", "rach", "hong", "mo"})
_WHOSE = frozenset({Sort.FILL, Sort.HOME, Sort.TOPIC})


def card_lost(items: list[Item]) -> list[Item]:
    """`thẻ căn cước của chị Liễu mất từ hồi Tết nên chưa cài được`: no card, and that alone is why."""
    for k, item in enumerate(items):
        if item.plain not in LOST or item.sort is not Sort.UNKNOWN:
            continue
        first = k
        while first and items[first - 1].sort in _WHOSE:
            first -= 1
        card = any(i.plain in CARDS for i in items[first:k])
        if not card:
            continue
        effect = next((j for j in range(k + 1, len(items)) if items[j].outcome is Outcome.FAILED), None)
        items = _cause(items, k, k, Outcome.NO_CARD, rule="card_lost")
        if effect is not None and not any(i.sort in (Sort.HOME, Sort.NUMBER) for i in items[k + 1 : effect]):
            after = replace(items[effect], sort=Sort.FILL, outcome=None, said=None, rule="card_lost")
            items = [*items[:effect], after, *items[effect + 1 :]]
        return card_lost(items)
    return items


_OLD_PHONES = frozenset({("ban", "phim"), ("den", "trang"), ("cuc", "gach")})
OF_OLD_PHONES = frozenset({"phim", "trang", "gach", "ban phim"})


def with_keys(items: list[Item]) -> list[Item]:
    """`dùng Nokia 105 bàn phím`, `xài con Nokia đen trắng`: a model with keys is no smartphone."""
    for k in range(1, len(items) - 1):
        before = items[k - 1]
        brand = before.sort is Sort.HOME and before.plain.endswith("nokia")
        if items[k].sort is Sort.HAMLET and items[k].plain == "ban phim" and "nokia" in before.plain:
            return with_keys(_cause(items, k, k, Outcome.NO_PHONE, rule="with_keys"))  # unmarked, and no bản
        if (items[k].plain, items[k + 1].plain) not in _OLD_PHONES:
            continue
        if brand or before.sort in (Sort.NEVER, Sort.UNIT, Sort.UNKNOWN):
            return with_keys(_cause(items, k - brand, k + 1, Outcome.NO_PHONE, rule="with_keys"))
    return items


GUESTS = frozenset({"khach"})


_HAVING = frozenset({"dung", "xai", "co", "chi co", "cam", "moi"})
_ONE = frozenset({"cai", "con", "moi", "may", "chiec"})
_NUMBERED = 100  # old models have numbers of three and four digits; a `nokia 5` is new


def old_models(items: list[Item]) -> list[Item]:
    """`vì bà chỉ có cái nokia 1280`: a phone of the old ones is no smartphone."""
    for k, item in enumerate(items):
        brand, _, model = item.plain.partition(" ")
        if item.sort is not Sort.NEVER or brand != "nokia" or not model.isdecimal() or int(model) < _NUMBERED:
            continue
        first = k
        while first and items[first - 1].plain in _ONE | _HAVING:
            first -= 1
        works = any(i.outcome is Outcome.ACTIVATED for i in _clause(items, k)) or _works_after(items, k)
        if not works and any(i.plain in _HAVING for i in items[first:k]):
            return old_models(_cause(items, first, k, Outcome.NO_PHONE, rule="old_model"))
    return items


def _works_after(items: list[Item], k: int) -> bool:
    after = next((i for i in items[k + 1 :] if i.sort is not Sort.FILL), None)
    return after is not None and after.outcome is Outcome.ACTIVATED


def others_too(items: list[Item]) -> list[Item]:
    """`cô Hằng bán phở 2 máy ok, khách ăn phở cũng làm được 1`: of other people, where more was done."""
    for k, item in enumerate(items[:-3]):
        begins = item.plain in GUESTS and item.sort is Sort.UNIT and (k == 0 or items[k - 1].sort is Sort.BREAK)
        too = next((j for j in range(k + 1, min(k + 5, len(items))) if items[j].plain == "cung"), None)
        if not begins or too is None or any(i.sort is Sort.BREAK for i in items[k:too]):
            continue
        rest = [i for i in items[too + 1 : too + 4] if i.sort is not Sort.FILL]
        if rest and rest[0].outcome is Outcome.ACTIVATED and any(i.sort is Sort.NUMBER for i in rest):
            who = replace(item, sort=Sort.HOME, last=items[too - 1].last, end=items[too - 1].end, unit=Unit.NONE)
            who = replace(who, plain="khach", name="khách", rule="others_too")
            return others_too([*items[:k], who, *items[too:]])
    return items


_ENDS = frozenset({Sort.BREAK, Sort.LINK, Sort.LEFT})


def _begins(items: list[Item], k: int) -> bool:
    """Whether a clause begins with item `k`, or goes on with it after `thì`."""
    return k == 0 or items[k - 1].sort in _ENDS or items[k - 1].plain == "thi"


_KIN = frozenset({"me", "bo", "vo", "chong", "con"})


def works_for(items: list[Item]) -> list[Item]:
    """`bà Lan vắng, còn mẹ chị thì được rồi`: done, said of somebody beside whom something else is told."""
    for k in range(2, len(items)):
        told = items[k].plain in ("duoc roi", "ok roi") and items[k].sort is Sort.FILL
        who = k - 2 if items[k - 1].plain == "thi" else k - 1  # `chị thì được rồi`, `… thì chị được rồi`
        if not told or (who == k - 1 and items[k - 2].plain != "thi"):
            continue
        first = who - (items[who - 1].plain in _KIN and items[who - 1].sort is Sort.UNKNOWN)  # unmarked `me chi`
        if items[who].sort is not Sort.HOME and not (is_member(items[who]) and _begins(items, first)):
            continue
        rest = next((item for item in items[k + 1 :] if item.sort is not Sort.FILL), None)
        other = any(item.sort is Sort.OUTCOME for item in (*items[:k], *items[k + 1 :]))
        if other and (rest is None or rest.sort in _ENDS or rest.plain.startswith("con ")):  # unmarked `con anh Toan`
            done = _cause(items, k, k, Outcome.ACTIVATED, rule="works_for")
            if first < who:
                plain = f"{items[first].plain} {items[who].plain}"
                kin = replace(items[first], sort=Sort.HOME, kin=True, plain=plain, name=plain, last=items[who].last)
                done[first : who + 1] = [replace(kin, end=items[who].end)]
            return works_for(done)
    return items


def code_came(items: list[Item]) -> list[Item]:
    """`em gái anh thì nhận được mã và xong rồi`: what went before it was done, and no plan."""
    for k in range(len(items) - 2):
        received = (items[k].plain, items[k + 1].plain) == ("nhan", "duoc") and items[k + 2].sort is Sort.TOPIC
        denied = any(i.sort in (Sort.NOT, Sort.UNDONE) for i in _clause(items, k))
        if received and items[k + 2].plain in _CODES and not denied:
            came = [replace(i, sort=Sort.FILL, outcome=None, said=None, rule="code_came") for i in items[k : k + 3]]
            return code_came([*items[:k], *came, *items[k + 3 :]])
    return items


BECAUSE = frozenset({"vi", "tai", "do", "boi", "tai vi", "boi vi", "ly do"})
_CAUSES = frozenset({Outcome.NO_CARD, Outcome.NO_PHONE})


def cause_after(items: list[Item]) -> list[Item]:
    """`không làm được cho bà Ý vì bà chỉ có cái nokia 1280`: what did not work is told by its cause."""
    for k, item in enumerate(items[:-2]):
        if item.outcome is not Outcome.FAILED or item.sort is not Sort.OUTCOME:
            continue
        cause = next((j for j in range(k + 1, len(items)) if items[j].sort is Sort.OUTCOME), None)
        between = items[k + 1 : cause] if cause is not None else []
        because = any(i.plain in BECAUSE for i in between)
        numbered = any(i.sort is Sort.NUMBER for i in (*items[max(0, k - 1) : k], *between))
        two = sum(i.sort is Sort.HOME and not i.kin for i in between) > 1 or any(i.plain == "\n" for i in between)
        if cause is not None and items[cause].outcome in _CAUSES and because and not numbered and not two:
            effect = replace(item, sort=Sort.FILL, outcome=None, said=None, rule="cause_after")
            return cause_after([*items[:k], effect, *items[k + 1 :]])
    return items


SHORT_DONE = frozenset({"khong cho"})
_KH_CHO = len("kh cho")


def done_for_them(items: list[Item]) -> list[Item]:
    """Written `kh cho cô vs con dâu đc 2 máy`: kích hoạt, and no refusal, where phones are counted in the clause."""
    for k, item in enumerate(items[:-2]):
        if item.outcome is not Outcome.REFUSED or item.plain not in SHORT_DONE or item.end - item.start > _KH_CHO:
            continue
        end = next((j for j in range(k, len(items)) if items[j].sort is Sort.BREAK), len(items))
        clause = items[k + 1 : end]
        phones = any(i.sort is Sort.NUMBER and i.unit is Unit.PHONE for i in clause)
        if phones and any(i.outcome is Outcome.ACTIVATED for i in clause):
            done = replace(item, sort=Sort.FILL, outcome=None, said=None, rule="done_for_them")
            return done_for_them([*items[:k], done, *items[k + 1 :]])
    return items


def why_later(items: list[Item]) -> list[Item]:
    """`hẹn chủ nhật quay lại vì điện thoại con trai cầm đi học mất rồi`: why it is put off, and nobody is away."""
    for k, item in enumerate(items[1:], start=1):
        if item.plain not in BECAUSE or item.sort is not Sort.FILL:
            continue
        start = next((j for j in range(k - 1, -1, -1) if items[j].plain in (".", "\n")), -1) + 1
        end = next((j for j in range(k, len(items)) if items[j].sort is Sort.BREAK), len(items))
        later = any(i.outcome is Outcome.REVISIT for i in items[start:k]) or any(
            i.sort is Sort.RETURN for i in items[start:k]
        )
        away = [i for i in items[k:end] if i.outcome is Outcome.ABSENT and i.sort is Sort.OUTCOME]
        if later and away and not any(i.sort is Sort.NUMBER for i in items[k:end]):
            seen = {id(i) for i in away}
            return [
                replace(i, sort=Sort.FILL, outcome=None, said=None, rule="why_later") if id(i) in seen else i
                for i in items
            ]
    return items
