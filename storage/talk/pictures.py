"""Pictures that the bot says: kept beside what says them, and forgotten a week later."""

import struct
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.engine.times import moment, stamp
from storage.engine.transaction import Transaction

KEPT = timedelta(days=7)
LARGEST = 10 * 2**20  # bytes; what Telegram takes as a photo
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the segments of a JPEG that tell its size


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture; `width` and `height` in pixels, `type` image/png or image/jpeg."""

    id: int
    name: str
    type: str
    width: int
    height: int
    expires_at: datetime
    content: bytes


def keep(tx: Transaction, name: str, content: bytes, *, at: datetime) -> int:
    """Keeps a PNG or JPEG for a week, under the name of a file; its row, by which a Reply refers to it.

    Raises:
        ValueError: it is neither, or larger than `LARGEST`.
    """
    if len(content) > LARGEST:
        raise ValueError(f"a picture of {len(content)} bytes: make it smaller, {LARGEST} are the most")
    type, width, height = _looked_at(content)
    row = tx.one(
        """INSERT INTO pictures (name, type, width, height, made_at, expires_at, content)
           VALUES (:name, :type, :width, :height, :made_at, :expires_at, :content) RETURNING id""",
        name=name,
        type=type,
        width=width,
        height=height,
        made_at=stamp(at),
        expires_at=stamp(at + KEPT),
        content=content,
    )
    assert row is not None
    id: int = row["id"]
    return id


def of(tx: Transaction, id: int, now: datetime) -> Picture | None:
    """The picture of this row; None where its time is over."""
    row = tx.one(
        """SELECT id, name, type, width, height, expires_at, content FROM pictures
           WHERE id = :id AND expires_at > :now""",
        id=id,
        now=stamp(now),
    )
    if row is None:
        return None
    expires_at = moment(row["expires_at"])
    return Picture(row["id"], row["name"], row["type"], row["width"], row["height"], expires_at, row["content"])


def count_expired(tx: Transaction, now: datetime) -> int:
    """How many `prune` could forget by now."""
    row = tx.one("SELECT count(*) AS n FROM pictures WHERE expires_at <= :now", now=stamp(now))
    return row["n"] if row else 0


def prune(tx: Transaction, now: datetime, limit: int) -> int:
    """Forgets pictures whose time is over, some at a time. How many."""
    return tx.run(
        """DELETE FROM pictures WHERE id IN (
               SELECT id FROM pictures WHERE expires_at <= :now ORDER BY expires_at LIMIT :limit)""",
        now=stamp(now),
        limit=limit,
    )


def _looked_at(content: bytes) -> tuple[str, int, int]:
    """What it is by its own first bytes: type, width and height.

    Sources: https://www.w3.org/TR/png-3/#11IHDR, https://www.w3.org/Graphics/JPEG/itu-t81.pdf (B.2.2).
    """
    try:
        if content.startswith(_PNG):
            found = ("image/png", *struct.unpack_from(">II", content, 16))
        elif content.startswith(_JPEG):
            found = ("image/jpeg", *_size_of_jpeg(content))
        else:
            raise ValueError("not a picture: give a PNG or a JPEG")
    except struct.error:
        raise ValueError("a picture that is cut off: make it anew") from None
    if not (found[1] and found[2]):
        raise ValueError("a picture without any size: make it anew")
    return found


def _size_of_jpeg(content: bytes) -> tuple[int, int]:
    """Width and height, from the frame that follows the segments of other things."""
    place = len(_JPEG)
    while True:
        mark, kind, length = struct.unpack_from(">BBH", content, place)
        if mark != 0xFF:
            raise ValueError("not a picture: give a PNG or a JPEG")
        if kind in _FRAMES:
            height, width = struct.unpack_from(">HH", content, place + 5)
            return width, height
        place += 2 + length
