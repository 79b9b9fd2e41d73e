"""Appointments in words: `em hẹn những ai?`, `hủy hẹn ông Tuấn`, `dời sang mai`; and answers to what is asked."""

import re
import unicodedata
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from handlers.clerk.matching import is_nobody, labels_of, same_home, stands_in
from handlers.field import visit_results
from handlers.field.appointments import ask_when, buttons, call_off, lines, listed, moved
from handlers.figures.replies import questions
from handlers.language import Kind, Outcome, Reading, Why, fold
from handlers.language.put_off import put_off
from handlers.messages import Message, Saying
from handlers.states import Waiting
from handlers.turn import STUDENTS, Answer, Scope, Turn, answers
from storage.field import appointments
from storage.field.appointments import Appointment
from storage.reports import homes, reports
from storage.talk import offers

_ASKS = re.compile(
    r"\bhen (?:voi |lai )?(?:nhung )?(?:ai|nha nao|ho nao|nhung ai|may nha|bao nhieu nha)\b"
    r"|\b(?:lich|cuoc) hen (?:nao|gi|cua (?:em|e|minh|toi|tui|chau)|hom nay|toi nay|ngay mai|mai|sap toi)\b"
    r"|\b(?:xem|cho (?:em|minh) xem|cac|nhung|may|bao nhieu) (?:lich|cuoc) hen\b"
    r"|^(?:(?:em|e|minh|toi) )?(?:co )?(?:lich|cuoc) hen(?: (?:a|khong|khong a|the nao))?[?]*$"
)
_HOW_MANY = re.compile(r"\b(?:may|bao nhieu) (?:nha|ho)\b")
_WHETHER = re.compile(r"\b(?:bot|he thong) co (?:tu |se )?(?:nhac|ghi|luu|bao)\b")  # a question about the bot
_CALLS_OFF = re.compile(
    r"\bhuy (?:bo )?(?:giup |gium |ho )?(?:(?:em|minh|toi) )?(?:cai |cuoc |lich |buoi |loi )*hen\b"
    r"|\b(?:bo|xoa|dep) (?:cai )?(?:cuoc|lich|buoi) hen\b"
    r"|\b(?:nha|cuoc|lich|buoi) hen\b(?: \w+){1,6} (?:huy|dep)\b"  # `nhà hẹn 9h sáng mai hủy r`
)
# The same, and said as well of what was counted without a time, which the clerk takes out of the report.
_LEAVES_OUT = re.compile(
    r"\b(?:bo|xoa|dep|khoi|thoi) (?:cai )?hen\b|\b(?:khong|ko|k|kh|hong|hok) hen (?:\w+ ){0,4}nua\b"
)
_NO_PLACE = (
    r"(?! (?:xóm|xom|thôn|thon|tổ|tdp|khu|ấp|bản|làng|nhà|nha|ngõ|ngo|phố)\b"  # `em chuyển sang xóm 4`: of oneself
    r"| (?:sim|máy|may|mạng|mang|điện thoại|đt|dt|wifi|4g|app|tài khoản|số|mật khẩu)\b)"  # `đổi sang sim khác`: a cure
)
_MOVES = re.compile(
    r"dời|rời lịch|hoãn|lùi (?:lại|lịch|hẹn|sang|đến|[0-9])"
    rf"|(?:chuyển|đổi) (?:lịch|hẹn|giờ|(?:sang|qua){_NO_PLACE})"
    rf"|\b(?:doi|hoan|lui|chuyen) (?:lich|hen|gio|sang|qua|lai|den|toi)\b{_NO_PLACE}"
)
_DONE = re.compile(r"^(?:(?:em|e|da|bot) )*(?:xong|gap|den|qua|toi)(?: roi)? (?:cai |cuoc |lich |buoi )*hen\b")
_IS_DONE = re.compile(r"(?:(?:da|em|e|bot) )*xong(?: (?:roi|r|nhe|a|nha|xuoi|ca))*[.!]*")
_WHY_NOT = frozenset({Outcome.REFUSED, Outcome.ABSENT})
_STILL_THERE = timedelta(hours=2)
_TOLD = re.compile(r"^(?:(?:da|em|e|vang) )*bao (?:roi|o tren|luc nay|ben tren|tren roi|xong roi)\b")
_CLOCK = re.compile(r"\d|\b(?:gio|tieng|phut|ruoi)\b")
_PARTS = (11, 13, 18)  # o'clock, at which noon, afternoon and evening begin
_BREAK = re.compile(r"[,;\n]|[.!?](?!\d)")


