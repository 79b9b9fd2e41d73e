"""Where new work stands that names no hamlet: in the one of its home, if the book knows it, or of the home beside it.

It is put in after everything else is decided, so that no number depends on it: what a message repeats, corrects or adds
is told by its own words alone.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from handlers.clerk import matching
from handlers.clerk.acts import Act, Ask, Record
from handlers.clerk.evening import NOWHERE, Evening, Heard, Place
from handlers.language import Kind, Reading, fold


def placed(act: Act, heard: Heard, reading: Reading, evening: Evening) -> Act:
    """The act with the hamlet of its home, where it records new work or asks about it. `reading`: the likeliest."""
    if not isinstance(act, Record | Ask) or heard.forwarded or reading.day:
        return act
    about = reading.draft.kind if reading.draft else reading.kind
    if isinstance(act, Ask) and about is Kind.TOTAL:
        return act
    told = any(line.place != NOWHERE for line in heard.lines)
    said = heard.place if isinstance(act, Ask) and not (told or heard.assumed or heard.elsewhere) else NOWHERE
    place = said or _where(act.reading if isinstance(act, Record) else reading, heard, evening)
    return replace(act, place=place) if place != NOWHERE else act


def _where(reading: Reading, heard: Heard, evening: Evening) -> Place:
    if not heard.assumed and (said := {line.place for line in heard.lines} - {NOWHERE}):
        return said.pop() if len(said) == 1 and _is_of_all(heard) else NOWHERE  # it says where
    if heard.comes != NOWHERE:
        return heard.comes
    return _of_its_home(reading, heard, evening) or _beside(heard, evening)


def _is_of_all(heard: Heard) -> bool:
    """`ông Quyết 1 máy nhé, vẫn xóm 2, bà nhà thì xua tay`: what is told before it is there, too."""
    return any(re.search(rf"{_STILL}{re.escape(one.said)}\b", heard.plain) for one in heard.named if not one.denied)


_STILL = r"\b(?:van|cung|deu|toan|chung)(?: (?:la|o|thuoc|trong|cung|cai))* "


def _of_its_home(reading: Reading, heard: Heard, evening: Evening) -> Place:
    """`nhà ông Tư xóm 2 vắng`, later `ông Tư về rồi, 2 máy`: a home that is named again stands where it stood.

    So do who belongs to it (`vợ anh Chí`, `chị Mai vợ anh Cường`), whoever is named beside it as its own (`nhà chú Bảy
    còn cô con gái nữa`), and the other half of a couple just told of (`ông Sơn`, then `bà Sơn`).
    """
    labels = matching.labels_of(reading)
    named = [label for label in labels if _is_somebody(label)] or (
        matching.named_in(evening.today, heard.plain) if labels or reading.of_home is None else [reading.of_home]
    )
    places: set[Place] = set()
    for label in named:
        there = _places_of(label, evening) or _places_of(_owner(label), evening) or _of_the_other_half(label, evening)
        if not there and not _is_of(label, named, heard):
            return NOWHERE  # somebody new is told beside it
        places |= there
    return places.pop() if len(places) == 1 else NOWHERE


def _is_somebody(label: str) -> bool:
    """Whether a home has a name of its own: `vợ anh Chí` does, although `chi` without marks is nobody's name."""
    *before, last = label.split()
    capital = bool(before) and last[:1].isupper() and not label.isupper()
    return capital or not matching.is_nobody(fold(label))


def _places_of(label: str, evening: Evening) -> set[Place]:
    known = matching.with_home(evening.today, [label]) if label else []
    return {
        home.place
        for report, found in known
        for home in report.homes
        if home.label == found and (not matching.is_nobody(found) or _title(found) == _title(label))
    }


def _title(label: str) -> tuple[str, ...]:
    """`nhà mệ Gái` is not `đứa con gái`."""
    return matching.names_in(label)[0][-1:]


def _owner(label: str) -> str:
    """Whose somebody is: `anh Cường` of `chị Mai vợ anh Cường`; '' of who is called by a name alone."""
    whose = _OWNED.fullmatch(" ".join(fold(label).split()))
    return whose["owner"] if whose is not None else ""


