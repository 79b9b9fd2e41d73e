"""/lichchay: an admin sees what is said unasked, runs it, leaves it out once, and has it shown to them first."""

from datetime import timedelta

import pytest

from storage.engine.transaction import Row, Transaction
from tests.talk import Talk
from tests.timetable.test_jobs import DIGEST, LITTLE, NUDGE, SUMMARY, comes, done, heard

NIGHT = "tổng kết ngày 20/05"
NUDGED = "chưa nhận được báo cáo"


def _of_others(tx: Transaction) -> list[Row]:
    """What stands open in the conversations with everybody but the admin."""
    rows = "SELECT o.kind, o.subject FROM {} o JOIN people p ON p.id = o.person WHERE p.role <> 'admin'"
    return tx.all(rows.format("offers")) + tx.all(rows.format("questions"))


async def test_what_comes_next(talk: Talk) -> None:
    """Each job with its next time, whatever its order in the code."""
    linh = await talk.person("Linh")
    said = await linh.says("/lichchay").hears("Bot tự gửi", "Tổng kết tổ: 00:30 ngày 21/05")
    assert "Nhắc báo cáo: 21:30 ngày 20/05" in said.text
    assert "Bản tin sáng: 06:30 ngày 21/05" in said.text
    await linh.says("/lichchay summary").hears("Tổng kết tổ, lần tới: 00:30 ngày 21/05")
    await linh.says("/lichchay tổng kết tổ").hears("Tổng kết tổ, lần tới: 00:30 ngày 21/05")
    await linh.says("/lichchay gì đó").hears("Bot tự gửi")


async def test_now(talk: Talk) -> None:
    """Whoever would hear it hears it now; at its own time it comes as ever, and the admin hears how many heard."""
    dung, an, linh = await talk.person("Dũng"), await talk.person("An"), await talk.person("Linh")
    group = await talk.team_chat(dung, an)
    await an.says("xóm 4 được 3").hears("3 máy")
    for times in (1, 2):
        shown = await linh.says("/lichchay summary").hears("lần tới")
        await linh.presses("Chạy ngay", shown).hears("đang gửi")
        assert "An: 3 máy" in await comes(talk, group, NIGHT, times=times)
        await comes(talk, dung.private, NIGHT, times=times)
    await comes(talk, linh.private, "đã xếp gửi đến 2 nơi", times=2)
    talk.clock.set(SUMMARY + LITTLE)
    await comes(talk, group, NIGHT, times=3)
    await linh.says("/nhatky").hears("Linh cho bot gửi ngay: Tổng kết tổ")


async def test_a_nudge_by_hand_is_the_evenings(talk: Talk) -> None:
    """Whom an admin had reminded the clock does not remind again; who came in since hears it at its time."""
    an, linh = await talk.person("An"), await talk.person("Linh")
    await talk.settled()
    talk.clock.set(NUDGE - timedelta(hours=1))
    shown = await linh.says("/lichchay nudge").hears("lần tới")
    await linh.presses("Chạy ngay", shown).hears("đang gửi")
    await comes(talk, an.private, NUDGED)
    binh = await talk.person("Bình")
    talk.clock.set(NUDGE + LITTLE)
    await comes(talk, binh.private, NUDGED)
    await done(talk, "nudge")
    await talk.settled()
    assert len(heard(an.private, NUDGED)) == 1


async def test_left_out_once(talk: Talk) -> None:
    """And put back; the night after it comes as ever."""
    dung, linh = await talk.person("Dũng"), await talk.person("Linh")
    group = await talk.team_chat(dung)
    shown = await linh.says("/lichchay summary").hears("lần tới")
    shown = await linh.presses("Bỏ lần tới", shown).hears("lần tới: 00:30 ngày 22/05", "Đã bỏ lần 00:30 ngày 21/05")
    shown = await linh.presses("Vẫn gửi lần tới", shown).hears("lần tới: 00:30 ngày 21/05")
    await linh.presses("Bỏ lần tới", shown).hears("Đã bỏ lần 00:30 ngày 21/05")
    await linh.says("/lichchay").hears("Tổng kết tổ: 00:30 ngày 22/05 (bỏ lần 21/05)")
    talk.clock.set(DIGEST + LITTLE)
    await done(talk, "digest")
    await talk.settled()
    assert heard(group, NIGHT) == []
    talk.clock.set(SUMMARY + timedelta(days=1) + LITTLE)
    await comes(talk, group, "tổng kết ngày 21/05")
    assert heard(group, NIGHT) == []


async def test_an_occasion_that_is_past_is_not_left_out(talk: Talk) -> None:
    """The button of yesterday does nothing to tonight's."""
    dung, linh = await talk.person("Dũng"), await talk.person("Linh")
    group = await talk.team_chat(dung)
    shown = await linh.says("/lichchay summary").hears("lần tới")
    talk.clock.set(SUMMARY + LITTLE)
    await comes(talk, group, NIGHT)
    await linh.presses("Bỏ lần tới", shown).notes("đã qua")
    await linh.says("/lichchay").hears("Tổng kết tổ: 00:30 ngày 22/05\n")


@pytest.mark.parametrize(
    ("job", "says", "where"),
    [("summary", "An: 3 máy", "nhóm"), ("nudge", "chưa nhận được báo cáo", "Bình"), ("digest", "Xuân Thu: 3", "Khoa")],
)
async def test_shown_to_the_admin_alone(talk: Talk, job: str, says: str, where: str) -> None:
    """Nobody else hears anything, nothing is kept of it, and at its time everybody hears it as ever."""
    people = [await talk.person(name) for name in ("Dũng", "An", "Bình", "Khoa")]
    dung, an, binh, khoa = people
    linh, group = await talk.person("Linh"), await talk.team_chat(dung, an)
    await an.says("xóm 4 được 3").hears("3 máy")
    shown = await linh.says(f"/lichchay {job}").hears("lần tới")
    await talk.settled()
    others = [len(chat.from_bot) for chat in (group, *(one.private for one in people))]
    before = talk.look(_of_others)
    await linh.presses("Gửi thử cho tôi", shown).hears("bản gửi thử đến ngay")
    await linh.waits("👀 Gửi thử 1/", says, where)
    await talk.settled()
    assert [len(chat.from_bot) for chat in (group, *(one.private for one in people))] == others
    assert talk.look(_of_others) == before
    at, chat = {"summary": (SUMMARY, group), "nudge": (NUDGE, binh.private), "digest": (DIGEST, khoa.private)}[job]
    talk.clock.set(at + LITTLE)
    await comes(talk, chat, says)


async def test_an_end_is_shown_before_it_comes_and_is_not_run_before(talk: Talk) -> None:
    """No phase ends today: what its end would say so far is shown, and run now it says nothing."""
    linh = await talk.person("Linh")
    shown = await linh.says("/lichchay farewell").hears("Kết thúc đợt, lần tới: 06:30 ngày 06/06")
    await linh.presses("Gửi thử cho tôi", shown).hears("đến ngay")
    await linh.waits("👀 Gửi thử 1/", "🎉 Đợt 1 (16/05–05/06) đã kết thúc")
    shown = await linh.says("/lichchay farewell").hears("Kết thúc đợt")
    await linh.presses("Chạy ngay", shown).hears("đang gửi")
    await linh.waits("lúc này không có gì để gửi")
