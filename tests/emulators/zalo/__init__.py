"""Zalo's Bot API on the loopback: real HTTP, no network, people who do as a test tells them.

As documented (https://bot.zaloplatforms.com/docs) and as captured; where the two differ, the emulator can do both.
"""

from .emulator import Emulator
from .people import User
from .server import Call
from .trouble import Fault, FaultKind
from .world import Chat, Shown

__all__ = ["Call", "Chat", "Emulator", "Fault", "FaultKind", "Shown", "User"]
