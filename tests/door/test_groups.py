"""Whose group it is, and what is told there."""

import re
from itertools import count

import pytest

from tests.platforms import Chat
from tests.talk import Person, Talk

PRIVATELY = "không xem ở nhóm này"


async def test_a_lead_does_not_take_another_teams_group(talk: Talk) -> None:
    """It stays the team's; an admin may give it away, and the lead who loses it is told."""
    talk.needs("open groups")
    dung, giang, linh = await talk.person("Dũng"), await talk.person("Giang"), await talk.person("Linh")
    group = talk.emulator.group("Tổ", [dung.user, giang.user, linh.user])
    await dung.says("/gannhom", group).hears("nhóm của tổ Xuân Thu")
    await giang.says("/gannhom", group).hears("đang là nhóm của tổ Xuân Thu")
    await dung.says("/tong", group).hears("Xã Xuân Thu")
    await linh.says("/gannhom Minh Phú", group).hears("nhóm của tổ Minh Phú")
    await dung.waits("không còn là nhóm của tổ", "Linh", "Minh Phú")
    await dung.says("/tong", group).hears(PRIVATELY)


async def _asks(person: Person, group: object) -> list[str]:
    """What the bot says there to each way of asking for numbers."""
    heard = []
    ways = ("/to", "/to An", "/tong", "/tong hôm qua", "/xa Xuân Thu", "/xa", "@bacung_bot Xuân Thu được bao nhiêu?")
    for text in ways:
        heard.append((await person.says(text, group).hears("")).text)
    return heard


@pytest.mark.parametrize("name", ["Dũng", "Khoa", "Linh"])
async def test_groups_without_a_team_are_told_nothing(talk: Talk, name: str) -> None:
    """Neither names nor totals, whoever asks and however."""
    talk.needs("open groups")
    await (await talk.person("An")).says("xóm 4 được 3").hears("3 máy")
    person = await talk.person(name)
    group = talk.emulator.group("Bạn bè", [person.user])
    await talk.settled()
    for text in await _asks(person, group):
        assert PRIVATELY in text, text


@pytest.mark.on("telegram")
async def test_a_report_among_friends_tells_nothing_but_itself(talk: Talk) -> None:
    """It counts, and the answer says neither where student and team stand nor what was reported elsewhere."""
    an, binh = await talk.person("An"), await talk.person("Bình")
    await binh.says("xóm 4 được 7").hears("7 máy")
    group = talk.emulator.group("Bạn bè", [an.user])
    asked = await an.says("nhà bà Lan xóm 5 tầm 5 máy", group).hears("số chính xác")
    answer = await an.presses("5", asked, group).hears("✅ Nhà bà Lan, xóm 5: 5 máy")
    assert "cả tổ" not in answer.text
    await an.presses("Hoàn tác", answer, group).hears("Đã rút báo cáo", "Nhà bà Lan, xóm 5: 5 máy")
    await an.says("nhà ông Tư xóm 4 được 3").hears("Nhà ông Tư, xóm 4: 3 máy", "cả tổ 10")
    await an.says("hủy", group).hears("Đã rút báo cáo", "Xóm 4: 3 máy")
    for command in ("/homnay", "/huy", "/sua xóm 4 được 2", "/thon", "@bacung_bot em được mấy máy rồi?"):
        await an.says(command, group).hears(PRIVATELY)
    await talk.settled()
    assert [text for one in group.from_bot if re.search(r"ông Tư|cả tổ [0-9]", text := one.text)] == []


async def test_another_teams_group_is_told_nothing_of_ours(talk: Talk) -> None:
    """A lead in a group of another team."""
    talk.needs("open groups")
    dung, giang = await talk.person("Dũng"), await talk.person("Giang")
    group = await talk.team_chat(giang, dung)
    for text in await _asks(dung, group):
        assert PRIVATELY in text, text


async def test_a_teams_group_is_told_of_its_own_commune(talk: Talk) -> None:
    """An officer of the whole campaign hears there only of that commune."""
    talk.needs("open groups")
    dung, khoa = await talk.person("Dũng"), await talk.person("Khoa")
    await (await talk.person("An")).says("xóm 4 được 3").hears("3 máy")
    await talk.team_chat(dung, khoa)
    group = await talk.team_chat(dung, khoa)
    heard = await khoa.says("/tong", group).hears("Xã Xuân Thu", "3")
    assert "Phú Minh" not in heard.text
    await khoa.says("/xa Phú Minh", group).hears(PRIVATELY)
    await khoa.says("/xa", group).hears("Xã Xuân Thu", "An")
    await khoa.says("/to", group).hears("An")
    await dung.says("/to", group).hears("An")
    await khoa.says("/tong").hears("Phú Minh")


ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
HIDDEN = "Bot không nghe được tin gửi ẩn danh"


AS_A_CHANNEL = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}


