"""How hasty fingers write: each kind in several spellings, with what looks alike and is something else."""

from datetime import datetime

import pytest

from handlers.language import Kind, read
from handlers.language.together import meanings

AT = datetime.fromisoformat("2023-05-20T20:00")
Counts = dict[str, int]


def _counts(text: str) -> Counts:
    found = read(text, AT)
    return {outcome.value: n for outcome, n in found.counts.items()} if found.kind is not Kind.UNCLEAR else {}


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("nhà ôg Vịn 2 máy xog", "nhà ông Vịn 2 máy xong"),
        ("nhà Ôg Khang 02 máy", "nhà Ông Khang 02 máy"),
        ("khôg ai ở nhà", "không ai ở nhà"),
        ("nhà bà Lan vắg", "nhà bà Lan vắng"),
        ("tổg 5 máy", "tổng 5 máy"),
        ("hog chiu lam 2 ng", "hong chiu lam 2 ng"),
        ("NHÀ DƯỢG HAI 4 MÁY", "NHÀ DƯỢNG HAI 4 MÁY"),
        ("sag xóm 8 r nhé", "sang xóm 8 r nhé"),
        ("em đag làm nhà bà Lan", "em đang làm nhà bà Lan"),
        ("khoảg 5 máy", "khoảng 5 máy"),
        ("mìh được 3", "mình được 3"),
        ("gia đìh ông Tư 2 máy", "gia đình ông Tư 2 máy"),
        ("thàh công 3 máy", "thành công 3 máy"),
        ("xomd 7 nhà ông Vịn 2 máy", "xóm 7 nhà ông Vịn 2 máy"),
        ("xómf 3 được 2", "xóm 3 được 2"),
        ("thonw 2 2 máy", "thon 2 2 máy"),
        ("khud 5 3 máy", "khu 5 3 máy"),
        ("xpm 7 được 2 máy", "xom 7 được 2 máy"),
        ("nhà ông Vịn 2 mayd xong", "nhà ông Vịn 2 may xong"),
        ("nhaf bà Lan 2 máy", "nha bà Lan 2 máy"),
        ("nhà bà Lan vắngd", "nhà bà Lan vắng"),
    ],
)
def test_a_key_too_few_or_too_many(text: str, same: str) -> None:
    """A word that ends as none does is the word that was meant."""
    found, meant = read(text, AT), read(same, AT)
    assert found.kind is meant.kind
    assert found.stored() == meant.stored()


@pytest.mark.parametrize("text", ["ah oh hih được 2 máy", "app lag quá, được 2 máy", "nhà cô Tag 2 máy"])
def test_sounds_and_other_words_stay(text: str) -> None:
    """`ah` is no `anh`, `lag` no `làng`."""
    assert _counts(text) == {"activated": 2}


def test_names_keep_their_letters() -> None:
    """A name with its capital is as its people write it; a known word is never cut."""
    assert [entry.hamlet for entry in read("ở buôn Sog, 3 máy", AT).entries] == ["Sog"]
    assert read("max 3 máy", AT).kind is Kind.UNCLEAR
    assert read("bà na dùg cục gạh", AT).counts == read("bà na dùng cục gạch", AT).counts


@pytest.mark.parametrize("text", ["xon 7 nhà ông Vịn 2 máy", "thom 7 nhà ông Vịn 2 máy"])
def test_a_doubted_hamlet_is_never_left_out(text: str) -> None:
    """What is offered has it; nothing is stored without it."""
    first, *others = meanings(text, AT)
    assert first.kind is Kind.UNCLEAR
    assert [[entry.hamlet for entry in one.entries] for one in others] == [["7"]]


def test_a_name_or_a_count_is_no_doubted_hamlet() -> None:
    """`bà Thom`, `xon 7 máy`."""
    for text in ("nhà bà Thom 5", "xon 7 máy"):
        assert meanings(text, AT)[0].kind is Kind.REPORT


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("2 máy lỗi cả 2", {"failed": 2}),
        ("hai may loi ca hai", {"failed": 2}),
        ("được 2 máy cả 2", {"activated": 2}),
        ("3 máy đều lỗi, cả 3", {"failed": 3}),
        ("2 máy, cả 2 lỗi", {"failed": 2}),
        ("2 máy xong, cả 2 đều ok", {"activated": 2}),
        ("vắng 2 nhà cả 2", {"absent": 2}),
        ("2 người từ chối, cả 2", {"refused": 2}),
        ("nhà 4 người, cả 4", {"activated": 4}),
        ("6 người mà chỉ có 4 máy, em làm được cả 4 máy", {"activated": 4}),
        ("nhà bà Lan 5 người nhưng 3 máy, xong cả 3", {"activated": 3}),
        ("nhà 6 người có 4 máy làm được cả 4 máy", {"activated": 4}),
        ("2 máy được, cả 2 nhà vắng", {"activated": 2, "absent": 2}),
        ("3 máy được cả 2 lỗi", {"activated": 3, "failed": 2}),
        ("nhà bà Lan 2, nhà bà Tư cả 2", {"activated": 4}),
    ],
)
def test_all_of_the_same_number(text: str, counts: Counts) -> None:
    """`cả N` after the same N says the same again; other homes and other outcomes are others."""
    assert _counts(text) == counts


