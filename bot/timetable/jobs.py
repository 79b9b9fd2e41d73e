"""The jobs of the schedule: for whom each is, what it says, and how long it still makes sense."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from bot.config import Schedule
from bot.timetable import nights
from bot.timetable.policy import Fill, Job, Quiet, Slot, Unasked
from handlers.figures.said import worth_asking
from handlers.messages import Reply
from handlers.running import forgetting
from handlers.turn import House
from handlers.unasked import closing, farewell, morning, nudge, reminders
from storage.campaign import communes, phases, teams
from storage.engine.transaction import Transaction
from storage.running import told
from storage.talk import documents, drawings, offers, outbox, pictures, practices, seen, strangers

KEEP_SENT = timedelta(days=7)
KEEP_SEEN = timedelta(days=8)
KEEP_STRANGERS = timedelta(days=2)
UNTIL_THE_NEXT = timedelta(days=1)
_PRUNE_AT_ONCE = 500
_PICTURES_AT_ONCE = 10  # each may be of megabytes, which are overwritten


def all_of(settings: Schedule, *, retention_days: int) -> list[Job]:
    """Every job, at the times that are set. `retention_days`: how long words are kept after their phase."""
    return [
        *_reminders(settings),
        *_tellings(settings),
        Job("housekeeping", settings.day_start, timedelta(hours=23), _heaps, _tidy),
        Job(
            "forgetting",
            settings.day_start,
            timedelta(hours=23),
            partial(_old, retention_days=retention_days),
            partial(_forget, retention_days=retention_days),
        ),
    ]


def _reminders(settings: Schedule) -> list[Job]:
    """What asks somebody to do something in the evening."""
    return [
        Job(
            "plan",
            settings.plan,
            timedelta(hours=3),
            _teams,
            _said(reminders.plans),
            who="students on duty; their team's chats",
            says="tonight's appointments, hamlets without a report for three days; to the chats without homes",
            quiet=Quiet.DROP,
            rests=True,
            concerned=_is_out,
        ),
        Job(
            "nudge",
            settings.nudge,
            timedelta(hours=2),
            _teams,
            _said(reminders.nudges),
            who="students on duty without a report; their team's chats",
            says="a friendly word to those without a report, what is still open; to the chats how many have none",
            quiet=Quiet.DROP,
            rests=True,
            concerned=_is_out,
            still=_nudge_still,
        ),
        Job(
            "names",
            settings.names,
            timedelta(minutes=90),
            _teams,
            _said(reminders.names_of),
            who="the team's leads; where none can be written to, the officers of its commune",
            says="who still has no report",
            quiet=Quiet.DROP,
            rests=True,
            concerned=_is_out,
        ),
    ]


def _tellings(settings: Schedule) -> list[Job]:
    """What tells of a day, or of a phase, that is over."""
    return [
        Job(
            closing.JOB,
            settings.summary,
            timedelta(hours=17),
            _teams,
            nights.fill,
            kept=UNTIL_THE_NEXT,
            who="every chat of the team, its leads, the officers of its commune",
            says="the team's work day; of a day off only where somebody reported",
            quiet=Quiet.MERGE,
            concerned=_is_out,
        ),
        Job(
            "digest",
            settings.digest,
            timedelta(hours=6),
            _once,
            _digest,
            kept=UNTIL_THE_NEXT,
            who="the officers of the campaign",
            says="all communes on the work day that ended; of a phase's last day the farewell does",
            back=1,
            concerned=_has_digest,
            reads=_asking_in_digest,
        ),
        Job(
            "farewell",
            settings.digest,
            timedelta(days=7),
            _teams_that_ended,
            _farewell,
            who="everybody, on the morning after the last day of a phase",
            says="the phase in numbers for each student, each team and the campaign, with thanks",
            quiet=Quiet.MERGE,
            back=1,
            concerned=_ends,
            reads=_asking_in_farewell,
        ),
    ]


def _day(house: House, slot: Slot) -> date:
    return house.calendar.work_day(slot.due)


def _teams(tx: Transaction, house: House, slot: Slot) -> Sequence[int]:
    """The teams that are out on this day."""
    day = _day(house, slot)
    phase = phases.phase_on(tx, day)
    return [team.id for team in teams.of_phase(tx, phase.id)] if phase is not None and _is_out(tx, day) else []


def _is_out(tx: Transaction, day: date) -> bool:
    """Whether a work day is one of a phase."""
    phase = phases.phase_on(tx, day)
    return phase is not None and phase.first <= day <= phase.last


def _has_digest(tx: Transaction, day: date) -> bool:
    """The last day of a phase is told with its farewell."""
    return _is_out(tx, day) and not _ends(tx, day)


def _ends(tx: Transaction, day: date) -> bool:
    return bool(farewell.phases_ended(tx, day))


def _said(
    reminder: Callable[[Transaction, House, datetime, datetime, int], Iterable[tuple[int, str, Reply]]],
) -> Fill:
    """A reminder of a team as a job fills it."""

    def fill(tx: Transaction, house: House, slot: Slot, target: int) -> Sequence[Unasked]:
        return [Unasked(*one) for one in reminder(tx, house, slot.due, slot.now, target)]

    return fill


def _once(tx: Transaction, house: House, slot: Slot) -> Sequence[int]:
    return [0]


def _asking_in_digest(tx: Transaction, house: House, slot: Slot) -> int | None:
    """How much of the day that ended is worth a question: all of its reports are looked at."""
    day = _day(house, slot) - timedelta(days=1)
    return worth_asking.number(tx, house.calendar, day) if _has_digest(tx, day) else None


def _asking_in_farewell(tx: Transaction, house: House, slot: Slot) -> int | None:
    ended = farewell.phases_ended(tx, _ended_on(house, slot))
    return worth_asking.number(tx, house.calendar, ended[-1].last) if ended else None


def _digest(tx: Transaction, house: House, slot: Slot, target: int) -> Sequence[Unasked]:
    """In the morning, the day that ended, for the officers of the campaign."""
    day = _day(house, slot) - timedelta(days=1)
    if not _has_digest(tx, day):
        return []
    return [
        Unasked(
            chat,
            f"digest:{day}:chat {chat}:{slot.edition}",
            morning.digest(tx, house, day, slot.now, recipient=recipient, asking=slot.read),
        )
        for chat, recipient in morning.recipients_of_digest(tx)
    ]


def _ended_on(house: House, slot: Slot) -> date:
    return _day(house, slot) - timedelta(days=1)


def _teams_that_ended(tx: Transaction, house: House, slot: Slot) -> Sequence[int]:
    """The teams whose phase ended the day before; 0 for those who see the whole campaign."""
    ended = farewell.phases_ended(tx, _ended_on(house, slot))
    return [0, *(team.id for phase in ended for team in teams.of_phase(tx, phase.id))] if ended else []


def _farewell(tx: Transaction, house: House, slot: Slot, target: int) -> Sequence[Unasked]:
    """The phase in numbers, for everybody whom it concerns."""
    said = []
    for phase in farewell.phases_ended(tx, _ended_on(house, slot)):
        whole = farewell.ended(tx, phase)
        if not target:
            told, of = farewell.to_campaign(tx, house, whole, slot.now, asking=slot.read), "campaign"
        else:
            team = teams.by_id(tx, target)
            if team.phase != phase.id:
                continue
            of = communes.by_id(tx, team.commune).code
            told = farewell.to_team(tx, house, whole, farewell.of_team(tx, team, phase), slot.now)
        key = f"farewell:{phase.last}:{of}"
        said += [Unasked(chat, f"{key}:chat {chat}:{slot.edition}", reply) for chat, reply in told]
    return said


_NUDGED = re.compile(r"nudge:(?P<day>[0-9-]+):person (?P<person>[0-9]+):")


def _nudge_still(tx: Transaction, house: House, key: str) -> bool:
    """Whoever has reported meanwhile, or is off duty, is not asked for it any more."""
    found = _NUDGED.match(key)
    if found is None:
        return True  # of a team's chat
    day, person = date.fromisoformat(found["day"]), int(found["person"])
    team = teams.team_of(tx, person, day)
    known = [*nudge.students_without(tx, team, day), *nudge.students_with_open(tx, team, day)] if team else []
    return person in {student.id for student in known}


def _heaps(tx: Transaction, house: House, slot: Slot) -> Sequence[int]:
    """How often `_tidy` has to work, so that each time is short."""
    rows = max(outbox.count_before(tx, slot.now - KEEP_SENT), seen.count_before(tx, slot.now - KEEP_SEEN))
    return range(max(rows // _PRUNE_AT_ONCE, pictures.count_expired(tx, slot.now) // _PICTURES_AT_ONCE) + 1)


def _tidy(tx: Transaction, house: House, slot: Slot, target: int) -> Sequence[Unasked]:
    """Forgets what is no longer needed, some rows at a time."""
    outbox.prune(tx, slot.now - KEEP_SENT, _PRUNE_AT_ONCE)
    seen.prune(tx, slot.now - KEEP_SEEN, _PRUNE_AT_ONCE)
    offers.prune(tx, slot.now - KEEP_SENT, _PRUNE_AT_ONCE)
    pictures.prune(tx, slot.now, _PICTURES_AT_ONCE)
    documents.prune(tx, slot.now)
    drawings.prune(tx, slot.now)
    strangers.prune(tx, slot.now - KEEP_STRANGERS)
    practices.prune(tx, slot.now - KEEP_SEEN)
    told.prune(tx, slot.now - KEEP_SEEN)
    return []


def _old(tx: Transaction, house: House, slot: Slot, *, retention_days: int) -> Sequence[int]:
    """How often `_forget` has to work, so that each time is short."""
    day = forgetting.old_day(tx, house.calendar, slot.now, retention_days)
    return range(forgetting.times(tx, house.calendar, day))


def _forget(tx: Transaction, house: House, slot: Slot, target: int, *, retention_days: int) -> Sequence[Unasked]:
    """The words of a phase go some days after it."""
    day = forgetting.old_day(tx, house.calendar, slot.now, retention_days)
    if day is not None:
        forgetting.forget(tx, house.calendar, day, at=slot.now)
    return []
