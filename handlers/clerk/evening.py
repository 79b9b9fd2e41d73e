"""What a clerk has in mind of a person's evening: a small frozen picture, without a database behind it.

Places are opaque here: a number or a name, 0 where none was named.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from handlers.language import Outcome, fold, written_out

Place = int | str
NOWHERE: Place = 0


@dataclass(frozen=True, slots=True)
class LineTold:
    """How often one outcome happened in one hamlet."""

    place: Place
    outcome: Outcome
    n: int


@dataclass(frozen=True, slots=True)
class HomeTold:
    """A home that a report names, by its folded label, with what was counted there."""

    label: str
    place: Place
    counts: Mapping[Outcome, int]


@dataclass(frozen=True, slots=True)
class ReportTold:
    """A report that counts. `day` is relative to the work day of the evening; `text` is folded."""

    id: int
    version: int
    at: datetime
    day: int
    lines: tuple[LineTold, ...]
    homes: tuple[HomeTold, ...]
    text: str
    here: bool  # said in this very chat
    adjusted: bool = False

    def count(self, outcome: Outcome) -> int:
        """How often an outcome happened, over all hamlets."""
        return sum(line.n for line in self.lines if line.outcome is outcome)


@dataclass(frozen=True, slots=True)
class OpenTold:
    """A message that stands open. With `outcome`, a number settles it; `likely` are the numbers that it may mean."""

    id: int
    at: datetime
    text: str
    outcome: Outcome | None
    place: Place
    homes: tuple[str, ...]
    likely: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What the bot asked last. `answered_by_next`: nothing was said since; `reported_since`: a report came."""

    at: datetime
    open: int | None = None
    fix: int | None = None
    answered_by_next: bool = True
    reported_since: bool = False


@dataclass(frozen=True, slots=True)
class Evening:
    """A person's last days as far as a message can be about them.

    Attributes:
        reports: those that count, the oldest first.
        open: messages that stand open, the oldest first.
        asked: what was asked last and is not settled.
        quoted: the report whose message, or the bot's answer to it, the message answers.
        quoted_open: the open message that it answers.
        answered: the report that a question went into a moment ago; a number alone may be its answer, given twice.
        others: reports of somebody else that the person may put right, and was asked about.
        taken_back: the homes whose report was withdrawn just now; what is said of them next takes its place.
    """

    reports: tuple[ReportTold, ...] = ()
    open: tuple[OpenTold, ...] = ()
    asked: Asked | None = None
    quoted: int | None = None
    quoted_open: int | None = None
    others: tuple[ReportTold, ...] = ()
    answered: int | None = None
    taken_back: tuple[str, ...] = ()

    def report(self, id: int | None) -> ReportTold | None:
        """The report of this number."""
        return next((one for one in (*self.reports, *self.others) if one.id == id), None)

    def opened(self, id: int | None) -> OpenTold | None:
        """The open message of this number."""
        return next((one for one in self.open if one.id == id), None)

    @property
    def today(self) -> tuple[ReportTold, ...]:
        """The reports of this work day, the newest first."""
        return tuple(one for one in reversed(self.reports) if one.day == 0)

    def sum(self, outcome: Outcome) -> int:
        """How often an outcome happened in this work day."""
        return sum(one.count(outcome) for one in self.today)


@dataclass(frozen=True, slots=True)
class Named:
    """A hamlet that a message names, by its folded words; `denied`: it is said not to be the one."""

    said: str
    place: Place
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """The message as a clerk hears it.

    Attributes:
        lines: its counts, with places that the book knows or will know.
        place: the hamlet of the list that it names, whatever it says of it.
        elsewhere: it says of a hamlet that it is not the one.
        assumed: its places are of the hamlet in use, and not in its words.
        comes: the hamlet where its writer says to work from now on: `em sang xóm 6 rồi`.
        alone: the hamlet that it names without any number: `xóm 4`, `nhà bà Lan là ở xóm 5 cơ`.
        named: all hamlets that it names, in their order.
    """

    text: str
    at: datetime
    lines: tuple[LineTold, ...] = ()
    forwarded: bool = False
    place: Place = NOWHERE
    alone: Place = NOWHERE
    elsewhere: bool = False
    assumed: bool = False
    comes: Place = NOWHERE
    named: tuple[Named, ...] = ()

    @property
    def said(self) -> tuple[LineTold, ...]:
        """Its counts in the hamlets that its own words name."""
        return tuple(replace(line, place=NOWHERE) for line in self.lines) if self.assumed else self.lines

    @property
    def plain(self) -> str:
        """Its words, folded: as names stand in them."""
        return _folded(self.text)

    @property
    def clear(self) -> str:
        """Its words, folded, with shorthand and dialect written out: for what is said beside names."""
        return _written_out(self.text)


_folded = lru_cache(maxsize=64)(fold)
_written_out = lru_cache(maxsize=64)(written_out)

_ADDED = re.compile(r"\b(?:them|nua|bu|bo sung|sot|quen|vua xong|moi)\b")
_NO_MORE = re.compile(
    r"\b(?:khong|khoi|thoi|dung|ko|k|chang|hong|hok) (?:(?!them\b|[0-9])[a-z]+ ){1,3}nua\b"
    r"|\b(?:khong|khoi|dung|ko|k|hong|hok|mien) (?:[a-z]+ )?(?:tinh|cong|ghi|dem|bao|nhap) (?:[a-z]+ ){0,2}them\b"
    # `tôi nói chuyện thêm, bà ấy vẫn từ chối`: what is said at more length
    r"|\b(?:noi|chuyen|giai thich|van dong|thuyet phuc|khuyen|trao doi|dong vien|cho|doi|hoi|ngoi) them\b(?! [0-9])"
)


def adds(words: str) -> bool:
    """Whether folded words tell of more than was told; `khỏi ghi nữa`, `em không ép nữa` do not."""
    return _ADDED.search(_NO_MORE.sub(" ", words)) is not None


KEPT = re.compile(
    r"\b(?:cu (?:de|giu)|de nguyen|giu nguyen|giu lai|nhu bot|(?:dung|khoi|khong|ko|k|hok) (?:can |phai |co )?sua)\b"
)
