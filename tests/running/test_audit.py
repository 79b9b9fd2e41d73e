"""The record: what is changed of others, or taken out: who, when, where, before and after; it stays as it is."""

import re
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from handlers import texts
from handlers.calendar import calendar_of
from handlers.running import audit
from handlers.running.audit import KINDS
from storage.campaign.plan import Kind as PlanKind
from storage.engine.database import session
from storage.engine.errors import ConstraintViolated
from storage.running import audits
from storage.running.audits import Deed
from tests.lists import takes
from tests.talk import CAMPAIGN, ZONE, Talk, write_campaign

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.on("telegram")


async def test_an_admin_reads_who_did_what(talk: Talk) -> None:
    """A lead binds a group, merges a hamlet, corrects and takes back a report: a line each, the newest first."""
    dung, an, linh = await talk.person("Dũng"), await talk.person("An"), await talk.person("Linh")
    await talk.team_chat(dung, an)
    await an.says("nhà bà Lan xóm 4 được 3").hears("3 máy")
    listed = await dung.says("/to an").hears("3 máy")
    await (await takes(dung, "Sửa", 1, listed)).hears("gửi lại nội dung đúng")
    await dung.says("xóm 4 được 4").hears("Đã sửa báo cáo ngày 20/05 của An")
    listed = await dung.says("/to an").hears("4 máy")
    await (await takes(dung, "Xóa", 1, listed)).hears("Đã rút")
    await an.says("xóm Cầu Gỗ được 2").hears("2 máy")
    asked = await dung.waits("“Xóm Cầu Gỗ”")
    which = await dung.presses("Chọn thôn cho “Xóm Cầu Gỗ”", asked).hears("là thôn nào")
    await dung.presses("Là xóm 4", which).hears("từ nay là xóm 4")
    shown = await linh.says("/nhatky").hears("📒 Nhật ký")
    lines = [line for line in shown.text.splitlines() if " · " in line]
    for wanted in (
        r"19:\d\d 20/05 · Dũng gộp thôn ở xã Xuân Thu: Xóm Cầu Gỗ → Xóm 4 \(Telegram\)",
        r"19:\d\d 20/05 · Dũng rút báo cáo của An ngày 20/05: Xóm 4: 4 máy → – \(Telegram\)",
        r"19:\d\d 20/05 · Dũng sửa báo cáo của An ngày 20/05: Xóm 4: 3 máy → Xóm 4: 4 máy \(Telegram\)",
        r"19:\d\d 20/05 · Dũng đặt nhóm làm nhóm của tổ: – → Xuân Thu \(nhóm “Tổ”, Telegram\)",
        r"19:\d\d 20/05 · dòng lệnh \(.*\) nạp chiến dịch: .*thêm 3 xã.*",
    ):
        assert any(re.fullmatch(wanted, line) for line in lines), (wanted, lines)
    assert "Lan" not in shown.text


async def test_of_a_person_of_a_day_and_page_by_page(talk: Talk) -> None:
    """`/nhatky Dũng`, `/nhatky 20/5`, `/nhatky hôm qua`; a student is told that it is not for them."""
    dung, an, linh = await talk.person("Dũng"), await talk.person("An"), await talk.person("Linh")
    groups = [talk.emulator.group(f"Tổ {n}", [dung.user]) for n in range(12)]
    for group in groups:
        await dung.says("/gannhom", group).hears("nhóm của tổ")
    shown = await linh.says("/nhatky dung").hears("Nhật ký của Dũng", "(trang 1/2)", "“Tổ 11”")
    assert "dòng lệnh" not in shown.text
    older = await linh.presses("Cũ hơn", shown).hears("(trang 2/2)", "“Tổ 0”")
    await linh.presses("Mới hơn", older).hears("(trang 1/2)")
    talk.clock.advance(timedelta(days=1))
    await linh.says("/nhatky hôm nay").hears("Chưa ai đổi hay lấy ra số liệu nào hôm nay")
    await linh.says("/nhatky 20/5 trang 2").hears("Nhật ký ngày 20/05", "(trang 2/2)")
    await linh.says("/nhatky hôm qua").hears("Nhật ký ngày 20/05")
    await linh.says("/nhatky Nam").hears("không có ai là “Nam”")
    await an.says("/nhatky").hears("không dành cho vai của em")


