"""The web chat over real sockets: what is typed is kept once, answered, and seen by whom it concerns."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from storage.engine.database import session
from storage.engine.transaction import Transaction
from storage.webchat import posts
from tests.browsers import Browser
from tests.talk import Talk
from tests.timetable.test_jobs import SUMMARY, done
from tests.web.conftest import Open

pytestmark = pytest.mark.on("telegram")  # beside it the web chat is what these are about


async def test_an_evening_in_a_browser(web: Open, talk: Talk) -> None:
    """Joined by a link, a student reports, edits and undoes; each message is confirmed once the bot has it."""
    an = await web("An")
    await an.hears("Chào em An")
    first = await an.says("nhà bà Lan xóm 4 được 3, vắng 1")
    message = await an.taken(first)
    assert (message["state"], message["uuid"], message["mine"]) == ("taken", first, True)
    answer = await an.hears("Nhà bà Lan, xóm 4: 3 máy, 1 nhà vắng", "Hôm nay em 3 máy")
    edit = await an.send(t="edit", message=message["id"], text="nhà bà Lan xóm 4 được 4, vắng 1", age=0)
    await an.taken(edit)
    await an.hears("✏️ Nhà bà Lan, xóm 4: 4 máy (trước là 3)", "Hôm nay em 4 máy")
    assert an.messages[answer["id"]]["text"].startswith("✏️"), "the bot edits its answer"
    assert an.messages[message["id"]]["edited"]
    await an.taken(await an.presses("Hoàn tác", an.messages[answer["id"]]))
    await an.until(lambda: "vẫn ghi như trước: Nhà bà Lan, xóm 4: 3 máy" in an.messages[answer["id"]]["text"])
    assert talk.done_by("hv1") == {"activated": 3, "absent": 1}


async def test_an_edit_made_earlier_that_arrives_later_changes_nothing(web: Open, talk: Talk) -> None:
    """From a second phone that was offline: what was written last stands in the book and in the room."""
    first, second = await web("An"), await web("An")
    message = await first.taken(await first.send(t="say", room=first.room(), text="xóm 4 được 3", age=3_600_000))
    await first.hears("Hôm nay em 3 máy")
    await first.taken(await first.send(t="edit", message=message["id"], text="xóm 4 được 20", age=60_000))
    late = await second.send(t="edit", message=message["id"], text="xóm 4 được 30", age=1_800_000)
    shown = await second.taken(late)
    assert (shown["text"], shown["state"]) == ("xóm 4 được 20", "taken")
    await second.until(lambda: second.messages[message["id"]]["state"] == "taken")
    assert talk.done_by("hv1") == {"activated": 20}
    last = await second.send(t="edit", message=message["id"], text="xóm 4 được 21", age=0)
    assert (await second.taken(last))["text"] == "xóm 4 được 21"
    assert talk.done_by("hv1") == {"activated": 21}


async def test_what_was_written_before_a_correction_is_asked_about(web: Open, talk: Talk) -> None:
    """An edit that was on its way for long meets what was put right in words since: that stands until a yes."""
    an = await web("An")
    message = await an.taken(await an.send(t="say", room=an.room(), text="xóm 4 được 3", age=3_600_000))
    await an.hears("Hôm nay em 3 máy")
    await an.taken(await an.send(t="say", room=an.room(), text="nhầm, 5 chứ không phải 3", age=60_000))
    await an.hears("Xóm 4: 5 máy (trước là 3)")
    await an.taken(await an.send(t="edit", message=message["id"], text="xóm 4 được 30", age=1_800_000))
    asked = await an.hears("bot giữ Xóm 4: 5 máy", "Sửa thành Xóm 4: 30 máy chứ?")
    assert talk.done_by("hv1") == {"activated": 5}
    await an.taken(await an.presses("Sửa", asked))
    await an.hears("Xóm 4: 30 máy (trước là 5)")
    assert talk.done_by("hv1") == {"activated": 30}


async def test_an_edit_is_never_older_than_its_message(web: Open, talk: Talk) -> None:
    """However wrong the clock of the phone was on which it was made: it counts, and on the message's own day."""
    an = await web("An")
    message = await an.taken(await an.says("xóm 4 được 3"))
    await an.hears("Hôm nay em 3 máy")
    await an.taken(await an.send(t="edit", message=message["id"], text="xóm 4 được 5", age=10**12))
    await an.hears("5 máy (trước là 3)", "Hôm nay em 5 máy")
    await an.taken(await an.send(t="edit", message=message["id"], text="xóm 4 được 6", age=0))
    await an.hears("6 máy (trước là 5)")
    assert talk.done_by("hv1") == {"activated": 6}


