"""Updates by webhook: posted to the bot's address until it answers 2xx."""

import asyncio
import contextlib
import re
import time
from itertools import islice
from urllib.parse import urlsplit

import aiohttp

from .parameters import JSON, Params, bad_request
from .updates import Updates

LONGEST_ANSWER = 30  # seconds a webhook may take


class Webhook:
    """Where updates are posted to, if anywhere; `connections` requests at a time, failed ones again after `retry`."""

    def __init__(self, updates: Updates) -> None:
        self.updates = updates
        self.url = ""
        self.secret = ""
        self.connections = 1
        self.longest_answer: float = LONGEST_ANSWER
        self.retry = 0.1  # seconds; the real one waits longer and longer
        self.failures = 0
        self._asked_connections = 40
        self._last_error: JSON = {}
        self._claimed: set[int] = set()
        self._workers: list[asyncio.Task[None]] = []

    async def set(self, params: Params) -> bool:
        url, secret = params.text("url"), params.text("secret_token")
        if not url:
            return await self.delete(params)
        if not acceptable(url):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
            raise bad_request("secret token contains unallowed characters")
        await self.stop()
        self.updates.end_poll("terminated by setWebhook request")
        self._change(url, secret, params)
        self._asked_connections = min(max(params.integer("max_connections", 40), 1), 100)
        self.start()
        return True

    async def delete(self, params: Params) -> bool:
        await self.stop()
        self._change("", "", params)
        return True

    def _change(self, url: str, secret: str, params: Params) -> None:
        self.url, self.secret, self._last_error = url, secret, {}
        self.updates.allow(params)
        if params.flag("drop_pending_updates"):
            self.updates.pending.clear()

    def info(self) -> JSON:
        known: JSON = {"url": self.url, "has_custom_certificate": False}
        known["pending_update_count"] = len(self.updates.pending)
        if self.url:
            known["max_connections"] = self._asked_connections
        if self.updates.allowed:
            known["allowed_updates"] = self.updates.allowed
        return known | self._last_error

    def start(self) -> None:
        """Begin to post, where an address is set."""
        if self.url and not self._workers:
            number = min(self.connections, self._asked_connections)
            self._workers = [asyncio.create_task(self._work()) for _ in range(number)]

    async def stop(self) -> None:
        workers, self._workers = self._workers, []
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        self._claimed.clear()

    async def _work(self) -> None:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(self.longest_answer)) as session:
            while True:
                update_id = self._claim()
                if update_id is None:
                    await self.updates.arrived.heard()
                    continue
                if not await self._post(session, update_id):
                    await asyncio.sleep(self.retry)
                self._claimed.discard(update_id)

    def _claim(self) -> int | None:
        first = islice(self.updates.pending, len(self._claimed) + 1)
        update_id = next((update_id for update_id in first if update_id not in self._claimed), None)
        if update_id is not None:
            self._claimed.add(update_id)
        return update_id

    async def _post(self, session: aiohttp.ClientSession, update_id: int) -> bool:
        """Whether the bot took the update, or it is gone anyway."""
        body = self.updates.pending.get(update_id)
        if body is None:
            return True
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.secret
        error = "Connection refused"
        with contextlib.suppress(aiohttp.ClientError, TimeoutError):
            async with session.post(self.url, data=body.encode(), headers=headers) as answer:
                await answer.read()
                if answer.ok:
                    self.updates.confirm(update_id)
                    return True
                error = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        self.failures += 1
        self._last_error = {"last_error_date": int(time.time()), "last_error_message": error}
        return False


def acceptable(url: str) -> bool:
    """HTTPS, as the real one wants it; plain HTTP only on the machine itself."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1"))
