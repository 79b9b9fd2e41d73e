"""/to: the team at a glance, and from there a student's reports, which a lead may change."""

from collections.abc import Sequence

from handlers import fixing, leading, wording
from handlers.messages import Message, Reply, Rows
from handlers.places import find_commune
from handlers.pressing import Pressed
from handlers.turn import Answer, Turn, answers, command_button
from storage import campaign, drafts, people, reports, totals
from storage.campaign import Team
from storage.people import Person, Role

PAGE = 8


@answers("to", who=(Role.LEAD, Role.OFFICER, Role.ADMIN), help="to")
def show(message: Message, turn: Turn) -> Answer:
    """The team's students today; `/to hv012` one of them (lead only)."""
    team = _team(message.text, turn)
    if isinstance(team, Reply):
        return team
    students = wording.in_order(people.of_team(turn.tx, team.id))
    if turn.me.role == Role.LEAD and message.text:
        chosen = next((student for student in students if student.ref.lower() == message.text.lower()), None)
        return _student(turn, team, chosen) if chosen else turn.say("team.unknown_student")
    return _overview(turn, team, students)


def _team(wanted: str, turn: Turn) -> Team | Reply:
    """The lead's own team; officers name a commune in their scope."""
    if turn.me.role == Role.LEAD:
        own = campaign.team_of(turn.tx, turn.me.id, turn.work_day)
        assert own is not None
        return own
    scope = people.scope_of(turn.tx, turn.me.id) if turn.me.role == Role.OFFICER else []
    visible = [place for place in campaign.communes(turn.tx) if not scope or place.id in scope]
    phase = campaign.phase_on(turn.tx, turn.work_day)
    teams = {team.commune: team for team in (campaign.teams_of_phase(turn.tx, phase.id) if phase else [])}
    if not wanted and len(visible) == 1:
        chosen = visible[0]
    else:
        found = find_commune(wanted, visible) if wanted else None
        if found is None or found.found is None:
            near = found.candidates if found else visible
            buttons = tuple((command_button(place.name, f"/to {place.code}"),) for place in near[:PAGE])
            return turn.say("team.which", buttons=buttons)
        chosen = found.found
    return teams[chosen.id] if chosen.id in teams else turn.say("team.none_there", commune=chosen.name)


def _overview(turn: Turn, team: Team, students: Sequence[Person]) -> Reply:
    day = turn.work_day
    rows = [
        (
            student,
            totals.of(turn.tx, "person", student.id, day),
            totals.activated(turn.tx, "person", student.id),
            reports.last_at(turn.tx, student.id) if reports.has_any(turn.tx, student.id, day) else None,
            len(drafts.open_of(turn.tx, student.id, day)),
        )
        for student in students
    ]
    buttons: Rows = ()
    if turn.me.role == Role.LEAD and turn.chat.private:
        buttons = tuple((command_button(student.name, f"/to {student.ref}"),) for student in students)
    return turn.say(
        "team.overview",
        commune=campaign.commune(turn.tx, team.commune).name,
        day=day,
        rows=rows,
        whole=totals.of(turn.tx, "team", team.id, day),
        total=totals.activated(turn.tx, "team", team.id),
        buttons=buttons,
    )


def _student(turn: Turn, team: Team, student: Person) -> Reply:
    """A student's reports of today, newest last, each with [Sửa] [Xóa] for the lead."""
    known = list(enumerate(reports.of_day(turn.tx, student.id, turn.work_day), 1))[-PAGE:]
    buttons = tuple(
        turn.offer("member", report.id, {f"Sửa {number}": "fix", f"Xóa {number}": "undo"}, version=report.version)
        for number, report in known
    )
    return turn.say(
        "team.student",
        name=student.name,
        day=turn.work_day,
        reports=[(number, report, wording.flat(wording.said(turn, report.lines))) for number, report in known],
        open=len(drafts.open_of(turn.tx, student.id, turn.work_day)),
        sum=totals.of(turn.tx, "person", student.id, turn.work_day),
        buttons=(*buttons, (command_button("Cả tổ", "/to"),)),
    )


@answers(offer="member", who=(Role.LEAD,))
def press_member(pressed: Pressed, turn: Turn) -> Answer:
    """The lead withdraws a student's report, or is asked what it should say."""
    report = reports.by_id(turn.tx, pressed.offer.subject)
    if report is None or report.withdrawn or report.version != pressed.offer.version:
        return pressed.refuse(turn.text("helping.press_changed"))
    if pressed.choice == "fix":
        return fixing.ask(turn, report)
    pressed.use(turn)
    reports.withdraw(turn.tx, report, by=turn.me.id, at=turn.at)
    return leading.changed(turn, report, withdrawn=True)
