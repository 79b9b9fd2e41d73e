"""What the tests of webhooks share: their settings, and a post."""

from io import BytesIO

import aiohttp

from tests.talk import Talk

HEADERS = {"telegram": "X-Telegram-Bot-Api-Secret-Token", "zalo": "X-Bot-Api-Secret-Token"}


SECRET = "secret-of-the-tests"


def hooked(platform: str, port: int, secret: str = SECRET) -> dict[str, str]:
    """The settings of a webhook."""
    return {
        f"BACUNG_{platform.upper()}__WEBHOOK": f"http://127.0.0.1:{port}/hooks/{platform}",
        f"BACUNG_{platform.upper()}__WEBHOOK_SECRET": secret,
        "BACUNG_WEB__PORT": str(port),
    }


async def post(talk: Talk, body: bytes, secret: str | None = SECRET) -> int:
    """What the bot answers to a post."""
    url, headers = talk.emulator.webhook.url, {} if secret is None else {HEADERS[talk.platform.name]: secret}
    async with aiohttp.ClientSession() as session, session.post(url, data=BytesIO(body), headers=headers) as answer:
        return answer.status


def insist(talk: Talk) -> None:
    """The platform tries again and again, and does not wait for long."""
    talk.emulator.webhook.tries = 1000
    talk.emulator.webhook.longest_answer = 1.0
