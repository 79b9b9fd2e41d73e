"""A whole phase of a district on paper: two sheets of A4, none of whose tables and pictures is cut."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, datetime
from pathlib import Path

import pypdfium2
import pytest
from playwright.async_api import expect

from bench.filling import fill
from bot.folder import reader
from storage.campaign import accounts, loading, people
from storage.engine.database import session
from storage.talk import chats
from tests.chromium import DESKTOP, Pages, needs_chromium
from tests.talk import COMMUNES, HAMLETS, ROSTER, ZONE, Talk, talking, write_campaign
from tests.web.dashboard.links import asks

pytestmark = [needs_chromium, pytest.mark.on("telegram")]
FIRST, DAYS = date(2023, 5, 16), 20
NOON = datetime(2023, 6, 5, 12, tzinfo=ZONE)  # the last day
_MORE = range(500, 523)  # with three others 26 communes
FILES = {
    "communes.csv": COMMUNES + "".join(f"{n},Xã Số {n},10000,3000\n" for n in _MORE),
    "hamlets.csv": HAMLETS + "".join(f"{n},Xóm 1,100\n" for n in _MORE),
    "roster.csv": ROSTER + "".join(f"hs{n},Học viên {n},student,{n},Đợt 1,MA-SO-{n}\n" for n in _MORE),
}


@pytest.fixture
async def talk(tmp_path: Path, platform: str) -> AsyncIterator[Talk]:
    """The program at the end of a phase of 26 communes."""
    campaign = write_campaign(tmp_path / "campaign", FILES)
    begun = datetime(2023, 5, 16, 8, tzinfo=ZONE)
    with session(tmp_path / "bacung.db") as tx:
        loading.load(tx, reader.read(campaign), today=FIRST, at=begun, digest=reader.digest(campaign))
        for ref in (f"hs{n}" for n in _MORE):
            person = people.by_ref(tx, ref)
            assert person is not None
            chat = chats.at(tx, platform, ref, private=True).id
            accounts.join(tx, person.id, channel=platform, sender=ref, chat=chat, at=begun)
        fill(tx, 1000, FIRST, DAYS)
    async with talking(tmp_path, start=NOON, platform=platform, files=FILES) as running:
        yield running


async def test_a_whole_phase_is_two_sheets(pages: Pages, talk: Talk, tmp_path: Path) -> None:
    """The communes with their sum on the first; results, days and the three pictures whole on the second.

    That nobody has reported yet today is one line, and no list of 26 names.
    """
    _, screen = await pages.stranger(size=DESKTOP)
    page = screen.page
    await page.goto(screen.url + await asks(await talk.person("Khoa")))
    await page.get_by_role("button", name="Mở bảng số liệu").click()
    await expect(page.locator(".notice")).to_have_text("Hôm nay chưa xã nào có báo cáo")
    await page.get_by_role("link", name="Đợt 1").click()
    await page.locator("#hinh").scroll_into_view_if_needed()
    await expect(page.locator(".chart svg.marks")).to_have_count(3)
    await page.pdf(path=tmp_path / "page.pdf", format="A4")
    document = pypdfium2.PdfDocument(tmp_path / "page.pdf")
    first, *others = (one.get_textpage().get_text_range() for one in document)
    assert len(others) == 1
    assert first.count("Số 5") == len(_MORE)
    assert "Cộng" in first
    assert "Theo kết quả" not in first
    results, _, days = others[0].partition("Theo ngày")
    assert "Theo kết quả" in results
    assert "Nhà vắng" in results
    assert "T3 16/05" in days
    await asyncio.to_thread(document.close)
