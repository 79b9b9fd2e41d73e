"""Updates by webhook: posted to the bot's address; what is not answered with 200 may be lost."""

import asyncio
import contextlib
from collections.abc import Sequence

import aiohttp

from tests.emulators.common.parameters import JSON, ApiError, Params, bad_request
from tests.emulators.telegram.webhook import acceptable

from .updates import Updates

LONGEST_ANSWER = 30  # seconds a webhook may take
SECRET_LENGTHS = range(8, 257)


class Webhook:
    """Where updates are posted to, if anywhere. `tries`: how often each is posted before it is given up."""

    def __init__(self, updates: Updates) -> None:
        self.updates = updates
        self.url = ""
        self.secret = ""
        self.tries = 1  # redelivery is not documented
        self.retry = 0.02  # seconds between tries
        self.connections = 1
        self.longest_answer: float = LONGEST_ANSWER
        self.lose = 0  # how many of the next updates never leave
        self.lost: list[str] = []
        self.answers: list[int] = []  # statuses; 0: no answer
        self.under_way = 0
        self._updated_at = 0
        self._workers: list[asyncio.Task[None]] = []

    async def set(self, params: Params, now: int) -> JSON:
        url, secret = params.text("url"), params.text("secret_token")
        if not acceptable(url):
            raise bad_request("url must be HTTPS")
        if len(secret) not in SECRET_LENGTHS:
            raise bad_request("secret_token must be from 8 to 256 characters")
        await self.stop()
        self.url, self.secret, self._updated_at = url, secret, now
        self.updates.end_poll()
        verified = await self.probe()
        self.start()
        return {"url": url, "updated_at": now, "verification": {"success": verified}}

    async def delete(self) -> JSON:
        if not self.url:
            raise ApiError(404, "Webhook not found")
        await self.stop()
        self.url = self.secret = ""
        return {"url": "", "updated_at": self._updated_at}

    def info(self) -> JSON:
        if not self.url:
            raise ApiError(404, "Webhook not found")
        return {"url": self.url, "updated_at": self._updated_at}

    async def probe(self) -> bool:
        """The empty request by which Zalo looks whether anybody is there."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(self.longest_answer)) as session:
            return await self._post(session, "") == 200

    def start(self) -> None:
        """Begin to post, where an address is set."""
        if self.url and not self._workers:
            self._workers = [asyncio.create_task(self._work()) for _ in range(self.connections)]

    async def stop(self) -> None:
        workers, self._workers = self._workers, []
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        self.under_way = 0

    async def _work(self) -> None:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(self.longest_answer)) as session:
            while True:
                if not self.updates.pending:
                    await self.updates.arrived.heard()
                    continue
                self.under_way += 1
                update = self.updates.pop()
                try:
                    if self.lose:
                        self.lose -= 1
                        self.lost.append(update)
                    elif not await self._posted(session, update):
                        self.lost.append(update)
                except asyncio.CancelledError:
                    self.updates.pending.appendleft(update)
                    raise
                self.under_way -= 1
                self.updates._bell.ring()

    async def _posted(self, session: aiohttp.ClientSession, update: str) -> bool:
        for n in range(self.tries):
            if n:
                await asyncio.sleep(self.retry)
            if await self._post(session, update) == 200:
                return True
        return False

    async def _post(self, session: aiohttp.ClientSession, body: str) -> int:
        headers = {"Content-Type": "application/json", "X-Bot-Api-Secret-Token": self.secret}
        status = 0
        with contextlib.suppress(aiohttp.ClientError, TimeoutError):
            async with session.post(self.url, data=body.encode(), headers=headers) as answer:
                await answer.read()
                status = answer.status
        self.answers.append(status)
        return status

    async def repost(self, bodies: Sequence[str]) -> list[int]:
        """Post some once more, as a platform that is not sure does; the statuses."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(self.longest_answer)) as session:
            return [await self._post(session, body) for body in bodies]
