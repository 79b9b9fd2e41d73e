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
    place = _where(act.reading if isinstance(act, Record) else reading, heard, evening)
    return replace(act, place=place) if place != NOWHERE else act


def _where(reading: Reading, heard: Heard, evening: Evening) -> Place:
    if not heard.assumed and any(line.place != NOWHERE for line in heard.lines):
        return NOWHERE  # it says where
    if heard.comes != NOWHERE:
        return heard.comes
    return _of_its_home(reading, heard, evening) or _beside(heard, evening)


def _of_its_home(reading: Reading, heard: Heard, evening: Evening) -> Place:
    """`nhà ông Tư xóm 2 vắng`, later `ông Tư về rồi, 2 máy`: a home that is named again stands where it stood.

    Whoever is named beside it belongs to it: `nhà chú Bảy còn cô con gái nữa`, `chị Mai vợ anh Cường`.
    """
    labels = matching.labels_of(reading)
    named = [label for label in labels if not matching.is_nobody(fold(label))] or (
        matching.named_in(evening.today, heard.plain) if labels or reading.of_home is None else [reading.of_home]
    )
    places: set[Place] = set()
    for label in named:
        there = _places(evening, [label]) or _places(evening, matching.named_in(evening.today, fold(label)))
        if not there and not _is_of(label, named, heard):
            return NOWHERE  # somebody new is told beside it
        places |= there
    return places.pop() if len(places) == 1 else NOWHERE


def _places(evening: Evening, labels: Sequence[str]) -> set[Place]:
    """Where the homes of these names stand."""
    known = matching.with_home(evening.today, labels) if labels else []
    return {home.place for report, found in known for home in report.homes if home.label == found}


def _is_of(label: str, named: Sequence[str], heard: Heard) -> bool:
    """Whether somebody is told to belong to the one named next: `thằng Đức con ông Khoan`."""
    words = _words(heard.plain)
    return any(matching.kin_of(other) and f"{fold(label)} {fold(other)}" in words for other in named if other != label)


_TITLE = r"(?:ong|ba|bac|co|chu|cu|anh|chi|di|cau|mo|thim|o|duong|me|on|thay|em|a|c|b)"
# `nhà bên cạnh`, `sát vách`, `cùng ngõ`, `cũng xóm ấy`: of a landmark (`đối diện chợ`) nothing is known.
_AREA = r"(?:xom|thon|ngo|ngach|hem|ap|lang)"
_NEAR = (
    r"\b(?:(?:ben canh|canh ben|sat vach|sat ben|lien ke|ke ben|ke can|ke do|doi dien)"
    rf"|(?:cung|van|trong|o|thuoc) {_AREA} (?:ay|do|nay|day|luon|ni)|cung {_AREA})"
)
_AND_THEN = (
    r"(?:co|thi|la|vang|khoa|dong|di|chua|khong|ko|k|hong|duoc|dc|xong|cung|nua|lam|cai|tu|do|ay|day|kia|luon|goi|ai"
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
        places = _places(evening, [whom[1]])
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