@dataclass(frozen=True, slots=True)
class Said:
    """What was done about appointments, and what of the message is left to be read."""

    said: list[Saying]
    rest: str = ""


def heard(message: Message, turn: Turn, reading: Reading) -> Said | None:
    """What a message says of appointments beside reports; None: nothing."""
    if message.forwarded or message.edited_at is not None or not message.addressed or not message.chat.private:
        return None
    plain = fold(message.text)
    if reading.kind is Kind.CHAT and _ASKS.search(plain) and not _WHETHER.search(plain):
        counted = questions.of_member(message, turn, reading) if _HOW_MANY.search(plain) else None
        return Said([*(counted or []), listed(turn)])  # `em hẹn lại mấy nhà rồi`: what was counted, and what stands
    if reading.why is Why.BARE_DONE and _IS_DONE.fullmatch(plain):
        near = _about_now(turn, appointments.of_day(turn.tx, turn.me.id, turn.work_day))
        return Said(visit_results.ask(turn, near[-1])) if near else None
    clauses = [one for one in _BREAK.split(message.text) if one.strip()]
    mine = [one for one in clauses if _speaks_of_one(one)]
    if not mine and not (reading.kind is Kind.CHAT and reading.later is not None and not reading.question):
        return None
    known = appointments.of_person(turn.tx, turn.me.id, turn.work_day)
    if len(mine) == 1 and len(clauses) > 1 and _counts_beside(turn, message, clauses, mine[0], known):
        rest = ", ".join(one for one in clauses if one is not mine[0])
        result = _result(replace(message, text=rest), turn, fold(mine[0]), known)
        if result is not None:
            return Said(result)
        said = _about(mine[0], turn, known)
        return Said(said, rest) if said is not None else None
    said = _about(message.text, turn, known) if mine else _told_anew(message.text, turn, known, reading)
    return Said(said) if said is not None else None


def _speaks_of_one(text: str) -> bool:
    """Whether words call an appointment off, put it off, or say that it is done."""
    plain = fold(text)
    calls_off = _CALLS_OFF.search(plain) is not None
    return calls_off or any(said.search(plain) for said in (_LEAVES_OUT, _DONE)) or _moves(text)


def _moves(text: str) -> bool:
    return _MOVES.search(unicodedata.normalize("NFC", text).lower()) is not None


def _counts_beside(
    turn: Turn, message: Message, clauses: Sequence[str], mine: str, known: Sequence[Appointment]
) -> bool:
    """Whether the other clauses tell of work: `nhà bà Lan 3 máy, hủy hẹn ông Tuấn`; no `ông Thợ nhắn là bận`."""
    reading = turn.reading_of(", ".join(one for one in clauses if one is not mine), message.at)
    if reading.kind is Kind.UNCLEAR:  # it is asked about, and never lost with the visit
        of_them = reading.of_home is not None and any(
            one.home and same_home(one.home, reading.of_home) for one in known
        )
        if of_them and reading.draft is not None and not reading.draft.entries:
            return False  # why whoever is called off has no time
        return reading.why not in (Why.BARE_DONE, None) or reading.draft is not None
    counted = {outcome for outcome, n in reading.counts.items() if n}
    theirs = [home for home in reading.homes if any(one.home and same_home(one.home, home.label) for one in known)]
    if counted <= _WHY_NOT and sum(reading.counts.values()) == 1 and theirs and len(theirs) == len(reading.homes):
        return False  # `bà Gái đổi ý mai bà đi chợ sớm, bỏ hẹn bà Gái đi`: why it is off
    return reading.kind in (Kind.REPORT, Kind.TOTAL, Kind.CORRECT) and bool(counted - {Outcome.REVISIT})


def _about(text: str, turn: Turn, known: Sequence[Appointment]) -> list[Saying] | None:
    """What words that speak of an appointment do; None: they do not, after all."""
    plain = fold(text)
    if _CALLS_OFF.search(plain) or _LEAVES_OUT.search(plain):
        return _called_off(text, turn, known)
    if _moves(text):
        return _one_of(turn, known, text, "move", missing=" hen" in f" {plain}")
    return _one_of(turn, known, text, "done", missing=True)


def _called_off(text: str, turn: Turn, known: Sequence[Appointment]) -> list[Saying] | None:
    """Calls off the one that is meant; None: what is meant was counted without a time, which the clerk takes back."""
    plain = fold(text)
    sure = _CALLS_OFF.search(plain) is not None
    if not _named(turn, known, plain):
        somebody = _names_somebody(turn, plain)
        timeless = _timeless(turn, plain if somebody else "")
        newest = max((one.report for one in known), default=0)
        if timeless and (somebody or max(timeless) > newest):
            return None
        if not sure and (somebody or not known):
            return None
    return _one_of(turn, known, text, "off", missing=True)


