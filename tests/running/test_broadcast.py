"""/thongbao: looked at, sent to all team chats after a yes, with its progress; stopped; who did not get it is named."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from storage.engine.transaction import Row, Transaction
from storage.private import erasing, retention
from storage.running import broadcasts, told, wishes
from tests.emulators.telegram import Chat
from tests.figures.world import at, day, world
from tests.sending.passing import until
from tests.talk import ZONE, Person, Talk
from tests.timetable.test_jobs import comes, heard

SAID = "Mai các tổ nghỉ, ngày kia làm tiếp."
SECOND = timedelta(seconds=1)


async def groups(talk: Talk) -> tuple[Person, list[Chat]]:
    """The campaign's officer, and the chats of two of the three teams there may be."""
    khoa, dung, giang = await talk.person("Khoa"), await talk.person("Dũng"), await talk.person("Giang")
    found = [await talk.team_chat(dung), await talk.team_chat(giang)]
    await talk.settled()
    return khoa, found


def _rows(tx: Transaction) -> list[Row]:
    return tx.all("SELECT state FROM outbox WHERE class = 3 ORDER BY id")


async def test_all_teams_hear_it_after_a_yes(talk: Talk) -> None:
    """A look at it, a yes that says to how many, progress in one message, and each chat hears it once."""
    khoa, teams = await groups(talk)
    asked = await khoa.says(f"/thongbao {SAID}").hears(
        "Các nhóm sẽ thấy:", f"📢 Thông báo của Khoa:\n{SAID}", "Gửi tới 2 nhóm của 2/2 tổ?"
    )
    assert all(heard(team, SAID) == [] for team in teams)
    pressing = khoa.presses("Gửi 2 nhóm", asked)
    await pressing.hears("Bot bắt đầu gửi")
    for team in teams:
        await comes(talk, team, f"📢 Thông báo của Khoa:\n{SAID}")
    await until(talk, lambda: heard(khoa.private, "✅ Đã gửi xong: 2/2 nhóm."), SECOND)
    if "edits" not in talk.platform.lacks:
        assert heard(khoa.private, "📤 Đã gửi") == []  # it stands where the progress stood
    await talk.stop()
    await talk.start()
    await talk.settled()
    assert all(len(heard(team, SAID)) == 1 for team in teams)
    await (await talk.person("Linh")).says("/nhatky").hears("Khoa gửi thông báo tới 2 nhóm")


async def test_left_or_replaced_it_is_not_sent(talk: Talk) -> None:
    """[Thôi] leaves it; a new one takes the place of the one before."""
    talk.needs("old buttons")
    khoa, teams = await groups(talk)
    asked = await khoa.says(f"/thongbao {SAID}").hears("Gửi tới 2 nhóm")
    await khoa.presses("Thôi", asked).hears("Không gửi thông báo này")
    old = await khoa.says("/thongbao Bản cũ").hears("Bản cũ", "Gửi tới 2 nhóm")
    new = await khoa.says("/thongbao Bản mới").hears("Bản mới", "Gửi tới 2 nhóm")
    await khoa.presses("Gửi 2 nhóm", old).notes("đã có bản mới hơn")
    await khoa.presses("Gửi 2 nhóm", new).hears("Bot bắt đầu gửi")
    for team in teams:
        await comes(talk, team, "Bản mới")
        assert heard(team, "Bản cũ") == heard(team, SAID) == []


async def test_who_may_not_and_what_is_none(talk: Talk) -> None:
    """A commune's officer and a lead may not; without words, with too many, or without any chat nothing is asked."""
    khoa, ha, an = await talk.person("Khoa"), await talk.person("Hà"), await talk.person("An")
    await ha.says(f"/thongbao {SAID}").hears("cán bộ phụ trách toàn chiến dịch")
    await an.says(f"/thongbao {SAID}").hears("không dành cho vai")
    await khoa.says("/thongbao").hears("ghi lời cần báo ngay sau lệnh")
    await khoa.says("/thongbao " + "dài quá " * 200).hears("nhiều nhất 1.500")


@pytest.mark.on("telegram")
async def test_without_any_chat(talk: Talk) -> None:
    """There is nobody to say it to."""
    khoa, linh = await talk.person("Khoa"), await talk.person("Linh")
    await khoa.says(f"/thongbao {SAID}").hears("chưa gửi được cho ai")
    await linh.says(f"/thongbao {SAID}").hears("chưa gửi được cho ai")


@pytest.mark.on("telegram")
async def test_whom_it_did_not_reach_is_named(talk: Talk) -> None:
    """A group that threw the bot out stands in the end, and nobody else is told of it."""
    khoa, teams = await groups(talk)
    asked = await khoa.says(f"/thongbao {SAID}").hears("Gửi tới 2 nhóm")
    talk.emulator.fail("forbidden", method="sendMessage", chat=teams[1].id)
    await khoa.presses("Gửi 2 nhóm", asked).hears("Bot bắt đầu gửi")
    await comes(talk, teams[0], SAID)
    await until(talk, lambda: heard(khoa.private, "⚠️ Đã gửi xong: 1/2 nhóm."), SECOND)
    assert heard(khoa.private, "Không gửi được: Minh Phú – Tổ.")


