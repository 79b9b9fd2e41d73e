"""Small pictures for tests."""

import struct
import zlib


def png(width: int = 640, height: int = 360) -> bytes:
    """A grey PNG of this size."""
    rows = (b"\0" + bytes(width)) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def jpeg(width: int = 640, height: int = 360) -> bytes:
    """What a JPEG of this size begins with: a note, tables, and the frame."""
    parts = [(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"), (0xC4, b"\0" * 17), (0xC2, struct.pack(">BHHB", 8, height, width, 1))]
    return b"\xff\xd8" + b"".join(b"\xff" + struct.pack(">BH", kind, len(part) + 2) + part for kind, part in parts)
