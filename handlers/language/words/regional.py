"""Words of a region that are other words elsewhere: l for n in the north, `ngoại Tám` in the south (rule 20).

Names stay as they are: what stands after a form of address, or has its capital, is read as it was written.
"""

from typing import TYPE_CHECKING

from handlers.language.signs.folding import fold
from handlers.language.words.titles import FORMS
from handlers.language.words.vocabulary import words_of

if TYPE_CHECKING:
    from handlers.language.words.words import Word

_NORTH = {
    "nại": "lại", "lày": "này", "lữa": "nữa", "lãy": "nãy", "nuôn": "luôn", "nần": "lần", "nượt": "lượt", "lếu": "nếu",
    "lốt": "nốt", "nấy": "lấy", "lói": "nói", "niền": "liền", "nộn": "lộn", "nớn": "lớn", "lớ": "nhé",
}  # fmt: skip
_GRANDMOTHERS = frozenset({"ngoại", "nội", "ngoai", "noi", "cố"})
_OTHERS = _GRANDMOTHERS | _NORTH.keys() | {"nỗi", "lăm"}
_DAYTIME = words_of("hom toi sang chieu trua bua dem ngay")
_FAILING = words_of("bi het may nguoi cai deu van bao app tk mot hai ba bon")
_OF_A_FAILURE = words_of("otp ma mang sim app he suot hoai")
_COUNTED = words_of("may nguoi nha ho cai chiec tk tai dien em")
_NUMBERS = words_of("muoi mot hai ba bon tu sau bay tam chin tram ham linh le")
_ORDERS = words_of("hai ba tu nam sau bay tam chin muoi ut")


def as_elsewhere(words: "list[Word]", *, mixed: bool) -> None:
    """Writes such words as others write them, in place."""
    for k, word in enumerate(words):
        if word.marked not in _OTHERS and word.plain != "lay":
            continue
        before = words[k - 1] if k else None
        named = (before is not None and before.plain in FORMS) or (mixed and word.capital and k > 0)
        after = words[k + 1] if k + 1 < len(words) else None
        read = _grandmother(words, k, mixed=mixed) or (None if named else _northern(word, before, after))
        if read is not None:
            word.plain, word.marked, word.short = fold(read), read, True


def _northern(word: "Word", before: "Word | None", after: "Word | None") -> str | None:
    previous, following = before.plain if before else "", after.plain if after else ""
    if word.plain == "lay":
        return "nay" if word.bare and previous in _DAYTIME else None
    if word.marked == "nỗi":
        fails = previous in _FAILING or previous.isdigit() or following.isdigit() or following in _OF_A_FAILURE
        return "lỗi" if fails else None
    if word.marked == "lăm":
        alone = previous not in _NUMBERS and not previous.isdigit()
        return "năm" if alone and following in _COUNTED else None
    return _NORTH.get(word.marked)


def _grandmother(words: "list[Word]", k: int, *, mixed: bool) -> str | None:
    """`ngoại Tám`, `bà nội Chín`: a form of address with a name that is a number, and no number."""
    word = words[k]
    if word.marked not in _GRANDMOTHERS or k + 1 >= len(words) or words[k + 1].plain not in _ORDERS:
        return None
    name, counted = words[k + 1], k + 2 < len(words) and words[k + 2].plain in _COUNTED
    if (mixed and not name.capital) or (counted and not (mixed and name.capital)):
        return None
    if mixed and word.capital and k > 0 and words[k - 1].plain not in ("ba", "ong") and words[k - 1].plain.isalpha():
        return None  # `thôn Nội Hai`
    if k and words[k - 1].plain in ("ba", "ong"):
        return "cụ"
    return None if word.marked == "cố" else "bà"
