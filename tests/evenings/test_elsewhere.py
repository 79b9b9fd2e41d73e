"""The same evenings over the wire of every platform, by the real program: the book says what it said without one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from storage.engine.transaction import Transaction
from tests.evenings.elsewhere import files, replay
from tests.evenings.playing import BEGIN, campaign, play, read
from tests.platforms import PLATFORMS
from tests.talk import talking

FOLDER = Path(__file__).parent
# Played on every platform: all manners of typing, many presses, friends' reports, sums, corrections in words.
EVERYWHERE = frozenset(
    {
        "handed-05-telex-song",
        "handed-06-vni-song",
        "handed-08-emoji",
        "handed-16-lop-truong",
        "handed-18-thich-tong",
        "handed-23-thich-bam-nut",
        "handed-24-hay-quen",
        "ordinary-08-vui-tinh",
        "round1-05-terse",
        "round2-05-doc-chinh-ta",
        "round4-r4-04-khong-dau-viet-tat",
        "round5-r5-05-nghe-an",
        "round6-r6-ordinary-4-ngan-gon",
        "round65-r65-6",  # a label with a name and two hamlets
    }
)


SOME = frozenset(f"round{number}" for number in range(3, 100))


def _evenings() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Platform, name and evening: those of the list on all, the others by turns on one; edits only where there are.

    Of the later rounds every sixth: all of them are played without a platform.
    """
    turn = 0
    for path in sorted(FOLDER.glob("*.json")):
        for evening in read(path):
            name = f"{path.stem}-{evening['name']}"
            edits = any("edit_last" in one for one in evening["turns"])
            able = [one for one in PLATFORMS if not (edits and "edits" in PLATFORMS[one].lacks)]
            turn += 1
            if path.stem in SOME and turn % 6 and name not in EVERYWHERE:
                continue
            for platform in able if name in EVERYWHERE else [able[turn % len(able)]]:
                yield platform, name, dict(evening)


EVENINGS = list(_evenings())


@pytest.fixture(scope="module")
def tx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Transaction]:
    """The commune where they are played without a platform."""
    with campaign(tmp_path_factory.mktemp("elsewhere")) as made:
        yield made


@pytest.mark.parametrize(("where", "name", "evening"), EVENINGS, ids=[f"{where}-{name}" for where, name, _ in EVENINGS])
async def test_the_book_says_the_same(
    tx: Transaction, tmp_path: Path, where: str, name: str, evening: dict[str, Any]
) -> None:
    """After every message, edit and press, and of every hamlet at the end."""
    played = play(tx, evening)
    assert len(played.deeds) > 10, name
    async with talking(tmp_path, start=BEGIN, files=files(), platform=where) as talk:
        differs = await replay(talk, evening, played)
    assert differs == [], differs[0]


def test_every_platform_has_its_dozen() -> None:
    """The names of the list are names of evenings, and none of them needs what a platform lacks."""
    for platform in PLATFORMS:
        assert {name for where, name, _ in EVENINGS if where == platform} >= EVERYWHERE
