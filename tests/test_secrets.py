"""Secrets that people write, on every path in and through a whole evening: nothing that stays has any of them."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.commands import codes, data, record
from bot.commands import people as commands
from storage.engine.database import session
from tests.browsers import Browser
from tests.talk import CODES, Talk, hours
from tests.test_private_numbers import SPELLED, in_tables, stored
from tests.web.conftest import Open, web

__all__ = ["web"]  # the fixture
pytestmark = pytest.mark.on("telegram")

TOKEN = "7123456789:AAHfiqksKZ8WmR2zSjiQ7xxAbCdEfGhIjKl"
CARDS = (
    *("001303012345", "001 303 012 345", "0013.0301.2345", "013301234"),
    "không không một ba không ba không một hai ba bốn năm",
)
KEPT = {"people"}  # the table in which codes stand, since they let in
# What is looked for: the secrets as they were written, and pieces of them that nothing else has.
TRACES = (*SPELLED, *CARDS, TOKEN, "AAHfiqksKZ8", "345610", "345 610", "345.610", "012345", "012 345", "0301.2345")
HOUSE = "nhà bà Lan xóm 4 được 3"


async def test_what_stays_of_an_evening_has_no_secret(
    talk: Talk, web: Open, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Tables, files of the database, log, metrics, exports, backups."""
    caplog.set_level(logging.DEBUG)
    an, dung, linh = await talk.person("An"), await talk.person("Dũng"), await talk.person("Linh")
    group = talk.emulator.group("Tổ 0912.345.610", [an.user, dung.user])
    await dung.says("/gannhom", group).hears("nhóm của tổ")
    code = CODES["Bình"]
    for number in (*SPELLED[:4], *CARDS):
        await an.says(f"{HOUSE}, cụ {number}").hears("🔒", "số")
    said = an.says(f"{HOUSE} sđt {SPELLED[3]}")
    await said.hears("🔒")
    await an.edits(said, f"nhà bà Lan xóm 4 được 4 sđt {SPELLED[1]}").hears("4 máy")
    await an.says(f"mã của bạn em là {code}", group).hears("🔒", "mã bí mật")
    await an.says(f"https://t.me/bacung_bot?start={code}").hears("mã bí mật")
    await an.says(f"token {TOKEN}").hears("mã bí mật")
    await an.says(f"/thon xóm {SPELLED[0]}")
    await an.says(f"/nhatky {SPELLED[0]} {code}")
    await an.says(f"/sua nhà {SPELLED[0]} được 2")
    await an.says(f"báo hộ {SPELLED[0]} 3 máy")
    await an.says(f"khoảng 5 máy, gọi {SPELLED[0]}").hears("số chính xác")
    await an.says(f"hẹn 19h mai nhà bà Lan {SPELLED[0]}")
    an.user.sends_photo(f"{HOUSE} {SPELLED[0]}", at=talk.clock.right())
    answer = await dung.says("xóm 4 được 3").hears("3 máy")
    dung.user.forges(f"c/bc {SPELLED[0]} {code}", answer)
    talk.emulator.push_raw(
        {"message": {"text": f"{SPELLED[0]} /start {code}", "sđt": "\\u0030912345610", "from": TOKEN}}
    )
    stranger = talk.stranger("Lạ")
    await stranger.says(f"{SPELLED[0]} {code}x {TOKEN}")
    await stranger.says("/start SAI-MA-SO-1").hears("không đúng")
    await an.says(f"/start {CODES['An']}").hears("đã ở trong")
    browser = await web("An")
    await _in_the_web_chat(browser, code)
    await talk.settled()
    talk.clock.advance(hours(6))  # the night: the evening's word, the summary
    await talk.settled()
    await linh.says("/nhatky").hears("Nhật ký")
    metrics = talk.app.monitor.exposition().decode()
    tables = talk.look(in_tables)
    exports = await asyncio.to_thread(_exported, talk, tmp_path, capsys)
    await talk.stop()
    files = stored(talk.database)
    log = "\n".join(record.getMessage() for record in caplog.records)
    places = {f"table {name}": text for name, text in tables.items()}
    places |= {"files": files, "log": log, "metrics": metrics, **exports}
    found = {(place, trace) for place, text in places.items() for trace in TRACES if trace in text.replace("\\n", "\n")}
    codes = {name: text for name, text in places.items() if name not in ("table people", "files", "backup", "codes")}
    found |= {(place, one) for place, text in codes.items() for one in CODES.values() if one in text}
    assert found == set()
    assert "▒▒▒" in files
    assert files.count(code) == 3  # in the table of people, and its two indexes
    assert not [call for call in talk.emulator.calls if call.method.casefold() == "getfile"]


async def _in_the_web_chat(browser: Browser, code: str) -> None:
    """Said, edited, pressed; and a code typed at its door."""
    said = await browser.says(f"nhà ông Tư xóm 5 được 2 sđt {SPELLED[0]} mã {code}")
    post = await browser.taken(said)
    await browser.send(t="edit", message=post["id"], text=f"nhà ông Tư xóm 5 được 3 {SPELLED[2]} {TOKEN}", age=0)
    answer = await browser.hears("3 máy")
    await browser.taken(await browser.send(t="press", message=answer["id"], data=f"c/bc {SPELLED[0]}", age=0))
    await browser.taken(await browser.says(f"/start {code}"))


def _exported(talk: Talk, folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """What each way out prints or writes."""
    capsys.readouterr()
    said: dict[str, str] = {}
    ways: dict[str, Callable[[], int]] = {
        "codes": lambda: codes.codes(talk.config, as_csv=True, pdf=None, unjoined=False),
        "record": lambda: record.show(talk.config, person=None, day=None, as_csv=True),
        "person": lambda: commands.show(talk.config, "hv1", as_json=True),
    }
    for name, work in ways.items():
        work()
        said[name] = capsys.readouterr().out
        assert len(said[name].strip()) > 100
    copy = folder / "copy.db"
    data.backup(talk.config, copy, force=False)
    said["backup"] = copy.read_bytes().decode("utf-8", "replace")
    with session(copy, read_only=True) as tx:
        said |= {f"backup's {name}": text for name, text in in_tables(tx).items() if name not in KEPT}
    return said
