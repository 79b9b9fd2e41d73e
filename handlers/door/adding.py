"""/taoma vai xã [họ tên]: a code for somebody whom no roster names, by an admin while the campaign runs."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.door.codes import links
from handlers.figures.gathered.facts import short
from handlers.language.signs.folding import fold
from handlers.messages import Message, Reply
from handlers.places.finding import find_commune
from handlers.turn import Turn
from storage.campaign import added, communes, phases
from storage.campaign.added import Newcomer
from storage.campaign.communes import Commune
from storage.campaign.people import Role
from storage.campaign.phases import Phase

LONGEST_NAME = 60  # characters
_MOST_WORDS = 6  # of a commune's name with its type: `thị trấn Sóc Sơn`
_ROLES = {
    "học viên": Role.STUDENT,
    "sinh viên": Role.STUDENT,
    "tổ trưởng": Role.LEAD,
    "cán bộ": Role.OFFICER,
    "quản trị": Role.ADMIN,
}
_SHORT = {"hv": "học viên", "sv": "sinh viên", "tt": "tổ trưởng", "cb": "cán bộ", "qt": "quản trị"}
_WORDS = {fold(words): words for words in _ROLES} | _SHORT
_WHOLE = ("toan huyen", "ca huyen", "huyen", "toan chien dich", "ca chien dich", "chien dich")


@dataclass(frozen=True, slots=True)
class Wish:
    """The role as it is called, and the words that follow it: place and name."""

    called: str
    rest: tuple[str, ...]

    @property
    def role(self) -> Role:
        """What the newcomer is to be."""
        return _ROLES[self.called]


def wished(text: str) -> Wish | None:
    """`học viên Xuân Thu Nguyễn Văn Hùng`; None where no role stands first."""
    words = text.replace(",", " ").split()
    for length in (2, 1):
        called = _WORDS.get(fold(" ".join(words[:length])))
        if called is not None:
            return Wish(called, tuple(words[length:]))
    return None


def bring_in(message: Message, turn: Turn, wish: Wish) -> Reply:
    """Stores the newcomer and shows the code, or says what is missing."""
    place, name = _placed(turn, wish)
    if place is None and wish.role is not Role.ADMIN and not _is_whole(wish):
        return _where(turn, wish)
    role, label = wish.called, short(place) if place is not None else ""
    phase = _phase(turn) if wish.role in (Role.STUDENT, Role.LEAD) else None
    if phase is None and wish.role in (Role.STUDENT, Role.LEAD):
        return turn.say("codes.add_too_late", role=role)
    commune = place.id if place is not None else None
    same = added.of_name(turn.tx, name, wish.role, commune) if name else None
    if same is not None:
        return turn.say("codes.added_before", role=role, place=label, known=same)
    newcomer = Newcomer(name, wish.role, commune, phase.id if phase is not None else None)
    person, code = added.add(turn.tx, newcomer, at=turn.now)
    turn.on_record("person added", person.id)
    return turn.say(
        "codes.added",
        role=role,
        name=person.name,
        named=bool(name),
        ref=person.ref,
        place=label,
        phase=phase.name if phase is not None else "",
        code=code,
        links=links(turn.tx, code),
    )


def _placed(turn: Turn, wish: Wish) -> tuple[Commune | None, str]:
    """The commune that the words begin with, and the name that follows; the longest name wins."""
    if wish.role is Role.ADMIN:
        return None, _name(wish.rest)
    whole = _whole_words(wish)
    if whole:
        return None, _name(wish.rest[whole:])
    known = communes.every(turn.tx)
    for length in range(min(_MOST_WORDS, len(wish.rest)), 0, -1):
        found = find_commune(" ".join(wish.rest[:length]), known).found
        if found is not None:
            return found, _name(wish.rest[length:])
    return None, ""


def _is_whole(wish: Wish) -> bool:
    """An officer of the whole campaign is one only where that is said."""
    return wish.role is Role.OFFICER and _whole_words(wish) > 0


def _whole_words(wish: Wish) -> int:
    """How many words say `the whole campaign`; 0 where none do, or the role has a commune."""
    said = fold(" ".join(wish.rest)) + " "
    found = [words for words in _WHOLE if said.startswith(words + " ")] if wish.role is Role.OFFICER else []
    return max((len(words.split()) for words in found), default=0)


def _name(words: Sequence[str]) -> str:
    return " ".join(words)[:LONGEST_NAME].strip(" .:;-")


def _phase(turn: Turn) -> Phase | None:
    """The phase that is on, or the next one; None where all are over."""
    return next((one for one in phases.every(turn.tx) if one.last >= turn.work_day), None)


def _where(turn: Turn, wish: Wish) -> Reply:
    """No commune was named, or none of this name is known: then those near it, with what else was said."""
    wanted = " ".join(wish.rest)[:LONGEST_NAME]
    near: Sequence[Commune] = ()
    for length in range(min(_MOST_WORDS, len(wish.rest)), 0, -1):
        near = find_commune(" ".join(wish.rest[:length]), communes.every(turn.tx)).candidates
        if near:
            break
    if not near:
        return turn.say("codes.add_where", role=wish.called, whole=wish.role is Role.OFFICER)
    return turn.say("codes.add_which", role=wish.called, wanted=wanted, near=[short(place) for place in near])
