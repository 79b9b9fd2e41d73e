"""Who has which join code after a load."""

from collections.abc import Iterable, Mapping

from storage.campaign import codes as all_codes
from storage.campaign.plan import CampaignError, PlannedPerson
from storage.engine.transaction import Row


def codes_of(people: Iterable[PlannedPerson], known: Mapping[str, Row], ended: set[str]) -> dict[str, str]:
    """Everybody's code by roster id: what the roster fixes, unless it was ended; the one they have; else a new one."""
    planned = {person.ref: person for person in people}
    codes = {person.ref: person.code for person in planned.values() if person.code and person.code.upper() not in ended}
    takers = {code.upper(): planned[ref] for ref, code in codes.items()}
    lines = []
    for ref in [ref for ref in known if ref not in codes]:
        taker = takers.get(known[ref]["code"].upper())
        if taker is None:
            codes[ref] = known[ref]["code"]
        elif ref in planned:  # who left gets another, which nobody knows
            lines.append(f"{taker.where}: the code of '{taker.ref}' is that of '{ref}' already: choose another")
    if lines:
        raise CampaignError(lines)
    taken = ended | {code.upper() for code in codes.values()}
    for ref in [*planned, *known]:
        if ref not in codes:
            codes[ref] = all_codes.new(taken)
            taken.add(codes[ref])
    return codes
