"""What ended otherwise than it was told: a failed phone that works by now, a refusal that became a yes."""

import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from handlers.clerk import changes, matching
from handlers.clerk.acts import Act, Change, Confirm, Repeat, TakeBack
from handlers.clerk.evening import NOWHERE, Evening, Heard, HomeTold, LineTold, ReportTold, adds
from handlers.clerk.lasting import (
    FAILED_ONE,
    SUCCEEDED,
    TOLD_BEFORE,
    TRIED,
    explains,
    failed_of_nobody,
    points_at,
    still_fails,
    still_so,
    without_it,
    works_now,
)
from handlers.language import Kind, Outcome, Reading, fold

_NUMBER = re.compile(r"[0-9]|\b(?:mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|ca doi)\b")
_DOOR = re.compile(r"\b(?:xom|thon|to|khu|ap|lang|ban|doi|tdp|so|ngo|ngach|hem|x|t) ?[0-9]+\b")  # counts nothing
_THAT_PHONE = re.compile(r"\b(?:may|cai|con) (?:may )?(?:do|no|nay|ay|kia|y|hoi nay|luc nay|ban nay)\b")
_OFF = r"(?:go|xoa)(?: (?:[0-9]|mot|hai|ba))?(?: may)?(?: (?:ra|di|bo|app))?"
_UNDONE = re.compile(
    rf"\b(?:doi y|go (?:ra|di|bo|app)|khong (?:cho )?lam nua|(?:bat|doi) (?:(?:em|e|minh|toi|tui) )?{_OFF})\b"
)
_THINKS_AGAIN = re.compile(r"\b(?:doi y|nghi lai|suy nghi lai|(?:ung|dong y|chiu) roi)\b")
_FAILED_SO_MANY = re.compile(
    r"\b[0-9]+ (?:may |cai |tk |con |nguoi )?(?:(?:bi|van|con|thi) )?loi\b(?! (?:do|kia|ay|no|nay|roi)\b)"
    r"|\bloi:? [0-9]+\b(?! (?:may )?(?:roi|xong))"
)
_TAKES_BACK = re.compile(
    r"(?:(?:da|a|oi|thoi|bot oi|bot)\s+)*(?:bo|xoa|huy|rut|gach|cancel)\b"
)  # `bỏ cái vắng của chú Phong đi`
_BEGS = re.compile(
    r"\b(?:bot|nho|nen) (?:oi )?(?:bo|xoa|huy|rut|gach) (?:giup|gium|ho|dum|cho|di)\b"
)  # `bot bỏ giúp em`
_TELLS_DONE = re.compile(r"\b(?:xong|(?:lam|cai|man) (?:cho|duoc|dc)|(?:duoc|dc) [0-9]+)\b")
_TAKEN_OFF = re.compile(rf"\b(?:go (?:ra|di|bo|app)|(?:bat|doi) (?:(?:em|e|minh|toi|tui) )?{_OFF}|lam nua|xoa)\b")
_ENDS_IN = r"(vang|v(?= (?:nha|ho|di|nhe|nha|cua|o)\b)|loi|tu choi|hen)\b"
_ANYTHING = r"(?: (?!ve\b|vi\b|do\b|nen\b|ma\b|roi\b|thi\b|lam\b|bi\b|di\b)(?:[a-z]+|1)){0,6} "
_GONE = re.compile(
    r"\b(?:bo|go|gach|xoa|huy|rut"
    r"|(?:dung|khong|ko|k|hok|hong|khoi|thoi|het) (?:tinh|ghi))"
    rf"{_ANYTHING}{_ENDS_IN}"
    r"|\b(?:khong|ko|k|hok|hong|no|khoi|het|khoi can)"
    r"(?: (?:con|phai|tinh|la|ai|may|nao|cai|tin|cho|so|co|bi|bao|ghi|danh dau"
    rf"|giup|gium|ho|em|e|minh|nha|1|mot)){{0,5}} {_ENDS_IN}"
    r"|\btu (vang|loi|tu choi|hen) (?:sang|thanh|qua|ra)\b"
    r"|\b(khoi|khong can|dung) (?:toi|den|qua|quay lai|ghe)\b"
)
_NAMED = {
    "vang": Outcome.ABSENT,
    "v": Outcome.ABSENT,
    "loi": Outcome.FAILED,
    "tu choi": Outcome.REFUSED,
    "hen": Outcome.REVISIT,
    "khoi": Outcome.REVISIT,
    "khong can": Outcome.REVISIT,
    "dung": Outcome.REVISIT,
}
_ENDED = (Outcome.FAILED, Outcome.REFUSED)  # a home that was absent stays so once, and is done once
_DONE, _REFUSED = Outcome.ACTIVATED, Outcome.REFUSED


