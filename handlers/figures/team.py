"""/to: the team at a glance, and from there a student's reports, which a lead may change."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from handlers import saying, texts
from handlers.buttons.pressed import Pressed
from handlers.figures import facts
from handlers.figures.facts import ONE_DAY
from handlers.language.days import dated
from handlers.language.folding import fold
from handlers.messages import Button, Message, Reply, Rows
from handlers.places.finding import Match, find_commune
from handlers.reports import correcting, withdrawing
from handlers.states import MEMBERS_REPORT
from handlers.texts import short_day
from handlers.turn import Answer, Turn, answers, command_button
from storage.campaign import communes as all_communes
from storage.campaign import people, phases
from storage.campaign import teams as all_teams
from storage.campaign.communes import Commune
from storage.campaign.people import Person, Role
from storage.campaign.teams import Team
from storage.reports import drafts, reports, tallies, totals
from storage.reports.reports import Report

PAGE = 8
_DAY = re.compile(r" +([0-9]{1,2})/([0-9]{1,2})$")


@answers("to", who=(Role.LEAD, Role.OFFICER, Role.ADMIN), help="to")
def show(message: Message, turn: Turn) -> Answer:
    """The team's students today; `/to hv012` or `/to An` one of them, `/to hv012 19/05` on another day."""
    wanted, day = _with_day(message.text, turn)
    if turn.me.role == Role.LEAD:
        own = all_teams.team_of(turn.tx, turn.me.id, turn.work_day)
        assert own is not None
        return _of_team(turn, own, wanted, day)
    communes = _visible(turn)
    found = _student_of(turn, wanted, communes)
    if found is not None:
        return _student(turn, found, day)
    team = _team(turn, wanted, communes)
    return team if isinstance(team, Reply) else _overview(turn, team)


def _of_team(turn: Turn, team: Team, wanted: str, day: date) -> Reply:
    """The whole team for its lead, or the student named."""
    if not wanted:
        return _overview(turn, team)
    chosen = _named(people.of_team(turn.tx, team.id), wanted)
    return _student(turn, chosen, day) if chosen else turn.say("team.unknown_student")


def _named(students: Sequence[Person], wanted: str) -> Person | None:
    """The student of this id, or of this name or given name where only one has it."""
    for key in (
        [one for one in students if one.ref.casefold() == wanted.casefold()],
        [one for one in students if fold(one.name) == fold(wanted)],
        [one for one in students if fold(one.name).split()[-1:] == [fold(wanted)]],
    ):
        if len(key) == 1:
            return key[0]
    return None


def _with_day(text: str, turn: Turn) -> tuple[str, date]:
    """What is asked for, and the work day: `hv012 19/05`; today where none is named."""
    match = _DAY.search(text)
    day = dated((int(match[1]), int(match[2])), turn.work_day, past=True) if match else None
    return (text[: match.start()], day) if match and day else (text, turn.work_day)


def _visible(turn: Turn) -> dict[int, Commune]:
    """The communes that an officer sees."""
    return {place.id: place for place in facts.visible(turn.tx, turn.me, turn.work_day)}


def _student_of(turn: Turn, wanted: str, communes: Mapping[int, Commune]) -> Person | None:
    """The student of this id, or of this name where there is only one, in the communes that an officer sees."""
    person = people.by_ref(turn.tx, wanted) if wanted else None
    if person is None and wanted and find_commune(wanted, communes.values()).found is None:
        return _named([one for team in _teams(turn, communes) for one in people.of_team(turn.tx, team.id)], wanted)
    team = all_teams.team_of(turn.tx, person.id, turn.work_day) if person else None
    return person if team is not None and team.commune in communes else None


def _teams(turn: Turn, communes: Iterable[int]) -> list[Team]:
    """The teams that work in these communes in today's phase."""
    phase = phases.phase_on(turn.tx, turn.work_day)
    teams = [team for commune in communes for team in all_teams.of_commune(turn.tx, commune)]
    return [team for team in teams if phase is not None and team.phase == phase.id]


