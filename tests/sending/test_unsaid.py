"""What nobody answered for is repeated as long as it makes sense; what then ends unsaid is told of, everywhere."""

import asyncio
import json
from datetime import timedelta

import pytest

from storage.engine.transaction import Transaction
from tests.browsers import Browser
from tests.commands.test_command_line import Shell
from tests.sending.passing import FOR_EVER, passes, until
from tests.talk import EVENING, Person, Talk
from tests.timetable.test_jobs import LITTLE, SUMMARY, comes, heard

AGAIN = "(gửi lại) "


def ends(tx: Transaction) -> list[tuple[str, int]]:
    """How the rows ended that are not sent, and whether somebody was told."""
    rows = tx.all("SELECT state, told FROM outbox WHERE state IN ('failed', 'unknown', 'expired') ORDER BY id")
    return [(row["state"], row["told"]) for row in rows]


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "half_close", "garbage", "page"])
async def test_what_nobody_answers_for_is_repeated_until_it_arrives(talk: Talk, kind: str) -> None:
    """For twenty minutes, ever more seldom; each repeat is marked, and the next answer comes behind it."""
    talk.needs("trouble")
    an = await talk.person("An")
    await talk.settled()
    how = {"kind": "server_error", "status": 200} if kind == "page" else {"kind": kind}
    talk.emulator.fail(times=FOR_EVER, method="sendMessage", chat=an.private, **how)
    before = _tries(talk, an)
    an.says("xóm 4 được 3")
    await passes(talk, timedelta(minutes=20))
    assert _tries(talk, an) - before <= 10
    await until(talk, lambda: _tries(talk, an) - before >= 5)
    talk.emulator.recover()
    await until(talk, lambda: len([text for text in heard(an.private, "Xóm 4: 3 máy") if AGAIN in text]) > 0)
    said = heard(an.private, "Xóm 4: 3 máy")
    assert [text for text in said[1:] if AGAIN not in text] == []
    await an.says("xóm 5 được 1").hears("✅ Xóm 5: 1 máy")
    assert talk.look(ends) == []


def _tries(talk: Talk, person: Person) -> int:
    calls = talk.emulator.calls_of("sendMessage")
    return sum(str(call.chat_id) == str(person.private.id) for call in calls)


async def test_an_answer_that_nobody_answers_for_ends_after_an_hour_and_is_told_of(talk: Talk) -> None:
    """As unknown: the lead hears of it, and so does whoever looks at status, readyz or metrics."""
    talk.needs("trouble")
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await talk.settled()
    talk.emulator.fail("drop_before", times=FOR_EVER, method="sendMessage", chat=an.private)
    before = _tries(talk, an)
    an.says("xóm 4 được 3")
    await passes(talk, timedelta(minutes=59))
    assert talk.look(ends) == []
    await until(talk, lambda: talk.look(ends))
    assert _tries(talk, an) - before <= 12
    await until(talk, lambda: heard(dung.private, "tin bot không gửi được"))
    (told,) = heard(dung.private, "tin bot không gửi được")
    assert "Trả lời lúc 19:30 20/05: An (có thể đã đến)" in told
    assert talk.look(ends) == [("unknown", 1)]
    async with Browser(await talk.url()) as monitor:
        ready = json.loads((await monitor.get("/readyz")).text)
        counts = (await monitor.get("/metrics")).text
    assert ready["outbox"]["unsaid"] == {"expired": 0, "failed": 0, "unknown": 1}
    assert 'bacung_outbox_unsaid{end="unknown"} 1.0' in counts
    assert "bacung_failures 1.0" in counts
    told_of = await asyncio.to_thread(status, talk)
    assert "unsaid        1 (unknown 1)" in told_of
    assert "failures      1" in told_of
    talk.emulator.recover()
    await an.says("xóm 5 được 1").hears("✅ Xóm 5: 1 máy")


def status(talk: Talk) -> str:
    """What `bacung status` says of the running bot."""
    return Shell(talk.folder / "shell").run("status", BACUNG_STORAGE__PATH=str(talk.database)).stdout


