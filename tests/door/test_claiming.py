"""A code admits one account a platform: a second one waits for the word of its owner, who is asked there."""

from datetime import datetime

import pytest

from storage.engine.database import session
from storage.running import allowances
from tests.browsers import Browser
from tests.talk import CODES, ZONE, Person, Talk

WAITS = "đang được dùng trên một tài khoản"
ASKED = "Có phải em đổi tài khoản không?"


async def claimed(talk: Talk, name: str, newcomer: str = "An (máy khác)") -> Person:
    """Somebody gave the code of a person who is in already."""
    other = talk.stranger(newcomer)
    await other.says(f"/start {CODES[name]}").hears(WAITS)
    await talk.settled()
    return other


async def test_a_used_code_admits_nobody(talk: Talk) -> None:
    """The newcomer learns that it is in use and no name; nothing of the owner's reaches them or is theirs to do."""
    talk.needs("accounts")
    an = await talk.person("An")
    other = await claimed(talk, "An")
    assert "An" not in other.private.from_bot[-1].text
    assert ASKED in an.private.from_bot[-1].text
    before = len(other.private.from_bot)
    await other.says("xóm 4 được 9")
    await an.says("xóm 4 được 2").hears("em 2 máy")
    await talk.settled()
    assert [one.text for one in other.private.from_bot[before:] if "máy" in one.text] == []
    assert talk.done_by("hv1") == {"activated": 2}


async def test_the_owner_moves_to_the_new_account(talk: Talk) -> None:
    """One press, and the new account is welcome; the old one is a stranger's, and the evening goes on where it was."""
    talk.needs("accounts")
    an = await talk.person("An")
    await an.says("xóm 4 được 3").hears("em 3 máy")
    other = await claimed(talk, "An")
    await an.presses("Là em, chuyển sang", an.private.from_bot[-1]).hears("Đã chuyển sang tài khoản")
    await other.waits("Chào em An, tổ Xuân Thu!")
    await other.says("xóm 4 được 2").hears("em 5 máy")
    await an.says("xóm 4 được 9").hears("/start kèm mã")
    assert talk.done_by("hv1") == {"activated": 5}
    if "menus" not in talk.platform.lacks:
        assert "homnay" in talk.platform.menu(other.user)


async def test_a_code_that_is_not_the_owners_hand_is_locked(talk: Talk) -> None:
    """The owner goes on; who waited is told; the lead is told, and one press makes a new code."""
    talk.needs("accounts")
    an, dung = await talk.person("An"), await talk.person("Dũng")
    other = await claimed(talk, "An")
    await an.presses("Không phải em", an.private.from_bot[-1]).hears("Mã đã khóa", "Bot đã báo Dũng")
    await other.waits("nên mã này đã khóa")
    told = await dung.waits("An (hv1) báo", "/taoma hv1")
    await other.says(f"/start {CODES['An']}").hears("không đúng hoặc đã khóa")
    await an.says("xóm 4 được 3").hears("em 3 máy")
    shown = await dung.presses("Tạo mã mới", told).hears("Mã mới của An (hv1): ")
    code = shown.text.partition("Mã mới của An (hv1): ")[2].split()[0]
    await talk.settled()
    assert "Dũng vừa tạo mã mới cho em" in an.private.from_bot[-1].text
    await other.says(f"/start {code}").hears("Chào em An")  # whoever has the new code has it from the lead
    await talk.settled()
    assert "đã được thay" in an.private.from_bot[-1].text
    await an.says("xóm 4 được 9").hears("/start kèm mã")


