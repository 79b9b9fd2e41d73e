"""The web chat's page in a real Chromium: an evening, the team, offline and back, and whoever comes with a keyboard."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, Request, expect

from bot.web.chat import socket
from storage.engine.database import session
from storage.webchat import posts
from tests.chromium import DESKTOP, PATIENCE, PHONE, SMALL, Pages, needs_chromium, pages_of
from tests.talk import CODES, Talk
from tests.timetable.test_jobs import SUMMARY

pytestmark = [needs_chromium, pytest.mark.on("telegram")]
expect.set_options(timeout=PATIENCE)


@pytest.fixture
async def pages(talk: Talk) -> AsyncIterator[Pages]:
    """Browsers for the people of the small campaign."""
    async with pages_of(talk) as opened:
        yield opened


async def says(page: Page, text: str) -> None:
    """Types a message and presses Send."""
    await page.get_by_role("textbox", name="Tin nhắn").fill(text)
    await page.get_by_role("button", name="Gửi", exact=True).click()


def message(page: Page, part: str):  # type: ignore[no-untyped-def] # a Locator
    """The newest message that has this part."""
    return page.locator(".row", has_text=part).last


async def test_an_evening_on_a_phone(pages: Pages, talk: Talk) -> None:
    """A link, a press, a report, an edit and an undo: each confirmed as the bot's."""
    _, screen = await pages.joined("An")
    page = screen.page
    await expect(message(page, "Chào em An")).to_be_visible()
    assert CODES["An"] not in page.url
    await says(page, "nhà bà Lan xóm 4 được 3, vắng 1")
    await expect(message(page, "✅ Xóm 4: 3 máy, 1 nhà vắng")).to_be_visible()
    own = message(page, "nhà bà Lan xóm 4 được 3")
    await expect(own.get_by_text("bot đã ghi")).to_be_attached()
    await own.get_by_role("button", name="Thao tác với tin này").click()
    await page.get_by_role("button", name="Sửa", exact=True).last.click()
    await says(page, "nhà bà Lan xóm 4 được 4, vắng 1")
    await expect(message(page, "✏️ Xóm 4: 4 máy, 1 nhà vắng")).to_be_visible()
    await expect(message(page, "nhà bà Lan xóm 4 được 4").get_by_text("đã sửa")).to_be_visible()
    await page.get_by_role("button", name="Hoàn tác").last.click()
    await expect(message(page, "↩️")).to_be_visible()
    assert talk.done_by("hv1").get("activated", 0) == 0


async def test_quick_keys_compose_and_only_send_sends(pages: Pages, talk: Talk) -> None:
    """A number is replaced by the next, an outcome raised by each tap; the bot understands what they compose."""
    _, screen = await pages.joined("An")
    page = screen.page
    field = page.get_by_role("textbox", name="Tin nhắn")
    for name in ("2 máy", "3 máy", "thêm 1 máy"):
        await page.get_by_role("button", name=name, exact=True).click()
    for name in ("vắng", "vắng", "hẹn lại"):
        await page.get_by_role("button", name=name, exact=True).click()
    await expect(field).to_have_value("4 máy, 2 vắng, 1 hẹn lại")
    assert talk.done_by("hv1") == {}
    await page.get_by_role("button", name="Gửi", exact=True).click()
    await expect(message(page, "✅ 4 máy, 2 nhà vắng, 1 nhà hẹn lại")).to_be_visible()
    await expect(field).to_have_value("")
    for name in ("đã có", "không có máy", "chưa đồng ý", "chưa có căn cước", "chưa cài được"):
        await page.get_by_role("button", name=name, exact=True).click()
    await page.get_by_role("button", name="Gửi", exact=True).click()
    await expect(message(page, "1 người đã có tài khoản")).to_be_visible()
    assert talk.done_by("hv1") == {
        **{"activated": 4, "absent": 2, "revisit": 1, "already": 1},
        **{"no_phone": 1, "refused": 1, "no_card": 1, "failed": 1},
    }


async def test_typing_faster_than_the_disk(pages: Pages, talk: Talk) -> None:
    """What is typed while the message before is still being written down is not wiped with it."""
    _, screen = await pages.joined("An")
    page = screen.page
    await expect(message(page, "Chào em An")).to_be_visible()
    await page.evaluate(
        """() => {
            const add = IDBObjectStore.prototype.add;
            IDBObjectStore.prototype.add = function (...what) {
                const until = performance.now() + 300;
                while (performance.now() < until);
                return add.apply(this, what);
            };
            const field = document.getElementById("input"), send = document.getElementById("send");
            for (const n of [1, 2, 3]) {
                field.value = `xóm ${n} được ${n}`;
                field.dispatchEvent(new Event("input"));
                send.click();
            }
        }"""
    )
    await expect(message(page, "Hôm nay em 6 máy")).to_be_visible()
    assert talk.done_by("hv1") == {"activated": 6}


