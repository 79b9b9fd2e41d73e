"""Where the name of a hamlet ends: at a number, an outcome, a day, a person or a sign (rule 7)."""

from handlers.language.spelling.slips import meant, starts_phrase
from handlers.language.words.lexicon import KNOWN, NEVER_BEFORE, UNITS, Meaning, as_written, known_at, longest
from handlers.language.words.numbers import number_at
from handlers.language.words.sorts import Sort
from handlers.language.words.titles import FORMS, GIVEN_UNMARKED
from handlers.language.words.vocabulary import words_of
from handlers.language.words.words import Words

_SHY = frozenset({"to", "doi", "ban", "pho", "lang", "ap", "buon", "khu"})
_NO_NAME = words_of(
    """em e minh toi ta cong truong pho nay do kia ay nao vien bot anh chi ban ben va o thi la co cua cho mot hai
    vuc to chuc cac a ah ai nha nhe roi khac"""
)
PERSON = frozenset(["nha", "ong", "ba", "bac", "cu", "co", "chu", "anh", "chi", "di", "cau", "thim", "ho"])
_PERSON_MARKED = frozenset(["nhà", "ông", "bà", "bá", "bác", "cụ", "cô", "chú", "chị", "dì", "cậu", "thím", "hộ"])
_ADDRESSES = frozenset({"mợ", "dượng", "mệ", "mụ", "má"})  # with these marks
_NOT_IN_NAMES = words_of("hom nay toi sang chieu ngay hqua hnay mai to xom thon so")
_UNMARKED = frozenset({"mo", "mu", "duong", "thim", "me"})
_STOPS = frozenset(
    {Sort.OUTCOME, Sort.NOT_THAT, Sort.BUT_THIS, Sort.UNDO, Sort.FIX, Sort.TOTAL, Sort.ADDED, Sort.DOING}
)
_AFTER_MA = frozenset({"nha", "o", "hai", "em", "so", "hehe", "hihi"})  # after `mà` something is told, after `Mã` where
MOST = 4  # words in a name


def name_end(words: Words, i: int, j: int, key: tuple[str, ...]) -> int:
    """Where the name that starts at word `j` ends: at a number, an outcome, a day, a person or a sign."""
    if not _may_name(words, i, j, key):
        return j
    end = j + 1
    while end < len(words.words) and end - j < MOST and _goes_on(words, j, end):
        end += 1
    return end


def _may_name(words: Words, i: int, j: int, key: tuple[str, ...]) -> bool:
    if j >= len(words.words) or not words.words[j].plain.isalpha():
        return False
    word = words.words[j]
    if words.is_name(j) and (len(word.plain) > 1):
        return True
    no_name = word.plain in _NO_NAME and (
        word.bare or word.plain == "truong" or longest(words, j, KNOWN, strict=True) is not None
    )
    if no_name or _exact_known(words, j):  # `xóm bên` is no name, `xóm Bến` is
        return False
    if key[0] in _SHY and len(key) == 1:
        if words.words[i].bare and words.plain(i - 1) in FORMS:
            return False  # unmarked `ong doi`
        if not words.words[i].bare:
            return not (words.mixed and key[0] in ("to", "doi"))
        return not words.mixed and not words.accented and _named_clearly(words, i, j)
    return True


def _named_clearly(words: Words, i: int, j: int) -> bool:
    """`ban mong: 5 may`: an unknown word before a number or an outcome, and no number before."""
    if words.plain(i - 1).isdigit() or known_at(words, j) is not None:
        return False
    if known_at(words, j + 1) is None and words.plain(j + 1).isalpha():
        j += 1
    after = known_at(words, j + 1)
    work = after is not None and after[1].sort is Sort.OUTCOME
    return work or words.plain(j + 1) == ":" or words.plain(j + 1).isdigit()


def _exact_known(words: Words, j: int) -> bool:
    """A word that the reader knows with these very marks is no name, unless it has a capital."""
    word, known = words.words[j], known_at(words, j)
    if known is None or (words.accented and word.bare and not as_written(word, known, j)):
        return False
    if word.bare and not words.accented:
        return known[1].sort in _STOPS and word.plain not in ("lam", "moi", "loi", "vang", "can")
    return known[1].sort is not Sort.FILL or word.plain in ("duoc", "cung", "nhe")


def _goes_on(words: Words, j: int, end: int) -> bool:
    """Whether word `end` is part of the name that starts at word `j`."""
    word = words.words[end]
    if not word.plain.isalpha() or (word.glued and not words.words[end - 1].plain.isalpha()):
        return False
    if _is_somebody(words, end) or _is_a_slip(words, end):
        return False
    known = known_at(words, end)
    if words.accented and not as_written(word, known, end):
        if known is not None and known[1].outcome is not None and word.bare and works(words, end + 1):
            return False  # who loses marks here and there: `xóm Đồi lam được 5`
        known = None
    if word.marked == "mã" and words.plain(end + 1) != "otp":
        return True  # `thôn Phù Mã`
    if known is None:
        return _unknown_goes_on(words, j, end)
    if known[1].sort is Sort.MANY and word.bare and not words.accented and known[0] == end + 1:
        return not words.plain(end + 1).isdigit() and longest(words, end + 1, UNITS) is None  # `thon nam dam: …`
    small = not words.mixed or (words.accented and not words.is_name(j))
    if small and _part_of_lower_name(words, end, known):
        return True
    if not words.is_name(end) or not words.is_name(j):
        return False
    stops = known[1].sort in _STOPS
    return not stops or (words.accented and word.bare and word.marked != "cài") or _only_it(words, j, end)


