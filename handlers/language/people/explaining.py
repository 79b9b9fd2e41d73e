"""Who is named only to explain what was told of somebody: who said no for them, who did it for them long ago."""

from dataclasses import replace

from handlers.language.people.members import is_member
from handlers.language.people.relatives import TITLES
from handlers.language.reading import Outcome
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit

_SAYS = frozenset({"bao", "noi", "keu", "vi", "do", "tai", "than", "boi"})
_SMALL = frozenset({"la", "rang", "tai", "vi", "do", "so", "thi", "lai"})
_NO = frozenset({Outcome.REFUSED, Outcome.FAILED, Outcome.ACTIVATED})


def says_why(items: list[Item]) -> list[Item]:
    """`chị Hiên từ chối, bảo là chồng không cho`: why she refused, and nobody more who did."""
    for k, item in enumerate(items):
        if item.outcome is not Outcome.REFUSED or item.sort is not Sort.OUTCOME:
            continue
        at = k + 1 + (k + 1 < len(items) and items[k + 1].plain == ",")
        begins = at < len(items) and items[at].plain in _SAYS and items[at].sort is Sort.FILL
        while begins and at < len(items) and (items[at].plain in _SAYS | _SMALL):
            at += 1
        if not begins or at >= len(items) or items[at].rule or not (items[at].kin or is_member(items[at])):
            continue
        end = next((j for j in range(at, len(items)) if items[j].sort in (Sort.BREAK, Sort.LEFT)), len(items))
        said = items[at:end]
        outcomes = [i for i in said if i.sort is Sort.OUTCOME]
        denied = not outcomes or outcomes[0].outcome is Outcome.REFUSED or outcomes[0].plain.startswith("khong")
        if denied and all(i.outcome in _NO for i in outcomes) and not any(i.sort is Sort.NUMBER for i in said):
            why = [replace(i, sort=Sort.FILL, outcome=None, said=None, kin=False, rule="says_why") for i in said]
            return says_why([*items[:at], *why, *items[end:]])
    return items


_WORKS = ("lam", "cai", "kich hoat", "dang ky", "tai")
_FOR = frozenset({"cho", "giup", "ho", "dum", "gium"})


def done_by_whom(items: list[Item]) -> list[Item]:
    """`bác Quản có rồi do con trai làm cho từ năm ngoái`: he who did it long ago is nobody who has it as well."""
    for k in range(1, len(items) - 1):
        did = items[k + 1]
        works = did.outcome in (Outcome.ACTIVATED, Outcome.ALREADY) and did.plain.startswith(_WORKS)
        if not works or not items[k].kin or items[k].sort is not Sort.HOME:
            continue
        led = items[k - 1].plain in ("do", "nho", "vi", "tai")
        begins = items[k - 1].sort is Sort.BREAK
        helped = k + 2 < len(items) and items[k + 2].plain.split()[0] in _FOR
        if (led or (begins and helped)) and _had_before(items, k):
            gone = [
                replace(i, sort=Sort.FILL, outcome=None, said=None, kin=False, rule="done_by_whom")
                for i in (items[k], did)
            ]
            return done_by_whom([*items[:k], *gone, *items[k + 2 :]])
    return items


def _had_before(items: list[Item], k: int) -> bool:
    """Whether what was told last in this line or sentence before is that somebody had an account."""
    for item in reversed(items[:k]):
        if item.plain == "\n" or item.sort is Sort.NUMBER:
            return False
        if item.sort is Sort.OUTCOME:
            return item.outcome is Outcome.ALREADY
    return False


CALLS = frozenset({"goi", "keu", "ru", "bao", "nhan", "dien", "alo", "hu"})
_BEGIN = frozenset({Sort.BREAK, Sort.LEFT})


def called_over(items: list[Item]) -> list[Item]:
    """`nhà chú Viện 3 máy, chú gọi cả hai con sang làm luôn`: who came to be done is among the number of the home."""
    for k in range(1, len(items) - 2):
        start = k - 1 if is_member(items[k - 1]) else k
        begins = items[k].plain in CALLS and start > 0 and items[start - 1].sort in _BEGIN
        if not begins or not _told_with_number(items, start - 1):
            continue
        end = next((j for j in range(k, len(items)) if items[j].sort is Sort.BREAK), len(items))
        said = items[k + 1 : end]
        people = any(i.kin or (i.sort is Sort.NUMBER and i.unit is Unit.PERSON) for i in said)
        done = [i for i in said if i.sort is Sort.OUTCOME]
        phones = any(i.sort is Sort.NUMBER and i.unit is not Unit.PERSON for i in said)
        if people and not phones and done and all(i.outcome is Outcome.ACTIVATED for i in done):
            aside = [replace(i, sort=Sort.FILL, outcome=None, said=None, kin=False, rule="called_over") for i in said]
            return called_over([*items[: k + 1], *aside, *items[end:]])
    return items


def _told_with_number(items: list[Item], k: int) -> bool:
    """Whether the clause before tells a number of phones of a home."""
    first = next((j for j in range(k - 1, -1, -1) if items[j].sort is Sort.BREAK), -1)
    told = items[first + 1 : k]
    numbers = [i for i in told if i.sort is Sort.NUMBER]
    return len(numbers) == 1 and numbers[0].unit is Unit.PHONE and any(i.sort is Sort.HOME for i in told)


