"""What the pages and the socket of the web chat share."""

from dataclasses import dataclass
from datetime import time

from aiohttp import web

from bot.clock import Clock
from bot.config import Web as Settings
from bot.web.chat.desk import Desk
from bot.web.chat.hub import Hub
from bot.web.pages import sessions
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.webchat.devices import Device


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """One for the whole web chat. `key` signs the sessions; `trial`: it is a demonstration."""

    settings: Settings
    database: Database
    hub: Hub
    desk: Desk
    clock: Clock
    key: bytes
    trial: bool
    day_start: time

    def device_of(self, tx: Transaction, request: web.Request) -> Device | None:
        """The device that calls; None where it has no session, or none any longer."""
        return sessions.device_of(tx, request.cookies.get(sessions.COOKIE), self.key, self.clock.now())
