"""Forms of address, and the words that may and may not stand after them as names."""

from handlers.language.signs.folding import fold
from handlers.language.words.vocabulary import notes, rows, words_of

FORMS: dict[str, frozenset[str]] = {
    "ong": frozenset({"ông"}),
    "o": frozenset({"ô", "o"}),
    "ba": frozenset({"bà", "bá"}),
    "bac": frozenset({"bác"}),
    "cu": frozenset({"cụ"}),
    "co": frozenset({"cô", "cố"}),
    "chu": frozenset({"chú"}),
    "anh": frozenset({"anh"}),
    "chi": frozenset({"chị"}),
    "che": frozenset({"chế"}),
    "di": frozenset({"dì"}),
    "cau": frozenset({"cậu"}),
    "mo": frozenset({"mợ"}),
    "thim": frozenset({"thím"}),
    "a": frozenset({"a"}),
    "c": frozenset({"c"}),
    "duong": frozenset({"dượng"}),
    "thay": frozenset({"thầy"}),
    "bo": frozenset({"bố"}),
    "vo": frozenset({"vợ"}),
    "chong": frozenset({"chồng"}),
    "mu": frozenset({"mụ", "mự"}),
    "me": frozenset({"mẹ", "mệ", "mế", "mé"}),
    "u": frozenset({"u"}),
    "ma": frozenset({"má"}),
    "thang": frozenset({"thằng"}),
    "thg": frozenset({"thg"}),
    "nho": frozenset({"nhỏ"}),
    "be": frozenset({"bé"}),
    "em": frozenset({"em"}),
    "chau": frozenset({"cháu"}),
    "con": frozenset({"con"}),
    "lao": frozenset({"lão"}),
    "gia": frozenset({"già"}),
    "b": frozenset({"b"}),
    "ke": frozenset({"ké"}),
    "pa": frozenset({"pá", "pả"}),
    "mi": frozenset({"mí"}),
    "mr": frozenset({"mr"}),
    "mrs": frozenset({"mrs"}),
}


# Unmarked, these are mostly other words, and take a name only with a capital or after `nhà`.
SHY = frozenset(
    {"co", "di", "chi", "a", "c", "cau", "mo", "duong", "thay", "mu", "u", "lao", "b", "o", "ma", "ke", "pa", "mi"}
)


FAMILY = frozenset(
    {"me", "bo", "vo", "chong", "thang", "thg", "nho", "be", "em", "chau", "con", "gia", "b", "lao", "ma", "u"}
)  # these take a name only with a capital, or a person (`vợ anh Tư`)


MIDDLE = words_of("thi van a ba duc xuan minh quang huu dinh thanh")


NAMES = words_of(
    """mai sang loi nam moi an toan hai ba tu bon sau bay tam chin muoi mot vang hong thanh dung hanh tinh dinh hen
    lan xuan ha thu dong cong can sach tan chot lam huong tong doan giao ngoc hop tot vui minh quy truong
    linh ut nhan ke the sinh khoat mung tron chan thiet that nuoi chieu nhanh doi"""
)


GIVEN = frozenset(name for name, _ in rows("given"))  # with their marks
GIVEN_UNMARKED = frozenset(map(fold, GIVEN))
NAMES_BY_ALL_SIGNS = frozenset(name for name, note in notes("given") if note == "sure")


AMOUNTS = frozenset({"vai", "may", "nhieu", "dam", "cac", "moi", "nhung", "nua"})  # `vài nhà`: no home by itself


SOME = frozenset({"mot", "nua", "da", "phan"})  # `nửa số nhà`


NEVER_NAMES = words_of("""lop o thi oi keu noi khong chua kh thon xom tdp khu va voi noi bao bi dang nay chiu xai""")


SIGNS = frozenset({"cccd", "otp", "vneid", "sim", "ok", "tk", "dt", "kh", "tc", "hl"})


SLIPPED = frozenset({"nhầm", "không", "chưa", "vắng", "xong", "được", "lỗi", "hẹn"})


ROLES = frozenset(
    {
        ("to", "truong"),
        ("truong", "thon"),
        ("truong", "xom"),
        ("bi", "thu"),
        ("to", "pho"),
        ("doi", "truong"),
        ("truong", "ap"),
    }
)


HOUSE = frozenset({"nha", "ho"})


OWN = frozenset({"em", "minh", "toi", "tro", "van", "nuoc", "hang", "truong", "nghi", "nao"})


SPOKEN_TO = frozenset({"anh", "chi", "a", "c", "thay"})  # `bác`, `chú`, `cô` are residents more often


VOCATIVE = frozenset({"cao", "bao", "bc", "chao", "thua", "da", "gui", "kinh", "vang", "oi"})
# `nhà ông bà Thụ`: one home by the name of one of the two.
OF_TWO = frozenset(
    (house, *pair)
    for house in ("nha", "ho")
    for pair in (("ong", "ba"), ("co", "chu"), ("chu", "co"), ("chu", "thim"), ("cau", "mo"), ("di", "duong"))
)

# A husband and a wife by their forms of address, in the order in which both are told.
HUSBAND_AND_WIFE = frozenset(
    {("ong", "ba"), ("co", "chu"), ("chu", "co"), ("chu", "thim"), ("anh", "chi"), ("cau", "mo"), ("chi", "anh")}
    | {("bac", "bac"), ("ba", "ong"), ("duong", "di"), ("di", "duong"), ("thim", "chu")}
)
