"""The web chat's page without a signal, in two tabs, and with the next person in the same browser."""

import pytest
from playwright.async_api import expect

from bot.web.chat import socket
from storage.engine.database import session
from tests.chromium import Pages, needs_chromium
from tests.talk import CODES, Talk
from tests.web.pages.hands import message, own, says

pytestmark = [needs_chromium, pytest.mark.on("telegram")]


async def test_no_signal_and_back(pages: Pages, talk: Talk) -> None:
    """What is typed offline waits, says so, survives the tab, and goes out in order once there is a network."""
    context, screen = await pages.joined("An")
    page = screen.page
    await says(page, "xóm 1 được 1")
    await expect(message(page, "✅ Xóm 1: 1 máy")).to_be_visible()
    await page.evaluate("navigator.serviceWorker.ready")
    await context.set_offline(True)
    for n in (2, 3):
        await says(page, f"xóm {n} được {n}")
    await expect(page.get_by_text("Không có mạng · 2 tin sẽ tự gửi khi có mạng")).to_be_visible()
    await expect(message(page, "xóm 3 được 3").get_by_text("chưa gửi được")).to_be_visible()
    await page.close()  # the tab is killed
    page = await context.new_page()
    await page.goto(screen.url)  # opened without a network
    await expect(message(page, "xóm 2 được 2")).to_be_visible()
    await says(page, "xóm 4 được 4")
    await expect(message(page, "xóm 4 được 4")).to_be_visible()
    assert talk.done_by("hv1") == {"activated": 1}
    await context.set_offline(False)
    await expect(message(page, "Hôm nay em 10 máy")).to_be_visible()
    for n in (2, 3, 4):
        await expect(own(page, f"xóm {n} được {n}").get_by_text(f"đã ghi {n} máy")).to_be_visible()
        await expect(message(page, f"✅ Xóm {n}: {n} máy").locator(".quote")).to_contain_text(f"xóm {n} được {n}")
    said = await page.locator(".row.mine .said").all_inner_texts()
    assert said == [f"xóm {n} được {n}" for n in (1, 2, 3, 4)]
    assert talk.done_by("hv1") == {"activated": 10}


async def test_two_tabs_keep_one_order(pages: Pages, talk: Talk) -> None:
    """Typed by turns in two tabs, without a network and with one: each is sent once, in the order of typing."""
    context, screen = await pages.joined("An")
    other = await context.new_page()
    await other.goto(screen.url)
    await expect(message(other, "Chào em An")).to_be_visible()
    tabs = [screen.page, other]
    await context.set_offline(True)
    for n in range(1, 7):
        await says(tabs[n % 2], f"xóm {n} được {n}")
        await expect(message(tabs[n % 2], f"xóm {n} được {n}")).to_be_visible()
    await expect(message(tabs[0], "xóm 5 được 5")).to_be_visible()
    await context.set_offline(False)
    for n in range(7, 11):
        await says(tabs[n % 2], f"xóm {n} được {n}")
        await expect(message(tabs[n % 2], f"xóm {n} được {n}")).to_be_visible()
    for page in tabs:
        await expect(message(page, "Hôm nay em 55 máy")).to_be_attached()
        await expect(page.locator(".row.mine .state:visible")).to_have_count(0)
        said = await page.locator(".row.mine .said").all_inner_texts()
        assert said == [f"xóm {n} được {n}" for n in range(1, 11)]
    assert talk.done_by("hv1") == {"activated": 55}


async def test_what_waits_is_never_sent_under_another_name(pages: Pages, talk: Talk) -> None:
    """What is left waiting is kept for its writer, and said so; the next person in the browser does not send it."""
    _, screen = await pages.joined("An")
    page = screen.page
    await expect(message(page, "Chào em An")).to_be_visible()
    with session(talk.database) as tx:
        tx.run("UPDATE devices SET ended_at = 1")
    await says(page, "xóm 1 được 7")
    await expect(page.get_by_text("1 tin chưa gửi của An")).to_be_visible()
    await page.goto(f"{screen.url}/vao/{CODES['Bình']}")
    await page.get_by_role("button", name="Vào", exact=True).click()
    await expect(message(page, "Chào em Bình")).to_be_visible()
    await says(page, "xóm 2 được 1")
    await expect(message(page, "✅ Xóm 2: 1 máy")).to_be_visible()
    assert (talk.done_by("hv1"), talk.done_by("hv2")) == ({}, {"activated": 1})
    await page.goto(f"{screen.url}/vao/{CODES['An']}")
    await expect(page.get_by_text("đang dùng tên")).to_be_visible()
    await page.get_by_role("button", name="Vào", exact=True).click()
    await expect(message(page, "✅ Xóm 1: 7 máy")).to_be_visible()
    assert talk.done_by("hv1") == {"activated": 7}


async def test_the_next_person_in_a_browser_has_their_own_messages(pages: Pages) -> None:
    """Whoever joins after somebody else sees all of their own chat and nothing of the other's, a draft included."""
    _, theirs = await pages.joined("Bình")
    await says(theirs.page, "xóm 2 được 1")
    await expect(message(theirs.page, "✅ Xóm 2: 1 máy")).to_be_visible()
    _, screen = await pages.joined("An")
    page = screen.page
    await says(page, "xóm 1 được 7")
    await expect(message(page, "✅ Xóm 1: 7 máy")).to_be_visible()
    await page.locator(".tab").nth(1).click()
    await page.get_by_role("textbox", name="Tin nhắn").fill("chưa gửi")
    await page.goto(f"{screen.url}/vao/{CODES['Bình']}")
    await page.get_by_role("button", name="Vào", exact=True).click()
    await expect(message(page, "✅ Xóm 2: 1 máy")).to_be_visible()
    await expect(page.get_by_text("xóm 1 được 7")).to_have_count(0)
    await page.locator(".tab").nth(1).click()
    await expect(page.get_by_role("textbox", name="Tin nhắn")).to_have_value("")


async def test_a_tab_left_open_is_the_next_persons(pages: Pages, talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """When another joins in the same browser, a tab that was open shows nothing of the first any more."""
    await talk.stop()
    monkeypatch.setattr(socket, "LOOK_AGAIN", 3600)  # seconds: it is not found out by looking
    await talk.start()
    context, screen = await pages.joined("An")
    await says(screen.page, "xóm 1 được 7")
    await expect(message(screen.page, "✅ Xóm 1: 7 máy")).to_be_visible()
    other = await context.new_page()
    await other.goto(f"{screen.url}/vao/{CODES['Bình']}")
    await other.get_by_role("button", name="Vào", exact=True).click()
    for page in (other, screen.page):
        await expect(message(page, "Chào em Bình")).to_be_visible()
        await expect(page.get_by_text("xóm 1 được 7")).to_have_count(0)
