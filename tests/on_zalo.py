"""Somebody of the small campaign on Zalo, beside the platform of the talk."""

from tests.platforms import Zalo
from tests.talk import PATIENCE, Talk


class OnZalo:
    """Somebody, on Zalo beside the platform of the talk."""

    def __init__(self, zalo: Zalo, talk: Talk, name: str = "An") -> None:
        self.zalo, self.talk, self.user = zalo, talk, zalo.emulator.user(name)

    async def says(self, text: str, *parts: str) -> str:
        """Writes, and waits for an answer with these parts."""
        before = len(self.user.chat.from_bot)
        self.zalo.says(self.user, text, None, at=self.talk.clock.now())
        await self.zalo.emulator.wait_for(lambda: len(self.user.chat.from_bot) > before, timeout=PATIENCE)
        said: str = self.user.chat.from_bot[-1].said
        assert all(part in said for part in parts), said
        return said
