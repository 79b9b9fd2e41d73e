"""What the dashboard shows: the campaign by commune, a commune by hamlet and student, a hamlet, a student. From sums.

The address says which: `ky` the days, `xa` the code of a commune, `thon` a hamlet's row, `nguoi` a student's id, `xep`
the column by which lists are sorted. What the one who looks may not see is not found.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from handlers import texts
from handlers.figures.gathered import facts
from handlers.figures.gathered.facts import ONE_DAY, Board
from handlers.figures.pages import shown_days
from handlers.figures.pages.shown import Address, Line, Lines, Look, View, in_order
from storage.campaign import communes as all_communes
from storage.campaign import hamlets as all_hamlets
from storage.campaign import people, phases, teams
from storage.campaign.communes import Commune
from storage.campaign.hamlets import NO_HAMLET, Hamlet
from storage.campaign.people import Person
from storage.campaign.phases import Phase
from storage.campaign.teams import Team
from storage.engine.transaction import Transaction
from storage.reports import breakdown, tallies, totals
from storage.reports.tallies import Counts

PARAMETERS = ("ky", "xa", "thon", "nguoi", "xep")


def view(tx: Transaction, person: Person, today: date, wanted: Address) -> View | None:
    """The page of an address; None where there is none for this person."""
    known = tuple(shown_days.choices(tx, today))
    places = tuple(facts.visible(tx, person, today))
    here = {name: wanted[name] for name in PARAMETERS if wanted.get(name)}
    period = shown_days.chosen(known, wanted.get("ky", ""), today)
    look = Look(tx, today, period, known, places, here, wanted.get("xep", ""))
    code = wanted.get("xa", "")
    commune = next((place for place in places if place.code == code), None)
    if not places or (code and commune is None):
        return None
    if commune is None:
        return _whole(look) if len(places) > 1 else _commune(look, places[0])
    if wanted.get("thon"):
        return _hamlet(look, commune, wanted["thon"])
    if wanted.get("nguoi"):
        return _student(look, commune, wanted["nguoi"])
    return _commune(look, commune)


# The campaign, or the own communes


def _whole(look: Look) -> View:
    tx, places, period = look.tx, look.places, look.period
    board = facts.board(tx, places, look.today, finished=False)
    counts = facts.spans(tx, places, period.span)
    reported, students, by_commune = _reported(look, places)
    lines = [
        Line(
            facts.short(row.commune),
            counts.get(row.commune.id, {}).get("activated", 0),
            row.standing.done,
            look.at(xa=row.commune.code),
            row.standing.target,
            bool(by_commune.get(row.commune.id)),
        )
        for row in board.rows
    ]
    return look.view(
        title=_name(tx, places),
        path=(),
        counts=tallies.merged(counts.values()),
        days=_days(look, places),
        lists=(in_order("xa", lines, look.sort, "-phan-tram"),),
        board=board,
        before=_before(look, places),
        reported=(reported, students),
        silent=tuple(line.name for line, row in zip(lines, board.rows, strict=True) if row.team and not line.reported),
    )


def _name(tx: Transaction, places: Sequence[Commune]) -> str:
    campaign = phases.current(tx)
    if campaign is not None and len(places) == len(all_communes.every(tx)):
        return campaign.name
    return texts.plain("totals.several", number=len(places))


def _reported(look: Look, places: Sequence[Commune]) -> tuple[int, int, Mapping[int, int]]:
    """Students with a report on the last day that is looked at, of how many, and how many in each commune."""
    phase = look.phase()
    if phase is None:
        return 0, 0, {}
    only = places[0].id if len(places) == 1 else None
    day = min(look.period.span[1], look.today)
    found = totals.reporters(look.tx, phase.id, day, commune=only)
    sizes = teams.students_in(look.tx, phase.id)
    own = {team.id: team.commune for team in teams.every(look.tx, commune=only) if team.phase == phase.id}
    wanted = {place.id for place in places}
    by_commune = {own[team]: len(who) for team, who in found.items() if own.get(team) in wanted}
    students = sum(n for team, n in sizes.items() if own.get(team) in wanted)
    return sum(by_commune.values()), students, by_commune


def _before(look: Look, places: Sequence[Commune]) -> int | None:
    """Phones of the day before, where one day is looked at."""
    if not look.period.one_day:
        return None
    day = look.period.span[0] - ONE_DAY
    found = facts.spans(look.tx, places, (day, day))
    return sum(counts.get("activated", 0) for counts in found.values())


def _days(look: Look, places: Sequence[Commune]) -> dict[date, int]:
    """Phones by day."""
    only = places[0].id if len(places) == 1 else None
    wanted = {place.id for place in places}
    own = {team.id for team in teams.every(look.tx, commune=only) if team.commune in wanted}
    by_day: dict[date, int] = {}
    for phase in phases.every(look.tx):
        for team, days in totals.activated_by_day(look.tx, phase.id, look.listed(), commune=only).items():
            for day, n in days.items() if team in own else ():
                by_day[day] = by_day.get(day, 0) + n
    return by_day


# A commune


def _commune(look: Look, commune: Commune) -> View:
    tx, period = look.tx, look.period
    board = facts.board(tx, [commune], look.today, finished=False)
    counts = facts.spans(tx, [commune], period.span).get(commune.id, {})
    reported, students, _ = _reported(look, [commune])
    return look.view(
        title=commune.name,
        path=_path(look),
        counts=counts,
        days=_days(look, [commune]),
        lists=tuple(filter(None, [_hamlets(look, commune, board, counts), _students(look, commune)])),
        commune=commune,
        team=_team(tx, commune, phase) if (phase := look.phase()) is not None else None,
        board=board,
        before=_before(look, [commune]),
        reported=(reported, students),
    )


def _path(look: Look, commune: Commune | None = None) -> tuple[tuple[str, Address], ...]:
    above = ((_name(look.tx, look.places), look.at()),) if len(look.places) > 1 else ()
    return (*above, *(((commune.name, look.at(xa=commune.code)),) if commune is not None else ()))


def _hamlets(look: Look, commune: Commune, board: Board, counts: Counts) -> Lines | None:
    """The hamlets where anything was counted, or that the list has; what names none is the rest."""
    of_period = totals.of_hamlets(look.tx, commune.id, look.period.span)
    ever = totals.of_hamlets(look.tx, commune.id)
    lines = [
        Line(
            texts.hamlet_head(hamlet.name),
            _phones(of_period, hamlet.id),
            _phones(ever, hamlet.id),
            look.at(xa=commune.code, thon=str(hamlet.id)),
        )
        for hamlet in all_hamlets.of_commune(look.tx, commune.id)
        if hamlet.id in ever or hamlet.listed
    ]
    phones = counts.get("activated", 0) - sum(line.phones for line in lines)
    done = board.whole.bot - sum(line.done for line in lines)
    rest = (("no_hamlet", phones, done),) if phones or done else ()
    return in_order("thon", lines, look.sort, "-ky", rest) if lines or rest else None


def _students(look: Look, commune: Commune) -> Lines | None:
    """The students of the phase there; what others of the team did who left it is the rest."""
    phase = look.phase()
    team = _team(look.tx, commune, phase) if phase is not None else None
    if phase is None or team is None:
        return None
    span = facts.span_of(look.tx, phase)
    of_period = totals.of_members(look.tx, team.id, look.period.span)
    ever = totals.of_members(look.tx, team.id, span)
    today = totals.reporters(look.tx, phase.id, min(look.period.span[1], look.today), commune=commune.id)
    students = texts.in_order(people.of_team(look.tx, team.id))
    lines = [
        Line(
            student.name,
            _phones(of_period, student.id),
            _phones(ever, student.id),
            look.at(xa=commune.code, nguoi=student.ref),
            reported=student.id in today.get(team.id, ()),
        )
        for student in students
    ]
    whole = totals.between(look.tx, "team", team.id, *span).get("activated", 0)
    part = totals.between(look.tx, "team", team.id, *look.period.span).get("activated", 0)
    gone = (part - sum(line.phones for line in lines), whole - sum(line.done for line in lines))
    rest = (("gone", *gone),) if any(gone) else ()
    return in_order("nguoi", lines, look.sort, "-ky", rest)


def _team(tx: Transaction, commune: Commune, phase: Phase) -> Team | None:
    return next((team for team in teams.of_commune(tx, commune.id) if team.phase == phase.id), None)


def _phones(sums: Mapping[int, Counts], id: int) -> int:
    return sums.get(id, {}).get("activated", 0)


# A hamlet, a student


def _hamlet(look: Look, commune: Commune, wanted: str) -> View | None:
    known = all_hamlets.of_commune(look.tx, commune.id)
    hamlet = next((one for one in known if str(one.id) == wanted and one.id != NO_HAMLET), None)
    if hamlet is None:
        return None
    counts = totals.between(look.tx, "hamlet", hamlet.id, *look.period.span)
    return look.view(
        title=texts.hamlet_head(hamlet.name),
        path=_path(look, commune),
        counts=counts,
        days=_phones_by_day(look, "hamlet", hamlet.id),
        lists=tuple(filter(None, [_who(look, commune, hamlet, counts.get("activated", 0))])),
        commune=commune,
        done=totals.activated(look.tx, "hamlet", hamlet.id),
    )


def _who(look: Look, commune: Commune, hamlet: Hamlet, whole: int) -> Lines | None:
    """The students who counted phones there; what others did is the rest of the `whole`."""
    phase = look.phase()
    team = _team(look.tx, commune, phase) if phase is not None else None
    if team is None:
        return None
    found = breakdown.people_in_hamlet(look.tx, team.id, hamlet.id, look.period.span)
    lines = [
        Line(student.name, found[student.id], found[student.id], look.at(xa=commune.code, nguoi=student.ref))
        for student in texts.in_order(people.of_team(look.tx, team.id))
        if found.get(student.id)
    ]
    others = whole - sum(line.phones for line in lines)
    rest = (("gone", others, others),) if others else ()
    return in_order("nguoi-o-thon", lines, look.sort, "-ky", rest) if lines or rest else None


def _phones_by_day(look: Look, scope: str, id: int) -> dict[date, int]:
    return {day: counts.get("activated", 0) for day, counts in totals.by_day(look.tx, scope, id).items()}


def _student(look: Look, commune: Commune, ref: str) -> View | None:
    student = people.by_ref(look.tx, ref)
    phase = look.phase()
    team = _team(look.tx, commune, phase) if phase is not None else None
    members = people.of_team(look.tx, team.id) if team is not None else []
    if student is None or phase is None or team is None or student not in members:
        return None
    found = breakdown.hamlets_of_person(look.tx, student.id, look.period.span)
    lines = [
        Line(texts.hamlet_head(hamlet.name), found[hamlet.id], 0, look.at(xa=commune.code, thon=str(hamlet.id)))
        for hamlet in all_hamlets.of_commune(look.tx, commune.id)
        if found.get(hamlet.id)
    ]
    # What was counted in another commune, before a move, is nothing of this page's.
    counts = totals.of_members(look.tx, team.id, look.period.span).get(student.id, {})
    nowhere = counts.get("activated", 0) - sum(line.phones for line in lines)
    rest = (("no_hamlet", nowhere, 0),) if nowhere else ()
    span = facts.span_of(look.tx, phase)
    return look.view(
        title=student.name,
        path=_path(look, commune),
        counts=counts,
        days=totals.of_member_by_day(look.tx, team.id, student.id),
        lists=(in_order("thon-cua-nguoi", lines, look.sort, "-ky", rest),) if lines or rest else (),
        commune=commune,
        done=totals.of_members(look.tx, team.id, span).get(student.id, {}).get("activated", 0),
        done_of=phase.name,
    )
