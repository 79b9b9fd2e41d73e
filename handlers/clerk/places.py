"""What says where a home was: its report gets that hamlet, and nothing is added."""

import re
from collections.abc import Sequence

from handlers.clerk import changes, matching
from handlers.clerk.acts import Act, Change, Several, Talk
from handlers.clerk.evening import NOWHERE, Evening, Heard, HomeTold
from handlers.language import Kind, Outcome, Reading, Why, fold

_HAMLET = r"(?:(?:xom|thon|to|khu|ap|lang|ban|buon|doi) |x ?[0-9])"
_WHERE = re.compile(
    rf"\bla (?:o )?{_HAMLET}|\b(?:deu|cung|van|la) o {_HAMLET}|\bthuoc {_HAMLET}"
    rf"|\bo {_HAMLET}\S* (?:co|day|do|luon|nhe|nha|het|moi|chu)\b"
)
_SAID_NUMBER = re.compile(r"\b([0-9]{1,2}) may\b")


def tells_where(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`2 máy của o Thanh với o Bé là ở thôn 5`, `nhà ô Sáng ở x6 nhé ko phải x1`: what was told of them was there."""
    if heard.place == NOWHERE or heard.forwarded or not _says_where(heard, reading):
        return None
    if heard.comes != NOWHERE or _tells_of_new(reading, evening):
        return None
    found = []
    for report in reversed(evening.today):
        lines = report.lines
        for home in report.homes:
            if home.place != heard.place and matching.stands_in(home.label, heard.plain) and _says_no_more(heard, home):
                whole = changes.moved(report, heard.place, None, None) if len(report.homes) == 1 else None
                lines = whole or changes.home_moved(lines, home, heard.place)
        if lines != report.lines:
            found.append(Change(report, lines, reading))
    if found:
        return found[0] if len(found) == 1 else Several(tuple(found))
    if (newest := _homes_before(heard, reading, evening)) is not None:
        return newest
    number = _SAID_NUMBER.search(heard.clear)
    new = any(home.counts and not matching.is_nobody(fold(home.label)) for home in reading.homes)
    if number is None or new or matching.named_in(evening.today, heard.plain):
        return None  # of a home that is named nothing else is meant
    for report in evening.today:
        moved = changes.moved(report, heard.place, Outcome.ACTIVATED, int(number[1]))
        if moved is not None and any(line.place == NOWHERE and line.n == int(number[1]) for line in report.lines):
            return Change(report, moved, reading)
    return None


_HOMES_BEFORE = re.compile(
    r"\b(?:ca )?([2-9]|hai|ba|bon) (?:nha|ho|cai|tin) (?:vua|luc|hoi|ban|nay|tren|do|truoc|day|kia)\b"
    rf".*?\bo {_HAMLET}"
)
_WORDS = {"hai": 2, "ba": 3, "bon": 4}


def _homes_before(heard: Heard, reading: Reading, evening: Evening) -> Act | None:
    """`2 nhà vừa rồi ở xóm 1 nhé`: so many of the newest reports, each of one home."""
    said = _HOMES_BEFORE.search(heard.clear)
    if said is None:
        return None
    many = _WORDS.get(said[1]) or int(said[1])
    newest = [report for report in evening.today if not report.adjusted][:many]
    if len(newest) < many or any(len(report.homes) > 1 for report in newest):
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
    wrong = reading.kind is Kind.UNCLEAR and reading.why is Why.HAMLET
    wrong = wrong or _HOMES_BEFORE.search(heard.clear) is not None
    return wrong or heard.elsewhere or _WHERE.search(heard.clear) is not None


def _says_no_more(heard: Heard, home: HomeTold) -> bool:
    """Whether the message counts nothing that is not told of the home already."""
    told = [line for line in heard.lines if line.n]
    return len(told) > 1 or all(home.counts.get(line.outcome) == line.n for line in told)
