"""The dashboard in a real Chromium: on a phone and a desk, live, drawn, without a script, on paper, for everybody."""

import asyncio
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import BrowserContext, Page, Request, Route, expect

from handlers.texts import number
from tests.chromium import DESKTOP, PHONE, Pages, Screen, needs_chromium, shots
from tests.talk import CODES, Talk
from tests.web.dashboard.links import asks
from tests.web.pages.hands import message, says

pytestmark = [needs_chromium, pytest.mark.on("telegram")]
# What the page's policy refuses is told to the test as an error of the page.
TELLS = "addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective}`))"
# Now, instead of when it is time: the page looks again.
LOOKS = "dispatchEvent(new Event('online'))"


async def _evening(talk: Talk) -> None:
    """Three evenings of two teams, the last of which goes on."""
    an, em = await talk.person("An"), await talk.person("Em")
    for reports in ((an, "xóm 4 được 7, vắng 1"), (an, "xóm 5 được 4"), (em, "thôn Phú Hạ được 6")):
        await reports[0].says(reports[1]).hears(str(re.findall(r"được (\d+)", reports[1])[0]))
    talk.clock.advance(timedelta(days=1))
    await an.says("xóm 4 được 3").hears("3 máy")
    await talk.settled()


async def _opened(pages: Pages, talk: Talk, name: str = "Khoa", **how: Any) -> tuple[BrowserContext, Screen]:
    """The dashboard of an officer who has opened the link of /web and pressed."""
    path = await asks(await talk.person(name))
    context, screen = await pages.stranger(**how)
    await context.add_init_script(TELLS)
    await screen.page.goto(screen.url + path)
    await screen.page.get_by_role("button", name="Mở bảng số liệu").click()
    await expect(screen.page.get_by_role("heading", level=1)).to_be_visible()
    return context, screen


async def _drawn(page: Page, number: int) -> None:
    """All pictures are there."""
    await page.locator("#hinh").scroll_into_view_if_needed()
    await expect(page.locator(".chart svg.marks")).to_have_count(number)


async def _violations(page: Page) -> list[str]:
    found = await Axe().run(page)
    return [f"{one['id']}: {[node['html'][:160] for node in one['nodes']]}" for one in found.response["violations"]]


async def test_from_the_link_to_a_student(pages: Pages, talk: Talk) -> None:
    """On a phone: a press, the campaign, a commune, a hamlet, a student, and back; the days stay in the address."""
    await _evening(talk)
    _, screen = await _opened(pages, talk)
    page = screen.page
    assert "/mo" not in page.url
    await expect(page.locator("#tiles")).to_contain_text(number(8120))
    await page.get_by_role("link", name="Đợt 1").click()
    await page.locator("#xa").get_by_role("link", name="Xuân Thu").click()
    await expect(page.get_by_role("heading", name="Xã Xuân Thu")).to_be_visible()
    await page.locator("#thon").get_by_role("link", name="Xóm 4").click()
    await expect(page.locator("#tiles")).to_contain_text("10 máy")
    await page.locator("#nguoi-o-thon").get_by_role("link", name="An").click()
    await expect(page.get_by_role("heading", name="An", exact=True)).to_be_visible()
    await expect(page.locator("#thon-cua-nguoi")).to_contain_text("Xóm 5")
    await expect(page.locator("#tiles")).to_contain_text("14 máy")
    assert "ky=dot-1" in page.url
    shared = page.url
    await page.get_by_role("link", name="Xã Xuân Thu").click()
    await page.get_by_label("Xem xã").select_option("Xã Minh Phú")
    await expect(page.get_by_role("heading", name="Xã Minh Phú")).to_be_visible()
    assert "ky=dot-1" in page.url
    await page.goto(shared)
    await expect(page.get_by_role("heading", name="An", exact=True)).to_be_visible()
    await page.get_by_role("link", name="VNeID thử").click()
    await page.locator("#xa").get_by_role("link", name="Xã", exact=True).click()
    names = page.locator("#xa tbody th")
    await expect(names).to_have_text(["Minh Phú", "Phú Minh", "Xuân Thu"])
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", [PHONE, DESKTOP])
async def test_nothing_in_the_way_of_anybody(pages: Pages, talk: Talk, size: dict[str, int], dark: bool) -> None:
    """axe-core finds no violation on any page, with the pictures drawn; nothing is wider than the screen."""
    await _evening(talk)
    _, stranger = await pages.stranger(size=size, dark=dark)
    await stranger.page.goto(stranger.url + await asks(await talk.person("Khoa")))
    assert await _violations(stranger.page) == []
    _, screen = await _opened(pages, talk, size=size, dark=dark)
    page = screen.page
    for address, drawn in (("", 3), ("?ky=dot-1&xep=ten", 3), ("?xa=451", 2), ("?xa=451&nguoi=hv1", 0), ("/dong", 0)):
        await page.goto(f"{screen.url}/bang{address}")
        if drawn:
            await _drawn(page, drawn)
        assert await _violations(page) == [], address
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    folder = shots()
    if folder is not None:
        await page.goto(f"{screen.url}/bang")
        await _drawn(page, 3)
        await page.screenshot(
            path=folder / f"dashboard-{size['width']}-{'dark' if dark else 'light'}.png", full_page=True
        )


