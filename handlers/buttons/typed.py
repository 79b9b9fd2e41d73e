"""What is typed in the place of a press: a label, its number, or a yes or no to what was asked just now."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from handlers.buttons.pressed import labels_of, pressed
from handlers.language.signs.folding import fold
from handlers.messages import Button, Message, Reply, Saying
from handlers.states import COMMANDS, DRAFT, LONGEST_DATA, OFFERED, OWN_REPORT, SUM, label_of, offer_in
from handlers.turn import OFFER_LASTS, Answer, Handler, Turn
from storage.talk import offers
from storage.talk.offers import Offer

MOST_LABEL = 80  # characters that a label typed as text may have, where it is not one of several like it
MOST_NUMBERED = 160  # `2. 19:30 Xóm 4: 3 máy`, `Hộ Sơn: Xóm 4: 3 máy; xóm 2: 1 nhà vắng`
# With these words labels start, or they have no number; other messages need no look at what was offered.
LABEL_STARTS = frozenset(
    "ngat dung la chon ho hoan sua ghi giu bo thoi rut xoa hom xin khong dung tinh tra ngay "  # noqa: SIM905 - reads better
    "them ca tao thu doi tat bat luc gio gui xong huy hen nhan nho vang chua xem bot".split()
)
# What answers a yes-or-no question that was just asked, beside the labels themselves.
_YES = frozenset(
    {"dung", "dung roi", "dung a", "vang", "vang a", "da vang", "da dung", "u", "uh", "ok", "oke", "co", "dong y"}
)
_NO = frozenset({"khong", "ko", "khong a", "da khong", "khong phai", "sai roi"})
_DO_IT = "ghi"  # `ghi đi` agrees, too
_STILL_MEANT = timedelta(minutes=30)  # what is typed later is no second press of a button that was used
_JUST_ASKED = timedelta(minutes=10)
_SPOKEN_OF = timedelta(hours=3)
_MOST_WITHOUT_NUMBER = 40
_MOST_DIGITS = 3
_AROUND = re.compile(r"(?:(?:da|vang|u|uh|ok|oke|thi)\s+)*(.+?)(?:\s+(?:di|nhe|nha|a|em|anh|bot|luon))*")
_NUMBERED = re.compile(r"([1-9][0-9]{0,2})\.(?: |$)")  # before one of several like it: `2. 19:30 Xóm 4: 3 máy`
_DIGIT = re.compile(r"\d")
_OF_A_LIST = re.compile(r"(sua|xoa|bo|tra loi) [0-9]{1,3}")
_WHOSE = ": "  # behind the name in `Sơn: Thêm 2 máy`, `Của em: 3 máy`
_QUOTES = str.maketrans("", "", ',“”"')
_CHANGES = frozenset({"sua", "xoa"})  # with a number they may be meant without a list, too
_SHORT_FOR = ("giu", "ghi them", "sua con", "sua lai")  # a label that goes on with a number, said without it
_MOST_OFFERS = 100  # of which a label is looked for: a list makes many
_OF_PEOPLE = "/to "  # commands of which the labels are names

_UNDO = "hoan tac"  # says the same whenever it is said
_FIXED = frozenset(fold(label) for offered in OFFERED.values() for label in offered.choices or {})

Handlers = Callable[[str], Handler | None]  # who answers presses of this kind here


def note_commands(said: Iterable[Saying], turn: Turn) -> list[Saying]:
    """What is said, with it kept which commands its labels stand for: they can be typed, and named by their number."""
    return [_noted(one, turn) if isinstance(one, Reply) and one.to is None else one for one in said]


def _noted(reply: Reply, turn: Turn) -> Reply:
    choices = {button.label: button.data[1:] for row in reply.buttons for button in row if button.is_command}
    if not choices:
        return reply
    short = {button.label: button.data for button in turn.offer(COMMANDS, 0, choices)}
    rows = (
        tuple(replace(one, short=short[one.label]) if _is_long(one) else one for one in row) for row in reply.buttons
    )
    return replace(reply, buttons=tuple(rows))


def _is_long(button: Button) -> bool:
    return button.is_command and len(button.data.encode()) > LONGEST_DATA


def command_named(data: str, turn: Turn) -> str | None:
    """The command for which a button of this chat has the short name, whoever presses it."""
    known = offer_in(data)
    offer = offers.by_id(turn.tx, known[0]) if known else None
    if known is None or offer is None or offer.kind != COMMANDS.kind or offer.chat != turn.chat.id:
        return None
    commands = offer.choices or {}
    label = label_of(known[1], commands)
    return commands[label] if label is not None else None


def is_label(text: str) -> bool:
    """Whether a text is a label that the bot shows again and again: `Hoàn tác`."""
    return len(text) <= MOST_LABEL and _plain(text) in _FIXED


def press(message: Message, turn: Turn, handlers: Handlers, run: Callable[[str], Answer]) -> Answer:
    """A label typed as text is a press of it, where somebody was offered one here; `run` does a command."""
    most = MOST_NUMBERED if _NUMBERED.match(message.text) or _WHOSE in message.text else MOST_LABEL
    if not 0 < len(message.text) <= most or not message.addressed:
        return None
    wanted = _plain(message.text)
    number = wanted.removesuffix(".")
    if len(number) <= _MOST_DIGITS and number.isdecimal():
        return _number(number, turn, handlers) or _sum_or_more(number, turn, handlers)
    answer = _of_question(wanted, turn, handlers)
    if answer is not None:
        return answer
    return _label(message, wanted, turn, handlers, run) if _may_be_label(wanted) else None


def _label(message: Message, wanted: str, turn: Turn, handlers: Handlers, run: Callable[[str], Answer]) -> Answer:
    """The newest offer with this label; of people, the given name is enough where only one has it."""
    offered = _newest(turn, _MOST_OFFERS)
    for offer in offered:
        labels = labels_of(offer)
        label = next((label for label in labels if wanted in _ways(label)), None) or _by_given_name(wanted, labels)
        if label is None:
            continue
        if offer.kind == COMMANDS.kind:
            return run(labels[label])
        if offer.kind == DRAFT.kind and _is_meaning(labels[label]) and offer != _just_asked(turn):
            return None  # `thêm 2 máy` is new work, unless it was offered just now
        if OFFERED[offer.kind].said_often and _plain(label) != _UNDO and not _is_last_word(offer, offered, turn):
            return None  # `hủy` takes the report back that was made since
        if offer.used_at is not None and turn.now - offer.used_at > _STILL_MEANT:
            return None
        return _taken(offer, label, turn, handlers)
    return _not_listed(message, wanted, offered, turn)


def _is_meaning(choice: str) -> bool:
    """Whether the label says what a message would store, as one might say it without being asked."""
    return choice.startswith("m") and choice[1:].isdecimal()


def _is_last_word(offer: Offer, offered: Iterable[Offer], turn: Turn) -> bool:
    """Whether nothing was offered since but more of the like, so that it is still what is spoken of."""
    since = [OFFERED[one.kind] for one in offered if one.id > offer.id and one.kind != COMMANDS.kind]
    return offer.deadline - OFFER_LASTS + _SPOKEN_OF >= turn.now and all(one.said_often for one in since)


def _plain(label: str) -> str:
    return fold(label).translate(_QUOTES).rstrip("!….").strip()


def _ways(label: str) -> tuple[str, ...]:
    """How a label may be typed: whole, without its number, or a commune without its word."""
    plain = _plain(label)
    numbered = _NUMBERED.match(plain)
    return plain, plain.removeprefix("xa ") if numbered is None else plain[numbered.end() :].lstrip()


def _by_given_name(wanted: str, labels: Mapping[str, str]) -> str | None:
    people = [label for label, choice in labels.items() if choice.startswith(_OF_PEOPLE)]
    called = [label for label in people if fold(label).split()[-1:] == [wanted]]
    return called[0] if len(called) == 1 else None


def _may_be_label(wanted: str) -> bool:
    if wanted.partition(" ")[0] in LABEL_STARTS or _NUMBERED.match(wanted) is not None or _WHOSE in wanted:
        return True
    return _has_no_number(wanted)


def _has_no_number(wanted: str) -> bool:
    return len(wanted) <= _MOST_WITHOUT_NUMBER and _DIGIT.search(wanted) is None


def _taken(offer: Offer, label: str, turn: Turn, handlers: Handlers) -> Answer:
    """A press of the label, or why it does nothing."""
    handler = handlers(offer.kind)
    if handler is None:
        return None
    taken = pressed(offer, label, turn, handler)
    return Reply(taken) if isinstance(taken, str) else handler(taken, turn)


def _not_listed(message: Message, wanted: str, offered: Iterable[Offer], turn: Turn) -> Answer:
    """`Sửa 2` right after a list that has no number 2 is no correction to two phones; `Bỏ 2` never is work."""
    word = _OF_A_LIST.fullmatch(wanted)
    if word is None:
        return None
    if word[1] not in _CHANGES:
        return turn.say("helping.press_not_listed", label=message.text.strip())
    for offer in _recent(offered, turn):
        if offer.kind == OWN_REPORT.kind and offer.choices is None:
            return None  # something was reported since
        listed = (_OF_A_LIST.fullmatch(_plain(label)) for label in offer.choices or {})
        if any(one is not None and one[1] == word[1] for one in listed):
            return turn.say("helping.press_not_listed", label=message.text.strip())
    return None


def _recent(offered: Iterable[Offer], turn: Turn) -> Iterator[Offer]:
    return (offer for offer in offered if offer.deadline - OFFER_LASTS + _JUST_ASKED >= turn.now)


def _of_question(wanted: str, turn: Turn, handlers: Handlers) -> Answer:
    """`vâng`, `không` or `giữ` answers what the bot asked last, where that was a question of yes or no just now."""
    said = _AROUND.fullmatch(wanted) if _has_no_number(wanted) else None
    short_for = said[1] if said is not None else wanted
    yes, no = wanted in _YES or short_for == _DO_IT, wanted in _NO
    if not (yes or no or short_for in _SHORT_FOR):
        return None
    offer = _just_asked(turn)
    labels = labels_of(offer) if offer else {}
    agreeing = [label for label, choice in labels.items() if choice == "yes" or _plain(label).startswith("dung ghi")]
    if offer is None or not agreeing:
        return None
    leaving = [label for label, choice in labels.items() if choice in ("no", "drop")]
    short = [label for label in labels if _plain(label).startswith(f"{short_for} ")]
    meant = agreeing if yes else leaving if no else short
    return _taken(offer, meant[0], turn, handlers) if meant else None


def _number(wanted: str, turn: Turn, handlers: Handlers) -> Answer:
    """`2` means the second of several, where the bot asked for one of them a moment ago."""
    offer = _just_asked(turn)
    labels = labels_of(offer) if offer else {}
    label = next((label for label in labels if (found := _NUMBERED.match(label)) and found[1] == wanted), None)
    return _taken(offer, label, turn, handlers) if offer and label else None


def _sum_or_more(number: str, turn: Turn, handlers: Handlers) -> Answer:
    """`5` to [Sửa còn 5] [Giữ 10] may choose, and may be five phones more: asked, never counted."""
    offer = _just_asked(turn)
    if (
        offer is None
        or offer.kind != SUM.kind
        or offers.question(turn.tx, turn.chat.id, turn.me.id, turn.at) is not None
    ):
        return None
    label = next((label for label in labels_of(offer) if label.endswith(f" {number}")), None)
    return turn.say("reporting.sum_or_more", label=label, number=number) if label else None


_SHARED = frozenset(offered.kind for offered in OFFERED.values() if offered.shared)


def _newest(turn: Turn, limit: int) -> list[Offer]:
    """What was offered here to the one who speaks, in a group also what was offered to everybody, the newest first."""
    own = offers.newest_in(turn.tx, turn.chat.id, turn.me.id, turn.now, limit=limit)
    if turn.chat.private:
        return own
    shared = offers.shared_in(turn.tx, turn.chat.id, _SHARED, turn.now, limit=limit)
    return sorted({one.id: one for one in (*own, *shared)}.values(), key=lambda one: -one.id)[:limit]


def _just_asked(turn: Turn) -> Offer | None:
    """What the bot offered last, where that is unused and only a moment ago; ways to look at more ask nothing."""
    newest = _newest(turn, 2)
    asked = next((offer for offer in newest if offer.kind != COMMANDS.kind), None)
    return next(_recent([asked], turn), None) if asked is not None and asked.used_at is None else None
