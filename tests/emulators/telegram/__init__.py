"""Telegram's Bot API on the loopback: real HTTP, no network, people who do as a test tells them."""

from tests.emulators.common.parameters import Upload

from .emulator import Emulator
from .people import User
from .server import Call
from .trouble import Fault, FaultKind, Pacing
from .world import Chat, Press, Shown

__all__ = ["Call", "Chat", "Emulator", "Fault", "FaultKind", "Pacing", "Press", "Shown", "Upload", "User"]