async def test_without_a_script(pages: Pages, talk: Talk) -> None:
    """Every number, list and finding is in the page itself; the commune is chosen by a button."""
    await _evening(talk)
    path = await asks(await talk.person("Khoa"))
    _, screen = await pages.stranger(profile={"java_script_enabled": False})
    page = screen.page
    await page.goto(screen.url + path)
    await page.get_by_role("button", name="Mở bảng số liệu").click()
    await expect(page.locator("#xa tfoot")).to_contain_text(number(8120))
    await expect(page.locator("#hinh figure")).to_have_count(3)
    await expect(page.locator("#hinh-course .words")).to_contain_text(f"Đã xong {number(8120)}/{number(30940)} máy")
    await page.get_by_label("Xem xã").select_option("Xã Xuân Thu")
    await page.get_by_role("button", name="Xem", exact=True).click()
    await expect(page.get_by_role("heading", name="Xã Xuân Thu")).to_be_visible()
    await expect(page.locator("#nguoi")).to_contain_text("chưa báo")


async def test_numbers_and_pictures_are_live(pages: Pages, talk: Talk) -> None:
    """A report and its correction show without a press, and whoever is at a link stays at it; an equal page is 304."""
    await _evening(talk)
    an = await talk.person("An")
    _, screen = await _opened(pages, talk)
    page = screen.page
    await _drawn(page, 3)
    statuses: list[int] = []
    page.on("response", lambda answer: statuses.append(answer.status) if "/bang/so" in answer.url else None)
    link = page.locator("#xa").get_by_role("link", name="Xuân Thu")
    await link.focus()
    said = await an.says("xóm 5 được 5")
    await page.evaluate(LOOKS)
    await expect(page.locator("#xa tr", has_text="Xuân Thu")).to_contain_text("8")
    await expect(page.locator("#tiles")).to_contain_text(number(8125))
    await expect(page.locator("#hinh-course .words")).to_contain_text(number(8125))
    await expect(link).to_be_focused()
    await an.edits(said, "xóm 5 được 4")
    await talk.settled()
    await page.evaluate(LOOKS)
    await expect(page.locator("#tiles")).to_contain_text(number(8124))
    async with page.expect_response(lambda answer: "/bang/so" in answer.url) as same:
        await page.evaluate(LOOKS)
    assert (await same.value).status == 304
    assert statuses == [200, 200, 304]