async def test_what_is_on_record_stays(talk: Talk) -> None:
    """Neither changed nor taken away, whatever asks; words alone can be made blanks, where somebody is erased."""
    linh = await talk.person("Linh")
    await linh.says("/nhatky").hears("nạp chiến dịch")
    await talk.stop()
    with session(talk.database) as tx:
        for sql in (
            "DELETE FROM audits",
            "UPDATE audits SET at = at - 60",
            "UPDATE audits SET by = 1",
            "UPDATE audits SET what = 'nothing'",
            "UPDATE audits SET after = 'else'",
            "UPDATE audits SET operator = NULL",
        ):
            with pytest.raises(ConstraintViolated), tx.savepoint():
                tx.run(sql)
        audits.blank(tx, [1])
        kept = audits.every(tx, audits.EVERYTHING)
        assert (kept[0].what, kept[0].detail) == ("campaign loaded", "")


def test_every_deed_has_its_words() -> None:
    """Whatever the code puts on record is said in words of its own."""
    sources = [file.read_text(encoding="utf-8") for room in ("handlers", "bot") for file in (ROOT / room).rglob("*.py")]
    source = "\n".join(sources)
    said = set(re.findall(r'on_record\(\s*"([a-z ]+)"', source)) | set(re.findall(r'what="([a-z]+ [a-z ]+)"', source))
    said |= set(re.findall(r'\bnote\(config, "([a-z ]+)"', source))
    said |= {f"report {what}" for what in ("made", "corrected", "restored", "withdrawn")}
    assert len(said) > 12
    assert said <= set(KINDS), said - set(KINDS)


def test_a_load_of_anything_is_on_record() -> None:
    """Each kind of change of each table has its words: none stops a load."""
    for kind in PlanKind:
        for table in (
            "campaign",
            "phases",
            "communes",
            "hamlets",
            "people",
            "scopes",
            "teams",
            "members",
            "guide",
            "check",
        ):
            said = texts.plain("audit.loaded", changes=[(kind.value, table, 2)])
            assert not {kind.value, table} & set(said.split()), said


async def test_numbers_and_dates_are_said_as_people_write_them(talk: Talk) -> None:
    """Targets, official numbers, what a load changed; of an official number that was replaced, the one before, too."""
    linh = await talk.person("Linh")
    await linh.says("/chitieu Xuân Thu 9.500").hears("Đổi chứ?")
    await linh.says("vâng").hears("từ giờ là 9.500")
    await linh.says("/doichieu Xuân Thu 3.110").hears("3.110")
    heard = await linh.says("/doichieu Xuân Thu 3.210").hears("trước đó ghi 3.110")
    await linh.presses("Bỏ số này", heard).hears("Đã bỏ số chính thức 3.210")
    await talk.stop()
    campaign = CAMPAIGN.replace("2023-05-16", "2023-05-17")
    write_campaign(talk.folder / "campaign", {"campaign.toml": campaign})
    await talk.start()
    shown = await linh.says("/nhatky").hears("📒 Nhật ký")
    for wanted in (
        "Linh đổi chỉ tiêu xã Xuân Thu: 9.260 → 9.500 (Telegram)",
        "Linh ghi số chính thức của xã Xuân Thu (20/05): – → 3.110 (Telegram)",
        "Linh ghi số chính thức của xã Xuân Thu (20/05): 3.110 → 3.210 (Telegram)",
        "Linh bỏ số chính thức của xã Xuân Thu (20/05): 3.210 → 3.110 (Telegram)",
    ):
        assert wanted in shown.text, shown.text
    assert "nạp chiến dịch, đổi đợt Đợt 1: ngày đầu 16/05 → ngày đầu 17/05" in shown.text


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("9260", "9.260"),
        ("2023-05-20: 4120", "20/05: 4.120"),
        ("2022-12-31", "31/12/2022"),
        ("chỉ tiêu 9260, số đã có 0", "chỉ tiêu 9.260, số đã có 0"),
        ("Tổ 2023", "Tổ 2023"),
        ("hv1234", "hv1234"),
        ("03/06/2023", "03/06/2023"),
    ],
)
def test_what_is_kept_and_what_is_said(kept: str, said: str) -> None:
    """Names with figures in them are names."""
    deed = Deed(1, datetime(2023, 5, 20, tzinfo=ZONE), None, "", 0, kept, None, None, "", "")
    assert audit.shown(kept, deed, calendar_of("Asia/Ho_Chi_Minh", time(4))) == said
