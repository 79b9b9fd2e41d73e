"""Reports in words: what lines say, by hamlet, and where person and team stand afterwards."""

from collections.abc import Sequence
from datetime import date

from handlers import texts
from handlers.language.place_names import folded_hamlet, plain
from handlers.places import placing
from handlers.texts import upper_first
from handlers.turn import Turn
from storage.campaign import people
from storage.reports import reports, totals
from storage.reports.reports import Report
from storage.reports.tallies import Line, Place


def said(turn: Turn, lines: Sequence[Line]) -> str:
    """`Xóm 4: 3 máy, 1 nhà vắng`, a line for each hamlet."""
    groups: dict[Place, dict[str, int]] = {}
    for line in lines:
        groups.setdefault(line.hamlet, {})[line.outcome] = line.n
    named = [(_head(placing.name_of(turn, hamlet)), counts) for hamlet, counts in groups.items()]
    return turn.text("reporting.lines", groups=named)


def _head(hamlet: str) -> str:
    """A hamlet at the head of a line; a bare number is said `Xóm 4`."""
    return upper_first(hamlet_in_words(hamlet)) if hamlet.isdecimal() else hamlet


def report_in_words(turn: Turn, report: Report) -> str:
    """`Nhà bà Lan, xóm 4: 3 máy`: what a report says, with the home that it names where that is one."""
    return with_home(flat(said(turn, report.lines)), homes_in(turn, report))


def homes_in(turn: Turn, report: Report) -> list[str]:
    """The homes that a report's first words tell of, as they were written; none where they were blanked."""
    text = reports.first_text_of(turn.tx, report) if report.person == turn.me.id else None
    return [home.label for home in turn.reading_of(text, report.at).homes if home.counts] if text else []


def changed(turn: Turn, before: Report, after: Report, homes: Sequence[str]) -> str:
    """`Nhà bà Lan, xóm 4: 4 máy (trước là 3), 1 nhà vắng`; `Nhà bà Lan: xóm 5 (trước là xóm 4)`."""
    was, now = _by_place(before), _by_place(after)
    moved = len(was) == len(now) == 1 and was.keys() != now.keys()
    if moved and list(was.values()) == list(now.values()):
        return with_home(_moved(turn, before, after), homes)
    lines = [
        (_head(placing.name_of(turn, place)), texts.changed(counts, was.get(place, {})))
        for place, counts in now.items()
    ]
    said = " · ".join(f"{hamlet}: {counts}" if hamlet else counts for hamlet, counts in lines)
    return with_home(said, homes)


def _moved(turn: Turn, before: Report, after: Report) -> str:
    counts = texts.outcomes(next(iter(_by_place(after).values())))
    old, new = (placing.name_of(turn, next(iter(_by_place(one)))) for one in (before, after))
    if not new:
        return turn.text("reporting.no_hamlet", counts=counts, old=hamlet_in_words(old))
    return turn.text(
        "reporting.moved", counts=counts, new=hamlet_in_words(new), old=hamlet_in_words(old) if old else ""
    )


def _by_place(report: Report) -> dict[Place, dict[str, int]]:
    groups: dict[Place, dict[str, int]] = {}
    for line in report.lines:
        groups.setdefault(line.hamlet, {})[line.outcome] = line.n
    return groups


def with_home(lines: str, homes: Sequence[str]) -> str:
    """The lines after the one home that they are of; a hamlet in them goes on in small letters."""
    if len(homes) != 1:
        return lines
    home = quoted(homes[0], 40)
    return (
        f"{upper_first(home)}, {_in_sentence(lines)}"
        if ":" in lines.partition(",")[0]
        else f"{upper_first(home)}: {lines}"
    )


def hamlet_in_words(name: str) -> str:
    """A hamlet inside a sentence: `xóm 4`; one that the list calls by a bare number is said with its word."""
    return f"xóm {name}" if name.isdecimal() else _in_sentence(name)


def quoted(text: str, most: int = 60) -> str:
    """A message's words, shortened where they are long."""
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"


def _in_sentence(text: str) -> str:
    """`Xóm 4: 3 máy` → `xóm 4: 3 máy`; a hamlet that is only a name keeps its capital: `Hồng Lâm: 2 máy`."""
    hamlet = text.partition(":")[0]
    return text if folded_hamlet(hamlet) == plain(hamlet) else text[:1].lower() + text[1:]


def flat(lines: str) -> str:
    """Lines of several hamlets in one."""
    return lines.replace("\n", " · ")


def standing(turn: Turn, person: int, team: int, day: date) -> str:
    """`Hôm nay em 17 máy, cả tổ 64`."""
    who = people.by_id(turn.tx, person) if person != turn.me.id else turn.me  # a lead may have pressed for a student
    assert who is not None
    mine, all_together = totals.activated_by(turn.tx, person, team, day)
    return turn.text_for(who, "reporting.standing", day=day, mine=mine, team=all_together)


def standing_of(turn: Turn, report: Report) -> str:
    """Where the report's person and team stand on its day."""
    return standing(turn, report.person, report.team, report.day)
