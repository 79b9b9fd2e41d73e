"""What is said while a private chat practises: it is answered as ever, over a book of its own, and counts nothing.

The handlers know nothing of it: they are given another transaction. Of what they say only what is said to the one who
practises leaves, and each answer says that it does not count.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeGuard

from handlers.buttons.pressed import labels_of
from handlers.door import practice as closing
from handlers.language import Kind, fold
from handlers.messages import Deletion, Event, Message, Notice, Press, Reaction, Reply, Rows, Saying
from handlers.states import IN_EARNEST, OWN_REPORT, label_of, offer_in
from handlers.turn import STUDENTS, Declaration, Turn
from storage.campaign import people
from storage.campaign.people import Role
from storage.engine.transaction import Transaction
from storage.reports import drafts, reports
from storage.talk import books, offers, practices
from storage.talk.practices import Practice

Answered = Callable[[Event, Turn], list[Saying]]
Declared = Callable[[Message | Press], Declaration | None]  # of the command that an event is
_NEVER = frozenset({"taoma", "khoama", "gannhom"})  # who is in by what: a code that lets nobody in helps nobody
_MOST_IN_ROW = 3


def answer(event: Event, turn: Turn, answered: Answered, declared: Declared) -> list[Saying]:
    """Everything that is said to an event, in practice or not; practices whose time is over end first."""
    if not _may_be_practised(event, turn):
        return _in_earnest_here(event, turn, answered(event, turn))
    known = practices.near(turn.tx, turn.chat.id, event.at)
    over = [one for one in known if one.ended_at is None and (one.until <= event.at or one.person != turn.me.id)]
    said: list[Saying] = [line for one in over for line in closing.ended(turn.tx, turn.house.calendar, one, event.at)]
    current = next((one for one in reversed(known) if one not in over and one.had(event.at)), None)
    offered = _practice_of(event)
    if offered is not None and isinstance(event, Press):
        if current is None or current.ended_at is not None or current.id != offered:
            return [*said, Notice(event.id, turn.text("practice.press_over"))]
        return [*said, *_practised(event, turn, current, answered)]
    if current is None:
        return [*said, *_in_earnest_here(event, turn, answered(event, turn))]
    if _in_earnest(event, turn, current, declared):
        return [*said, *answered(event, turn)]
    if current.ended_at is not None:
        return [*said, *_too_late(event, turn, current, declared)]
    said_is = declared(event)
    if said_is is not None and said_is.may(turn.me) and not is_practised(said_is, turn.me.role):
        return [*said, turn.say("practice.not_here", command=said_is.commands[0])]
    return [*said, *_practised(event, turn, current, answered)]


def _may_be_practised(event: Event, turn: Turn) -> TypeGuard[Message | Press]:
    return isinstance(event, Message | Press) and turn.person is not None and turn.chat.private


def _practice_of(event: Message | Press) -> int | None:
    """The practice in whose book the offer of a button is."""
    known = offer_in(event.data) if isinstance(event, Press) else None
    return practices.of_offer(known[0]) if known is not None else None


def _in_earnest(event: Message | Press, turn: Turn, current: Practice, declared: Declared) -> bool:
    """What is never practised: some commands, buttons of before, and messages that were said to count."""
    said_is = declared(event)
    if isinstance(event, Press):
        return said_is is None or said_is.earnest
    if event.edited_at is not None:
        noted = practices.noted(turn.tx, current.id, event.id)
        return noted is not None and noted.counted
    return said_is.earnest if said_is is not None else fold(event.text) in _labels(turn)


def _labels(turn: Turn) -> set[str]:
    """Typed, they are presses of what was offered here in earnest, such as [Tính thật] and [Kết thúc]."""
    kinds = {said_is.offer.kind for said_is in turn.known if said_is.offer is not None and said_is.earnest}
    offered = offers.newest_in(turn.tx, turn.chat.id, turn.me.id, turn.now)
    return {fold(closing.STOP), *(fold(label) for one in offered if one.kind in kinds for label in labels_of(one))}


def is_practised(command: Declaration, role: Role) -> bool:
    """Whether somebody of this role finds the command in practice, where whoever reports nothing is a lead."""
    if _NEVER & set(command.commands):
        return False
    return command.who is None or (role if role in STUDENTS else Role.LEAD) in command.who


# In the book


def _practised(event: Message | Press, turn: Turn, current: Practice, answered: Answered) -> list[Saying]:
    with books.opened(turn.tx, current) as book:
        inside = Turn(
            book.tx,
            turn.house,
            turn.chat,
            turn.at,
            turn.now,
            people.by_id(book.tx, turn.me.id),
            known=turn.known,
            practised=True,
        )
        everything = answered(event, inside)
        said = [one for one in everything if _is_for(one, turn)]
        about = [_made_by(book.tx, one) for one in said]
        spoken_of = next(filter(None, about), None)
        if isinstance(event, Message):  # a label may be typed, too
            spoken_of = _reported_by(book.tx, event, turn) or spoken_of
            _note(event, turn, current, spoken_of)
        else:
            _note_press(event, turn, current, _label(book.tx, event), spoken_of)
        practices.keep(turn.tx, current.id, book.kept())
    untold = any(isinstance(one, Reply) and one not in said for one in everything)
    mark = turn.text("practice.mark", until=current.until, untold=untold)
    if spoken_of is None and isinstance(event, Message) and _has_real(turn):
        mark += "\n" + turn.text("practice.real_hidden")
    return list(_marked(said, about, mark, turn, current))


def _has_real(turn: Turn) -> bool:
    """Whether there are reports in earnest that could still be changed: the practice does not show them."""
    return turn.me.role in STUDENTS and reports.last_of(turn.tx, turn.me.id, since=turn.oldest_day) is not None


def _is_for(said: Saying, turn: Turn) -> bool:
    """Only the one who practises hears of it, and signs under messages say what is stored in earnest."""
    return isinstance(said, Deletion | Notice | Reaction) or (
        isinstance(said, Reply) and said.to in (None, turn.chat.id)
    )


def _made_by(tx: Transaction, said: Saying) -> str | None:
    """The message that made the report which is spoken of, where that counts there."""
    report = reports.by_id(tx, said.report) if isinstance(said, Reply) and said.report is not None else None
    return report.message if report is not None and not report.withdrawn else None


def _reported_by(tx: Transaction, message: Message, turn: Turn) -> str | None:
    """The message whose report this one made or changed: itself, or one before; None: it did neither."""
    if reports.of_message(tx, turn.chat.id, message.id) is not None:
        return message.id
    if drafts.of_message(tx, turn.chat.id, message.id) is not None:
        return message.id  # it is asked about, and may become one
    into = drafts.of_answer(tx, turn.chat.id, message.id)
    if into is None or into.report is None or into.why == drafts.WITHDRAWAL:
        return None
    report = reports.by_id(tx, into.report)
    return report.message if report is not None else None


def _note(message: Message, turn: Turn, current: Practice, about: str | None) -> None:
    if about is not None:
        practices.note(turn.tx, current.id, message=message.id, about=about, at=message.at, text=message.text)


def _label(tx: Transaction, press: Press) -> str | None:
    """The label that was pressed, as it could have been typed."""
    known = offer_in(press.data)
    offer = offers.by_id(tx, known[0]) if known is not None else None
    return label_of(known[1], labels_of(offer)) if known is not None and offer is not None else None


def _note_press(press: Press, turn: Turn, current: Practice, label: str | None, about: str | None) -> None:
    """What was pressed belongs to the report that it made or changed, as if its label had been typed."""
    if label is not None and about is not None:
        practices.note(turn.tx, current.id, message=f"press {press.id}", about=about, at=press.at, text=label)


def _marked(said: list[Saying], about: list[str | None], mark: str, turn: Turn, current: Practice) -> Iterator[Saying]:
    """Each answer says that it counts nothing; one about a report offers to count it."""
    short_mark = turn.text("practice.short_mark")
    for one, made_by in zip(said, about, strict=True):
        if isinstance(one, Notice):
            yield replace(one, text=f"{short_mark} {one.text}") if one.text else one
        elif isinstance(one, Reply):
            buttons = _with_earnest(one.buttons, made_by, turn, current)
            yield replace(
                one,
                text=f"{mark}\n{one.text}",
                buttons=buttons,
                to=None,
                picture=None,
                drawing=None,
                practice=current.id,
            )
        else:
            yield one


def _with_earnest(rows: Rows, made_by: str | None, turn: Turn, current: Practice) -> Rows:
    noted = practices.noted(turn.tx, current.id, made_by) if made_by is not None else None
    if noted is None or noted.counted or turn.me.role not in STUDENTS:
        return rows
    offered = turn.offer(IN_EARNEST, noted.id)
    if rows and len(rows[-1]) < _MOST_IN_ROW:
        return (*rows[:-1], (*rows[-1], *offered))
    return (*rows, offered)


# What counts although its sender practises


def _in_earnest_here(event: Event, turn: Turn, said: list[Saying]) -> list[Saying]:
    """A report in a group, or by another account, counts while its sender practises: the answer says so in words."""
    if not said or not isinstance(event, Message) or turn.person is None or event.edited_at is not None:
        return said
    if practices.of_person(turn.tx, turn.me.id, event.at) is None or _reported_by(turn.tx, event, turn) is None:
        return said
    line = turn.text("practice.real_here", group=not turn.chat.private)
    for place, one in enumerate(said):
        if isinstance(one, Reply) and one.to is None:
            return [*said[:place], replace(one, text=f"{one.text}\n{line}"), *said[place + 1 :]]
        if isinstance(one, Reaction):
            return [*said[:place], _in_words(one, line, turn), *said[place + 1 :]]
    return said


def _in_words(sign: Reaction, line: str, turn: Turn) -> Reply:
    """Instead of a sign, with the way back."""
    report = reports.by_id(turn.tx, sign.report) if sign.report is not None else None
    buttons = (turn.offer(OWN_REPORT, report.id, version=report.version),) if report is not None else ()
    return Reply(f"{sign.text}\n{line}", buttons, quotes=sign.message, in_group=True, report=sign.report)


# What comes when it has ended


def _too_late(event: Message | Press, turn: Turn, current: Practice, declared: Declared) -> list[Saying]:
    """Sent in the practice, or an edit of what was: it counts nothing, unless its writer says so."""
    assert isinstance(event, Message), "a press is as late as it comes"
    work = turn.me.role in STUDENTS and turn.reading(event).kind is not Kind.CHAT
    said_is = declared(event)
    offered = work and (said_is is None or "bc" in said_is.commands)
    if not offered:
        return [turn.say("practice.late", offered=False)]
    known = practices.noted(turn.tx, current.id, event.id)
    _note(event, turn, current, known.about if known is not None else event.id)
    noted = practices.noted(turn.tx, current.id, event.id)
    assert noted is not None
    return [turn.say("practice.late", offered=True, buttons=(turn.offer(IN_EARNEST, noted.id),))]
