"""Which report a correction or withdrawal is about: one that fits what a message names, else the newest."""

from handlers.language import Reading, fold
from handlers.language.days_back import DayBack, day_back
from handlers.language.where_and_when.place_names import folded_hamlet
from handlers.messages import Message, Saying
from handlers.places import placing
from handlers.turn import Turn, command_button
from storage.reports import reports, tallies
from storage.reports.reports import Report
from storage.talk import outbox

MOST_CHOICES = 4


def meant(message: Message, turn: Turn, reading: Reading | None = None, *, adjusted: bool = False) -> list[Report]:
    """The reports that a correction or withdrawal may be about, the newest first; one where it names nothing.

    What fits: the message replied to, else the numbers that are taken back, and the hamlet or home that is named, on
    the day that is named, or else the newest day with such a report. An adjustment can be withdrawn (`adjusted`), but
    nobody corrects what was taken away.
    """
    replied = _replied_to(message, turn)
    if replied is not None:
        return [] if replied.withdrawn else [replied]
    every = reports.since_day(turn.tx, turn.me.id, turn.oldest_day)
    known = [one for one in every if _may_be_meant(one, adjusted) and turn.follows(one.at)]
    known.sort(key=lambda report: (report.at, report.id), reverse=True)
    said = day_named(message, turn)
    if said is not None and said.day is not None:
        known = [report for report in known if report.day == said.day]
    if reading is None or not names_any(reading):
        return known[:1]
    fitting = [report for report in known if _fits(turn, report, reading)]
    return [report for report in fitting if report.day == fitting[0].day]


def reported_since(turn: Turn) -> bool:
    """Whether its sender reported more after this was said: it was on its way for long, or a clock is wrong."""
    return any(not turn.follows(one.at) for one in reports.since_day(turn.tx, turn.me.id, turn.oldest_day))


def day_named(message: Message, turn: Turn) -> DayBack | None:
    """Of which day a message says that the report is which it means; nothing of a reply, which is of what it quotes."""
    if message.reply_to is not None:
        return None
    calendar = turn.house.calendar
    return day_back(message.text, calendar.local(message.at), calendar.day_start)


def _replied_to(message: Message, turn: Turn) -> Report | None:
    """The sender's report that a reply is about: its own message, or what the bot answered to it."""
    if message.reply_to is None:
        return None
    report = reports.of_message(turn.tx, turn.chat.id, message.reply_to)
    if report is not None:
        return report if report.person == turn.me.id else None
    known = reports.since_day(turn.tx, turn.me.id, turn.oldest_day)
    answered = (one for one in known if outbox.is_about(turn.tx, one.id, turn.chat.id, message.reply_to))
    return next(answered, None)


def of_somebody_else(message: Message, turn: Turn) -> Report | None:
    """The report of another person that a message quotes: nothing that it says is about an own one."""
    report = reports.of_message(turn.tx, turn.chat.id, message.reply_to) if message.reply_to is not None else None
    other = report is not None and turn.me.id not in (report.person, reports.said_by(turn.tx, report.id))
    return report if other else None


def _may_be_meant(report: Report, adjusted: bool) -> bool:
    return not report.withdrawn and (adjusted or report.change != "adjusted")


def names_any(reading: Reading) -> bool:
    """Whether a reading names a number, a hamlet or a home by which a report can be known."""
    target = reading.target
    return bool(reading.was) or (target is not None and bool(target.hamlet or target.home or target.counts))


def _fits(turn: Turn, report: Report, reading: Reading) -> bool:
    return _has_numbers(report, reading) and _has_place(turn, report, reading)


def _has_numbers(report: Report, reading: Reading) -> bool:
    counts = tallies.merged({line.outcome: line.n} for line in report.lines)
    wanted = dict(reading.was) | (dict(reading.target.counts) if reading.target else {})
    return all(
        n in {line.n for line in report.lines if line.outcome == outcome} | {counts.get(outcome.value, 0)}
        for outcome, n in wanted.items()
    )


def _has_place(turn: Turn, report: Report, reading: Reading) -> bool:
    target = reading.target
    if target is None:
        return True
    if target.hamlet is not None:
        named = {folded_hamlet(placing.name_of(turn, line.hamlet)) for line in report.lines if line.hamlet}
        if folded_hamlet(target.hamlet) not in named:
            return False
    return target.home is None or fold(target.home) in fold(reports.text_of(turn.tx, report) or "")


def nothing_fits(turn: Turn, name: str) -> list[Saying]:
    """None to be changed at all, or none that fits: then the list helps."""
    if reports.last_of(turn.tx, turn.me.id, since=turn.oldest_day) is None:
        return [turn.say(name)]
    buttons = ((command_button("Xem từng tin", "/homnay"),),)
    return [turn.say("reporting.none_fits", buttons=buttons)]
