"""People are told on the lock screen while no page is open: once, of what is there for them, without a name."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest

from bot import errands
from bot.errands import Erase
from bot.web.push.pusher import GATHER, IN_SIGHT, REST
from storage.engine.transaction import Transaction
from tests.browsers import Browser
from tests.emulators.push import PushService, Subscribed
from tests.talk import EVENING, PATIENCE, Talk
from tests.web.conftest import Open

pytestmark = pytest.mark.on("telegram")
Reach = Callable[[Browser, str], Awaitable[Subscribed]]
NUDGE = EVENING.replace(hour=21, minute=30, second=1)


@pytest.fixture
async def service(talk: Talk) -> AsyncIterator[PushService]:
    """A push service of our own, to which the bot may send."""
    async with PushService() as service:
        await talk.stop()
        talk.set(BACUNG_WEB__PUSH_ANYWHERE="true", BACUNG_WEB__PUSH_CONTACT="mailto:ai.do@example.vn")
        await talk.start()
        yield service


@pytest.fixture
def reach(service: PushService) -> Reach:
    """Has a browser reached by push."""

    async def reached(browser: Browser, name: str) -> Subscribed:
        subscribed = service.subscribe(name)
        answer = await browser.post("/push", json=subscribed.json)
        assert answer.status == 204, answer
        return subscribed

    return reached


def passes(talk: Talk, seconds: float) -> None:
    """Lets so much time pass."""
    talk.clock.advance(timedelta(seconds=seconds))


def _reached(tx: Transaction) -> int:
    row = tx.one("SELECT count(*) AS n FROM push_endpoints")
    return int(row["n"]) if row else 0


def _unsettled(tx: Transaction) -> int:
    row = tx.one("SELECT count(*) AS n FROM push_endpoints WHERE upto < (SELECT max(id) FROM posts)")
    return int(row["n"]) if row else 0


async def _while_time_passes(talk: Talk, what: Callable[[], object]) -> None:
    """Waits until something holds, a minute at a time."""
    async with asyncio.timeout(PATIENCE):
        while not what():
            passes(talk, IN_SIGHT + GATHER)
            await asyncio.sleep(0.2)


async def _asks(browser: Browser, text: str = "/homnay") -> None:
    """Somebody asks something, is answered, and does not read it."""
    before = len(browser.from_bot())
    await browser.taken(await browser.says(text))
    await browser.until(lambda: len(browser.from_bot()) > before)


async def test_an_answer_that_comes_when_the_page_is_closed(talk: Talk, web: Open, reach: Reach) -> None:
    """One push for all that came, sealed and signed; of what was said nothing, and no second copy of it."""
    an = await web("An")
    phone = await reach(an, "an")
    await an.says("nhà bà Mơ xóm 4 được 3, hẹn 19h mai nhà bà Lụa")
    await an.hears("3 máy")
    await _asks(an)
    said = len(an.from_bot())
    await an.disconnect()
    passes(talk, GATHER)
    assert await phone.gets() == ["Có trả lời mới"]
    push = phone.pushes[0]
    assert push.said == {"title": "Bacung", "body": "Có trả lời mới", "tag": "answer", "silent": False}
    assert (push.headers["TTL"], push.headers["Topic"], push.headers["Urgency"]) == ("43200", "answer", "high")
    assert push.claims["sub"] == "mailto:ai.do@example.vn"
    assert 0 < push.claims["exp"] - talk.clock.now().timestamp() <= 24 * 3600
    await talk.settled_to(lambda tx: _unsettled(tx) == 0)
    passes(talk, REST + IN_SIGHT)
    await an.connect()
    assert len(an.from_bot()) == said
    await _asks(an, "/to")
    await an.disconnect()
    passes(talk, GATHER)
    await phone.gets(2)
    assert len(phone.pushes) == 2


async def test_what_the_bot_says_unasked(talk: Talk, web: Open, reach: Reach) -> None:
    """The evening's reminder, under a line of its own."""
    an = await web("An")
    await an.hears("Chào em An")
    phone = await reach(an, "an")
    await an.disconnect()
    talk.clock.set(NUDGE)
    await talk.settled_to(
        lambda tx: tx.one("SELECT 1 FROM posts p JOIN outbox o ON p.key = o.id WHERE o.key LIKE 'nudge:%'")
    )
    passes(talk, GATHER)
    assert await phone.gets() == ["Bot nhắc việc tối nay"]


async def test_in_quiet_hours_nothing_sounds(talk: Talk, web: Open, reach: Reach) -> None:
    """An answer is shown, and wakes nobody; neither does it wake the phone."""
    an = await web("An")
    await an.hears("Chào em An")
    phone = await reach(an, "an")
    passes(talk, GATHER)
    await talk.breathe()
    await an.send_raw({"t": "read", "room": an.room(), "upto": max(an.messages)})
    passes(talk, IN_SIGHT)
    await talk.breathe()
    talk.clock.set(EVENING + timedelta(hours=7))
    await talk.settled()
    await _asks(an)
    await an.disconnect()
    passes(talk, GATHER)
    assert await phone.gets() == ["Có trả lời mới"]
    assert phone.pushes[0].said["silent"] is True
    assert phone.pushes[0].headers["Urgency"] == "normal"


