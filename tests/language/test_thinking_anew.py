"""Who corrects themselves in one message is followed to the last word, and nothing else is taken for that."""

from datetime import datetime

import pytest

from handlers.language import Kind, read

AT = datetime.fromisoformat("2023-05-20T20:00")


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("2 máy, à 3", {"activated": 3}),
        ("2 máy, à 3, à không đúng 2 máy", {"activated": 2}),
        ("nhà mệ Sen em làm được 2 máy, à không 3 máy, dạ 3 máy ạ", {"activated": 3}),
        ("3 máy. à 2. không, 3, đúng 3 máy nhà chị Quý xóm 1", {"activated": 3}),
        ("xóm 6 có 2 nhà khóa cửa, à mà 1 nhà thôi", {"absent": 1}),
        ("5 máy, à nhầm, 3 máy ạ", {"activated": 3}),
        ("nhà o Lài vắng. Dạ không phải, o ở nhà mà o không chịu làm", {"refused": 1}),
        ("nhà bà Tý 3 máy à nhầm 4 máy, đúng 4", {"activated": 4}),
        ("nhà cô Dần 2, nhà chú Mão 3, cộng lại 5, ừ 5", {"activated": 5}),
        ("xóm 4 được 3, vẫn 3 máy", {"activated": 3}),
        ("nhà bà Lan 2 máy, à khoan, 3 máy", {"activated": 3}),
        ("hôm nay 11, à quên, 12 máy", {"activated": 12}),
        ("nhà o Thúy khóa cửa, mà khoan, o mới về, làm được 2 máy rồi", {"activated": 2}),
        (
            "cài được 3 cho nhà cô Bích, khoan còn ông chú nữa nhưng ông chưa có cccd, vậy 3 máy 1 chưa có cccd",
            {"activated": 3, "no_card": 1},
        ),
        ("nhà bà Lan 2 máy nhà ông Tư 1 máy, vậy 3 máy", {"activated": 3}),
        ("em làm được cho bà với cháu bà, 2 máy", {"activated": 2}),
        # and what looks like it
        ("nhà bà Lan 2 máy, khoan, nhà ông Tư 1 máy", {"activated": 3}),
        ("cài được 3 cho nhà cô Bích, khoan còn ông chú nữa được 1", {"activated": 4}),
        ("được 3 máy, à quên, 1 máy lỗi", {"activated": 3, "failed": 1}),
        ("nhà bà Lan 3 máy, à 2 vắng nữa", {"activated": 3, "absent": 2}),
        ("nhà bà Lan 3 máy, nhà ông Tư 3 máy", {"activated": 6}),
        ("nhà o Lài vắng, o Bưởi không chịu làm", {"absent": 1, "refused": 1}),
        ("được 3 máy, à thêm 2 máy nữa", {"activated": 5}),
    ],
)
def test_the_last_word_holds(text: str, counts: dict[str, int]) -> None:
    """Of numbers put right in the same breath, and of an outcome that is denied by itself."""
    assert {outcome.value: n for outcome, n in read(text, AT).counts.items()} == counts


@pytest.mark.parametrize(
    ("text", "hamlet", "home"),
    [
        ("gọi mãi ko ai thưa, nhà bà Ngọ xóm 1", "1", "nhà bà Ngọ"),
        ("nhà bà Nhàn vắng, 7h tối mai quay lại; xóm 3", "3", "nhà bà Nhàn"),
        ("chị Hoa mất căn cước tuần trước, xóm 4", "4", "chị Hoa"),
        ("kh: 6 | v: 3 | tc: 0 | hl: 1 (xóm 8)", "8", None),
        ("c Huệ xóm 4 đang bận nấu cơm, hẹn 8h tối quay lại", "4", None),
    ],
)
def test_what_is_named_last_is_where_it_happened(text: str, hamlet: str, home: str | None) -> None:
    """One house or hamlet at the end of a message holds for all of it."""
    found = read(text, AT)
    assert [entry.hamlet for entry in found.entries] == [hamlet]
    assert home is None or [one.label for one in found.homes] == [home]


def test_where_one_goes_next_is_not_where_it_happened() -> None:
    """`gọi mãi không ai thưa, giờ em sang nhà bà Ngọ`."""
    found = read("gọi mãi ko ai thưa, giờ em sang nhà bà Ngọ xóm 1", AT)
    assert found.kind is Kind.UNCLEAR


