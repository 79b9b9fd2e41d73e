"""On the page: what stands under an own message, and lists of forty reports on a phone."""

import pytest
from playwright.async_api import Page, expect

from tests.chromium import DESKTOP, PHONE, Pages, needs_chromium
from tests.talk import Talk
from tests.web.pages.hands import message, own, says

pytestmark = [needs_chromium, pytest.mark.on("telegram")]


async def becomes(page: Page, part: str, kind: str, words: str) -> None:
    """Under the own message with this part stands this, to be seen."""
    did = own(page, part).locator(".did")
    await expect(did).to_have_text(words)
    await expect(did).to_have_attribute("data-kind", kind)
    await expect(did).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
async def test_received_and_stored_look_different(pages: Pages, talk: Talk, size: dict[str, int]) -> None:
    """Talk has one tick and `đã nhận`, a report two and its numbers; it follows answers, corrections, withdrawals."""
    _, screen = await pages.joined("An", size=size)
    page = screen.page
    await says(page, "chào bot")
    await becomes(page, "chào bot", "received", "đã nhận")
    await says(page, "nhà bà Lan xóm 4 được 3, vắng 1")
    await becomes(page, "bà Lan xóm 4", "counted", "đã ghi 3 máy, 1 nhà vắng")
    ticks = [await own(page, part).locator(".tick use").get_attribute("href") for part in ("chào bot", "bà Lan xóm 4")]
    assert ticks == ["#i-check", "#i-checks"]
    await says(page, "nhà ông Đoài tầm 5 máy")
    await becomes(page, "ông Đoài tầm", "open", "đã nhận, chưa rõ số")
    await says(page, "6")
    await becomes(page, "ông Đoài tầm", "counted", "đã ghi 6 máy")
    await says(page, "nhầm, nhà bà Lan 4")
    await becomes(page, "bà Lan xóm 4", "counted", "đã ghi 4 máy, 1 nhà vắng")
    await becomes(page, "nhầm, nhà bà Lan", "into", "đã tính vào tin 19:30")
    await page.get_by_role("button", name="Hoàn tác").last.click()
    await becomes(page, "bà Lan xóm 4", "counted", "đã ghi 3 máy, 1 nhà vắng")
    await says(page, "/huy")
    await becomes(page, "ông Đoài tầm", "withdrawn", "đã rút")
    await says(page, "hôm nay được 10")
    await becomes(page, "hôm nay được 10", "counted", "đã ghi 7 máy")
    assert talk.done_by("hv1") == {"activated": 10, "absent": 1}
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_it_stands_after_a_reload_and_without_a_network(pages: Pages, talk: Talk) -> None:
    """What the page keeps says it too; what changed meanwhile is there once there is a network again."""
    context, screen = await pages.joined("An")
    page = screen.page
    await says(page, "nhà bà Lan xóm 4 được 3")
    await becomes(page, "bà Lan xóm 4", "counted", "đã ghi 3 máy")
    await page.evaluate("navigator.serviceWorker.ready")
    await page.reload()
    await becomes(page, "bà Lan xóm 4", "counted", "đã ghi 3 máy")
    await context.set_offline(True)
    await says(page, "xóm 5 được 1")
    await expect(own(page, "xóm 5 được 1").get_by_text("chưa gửi được")).to_be_visible()
    await expect(own(page, "xóm 5 được 1").locator(".did")).to_be_hidden()
    await page.close()
    page = await context.new_page()
    await page.goto(screen.url)  # from what this browser keeps
    await becomes(page, "bà Lan xóm 4", "counted", "đã ghi 3 máy")
    elsewhere = await talk.person("An")
    await elsewhere.says("nhầm, nhà bà Lan 4").hears("✏️ Nhà bà Lan, xóm 4: 4 máy")
    await talk.settled()
    await becomes(page, "bà Lan xóm 4", "counted", "đã ghi 3 máy")
    await context.set_offline(False)
    await becomes(page, "bà Lan xóm 4", "counted", "đã ghi 4 máy")
    await becomes(page, "xóm 5 được 1", "counted", "đã ghi 1 máy")


