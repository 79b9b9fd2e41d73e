"""The web chat's page on a phone: an evening, typed, tapped and read."""

import re

import pytest
from playwright.async_api import expect

from storage.engine.database import session
from storage.webchat import posts
from tests.chromium import Pages, needs_chromium
from tests.talk import CODES, Talk
from tests.web.pages.hands import message, says

pytestmark = [needs_chromium, pytest.mark.on("telegram")]


async def test_an_evening_on_a_phone(pages: Pages, talk: Talk) -> None:
    """A link, a press, a report, an edit and an undo: each confirmed as the bot's."""
    _, screen = await pages.joined("An")
    page = screen.page
    await expect(message(page, "Chào em An")).to_be_visible()
    assert CODES["An"] not in page.url
    await says(page, "nhà bà Lan xóm 4 được 3, vắng 1")
    await expect(message(page, "✅ Nhà bà Lan, xóm 4: 3 máy, 1 nhà vắng")).to_be_visible()
    own = message(page, "nhà bà Lan xóm 4 được 3")
    await expect(own.get_by_text("đã ghi 3 máy, 1 nhà vắng")).to_be_attached()
    await own.get_by_role("button", name="Thao tác với tin này").click()
    await page.get_by_role("button", name="Sửa", exact=True).last.click()
    await says(page, "nhà bà Lan xóm 4 được 4, vắng 1")
    await expect(message(page, "✏️ Nhà bà Lan, xóm 4: 4 máy (trước là 3), 1 nhà vắng")).to_be_visible()
    await expect(message(page, "nhà bà Lan xóm 4 được 4").get_by_text("đã sửa")).to_be_visible()
    await page.get_by_role("button", name="Hoàn tác").last.click()
    await expect(message(page, "↩️ Đã bỏ chỗ vừa sửa, vẫn ghi như trước: Nhà bà Lan, xóm 4: 3 máy")).to_be_visible()
    assert talk.done_by("hv1") == {"activated": 3, "absent": 1}


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
    await expect(message(page, "mai ai đi").get_by_text("đã nhận")).to_be_attached()
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
