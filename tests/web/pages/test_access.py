"""The web chat's page for everybody: large letters, the keyboard alone, slow networks, installed."""

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, Request, expect

from tests.chromium import DESKTOP, PHONE, Pages, needs_chromium
from tests.talk import CODES, Talk
from tests.web.pages.hands import message, says

pytestmark = [needs_chromium, pytest.mark.on("telegram")]


async def test_at_twice_the_size(pages: Pages) -> None:
    """At 200 % zoom everything is there, and only the messages scroll."""
    _, screen = await pages.joined("An", size={"width": 195, "height": 422})
    page = screen.page
    await says(page, "xóm 4 được 3")
    await expect(message(page, "✅ Xóm 4: 3 máy")).to_be_visible()
    for name in ("Gửi", "Các lệnh", "Tài khoản và thiết bị"):
        await expect(page.get_by_role("button", name=name, exact=True)).to_be_in_viewport()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await page.evaluate("document.getElementById('scroller').clientHeight > 60")


async def test_with_the_keyboard_alone(pages: Pages, talk: Talk) -> None:
    """Tab reaches all, Enter sends, Escape closes and leaves an edit."""
    _, screen = await pages.joined("An", size=DESKTOP)
    page = screen.page
    await expect(message(page, "Chào em An")).to_be_visible()
    await page.get_by_role("textbox", name="Tin nhắn").focus()
    await page.keyboard.type("xóm 4 được 3")
    await page.keyboard.press("Enter")
    await expect(message(page, "✅ Xóm 4: 3 máy")).to_be_visible()
    dots = message(page, "xóm 4 được 3").get_by_role("button", name="Thao tác với tin này")
    await page.locator(".row.mine .dots").last.focus()
    assert await dots.count()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await page.get_by_role("button", name="Hoàn tác").focus()
    await page.keyboard.press("Space")
    await expect(message(page, "↩️")).to_be_visible()


async def test_a_long_press_offers_what_can_be_done(pages: Pages) -> None:
    """The sheet stays when the finger is lifted, and goes with a tap beside it."""
    context, screen = await pages.joined("An")
    page = screen.page
    await says(page, "xóm 4 được 3")
    await expect(message(page, "✅ Xóm 4: 3 máy")).to_be_visible()
    box = await message(page, "xóm 4 được 3").locator(".bubble").bounding_box()
    assert box is not None
    finger = await context.new_cdp_session(page)
    touch = {"x": box["x"] + 20, "y": box["y"] + 15}
    await finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [touch]})
    await expect(page.get_by_role("dialog")).to_be_visible()
    await finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    await page.wait_for_timeout(200)
    await expect(page.get_by_role("button", name="Sửa", exact=True).last).to_be_visible()
    await page.touchscreen.tap(200, 60)
    await expect(page.get_by_role("dialog")).to_be_hidden()


async def _violations(page: Page) -> list[str]:
    await page.wait_for_timeout(250)  # a toast or a sheet that is moving has other colours
    found = await Axe().run(page)
    return [f"{one['id']}: {[node['html'][:120] for node in one['nodes']]}" for one in found.response["violations"]]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", [PHONE, DESKTOP])
async def test_nothing_in_the_way_of_anybody(pages: Pages, size: dict[str, int], dark: bool) -> None:
    """axe-core finds no violation: in the chat, its sheets, offline, at the door and before joining."""
    context, screen = await pages.joined("An", size=size, dark=dark)
    page = screen.page
    await says(page, "nhà bà Lan xóm 4 được 3, vắng 1")
    await expect(message(page, "✅ Nhà bà Lan, xóm 4: 3 máy")).to_be_visible()
    await page.get_by_role("button", name="3 máy", exact=True).click()
    assert await _violations(page) == []
    for opener in ("#place", "#slash", "#more"):
        await page.locator(opener).click()
        assert await _violations(page) == []
        await page.keyboard.press("Escape")
    await page.locator(".row.mine .dots").last.focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Sửa", exact=True).last.click()
    assert await _violations(page) == []
    await page.keyboard.press("Escape")
    await context.set_offline(True)
    await says(page, "xóm 5 được 1")
    await expect(message(page, "xóm 5 được 1").get_by_text("chưa gửi được")).to_be_visible()
    assert await _violations(page) == []
    await context.set_offline(False)
    _, stranger = await pages.stranger(size=size, dark=dark)
    await stranger.page.goto(stranger.url)
    await expect(stranger.page.get_by_label("Mã tham gia")).to_be_visible()
    assert await _violations(stranger.page) == []
    for path in ("/vao", f"/vao/{CODES['Bình']}", "/vao/SAI-MA-SO-1"):
        await stranger.page.goto(stranger.url + path)
        assert await _violations(stranger.page) == []
    assert len(stranger.errors) == 1  # the page of a wrong code is answered with 404
    stranger.errors.clear()


async def test_what_a_first_visit_weighs(pages: Pages) -> None:
    """All that is transferred from the link until the chat can be used, and opened offline, is at most 100 kB."""
    _, screen = await pages.stranger()
    page = screen.page
    transferred: list[int] = []
    finished: list[Request] = []
    page.on("requestfinished", lambda request: finished.append(request))  # noqa: PLW0108 - no bare builtin
    await page.goto(f"{screen.url}/vao/{CODES['An']}")
    await page.get_by_role("button", name="Vào", exact=True).click()
    await expect(message(page, "Chào em An")).to_be_visible()
    await page.evaluate("navigator.serviceWorker.ready")
    for request in finished:
        sizes = await request.sizes()
        transferred.append(sizes["responseBodySize"] + sizes["responseHeadersSize"])
    assert len(transferred) > 5
    assert 25_000 < sum(transferred) <= 100_000, sum(transferred)


async def test_the_press_waits_for_the_page_alone(pages: Pages) -> None:
    """Style and script come while the name is read; after the press only the page and the socket are asked for."""
    _, screen = await pages.stranger()
    page = screen.page
    await page.goto(f"{screen.url}/vao/{CODES['An']}", wait_until="networkidle")
    await page.get_by_role("button", name="Vào", exact=True).click()
    await expect(message(page, "Chào em An")).to_be_visible()
    files = await page.evaluate(
        "performance.getEntriesByType('resource').map(({name, transferSize}) => [name.split('/').pop(), transferSize])"
    )
    assert {name for name, _ in files} >= {"chat.css", "chat.js"}
    assert [name for name, size in files if size] == []


async def test_installable(pages: Pages) -> None:
    """The manifest names the app, its start and its pictures, which are all there."""
    _, screen = await pages.joined("An")
    page = screen.page
    manifest = await page.evaluate("fetch('/manifest.webmanifest').then((answer) => answer.json())")
    assert (manifest["start_url"], manifest["display"]) == ("/", "standalone")
    sizes = {icon["sizes"] for icon in manifest["icons"]}
    assert sizes >= {"192x192", "512x512"}
    for icon in manifest["icons"]:
        answer = await page.request.get(screen.url + icon["src"])
        assert answer.ok