async def test_a_withdrawal_written_before_a_report_is_not_of_it(web: Open, talk: Talk) -> None:
    """What was the last when it was written is taken back, after a yes."""
    an = await web("An")
    await an.taken(await an.send(t="say", room=an.room(), text="xóm 4 được 3", age=3_600_000))
    await an.taken(await an.send(t="say", room=an.room(), text="xóm 5 được 2", age=60_000))
    await an.taken(await an.send(t="say", room=an.room(), text="/huy", age=1_800_000))
    await an.taken(await an.presses("Rút", await an.hears("Rút báo cáo lúc", "Xóm 4: 3 máy")))
    await an.hears("Đã rút báo cáo", "Xóm 4: 3 máy")
    assert talk.done_by("hv1") == {"activated": 2}


async def test_what_is_sent_again_is_done_once(web: Open, talk: Talk) -> None:
    """The same UUID is acknowledged again and counted once; with other words it is refused."""
    an = await web("An")
    id = await an.says("xóm 4 được 3")
    await an.taken(id)
    an.acks.clear()
    await an.says("xóm 4 được 3", id=id)
    await an.taken(id)
    await an.says("xóm 4 được 5", id=id)
    assert await an.refused(id) == "id"
    await an.hears("Hôm nay em 3 máy")
    assert talk.done_by("hv1") == {"activated": 3}


async def test_the_order_of_typing_is_kept(web: Open) -> None:
    """Many at once are stored and answered in the order in which they were sent."""
    an = await web("An")
    ids = [await an.says(f"xóm {n} được {n}") for n in range(1, 41)]
    for id in ids:
        await an.taken(id)
    await an.hears("Hôm nay em 820 máy")
    own = sorted((one for one in an.messages.values() if one["mine"]), key=lambda one: one["id"])
    assert [one["uuid"] for one in own] == ids
    said = [one["text"] for one in an.from_bot() if "Hôm nay em" in one["text"]]
    assert [text.split("Hôm nay em ")[1].split()[0] for text in said] == [
        str(sum(range(1, n + 1))) for n in range(1, 41)
    ]


@pytest.mark.parametrize(
    ("age", "behind"),
    [(3_600_000, 3600), (10**9, 86_400), (-5, 0), ("x", 0), (float("nan"), 0), (None, 0), (True, 0), (1e300, 86_400)],
)
async def test_it_counts_for_when_it_was_typed(web: Open, talk: Talk, age: Any, behind: int) -> None:
    """Without a signal for an hour: for an hour ago; a clock that went wrong is no reason to lose it."""
    an = await web("An")
    before = talk.clock.now()
    id = await an.send(t="say", room=an.room(), text="xóm 4 được 3", age=age)
    message = await an.taken(id)
    typed = before.timestamp() - behind
    assert typed - 1 <= message["at"] / 1000 <= typed + 30
    await an.hears("3 máy")


@pytest.mark.parametrize(
    ("frame", "why"),
    [
        ({"t": "say", "text": "x" * 4001}, "long"),
        ({"t": "say", "text": " \n"}, "empty"),
        ({"t": "say", "text": "\u200b"}, "empty"),
        ({"t": "say", "text": "\u3164 \u2060"}, "empty"),
        ({"t": "say", "text": "xóm 4 được 3", "room": 999}, "room"),
        ({"t": "edit", "message": 999, "text": "xóm 4 được 3"}, "message"),
        ({"t": "press", "message": 999, "data": "o1:undo"}, "message"),
    ],
)
async def test_what_cannot_be_taken_is_refused(web: Open, talk: Talk, frame: dict[str, Any], why: str) -> None:
    """A frame that will never be taken is refused with its reason, and changes nothing."""
    an = await web("An")
    assert await an.refused(await an.send(**{"room": an.room(), "age": 0, **frame})) == why
    assert talk.done_by("hv1") == {}


