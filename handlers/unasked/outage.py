"""After a gap in which a platform brought nothing: each whom it may concern hears once from when to when it was."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

from handlers import texts
from handlers.messages import Reply
from handlers.turn import House
from storage.campaign import accounts, people, phases, teams
from storage.campaign.people import Person
from storage.campaign.teams import Team
from storage.engine.transaction import Transaction
from storage.running import gaps
from storage.running.gaps import Gap

ONE_DAY = timedelta(days=1)
# How long a gap on a platform may be before something is lost: Telegram keeps what is written for 24 hours, of Zalo it
# is not known that it keeps anything, but a restart is no gap. Elsewhere nothing is lost: the web chat is our own.
LOSES_AFTER: Mapping[str, timedelta] = MappingProxyType({"telegram": timedelta(hours=23), "zalo": timedelta(minutes=1)})


def loses_after(channel: str) -> timedelta | None:
    """How long a gap there may be; None: however long. Of several bots one is called `zalo:2`."""
    return LOSES_AFTER.get(channel.partition(":")[0])


def name_of(channel: str) -> str:
    """What people call a platform."""
    return channel.partition(":")[0].capitalize()


def those_concerned(tx: Transaction, house: House, gap: Gap) -> list[tuple[int, Person]]:
    """Who may have reported there meanwhile, in their private chats: the students of phases that were on."""
    first, last = house.calendar.work_day(gap.begun_at), house.calendar.work_day(gap.ended_at)
    found: dict[int, Person] = {}
    for phase in phases.every(tx):
        if phase.first > last or phase.last < first:
            continue
        for team in teams.of_phase(tx, phase.id):
            locked = teams.locked_in(tx, team.id)
            for person in people.of_team(tx, team.id):
                if person.id in locked:
                    continue
                for account in accounts.of_person(tx, person.id):
                    if account.channel == gap.channel and account.joined_at < gap.ended_at:
                        found.setdefault(account.chat, person)
    return list(found.items())


def told(house: House, gap: Gap, now: datetime, person: Person) -> Reply:
    """From when to when, and where to look."""
    text = texts.render(
        "outage.told",
        calendar=house.calendar,
        now=now,
        person=person,
        platform=name_of(gap.channel),
        first=house.calendar.local(gap.begun_at),
        last=house.calendar.local(gap.ended_at),
    )
    return Reply(text, merges=True)


def of_team(
    tx: Transaction, house: House, team: Team, day: date, now: datetime
) -> list[tuple[str, datetime, datetime]]:
    """The gaps of a work day, until now, on the platforms of a team: the platform, since when, until when."""
    starts = house.calendar.starts(day)
    used = accounts.channels_of(tx, team.id)
    known = [gap for gap in gaps.between(tx, starts, max(now, starts)) if gap.channel in used]
    found = [(gap.channel, gap.begun_at, gap.ended_at) for gap in known]
    for channel in sorted(used):  # it may not be over
        longest, last = loses_after(channel), gaps.last_contact(tx, channel)
        if longest is not None and last is not None and now - last > longest:
            found.append((channel, last, now))
    local = house.calendar.local
    return [(name_of(channel), local(first), local(last)) for channel, first, last in found]
