"""What says where a home was: its report gets that hamlet, and nothing is added."""

import re
from collections.abc import Sequence
from itertools import takewhile

from handlers.clerk import changes, matching
from handlers.clerk.acts import Act, Change, Several, Talk
from handlers.clerk.evening import NOWHERE, Evening, Heard, HomeTold, LineTold, Named, Place, ReportTold
from handlers.language import Kind, Outcome, Reading, Why, fold

_HAMLET = r"(?:(?:xom|thon|to|khu|ap|lang|ban|buon|doi) |x ?[0-9])"
_WHERE = re.compile(
    rf"\bla (?:o )?{_HAMLET}|\b(?:deu|cung|van|la) o {_HAMLET}|\bthuoc {_HAMLET}"
    rf"|\bo {_HAMLET}\S* (?:co|day|do|luon|nhe|nha|het|moi|chu)\b"
)
_WRONG = re.compile(r"\b(?:nham|lon|sai|sua|moi dung|dung la|ghi thieu|dinh chinh)\b")
_SAID_NUMBER = re.compile(r"\b([0-9]{1,2}) may\b")


def tells_where(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`2 máy của o Thanh với o Bé là ở thôn 5`, `nhà ô Sáng ở x6 nhé ko phải x1`: what was told of them was there."""
    if heard.place == NOWHERE or heard.forwarded or not _says_where(heard, reading):
        return None
    if heard.comes != NOWHERE or _tells_of_new(reading, evening):
        return None
    found = _moved(heard, reading, evening)
    if found:
        return found[0] if len(found) == 1 else Several(tuple(found))
    if (newest := _homes_before(heard, reading, evening)) is not None:
        return newest
    return _with_that_number(heard, reading, evening) or _from_the_wrong_one(heard, reading, evening)


def _with_that_number(heard: Heard, reading: Reading, evening: Evening) -> Act | None:
    """`2 máy hồi nãy là ở xóm 5`: of a home that is named nothing else is meant."""
    number = _SAID_NUMBER.search(heard.clear)
    new = any(home.counts and not matching.is_nobody(fold(home.label)) for home in reading.homes)
    if number is None or new or matching.named_in(evening.today, heard.plain):
        return None
    for report in evening.today:
        moved = changes.moved(report, heard.place, Outcome.ACTIVATED, int(number[1]))
        if moved is not None and any(line.place == NOWHERE and line.n == int(number[1]) for line in report.lines):
            return Change(report, moved, reading)
    return None


def _moved(heard: Heard, reading: Reading, evening: Evening) -> list[Change]:
    """Each home that is named goes to the hamlet that is said of it, with its people; the other ones stay."""
    said = _clauses(heard)
    found = []
    for report in reversed(evening.today):
        lines, whole = report.lines, len([one for one in report.homes if not matching.is_nobody(one.label)]) < 2
        for k, home in enumerate(report.homes):
            place = _said_of(home.label, said, heard.place)
            if place in (NOWHERE, home.place) or not _says_no_more(heard, home):
                continue
            if whole:
                lines = changes.moved(report, place, None, None) or lines
                break
            for one in (home, *_people_of(report.homes[k + 1 :], home)):
                lines = changes.home_moved(lines, one, place)
        if not report.homes and not heard.lines:
            lines = _told_in_words(report, said, reading, heard.place) or lines
        if lines != report.lines:
            found.append(Change(report, lines, reading))
    return found


def _people_of(others: Sequence[HomeTold], home: HomeTold) -> list[HomeTold]:
    """`nhà bác Sơn 1 máy, vợ bác chưa có căn cước, nhà cô Ngân vắng`: who is told after a home and has no name."""
    return list(takewhile(lambda one: matching.is_nobody(one.label) and one.place == home.place, others))


_Said = tuple[str, Place]  # a clause, and the hamlet that is said in it
_APART = re.compile(
    r"[,.;:!?()\n]|\b(?:con|nhung|ma)\b(?= (?:nha|ho|ong|ba|bac|co|chu|cu|anh|chi|di|cau|mo|thim|o|duong) )"
)
_AND = re.compile(r"\b(?:va|voi|vs)\b")


def _clauses(heard: Heard) -> list[_Said]:
    """What is said of which hamlet, clause by clause; what is denied is said of none."""
    clauses = [part for clause in _APART.split(heard.plain) for part in _halves(clause, heard) if part.strip()]
    return [(clause, next((one.place for one in heard.named if _is_in(one, clause)), NOWHERE)) for clause in clauses]


def _halves(clause: str, heard: Heard) -> list[str]:
    """`nhà ông Tư ở xóm 2 và nhà bà Sáu ở xóm 3`: two, where each has a hamlet."""
    parts = _AND.split(clause)
    return parts if all(any(_is_in(one, part) for one in heard.named) for part in parts) else [clause]


def _is_in(named: Named, clause: str) -> bool:
    if named.denied:
        return False
    return re.search(rf"\b{re.escape(named.said)}\b", _DENIED.sub(" ", clause)) is not None


_DENIED = re.compile(rf"\b(?:khong|ko|k|kh|hong|hok|hem|chang|cha) (?:phai )?(?:thuoc |o |la |ben )*{_HAMLET}\w*")


def _said_of(label: str, said: Sequence[_Said], whole: Place) -> Place:
    """The hamlet of the clause that names a home, else of the next that names nobody, of the one before, of any."""
    for k, (clause, place) in enumerate(said):
        if not matching.stands_in(label, clause):
            continue
        after = next((one for one in said[k + 1 :] if one[1] != NOWHERE), None)
        if after is not None and _TITLED.search(after[0]) is None:
            return after[1]  # `nhà ông Hảo xóm 6, thực ra là xóm 5`: the last word holds
        return place or next((one for _, one in reversed(said[:k]) if one != NOWHERE), whole)
    return NOWHERE


_TITLED = re.compile(r"\b(?:ong|ba|bac|co|chu|cu|anh|chi|di|cau|mo|thim|duong) (?!o\b|la\b|thi\b|ay\b|do\b)[a-z]")


def _told_in_words(
    report: ReportTold, said: Sequence[_Said], reading: Reading, whole: Place
) -> tuple[LineTold, ...] | None:
    """A report whose home stands in its words alone: `nhà anh Đực có ba người, cài được hai`."""
    for label in matching.labels_of(reading):
        place = _said_of(label, said, whole)
        if place != NOWHERE and matching.stands_in(label, report.text):
            return changes.moved(report, place, None, None)
    return None


_EVERYTHING = re.compile(
    r"\b(?:tat ca|toan bo|deu|het|cac (?:nha|tin|so)|may (?:nha|tin) (?:nay|do|ay|vua)|ca (?:lo|dong|xap)"
    r"|tu dau|cho (?:do|ay|kia|nay))\b"
)


# `cái vừa rồi ở xóm 6 nhé`, `ủa tin đó của xóm 6 mà`
_THE_LAST = re.compile(
    r"^\W*(?:(?:a|u|o|ua|y|nham|lon|em|e|bot|oi|da|quen|khoan) +)*"
    r"(?:(?:cai|tin|nha|ho|so|may|bao cao|cho) (?:nha |tin |may |so )?)?"
    r"(?:(?:vua|moi|luc|hoi|ban|khi|o tren|phia tren|truoc)(?: roi| nay| truoc| xong| ni)?|do|ay|kia)"
    rf"(?: \w+)? (?:la |o |thuoc |cua |ben )+{_HAMLET}\w*"
    r" *(?:$|[,.!]|(?:nhe|nha|ma|a|day|do|chu|luon|moi dung|bot)\b|co *(?:$|[,.!]))"
)


_GOES = re.compile(rf"\b(?:qua|sang|di|den|toi|ve|vo|vao|xuong|len|ghe) {_HAMLET}")


def _from_the_wrong_one(heard: Heard, reading: Reading, evening: Evening) -> Act | None:
    """`số kia là ở x2 chứ không phải x1`: what was told last in the wrong one; `đều`: all of it.

    Where none is said to be wrong it is what was told last: `cái vừa rồi ở xóm 6 nhé`.
    """
    wrong = {one.place for one in heard.named if one.denied} - {heard.place, NOWHERE}
    if (
        _GOES.search(heard.plain)
        or heard.lines
        or matching.labels_of(reading)
        or matching.named_in(evening.today, heard.plain)
    ):
        return None
    told = [report for report in evening.today if not report.adjusted]
    if len(wrong) == 1:
        told = [report for report in told if any(line.place in wrong and line.n for line in report.lines)]
    elif wrong or _THE_LAST.search(heard.plain) is None:
        return None
    meant = told if _EVERYTHING.search(heard.clear) and wrong else told[:1]
    left = [(one, changes.all_moved(one.lines, wrong or _places(one), heard.place)) for one in reversed(meant)]
    found = [Change(one, lines, reading) for one, lines in left if lines != one.lines]
    if not found:
        return None
    return found[0] if len(found) == 1 else Several(tuple(found))


def _places(report: ReportTold) -> set[Place]:
    return {line.place for line in report.lines}


_HOMES_BEFORE = re.compile(
    r"\b(?:ca )?([2-9]|hai|ba|bon) (?:nha|ho|cai|tin) (?:vua|luc|hoi|ban|nay|tren|do|truoc|day|kia|ay)\b"
    rf".*?\b(?:o|la|deu|thuoc|sang|qua) {_HAMLET}"
)
_WORDS = {"hai": 2, "ba": 3, "bon": 4}


def _homes_before(heard: Heard, reading: Reading, evening: Evening) -> Act | None:
    """`2 nhà vừa rồi ở xóm 1 nhé`: so many homes, told in the newest reports."""
    said = _HOMES_BEFORE.search(heard.clear)
    if said is None:
        return None
    many = _WORDS.get(said[1]) or int(said[1])
    newest: list[ReportTold] = []
    for report in evening.today:
        if many and not report.adjusted:
            newest.append(report)
            many -= max(1, len([one for one in report.homes if not matching.is_nobody(one.label)]))
    if many:
        return None
    moved = [(report, changes.moved(report, heard.place, None, None)) for report in newest]
    found = [Change(report, lines, reading) for report, lines in reversed(moved) if lines is not None]
    if not found:
        return None
    return found[0] if len(found) == 1 else Several(tuple(found))


def only_comes(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`tối nay em với bạn đi xóm 2`, `xong x4 r, e sang x1`: somebody comes there, and tells of nothing done."""
    if heard.comes == NOWHERE or reading.kind is not Kind.UNCLEAR or heard.lines or matching.labels_of(reading):
        return None
    return Talk(reading) if _COUNTS.search(_PLACE.sub(" ", heard.clear)) is None else None


_PLACE = re.compile(rf"\b{_HAMLET}[0-9]*|\b[0-9]{{1,2}} ?(?:h|gio|:)(?: ?[0-9]{{1,2}})?")
_COUNTS = re.compile(r"\b(?:[0-9]+|may|vang|loi|hen|tu choi|cccd)\b")


def _tells_of_new(reading: Reading, evening: Evening) -> bool:
    """`nhà thầy Dũng cũng ở xóm 5, 2 máy`: what is counted at a home that nobody told of is work, and no statement."""
    if reading.kind is not Kind.REPORT:
        return False
    counted = [home.label for home in reading.homes if home.counts and not matching.is_nobody(fold(home.label))]
    return any(not matching.with_home(evening.today, [label]) for label in counted)


def _says_where(heard: Heard, reading: Reading) -> bool:
    if reading.kind is Kind.UNCLEAR and (reading.why is Why.HAMLET or (not heard.lines and _WRONG.search(heard.clear))):
        return True
    said = any(one.search(heard.clear) is not None for one in (_WHERE, _HOMES_BEFORE))
    return said or heard.elsewhere or _THE_LAST.search(heard.plain) is not None


def _says_no_more(heard: Heard, home: HomeTold) -> bool:
    """Whether the message counts nothing that is not told of the home already."""
    told = [line for line in heard.lines if line.n]
    return len(told) > 1 or all(home.counts.get(line.outcome) == line.n for line in told)
