"""What is told of several comrades, and whose of them it is cannot be said: it is asked, with all that may be meant."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from handlers.clerk.comrades import Told
from handlers.language import Entry, Kind, Outcome, Reading
from handlers.messages import Message, Saying
from handlers.open.keeping import KeptChoice
from handlers.reports import behalf, for_whom
from handlers.reports.for_whom import Piece
from handlers.states import NEW_REPORT
from handlers.turn import Turn
from storage.campaign.people import Person
from storage.campaign.teams import Team


@dataclass(frozen=True, slots=True)
class Asking:
    """A message about comrades, and who they are."""

    message: Message
    turn: Turn
    team: Team
    told: Told
    others: Mapping[int, Person]


def likely(asking: Asking, words: str) -> Reading:
    """What words most likely count."""
    found = asking.turn.meanings(replace(asking.message, text=words))
    return next((one for one in found if one.kind is Kind.REPORT), found[0])


def splits(asking: Asking) -> list[Saying] | None:
    """`4 máy, em 2, bạn 3`: what each may have done, where the shares do not make up what is told of both."""
    told, total = asking.told, asking.told.total
    shares = {one.who: likely(asking, told.of(one.who)) for one in told.shares}
    if told.agrees or total is None or len(shares) != 2 or not all(one.counts for one in shares.values()):
        return None
    numbers = {who: one.counts.get(Outcome.ACTIVATED, 0) for who, one in shares.items()}
    tries = [numbers]
    for who, other in ((one, next(each for each in shares if each != one)) for one in shares):
        tries.append({**numbers, other: total - numbers[who]})
    options = [_pieces(asking, shares, one) for one in tries if all(n >= 0 for n in one.values())]
    if all(sum(one.values()) == total for one in tries):
        return None  # they make it up after all
    said = asking.turn.text("behalf.split", total=total)
    return [for_whom.ask(asking.message, asking.turn, asking.team, next(iter(shares.values())), options, said)]


def between(asking: Asking) -> list[Saying]:
    """`báo hộ Giang và Huy: xóm 3 được 2`: of one of them, as many of each, or so many of both."""
    reading = likely(asking, asking.told.open)
    who = [asking.others.get(one, asking.turn.me) for one in asking.told.between]
    if reading.kind is not Kind.REPORT or not reading.counts:
        return [behalf.unknown(asking.turn, "")]
    whole = tuple(reading.entries)
    parts = tuple(replace(e, counts={o: n // len(who) for o, n in e.counts.items()}) for e in whole)
    even = all(n % len(who) == 0 for entry in whole for n in entry.counts.values())
    shares = [*([parts] if even else []), whole]
    options = [[Piece(one, KeptChoice(NEW_REPORT, reading.day, part)) for one in who] for part in shares]
    options += [[Piece(one, KeptChoice(NEW_REPORT, reading.day, whole))] for one in who]
    said = asking.turn.text(
        "behalf.between",
        names=[asking.turn.text("behalf.mine") if one.id == asking.turn.me.id else one.name for one in who],
    )
    return [for_whom.ask(asking.message, asking.turn, asking.team, reading, options, said, most=len(options))]


def _pieces(asking: Asking, shares: Mapping[int, Reading], numbers: Mapping[int, int]) -> list[Piece]:
    """Each share with this many phones."""
    found = []
    for who, reading in shares.items():
        first, *rest = reading.entries
        counts = {**first.counts, Outcome.ACTIVATED: numbers[who]}
        entries = (Entry(first.hamlet, first.said, {one: n for one, n in counts.items() if n}), *rest)
        person = asking.others[who] if who else asking.turn.me
        found += [Piece(person, KeptChoice(NEW_REPORT, reading.day, entries))] if any(entries[0].counts) else []
    return found
