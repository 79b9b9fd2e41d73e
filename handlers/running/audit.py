"""/nhatky: who changed what belongs to others, and who took data out; the newest first, of one person or day too."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from handlers import texts
from handlers.calendar import Calendar
from handlers.figures.gathered.facts import short
from handlers.figures.said import listing
from handlers.language.signs.folding import fold
from handlers.language.where_and_when.days import dated
from handlers.messages import Button, Message
from handlers.turn import Answer, Scope, Turn, answers, command_button
from storage.campaign import communes, hamlets, people, teams
from storage.campaign.people import Person, Role
from storage.engine.transaction import Transaction
from storage.reports import drafts, reports
from storage.running import audits
from storage.running.audits import Deed, Sought
from storage.talk import chats

PAGE = 10
_DAY = re.compile(r"(?:ngay )?(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})")
_ISO = re.compile(r"\b(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})\b")
_COUNTED = ("chỉ tiêu", "số đã có", "số nhà", "định mức")  # what audit.changed_value puts before a number
_NUMBER = re.compile(rf"(?:\A|(?<=: )|{'|'.join(f'(?<={one} )' for one in _COUNTED)})[1-9][0-9]{{3,}}(?=\Z|, )")
_DAYS = {"hom nay": 0, "hom qua": 1}


@dataclass(frozen=True, slots=True)
class _About:
    """Whom or what a deed was done to: a name, and the day of a report."""

    name: str = ""
    day: date | None = None


def _report(tx: Transaction, id: int) -> _About:
    found = reports.by_id(tx, id)
    return _About(_named(tx, found.person), found.day) if found else _About()


def _draft(tx: Transaction, id: int) -> _About:
    found = drafts.by_id(tx, id)
    return _About(_named(tx, found.person), found.day) if found else _About()


def _person(tx: Transaction, id: int) -> _About:
    return _About(_named(tx, id))


def _hamlet(tx: Transaction, id: int) -> _About:
    return _commune(tx, hamlets.by_id(tx, id).commune)


def _commune(tx: Transaction, id: int) -> _About:
    return _About(short(communes.by_id(tx, id)))


def _commune_or_all(tx: Transaction, id: int) -> _About:
    return _commune(tx, id) if id else _About()


def _team(tx: Transaction, id: int) -> _About:
    return _commune(tx, teams.by_id(tx, id).commune)


def _nothing(tx: Transaction, id: int) -> _About:
    return _About()


# What may be on record: the text that says it, and what its subject is the row of.
KINDS: Mapping[str, tuple[str, Callable[[Transaction, int], _About]]] = {
    "report made": ("audit.report_made", _report),
    "report corrected": ("audit.report_corrected", _report),
    "report restored": ("audit.report_restored", _report),
    "report withdrawn": ("audit.report_withdrawn", _report),
    "open left out": ("audit.open_left_out", _draft),
    "open put back": ("audit.open_put_back", _draft),
    "day off": ("audit.day_off", _person),
    "team reminded": ("audit.team_reminded", _team),
    "broadcast sent": ("audit.broadcast_sent", _nothing),
    "broadcast stopped": ("audit.broadcast_stopped", _nothing),
    "help off": ("audit.help_off", _person),
    "help back": ("audit.help_back", _person),
    "group bound": ("audit.group_bound", _team),
    "day closed": ("audit.day_closed", _team),
    "hamlet merged": ("audit.hamlet_merged", _hamlet),
    "group released": ("audit.group_released", _team),
    "code made": ("audit.code_made", _person),
    "person added": ("audit.person_added", _person),
    "code locked": ("audit.code_locked", _person),
    "person locked": ("audit.person_locked", _person),
    "account moved": ("audit.account_moved", _person),
    "target changed": ("audit.target_changed", _commune),
    "official stated": ("audit.official_stated", _commune_or_all),
    "official taken back": ("audit.official_taken_back", _commune_or_all),
    "job run": ("audit.job_run", _nothing),
    "job skipped": ("audit.job_skipped", _nothing),
    "job put back": ("audit.job_put_back", _nothing),
    "account ended": ("audit.account_ended", _person),
    "device ended": ("audit.device_ended", _person),
    "campaign loaded": ("audit.campaign_loaded", _nothing),
    "campaign changed": ("audit.campaign_changed", _nothing),
    "codes exported": ("audit.codes_exported", _nothing),
    "data exported": ("audit.data_exported", _commune_or_all),
    "pull made": ("audit.pull_made", _person),
    "pull ended": ("audit.pull_ended", _person),
    "record exported": ("audit.record_exported", _nothing),
    "backup made": ("audit.backup_made", _nothing),
    "backup restored": ("audit.backup_restored", _nothing),
    "person shown": ("audit.person_shown", _person),
    "person erased": ("audit.person_erased", _person),
    "texts blanked": ("audit.texts_blanked", _nothing),
}


@answers("nhatky", who=(Role.ADMIN,), scope=Scope.CAMPAIGN, group=False, help="nhatky", button=True)
def show(message: Message, turn: Turn) -> Answer:
    """`/nhatky`, `/nhatky Dũng`, `/nhatky 20/5`, `/nhatky hôm qua trang 2`."""
    wanted, part = listing.wanted(message.text)
    day = _day_in(wanted, turn.work_day)
    doer = _doer(turn, wanted) if wanted and day is None else None
    if wanted and day is None and doer is None:
        return turn.say("audit.nobody", wanted=wanted)
    sought = _sought(turn.house.calendar, doer, day)
    pages = max(1, -(-audits.count(turn.tx, sought) // PAGE))
    page = min(part.page, pages)
    found = audits.newest(turn.tx, sought, limit=PAGE, offset=(page - 1) * PAGE)
    return turn.say(
        "audit.page",
        lines=[in_words(turn.tx, turn.house.calendar, deed) for deed in found],
        name=doer.name if doer else "",
        day=day,
        page=page,
        pages=pages,
        buttons=_ways(wanted, page, pages),
    )


def _ways(wanted: str, page: int, pages: int) -> tuple[tuple[Button, ...], ...]:
    """To the pages beside this one."""
    command = f"/nhatky {wanted}".strip()
    older = [command_button("Cũ hơn", f"{command} trang {page + 1}")] if page < pages else []
    newer = [command_button("Mới hơn", f"{command} trang {page - 1}")] if page > 1 else []
    return ((*older, *newer),) if older or newer else ()


def _day_in(wanted: str, today: date) -> date | None:
    """The day that is asked for, or None."""
    said = fold(wanted)
    if said in _DAYS:
        return today - timedelta(days=_DAYS[said])
    found = _DAY.fullmatch(said)
    return dated((int(found["day"]), int(found["month"])), today, past=True) if found else None


def _doer(turn: Turn, wanted: str) -> Person | None:
    """Who of those on record is meant: by id, name, or a given name that only one has."""
    known = [person for id in audits.doers(turn.tx) if (person := people.by_id(turn.tx, id)) is not None]
    for same in (
        [one for one in known if one.ref.casefold() == wanted.casefold()],
        [one for one in known if fold(one.name) == fold(wanted)],
        [one for one in known if fold(one.name).split()[-1:] == [fold(wanted)]],
    ):
        if len(same) == 1:
            return same[0]
    return None


def _sought(calendar: Calendar, doer: Person | None, day: date | None) -> Sought:
    return Sought(
        doer.id if doer else None,
        calendar.starts(day) if day else None,
        calendar.starts(day + timedelta(days=1)) if day else None,
    )


def in_words(tx: Transaction, calendar: Calendar, deed: Deed) -> str:
    """One line that a person can read: when, who, what, to whom, from what to what, where."""
    say = partial(texts.render, calendar=calendar, now=deed.at, person=None)
    return say(
        "audit.line",
        at=calendar.local(deed.at),
        who=who_did(tx, say, deed),
        did=_did(tx, say, deed, calendar),
        before=shown(deed.before, deed, calendar),
        after=shown(deed.after, deed, calendar),
        where=where_done(tx, say, deed),
    )


Say = Callable[..., str]


def who_did(tx: Transaction, say: Say, deed: Deed) -> str:
    """The doer's name; who is erased has none."""
    if deed.by is not None:
        return _named(tx, deed.by)
    return say("audit.by_command_line", operator=deed.operator) if deed.operator is not None else say("audit.by_clock")


