"""A simulated campaign in the running program, asked as an officer asks: every way says the same, to the last phone.

Chat, pictures, files, the letter, the address for spreadsheets, the dashboard and the command line, over their doors.
"""

import csv
import html
import json
import re
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from shutil import copy
from typing import Any
from urllib.parse import urlsplit

import pytest
from docx import Document

from bot.csvs import BOM
from handlers.texts import number, percent
from storage.engine.database import session
from tests.browsers import Browser
from tests.commands.test_command_line import Shell
from tests.files.reading import comes, file_of, sheets
from tests.files.test_letters import text_of
from tests.simulation.test_simulation import NOON, simulated
from tests.talk import PATIENCE, Person, Talk, talking
from tests.web.dashboard.links import asks, opens

pytestmark = pytest.mark.on("telegram")
COMMUNES = {"397": "Minh Phú", "445": "Phú Minh", "451": "Xuân Thu"}
LAST = "2023-05-31"  # the last evening
Rows = Mapping[str, int]


@pytest.fixture
async def talk(tmp_path: Path, platform: str) -> AsyncIterator[Talk]:
    """The program over three evenings of a simulated campaign, at noon of the day after."""
    (tmp_path / "made").mkdir()
    simulated(tmp_path / "made", "a.db", days=3)
    copy(tmp_path / "made" / "a.db", tmp_path / "bacung.db")
    with session(tmp_path / "bacung.db") as tx:
        tx.run("DELETE FROM meta WHERE name = 'demonstration'")  # from here on it is a campaign as any
    async with talking(tmp_path, start=NOON, platform=platform) as running:
        await running.url()
        await running.settled_to(lambda tx: tx.one("SELECT 1 FROM channels WHERE name = 'web' AND username <> ''"))
        yield running


@dataclass(frozen=True)
class Said:
    """What `bacung totals` says: phones of the campaign, and the bot's by commune, student, hamlet and day."""

    done: int
    target: int
    by: Mapping[str, Rows]

    @property
    def bot(self) -> int:
        """Phones that the bot counted."""
        return sum(self.by["commune"].values())


def totals(talk: Talk) -> Said:
    """The command line, a process of its own beside the program that runs."""
    shell = Shell(talk.folder)
    found = {by: json.loads(shell.out("totals", "--json", "--by", by)) for by in ("commune", "person", "hamlet", "day")}
    rows = {by: Counter[str]() for by in found}
    for by, one in found.items():
        for row in one["rows"]:  # those without a hamlet have no name, one in each commune
            rows[by][row["name"].removeprefix("Xã ")] += row["outcomes"].get("activated", 0)
    return Said(found["commune"]["done"], found["commune"]["target"], {by: +one for by, one in rows.items()})


def after(text: str, before: str) -> int:
    """The number behind these words."""
    found = re.search(before + r"([0-9][0-9.]*)", text)
    assert found is not None, (before, text)
    return int(found[1].replace(".", ""))


def listed(text: str) -> dict[str, int]:
    """The lines `name: number …` below the first empty line of an answer."""
    found = re.findall(
        r"^(?:[0-9]+\. )?(.+?): (?:chưa có báo cáo · tổng |[0-9,]+% · )?([0-9.]+)(?: máy)?(?: · .*)?$",
        text.partition("\n\n")[2],
        re.MULTILINE,
    )
    return {name: n for name, words in found if (n := int(words.replace(".", "")))}


async def test_every_door_says_the_same(talk: Talk) -> None:
    """From the whole down to the single report, before and after a report of today is put right."""
    khoa, dung = await talk.person("Khoa"), await talk.person("Dũng")
    said = totals(talk)
    assert said.bot > 300
    assert {sum(rows.values()) for rows in said.by.values()} == {said.bot}
    await _chat(khoa, dung, said)
    await _pictures(talk, khoa, said)
    await _files(khoa, said)
    pulled = await _address(talk, khoa)
    assert _pulled(pulled, said) == (said.done, said.target)
    async with Browser(await talk.url()) as browser:
        await opens(browser, await asks(khoa))
        await _dashboard(browser, said)
        an = await talk.person("An")
        await an.says("xóm 4 được 5").hears("5 máy")
        await an.says("sửa còn 3").hears("3 máy")
        now = totals(talk)
        assert (now.done, now.by["person"]["An"]) == (said.done + 3, said.by["person"]["An"] + 3)
        await khoa.says("/tong").hears(f"Đã xong {number(now.done)}/", "Hôm nay: 3 máy")
        await _dashboard(browser, now)
    assert Shell(talk.folder).run("check").returncode == 0


