"""A simulated campaign in the running program, asked as an officer asks: every way says the same, to the last phone.

Chat, pictures, files, the letter, the address for spreadsheets, the dashboard and the command line, over their doors.
"""

import csv
import json
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from docx import Document

from bot.csvs import BOM
from storage.engine.database import session
from tests.browsers import Browser
from tests.commands.test_command_line import Shell
from tests.files.reading import comes, fetched, file_of, sheets
from tests.lists import pages_of
from tests.simulation.test_simulation import NOON, simulated
from tests.talk import Person, Talk, talking
from tests.web.dashboard.links import asks, opens

pytestmark = pytest.mark.on("telegram")
COMMUNES = {"397": "Minh Phú", "445": "Phú Minh", "451": "Xuân Thu"}


@pytest.fixture
async def talk(tmp_path: Path, platform: str) -> AsyncIterator[Talk]:
    """The program over three evenings of a simulated campaign, at noon of the day after."""
    simulated(tmp_path / "made", "a.db", days=3)
    copy(tmp_path / "made" / "a.db", tmp_path / "bacung.db")
    with session(tmp_path / "bacung.db") as tx:
        tx.run("DELETE FROM meta WHERE key = 'demonstration'")  # from here on it is a campaign as any
    async with talking(tmp_path, start=NOON, platform=platform) as running:
        await running.url()
        await running.settled_to(lambda tx: tx.one("SELECT 1 FROM channels WHERE name = 'web' AND username <> ''"))
        yield running


@dataclass(frozen=True)
class Said:
    """What `bacung totals` says: phones of the campaign, and the bot's by commune, student, hamlet and day."""

    done: int
    target: int
    by: Mapping[str, Mapping[str, int]]

    @property
    def bot(self) -> int:
        """Phones that the bot counted."""
        return sum(self.by["commune"].values())


def totals(talk: Talk) -> Said:
    """The command line, a process of its own beside the program that runs."""
    shell = Shell(talk.folder)
    found = {by: json.loads(shell.out("totals", "--json", "--by", by)) for by in ("commune", "person", "hamlet", "day")}
    rows = {
        by: {row["name"]: n for row in one["rows"] if (n := row["outcomes"].get("activated", 0))}
        for by, one in found.items()
    }
    return Said(found["commune"]["done"], found["commune"]["target"], rows)


def n(words: str) -> int:
    """`1.234`."""
    return int(words.replace(".", ""))


def after(text: str, before: str) -> int:
    """The number behind these words."""
    found = re.search(before + r"([0-9][0-9.]*)", text)
    assert found is not None, (before, text)
    return n(found[1])


async def test_every_door_says_the_same(talk: Talk) -> None:
    """From the whole down to the single report."""
    khoa, dung = await talk.person("Khoa"), await talk.person("Dũng")
    said = totals(talk)
    assert said.bot > 300
    assert {sum(rows.values()) for rows in said.by.values()} == {said.bot}
    await _chat(khoa, dung, said)
    await _pictures(talk, khoa, said)
    await _files(talk, khoa, said)
    await _dashboard(talk, khoa, said)
    assert Shell(talk.folder).run("check").returncode == 0