async def test_an_edit_under_way_claims_nothing(pages: Pages) -> None:
    """Until the bot has the edit, what was stored of the words before does not stand under the new ones."""
    context, screen = await pages.joined("An")
    page = screen.page
    await says(page, "xóm 4 được 3")
    await becomes(page, "xóm 4 được", "counted", "đã ghi 3 máy")
    await context.set_offline(True)
    await own(page, "xóm 4 được 3").get_by_role("button", name="Thao tác với tin này").click()
    await page.get_by_role("button", name="Sửa", exact=True).last.click()
    await says(page, "xóm 4 được 5")
    await expect(own(page, "xóm 4 được 5").locator(".state")).to_be_visible()
    await expect(own(page, "xóm 4 được 5").locator(".did")).to_be_hidden()
    await context.set_offline(False)
    await becomes(page, "xóm 4 được 5", "counted", "đã ghi 5 máy")


async def test_what_an_older_page_kept_is_asked_for_anew(pages: Pages) -> None:
    """Its messages do not say what became of them: none is shown as merely received."""
    _, screen = await pages.joined("An")
    page = screen.page
    await says(page, "xóm 4 được 3")
    await becomes(page, "xóm 4 được", "counted", "đã ghi 3 máy")
    await page.evaluate(
        """() => new Promise((done) => {
            indexedDB.open("bacung").onsuccess = ({ target }) => {
                const tx = target.result.transaction("messages", "readwrite");
                const store = tx.objectStore("messages");
                store.openCursor().onsuccess = ({ target }) => {
                    const cursor = target.result;
                    if (!cursor) return;
                    delete cursor.value.became;
                    cursor.update(cursor.value);
                    cursor.continue();
                };
                tx.oncomplete = done;
            };
        })"""
    )
    await page.reload()
    await becomes(page, "xóm 4 được", "counted", "đã ghi 3 máy")


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
async def test_forty_reports_on_the_page(pages: Pages, talk: Talk, size: dict[str, int]) -> None:
    """A list that is read at a glance: whole, each line an item, numbers with their units; changed in three taps."""
    an = await talk.person("An")
    for n in range(1, 41):
        await an.says(f"nhà số {n} xóm {4 + n % 2} được {1 + n % 3}, vắng 1, lỗi 1").hears(f"Nhà số {n}, xóm")
    _, screen = await pages.joined("An", size=size)
    page = screen.page
    await says(page, "/homnay")
    listed = message(page, "📋 Hôm nay em đã báo 40 tin:")
    await expect(listed.locator(".item")).to_have_count(20)
    await expect(listed.locator(".unfold")).to_be_hidden()
    await expect(listed.get_by_text("Nhà số 40, xóm 4: 2 máy, 1 nhà vắng, 1 máy chưa cài được")).to_be_in_viewport()
    assert await listed.locator(".buttons button").all_inner_texts() == ["Sửa …", "Cũ hơn"]
    await listed.get_by_role("button", name="Cũ hơn").click()
    older = message(page, "20 tin mới hơn")
    await older.get_by_role("button", name="Sửa …").click()
    choice = message(page, "sửa hay xóa tin nào")
    await expect(choice.locator(".buttons button")).to_have_count(13)
    await choice.get_by_role("button", name="12. ").click()
    one = message(page, "Tin lúc")
    await expect(one).to_contain_text("Nhà số 12, xóm 4: 1 máy, 1 nhà vắng")
    await one.get_by_role("button", name="Xóa", exact=True).click()
    await expect(message(page, "↩️ Đã rút báo cáo")).to_contain_text("Nhà số 12, xóm 4: 1 máy")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert talk.done_by("hv1") == {"activated": 79, "absent": 39, "failed": 39}
