"""Browsers after a restore: what they remember of another life of the database is dropped, nothing is mistaken."""

import asyncio
from pathlib import Path

import pytest

from tests.browsers import Browser
from tests.commands.test_command_line import Shell
from tests.talk import Talk
from tests.web.conftest import Open

pytestmark = pytest.mark.on("telegram")  # beside it the web chat is what these are about


@pytest.fixture
def shell(talk: Talk, tmp_path: Path) -> Shell:
    """The command line on the program's database."""
    shell = Shell(tmp_path / "shell")
    shell.database = talk.database
    return shell


async def _restored(talk: Talk, shell: Shell, backup: Path, *browsers: Browser) -> None:
    """A backup takes the database's place; the browsers come back."""
    for browser in browsers:
        await browser.disconnect()
    await talk.stop()
    await asyncio.to_thread(shell.out, "restore", str(backup))
    await _started(talk, *browsers)


async def _started(talk: Talk, *browsers: Browser) -> None:
    await talk.start()
    for browser in browsers:
        browser.url = await talk.url()
        await browser.connect()


async def test_a_restore_is_told_to_every_browser(talk: Talk, web: Open, shell: Shell) -> None:
    """Also to one that knows less than there is by now; who comes again knows the new life and is given only news."""
    an, binh = await web("An"), await web("Bình")
    assert (an.welcome["anew"], an.welcome["reset"]) == (False, True)
    await an.taken(await an.says("xóm 1 được 1"))
    await an.hears("Xóm 1")
    backup = talk.folder / "copy.db"
    await asyncio.to_thread(shell.out, "backup", str(backup))
    await binh.disconnect()  # knows nothing of what follows
    for n in (2, 3, 4):
        await an.taken(await an.says(f"xóm {n} được {n}"))
        await an.hears(f"Xóm {n}")
    await _restored(talk, shell, backup, an, binh)
    for browser in (an, binh):
        assert (browser.welcome["anew"], browser.welcome["reset"]) == (True, True)
    assert [one["text"] for one in an.messages.values() if one["mine"]] == ["xóm 1 được 1"]
    await an.disconnect()
    await an.connect()
    assert (an.welcome["anew"], an.welcome["reset"], an.welcome["messages"]) == (False, False, [])
    await an.taken(await an.says("xóm 5 được 5"))
    await an.hears("em 6 máy")


async def test_a_restart_changes_nothing(talk: Talk, web: Open) -> None:
    """The database lives on: browsers are given what is new."""
    an = await web("An")
    await an.taken(await an.says("xóm 1 được 1"))
    await an.hears("Xóm 1")
    await an.disconnect()
    await talk.stop()
    await _started(talk, an)
    assert (an.welcome["anew"], an.welcome["reset"]) == (False, False)


async def test_a_browser_that_knows_more_than_there_is_begins_anew(talk: Talk, web: Open, shell: Shell) -> None:
    """An older copy was put in the place by hand, which no restore has marked."""
    an = await web("An")
    await an.taken(await an.says("xóm 1 được 1"))
    backup = talk.folder / "copy.db"
    await asyncio.to_thread(shell.out, "backup", str(backup))
    await an.taken(await an.says("xóm 2 được 2"))
    await an.hears("Xóm 2")
    await an.disconnect()
    await talk.stop()
    talk.database.write_bytes(backup.read_bytes())
    await _started(talk, an)
    assert an.welcome["anew"] is True
    assert not [one for one in an.messages.values() if one["text"] == "xóm 2 được 2"]


async def test_an_edit_changes_the_message_it_was_made_for_or_none(talk: Talk, web: Open, shell: Shell) -> None:
    """Ids are given anew after a restore; a message's UUID says which one is meant."""
    an = await web("An")
    kept = await an.says("xóm 1 được 1")
    await an.taken(kept)
    await an.hears("Xóm 1")
    backup = talk.folder / "copy.db"
    await asyncio.to_thread(shell.out, "backup", str(backup))
    lost = await an.says("xóm 2 được 2")
    number = (await an.taken(lost))["id"]
    await an.hears("Xóm 2")
    await _restored(talk, shell, backup, an)
    other = await an.says("xóm 3 được 3")
    assert (await an.taken(other))["id"] == number, "the number was not given anew"
    await an.hears("Xóm 3")
    edit = await an.send(t="edit", message=number, of=lost, text="xóm 2 được 9", age=0)
    assert await an.refused(edit) == "message"
    await an.taken(await an.send(t="edit", message=number, of=kept, text="xóm 1 được 5", age=0))
    await talk.settled()
    assert talk.done_by("hv1") == {"activated": 8}