async def test_it_looks_again_by_itself_and_not_while_hidden(pages: Pages, talk: Talk) -> None:
    """Every quarter of a minute while it is looked at; a hidden page asks for nothing, and looks when it is back."""
    await _evening(talk)
    path = await asks(await talk.person("Khoa"))
    _, screen = await pages.stranger()
    page = screen.page
    await page.clock.install()
    await page.goto(screen.url + path)
    await page.get_by_role("button", name="Mở bảng số liệu").click()
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if "/bang/so" in request.url else None)
    async with page.expect_response(lambda answer: "/bang/so" in answer.url):
        await page.clock.run_for(15_100)
    assert len(asked) == 1
    await _is(page, "hidden")
    await page.clock.run_for(600_000)
    assert len(asked) == 1
    async with page.expect_response(lambda answer: "/bang/so" in answer.url):
        await _is(page, "visible")
    assert len(asked) == 2


async def _is(page: Page, state: str) -> None:
    await page.evaluate(
        """(state) => {
            Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        state,
    )


async def test_a_lost_connection_is_said(pages: Pages, talk: Talk) -> None:
    """What stands there says of when it is, and goes on by itself."""
    context, screen = await _opened(pages, talk)
    page = screen.page
    await context.set_offline(True)
    await page.evaluate(LOOKS)
    await expect(page.get_by_role("status")).to_contain_text(
        "Mất kết nối, đang thử lại. Số liệu trên màn hình là của lúc"
    )
    await context.set_offline(False)
    await page.evaluate(LOOKS)
    await expect(page.locator("#news")).to_be_empty()


async def test_what_is_closed_from_the_chat_goes_from_the_screen(pages: Pages, talk: Talk) -> None:
    """`/web đóng`: with the next look the numbers are gone."""
    _, screen = await _opened(pages, talk)
    page = screen.page
    await (await talk.person("Khoa")).says("/web đóng").hears("Đã đóng 1 bảng")
    await page.evaluate(LOOKS)
    await expect(page.get_by_role("heading", name="Bảng số liệu chưa mở trên máy này")).to_be_visible()
    await expect(page.locator("#tiles")).to_have_count(0)
    screen.errors[:] = [error for error in screen.errors if "403" not in error]


async def test_the_pictures_are_the_charts_of_the_chats(pages: Pages, talk: Talk) -> None:
    """Drawn within the policy from the same specification, told when pointed at, with Vietnamese numbers."""
    await _evening(talk)
    _, screen = await _opened(pages, talk, size=DESKTOP)
    page = screen.page
    await _drawn(page, 3)
    labels = await page.locator("#hinh-reached svg text").all_text_contents()
    assert "Xuân Thu" in labels
    assert any(re.fullmatch(r"\d+,\d%", label) for label in labels)
    axis = await page.locator("#hinh-course svg text").all_text_contents()
    assert any(re.fullmatch(r"\d\.\d{3}", label) for label in axis)
    bars = page.locator("#hinh-reached svg .mark-rect path")
    await bars.last.hover()
    await expect(page.locator("#vg-tooltip-element")).to_be_visible()
    title = await page.locator("#hinh-course h2").text_content()
    assert title
    assert title.startswith("Đã xong 26,2%")


async def test_marks_lead_on_as_the_lists_do(pages: Pages, talk: Talk) -> None:
    """A press on a commune's bar opens the commune; on a cell of the heat map, on that day."""
    await _evening(talk)
    _, screen = await _opened(pages, talk, size=DESKTOP)
    page = screen.page
    await _drawn(page, 3)
    await page.locator("#hinh-reached svg .mark-rect path[aria-label*='Minh Phú']").first.click()
    await expect(page.get_by_role("heading", name="Xã Minh Phú")).to_be_visible()
    await page.go_back()
    await _drawn(page, 3)
    await page.locator("#hinh-heat svg .mark-rect path[aria-label*='2023-05-20'][aria-label*='Xuân Thu']").click(
        position={"x": 8, "y": 8}
    )
    await expect(page.get_by_role("heading", name="Xã Xuân Thu")).to_be_visible()
    assert "ky=2023-05-20" in page.url
    await expect(page.locator("#tiles")).to_contain_text("11 máy")


async def test_pictures_that_do_not_come_leave_their_numbers(pages: Pages, talk: Talk) -> None:
    """Where they cannot be fetched it is said, and their numbers stand below."""
    await _evening(talk)
    context, screen = await _opened(pages, talk)
    page = screen.page

    async def refused(route: Route) -> None:
        await route.fulfill(status=503)

    await context.route("**/bang/hinh*", refused)
    await page.reload()
    await page.locator("#hinh").scroll_into_view_if_needed()
    await expect(page.locator("#hinh-course .chart")).to_contain_text("Hình chưa tải được")
    await expect(page.locator("#hinh-course .words")).to_contain_text("Đã xong")
    screen.errors[:] = [error for error in screen.errors if "503" not in error]


async def test_what_a_visit_weighs(pages: Pages, talk: Talk) -> None:
    """Numbers come first and are light: what draws is fetched once pictures are near, and kept."""
    await _evening(talk)
    _, screen = await _opened(pages, talk)
    page = screen.page
    await page.goto(f"{screen.url}/bang?xa=451&nguoi=hv1", wait_until="networkidle")
    sizes = await page.evaluate("performance.getEntries().map((one) => [one.name, one.transferSize ?? 0])")
    assert sum(size for _, size in sizes) <= 40_000, sizes
    assert not any("drawing" in name for name, _ in sizes)
    await page.goto(f"{screen.url}/bang")
    await _drawn(page, 3)
    await page.reload()
    await _drawn(page, 3)
    again = await page.evaluate(
        "performance.getEntries().filter((one) => one.name.includes('drawing')).map((one) => one.transferSize)"
    )
    assert again == [0]


async def test_on_paper(pages: Pages, talk: Talk, tmp_path: Path) -> None:
    """A4: what is looked at and when, all lists and pictures; no menus, no buttons."""
    await _evening(talk)
    _, screen = await _opened(pages, talk, size=DESKTOP)
    page = screen.page
    await page.get_by_role("link", name="Đợt 1").click()
    await _drawn(page, 3)
    await page.pdf(path=tmp_path / "page.pdf", format="A4")
    document = pypdfium2.PdfDocument(tmp_path / "page.pdf")
    text = "\n".join(one.get_textpage().get_text_range() for one in document)
    assert len(document) <= 2
    for part in (
        "VNeID thử",
        "Số liệu lúc 19:30 ngày 21/05",
        "Đợt 1 (16/05–05/06)",
        "Xuân Thu",
        "T7 20/05",
        number(8120),
    ):
        assert part in text, part
    for part in ("Hôm qua", "Đóng bảng", "Tất cả các xã", "Số liệu của hình"):
        assert part not in text, part
    await asyncio.to_thread(document.close)


async def test_officers_find_it_in_the_web_chat(pages: Pages) -> None:
    """A link beside the rooms, and one in the answer to /web; students see neither."""
    _, screen = await pages.joined("Khoa")
    page = screen.page
    await says(page, "/web")
    answer = message(page, "Bảng số liệu:")
    await answer.get_by_role("link", name="/bang/mo/").click()
    await page.get_by_role("button", name="Mở bảng số liệu").click()
    await expect(page.get_by_role("heading", name="VNeID thử")).to_be_visible()
    await page.get_by_role("link", name="Về chat").click()
    await page.get_by_role("link", name="Bảng số liệu", exact=True).click()
    await expect(page.get_by_role("heading", name="VNeID thử")).to_be_visible()
    _, student = await pages.joined("An")
    await expect(message(student.page, "Chào em An")).to_be_visible()
    await expect(student.page.get_by_role("link", name="Bảng số liệu")).to_be_hidden()
    assert CODES["An"] not in student.page.url
