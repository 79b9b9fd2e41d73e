"""How the running program is doing: what is wrong just now, and counts for Prometheus."""

from collections.abc import Iterable
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest


class Monitor:
    """One a program, so that several programs in one process count apart."""

    def __init__(self) -> None:
        self._wrong: dict[str, str] = {}
        self.registry = CollectorRegistry()
        self._taken = Counter(
            "bacung_events", "Events that came in and are committed", ["channel", "kind"], registry=self.registry
        )
        self._sent = Counter("bacung_sends", "Sends by how they ended", ["channel", "outcome"], registry=self.registry)
        self._trouble = Counter("bacung_storage_errors", "Times that storage failed", ["place"], registry=self.registry)
        self.connected = Gauge("bacung_web_connections", "Browsers that are connected", registry=self.registry)
        self.waiting = Gauge("bacung_outbox_waiting", "Messages to be sent", ["class"], registry=self.registry)
        self.doubtful = Gauge(
            "bacung_outbox_doubtful", "Messages to be sent again that may have arrived", registry=self.registry
        )
        self.unsaid = Gauge(
            "bacung_outbox_unsaid", "Messages of the last days that ended unsaid", ["end"], registry=self.registry
        )
        self.failures = Gauge("bacung_failures", "Messages and payloads that failed", registry=self.registry)
        self.last_in = Gauge(
            "bacung_last_in_seconds",
            "When the newest message that came in was sent, seconds since 1970",
            registry=self.registry,
        )

    @property
    def wrong(self) -> dict[str, str]:
        """What is wrong, by place; empty where all is well."""
        return dict(self._wrong)

    def red(self, place: str, why: str) -> None:
        """Something does not work now."""
        self._trouble.labels(place).inc()
        self._wrong[place] = why

    def green(self, place: str) -> None:
        """It works again."""
        self._wrong.pop(place, None)

    def took(self, arrivals: Iterable[object], newest: datetime | None) -> None:
        """These are committed; `newest`: when the newest message of all was sent."""
        if newest is not None:
            self.last_in.set(newest.timestamp())
        for arrival in arrivals:
            chat = getattr(arrival, "chat", None)
            channel = chat.channel if chat is not None else getattr(arrival, "channel", "")
            self._taken.labels(channel, type(arrival).__name__.lower()).inc()

    def sent(self, channel: str, outcome: object) -> None:
        """A send ended so: counted under the name of its outcome."""
        self._sent.labels(channel, type(outcome).__name__.lower()).inc()

    def pushed(self, answer: str) -> None:
        """A browser was told that there is something: what its push service said."""
        self._sent.labels("push", answer).inc()

    def exposition(self) -> bytes:
        """The counts as Prometheus reads them."""
        return generate_latest(self.registry)
