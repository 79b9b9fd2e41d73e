"""Of which day a report is that words speak of: `hôm qua`, `ngày 19/5`, `thứ năm` (rule 8)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from handlers.language.pieces.spotting import spot
from handlers.language.signs.folding import Folded
from handlers.language.signs.masking import blanked
from handlers.language.spelling.respelling import split
from handlers.language.where_and_when.days import DAY_START, Sent, work_offset
from handlers.language.words.items import When

_MOST_WORDS = 60


@dataclass(frozen=True, slots=True)
class DayBack:
    """The work day that is named; None: several are, or nobody can know which (`hôm qua` after midnight)."""

    day: date | None


def day_back(text: str, at: datetime, day_start: time = DAY_START) -> DayBack | None:
    """The work day, not to come, that a text sent at local time `at` names; None: it names none."""
    words = split(Folded(blanked(text)), _MOST_WORDS)
    said = [item.when for item in spot(words) if item.when is not None] if words is not None else []
    named = [when for when in said if when.has_day and (when.offset is None or when.offset <= 0)]
    if not named:
        return None
    days = {_meant(when, Sent(at.replace(tzinfo=None), day_start)) for when in named}
    return DayBack(days.pop() if len(days) == 1 else None)


def _meant(when: When, sent: Sent) -> date | None:
    if when.weekday is not None:
        return sent.work_day - timedelta(days=(sent.work_day.weekday() - when.weekday) % 7)
    offset = work_offset(when, sent)
    return None if offset is None else sent.work_day + timedelta(days=offset)
