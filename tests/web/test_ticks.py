"""What stands under an own message: received, or what is stored of it; it follows that, whoever changes it."""

from typing import Any

import pytest

from tests.browsers import Browser, Message
from tests.platforms import PLATFORMS
from tests.talk import Talk
from tests.timetable.test_jobs import LITTLE, NUDGE
from tests.web.conftest import Open

pytestmark = pytest.mark.on("telegram")  # beside it the web chat is what these are about
RECEIVED = None


def counted(what: str) -> dict[str, Any]:
    """What is stored of a message."""
    return {"kind": "counted", "what": what}


def into(message: Message) -> dict[str, Any]:
    """It went into what another message says, which is named by its time; the book keeps whole seconds."""
    return {"kind": "into", "at": message["at"] // 1000 * 1000}


async def said(browser: Browser, text: str, **more: Any) -> Message:
    """A message that the bot has taken."""
    return await browser.taken(await browser.says(text, **more))


async def becomes(browser: Browser, message: Message, became: dict[str, Any] | None) -> None:
    """Waits until the browser shows this under the message."""
    try:
        await browser.until(lambda: browser.messages[message["id"]]["became"] == became)
    except TimeoutError:
        raise AssertionError(f"expected {became}, is {browser.messages[message['id']]['became']}") from None


async def offers(browser: Browser, label: str) -> Message:
    """Waits until the newest message of the bot has this button."""

    def newest() -> Message | None:
        message = browser.from_bot()[-1]
        return message if any(one["label"] == label for row in message["buttons"] for one in row) else None

    found: Message = await browser.until(newest)
    return found


async def test_received_and_stored_are_told_apart(web: Open) -> None:
    """Talk, commands and questions are received; a report says what is stored, an unclear message that it waits."""
    an = await web("An")
    for text in ("chào bot", "/homnay", "hôm nay em được mấy máy rồi?"):
        assert (await said(an, text))["became"] == RECEIVED
    assert (await said(an, "nhà bà Lan xóm 4 được 3, vắng 1"))["became"] == counted("3 máy, 1 nhà vắng")
    assert (await said(an, "xóm 5 chưa được máy nào"))["became"] == counted("0 máy")
    assert (await said(an, "tầm 5 máy"))["became"] == {"kind": "open"}
    assert (await said(an, "1 máy xóm 5", room=an.room("team")))["became"] == counted("1 máy")


async def test_it_follows_a_correction_and_a_withdrawal(web: Open) -> None:
    """In words, by an edit, by buttons; the message that corrects names the one that it went into."""
    an = await web("An")
    report = await said(an, "nhà bà Lan xóm 4 được 3")
    assert report["became"] == counted("3 máy")
    correction = await said(an, "nhầm, nhà bà Lan 4")
    await becomes(an, report, counted("4 máy"))
    assert correction["became"] == into(report)
    await an.send(t="edit", message=report["id"], text="nhà bà Lan xóm 4 được 5, vắng 2", age=0)
    await becomes(an, report, counted("5 máy, 2 nhà vắng"))
    await an.presses("Hoàn tác", await an.hears("✏️ Nhà bà Lan, xóm 4: 5 máy (trước là 4)"))
    await becomes(an, report, counted("4 máy"))
    withdrawal = await said(an, "/huy")
    await becomes(an, report, {"kind": "withdrawn"})
    assert withdrawal["became"] == RECEIVED


async def test_it_follows_an_answer(web: Open, talk: Talk) -> None:
    """A number, a button or a drop settles the message that was open; the number itself names it."""
    an = await web("An")
    first = await said(an, "nhà ông Đoài tầm 5 máy")
    answer = await said(an, "4")
    await becomes(an, first, counted("4 máy"))
    assert answer["became"] == into(first)
    second = await said(an, "khoảng 7 máy")
    await an.presses("7", await offers(an, "7"))
    await becomes(an, second, counted("7 máy"))
    third = await said(an, "vắng vài nhà")
    await an.presses("Bỏ", await offers(an, "Bỏ"))
    await becomes(an, third, RECEIVED)
    assert talk.done_by("hv1") == {"activated": 11}


async def test_a_report_that_is_asked_about_still_counts(web: Open) -> None:
    """Edited into something unclear, what is stored stands there; edited after it was withdrawn, it waits for a yes."""
    an = await web("An")
    report = await said(an, "xóm 4 được 3")
    await an.taken(await an.send(t="edit", message=report["id"], text="xóm 4 khoảng 5 máy", age=0))
    await becomes(an, report, counted("3 máy"))
    await said(an, "6")
    await becomes(an, report, counted("6 máy"))
    await said(an, "/huy")
    await becomes(an, report, {"kind": "withdrawn"})
    await an.send(t="edit", message=report["id"], text="xóm 4 được 7", age=0)
    await becomes(an, report, {"kind": "open"})
    await an.presses("Ghi lại", await an.hears("Ghi lại thành"))
    await becomes(an, report, counted("7 máy"))


async def test_a_sum_for_the_day(web: Open, talk: Talk) -> None:
    """Above the book it stores the difference, below it takes away; what falls with a withdrawal says so, too."""
    an = await web("An")
    first = await said(an, "xóm 4 được 3")
    more = await said(an, "hôm nay được 10")
    assert more["became"] == counted("7 máy")
    less = await said(an, "hôm nay được 6")
    assert less["became"] == {"kind": "open"}
    await an.presses("Sửa còn 6", await an.hears("Sửa còn 6 chứ?"))
    await becomes(an, less, {"kind": "adjusted", "what": "-4 máy"})
    assert talk.done_by("hv1") == {"activated": 6}
    await an.send(t="edit", message=more["id"], text="hủy", age=0)
    await becomes(an, more, {"kind": "withdrawn"})
    await becomes(an, less, {"kind": "withdrawn"})
    await becomes(an, first, counted("3 máy"))
    assert talk.done_by("hv1") == {"activated": 3}


async def test_what_is_reported_for_a_friend(web: Open) -> None:
    """It says that it counts for somebody else; the friend takes it back, and the message says so."""
    an, binh = await web("An"), await web("Bình")
    message = await said(an, "báo hộ Bình nhà cô Nhung xóm 5 được 2")
    assert message["became"] == {"kind": "for_other", "what": "2 máy"}
    await binh.presses("Hoàn tác", await binh.hears("An vừa báo hộ em"))
    await becomes(an, message, {"kind": "withdrawn"})


async def test_it_follows_what_is_done_elsewhere(web: Open, talk: Talk) -> None:
    """By the lead on another platform, and by the student there; nobody but the author is told."""
    an, binh = await web("An"), await web("Bình")
    report = await said(an, "nhà bà Lan xóm 4 được 3", room=an.room("team"))
    dung = await talk.person("Dũng")
    await dung.says("/to an").hears("Nhà bà Lan, xóm 4: 3 máy")
    await dung.says("sửa 1").hears("gửi lại nội dung đúng")
    await dung.says("được 7").hears("Đã sửa báo cáo")
    await becomes(an, report, counted("7 máy"))
    elsewhere = await talk.person("An")
    await elsewhere.says("nhầm, nhà bà Lan 6").hears("✏️ Nhà bà Lan, xóm 4: 6 máy (trước là 7)")
    await becomes(an, report, counted("6 máy"))
    seen = await binh.until(lambda: binh.messages.get(report["id"]))
    assert seen["became"] is None


async def test_it_survives_a_reload_and_is_learned_after_an_absence(web: Open, talk: Talk) -> None:
    """A browser that was away is told of messages whose state changed; one without anything, and history, know it."""
    an = await web("An")
    report = await said(an, "nhà bà Lan xóm 4 được 3")
    await an.disconnect()
    elsewhere = await talk.person("An")
    await elsewhere.says("nhầm, nhà bà Lan 4").hears("✏️ Nhà bà Lan, xóm 4: 4 máy")
    await talk.settled()
    an.messages[report["id"]]["became"] = counted("3 máy")  # as this browser keeps it
    await an.connect()
    assert report["id"] in {one["id"] for one in an.welcome["messages"]}
    assert an.messages[report["id"]]["became"] == counted("4 máy")
    await an.disconnect()
    an.change = None  # a browser that forgot everything
    await an.connect()
    assert an.messages[report["id"]]["became"] == counted("4 máy")
    await an.send_raw({"t": "history", "room": an.room(), "before": report["id"] + 1})
    page = await an.until(lambda: next((one for one in an.frames if one["t"] == "history"), None))
    assert next(one for one in page["messages"] if one["id"] == report["id"])["became"] == counted("4 máy")


async def test_a_zero_by_a_button_is_no_message(web: Open, talk: Talk) -> None:
    """[Hôm nay 0 máy] stores a report that no message made: nothing breaks, and undoing it changes no message."""
    an = await web("An")
    talk.clock.set(NUDGE + LITTLE)
    await an.presses("Hôm nay 0 máy", await an.hears("chưa nhận được báo cáo"))
    zero = await an.hears("✅ Đã ghi hôm nay 0 máy")
    await an.presses("Hoàn tác", zero)
    await an.hears("↩️ Đã rút báo cáo")
    assert (await said(an, "xóm 4 được 1"))["became"] == counted("1 máy")


async def test_other_platforms_are_told_nothing(talk: Talk) -> None:
    """Where nothing of ours can stand under a message, no row is spent on it."""
    an = await talk.person("An")
    await an.says("nhà bà Lan xóm 4 được 3").hears("3 máy")
    await an.says("nhầm, nhà bà Lan 4").hears("✏️")
    await talk.settled()
    assert talk.look(lambda tx: tx.one("SELECT count(*) AS n FROM outbox WHERE words = 0"))["n"] == len(["menu"])
    assert "web" in PLATFORMS


async def test_what_was_practised_says_so(web: Open) -> None:
    """Until its writer says that it counts; what reported nothing was received, in practice too."""
    an = await web("An")
    await said(an, "/thunghiem")
    assert (await said(an, "cảm ơn bot"))["became"] == RECEIVED
    report = await said(an, "xóm 4 được 3")
    assert report["became"] == {"kind": "practised"}
    await an.presses("Tính thật", await offers(an, "Tính thật"))
    await becomes(an, report, counted("3 máy"))