@pytest.mark.on("telegram")
async def test_without_a_lead_the_admin_is_told(talk: Talk) -> None:
    """Dũng has not joined; of an officer's code an admin is told as well; an admin alone helps themselves."""
    linh, an, khoa = await talk.person("Linh"), await talk.person("An"), await talk.person("Khoa")
    await claimed(talk, "An")
    await an.presses("Không phải em", an.private.from_bot[-1]).hears("Bot đã báo Linh")
    await linh.waits("An (hv1) báo")
    await claimed(talk, "Khoa", "Lạ")
    await khoa.presses("Không phải tôi", khoa.private.from_bot[-1]).hears("Bot đã báo Linh")
    await linh.waits("Khoa (cb2) báo")
    await claimed(talk, "Linh", "Lạ nữa")
    await linh.presses("Không phải tôi", linh.private.from_bot[-1]).hears("gửi /taoma")


@pytest.mark.on("telegram")
async def test_the_owner_is_asked_once_of_each_and_of_three_at_most(talk: Talk) -> None:
    """However often they try; and the word about one that waits no more changes nothing."""
    an = await talk.person("An")
    others = [talk.stranger(f"Lạ {n}") for n in range(5)]
    for _ in range(3):
        for other in others:
            await other.says(f"/start {CODES['An']}")
    await talk.settled()
    asked = [one for one in an.private.from_bot if ASKED in one.text]
    assert len(asked) == 3
    assert all(WAITS in other.private.from_bot[-1].text for other in others)
    await others[1].says(f"/start {CODES['Bình']}").hears("Chào em Bình")  # who is somebody else by now waits no more
    await an.presses("Là em, chuyển sang", asked[1]).hears("không còn chờ nữa")
    await others[1].says("xóm 4 được 3").hears("em 3 máy")
    await an.presses("Không phải em", asked[0]).hears("Mã đã khóa")
    await an.presses("Là em, chuyển sang", asked[2]).hears("không còn chờ nữa")
    assert (talk.done_by("hv1"), talk.done_by("hv2")) == ({}, {"activated": 3})


@pytest.mark.on("zalo")
async def test_the_owner_is_asked_though_strangers_are_told_nothing(talk: Talk) -> None:
    """Half the month's messages are used: the newcomer waits in silence, the owner's question is a member's."""
    an = await talk.person("An")
    with session(talk.database) as tx:
        allowances.spend(tx, "zalo", 202305, 1600)
    other = talk.stranger("An (máy khác)")
    other.says(f"/start {CODES['An']}")
    await an.presses("Là em, chuyển sang", await an.waits(ASKED)).hears("Đã chuyển")
    await other.waits("Chào em An")


@pytest.mark.on("telegram")
async def test_where_the_old_account_cannot_be_reached(talk: Talk) -> None:
    """The owner who blocked the bot there is asked in the web chat; who is nowhere is referred to a new code."""
    binh = await talk.person("Bình")
    binh.user.blocks()
    await talk.settled()
    await talk.stranger("Bình mới").says(f"/start {CODES['Bình']}").hears(WAITS, "xin người phát mã một mã mới")
    an = await talk.person("An")
    async with Browser(await talk.url()) as browser:
        await browser.join(CODES["An"])
        await browser.connect()
        an.user.blocks()
        await talk.settled()
        other = await claimed(talk, "An")
        await browser.presses("Là em, chuyển sang", await browser.hears(ASKED))
        await other.waits("Chào em An")
        await browser.says("xóm 4 được 3")
        await browser.hears("em 3 máy")


@pytest.mark.on("telegram", "web")
async def test_a_code_ends_with_the_phase(talk: Talk) -> None:
    """Two work days beyond its last; officers still come, and who is in on a platform stays in."""
    talk.clock.set(datetime(2023, 6, 8, 3, 30, tzinfo=ZONE))
    an = await talk.person("An")
    talk.clock.set(datetime(2023, 6, 8, 4, 30, tzinfo=ZONE))
    await talk.stranger("Bình").says(f"/start {CODES['Bình']}").hears("đã kết thúc")
    await talk.person("Khoa")
    if talk.platform.name != "web":  # there sessions end, too
        await an.says("/start").hears("đã ở trong")
