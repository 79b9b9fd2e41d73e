"""What was said before: the same message again, the same house again, and what points back (rule 25)."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

from handlers.clerk import changes, matching
from handlers.clerk.acts import Act, Ask, Change, Confirm, Repeat, Settle, TakeBack
from handlers.clerk.choosing import choices_of
from handlers.clerk.evening import KEPT, NOWHERE, Evening, Heard, ReportTold, adds
from handlers.clerk.putting_right import DROP, change
from handlers.language import Kind, Outcome, Reading, fold

SAME_MESSAGE = timedelta(minutes=15)  # within which the same words are the same message, sent again
_NOT_NEW = re.compile(r"\bkhong (?:phai (?:la )?(?:may |nha )?moi|them|co them)\b")
_FORGOT = re.compile(
    r"\b(?:quen|sot) (?:chua |mat )?(?:bao|nhan|ghi|gui|noi)\b|\bquen (?:chua|mat)\b|\b(?:bao|ghi) sot\b"
)
_ONCE = re.compile(
    r"\b(?:tinh|ghi|dem) (?:cho |giup |gium )?(?:em )?(?:1|mot) lan\b|\b(?:bao|ghi|tinh|dem) (?:bi )?(?:2|hai) lan\b"
    r"|\b(?:bi|bao|ghi|nhan) trung\b|\btrung (?:roi|r|voi|tin)\b"
)
_LONG = 8  # words; nobody writes as many twice by chance
_BACK = re.compile(
    r"\b(?:do|ay|kia|nay) la (?:cua )?\b|^(?:da )?dung (?:la )?[0-9]+\b"
    r"|\b(?:(?:luc|hoi|ban|vua|tu|khi) [nl]ay|nay bao|khong phai (?:may )?moi|khong them|bao roi|van la)\b"
    r"|\b(?:bao|ghi|nhan|gui) (?:[0-9]+|mot|hai|ba|bon|nam|sau) (?:may )?(?:roi|r)\b"
    r"|\bdung (?:la )?(?:mot|hai|ba|bon|nam|sau|[0-9]+) may\b(?!.*\b(?:them|nua)\b)"
    r"|\b(?:vay|the) la [0-9]+\b|\bla o? ?(?:xom|thon)\b|\bla (?:xom|thon|o)\b"
)


def said_twice(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`nhà bà Lan xóm 4 dc 3` sent again counts once; `dc 3` or `xóm 4 dc 3` twice is two houses."""
    if reading.kind not in (Kind.REPORT, Kind.UNCLEAR) or heard.forwarded:
        return None
    said = _FORGOT.sub(" ", heard.clear) if reading.homes else heard.clear  # `nãy em quên báo`, of a home: no other one
    added = adds(said)
    for report in evening.today:
        if not report.here:
            if reading.kind is Kind.REPORT and not reading.homes and _told_elsewhere(report, heard):
                return Repeat(report, reading)
            continue  # of a home it is recorded, and pointed out
        same_words = report.text == heard.plain and (bool(reading.homes) or len(heard.plain.split()) > _LONG)
        if same_words and abs(heard.at - report.at) <= SAME_MESSAGE:
            return Repeat(report, reading)
        if reading.kind is Kind.UNCLEAR or added:
            continue
        if _same_homes(report, heard, reading):
            return _placed_now(report, heard, reading) or Repeat(report, reading)
    return None


