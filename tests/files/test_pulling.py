"""/lienket: what a spreadsheet pulls, whose numbers it shows, and how that ends."""

import csv
from collections.abc import AsyncIterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.csvs import BOM
from bot.web.pages.pulling import FRESH, MOST
from handlers.figures.gathered import facts
from storage.campaign import communes, people
from storage.running import pulls
from storage.running.pulls import MOST as MOST_ADDRESSES
from tests.talk import Person, Talk, talking

pytestmark = pytest.mark.on("telegram")


@pytest.fixture
async def talk(tmp_path: Path, platform: str) -> AsyncIterator[Talk]:
    """The program, whose pages are reached."""
    async with talking(tmp_path, platform=platform) as running:
        await running.url()
        await running.settled_to(lambda tx: tx.one("SELECT 1 FROM channels WHERE name = 'web' AND username <> ''"))
        yield running


async def address(person: Person) -> str:
    """A new address of this person's, as the bot tells it."""
    heard = await person.says("/lienket").hears("Bảng tính tự cập nhật")
    said = await person.presses("Tạo liên kết", heard).hears("chỉ hiện một lần")
    (link,) = [line for line in str(said.text).splitlines() if line.startswith("http")]
    return link


async def pulled(link: str, **headers: str) -> tuple[int, str, Any]:
    """What is pulled: the status, the text, the headers."""
    async with aiohttp.ClientSession() as session, session.get(link, headers=headers) as answer:
        return answer.status, (await answer.read()).decode(), answer.headers


async def rows(link: str) -> list[dict[str, str]]:
    """What a spreadsheet reads."""
    status, text, _ = await pulled(link)
    assert status == 200, text
    assert text.startswith(BOM)
    return list(csv.DictReader(StringIO(text.removeprefix(BOM), newline="")))


async def test_a_spreadsheet_pulls_the_totals(talk: Talk) -> None:
    """Those of the board, commune by commune, as plain numbers; corrections show as soon as it is fresh again."""
    an, khoa = await talk.person("An"), await talk.person("Khoa")
    said = an.says("nhà bà Lan xóm 4 được 30, vắng 2")
    await said.hears("30 máy")
    link = await address(khoa)
    assert link.endswith(".csv")
    found = await rows(link)
    board = talk.look(lambda tx: facts.board(tx, communes.every(tx), _day(talk), finished=False))
    numbers = [
        (row.commune.code, facts.short(row.commune), standing.target, standing.baseline, standing.bot, standing.done)
        for row in board.rows
        for standing in [row.standing]
    ]
    heads = ("Mã", "Xã", "Chỉ tiêu", "Có sẵn", "Bot ghi", "Đã xong")
    assert [tuple(row[head] for head in heads) for row in found] == [tuple(map(str, row)) for row in numbers]
    (own,) = [row for row in found if row["Mã"] == "451"]
    assert (own["Hôm nay"], own["Tỷ lệ"], own["Nhà vắng"], own["Cập nhật"]) == ("30", "33,8%", "2", "2023-05-20 19:30")
    await an.edits(said, "nhà bà Lan xóm 4 được 31, vắng 2").hears("31 máy")
    assert (await rows(link))[2]["Hôm nay"] == "30"  # kept for a moment
    talk.clock.advance(FRESH)
    assert (await rows(link))[2]["Hôm nay"] == "31"


def _day(talk: Talk) -> Any:
    return talk.clock.now().date()


async def test_it_shows_what_its_maker_sees(talk: Talk) -> None:
    """An officer's own communes; students and leads have none."""
    ha, an, dung = await talk.person("Hà"), await talk.person("An"), await talk.person("Dũng")
    assert [row["Mã"] for row in await rows(await address(ha))] == ["451"]
    await an.says("/lienket").hears("không dành cho vai")
    await dung.says("/lienket").hears("không dành cho vai")


async def test_it_is_taken_back(talk: Talk) -> None:
    """By a press, of one and no other; on record; the list says when each was used."""
    khoa, linh = await talk.person("Khoa"), await talk.person("Linh")
    first, second = await address(khoa), await address(khoa)
    assert len(await rows(first)) == 3
    heard = await khoa.says("/lienket").hears("1. Tạo 19:30 20/05, dùng lần cuối 19:30 20/05", "2. Tạo", "chưa dùng")
    await khoa.presses("Thu hồi 1", heard).hears("Đã thu hồi")
    status, text, _ = await pulled(first)
    assert (status, "không còn dùng được" in text) == (404, True)
    assert len(await rows(second)) == 3
    await linh.says("/nhatky").hears("Khoa tạo liên kết số liệu", "Khoa thu hồi một liên kết số liệu")


