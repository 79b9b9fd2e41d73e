"""What answers the bot: a number, a number as vague as before, what a report should have said."""

import re
from collections.abc import Sequence
from datetime import timedelta

from handlers.clerk import changes, matching
from handlers.clerk.acts import Act, AskAgain, Change, Confirm, Repeat, Settle, WaitFor
from handlers.clerk.evening import NOWHERE, Evening, Heard, OpenTold, ReportTold, adds
from handlers.clerk.putting_right import change, home_of
from handlers.language import Kind, Outcome, Reading

AT_ONCE = timedelta(minutes=2)  # within which a number alone answers, whatever else was said since
_BARE_NUMBER = re.compile(
    r"(?:(?:da|vang|dung|dc|duoc|la|u|thi|chinh xac|tong|co)\s+)*([0-9]{1,3})"
    r"(?:\s+(?:may|nha|ho|nguoi|cu|tk))?(?:\s+(?:a|nhe|nha|thoi|em|bot|nhe bot|ban))*"
)
_WORDS_OF_AN_ANSWER = 8
_OF_PHONES = re.compile(r"\b(?:may|tk|kich hoat|cai|duoc|dc|xong)\b")


def answers_twice(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """[4] was pressed, and then `4` is typed: the same answer, which counts once; another house is one tap away."""
    report = evening.report(evening.answered)
    bare = _BARE_NUMBER.fullmatch(heard.plain.strip(" .,!"))
    if report is None or bare is None or heard.forwarded or evening.asked is not None or evening.open:
        return None
    same = reading.kind is Kind.REPORT and [line.n for line in report.lines] == [int(bare[1])]
    return Repeat(report, reading) if same else None


def answers_with_a_number(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`3` right after `mấy máy?` answers it; six minutes and three reports later it is three phones more."""
    asked, opened = _asked(heard, evening)
    if opened is None or heard.forwarded:
        return None
    number = _bare_number(heard, reading, opened)
    return Settle(opened, number, reading) if number is not None and _still_asked(heard, asked, evening) else None


def _asked(heard: Heard, evening: Evening) -> tuple[bool, OpenTold | None]:
    if evening.quoted_open is not None:
        return True, evening.opened(evening.quoted_open)
    asked = evening.asked
    return False, evening.opened(asked.open) if asked is not None else None


def _still_asked(heard: Heard, quoted: bool, evening: Evening) -> bool:
    asked = evening.asked
    if quoted or asked is None:
        return quoted
    return asked.answered_by_next or (heard.at - asked.at <= AT_ONCE and not asked.reported_since)


def _bare_number(heard: Heard, reading: Reading, opened: OpenTold) -> int | None:
    """The number of a message that says nothing but that, in the outcome that was asked for."""
    if opened.outcome is None:
        return None
    bare = _BARE_NUMBER.fullmatch(heard.plain.strip(" .,!"))
    of_phones = _OF_PHONES.search(heard.clear) is not None
    if bare is not None and (not of_phones or opened.outcome is Outcome.ACTIVATED):
        return int(bare[1])
    if reading.kind is not Kind.REPORT or reading.day or reading.homes or adds(heard.clear):
        return None
    said = [line for line in heard.lines if line.n]
    if len(said) != 1 or said[0].outcome is not opened.outcome:
        return None
    (line,) = said
    return line.n if line.place in (NOWHERE, opened.place) and len(heard.plain.split()) <= _WORDS_OF_AN_ANSWER else None


def answers_of_a_home(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`nhà ôn Đoài em đếm lại đúng 3 máy`, long after it was asked about: the home tells which message is meant."""
    said = [line for line in heard.lines if line.n]
    if heard.forwarded or reading.kind in (Kind.TOTAL, Kind.CHAT, Kind.UNDO) or len(said) != 1:
        return None
    for opened in reversed(evening.open):
        if opened.outcome is said[0].outcome and any(matching.stands_in(home, heard.plain) for home in opened.homes):
            return Settle(opened, said[0].n, reading)
    return None


def is_vague_again(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`tầm 6` to `mấy máy?` is no second message: it is asked again."""
    asked, opened = _asked(heard, evening)
    hole = reading.draft.hole if reading.draft is not None else None
    if opened is None or opened.outcome is None or reading.kind is not Kind.UNCLEAR or reading.draft is None:
        return None
    counted = reading.draft.entries or any(home.counts for home in reading.draft.homes)
    more = counted or reading.draft.day or (hole is not None and hole.hamlet)
    other_home = reading.of_home is not None and not any(
        matching.same_home(home, reading.of_home) for home in opened.homes
    )
    if hole is None or more or other_home or not _still_asked(heard, asked, evening):
        return None
    other = hole.outcome is not opened.outcome and (
        hole.outcome is not Outcome.ACTIVATED or _OF_PHONES.search(heard.clear) is not None
    )
    return None if other else AskAgain(opened, reading)


def puts_right(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """The message after [Sửa] corrects that report where it fits; another house, hamlet or a sum is its own."""
    asked = evening.asked
    report = evening.report(asked.fix) if asked is not None else None
    if report is None or heard.forwarded or reading.kind in (Kind.TOTAL, Kind.UNDO) or reading.points_back:
        return None
    labels = matching.labels_of(reading)
    if not _still_asked(heard, quoted=False, evening=evening) and not matching.with_home([report], labels):
        return None
    if reading.kind is Kind.CHAT:
        return _elsewhere(report, heard, reading)
    if reading.kind is Kind.UNCLEAR:
        return WaitFor(report, reading) if not labels else None
    if not _fits(report, heard, reading):
        return None
    amends = reading.kind is Kind.CORRECT or len(report.homes) > 1
    return change(heard, reading, report, home_of(report, reading), amends=amends)


def _elsewhere(report: ReportTold, heard: Heard, reading: Reading) -> Act | None:
    """A hamlet and nothing else: the numbers stay, and were done there."""
    if heard.alone == NOWHERE or len({line.place for line in report.lines}) != 1:
        return None
    lines = changes.moved(report, heard.alone, None, None)
    return Change(report, lines, reading) if lines is not None else Confirm(report, reading)


def _fits(report: ReportTold, heard: Heard, reading: Reading) -> bool:
    """Its home, its hamlet, or no word of either; in another hamlet only with the very same counts."""
    labels = matching.labels_of(reading)
    if labels and (report.homes or not report.text):
        return bool(matching.with_home([report], labels))
    places = {line.place for line in heard.lines if line.place != NOWHERE}
    own = {line.place for line in report.lines}
    if reading.kind is Kind.CORRECT or not places or places & own or own == {NOWHERE}:
        return True
    return not labels and {(line.outcome, line.n) for line in heard.lines} == {
        (line.outcome, line.n) for line in report.lines
    }
