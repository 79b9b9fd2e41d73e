"""Words go some days after their phase, and with a person who is erased; what was counted stays."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot import errands
from bot.commands import people as commands
from bot.errands import Erase
from storage.engine.transaction import Transaction
from storage.reports import breakdown
from tests.browsers import Message
from tests.talk import ROSTER, Talk, done_by, hours
from tests.test_private_numbers import in_tables, stored
from tests.web.conftest import Open, web

__all__ = ["web"]  # the fixture
pytestmark = pytest.mark.on("telegram")

NAMED = "Nguyễn Thị Bích Ngọc"
WORDS = ("Mơ", "Lụa", "Thoa")


# Where an erased person's row is still named: what was counted, and where; no words, no accounts.
NUMBERS = {"assistance", "members", "reports", "drafts", "rooms", "posts", "erased", "ended_codes", "orders", "shares"}


def _with_rows_of(tx: Transaction, person: int) -> list[str]:
    """The tables that have rows of this person."""
    tables = [row["name"] for row in tx.all("SELECT name FROM sqlite_master WHERE type = 'table'")]
    own = [table for table in tables if any(row["name"] == "person" for row in tx.all(f"PRAGMA table_info({table})"))]
    return [table for table in own if tx.one(f"SELECT 1 FROM {table} WHERE person = :person", person=person)]


def _counted(tx: Transaction) -> dict[str, dict[str, int]]:
    return {row.id: row.counts for row in breakdown.rows(tx, "person", [1, 2, 3], None)}


async def test_words_go_after_the_phase_and_sums_stay(talk: Talk, web: Open) -> None:
    """60 days after the last day: messages, homes, open messages, posts, offers; totals and the recount as before."""
    an, linh = await talk.person("An"), await talk.person("Linh")
    await an.says("nhà bà Mơ xóm 4 được 3, hẹn 19h mai nhà bà Lụa").hears("3 máy")
    await an.says("nhà ông Thoa khoảng 5 máy").hears("số chính xác")
    in_web = await web("An")
    await in_web.says("nhà bà Mơ xóm 5 được 2")
    await in_web.hears("2 máy")
    before = talk.look(_counted)
    await talk.settled()
    talk.clock.advance(timedelta(days=16 + 60))  # 04/08: the phase ended on 05/06, and the 60th day is not over
    await talk.settled()
    kept = "".join(talk.look(in_tables).values())
    assert [word for word in WORDS if word not in kept] == []
    talk.clock.advance(timedelta(days=1))
    await talk.settled_to(lambda tx: tx.one("SELECT count(*) AS n FROM audits WHERE what = 'texts blanked'")["n"])
    await linh.says("/nhatky hôm nay").hears("bot, theo lịch, xóa lời tin nhắn", "đến hết ngày 05/06/2023")
    assert talk.look(_counted) == before == {**before, "hv1": {"activated": 5, "revisit": 1}}
    talk.recount()
    await talk.stop()
    assert [word for word in WORDS if word in stored(talk.database)] == []
    await talk.start()


async def test_an_erased_person_is_nobody(talk: Talk, web: Open, tmp_path: Path) -> None:
    """While the bot runs: name, accounts and words go, also from others' words; sums stay; who writes is a stranger."""
    roster = ROSTER.replace("hv1,An,", f"hv1,{NAMED},")
    (tmp_path / "campaign" / "roster.csv").write_text(roster, encoding="utf-8")
    await talk.stop()
    await talk.start()
    ngoc, dung, binh = talk.stranger("Ngọc"), await talk.person("Dũng"), await talk.person("Bình")
    await ngoc.says("/start MA-CUA-AN").hears("đã vào", NAMED)
    await ngoc.says("nhà bà Mơ xóm 4 được 3").hears("3 máy")
    await ngoc.says("nhà ông Thoa khoảng 5 máy").hears("số chính xác")
    await ngoc.says("/thon xóm 4").hears("xóm 4")
    browser = await web("An")
    await browser.says("nhà bà Lụa xóm 5 được 2")
    await browser.hears("2 máy")
    await binh.says(f"báo hộ {NAMED} 4 máy").hears("4 máy")
    await dung.says("/to").hears("Ngọc: ")
    before = talk.look(lambda tx: done_by(tx, "hv1"))
    await talk.settled()
    await asyncio.to_thread(errands.do, talk.config, Erase("thử", "hv1"))
    log = talk.database.with_name(f"{talk.database.name}-wal").read_bytes()
    assert [word for word in (*WORDS, NAMED) if word.encode() in log] == []  # nor beside the file, while the bot runs
    await ngoc.says("xóm 4 được 3").hears("chỉ dành cho người được mời")
    await ngoc.says("/start MA-CUA-AN").hears("không đúng")
    parts = talk.look(lambda tx: {row.name: row.counts for row in breakdown.rows(tx, "person", [3], None)})
    assert parts["đã xóa"] == before == {"activated": 9}
    await (
        (await talk.person("Linh"))
        .says("/nhatky")
        .hears("dòng lệnh (thử) xóa một người khỏi dữ liệu, nay là đã-xóa-1, số liệu giữ lại")
    )
    talk.recount()
    assert talk.look(lambda tx: [table for table in _with_rows_of(tx, 1) if table not in NUMBERS]) == []
    await talk.stop()
    left = stored(talk.database)
    assert [word for word in (*WORDS, NAMED, "MA-CUA-AN") if word in left] == []
    await talk.start()  # the roster still has the row: the bot starts, and nobody comes back
    assert talk.look(lambda tx: tx.one("SELECT count(*) AS n FROM people WHERE ref = 'hv1'"))["n"] == 0


