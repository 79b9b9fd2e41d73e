"""What words do about help that is asked for: `em nhận`, `xong rồi`, `em không đi được`, `không cần nữa`."""

import re
from collections.abc import Callable, Iterable, Sequence
from types import MappingProxyType

from handlers.buttons.pressed import Pressed
from handlers.field import assistance, help_shown
from handlers.language import Outcome, Reading, fold
from handlers.messages import Message, Reply, Saying
from handlers.states import HELP
from handlers.turn import Turn
from storage.field import assistance as helps
from storage.field.assistance import Help
from storage.talk import offers, outbox
from storage.talk.offers import Offer

_LABELS = MappingProxyType({"take": "Nhận", "done": "Xong", "back": "Không đi được", "off": "Hủy"})
_BEFORE = r"(?:(?:da|vang|ok|oke|u|uh|de|thoi|vay|thi|em|e|minh|toi|tui|chau|anh|chi|se|xin) )*"
_AFTER = r"(?: (?:a|nhe|nha|luon|ngay|cho|giup|ho|viec|nay|don|dua|di|cu|ong|ba|mai|duoc|dc|roi|day))*[.!]*"
# What answers the team's being asked: a reply to the bot's message, or a word to the bot in the group.
_ANSWERS = (
    ("back", re.compile(r"\b(?:khong|ko|k|kh|hong) (?:the )?(?:di|nhan|don|dua|lam|giup)\b|\bban (?:roi|mat|viec)\b")),
    ("done", re.compile(rf"^{_BEFORE}(?:(?:don|dua|cho|lam) )?(?:cu |ong |ba )?(?:xong|roi){_AFTER}$")),
    ("off", re.compile(rf"^{_BEFORE}(?:huy|khoi)\b|\b(?:khong|ko|k|kh|hong) can\b")),
    ("take", re.compile(rf"^{_BEFORE}(?:nhan|di|don|dua|lo|lam|qua){_AFTER}$")),
)
# What says by itself, in private, that help is meant.
_HELPS = r"(?:don|dua|cho|ho tro)"
_SAYS = (
    ("off", re.compile(rf"\b(?:huy|khoi) (?:viec )?nho\b|\b(?:khong|ko|k|kh) can (?:ai |nguoi )?{_HELPS}\b.*\bnua\b")),
    ("back", re.compile(rf"\b(?:khong|ko|k|kh) (?:the )?(?:di )?{_HELPS}\b.*\b(?:duoc|dc|noi)\b")),
    ("done", re.compile(rf"\b{_HELPS}\b.*\b(?:xong|roi)\b|\bxong (?:viec )?{_HELPS}\b")),
)
_BESIDE = frozenset({Outcome.ASSISTED, Outcome.REFUSED, Outcome.NO_CARD})  # what such words may be read as


def heard(message: Message, turn: Turn, reading: Reading) -> list[Saying] | None:
    """What a message says about help that the team is asked for is done, as a press would; None: it says nothing."""
    if message.forwarded or message.edited_at is not None or not message.addressed:
        return None
    counted = set(reading.counts)
    if Outcome.ACTIVATED in counted or (message.reply_to is None and counted - _BESIDE):
        return None  # it tells of work
    plain = fold(message.text)
    answers = message.reply_to is not None or not message.chat.private
    choice = next((choice for choice, said in (_ANSWERS if answers else _SAYS) if said.search(plain)), None)
    if choice is None:
        return None
    known = [(one, offer) for one, offer in _shown_in(turn, message.reply_to) if one.stands and _MAY[choice](one, turn)]
    if choice == "done" and message.reply_to is None:  # of help that nobody has taken it is said by answering it
        known = [(one, offer) for one, offer in known if one.helper == turn.me.id]
    return _done(turn, choice, known)


def _shown_in(turn: Turn, reply_to: str | None) -> list[tuple[Help, Offer]]:
    """What is asked for in this chat, each with its newest offer; of a reply what it answers."""
    found: dict[int, tuple[Help, Offer]] = {}
    for offer in offers.shared_in(turn.tx, turn.chat.id, {HELP.kind}, turn.now):
        one = helps.by_id(turn.tx, offer.subject)
        if one is None or offer.subject in found or (reply_to is not None and not _is(turn, offer, reply_to)):
            continue
        found[offer.subject] = (one, offer)
    return list(found.values())


def _is(turn: Turn, offer: Offer, sent_id: str) -> bool:
    return offer.outbox is not None and outbox.sent_id(turn.tx, offer.outbox) == sent_id


def _done(turn: Turn, choice: str, meant: Sequence[tuple[Help, Offer]]) -> list[Saying] | None:
    """The one that is meant; of several they are listed."""
    if not meant:
        return None
    if len(meant) > 1:
        team = turn.team_on(turn.work_day)
        return [help_shown.listed(turn, team)] if team is not None else None
    (_, offer), *_ = meant
    said = assistance.press(Pressed(offer, choice, _LABELS[choice], None), turn)
    return list(said) if isinstance(said, Iterable) and not isinstance(said, Reply) else [said] if said else None


_MAY: MappingProxyType[str, Callable[[Help, Turn], bool]] = MappingProxyType(
    {
        "take": lambda one, turn: one.helper is None,
        "done": lambda one, turn: one.helper in (None, turn.me.id),
        "back": lambda one, turn: one.helper == turn.me.id,
        "off": lambda one, turn: one.person == turn.me.id,
    }
)
