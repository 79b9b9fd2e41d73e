"""A first, cautious reading: bare numbers, outcomes with numbers, hamlets, undo; other work is unclear."""

import re
from datetime import datetime

from handlers.language.folding import Folded
from handlers.language.masking import blanked
from handlers.language.reading import Entry, Kind, Outcome, Part, Reading, Reason, Why

_FILLER = r"(?:da|em|e|a|anh|chi|bao cao|bc|roi|r|nhe|nha|thoi|duoc|dc|xong|ok)\b"
_WORDS = {
    "vang": Outcome.ABSENT,
    "v": Outcome.ABSENT,
    "khoa cua": Outcome.ABSENT,
    "tu choi": Outcome.REFUSED,
    "kich hoat": Outcome.ACTIVATED,
    "kh": Outcome.ACTIVATED,
    "duoc": Outcome.ACTIVATED,
    "dc": Outcome.ACTIVATED,
    "xong": Outcome.ACTIVATED,
    "loi": Outcome.FAILED,
}
_OUTCOME = "|".join(sorted(_WORDS, key=len, reverse=True))
_PIECE = re.compile(
    rf"\s*(?:(?P<before>{_OUTCOME})\s*:?\s*(?P<n1>\d{{1,3}})|\+?(?P<n2>\d{{1,3}})(?:\s*(?:may|nha|nguoi)\b)?"
    rf"(?:\s*(?:bi\s+)?(?P<after>{_OUTCOME})\b(?!\s*:?\s*\d))?|(?P<home>nha (?:ong|ba|co|chu|bac|anh|chi) [a-z]+)"
    rf" (?P<gone>vang|khoa cua)|{_FILLER})\s*[,.!]?(?=\W|[a-z]|\Z)"
)
_HAMLET = re.compile(r"\s*(thon|xom|tdp|to dan pho|khu|to|ap)\s+(\d{1,3})\b\s*[:,]?")
_UNDO = re.compile(r"\s*(?:da |em )*(?:huy|thu hoi|rut lai|xoa bao cao(?: vua roi)?|bo cai truoc)(?: a| nhe| di)*\W*\Z")
_WORK = re.compile(
    r"\d|\b(?:may|nha|xong|vang|duoc|dc|cai|kich hoat|tu choi|hen|loi|khoa cua|sua|nham|huy|dinh chinh|tong|chot)\b"
)


def read(text: str, at: datetime) -> Reading:
    """What `text`, sent at local time `at`, means."""
    folded = Folded(blanked(text))
    if _UNDO.match(folded.plain):
        return Reading(Kind.UNDO)
    hamlet = _HAMLET.match(folded.plain)
    position, parts = hamlet.end() if hamlet else 0, list[tuple[Outcome, Part]]()
    while position < len(folded.plain) and (piece := _PIECE.match(folded.plain, position)) and piece.end() > position:
        if found := _count(folded, piece):
            parts.append(found)
        position = piece.end()
    if position < len(folded.plain) or not parts:
        return Reading(Kind.UNCLEAR, why=Why.NUMBER) if _WORK.search(folded.plain) else Reading(Kind.CHAT)
    return Reading(Kind.REPORT, entries=(_entry(folded, hamlet, parts),))


def _count(folded: Folded, piece: re.Match[str]) -> tuple[Outcome, Part] | None:
    group = "n1" if piece["n1"] else "n2" if piece["n2"] else "home" if piece["home"] else None
    if group is None:
        return None
    start, end = folded.span(*piece.span(group))
    if group == "home":
        return Outcome.ABSENT, Part(1, start, end, Reason.HOME)
    word = piece["before"] or piece["after"]
    return _WORDS[word] if word else Outcome.ACTIVATED, Part(int(piece[group]), start, end, Reason.NUMBER)


def _entry(folded: Folded, hamlet: re.Match[str] | None, found: list[tuple[Outcome, Part]]) -> Entry:
    parts: dict[Outcome, tuple[Part, ...]] = {}
    for outcome, part in found:
        parts[outcome] = (*parts.get(outcome, ()), part)
    counts = {outcome: n for outcome, some in parts.items() if (n := sum(part.n for part in some))}
    said = folded.text[slice(*folded.span(*hamlet.span(1)))] if hamlet else None
    return Entry(
        hamlet[2] if hamlet else None,
        f"{said} {hamlet[2]}" if hamlet else None,
        counts or {Outcome.ACTIVATED: 0},
        parts,
    )
