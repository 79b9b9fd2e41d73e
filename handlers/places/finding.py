"""Names of places: which commune or hamlet a person means, however it is typed.

First the name itself, without marks, case and type word; then one slip of the hand, where only one place is that near;
else what is near, for buttons. Words keep their order: Minh Phú is not Phú Minh. Numbers never slip: xóm 4 is no xóm 5.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz.distance import OSA

from handlers.language.where_and_when.place_names import folded_commune, folded_hamlet, plain
from storage.campaign.communes import Commune
from storage.campaign.hamlets import Hamlet

P = TypeVar("P", Commune, Hamlet)

MOST_NEAR = 6
SLIP_LETTERS = 4  # a shorter name is another name with one letter changed: Nội, Hội
_NEAR_LETTERS = 6  # the same for two letters


@dataclass(frozen=True, slots=True)
class Match(Generic[P]):
    """The place that was meant, or those it may have been, the nearest first."""

    found: P | None
    candidates: tuple[P, ...] = ()


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
    for key in (plain(text), said, folding(said)):  # Ban Tiện may be a name whole, Thôn Phố Nỉ the known Phố Nỉ
        for name, place in names:
            if name == key:
                return Match(place)
    slips = [place for name, place in names if is_slip(said, name)]
    if len(slips) == 1:
        return Match(slips[0])
    ranked = sorted(((rank, name) for name, _ in names if (rank := _nearness(said, name)) is not None))
    by_name = dict(names)
    return Match(None, tuple(by_name[name] for _, name in ranked[:MOST_NEAR]))


def is_slip(said: str, name: str, *, letters: int = SLIP_LETTERS) -> bool:
    """Whether one letter was missed, added, changed, or two changed places, in a name of so many letters or more."""
    long_enough = len(said) >= SLIP_LETTERS and len(name) >= letters
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