async def test_an_erased_person_goes_from_lists(talk: Talk, web: Open, tmp_path: Path) -> None:
    """Out of buttons, and of lines with the given name; a resident of that name and the others' buttons stay."""
    roster = ROSTER.replace("hv1,An,", f"hv1,{NAMED},").replace("hv2,Bình,", "hv2,Lê Bình,")
    (tmp_path / "campaign" / "roster.csv").write_text(roster, encoding="utf-8")
    await talk.stop()
    await talk.start()
    ngoc, dung, binh, khoa = await web("An"), await web("Dũng"), await web("Bình"), await web("Khoa")
    await ngoc.says("xóm 4 được 3")
    await ngoc.hears("3 máy")
    await binh.says("nhà bà Ngọc xóm 5 được 2")
    home = await binh.hears("Nhà bà Ngọc, xóm 5: 2 máy")
    await dung.says("/to")
    team = await dung.hears("👥 Xã Xuân Thu", "\nNgọc: 3 máy", "\nBình: 2 máy")
    assert "Ngọc" in _labels(team)
    await dung.says("/to", dung.room("team"))
    in_room = await dung.hears("\nNgọc: 3 máy", room=dung.room("team"))
    await khoa.says("/to Xuân Thu")
    seen = await khoa.hears("\nNgọc: 3 máy")
    await talk.settled()
    await asyncio.to_thread(errands.do, talk.config, Erase("thử", "hv1"))
    for browser, before in ((dung, team), (dung, in_room), (khoa, seen)):
        await browser.disconnect()
        await browser.connect()
        after = browser.messages[before["id"]]
        assert "Ngọc" not in str(after), after["text"]
        assert "\nđã xóa: 3 máy" in after["text"]
        assert "\nBình: 2 máy" in after["text"]
        assert _labels(after) == [label for label in _labels(before) if label != "Ngọc"]
    await dung.presses("Bình", dung.messages[team["id"]])
    await dung.hears("Lê Bình, hôm nay: 2 máy")
    await binh.disconnect()
    await binh.connect()
    assert "Nhà bà Ngọc, xóm 5: 2 máy" in binh.messages[home["id"]]["text"]
    choices = talk.look(lambda tx: "".join(row["choices"] or "" for row in tx.all("SELECT choices FROM offers")))
    assert "Ngọc" not in choices
    assert "hv1" not in choices
    assert "Bình" in choices


