"""The web chat's page after a restore: it drops what it kept, loads afresh, and sends what it had not sent."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.chromium import Pages, needs_chromium
from tests.commands.test_command_line import Shell
from tests.crash.supervisor import free_port
from tests.talk import Talk
from tests.web.pages.hands import message, own, says

pytestmark = [needs_chromium, pytest.mark.on("telegram")]


async def test_a_page_that_knows_more_than_the_restored_database(pages: Pages, talk: Talk, tmp_path: Path) -> None:
    """What the restore took away is gone from the page too; what waited is sent, a lost edit is given back."""
    shell = Shell(tmp_path / "shell")
    shell.database = talk.database
    await talk.stop()
    talk.set(BACUNG_WEB__PORT=str(free_port()))  # browsers come back to it
    await talk.start()
    context, screen = await pages.joined("An")
    page = screen.page
    await says(page, "xóm 1 được 1")
    await expect(message(page, "✅ Xóm 1: 1 máy")).to_be_visible()
    await talk.settled()
    backup = talk.folder / "copy.db"
    await asyncio.to_thread(shell.out, "backup", str(backup))
    for n in (2, 3):
        await says(page, f"xóm {n} được {n}")
        await expect(message(page, f"✅ Xóm {n}: {n} máy")).to_be_visible()
    other = await context.new_page()  # two tabs share what is kept and what waits
    await other.goto(screen.url)
    await expect(message(other, "✅ Xóm 3: 3 máy")).to_be_visible()
    await page.bring_to_front()
    await page.evaluate("navigator.serviceWorker.ready")
    await context.set_offline(True)
    await own(page, "xóm 2 được 2").get_by_role("button", name="Thao tác với tin này").click()
    await page.get_by_role("button", name="Sửa", exact=True).last.click()
    await says(page, "xóm 2 được 7")
    await says(page, "xóm 9 được 9")
    await expect(own(page, "xóm 9 được 9")).to_be_visible()
    await talk.stop()
    await asyncio.to_thread(shell.out, "restore", str(backup))
    await talk.start()
    await talk.url()
    await context.set_offline(False)
    for tab in (page, other):
        await expect(message(tab, "✅ Xóm 9: 9 máy")).to_be_visible()
        await expect(own(tab, "xóm 9 được 9").get_by_text("đã ghi 9 máy")).to_be_visible()
        await expect(tab.locator(".row", has_text="xóm 3 được 3")).to_have_count(0)
        await expect(message(tab, "✅ Xóm 1: 1 máy")).to_be_visible()
    await expect(own(page, "xóm 2 được 7").get_by_text("chưa gửi được")).to_be_visible()
    assert talk.done_by("hv1") == {"activated": 10}
    await page.reload()
    await expect(message(page, "✅ Xóm 9: 9 máy")).to_be_visible()
    await expect(page.locator(".row", has_text="xóm 3 được 3")).to_have_count(0)
    said = await page.locator(".row.mine .said").all_inner_texts()
    assert said == ["xóm 1 được 1", "xóm 9 được 9", "xóm 2 được 7"]
