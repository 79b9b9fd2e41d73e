"""What a student is shown first: a message that is sent for a try, its answer, a correction; none of it counts.

Three messages in all: the welcome with its example, what the bot makes of that, and what of a correction.
"""

from datetime import timedelta

from handlers import texts
from handlers.buttons.pressed import Pressed
from handlers.door import check, guide
from handlers.language import fold
from handlers.messages import Button, Message, Reply
from handlers.states import FIRST_STEPS, SECOND_STEP, Waiting
from handlers.turn import STUDENTS, Answer, Scope, Turn, answers, command_button
from storage.campaign.people import Person
from storage.talk import offers

_LASTS = timedelta(days=7)
_TYPED_LASTS = timedelta(minutes=10)  # within which the correction may be typed, if it is the next message


def offered(turn: Turn, person: Person, chat: int) -> tuple[Button, ...]:
    """The buttons below the welcome in this chat."""
    return turn.offer(FIRST_STEPS, 1, person=person.id, chat=chat, lasts=_LASTS)


@answers(offer=FIRST_STEPS, who=STUDENTS, scope=Scope.OWN)
def press_first(pressed: Pressed, turn: Turn) -> Answer:
    """The example is tried, or the guide or the check shown; each as often as one likes."""
    if pressed.choice == "guide":
        return guide.contents(turn)
    if pressed.choice == "check":
        return check.take(turn)
    if offers.question(turn.tx, turn.chat.id, turn.me.id, turn.at) is None:  # what was asked for stays asked for
        turn.wait_for(Waiting.TRY, 2, lasts=_TYPED_LASTS)
    return turn.say(
        "first.tried",
        example=turn.text("first.example"),
        correction=turn.text("first.correction"),
        done=texts.outcomes(_counts(turn, "first.example")),
        buttons=(turn.offer(SECOND_STEP, 2, lasts=_LASTS),),
    )


@answers(offer=SECOND_STEP, who=STUDENTS, scope=Scope.OWN)
def press_second(pressed: Pressed, turn: Turn) -> Answer:
    """The correction is tried."""
    _stop_waiting(turn)
    return _corrected(turn)


@answers(question=Waiting.TRY, who=STUDENTS, scope=Scope.OWN)
def typed(message: Message, turn: Turn) -> Answer:
    """The correction is tried where it is typed next, as it stands; whatever else is said is work, and ends it."""
    turn.stop_waiting()
    return _corrected(turn) if fold(message.text) == fold(turn.text("first.correction")) else None


def _stop_waiting(turn: Turn) -> None:
    question = offers.question(turn.tx, turn.chat.id, turn.me.id, turn.at)
    if question is not None and question.kind == Waiting.TRY.value:
        turn.stop_waiting()


def _corrected(turn: Turn) -> Reply:
    before = _counts(turn, "first.example")
    after = {**before, **_counts(turn, "first.correction")}
    ways = (command_button("Hướng dẫn", guide.COMMAND), command_button("Kiểm tra", check.COMMAND))
    return turn.say("first.corrected", done=texts.changed(after, before), buttons=(ways,))


def _counts(turn: Turn, name: str) -> dict[str, int]:
    """What the bot reads in the message that is tried."""
    return {outcome.value: n for outcome, n in turn.reading_of(turn.text(name), turn.at).counts.items()}