async def test_the_hamlet_in_use_is_always_in_sight(pages: Pages) -> None:
    """Chosen from the commune's list with two taps; the chip says it from then on."""
    _, screen = await pages.joined("An")
    page = screen.page
    chip = page.get_by_role("button", name=re.compile("Thôn đang dùng"))
    await expect(chip).to_contain_text("Chọn thôn")
    await chip.click()
    await page.get_by_role("button", name="Xóm 4").click()
    await expect(chip).to_contain_text("Xóm 4")
    await says(page, "được 2")
    await expect(message(page, "✅ Xóm 4: 2 máy")).to_be_visible()


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
        await expect(message(page, f"xóm {n} được {n}").get_by_text("bot đã ghi")).to_be_attached()
    own = await page.locator(".row.mine .said").all_inner_texts()
    assert own == [f"xóm {n} được {n}" for n in (1, 2, 3, 4)]
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
        own = await page.locator(".row.mine .said").all_inner_texts()
        assert own == [f"xóm {n} được {n}" for n in range(1, 11)]
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
    _, own = await pages.joined("Bình")
    await says(own.page, "xóm 2 được 1")
    await expect(message(own.page, "✅ Xóm 2: 1 máy")).to_be_visible()
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


async def test_a_refused_edit_is_mended(pages: Pages, talk: Talk) -> None:
    """`Sửa lại` opens the edit that it was: sent again it corrects the report; what was being written stays."""
    _, screen = await pages.joined("An")
    page = screen.page
    await says(page, "xóm 4 được 3")
    await expect(message(page, "✅ Xóm 4: 3 máy")).to_be_visible()
    with session(talk.database) as tx:
        tx.run("UPDATE posts SET person = (SELECT id FROM people WHERE ref = 'hv2') WHERE text = 'xóm 4 được 3'")
    own = page.locator(".row.mine")
    await own.get_by_role("button", name="Thao tác với tin này").click()
    await page.get_by_role("button", name="Sửa", exact=True).last.click()
    await says(page, "xóm 4 được 5")
    await expect(own).to_contain_text("chưa gửi được chỗ sửa: tin này không sửa được nữa")
    with session(talk.database) as tx:
        tx.run("UPDATE posts SET person = (SELECT id FROM people WHERE ref = 'hv1') WHERE text = 'xóm 4 được 3'")
    field = page.get_by_role("textbox", name="Tin nhắn")
    await field.fill("đang gõ")
    await own.get_by_role("button", name="Sửa lại").click()
    await expect(page.locator("#about")).to_contain_text("xóm 4 được 3")
    await expect(field).to_have_value("xóm 4 được 5")
    await expect(own.locator(".state")).to_be_hidden()
    await page.get_by_role("button", name="Gửi", exact=True).click()
    await expect(message(page, "✏️ Xóm 4: 5 máy")).to_be_visible()
    await expect(field).to_have_value("đang gõ")
    await expect(own.locator(".said")).to_have_text("xóm 4 được 5")
    assert talk.done_by("hv1") == {"activated": 5}


async def test_opened_where_one_stopped_reading(pages: Pages, talk: Talk) -> None:
    """Forty unread messages: shown from the first, counted, and read once the end is in sight."""
    _, screen = await pages.joined("An")
    page = screen.page
    tab = page.locator(".tab").nth(1)
    await tab.click()
    await says(page, "mai ai đi xóm 5?")
    await expect(message(page, "mai ai đi").get_by_text("bot đã ghi")).to_be_attached()
    await page.locator(".tab").first.click()
    await page.goto("about:blank")
    with session(talk.database) as tx:
        room = tx.one("SELECT id FROM rooms WHERE team IS NOT NULL")
        assert room is not None
        for n in range(40):
            posts.add(tx, room["id"], f"tin số {n}", at=1_684_600_000_000 + n * 1000)
    await page.goto(screen.url)
    await tab.click()
    await expect(page.locator(".unread")).to_have_text("40 tin chưa đọc")
    await expect(page.locator(".unread")).to_be_in_viewport()
    await expect(message(page, "tin số 39")).not_to_be_in_viewport()
    await page.get_by_role("button", name="Xuống tin mới nhất, 40 tin chưa đọc").click()
    await expect(message(page, "tin số 39")).to_be_in_viewport()
    await expect(tab.locator(".badge")).to_be_hidden()