async def says_unnamed(talk: Talk, group: Chat, text: str, *, channel: int | None = None, **more: object) -> bool:
    """Somebody writes as the group itself, or as a channel; whether the bot says why it does not hear them."""
    before = len(group.from_bot)
    there = {"id": group.id, "type": "supergroup", "title": "Tổ"}
    as_whom = there if channel is None else {"id": channel, "type": "channel", "title": "Kênh"}
    sender = ANONYMOUS if channel is None else AS_A_CHANNEL
    id = 9000 + next(_NUMBERS)
    head = {"message_id": id, "date": int(talk.clock.now().timestamp()), "text": text}
    talk.emulator.push({"message": {**head, "from": sender, "sender_chat": as_whom, "chat": there, **more}})
    await talk.settled()
    return any(HIDDEN in one.text for one in group.from_bot[before:])


_NUMBERS = count()


@pytest.mark.on("telegram")
@pytest.mark.parametrize(
    "text", ["/gannhom", "/bc 3 máy", "/trogiup", "@bacung_bot 3 máy", "xóm 4 được 3", "cả ngày 9"]
)
async def test_anonymous_admins_are_told_why_they_are_not_heard(talk: Talk, text: str) -> None:
    """Once in ten minutes, in each group, of what would count or is said to the bot; talk is let pass."""
    dung = await talk.person("Dũng")
    group = await talk.team_chat(dung)
    await talk.settled()
    heard = [await says_unnamed(talk, group, said) for said in ("mai ai đi xóm 5?", "xong", "cảm ơn", text, text)]
    assert heard == [False, False, False, True, False]
    assert talk.look(lambda tx: tx.all("SELECT * FROM reports")) == []


@pytest.mark.on("telegram")
async def test_who_writes_as_a_channel_is_told_likewise(talk: Talk) -> None:
    """But not the group's own channel, whose posts Telegram puts into it."""
    dung = await talk.person("Dũng")
    group = await talk.team_chat(dung)
    await talk.settled()
    assert not await says_unnamed(talk, group, "xóm 4 được 3", channel=-100777, is_automatic_forward=True)
    assert await says_unnamed(talk, group, "xóm 4 được 3", channel=-100778)
    assert talk.look(lambda tx: tx.all("SELECT * FROM reports")) == []


@pytest.mark.on("telegram")
async def test_a_group_is_greeted_when_the_bot_is_let_in(talk: Talk) -> None:
    """Not at each change of its rights, and never in a channel, where nobody can speak to it."""
    dung = await talk.person("Dũng")
    group = talk.emulator.group("Tổ", [dung.user])
    await talk.settled()

    def greeted() -> int:
        return sum("Chào cả tổ" in one.text for one in group.from_bot)

    assert greeted() == 1
    for standing in ("administrator", "member", "restricted", "administrator"):
        dung.talk.emulator.world.tell_standing(group, dung.user.json, standing)
        await talk.settled()
    assert greeted() == 1
    dung.user.removes_bot(group)
    dung.user.adds_bot(group)
    await talk.settled()
    assert greeted() == 2
    before = len(talk.emulator.calls_of("sendMessage"))
    talk.emulator.push(
        {
            "my_chat_member": {
                "chat": {"id": -100777, "type": "channel", "title": "Tin"},
                "from": dung.user.json,
                "date": int(talk.clock.now().timestamp()),
                "old_chat_member": {"status": "left", "user": ANONYMOUS},
                "new_chat_member": {"status": "administrator", "user": ANONYMOUS},
            }
        }
    )
    await talk.settled()
    assert len(talk.emulator.calls_of("sendMessage")) == before


OUT = "Bot không còn ở nhóm Tổ"


@pytest.mark.on("telegram")
async def test_who_leads_the_team_hears_that_the_bot_was_thrown_out(talk: Talk) -> None:
    """Not the one who did it; let in again, the group is the team's as before, and says so."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    an.user.removes_bot(group)
    await dung.waits(OUT, "thêm bot lại")
    await dung.says("/to").hears("⚠️ Bot không gửi được vào nhóm Tổ")
    an.user.adds_bot(group)
    await talk.settled()
    assert "Bot đã trở lại. Nhóm này vẫn là nhóm của tổ Xuân Thu" in group.from_bot[-1].text
    await an.says("xóm 4 được 3", group).sees("👍")
    dung.user.removes_bot(group)
    await talk.settled()
    assert sum(OUT in one.text for one in dung.private.from_bot) == 1


@pytest.mark.on("telegram")
async def test_a_group_that_is_gone_is_noticed_by_what_is_sent(talk: Talk) -> None:
    """Where no platform told of it."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    talk.emulator.fail("forbidden", method="sendMessage", chat=group)
    an.says("khoảng 5 máy", group)
    await dung.waits(OUT)


async def test_a_group_is_released(talk: Talk) -> None:
    """By its own lead or an admin; then it is no team's, hears nothing of any, and can be bound again."""
    talk.needs("open groups")
    dung, giang = await talk.person("Dũng"), await talk.person("Giang")
    group = talk.emulator.group("Tổ", [dung.user, giang.user])
    await dung.says("/gannhom bỏ", group).hears("chưa là nhóm của tổ nào")
    await dung.says("/gannhom", group).hears("nhóm của tổ Xuân Thu")
    await giang.says("/gannhom bỏ", group).hears("đang là nhóm của tổ Xuân Thu")
    await dung.says("/gannhom bỏ", group).hears("không còn là nhóm của tổ Xuân Thu")
    await dung.says("/tong", group).hears(PRIVATELY)
    await giang.says("/gannhom", group).hears("nhóm của tổ Minh Phú")
