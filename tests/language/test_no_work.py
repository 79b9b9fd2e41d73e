"""What sounds like work and is none, and who is one person or two: each kind in several spellings, with what is not."""

from datetime import datetime

import pytest

from handlers.language import Kind
from handlers.language.together import meanings

AT = datetime.fromisoformat("2023-05-20T20:00")
Counts = dict[str, int]


def _first(text: str) -> Counts | None:
    """What is stored at once, by both readers; None where it is asked about."""
    found = meanings(text, AT)[0]
    return {outcome.value: n for outcome, n in found.counts.items()} if found.kind is not Kind.UNCLEAR else None


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        # A guest who is not let go; a phone that is.
        ("Nhà ông giáo Bình 2 máy, ông mời nước mãi không cho về", {"activated": 2}),
        ("bà Lan không cho em về", {}),
        ("nhà bà Lan 1 máy, bà mời cơm không cho đi", {"activated": 1}),
        ("bà Lan không cho cài", {"refused": 1}),
        ("bà Lan không cho", {"refused": 1}),
        ("bà Lan không cho đi làm căn cước", {"refused": 1}),
        # What hosts give, and who they are.
        ("Bà Nụ cho hẳn hai quả ổi 🤣", {}),
        ("cô Thơm mời nước chè", {}),
        ("bà Nụ biếu em nải chuối", {}),
        ("bà Nụ cho 2 máy", {"activated": 2}),
        ("bà Nụ cho cài", {"activated": 1}),
        ("Nhà ông Bính, xóm 3: 2 máy. Ông Bính là cựu chiến binh, nhiệt tình lắm.", {"activated": 2}),
        # What is feared.
        ("Nhà bà Ơn: bà không đồng ý, lý do là sợ hỏng điện thoại con cho.", {"refused": 1}),
        ("bác Tư chưa đồng ý, sợ lỗi máy", {"refused": 1}),
        ("số lỗi 2", {"failed": 2}),
        # A bath first.
        ("thoi em ve tam cai da", {}),
        ("em di tam cai roi ngu", {}),
        ("duoc tam cai da", {"activated": 8}),
        ("xom 3 duoc tam cai", {"activated": 8}),
        # `kh` by now.
        ("x2 nhà Lâm máy lỗi đã kh được", {"activated": 1}),
        ("nhà bà Lan đã kh đc 2 máy", {"activated": 2}),
        ("máy bà Lan kh đc", {"failed": 1}),
        # A wife of who leaves out marks, and three houses.
        ("nha ong Tinh duoc 1 may, con ba nha thi khong co dien thoai", {"activated": 1, "no_phone": 1}),
        ("nha ong Tinh duoc 1 may, ba nha tu choi", {"activated": 1, "refused": 1}),
        ("x3 dc 4, con ba nha khong co dien thoai", {"activated": 4, "no_phone": 3}),
        ("xom 3 ba nha vang", {"absent": 3}),
        ("nhà ông Tư 1 máy, bà nhà không có điện thoại", {"activated": 1, "no_phone": 1}),
        # By name and by kin.
        ("chị Mai vợ anh Cường xong", {"activated": 1}),
        ("chi Mai vo anh Cuong quen mat khau", {"failed": 1}),
        ("cô Hà em gái chị Lan chưa có cccd", {"no_card": 1}),
        ("chị Mai là vợ anh Cường vắng", {"absent": 1}),
        ("bà Lan, vợ ông Tư vắng", {"absent": 2}),
        ("nhà anh Cường chị Mai xong", {"activated": 2}),
        ("cái Linh con bà Nguyệt sim không chính chủ nên chưa kích hoạt được", {"failed": 1}),
        ("cái Samsung lỗi", {"failed": 1}),
        # Told twice.
        ("nhà bà Lương ông bà đều không chịu, từ chối 2", {"refused": 2}),
        ("ông bà Lương không chịu, tc 2", {"refused": 2}),
        ("nhà anh Tú hai vợ chồng không chịu, từ chối 3", None),
        ("nhà cô Lan hai máy nhé hai máy", {"activated": 2}),
        ("nhà cô Lan 2 máy 2 máy lỗi", {"activated": 2, "failed": 2}),
        ("à quên, hồi nãy nhà o Nhàn còn đứa con gái nữa cũng cài xong, thêm 1 hi", {"activated": 1}),
        # People who share a number.
        ("mự Thìn về rồi nờ, em vô lại cài cho mự với anh con trai, 2 máy", {"activated": 2}),
        ("Cài xong cho cô giáo Hằng với chị Nhài ạ", {"activated": 2}),
        ("nhà ông Tạo 5 người xong hết trừ anh con cả đi Hàn", {"activated": 4, "absent": 1}),
        # What is left, and where each went.
        ("xóm 7 được 3, còn cả xóm 8", {"activated": 3}),
        ("em với bạn đi xóm 2, mỗi người một đầu xóm", {}),
        ("quên nữa, hồi đầu tối nhà bà Tư Ếch x2 có 1 máy mà hổng nhớ báo", {"activated": 1}),
        # Of whom it is told.
        ("Cô Tình nghe bà Thêu nói nên đồng ý rồi ạ, xong 2 máy", {"activated": 2}),
        ("mã của bà Lan chưa về", {"failed": 1}),
        ("bà Lan chưa về", {"absent": 1}),
        ("nhà anh Phong 2 máy hai vợ chồng", {"activated": 2}),
        ("nhà ông Khả hai ông bà đều dùng máy phím, 2 cụ già lắm rồi", {"no_phone": 2}),
        ("nhà a Kiên v, à mà có về r, kh1", {"activated": 1}),
        ("thang con trai anh Loc chua lam can cuoc", {"no_card": 1}),
        ("cô Dậu nhắn còn máy thằng út nữa, em quay lại cài thêm 1 cái", {"activated": 1}),
        ("o Nga nhà sát đường 2 máy, con bé mới lớp 5 nên thôi", {"activated": 2}),
        ("xóm 2 còn nhà ông Đạt chó to quá em không dám vào", {"absent": 1}),
        ("ông Khả rót nước mời mãi, em phải uống hết ba chén mới cho đi", {}),
        ("máy chị Hà rớt nước", {"failed": 1}),
        ("nhà anh Lâm chị Cúc, anh xong còn chị điện thoại đầy bộ nhớ", {"activated": 1, "failed": 1}),
        ("ông Tám bà Tám, ông vắng, bà không có điện thoại", {"absent": 1, "no_phone": 1}),
        ("nhà anh Lâm chị Cúc, anh chị xong cả", {"activated": 2}),
        ("bác Nga hàng xóm ông Chính 1 máy", {"activated": 1}),
        ("nha o Ly goi mai ko ra", {"absent": 1}),
        ("nhà cô Lài 2 máy, chồng đi làm thuê", {"activated": 2, "absent": 1}),
        ("cuối xóm 8 được 5 máy, 1 nhà từ chối", {"activated": 5, "refused": 1}),
        ("bác Nga tốt ghê, dẫn em đi từng nhà", {}),
        # Dictated signs, where none is written.
        ("nhà cô Yến hai máy phẩy nhà chú Tư vắng", {"activated": 2, "absent": 1}),
        (
            "nhà cô Yến cài xong cả ba chấm nhà chú Định một máy chấm nhà bà Bích đi vắng chấm",
            {"activated": 4, "absent": 1},
        ),
        ("chấm công ở xóm 3 hai máy", {"activated": 2}),
        # Each word is explained: the second reader is not asked.
        ("nhà anh Cường cũng ở xóm bảy được một máy à không hai máy nhé hai máy", {"activated": 2}),
        ("chị Hằng xóm 3 bị lỗi otp, chờ mãi ko có mã", {"failed": 1}),
        ("Chị Loan con dâu bà Thêu căn cước bị mất nên chưa làm ạ", {"no_card": 1}),
        # A comrade's own phone.
        ("bạn ấy điện thoại sập nguồn từ chiều", {}),
        ("máy bạn ấy hết pin", {}),
        ("máy bà Lan hết pin", {"failed": 1}),
    ],
)
def test_what_is_counted(text: str, counts: Counts | None) -> None:
    """At once, or asked about where it says None."""
    assert _first(text) == counts


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("nhà ông Năm Cò x5 1 máy", "nhà ông Năm Cò"),
        ("xom 3 nha di Hai Kieu 1 may", "nha di Hai Kieu"),
        ("chị Mai vợ anh Cường xong", "chị Mai vợ anh Cường"),
    ],
)
def test_how_a_home_is_called(text: str, label: str) -> None:
    """In the answer."""
    assert [home.label for home in meanings(text, AT)[0].homes] == [label]


def test_an_adverb_is_no_name() -> None:
    """`ông cứ`, `bà vẫn` is nobody's name."""
    assert not meanings("Em giải thích mãi mà ông cứ lắc đầu 😢", AT)[0].homes
