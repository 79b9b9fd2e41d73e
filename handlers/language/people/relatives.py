"""People told by kinship or a mere title (`mẹ chồng cô`, `bác gái`), and homes told by where they are."""

from handlers.language.words.items import Item
from handlers.language.words.lexicon import HOMES, KIN, KIN_ALONE, PRONOUNS, known_at, longest
from handlers.language.words.sorts import Sort
from handlers.language.words.vocabulary import words_of
from handlers.language.words.words import Words

# Titles that stand for somebody by themselves once they were named: `cô Lan vắng …, cô hẹn mai`.
TITLES = words_of("ong ba bac cu co chu di cau mo thim duong thay me mu o u gia lao")
_SPOKEN = words_of("em e minh toi chau")
_MARKS = {
    "ong": "ông", "ba": "bà", "bac": "bác", "cu": "cụ", "co": "cô", "chu": "chú", "di": "dì", "cau": "cậu", "mo": "mợ",
    "thim": "thím", "duong": "dượng", "thay": "thầy", "me": "mệ", "mu": "mụ", "o": "o", "u": "u", "gia": "già",
    "lao": "lão",
}  # fmt: skip
_OTHERS = frozenset({"mé", "mế", "mự"})  # old women of the Tày and the Mường; the aunt of Nghệ An
KIN_STARTS = frozenset(HOMES.next.keys() | KIN.next.keys() | KIN_ALONE.next.keys())
PRONOUN_WORDS = words_of("ong ba bac anh co ho")  # `ổng`, `bả`, `ảnh`, `cổ`, `họ`


def kin_end(words: Words, i: int) -> int:
    """Where a person told by kinship from word `i` ends, with whose kin it is; `i` where there is none."""
    known = longest(words, i, KIN)
    if known is not None and words.accented and words.words[i].marked == "ba" and words.plain(i + 1) == "cu":
        return i  # `ba cụ` are three for who marks words
    if known is not None and words.plain(known[0] - 1) == "co" and _has(words, known[0] - 1):
        return known[0] - 1  # unmarked `chong co tk`: có, and no aunt
    if known is None:
        known = longest(words, i, KIN_ALONE)
        if known is None or words.plain(known[0]) in ("con", "chong", "chau", *_SPOKEN):
            return i
        if words.words[i].bare:  # `me e ay`, `vo a ay`: whoever is meant by `ấy`
            return known[0] + 2 if words.plain(known[0] + 1) == "ay" and words.plain(known[0]) in _SHORT_FORMS else i
    whose = pronoun_end(words, known[0] - 1)  # `bố anh ấy`: the phrase ends within the pronoun
    return whose if whose > known[0] else _with_owner(words, known[0])


_SHORT_FORMS = TITLES | {"e", "a", "c", "em", "anh", "chi"}


def _has(words: Words, i: int) -> bool:
    told = known_at(words, i)
    return words.words[i].bare and told is not None and told[0] > i + 1 and told[1].sort is Sort.OUTCOME


def _with_owner(words: Words, end: int) -> int:
    """`con dâu mệ`, `mẹ chồng cô`, `chồng chị ấy`, `vợ anh`; a title with a name is left to the caller."""
    at = end + (words.plain(end) == "cua")
    if (pronoun := pronoun_end(words, at)) > at:
        return pronoun
    if words.plain(at) in TITLES | {"anh", "chi"} and title_alone(words, at):
        return at + 1
    return end


def title_alone(words: Words, i: int) -> bool:
    """A title with its marks and no name after it."""
    word = words.words[i]
    marked = {**_MARKS, "anh": "anh", "chi": "chị"}.get(word.plain)
    return (word.marked == marked or word.marked in _OTHERS) and not words.is_name(i + 1)


def pronoun_end(words: Words, i: int) -> int:
    """Where a pronoun ends that stands for somebody named before (`ổng`, `chị ấy`); `i` where there is none."""
    known = longest(words, i, PRONOUNS, strict=True) if i < len(words.words) else None
    if known is None or (known[0] == i + 1 and words.words[i].bare):
        return i
    last = words.words[known[0] - 1]
    named = last.marked == "ý" and words.is_name(known[0] - 1) and not words.is_name(i)
    return i if named else known[0]  # `bà Ý` has a name, and is not `bà ấy`


def home_end(words: Words, i: int) -> int:
    """Where a home told by its place ends (`nhà kế bên`), `i` where there is none."""
    known = longest(words, i, HOMES)
    return i if known is None else known[0]


def same_person(before: list[Item], plain: str) -> bool:
    """Whether somebody of this title was named before."""
    return any(plain in item.plain.split()[:2] for item in before)
