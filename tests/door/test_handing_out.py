"""/taoma and /khoama: a new code for somebody in the place of the old, somebody locked out, and who has come in."""

from pathlib import Path

import pytest

from storage.running import channels
from tests.browsers import Browser
from tests.platforms import Shown
from tests.talk import CODES, ROSTER, Talk, talking

NEW = "Mã mới của "


def code_in(shown: Shown) -> str:
    """The code that an answer shows."""
    code: str = shown.text.partition("): ")[2].split()[0]
    return code


async def test_a_new_code_ends_the_old_one(talk: Talk) -> None:
    """By name or id, with links; the old code lets nobody in, the new one does."""
    talk.needs("strangers")
    dung = await talk.person("Dũng")
    shown = await dung.says("/taoma An").hears("Mã mới của An (hv1): ", "Chỉ gửi riêng cho An")
    first = code_in(shown)
    assert len(first) == 10
    links = {state.name: state.username for state in talk.look(channels.all_of)}
    assert f"{links['web']}/vao/{first}" in shown.text
    if talk.platform.name == "telegram":
        assert f"https://t.me/{links['telegram']}?start={first}" in shown.text
    second = code_in(await dung.says("/taoma HV1").hears(NEW))
    an = talk.stranger("An")
    for code in (CODES["An"], first):
        await an.says(f"/start {code}").hears("không đúng hoặc đã khóa")
    await an.says(f"/start {second.lower()}").hears("Chào em An")


async def test_whoever_is_in_stays_until_the_new_code_is_used(talk: Talk) -> None:
    """A lost phone: the account on it ends as soon as the owner comes in elsewhere by the new code."""
    talk.needs("accounts")
    linh, an = await talk.person("Linh"), await talk.person("An")
    shown = await linh.says("/taoma hv1").hears(NEW, "Tài khoản đang dùng vẫn dùng được")
    await talk.settled()
    assert "Linh vừa tạo mã mới cho em" in an.private.from_bot[-1].text
    await an.says("xóm 4 được 3").hears("em 3 máy")
    other = talk.stranger("An (máy mới)")
    await other.says(f"/start {code_in(shown)}").hears("Chào em An")
    await talk.settled()
    assert "đã được thay" in an.private.from_bot[-1].text
    await an.says("xóm 4 được 9").hears("/start kèm mã")
    await other.says("xóm 4 được 2").hears("em 5 máy")


@pytest.mark.on("telegram")
async def test_whoever_gave_the_new_code_themselves_is_asked_first(talk: Talk) -> None:
    """The code that is in use is again one account's."""
    linh, an = await talk.person("Linh"), await talk.person("An")
    code = code_in(await linh.says("/taoma hv1").hears(NEW))
    await an.says(f"/start {code}").hears("đã ở trong")
    await talk.stranger("Lạ").says(f"/start {code}").hears("đang được dùng trên một tài khoản Telegram khác")
    await talk.settled()
    assert "Có phải em đổi tài khoản không?" in an.private.from_bot[-1].text


@pytest.mark.on("telegram", "zalo")
async def test_somebody_is_locked_out(talk: Talk) -> None:
    """Code, accounts and devices end at once; what was reported stays; a new code lets in again."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await an.says("xóm 4 được 3").hears("em 3 máy")
    async with Browser(await talk.url()) as browser:
        await browser.join(CODES["An"])
        await browser.connect()
        shown = await dung.says("/khoama An").hears("Đã khóa An (hv1)", "ngắt 1 tài khoản", "ngắt 1 thiết bị")
        await talk.settled()
        assert "đã bị khóa" in an.private.from_bot[-1].text
        await an.says("xóm 4 được 9").hears("/start kèm mã")
        await browser.until(lambda: browser.closed == 4401)
    await an.says(f"/start {CODES['An']}").hears("không đúng hoặc đã khóa")
    await dung.says("/khoama hv1").hears("đã bị khóa từ trước")
    await dung.says("/to").hears("An: 3 máy", "chưa vào: An (đã khóa), Bình, Cúc")
    shown = await dung.presses("Tạo mã mới", shown).hears(NEW)
    await an.says(f"/start {code_in(shown)}").hears("Chào em An")
    await an.says("xóm 4 được 2").hears("em 5 máy")


@pytest.mark.on("telegram")
async def test_leads_for_their_team_and_admins_for_all(talk: Talk) -> None:
    """A lead cannot reach beyond the team, not even with the code in hand; nobody locks themselves; none in a group."""
    dung, linh, an, khoa = [await talk.person(name) for name in ("Dũng", "Linh", "An", "Khoa")]
    for wanted in ("Em", "hv5", CODES["Em"], "Khoa", "cb2"):
        for command in ("taoma", "khoama"):
            await dung.says(f"/{command} {wanted}").hears("Tổ không có ai")
    await dung.says("/khoama Dũng").hears("không tự khóa mình được")
    await dung.says("/taoma").hears("Gửi kèm tên hoặc số hiệu")
    for one in (an, khoa):
        await one.says("/taoma An").hears("không dành cho vai")
    await linh.says(f"/khoama {CODES['Em']}").hears("Đã khóa Em (hv5)")
    await linh.says("/taoma cb2").hears("Mã mới của Khoa (cb2)")
    await linh.says("/taoma Ai đó").hears("Danh sách không có ai tên hoặc số hiệu “Ai đó”")
    group = await talk.team_chat(dung, an)
    await dung.says("/taoma An", group).hears("chỉ dùng khi nhắn riêng")
    assert talk.look(
        lambda tx: [row["what"] for row in tx.all("SELECT what FROM audits WHERE what LIKE '%code%'")]
    ) == ["code made"]


@pytest.mark.parametrize("channel", ["telegram", "zalo"])
async def test_of_several_of_one_name_one_is_chosen(tmp_path: Path, channel: str) -> None:
    """By a press, or by the number typed; a whole name means who has just that, marks or not."""
    roster = ROSTER + "hv8,Lê Minh,student,451,Đợt 1,MA-CUA-MINH8\nhv9,Trần Minh,student,451,Đợt 1,MA-CUA-MINH9\n"
    async with talking(tmp_path, files={"roster.csv": roster}, platform=channel) as talk:
        dung = await talk.person("Dũng")
        await dung.says("/taoma le minh").hears("Mã mới của Lê Minh (hv8)")
        shown = await dung.says("/taoma Minh").hears("Chọn một người")
        await dung.presses("2. Trần Minh (hv9), Xuân Thu", shown).hears("Mã mới của Trần Minh (hv9)")
        await dung.says("/khoama minh").hears("Chọn một người")
        await dung.says("1").hears("Đã khóa Lê Minh (hv8)")


async def test_the_team_shows_who_has_not_come_in(talk: Talk) -> None:
    """In a short line, until everybody has."""
    dung = await talk.person("Dũng")
    await talk.person("Bình")
    await dung.says("/to").hears("· chưa vào: An, Cúc")
    for name in ("An", "Cúc"):
        await talk.person(name)
    shown = await dung.says("/to").hears("Cả đợt 0 máy")
    assert "chưa vào" not in shown.text
