"""Numbers in digits and in words, with or without diacritics (rule 15)."""

from handlers.language.words.words import Word, Words

ONES = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9}
_AFTER_TENS = ONES | {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
_ALONE = {"mười": 10, "chục": 10, "tá": 12, "đôi": 2, "cặp": 2}
_PLAIN_ONES = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9}
_PLAIN_AFTER = _PLAIN_ONES | {"tu": 4, "lam": 5, "nham": 5}
# Without marks these are more often something else; they are numbers only before something that is counted.
DOUBTFUL = frozenset({"ba", "nam", "sau", "bay", "tam", "doi", "ta", "cap", "mot"})
_COUNTED_BY_FOUR = frozenset({"may", "nha", "ho", "nguoi", "tk"})  # `vắng tư nhà`; else `tư` is a name
NUMBER_STARTS = frozenset(
    _PLAIN_ONES | {"muoi": 0, "chuc": 0, "ta": 0, "doi": 0, "cap": 0, "ham": 0, "bam": 0, "tu": 0, "nua": 0}
)


def number_at(words: Words, i: int) -> tuple[int, int] | None:
    """The number that starts at word `i` and where it ends; word numbers are joined (`hai mươi mốt`)."""
    if i >= len(words.words):
        return None
    word = words.words[i]
    if word.digits:
        return _multiple(words, i + 1, int(word.plain[:6]) if len(word.plain) <= 6 else 1_000_000)
    if word.plain not in NUMBER_STARTS:
        return None
    if word.plain == "nua" and _is(word, "nửa"):
        half = {"chuc": 5, "ta": 6}.get(words.plain(i + 1))
        return None if half is None or not _is(words.words[i + 1], "chục", "tá") else (half, i + 2)
    if word.plain in ("ham", "bam") and _is(word, "hăm", "băm"):
        one = _one(words, i + 1, _AFTER_TENS, _PLAIN_AFTER)
        return None if one is None else ((20 if word.plain == "ham" else 30) + one, i + 2)
    one = _one(words, i, ONES, _PLAIN_ONES)
    if one is not None:
        return _tens(words, i + 1, one)
    if word.marked == "tư" and words.plain(i + 1) in _COUNTED_BY_FOUR:
        return 4, i + 1
    return _alone(words, i, word)


def _tens(words: Words, i: int, one: int) -> tuple[int, int]:
    """What may follow a digit word: `mươi (mốt)`, `chục (rưỡi)`, `tá`, `trăm`, or `mốt/lăm` alone (`hai mốt`)."""
    if i < len(words.words) and (word := words.words[i]).plain == "muoi" and word.marked != "mười" and one > 1:
        rest = _one(words, i + 1, _AFTER_TENS, _PLAIN_AFTER)
        return (one * 10 + rest, i + 2) if rest is not None else (one * 10, i + 1)
    if i < len(words.words) and words.words[i].marked in ("mốt", "lăm", "nhăm") and one > 1:
        return one * 10 + _AFTER_TENS[words.words[i].marked], i + 1
    return _multiple(words, i, one)


def _multiple(words: Words, i: int, n: int) -> tuple[int, int]:
    plain = words.plain(i)
    if plain == "chuc" and _is(words.words[i], "chục"):
        return (n * 10 + 5, i + 2) if words.plain(i + 1) == "ruoi" else (n * 10, i + 1)
    if plain in ("cap", "doi") and _is(words.words[i], "cặp", "đôi"):
        return n * 2, i + 1
    if plain == "ta" and _is(words.words[i], "tá"):
        return n * 12, i + 1
    if plain == "tram" and _is(words.words[i], "trăm"):
        return _hundreds(words, i + 1, n * 100)
    return n, i


def _hundreds(words: Words, i: int, n: int) -> tuple[int, int]:
    if words.plain(i) in ("linh", "le"):
        one = _one(words, i + 1, _AFTER_TENS, _PLAIN_AFTER)
        return (n, i) if one is None else (n + one, i + 2)
    if words.plain(i + 1) == "tram" and _one(words, i, ONES, _PLAIN_ONES) is not None:
        return n, i  # `sáu trăm sáu trăm`: another one
    rest = number_at(words, i) if i < len(words.words) and not words.words[i].digits else None
    return (n, i) if rest is None or rest[0] >= 100 else (n + rest[0], rest[1])


def _alone(words: Words, i: int, word: Word) -> tuple[int, int] | None:
    if word.marked == "mười" or (word.bare and word.plain == "muoi"):
        one = _one(words, i + 1, _AFTER_TENS, _PLAIN_AFTER)
        return (10 + one, i + 2) if one is not None else (10, i + 1)
    if word.plain == "chuc" and _is(word, "chục"):
        return _multiple(words, i, 1)
    if (n := _ALONE.get(word.marked)) is not None:
        return n, i + 1
    return (2, i + 1) if word.bare and word.plain in ("doi", "cap") else None


def _one(words: Words, i: int, marked: dict[str, int], plain: dict[str, int]) -> int | None:
    if i >= len(words.words):
        return None
    word = words.words[i]
    if word.marked == "sau" and words.accented:
        return None  # `sau con trai bác nói mãi …`: who marks words means no six
    return marked.get(word.marked, plain.get(word.plain) if word.bare else None)


def _is(word: Word, *marked: str) -> bool:
    return word.bare or word.marked in marked


_HOURS = frozenset({"gio", "h", "tieng", "ruoi"})


def is_hour(words: Words, i: int) -> bool:
    """Whether an hour is told from word `i` on: `hẹn cô bốn giờ chiều mai` names no cô Bốn."""
    return words.plain(i + 1) in _HOURS and number_at(words, i) is not None
