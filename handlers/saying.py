"""Reports in words: what lines say, by hamlet and home, and where person and team stand afterwards."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from handlers import texts
from handlers.language import is_nobody
from handlers.places import placing
from handlers.texts import upper_first
from handlers.turn import Turn
from storage.campaign import people
from storage.campaign.hamlets import NO_HAMLET
from storage.reports import homes as all_homes
from storage.reports import totals
from storage.reports.homes import Home
from storage.reports.reports import Report
from storage.reports.tallies import Line, Place

LONGEST_HOME = 40  # characters of a home's name
MOST_HOMES = 3  # names in one line; of more the first two are said
BETWEEN, BETWEEN_IN_LABELS = " · ", "; "  # lines that are said on one
_REVISIT = "revisit"


def said(turn: Turn, lines: Sequence[Line], homes: Sequence[Home] = ()) -> str:
    """`Nhà bà Lan, xóm 4: 3 máy, 1 nhà vắng`, a line for each hamlet, with the homes there."""
    groups = _by_place(lines)
    named = [(_head(turn, place, homes, alone=len(groups) == 1), counts) for place, counts in groups.items()]
    return turn.text("reporting.lines", groups=named)


def said_of(turn: Turn, report: Report) -> str:
    """What a report says, a line for each hamlet, with the homes that it names."""
    return said(turn, report.lines, homes_of(turn, report))


def report_in_words(turn: Turn, report: Report) -> str:
    """The same on one line."""
    return flat(said_of(turn, report))


def homes_of(turn: Turn, report: Report) -> list[Home]:
    """The homes that a report names; those to which only a visit is promised where there is no other.

    None where others listen who never heard of them: what was reported elsewhere is not told to a group that is not
    the team's.
    """
    if report.chat != turn.chat.id and not turn.is_among(report.team):
        return []
    named = all_homes.of_report(turn.tx, report.id)
    return [home for home in named if set(home.counts) - {_REVISIT}] or named


def _by_place(lines: Sequence[Line]) -> dict[Place, dict[str, int]]:
    groups: dict[Place, dict[str, int]] = {}
    for line in lines:
        groups.setdefault(line.hamlet, {})[line.outcome] = line.n
    return groups


def _head(turn: Turn, place: Place, homes: Sequence[Home], *, alone: bool) -> str:
    """What a line is about: `Nhà bà Lan và nhà ông Tư, xóm 4`; '' for nothing. `alone`: all the homes are there."""
    there = [home for home in homes if alone or home.hamlet == place]
    labels = [quoted(home.said, LONGEST_HOME) for home in _worth_naming(there)]
    more = len(labels) - MOST_HOMES
    if more > 0:
        labels = [*labels[: MOST_HOMES - 1], turn.text("reporting.more_homes", number=more + 1)]
    hamlet = placing.name_of(turn, place)
    return upper_first(", ".join(filter(None, [texts.listed(labels), texts.hamlet(hamlet)])))


_THING = re.compile(r"(?:may|ma|sim|dt|dien thoai|otp)\b")


def _worth_naming(homes: Sequence[Home]) -> Sequence[Home]:
    """Without those who belong to a home that is named: `Nhà bà Thoa` says it, and `ông` and `máy bà Thoa` do not."""
    named = [home for home in homes if not _is_nameless(home) and _THING.match(home.label) is None]
    return named or homes


def _is_nameless(home: Home) -> bool:
    """`vợ`, `bác đó`; `bác Độ` has a name."""
    return is_nobody(home.label) and home.said.split()[-1:] == [home.said.split()[-1].lower()]


def changed(turn: Turn, before: Report, after: Report, were: Sequence[Home] = ()) -> str:
    """`Nhà bà Lan, xóm 4: 4 máy (trước là 3), 1 nhà vắng`; `Nhà bà Lan: 2 máy ở xóm 5 (trước là xóm 4)`.

    `were`: the homes before. Where one of several says something else now, and nothing beside it, it alone is said.
    """
    was, now, homes = _by_place(before.lines), _by_place(after.lines), homes_of(turn, after)
    one = _only_change(before, after, were, homes)
    if one is not None:
        old, new = one
        was, now, homes = {old.hamlet: dict(old.counts)}, {new.hamlet: dict(new.counts)}, [new]
    if len(was) == len(now) == 1 and was.keys() != now.keys() and list(was.values()) == list(now.values()):
        head = _head(turn, NO_HAMLET, homes, alone=True)
        moved = _moved(turn, next(iter(was)), next(iter(now)), next(iter(now.values())))
        return f"{head}: {moved}" if head else moved
    lines = [
        (_head(turn, place, homes, alone=len(now) == 1), texts.changed(counts, was.get(place, {})))
        for place, counts in now.items()
    ]
    return flat(turn.text("reporting.heads", lines=lines))


def _only_change(
    before: Report, after: Report, were: Sequence[Home], homes: Sequence[Home]
) -> tuple[Home, Home] | None:
    """The one home of several that changed, as it was and as it is; None: more changed, or something without a home."""
    others = [home for home in homes if home not in were]
    old = [home for home in were if home not in homes]
    if len(were) > 1 and len(old) == 1 and not others:
        others = [replace(old[0], counts={})]  # nothing is left of it
    if len(were) < 2 or len(others) != 1 or len(old) != 1 or old[0].label != others[0].label:
        return None
    return (old[0], others[0]) if _beside(before, old[0]) == _beside(after, others[0]) else None


def _beside(report: Report, home: Home) -> dict[tuple[Place, str], int]:
    """What a report counts beside one of its homes."""
    counted = {(line.hamlet, line.outcome): line.n for line in report.lines}
    for outcome, n in home.counts.items():
        counted[home.hamlet, outcome] = counted.get((home.hamlet, outcome), 0) - n
    return {key: n for key, n in counted.items() if n}


def _moved(turn: Turn, before: Place, after: Place, counts: Mapping[str, int]) -> str:
    old, new = placing.name_of(turn, before), placing.name_of(turn, after)
    if not new:
        return turn.text("reporting.no_hamlet", counts=texts.outcomes(counts), old=old)
    return turn.text("reporting.moved", counts=texts.outcomes(counts), new=new, old=old)


def quoted(text: str, most: int = 60) -> str:
    """A message's words, shortened where they are long."""
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"


def flat(lines: str) -> str:
    """Lines of several hamlets in one."""
    return lines.replace("\n", BETWEEN)


def in_label(lines: str) -> str:
    """The same on a button: where there are none to press, ` · ` stands between one label and the next."""
    return lines.replace("\n", BETWEEN_IN_LABELS).replace(BETWEEN, BETWEEN_IN_LABELS)


def standing(turn: Turn, person: int, team: int, day: date, *, privately: bool = False) -> str:
    """`Hôm nay em 17 máy, cả tổ 64`; '' in a group that is not the team's. `privately`: it is said to one alone."""
    if not (privately or turn.is_among(team)):
        return ""
    who = people.by_id(turn.tx, person) if person != turn.me.id else turn.me  # a lead may have pressed for a student
    assert who is not None
    mine, all_together = totals.activated_by(turn.tx, person, team, day)
    return turn.text_for(who, "reporting.standing", day=day, mine=mine, team=all_together)


def standing_of(turn: Turn, report: Report, *, privately: bool = False) -> str:
    """Where the report's person and team stand on its day."""
    return standing(turn, report.person, report.team, report.day, privately=privately)
