"""The pieces of a sentence, as the scanner finds them and the later stages use them."""

from dataclasses import dataclass

from handlers.language.reading import Outcome
from handlers.language.words.sorts import Said, Sort, Unit
from handlers.language.words.words import Words


@dataclass(frozen=True, slots=True)
class When:
    """A day or time as said. Days: `offset` from the work day, a `date` (day, month), or a `weekday` (Monday 0)."""

    offset: int | None = None
    date: tuple[int, int] | None = None
    weekday: int | None = None
    clock: tuple[int, int] | None = None
    part: str | None = None  # sang, trua, chieu, toi
    year: int | None = None  # of a date, where it is written
    night: bool = False  # `tối qua`: after midnight the work day that is ending

    @property
    def has_day(self) -> bool:
        return self.offset is not None or self.date is not None or self.weekday is not None

    @property
    def future(self) -> bool:
        return self.weekday is not None or (self.offset is not None and self.offset > 0)

    def joined(self, other: "When") -> "When | None":
        """Both as one moment (`19h` + `tối` + `mai`), or None where both say the same thing differently."""
        if (self.has_day and other.has_day) or (self.clock and other.clock) or (self.part and other.part):
            return None
        clock, part = self.clock or other.clock, self.part or other.part
        return When(
            self.offset if self.offset is not None else other.offset,
            self.date or other.date,
            self.weekday if self.weekday is not None else other.weekday,
            clock if clock is None else (hour_in(part, clock[0]), clock[1]),
            part,
            self.year or other.year,
            self.night or other.night,
        )


def hour_in(part: str | None, hour: int) -> int:
    """The hour on a clock of 24: `7h tối`, `tối thứ tư 7h` are at 19."""
    return hour + 12 if (part in ("chieu", "toi") and hour < 12) or (part == "trua" and hour < 3) else hour


@dataclass(slots=True, eq=False)  # each stands where it stands: none is like another
class Item:
    """One piece: words `first` to `last` (exclusive), characters `start` to `end` of the folded text."""

    sort: Sort
    first: int
    last: int
    start: int
    end: int
    plain: str
    n: int = 0
    unit: Unit = Unit.NONE
    outcome: Outcome | None = None
    said: Said | None = None
    name: str = ""  # of a hamlet or home, as written
    number: bool = False  # of a hamlet: its name is a number; of a home: it is a house number
    whole: bool = False  # `cả 4`, `cả nhà`, `xong hết`
    glued: bool = False  # bound to the word before it
    when: When | None = None
    rule: str = ""  # that made it what it is, by its name in rules.py
    denied: Outcome | None = None  # what did not happen: `không còn lỗi`
    kin: bool = False  # a home told only by kinship: `con trai`, `cụ bà`


def make(words: Words, sort: Sort, i: int, end: int, **more: object) -> Item:
    """An item over words `i` to `end`."""
    start, stop = words.words[i].start, words.words[end - 1].end
    plain = words.words[i].plain if end == i + 1 else " ".join(word.plain for word in words.words[i:end])
    item = Item(sort, i, end, start, stop, plain, glued=words.words[i].glued)
    for name, value in more.items():
        setattr(item, name, value)
    return item
