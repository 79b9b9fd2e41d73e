"""The states of what is said: one table of the ways between them, which every verb of the outbox keeps to."""

import random
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.engine.database import session
from storage.engine.transaction import Transaction
from storage.talk import chats, outbox, unsaid
from storage.talk.outbox import Class, Parcel
from storage.talk.passage import TRANSITIONS, UNSAID, Event, State, after

ROOT = Path(__file__).parents[2]
NOW = datetime(2023, 5, 20, 12, tzinfo=UTC)
OPEN = (State.DUE, State.DOUBTFUL)
ON_ITS_WAY = (State.SENDING, State.REPEATING)
DOUBTFUL = (State.DOUBTFUL, State.REPEATING)


def test_every_way_leads_on() -> None:
    """From what is open all ends can be reached; from an end nothing leads away, and nothing stays on its way."""
    froms = {state for state, _ in TRANSITIONS}
    assert froms == {*OPEN, *ON_ITS_WAY}
    for state, event in TRANSITIONS:
        assert (event is Event.CLAIMED) == (TRANSITIONS[state, event] in ON_ITS_WAY)
    for event in (Event.CUT_OFF, Event.NEVER_LEFT, Event.ARRIVED, Event.NOT_ARRIVED, Event.UNANSWERED, Event.REFUSED):
        assert all((state, event) in TRANSITIONS for state in ON_ITS_WAY), event


def test_doubt_ends_only_where_something_arrived_or_is_another_thing() -> None:
    """What may have been said stays marked until it is said, and ends as unknown: never as surely unsaid."""
    for (state, event), to in TRANSITIONS.items():
        if state in DOUBTFUL and to not in DOUBTFUL:
            assert to in (State.SENT, State.MERGED, State.UNKNOWN) or event in (Event.BEGUN, Event.REWORDED)
        if state not in DOUBTFUL:
            assert to not in DOUBTFUL or event in (Event.UNANSWERED, Event.CUT_OFF)


def test_what_cannot_happen_is_refused() -> None:
    """An end is an end."""
    with pytest.raises(ValueError, match="CLAIMED cannot befall what is SENT"):
        after(State.SENT, Event.CLAIMED)


Verb = Callable[[Transaction, Parcel], object]
LATER = NOW + timedelta(minutes=1)
VERBS: dict[Event, Verb] = {
    Event.CLAIMED: outbox.claim,
    Event.ARRIVED: lambda tx, row: outbox.sent(tx, row, "7"),
    Event.NOT_ARRIVED: lambda tx, row: outbox.postpone(tx, row, Event.NOT_ARRIVED, LATER),
    Event.UNANSWERED: lambda tx, row: outbox.postpone(tx, row, Event.UNANSWERED, LATER),
    Event.CUT_OFF: lambda tx, row: outbox.recover(tx),
    Event.NEVER_LEFT: lambda tx, row: outbox.unclaim(tx, but=set()),
    Event.REWORDED: lambda tx, row: outbox.postpone(tx, row, Event.REWORDED, NOW),
    Event.BEGUN: lambda tx, row: outbox.go_on(tx, row, Event.BEGUN, "{}", NOW),
    Event.SHOWN: lambda tx, row: outbox.go_on(tx, row, Event.SHOWN, "{}", NOW),
    Event.REFUSED: lambda tx, row: outbox.end(tx, row, Event.REFUSED, NOW),
    Event.GIVEN_UP: lambda tx, row: outbox.end(tx, row, Event.GIVEN_UP, NOW),
}


def test_rows_go_the_ways_of_the_table(tmp_path: Path) -> None:
    """Whatever befalls them in whatever order: the database holds the state that the table says."""
    dice = random.Random(1)
    with session(tmp_path / "bot.db") as tx:
        chat = chats.at(tx, "telegram", "5", private=True).id
        passed = set()
        for _ in range(3000):
            id = outbox.add(tx, chat, "{}", urgency=Class.ANSWER, at=NOW)
            state = State.DUE
            while state in (*OPEN, *ON_ITS_WAY):
                event = dice.choice([what for at, what in TRANSITIONS if at is state and what in VERBS])
                VERBS[event](tx, _parcel(tx, id, state))
                passed.add((state, event))
                state = TRANSITIONS[state, event]
                assert _kept(tx, id) == (state.kept, state.doubt)
        assert passed == {way for way in TRANSITIONS if way[1] is not Event.MERGED}
        standing = unsaid.standing(tx)
        assert sum(standing.unsaid.values()) == len(unsaid.untold(tx)) > 0
        assert {one.state for one in unsaid.untold(tx)} == UNSAID


def _parcel(tx: Transaction, id: int | None, state: State) -> Parcel:
    assert id is not None
    return Parcel(id, 1, "telegram", "5", True, Class.ANSWER, "{}", NOW, NOW, None, 0, state)


def _kept(tx: Transaction, id: int | None) -> tuple[str, int]:
    row = tx.one("SELECT state, again FROM outbox WHERE id = :id", id=id)
    assert row is not None
    return row["state"], row["again"]


def test_nobody_else_sets_a_state() -> None:
    """One place in the code moves rows: by the table."""
    found = [
        f"{file.relative_to(ROOT)}: {text}"
        for room in ("bot", "handlers", "storage")
        for file in sorted((ROOT / room).rglob("*.py"))
        for text in re.findall(
            r"UPDATE outbox SET[^\"]*?\bstate\s*=\s*\S+", file.read_text(encoding="utf-8"), re.DOTALL
        )
        if re.search(r"SET(?:(?!WHERE).)*\bstate\s*=", text, re.DOTALL)
    ]
    assert len(found) == 2
    assert all(one.startswith("storage/talk/outbox.py") for one in found)