async def test_of_several_of_one_name_one_goes_from_lists(talk: Talk, web: Open, tmp_path: Path) -> None:
    """Another student of that given name stays, in the same team and elsewhere; lists of all teams keep the others'."""
    roster = (
        ROSTER.replace("hv1,An,", f"hv1,{NAMED},")
        .replace("hv2,Bình,", "hv2,Lê Ngọc,")
        .replace("hv5,Em,", "hv5,Vũ Ngọc,")
    )
    (tmp_path / "campaign" / "roster.csv").write_text(roster, encoding="utf-8")
    await talk.stop()
    await talk.start()
    dung, khoa = await web("Dũng"), await web("Khoa")
    await dung.says("/to")
    team = await dung.hears("\nBích Ngọc: ", "\nLê Ngọc: ")
    await khoa.says("/to Minh Phú")
    other = await khoa.hears("\nNgọc: ")
    await talk.settled()
    await asyncio.to_thread(errands.do, talk.config, Erase("thử", "hv1"))
    for browser in (dung, khoa):
        await browser.disconnect()
        await browser.connect()
    after = dung.messages[team["id"]]
    assert "Bích Ngọc" not in str(after)
    assert "\nLê Ngọc: " in after["text"]
    assert _labels(after) == [label for label in _labels(team) if label != "Bích Ngọc"]
    assert khoa.messages[other["id"]]["text"] == other["text"]
    assert _labels(khoa.messages[other["id"]]) == _labels(other)


def _labels(message: Message) -> list[str]:
    return [button["label"] for row in message["buttons"] for button in row]


async def test_help_that_was_asked_for_loses_its_words(talk: Talk) -> None:
    """After its time, and at once with whoever asked; what was done for it stays counted."""
    dung, an, binh = [await talk.person(name) for name in ("Dũng", "An", "Bình")]
    group = await talk.team_chat(dung, an, binh)
    for asker, name in ((an, "Lụa"), (binh, "Thoa")):
        await asker.says(f"/hotro đón cụ {name} xóm 4").hears("Đã nhờ cả tổ: đón cụ xóm 4")
        await asker.says(f"hẹn 19h mai nhà bà {name}").hears("19:00 ngày 21/05")
    await talk.settled()
    await dung.presses("Xong", group.from_bot[-1], group).hears("✅ Dũng đã hỗ trợ xong")
    await talk.settled()
    await asyncio.to_thread(errands.do, talk.config, Erase("thử", "hv1"))
    left = talk.look(lambda tx: tx.all("SELECT what, told FROM assistance ORDER BY id"))
    assert [(row["what"], row["told"]) for row in left] == [(None, None), ("đón cụ Thoa xóm 4", "đón cụ xóm 4")]
    talk.clock.advance(timedelta(days=16 + 61))
    await talk.settled_to(lambda tx: tx.one("SELECT count(*) AS n FROM audits WHERE what = 'texts blanked'")["n"])
    assert talk.done_by("tt1") == {"assisted": 1}
    await talk.stop()
    assert [word for word in ("Lụa", "Thoa") if word in stored(talk.database)] == []
    await talk.start()


async def test_what_is_kept_of_a_person_is_shown(talk: Talk, capsys: pytest.CaptureFixture[str]) -> None:
    """To read and as JSON; not the code; and that it was looked at is on record."""
    an = await talk.person("An")
    await an.says("nhà bà Mơ xóm 4 được 3").hears("3 máy")
    await an.presses("C", await an.says("/kiemtra").hears("Câu 1/5")).hears("✅ Câu 1 đúng")
    await an.says("/hotro đón cụ Mận xóm 5").hears("đón cụ xóm 5")
    await talk.settled()
    talk.clock.advance(hours(1))
    await asyncio.to_thread(commands.show, talk.config, "HV1", as_json=False)
    said = capsys.readouterr().out
    assert "text: nhà bà Mơ xóm 4 được 3" in said
    assert f"account: {an.user.id}" in said
    assert "MA-CUA-AN" not in said
    await asyncio.to_thread(commands.show, talk.config, "hv1", as_json=True)
    facts = json.loads(capsys.readouterr().out)
    assert facts["totals"] == {"activated": 3}
    (check,) = facts["check"]
    assert (check["right"], check["asked"], check["ended"]) == (1, 5, None)
    assert [(one["right"], one["answer"] is None) for one in check["questions"]] == [(True, False)] + [
        (False, True)
    ] * 4
    assert check["questions"][0]["answer"].startswith("Khi chủ máy đăng nhập được")
    assert [(one["part"], one["what"]) for one in facts["help"]] == [("asked", "đón cụ Mận xóm 5")]
    assert [one["what"] for one in facts["on_record"]] == ["person shown"]
    await (await talk.person("Linh")).says("/nhatky").hears("xem mọi thứ đang lưu về An")