@pytest.mark.parametrize(
    "frame",
    ["{", "[]", '{"t":"say"}', '{"t":"nonsense"}', '"x"', "null", '{"t":"say","id":"' + "x" * 99 + '"}', "[" * 5000],
)
async def test_frames_that_are_none_close_the_socket(web: Open, frame: str) -> None:
    """They end this connection alone; the next one works."""
    an = await web("An")
    await an.send_raw(frame)
    await an.until(lambda: an.closed == 4400)
    await an.taken(await an.says("xóm 4 được 3"))


async def test_a_hundred_kilobytes_are_not_read(web: Open, talk: Talk) -> None:
    """A frame of 100 kB ends its connection, and harms nobody else's."""
    an, binh = await web("An"), await web("Bình")
    await an.send_raw({"t": "say", "id": str(uuid.uuid4()), "room": an.room(), "text": "x" * 100_000, "age": 0})
    await an.until(lambda: an.closed == 1009)
    await binh.taken(await binh.says("xóm 4 được 3"))
    await an.taken(await an.says("xóm 5 được 1"))


@pytest.mark.parametrize(
    "text", ["\ud800 xóm 4 được 3", "xóm\u0000 4 được 3", "xóm 4\u200b được\u202e 3", "<b>xóm 4 được 3"]
)
async def test_hostile_characters(web: Open, talk: Talk, text: str) -> None:
    """Half characters, zeros, marks of direction and markup are text like any other."""
    an = await web("An")
    await an.taken(await an.says(text))
    await an.until(lambda: an.from_bot()[-1]["text"] != "" and len(an.from_bot()) >= 2)
    assert talk.done_by("hv1") in ({"activated": 3}, {})


async def test_private_numbers_are_never_stored(web: Open, talk: Talk) -> None:
    """An identity number is masked before anything is stored; the sender sees it so, and is told."""
    an = await web("An")
    message = await an.taken(await an.says("cụ Tám xóm 4 cccd 001303000123, 1 máy"))
    assert "001303000123" not in message["text"]
    await an.hears("1 máy", "🔒")
    await talk.stop()
    assert b"001303000123" not in talk.database.read_bytes()


async def test_the_team_has_a_room(web: Open, talk: Talk) -> None:
    """The team sees what is said there; a report gets a sign, and another once edited; the summary comes there."""
    an, binh, em = await web("An"), await web("Bình"), await web("Em")
    room = an.room("team")
    assert binh.room("team") == room
    assert em.room("team") != room
    await an.taken(await an.says("mai ai đi xóm 5?", room))
    heard = await binh.until(lambda: next((one for one in binh.messages.values() if "mai ai" in one["text"]), None))
    assert (heard["from"]["name"], heard["mine"], heard["uuid"]) == ("An", False, None)
    id = await binh.says("xóm 5 được 2", room, reply=heard["id"])
    message = await binh.taken(id)
    assert message["reply"] == {"id": heard["id"], "name": "An", "text": "mai ai đi xóm 5?"}
    await an.until(lambda: an.messages.get(message["id"], {}).get("reaction") == "👍")
    await binh.taken(await binh.send(t="edit", message=message["id"], text="xóm 5 được 3", age=0))
    await an.until(lambda: an.messages[message["id"]]["reaction"] == "✍")
    assert an.messages[message["id"]]["text"] == "xóm 5 được 3"
    assert an.from_bot(room) == []
    talk.clock.set(SUMMARY + timedelta(minutes=1))
    await done(talk, "summary")
    await an.hears("20/05", "Bình", room=room)
    assert not any(one["room"] == room for one in em.messages.values())


