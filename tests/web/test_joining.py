"""Who gets into the web chat: links, codes, devices, cookies, and pages of other people."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from time import monotonic

import aiohttp
import pytest

from bot.web import callers
from bot.web.chat import socket
from bot.web.pages.line import AT_ONCE, WAITING_MOST
from handlers.door.guessing import MOST_WRONG, WRONG_OF_ADDRESS
from storage.campaign import accounts, people
from storage.engine.database import session
from storage.webchat import devices
from tests.browsers import Browser
from tests.talk import CODES, Talk

pytestmark = pytest.mark.on("telegram")  # beside it the web chat is what these are about


@pytest.fixture
async def browser(talk: Talk) -> AsyncIterator[Browser]:
    """A browser that has not joined."""
    async with Browser(await talk.url()) as one:
        yield one


async def test_opening_a_link_does_not_join(browser: Browser, talk: Talk) -> None:
    """The link leads to a question with the name, without the code in the address; only a press joins."""
    async with browser.http.get(f"{browser.url}/vao/{CODES['An']}", allow_redirects=False) as response:
        assert (response.status, response.headers["Location"]) == (303, "/vao")
        assert CODES["An"] not in await response.text()
        cookie = response.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
    page = await browser.get("/vao")
    assert "Vào với tên" in page.text
    assert "An" in page.text
    assert CODES["An"] not in page.text
    await browser.connect()
    assert browser.closed == 4401
    assert talk.look(lambda tx: tx.all("SELECT * FROM devices")) == []
    await browser.disconnect()
    joined = await browser.post("/vao/dongy")
    assert (joined.status, joined.path) == (200, "/")
    await browser.connect()
    assert browser.welcome["me"]["name"] == "An"
    await browser.hears("Chào em An")


async def test_a_typed_code(browser: Browser) -> None:
    """Whoever has no link types the code, in any case."""
    assert (await browser.get("/vao")).status == 200
    page = await browser.post("/vao", data={"code": f" {CODES['An'].lower()} "})
    assert "Vào với tên" in page.text


async def test_guessing_codes(browser: Browser, talk: Talk) -> None:
    """After five wrong codes each takes longer; the right one, with its press, still lets in."""
    for n in range(MOST_WRONG):
        assert (await browser.get(f"/vao/SAI-MA-SO-{n}")).status == 404
    began = monotonic()
    assert (await browser.get("/vao/SAI-MA-SO-9")).status == 404
    assert monotonic() - began >= 0.5
    assert (await browser.join(CODES["An"])).path == "/"


async def test_guessing_with_ever_new_browsers(talk: Talk) -> None:
    """Throwing cookies away helps only so far: an address is slowed, and a right code never shut out."""
    url = await talk.url()

    async def tries(code: str) -> int:
        async with Browser(url) as fresh:
            return (await fresh.get(f"/vao/{code}")).status

    for n in range(WRONG_OF_ADDRESS):
        assert await tries(f"SAI-MA-SO-{n}") == 404
    began = monotonic()
    statuses = await asyncio.gather(*(tries(f"SAI-MA-{n}") for n in range(2 * AT_ONCE)))
    assert set(statuses) == {404}
    assert monotonic() - began >= 1.0, "a few at a time, each after half a second"
    async with Browser(url) as fresh:
        assert (await fresh.join(CODES["An"])).path == "/"


async def test_too_many_in_line_have_to_come_again(talk: Talk) -> None:
    """A guesser's thousand tries at once hold no memory; the page says in how many minutes to come."""
    url = await talk.url()
    with session(talk.database) as tx:
        for _ in range(WRONG_OF_ADDRESS):
            accounts.note_wrong_code(tx, channel="web", sender="address 127.0.0.1", at=talk.clock.now())

    async def tries(n: int) -> int:
        async with Browser(url) as fresh:
            return (await fresh.get(f"/vao/SAI-MA-{n}")).status

    statuses = await asyncio.gather(*(tries(n) for n in range(WAITING_MOST + 10)))
    assert statuses.count(429) >= 1
    assert statuses.count(404) >= WAITING_MOST


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("203.0.113.7", "203.0.113.7"),
        ("", ""),
    ],
)
def test_where_an_address_belongs(address: str, place: str) -> None:
    """Of IPv6 a household has as many addresses as it likes: its /64 counts as one."""
    assert callers.place_of(address) == place


