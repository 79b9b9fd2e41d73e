"""/xa: one commune, then by hamlet, outcome and student."""

from collections.abc import Mapping, Sequence

from handlers import texts
from handlers.figures import facts, here
from handlers.figures.facts import Row
from handlers.figures.progress import head
from handlers.messages import Message, Reply
from handlers.places.finding import find_commune
from handlers.turn import Answer, Scope, Turn, answers, command_button
from storage.campaign import communes, people, phases, teams
from storage.campaign import hamlets as all_hamlets
from storage.campaign.communes import Commune
from storage.campaign.people import Role
from storage.reports import totals
from storage.reports.tallies import Counts

MOST_BUTTONS = 8
MOST_LINES = 30  # hamlets, or students, in one message
Line = tuple[str, int, int]  # name, phones in all, phones of the day


@answers("xa", who=(Role.OFFICER, Role.LEAD, Role.ADMIN), scope=Scope.COMMUNES, help="xa", button=True)
def show(message: Message, turn: Turn) -> Answer:
    """One commune: done, target, pace; by hamlet, outcome and student."""
    chosen = _chosen(message.text.strip(), turn)
    return chosen if isinstance(chosen, Reply) else _commune(turn, chosen)


def _chosen(wanted: str, turn: Turn) -> Commune | Reply:
    """The commune that is meant, or a question."""
    visible = here.communes(turn)
    if not (visible or turn.chat.private):
        return turn.say("totals.not_here")
    if not wanted:
        return visible[0] if len(visible) == 1 else _which(turn, "commune.which", visible)
    known = communes.every(turn.tx)
    match = find_commune(wanted, known)
    if match.found is None:
        near = [place for place in match.candidates if place in visible]
        return _which(turn, "commune.which_of" if near else "commune.unknown", near)
    if match.found not in visible:
        return _hidden(turn, match.found)
    return match.found


def _hidden(turn: Turn, commune: Commune) -> Reply:
    return turn.say("commune.out_of_scope", name=commune.name) if turn.chat.private else turn.say("totals.not_here")


def _which(turn: Turn, name: str, places: Sequence[Commune]) -> Reply:
    """A question, with a button for each commune where they are few."""
    few = places if len(places) <= MOST_BUTTONS else ()
    return turn.say(name, buttons=tuple((command_button(place.name, f"/xa {place.code}"),) for place in few))


def _commune(turn: Turn, commune: Commune) -> Reply:
    board = facts.board(turn.tx, [commune], turn.work_day, finished=False)
    hamlets = _hamlets(turn, board.rows[0])
    students, gone = _students(turn, board.rows[0])
    return turn.say(
        "commune.standing",
        head=head(turn, commune.name, board),
        day=turn.work_day,
        whole=board.whole,
        hamlets=hamlets[:MOST_LINES],
        more_hamlets=len(hamlets[MOST_LINES:]),
        elsewhere=board.whole.bot - sum(phones for _, phones, _ in hamlets),
        students=students[:MOST_LINES],
        more_students=len(students[MOST_LINES:]),
        gone=gone,
    )


def _hamlets(turn: Turn, row: Row) -> list[Line]:
    """The hamlets where anything was counted, in the list's order, with their phones."""
    ever = totals.of_hamlets(turn.tx, row.commune.id)
    today = totals.of_hamlets(turn.tx, row.commune.id, (turn.work_day, turn.work_day))
    return [
        (hamlet.name, _phones(ever, hamlet.id), _phones(today, hamlet.id))
        for hamlet in all_hamlets.of_commune(turn.tx, row.commune.id)
        if hamlet.id in ever
    ]


def _students(turn: Turn, row: Row) -> tuple[list[Line], int]:
    """The phase's students there with their phones of the phase, and the phones of those who left the team."""
    if row.team is None:
        return [], 0
    phase = phases.by_id(turn.tx, teams.by_id(turn.tx, row.team).phase)
    span = facts.span_of(turn.tx, phase)
    ever = totals.of_members(turn.tx, row.team, span)
    today = totals.of_members(turn.tx, row.team, (turn.work_day, turn.work_day))
    students = texts.in_order(people.of_team(turn.tx, row.team))
    names = texts.short_names(students)
    lines = [(names[student.id], _phones(ever, student.id), _phones(today, student.id)) for student in students]
    whole = totals.between(turn.tx, "team", row.team, *span).get("activated", 0)
    return lines, max(0, whole - sum(phones for _, phones, _ in lines))


def _phones(sums: Mapping[int, Counts], id: int) -> int:
    return sums.get(id, {}).get("activated", 0)