_VERB = re.compile(r"(?:bo|go|gach|xoa|huy|rut)\b")
_MARKED_VERB = re.compile(r"\b(?:bỏ|gỡ|gạch|xóa|xoá|hủy|huỷ|rút)\b", re.IGNORECASE)
# What follows the verb where something of the book is meant; `gõ cửa`, `bố mẹ` and `anh Huy` are none.
_OF_THE_BOOK = frozenset(
    "cai lich cuoc buoi giup gium dum ho tin so vang v loi tu hen luon bot 1 mot lan cho not chu bao".split()  # noqa: SIM905 - reads better
)
_CALLED = frozenset("anh chi ong ba bac co chu em o di cau ban nha con cu a c thay mo duong".split())  # noqa: SIM905 - reads better


def _taken_back(heard: Heard) -> re.Match[str] | None:
    """`bỏ cái vắng`, `không tính vắng nữa`: that something told before is no more. A verb is one as it is written."""
    plain = without_it(heard)  # `nó bảo vắng 1 thôi` takes nothing back
    for found in _GONE.finditer(plain):
        if _VERB.match(found[0]) is None:
            return found
        before, following = plain[: found.start()].split(), found[0].split()[1]
        marked = not heard.text.isascii()
        written = _MARKED_VERB.search(unicodedata.normalize("NFC", heard.text)) is not None
        fits = following in _OF_THE_BOOK or (marked and following == "nha")
        if fits and (written if marked else not before or before[-1] not in _CALLED):
            return found
    return None


