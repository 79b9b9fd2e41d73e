"""Health and metrics: what monitors see when all is well, when storage fails, and who may look."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import pytest

from storage.engine import steps
from storage.engine.errors import StorageFull
from tests.browsers import Browser
from tests.commands.test_command_line import Shell
from tests.talk import Talk, talking

pytestmark = pytest.mark.on("telegram")  # beside it the web chat is what these are about


async def test_all_is_well(talk: Talk) -> None:
    """Both pages say so, with the channels; the counts are those of what happened."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3").hears("3 máy")
    await talk.settled()
    async with Browser(await talk.url()) as monitor:
        healthy, ready = await monitor.get("/healthz"), await monitor.get("/readyz")
        assert (healthy.status, ready.status) == (200, 200)
        channels = json.loads(ready.text)["channels"]
        assert {name: state["up"] for name, state in channels.items()} == {"telegram": True, "web": True}
        counts = (await monitor.get("/metrics")).text
    assert 'bacung_events_total{channel="telegram",kind="message"} 2.0' in counts
    assert 'bacung_sends_total{channel="telegram",outcome="sent"}' in counts
    assert 'bacung_outbox_waiting{class="answer"} 0.0' in counts


async def test_storage_fails_and_comes_back(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the disk is full health is red and says why; when there is room again, it is green and nothing is lost."""
    an = await talk.person("An")
    await talk.settled()
    full = True

    def reach(step: str) -> None:
        if full and step == "commit:before":
            raise StorageFull("StorageFull: no room")

    monkeypatch.setattr(steps, "reach", reach)
    async with Browser(await talk.url()) as monitor:
        said = an.says("xóm 4 được 3")
        while (red := await monitor.get("/healthz")).status == 200:
            await talk.emulator_pause()
        assert (red.status, json.loads(red.text)["status"]) == (503, "error")
        assert "no room" in red.text
        assert (await monitor.get("/readyz")).status == 503
        full = False
        while (await monitor.get("/healthz")).status != 200:
            talk.clock.advance(timedelta(seconds=31))
            await talk.emulator_pause()
    await said.hears("3 máy")


async def test_when_the_newest_message_was_sent(talk: Talk) -> None:
    """By the platform's time, not when it arrived; older ones change nothing, and a restart forgets nothing."""
    an = await talk.person("An")
    talk.clock.advance(timedelta(minutes=10))
    sent = talk.clock.now() - timedelta(minutes=4)
    await an.says("xóm 4 được 3", at=sent).hears("3 máy")
    assert await _last_in(talk) == int(sent.timestamp())
    await an.says("xóm 4 được 2", at=sent - timedelta(minutes=3)).hears("2 máy")
    assert await _last_in(talk) == int(sent.timestamp())
    await talk.stop()
    await talk.start()
    assert await _last_in(talk) == int(sent.timestamp())


async def _last_in(talk: Talk) -> float:
    async with Browser(await talk.url()) as monitor:
        lines = (await monitor.get("/metrics")).text.splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("bacung_last_in_seconds "))


async def test_metrics_are_for_this_machine(talk: Talk) -> None:
    """Whoever a proxy on it calls for gets none, trusted or not, unless the settings say so; they may close it, too."""
    from_afar = {"X-Forwarded-For": "203.0.113.7"}
    passed_on = (from_afar, {"Forwarded": "for=203.0.113.7"}, {"Via": "1.1 x"}, {"Host": "bacung.example.vn"})
    here = {"X-Forwarded-For": "127.0.0.1"}  # anybody can say that to a proxy that only adds to it
    for trusted in ("", "127.0.0.1"):
        await talk.stop()
        talk.set(BACUNG_WEB__TRUSTED_PROXIES=trusted)
        await talk.start()
        async with Browser(await talk.url()) as monitor:
            assert (await monitor.get("/metrics")).status == 200
            for headers in (*passed_on, here):
                refused = await monitor.get("/metrics", headers=headers)
                assert refused.status == 403, headers
                assert "bacung_" not in refused.text
    await talk.stop()
    talk.set(BACUNG_WEB__METRICS="off")
    await talk.start()
    async with Browser(await talk.url()) as monitor:
        assert (await monitor.get("/metrics")).status == 404
    await talk.stop()
    talk.set(BACUNG_WEB__METRICS="all")
    await talk.start()
    async with Browser(await talk.url()) as monitor:
        assert (await monitor.get("/metrics", headers=from_afar)).status == 200


async def test_a_port_that_is_taken(talk: Talk, tmp_path: Path) -> None:
    """Without another way to people the bot says what to do; with one it goes on, and listens when the port is free."""
    port = (await talk.url()).rpartition(":")[2]
    shell = Shell(tmp_path / "shell")
    settings = {"BACUNG_WEB__PORT": port, "BACUNG_CAMPAIGN__FOLDER": str(shell.campaign)}
    line = await asyncio.to_thread(shell.refused, "run", **settings)
    assert line.startswith(f"cannot listen on 127.0.0.1:{port}")
    async with talking(tmp_path / "second", settings={"BACUNG_WEB__PORT": port}) as second:
        an = await second.person("An")
        await an.says("xóm 4 được 3").hears("3 máy")
        assert not second.app.server.listens
        await talk.stop()
        second.clock.advance(timedelta(seconds=31))
        assert (await second.url()).endswith(port)