def counts_once(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`nhà bác Sính em báo ở trên rồi, tính 1 lần thôi`: the newer of two that say the same is taken back."""
    if (
        heard.forwarded
        or reading.kind in (Kind.TOTAL, Kind.UNDO)
        or DROP.match(heard.plain)
        or _ONCE.search(heard.clear) is None
    ):
        return None
    reports = [report for report in evening.today if not report.adjusted]
    labels = matching.meant(reading, reports, heard.plain)
    if labels:
        reports = [report for report, _ in matching.with_home(reports, labels)]
    counted = {line.outcome: line.n for line in heard.lines if line.n}
    if counted:  # `nhà bà Lan ghi trùng tên, 1 máy` tells of a phone: only what stands so already is said again
        reports = matching.with_numbers(reports, counted) if labels else []
    for at, newer in enumerate(reports):
        if any(set(newer.lines) == set(older.lines) and _of_one_home(newer, older) for older in reports[at + 1 :]):
            return TakeBack(newer, reading)
    return Confirm(reports[0], reading) if labels and reports else None


def _of_one_home(one: ReportTold, other: ReportTold) -> bool:
    """Whether two reports name the same homes, or the one none and both the same words."""
    if not one.homes or not other.homes:
        return one.text == other.text
    return all(any(matching.same_home(home.label, told.label) for told in other.homes) for home in one.homes)


ELSEWHERE = timedelta(minutes=5)  # within which the same words in another chat tell the same


def _told_elsewhere(report: ReportTold, heard: Heard) -> bool:
    """`xóm 5 được 4` to the bot, and then in the team's group: once."""
    return report.text == heard.plain and abs(heard.at - report.at) <= ELSEWHERE


def _placed_now(report: ReportTold, heard: Heard, reading: Reading) -> Change | None:
    """The same house said again with the hamlet that it lacked: it is there."""
    places = {line.place for line in heard.lines if line.place != NOWHERE}
    if len(places) != 1 or any(line.place in places for line in report.lines):
        return None
    place, lines = places.pop(), report.lines
    for line in heard.lines:
        moved = changes.moved(
            ReportTold(report.id, report.version, report.at, report.day, lines, (), "", report.here),
            place,
            line.outcome,
            None,
        )
        lines = moved if moved is not None and len(report.lines) == len(heard.lines) else lines
    return Change(report, lines, reading) if lines != report.lines else None


def _same_homes(report: ReportTold, heard: Heard, reading: Reading) -> bool:
    """Every home that the message counts is in the report, with the same counts and in no other hamlet."""
    named = [home for home in reading.homes if home.counts]
    counted = sum(sum(home.counts.values()) for home in named)
    if not named or counted != sum(line.n for line in heard.lines):
        return False
    places = {line.place for line in heard.lines}
    for home in named:
        told = [one for one in report.homes if matching.same_home(one.label, home.label)]
        told = [one for one in told if matching.kin_of(one.label) == matching.kin_of(home.label)]
        if not any(
            dict(one.counts) == dict(home.counts) and (one.place in places or NOWHERE in (one.place, *places))
            for one in told
        ):
            return False
    return True


def points_back(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`đúng là 7 máy`, `2 máy ban nãy là ở xóm 8`, `nhà cô Đào vẫn 4`: nothing is added, whatever else happens."""
    if heard.forwarded or reading.kind is Kind.CORRECT or not _points_back(heard, reading, evening):
        return None
    labels = matching.meant(reading, evening.today, heard.plain)
    places = {line.place for line in heard.said if line.place != NOWHERE} or {heard.alone} - {NOWHERE}
    if labels:
        named = _of_the_home(heard, reading, evening, labels, places)
        if named is not None:
            return named
    if len(places) == 1:
        return _elsewhere(heard, reading, evening, places.pop(), meanings)
    return _agreed(heard, reading, evening, meanings)


def _points_back(heard: Heard, reading: Reading, evening: Evening) -> bool:
    """By its words alone, or because what it says so stands in the book."""
    if reading.points_back:
        return True
    said = [line for line in heard.lines if line.n]
    told = reading.kind not in (Kind.CHAT, Kind.TOTAL, Kind.UNDO) and bool(said)
    if not told or not _BACK.search(_beside_names(heard, reading)):
        return False
    if adds(_NOT_NEW.sub(" ", heard.clear)):
        return False
    counts = {line.outcome: line.n for line in said}
    labels = [
        *matching.meant(reading, evening.today, heard.plain),
        *matching.named_in(evening.today, heard.plain),  # `nhà ông Lạc … con trai ông về mở cửa rồi, được 2 máy`
    ]
    of_homes = [report for report, _ in matching.with_home(evening.today, labels)]
    if not of_homes and _tells_of_a_new_home(heard, reading):
        return False  # `nhà bà Diệp 2 máy, hồi nãy tay ướt bấm dính`
    if of_homes:  # `bà Sáu hồi nãy vắng chừ về rồi, làm được 2 máy`: another home's two are no answer
        return bool(matching.with_numbers(of_homes, counts)) or _stands_so(of_homes, labels, counts)
    in_sum = all(evening.sum(outcome) == n for outcome, n in counts.items())
    return in_sum or bool(matching.with_numbers(evening.today, counts))


def _stands_so(reports: Sequence[ReportTold], labels: Sequence[str], counts: Mapping[Outcome, int]) -> bool:
    """`nhà cô Yến vẫn là ba máy`, told with other homes: what is told of hers alone."""
    theirs = [home for one in reports for home in one.homes if any(matching.same_home(home.label, i) for i in labels)]
    return any(all(home.counts.get(outcome) == n for outcome, n in counts.items()) for home in theirs)


def _beside_names(heard: Heard, reading: Reading) -> str:
    """The words beside the homes that are named: `Hứa Văn Lả` is called so, and nothing is `vẫn là`."""
    words = heard.clear
    for label in matching.labels_of(reading):
        words = words.replace(fold(label), " ")
    return words.strip()


_SIGNS = re.compile(r"[,.;:!?\n]+")


def _tells_of_a_new_home(heard: Heard, reading: Reading) -> bool:
    """Whether a home with a name is told with its number, and what points back stands apart from both."""
    told = [home for home in reading.homes if home.counts and not matching.is_nobody(fold(home.label))]
    pieces = [piece for piece in _SIGNS.split(heard.clear) if any(fold(home.label) in piece for home in told)]
    return bool(pieces) and not any(_BACK.search(piece) for piece in pieces)


def _of_the_home(
    heard: Heard, reading: Reading, evening: Evening, labels: Sequence[str], places: set[int | str]
) -> Act | None:
    opened = matching.open_with_home(evening, labels)
    if opened is not None and len(heard.lines) == 1 and opened.outcome is heard.lines[0].outcome:
        return Settle(opened, heard.lines[0].n, reading)
    found = matching.with_home(evening.today, labels)
    if not found:
        return None
    report, label = found[0]
    if places:
        return _home_elsewhere(heard, reading, found, next(iter(places)))
    told = {line.outcome for line in heard.lines} & {line.outcome for line in report.lines}
    if KEPT.search(heard.clear):
        return Confirm(report, reading)  # `chú Kiệt 1 máy là đúng, đừng sửa`
    return change(heard, reading, report, label, amends=True) if told else Confirm(report, reading)


def _home_elsewhere(
    heard: Heard, reading: Reading, found: Sequence[tuple[ReportTold, str | None]], place: int | str
) -> Change | Confirm:
    """The home was in that hamlet; of a report of several homes only this one goes there."""
    report, label = found[0]
    home = next((one for one in report.homes if one.label == label and one.counts), None)
    if home is not None and len(report.homes) > 1:
        moves = home.place != place
        return (
            Change(report, changes.home_moved(report.lines, home, place), reading, label)
            if moves
            else Confirm(report, reading)
        )
    return _move(heard, reading, [one for one, _ in found], place) or Confirm(report, reading)


def _elsewhere(heard: Heard, reading: Reading, evening: Evening, place: int | str, meanings: Sequence[Reading]) -> Act:
    """What was said of no hamlet was in this one: the newest report that fits gets it."""
    said = [line for line in heard.lines if line.n]
    known = [one for one in evening.today if any(line.place == place for line in one.lines)]
    if said and any(line.n == said[0].n and line.place == place for one in known for line in one.lines):
        nowhere = [
            one for one in evening.today if any(line.place == NOWHERE and line.n == said[0].n for line in one.lines)
        ]
        if not nowhere:
            return Confirm(known[0], reading)
    for opened in reversed(evening.open):
        fits = (
            len(said) == 1 and opened.outcome is said[0].outcome and (not opened.likely or said[0].n in opened.likely)
        )
        if fits and not matching.with_numbers(evening.today, {said[0].outcome: said[0].n}):
            return Settle(opened, said[0].n, reading)
    return _move(heard, reading, evening.today, place) or Ask(reading, choices_of(heard, meanings, evening))


def _move(heard: Heard, reading: Reading, reports: Sequence[ReportTold], place: int | str) -> Change | None:
    """The first report that has what was said somewhere else, without a hamlet before with another one."""
    said = [line for line in heard.lines if line.n]
    for nowhere in (True, False):
        for report in reports:
            fitting = [line for line in report.lines if (line.place == NOWHERE) is nowhere]
            outcome, n = (said[0].outcome, said[0].n) if said else (None, None)
            if not fitting or (n is not None and all((line.outcome, line.n) != (outcome, n) for line in fitting)):
                continue
            lines = changes.moved(report, place, outcome, n)
            if lines is not None:
                return Change(report, lines, reading)
    return None


def _agreed(heard: Heard, reading: Reading, evening: Evening, meanings: Sequence[Reading]) -> Act:
    """A number said again: it is the last report's, or the day's sum, or the one that was asked for."""
    said = [line for line in heard.lines if line.n]
    if not said:
        return Ask(reading, choices_of(heard, meanings, evening))
    line = said[0]
    opened = next((one for one in reversed(evening.open) if one.outcome is line.outcome), None)
    if opened is not None and (not opened.likely or line.n in opened.likely):
        return Settle(opened, line.n, reading)
    if line.n == evening.sum(line.outcome):
        return Confirm(None, reading)
    newest = next(iter(evening.today), None)
    if (
        newest is not None
        and KEPT.search(heard.clear)
        and evening.sum(line.outcome) - newest.count(line.outcome) == line.n
    ):
        return TakeBack(newest, reading)  # `tổng 10`, which added one; `thôi cứ để 9 như bot ghi`
    fitting = matching.with_numbers(evening.today, {one.outcome: one.n for one in said})
    return Confirm(fitting[0], reading) if fitting else Ask(reading, choices_of(heard, meanings, evening))
