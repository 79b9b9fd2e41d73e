"""Whoever is locked out, or ends a device, hears nothing more there from that moment, in a page that is open, too."""

import pytest

from bot.web.chat import socket
from storage.engine.database import session
from tests.talk import Talk
from tests.web.conftest import Open

pytestmark = pytest.mark.on("telegram")  # beside it the web chat is what these are about


@pytest.fixture(autouse=True)
async def _nobody_looks(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The look at all devices now and then comes too late for these."""
    await talk.stop()
    monkeypatch.setattr(socket, "LOOK_AGAIN", 3600)
    await talk.start()


async def test_a_locked_person_is_cut_off_at_once(talk: Talk, web: Open) -> None:
    """By /khoama; the others of the team stay."""
    dung, an, binh = await talk.person("Dũng"), await web("An"), await web("Bình")
    await dung.says("/khoama An").hears("Đã khóa An (hv1)")
    await an.until(lambda: an.closed == 4401)
    await binh.taken(await binh.says("mọi người đến đâu rồi", binh.room("team")))
    assert binh.closed is None


async def test_the_teams_room_says_nothing_to_whoever_is_locked(talk: Talk, web: Open) -> None:
    """However they were locked, and while their page is still open: it is given neither what is new nor what was."""
    an, binh = await web("An"), await web("Bình")
    with session(talk.database) as tx:
        tx.run("UPDATE people SET locked_at = 1 WHERE ref = 'hv1'")
    await binh.taken(await binh.says("mai họp ở nhà văn hóa", binh.room("team")))
    await an.send_raw({"t": "history", "room": an.room("team"), "before": 1 << 40})
    await an.until(lambda: an.closed == 4401)
    assert not [frame for frame in an.frames if "nhà văn hóa" in str(frame)]


async def test_a_device_that_is_ended_is_cut_off_at_once(talk: Talk, web: Open) -> None:
    """By the button under the news of it, in a chat elsewhere."""
    person = await talk.person("An")
    an = await web("An")
    told = await person.waits("Mã của em vừa được dùng trên một thiết bị mới")
    await person.presses("Ngắt thiết bị này", told).hears("Đã ngắt")
    await an.until(lambda: an.closed == 4401)
