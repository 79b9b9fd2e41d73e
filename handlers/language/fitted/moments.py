"""Days and times from the words that the model marked as such; what they mean is worked out in days.py."""

from handlers.language.fitted.tokens import Token, value_of
from handlers.language.words.items import When, hour_in

_OFFSETS = {"mai": 1, "mơi": 1, "moi": 1, "mốt": 2, "mot": 2, "kia": 2, "qua": -1, "nay": 0, "ni": 0, "sau": 1}
_OFFSETS |= {"hqua": -1, "hnay": 0, "hom": -1, "wa": -1, "homqua": -1, "homnay": 0}
_PAST_OFFSETS = {"kia": -2, "te": -2}
_PARTS = {"sang": "sang", "trua": "trua", "chieu": "chieu", "toi": "toi", "dem": "toi"}
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
_HOURS = frozenset({"h", "g", "gio", ":", "tieng"})


class _Said:
    """What was gathered of one moment, word by word."""

    def __init__(self) -> None:
        self.offset: int | None = None
        self.date: tuple[int, int] | None = None
        self.weekday: int | None = None
        self.clock: tuple[int, int] | None = None
        self.part: str | None = None
        self.night = False


def when_of(tokens: list[Token], picked: list[int], *, past: bool = False) -> When | None:
    """The moment that the picked tokens say together, or None."""
    said, skip = _Said(), -1
    words = [token.plain for token in tokens]
    for place, i in enumerate(picked):
        if i > skip:
            skip = _take(said, tokens, words, i, picked[place:], past=past)
    if said.offset is None and said.date is None and said.weekday is None and said.clock is None and said.part is None:
        return None
    clock = said.clock and (hour_in(said.part, said.clock[0]) % 24, said.clock[1])
    return When(said.offset, said.date, said.weekday, clock, said.part, said.night)


def _take(said: _Said, tokens: list[Token], words: list[str], i: int, rest: list[int], *, past: bool) -> int:
    """Takes what starts at token `i`; the last token it used."""
    word, before = words[i], words[i - 1] if i else ""
    following = words[i + 1] if i + 1 < len(words) else ""
    if word in ("thu", "t") and following in _WEEKDAYS | {str(d): 0 for d in range(2, 8)}:
        said.weekday = _WEEKDAYS[following] if following in _WEEKDAYS else int(following) - 2
        return i + 1
    if word == "cn" or (word == "nhat" and before == "chu"):
        said.weekday = 6
    elif tokens[i].may_be_number and not (word in _OFFSETS and tokens[i].marked in ("mốt",)):
        return _number(said, tokens, words, i, rest)
    elif word in _PARTS:
        said.part = said.part or _PARTS[word]
        said.night = said.night or word in ("toi", "dem")
    elif (past and word in _PAST_OFFSETS) or word in _OFFSETS:
        if word not in ("hom", "sau", "moi") or len(rest) == 1:
            said.offset = _PAST_OFFSETS[word] if past and word in _PAST_OFFSETS else _OFFSETS[word]
    elif word == "ruoi" and said.clock is not None:
        said.clock = said.clock[0], 30
    return i


def _number(said: _Said, tokens: list[Token], words: list[str], i: int, rest: list[int]) -> int:
    """A number of a moment: a clock, a date, or the number of a weekday."""
    before = words[i - 1] if i else ""
    end = i + 1
    while not tokens[i].digits and end in rest and tokens[end].may_be_number and not tokens[end].digits:
        end += 1
    n = value_of(words[i:end])
    after = words[end] if end < len(words) else ""
    if before in ("thu", "t") and n is not None and 2 <= n <= 7:
        said.weekday = n - 2
        return end - 1
    if after in ("/", "-", ".") or (before in ("ngay", "mung", "mong", "hom") and after not in _HOURS):
        return _date(said, words, n, end)
    if n is None or n > 24 or said.clock is not None:
        return end - 1
    said.clock = n % 24, 0
    if after in _HOURS:
        return _minutes(said, words, end + 1)
    if after == "ruoi":
        said.clock = n % 24, 30
        return end
    return end - 1


def _date(said: _Said, words: list[str], day: int | None, end: int) -> int:
    month_at = end + 1
    if day is None or not 1 <= day <= 31:
        return end - 1
    month = words[month_at] if month_at < len(words) else ""
    if month.isdecimal() and 1 <= int(month[:3]) <= 12:
        said.date = day, int(month)
        return month_at
    return end - 1


def _minutes(said: _Said, words: list[str], i: int) -> int:
    word = words[i] if i < len(words) else ""
    assert said.clock is not None
    if word == "ruoi":
        said.clock = said.clock[0], 30
        return i
    if word == "kem" and i + 1 < len(words):
        less = value_of(words[i + 1 : i + 2])
        if less and less < 60:
            said.clock = (said.clock[0] - 1) % 24, 60 - less
        return i + 1
    if word.isdecimal() and len(word) == 2 and int(word) < 60:
        said.clock = said.clock[0], int(word)
        return i
    return i - 1
