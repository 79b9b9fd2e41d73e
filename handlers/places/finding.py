"""Names of places: which commune or hamlet a person means, however it is typed.

First the name itself, without marks, case and type word; then one slip of the hand, where only one place is that near;
else what is near, for buttons. Words keep their order: Minh Phú is not Phú Minh. Numbers never slip: xóm 4 is no xóm 5.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from rapidfuzz.distance import OSA

from handlers.language.folding import fold
from storage.campaign.communes import Commune
from storage.campaign.hamlets import Hamlet

P = TypeVar("P", Commune, Hamlet)

MOST_NEAR = 6
_SLIP_LETTERS = 4  # a shorter name is another name with one letter changed: Nội, Hội
_NEAR_LETTERS = 6  # the same for two letters

_COMMUNE_TYPES = ("thị trấn", "xã", "tt", "phường", "huyện")
_HAMLET_TYPES = (
    *("tổ dân phố", "khu dân cư", "tiểu khu", "khu phố", "tdp", "kdc", "thôn", "xóm", "tổ", "khu"),
    *("đội", "phố", "làng", "bản", "ấp", "buôn"),
)


@dataclass(frozen=True, slots=True)
class Match(Generic[P]):
    """The place that was meant, or those it may have been, the nearest first."""

    found: P | None
    candidates: tuple[P, ...] = ()


@lru_cache(maxsize=4096)
def folded_commune(name: str) -> str:
    """`Xã Xuân Thu`, `XUAN THU` → `xuan thu`."""
    return _without_type(name, _COMMUNE_TYPES)


@lru_cache(maxsize=4096)
def folded_hamlet(name: str) -> str:
    """`Thôn Xuân Tảo` → `xuan tao`; `Tổ dân phố số 04`, `4` → `4`."""
    return _without_type(name, _HAMLET_TYPES)


def find_commune(text: str, communes: Iterable[Commune]) -> Match[Commune]:
    """The commune of this name or code."""
    known = list(communes)
    match = _find(text, known, folded_commune, lambda commune: commune.folded)
    if match.found is None:
        codes = {text.strip(), folded_commune(text)}
        by_code = [commune for commune in known if commune.code in codes]
        return Match(by_code[0]) if by_code else match
    return match


def find_hamlet(text: str, hamlets: Iterable[Hamlet]) -> Match[Hamlet]:
    """The hamlet of this name, among those of one commune."""
    return _find(text, list(hamlets), folded_hamlet, lambda hamlet: folded_hamlet(hamlet.name))


def _find(text: str, places: list[P], folding: Callable[[str], str], folded: Callable[[P], str]) -> Match[P]:
    said = folding(text)
    if not said:
        return Match(None)
    names = [(folded(place), place) for place in places]
    for key in (_plain(text), said, folding(said)):  # Ban Tiện may be a name whole, Thôn Phố Nỉ the known Phố Nỉ
        for name, place in names:
            if name == key:
                return Match(place)
    slips = [place for name, place in names if _is_slip(said, name)]
    if len(slips) == 1:
        return Match(slips[0])
    ranked = sorted(((rank, name) for name, _ in names if (rank := _nearness(said, name)) is not None))
    by_name = dict(names)
    return Match(None, tuple(by_name[name] for _, name in ranked[:MOST_NEAR]))


def _is_slip(said: str, name: str) -> bool:
    """Whether one letter was missed, added, changed, or two changed places."""
    long_enough = min(len(said), len(name)) >= _SLIP_LETTERS
    return long_enough and _same_numbers(said, name) and OSA.distance(said, name, score_cutoff=1) <= 1


def _nearness(said: str, name: str) -> int | None:
    """How far a name is from what was said, for buttons; None where it is another name."""
    if name.startswith(said):
        return 0 if not (said[-1].isdigit() and name[len(said) : len(said) + 1].isdigit()) else None
    if not _same_numbers(said, name):
        return None
    most = 2 if min(len(said), len(name)) >= _NEAR_LETTERS else 1
    distance = OSA.distance(said, name, score_cutoff=most)
    return distance if distance <= most and distance < len(said) else None


def _same_numbers(said: str, name: str) -> bool:
    return _numbers(said) == _numbers(name)


def _numbers(name: str) -> list[str]:
    return [word for word in name.split() if any(c.isdigit() for c in word)]


def _plain(name: str) -> str:
    """Folded, signs between words as spaces, numbers without leading zeros."""
    return re.sub(r"\b0+(?=[0-9])", "", " ".join(re.sub(r"[^\w/]+", " ", fold(name)).split()))


def _without_type(name: str, types: tuple[str, ...]) -> str:
    plain = _plain(name)
    for kind in types:
        rest = plain.removeprefix(fold(kind) + " ")
        if rest != plain and not _is_part_of_name(name, kind):
            return re.sub(r"^so (?=[0-9])", "", rest)
    return plain


def _is_part_of_name(name: str, kind: str) -> bool:
    """Whether what looks like a type word lacks the marks that the rest has: Ban Tiện is no bản."""
    said, rest = name.lower().split()[0], name.split()[1:]
    shy = kind in ("tổ", "đội", "phố", "làng", "bản", "ấp", "buôn")
    return shy and said.isascii() and any(word.isalpha() and fold(word) != word.lower() for word in rest)
