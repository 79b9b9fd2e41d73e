"""Numbers that can only be the day's sum, although nothing in the words says so."""

import re
from collections.abc import Sequence
from dataclasses import replace

from handlers.clerk import changes, matching
from handlers.clerk.acts import Act, Ask, Change, Choice, Compare, Confirm, Record
from handlers.clerk.evening import KEPT, NOWHERE, Evening, Heard, LineTold, adds
from handlers.language import Entry, Kind, Outcome, Reading

_MANY = 6  # phones that one home hardly has
_A_LOT = 10  # and this no home has
_FEW_REPORTS = 3


def corrects_a_sum(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`tổng 12`, then `đếm lại rồi, 13 mới đúng`: no home had as many, so that the sum is meant."""
    line = _one_number(heard)
    doubted = reading.kind is Kind.UNCLEAR and len(meanings) > 1 and meanings[1].entries == reading.entries
    corrects = reading.kind is Kind.CORRECT or (doubted and meanings[1].kind is Kind.CORRECT)
    says_so = corrects or (reading.points_back and KEPT.search(heard.clear) is None)
    if not says_so or line is None or reading.was or evening.quoted is not None:
        return None
    if evening.asked is not None and evening.asked.fix is not None and evening.asked.answered_by_next:
        return None
    if reading.points_back and line.n == evening.sum(Outcome.ACTIVATED) and not matching.labels_of(reading):
        return Confirm(None, reading)  # `em vẫn 13 máy`
    told = [report.count(Outcome.ACTIVATED) for report in evening.today]
    if len(told) >= _FEW_REPORTS and line.n >= _A_LOT and line.n > 2 * max(told):
        newest = evening.today[0]
        changed = changes.corrected(newest, None, heard.said, {})
        as_said = replace(_as_sum(reading), kind=Kind.CORRECT)
        corrected = (Choice(Change(newest, changed, as_said)),) if changed is not None else ()
        total = Choice(Compare(_as_sum(reading, amends=True)))
        if abs(line.n - sum(told)) > max(2, sum(told) // 4):
            return Ask(reading, (total, *corrected, Choice(None)))  # a home hardly has so many
    near = told and abs(line.n - sum(told)) <= max(2, sum(told) // 4)
    if len(told) < _FEW_REPORTS or not near or line.n < _MANY or line.n <= max(told):
        return None
    return Compare(_as_sum(reading, amends=True))


def _as_sum(reading: Reading, *, amends: bool = False) -> Reading:
    """The reading as a sum of the day, with what was understood of it."""
    entries = reading.draft.entries if reading.draft is not None else reading.entries
    return replace(reading, kind=Kind.TOTAL, entries=entries, amends=amends)


_DIFFERENCE = re.compile(r"\b(?:lech|chenh|thieu|du ra|con thieu|du)\b.{0,24}\bla\b")


def explains_the_rest(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`2 máy thiếu nớ là nhà anh Vượng`, after a sum that was higher by two: they are recorded already."""
    newest = next((one for one in evening.today if not one.adjusted), None)
    if newest is None or heard.forwarded or _DIFFERENCE.search(heard.clear) is None or newest.homes:
        return None
    of_sum = _SUM.search(newest.text) is not None and len(newest.lines) == 1
    said = max((line.n for line in heard.lines if line.outcome is Outcome.ACTIVATED), default=1)
    return Confirm(newest, reading) if of_sum and said <= newest.count(Outcome.ACTIVATED) else None


# `tổng 14 máy, dư ra 1 máy ở xóm 1 quên chưa báo`, `tổng 15 máy tính cả một máy của cô bán nước chưa báo`
_WITH_THE_REST = re.compile(
    r"\b(?:tong|cong|chot|vi chi|ca ngay|ca buoi|ca thay|hom nay|toi nay|toi ni|bua ni|bua nay)\b"
    r"[^0-9]{0,60}\b(?P<sum>[0-9]{1,3})\b"
    r".{0,60}?\b(?:du ra|du|tinh ca|ke ca|gom ca|cong ca|tinh luon|ke luon|tinh them|co ca|them"
    r"|trong do co|hon|lech|chenh|luon ca|co)\b"
    r"[^0-9]{0,60}?\b(?P<rest>[0-9]{1,2}) (?:may|cai|tk|nguoi|dt)\b"
    r".{0,90}\b(?:chua (?:kip )?(?:bao|ghi|ke|nhap|tinh|gui)|quen (?:chua )?(?:bao|ghi|ke|nhap|nhan|gui|mat)|sot)\b"
)


_UNITS = "mot hai ba bon nam sau bay tam chin".split()  # noqa: SIM905 - reads better
_WORDS = {
    **{word: n for n, word in enumerate(_UNITS, 1)},
    **{f"{tens}muoi": 10 * n for n, tens in ((1, ""), (2, "hai "))},
    **{
        f"{tens}muoi {word}": 10 * n + k
        for n, tens in ((1, ""), (2, "hai "))
        for k, word in (*enumerate(_UNITS, 1), (4, "tu"), (5, "lam"))
    },
}
_SPELLED = re.compile(rf"\b(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?= (?:may|cai|tk|dt|nguoi)\b)")


def _in_digits(said: re.Match[str]) -> str:
    return str(_WORDS[said[0]])


def says_the_rest(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`tổng tối nay 14 máy, dư ra 1 máy ở xóm 1 chưa báo`, with 13 in the book: one more, and there it stands."""
    said = (
        _WITH_THE_REST.search(_SPELLED.sub(_in_digits, heard.clear))
        if not (heard.forwarded or reading.question)
        else None
    )
    if said is None or evening.sum(Outcome.ACTIVATED) + int(said["rest"]) != int(said["sum"]):
        return None
    rest = Reading(Kind.REPORT, 0, (Entry(None, None, {Outcome.ACTIVATED: int(said["rest"])}),))
    return Record(rest, place=heard.place)


_SUM = re.compile(
    r"\b(?:tong|cong|chot|vi chi|ca ngay|ca buoi|ca thay|hom nay|hnay|toi nay|toi ni|bua ni|ket toan|ket so)\b"
)


_ASKS_FOR_THE_SUM = re.compile(
    r"\b(?:tong|tinh|cong|chot|(?:hom|toi|bua|dem) (?:nay|ni)|(?:den|toi) gio)\b[^0-9]*\b([0-9]{1,3})"
    r"(?: (?:may|cai|tk))?(?: (?:roi|het|ca thay|dung|phai|co))* (?:khong|ha|phai khong|chua)"
    r"(?: (?:a|anh|chi|bot|em|nhi|ta|sep|ad))*[ ?]*$"
)


def asks_about_the_sum(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`tính tới giờ em 7 máy đúng không`, where seven are booked: so it is, and nothing is to be stored."""
    found = _ASKS_FOR_THE_SUM.search(heard.clear)
    if found is None or heard.forwarded or reading.kind not in (Kind.UNCLEAR, Kind.CHAT, Kind.TOTAL):
        return None
    total = Reading(Kind.TOTAL, 0, (Entry(None, None, {Outcome.ACTIVATED: int(found[1])}),))
    return Compare(total) if int(found[1]) == evening.sum(Outcome.ACTIVATED) else None


def may_be_the_sum(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`14 máy` where fourteen are booked: said as a sum, or as many more? Asked, with both as buttons."""
    line = _of_nowhere(heard, reading)
    if reading.kind is not Kind.REPORT or line is None or heard.forwarded or adds(heard.clear) or reading.day:
        return None
    by_now = evening.sum(Outcome.ACTIVATED)
    if line.n == by_now and _SUMS_UP.search(heard.clear):
        return Compare(_as_sum(reading))
    near = line.n >= _A_LOT and len(evening.today) >= _FEW_REPORTS and 3 * by_now <= 4 * line.n <= 6 * by_now
    if not near and (line.n < _MANY or line.n != by_now or len(evening.today) < 2):
        return None
    return Ask(reading, (Choice(Compare(_as_sum(reading))), Choice(Record(reading)), Choice(None)))


_SUMS_UP = re.compile(r"^(?:(?:o|a|u|vay|roi)\s+)*(?:the la|vay la|rua la|nhu vay|tinh ra|vi chi)\b")


def _one_number(heard: Heard) -> LineTold | None:
    """The one number of phones of a message that names no hamlet."""
    if len(heard.said) != 1:
        return None
    (line,) = heard.said
    return line if line.place == NOWHERE and line.outcome is Outcome.ACTIVATED else None


def _of_nowhere(heard: Heard, reading: Reading) -> LineTold | None:
    return None if matching.labels_of(reading) else _one_number(heard)
