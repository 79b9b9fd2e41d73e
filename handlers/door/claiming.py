"""A code that is in use on a platform: its owner says there whether the other account is theirs, too.

Yes, and the account is moved; no, and the code is locked and whoever hands out codes is told.
"""

from collections.abc import Sequence

from handlers.buttons.pressed import Pressed
from handlers.door import entries, locking, strangers, welcome
from handlers.messages import Message, Reply, Saying
from handlers.states import CLAIM
from handlers.texts import address
from handlers.turn import STUDENTS, Answer, Scope, Turn, answers
from storage.campaign import accounts, claims
from storage.campaign.accounts import Account
from storage.campaign.claims import Claim
from storage.campaign.people import Person

MOST = 3  # who wait for one person's word at a time: nobody is asked more than that


def ask(message: Message, turn: Turn, person: Person, in_use: Sequence[Account]) -> list[Saying]:
    """The owner is asked on that platform, elsewhere where they are not reached there; the newcomer is told so."""
    reached = accounts.private_chats(turn.tx, person.id)
    chats = [account.chat for account in in_use if account.chat in reached] or reached
    claim = _made(message, turn, person) if chats else None
    told = strangers.told(
        message,
        turn,
        "joining.code_in_use",
        again=claim is not None,
        channel=entries.platform(turn.chat.channel),
        asked=bool(chats),
    )
    questions = [_question(turn, person, claim, chat) for chat in chats] if claim is not None else []
    return [*([told] if told is not None else []), *questions]


def _made(message: Message, turn: Turn, person: Person) -> int | None:
    if len(claims.of_person(turn.tx, person.id, turn.now)) >= MOST:
        return None
    channel, sender = message.chat.channel, message.sender.id
    return claims.make(turn.tx, person.id, channel=channel, sender=sender, chat=turn.chat.id, at=turn.now)


def _question(turn: Turn, person: Person, claim: int, chat: int) -> Reply:
    you = address(person) if person.role in STUDENTS else "tôi"
    choices = {f"Là {you}, chuyển sang": "move", f"Không phải {you}": "lock"}
    buttons = turn.offer(CLAIM, claim, choices, chat=chat, person=person.id, lasts=claims.LASTS)
    text = turn.text_for(person, "joining.code_wanted", channel=entries.platform(turn.chat.channel))
    return Reply(text, (buttons,), to=chat)


@answers(offer=CLAIM, scope=Scope.OWN, earnest=True)
def press(pressed: Pressed, turn: Turn) -> Answer:
    """The owner's word."""
    waiting = claims.of_person(turn.tx, turn.me.id, turn.now)
    claim = next((one for one in waiting if one.id == pressed.offer.subject), None)
    pressed.use(turn)
    if claim is None:
        return pressed.settle(turn.text("joining.claim_gone"))
    if pressed.choice == "move":
        return _moved(pressed, turn, claim)
    locked = locking.lock_code(turn)
    return [*pressed.settle(locked.text), *locked.told]


def _moved(pressed: Pressed, turn: Turn, claim: Claim) -> list[Saying]:
    """The account that waited is the person's on that platform; the one before is a stranger's."""
    me, channel = turn.me, entries.platform(claim.channel)
    claims.end_for(turn.tx, me.id)
    before = entries.on_platform(turn, me, claim.channel)
    here = any(account.chat == turn.chat.id for account in before)
    for account in before:
        entries.end(turn, me, account.chat)
    turn.on_record("account moved", me.id, detail=claim.channel)
    others = accounts.private_chats(turn.tx, me.id)
    return [
        *pressed.settle(turn.text("joining.moved", channel=channel, here=here)),
        *welcome.let_in(turn, me, channel=claim.channel, sender=claim.sender, chat=claim.chat),
        *(entries.new_account(turn, me, chat, joined=claim.chat, channel=claim.channel) for chat in others),
    ]
