"""How messages reach the bot on platforms that it calls, or that call it, and the bot as it is set for each way."""

from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from tests.crash.evening import EVENING
from tests.crash.line import Line
from tests.crash.supervisor import Supervisor
from tests.emulators import telegram, zalo
from tests.platforms import read_words


@dataclass(frozen=True, slots=True)
class Way:
    """How messages reach the bot. `serves`: how often Zalo's polls bring each."""

    platform: str
    webhook: bool
    serves: int = 1

    def emulator(self) -> Any:
        """The platform, which brings again what was not taken."""
        if self.platform == "telegram":
            return telegram.Emulator(privacy=False, clock=EVENING.timestamp)
        emulator = zalo.Emulator(clock=EVENING.timestamp)
        emulator.world.read_words = read_words
        emulator.updates.serves = self.serves
        emulator.webhook.tries = 100_000
        return emulator


class Bot(Supervisor):
    """The bot on one of these ways."""

    def __init__(
        self, folder: Path, emulator: Any, way: Way, *, out: Line | None = None, back: Line | None = None
    ) -> None:
        """`out`: over which it reaches the platform, `back`: over which the platform reaches it; None: directly."""
        super().__init__(folder, emulator, EVENING)
        self._way = way
        self._out = out
        self._back = back

    def spawn(self) -> ForkServerProcess:
        """Starts the next life, to which the platform serves anew what it served to the one before."""
        if self._way.platform == "zalo":
            self.emulator.updates.again()
        return super().spawn()

    @property
    def environment(self) -> dict[str, str]:
        """The settings of the way."""
        url = self._out.url if self._out else self.emulator.url
        port = self._back.port if self._back else self.web_port
        section = f"BACUNG_{self._way.platform.upper()}__"
        settings = {"TOKEN": self.emulator.token, "BASE_URL": url, "RATE": "0", "CHAT_RATE": "0"}
        settings["POLL_RATE" if self._way.platform == "zalo" else "GROUP_RATE"] = "0"
        if self._way.webhook:
            settings["WEBHOOK"] = f"http://127.0.0.1:{port}/hooks/{self._way.platform}"
        return {
            "BACUNG_STORAGE__PATH": str(self.database),
            "BACUNG_CAMPAIGN__FOLDER": str(self.folder / "campaign"),
            "BACUNG_WEB__PORT": str(self.web_port),
            **{section + name: value for name, value in settings.items()},
        }

    async def settled(self) -> None:
        """Everything said was taken, and everything to be said was sent."""
        if self._way.platform == "zalo":
            await self.until(self.emulator.all_taken, "taking all updates")
        await super().settled()
