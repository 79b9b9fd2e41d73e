"""The web chat's page asks once whether to tell while it is closed; the service worker shows what it is told."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import BrowserContext, Page, expect

from bot.web.push.pusher import GATHER
from tests.chromium import Pages, Screen, needs_chromium
from tests.emulators.push import PushService, Subscribed
from tests.talk import Talk
from tests.web.pages.hands import message, says
from tests.web.test_push import passes, service

__all__ = ["service"]  # the fixture
pytestmark = [needs_chromium, pytest.mark.on("telegram")]
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1"
REPORT = "nhà bà Mơ xóm 4 được 3"
ASKED = "Cho máy báo khi"
SWITCH = "Thông báo trên máy này"

# Chromium's own push service is on the network: here the browser's part of it is played, and its permission.
_PLAYED = """
(given) => {
  let current = JSON.parse(localStorage.getItem("played") ?? "null");
  const kept = () => localStorage.setItem("played", JSON.stringify(current));
  const made = (json) => json && ({
    endpoint: json.endpoint, toJSON: () => json, unsubscribe: async () => { current = null; kept(); return true; },
  });
  PushManager.prototype.getSubscription = async () => made(current);
  PushManager.prototype.subscribe = async (how) => {
    if (!how.userVisibleOnly || how.applicationServerKey.length !== 87) throw new Error("wrong");
    current = given.json;
    kept();
    return made(current);
  };
  Notification.requestPermission = async () => {
    localStorage.setItem("permission", given.permission);
    return given.permission;
  };
  Object.defineProperty(Notification, "permission", {
    get: () => localStorage.getItem("permission") ?? "default",
  });
}
"""


@pytest.fixture
async def phone(service: PushService) -> AsyncIterator[Subscribed]:
    """What Chromium's push service would give."""
    yield service.subscribe("an")


async def _joined(
    pages: Pages, phone: Subscribed, *, permission: str = "granted", **how: Any
) -> tuple[BrowserContext, Screen]:
    context, screen = await pages.stranger(**how)
    await context.grant_permissions(["notifications"])
    given = json.dumps({"json": phone.json, "permission": permission})
    await context.add_init_script(f"if (location.protocol !== 'about:') ({_PLAYED})({given})")
    await screen.page.goto(f"{screen.url}/vao/MA-CUA-AN")
    await screen.page.get_by_role("button", name="Vào", exact=True).click()
    await screen.page.wait_for_url(f"{screen.url}/")
    await expect(message(screen.page, "Chào em An")).to_be_visible()
    return context, screen


async def _menu(page: Page) -> None:
    await page.get_by_role("button", name="Tài khoản và thiết bị").click()


async def test_asked_after_the_first_report_told_and_shown(pages: Pages, talk: Talk, phone: Subscribed) -> None:
    """Asked, turned on, told while the page is closed; the service worker shows it, and a press opens the chat."""
    context, screen = await _joined(pages, phone)
    page = screen.page
    await expect(page.get_by_text(ASKED)).to_be_hidden()
    await says(page, REPORT)
    await expect(page.get_by_text(ASKED)).to_be_visible()
    await page.get_by_role("button", name="Bật thông báo").click()
    await expect(page.get_by_text("Đã bật thông báo")).to_be_visible()
    await _menu(page)
    await expect(page.get_by_role("switch", name=SWITCH)).to_be_checked()
    await page.get_by_role("button", name="Đóng").click()
    await says(page, "/homnay")
    await expect(message(page, "Hôm nay")).to_be_visible()
    worker = context.service_workers[0] if context.service_workers else await context.wait_for_event("serviceworker")
    await page.evaluate("""() => {
      Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }""")
    await says(page, "nhà ông Thoa xóm 5 được 2")
    await expect(message(page, "2 máy")).to_be_visible()
    passes(talk, GATHER)
    assert await phone.gets() == ["Có trả lời mới"]
    await _deliver(context, page, json.dumps(phone.pushes[0].said))
    shown = await _shown(page, 1)
    assert shown == [{"title": "Bacung", "body": "Có trả lời mới", "tag": "answer", "silent": False}]
    await _deliver(context, page, json.dumps(phone.pushes[0].said))
    assert await _shown(page, 1) == shown  # one for all of a kind
    await _deliver(
        context, page, json.dumps({**phone.pushes[0].said, "tag": "appointment", "body": "Bot nhắc lịch hẹn"})
    )
    assert {one["tag"] for one in await _shown(page, 2)} == {"answer", "appointment"}
    opened = await worker.evaluate("""async () => {
      const opened = [];
      self.clients.matchAll = async () => [];
      self.clients.openWindow = async (url) => opened.push(url);
      const [notification] = await self.registration.getNotifications({ tag: "answer" });
      const click = new NotificationEvent("notificationclick", { notification });
      let done;
      click.waitUntil = (promise) => { done = promise; };
      self.dispatchEvent(click);
      await done;
      return opened;
    }""")
    assert opened == ["/"]
    assert [one["tag"] for one in await _shown(page, 1)] == ["appointment"]
    await page.evaluate("""() => {
      delete document.visibilityState;
      document.dispatchEvent(new Event("visibilitychange"));
    }""")
    assert await _shown(page, 0) == []  # looked at: the lock screen has nothing more to say