def whose_they_are(items: list[Item]) -> list[Item]:
    """`nhà dượng Bảy 3 cái, của dượng với hai thằng con`: whose phones the number of the home were."""
    for k in range(2, len(items) - 1):
        begins = items[k].plain == "cua" and items[k].sort is Sort.FILL and items[k - 1].plain == ","
        if not begins or not _told_with_number(items, k - 1):
            continue
        end = next(
            (j for j in range(k, len(items)) if items[j].sort is Sort.BREAK and items[j].plain != ","), len(items)
        )
        said = items[k + 1 : end]
        counted = any(i.sort is Sort.NUMBER for i in said)
        people = all((i.unit is not Unit.PHONE and i.sort in _OF_PEOPLE) or i.plain == "," for i in said)
        if counted and people:
            aside = [replace(i, sort=Sort.FILL, kin=False, rule="whose_they_are") for i in said]
            return [*items[: k + 1], *aside, *items[end:]]
    return items


_OF_PEOPLE = frozenset({Sort.NUMBER, Sort.FILL, Sort.LINK, Sort.HOME, Sort.UNIT})


_MORE = frozenset({"nua", "cung", "them", "con", "con ca", "ca", "rieng"})
_SIGNS = frozenset({",", ":"})


def who_they_are(items: list[Item]) -> list[Item]:
    """`được 3 máy, ông chủ với 2 khách`, `3 máy: vợ chồng cô với con gái`: just as many people as the phones before."""
    for k, item in enumerate(items[:-2]):
        phones = item.sort is Sort.NUMBER and item.unit is Unit.PHONE and item.n > 1
        if not phones or items[k + 1].plain not in _SIGNS:
            continue
        end = next((j for j in range(k + 2, len(items)) if items[j].sort is Sort.BREAK), len(items))
        clause = items[k + 2 : end]
        done = bool(clause) and clause[-1].outcome is Outcome.ACTIVATED  # `2 máy, ông bà xong`
        people = clause[:-1] if done else clause
        if people and people[0].plain != "cua" and item.n in _how_many(people):
            aside = [
                replace(i, sort=Sort.FILL, outcome=None, said=None, kin=False, rule="who_they_are") for i in clause
            ]
            return [*items[: k + 2], *aside, *items[end:]]
    return items


def _how_many(said: list[Item]) -> set[int]:
    """How many people a clause lists that tells nothing of them; none where it does."""
    people, titles, numbers = 0, 0, 0
    for j, item in enumerate(said):
        number = j > 0 and said[j - 1].sort is Sort.NUMBER
        if item.sort is Sort.NUMBER and item.unit is not Unit.PHONE and not item.whole:
            people, numbers = people + item.n, numbers + 1
        elif is_member(item):
            people, titles = people + (not number), titles + number  # `vợ chồng cô`; `2 khách, cô`
        elif item.plain == "con" and number:
            continue  # `2 con`
        elif item.sort not in (Sort.LINK, Sort.FILL) or item.plain in _MORE:
            return set()
    return {people, people + titles} if people > 1 and (numbers or people == 2) else set()


def then_summed(items: list[Item]) -> list[Item]:
    """`làm cho bác với hai người con, 3 máy`, `…, rứa là ba máy`: people who are told together by their phones."""
    for k in range(1, len(items) - 3):
        if items[k].plain != "cho" or items[k - 1].outcome is not Outcome.ACTIVATED:
            continue
        ends = (j for j in range(k, len(items)) if items[j].sort is Sort.BREAK or items[j].plain == "la")
        end = next(ends, len(items))
        people = items[k + 1 : end]
        total = next((i for i in items[end + 1 :] if i.sort not in (Sort.FILL, Sort.THUS)), None)
        summed = total is not None and total.sort is Sort.NUMBER and total.unit is Unit.PHONE
        if not summed or total is None or total.n < 2 or total.n not in _how_many(people) | _with_head(people):
            continue
        home = any(i.sort is Sort.HOME and not i.kin for i in items[:k])
        aside = [
            replace(i, sort=Sort.FILL, kin=False, unit=Unit.NONE, n=0, rule="then_summed")
            if home or i.kin or i.sort is not Sort.HOME
            else i
            for i in people
        ]
        return [*items[: k + 1], *aside, *items[end:]]
    return items


def _with_head(people: list[Item]) -> set[int]:
    """`bác với hai người con`: one called by the form of address, and those who are counted or named beside."""
    if not people or people[0].sort is not Sort.FILL or people[0].plain not in TITLES:
        return set()
    rest = [i for i in people[1:] if i.sort is not Sort.LINK]
    if len(people) - len(rest) < 2 or any(i.sort not in (Sort.HOME, Sort.NUMBER) for i in rest):
        return set()
    return {1 + sum(i.n if i.sort is Sort.NUMBER else 1 for i in rest)}


def who_all_are(items: list[Item]) -> list[Item]:
    """`có hai vợ chồng với thằng con trai, cả ba người xong`: who they are, told before their number."""
    for k in range(2, len(items) - 1):
        number = items[k + 1]
        whole = items[k].plain == "ca" and number.sort is Sort.NUMBER and number.unit is Unit.PERSON and number.n > 2
        if not whole or items[k - 1].plain != ",":
            continue
        start = next((j for j in range(k - 2, -1, -1) if items[j].sort in _BEFORE_THEM or items[j].plain == "co"), -1)
        people = items[start + 1 : k - 1]
        if number.n in _how_many(people):
            aside = [replace(i, sort=Sort.FILL, kin=False, n=0, unit=Unit.NONE, rule="who_all_are") for i in people]
            return [*items[: start + 1], *aside, *items[k - 1 :]]
    return items


_BEFORE_THEM = frozenset({Sort.BREAK, Sort.COLON, Sort.OUTCOME})
