"""What waits in one person's chat is joined by what comes within half an hour, and four messages are enough."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.sending import parcels
from bot.timetable import door
from handlers.messages import Button, Reply
from handlers.unasked import evening
from storage.running import told, wishes
from tests.figures.world import HOUSE, World, at, day, world

EVENING = at(day(18), 20)


@pytest.fixture
def w(tmp_path: Path) -> Iterator[World]:
    """A small campaign."""
    with world(tmp_path) as made:
        yield made


def put(w: World, job: str, chat: int, due: datetime, *labels: str) -> None:
    """A job says its name in a chat."""
    reply = Reply(f"{job} {due:%H:%M}", (tuple(Button(label, f"c/{label}") for label in labels),) if labels else ())
    said = [(chat, f"{job}:{due:%d %H:%M}:chat {chat}", reply)]
    door.put(w.tx, HOUSE, job, said, due=due, expires_at=due + timedelta(hours=2))


def waiting(w: World, chat: int) -> list[Reply]:
    """What will be said there."""
    rows = w.tx.all(
        """SELECT b.body FROM outbox o JOIN bodies b ON b.outbox = o.id
           WHERE o.chat = :chat AND o.state = 'due' ORDER BY o.id""",
        chat=chat,
    )
    return [one for row in rows if isinstance(one := parcels.unpacked(row["body"]), Reply)]


def sent(w: World) -> None:
    """All that waits has left."""
    w.tx.run("UPDATE outbox SET state = 'sent' WHERE state = 'due'")


def test_within_half_an_hour_it_is_one_message(w: World) -> None:
    """With the buttons of both; what is meant later than that is another."""
    chat = w.chat("binh")
    put(w, "news", chat, EVENING, "Xem")
    put(w, "gap", chat, EVENING + timedelta(minutes=30), "Xem", "Nghe")
    (one,) = waiting(w, chat)
    assert one.text == "news 20:00\n\ngap 20:30"
    assert [button.label for row in one.buttons for button in row] == ["Xem", "Nghe"]
    put(w, "later", chat, EVENING + timedelta(minutes=31))
    assert [one.text for one in waiting(w, chat)] == ["news 20:00\n\ngap 20:30", "later 20:31"]


def test_a_summary_stays_as_it_is(w: World) -> None:
    """It is made to be passed on: neither does it join anything, nor anything it."""
    chat = w.chat("binh")
    for job in ("news", "summary", "gap"):
        put(w, job, chat, EVENING)
    assert [one.text for one in waiting(w, chat)] == ["news 20:00", "summary 20:00", "gap 20:00"]


def test_the_fifth_is_left_out_or_joins_what_waits(w: World) -> None:
    """Of one work day, whatever it is; after midnight as well. A group hears all."""
    chat, group = w.chat("binh"), w.group(w.team("451"))
    for n in range(4):
        put(w, "news", chat, EVENING + timedelta(hours=n))
        sent(w)
    put(w, "one more", chat, EVENING + timedelta(hours=6))
    assert waiting(w, chat) == []
    put(w, "next day", chat, EVENING + timedelta(hours=9))
    assert [one.text for one in waiting(w, chat)] == ["next day 05:00"]
    for n in range(6):
        put(w, "news", group, EVENING + timedelta(hours=n))
    assert len(waiting(w, group)) == 6


def test_put_again_it_is_there_once(w: World) -> None:
    """The program stopped in the middle of a job, and does it anew."""
    chat = w.chat("binh")
    for _ in range(2):
        put(w, "news", chat, EVENING)
        put(w, "gap", chat, EVENING)
    assert [one.text for one in waiting(w, chat)] == ["news 20:00\n\ngap 20:00"]


def test_room_is_kept_for_the_names_and_the_summary(w: World) -> None:
    """A lead who heard two things hears no nudge, a student does; muted, nothing is kept for it."""
    lead, student = w.person("an"), w.person("binh")
    for one in (lead, student):
        for what in ("plan:x", "gap:x"):
            told.note(w.tx, one.id, day(18), what, at=EVENING)
    assert not evening.may_hear(w.tx, lead, "nudge", "nudge:x", day(18), EVENING)
    assert evening.may_hear(w.tx, lead, "names", "names:x", day(18), EVENING)
    assert evening.may_hear(w.tx, student, "nudge", "nudge:x", day(18), EVENING)
    wishes.put(w.tx, lead.id, "summary", at=None, muted=True, when=EVENING)
    assert evening.may_hear(w.tx, lead, "nudge", "nudge:x", day(18), EVENING)