async def _deliver(context: BrowserContext, page: Page, data: str) -> None:
    """What Chromium's push service does with a push for the page."""
    devtools = await context.new_cdp_session(page)
    registration: dict[str, str] = {}
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: registration.update({"id": event["registrations"][0]["registrationId"]}),
    )
    await devtools.send("ServiceWorker.enable")
    origin = page.url.rstrip("/")
    await page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    for _ in range(100):
        if registration:
            break
        await page.wait_for_timeout(20)
    await devtools.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": origin, "registrationId": registration["id"], "data": data},
    )
    await devtools.detach()


async def _shown(page: Page, n: int) -> list[dict[str, Any]]:
    """The notifications that are shown, once there are so many."""
    shown = await page.evaluate_handle(
        """async (n) => {
          const registration = await navigator.serviceWorker.ready;
          for (let tries = 0; tries < 250; tries++) {
            const shown = await registration.getNotifications();
            if (shown.length === n && tries > 5) {
              return shown.map(({ title, body, tag, silent }) => ({ title, body, tag, silent: Boolean(silent) }));
            }
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
          return "not so many";
        }""",
        n,
    )
    found = await shown.json_value()
    assert isinstance(found, list), found
    return found


async def test_who_says_no_is_not_asked_again(pages: Pages, phone: Subscribed, talk: Talk) -> None:
    """Neither in this life of the page nor in the next; the switch in the menu stays."""
    _, screen = await _joined(pages, phone)
    page = screen.page
    await says(page, REPORT)
    await page.get_by_role("button", name="Không cần").click()
    await page.reload()
    await says(page, "nhà ông Thoa xóm 5 được 2")
    await expect(message(page, "2 máy")).to_be_visible()
    await page.wait_for_timeout(500)
    await expect(page.get_by_text(ASKED)).to_be_hidden()
    await _menu(page)
    switch = page.get_by_role("switch", name=SWITCH)
    await expect(switch).not_to_be_checked()
    await switch.click()
    await expect(switch).to_be_checked()
    assert talk.look(lambda tx: tx.one("SELECT count(*) AS n FROM push_endpoints")["n"]) == 1
    await switch.click()
    await expect(switch).not_to_be_checked()
    assert talk.look(lambda tx: tx.one("SELECT count(*) AS n FROM push_endpoints")["n"]) == 0


async def test_what_the_browser_refuses_is_said(pages: Pages, phone: Subscribed) -> None:
    """The browser's own question was answered with no: it is said where to change that, and not asked again."""
    _, screen = await _joined(pages, phone, permission="denied")
    page = screen.page
    await says(page, REPORT)
    await page.get_by_role("button", name="Bật thông báo").click()
    await expect(page.get_by_text("Trình duyệt chưa cho")).to_be_visible()
    await _menu(page)
    await expect(page.get_by_text("đang chặn thông báo")).to_be_visible()
    await expect(page.get_by_role("switch", name=SWITCH)).to_be_hidden()


async def test_an_officer_is_asked_after_a_question(pages: Pages) -> None:
    """Who does not report has something to be told of once they asked something."""
    _, screen = await pages.joined("Khoa")
    page = screen.page
    await expect(message(page, "Chào")).to_be_visible()
    await page.evaluate("() => { Object.defineProperty(Notification, 'permission', { get: () => 'default' }); }")
    await says(page, "/tong")
    await expect(page.get_by_text(ASKED)).to_be_visible()


async def test_an_iphone_is_told_of_the_home_screen(pages: Pages, phone: Subscribed) -> None:
    """Only the installed page can be told there: said once, and in the menu."""
    context, screen = await pages.stranger(profile={"user_agent": IPHONE})
    await context.add_init_script("delete window.PushManager;")
    page = screen.page
    await page.goto(f"{screen.url}/vao/MA-CUA-AN")
    await page.get_by_role("button", name="Vào", exact=True).click()
    await page.wait_for_url(f"{screen.url}/")
    await says(page, REPORT)
    await expect(page.locator("#ask")).to_contain_text("Thêm vào MH chính")
    await page.get_by_role("button", name="Đã đọc").click()
    await _menu(page)
    await expect(page.get_by_role("dialog")).to_contain_text("Thêm vào MH chính")


async def test_what_the_server_has_forgotten_is_told_it_again(pages: Pages, phone: Subscribed, talk: Talk) -> None:
    """When the page is opened next; whoever joins here after them is not told anything."""
    _, screen = await _joined(pages, phone)
    page = screen.page
    await says(page, REPORT)
    await page.get_by_role("button", name="Bật thông báo").click()
    await expect(page.get_by_text("Đã bật thông báo")).to_be_visible()
    await page.evaluate("fetch('/push', { method: 'DELETE' })")
    await talk.settled_to(lambda tx: tx.one("SELECT count(*) AS n FROM push_endpoints")["n"] == 0)
    await page.reload()
    await talk.settled_to(lambda tx: tx.one("SELECT count(*) AS n FROM push_endpoints")["n"] == 1)
    await page.goto(f"{screen.url}/vao/MA-CUA-BINH")
    await page.get_by_role("button", name="Vào", exact=True).click()
    await page.wait_for_url(f"{screen.url}/")
    await expect(message(page, "Chào em Bình")).to_be_visible()
    await page.wait_for_function("localStorage.getItem('played') === 'null'")
    assert talk.look(lambda tx: tx.one("SELECT count(*) AS n FROM push_endpoints")["n"]) == 0