@pytest.mark.parametrize("end", ["locked_at", "left_at", "role", "erased"])
async def test_it_ends_with_its_maker(talk: Talk, end: str) -> None:
    """Who is locked out, gone from the roster, or no officer any more shows nothing."""
    ha = await talk.person("Hà")
    link = await address(ha)
    assert (await pulled(link))[0] == 200
    sql = {
        "locked_at": "UPDATE people SET locked_at = 1 WHERE ref = 'cb1'",
        "left_at": "UPDATE people SET left_at = 1 WHERE ref = 'cb1'",
        "role": "UPDATE people SET role = 'student' WHERE ref = 'cb1'",
        "erased": "DELETE FROM pulls",
    }[end]
    await talk.app.database.write(lambda tx: tx.run(sql))
    assert (await pulled(link))[0] == 404


async def test_another_scope_is_another_content(talk: Talk) -> None:
    """Whose communes change pulls the new ones at once."""
    ha = await talk.person("Hà")
    link = await address(ha)
    assert [row["Mã"] for row in await rows(link)] == ["451"]
    await talk.app.database.write(
        lambda tx: tx.run("UPDATE scopes SET commune = (SELECT id FROM communes WHERE code = '397')")
    )
    assert [row["Mã"] for row in await rows(link)] == ["397"]


async def test_the_word_stands_nowhere_but_where_it_was_said(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    """The database has a digest; what is pulled, right or wrong, leaves nothing in a log."""
    caplog.set_level(0)
    khoa = await talk.person("Khoa")
    link = await address(khoa)
    await talk.settled()
    await pulled(link)
    await pulled(link.replace("/so-lieu/", "/so-lieu/9"))
    secret = link.removesuffix(".csv").rpartition("/")[2].partition("-")[2]
    assert len(secret) >= 32
    assert [record for record in caplog.records if secret in record.getMessage()] == []
    kept = talk.look(lambda tx: [dict(row) for row in tx.all("SELECT * FROM pulls")])
    assert secret not in str(kept)


@pytest.mark.parametrize("change", ["last letter", "another row", "no secret", "no number", "long", "letters"])
async def test_a_guess_is_nothing(talk: Talk, change: str) -> None:
    """Whatever is nearly an address."""
    link = await address(await talk.person("Khoa"))
    base, _, word = link.removesuffix(".csv").rpartition("/")
    number, _, secret = word.partition("-")
    wrong = {
        "last letter": f"{number}-{secret[:-1]}{'a' if secret[-1] != 'a' else 'b'}",
        "another row": f"{int(number) + 1}-{secret}",
        "no secret": f"{number}-",
        "no number": f"-{secret}",
        "long": f"{number}-{secret}{'x' * 50}",
        "letters": "abc",
    }[change]
    status, text, _ = await pulled(f"{base}/{wrong}.csv")
    assert (status, "Xuân Thu" in text) == (404, False)


async def test_nobody_pulls_without_end(talk: Talk) -> None:
    """So many in a minute, then not; wrong ones are counted by where they come from, and do not stop right ones."""
    link = await address(await talk.person("Khoa"))
    for _ in range(MOST):
        assert (await pulled(link))[0] == 200
    status, _, headers = await pulled(link)
    assert (status, headers["Retry-After"]) == (429, "60")
    wrong = link.replace("/so-lieu/", "/so-lieu/9")
    assert [(await pulled(wrong))[0] for _ in range(MOST + 1)] == [404] * MOST + [429]
    talk.clock.advance(timedelta(seconds=61))
    assert (await pulled(link))[0] == 200


async def test_five_are_enough(talk: Talk) -> None:
    """A sixth is made when one is taken back."""
    khoa = await talk.person("Khoa")
    for _ in range(MOST_ADDRESSES):
        await address(khoa)
    heard = await khoa.says("/lienket").hears("Đã đủ 5 liên kết")
    assert not any("Tạo liên kết" in label for row in heard.buttons for label in row)
    await khoa.says("/lienket mới").hears("Đã đủ 5 liên kết")
    await khoa.presses("Thu hồi 2", heard).hears("Đã thu hồi")
    await address(khoa)


async def test_an_erased_officer_leaves_none(talk: Talk) -> None:
    """The rows go with the person."""
    ha = await talk.person("Hà")
    await address(ha)

    def look(tx: Any) -> int:
        person = people.by_ref(tx, "cb1")
        assert person is not None
        return len(pulls.of_person(tx, person.id))

    assert talk.look(look) == 1
    import asyncio  # noqa: PLC0415

    from bot import errands  # noqa: PLC0415

    await asyncio.to_thread(errands.do, talk.config, errands.Erase("thử", "cb1"))
    assert talk.look(lambda tx: tx.all("SELECT * FROM pulls")) == []