@pytest.mark.on("telegram")
async def test_it_can_be_stopped(talk: Talk) -> None:
    """What has not left does not leave: not after a stop of the program either."""
    khoa, teams = await groups(talk)
    asked = await khoa.says(f"/thongbao {SAID}").hears("Gửi tới 2 nhóm")
    talk.emulator.fail("too_many", method="sendMessage", chat=teams[1].id, seconds=300)
    await khoa.presses("Gửi 2 nhóm", asked).hears("Bot bắt đầu gửi")
    await until(talk, lambda: heard(khoa.private, "📤 Đã gửi 1/2 nhóm"), SECOND)
    said = next(one for one in khoa.private.from_bot if "📤 Đã gửi 1/2" in one.text)
    await khoa.presses("Dừng gửi", said).hears("Đã dừng")
    await until(talk, lambda: heard(khoa.private, "⏹ Đã dừng: 1/2 nhóm đã nhận."), SECOND)
    assert heard(khoa.private, "Chưa nhận: Minh Phú – Tổ.")
    talk.clock.advance(timedelta(minutes=10))
    await talk.stop()
    await talk.start()
    await talk.settled()
    assert heard(teams[1], SAID) == []


@pytest.mark.on("telegram")
async def test_a_stop_of_the_program_in_the_middle(talk: Talk) -> None:
    """It goes on where it was, and nobody hears it twice; the progress ends in the same message."""
    khoa, teams = await groups(talk)
    asked = await khoa.says(f"/thongbao {SAID}").hears("Gửi tới 2 nhóm")
    talk.emulator.fail("too_many", method="sendMessage", chat=teams[1].id, seconds=300)
    await khoa.presses("Gửi 2 nhóm", asked).hears("Bot bắt đầu gửi")
    await until(talk, lambda: heard(khoa.private, "📤 Đã gửi 1/2 nhóm"), SECOND)
    await talk.stop()
    talk.clock.advance(timedelta(minutes=10))
    await talk.start()
    await comes(talk, teams[1], SAID)
    await until(talk, lambda: heard(khoa.private, "✅ Đã gửi xong: 2/2 nhóm."), SECOND)
    assert heard(khoa.private, "📤 Đã gửi") == []
    assert len(heard(teams[0], SAID)) == 1


@pytest.mark.on("telegram")
async def test_in_quiet_hours_groups_hear_it_in_the_morning(talk: Talk) -> None:
    """The officer is told so before the yes, and after it."""
    khoa, teams = await groups(talk)
    talk.clock.set(datetime(2023, 5, 21, 2, 0, tzinfo=ZONE))
    asked = await khoa.says(f"/thongbao {SAID}").hears("Đang giờ yên lặng: các nhóm nhận lúc 06:00")
    await khoa.presses("Gửi 2 nhóm", asked).hears("Bot bắt đầu gửi")
    await until(talk, lambda: heard(khoa.private, "📤 Đã gửi 0/2 nhóm; đang giờ yên lặng, gửi lúc 06:00"), SECOND)
    assert heard(teams[0], SAID) == []
    talk.clock.set(datetime(2023, 5, 21, 6, 0, 1, tzinfo=ZONE))
    assert (await comes(talk, teams[0], SAID)).startswith("📢")
    await until(talk, lambda: heard(khoa.private, "✅ Đã gửi xong: 2/2 nhóm."), SECOND)


@pytest.mark.on("telegram")
async def test_numbers_in_it_are_hidden_and_that_is_said(talk: Talk) -> None:
    """Whoever reads it before the yes sees what the groups will see."""
    khoa, _ = await groups(talk)
    said = await khoa.says("/thongbao Gọi 0912345678 khi cần").hears("Số điện thoại, số căn cước đã được che")
    assert said.text.count("🔒") == 1, "once, and not as of a resident's"


@pytest.mark.on("telegram")
async def test_a_yes_that_comes_too_late(talk: Talk) -> None:
    """After an hour it is asked for anew."""
    khoa, teams = await groups(talk)
    asked = await khoa.says(f"/thongbao {SAID}").hears("Gửi tới 2 nhóm")
    talk.clock.advance(timedelta(hours=2))
    await khoa.presses("Gửi 2 nhóm", asked).notes("hết hạn")
    assert talk.look(_rows) == []
    assert heard(teams[0], SAID) == []


def test_its_words_go_with_whoever_said_them_and_after_their_time(tmp_path: Path) -> None:
    """What somebody wished to hear, and was told, goes with them as well; that it was sent stays."""
    with world(tmp_path) as w:
        sender, other = w.person("whole"), w.person("admin")
        for person in (sender, other):
            broadcasts.make(w.tx, by=person.id, chat=w.chat(person.ref), text=SAID, at=at(day(18), 20))
        wishes.put(w.tx, sender.id, "digest", at=None, muted=True, when=at(day(18), 20))
        told.note(w.tx, sender.id, day(18), "digest:x", at=at(day(18), 20))
        erasing.erase(w.tx, sender, at=at(day(18), 21), name="đã xóa")
        first, second = (broadcasts.by_id(w.tx, id) for id in (1, 2))
        assert first is not None
        assert second is not None
        assert (first.text, second.text) == (None, SAID)
        assert (wishes.of(w.tx, sender.id), told.of(w.tx, sender.id, day(18))) == ({}, {})
        old = retention.Old(day(18), at(day(19), 4))
        retention.blank(w.tx, old, at=at(day(20), 4), limit=100, instead="")
        after = broadcasts.by_id(w.tx, 2)
        assert after is not None
        assert after.text is None


@pytest.mark.on("telegram")
async def test_a_group_that_is_lost_between_the_look_and_the_yes_is_named(talk: Talk) -> None:
    """It goes to those that there are by then, and says whose is missing."""
    khoa, teams = await groups(talk)
    asked = await khoa.says(f"/thongbao {SAID}").hears("Gửi tới 2 nhóm")
    (await talk.person("Dũng")).user.removes_bot(teams[0])
    await talk.settled()
    begun = await khoa.presses("Gửi 2 nhóm", asked).hears("Bot bắt đầu gửi tới 1 nhóm")
    assert begun.text.endswith("Chưa có nhóm: Xuân Thu.")