def _is_somebody(words: Words, end: int) -> bool:
    """A form of address with which a person begins."""
    word = words.words[end]
    if word.marked in _ADDRESSES:
        return not words.is_name(end)
    if word.plain in _UNMARKED and word.bare and words.plain(end + 1) in GIVEN_UNMARKED:
        return True  # `xom chua mu hung …`
    never = longest(words, end, NEVER_BEFORE, strict=True) is not None and words.plain(end + 1).isdigit()
    if never and not words.is_name(end):
        return True  # `xom chua sn 1970`
    return word.plain in PERSON and (word.bare or word.marked in _PERSON_MARKED) and not _named_so(words, end)


def _is_a_slip(words: Words, end: int) -> bool:
    """A word of work, mistyped, or a phrase of it that starts here."""
    if words.is_name(end):
        return False
    plain = words.plain(end)
    if plain in ("chua", "khong") or meant(plain) is not None or starts_phrase(words, end):
        return True
    return plain in KNOWN.next and meant(words.plain(end + 1)) is not None


def _unknown_goes_on(words: Words, j: int, end: int) -> bool:
    """A word that the reader does not know, or a number that has the capital of a name."""
    word, number = words.words[end], number_at(words, end)
    if words.accented and word.bare and word.plain in ("nam", "sau", "bay", "tam"):
        number = None  # who marks words writes `tám`: `Kô Tam`
    if number is not None and word.marked != "năm":
        return words.is_name(end) and words.is_name(end - 1) and not counted(words, number[1])
    return _same_hand(words, j, end)


def _only_it(words: Words, j: int, end: int) -> bool:
    """`thôn Thượng Lỗi, dượng Đồng 2 máy`: of words of work only this one has a capital, and no number follows."""
    following = words.plain(end + 1)
    counts = following[:1].isdigit() or (following == ":" and words.plain(end + 2)[:1].isdigit())
    if counts and works(words, end):
        return False
    return not any(
        words.is_name(k)
        and len(words.plain(k)) > 1
        and not j <= k <= end
        and words.plain(k - 1).isalpha()
        and words.plain(k - 1) not in FORMS
        and not words.is_name(k - 1)
        and works(words, k)
        for k in range(1, len(words.words))
    )


def _named_so(words: Words, end: int) -> bool:
    """Whether a form of address is part of a name by its capital: `Sin Suối Hồ` is, `Đông Nhà bà Lan` is not."""
    word = words.words[end]
    if not words.is_name(end):
        return False
    return word.plain not in ("nha", "ong", "ba", "ho") or word.marked not in (word.plain, "nhà", "ông", "bà", "hộ")


def _same_hand(words: Words, j: int, end: int) -> bool:
    """A name keeps its capitals: `thôn Nội mưa` is Nội; `Lai cách` goes on in lower case once."""
    if words.plain(end) == "mai" and words.is_name(end) and words.is_name(end - 1):
        return True  # `Song Mai`
    if words.plain(end) in _NOT_IN_NAMES:
        return False
    if len(words.plain(end)) == 1 and words.plain(end) in "abcd" and words.is_name(end) and words.is_name(j):
        return not words.plain(end + 1).isdigit() or not words.words[end + 1].glued  # `Phú Lương B`
    if len(words.plain(end)) < 2 or len(words.plain(end)) > 7:
        return False
    if words.is_name(end) or not words.is_name(j):
        return True
    return end == j + 1 and not words.plain(end + 1).isdigit()  # `Lai cách, …`, but `Mới đưc 3` may be a slip


def _part_of_lower_name(words: Words, end: int, known: tuple[int, Meaning]) -> bool:
    """Without capitals and marks, words that hardly ever follow a hamlet are part of its name (`thon mai xa 5 may`)."""
    if known[0] > end + 1:
        return False
    following = words.plain(end + 1)
    if words.plain(end) == "sao" and not words.accented:
        return end + 1 < len(words.words) and following not in ("a", "roi", "the", "anh")
    if words.accented:
        return words.words[end].marked in ("hà", "hạ")
    if words.plain(end) == "bo":
        taken = following == "cai" and words.plain(end + 2) in ("bao", "tin", "nay", "do", "vua", "truoc", "cu")
        return not taken and following not in ("bao", "tin", "di", "qua", "het") and not following.isdigit()
    if words.plain(end) == "ma":
        return not following[:1].isalpha() or following in _AFTER_MA or following in FORMS or works(words, end + 1)
    if words.plain(end) == "ha":
        return following[:1].isalpha() or following == ":"
    if words.plain(end) == "ho":
        return not following[:1].isalpha() or works(words, end + 1)
    if words.plain(end) in ("lai", "dinh") and (following[:1].isdigit() or following in (":", "nha")):
        return True
    if words.plain(end) == "dinh":
        return following in ("duoc", "dc", "vang", "chua")
    return words.plain(end) in ("xa", "cao", "thinh", "thuong", "tren", "duoi", "ngoai", "chau")


def works(words: Words, j: int) -> bool:
    known = known_at(words, j)
    return known is not None and known[1].sort is Sort.OUTCOME


def counted(words: Words, j: int) -> bool:
    known = known_at(words, j)
    return known is not None and known[1].sort is Sort.UNIT
