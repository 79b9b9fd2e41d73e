"""/kiemtra: five questions before setting out, an answer a press, each explained."""

from datetime import timedelta

from handlers.buttons.pressed import Pressed
from handlers.door import check_results
from handlers.language import fold
from handlers.messages import Message, Reply, Rows
from handlers.states import CHECK, Waiting
from handlers.turn import STUDENTS, Answer, Behind, Scope, Turn, answers, command_button
from storage.campaign import checks
from storage.campaign.checks import Question, Run

COMMAND = "/kiemtra"
TAKE = "làm"  # what officers and admins add, who are shown results else
ASKED = 5  # questions of one run
LASTS = timedelta(days=1)  # a run that was begun goes on where it stood
LETTERS = "ABCD"
_TYPED_LASTS = timedelta(minutes=10)  # within which an answer may be typed, if it is the next message


@answers("kiemtra", scope=Scope.OWN, help="kiemtra", group=False, button=True, earnest=True, behind=Behind.WORDS)
def show(message: Message, turn: Turn) -> Answer:
    """The next question; `/kiemtra tổ` the team's results for its lead; officers and admins see theirs at once."""
    wanted = message.text.strip()
    if turn.me.role not in STUDENTS and wanted.casefold() not in (TAKE, "lam"):
        return check_results.of_communes(turn, wanted)
    if check_results.is_for_lead(turn, wanted):
        return check_results.of_own_team(turn)
    return take(turn)


def take(turn: Turn) -> Reply:
    """The next question of the run that is open, or the first of a new one."""
    run = checks.open_of(turn.tx, turn.me.id, turn.now - LASTS) or _begun(turn)
    if run is None:
        return turn.say("check.none")
    turn.wait_for(Waiting.CHECK, run.id, lasts=_TYPED_LASTS)
    return _question(turn, run)


def _begun(turn: Turn) -> Run | None:
    """A new run. Where there are more questions than five, the next ones have their turn each time."""
    known = list(checks.questions(turn.tx))
    if not known:
        return None
    first = checks.times(turn.tx, turn.me.id) * ASKED % len(known) if len(known) > ASKED else 0
    asked = (known[first:] + known[:first])[:ASKED]
    return checks.begin(turn.tx, turn.me.id, asked, turn.now)


def _question(turn: Turn, run: Run) -> Reply:
    place = run.next
    assert place is not None, "a run that is open has a question left"
    return turn.say(
        "check.question",
        n=place + 1,
        of=len(run.asked),
        ask=run.asked[place].question.ask,
        answers=_lettered(run.asked[place].question),
        buttons=_choices(turn, run, place),
    )


def _choices(turn: Turn, run: Run, place: int) -> Rows:
    letters = {letter: letter for letter, _ in _lettered(run.asked[place].question)}
    return (turn.offer(CHECK, run.id, letters, version=place, lasts=LASTS),)


def _lettered(question: Question) -> list[tuple[str, str]]:
    return list(zip(LETTERS, question.answers, strict=False))


@answers(offer=CHECK, scope=Scope.OWN, earnest=True)
def press_answer(pressed: Pressed, turn: Turn) -> Answer:
    """The answer is explained and the next question asked in the same message; after the last, how it went."""
    place = pressed.offer.version
    run = checks.by_id(turn.tx, pressed.offer.subject)
    if run is None or run.next != place:
        return pressed.refuse(turn.text("check.answered"))
    pressed.use(turn)
    text, buttons = _answered(turn, run, place, LETTERS.index(pressed.choice))
    return pressed.settle(text, buttons=buttons)


@answers(question=Waiting.CHECK, scope=Scope.OWN, earnest=True)
def typed_answer(message: Message, turn: Turn) -> Answer:
    """An answer typed word for word is none of the evening's reports; whatever else is said is work, and ends it."""
    run = checks.open_of(turn.tx, turn.me.id, turn.now - LASTS)
    place = run.next if run is not None else None
    known = [fold(answer) for _, answer in _lettered(run.asked[place].question)] if run and place is not None else []
    said = fold(message.text).strip(" .!")
    turn.stop_waiting()
    if run is None or place is None or said not in [one.strip(" .!") for one in known]:
        return None
    text, buttons = _answered(turn, run, place, [one.strip(" .!") for one in known].index(said))
    return Reply(text, buttons)


def _answered(turn: Turn, run: Run, place: int, chosen: int) -> tuple[str, Rows]:
    """The answer is kept; what is said of it, with the next question or how it went."""
    checks.choose(turn.tx, run.id, place, chosen, turn.now)
    after = checks.by_id(turn.tx, run.id)
    assert after is not None
    told = _explained(turn, after, place)
    if after.next is None:
        return f"{told}\n\n{_result(turn, after, place)}", _ways(turn)
    turn.wait_for(Waiting.CHECK, run.id, lasts=_TYPED_LASTS)
    question = _question(turn, after)
    return f"{told}\n\n{question.text}", question.buttons


def _explained(turn: Turn, run: Run, place: int) -> str:
    asked = run.asked[place]
    letter, answer = _lettered(asked.question)[asked.question.correct]
    return turn.text(
        "check.explained", n=place + 1, right=asked.right, letter=letter, answer=answer, why=asked.question.why
    )


def _result(turn: Turn, run: Run, last: int) -> str:
    """How the run went, with what was missed before the answer that was just explained."""
    missed = [
        (place + 1, asked.question.ask, asked.question.answers[asked.question.correct])
        for place, asked in enumerate(run.asked)
        if not asked.right and place != last
    ]
    right = sum(asked.right for asked in run.asked)
    return turn.text("check.result", right=right, of=len(run.asked), missed=missed)


def _ways(turn: Turn) -> Rows:
    again = command_button("Làm lại", COMMAND if turn.me.role in STUDENTS else f"{COMMAND} {TAKE}")
    team = check_results.button(turn)
    return ((again, command_button("Hướng dẫn", "/huongdan")), *(((team,),) if team else ()))