def _timeless(turn: Turn, plain: str) -> list[int]:
    """The reports of this day that count more return visits than have a time; `plain` names the home, if any."""
    found = []
    for one in reports.of_day(turn.tx, turn.me.id, turn.work_day):
        promised = sum(line.n for line in one.lines if line.outcome == Outcome.REVISIT)
        there = [home.label for home in homes.of_report(turn.tx, one.id) if home.counts.get(Outcome.REVISIT)]
        named = not plain or any(stands_in(label, plain) for label in there)
        if named and promised > appointments.promised_by(turn.tx, one.id):
            found.append(one.id)
    return found


def _named(turn: Turn, known: Sequence[Appointment], plain: str) -> list[Appointment]:
    """Those to a home that the words name; `chồng chị ấy` is of the home whom they name."""
    named = [one for one in known if one.home and stands_in(fold(one.home), plain)]
    if named:
        return named
    relatives = [one for one in known if one.home and is_nobody(fold(one.home))]
    return [one for one in relatives if stands_in(_household(turn, one), plain)]


def _household(turn: Turn, one: Appointment) -> str:
    """The home whose `vợ anh ấy` a visit is promised to: told before it in the same report, or the one with a visit."""
    told = homes.of_report(turn.tx, one.report)
    household = ""
    for home in told:
        if not is_nobody(home.label):
            household = home.label
        elif one.home and home.label == fold(one.home):
            return household
    promised = [home.label for home in told if home.counts.get(Outcome.REVISIT)]
    return promised[0] if len(promised) == 1 else ""


def _result(rest: Message, turn: Turn, plain: str, known: Sequence[Appointment]) -> list[Saying] | None:
    """`xong hẹn rồi, được 2 máy`: the rest says what came of the one visit that is meant; None: it does not."""
    team = turn.team_on(turn.day_of(rest))
    if team is None or not _DONE.search(plain):
        return None
    named = [one for one in known if one.home and stands_in(fold(one.home), plain)]
    meant = named or ([] if _names_somebody(turn, plain) else _nearest(turn, known))
    reading = turn.reading(rest)
    if len(meant) != 1 or reading.kind is not Kind.REPORT or reading.day or _elsewhere(reading, meant[0]):
        return None
    return visit_results.record(rest, turn, team, meant[0], reading)


def _one_of(turn: Turn, known: Sequence[Appointment], text: str, what: str, *, missing: bool) -> list[Saying] | None:
    """Does it to the one that is meant; asks which where several may be. `missing`: it is said that there is none."""
    plain = fold(text)
    named = _named(turn, known, plain)
    if not named and _names_somebody(turn, plain):
        return [turn.say("appointments.none_such", others=len(known))] if missing else None
    meant = named or _nearest(turn, known)
    if not meant:
        return [turn.say("appointments.none")] if missing else None
    if len(meant) > 1:
        return [_which(turn, meant)]
    (one,) = meant
    if what == "off":
        return call_off(turn, one, text)
    if what == "done":
        return visit_results.ask(turn, one)
    at = _time(turn, text, one)
    return moved(turn, one, at) if at is not None else ask_when(turn, one)


def _names_somebody(turn: Turn, plain: str) -> bool:
    """Whether words name a home, known or not: then no other is meant."""
    reading = turn.reading_of(plain, turn.at)
    labels = [*labels_of(reading), *([reading.of_home] if reading.of_home else [])]
    return any(not is_nobody(fold(label)) for label in labels)


def _nearest(turn: Turn, known: Sequence[Appointment]) -> list[Appointment]:
    """Which is meant where none is named: the one just spoken of, else those of today, else all."""
    question = offers.question(turn.tx, turn.chat.id, turn.me.id, turn.at)
    if question is not None and question.kind in (Waiting.RESULT.value, Waiting.PUT_OFF.value):
        spoken_of = [one for one in known if one.id == question.subject]
        if spoken_of:
            return spoken_of
    near = _about_now(turn, known)
    if near:
        return near[-1:]  # of what the bot has just reminded, the last
    return [one for one in known if one.day == turn.work_day] or list(known)


def _about_now(turn: Turn, known: Sequence[Appointment]) -> list[Appointment]:
    """Those of which somebody was reminded, and may come from."""
    return [one for one in known if -appointments.REMIND_BEFORE <= turn.at - one.at <= _STILL_THERE]


