"""Who gets into the dashboard: links of /web, once and soon; officers alone; closed, locked, out of scope."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial

import pytest

from bot import errands
from bot.errands import Erase
from storage.campaign import people
from storage.engine.database import session
from storage.engine.transaction import Transaction
from tests.browsers import Browser
from tests.talk import CODES, ROSTER, Talk
from tests.web.dashboard.links import asks, opens

pytestmark = pytest.mark.on("telegram")  # beside it the pages are what these are about


@asynccontextmanager
async def browsing(talk: Talk) -> AsyncIterator[Browser]:
    """A browser in which nobody is known."""
    async with Browser(await talk.url()) as browser:
        yield browser


async def _shows(browser: Browser) -> bool:
    answer = await browser.get("/bang")
    assert answer.status in (200, 403), answer.status
    return answer.status == 200


async def test_a_link_opens_once_by_a_press(talk: Talk) -> None:
    """Looking ahead uses nothing up and tells nothing; the press opens it, and whose it was is told where."""
    khoa = await talk.person("Khoa")
    path = await asks(khoa)
    async with browsing(talk) as preview, browsing(talk) as browser, browsing(talk) as late:
        async with preview.http.get(preview.url + path, allow_redirects=False) as response:
            assert (response.status, response.headers["Location"]) == (303, "/bang/mo")
            cookie = response.headers["Set-Cookie"]
            assert "HttpOnly" in cookie
            assert "SameSite=Lax" in cookie
            assert "Path=/bang/mo" in cookie
        seen = await preview.get(path)
        assert "Mở bảng số liệu trên máy này?" in seen.text
        assert "Khoa" not in seen.text
        assert path.rpartition("/")[2] not in seen.text
        opened = await opens(browser, path)
        assert (opened.status, opened.path) == (200, "/bang")
        assert "<h1>VNeID thử</h1>" in opened.text
        await khoa.waits("vừa được mở lúc 19:30 trên Chrome · Android", "/web đóng")
        assert (await opens(late, path)).status == 403
        assert (await preview.post("/bang/mo")).status == 403
        assert not await _shows(late)
        assert await _shows(browser)


async def test_it_opens_soon_or_never(talk: Talk) -> None:
    """15 minutes later, or once there is a newer link, it opens nothing; what is open is closed after 12 hours."""
    khoa = await talk.person("Khoa")
    first, second = await asks(khoa), await asks(khoa)
    async with browsing(talk) as browser:
        assert (await opens(browser, first)).status == 403
        assert (await opens(browser, second)).status == 200
        third = await asks(khoa)
        talk.clock.advance(timedelta(minutes=15))
        assert (await browser.get(third)).status == 403
        assert await _shows(browser)
        talk.clock.advance(timedelta(hours=11, minutes=44))
        assert await _shows(browser)
        talk.clock.advance(timedelta(minutes=1))
        assert not await _shows(browser)


async def test_forged_links_and_cookies(talk: Talk) -> None:
    """Neither another's row nor a part of a secret opens anything, nor a link as a cookie, and nothing breaks."""
    khoa = await talk.person("Khoa")
    path = await asks(khoa)
    token = path.rpartition("/")[2]
    row, _, secret = token.partition("-")
    async with browsing(talk) as browser:
        for forged in (f"{row}-{secret[:-1]}", f"{row}-", f"{int(row) + 1}-{secret}", row, "x", f"{'9' * 30}-{secret}"):
            assert (await browser.get(f"/bang/mo/{forged}")).status == 403, forged
            assert (await browser.post("/bang/mo")).status == 403, forged
        for cookie in (token, f"{row}.{secret}", f"{row}.", ".", "é", ""):
            answer = await browser.get("/bang", headers={"Cookie": f"bacung_bang={cookie}"})
            assert answer.status == 403, cookie
        assert (await opens(browser, path)).status == 200


