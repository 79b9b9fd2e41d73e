"""A commune and a number, as they are typed after a command: `Xuân Thu 4.120`, `451 9500 máy`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.language import fold
from handlers.messages import Button
from handlers.places.finding import find_commune
from handlers.texts import number
from handlers.turn import command_button
from storage.campaign.communes import Commune

MOST = 10_000_000  # more is a slip of the hand
_NUMBER = re.compile(r"(?:^|\s)(?P<n>[0-9]{1,3}(?:[.,][0-9]{3})+|[0-9]+)\s*(?:may)?$")


@dataclass(frozen=True, slots=True)
class Said:
    """The words for a place, and the number; None: none was given."""

    place: str
    number: int | None
    no_number: str = ""  # what stands where one was expected: `95oo`


def read(text: str, places: Sequence[Commune]) -> Said:
    """What follows a command. A number alone that is the code of a commune is that commune."""
    words = fold(text)
    match = _NUMBER.search(words)
    if any(place.code == words for place in places):
        return Said(words, None)
    if match is None:
        return _no_number(words, places)
    n = int(re.sub(r"[.,]", "", match["n"]))
    return Said(_before(words, match), n) if n <= MOST else Said(_before(words, match), None, match["n"])


def _no_number(words: str, places: Sequence[Commune]) -> Said:
    """A commune and what was meant as its number: `xuan thu 95oo`; a name with a figure in it is a name."""
    place, _, last = words.rpartition(" ")
    meant = any(sign.isdigit() for sign in last) and found(words, places) is None
    return Said(place.strip(" :="), None, last) if meant and found(place, places) is not None else Said(words, None)


def _before(words: str, match: re.Match[str]) -> str:
    return words[: match.start()].strip(" :=")


def found(words: str, places: Sequence[Commune]) -> Commune | None:
    """The commune that is named."""
    return find_commune(words, places).found


def near(words: str, places: Sequence[Commune], command: str, n: int | None) -> tuple[tuple[Button, ...], ...]:
    """A button for each commune that may be meant, with the number that was said."""
    said = "" if n is None else f" {number(n)}"
    return tuple(
        (command_button(place.name, f"{command} {place.code}{said}"),)
        for place in find_commune(words, places).candidates
    )
