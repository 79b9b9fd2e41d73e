"""Every night a copy of the database."""

from datetime import timedelta
from pathlib import Path

import pytest

from storage.engine.backup import verify
from tests.talk import Talk, talking

pytestmark = pytest.mark.on("telegram")


async def test_every_night_has_its_copy(tmp_path: Path) -> None:
    """Named by its work day, on record; the one of a month ago goes."""
    folder = tmp_path / "backups"
    async with talking(tmp_path, settings={"BACUNG_STORAGE__BACKUPS": str(folder)}) as talk:
        linh = await talk.person("Linh")
        await _stands(talk, folder / "bacung-2023-05-20.db")
        talk.clock.advance(timedelta(days=31))
        await _stands(talk, folder / "bacung-2023-06-20.db")
        await talk.settled_to(lambda _: not (folder / "bacung-2023-05-20.db").exists())
        verify(folder / "bacung-2023-06-20.db")
        await linh.says("/nhatky").hears("bot, theo lịch, sao lưu toàn bộ dữ liệu")


async def _stands(talk: Talk, file: Path) -> None:
    await talk.settled_to(lambda _: file.exists())