def _did(tx: Transaction, say: Say, deed: Deed, calendar: Calendar) -> str:
    name, about = KINDS.get(deed.what, ("audit.other", _nothing))
    found = about(tx, deed.subject)
    return say(name, name=found.name, day=found.day, detail=shown(deed.detail, deed, calendar), what=deed.what)


def shown(kept: str, deed: Deed, calendar: Calendar) -> str:
    """Numbers and dates as people write them, where `9260` and `2023-05-20` are kept."""
    year = calendar.local(deed.at).year

    def day(found: re.Match[str]) -> str:
        return f"{found['day']}/{found['month']}" + ("" if int(found["year"]) == year else f"/{found['year']}")

    return _NUMBER.sub(lambda found: texts.number(int(found[0])), _ISO.sub(day, kept))


def where_done(tx: Transaction, say: Say, deed: Deed) -> str:
    """The chat; '' where it was in none."""
    if deed.chat is None:
        return ""
    chat = chats.by_id(tx, deed.chat)
    channel = chat.channel.partition(":")[0].capitalize()  # of several bots: zalo:2
    if chat.private:
        return say("audit.in_private", channel=channel)
    return say("audit.in_group", channel=channel, title=chats.title(tx, chat.id))


def _named(tx: Transaction, person: int) -> str:
    found = people.by_id(tx, person)
    return found.name if found else ""
