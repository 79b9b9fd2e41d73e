"""A whole message: a truth in a writer's words, with what stands beside it and counts nothing."""

from collections.abc import Callable
from random import Random

from tests.language.generating.beside import Beside
from tests.language.generating.counting import Teller
from tests.language.generating.homes import Homes
from tests.language.generating.places import Places
from tests.language.generating.truth import Truth
from tests.language.generating.voice import Voice

_ADDED = (
    "thêm {n} máy", "thêm {n} máy nữa", "được thêm {n} máy", "em quên báo {n} máy", "bổ sung {n} máy",
    "vừa xong {n} máy", "+{n} nữa", "thêm {n}", "vừa được thêm {n}", "báo bù {n} máy",
)  # fmt: skip
_FORGOTTEN = ("em quên báo {n} máy", "quên báo {n} máy", "sót {n} máy", "bổ sung {n} máy", "báo bù {n} máy")
_FIXES = ("sửa lại ", "sửa lại: ", "đính chính: ", "em nhầm, ", "nhầm, ", "đính chính lại ", "em báo nhầm, ")
_FIXED = (
    "{home}{n} máy", "{home}được {n}", "{home}{n} máy chứ không phải {was}", "{home}là {n} máy",
    "{home}{n} máy mới đúng",
)  # fmt: skip
_SUMS = ("tổng {n} máy", "tổng cộng {n}", "tổng là {n} máy")
_LAST = ("{was} máy à nhầm {n} máy", "được {was} máy, à nhầm, {n} máy", "{was} máy, nhầm, {n} máy")
_NONE = ("chưa được máy nào", "không được nhà nào", "em chưa làm được máy nào", "chưa được nhà nào")


class Writer:
    """Tells a truth in one manner, each shape of a message by a method of its name."""

    def __init__(self, rng: Random, voice: Voice) -> None:
        self.rng, self.voice = rng, voice
        self.teller, self.beside = Teller(rng, voice), Beside(rng, voice)
        self.places = Places(rng, voice, self.teller, Homes(rng, voice, self.teller, self.beside))

    def message(self, truth: Truth) -> str:
        """The text of a truth."""
        tell: Callable[[Truth], str] = getattr(self, f"_{truth.shape}")
        body = tell(truth)
        if truth.shape == "talk" or self.voice.dictated:
            return body
        return self.beside.framed(body, report=truth.shape in ("homes", "sums", "total"))

    def _homes(self, truth: Truth) -> str:
        many = sum(len(stretch.visits) for stretch in truth.stretches) > 1
        lines = many and not self.voice.dictated and self.rng.random() < 0.25
        said = [self.places.stretch(one, first=i == 0, lines=lines) for i, one in enumerate(truth.stretches)]
        sign = "\n" if lines else self.rng.choice(("; ", ". ", ", ", "\n"))
        day = f"{truth.said_day}{' em' if self.rng.random() < 0.3 else ''} " if truth.said_day else ""
        if day and said[0].startswith(("+", "-", "1")):
            day = f"{truth.said_day}:\n"  # a list starts on a line of its own
        return day + sign.join(said)

    def _sums(self, truth: Truth) -> str:
        sign = self.places.between(", ", "; ", "\n", ". ")
        return sign.join(self.places.sums(stretch) for stretch in truth.stretches)

    def _total(self, truth: Truth) -> str:
        sign = " " if truth.said_day.endswith("em") else self.places.between(" ", ": ")
        if truth.said_day[-1].isdigit():
            sign = ": "  # `ngày 18/5: 12 máy`
        return truth.said_day + sign + self._sums(truth)

    def _added(self, truth: Truth) -> str:
        (stretch,) = truth.stretches
        forms = _FORGOTTEN if truth.said_day else [one for one in _ADDED if not (self.voice.words and "+" in one)]
        said = self.rng.choice(forms).format(n=self.teller.number(stretch.visits[0].deeds[0].n))
        if stretch.hamlet is None:
            return f"{truth.said_day} {said}".strip()
        place, tail = self.places.hamlet(stretch.hamlet), stretch.hamlet.sort == "tail"
        if not tail and self.rng.random() < 0.5:
            return f"{truth.said_day} {said} ở {place}".strip()
        return f"{truth.said_day} {place}{':' if tail else ''} {said}".strip()

    def _fixed(self, truth: Truth) -> str:
        visit = truth.stretches[0].visits[0]
        head = _FIXES[0] if self.voice.dictated else self.rng.choice(_FIXES)
        home = f"{visit.homes[0].home}{':' if visit.homes[0].ends_in_number else ''} " if visit.homes else ""
        if len(visit.deeds) == 1:
            n, was = self.teller.number(visit.deeds[0].n), self.teller.number(truth.before)
            return head + self.rng.choice(_FIXED).format(home=home, n=n, was=was)
        return head + home + self.teller.counts(visit.deeds, at_home=True, leads=not visit.homes)

    def _parts(self, truth: Truth) -> str:
        (stretch,) = truth.stretches
        total = self.teller.number(sum(visit.counts["activated"] for visit in stretch.visits))
        parts = self.places.stretch(stretch, first=True, lines=False)
        return f"{parts}, {self.rng.choice(_SUMS).format(n=total)}"

    def _last(self, truth: Truth) -> str:
        n, was = truth.stretches[0].visits[0].deeds[0].n, truth.before
        return self.rng.choice(_LAST).format(n=self.teller.number(n), was=self.teller.number(was))

    def _none(self, truth: Truth) -> str:
        (stretch,) = truth.stretches
        if stretch.hamlet is None:
            return self.rng.choice(_NONE)
        sign = ":" if stretch.hamlet.sort == "tail" else ""
        return f"{self.places.hamlet(stretch.hamlet)}{sign} {self.rng.choice(_NONE)}"

    def _talk(self, truth: Truth) -> str:
        return self.beside.talk()
