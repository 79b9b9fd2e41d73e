"""Homes and persons that a message names, and which of them are told together (`bác Ba, bác Tư từ chối`)."""

from dataclasses import dataclass

from handlers.language.fitted.tokens import Token

_TITLES = frozenset(
    [
        "ong",
        "ba",
        "bac",
        "cu",
        "co",
        "chu",
        "anh",
        "chi",
        "di",
        "cau",
        "mo",
        "thim",
        "duong",
        "o",
        "me",
        "mu",
        "u",
        "thay",
        "bo",
        "vo",
        "chong",
        "con",
        "chau",
        "em",
        "thang",
        "co",
        "gia",
        "ma",
        "tia",
        "ba",
        "bu",
        "bam",
        "ke",
        "ong",
        "chi",
        "hia",
        "che",
        "on",
        "a",
        "c",
        "b",
        "nhoc",
    ]
)
_MARKED_TITLES = frozenset(
    [
        "ông",
        "bà",
        "bác",
        "cụ",
        "cô",
        "chú",
        "anh",
        "chị",
        "dì",
        "cậu",
        "mợ",
        "mự",
        "thím",
        "dượng",
        "o",
        "mệ",
        "mụ",
        "u",
        "thầy",
        "bố",
        "vợ",
        "chồng",
        "con",
        "cháu",
        "em",
        "thằng",
        "cố",
        "già",
        "má",
        "tía",
        "bá",
        "bủ",
        "bầm",
        "ké",
        "hia",
        "chế",
        "ôn",
        "ô",
        "b",
        "a",
        "c",
        "mế",
        "mẹ",
        "nhóc",
        "ổng",
        "bả",
        "ả",
        "eng",
    ]
)
_KIN = frozenset(
    {("con", "trai"), ("con", "gai"), ("con", "dau"), ("con", "re"), ("cu", "ba"), ("cu", "ong"), ("ba", "cu")}
    | {("ong", "cu"), ("ba", "noi"), ("ba", "ngoai"), ("ong", "noi"), ("ong", "ngoai"), ("chau", "noi")}
    | {("chau", "ngoai"), ("chu", "nha"), ("chu", "ho"), ("em", "trai"), ("em", "gai"), ("chi", "gai")}
    | {("anh", "trai"), ("ba", "vo"), ("ong", "chong"), ("nguoi", "con"), ("chau", "trai"), ("chau", "gai")}
    | {("vo", "chong"), ("bo", "me"), ("ong", "ba"), ("thay", "u"), ("ba", "ma"), ("tia", "ma"), ("cha", "me")}
)
_KIN_ALONE = frozenset({"vợ", "chồng", "mẹ", "bố", "vo", "chong"})
_PAIRS = frozenset(
    {("vo", "chong"), ("bo", "me"), ("ong", "ba"), ("thay", "u"), ("ba", "ma"), ("tia", "ma"), ("cha", "me")}
)
_TWO_OF = frozenset(  # two only where they are counted: `hai mẹ con`
    {("me", "con"), ("bo", "con"), ("cha", "con"), ("ba", "chau"), ("ong", "chau"), ("chi", "em"), ("anh", "em")}
)
_HOUSE = frozenset({"nha", "ho"})
_SPEAKS = frozenset({"da", "cao", "gui", "chao", "thua", "bao", "bc", "kinh", "nho", "hoi"})
_JOINS = frozenset({",", "va", "voi", "cung", "+", "&", "lan", "roi", "ca", "nha", "ho", "den", "-"})
_BREAKS = frozenset({".", ";", "\n", "?"})
_NO_NAME = frozenset(
    [
        "oi",
        "a",
        "nay",
        "kia",
        "do",
        "ay",
        "em",
        "minh",
        "toi",
        "khong",
        "chua",
        "la",
        "thi",
        "bao",
        "noi",
        "cung",
        "va",
        "voi",
        "ay",
        "deu",
        "moi",
        "da",
    ]
)
_MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Person:
    """A home or person: tokens `first` to `last` (exclusive), and how many are meant."""

    first: int
    last: int
    size: int


def persons_of(tokens: list[Token], shapes: list[str]) -> list[Person]:
    """Every home and person named, in order."""
    found: list[Person] = []
    mixed = any(shape.endswith("^") for shape in shapes)
    i = 0
    while i < len(tokens):
        if tokens[i].plain not in _BEGINS and not (mixed and tokens[i].capital):
            i += 1
            continue
        person = _person(tokens, shapes, i, mixed=mixed)
        if person is None:
            i += 1
        else:
            found.append(person)
            i = person.last
    return found


def _person(tokens: list[Token], shapes: list[str], i: int, *, mixed: bool) -> Person | None:
    start, plain = i, tokens[i].plain
    if shapes[i].rstrip("^").endswith("type"):
        return None
    counted = i > 0 and tokens[i - 1].may_be_number and not (tokens[i - 1].capital and mixed)
    if plain in _HOUSE and not counted:
        door = _door(tokens, i)
        if door is not None:
            return door
        i += 1
    elif plain == "so" and i + 1 < len(tokens) and tokens[i + 1].digits and _may_be_door(tokens, i):
        return Person(start, i + 2, 1)
    elif plain == "so" and i + 2 < len(tokens) and tokens[i + 1].plain == "nha" and tokens[i + 2].digits:
        return Person(start, i + 3, 1)
    titles = _titles_end(tokens, i)
    end = _name_end(tokens, shapes, titles, mixed=mixed, titled=titles > i)
    pair = _pair(tokens, i, titles, _PAIRS) or (counted and _pair(tokens, i, titles, _TWO_OF))
    if counted and not pair and plain not in _HOUSE:
        return None
    if end > titles and (titles > start or _bare_name(tokens, shapes, titles, end)):
        if start and tokens[start - 1].plain in _SPEAKS and end < len(tokens) and tokens[end].plain in (",", "em", "e"):
            return None
        return Person(start, end, 2 if pair else 1)
    if titles > i and _is_kin(tokens, i, titles):
        return Person(start, titles, 2 if pair else 1)
    return None