def _which(turn: Turn, several: Sequence[Appointment]) -> Saying:
    rows = buttons(turn.tx, several, chat=turn.chat.id, person=turn.me.id, now=turn.now, of=len(several))
    shown = list(enumerate(lines(turn.tx, turn.house, several, turn.work_day), 1))
    return turn.say("appointments.which", lines=shown, buttons=rows)


def _time(turn: Turn, text: str, one: Appointment) -> datetime | None:
    """When it is to be instead; `tối mốt` of what was to be in an evening is at the same hour."""
    local = turn.house.calendar.local
    was = local(one.at).replace(tzinfo=None)
    at = put_off(text, local(turn.at), local(one.at), turn.house.calendar.day_start)
    if at is None or _CLOCK.search(fold(text)) or _part(at) != _part(was):
        return at
    same = datetime.combine(at.date(), was.time())
    return same if same > local(turn.at).replace(tzinfo=None) else at


def _part(at: datetime) -> int:
    """Morning, noon, afternoon, or evening."""
    return bisect(_PARTS, at.hour)


def _told_anew(text: str, turn: Turn, known: Sequence[Appointment], reading: Reading) -> list[Saying] | None:
    """`bác Bửu nói lại là 3h chiều mốt mới rảnh`, promised on an evening before: it is then."""
    plain = fold(text)
    named = [one for one in known if one.home and stands_in(fold(one.home), plain)]
    return moved(turn, named[0], reading.later) if len(named) == 1 and reading.later is not None else None


# What answers [Xong] and [Hẹn lại]


@answers(question=Waiting.RESULT, who=STUDENTS, scope=Scope.SAID)
def typed_result(message: Message, turn: Turn) -> Answer:
    """`2 máy`, `vắng`, `hẹn lại 20h mai`, `đã báo rồi`; what names another home is a message of its own."""
    one = _asked_about(message, turn)
    if one is None or _speaks_of_one(message.text):
        return None
    if _TOLD.search(fold(message.text)):
        return visit_results.told(turn, one)
    reading = turn.reading(message)
    if _elsewhere(reading, one):
        turn.stop_waiting()
        return None
    if reading.kind is Kind.UNCLEAR:
        return visit_results.ask(turn, one, again=True)
    if reading.kind is not Kind.REPORT or reading.day:
        return None
    if set(reading.counts) == {Outcome.REVISIT}:
        return moved(turn, one, reading.appointments[0].at) if reading.appointments else ask_when(turn, one)
    team = turn.team_on(turn.day_of(message))
    return visit_results.record(message, turn, team, one, reading) if team is not None else None


def _elsewhere(reading: Reading, one: Appointment) -> bool:
    labels = [label for label in labels_of(reading) if _is_a_home(label)]
    return any(one.home is None or not same_home(label, one.home) for label in labels)


def _is_a_home(label: str) -> bool:
    """Whether a label is no mere `vợ` or `con trai` of whoever is visited; `ông Ba` is somebody."""
    return not is_nobody(fold(label)) or fold(label).startswith("nha ") or not label.rsplit(maxsplit=1)[-1].islower()


@answers(question=Waiting.PUT_OFF, who=STUDENTS, scope=Scope.SAID)
def typed_time(message: Message, turn: Turn) -> Answer:
    """`8h tối mai`; what tells of work is a message of its own."""
    one = _asked_about(message, turn)
    if one is None:
        return None
    reading = turn.reading(message)
    if reading.kind not in (Kind.CHAT, Kind.UNCLEAR) and set(reading.counts) != {Outcome.REVISIT}:
        turn.stop_waiting()
        return None
    at = reading.appointments[0].at if reading.appointments else _time(turn, message.text, one)
    if at is None:
        return ask_when(turn, one, again=True) if _names_a_time(message.text) else None
    return moved(turn, one, at)


def _names_a_time(text: str) -> bool:
    return re.search(r"\d ?(?:h|g|gio)\b|\b(?:sang|trua|chieu|toi|mai|mot|thu|ngay)\b", fold(text)) is not None


def _asked_about(message: Message, turn: Turn) -> Appointment | None:
    """The appointment that the question is about, where the message may answer it and it still stands."""
    if message.forwarded or not message.addressed:
        return None
    question = offers.question(turn.tx, turn.chat.id, turn.me.id, turn.at)
    one = appointments.by_id(turn.tx, question.subject) if question is not None else None
    return one if one is not None and one.person == turn.me.id else None
