"""A join code as people hand it over: pasted with signs that nobody sees, with a full stop, or as its whole link."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.calendar import Calendar
from storage.campaign import teams
from storage.campaign.people import Person, Role
from storage.engine.transaction import Transaction
from storage.running import channels

AFTER_PHASE = timedelta(days=3)  # from the start of its last day: corrections go two work days back
_WITHOUT_PHASE = timedelta(days=30)
_READS = timedelta(days=180)  # beyond the code: the own numbers are read as long as people come back to them
_LINK = re.compile(r"[a-z]+://\S*?(?:[?&]start=|/vao/)(?P<code>[a-z0-9_-]+)", re.IGNORECASE)
_AROUND = " \t\n.,;:!?…\"'`*<>()[]“”‘’"
_UNSEEN = ("Cf", "Cc", "Mn", "Me")


def given(text: str) -> str:
    """The code in what was given; what is no code stays none."""
    shown = "".join(
        " " if letter.isspace() else letter for letter in text if unicodedata.category(letter) not in _UNSEEN
    )
    link = _LINK.search(shown)
    return link["code"] if link else shown.strip(_AROUND)


def ends(tx: Transaction, person: Person, calendar: Calendar, now: datetime) -> datetime:
    """Until when a person's code lets in: a little beyond their last phase; who is in no team goes on."""
    last = teams.last_day_of(tx, person.id)
    end = calendar.starts(last) + AFTER_PHASE if last is not None else now
    return end if person.role in (Role.STUDENT, Role.LEAD) and last is not None else max(end, now) + _WITHOUT_PHASE


def reads_until(tx: Transaction, person: Person, calendar: Calendar, now: datetime) -> datetime:
    """Until when whoever is in reads there; reports are no longer taken then."""
    return ends(tx, person, calendar, now) + _READS


@dataclass(frozen=True, slots=True)
class Links:
    """What opens the bot with a code; '' where the bot is not reached that way."""

    telegram: str
    web: str


def links(tx: Transaction, code: str) -> Links:
    """The links of a code, by what the channels were last known as."""
    known = {state.name: state.username for state in channels.all_of(tx)}
    telegram, web = known.get("telegram"), known.get("web")
    return Links(
        telegram=f"https://t.me/{telegram}?start={code}" if telegram else "", web=f"{web}/vao/{code}" if web else ""
    )
