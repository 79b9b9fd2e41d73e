"""/xa: one commune: the whole, then its students and hamlets, and what it did on some days."""

from collections.abc import Sequence

from handlers.figures.asked_for import asked, here, periods
from handlers.figures.asked_for.asked import Asked, Way
from handlers.figures.gathered import facts
from handlers.figures.said import parts, progress, worth_asking
from handlers.figures.said.parts import Parts
from handlers.language.signs.folding import fold
from handlers.messages import Message, Reply
from handlers.places.finding import find_commune
from handlers.turn import Answer, Scope, Turn, answers, command_button
from storage.campaign import communes
from storage.campaign.communes import Commune
from storage.campaign.people import Role

MOST_BUTTONS = 8
MOST_STUDENTS = 6  # under the whole; of more the slowest
MOST_HAMLETS = 5


@answers("xa", who=(Role.OFFICER, Role.LEAD, Role.ADMIN), scope=Scope.COMMUNES, help="xa", button=True)
def show(message: Message, turn: Turn) -> Answer:
    """One commune: done, target, pace, students, hamlets; `/xa Xuân Thu hôm qua`, `/xa Xuân Thu theo thôn`."""
    name, wanted = _with_days(fold(message.text), turn)
    chosen = _chosen(name, turn)
    if isinstance(chosen, Reply):
        return chosen
    return _standing(turn, chosen) if not wanted else _of_days(turn, chosen, wanted)


def _with_days(words: str, turn: Turn) -> tuple[str, str]:
    """The place that is named, and what is asked of it: `xuan thu`, `hom qua theo thon`."""
    known = communes.every(turn.tx)
    parts_of = words.split()
    for number in range(len(parts_of), -1, -1):
        name, rest = " ".join(parts_of[:number]), " ".join(parts_of[number:])
        when = asked.read(rest).when
        means_days = when in periods.TODAY or periods.days_asked(turn, when) is not None
        if means_days and (not name or find_commune(name, known).found is not None):
            return name, rest if rest not in periods.TODAY else ""
    return words, ""


def _of_days(turn: Turn, commune: Commune, wanted: str) -> Reply:
    answer = progress.about(turn, [commune], wanted, _command(commune))
    assert answer is not None, wanted
    return answer


def _command(commune: Commune) -> str:
    return f"/xa {commune.code}"


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
    return turn.say(name, buttons=tuple((command_button(place.name, _command(place)),) for place in few))


def _standing(turn: Turn, commune: Commune) -> Reply:
    board = facts.board(turn.tx, [commune], turn.work_day, finished=False)
    students = parts.by_student(turn, [commune], None)
    hamlets = parts.by_hamlet(turn, [commune], None)
    command = _command(commune)
    ways = (Way.HAMLET, Way.STUDENT, Way.DAY, Way.OUTCOME)
    each = [progress.button(command, Asked("", way)) for way in ways]
    return turn.say(
        "commune.standing",
        head=progress.head(turn, commune.name, [commune], board),
        day=turn.work_day,
        students=students.rows[:MOST_STUDENTS],
        more_students=len(students.rows[MOST_STUDENTS:]),
        silent_students=students.silent,
        gone=max(0, students.rest),
        hamlets=hamlets.rows[:MOST_HAMLETS],
        more_hamlets=len(hamlets.rows[MOST_HAMLETS:]),
        silent_hamlets=_few(hamlets),
        elsewhere=hamlets.rest if hamlets.rows else 0,
        buttons=(
            tuple(each[:2]),
            (*each[2:], *worth_asking.buttons_to(turn, turn.work_day, [commune])),
            progress.periods_of(command),
            progress.forms_of(turn, [commune]),
        ),
    )


def _few(hamlets: Parts) -> tuple[str, ...]:
    """Hamlets of the list without anything; none where they are too many to be named."""
    return hamlets.silent if hamlets.rows and len(hamlets.silent) <= MOST_HAMLETS else ()