async def test_a_code_never_reaches_the_log(browser: Browser, caplog: pytest.LogCaptureFixture) -> None:
    """Neither the code nor the cookie is logged, at whatever level."""
    with caplog.at_level("DEBUG"):
        await browser.join(CODES["An"])
        await browser.get(f"/vao/{CODES['An']}/nowhere")
        await browser.connect()
        await browser.taken(await browser.says("xóm 4 được 3"))
    ours = [record for record in caplog.records if not record.name.startswith("aiohttp.client")]
    assert not [record for record in ours if CODES["An"] in record.getMessage() or "xóm 4" in record.getMessage()]


async def test_five_devices_and_no_more(talk: Talk) -> None:
    """A code works on five devices; each new one is told to the person, who can end it; then another may come."""
    url = await talk.url()
    first = Browser(url)
    async with first:
        await first.join(CODES["An"])
        await first.connect()
        others = [Browser(url, agent="Mozilla/5.0 (iPhone) Safari/605") for _ in range(4)]
        for other in others:
            async with other:
                assert (await other.join(CODES["An"])).path == "/"
        warned = await first.hears("thiết bị mới", "Safari · iPhone")
        async with Browser(url) as sixth:
            refused = await sixth.join(CODES["An"])
            assert refused.path != "/"
            assert len(talk.look(lambda tx: devices.of_person(tx, _id(talk, "hv1"), talk.clock.now()))) == 5
            await first.presses("Ngắt thiết bị này", warned)
            await first.hears("Đã ngắt Safari · iPhone")
            assert (await sixth.join(CODES["An"])).path == "/"


def _id(talk: Talk, ref: str) -> int:
    person = talk.look(lambda tx: people.by_ref(tx, ref))
    assert person is not None
    return int(person.id)


async def test_ending_a_device(talk: Talk) -> None:
    """A device that is ended elsewhere is shut out, and what it sends is not kept."""
    url = await talk.url()
    async with Browser(url) as own, Browser(url) as stolen:
        for browser in (own, stolen):
            await browser.join(CODES["An"])
            await browser.connect()
        await own.send_raw({"t": "devices"})
        frame = await own.until(lambda: next((one for one in own.frames if one["t"] == "devices"), None))
        assert [device["this"] for device in frame["devices"]] == [False, True]
        await own.send_raw({"t": "end", "device": frame["devices"][0]["id"]})
        await stolen.until(lambda: stolen.closed == 4401)
        await stolen.disconnect()
        await stolen.connect()
        assert stolen.closed == 4401
        await own.taken(await own.says("xóm 4 được 3"))
        await own.send_raw({"t": "leave"})
        await own.until(lambda: own.closed == 4401)


async def test_a_locked_person_is_shut_out(talk: Talk, browser: Browser) -> None:
    """Whoever was locked, or left the roster, sends nothing more."""
    await browser.join(CODES["An"])
    await browser.connect()
    with session(talk.database) as tx:
        tx.run("UPDATE people SET locked_at = 1 WHERE ref = 'hv1'")
    await browser.says("xóm 4 được 3")
    await browser.until(lambda: browser.closed == 4401)
    assert talk.done_by("hv1") == {}


async def test_codes_end_with_the_phase_and_whoever_is_in_still_reads(talk: Talk, browser: Browser) -> None:
    """Weeks after the phase the own numbers are read, and nothing is counted; half a year later nobody is in."""
    await browser.join(CODES["An"])
    await browser.connect()
    await browser.says("xóm 4 được 3")
    await browser.hears("em 3 máy")
    await browser.disconnect()
    talk.clock.advance(timedelta(days=40))
    await browser.connect()
    await browser.says("/cuatoi")
    await browser.hears("Đợt 1 của em đã kết thúc ngày 05/06", "Cả đợt: 3 máy")
    await browser.says("xóm 4 được 5")
    await browser.hears("đã kết thúc ngày 05/06 nên bot không ghi thêm báo cáo")
    assert talk.done_by("hv1") == {"activated": 3}
    async with Browser(browser.url) as new:
        assert (await new.join(CODES["An"])).path != "/"
        assert (await new.join(CODES["Khoa"])).path == "/"
    await browser.disconnect()
    talk.clock.advance(timedelta(days=180))
    await browser.connect()
    assert browser.closed == 4401