@pytest.mark.parametrize(
    ("text", "hamlet", "counts"),
    [
        ("nhà bà Tuất 2 máy, xóm 3 thì phải, ừ đúng xóm 3", "3", {"activated": 2}),
        ("Xóm 7 mỗi nhà 1 máy: nhà ông Kỳ, nhà bà Vỹ, nhà anh Sáng", "7", {"activated": 3}),
        ("xóm 5 mỗi nhà 2 máy (nhà ông Kỳ, nhà bà Vỹ)", "5", {"activated": 4}),
        ("xóm 7 gặp o Nhung, được thêm 2 máy, ngoài 15 máy kia", "7", {"activated": 2}),
        ("xóm 2 chờ mã lâu lắc mà cuối cùng cũng xong cho cô Hường nè", "2", {"activated": 1}),
        ("xóm 2 hai ông bà Thực xong cả rồi nhé", "2", {"activated": 2}),
    ],
)
def test_what_is_told_beside_the_number(text: str, hamlet: str, counts: dict[str, int]) -> None:
    """A hamlet that is thought about, a share of whoever is listed, what was told before, waiting that is over."""
    (entry,) = read(text, AT).entries
    assert (entry.hamlet, {outcome.value: n for outcome, n in entry.counts.items()}) == (hamlet, counts)


@pytest.mark.parametrize("text", ["mạng yếu quá, load mãi k dc", "bạn ơi mình được mấy máy rồi"])
def test_complaints_and_questions_are_no_work(text: str) -> None:
    """Nobody's phone is named."""
    assert read(text, AT).kind is Kind.CHAT


def test_wondering_tells_no_number() -> None:
    """`được 2 hay 3 nhỉ, em không nhớ`: it is asked, and not passed over."""
    assert read("nhà ông Thìn được 2 hay 3 nhỉ, em không nhớ", AT).kind is Kind.UNCLEAR


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("3 máy nhà cô Đào xóm 3 kích hoạt xong", {"activated": 3}),
        ("3 máy nhà cô Đào kích hoatj xong", {"activated": 3}),
        ("bác Sơn từ chôí, con bác 1 máy", {"refused": 1, "activated": 1}),
        ("nhà bà Hoà đuợc 2 máy cuả con", {"activated": 2}),
        ("em cõng ông ngoại nhà thím Hạnh ra xã làm căn cước", {"assisted": 1}),
        ("vợ chồng chú Toại xong cả hai rồi nhá", {"activated": 2}),
        ("cài cho bà Lan với nhà ông Tư", {"activated": 2}),
        ("9h quay lại nhà cậu Phi rồi, làm được 1 máy", {"activated": 1}),
        ("ông bà Nhượng mỗi người 1 máy", {"activated": 2}),
        ("em mới làm xong cho anh Sáu với chị Bảy mỗi người một máy", {"activated": 2}),
        ("bà Chắt lúc đầu không chịu, con gái về nói một lúc thì đồng ý, làm xong 1 máy", {"activated": 1}),
        (
            "Máy thứ ba là của thằng cháu, nó có tài khoản từ trước. Sửa lại: nhà ông Trác 2 máy, 1 người đã có rồi.",
            {"activated": 2, "already": 1},
        ),
    ],
)
def test_what_is_said_twice_of_somebody_counts_once(text: str, counts: dict[str, int]) -> None:
    """Phones that are done, a person and their home, a couple and both of them; a slip of a tone hides nothing."""
    assert {outcome.value: n for outcome, n in read(text, AT).counts.items()} == counts


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("bác Thứ vắng, bác Mai cũng vậy", {"absent": 2}),
        ("bác Thứ ko chịu cài, bác Mai cũng ko", {"refused": 2}),
        ("bà Lan ko có smartphone, ông Tư cũng k nốt", {"no_phone": 2}),
        ("nhà bà Lan được 2 máy, nhà ông Tư cũng vậy", {"activated": 4}),
        ("nha em Quynh 1 may, me e ay ko co smartphone", {"activated": 1, "no_phone": 1}),
        ("nha a Hau 1 may, vo a ay ko nhan dc ma otp", {"activated": 1, "failed": 1}),
        ("mình với Thảo vừa đưa bà Chắt ra xã làm căn cước về", {"assisted": 1}),
        # and what looks like it
        ("bác Thứ vắng, bác Mai cũng vắng", {"absent": 2}),
        ("bác Thứ vắng, em cũng mệt rồi", {"absent": 1}),
    ],
)
def test_what_is_said_of_the_next_by_pointing(text: str, counts: dict[str, int]) -> None:
    """`cũng vậy`, somebody's mother by `em ấy`, and who was helped by two."""
    assert {outcome.value: n for outcome, n in read(text, AT).counts.items()} == counts


def test_what_is_put_right_of_one_home_leaves_another_alone() -> None:
    """`ông Tư vắng` is not what bà Hoa's house has by now."""
    found = read("ông Tư vắng, sửa lại nhà bà Hoa 3 máy, 1 vắng", AT)
    assert "superseded" not in found.rules
    assert found.draft is not None
    assert [dict(entry.counts) for entry in found.draft.entries] == [{"activated": 3, "absent": 2}]
