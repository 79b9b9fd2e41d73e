"""Hamlets in a writer's words, and what was done in them: home by home, or in numbers."""

import re
from random import Random

from tests.language.generating.counting import Teller
from tests.language.generating.homes import Homes
from tests.language.generating.spelling import OPEN, numbered
from tests.language.generating.tables import Hamlet
from tests.language.generating.truth import Stretch
from tests.language.generating.voice import Voice

_TAIL = re.compile(r"[0-9]+$")
_MARKS = ("", "", "- ", "+ ", "{i}. ", "{i}) ")  # before the lines of a list


class Places:
    """Tells of stretches of an evening, one hamlet each."""

    def __init__(self, rng: Random, voice: Voice, teller: Teller, homes: Homes) -> None:
        self.rng, self.voice, self.teller, self.homes = rng, voice, teller, homes

    def between(self, *signs: str) -> str:
        """One of some signs; a dictated message has none."""
        return " " if self.voice.dictated else self.rng.choice(signs)

    def hamlet(self, hamlet: Hamlet) -> str:
        """A hamlet as it is said: `xóm 4`, `tdp số 4`, `x4`."""
        kind, digits = hamlet.type, hamlet.sort == "digits"
        if self.voice.short and digits:
            if kind == "xóm" and self.rng.random() < 0.5:
                return f"x{numbered(hamlet.name)}"
            kind = "tdp" if kind == "tổ dân phố" else kind
        number = " số" if digits and kind in ("tổ dân phố", "tdp", "tổ", "khu") and self.rng.random() < 0.25 else ""
        if hamlet.sort in ("digits", "words"):
            return f"{kind}{number} {numbered(hamlet.name)}"
        return f"{kind} {_TAIL.sub(lambda tail: numbered(tail.group()), hamlet.name)}"

    def stretch(self, stretch: Stretch, *, first: bool, lines: bool) -> str:
        """What was done in a hamlet, one home after the other; in `lines` each home has one."""
        if not stretch.visits[0].homes:
            return self.sums(stretch)
        head, tail = "", ""
        if stretch.hamlet is not None:
            place = self.hamlet(stretch.hamlet)
            if self._may_follow(stretch) and first and not lines and self.rng.random() < 0.25:
                tail = f" {'ở ' if self.rng.random() < 0.4 else ''}{place}"
            else:
                head = self._head(stretch.hamlet, place, first=first, lines=lines)
        visits = [self.homes.told(visit, tail if i == 0 else "") for i, visit in enumerate(stretch.visits)]
        # after another home `số nhà 12` might be its address
        visits = visits[:1] + [visit.replace("số nhà", "nhà số", 1) for visit in visits[1:]]
        return head + (self._lines(visits) if lines else self._joined(visits))

    def _may_follow(self, stretch: Stretch) -> bool:
        """Whether the hamlet may stand behind the first home: `nhà bà Lan xóm 4 được 3`."""
        visit, hamlet = stretch.visits[0], stretch.hamlet
        told = visit.form != "alone" or visit.deeds[0].outcome in ("absent", "refused")
        return told and not visit.homes[0].ends_in_number and hamlet is not None and hamlet.sort != "tail"

    def _head(self, hamlet: Hamlet, place: str, *, first: bool, lines: bool) -> str:
        """The hamlet before its homes. A name with a number is set off: `Trung 2:`."""
        if lines:
            return f"{place}{':' if hamlet.sort == 'tail' else self.rng.choice((':', '', ' em báo:'))}\n"
        if hamlet.sort == "tail":
            return f"{place}: "
        if not first:
            return f"{self.rng.choice(('sang ', 'qua ', '', ''))}{place} "
        return f"{self.rng.choice(('', '', 'ở ', 'em ở '))}{place}{self.between(' ', ' ', ': ', ', ')}"

    def _lines(self, visits: list[str]) -> str:
        mark = self.rng.choice(_MARKS if len(visits) > 1 else _MARKS[1:3])
        return "\n".join(mark.format(i=i) + visit for i, visit in enumerate(visits, 1))

    def _joined(self, visits: list[str]) -> str:
        sign = self.between(", ", ", ", "; ", ". ", " | ")
        if len(visits) > 1 and not self.voice.dictated and self.rng.random() < 0.3:
            counted = visits[-1].startswith(OPEN)  # `còn 2 máy nhà bà Bảy` may be what is left
            last = self.rng.choice((" và ", ", rồi ") if counted else (", còn ", " và ", ", rồi "))
            return sign.join(visits[:-1]) + last + visits[-1]
        return sign.join(visits)

    def sums(self, stretch: Stretch) -> str:
        """What was done in a hamlet, in numbers: `xóm 4: được 3, vắng 1`."""
        deeds, hamlet, went = stretch.visits[0].deeds, stretch.hamlet, ""
        if stretch.visited:
            went = f"đi {self.teller.number(stretch.visited)} {self.rng.choice(('nhà', 'hộ'))}{self.between(', ')}"
        loose = bool(went) and self.voice.dictated  # `đi tám nhà được ba`: no number may follow the other
        if hamlet is None:
            return went + self.teller.counts(deeds, at_home=False, leads=not loose)
        place = self.hamlet(hamlet)
        behind = len(deeds) == 1 and not went and hamlet.sort != "tail" and not self.voice.dictated
        if behind and self.rng.random() < 0.2:
            return f"{self.teller.counts(deeds, at_home=False, leads=True)} {self.rng.choice(('ở ', ''))}{place}"
        sign = self.between(": ", "\n") if hamlet.sort == "tail" else self.between(" ", ": ", ": ", "\n", " - ")
        if went and sign == " " and hamlet.sort == "words":
            sign = ": "
        leads = (sign != " " or bool(went)) and not loose
        return f"{place}{sign}{went}{self.teller.counts(deeds, at_home=False, leads=leads)}"