async def _chat(khoa: Person, dung: Person, said: Said) -> None:
    """/tong, /xa, /to, /xephang, and the whole by day, student and hamlet."""

    async def hears(who: Person, text: str, *parts: str) -> str:
        return str((await who.says(text).hears(*parts)).text)

    whole = await hears(khoa, "/tong", "bot ghi")
    assert (after(whole, "Đã xong "), after(whole, "bot ghi ")) == (said.done, said.bot)
    assert f"/{number(said.target)} máy ({percent(said.done, said.target)})" in whole
    own = {name: await hears(khoa, f"/xa {code}", f"Xã {name}") for code, name in COMMUNES.items()}
    assert sum(after(text, "Đã xong ") for text in own.values()) == said.done
    assert {name: n for name, text in own.items() if (n := after(text, "bot ghi "))} == said.by["commune"]
    assert after(await hears(dung, "/to", "Cả đợt"), "Cả đợt ") == said.by["commune"]["Xuân Thu"]
    team = listed(await hears(dung, "/to", "Cả đợt"))
    assert team.items() <= said.by["person"].items()
    assert sum(team.values()) == said.by["commune"]["Xuân Thu"]
    ranked = listed((await hears(khoa, "/xephang", "Cao trước")).replace("\nCao trước", "\n\nCao trước"))
    assert sum(n for name, n in ranked.items() if name in COMMUNES.values()) == said.done
    for way, by in (("ngày", "day"), ("học viên", "person"), ("thôn", "hamlet")):
        rows = listed(await hears(khoa, f"/tong theo {way}", f"theo {way}\n"))
        assert sorted(rows.values()) == sorted(said.by[by].values()), way
    asked = await hears(khoa, "cả huyện từ đầu đợt được bao nhiêu máy?", "máy")
    assert after(asked, r"\n") == said.bot, asked


async def _pictures(talk: Talk, khoa: Person, said: Said) -> None:
    """What is drawn, and the words below it: the course, the communes, the days, an evening."""
    words = str((await khoa.says("/tiendo").hears("Đã xong")).text)
    assert after(words, r"\nĐã xong ") == said.done
    course = _drawn(talk, "course")
    past = {day["day"]: day["phones"] for day in course["days"] if day["phones"]}
    assert (course["done"], course["target"], course["counted"], past) == (
        said.done,
        said.target,
        said.bot,
        said.by["day"],
    )
    await khoa.says("/tiendo theo xã").hears("xong nhiều nhất")
    reached = _drawn(talk, "reached")
    assert (sum(row["done"] for row in reached["rows"]), reached["whole"]["done"]) == (said.done, said.done)
    words = str((await khoa.says("/tiendo theo ngày").hears("Nhiều nhất ngày")).text)
    heat = _drawn(talk, "heat")
    assert {row["name"]: n for row in heat["rows"] if (n := sum(row["phones"]))} == said.by["commune"]
    by_day = zip(heat["days"], map(sum, zip(*(row["phones"] for row in heat["rows"]), strict=True)), strict=True)
    assert {day: n for day, n in by_day if n} == said.by["day"]
    of_evening = 0
    for name in said.by["commune"]:  # the one without a team has no evening
        await khoa.says(f"/tiendo {name} theo giờ 31/05").hears(f"Xã {name}")
        evening = _drawn(talk, "evening")
        assert evening["total"] == evening["elsewhen"] + sum(hour["phones"] for hour in evening["hours"])
        of_evening += evening["total"]
    assert of_evening == said.by["day"][LAST]


def _drawn(talk: Talk, kind: str) -> dict[str, Any]:
    """The facts of the picture that was asked for last."""
    sql = "SELECT facts FROM drawings WHERE kind = :kind ORDER BY id DESC LIMIT 1"
    found: dict[str, Any] = json.loads(talk.look(lambda tx: tx.one(sql, kind=kind)["facts"]))
    return found


