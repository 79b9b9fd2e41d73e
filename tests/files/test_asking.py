"""/xuat and /baocaodot on every platform: who gets what, once, and what is said of it."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from bot.csvs import BOM
from storage.engine.database import session
from storage.talk import chats, documents
from tests.files.reading import comes, file_of, followed, link_in, sheets
from tests.sending.pictures.showing import HOST, failed
from tests.talk import PATIENCE, Talk, talking

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def talk(tmp_path: Path, platform: str) -> AsyncIterator[Talk]:
    """The program where everybody can reach it."""
    settings = {} if platform == "web" else {"BACUNG_WEB__PUBLIC_URL": f"http://{HOST}"}
    async with talking(tmp_path, platform=platform, settings=settings) as running:
        await running.url()
        yield running


def made(talk: Talk) -> int:
    """How many files were asked for."""
    n: int = talk.look(lambda tx: tx.one("SELECT count(*) AS n FROM documents")["n"])
    return n


def lying(talk: Talk) -> list[str]:
    """What lies beside the database."""
    folder = documents.folder(talk.database)
    return sorted(file.name for file in folder.iterdir()) if folder.is_dir() else []


async def test_an_officer_gets_the_numbers_of_the_own_communes(talk: Talk) -> None:
    """At once a word that it is being made, then the file: only what one sees, and nothing that names a resident."""
    an, em, ha = await talk.person("An"), await talk.person("Em"), await talk.person("Hà")
    await an.says("nhà bà Lan xóm 4 được 3, vắng 1").hears("3 máy")
    await em.says("nhà ông Tư được 5").hears("5 máy")
    asked = await ha.says("/xuat").hears("Đang làm tệp Excel của Xã Xuân Thu")
    shown = await comes(ha, "📊 Số liệu Xã Xuân Thu, đến 19:30 20/05")
    assert "3.103/9.260 máy (33,5%) · 1 báo cáo" in shown.text
    name, content = await file_of(ha, shown)
    assert name == "Số liệu Xã Xuân Thu 20-05-2023 19h30.xlsx"
    (report,) = sheets(content)["Báo cáo"]
    assert (report["Học viên"], report["Thôn"], report["Máy"], report["Vắng"]) == ("An", "Xóm 4", 3, 1)
    assert "Lan" not in str(sheets(content))
    folder = documents.folder(talk.database)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [file.stat().st_mode & 0o777 for file in folder.iterdir()] == [0o600]
    await ha.presses("Tệp CSV", asked).hears("Đang làm tệp CSV của Xã Xuân Thu")
    both = lambda: sum("📊 Số liệu" in one.text for one in ha.private.from_bot) == 2  # noqa: E731
    await talk.emulator.wait_for(both, timeout=2 * PATIENCE)
    name, _ = await file_of(ha, await comes(ha, "📊 Số liệu Xã Xuân Thu"))
    assert name == "Số liệu Xã Xuân Thu 20-05-2023 19h30.csv"


@pytest.mark.on("telegram")
async def test_who_may_ask_for_what(talk: Talk) -> None:
    """Officers for their own communes, admins for all; students and leads not."""
    an, dung, ha, linh = [await talk.person(name) for name in ("An", "Dũng", "Hà", "Linh")]
    for who in (an, dung):
        for command in ("/xuat", "/baocaodot"):
            await who.says(command).hears("không dành cho vai")
    await ha.says("/xuat Minh Phú").hears("ngoài phạm vi")
    await ha.says("/baocaodot minh phu").hears("ngoài phạm vi")
    await linh.says("/xuat Sao Hỏa").hears("Không có xã")
    assert made(talk) == 0
    await linh.says("/xuat excel minh phú").hears("Đang làm tệp Excel của Xã Minh Phú")
    await comes(linh, "📊 Số liệu Xã Minh Phú")
    await linh.says("/nhatky").hears("Linh lấy ra số liệu (Excel, Xã Minh Phú)")


async def test_the_reports_as_csv_and_the_letter(talk: Talk) -> None:
    """The same numbers in other forms."""
    an, khoa = await talk.person("An"), await talk.person("Khoa")
    await an.says("xóm 4 được 30").hears("30 máy")
    await khoa.says("/xuat csv").hears("Đang làm tệp CSV của VNeID thử")
    name, content = await file_of(khoa, await comes(khoa, "📊 Số liệu VNeID thử"))
    assert (name, content.decode().startswith(BOM)) == ("Số liệu VNeID thử 20-05-2023 19h30.csv", True)
    assert "An,30,," in content.decode()
    await khoa.says("/baocaodot").hears("Đang làm báo cáo Word của VNeID thử")
    name, content = await file_of(khoa, await comes(khoa, "📝 Báo cáo VNeID thử", "8.130/30.940 máy"))
    assert name.endswith(".docx")
    text = "\n".join(one.text for one in Document(BytesIO(content)).paragraphs)
    assert "Đã kích hoạt 8.130/30.940 máy, đạt 26,3% chỉ tiêu" in text


@pytest.mark.on("telegram")
async def test_what_is_asked_twice_is_made_once(talk: Talk) -> None:
    """By whoever sees the same; some minutes later it is made anew, with what was reported since."""
    an, khoa, linh = [await talk.person(name) for name in ("An", "Khoa", "Linh")]
    await khoa.says("/xuat")
    await comes(khoa, "📊 Số liệu VNeID thử, đến 19:30")
    await linh.says("/xuat")
    shown = await comes(linh, "📊 Số liệu VNeID thử, đến 19:30")
    assert (await file_of(linh, shown))[0] == "Số liệu VNeID thử 20-05-2023 19h30.xlsx"
    await talk.settled()
    assert not any("Đang làm" in one.text for one in linh.private.from_bot)
    assert (made(talk), len(lying(talk))) == (1, 1)
    await an.says("xóm 4 được 3").hears("3 máy")
    talk.clock.advance(documents.SAME)
    await linh.says("/xuat")
    shown = await comes(linh, "📊 Số liệu VNeID thử, đến 19:33", "1 báo cáo")
    assert len(sheets((await file_of(linh, shown))[1])["Báo cáo"]) == 1


async def test_what_the_end_of_the_program_cut_off_is_made_by_the_next(talk: Talk) -> None:
    """Whoever waited for it gets it; what lay there half done is gone."""
    khoa = await talk.person("Khoa")
    await talk.settled()
    await talk.stop()
    folder = documents.folder(talk.database)
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / ".1-abc.xlsx.part").write_bytes(b"half")

    def asked(tx: Any) -> None:
        person = tx.one("SELECT id FROM people WHERE ref = 'cb2'")["id"]
        chat = chats.at(tx, talk.platform.name, _address(tx, person), private=True).id
        documents.ask(tx, "sheet", [1, 2, 3], person=person, chat=chat, at=talk.clock.now())
        documents.begin(tx, 1)

    with session(talk.database) as tx:
        asked(tx)
    await talk.start()
    await talk.url()
    await comes(khoa, "📊 Số liệu VNeID thử")
    assert [name.endswith(".xlsx") and not name.startswith(".") for name in lying(talk)] == [True]


def _address(tx: Any, person: int) -> str:
    row = tx.one("SELECT c.address FROM identities i JOIN chats c ON c.id = i.chat WHERE i.person = :p", p=person)
    return str(row["address"])


@pytest.mark.on("telegram")
async def test_what_ends_the_program_each_time_is_given_up(talk: Talk) -> None:
    """And that is said."""
    khoa = await talk.person("Khoa")
    await talk.settled()
    await talk.stop()
    with session(talk.database) as tx:
        person = tx.one("SELECT id FROM people WHERE ref = 'cb2'")
        assert person is not None
        chat = chats.at(tx, talk.platform.name, _address(tx, person["id"]), private=True).id
        documents.ask(tx, "sheet", [1, 2, 3], person=person["id"], chat=chat, at=talk.clock.now())
        for _ in range(documents.TRIES):
            documents.begin(tx, 1)
    await talk.start()
    await talk.url()
    await comes(khoa, "Bot chưa làm được tệp này", "/xuat")


@pytest.mark.on("telegram")
async def test_a_mistake_in_the_letters_template_is_said(talk: Talk) -> None:
    """In a line for people; put right, it works without loading anything."""
    khoa = await talk.person("Khoa")
    own = talk.folder / "campaign" / "letter.docx"
    _template(own, "Đã xong {{ da_song }}")
    await khoa.says("/baocaodot")
    await comes(khoa, "Mẫu letter.docx có tên mà bot không biết: “da_song”")
    _template(own, "Đã xong {{ da_xong }} máy")
    await khoa.says("/baocaodot")
    _, content = await file_of(khoa, await comes(khoa, "📝 Báo cáo VNeID thử"))
    assert [one.text for one in Document(BytesIO(content)).paragraphs] == ["Đã xong 8.100 máy"]


def _template(file: Path, text: str) -> None:
    document = Document()
    document.add_paragraph(text)
    document.save(str(file))


@pytest.mark.on("telegram")
async def test_who_may_not_see_it_any_more_does_not_get_it(talk: Talk) -> None:
    """Locked out, or in charge of others, between asking and the file."""
    ha = await talk.person("Hà")
    await talk.settled()
    before = len(ha.private.from_bot)
    await talk.stop()
    with session(talk.database) as tx:
        row = tx.one("SELECT id FROM people WHERE ref = 'cb1'")
        assert row is not None
        chat = chats.at(tx, talk.platform.name, _address(tx, row["id"]), private=True).id
        documents.ask(tx, "sheet", [1, 2, 3], person=row["id"], chat=chat, at=talk.clock.now())
    await talk.start()
    await talk.url()
    await talk.settled_to(lambda tx: tx.one("SELECT 1 FROM document_asks WHERE told_at IS NOT NULL"))
    await talk.settled()
    assert len(ha.private.from_bot) == before


@pytest.mark.on("telegram")
async def test_files_are_forgotten_after_a_day(talk: Talk) -> None:
    """What lies there goes when its time is over, and when somebody is erased who may be named in it."""
    khoa = await talk.person("Khoa")
    await khoa.says("/xuat")
    await comes(khoa, "📊 Số liệu VNeID thử")
    (name,) = lying(talk)
    talk.clock.advance(documents.KEPT + timedelta(minutes=20))
    await khoa.says("/xuat csv")
    await comes(khoa, "📊 Số liệu VNeID thử, đến 19:50 21/05")
    assert [one != name and one.endswith(".csv") for one in lying(talk)] == [True]
    await talk.app.database.write(lambda tx: documents.expire(tx, talk.clock.now()))
    talk.clock.advance(timedelta(minutes=11))
    async with asyncio.timeout(PATIENCE):
        while lying(talk):
            await talk.breathe()


# Platform by platform


@pytest.mark.on("telegram")
async def test_telegram_in_trouble_brings_it_once(talk: Talk) -> None:
    """A server error: later; a refusal: the words, and where the file is to be had."""
    khoa = await talk.person("Khoa")
    talk.emulator.fail("server_error", method="sendDocument")
    await khoa.says("/xuat")
    await failed(talk, "sendDocument")
    shown = await comes(khoa, "📊 Số liệu VNeID thử")
    assert (await file_of(khoa, shown))[1].startswith(b"PK")
    await talk.settled()
    talk.emulator.fail("bad_request", method="sendDocument", description="Bad Request: file is broken")
    await khoa.says("/xuat csv")
    words = await comes(khoa, "chỉ tải được trên trang chat")
    assert getattr(words, "upload", None) is None


@pytest.mark.on("telegram")
async def test_what_is_too_large_for_telegram_comes_as_a_link(talk: Talk) -> None:
    """To our own server, where it is fetched as long as it lies there."""
    khoa = await talk.person("Khoa")
    await khoa.says("/xuat")
    await comes(khoa, "📊 Số liệu VNeID thử")
    await talk.app.database.write(lambda tx: tx.run("UPDATE documents SET size = 46 * 1024 * 1024"))
    await khoa.says("/xuat")
    shown = await comes(khoa, "📊 Số liệu VNeID thử", "⬇️ Tải tệp (đến 19:30 21/05): ")
    status, headers, body = await followed(talk, link_in(shown))
    assert (status, body[:2], headers["Content-Type"]) == (200, b"PK", documents.TYPES["sheet"])
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.on("zalo")
async def test_a_link_ends(talk: Talk) -> None:
    """After a day; a forged one never worked."""
    khoa = await talk.person("Khoa")
    await khoa.says("/xuat")
    link = link_in(await comes(khoa, "📊 Số liệu VNeID thử"))
    assert (await followed(talk, link))[0] == 200
    assert (await followed(talk, f"{link[:-1]}{'a' if link[-1] != 'a' else 'b'}"))[0] == 404
    talk.clock.advance(documents.KEPT)
    assert (await followed(talk, link))[0] == 404


@pytest.mark.on("zalo")
async def test_a_file_that_is_gone_is_said_to_be(talk: Talk) -> None:
    """A copy of the database comes without its files: the words, and what to do."""
    khoa = await talk.person("Khoa")
    await khoa.says("/xuat")
    await comes(khoa, "📊 Số liệu VNeID thử", "Tải tệp")
    await talk.settled()
    for file in documents.folder(talk.database).iterdir():
        file.unlink()
    await khoa.says("/xuat")
    await comes(khoa, "📊 Số liệu VNeID thử", "Tệp này đã hết hạn")


@pytest.mark.on("web")
async def test_in_the_web_chat_it_is_for_who_is_in_the_room(talk: Talk) -> None:
    """A card that downloads it; nobody else's session does; when its time is over that is said."""
    khoa, an = await talk.person("Khoa"), await talk.person("An")
    await khoa.says("/xuat")
    shown = await comes(khoa, "📊 Số liệu VNeID thử")
    (file,) = shown.raw["files"]
    assert (file["type"], file["width"], file["name"][-5:]) == (documents.TYPES["sheet"], None, ".xlsx")
    assert (await an.user.browser.get(f"/tep/{file['id']}")).status == 404
    talk.clock.advance(documents.KEPT)
    gone = await khoa.user.browser.get(f"/tep/{file['id']}")
    assert (gone.status, "hết hạn" in gone.body.decode()) == (410, True)


def test_the_bot_itself_loads_nothing_that_makes_files() -> None:
    """What spreadsheets and letters take of memory goes with the process that makes them."""
    heavy = "xlsxwriter docxtpl docx lxml openpyxl vl_convert"
    code = f"import sys, bot.app; print([one for one in '{heavy}'.split() if one in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
