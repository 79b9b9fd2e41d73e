"""Corrections: which report is meant, and what of it changes (rule 10)."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from handlers.clerk import changes, matching
from handlers.clerk.acts import Act, Ask, Change, Confirm, Record, TakeBack, WaitFor
from handlers.clerk.choosing import choices_of
from handlers.clerk.evening import NOWHERE, Evening, Heard, HomeTold, LineTold, ReportTold
from handlers.language import Kind, Outcome, Reading, fold


def home_of(report: ReportTold, reading: Reading) -> str | None:
    found = matching.with_home([report], matching.labels_of(reading))
    return found[0][1] if found else None


_DENIES = re.compile(r"\b(?:khong|ko|k|hong|no) phai\b")
DROP = re.compile(
    r"(?:(?:da|a|oi|thoi|bot oi|bot)\s+)*(?:bo|xoa|huy|rut|gach|cancel)\s+(?:cai|tin|nha|bao cao|so|ho)?\b"
)
_DROP_INSIDE = re.compile(
    r"(?:[,.;:!]\s*|\b(?:nen|thi|vay|bot)\s+)(?:bo|xoa|huy|rut|gach|cancel)\s+"
    r"(?:(?:cai|tin|nha|ho|bao cao)\b|[0-9]+ may\b)"
)
_PHONES_DROPPED = re.compile(r"\b(?:bo|xoa|huy|rut|gach|cancel)\s+([0-9]{1,3}) may\b")
_DROPPED = re.compile(
    r"(?:(?:da|a|oi|thoi|bot oi|bot)\s+)*(?:bo|xoa|huy|rut|gach|cancel)\s+(?:cai|tin|so)?\s*([0-9]{1,3})(?: may)?"
    r"(?:\s+(?:vua roi|luc nay|ban nay|hoi nay|di|nhe|nha|a)\b|,|$)"
)


_THE_NEWEST = re.compile(
    r"(?:(?:da|a|oi|thoi|bot oi|bot)\s+)*(?:bo|xoa|huy|rut|gach|cancel)\s+(?:cai|tin|bao cao|nha|so)\s+"
    r"(?:(?:do|nay|ay)\s+)?(?:em\s+|e\s+)?(?:vua|moi)(?:\s+(?:roi|r|xong|nay|bao|gui|ghi|nhan))?\b"
    r"(?=\s*(?:[,.!]|$|nhe|nha|di|a\b|cho|giup|gium|ho))"
)
_OTHER_WORD = re.compile(r"\b(?:bọ|bố|bó|bõ|bơ|bờ|bồ)\b", re.IGNORECASE)


def _says_drop(heard: Heard, reading: Reading) -> bool:
    """`bọ Thìn về rồi, mần cho bọ xong 1 máy` is somebody's father; unmarked, who tells of work drops nothing."""
    text = unicodedata.normalize("NFC", heard.text)
    if _OTHER_WORD.search(text) and "bỏ" not in text.lower():
        return False
    if reading.kind is Kind.REPORT and "bỏ" not in text.lower() and _tells_of_the_father(heard, reading):
        return False
    works = reading.kind is Kind.REPORT and any(line.outcome is Outcome.ACTIVATED and line.n for line in heard.lines)
    return not (works and _WORKED.search(heard.clear) and "bỏ" not in text.lower())


_FATHER = re.compile(r"(?:(?:da|a|oi)\s+)*bo (?=(?:ong|ba|bac|co|chu|anh|chi|em|di|cau|thim|a|c)\b)")
_PLEASE = re.compile(r"\b(?:di|giup|gium|ho|nhe|nha|cho em|cho tui)(?: (?:bot|em|nhe|nha|a|voi))*[ .!]*$")


def _tells_of_the_father(heard: Heard, reading: Reading) -> bool:
    """Unmarked `bo bac Luc ko co smartphone`: what happened to bác Lực's father; `bo bac Luc di` drops."""
    told = [home for home in reading.homes if home.counts]
    his = bool(told) and fold(told[0].label).startswith("bo ")
    return his and _FATHER.match(heard.plain) is not None and _PLEASE.search(heard.plain) is None


