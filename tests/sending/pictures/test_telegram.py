"""Pictures on Telegram: uploaded once, with the words as a caption or behind."""

import pytest

from handlers.messages import Reply
from storage.talk import outbox
from tests.sending.pictures.showing import LONG, NAME, PNG, SOON, failed, kept, put, says, seen
from tests.sending.test_delivery import waits
from tests.talk import PATIENCE, Talk


@pytest.mark.on("telegram")
async def test_a_picture_is_uploaded_under_its_name(talk: Talk) -> None:
    """The file, not a link to it."""
    an = await talk.person("An")
    await says(talk, an, "Tiến độ tổ em", await kept(talk))
    shown = await an.waits("Tiến độ tổ em")
    assert (shown.upload.name, shown.upload.size) == (NAME, len(PNG))


@pytest.mark.on("telegram")
async def test_a_text_too_long_for_a_caption_follows(talk: Talk) -> None:
    """The picture first, then the whole text with the buttons, and only then what else is in line."""
    an = await talk.person("An")
    await talk.settled()
    before = len(an.private.from_bot)
    row = await says(talk, an, LONG, await kept(talk))
    await put(talk, "telegram", str(an.user.id), Reply("Sau đó"))
    await an.waits("Sau đó")
    picture, text, after = an.private.from_bot[before:]
    assert (picture.text, seen(picture), picture.buttons) == ("", PNG, [])
    assert (text.text, seen(text), text.buttons) == (LONG, None, [["Hôm nay"]])
    assert after.text == "Sau đó"
    assert talk.look(lambda tx: outbox.sent_id(tx, row)) == str(text.id)


@pytest.mark.on("telegram")
async def test_a_text_that_follows_in_trouble_brings_the_picture_once(talk: Talk) -> None:
    """Server errors, unknown ends: only the part that may be missing is said again."""
    an = await talk.person("An")
    await talk.settled()
    before = len(an.private.from_bot)
    talk.emulator.fail("server_error", method="sendMessage")
    talk.emulator.fail("drop_after", method="sendMessage")
    await says(talk, an, LONG, await kept(talk))
    for tries in (1, 2):
        await talk.emulator.wait_for(lambda n=tries: _broken(talk) == n, timeout=PATIENCE)
        await talk.settled_to(waits)
        talk.clock.advance(SOON)
    await an.waits("(gửi lại) Tiến độ các xã")
    await talk.settled()
    assert [seen(one) for one in an.private.from_bot[before:]] == [PNG, None, None]


def _broken(talk: Talk) -> int:
    return sum(not one.ok for one in talk.emulator.calls_of("sendMessage"))


@pytest.mark.on("telegram")
async def test_what_follows_an_unknown_picture_says_so(talk: Talk) -> None:
    """The picture may be there twice, so its text is marked; and that text has its own repeat."""
    an = await talk.person("An")
    await talk.settled()
    before = len(an.private.from_bot)
    talk.emulator.fail("drop_after", method="sendPhoto")
    talk.emulator.fail("drop_before", method="sendMessage")
    await says(talk, an, LONG, await kept(talk))
    await failed(talk)
    await failed(talk, "sendMessage")
    await an.waits("(gửi lại) Tiến độ các xã")
    await talk.settled()
    assert [seen(one) for one in an.private.from_bot[before:]] == [PNG, PNG, None]


@pytest.mark.on("telegram")
async def test_a_known_picture_is_not_uploaded_again(talk: Talk) -> None:
    """By Telegram's own name for it; where that is refused, it is uploaded once more."""
    an, binh, cuc = await talk.person("An"), await talk.person("Bình"), await talk.person("Cúc")
    picture = await kept(talk)
    await says(talk, an, "Tiến độ", picture)
    first = await an.waits("Tiến độ")
    await talk.settled()
    await says(talk, binh, "Tiến độ", picture)
    assert seen(await binh.waits("Tiến độ")) == PNG
    assert talk.emulator.calls_of("sendPhoto")[-1].params["photo"] == first.upload.file_id
    await talk.settled()
    talk.emulator.fail("bad_request", method="sendPhoto", description="Bad Request: wrong file identifier")
    await says(talk, cuc, "Tiến độ", picture)
    await failed(talk)
    shown = await cuc.waits("Tiến độ")
    assert seen(shown) == PNG
    assert shown.upload.file_id != first.upload.file_id


@pytest.mark.on("telegram")
async def test_a_picture_that_is_too_large_on_the_way_leaves_the_text(talk: Talk) -> None:
    """A proxy takes no such file: the words go through."""
    an = await talk.person("An")
    talk.emulator.fail("server_error", method="sendPhoto", status=413)
    await says(talk, an, "Tiến độ tổ em", await kept(talk))
    shown = await an.waits("Tiến độ tổ em")
    assert (seen(shown), shown.text) == (None, "Tiến độ tổ em")
