"""The schedule beside everything else: restarts, a new job, a full disk, and people who write meanwhile."""

from datetime import datetime, timedelta
from math import ceil
from pathlib import Path

import pytest

from storage.engine import steps
from storage.engine.database import session
from storage.engine.errors import StorageFull
from storage.engine.transaction import Row, Transaction
from storage.talk import unsaid
from tests.talk import PATIENCE, ZONE, Talk, talking
from tests.timetable.test_jobs import LITTLE, NUDGE, SUMMARY, comes, done, heard

EXAMPLE = Path(__file__).parents[2] / "examples" / "soc-son"


def _occasions(tx: Transaction) -> list[Row]:
    return tx.all("SELECT job, due_at FROM job_runs WHERE outcome = 'done' AND job <> 'housekeeping'")


async def test_restarts_around_its_time_say_it_once(talk: Talk) -> None:
    """Stopped and started before, at and after half past midnight: one nudge, one summary, one row each."""
    dung = await talk.person("Dũng")
    group = await talk.team_chat(dung)
    for job, moment in (("nudge", NUDGE), ("summary", SUMMARY)):
        for seconds in (-1, 1, 2, 30, 400):
            await talk.stop()
            talk.clock.set(moment + timedelta(seconds=seconds))
            await talk.start()
            await talk.url()
        await done(talk, job)
        await talk.settled()
    for part in ("bạn chưa có báo cáo", "tổng kết ngày 20/05"):
        assert len(heard(group, part)) == 1
    assert len(heard(dung.private, "tổng kết ngày 20/05")) == 1
    assert sorted(row["job"] for row in talk.look(_occasions)) == ["nudge", "summary"]


async def test_a_job_that_is_new_begins_without_a_past(talk: Talk) -> None:
    """A version that brings a job says nothing about nights before it, and begins with the next."""
    dung = await talk.person("Dũng")
    group = await talk.team_chat(dung)
    await talk.stop()
    with session(talk.database) as tx:
        tx.run("DELETE FROM job_runs WHERE job = 'summary'")
    talk.clock.set(SUMMARY + timedelta(hours=8))
    await talk.start()
    await done(talk, "housekeeping")
    await dung.says("xóm 4 được 1").hears("1 máy")
    await talk.settled()
    assert heard(group, "tổng kết ngày") == []
    talk.clock.set(SUMMARY + timedelta(days=1) + LITTLE)
    await comes(talk, group, "tổng kết ngày 21/05")


async def test_a_full_disk_in_the_middle_of_a_job(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was put in line stays; once there is room the rest follows, and nobody hears anything twice."""
    dung, giang, em, binh = [await talk.person(name) for name in ("Dũng", "Giang", "Em", "Bình")]
    groups = [await talk.team_chat(dung), await talk.team_chat(giang)]
    await talk.settled()
    passed: list[str] = []
    refused: list[str] = []

    def reach(step: str) -> None:
        passed.append(step)
        if "schedule:nudge" in passed and step == "commit:before" and len(refused) < 5:
            refused.append(step)
            raise StorageFull("no room")

    monkeypatch.setattr(steps, "reach", reach)
    talk.clock.set(NUDGE + LITTLE)
    while len(refused) < 5:
        await talk.emulator_pause()
        talk.clock.advance(timedelta(seconds=6))  # longer than the schedule waits before it tries again
    await done(talk, "nudge")
    await talk.settled()
    while any(
        talk.look(unsaid.standing).waiting.values()
    ):  # the web chat's own posts need room as well: they are tried again
        talk.clock.advance(timedelta(seconds=6))
        await talk.settled()
    for group in groups:
        assert len(heard(group, "bạn chưa có báo cáo")) == 1
    for person in (dung, giang, em, binh):
        assert len(heard(person.private, "chưa nhận được báo cáo")) == 1


async def test_housekeeping_keeps_what_is_younger(talk: Talk) -> None:
    """After six days nothing that was said or seen is forgotten: what comes again is still known."""
    an = await talk.person("An")
    await an.says("xóm 4 được 1").hears("1 máy")
    await talk.settled()
    before = talk.look(_kept)
    talk.clock.advance(timedelta(days=6))
    await done(talk, "housekeeping", times=6)
    await talk.settled()
    assert before <= talk.look(_kept)


def _kept(tx: Transaction) -> set[object]:
    return {row["key"] for row in tx.all("SELECT hex(key) AS key FROM seen UNION ALL SELECT body FROM bodies")}


async def test_without_quiet_hours_nothing_waits(tmp_path: Path) -> None:
    """`quiet = ""`: a summary made up at two in the morning goes out at once, late and with sound."""
    async with talking(tmp_path, settings={"BACUNG_SCHEDULE__QUIET": ""}) as talk:
        dung = await talk.person("Dũng")
        group = await talk.team_chat(dung)
        await talk.stop()
        talk.clock.set(datetime(2023, 5, 21, 2, 0, tzinfo=ZONE))
        await talk.start()
        assert (await comes(talk, group, "tổng kết ngày 20/05")).startswith("(gửi muộn) 🌙")
        assert not group.from_bot[-1].silent


async def test_people_are_answered_between_two_slices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While 26 teams' summaries are made, several a slice, a message that comes in is handled before the last slice."""
    start = datetime(2023, 5, 20, 23, 0, tzinfo=ZONE)
    async with talking(tmp_path, start=start, settings={"BACUNG_CAMPAIGN__FOLDER": str(EXAMPLE)}) as talk:
        someone = talk.stranger("An")
        await someone.says("/start").hears("mã tham gia")
        await someone.says(f"/start {talk.look(_code)}").hears("đã vào")
        await talk.settled()
        passed: list[str] = []

        def reach(step: str) -> None:
            passed.append(step)
            if passed.count("schedule:summary") == 1 and step == "schedule:summary":
                someone.says("xóm 4 được 1")

        monkeypatch.setattr(steps, "reach", reach)
        talk.clock.set(SUMMARY + LITTLE)
        await talk.emulator.wait_for(lambda: bool(heard(someone.private, "1 máy")), timeout=PATIENCE)
        await done(talk, "summary")
        last = len(passed) - 1 - passed[::-1].index("schedule:summary")
        assert ceil(26 / 10) <= passed.count("schedule:summary") <= 26  # as many teams share a slice as time allows
        assert passed.index("intake:event") < last


def _code(tx: Transaction) -> str:
    row = tx.one("SELECT code FROM people WHERE role = 'student' ORDER BY id LIMIT 1")
    assert row is not None
    return str(row["code"])
