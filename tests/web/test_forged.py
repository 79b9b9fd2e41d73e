"""Presses that no page of ours would send: they change the message of their own offer, and nobody else's."""

import pytest

from tests.browsers import Browser, Message
from tests.emulators.telegram import Shown
from tests.talk import Talk
from tests.web.conftest import Open

pytestmark = pytest.mark.on("telegram")  # the web chat is there as well


async def reported(browser: Browser, text: str, room: int) -> Message:
    """A report of this person, taken and signed, as everybody in the room sees it."""
    message = await browser.taken(await browser.says(text, room))
    await browser.until(lambda: browser.messages[message["id"]]["reaction"] is not None)
    return message


def data_of(message: Message, label: str) -> str:
    """What the button sends."""
    return next(str(one["data"]) for row in message["buttons"] for one in row if one["label"] == label)


async def test_a_press_that_names_another_post_leaves_it_alone(web: Open, talk: Talk) -> None:
    """Own offers, pressed as if they stood under the lead's post or another of the bot's: only their own change."""
    an, dung = await web("An"), await web("Dũng")
    team = an.room("team")
    post = await reported(dung, "xóm 5 được 2", team)
    await an.says("xóm 4 tầm 3 máy", team)
    asked = await an.hears("số chính xác", room=team)
    await dung.says("xóm 4 tầm 9 máy", team)
    other = await dung.hears("Đồng chí", "số chính xác", room=team)
    for target in (post["id"], other["id"]):
        await an.taken(await an.send(t="press", message=target, data=data_of(asked, "3"), age=0))
    await an.until(lambda: "✅ Xóm 4: 3 máy" in an.messages[asked["id"]]["text"])
    await an.until(lambda: dung.messages[asked["id"]]["text"] == an.messages[asked["id"]]["text"])
    assert dung.messages[post["id"]]["text"] == "xóm 5 được 2"
    assert dung.messages[other["id"]]["text"] == other["text"]
    assert dung.messages[other["id"]]["buttons"] == other["buttons"]


async def test_a_press_in_one_room_changes_nothing_in_another(web: Open, talk: Talk) -> None:
    """An offer of the private room, pressed under a post of the team's room, is none there."""
    an, dung = await web("An"), await web("Dũng")
    post = await reported(dung, "xóm 5 được 2", an.room("team"))
    await an.says("xóm 4 được 3")
    answer = await an.hears("✅ Xóm 4: 3 máy")
    await an.taken(await an.send(t="press", message=post["id"], data=data_of(answer, "Hoàn tác"), age=0))
    await talk.settled()
    assert dung.messages[post["id"]]["text"] == "xóm 5 được 2"
    assert talk.done_by("hv1") == {"activated": 3}


async def test_commands_that_nobody_offered_are_no_presses(web: Open, talk: Talk) -> None:
    """`/bc` pressed on a colleague's report counts nothing, and the colleague's later edit is heard."""
    an, binh = await web("An"), await web("Bình")
    team = an.room("team")
    post = await reported(binh, "xóm 5 được 2", team)
    for data in ("c/bc xóm 4 được 9", "c/sua 8", "c/huy", "c/start MA-CUA-KHOA"):
        await an.taken(await an.send(t="press", message=post["id"], data=data, age=0))
    await an.until(lambda: len(an.notices) == 4)
    await binh.taken(await binh.send(t="edit", message=post["id"], text="xóm 5 được 4", age=0))
    await binh.until(lambda: binh.messages[post["id"]]["reaction"] == "✍")
    assert (talk.done_by("hv1"), talk.done_by("hv2")) == ({}, {"activated": 4})


async def test_a_forged_press_on_telegram(talk: Talk) -> None:
    """Telegram hands on whatever data an app sends for any message of the bot: likewise."""
    an, dung = await talk.person("An"), await talk.person("Dũng")
    group = await talk.team_chat(dung, an)
    other = await dung.says("xóm 4 tầm 9 máy", group).hears("số chính xác")
    before = other.text
    asked = await an.says("xóm 4 tầm 3 máy", group).hears("số chính xác")
    an.user.forges("c/bc xóm 4 được 9", other)
    await talk.settled()
    assert talk.done_by("hv1") == {}
    an.user.forges(_data(asked, "3"), other)
    await talk.settled()
    assert "✅ Xóm 4: 3 máy" in asked.text
    assert other.text == before
    assert talk.done_by("hv1") == {"activated": 3}


def _data(shown: Shown, label: str) -> str:
    rows = (shown.markup or {})["inline_keyboard"]
    return next(str(one["callback_data"]) for row in rows for one in row if one["text"] == label)


async def test_ids_of_the_bots_own_cannot_be_taken(web: Open, talk: Talk) -> None:
    """Whatever ids a forged browser has sent, its person joins with another one, and the bot greets it."""
    an = await web("An")
    forged = {await an.says("xóm 4 được 1", id=f"device-{n}") for n in range(1, 9)}
    await an.until(lambda: forged <= an.acks.keys())
    other = await web("An")
    assert other.welcome["me"]["name"] == "An"
    await other.taken(await other.says("xóm 5 được 1"))
    mine = [row["uuid"] for row in talk.look(lambda tx: tx.all("SELECT uuid FROM actions WHERE kind = 'join'"))]
    assert len(mine) == 2
    again = await web("Bình")
    await again.send_raw({"t": "say", "id": mine[0], "room": again.room(), "text": "xóm 4 được 3", "age": 0})
    await again.until(lambda: again.closed == 4400)
