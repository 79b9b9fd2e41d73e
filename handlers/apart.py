"""Answers that take long to read: found apart, over a transaction that only reads, and said where they were asked for.

A command declares that it is such (`long`); in the bot's own transaction nothing is said yet but that it was asked.
"""

from dataclasses import replace
from datetime import datetime

from handlers import router
from handlers.buttons import typed
from handlers.messages import Chat, Message, Reply, Sender, Sought
from handlers.turn import House, Turn
from storage.campaign import people
from storage.engine.transaction import Transaction
from storage.talk import chats


def found(tx: Transaction, house: House, chat: int, sought: Sought, now: datetime) -> Reply:
    """What the command answers now; who asked may have lost the right to it since. Writes nothing."""
    turn = _turn(tx, house, chat, sought, now)
    here = Chat(turn.chat.channel, turn.chat.address, private=turn.chat.private)
    if turn.person is None or not people.takes_part(tx, turn.person.id):
        return turn.say("joining.how_to_join")
    message = Message(here, Sender("", ""), "apart", sought.command, sought.at)
    (said,) = router.run(sought.command, message, turn)
    assert isinstance(said, Reply)
    return said


def said(tx: Transaction, house: House, chat: int, waiting: Reply, found: Reply, now: datetime) -> Reply:
    """The reply that waited for these words, with them; what its labels stand for is kept, since they may be typed."""
    assert waiting.seeks is not None
    whole = replace(waiting, text=found.text, buttons=found.buttons, seeks=None)
    turn = _turn(tx, house, chat, waiting.seeks, now)
    if turn.person is None:
        return whole
    (noted,) = typed.note_commands([whole], turn)
    assert isinstance(noted, Reply)
    return noted


def failed(tx: Transaction, house: House, chat: int, sought: Sought, now: datetime, *, trace: str) -> Reply:
    """What is said where a bug kept it from being found."""
    return _turn(tx, house, chat, sought, now).say("helping.failed", trace=trace)


def _turn(tx: Transaction, house: House, chat: int, sought: Sought, now: datetime) -> Turn:
    """The turn of the one who asked, in the chat where it was."""
    person = people.by_id(tx, sought.person)
    return Turn(tx, house, chats.by_id(tx, chat), sought.at, now, person, known=router.DECLARED)
