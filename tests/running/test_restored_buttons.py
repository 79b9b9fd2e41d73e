"""Buttons that outlive the database they were said from: after a restore they stand for nothing else."""

import asyncio
from pathlib import Path

import pytest

from tests.commands.test_command_line import Shell
from tests.talk import Talk

pytestmark = pytest.mark.on("telegram")  # which keeps its messages, whatever becomes of our database


@pytest.fixture
def shell(talk: Talk, tmp_path: Path) -> Shell:
    """The command line on the program's database."""
    shell = Shell(tmp_path / "shell")
    shell.database = talk.database
    return shell


async def _backed_up(talk: Talk, shell: Shell) -> Path:
    backup = talk.folder / "copy.db"
    await asyncio.to_thread(shell.out, "backup", str(backup))
    return backup


async def _restored(talk: Talk, shell: Shell, backup: Path) -> None:
    await talk.stop()
    await asyncio.to_thread(shell.out, "restore", str(backup))
    await talk.start()


async def test_a_button_of_before_withdraws_nobody_elses_report(talk: Talk, shell: Shell) -> None:
    """Its report is gone with the restore; the one that was told since stays, and its own button works."""
    an = await talk.person("An")
    backup = await _backed_up(talk, shell)
    for home in ("Xoài", "Mận"):  # as many lives as one likes
        lost = await an.says(f"nhà bà {home} xóm 4 được 2").hears(home, "2 máy")
        await _restored(talk, shell, backup)
        kept = await an.says("nhà bà Vải xóm 4 được 9").hears("Vải", "9 máy")
        text = kept.text
        await an.presses("Hoàn tác", lost)
        assert (talk.done_by("hv1"), kept.text) == ({"activated": 9}, text)
    await an.presses("Hoàn tác", kept)
    assert talk.done_by("hv1") == {}


async def test_a_button_in_the_backup_still_is_its_own(talk: Talk, shell: Shell) -> None:
    """What was offered before the backup stands there as it stood, about the same report."""
    an = await talk.person("An")
    kept = await an.says("nhà bà Xoài xóm 4 được 2").hears("2 máy")
    backup = await _backed_up(talk, shell)
    await _restored(talk, shell, backup)
    await an.says("nhà bà Vải xóm 4 được 9").hears("9 máy")
    await an.presses("Hoàn tác", kept)
    assert talk.done_by("hv1") == {"activated": 9}


async def test_a_button_of_a_practice_of_before(talk: Talk, shell: Shell) -> None:
    """It changes nothing in the practice that was begun since."""
    an = await talk.person("An")
    backup = await _backed_up(talk, shell)
    await an.says("/thunghiem").hears("Bắt đầu thử")
    lost = await an.says("nhà bà Xoài xóm 4 được 2").hears("2 máy")
    await _restored(talk, shell, backup)
    await an.says("/thunghiem").hears("Bắt đầu thử")
    await an.says("nhà bà Vải xóm 4 được 9").hears("9 máy")
    await an.presses("Hoàn tác", lost)
    await an.says("/homnay").hears("Hôm nay em 9 máy")


async def test_who_is_erased_leaves_no_number_behind(talk: Talk, shell: Shell) -> None:
    """Also where the newest offer was theirs: the next one is another one."""
    an, binh = await talk.person("An"), await talk.person("Bình")
    await binh.says("nhà bà Vải xóm 4 được 9").hears("9 máy")
    await an.says("nhà bà Xoài xóm 4 được 2").hears("2 máy")
    (before,) = talk.look(lambda tx: tx.one("SELECT max(id) FROM offers"))
    await talk.stop()
    await asyncio.to_thread(shell.out, "person", "erase", "hv1", "--yes")
    await talk.start()
    await binh.says("nhà bà Na xóm 4 được 1").hears("1 máy")
    (after,) = talk.look(lambda tx: tx.one("SELECT max(id) FROM offers"))
    assert after > before