async def _files(khoa: Person, said: Said) -> None:
    """The spreadsheet, its reports as CSV, and the letter."""
    await khoa.says("/xuat")
    shown = await comes(khoa, "📊 Số liệu", f"{number(said.done)}/{number(said.target)} máy")
    pages = sheets((await file_of(khoa, shown))[1])
    for sheet, name, by in (("Theo xã", "Xã", "commune"), ("Theo học viên", "Học viên", "person")):
        assert {row[name]: row["Máy"] for row in pages[sheet] if row["Máy"]} == said.by[by]
    assert {f"{row['Ngày']:%Y-%m-%d}": row["Máy"] for row in pages["Theo ngày"] if row["Máy"]} == said.by["day"]
    assert sum(row["Đã xong"] for row in pages["Theo xã"]) == said.done
    for name, by in (("Xã", "commune"), ("Học viên", "person")):
        assert _summed(pages["Báo cáo"], name) == said.by[by]
    before = len(khoa.private.from_bot)
    await khoa.says("/xuat csv")
    there = lambda: any("📊 Số liệu" in one.text for one in khoa.private.from_bot[before:])  # noqa: E731
    await khoa.talk.emulator.wait_for(there, timeout=2 * PATIENCE)
    _, content = await file_of(khoa, await comes(khoa, "📊 Số liệu"))
    lines = list(csv.DictReader(StringIO(content.decode().removeprefix(BOM), newline="")))
    assert _summed(lines, "Học viên") == said.by["person"]
    await khoa.says("/baocaodot")
    shown = await comes(khoa, "📝 Báo cáo", f"{number(said.done)}/{number(said.target)} máy")
    letter = Document(BytesIO((await file_of(khoa, shown))[1]))
    assert f"Đã kích hoạt {number(said.done)}/{number(said.target)} máy" in text_of(letter)
    cells = [[cell.text for cell in row.cells] for row in letter.tables[1].rows][1:]
    of_communes = {half[0]: half[1] for row in cells for half in (row[:4], row[4:]) if half[0] in COMMUNES.values()}
    assert sum(int(n.replace(".", "")) for n in of_communes.values()) == said.done


def _summed(rows: Sequence[Mapping[str, Any]], name: str) -> Rows:
    """Phones of single reports, by one of their columns."""
    found = Counter[str]()
    for row in rows:
        found[row[name]] += int(row["Máy"] or 0)
    return +found


async def _address(talk: Talk, khoa: Person) -> list[dict[str, str]]:
    """What a spreadsheet pulls."""
    heard = await khoa.says("/lienket").hears("Bảng tính tự cập nhật")
    told = await khoa.presses("Tạo liên kết", heard).hears("chỉ hiện một lần")
    (link,) = [line for line in str(told.text).splitlines() if line.startswith("http")]
    async with Browser(await talk.url()) as nobody:
        answer = await nobody.get(urlsplit(link).path)
    return list(csv.DictReader(StringIO(answer.text.removeprefix(BOM), newline="")))


def _pulled(rows: Sequence[Mapping[str, str]], said: Said) -> tuple[int, int]:
    assert {row["Xã"]: n for row in rows if (n := int(row["Bot ghi"]))} == said.by["commune"]
    return sum(int(row["Đã xong"]) for row in rows), sum(int(row["Chỉ tiêu"]) for row in rows)


async def _dashboard(browser: Browser, said: Said) -> None:
    """The page of the phase, the one of each commune, and what draws their pictures."""
    whole = _words((await browser.get("/bang")).text)
    assert number(said.done) in whole, whole
    phase = (await browser.get("/bang?ky=dot-1")).text
    live = (await browser.get("/bang/so?ky=dot-1")).text  # what keeps an open page fresh
    assert _column(phase, "xa") == _column(live, "xa") == said.by["commune"]
    students = Counter[str]()
    for code in (code for code, name in COMMUNES.items() if name in said.by["commune"]):
        students.update(_column((await browser.get(f"/bang?xa={code}&ky=dot-1")).text, "nguoi"))
    assert +students == said.by["person"]
    pictures = {one["id"]: one["spec"] for one in json.loads((await browser.get("/bang/hinh?ky=dot-1")).text)}
    done = [value for value in pictures["course"]["data"]["values"] if "own" in value]
    assert {value["day"]: value["own"] for value in done if value["own"]} == said.by["day"]
    assert max(value["phones"] for value in done) == said.done
    cells = Counter[str]()
    for value in pictures["heat"]["data"]["values"]:
        cells[value["name"]] += value["phones"]
    assert +cells == said.by["commune"]


def _words(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def _column(page: str, list_: str) -> Rows:
    """The first number of each line of a list of the page."""
    found = re.search(rf'id="{list_}".*?<tbody>(.*?)</tbody>', page, re.DOTALL)
    assert found is not None, list_
    rows = re.findall(r"<th[^>]*>(.*?)</th>\s*<td[^>]*>(.*?)</td>", found[1], re.DOTALL)
    numbers = {_words(name).removesuffix(" chưa báo"): _words(n).replace(".", "") for name, n in rows}
    return {name: int(n) for name, n in numbers.items() if n.isdecimal() and int(n)}
