"""What a message means for whoever sent it: read with the names of the hamlets that their commune has."""

from datetime import datetime

from handlers.calendar import Calendar
from handlers.language import Kind, Reading, fold, may_name_hamlet, names_of, read, together
from handlers.language.where_and_when.place_names import folded_hamlet
from handlers.language.words.words import NO_NAMES, Names
from storage.campaign import hamlets, teams
from storage.engine.transaction import Transaction

_HAMLET = "thôn"
# Before these words a name is somebody's, or the hamlet's word stands there already.
_TITLES = frozenset("ba ong bac co chu cu anh chi em di cau thim mo nha thon xom to doi khu pho lang xa bc cho".split())  # noqa: SIM905


def understood(tx: Transaction, calendar: Calendar, person: int, text: str, at: datetime) -> Reading:
    """The reading of a text that a person sent at a moment.

    Where it names no hamlet, a known one in it may lack its word: `Xuân Tảo được 2` is `thôn Xuân Tảo được 2`.
    """
    local, starts = calendar.local(at), calendar.day_start
    reading = read(text, local, _names(tx, calendar, person, at) if may_name_hamlet(text) else NO_NAMES, starts)
    placed = any(entry.hamlet is not None for entry in reading.entries)
    if reading.kind not in (Kind.UNCLEAR, Kind.REPORT, Kind.TOTAL) or placed:
        return reading
    names = _names(tx, calendar, person, at)
    written_out = _with_word(text, names)
    again = read(written_out, local, names, starts) if written_out else reading
    return again if again.kind in (Kind.REPORT, Kind.TOTAL) else reading


def meanings(
    tx: Transaction, calendar: Calendar, person: int, text: str, at: datetime, rules: Reading
) -> tuple[Reading, ...]:
    """What a text may mean, the likeliest first; `rules`: what the rules read."""
    named = any(entry.hamlet and entry.hamlet[:1].isalpha() for entry in rules.entries)
    names = _names(tx, calendar, person, at) if named else NO_NAMES
    return together.meanings(text, calendar.local(at), names, calendar.day_start, rules=rules)


def _with_word(text: str, names: Names) -> str | None:
    """The text with `thôn` before the one known hamlet of several words that it names; None: none, or more."""
    words = text.split(" ")
    folded = tuple(fold(word).strip(".,;:-") for word in words)
    found = [
        start
        for name in names
        for start in range(len(words) - len(name) + 1)
        if len(name) > 1 and folded[start : start + len(name)] == name
    ]
    if len(found) != 1 or (found[0] and folded[found[0] - 1] in _TITLES):
        return None
    return " ".join([*words[: found[0]], _HAMLET, *words[found[0] :]])


def _names(tx: Transaction, calendar: Calendar, person: int, at: datetime) -> Names:
    team = teams.team_of(tx, person, calendar.work_day(at))
    if team is None:
        return NO_NAMES
    return names_of(folded_hamlet(hamlet.name) for hamlet in hamlets.of_commune(tx, team.commune))
