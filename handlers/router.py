"""Which handler answers what: one explicit list, and what is said where none does.

A handler declares beside itself what it answers, and is found by that: by its command, its kind of offer, or what the
conversation waits for; nothing is found by scanning. The order of the list is the order of menus and of /trogiup. What
takes precedence stands in `_message`: a command, an edit, a typed label, an answer to what was asked, free text.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from handlers import below, free_text
from handlers.buttons import typed
from handlers.buttons.pressed import labels_of, pressed
from handlers.door import (
    check,
    claiming,
    dashboards,
    entries,
    first_steps,
    groups,
    guide,
    handing_out,
    helping,
    joining,
    practice,
    practising,
    privacy,
)
from handlers.field import appointments, appointments_said, assistance, days_behind, leave
from handlers.figures.asked_for import here
from handlers.figures.files import exporting, pulling
from handlers.figures.replies import asking
from handlers.figures.said import (
    commune,
    listing,
    missing,
    official,
    own,
    own_day,
    pictured,
    progress,
    ranking,
    team,
    worth_asking,
)
from handlers.language.signs.folding import fold
from handlers.messages import Arrived, Event, Message, Moved, Notice, Presence, Press, Reply, Saying, Sought, Tick
from handlers.places import in_use, unlisted
from handlers.reports import behalf, choosing, chosen_for, comparing, correcting, editing, settling, withdrawing
from handlers.running import audit, broadcast, ordering, targets
from handlers.states import label_of, offer_in
from handlers.turn import Answer, Declaration, Handler, Turn, declaration
from handlers.unasked import closing, names, nudge, own_schedule
from storage.talk import offers

HANDLERS: tuple[Handler, ...] = (
    joining.start,
    joining.press_switch,
    entries.press_device,
    entries.press_account,
    claiming.press,
    helping.help_me,
    guide.show,
    check.show,
    free_text.report,
    own_day.today,
    own.show,
    in_use.choose,
    in_use.named,
    in_use.press_here,
    in_use.press_new,
    unlisted.press_merge,
    withdrawing.withdraw_last,
    correcting.correct_last,
    appointments.show,
    assistance.ask,
    leave.ask,
    own_schedule.show,
    team.show,
    closing.close,
    names.call,
    groups.bind,
    handing_out.new_code,
    handing_out.press_new_code,
    handing_out.lock,
    handing_out.press_lock,
    progress.show,
    commune.show,
    pictured.show,
    dashboards.link,
    asking.ask,
    worth_asking.show,
    ranking.show,
    missing.show,
    official.show,
    exporting.numbers,
    exporting.letter,
    pulling.show,
    broadcast.show,
    targets.show,
    ordering.show,
    audit.show,
    withdrawing.press_withdrawal,
    correcting.press_which,
    correcting.press_report,
    correcting.press_leave,
    settling.press_draft,
    settling.press_reopen,
    settling.answer_for_student,
    comparing.press_total,
    choosing.press_add_again,
    chosen_for.press_who,
    withdrawing.press_for_other,
    practice.practise,
    practice.press_in_earnest,
    entries.show,
    nudge.press_nudge,
    closing.press_whole,
    closing.press_chart,
    nudge.press_now,
    names.press,
    own_schedule.press,
    leave.press,
    appointments.press,
    appointments_said.typed_result,
    appointments_said.typed_time,
    assistance.press,
    assistance.press_asked,
    official.press,
    pulling.press,
    targets.press,
    ordering.press,
    broadcast.press,
    broadcast.press_stop,
    listing.press_listed,
    team.press_member,
    team.press_put_back,
    check.press_answer,
    check.typed_answer,
    first_steps.press_first,
    first_steps.press_second,
    first_steps.typed,
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
_COMMAND, _NAME = re.compile(r"/(?P<name>[^\s@]+)(?:@\S*)?"), re.compile(r"\w+")
_SHORTEST_GUESS, _LONGEST_ALONE = 3, 12  # characters
# Commands that only show something, without their sign.
_SAID_ALONE = frozenset({"trogiup", "help", "menu", "homnay", "tong", "huongdan", "kiemtra"})


@dataclass(frozen=True, slots=True)
class Command:
    """A message that is a command: its name without diacritics, and what follows."""

    name: str
    rest: str


def answer(event: Event, turn: Turn) -> list[Saying]:
    """Everything that is said to an event."""
    turn.known = DECLARED
    turn.run = lambda text, message: run(text, message, turn)
    parts = below.parts(event, turn, _declared)
    return [one for part in parts for one in practising.answer(part, turn, _answered, _declared)]


def _answered(event: Event, turn: Turn) -> list[Saying]:
    said = [*_said(event, turn), *_again(turn)]
    # The message itself is shown with what became of it once it is taken.
    own = {(turn.chat.id, event.id)} if isinstance(event, Message) else set()
    return [*said, *(Tick(message, to=chat) for chat, message in sorted(turn.touched - own))]


def _declared(event: Message | Press) -> Declaration | None:
    """What the command is declared that an event is; None where it is none, or of nobody."""
    text = event.text if isinstance(event, Message) else event.data[1:] if event.data.startswith("c/") else ""
    command = command_in(text)
    handler = _COMMANDS.get(command.name) if command is not None else None
    return declaration(handler) if handler is not None else None


def _again(turn: Turn) -> list[Saying]:
    """What is said to messages of before that are handled now: here only the last word of it."""
    if turn.again is None:
        return []
    here: list[Saying] = []
    elsewhere: list[Saying] = []
    for message in turn.again.messages:
        then = Turn(turn.tx, turn.house, turn.chat, message.at, turn.now, turn.person, known=turn.known)
        said = _said(message, then)
        turn.touched |= then.touched | {(turn.chat.id, message.id)}
        elsewhere += [one for one in said if isinstance(one, Reply) and one.to is not None]
        here = [one for one in said if one not in elsewhere] or here
    for place, one in enumerate(here):
        if isinstance(one, Reply):
            here[place] = replace(one, replaces=turn.again.replaces)
            break
    return [*here, *elsewhere]


def _said(event: Event, turn: Turn) -> list[Saying]:
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


def unread(message: Message, turn: Turn) -> list[Saying]:
    """What is said to a private message of which only sender and chat could be read."""
    return [turn.say("helping.unread")] if turn.person is not None else _listed(joining.stranger(message, turn))


def _listed(said: Answer) -> list[Saying]:
    if said is None:
        return []
    return list(said) if isinstance(said, Iterable) else [said]


def _in_place(message: Message, said: list[Saying]) -> list[Saying]:
    """In a group an answer quotes the message that it answers, since others write in between."""
    if message.chat.private:
        return said
    return [
        replace(one, quotes=message.id, in_group=True) if isinstance(one, Reply) and one.to is None else one
        for one in said
    ]


def command_in(text: str) -> Command | None:
    """The command that a text starts with: `/Tổng@bacung_bot hôm nay` → `tong`, `hôm nay`."""
    found = _COMMAND.match(text)
    name = fold(found["name"]) if found else ""
    # Zalo writes its signs like commands: `/-strong xong nhà bà Lan 3 máy`.
    return Command(name, text[found.end() :].strip()) if found and _NAME.fullmatch(name) else None


# Messages


def _message(message: Message, turn: Turn) -> Answer:
    if message.anonymous:
        return groups.unnamed(message, turn)
    command = command_in(message.text)
    if command is not None:
        return _command(command, message, turn)
    if turn.person is None:
        return joining.stranger(message, turn)
    if message.edited_at is not None:
        return editing.edited(message, turn)
    meant = typed.press(message, turn, lambda kind: _answering(kind, turn), lambda text: _run(text, message, turn))
    if meant is not None:
        return meant
    # `báo hộ Sơn 3 máy` is no answer to what its sender was asked about their own work.
    for_other = behalf.may_ask(message.text)
    question = None if for_other else offers.question(turn.tx, turn.chat.id, turn.me.id, turn.at)
    if question is not None and question.kind in _QUESTIONS and _open_to(_QUESTIONS[question.kind], turn):
        said = _QUESTIONS[question.kind](message, turn)
        if said is not None:
            return said
    alone = fold(message.text).replace(" ", "") if len(message.text) <= _LONGEST_ALONE else ""
    if message.chat.private and alone in _SAID_ALONE and declaration(_COMMANDS[alone]).may(turn.person):
        return _run(f"/{alone}", message, turn)
    return free_text.free_text(message, turn)


def _answering(kind: str, turn: Turn) -> Handler | None:
    """Who answers presses of a kind, where this is said."""
    handler = _OFFERS.get(kind)
    return handler if handler is not None and here.answers(turn, declaration(handler)) else None


def _open_to(handler: Handler, turn: Turn) -> bool:
    """Whether it answers this person here."""
    said = declaration(handler)
    return said.may(turn.person) and here.answers(turn, said)


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
    if not here.answers(turn, said):
        return turn.say("totals.not_here")
    if message.edited_at is not None and editing.has_acted(message, turn):
        of_text = handler in (free_text.report, correcting.correct_last, withdrawing.withdraw_last)
        return editing.edited(replace(message, text=command.rest) if of_text else message, turn)
    if (no := days_behind.refused(turn, said, command.name, command.rest)) is not None:
        return no
    if said.long and turn.house.apart and not turn.practised:
        return Reply("", seeks=Sought(f"/{command.name} {command.rest}".strip(), turn.me.id, turn.at))
    return handler(replace(message, text=command.rest, addressed=True), turn)


def run(text: str, message: Message, turn: Turn) -> list[Saying]:
    """What a command answers, as if it were sent."""
    return _listed(_run(text, message, turn))


def _run(text: str, message: Message, turn: Turn) -> Answer:
    return _command(command, message, turn) if (command := command_in(text)) is not None else None


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
        if handler is None or not declaration(handler).button:
            return Notice(press.id, turn.text("helping.press_unknown"))
        if not declaration(handler).may(turn.person):
            return Notice(press.id, turn.text("helping.press_other"))
        return [Notice(press.id), *_listed(_command(command, _as_message(press, text), turn))]
    return _pressed(press, turn) or Notice(press.id, turn.text("helping.press_unknown"))


def _as_message(press: Press, text: str) -> Message:
    """A command that was pressed is nobody's message: whatever message the press names stays what it was."""
    return Message(chat=press.chat, sender=press.sender, id=f"press {press.id}", text=text, at=press.at)


def _pressed(press: Press, turn: Turn) -> Answer:
    known = offer_in(press.data)
    offer = offers.by_id(turn.tx, known[0]) if known else None
    if known is None or offer is None or offer.chat != turn.chat.id or offer.kind not in _OFFERS:
        return None
    label = label_of(known[1], labels_of(offer))
    if label is None:
        return None
    handler = _OFFERS[offer.kind]
    taken = pressed(offer, label, turn, handler, press=press.id)
    if isinstance(taken, str):
        return Notice(press.id, taken)
    if not here.answers(turn, declaration(handler)):
        return [Notice(press.id), turn.say("totals.not_here")]
    said = _listed(handler(taken, turn))
    if not said and turn.again is None:
        return None  # it does nothing any more, and that is said
    noticed = any(isinstance(one, Notice) for one in said)
    return said if noticed else [Notice(press.id), *said]
