"""Which part of a whole somebody's numbers are, and which part of all that was reported came out so."""

from dataclasses import replace

from handlers.figures.asked_for import here
from handlers.figures.gathered import facts
from handlers.figures.in_words import Asked, By, Sort
from handlers.figures.replies.heads import by_of, head, rows
from handlers.figures.replies.subjects import Subject, counts_of, days_of, divided, of_all, of_team, together, wanted_of
from handlers.messages import Reply
from handlers.texts import number
from handlers.turn import STUDENTS, Turn
from storage.campaign import teams
from storage.reports import tallies
from storage.reports.tallies import Counts

_BESIDE = frozenset({"assisted"})  # who was helped was activated, too, and is no case of their own


def part(turn: Turn, asked: Asked, subject: Subject) -> Reply | None:
    """So many of the whole's phones, or of what is named; None where there is nothing of which it is a part."""
    days = days_of(turn, asked.period)
    whole = _whole(turn, subject)
    every = wanted_of(asked, together(turn, whole.ones, days))
    ones = divided(turn, subject, asked.grouped) if asked.grouped in _BY else subject.ones
    if asked.grouped not in _BY and _is_same(subject, whole):
        return None
    counts = counts_of(turn, ones, days)
    if asked.grouped in _BY or (len(ones) > 1 and not subject.whole):
        ranked = sorted(ones, key=lambda one: -wanted_of(asked, counts[one]))
        kept = [one for one in ranked if wanted_of(asked, counts[one])]
        lines = [(one.name, _of(turn, wanted_of(asked, counts[one]), every)) for one in kept]
        asked = replace(asked, grouped=asked.grouped or by_of(ones))
        return rows(turn, asked, subject, lines, by=asked.grouped, whole=number(every), empty=len(ones) - len(kept))
    own = wanted_of(asked, tallies.merged(counts.values()))
    boards = None
    if asked.period is None and not asked.outcomes and subject.sort is Sort.COMMUNE:
        boards = (_standing(turn, subject), _standing(turn, whole))  # with what there was before
    return turn.say(
        "sharing.part",
        head=head(turn, asked, subject),
        name=subject.name,
        whole=whole.name if whole.sort is not None else "",
        outcomes=asked.outcomes or ("activated",),
        own=own,
        every=every,
        boards=boards,
    )


_BY = (By.PERSON, By.HAMLET, By.COMMUNE)


def _whole(turn: Turn, subject: Subject) -> Subject:
    """The team of who reports, of a person or hamlet the commune, of a commune all that the asker sees."""
    team = teams.team_of(turn.tx, turn.me.id, turn.work_day) if turn.me.role in STUDENTS else None
    if team is not None:
        return of_team(turn, team, subject.places)
    if subject.sort in (Sort.PERSON, Sort.HAMLET) and len(subject.places) == 1:
        return of_all(turn, subject.places)
    return of_all(turn, here.communes(turn))


def _is_same(subject: Subject, whole: Subject) -> bool:
    """Whether a whole is asked for as a part of itself."""
    team = whole.ones[0].sort is None and subject.sort in (None, Sort.COMMUNE)
    return team or {(one.sort, one.id) for one in subject.ones} == {(one.sort, one.id) for one in whole.ones}


def _standing(turn: Turn, subject: Subject) -> int:
    return facts.board(turn.tx, subject.places, turn.work_day, finished=False).whole.done


def _of(turn: Turn, own: int, every: int) -> str:
    return turn.text("sharing.row", own=own, every=every)


def success(turn: Turn, asked: Asked, subject: Subject) -> Reply:
    """How many of all that was reported were activated, or came out as it is named; each beside it."""
    if asked.grouped in _BY:
        return _success_of_each(turn, asked, subject)
    days = days_of(turn, asked.period)
    counts = together(turn, subject.ones, days)
    own, every = _cases(asked, counts)
    others = {name: n for name, n in counts.items() if name not in {*(asked.outcomes or ("activated",)), *_BESIDE}}
    return turn.say(
        "sharing.success",
        head=head(turn, asked, subject),
        outcomes=asked.outcomes,
        own=own,
        every=every,
        others={name: n for name, n in others.items() if n},
    )


def _success_of_each(turn: Turn, asked: Asked, subject: Subject) -> Reply:
    """Each part's share, the highest first, or the lowest where that is asked for."""
    ones = divided(turn, subject, asked.grouped)
    counts = counts_of(turn, ones, days_of(turn, asked.period))
    cases = {one: _cases(asked, counts[one]) for one in ones}
    kept = [one for one in ones if cases[one][1]]
    kept.sort(key=lambda one: cases[one][0] / cases[one][1], reverse=not asked.last)
    lines = [(one.name, _of(turn, *cases[one])) for one in kept]
    own, every = _cases(asked, tallies.merged(counts.values()))
    whole = _of(turn, own, every) if len(lines) > 1 else ""
    return rows(turn, asked, subject, lines, by=asked.grouped, whole=whole, empty=len(ones) - len(kept))


def _cases(asked: Asked, counts: Counts) -> tuple[int, int]:
    """How many came out so, and how many there were."""
    return wanted_of(asked, counts), sum(n for name, n in counts.items() if name not in _BESIDE)