def _door(tokens: list[Token], i: int) -> Person | None:
    """`nhà số 12`, `nhà 12:`."""
    if i + 2 < len(tokens) and tokens[i + 1].plain == "so" and tokens[i + 2].digits:
        return Person(i, i + 3, 1)
    return None


def _may_be_door(tokens: list[Token], i: int) -> bool:
    """`…, số 14: vắng`: a home among others, unless a word like `thôn` stands before."""
    return i == 0 or tokens[i - 1].plain in _BREAKS | {",", "va", "voi", "sang", "con"}


def _titles_end(tokens: list[Token], i: int) -> int:
    end = i
    while end < len(tokens) and end - i < 4 and _title(tokens, end):
        if end > i and tokens[end].capital and not tokens[end - 1].capital:
            break  # `bà Cụ`: a name
        end += 1
    return end


_OF_SOMEBODY = frozenset({"trai", "gai", "dau", "re", "noi", "ngoai"})
_BEGINS = _HOUSE | _TITLES | _OF_SOMEBODY | {"so"}  # without a capital only these begin a person


def _title(tokens: list[Token], i: int) -> bool:
    word = tokens[i]
    if word.plain in _OF_SOMEBODY:
        return i > 0 and tokens[i - 1].plain in ("con", "chau", "em", "anh", "chi", "ba", "ong", "nguoi", "cua")
    if word.plain == "em" and not (i + 1 < len(tokens) and tokens[i + 1].capital):
        return False  # mostly the sender
    return word.plain in _TITLES and (not word.marked or word.marked in _MARKED_TITLES)


def _pair(tokens: list[Token], start: int, end: int, known: frozenset[tuple[str, str]]) -> bool:
    return any((tokens[k].plain, tokens[k + 1].plain) in known for k in range(start, end - 1))


def _is_kin(tokens: list[Token], start: int, end: int) -> bool:
    if any((tokens[k].plain, tokens[k + 1].plain) in _KIN for k in range(start, end - 1)):
        return True
    word = tokens[start]
    return (word.marked or word.plain) in _KIN_ALONE and end == start + 1


def _name_end(tokens: list[Token], shapes: list[str], i: int, *, mixed: bool, titled: bool) -> int:
    end = i
    while end < len(tokens) and end - i < _MOST_WORDS and tokens[end].capital and mixed and tokens[end].plain.isalpha():
        if end > i and shapes[end].rstrip("^") == "type":
            break
        end += 1
    if end > i or not titled or i >= len(tokens):
        return end
    word, shape = tokens[i], shapes[i]
    fits = shape.rstrip("^") in ("w", "num", "future", "title") and word.plain.isalpha() and len(word.plain) > 1
    known = word.marked in ("đã", "có", "đều", "bị", "thì") or word.plain in _NO_NAME
    return i + 1 if fits and not known else i


def _bare_name(tokens: list[Token], shapes: list[str], start: int, end: int) -> bool:
    """`Đặng Thị Xuân` without a title: two words at least, none of them known, no hamlet before."""
    if end - start < 2 or (start and shapes[start - 1].rstrip("^") in ("type", "I-type", "model")):
        return False
    return all(shapes[k] in ("w^", "num^", "title^", "person^") for k in range(start, end))


def with_persons(shapes: list[str], persons: list[Person]) -> list[str]:
    """The classes with those of persons told apart: what is a name is nothing else."""
    changed = list(shapes)
    for person in persons:
        for k in range(person.first, person.last):
            if changed[k] != "D":
                changed[k] = ("P2" if person.size > 1 else "P") if k == person.first else "P+"
    return changed


def groups_beside(tokens: list[Token], persons: list[Person]) -> list[tuple[Person, ...]]:
    """For each token: the persons told together just before it, else just after it."""
    found: list[tuple[Person, ...]] = [()] * len(tokens)
    groups = _groups(tokens, persons)
    starts = {person.first for person in persons}
    for group in reversed(groups):  # persons after the word: `từ chối: bác Ba, bác Tư`
        first = group[0].first
        for k in range(first - 1, max(-1, first - 6), -1):
            if tokens[k].plain in _BREAKS:
                break
            found[k] = group
    for group in groups:
        last = group[-1].last
        for k in range(last, min(len(tokens), last + 14)):
            if tokens[k].plain in _BREAKS or k in starts:
                break
            found[k] = group
    return found


def _groups(tokens: list[Token], persons: list[Person]) -> list[tuple[Person, ...]]:
    groups: list[tuple[Person, ...]] = []
    for person in persons:
        if groups and _joined(tokens, groups[-1][-1].last, person.first):
            groups[-1] = (*groups[-1], person)
        else:
            groups.append((person,))
    return groups


def _joined(tokens: list[Token], start: int, end: int) -> bool:
    """Whether nothing but `,`, `và`, `với` stands between; names without any of these are told together too."""
    return all(token.plain in _JOINS for token in tokens[start:end])