def _of_the_other_half(label: str, evening: Evening) -> set[Place]:
    """Where the one of a couple stands who was told of just now, by the name that both are called by."""
    titles, names = matching.names_in(label)
    halves = {one for couple in _COUPLES for one in couple if titles and titles[-1] in couple} - set(titles[-1:])
    return {
        home.place
        for report in [one for one in evening.today if not one.adjusted][:_JUST_NOW]
        for home in report.homes
        if names and matching.names_in(home.label)[1] == names and halves & set(matching.names_in(home.label)[0][-1:])
    }


def _is_of(label: str, named: Sequence[str], heard: Heard) -> bool:
    """Whether somebody is told to belong to the one named next: `thằng Đức con ông Khoan`."""
    words = _words(heard.plain)
    return any(matching.kin_of(other) and f"{fold(label)} {fold(other)}" in words for other in named if other != label)


_TITLE = r"(?:ong|ba|bac|co|chu|cu|anh|chi|di|cau|mo|thim|o|duong|me|on|thay|em|a|c|b)"
_OF_KIN = r"(?:dau|re|trai|gai|ut|ca|lon|be|nho|noi|ngoai|nuoi|ruot|thu|hai|cua|nha|ben)"
_OWNED = re.compile(
    rf"(?:.* )?(?:vo|vk|chong|ck|con|dau|re|chau|em (?=gai|trai|dau|re)|bo|me|ma|bu)(?: {_OF_KIN})*"
    rf" (?P<owner>{_TITLE} \w+)"
)
_COUPLES = tuple(
    map(
        frozenset,
        (("ong", "ba"), ("anh", "chi"), ("a", "c"), ("chu", "thim"), ("cau", "mo"), ("duong", "di"), ("duong", "o")),
    )
)
_JUST_NOW = 3  # reports, of which a couple is one
# `nhà bên cạnh`, `sát vách`, `cùng ngõ`, `cũng xóm ấy`: of a landmark (`đối diện chợ`) nothing is known.
_AREA = r"(?:xom|thon|ngo|ngach|hem|ap|lang)"
_NEAR = (
    r"\b(?:(?:ben canh|canh ben|sat vach|sat ben|lien ke|ke ben|ke can|ke do|doi dien)"
    rf"|(?:(?:cung|van|trong|o|thuoc) )?{_AREA} (?:ay|do|nay|day|luon|ni|no|te)"
    rf"|(?:(?:cung|van) (?:o )?trong|cung) {_AREA})"
)
_AND_THEN = (
    r"(?:co|con|nha|thi|la|vang|khoa|dong|di|chua|khong|ko|k|hong|duoc|dc|xong|cung|nua|lam|cai|tu|do|ay|day"
    r"|kia|luon|goi|ai"
    r"|mot|hai|ba|deu|het|hen|bao|noi|ok|loi|may|da|dang|vua|moi|ong|chi|anh)"
)
_BESIDE_IT = re.compile(rf"{_NEAR}(?= *(?:$|[,.;:!?(]|[0-9]|{_AND_THEN}\b))")
_BESIDE_WHOM = re.compile(
    rf"\b(?:ben canh|ngay canh|canh|sat vach|sat|ke ben|ke|lien ke|giap|doi dien|cung {_AREA})"
    rf" (?:(?:voi|vs|cua) )?(?:nha |ho )?({_TITLE} \w+)"
)


def _beside(heard: Heard, evening: Evening) -> Place:
    """`nhà bên cạnh vắng`, `cô Tư cùng ngõ 2 máy`: where the home told last stands, or the one that is named."""
    whom = _BESIDE_WHOM.search(_words(heard.plain))
    if whom is not None:
        places = _places_of(whom[1], evening)
        if places:
            return places.pop() if len(places) == 1 else NOWHERE
    if _BESIDE_IT.search(heard.plain) is None:
        return NOWHERE
    last = next((report for report in evening.today if not report.adjusted), None)
    if last is None:
        return NOWHERE
    places = {home.place for home in last.homes[-1:]} or {line.place for line in last.lines}
    return places.pop() if len(places) == 1 else NOWHERE


def _words(plain: str) -> str:
    return " ".join(re.sub(r"[^\w ]+", " ", plain).split())
