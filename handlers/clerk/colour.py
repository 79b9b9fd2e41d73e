"""What is told once more of whoever was told of last, without a name: colour, and nothing to book."""

from collections.abc import Sequence

from handlers.clerk import matching
from handlers.clerk.acts import Act, Confirm
from handlers.clerk.evening import NOWHERE, Evening, Heard, ReportTold, adds
from handlers.clerk.lasting import STILL
from handlers.language import Kind, Outcome, Reading, fold

_LASTING = frozenset({Outcome.REFUSED, Outcome.ABSENT})
_TITLES = frozenset({"ong", "ba", "bac", "co", "chu", "cu", "anh", "chi", "di", "cau", "thim", "duong", "mo", "o"})


def tells_on(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`Em giải thích mãi mà ông cứ lắc đầu`, after ông Kỷ refused: the same refusal, told at length."""
    said = [line for line in heard.said if line.n]
    if reading.kind not in (Kind.REPORT, Kind.UNCLEAR) or reading.day or heard.forwarded or len(said) != 1:
        return None
    named = any(not matching.is_nobody(fold(label)) for label in matching.labels_of(reading))
    newest = evening.today[0] if evening.today else None
    if named or newest is None or said[0].n != 1 or said[0].outcome not in _LASTING or said[0].place != NOWHERE:
        return None
    if STILL.search(heard.clear) is None or adds(heard.clear) or not newest.count(said[0].outcome):
        return None
    return Confirm(newest, reading) if _is_spoken_of(heard, newest, said[0].outcome) else None


def _is_spoken_of(heard: Heard, newest: ReportTold, outcome: Outcome) -> bool:
    """Whether the form of address, without a name, is that of the one who was told of; somebody must be meant."""
    called = _TITLES.intersection(heard.plain.replace(",", " ").split())
    homes = [home for home in newest.homes if home.counts.get(outcome)] or list(newest.homes[:1])
    titles = {title for home in homes for title in (*matching.names_in(home.label)[0], *home.label.split()[:1])}
    return bool(called & titles)
