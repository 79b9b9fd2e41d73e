"""Names of communes and hamlets as they compare: without type word, case, marks and leading zeros."""

import re
from functools import lru_cache

from handlers.language.signs.folding import fold

_COMMUNE_TYPES = ("thị trấn", "xã", "tt", "phường", "huyện")
_HAMLET_TYPES = (
    *("tổ dân phố", "khu dân cư", "tiểu khu", "khu phố", "tdp", "kdc", "thôn", "xóm", "tổ", "khu"),
    *("đội", "phố", "làng", "bản", "ấp", "buôn"),
)


@lru_cache(maxsize=4096)
def folded_commune(name: str) -> str:
    """`Xã Xuân Thu`, `XUAN THU` → `xuan thu`."""
    return _without_type(name, _COMMUNE_TYPES)


@lru_cache(maxsize=4096)
def folded_hamlet(name: str) -> str:
    """`Thôn Xuân Tảo` → `xuan tao`; `Tổ dân phố số 04`, `4` → `4`."""
    return _without_type(name, _HAMLET_TYPES)


def plain(name: str) -> str:
    """Folded, signs between words as spaces, numbers without leading zeros."""
    return re.sub(r"\b0+(?=[0-9])", "", " ".join(re.sub(r"[^\w/]+", " ", fold(name)).split()))


def _without_type(name: str, types: tuple[str, ...]) -> str:
    folded = plain(name)
    for kind in types:
        rest = folded.removeprefix(fold(kind) + " ")
        if rest != folded and not _is_part_of_name(name, kind):
            return re.sub(r"^so (?=[0-9])", "", rest)
    return folded


def _is_part_of_name(name: str, kind: str) -> bool:
    """Whether what looks like a type word lacks the marks that the rest has: Ban Tiện is no bản."""
    said, rest = name.lower().split()[0], name.split()[1:]
    shy = kind in ("tổ", "đội", "phố", "làng", "bản", "ấp", "buôn")
    return shy and said.isascii() and any(word.isalpha() and fold(word) != word.lower() for word in rest)
