"""What may stand open in a conversation, as types: what was offered, what is waited for, what a message would do.

A leaf: everything that is kept of a conversation between two messages is encoded and decoded here, and nowhere else;
but for what the last question in words asked, which is `figures.in_words.following`'s.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from string import ascii_lowercase
from types import MappingProxyType

LONGEST_DATA = 64  # bytes of a button's data that every platform takes


class Subject(Enum):
    """What the number of an offer is the number of, and so when the offer is stale."""

    REPORT = auto()  # stale when it was withdrawn or has another version
    PERSON = auto()  # whose reports are listed: each of them may be stale
    DRAFT = auto()  # stale when it was settled
    HAMLET = auto()  # this and the rest are never stale, but used up
    COMMUNE = auto()
    DAY = auto()
    TEAM = auto()
    JOB = auto()  # none: its choices say which
    DEVICE = auto()
    ACCOUNT = auto()  # by its private chat
    CLAIM = auto()  # of a code in use: stale when it was answered
    PRACTISED = auto()  # a message of a practice
    STEP = auto()  # of the first steps; this is never stale
    RUN = auto()  # of the check; the offer's version is the place of the question
    BROADCAST = auto()
    COMMANDS = auto()  # none: its choices are commands
    HELP = auto()  # that is asked for; never stale, since its handler looks for itself


@dataclass(frozen=True, slots=True, eq=False)
class Offered:
    """A kind of offer: what it is about, and its labels where they are always the same ({label: choice}).

    `shared`: whoever reads it may press, as far as its handler lets them. `said_often`: its labels are words that
    people say in other senses as well, so that typed they are presses only right after they were offered.
    """

    kind: str
    subject: Subject
    choices: Mapping[str, str] | None = None
    refused_stale: bool = True  # else the handler looks for itself
    of_group: bool = False  # in a group whoever may see its team may press it
    shared: bool = False
    said_often: bool = False


# What a press does stands with the handler that answers the offer.
OWN_REPORT = Offered("report", Subject.REPORT, MappingProxyType({"Hoàn tác": "undo", "Sửa": "fix"}))
MEMBERS_REPORT = Offered("member", Subject.REPORT)  # a lead's way to a student's report
PUT_BACK = Offered("put_back", Subject.REPORT, MappingProxyType({"Ghi lại": "back"}), refused_stale=False)
LISTED = Offered("listed", Subject.PERSON)  # what may be done to the reports of a list
BEHALF = Offered("behalf", Subject.REPORT)  # a report made for somebody else
WITHDRAWAL = Offered("withdrawal", Subject.REPORT)
LEAVE_FIX = Offered("leave_fix", Subject.REPORT, refused_stale=False)
DRAFT = Offered("draft", Subject.DRAFT)
REOPEN = Offered("reopen", Subject.DRAFT, MappingProxyType({"Hoàn tác": "back"}), refused_stale=False)
SUM = Offered("total", Subject.DRAFT)
WHICH_REPORT = Offered("which", Subject.DRAFT)
ADD_AGAIN = Offered("again", Subject.DRAFT, MappingProxyType({"Ghi thêm": "add"}), refused_stale=False)
BEHALF_OF_WHOM = Offered("behalf_who", Subject.DRAFT)
HAMLET_HERE = Offered("hamlet_here", Subject.HAMLET)
NEW_HAMLET = Offered("new_hamlet", Subject.COMMUNE)
MERGE = Offered("merge", Subject.HAMLET)
NUDGE = Offered("nudge", Subject.DAY, MappingProxyType({"Hôm nay 0 máy": "zero", "Xin nghỉ": "off"}))
REPORT_NOW = Offered("report_now", Subject.DAY, MappingProxyType({"Báo ngay": "now"}))
NUDGE_TEAM = Offered("nudge_team", Subject.DAY, MappingProxyType({"Nhắc lại": "remind"}))  # asked of the lead
OWN_TIMES = Offered("own_times", Subject.PERSON)  # its choices say which job, and what of it
BROADCAST = Offered("broadcast", Subject.BROADCAST)
STOP_BROADCAST = Offered("stop_broadcast", Subject.BROADCAST, MappingProxyType({"Dừng gửi": "stop"}))
LEAVE = Offered("leave", Subject.DAY)  # its choices say which days
TARGET = Offered("target", Subject.COMMUNE)
OFFICIAL = Offered("official", Subject.COMMUNE, MappingProxyType({"Bỏ số này": "drop"}))
DEVICE = Offered("device", Subject.DEVICE, MappingProxyType({"Ngắt thiết bị này": "end"}))
ACCOUNT = Offered("account", Subject.ACCOUNT, MappingProxyType({"Ngắt tài khoản này": "refuse"}))
CLAIM = Offered("claim", Subject.CLAIM)  # whether the account that gave a code in use is its owner's
SWITCH = Offered("switch", Subject.PERSON)  # whether an account in use is somebody else's from now on
# The person 0: one of several, who is the choice; so in the next.
NEW_CODE = Offered("new_code", Subject.PERSON, MappingProxyType({"Tạo mã mới": "new"}))
LOCKING = Offered("locking", Subject.PERSON)
IN_EARNEST = Offered("in_earnest", Subject.PRACTISED, MappingProxyType({"Tính thật": "count"}))
FIRST_STEPS = Offered(
    "first", Subject.STEP, MappingProxyType({"Thử một tin": "try", "Hướng dẫn": "guide", "Kiểm tra": "check"})
)
SECOND_STEP = Offered("second", Subject.STEP, MappingProxyType({"Gửi thử": "send"}))
CHECK = Offered("check", Subject.RUN)
# The rest of a night's summary; its version is the day.
NIGHT = Offered("night", Subject.TEAM, MappingProxyType({"Xem đủ": "whole"}), of_group=True)
# How the team's commune comes on, under the summary in its group; its version is the day.
NIGHT_CHART = Offered("night_chart", Subject.TEAM, MappingProxyType({"Biểu đồ": "chart"}), of_group=True)
TIMETABLE = Offered("timetable", Subject.JOB)  # what an admin may do about the next occasion of a job
# Its choices say which visit, and what to do about it or what came of it: `off:12`.
APPOINTMENTS = Offered("appointments", Subject.PERSON, said_often=True)
HELP = Offered("help", Subject.HELP, shared=True, said_often=True)  # in the team's chat
HELP_ASKED = Offered("help_asked", Subject.HELP)  # of whoever asks, before the team is
PULLS = Offered("pulls", Subject.PERSON, refused_stale=False)  # addresses of a person: a new one, or which ends
COMMANDS = Offered("commands", Subject.COMMANDS)

OFFERED = MappingProxyType(
    {
        one.kind: one
        for one in (
            *(
                OWN_REPORT,
                MEMBERS_REPORT,
                PUT_BACK,
                LISTED,
                BEHALF,
                WITHDRAWAL,
                LEAVE_FIX,
                DRAFT,
                REOPEN,
                SUM,
                WHICH_REPORT,
                BEHALF_OF_WHOM,
                ADD_AGAIN,
            ),
            *(
                HAMLET_HERE,
                NEW_HAMLET,
                MERGE,
                NUDGE,
                REPORT_NOW,
                NUDGE_TEAM,
                OWN_TIMES,
                BROADCAST,
                STOP_BROADCAST,
                DEVICE,
                ACCOUNT,
                CLAIM,
                SWITCH,
                NEW_CODE,
                LOCKING,
                IN_EARNEST,
                CHECK,
                FIRST_STEPS,
                SECOND_STEP,
                LEAVE,
                TARGET,
                OFFICIAL,
                NIGHT,
                NIGHT_CHART,
                TIMETABLE,
                APPOINTMENTS,
                HELP,
                HELP_ASKED,
                PULLS,
                COMMANDS,
            ),
        )
    }
)


class Waiting(Enum):
    """What the next message of a person may answer."""

    NUMBER = "number"  # of a draft: a plain number
    MEMBERS_NUMBER = "members_number"  # the same of a student's draft, asked of the lead
    AGAIN = "again"  # of a draft: the message, said more clearly
    FIX = "fix"  # of a report: what it should have said
    TRY = "try"  # of the first steps: the example, typed
    CHECK = "check"  # of the check: an answer, typed word for word
    HAMLET = "hamlet"  # the name of the hamlet that is in use from now on
    RESULT = "result"  # of a visit: what came of it
    PUT_OFF = "put_off"  # of a visit: when it is to be instead


ABOUT_DRAFTS = frozenset({Waiting.NUMBER, Waiting.MEMBERS_NUMBER, Waiting.AGAIN})


# Buttons


def data_of(offer: int, choice: str, choices: Mapping[str, str]) -> str:
    """What a button of an offer carries: its choice, or where that is too long for a platform, its place in the row."""
    number = f"o{offer}" if offer < _IN_LETTERS else f"p{_letters(offer)}"
    data = f"{number}:{choice}"
    if len(data.encode()) <= LONGEST_DATA:
        return data
    return f"{number}:#{list(choices.values()).index(choice)}"


def offer_in(data: str) -> tuple[int, str] | None:
    """The offer and the choice that a button carries; None where it is no button of an offer."""
    found = _OFFER.match(data)
    if found is None:
        return None
    number = int(found["digits"]) if found["digits"] else _from_letters(found["letters"])
    return number, data[found.end() :]


_IN_LETTERS = 10**6  # from here on digits could be taken for somebody's number, and masked
_OFFER = re.compile(r"(?:o(?P<digits>[0-9]{1,15})|p(?P<letters>[a-z]{1,12}))(?::|\Z)")


def _letters(number: int) -> str:
    """A number in letters."""
    rest, digit = divmod(number, len(ascii_lowercase))
    return (_letters(rest) if rest else "") + ascii_lowercase[digit]


def _from_letters(text: str) -> int:
    number = 0
    for letter in text:
        number = number * len(ascii_lowercase) + ascii_lowercase.index(letter)
    return number


def label_of(choice: str, labels: Mapping[str, str]) -> str | None:
    """The label whose choice was pressed; None where the offer has no such choice."""
    known = list(labels)
    place = choice.removeprefix("#")
    if place != choice and place.isascii() and place.isdecimal() and len(place) < 4 and int(place) < len(known):
        return known[int(place)]
    return next((label for label in known if labels[label] == choice), None)


# What a message would do, once it is settled


@dataclass(frozen=True, slots=True)
class NewReport:
    """It is a report of its own, or a new version of the one that its message made."""


@dataclass(frozen=True, slots=True)
class DayTotal:
    """It is a sum for a whole day."""


@dataclass(frozen=True, slots=True)
class Correction:
    """It says what a report should have said. `amends`: what it does not name stays."""

    report: int
    version: int
    amends: bool


Use = NewReport | DayTotal | Correction
NEW_REPORT, DAY_TOTAL = NewReport(), DayTotal()


def use_as_text(use: Use) -> str:
    """A use as it is kept: `record`, `total`, `correct:12:2`, `amend:12:2`."""
    if isinstance(use, Correction):
        return f"{'amend' if use.amends else 'correct'}:{use.report}:{use.version}"
    return "total" if isinstance(use, DayTotal) else "record"


def use_from(text: str) -> Use:
    """The use that was kept. Raises ValueError where it is none."""
    kind, _, rest = text.partition(":")
    if kind in ("correct", "amend"):
        report, _, version = rest.partition(":")
        return Correction(int(report), int(version), amends=kind == "amend")
    if kind in ("record", "total"):
        return NEW_REPORT if kind == "record" else DAY_TOTAL
    raise ValueError(f"a draft of an unknown use: {text!r}")
