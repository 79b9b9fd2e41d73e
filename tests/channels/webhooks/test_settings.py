"""A webhook as it is set: looked after, set again, told when it is refused; switched to polling and back."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels import webhook
from bot.config import ConfigError
from bot.trouble import ChannelRefused
from storage.engine.transaction import Transaction
from tests.channels.webhooks.posting import hooked, insist
from tests.crash.supervisor import free_port
from tests.talk import PATIENCE, Talk, talking

pytestmark = pytest.mark.on("telegram", "zalo")  # the program itself is the web chat: nobody posts to it


def _is(state: str, part: str) -> Callable[[Transaction], bool]:
    """Whether the channel is known to be so."""

    def look(tx: Transaction) -> bool:
        row = tx.one("SELECT state, detail FROM channels WHERE name <> 'web'")
        return row is not None and row["state"] == state and part in row["detail"]

    return look


async def _comes_to_be(talk: Talk, state: str, part: str) -> None:
    """It looks again and again, until the channel is known to be so."""
    async with asyncio.timeout(PATIENCE):
        while not talk.look(_is(state, part)):
            talk.clock.advance(timedelta(seconds=webhook.WATCH_EVERY + 1))
            await asyncio.sleep(0.1)


async def test_a_webhook_that_somebody_changed_is_set_again(talk: Talk) -> None:
    """Another program with the same token took it away: within minutes posts come to us again."""
    an = await talk.person("An")
    ours = talk.emulator.webhook.url
    await talk.emulator.webhook.stop()
    talk.emulator.webhook.url = "https://another.example.vn/hook"
    talk.clock.advance(timedelta(seconds=webhook.WATCH_EVERY + 1))
    await talk.emulator.wait_for(lambda: talk.emulator.webhook.url == ours, timeout=PATIENCE)
    await an.says("xóm 4 được 3").hears("✅ Xóm 4: 3 máy")


async def test_a_webhook_that_is_refused_later_does_not_end_the_program(talk: Talk) -> None:
    """It was good once: the channel is known to be down, everything else goes on, and later it is set again."""
    an = await talk.person("An")
    ours = talk.emulator.webhook.url
    await talk.emulator.webhook.stop()
    talk.emulator.webhook.url = "https://another.example.vn/hook"
    talk.emulator.fail("bad_request", method="setWebhook")
    await _comes_to_be(talk, "down", "refuses the webhook")
    await _comes_to_be(talk, "up", "webhook")
    assert talk.emulator.webhook.url == ours
    await an.says("xóm 4 được 3").hears("✅ Xóm 4: 3 máy")


@pytest.mark.on("zalo")
@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("forbidden", "does not set the webhook (403)"),
        ("too_many", "does not set the webhook (429)"),
        ("unauthorised", "the token is refused"),
    ],
)
async def test_a_webhook_that_is_not_set_is_told(tmp_path: Path, kind: str, why: str) -> None:
    """Nothing comes in: the channel is down until Zalo takes it, and then all that waited counts."""
    async with talking(tmp_path, platform="zalo") as talk:
        an = await talk.person("An")
        await talk.settled()
        await talk.stop()
        talk.settings = hooked("zalo", free_port())
        talk.emulator.fail(kind, method="setWebhook")
        await talk.start()
        await talk.settled_to(_is("down", why))
        said = an.says("xóm 4 được 3")
        await _comes_to_be(talk, "up", "webhook")
        await said.hears("✅ Xóm 4: 3 máy")


@pytest.mark.on("zalo")
async def test_a_webhook_that_still_holds_need_not_be_set(talk: Talk) -> None:
    """Zalo lets it be set only so often a day: what was set before goes on."""
    an = await talk.person("An")
    insist(talk)
    await talk.settled()
    await talk.stop()
    talk.emulator.fail("too_many", method="setWebhook")
    await talk.start()
    await an.says("xóm 4 được 3").hears("✅ Xóm 4: 3 máy")
    assert talk.look(_is("up", "webhook"))


async def test_a_path_that_is_taken_is_refused(tmp_path: Path, platform: str) -> None:
    """The web chat's pages would swallow all posts."""
    settings = {f"BACUNG_{platform.upper()}__WEBHOOK": "https://bacung.example.vn/vao"}
    with pytest.raises(ConfigError, match="this path is taken; give it another one"):
        async with talking(tmp_path, platform=platform, settings=settings) as talk:
            await talk.ended()