async def test_rooms_of_others_are_closed(web: Open, talk: Talk) -> None:
    """Nobody writes, edits, presses or reads where they are not."""
    an, em = await web("An"), await web("Em")
    room, own = an.room(), await an.taken(await an.says("xóm 4 được 3"))
    answer = await an.hears("3 máy")
    for frame in (
        {"t": "say", "room": room, "text": "xóm 4 được 9"},
        {"t": "edit", "message": own["id"], "text": "xóm 4 được 9"},
        {"t": "press", "message": answer["id"], "data": answer["buttons"][0][0]["data"]},
    ):
        assert await em.refused(await em.send(age=0, **frame)) in ("room", "message")
    await em.send_raw({"t": "history", "room": room, "before": 999})
    await em.taken(await em.says("xóm 1 được 1"))
    assert not any(frame["t"] == "history" for frame in em.frames)
    binh = await web("Bình")
    team = await an.taken(await an.says("chào cả tổ", an.room("team")))
    assert await binh.refused(await binh.send(t="edit", message=team["id"], text="x", age=0)) == "message"
    assert talk.done_by("hv1") == {"activated": 3}


async def test_away_and_back(web: Open, talk: Talk) -> None:
    """A browser that was away is told what is new and changed, and nothing else; away for long, it starts anew."""
    an, binh = await web("An"), await web("Bình")
    first = await an.taken(await an.says("xóm 4 được 3"))
    await an.hears("3 máy")
    await an.disconnect()
    room = binh.room("team")
    await binh.taken(await binh.says("tối nay họp nhé", room))
    an.frames.clear()
    await an.connect()
    assert not an.welcome["reset"]
    assert [one["text"] for one in an.welcome["messages"]] == ["tối nay họp nhé"]
    assert next(one for one in an.welcome["rooms"] if one["id"] == room)["unread"] == 1
    await an.disconnect()
    _say_much(talk, room, 400)
    an.frames.clear()
    await an.connect()
    assert an.welcome["reset"]
    assert len([one for one in an.welcome["messages"] if one["room"] == room]) == 30
    assert first["id"] in {one["id"] for one in an.welcome["messages"]}
    assert next(one for one in an.welcome["rooms"] if one["id"] == room)["unread"] == 401


def _say_much(talk: Talk, room: int, n: int) -> None:
    with session(talk.database) as tx:
        for number in range(n):
            posts.add(tx, room, f"tin {number}", at=1_684_600_000_000 + number)


async def test_history_by_page(web: Open, talk: Talk) -> None:
    """Older messages come fifty at a time, until there are none."""
    an = await web("An")
    room = an.room("team")
    _say_much(talk, room, 120)
    await an.disconnect()
    an.change = None
    await an.connect()
    pages = []
    before = 1 << 50
    while True:
        an.frames.clear()
        await an.send_raw({"t": "history", "room": room, "before": before})
        page = await an.until(lambda: next((one for one in an.frames if one["t"] == "history"), None))
        pages.append([one["text"] for one in page["messages"]])
        before = page["messages"][0]["id"]
        if not page["more"]:
            break
    assert [len(page) for page in pages] == [50, 50, 20]
    assert [text for page in reversed(pages) for text in page] == [f"tin {n}" for n in range(120)]


async def test_read_marks(web: Open, talk: Talk) -> None:
    """What was read on one device is read on the other, and only ever goes on."""
    an, phone = await web("An"), await web("An")
    _say_much(talk, an.room("team"), 5)
    newest = max(talk.look(_ids_in(an.room("team"))))
    await an.send_raw({"t": "read", "room": an.room("team"), "upto": newest})
    mark = await phone.until(lambda: next((one for one in phone.frames if one["t"] == "read"), None))
    assert mark == {"t": "read", "room": an.room("team"), "upto": newest}
    await an.send_raw({"t": "read", "room": an.room("team"), "upto": newest - 3})
    await an.taken(await an.says("xóm 4 được 1"))
    await phone.disconnect()
    await phone.connect()
    room = next(one for one in phone.welcome["rooms"] if one["kind"] == "team")
    assert (room["read"], room["unread"]) == (newest, 0)