_WORKED = re.compile(r"\b(?:xong|lam (?:cho|duoc|dc|xong)|man (?:cho|duoc|dc|xong)|cai (?:cho|duoc|dc|xong))\b")


def corrects(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`à nhầm 3`, `dì Tâm là 4 cơ`: the report that is quoted or named, else the newest that could be meant."""
    if reading.kind is not Kind.CORRECT:
        return None
    if heard.forwarded:
        return Ask(reading)  # somebody else's words change nothing
    labels = matching.meant(reading, evening.today, heard.plain) if matching.labels_of(reading) else []
    candidates = [one for one in reversed(evening.reports) if not one.adjusted]
    quoted = evening.report(evening.quoted)
    if quoted is not None:
        return change(heard, reading, quoted, home_of(quoted, reading), amends=True)
    if labels:
        found = matching.with_home(candidates, labels)
        if found:
            if len(told := its_sum(found, heard, reading)) > 1:
                return Confirm(told[0], reading, tuple(told[1:]))
            report, label = _best_of_home(found, heard, reading)
            return change(heard, reading, report, label, amends=True)
        if evening.taken_back and not reading.was:
            return Record(replace(reading, kind=Kind.REPORT, target=None))  # [Hoàn tác], then `nhà anh Phúc 3 mới đúng`
        if not reading.was:
            return _nowhere(heard, reading, evening, meanings)
    if not reading.was and (moved := _in_another_hamlet(candidates, heard, reading)) is not None:
        return moved
    fitting = _by_numbers(candidates, heard, reading)
    if not fitting:
        return _nowhere(heard, reading, evening, meanings)
    return change(heard, reading, fitting[0], _part_of(fitting[0], reading), amends=True)


def _in_another_hamlet(candidates: Sequence[ReportTold], heard: Heard, reading: Reading) -> Change | None:
    """`nhầm, 3 máy vừa rồi là xóm 7 mới đúng`: of the newest reports the one with that number goes there."""
    said = [line for line in heard.said if line.n]
    if len(said) != 1 or said[0].place == NOWHERE or _JUST_NOW.search(heard.clear) is None:
        return None
    for report in candidates[:_NEWEST]:
        if any(line.place == said[0].place for line in report.lines):
            continue
        if any(line.outcome is said[0].outcome and line.n == said[0].n for line in report.lines):
            lines = changes.moved(report, said[0].place, said[0].outcome, said[0].n)
            return Change(report, lines, reading) if lines is not None else None
    return None


_NEWEST = 3
_JUST_NOW = re.compile(r"\b(?:(?:luc|hoi|ban|vua|khi) (?:[nl]ay|roi|xong|gui|bao|ghi)|tin (?:truoc|tren)|o tren)\b")


def its_sum(found: Sequence[tuple[ReportTold, str | None]], heard: Heard, reading: Reading) -> list[ReportTold]:
    """The reports of a home that are what is said together: `nhà chú Hoạt 4`, `thêm bà 1`, `đúng là chú Hoạt 5 máy`."""
    said = [line for line in heard.said if line.n]
    if len(said) != 1 or reading.was:
        return []
    parts = [(report, _told_of(report, label, said[0].outcome)) for report, label in found]
    return [report for report, n in parts if n] if sum(n for _, n in parts) == said[0].n else []


def _told_of(report: ReportTold, label: str | None, outcome: Outcome) -> int:
    """How many a report counts of a home."""
    home = next((one for one in report.homes if one.label == label), None)
    return report.count(outcome) if home is None or len(report.homes) == 1 else home.counts.get(outcome, 0)


def _best_of_home(
    found: Sequence[tuple[ReportTold, str | None]], heard: Heard, reading: Reading
) -> tuple[ReportTold, str | None]:
    """Of several reports of a home the one that has what is taken back, else the one that tells of the same."""
    if reading.was:
        fitting = matching.with_numbers([one for one, _ in found], reading.was)
        if fitting:
            return next(one for one in found if one[0].id == fitting[0].id)
    said = {line.outcome for line in heard.lines if line.n}
    for outcome in (Outcome.ACTIVATED, *said):  # phones before what else is told beside them
        told = [one for one in found if outcome in said and one[0].count(outcome)]
        if told:
            return told[0]
    return found[0]


def _part_of(report: ReportTold, reading: Reading) -> str | None:
    """Of a report of several homes the one that has what is taken back."""
    fitting = [
        home.label
        for home in report.homes
        if reading.was and all(home.counts.get(outcome) == n for outcome, n in reading.was.items())
    ]
    return fitting[0] if len(fitting) == 1 else None


def _by_numbers(candidates: Sequence[ReportTold], heard: Heard, reading: Reading) -> list[ReportTold]:
    places = {line.place for line in heard.lines if line.place != NOWHERE}
    target = reading.target
    wanted = dict(reading.was) | (dict(target.counts) if target is not None else {})
    fitting = matching.with_numbers(candidates, wanted) if wanted else list(candidates)
    if places:
        there = [one for one in fitting if {line.place for line in one.lines} & places]
        fitting = there or (
            [one for one in fitting if all(line.place == NOWHERE for line in one.lines)] if not there else []
        )
    if not wanted:
        outcomes = {line.outcome for line in heard.lines}
        fitting = [one for one in fitting if outcomes & {line.outcome for line in one.lines}] or fitting
    return [one for one in fitting if one.day == fitting[0].day]


def _nowhere(heard: Heard, reading: Reading, evening: Evening, meanings: Sequence[Reading]) -> Act:
    """No report fits a correction: what it may mean is asked, and nothing is changed."""
    return Ask(reading, choices_of(heard, meanings, evening))


def change(heard: Heard, reading: Reading, report: ReportTold, label: str | None, *, amends: bool) -> Act:
    said = heard.said  # a home stands where it stood, whatever hamlet is in use by now
    if not amends:
        own = {line.place for line in report.lines}
        if len(own) == 1 and all(line.place == NOWHERE for line in said):
            said = tuple(LineTold(next(iter(own)), line.outcome, line.n) for line in said)
        return Change(report, said, reading, label) if set(said) != set(report.lines) else Confirm(report, reading)
    lines = changes.each_home(report, reading.homes) or changes.corrected(
        report, label, said, reading.was, reading.gone, part=_DENIES.search(heard.clear) is not None
    )
    if lines is None:
        return WaitFor(report, reading)
    if set(lines) == set(report.lines):
        return Confirm(report, reading)
    return Change(report, lines, reading, label)


_SAYS = r"(?:(?:a|ah|ui|oi|chet|y|ay|o|da|sorry|sr|em|e|minh|toi|tui|bot)[ ,]+)*"
_ONLY_WRONG = re.compile(
    _SAYS + r"(?:(?:ghi|bao|go|bam|dem|viet)\s+)?(?:nham|lon)"
    r"(?:\s+(?:roi|r|a))?[ ,.:]+([0-9]{1,3})(?:\s+may)?(?:\s+(?:thoi|nhe|nha|a|ms dung|moi dung|co))*[ .!]*"
)
# Said first of what was told last; then the number that is right: `không không, vắng 1 thôi`, `giỡn đó, có 2 máy thôi`.
_NOT_SO = re.compile(
    _SAYS + r"(?:(?:khong|hong)[ ,]+(?:khong|phai|dung)\b(?! [0-9])"
    r"|(?:noi )?(?:gion|dua|choi|xao|treu|choc)(?: (?:do|day|thoi|ti|chut|vay|chu|bot|em|ma))*(?=[ ]*,))"
)
_NEW_WORK = re.compile(r"\b(?:them|nua|bo sung|sot|quen|nha (?:ben|khac|moi|ke))\b")


def becomes_the_number(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`à nhầm 3`, `giỡn đó, có 3 máy thôi`, right after four were told: three. Where three were told, it is asked."""
    newest = evening.today[0] if evening.today else None
    waits = evening.asked is not None and evening.asked.answered_by_next
    if newest is None or newest.adjusted or heard.forwarded or waits or evening.quoted is not None:
        return None
    right = _the_right_one(heard, reading)
    told = [line for line in newest.lines if right is not None and line.outcome is right.outcome]
    if right is None or len(told) != 1 or told[0].n == right.n or len(newest.homes) > 1:
        return None
    lines = tuple(replace(line, n=right.n) if line is told[0] else line for line in newest.lines)
    return Change(newest, lines, reading)


def _the_right_one(heard: Heard, reading: Reading) -> LineTold | None:
    """The one outcome with its number that is said after a word of denial, and nothing else."""
    found = _ONLY_WRONG.fullmatch(heard.plain)
    if found is not None:
        return LineTold(NOWHERE, Outcome.ACTIVATED, int(found[1])) if int(found[1]) else None
    if _NOT_SO.match(heard.clear) is None or _NEW_WORK.search(heard.clear):
        return None
    said = [line for line in heard.said if line.n]
    named = reading.day or matching.labels_of(reading) or any(line.place != NOWHERE for line in heard.said)
    return said[0] if reading.kind in (Kind.REPORT, Kind.CORRECT) and len(said) == 1 and not named else None


def drops(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`bỏ cái cụ Ngật đi`, `bỏ cái 3 vừa rồi`: what is named is taken back; of several homes only the one."""
    said = DROP.match(heard.plain)
    inside = _DROP_INSIDE.search(heard.plain) if said is None else None
    if (said or inside) is None or heard.forwarded or reading.kind is Kind.TOTAL or not _says_drop(heard, reading):
        return None
    if _THE_NEWEST.match(heard.plain) and _names_no_earlier(heard, evening):
        return TakeBack(evening.today[0], reading)
    if said is not None and reading.kind is Kind.CORRECT and not _as_told(heard, reading, evening):
        return None
    dropped = heard.plain if inside is None else heard.plain[inside.start() :]
    for report in evening.today:
        home = next((one for one in report.homes if matching.stands_in(one.label, dropped)), None)
        if home is not None and (said is not None or _of_no_other(home, heard, reading, evening)):
            return _home_dropped(report, home, dropped, reading)
    number = _DROPPED.match(heard.plain)
    if number is None:
        return None
    n = int(number[1])
    fitting = [one for one in evening.today if not one.adjusted and any(line.n == n for line in one.lines)]
    return TakeBack(fitting[0], reading) if fitting else None


def _names_no_earlier(heard: Heard, evening: Evening) -> bool:
    """Whether the newest report may be meant: the words name its homes, or none of the evening's."""
    newest = evening.today[:1]
    if not newest or newest[0].adjusted:
        return False
    return bool(matching.named_in(newest, heard.plain)) or not matching.named_in(evening.today, heard.plain)


def _as_told(heard: Heard, reading: Reading, evening: Evening) -> bool:
    """`bỏ tin bác Hợi đi, 2 máy đấy bạn em làm chứ không phải em`: the number is the one that stands there."""
    for report in evening.today:
        for home in report.homes:
            if matching.stands_in(home.label, heard.plain):
                return all(report.count(line.outcome) == line.n for line in heard.lines)
    return False


def _of_no_other(home: HomeTold, heard: Heard, reading: Reading, evening: Evening) -> bool:
    """Whether the words name no other home of the book, nor tell what was done in one."""
    named = [
        one.label for report in evening.today for one in report.homes if matching.stands_in(one.label, heard.plain)
    ]
    told = [one.label for one in reading.homes if one.counts]
    return all(matching.same_home(home.label, label) for label in (*named, *told))


def _home_dropped(report: ReportTold, home: HomeTold, dropped: str, reading: Reading) -> Act | None:
    """`bỏ nhà bà Tư đi` takes back what is stored of it, `bỏ 1 máy nhà bà Tư` one phone of three."""
    part = _PHONES_DROPPED.search(dropped)
    told = home.counts.get(Outcome.ACTIVATED, report.count(Outcome.ACTIVATED) if len(report.homes) == 1 else 0)
    if part is not None and int(part[1]) < told:
        less = [LineTold(home.place, Outcome.ACTIVATED, -int(part[1]))]
        return Change(report, changes.plus(report.lines, less), reading, home.label)
    if len(report.homes) == 1:
        return TakeBack(report, reading)
    lines = changes.corrected(report, home.label, (), home.counts)
    return Change(report, lines, reading, home.label) if lines is not None else None