async def test_only_digests_are_kept_and_nothing_is_logged(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever reads the table can open nothing; neither link nor cookie is in any log."""
    caplog.set_level(logging.DEBUG)
    khoa = await talk.person("Khoa")
    path = await asks(khoa)
    async with browsing(talk) as browser:
        assert (await opens(browser, path)).status == 200
        jar = {cookie.key: cookie.value for cookie in browser.http.cookie_jar}
    rows = talk.look(lambda tx: [tuple(row) for row in tx.all("SELECT * FROM dashboards")])
    for secret in (path.rpartition("/")[2].partition("-")[2], jar["bacung_bang"].partition(".")[2]):
        assert len(secret) >= 32
        assert secret not in str(rows)
        assert secret not in caplog.text


async def test_nobody_else_finds_or_keeps_the_pages(talk: Talk) -> None:
    """No cache, no search engine, no frame, no address told elsewhere; forms tell only our own pages."""
    khoa = await talk.person("Khoa")
    path = await asks(khoa)
    async with browsing(talk) as browser:
        asked = await browser.get(path)
        opened = await opens(browser, path)
        for answer in (asked, opened, await browser.get("/bang/so"), await browser.get("/bang/hinh")):
            assert answer.headers["Cache-Control"] == "no-store"
            assert "noindex" in answer.headers["X-Robots-Tag"]
            assert answer.headers["X-Frame-Options"] == "DENY"
            assert "script-src 'self';" in answer.headers["Content-Security-Policy"]
            assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert asked.headers["Referrer-Policy"] == "same-origin"
        assert opened.headers["Referrer-Policy"] == "no-referrer"


async def test_other_pages_open_and_close_nothing(talk: Talk) -> None:
    """A press has to come from a page of ours, at a name of ours."""
    khoa = await talk.person("Khoa")
    path = await asks(khoa)
    async with browsing(talk) as browser:
        await browser.get(path)
        for origin in ("https://evil.example", None):
            assert (await browser.post("/bang/mo", origin=origin)).status == 403
        assert (await browser.get("/bang", headers={"Host": "evil.example"})).status == 421
        assert (await opens(browser, path)).status == 200
        assert (await browser.post("/bang/dong", origin="https://evil.example")).status == 403
        assert await _shows(browser)


async def test_it_is_closed_where_it_is_open_and_from_the_chat(talk: Talk) -> None:
    """[Đóng bảng] closes this browser's; `/web đóng` all of them, and links that wait."""
    khoa = await talk.person("Khoa")
    async with browsing(talk) as one, browsing(talk) as two, browsing(talk) as three:
        for browser in (one, two):
            assert (await opens(browser, await asks(khoa))).status == 200
        assert "Đóng bảng số liệu trên máy này?" in (await one.get("/bang/dong")).text
        assert await _shows(one)
        assert "đã đóng" in (await one.post("/bang/dong")).text
        assert (await _shows(one), await _shows(two)) == (False, True)
        waiting = await asks(khoa)
        said = await khoa.says("/web").hears("Đang mở:", "Chrome · Android, từ 19:30")
        await khoa.presses("Đóng các bảng", said).hears("Đã đóng 1 bảng")
        assert not await _shows(two)
        assert (await opens(three, waiting)).status == 403
        await khoa.says("/web đóng").hears("Không có bảng số liệu nào đang mở")


async def test_who_is_locked_or_erased_sees_nothing(talk: Talk) -> None:
    """At once, while the page is open; unlocked again, an old page stays closed. Nothing of an erased officer stays."""
    khoa, ha, linh = await talk.person("Khoa"), await talk.person("Hà"), await talk.person("Linh")
    async with browsing(talk) as khoas, browsing(talk) as has:
        assert (await opens(khoas, await asks(khoa))).status == 200
        assert (await opens(has, await asks(ha))).status == 200
        await linh.says("/khoama cb2").hears("Khoa")
        assert (await khoas.get("/bang/so")).status == 403
        assert not await _shows(khoas)
        with session(talk.database) as tx:
            people.unlock(tx, _row_of(tx, "cb2"))
        assert not await _shows(khoas)
        for change, shows in ((partial(people.lock, at=talk.clock.now()), False), (people.unlock, True)):
            with session(talk.database) as tx:
                change(tx, _row_of(tx, "cb1"))
            assert await _shows(has) == shows, "locked out by whatever way"
        erased = talk.look(lambda tx: _row_of(tx, "cb1"))
        assert talk.look(lambda tx: _links_of(tx, erased)) == 1
        await asyncio.to_thread(errands.do, talk.config, Erase("thử", "cb1"))
        assert not await _shows(has)
        assert talk.look(lambda tx: _links_of(tx, erased)) == 0


def _row_of(tx: Transaction, ref: str) -> int:
    found = people.by_ref(tx, ref)
    assert found is not None
    return found.id


def _links_of(tx: Transaction, person: int) -> int:
    row = tx.one("SELECT count(*) AS n FROM dashboards WHERE person = :person", person=person)
    assert row is not None
    return int(row["n"])


async def test_what_is_cut_off_takes_the_dashboard_along(talk: Talk) -> None:
    """Who lost a phone ends its account or device, and whatever that phone had open."""
    khoa = await talk.person("Khoa")
    async with browsing(talk) as lost, browsing(talk) as device:
        assert (await opens(lost, await asks(khoa))).status == 200
        await device.join(CODES["Khoa"])
        told = await khoa.waits("trên một thiết bị mới: Chrome · Android")
        await khoa.presses("Ngắt thiết bị này", told)
        await talk.settled()
        assert not await _shows(device)
        assert not await _shows(lost)


async def test_scope_is_that_of_now(talk: Talk) -> None:
    """An officer of one commune sees nothing of another, whatever the address says; a new roster counts at once."""
    ha = await talk.person("Hà")
    async with browsing(talk) as browser:
        opened = await opens(browser, await asks(ha))
        assert "<h1>Xã Xuân Thu</h1>" in opened.text
        assert "Minh Phú" not in opened.text
        for address in ("?xa=397", "?xa=397&nguoi=hv5", "?xa=451&nguoi=hv5", "?xa=451&thon=99", "?xa=451&thon=4"):
            for page in ("/bang", "/bang/so", "/bang/hinh"):
                assert (await browser.get(page + address)).status in (403, 404), page + address
        (talk.folder / "campaign" / "roster.csv").write_text(ROSTER.replace("cb1,Hà,officer,451", "cb1,Hà,officer,397"))
        await talk.stop()
        await talk.start()
        browser.url = await talk.url()
        again = await browser.get("/bang", headers={"Cookie": _cookie(browser)})
        assert "<h1>Xã Minh Phú</h1>" in again.text
        assert "Xuân Thu" not in again.text
        (talk.folder / "campaign" / "roster.csv").write_text(ROSTER.replace("cb1,Hà,officer,451", "cb1,Hà,lead,451"))
        await talk.stop()
        await talk.start()
        browser.url = await talk.url()
        assert (await browser.get("/bang", headers={"Cookie": _cookie(browser)})).status == 403


def _cookie(browser: Browser) -> str:
    return "; ".join(f"{cookie.key}={cookie.value}" for cookie in browser.http.cookie_jar)


@pytest.mark.parametrize("name", ["An", "Dũng"])
async def test_students_and_leads_get_none(talk: Talk, name: str) -> None:
    """Neither a link, nor in the web chat."""
    person = await talk.person(name)
    await person.says("/web").hears("không dành cho vai")
    async with browsing(talk) as browser:
        await browser.join(CODES[name])
        answer = await browser.get("/bang")
        assert answer.status == 403
        assert "Bảng này dành cho cán bộ" in answer.text
        assert "Xuân Thu" not in answer.text


@pytest.mark.parametrize("name", ["Khoa", "Hà", "Linh"])
async def test_who_is_in_the_web_chat_needs_no_link(talk: Talk, name: str) -> None:
    """Officers and admins see it with the session that they have, and with no other."""
    async with browsing(talk) as browser:
        assert not await _shows(browser)
        await browser.join(CODES[name])
        assert await _shows(browser)
        assert 'href="/">Về chat' in (await browser.get("/bang")).text


async def test_the_link_is_asked_for_in_words(talk: Talk) -> None:
    """As `/web` gives it to officers, and to nobody else."""
    khoa, dung = await talk.person("Khoa"), await talk.person("Dũng")
    for text in ("link xem bảng điều khiển trên web đâu nhỉ", "cho đường dẫn trang số liệu"):
        await khoa.says(text).hears("/bang/mo/")
    refused = await dung.says("link web đâu bot").hears("chỉ gửi cho cán bộ")
    assert "/bang/mo/" not in refused.text


async def test_strangers_are_told_nothing(talk: Talk) -> None:
    """What to do, and nothing of the campaign."""
    async with browsing(talk) as browser:
        answer = await browser.get("/bang?xa=451")
        assert answer.status == 403
        assert "/web" in answer.text
        assert not any(word in answer.text for word in ("VNeID", "Xuân Thu", "451"))
        for page in ("/bang/so", "/bang/hinh"):
            assert (await browser.get(page)).status == 403


async def test_where_nothing_is_served_yet(talk: Talk) -> None:
    """Without an address there is no link; where it is this machine's alone, that is said."""
    khoa = await talk.person("Khoa")
    await khoa.says("/web").hears("chỉ mở được trên máy đang chạy bot")
    with session(talk.database) as tx:
        tx.run("DELETE FROM channels WHERE name = 'web'")
    await khoa.says("/web").hears("đang không mở được")