@pytest.mark.parametrize(
    "cookie", ["", "1", "1.", "1.AAAA", "9999.AAAA", "x.y", "1.é", "1" * 400 + ".x", "2.{signature}"]
)
async def test_forged_cookies(talk: Talk, browser: Browser, cookie: str) -> None:
    """Only a cookie that we signed opens the chat: another device's number is not enough."""
    await browser.join(CODES["An"])
    async with Browser(browser.url) as second:
        await second.join(CODES["Bình"])
    jar = {one.key: one.value for one in browser.http.cookie_jar}
    forged = cookie.replace("{signature}", jar["bacung"].partition(".")[2])
    headers = {"Origin": browser.url, "Cookie": f"bacung={forged}"}
    async with aiohttp.ClientSession() as plain, plain.ws_connect(f"{browser.url}/ws", headers=headers) as socket:
        message = await socket.receive()
        assert (message.type, socket.close_code) == (aiohttp.WSMsgType.CLOSE, 4401)


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "http://127.0.0.1", "http://localhost:1", ""])
async def test_pages_of_others_are_refused(talk: Talk, browser: Browser, origin: str | None) -> None:
    """No other page may open the socket, or press for somebody."""
    await browser.join(CODES["An"])
    headers = {} if origin is None else {"Origin": origin}
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await browser.http.ws_connect(f"{browser.url}/ws", headers=headers)
    assert refused.value.status == 403
    if origin != "":  # the harness takes that for our own
        assert (await browser.post("/vao/dongy", origin=origin)).status == 403


async def test_another_name_that_leads_here(browser: Browser) -> None:
    """A foreign name that resolves to us gets nothing: its pages would be of our origin."""
    headers = {"Host": "evil.example", "Origin": "http://evil.example"}
    assert (await browser.get(f"/vao/{CODES['An']}", headers=headers)).status == 421
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await browser.http.ws_connect(f"{browser.url}/ws", headers=headers)


async def test_another_person_on_the_same_browser(talk: Talk, browser: Browser) -> None:
    """The browser becomes the other's, and is no device of the first any longer."""
    await browser.join(CODES["An"])
    page = await browser.get(f"/vao/{CODES['Bình']}")
    assert "An" in page.text
    assert "Bình" in page.text
    await browser.post("/vao/dongy")
    await browser.connect()
    assert browser.welcome["me"]["name"] == "Bình"
    assert talk.look(lambda tx: devices.of_person(tx, _id(talk, "hv1"), talk.clock.now())) == []


async def test_another_person_ends_what_is_open(talk: Talk, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tab that the first person left open is cut off with the press, not when the devices are next looked at."""
    await talk.stop()
    monkeypatch.setattr(socket, "LOOK_AGAIN", 3600)
    await talk.start()
    browser.url = await talk.url()
    await browser.join(CODES["An"])
    await browser.connect()
    await browser.get(f"/vao/{CODES['Bình']}")
    assert browser.closed is None
    await browser.post("/vao/dongy")
    await browser.until(lambda: browser.closed == 4401)
    await browser.disconnect()
    await browser.connect()
    assert browser.welcome["me"]["name"] == "Bình"


async def test_every_page_is_guarded(browser: Browser) -> None:
    """The policy of each answer allows nothing inline and nothing from elsewhere."""
    for path in ("/", "/vao", "/nowhere", "/healthz", "/sw.js", "/manifest.webmanifest"):
        headers = (await browser.get(path)).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
    for path in ("/", "/vao"):
        page = (await browser.get(path)).text
        assert not re.search(r"<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=|<style", page)


async def test_secure_cookies_behind_tls(talk: Talk, browser: Browser) -> None:
    """Where people reach the bot by https, cookies never travel without."""
    await talk.stop()
    talk.set(BACUNG_WEB__PUBLIC_URL="https://bacung.example.vn")
    await talk.start()
    await talk.url()
    url = f"http://127.0.0.1:{talk.app.server.port}"
    headers = {"Host": "bacung.example.vn"}
    async with browser.http.get(f"{url}/vao/{CODES['An']}", headers=headers, allow_redirects=False) as response:
        assert "Secure" in response.headers["Set-Cookie"]


def test_addresses_behind_proxies() -> None:
    """Only proxies that are trusted say who calls, and a caller cannot put an address before its own."""
    from ipaddress import ip_network  # noqa: PLC0415

    from aiohttp.test_utils import make_mocked_request  # noqa: PLC0415

    def seen(forwarded: str, *trusted: str) -> str:
        request = make_mocked_request("GET", "/", headers={"X-Forwarded-For": forwarded}).clone(remote="10.0.0.2")
        return callers.address_of(request, tuple(ip_network(one) for one in trusted))

    assert seen("1.2.3.4") == "10.0.0.2"
    assert seen("1.2.3.4", "10.0.0.0/8") == "1.2.3.4"
    assert seen("6.6.6.6, 1.2.3.4", "10.0.0.0/8") == "1.2.3.4"
    assert seen("6.6.6.6, 1.2.3.4, 10.9.9.9", "10.0.0.0/8") == "1.2.3.4"
    assert seen("nonsense", "10.0.0.0/8") == "nonsense"
