"""Which handler answers what: one explicit list, and what is said where none does.

A handler declares beside itself what it answers, and is found by that: by its command, its kind of offer, or what the
conversation waits for; nothing is found by scanning. The order of the list is the order of menus and of /trogiup. What
takes precedence stands in `_message`: a command, an edit, a typed label, an answer to what was asked, free text.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from handlers import free_text
from handlers.buttons import typed
from handlers.buttons.pressed import labels_of, pressed
from handlers.door import groups, helping, joining, privacy
from handlers.figures import commune, own_day, progress, team
from handlers.language.folding import fold
from handlers.messages import Arrived, Event, Message, Moved, Notice, Presence, Press, Reply, Saying
from handlers.places import in_use, unlisted
from handlers.reports import behalf, choosing, comparing, correcting, editing, settling, withdrawing
from handlers.states import label_of, offer_in
from handlers.turn import Answer, Handler, Turn, declaration
from handlers.unasked import nudge
from storage.talk import offers

HANDLERS: tuple[Handler, ...] = (
    joining.start,
    joining.press_device,
    helping.help_me,
    free_text.report,
    own_day.today,
    in_use.choose,
    in_use.named,
    in_use.press_here,
    in_use.press_new,
    unlisted.press_merge,
    withdrawing.withdraw_last,
    correcting.correct_last,
    team.show,
    groups.bind,
    progress.show,
    commune.show,
    withdrawing.press_withdrawal,
    correcting.press_which,
    correcting.press_report,
    correcting.press_leave,
    settling.press_draft,
    comparing.press_total,
    choosing.press_add_again,
    behalf.press_who,
    withdrawing.press_for_other,
    nudge.press_nudge,
    team.press_member,
    free_text.free_text,
)

DECLARED = tuple(declaration(handler) for handler in HANDLERS)
_COMMANDS: dict[str, Handler] = {name: handler for handler in HANDLERS for name in declaration(handler).commands}
_OFFERS: dict[str, Handler] = {
    offered.kind: handler for handler in HANDLERS if (offered := declaration(handler).offer) is not None
}
_QUESTIONS: dict[str, Handler] = {
    waiting.value: handler for handler in HANDLERS if (waiting := declaration(handler).question) is not None
}
_SHORTEST_GUESS = 3
_LONGEST_ALONE = 12  # characters
_SAID_ALONE = frozenset({"trogiup", "help", "menu", "homnay"})  # commands that only show something, without their sign


@dataclass(frozen=True, slots=True)
class Command:
    """A message that is a command: its name without diacritics, and what follows."""

    name: str
    rest: str


def answer(event: Event, turn: Turn) -> list[Saying]:
    """Everything that is said to an event."""
    turn.known = DECLARED
    if isinstance(event, Press):
        return _with_new_hamlets(_noted(_listed(_press(event, turn)), turn), turn)
    if isinstance(event, Message):
        said = _listed(_message(event, turn))
        said = privacy.noted(event, turn, said) if turn.person is not None else said
        return _with_new_hamlets(_noted(_in_place(event, said), turn), turn)
    if isinstance(event, Presence):
        return _listed(joining.presence(event, turn))
    if isinstance(event, Arrived):
        return _listed(joining.arrived(event, turn))
    assert isinstance(event, Moved)
    return _listed(groups.moved(event, turn))


def _noted(said: list[Saying], turn: Turn) -> list[Saying]:
    """The commands that labels stand for are kept, since people may type the labels."""
    return typed.note_commands(said, turn) if turn.person is not None else said


def _with_new_hamlets(said: list[Saying], turn: Turn) -> list[Saying]:
    """However a hamlet became known that is not on the list, the leads are asked about it."""
    return [*said, *unlisted.about_new(turn)] if turn.new_hamlets else said


def _listed(said: Answer) -> list[Saying]:
    if said is None:
        return []
    return list(said) if isinstance(said, Iterable) else [said]


def _in_place(message: Message, said: list[Saying]) -> list[Saying]:
    """In a group an answer quotes the message that it answers, since others write in between."""
    if message.chat.private:
        return said
    return [replace(one, quotes=message.id) if isinstance(one, Reply) and one.to is None else one for one in said]


def command_in(text: str) -> Command | None:
    """The command that a text starts with: `/Tổng@bacung_bot hôm nay` → `tong`, `hôm nay`."""
    if not text.startswith("/"):
        return None
    head, _, rest = text[1:].partition(" ")
    head, _, more = head.partition("\n")
    name = fold(head.partition("@")[0])
    return Command(name, f"{more} {rest}".strip()) if name else None


# Messages


def _message(message: Message, turn: Turn) -> Answer:
    command = command_in(message.text)
    if command is not None:
        return _command(command, message, turn)
    if turn.person is None:
        return joining.stranger(message, turn)
    if message.edited_at is not None:
        return editing.edited(message, turn)
    meant = typed.press(message, turn, _OFFERS, lambda text: _run(text, message, turn))
    if meant is not None:
        return meant
    # `báo hộ Sơn 3 máy` is no answer to what its sender was asked about their own work.
    for_other = behalf.may_ask(message.text)
    question = None if for_other else offers.question(turn.tx, turn.chat.id, turn.me.id, turn.at)
    if question is not None and question.kind in _QUESTIONS:
        said = _QUESTIONS[question.kind](message, turn)
        if said is not None:
            return said
    alone = fold(message.text).replace(" ", "") if len(message.text) <= _LONGEST_ALONE else ""
    if message.chat.private and alone in _SAID_ALONE:
        return _run(f"/{alone}", message, turn)
    return free_text.free_text(message, turn)


def _command(command: Command, message: Message, turn: Turn) -> Answer:
    handler = _COMMANDS.get(command.name)
    if turn.person is None and (handler is None or declaration(handler).who is not None):
        return joining.stranger(message, turn)
    if handler is None:
        nearest = _nearest(command, turn)
        if not (message.chat.private or nearest):
            return None  # a group may have other bots
        return turn.say("helping.unknown_command", command=command.name[:32], nearest=nearest)
    said = declaration(handler)
    if not said.may(turn.person):
        return turn.say("helping.not_for_you", command=command.name)
    if message.chat.private and not said.private:
        return turn.say("helping.other_place")
    if not message.chat.private and not said.group:
        return turn.say("helping.private_only", command=command.name)
    if message.edited_at is not None and editing.has_acted(message, turn):
        of_text = handler in (free_text.report, correcting.correct_last, withdrawing.withdraw_last)
        return editing.edited(replace(message, text=command.rest) if of_text else message, turn)
    return handler(replace(message, text=command.rest, addressed=True), turn)


def _run(text: str, message: Message, turn: Turn) -> Answer:
    command = command_in(text)
    return _command(command, message, turn) if command is not None else None


def _nearest(command: Command, turn: Turn) -> str | None:
    """A command of this person that the name may be a slip of: `/homnai`, `/hom nay`."""
    own = [said.commands[0] for said in helping.commands_for(turn, turn.me, private=turn.chat.private)]
    name = command.name
    joined = name + fold(command.rest.partition(" ")[0])
    if joined in own:
        return joined
    if len(name) < _SHORTEST_GUESS:
        return None
    near = [command for command in own if OSA.distance(command, name, score_cutoff=2) <= 2]
    return min(near, key=lambda command: OSA.distance(command, name), default=None)


# Presses


def _press(press: Press, turn: Turn) -> Answer:
    if turn.person is None:
        return Notice(press.id, turn.text("joining.how_to_join"))
    text = press.data[1:] if press.data.startswith("c/") else typed.command_named(press.data, turn)
    command = command_in(text) if text is not None else None
    if text is not None and command is not None:
        handler = _COMMANDS.get(command.name)
        if handler is not None and not declaration(handler).may(turn.person):
            return Notice(press.id, turn.text("helping.press_other"))
        return [Notice(press.id), *_listed(_command(command, _as_message(press, text), turn))]
    return _pressed(press, turn) or Notice(press.id, turn.text("helping.press_unknown"))


def _as_message(press: Press, text: str) -> Message:
    return Message(chat=press.chat, sender=press.sender, id=press.message, text=text, at=press.at)


def _pressed(press: Press, turn: Turn) -> Answer:
    known = offer_in(press.data)
    offer = offers.by_id(turn.tx, known[0]) if known else None
    if known is None or offer is None or offer.chat != turn.chat.id or offer.kind not in _OFFERS:
        return None
    label = label_of(known[1], labels_of(offer))
    if label is None:
        return None
    taken = pressed(offer, label, turn, press=press.id, message=press.message)
    if isinstance(taken, str):
        return Notice(press.id, taken)
    said = _listed(_OFFERS[offer.kind](taken, turn))
    noticed = any(isinstance(one, Notice) for one in said)
    return said if noticed else [Notice(press.id), *said]