@pytest.mark.parametrize("phone", ["đthoai phím", "đ.thoại phím", "dthoai cuc gach", "đ thoại phím", "đtdđ cục gạch"])
def test_a_phone_in_short(phone: str) -> None:
    """It has keys, and that is why nothing could be installed."""
    assert _counts(phone) == {"no_phone": 1}
    assert _counts(f"cụ Đỉnh dùng {phone} nên ko cài đc") == {"no_phone": 1}


def test_no_phone_in_short() -> None:
    """As many as are told; a name is a name."""
    assert _counts("2 người ko có đthoại") == {"no_phone": 2}
    assert _counts("bà Đ.thoại đc 2 máy") == {"activated": 2}


LISTS = [
    "1) Hộ ông Khang: 02 máy; 2) Hộ bà Liễu: vắng; 3) Hộ anh Tuyên: 03 máy.",
    "1. nhà ông Khang 2 máy 2. nhà bà Liễu vắng 3. nhà anh Tuyên 3 máy",
    "(1) ông Khang 2 máy, (2) bà Liễu vắng, (3) anh Tuyên 3 máy",
    "a) ông Khang 2 máy; b) bà Liễu vắng; c) anh Tuyên 3 máy",
    "1/ ông Khang 2 máy, 2/ bà Liễu vắng, 3/ anh Tuyên 3 máy",
    "Em báo xóm 4: 1- ông Khang 2 máy, 2- bà Liễu vắng, 3- anh Tuyên 3 máy",
]


@pytest.mark.parametrize("text", LISTS)
def test_numbers_of_a_list_within_a_line(text: str) -> None:
    """They count up from 1, each before something told, and count nothing."""
    assert _counts(text) == {"activated": 5, "absent": 1}


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("kh: 1. vang 2. tc 3.", {"activated": 1, "absent": 2, "refused": 3}),
        ("nhà bà Lan: 1. nhà ông Tư 2. nhà ông Ba 3", {"activated": 6}),
        ("Xóm 1. nhà bà Lan 2 máy. Xóm 2. nhà ông Tư 3 máy", {"activated": 5}),
        ("1 máy. 2 vắng", {"activated": 1, "absent": 2}),
    ],
)
def test_counts_that_look_like_a_list(text: str, counts: Counts) -> None:
    """They stand after what they count, or have their unit."""
    assert _counts(text) == counts


@pytest.mark.parametrize(
    "text", ["bac Luyen hen lai sau a", "ba Tam hen lai sau", "ba Nam hen sau", "ba tam hl sau nhe"]
)
def test_another_time_is_no_six(text: str) -> None:
    """Unmarked `sau` after a promise."""
    assert _counts(text) == {"revisit": 1}


@pytest.mark.parametrize("text", ["hen lai sau nguoi", "hẹn lại sáu", "hen lai 6"])
def test_six_is_six(text: str) -> None:
    """With its unit, its mark or its digit."""
    assert _counts(text) == {"revisit": 6}


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("cô Lụa về rồi, làm cho cô với con gái được 2 máy", 2),
        ("cài cho hai vợ chồng chú với cô con dâu được 3 máy", 3),
        ("bà với cô con dâu xong cả hai máy", 2),
        ("nhà ông Tấn: ông với bà được 2 máy", 2),
        ("cài cho mẹ với con dâu được 3", 3),
        ("làm cho hai bác với con trai được 3 máy", 3),
        ("nhà bác Thịnh, hai bác với anh con trai, cài xong cả 3 máy", 3),
        ("cài cho cô Lụa 1 máy với con gái 2 máy", 3),
        ("em vừa cài xong cho ông Tẹo với bà Tẹo, hai máy ạ", 2),
        ("cài cho ông Tẹo với bà Tẹo xong, 2 máy", 2),
        ("Nhà chú Hòa xóm 4, em cài được cho hai vợ chồng với cô con gái, là 3 máy", 3),
        ("Nhà mệ Gái ở xóm 4, em cài cho mệ với chị con gái, hai máy đều được", 2),
        ("cài xong cho ông Tẹo, nhà bà Lan 2 máy", 3),
        ("cài xong cho ông Tẹo với nhà bà Lan 2 máy", 3),
        ("hai vợ chồng chú Tư và bà Năm 3 máy", 5),
    ],
)
def test_people_share_a_number(text: str, n: int) -> None:
    """Those of one home before it; others have their own."""
    assert _counts(text) == {"activated": n}


def test_a_promise_is_no_name() -> None:
    """Unmarked `hen` before a time; else she may be called so."""
    assert _counts("nha bac Kim vang, goi dien bac hen 20h mai") == {"absent": 1, "revisit": 1}
    assert _counts("nha bac Hen 2 may") == {"activated": 2}
