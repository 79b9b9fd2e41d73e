"""/hoi: a question in words that is never taken for a report; buttons ask with it what is left of a question."""

from handlers.figures.in_words import Asked, NotUnderstood
from handlers.figures.replies import choosing
from handlers.figures.replies.answering import answered
from handlers.figures.replies.before import alone
from handlers.figures.replies.beyond import beyond
from handlers.messages import Message
from handlers.turn import Answer, Behind, Scope, Turn, answers


@answers("hoi", scope=Scope.SAID, help="hoi", button=True, behind=Behind.WORDS)
def ask(message: Message, turn: Turn) -> Answer:
    """What is asked of numbers is answered, or what of it was not understood; without a question some that may be."""
    found = alone(message.text, turn)
    if isinstance(found, Asked):
        return answered(message, turn, found)
    if isinstance(found, NotUnderstood) and not found.talk:
        return choosing.not_understood(turn, found, message.text)
    if not message.text.strip():
        return turn.say("in_words.ask_what", examples=choosing.examples(turn))
    return beyond(turn, message.text)
