"""A platform that listens on the loopback, and what a test looks at."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable
from email.utils import formatdate
from typing import Any, Generic, Protocol, Self, TypeVar

from aiohttp import web

from .bell import Bell
from .calls import Call

T = TypeVar("T")
C = TypeVar("C", bound=Call)


class Api(ABC, Generic[C]):
    """Answers calls; `calls` in order of their answers."""

    def __init__(self, bell: Bell) -> None:
        self.calls: list[C] = []
        self.counts: Counter[str] = Counter()  # answered calls by method
        self.dates: Callable[[], float] | None = None  # the time that answers bear; none: they bear no date
        self._bell = bell

    @abstractmethod
    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """One request."""

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """The same, dated as servers do."""
        response = await self.handle(request)
        if not response.prepared:
            response.headers["Date"] = formatdate(self.dates(), usegmt=True) if self.dates is not None else "-"
        return response

    async def give_up(self) -> None:
        """End the calls that a fault still holds up."""

    def record(self, call: C) -> None:
        self.calls.append(call)
        self.counts[call.method] += 1
        self._bell.ring()


class Posting(Protocol):
    """What posts updates to the bot's webhook."""

    def start(self) -> None: ...

    async def stop(self) -> None: ...


class Listening(Generic[C]):
    """Used as `async with`; `port` 0 takes a free one and keeps it over a `stop` and another `start`."""

    def __init__(self, api: Api[C], webhook: Posting, bell: Bell, *, port: int, largest_body: int = 2**20) -> None:
        self.port = port
        self._api = api
        self._webhook = webhook
        self._bell = bell
        self._largest_body = largest_body
        self._server: web.Server | None = None
        self._runner: web.ServerRunner | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen on the loopback; after a `stop` on the same port, everything still remembered."""
        self._server = web.Server(
            self._api.answer,
            request_factory=self._request,
            handler_cancellation=True,  # a poller that was killed must not look as if it waited on
            access_log=None,
        )
        self._runner = web.ServerRunner(self._server, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]
        self._webhook.start()

    async def stop(self) -> None:
        """Be unreachable: open connections break, long polls among them."""
        await self._webhook.stop()
        await self._api.give_up()
        if self._server is None or self._runner is None:
            return
        for connection in self._server.connections:
            if connection.transport is not None:
                connection.transport.abort()
        await self._runner.cleanup()
        self._server = self._runner = None

    def _request(self, message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
        most = self._largest_body
        return web.BaseRequest(message, payload, protocol, writer, task, task.get_loop(), client_max_size=most)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def calls(self) -> list[C]:
        return self._api.calls

    def calls_of(self, *methods: str) -> list[C]:
        return [call for call in self.calls if call.method in methods]

    async def wait_for(
        self,
        look: Callable[[], T | None],
        timeout: float = 5,  # noqa: ASYNC109 its error names what did not come
        what: str = "",
    ) -> T:
        """The first true value of `look()`, tried now and after every call, message and confirmation."""
        return await self._bell.wait_for(look, timeout, what)
