"""Counts in words: outcomes with their numbers, one after the other, in somebody's order."""

from collections.abc import Sequence
from random import Random

from tests.language.generating.spelling import in_words, numbered
from tests.language.generating.tables import Saying, counted
from tests.language.generating.truth import Deed
from tests.language.generating.voice import Voice


class Teller:
    """Says numbers in one writer's manner."""

    def __init__(self, rng: Random, voice: Voice) -> None:
        self.rng, self.voice = rng, voice
        self.zeros = not voice.words and rng.random() < 0.04  # `03 máy`, as officials write

    def number(self, n: int) -> str:
        """A number in digits or words."""
        if self.voice.words:
            return numbered(in_words(n, self.voice.region))
        return numbered(f"{n:02}" if self.zeros else n)

    def fits(self, saying: Saying) -> bool:
        """Whether somebody of this manner says so."""
        if self.voice.dictated and saying.text.endswith(("{n}", "{n} người")):
            return False
        if saying.by == "short":
            return self.voice.short and not self.zeros
        if self.voice.words and saying.text in ("{n} từ chối", "{n} vắng"):
            return False  # `ba từ chối` may be three, or a father
        if "nỏ" in saying.text and self.voice.marks in ("bare", "half"):
            return False  # unmarked it may be `nó`
        return saying.by in ("all", self.voice.region) or (saying.by == "young" and self.voice.young)

    def saying(self, deed: Deed, *, at_home: bool, number_first: bool | None) -> Saying:
        """A way to say an outcome; where it can be, with its number before or after it."""
        fitting = [
            one for one in counted() if one.outcome == deed.outcome and self.fits(one) and (one.at_home or not at_home)
        ]
        ordered = [one for one in fitting if number_first is None or one.number_first is number_first]
        return self.rng.choice(ordered or fitting)

    def counts(self, deeds: Sequence[Deed], *, at_home: bool, leads: bool) -> str:
        """All counts of a home or hamlet. `leads`: nothing that ends in a number or a name stands right before."""
        order = {"before": True, "after": False, "any": None}[self.voice.order]
        sayings = [self.saying(deed, at_home=at_home, number_first=order) for deed in deeds]
        if not leads and sayings[0].number_first:
            sayings[0] = self.saying(deeds[0], at_home=at_home, number_first=False)
        bare = len(deeds) > 1 and self._bare(order) and deeds[0].outcome == "activated" and leads
        said = [self.number(deeds[0].n) if bare else sayings[0].text.replace("{n}", self.number(deeds[0].n))]
        said += [one.text.replace("{n}", self.number(deed.n)) for one, deed in zip(sayings[1:], deeds[1:], strict=True)]
        return (", " if bare else self._between(sayings)).join(said)

    def _bare(self, order: bool | None) -> bool:
        return order is None and not self.voice.dictated and self.rng.random() < 0.1

    def _between(self, sayings: Sequence[Saying]) -> str:
        alike = len({one.number_first for one in sayings}) == 1
        if self.voice.dictated or (alike and self.voice.short and self.rng.random() < 0.4):
            return " "
        choices = [", ", ", ", ", "]
        left = sayings[-1].number_first and sayings[-1].outcome == "activated"  # `còn 3 máy` is what is left
        if len(sayings) == 2 and not left:
            choices += [" và ", " còn ", ", còn "]
        return self.rng.choice([*choices, "; ", " - "] if len(sayings) > 2 else choices)
