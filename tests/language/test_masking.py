"""Identity and phone numbers never get past the door; counts do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.language import MARK, Private, has_private, mask
from handlers.language.signs.masking import blanked
from handlers.language.signs.own_number import says_own_number

IDENTITY, PHONE = frozenset({Private.IDENTITY}), frozenset({Private.PHONE})

HIDDEN = [
    ("cccd 001303000000, 1 máy", f"cccd {MARK}, 1 máy", IDENTITY),
    ("001 303 000 000 1 máy", f"{MARK} 1 máy", IDENTITY),
    ("0013.0300.0000", MARK, IDENTITY),
    ("0911'555'222 nhé", f"{MARK} nhé", PHONE),
    ("0911=333=999", MARK, PHONE),
    ("0911+555+444", MARK, PHONE),
    ("0911 x 555 x 333", MARK, PHONE),
    ("gọi 091l444555 nhé", f"gọi {MARK} nhé", PHONE),
    ("+84911555444, 3+2 máy", f"{MARK}, 3+2 máy", PHONE),
    ("0911\\555\\666", MARK, PHONE),
    ("0911…555…777 · 0911→555→999", f"{MARK} · {MARK}", PHONE),
    ("001303-000000", MARK, IDENTITY),
    ("cmnd 012345678", f"cmnd {MARK}", IDENTITY),
    ("sđt 02438123456 dc 1", f"sđt {MARK} dc 1", PHONE),
    ("024 3812 3456 dc 1", f"{MARK} dc 1", PHONE),
    ("024.3812.3456 dc 1", f"{MARK} dc 1", PHONE),
    ("+84 24 3812 3456 vắng 1", f"{MARK} vắng 1", PHONE),
    ("0210 3841 234, 2 máy", f"{MARK}, 2 máy", PHONE),
    ("hộ chiếu B1234567, 1 máy", f"hộ chiếu {MARK}, 1 máy", IDENTITY),
    ("⓪⓪①③⓪③⓪⓪⓪⓪⓪⓪ 1 máy", f"{MARK} 1 máy", IDENTITY),
    ("001\\303\\000\\000 1 máy", f"{MARK} 1 máy", IDENTITY),
    ("012 345 678 12 máy", f"{MARK} 12 máy", IDENTITY),
    ("sđt 0912345678", f"sđt {MARK}", PHONE),
    ("0912 345 678 12 máy", f"{MARK} 12 máy", PHONE),
    ("0912.345.678", MARK, PHONE),
    ("091-234-5678 3 máy", f"{MARK} 3 máy", PHONE),
    ("+84912345678", MARK, PHONE),
    ("+84 912 345 678 vắng 1", f"{MARK} vắng 1", PHONE),
    ("84912345678", MARK, PHONE),
    ("gọi 0912345678 3 máy", f"gọi {MARK} 3 máy", PHONE),
    ("001303000000 và 0912345678", f"{MARK} và {MARK}", IDENTITY | PHONE),
    ("0912  345  678 3 máy", f"{MARK} 3 máy", PHONE),
    ("0912/345/678", MARK, PHONE),
    ("0912,345,678", MARK, PHONE),
    ("gọi 0912, 345, 678 nhé", f"gọi {MARK} nhé", PHONE),
    ("0912_345_678", MARK, PHONE),
    ("0912:345:678", MARK, PHONE),
    ("0912–345–678", MARK, PHONE),
    ("0912\u2212345\u2212678", MARK, PHONE),
    ("0912／345／678", MARK, PHONE),
    ("\u041e91234567\u041e được 1", f"{MARK} được 1", PHONE),
    ("0912\t345\t678", MARK, PHONE),
    ("3 máy\n0912\n345\n678", f"3 máy\n{MARK}", PHONE),
    ("O912345678", MARK, PHONE),
    ("o912 345 678 vắng 1", f"{MARK} vắng 1", PHONE),
    ("0912\u2060345\u200d678", MARK, PHONE),
    ("0912345678 0987654321", f"{MARK} {MARK}", PHONE),
    ("09123456780987654321", MARK, IDENTITY),
    ("0912345678001303000123", MARK, IDENTITY),
    ("(0912)345610", f"({MARK}", PHONE),
    ("(+84) 912 345 678", f"({MARK}", PHONE),
    ("+84(0)912345678", MARK, PHONE),
    ("không chín một hai ba bốn năm sáu bảy tám", MARK, PHONE),
    ("Khong chin mot hai, ba bon nam, sau bay tam, 2 máy", f"{MARK}, 2 máy", PHONE),
    ("không không một ba không ba không không không một hai ba", MARK, IDENTITY),
    ("0 9 1 2 3 4 5 6 7 8", MARK, PHONE),
    ("0\ufe0f\u20e39\ufe0f\u20e31\ufe0f\u20e32345678", MARK, PHONE),
    ("０９１２３４５６７８", MARK, PHONE),
    ("001/303/000000", MARK, IDENTITY),
    ("001303\n000000 1 máy", f"{MARK} 1 máy", IDENTITY),
    ("0912\\n345\\n678", MARK, PHONE),  # as JSON writes it
    ("0912%20345%20678", MARK, PHONE),  # as links do
    ("gọi tel:%2B84%20912%20345%20678 nhé 3 máy", f"gọi tel:{MARK} nhé 3 máy", PHONE),
    ("0912%C2%A0345%0a678, vắng 1", f"{MARK}, vắng 1", PHONE),
    ("0912&nbsp;345&nbsp;678", MARK, PHONE),
    ("001%20303%20000%20000 1 máy", f"{MARK} 1 máy", IDENTITY),
    ("50%0912345678", f"50%{MARK}", PHONE),  # no such sign
    ("0912%20345%20678 và 0987654321", f"{MARK} và {MARK}", PHONE),
]


@pytest.mark.parametrize(("text", "hidden", "kinds"), HIDDEN)
def test_private_numbers_are_hidden(text: str, hidden: str, kinds: frozenset[Private]) -> None:
    """The mark is the same whatever the length, everything else stays."""
    assert mask(text) == hidden
    assert has_private(text) == kinds
    assert mask(hidden) == hidden


KEPT = [
    "xóm 4 được 3, vắng 1",
    "18/5/2023: 12 máy",
    "19h30 21/5",
    "1 2 3 4 5 6",
    "116.167 máy",
    "kh3 v1 tc1 hl2",
    "10 12 15 8 9 7",
    "xóm 01, 02, 03, 04, 05 mỗi xóm 2 máy",
    "08:30 - 09:45 12 máy",
    "05/06/2023, 12 máy",
    "120, 130, 140",
    "3, 4, 5, 6, 7, 8, 9, 10",
    "một hai ba bốn năm sáu bảy tám chín mười",
    "nhà bà Ba 2, ông Tư 3, anh Năm 4, chị Sáu 1, cô Bảy 2",
    "xóm 4 không có máy nào, ba nhà vắng, hai nhà hẹn, một nhà từ chối",
    "[20:15, 21/05/2023] Lan: 3 máy",
    "đạt 15%, 20 máy; xã 40%20 nhà",
    "https://x.vn/?q=x%C3%B3m%204%20%C4%91%C6%B0%E1%BB%A3c%203",
]


@pytest.mark.parametrize("text", KEPT)
def test_counts_dates_and_times_are_kept(text: str) -> None:
    """Nothing that is reported looks like a private number."""
    assert mask(text) == text
    assert not has_private(text)


@given(st.text(alphabet="0123456789 .-+()\u00a0\u200bmáy", max_size=40))
def test_what_stands_beside_changes_nothing(text: str) -> None:
    """A number is hidden whatever else the message holds: the quick look that spares most messages misses none."""
    tail = "\nxem 12345678x"  # an `x` by itself may stand between figures
    assert mask(text + tail) == mask(text) + tail
    assert has_private(text + tail) == has_private(text)
    assert blanked(text + tail) == blanked(text) + tail


OWN = [
    *(
        "Số của tôi 0912 345 678, có gì các em gọi nhé",
        "sđt tổ trưởng Dũng: 0912345678",
        "gọi anh theo số 0912.345.678",
    ),
    *("Zalo em 0912345678", "có gì gọi 0912345678 nha mọi người", "số của mình: +84 912 345 678", "cứ alo chị ▒▒▒"),
]
NOT_OWN = [
    *(
        "nhà bà Lan 3 máy, sđt 0912345678",
        "gọi anh Tư 0912345678",
        "số của bà Lan 0912345678",
        "0912345678",
        "xong ▒▒▒",
    ),
    *("sđt em 0912345678, cccd 001303000000", "số tôi 0912345678 và 0987654321", "có gì gọi cụ Tám ▒▒▒", "số em 4 máy"),
]


@pytest.mark.parametrize("text", OWN + NOT_OWN)
def test_whose_number_it_is(text: str) -> None:
    """The speaker's own, masked or not; where it may be a resident's, or there are more, it is not."""
    assert says_own_number(text) is (text in OWN)
