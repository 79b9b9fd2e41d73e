"""Pictures on Zalo: a link to our own server, which nobody guesses and which ends."""

from datetime import timedelta
from pathlib import Path

import pytest

from storage.running import allowances
from storage.talk import pictures
from tests.images import png
from tests.sending.pictures.showing import HOST, LONG, PNG, kept, reached, said, says, seen
from tests.talk import Talk, talking


@pytest.mark.on("zalo")
async def test_on_zalo_a_picture_is_a_link_to_our_own_server(talk: Talk) -> None:
    """Anybody who has it gets the picture, without a session, and nothing may keep a copy."""
    an = await talk.person("An")
    await says(talk, an, "Tiến độ tổ em", await kept(talk))
    photo = (await an.waits("Tiến độ tổ em")).photo
    assert photo.url.startswith(f"http://{HOST}/p/")
    assert photo.headers["Content-Type"] == "image/png"
    assert photo.headers["Cache-Control"] == "no-store"
    assert photo.headers["X-Content-Type-Options"] == "nosniff"
    assert photo.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert photo.headers["X-Frame-Options"] == "DENY"
    assert "Set-Cookie" not in photo.headers
    head = await talk.emulator.api.photos.get(photo.url, "HEAD")
    assert (head.status, head.data, head.headers["Content-Length"]) == (200, b"", str(len(PNG)))
    assert head.headers["Content-Type"] == "image/png"


@pytest.mark.on("zalo")
async def test_links_cannot_be_guessed(talk: Talk) -> None:
    """Another picture's signature, a cookie's, none, one letter more or less or other: nothing is there."""
    an = await talk.person("An")
    first, second = await kept(talk), await kept(talk, png(10, 10))
    await says(talk, an, "Tiến độ", first)
    url = (await an.waits("Tiến độ")).photo.url
    base, dash, signature = url.rpartition("/p/")[0] + "/p/", "-", url.partition("-")[2]
    other = signature[:-2] + ("A" if signature[-2] != "A" else "B") + signature[-1]
    get = talk.emulator.api.photos.get
    assert len(signature) == 43
    assert (await get(url)).status == 200
    for forged in (
        f"{second}{dash}{signature}",
        f"{first}{dash}",
        f"{first}",
        f"{first}{dash}{signature[:-1]}",
        f"{first}{dash}{signature}A",
        f"{first}{dash}{other}",
        f"0{first}{dash}{other}",
        f"{10**14}{dash}{signature}",
        f"{10**40}{dash}{signature}",
        f"{first}{dash}{signature}/x",
        f"-{first}{dash}{signature}",
        "",
    ):
        answer = await get(base + forged)
        assert (answer.status, forged) == (404, forged)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert PNG not in answer.data


@pytest.mark.on("zalo")
async def test_links_end_after_a_week(talk: Talk) -> None:
    """They hold over a restart, and not a second longer than the picture."""
    an = await talk.person("An")
    await says(talk, an, "Tiến độ", await kept(talk, ago=pictures.KEPT - timedelta(minutes=10)))
    url = (await an.waits("Tiến độ")).photo.url
    get = talk.emulator.api.photos.get
    await talk.settled()
    await talk.stop()
    await talk.start()
    await reached(talk)
    assert (await get(url)).data == PNG
    talk.clock.advance(timedelta(minutes=10))
    for method in ("GET", "HEAD"):
        assert (await get(url, method)).status == 404


@pytest.mark.on("zalo")
async def test_a_link_does_not_lead_to_another_picture(talk: Talk) -> None:
    """A backup was put back, so that its row is now another picture's: the old link leads nowhere."""
    an = await talk.person("An")
    picture = await kept(talk)
    await says(talk, an, "Tiến độ", picture)
    url = (await an.waits("Tiến độ")).photo.url
    await talk.settled()
    await talk.app.database.write(lambda tx: tx.run("DELETE FROM pictures"))
    await talk.app.database.write(lambda tx: tx.run("UPDATE sqlite_sequence SET seq = 0 WHERE name = 'pictures'"))
    assert await kept(talk, png(20, 20)) == picture
    assert (await talk.emulator.api.photos.get(url)).status == 404


@pytest.mark.on("zalo")
async def test_where_zalo_cannot_fetch_a_picture_the_text_is_said(talk: Talk) -> None:
    """The public name leads nowhere: words alone, once."""
    an = await talk.person("An")
    talk.emulator.api.photos.net.ports.clear()
    await says(talk, an, "Tiến độ tổ em", await kept(talk))
    shown = await an.waits("Tiến độ tổ em")
    assert (seen(shown), shown.text) == (None, "Tiến độ tổ em")
    await talk.settled()
    assert len(said(an, "Tiến độ")) == 1


@pytest.mark.on("zalo")
async def test_a_picture_counts_as_one_message(talk: Talk) -> None:
    """Of the month's; one that was refused is given back, a long text counts its parts."""
    an = await talk.person("An")
    await says(talk, an, "Tiến độ một", await kept(talk))
    await an.waits("Tiến độ một")
    talk.emulator.fail("bad_request", method="sendPhoto")
    await says(talk, an, "Tiến độ hai", await kept(talk))
    await an.waits("Tiến độ hai")
    await says(talk, an, LONG * 2, await kept(talk))
    await an.waits("Xã 47")
    await talk.settled()
    parts = [one for one in an.private.from_bot if "Xã " in one.text]
    assert [seen(one) for one in parts] == [PNG] + [None] * (len(parts) - 1)
    assert talk.look(lambda tx: allowances.spent(tx, "zalo", 202305)) == talk.emulator.api.sent


@pytest.mark.on("zalo")
@pytest.mark.parametrize("public_url", ["", "http://127.0.0.1:8080"])
async def test_without_a_public_address_the_text_says_where_the_picture_is(tmp_path: Path, public_url: str) -> None:
    """One message, its words to send back still last."""
    async with talking(tmp_path, platform="zalo", settings={"BACUNG_WEB__PUBLIC_URL": public_url}) as talk:
        an = await talk.person("An")
        await says(talk, an, "Tiến độ tổ em", await kept(talk))
        shown = await an.waits("Tiến độ tổ em")
        assert shown.said.split("\n") == [
            "Tiến độ tổ em",
            "🖼 Hình của tin này không xem được ở đây, chỉ có trên trang chat của bot.",
            "👉 Nhắn lại: Hôm nay",
        ]
        await talk.settled()
        assert talk.emulator.calls_of("sendPhoto") == []
