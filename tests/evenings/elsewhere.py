"""The deeds of an evening, done once more with the real program: every message and press over a platform's wire."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from tests.evenings.playing import BEGIN, Deed, Played, by_hamlet, plan, sums
from tests.platforms import Shown
from tests.talk import Person, Said, Talk

AFTER = {"says": timedelta(minutes=3), "edits": timedelta(seconds=30), "presses": timedelta(seconds=20)}


def files() -> dict[str, str]:
    """The campaign of the evenings, as its files say it."""
    planned = plan()
    campaign, phase, commune = planned.campaign, planned.phases[0], planned.communes[0]
    return {
        "campaign.toml": f"""\
name = "{campaign.name}"
timezone = "{campaign.timezone}"
quota = {campaign.quota}

[[phases]]
name = "{phase.name}"
start = {phase.first}
days = {phase.days}
""",
        "communes.csv": _table(
            ("code", "name", "target", "baseline"), [(commune.code, commune.name, commune.target, commune.baseline)]
        ),
        "hamlets.csv": _table(("commune", "name"), [(one.commune, one.name) for one in planned.hamlets]),
        "roster.csv": _table(
            ("id", "name", "role", "communes", "phases", "code"),
            [(one.ref, one.name, one.role.value, commune.code, phase.name, _code(one.ref)) for one in planned.people],
        ),
    }


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerows([heads, *rows])
    return made.getvalue()


def _code(ref: str) -> str:
    return f"MA-CUA-{ref}"


async def replay(talk: Talk, evening: Mapping[str, Any], played: Played) -> list[str]:
    """Does what was done; where the book says otherwise than it said then, deed by deed and hamlet by hamlet."""
    ref = f"HV{evening['student']:05}"
    person = talk.stranger(ref)
    await person.says(f"/start {_code(ref)}").hears("đã vào")
    await talk.settled()
    now, last, differs = BEGIN, None, []
    for number, deed in enumerate(played.deeds):
        now += AFTER[deed.how]
        talk.clock.set(now)
        done = _do(person, deed, last)
        await done
        last = done if deed.how == "says" else last
        held = talk.look(sums)
        if held != deed.held:
            said = [one.text for one in person.private.from_bot[-2:]]
            differs.append(f"{number}: {deed.how} {deed.words!r}: {dict(held)}, not {dict(deed.held)}; said {said}")
    if (hamlets := talk.look(by_hamlet)) != played.hamlets:
        differs.append(f"hamlets: {hamlets}, not {played.hamlets}")
    return differs


def _do(person: Person, deed: Deed, last: Said | None) -> Said:
    if deed.how == "says":
        return person.says(deed.words)
    if deed.how == "presses":
        return person.presses(deed.words, _offering(person, deed.words))
    assert last is not None
    return person.edits(last, deed.words)


def _offering(person: Person, label: str) -> Shown:
    """The newest message of the bot with this button."""
    offered = [one for one in person.private.from_bot if any(label in row for row in one.buttons)]
    assert offered, f"nothing offers {label!r}: {[one.text for one in person.private.from_bot[-2:]]}"
    return offered[-1]