async def test_a_change_of_an_old_message_leaves_no_gap(pages: Pages, talk: Talk) -> None:
    """What changed far above is not taken for the one that stands before the oldest here."""
    _, screen = await pages.joined("An")
    page = screen.page
    await expect(message(page, "Chào em An")).to_be_visible()
    with session(talk.database) as tx:
        room = tx.one("SELECT id FROM rooms WHERE team IS NOT NULL")
        assert room is not None
        ids = [posts.add(tx, room["id"], f"tin số {n}", at=1_684_600_000_000 + n * 1000) for n in range(400)]
    await page.reload()
    await page.locator(".tab").nth(1).click()
    await expect(page.locator(".row").first).to_contain_text("tin số 370")
    with session(talk.database) as tx:
        posts.edit(tx, ids[5], "đổi rồi", at=1_684_700_000_000)
    await page.reload()
    await page.locator(".tab").nth(1).click()
    await expect(page.locator(".row").first).to_contain_text("tin số 370")
    await page.locator(".row").first.scroll_into_view_if_needed()
    await expect(page.locator(".row").first).to_contain_text("tin số 320")


async def test_two_browsers_and_the_teams_room(pages: Pages, talk: Talk) -> None:
    """A phone and a desktop at once: talk, a report's sign, unread marks, a reply, and the night's summary."""
    _, phone = await pages.joined("An")
    _, desk = await pages.joined("Dũng", size=DESKTOP)
    await phone.page.locator(".tab").nth(1).click()
    await says(phone.page, "mai ai đi xóm 5?")
    await says(phone.page, "xóm 4 được 3")
    await expect(message(phone.page, "xóm 4 được 3").locator(".reaction")).to_have_text("👍")
    tab = desk.page.locator(".tab").nth(1)
    await expect(tab.get_by_label("2 tin chưa đọc")).to_be_visible()
    await expect(desk.page).to_have_title("(2) Bacung")
    await tab.click()
    await expect(tab.get_by_label("2 tin chưa đọc")).to_be_hidden()
    await message(desk.page, "mai ai đi").hover()
    await message(desk.page, "mai ai đi").get_by_role("button", name="Thao tác").click()
    await desk.page.get_by_role("button", name="Trả lời").click()
    await says(desk.page, "anh đi")
    await expect(message(phone.page, "anh đi").locator(".quote")).to_contain_text("mai ai đi xóm 5?")
    talk.clock.set(SUMMARY + timedelta(minutes=1))
    await expect(message(phone.page, "20/05")).to_be_visible()


async def test_an_officer_on_a_desktop(pages: Pages, talk: Talk) -> None:
    """The usual questions are buttons; nothing to report with."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3").hears("3 máy")
    _, screen = await pages.joined("Khoa", size=DESKTOP)
    page = screen.page
    await page.get_by_role("button", name="/tong", exact=True).click()
    await expect(message(page, "Đã xong 8.103")).to_be_visible()
    await expect(page.get_by_role("button", name="3 máy", exact=True)).to_be_hidden()


async def test_five_hundred_unread(pages: Pages, talk: Talk) -> None:
    """Counted, opened at the newest, and read back page by page without the place jumping."""
    context, screen = await pages.joined("An")
    page = screen.page
    await expect(message(page, "Chào em An")).to_be_visible()
    await page.goto("about:blank")
    with session(talk.database) as tx:
        room = tx.one("SELECT id FROM rooms WHERE team IS NOT NULL")
        assert room is not None
        for n in range(500):
            posts.add(tx, room["id"], f"tin số {n}", at=1_684_600_000_000 + n * 1000)
    await page.goto(screen.url)
    tab = page.locator(".tab").nth(1)
    await expect(tab.get_by_label("500 tin chưa đọc")).to_have_text("99+")
    await tab.click()
    await expect(message(page, "tin số 499")).to_be_in_viewport()
    for first in (470, 420, 370):
        await expect(page.locator(".row").first).to_contain_text(f"tin số {first}")
        seen = page.get_by_text(f"tin số {first + 3}", exact=True)
        await seen.scroll_into_view_if_needed()
        await expect(page.locator(".row").first).to_contain_text(f"tin số {first - 50}")
        await expect(seen).to_be_in_viewport()
        if first == 370:
            break
    await expect(tab.locator(".badge")).to_be_hidden()
    await context.close()


@pytest.mark.parametrize(
    "text", ["<img src=x onerror=alert(1)>xóm 4 được 3", "\u202exóm 4 được 3\u202c", "x" * 3000, "á" * 900]
)
async def test_hostile_messages_are_text(pages: Pages, text: str) -> None:
    """Scripts do not run, marks of direction stay inside, and nothing makes the page wider than the phone."""
    _, screen = await pages.joined("An", size=SMALL)
    page = screen.page
    page.on("dialog", lambda dialog: screen.errors.append(dialog.message))
    await says(page, text)
    await expect(page.locator(".row.mine .said").last).to_have_text(text.strip())
    await expect(page.locator(".row.mine").last.get_by_text("bot đã ghi")).to_be_attached()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


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
    await expect(message(page, "✅ Xóm 4: 3 máy")).to_be_visible()
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