async def test_a_summary_is_repeated_until_the_next_one(talk: Talk) -> None:
    """Fifteen hours later the platform answers again: the summary comes, once more than nobody knows, marked."""
    talk.needs("trouble")
    dung = await talk.person("Dũng")
    group = await talk.team_chat(dung)
    talk.emulator.fail("drop_before", times=FOR_EVER, method="sendMessage", chat=group)
    talk.clock.set(SUMMARY + LITTLE)
    await passes(talk, timedelta(hours=15), timedelta(minutes=5))
    assert heard(group, "tổng kết ngày 20/05") == []
    talk.emulator.recover()
    await until(talk, lambda: heard(group, "tổng kết ngày 20/05"), timedelta(minutes=5))
    assert heard(group, "tổng kết ngày 20/05")[0].startswith("(gửi lại) (gửi muộn) 🌙")
    assert talk.look(ends) == []


async def test_a_summary_that_never_arrived_is_told_of_when_the_next_is_due(talk: Talk) -> None:
    """Its lead hears which of the team's groups it was for."""
    talk.needs("trouble")
    dung = await talk.person("Dũng")
    group = await talk.team_chat(dung)
    talk.emulator.fail("server_error", times=FOR_EVER, method="sendMessage", chat=group)
    talk.clock.set(SUMMARY + LITTLE)
    await passes(talk, timedelta(hours=24, minutes=5), timedelta(minutes=5))
    await until(talk, lambda: ("expired", 1) in talk.look(ends))
    told = await comes(talk, dung.private, "tin bot không gửi được")
    assert "Tin theo lịch lúc 00:30 21/05: nhóm" in told


async def test_of_many_messages_somebody_hears_once(talk: Talk) -> None:
    """Three people of a team are not reached: one message to their lead names them."""
    talk.needs("trouble")
    dung = await talk.person("Dũng")
    others = [await talk.person(name) for name in ("An", "Bình", "Cúc")]
    await talk.settled()
    talk.clock.set(EVENING + timedelta(minutes=15))  # the beginning of a minute, whatever the joining took
    for one in others:
        talk.emulator.fail("bad_request", 2, method="sendMessage", chat=one.private, description="Bad Request: no")
        one.says("xóm 4 được 1")
    await talk.settled_to(lambda tx: ends(tx) == [("failed", 0)] * 3)  # before time passes, or some would end later
    await until(talk, lambda: heard(dung.private, "3 tin bot không gửi được"))
    assert "19:45 20/05: An, Bình, Cúc\n" in heard(dung.private, "tin bot không gửi được")[0]
    await passes(talk, timedelta(minutes=5))
    assert len(heard(dung.private, "tin bot không gửi được")) == 1


async def test_where_the_lead_is_not_reached_the_admins_hear_of_it(talk: Talk) -> None:
    """And what is told of is not told of again when that, too, cannot be said."""
    talk.needs("trouble")
    dung, linh = await talk.person("Dũng"), await talk.person("Linh")
    await talk.settled()
    talk.emulator.fail("bad_request", 2, method="sendMessage", chat=dung.private, description="Bad Request: no")
    talk.emulator.fail("bad_request", 2, method="sendMessage", chat=linh.private, description="Bad Request: no")
    dung.says("/homnay")
    await talk.settled_to(lambda tx: len(ends(tx)) == 1)
    await until(talk, lambda: talk.look(ends) == [("failed", 1), ("failed", 1)])
    await passes(talk, timedelta(minutes=10))
    assert heard(linh.private, "không gửi được") == []
    talk.emulator.fail("bad_request", 2, method="sendMessage", chat=dung.private, description="Bad Request: no")
    dung.says("/homnay")
    await talk.settled_to(lambda tx: len(ends(tx)) == 3)
    await until(talk, lambda: heard(linh.private, "1 tin bot không gửi được"))


@pytest.mark.on("telegram")
async def test_what_blocked_chats_no_longer_hear_is_told_of(talk: Talk) -> None:
    """A student who blocks the bot while an answer waits: the lead knows."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await talk.settled()
    talk.emulator.fail("forbidden", method="sendMessage", chat=an.private)
    an.says("xóm 4 được 3")
    await until(talk, lambda: heard(dung.private, "1 tin bot không gửi được"))
    assert talk.look(ends) == [("failed", 1)]


async def test_a_sign_that_cannot_be_put_is_told_of_too(talk: Talk) -> None:
    """It is all that answers a report in a group; the words that come after it wait for no sign."""
    talk.needs("trouble", "reactions")
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    talk.emulator.fail("drop_before", times=FOR_EVER, method="setMessageReaction")
    an.says("xóm 4 được 3", group)
    await an.says("khoảng 5 máy", group).hears("số chính xác")
    await until(talk, lambda: heard(dung.private, "1 tin bot không gửi được"))
    assert "nhóm Tổ (có thể đã đến)" in heard(dung.private, "tin bot không gửi được")[0]