async def test_what_was_read_or_is_looked_at_is_not_pushed(
    talk: Talk, web: Open, reach: Reach, service: PushService
) -> None:
    """Read before the page was closed; and shown on an open page long enough, read or not."""
    an, binh = await web("An"), await web("Bình")
    phone, other = await reach(an, "an"), await reach(binh, "binh")
    await _asks(an)
    await _asks(binh)
    await an.send_raw({"t": "read", "room": an.room(), "upto": max(an.messages)})
    await talk.settled_to(lambda tx: tx.one("SELECT 1 FROM read_marks WHERE person = 1"))
    await an.disconnect()
    passes(talk, GATHER)
    await talk.breathe()
    passes(talk, IN_SIGHT)
    await talk.settled_to(
        lambda tx: tx.one("SELECT 1 FROM push_endpoints WHERE device = 2 AND upto = (SELECT max(id) FROM posts)")
    )
    await binh.disconnect()
    passes(talk, GATHER + 1)
    cuc = await web("Cúc")  # somebody else's push shows that these had their time
    third = await reach(cuc, "cuc")
    await _asks(cuc)
    await cuc.disconnect()
    passes(talk, GATHER)
    await third.gets()
    assert (phone.tries, other.tries) == (0, 0)


async def test_a_page_that_is_out_of_sight_is_as_good_as_closed(talk: Talk, web: Open, reach: Reach) -> None:
    """A phone in the pocket keeps its page; looked at again, it is told of nothing."""
    an = await web("An")
    phone = await reach(an, "an")
    await an.send_raw({"t": "sight", "on": False})
    await an.says("/homnay")
    await an.hears("Hôm nay")
    passes(talk, GATHER)
    assert await phone.gets() == ["Có trả lời mới"]


async def test_only_who_is_called_by_name_hears_of_the_teams_room(talk: Talk, web: Open, reach: Reach) -> None:
    """`@An`, and who is answered; talk and reports are not for the lock screen."""
    an, binh, cuc = await web("An"), await web("Bình"), await web("Cúc")
    phone, other = await reach(an, "an"), await reach(binh, "binh")
    team = cuc.room("team")
    asked = await binh.taken(await binh.says("mai ai đi xóm 5?", team))
    for one in (an, binh):
        await one.send_raw({"t": "read", "room": team, "upto": asked["id"]})
        await one.send_raw({"t": "read", "room": one.room(), "upto": asked["id"]})
    await an.disconnect()
    await binh.disconnect()
    await cuc.taken(await cuc.says("xóm 4 được 3", team))
    await cuc.taken(await cuc.says("an ơi, mai trời mưa", team))
    await cuc.taken(await cuc.says("@An mang hộ mũ nhà bà Mơ nhé", team))
    await cuc.taken(await cuc.says("tớ đi", team, reply=asked["id"]))
    passes(talk, GATHER)
    assert await phone.gets() == ["Có tin gọi đích danh trong nhóm của tổ"]
    assert await other.gets() == ["Có trả lời mới"]


async def test_an_endpoint_that_is_gone_is_forgotten(talk: Talk, web: Open, reach: Reach) -> None:
    """404 and 410."""
    for name, status in (("An", 410), ("Bình", 404)):
        browser = await web(name)
        phone = await reach(browser, f"p{status}")
        phone.always = status
        assert talk.look(_reached) == 1
        await _asks(browser)
        await browser.disconnect()
        passes(talk, GATHER)
        await talk.settled_to(lambda tx: _reached(tx) == 0)
        assert phone.tries == 1


async def test_what_a_service_does_not_take_is_tried_again(talk: Talk, web: Open, reach: Reach) -> None:
    """After a pause of ours, or as long as it says; what it refuses is given up, and the next is sent again."""
    an = await web("An")
    phone = await reach(an, "an")
    phone.answers, phone.retry_after = [503, 429, 201, 400], "100"
    await _asks(an)
    await an.disconnect()
    passes(talk, GATHER)
    await phone.service.until(lambda: phone.tries == 1)
    await talk.breathe()
    passes(talk, 50)
    await talk.breathe()
    assert phone.tries == 1  # it said 100 s
    passes(talk, 55)
    await phone.service.until(lambda: phone.tries == 2)
    await talk.breathe()
    passes(talk, 105)
    assert await phone.gets() == ["Có trả lời mới"]
    await talk.settled_to(lambda tx: _unsettled(tx) == 0)