def ends_otherwise(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`mã chị Thúy mới về, vào được rồi` beside her failed phone: one done, none failed; `gỡ ra rồi` the other way."""
    gone = _taken_back(heard) is not None
    if heard.forwarded or reading.kind is Kind.TOTAL or (reading.kind is Kind.UNDO and not gone):
        return None
    if reading.gone or reading.was:
        return None
    for report, home in _known(evening, heard):
        if _tells_of_another(heard, reading, report, home):
            continue
        if (
            still_fails(heard, home, reading)
            or explains(heard, home)
            or still_so(heard, home)
            or points_at(heard, home)
        ):
            return Confirm(report, reading)
        by = (
            _undone(heard, home, meanings)
            or _and_works(_gone(heard, report, home, meanings), heard, home)
            or ({} if _LACKED.search(heard.clear) else _works(heard, report, home, meanings))
        )
        if by:
            return _change(report, home, reading, by)
    return _gone_of_nobody(heard, reading, meanings, evening)


# `ghi thiếu: nhà cô Yên còn chú nhà làm được 1 máy`: what was told lacks it, and holds.
_LACKED = re.compile(r"\b(?:ghi|bao|dem|ke|nhan|gui) (?:thieu|sot)\b")


def _and_works(gone: Mapping[Outcome, int], heard: Heard, home: HomeTold) -> Mapping[Outcome, int]:
    """`mã về rồi, em làm thì lên ngon lành, khỏi phải hẹn mai nữa`: no visit any more, and the phone works by now."""
    failed = home.counts.get(Outcome.FAILED, 0)
    if gone.get(Outcome.REVISIT, 0) >= 0 or not failed or not works_now(heard):
        return gone
    return {Outcome.FAILED: -failed, _DONE: failed, **gone}


_SPOUSE = re.compile(r"(?:ong|ba|anh|chi) (?:nha|xa) ")


_DONE_FOR = re.compile(
    r"\bcho (ong|ba|bac|co|chu|anh|chi|cu|di|cau|mo|thim|o|me|mu|duong)"
    r"(?= (?:[0-9]|mot|hai|ba|xong|luon|r|roi)\b|[,.]|$)"
)


def _done_for_another(heard: Heard, home: HomeTold) -> bool:
    """`bà Mùi về rồi, thằng Nam gọi, xong cho bà 1 máy`: the phone is hers, who is called `bà` in the same words."""
    found = _DONE_FOR.search(heard.plain)
    if found is None or found[1] in matching.names_in(home.label)[0]:
        return False
    words = unicodedata.normalize("NFC", heard.text).split()
    return any(fold(title) == found[1] and name[:1].isupper() for title, name in itertools.pairwise(words))


def _tells_of_another(heard: Heard, reading: Reading, report: ReportTold, home: HomeTold) -> bool:
    """`bà Mùi về rồi, thằng Nam gọi em quay lại, xong cho bà 1 máy`: whoever is named beside it is not told of."""
    if _done_for_another(heard, home):
        return True
    told = [one.label for one in reading.homes if one.counts and not matching.is_nobody(fold(one.label))]
    names = matching.names_in(home.label)[1]
    if matching.is_nobody(home.label) or not names or not told:
        return False
    himself = not home.label.startswith("nha ") and not matching.kin_of(home.label)
    himself = himself and bool(home.counts.get(_REFUSED) or home.counts.get(Outcome.FAILED))
    kin = [matching.kin_of(label) or (_SPOUSE.match(fold(label)) or [""])[0].strip() for label in told]
    if himself and all(one and f" {one} " not in f" {report.text} " for one in kin):
        return True  # `ông Hường từ chối`, then `con trai ông Hường thì làm, một máy`; `ông nhà bà Thoa thì xong`
    return all(names[-1] not in matching.names_in(label)[1] for label in told)  # `anh chồng chị Hạnh` is of her home


def _undone(heard: Heard, home: HomeTold, meanings: Sequence[Reading]) -> Mapping[Outcome, int]:
    """`chị Nguyệt đổi ý, gỡ ra 1 máy`."""
    done = home.counts.get(_DONE, 0)
    if not done or _UNDONE.search(heard.clear) is None:
        return {}
    if _TAKEN_OFF.search(heard.clear) is None and (home.counts.get(Outcome.REFUSED) or _said(meanings, _DONE)):
        return {}  # who had refused changed their mind the other way
    n = min(done, _said(meanings, _DONE) or _said(meanings, Outcome.REFUSED) or 1)
    return {_DONE: -n, Outcome.REFUSED: n}


def _gone(heard: Heard, report: ReportTold, home: HomeTold, meanings: Sequence[Reading]) -> Mapping[Outcome, int]:
    """`được 1 máy, khỏi hẹn nữa`: what was told before is no more, and what is told now happened."""
    found = _taken_back(heard)
    outcome = _NAMED[next(filter(None, found.groups()))] if found is not None else None
    told = home.counts.get(outcome, 0) if outcome is not None else 0
    if outcome is None or not told:
        return {}
    if outcome is Outcome.FAILED and not set(_clear(meanings)) - {outcome, _DONE}:
        return {outcome: -told, _DONE: _phones_more(report, home, told, meanings)}
    says_done = _TELLS_DONE.search(heard.clear) and any(line.outcome is _DONE and line.n for line in heard.lines)
    unsure = meanings[0].kind is Kind.UNCLEAR and _NUMBER.search(_DOOR.sub(" ", heard.clear)) is None
    begs = _TAKES_BACK.match(heard.clear) is not None or _BEGS.search(heard.clear) is not None
    taken_back = unsure or (begs and not says_done) or meanings[0].kind is Kind.UNDO
    now = {o: n for o, n in _clear(meanings).items() if o is not outcome and not taken_back}
    done = home.counts.get(_DONE, 0)
    if done and now.get(_DONE, 0) > done:
        now[_DONE] -= done  # what the home has by now
    return {outcome: -told} | now


def _gone_of_nobody(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`bỏ vắng giúp em`, `cái lỗi được rồi`, of a home without a name: the newest report that has it."""
    if (told := failed_of_nobody(heard, evening)) is not None:
        return Repeat(told, reading)  # with a button, should it be another one after all
    another = any(not matching.is_nobody(fold(label)) for label in matching.labels_of(reading))
    if another or any(True for _ in _known(evening, heard)):
        return None  # it tells of another home
    found = _taken_back(heard)
    failed = (
        FAILED_ONE.search(heard.clear)
        or _again_alone(heard, reading, evening)
        or (_THAT_PHONE.search(heard.clear) and not matching.labels_of(reading))
    )
    several = max((line.n for line in heard.lines if line.outcome is Outcome.FAILED), default=0)
    fixed = failed and works_now(heard) and not _is_a_sum(heard)
    named = found[1] or found[2] if found is not None else None
    if named is not None:
        outcome = _NAMED[named]
    elif fixed and (several < 2 or (SUCCEEDED.search(heard.clear) and len(heard.lines) == 1)):
        outcome = Outcome.FAILED
    else:
        return None
    for report in evening.today:
        there = next((line for line in report.lines if line.outcome is outcome and line.n), None)
        theirs = [home for home in report.homes if home.counts.get(outcome)]
        only = len(theirs) == 1 and found is not None and there is not None and there.n == theirs[0].counts[outcome]
        fits = there is not None and there.n >= several and heard.place in (NOWHERE, there.place)
        if there is not None and fits and (len(report.homes) < 2 or only):
            home = HomeTold(theirs[0].label if only else "", there.place, {outcome: there.n})
            by = _gone(heard, report, home, meanings) or {outcome: -max(1, several), _DONE: max(1, several)}
            return _change(report, home, reading, by)
    return None


_AGAIN_ALONE = re.compile(r"(?:(?:a|o|da|em|e|bot) )*(?:cai|lam|thu|dang nhap|kich hoat|nhan) lai\b")


def _again_alone(heard: Heard, reading: Reading, evening: Evening) -> bool:
    """`cài lại được rồi`, of nobody, where one phone has failed this evening: that one."""
    only = sum(report.count(Outcome.FAILED) for report in evening.today) == 1
    more = (
        any(line.n > 1 for line in heard.lines) or heard.place != NOWHERE
    )  # `làm lại được rồi, 3 máy` tells of others
    return only and not more and not matching.labels_of(reading) and _AGAIN_ALONE.match(heard.clear) is not None


def _is_a_sum(heard: Heard) -> bool:
    """`xom 5: cai duoc 6 may, 1 may loi`: the failed beside the done, each by its number, and nothing points back."""
    numbered = {line.outcome for line in heard.lines if line.n} >= {_DONE, Outcome.FAILED}
    counted = numbered and _FAILED_SO_MANY.search(heard.clear) is not None
    return counted and not (TOLD_BEFORE.search(heard.clear) or _THAT_PHONE.search(heard.clear))


def _works(heard: Heard, report: ReportTold, home: HomeTold, meanings: Sequence[Reading]) -> Mapping[Outcome, int]:
    """`ông Chắt gọi em quay lại, làm cho ông 1 máy rồi`; somebody with one phone needs no such words."""
    before = next((one for one in _ENDED if home.counts.get(one)), None)
    if before is None and _THINKS_AGAIN.search(heard.clear) and report.count(Outcome.REFUSED):
        before = Outcome.REFUSED  # of somebody of this home
    beside = heard.clear.replace(home.label, " ")  # `con gai chu Tam` is no eight
    numbered = _NUMBER.search(_DOOR.sub(" ", beside)) is not None
    if before is Outcome.FAILED and not numbered:
        meanings = meanings[:1]  # no number is said: what others make of the words is no number either
    if before is None or _says_again(heard, before) or set(_clear(meanings)) - {before, _DONE}:
        return {}
    told = home.counts.get(before) or report.count(before)
    sure = meanings[:1] if meanings and meanings[0].kind is not Kind.UNCLEAR else meanings
    numbers = {counts[_DONE] for counts in map(_counts, sure) if counts.get(_DONE)}
    first = _said(meanings[:1], _DONE)
    as_told = told in numbers and (before is Outcome.FAILED or first == told)
    as_told = as_told or (first > 0 and numbered and _THINKS_AGAIN.search(heard.clear) is not None)
    if len(numbers) > 1 and not as_told:
        return {}  # how many is not clear: it is asked
    alone = dict(home.counts) == {before: 1} and f"nha {home.label}" not in report.text
    works = works_now(heard) or (before is not Outcome.FAILED and TRIED.search(heard.clear) is not None)
    said = _said(meanings, _DONE)
    if not (works or (alone and said == 1 and not adds(heard.clear))):
        return {}
    if before is Outcome.FAILED:
        succeeded = SUCCEEDED.search(heard.clear) is not None and not meanings[0].question
        n = _phones_more(report, home, told, meanings) if said or _clear(meanings) or succeeded else 0
        n = n if numbered else min(n, told)  # no more than had failed, where no number is said
        return {before: -min(n, told), _DONE: n} if n else {}
    return {before: -min(said, told), _DONE: said} if said else {}


def _phones_more(report: ReportTold, home: HomeTold, told: int, meanings: Sequence[Reading]) -> int:
    """How many more phones are done: as many as had failed, else as many as are said; `full 5/5` says those before."""
    said, before = _said(meanings, _DONE), report.count(_DONE)
    first = meanings[0].draft or meanings[0]
    if first.kind is Kind.CORRECT and said > before > 0:
        return said - before  # `sửa nhà anh Cảnh: hai máy, không còn máy lỗi`: what they have by now
    return told if not said or said == home.counts.get(_DONE, 0) + told else said


def _known(evening: Evening, heard: Heard) -> Iterator[tuple[ReportTold, HomeTold]]:
    """The homes of today that the words name, the newest first."""
    for report in evening.today:
        for at, home in enumerate(report.homes):
            if matching.stands_in(home.label, heard.plain):
                yield report, home if len(report.homes) > 1 else _alone(report, home)
                yield from ((report, other) for other in _theirs(home, report.homes[at + 1 :]))
            elif matching.relative_stands_in(home.label, heard.plain):  # `mẹ Trang nhớ ra mật khẩu rồi`
                yield from ((report, other) for other in _theirs(home, report.homes[at + 1 :]))


def _theirs(home: HomeTold, others: Sequence[HomeTold]) -> Iterator[HomeTold]:
    """Those told after a home who have no name of their own: `nhà anh Tiến 1 máy, máy của vợ anh Tiến lỗi`."""
    for other in others:
        if not matching.is_nobody(other.label) and not matching.belongs_to(other.label, home.label):
            return
        yield other


def _alone(report: ReportTold, home: HomeTold) -> HomeTold:
    """The one home of a report: all that the report counts is counted there."""
    place = report.lines[0].place if len({line.place for line in report.lines}) == 1 else home.place
    return HomeTold(home.label, place, {line.outcome: report.count(line.outcome) for line in report.lines})


def _clear(meanings: Sequence[Reading]) -> Mapping[Outcome, int]:
    """What the likeliest meaning counts, as far as it is understood."""
    return next((counts for counts in map(_counts, meanings) if counts), {})


def _counts(meaning: Reading) -> Mapping[Outcome, int]:
    if meaning.kind in (Kind.REPORT, Kind.CORRECT) or meaning.draft is None:
        return meaning.counts
    return Reading(Kind.REPORT, 0, meaning.draft.entries).counts


def _said(meanings: Sequence[Reading], outcome: Outcome) -> int:
    """The number of the likeliest meaning that counts the outcome."""
    return next((counts[outcome] for counts in map(_counts, meanings) if counts.get(outcome)), 0)


def _says_again(heard: Heard, outcome: Outcome) -> bool:
    """Whether the message tells of one more that is not done: then it is a report of its own."""
    if outcome is Outcome.REFUSED and _THINKS_AGAIN.search(heard.clear):
        return False
    if outcome is Outcome.FAILED and FAILED_ONE.search(heard.clear) and not adds(heard.clear):
        return False  # `máy lỗi nhà chị Tuyết kích hoạt xong`: the one that is known
    return any(line.outcome is outcome for line in heard.lines) and any(line.outcome is _DONE for line in heard.lines)


def _change(report: ReportTold, home: HomeTold, reading: Reading, by: Mapping[Outcome, int]) -> Act | None:
    if not any(by.values()):
        return None
    lines = changes.plus(report.lines, [LineTold(home.place, outcome, n) for outcome, n in by.items() if n])
    if not any(line.n for line in lines):
        return TakeBack(report, reading)
    return Change(report, lines, reading, home.label or None)
