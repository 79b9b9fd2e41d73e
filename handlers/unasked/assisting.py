"""What the clock says of help that was asked for: nobody has taken it, half an hour before, and whether it is done."""

from datetime import datetime, timedelta
from functools import partial

from handlers import offering, texts
from handlers.field import help_shown
from handlers.messages import Reply
from handlers.states import HELP
from handlers.turn import OFFER_LASTS, House
from handlers.unasked.due import Due, Task
from storage.campaign import accounts, people
from storage.campaign.people import Person
from storage.engine.transaction import Transaction
from storage.field import assistance
from storage.field.assistance import Help

WAITS = timedelta(minutes=30)  # for somebody to take it, before the team hears of it again
SOON = timedelta(hours=1)  # before its time: nobody has taken it
BEFORE = timedelta(minutes=30)
SENSE_AFTER = timedelta(minutes=15)
AFTERWARDS = timedelta(hours=1)  # after its time: whether it is done
UNTIL = timedelta(hours=6)


def tasks(tx: Transaction, house: House, now: datetime) -> list[Task]:
    """What is due, each to be done by itself."""
    found = [("called", one) for one in _untaken(tx, now)]
    found += [
        ("reminded", one) for one in assistance.to_remind(tx, first=now - SENSE_AFTER, last=now + BEFORE, before=BEFORE)
    ]
    found += [("pressed", one) for one in assistance.to_press(tx, first=now - UNTIL, last=now - AFTERWARDS)]
    return [
        Task(
            f"help {one.id} {what}",
            partial(_do, house=house, what=what, one=one, now=now),
            partial(_note, what=what, one=one, now=now),
        )
        for what, one in found
    ]


def _untaken(tx: Transaction, now: datetime) -> list[Help]:
    return assistance.untaken(tx, asked_before=now - WAITS, now=now, until=now + SOON)


def _note(tx: Transaction, *, what: str, one: Help, now: datetime) -> None:
    assistance.note(tx, [one], what, now)


def _do(tx: Transaction, *, house: House, what: str, one: Help, now: datetime) -> list[Due]:
    known = assistance.by_id(tx, one.id)
    if known != one:  # something has become of it meanwhile
        return []
    _note(tx, what=what, one=one, now=now)
    if what == "called":
        return _call(tx, house, one, now)
    helper = people.by_id(tx, one.helper) if one.helper is not None else None
    if helper is None or one.at is None:
        return []
    at = one.at - BEFORE if what == "reminded" else one.at + AFTERWARDS
    end = one.at + SENSE_AFTER if what == "reminded" else one.at + UNTIL
    name = "assistance.remind" if what == "reminded" else "assistance.press"
    return [
        Due(chat, f"help:{one.id}:{what}:{int(one.at.timestamp())}:{helper.id}:chat {chat}", reply, at, end)
        for chat in accounts.private_chats(tx, helper.id)
        for reply in [_to_helper(tx, house, one, helper, name, chat, now)]
    ]


def _to_helper(tx: Transaction, house: House, one: Help, helper: Person, name: str, chat: int, now: datetime) -> Reply:
    values = help_shown.values(tx, house.calendar, one)
    text = texts.render(name, calendar=house.calendar, now=now, person=helper, **values)
    choices = {"Xong": "done", "Không đi được": "back"}
    row = offering.buttons(tx, HELP, one.id, choices, chat=chat, person=helper.id, deadline=now + OFFER_LASTS)
    return Reply(text, (row,))


def _call(tx: Transaction, house: House, one: Help, now: datetime) -> list[Due]:
    """The team's chat hears of it again, and who leads the team in private, once."""
    end = one.at if one.at is not None else now + UNTIL
    where = dict(help_shown.places(tx, one))
    where |= {
        chat: lead.id
        for lead in help_shown.leads_of(tx, one.team)
        if lead.id != one.person
        for chat in accounts.private_chats(tx, lead.id)
    }
    return [
        Due(
            chat,
            f"help:{one.id}:called:{int(now.timestamp())}:chat {chat}",
            help_shown.posted(tx, house, one, chat, person, now, again=True),
            now,
            end,
        )
        for chat, person in where.items()
    ]
