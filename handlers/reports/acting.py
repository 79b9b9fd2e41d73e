"""What a message about work does: it is recorded, corrects or withdraws a report, is compared, or asked about."""

from handlers.language import Kind, Reading
from handlers.messages import Message, Saying
from handlers.open import asking
from handlers.places import in_use, placing
from handlers.reports import behalf, changing, comparing, correcting, recording, which, withdrawing
from handlers.turn import Turn
from storage.campaign import people
from storage.campaign.teams import Team


def for_other(message: Message, turn: Turn, team: Team) -> list[Saying] | None:
    """What a message does that reports for somebody else of the team; None: it does not."""
    found = behalf.asked(message.text, people.of_team(turn.tx, team.id)) if behalf.may_ask(message.text) else None
    return behalf.report(message, turn, team, found) if found is not None else None


def act(message: Message, turn: Turn, team: Team, reading: Reading) -> list[Saying]:
    """What a reading that is no talk does, and what is said to it."""
    about = reading.draft.day if reading.draft else reading.day
    day = turn.day_of(message, about)
    if day < turn.oldest_day:
        return [changing.too_old(turn, day)]
    reading, placed = in_use.with_place(message, turn, team, reading)
    if message.forwarded and reading.kind is not Kind.UNCLEAR:
        return asking.about_forwarded(message, turn, team, reading)
    match reading.kind:
        case Kind.UNCLEAR:
            return _unclear(message, turn, reading)
        case Kind.UNDO:
            said = withdrawing.withdraw_meant(message, turn, reading)
            found = which.meant(message, turn, reading, adjusted=True) if said is None else []
            return correcting.ask_which(message, turn, reading, found) if said is None else said
        case Kind.CORRECT:
            return correcting.correct_meant(message, turn, reading)
        case Kind.TOTAL:
            return comparing.about_total(message, turn, team, reading)
        case _:
            lines = placing.lines_of(turn, team, reading.entries)
            if recording.too_many(lines):
                return asking.about_many(message, turn, reading, lines)
            return recording.record(message, turn, team, reading, lines, in_words=placed)


def _unclear(message: Message, turn: Turn, reading: Reading) -> list[Saying]:
    """Ask; where a correction is unclear, its answer corrects the report that is meant."""
    if reading.draft is not None and reading.draft.kind is Kind.CORRECT:
        found = which.meant(message, turn, reading)
        if not found:
            return which.nothing_fits(turn, "reporting.nothing_to_correct")
        return correcting.correct(message, turn, found[0], reading, amends=True)
    return asking.about_number(message, turn, reading)
