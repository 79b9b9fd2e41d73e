"""totals, status: what the bot knows and how it is doing."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from bot import wellness
from bot.channels.zalo.reading import name_of as zalo_name
from bot.clock import Clock
from bot.commands.errors import BadArgument, day_in
from bot.config import Config
from bot.folder import demonstration
from bot.newest import last_in
from bot.output import say
from bot.sending import allowance
from bot.timetable import jobs, missed
from handlers import calendar
from handlers.figures.gathered import facts
from handlers.language import Outcome
from handlers.places.finding import find_commune
from handlers.running import occasions
from handlers.turn import House
from storage.campaign import communes, phases
from storage.campaign.communes import Commune
from storage.engine.database import session
from storage.engine.errors import StorageError, StorageMisuse
from storage.engine.sqlite import engine
from storage.engine.transaction import Transaction
from storage.reports import breakdown, reports
from storage.running import allowances, channels, failures
from storage.talk import unsaid

_NOTHING_COUNTS = "This is a demonstration: nothing of it counts."


def totals(config: Config, *, by: str, commune: str | None, day: str | None, as_json: bool) -> int:
    """Prints done, target and sums by outcome, by commune, hamlet, person or day."""
    if by not in breakdown.WAYS:
        raise BadArgument(f"--by {by}: write one of {', '.join(breakdown.WAYS)}")
    with session(config.storage.path, read_only=True) as tx:
        known = phases.current(tx)
        if known is None:
            raise StorageMisuse("no campaign is loaded: run 'bacung load FOLDER' first")
        today = calendar.current(tx, config.schedule.day_start).work_day(Clock().now())
        found = _facts(tx, by, commune_named(tx, commune), day_in(day), today)
        found["demonstration"] = demonstration.is_marked(tx)
    if as_json:
        say(json.dumps(found, ensure_ascii=False))
        return 0
    if found["demonstration"]:
        say(_NOTHING_COUNTS)
    percent = f" ({100 * found['done'] / found['target']:.1f} %)" if found["target"] else ""
    say(f"done {found['done']} of {found['target']}{percent}, today {found['today']}")
    for row in found["rows"]:
        counts = ", ".join(f"{outcome} {n}" for outcome, n in row["outcomes"].items())
        say(f"{row['id']:12} {row['name']}: {counts or '-'}")
    return 0


def _facts(tx: Transaction, by: str, commune: Commune | None, day: date | None, today: date) -> dict[str, Any]:
    """What /tong says, from the same board."""
    places = [commune] if commune else communes.every(tx)
    ids = [place.id for place in places]
    whole = facts.board(tx, places, today, finished=False).whole
    of_day = facts.board(tx, places, day, finished=False).whole if day else whole
    return {
        "target": whole.target,
        "done": whole.done,
        "today": of_day.phones_today,
        "outcomes": _ordered(of_day.today if day else whole.counts),
        "rows": [
            {"id": row.id, "name": row.name, "outcomes": _ordered(row.counts)}
            for row in breakdown.rows(tx, by, ids, day)
        ],
    }


def _ordered(counts: dict[str, int]) -> dict[str, int]:
    return {outcome: counts[outcome] for outcome in map(str, Outcome) if counts.get(outcome)}


def commune_named(tx: Transaction, wanted: str | None) -> Commune | None:
    """The commune of an argument; None where none was given.

    Raises:
        BadArgument: there is none of that name.
    """
    if wanted is None:
        return None
    match = find_commune(wanted, communes.every(tx))
    if match.found is None:
        near = ", ".join(place.name for place in match.candidates)
        raise BadArgument(
            f"no commune is called '{wanted}'" + (f": perhaps {near}" if near else "; give a name or code")
        )
    return match.found


def status(config: Config, *, as_json: bool) -> int:
    """Prints how the bot is doing: what is wrong, last message in, queue out, failures, channels, next runs.

    1 where the running bot says that something is wrong, or where it cannot reach a platform.
    """
    wrong = wellness.ask(config.storage.path)
    try:
        with session(config.storage.path, read_only=True) as tx:
            facts: dict[str, Any] = _status(tx, config)
    except (StorageError, StorageMisuse):
        _say_wrong(wrong, as_json=as_json)
        raise
    if wrong is not None:  # it takes messages, but not from there
        wrong |= {one["name"]: f"DOWN: {one['detail']}" for one in facts["channels"] if not one["up"]}
    facts |= {"running": wrong is not None, "wrong": wrong or {}}
    if as_json:
        say(json.dumps(facts, ensure_ascii=False))
        return 1 if wrong else 0
    if facts["demonstration"]:
        say(_NOTHING_COUNTS)
    _say_wrong(wrong)
    say(f"campaign      {facts['campaign'] or 'none loaded'}")
    say(f"last message  {facts['last_in'] or '-'}")
    say(f"last report   {facts['last_report'] or '-'}")
    doubtful, in_vain, unsaid_ones = facts["doubtful"], facts["in_vain"], sum(facts["unsaid"].values())
    again = f", {doubtful} of them again" if doubtful else ""
    tried = (
        f", {in_vain} chat{'s' if in_vain > 1 else ''} tried in vain: next try {facts['next_try']}" if in_vain else ""
    )
    say(f"to be sent    {facts['queue']}{again}{tried}")
    ends = ", ".join(f"{end} {n}" for end, n in facts["unsaid"].items() if n)
    say(f"unsaid        {unsaid_ones}" + (f" ({ends})" if ends else ""))
    say(f"failures      {facts['failures']}")
    for failure in facts["newest_failures"]:
        say(f"  {failure['at']} {failure['place']} {failure['trace']}: {failure['error']}")
    for channel in facts["channels"]:
        granted = channel["allowance"]
        used = f", {granted['used']} of {granted['most']} messages this month" if granted else ""
        state = f"{'up' if channel['up'] else 'DOWN'}: {channel['detail']} since {channel['since']}"
        say(f"{channel['name']:13} {state}{used}")
    for job, at in facts["next"].items():
        say(f"next {job:8} {at or '-'}")
    for one in facts["missed"]:
        say(f"missed        {one['job']} of {one['due']}: {one['why']}")
    kept = facts["engine"]
    say(f"database      {kept['name']} {kept['version']}" + (f": {kept['warning']}" if kept["warning"] else ""))
    return 1 if wrong else 0


def _say_wrong(wrong: dict[str, str] | None, *, as_json: bool = False) -> None:
    """What the running bot says of itself, as `/healthz` does."""
    if as_json:
        say(json.dumps({"running": wrong is not None, "wrong": wrong or {}}, ensure_ascii=False))
        return
    say(f"bot           {'not running' if wrong is None else 'WRONG' if wrong else 'well'}")
    for place, why in (wrong or {}).items():
        say(f"  {place}: {why}")


def _status(tx: Transaction, config: Config) -> dict[str, Any]:
    known = phases.current(tx)
    clock = calendar.current(tx, config.schedule.day_start)

    def local(moment: datetime | None) -> str | None:
        return clock.local(moment).isoformat(timespec="seconds") if moment else None

    now, standing = Clock().now(), unsaid.standing(tx)
    known_jobs = jobs.all_of(config.schedule, retention_days=config.privacy.retention_days)
    speaking = [job for job in known_jobs if job.speaks]
    house = House(clock, days_off=config.schedule.days_off)
    return {
        "demonstration": demonstration.is_marked(tx),
        "engine": asdict(engine()),
        "campaign": known.name if known else None,
        "last_in": local(last_in(tx)),
        "last_report": local(reports.newest_at(tx)),
        "queue": sum(standing.waiting.values()),
        "doubtful": standing.doubtful,
        "in_vain": standing.in_vain,
        "next_try": local(standing.next_try),
        "unsaid": standing.unsaid,
        "failures": failures.count(tx),
        "newest_failures": [
            {"at": local(row.at), "place": row.place, "trace": row.trace, "error": row.error}
            for row in failures.newest(tx)
        ],
        "channels": [
            {
                "name": state.name,
                "username": state.username,
                "up": state.up,
                "detail": state.detail,
                "since": local(state.at),
                "allowance": _allowance(tx, state.name, config, clock, now),
            }
            for state in channels.all_of(tx)
        ],
        "next": {job.name: local(occasions.next_of(tx, job, house, now)) for job in speaking},
        "missed": [
            {"job": one.job, "due": local(one.due), "why": one.why} for one in missed.of(tx, known_jobs, clock, now)
        ],
    }


def _allowance(
    tx: Transaction, channel: str, config: Config, clock: calendar.Calendar, now: datetime
) -> dict[str, int] | None:
    """How much of what a platform grants this month is used; None where it grants everything."""
    most = next((bot.allowance for number, bot in enumerate(config.zalo, 1) if zalo_name(number) == channel), 0)
    return {"used": allowances.spent(tx, channel, allowance.month_of(clock, now)), "most": most} if most else None
