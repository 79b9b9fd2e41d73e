"""Stored pictures: what they are is read from them, their time ends, and what is said refers to them by a number."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sending import parcels
from handlers.messages import Button, Reply
from storage.engine.database import session
from storage.talk import pictures
from storage.talk.pictures import KEPT, LARGEST, Picture
from tests.images import jpeg, png

NOW = datetime(2023, 5, 20, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("content", "type", "size"),
    [
        (png(640, 360), "image/png", (640, 360)),
        (jpeg(1080, 1350), "image/jpeg", (1080, 1350)),
        (png(1, 1).ljust(LARGEST, b"\0"), "image/png", (1, 1)),
    ],
)
def test_a_picture_is_kept_for_a_week(tmp_path: Path, content: bytes, type: str, size: tuple[int, int]) -> None:
    """With what it is, until its time is over."""
    with session(tmp_path / "bot.db") as tx:
        id = pictures.keep(tx, "tiến độ", content, at=NOW)
    with session(tmp_path / "bot.db") as tx:
        kept = pictures.of(tx, id, NOW + KEPT - SECOND)
        assert kept == Picture(id, "tiến độ", type, *size, NOW + KEPT, content)
        assert pictures.of(tx, id, NOW + KEPT) is None
        assert pictures.of(tx, id + 1, NOW) is None


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not a picture"),
        (b"GIF89a" + bytes(100), "not a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a picture"),
        (b"\xff\xd8" + bytes(100), "not a picture"),
        (png()[:20], "cut off"),
        (jpeg()[:-5], "cut off"),
        (b"\xff\xd8\xff\xe0", "cut off"),
        (png(0, 5), "without any size"),
        (png().ljust(LARGEST + 1, b"\0"), "10485761 bytes"),
    ],
)
def test_what_is_no_picture_is_refused(tmp_path: Path, content: bytes, why: str) -> None:
    """PNG and JPEG of at most ten megabytes, whatever they are called."""
    with session(tmp_path / "bot.db") as tx:
        with pytest.raises(ValueError, match=why):
            pictures.keep(tx, "hình.png", content, at=NOW)
        assert tx.all("SELECT * FROM pictures") == []


@given(start=st.sampled_from([b"", b"\xff\xd8", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]), rest=st.binary(max_size=200))
def test_any_bytes_are_a_picture_with_a_size_or_refused(start: bytes, rest: bytes) -> None:
    """Nothing else is raised, however broken they are."""
    try:
        type, width, height = pictures._looked_at(start + rest)
    except ValueError:
        return
    assert type in ("image/png", "image/jpeg")
    assert width > 0 < height


def test_old_ones_are_forgotten_some_at_a_time(tmp_path: Path) -> None:
    """The oldest first, none before its time; a number is never given twice."""
    with session(tmp_path / "bot.db") as tx:
        ids = [pictures.keep(tx, "x.png", png(1, 1), at=NOW + n * SECOND) for n in range(5)]
        late = NOW + KEPT + 3 * SECOND
        assert pictures.count_expired(tx, late) == 4
        assert [pictures.prune(tx, late, 3) for _ in range(3)] == [3, 1, 0]
        assert [row["id"] for row in tx.all("SELECT id FROM pictures")] == ids[-1:]
        assert pictures.prune(tx, late + KEPT, 3) == 1
        assert pictures.keep(tx, "x.png", png(1, 1), at=late) == ids[-1] + 1


def test_a_reply_keeps_its_picture_in_line() -> None:
    """As a number; without one nothing is written of it."""
    reply = Reply("Tiến độ", ((Button("Hôm nay", "c/homnay"),),), picture=7)
    assert parcels.unpacked(parcels.packed(reply)) == reply
    assert "picture" not in parcels.packed(Reply("Tiến độ"))