async def test_nobody_has_read_what_was_not_said_yet(web: Open, talk: Talk) -> None:
    """A mark beyond all that there is stands at the newest post: what comes after it is still unread."""
    an, phone, binh = await web("An"), await web("An"), await web("Bình")
    team = an.room("team")
    first = await binh.taken(await binh.says("tối nay họp nhé", team))
    await an.send_raw({"t": "read", "room": team, "upto": 10**9})
    mark = await phone.until(lambda: next((one for one in phone.frames if one["t"] == "read"), None))
    assert mark == {"t": "read", "room": team, "upto": first["id"]}
    await binh.taken(await binh.says("20h nhé", team))
    await phone.disconnect()
    await phone.connect()
    room = next(one for one in phone.welcome["rooms"] if one["id"] == team)
    assert (room["read"], room["unread"]) == (first["id"], 1)


def _ids_in(room: int) -> Callable[[Transaction], list[int]]:
    return lambda tx: [row["id"] for row in tx.all("SELECT id FROM posts WHERE room = :room", room=room)]


async def test_a_press_is_answered_where_it_was_made(web: Open, talk: Talk) -> None:
    """The short answer to a press is shown in that browser; of two presses the first counts."""
    an = await web("An")
    await an.says("xóm 4 được 3")
    answer = await an.hears("3 máy")
    await an.presses("Hoàn tác", answer)
    second = await an.presses("Hoàn tác", answer)
    await an.taken(second)
    await an.until(lambda: an.notices)
    assert talk.done_by("hv1").get("activated", 0) == 0


async def test_files_are_for_those_in_the_room(web: Open, talk: Talk) -> None:
    """A picture of the bot is served to the room's people, with its size; others find nothing."""
    an, em = await web("An"), await web("Em")
    await an.disconnect()
    with session(talk.database) as tx:
        post = posts.add(tx, an.room(), "Tiến độ", at=1_684_600_000_000)
        posts.attach(tx, post, "tiến độ.png", "image/png", b"\x89PNG...", size=(800, 600))
    await an.connect()
    await an.until(lambda: post in an.messages)
    (file,) = an.messages[post]["files"]
    assert (file["name"], file["width"], file["height"], file["size"]) == ("tiến độ.png", 800, 600, 7)
    response = await an.get(f"/tep/{file['id']}")
    assert (response.status, response.headers["Content-Type"], response.body) == (200, "image/png", b"\x89PNG...")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert (await em.get(f"/tep/{file['id']}")).status == 404
    async with Browser(await talk.url()) as stranger:
        assert (await stranger.get(f"/tep/{file['id']}")).status == 404


async def test_the_hamlet_in_use_is_shown(web: Open, talk: Talk) -> None:
    """Chosen on one device, it is pushed to all of them, and there at the next opening."""
    an, phone = await web("An"), await web("An")
    assert an.welcome["place"] == {"name": None, "hamlets": ["Xóm 4", "Xóm 5", "Thôn Xuân Tảo"]}
    await an.says("/thon xom 4")
    for browser in (an, phone):
        await browser.until(
            lambda browser=browser: any(  # type: ignore[misc]
                frame["t"] == "place" and frame["name"] == "Xóm 4" for frame in browser.frames
            )
        )
    await phone.disconnect()
    await phone.connect()
    assert phone.welcome["place"]["name"] == "Xóm 4"


async def test_one_person_on_two_platforms(web: Open, talk: Talk) -> None:
    """On Telegram and in the browser one person has one total; the one is told of the other."""
    telegram = await talk.person("An")
    browser = await web("An")
    await telegram.says("xóm 4 được 2").hears("em 2 máy")
    await browser.says("xóm 5 được 3")
    await browser.hears("Hôm nay em 5 máy")
    assert talk.done_by("hv1") == {"activated": 5}
    assert len([one for one in telegram.private.messages if "thiết bị mới" in one.text]) == 1


async def test_a_restarted_server(web: Open, talk: Talk) -> None:
    """What is typed while the server is away goes out when it is back, in order, once."""
    an = await web("An")
    port = talk.app.server.port
    await an.taken(await an.says("xóm 1 được 1"))
    await talk.stop()
    ids = [await an.says(f"xóm {n} được 1") for n in range(2, 6)]
    talk.set(BACUNG_WEB__PORT=str(port))
    await talk.start()
    for id in ids:
        await an.taken(id)
    await an.hears("Hôm nay em 5 máy")
    own = sorted((one for one in an.messages.values() if one["mine"]), key=lambda one: one["id"])
    assert [one["uuid"] for one in own][1:] == ids