@pytest.mark.on("telegram")
async def test_a_webhook_that_cannot_be_reached_is_told(talk: Talk) -> None:
    """What Telegram says of it stands in the channel's state until it is well again."""
    an = await talk.person("An")
    hook, last = talk.emulator.webhook, {"last_error_date": 1, "last_error_message": "Connection refused"}
    await hook.stop()
    an.says("xóm 4 được 3")
    hook._last_error = last
    talk.clock.advance(timedelta(seconds=webhook.WATCH_EVERY + 1))
    await talk.settled_to(_is("down", "Connection refused"))
    hook.start()
    await talk.settled()
    talk.clock.advance(timedelta(seconds=webhook.WATCH_EVERY + 1))
    await talk.settled_to(_is("up", "webhook"))


# A connection accepted in the very moment in which the server closes is forgotten by asyncio: nobody answers it,
# and it is closed when its memory is freed. Where a program really ends, it is closed by that.
forgotten = [
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@forgotten[0]
@forgotten[1]
async def test_switching_between_polling_and_webhook_loses_nothing(tmp_path: Path, platform: str) -> None:
    """What waits at the platform comes by the other way after the next start, once."""
    port = free_port()
    async with talking(tmp_path, platform=platform) as talk:
        an = await talk.person("An")
        insist(talk)
        for n in range(6):
            talk.settings = hooked(platform, port) if n % 2 == 0 else {}
            an.says(f"xóm {n} được 1")
            await talk.stop()
            an.says(f"xóm {n} được 2, vắng 1")
            await talk.start()
            await an.says(f"xóm {n} được 3").hears(f"Xóm {n}: 3 máy")
            assert bool(talk.emulator.webhook.url) == (n % 2 == 0)
        await talk.settled()
        assert talk.done_by("hv1") == {"activated": 36, "absent": 6}


@forgotten[0]
@forgotten[1]
async def test_a_stop_in_good_order_answers_what_it_has_taken(talk: Talk) -> None:
    """Nothing is stored that the platform is not told of, or it is told again and counts once."""
    an = await talk.person("An")
    insist(talk)
    for n in range(60):
        an.says(f"xóm {n} được 1")
        if n % 6 == 5:
            await talk.stop()
            await talk.start()
    await talk.settled()
    assert talk.done_by("hv1") == {"activated": 60}
    assert getattr(talk.emulator.webhook, "lost", []) == []


@pytest.mark.on("zalo")
async def test_lost_webhooks_are_sent_again_by_people(talk: Talk) -> None:
    """Zalo may lose one: no answer came, so the person writes again; an answer never comes for what was lost."""
    an = await talk.person("An")
    talk.emulator.webhook.lose = 1
    await an.says("xóm 4 được 3").hears_nothing()
    await an.says("xóm 4 được 3").hears("em 3 máy")
    assert await talk.emulator.webhook.repost(talk.emulator.webhook.lost) == [200]
    await talk.settled()
    assert talk.done_by("hv1") == {"activated": 6}  # it came after all: a message of its own


async def test_a_webhook_that_the_platform_refuses_ends_the_program(tmp_path: Path, platform: str) -> None:
    """With one line that says what to do."""
    settings = hooked(platform, free_port()) | {f"BACUNG_{platform.upper()}__WEBHOOK": "http://bacung.example.vn/hook"}
    with pytest.raises(ChannelRefused, match=r"refuses the webhook.*correct its address"):
        async with talking(tmp_path, platform=platform, settings=settings) as talk:
            await talk.ended()
