"""Emoji that say what words say: ✅ activated, 🔒 absent, 📵 no phone, 🏠 and 📱 units (rule 31)."""

from handlers.language.reading import Outcome
from handlers.language.spelling.listing import listed_end
from handlers.language.words.items import Item, make
from handlers.language.words.sorts import Said, Sort, Unit
from handlers.language.words.words import Words

_DONE = frozenset("✅☑✔🆗👌")
_LOCKED = frozenset("🔒🔐")
_NO_PHONE = frozenset("📵")
_CROSSES = frozenset("❌✖✗✘❎🚫⛔")
_HOUSES = frozenset("🏠🏡🏘")
_PHONES = frozenset("📱📲")
_TEN = "🔟"


def picture_at(words: Words, i: int, before: list[Item]) -> Item | None:
    """What an emoji says where it stands; None for one that is only decoration."""
    plain = words.plain(i)
    if plain == _TEN:
        return make(words, Sort.NUMBER, i, i + 1, n=10, unit=Unit.NONE)
    if plain in _HOUSES and _number_next(words, i):
        n = int(words.plain(i + 1)[:4])
        return make(words, Sort.NUMBER, i, i + 2, n=n, unit=Unit.HOME)
    if plain in _PHONES:
        return make(words, Sort.FILL, i, i + 1)
    if plain in _NO_PHONE and _beside_count(words, i, before):
        return make(words, Sort.OUTCOME, i, i + 1, outcome=Outcome.NO_PHONE)
    if plain in _LOCKED:
        return make(words, Sort.OUTCOME, i, i + 1, outcome=Outcome.ABSENT)
    if plain in _DONE:
        if not _beside_count(words, i, before):
            return make(words, Sort.FILL, i, i + 1)
        return make(words, Sort.OUTCOME, i, i + 1, outcome=Outcome.ACTIVATED, said=Said.DONE)
    if plain in _CROSSES:  # not done, but nobody says why, unless words do
        said = before and before[-1].sort is Sort.OUTCOME
        told = said or _words_after(words, i + 1 + _number_next(words, i)) or words.plain(i + 1) == "("
        return make(words, Sort.FILL if told else Sort.UNKNOWN, i, i + 1)
    return None


def _number_next(words: Words, i: int) -> bool:
    return words.plain(i + 1).isdigit()


def _words_after(words: Words, i: int) -> bool:
    return words.plain(i).isalpha()


def _beside_count(words: Words, i: int, before: list[Item]) -> bool:
    """A number stands beside it that no outcome has, or it closes what is told of a home."""
    last = next((item for item in reversed(before) if item.sort is not Sort.FILL), None)
    if _number_next(words, i):
        return last is None or last.sort is not Sort.OUTCOME
    if last is None:
        return False
    if last.sort is Sort.NUMBER:
        k = before.index(last)
        return not (k and before[k - 1].sort is Sort.OUTCOME)
    ends = not words.plain(i + 1) or not words.plain(i + 1).isalnum() or listed_end(words.words, i + 1) > i + 1
    return last.sort in (Sort.HOME, Sort.COLON) and ends