async def test_what_was_not_told_before_the_bot_stopped_is_told_after(talk: Talk, web: Open, reach: Reach) -> None:
    """Once, without sound: nobody knows how late it is."""
    an = await web("An")
    phone = await reach(an, "an")
    phone.answers = [503]
    await _asks(an)
    await an.disconnect()
    passes(talk, GATHER)
    await phone.service.until(lambda: phone.tries == 1)
    await talk.stop()
    await talk.start()
    await talk.url()
    await _while_time_passes(talk, lambda: phone.pushes)
    assert phone.lines == ["Có trả lời mới"]
    assert phone.pushes[0].said["silent"] is True
    await talk.settled_to(lambda tx: _unsettled(tx) == 0)
    await talk.stop()
    await talk.start()
    cuc = await web("Cúc")
    other = await reach(cuc, "cuc")
    await _asks(cuc)
    await cuc.disconnect()
    await _while_time_passes(talk, lambda: other.pushes)
    assert phone.tries == 2


async def test_a_service_that_hangs_holds_nobody_up(talk: Talk, web: Open, reach: Reach, service: PushService) -> None:
    """Others are answered meanwhile."""
    an, binh = await web("An"), await web("Bình")
    phone = await reach(an, "an")
    await _asks(an)
    service.hangs.clear()
    await an.disconnect()
    passes(talk, GATHER)
    await service.until(lambda: phone.tries == 1)
    await _asks(binh)
    service.hangs.set()
    assert await phone.gets() == ["Có trả lời mới"]


async def test_it_ends_with_the_device(talk: Talk, web: Open, reach: Reach) -> None:
    """Ended from another one, left, turned off, its person locked or erased, its time over."""
    an, desk, binh, cuc = await web("An"), await web("An"), await web("Bình"), await web("Cúc")
    for browser, name in ((an, "an"), (desk, "desk"), (binh, "binh"), (cuc, "cuc")):
        await reach(browser, name)
    assert talk.look(_reached) == 4
    await an.send_raw({"t": "end", "device": 2})
    await talk.settled_to(lambda tx: _reached(tx) == 3)
    await an.send_raw({"t": "leave"})
    await talk.settled_to(lambda tx: _reached(tx) == 2)
    async with binh.http.delete(f"{binh.url}/push", headers={"Origin": binh.url}) as answer:
        assert answer.status == 204
    assert talk.look(_reached) == 1
    linh = await talk.person("Linh")
    await linh.says("/khoama Cúc").hears("Cúc")
    await talk.settled_to(lambda tx: _reached(tx) == 0)
    dung = await web("Dũng")
    await reach(dung, "dung")
    await asyncio.to_thread(errands.do, talk.config, Erase("thử", "tt1"))
    assert talk.look(_reached) == 0
    em = await web("Em")
    await reach(em, "em")
    await talk.stop()
    talk.clock.advance(timedelta(days=260))  # the phase has ended, and half a year in which it may still be read
    await talk.start()
    await talk.settled_to(lambda tx: _reached(tx) == 0)


async def test_who_may_ask_for_it(
    talk: Talk, web: Open, service: PushService, caplog: pytest.LogCaptureFixture
) -> None:
    """Only a page of ours in a browser with a session; an endpoint is one browser's, and is never logged."""
    caplog.set_level(logging.DEBUG)
    an = await web("An")
    subscribed = service.subscribe("bi-mat-cua-an")
    assert (await an.post("/push", origin="https://elsewhere.vn", json=subscribed.json)).status == 403
    assert (await an.post("/push", origin=None, json=subscribed.json)).status == 403
    async with Browser(an.url) as stranger:
        assert (await stranger.get("/push")).status == 401
        assert (await stranger.post("/push", json=subscribed.json)).status == 401
    assert talk.look(_reached) == 0
    for wrong in (
        {},
        {"endpoint": "file:///etc/passwd", "keys": subscribed.json["keys"]},
        {**subscribed.json, "keys": {"p256dh": "AAAA", "auth": "AAAA"}},
        {**subscribed.json, "endpoint": "https://push.example/" + "x" * 2000},
    ):
        assert (await an.post("/push", json=wrong)).status == 400
    assert '"on": false' in (await an.get("/push")).text
    assert (await an.post("/push", json=subscribed.json)).status == 204
    assert '"on": true' in (await an.get("/push")).text
    binh = await web("Bình")
    assert (await binh.post("/push", json=subscribed.json)).status == 204
    assert '"on": false' in (await an.get("/push")).text
    assert talk.look(_reached) == 1
    assert "bi-mat-cua-an" not in caplog.text


async def test_the_key_is_made_once(talk: Talk, web: Open, reach: Reach) -> None:
    """Browsers know it: another one would reach none of them."""
    an = await web("An")
    first = (await an.get("/push")).text
    await an.disconnect()
    await talk.stop()
    await talk.start()
    again = await web("An")
    assert (await again.get("/push")).text == first
    phone = await reach(again, "an")
    await _asks(again)
    await again.disconnect()
    passes(talk, GATHER)
    await phone.gets()
    assert f'"key": "{phone.pushes[0].key}"' in first