def _team(turn: Turn, wanted: str, communes: Mapping[int, Commune]) -> Team | Reply:
    """The team of the commune that an officer names; there may be only one to name."""
    visible = list(communes.values())
    found = find_commune(wanted, visible) if wanted else Match(visible[0] if len(visible) == 1 else None)
    if found.found is None:
        near = found.candidates if wanted else visible
        buttons = tuple((command_button(place.name, f"/to {place.code}"),) for place in near[:PAGE])
        return turn.say("team.which", buttons=buttons)
    team = next(iter(_teams(turn, [found.found.id])), None)
    return team or turn.say("team.none_there", commune=found.found.name)


def _overview(turn: Turn, team: Team) -> Reply:
    day, students = turn.work_day, texts.in_order(people.of_team(turn.tx, team.id))
    rows = [_row(turn, student, day) for student in students]
    buttons: Rows = ()
    if turn.chat.private:
        buttons = tuple((command_button(student.name, f"/to {student.ref}"),) for student in students)
    return turn.say(
        "team.overview",
        commune=all_communes.by_id(turn.tx, team.commune).name,
        day=day,
        rows=rows,
        whole=totals.of(turn.tx, "team", team.id, day),
        total=totals.activated(turn.tx, "team", team.id),
        buttons=buttons,
    )


def _row(turn: Turn, student: Person, day: date) -> tuple[Person, tallies.Counts, int, datetime | None, int]:
    """A student's day, total, when the last report that counts was sent, and how many messages are open."""
    known = reports.of_day(turn.tx, student.id, day)
    return (
        student,
        totals.of(turn.tx, "person", student.id, day),
        totals.activated(turn.tx, "person", student.id),
        max((report.at for report in known), default=None),
        len(drafts.open_of(turn.tx, student.id, day)),
    )


def _student(turn: Turn, student: Person, day: date) -> Reply:
    """A student's reports of a day, the newest last; the lead may change each."""
    known = list(enumerate(reports.of_day(turn.tx, student.id, day), 1))[-PAGE:]
    return turn.say(
        "team.student",
        name=student.name,
        day=day,
        reports=[(number, report, saying.flat(saying.said(turn, report.lines))) for number, report in known],
        open=len(drafts.open_of(turn.tx, student.id, day)),
        sum=totals.of(turn.tx, "person", student.id, day),
        buttons=(*_changes(turn, known), _ways(turn, student, day)),
    )


def _changes(turn: Turn, known: Sequence[tuple[int, Report]]) -> Rows:
    """[Sửa] and [Xóa] for each report, where its lead looks at it; an adjustment can only be taken back."""
    if turn.me.role != Role.LEAD:
        return ()
    return tuple(
        turn.offer(
            MEMBERS_REPORT,
            report.id,
            ({} if report.change == "adjusted" else {f"Sửa {number}": "fix"}) | {f"Xóa {number}": "undo"},
            version=report.version,
        )
        for number, report in known
    )


def _ways(turn: Turn, student: Person, day: date) -> tuple[Button, ...]:
    """To the days beside this one, and back to the team."""
    near = [day - ONE_DAY] + ([day + ONE_DAY] if day < turn.work_day else [])
    days = [command_button(f"Ngày {short_day(other)}", f"/to {student.ref} {short_day(other)}") for other in near]
    team = all_teams.team_of(turn.tx, student.id, turn.work_day)
    back = (
        "/to" if turn.me.role == Role.LEAD or team is None else f"/to {all_communes.by_id(turn.tx, team.commune).code}"
    )
    return (*days, command_button("Cả tổ", back))


@answers(offer=MEMBERS_REPORT, who=(Role.LEAD,))
def press_member(pressed: Pressed, turn: Turn) -> Answer:
    """The lead withdraws a student's report, or is asked what it should say."""
    report = pressed.report
    if pressed.choice == "fix":
        return correcting.ask(turn, report)
    pressed.use(turn)
    return withdrawing.withdraw(turn, report, listed=True)
