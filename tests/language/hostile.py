"""Texts made to be slow: as many characters as a platform brings, full of one thing."""

LONGEST = 4096  # characters of a message on Telegram
PIECES = (
    *("a", "1", "1 ", " ", "\n", "(", "1,", "1.", "1/", "-", "xóm 4 ", "3 máy, ", "được 3 ", "vắng 1, "),
    *("nhà bà Lan xóm 4 được 3, vắng 1. ", "không không ", "4 chứ không phải 3, ", "19h30 mai ", "ngày 20/5 "),
    *("nhà ", "bà Lan ", "xóm ", "mai quay lại ", "1 máy 1 nhà 1 người ", "chưa ", "à quên ", "tổng 3, ", "😊", "ạ"),
    *("0123456789", "012345678901 ", "e\u0301", "\u202e", "ﷺ", "nha ba lan dc 3 vang 1 ", "hai mươi mốt ", "máy" * 3),
    *("kh3 ", "đôi, ", "2 và ", "Xóm xong ", "từ chối\nxong\n", "chưa có cccd\n9\n", "ghé lại ", "vắng, bà Tư, "),
    *("sáu trăm ", "a chín ", "thêm nhầm ", "dduwowcj. ", "làm và ", "bà Lan 3 máy ông Tư 2 ", "mỗi nhà 2, ", "36, "),
    *("oA", "x.", "[20:15, 21/05/2023] Lan: ", "xóm|được|vắng\n4|3|1\n", "1️⃣ bà Lan\n", "3…4 ", "trong đó 2 "),
)
# Of some length a message is still read with both readers; of more it is cut short.
LENGTHS = (900, 1600, LONGEST)


def texts() -> list[str]:
    """All of them; runs that end in another letter, too."""
    long = [(piece * LONGEST)[:length] for piece in PIECES for length in LENGTHS]
    return [*long, "a" * (LONGEST - 1) + "b", "x." * (LONGEST // 2 - 1) + "@", "a" + "1" * 26 + "я 3 máy"]
