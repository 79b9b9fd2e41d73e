"""What is told of somebody for the second time: the same once more, otherwise by now, or of another after all."""

from pathlib import Path

import pytest

from tests.evenings.playing import Desk, campaign, sums

ME = "HV00003"
BINH = "nhà ông Bính xóm 3 được 2"
ROWS = [
    # The same told at length, without a name.
    (("Ông Kỷ không đồng ý", "Em giải thích mãi mà ông cứ lắc đầu 😢"), {"refused": 1}),
    (("Nhà cô Tình không chịu ạ", "Cô ấy vẫn không chịu dù em nói hết lời"), {"refused": 1}),
    (("ông Chước chưa đồng ý", "ông Chước vẫn lắc đầu, thôi em không ép nữa"), {"refused": 1}),
    (("Ông Kỷ không đồng ý", "Em giải thích mãi mà bà Nụ cứ lắc đầu"), {"refused": 2}),
    (("chị Bé Ba lắc đầu", "dụ hoài chị hổng chịu"), {"refused": 1}),
    (("chị Bé Ba lắc đầu", "dụ hoài ông Tư hổng chịu"), {"refused": 2}),
    # Told in two parts, and then together.
    (("nhà chú Hoạt được 4", "Nhà chú Hoạt thêm bà ngoại 1 máy ạ", "Đúng là nhà chú Hoạt 5 máy bot nhé"), 5),
    # Told already; and not so.
    (("nhà dì Năm 2 máy", "nhà bà Tư 1 máy", "nhà dì Năm vậy là 2 nha bot"), 3),
    (("nhà ông Chính 3 máy", "bác Nga hàng xóm ông Chính 1 máy"), 4),
    (("nhà dì Út Mót 3 máy", "nhà bà Tư 1 máy", "nhà dì Út Mót 3 máy là tui báo rồi hen, khỏi ghi nữa"), 4),
    (("nhà dì Út Mót 3 máy", "nhà dì Út Mót thêm 1 máy nữa"), 4),
    (("nhà ông Phước 2", "nhà bà Diệp 2 máy, hồi nãy tay ướt bấm dính"), 4),
    (("nhà ông Phước 2", "nhà ông Phước hồi nãy 2 máy nhé"), 2),
    (
        ("Hộ ông Bế Văn Đàm đi vắng.", "hộ anh Hứa Văn Lả: kích hoạt xong cho hai vợ chồng."),
        {"absent": 1, "activated": 2},
    ),
    (("xóm 8 nhà cô Yến 3, nhà chú Định 1", "nhà cô Yến vẫn là ba máy nhé tôi vừa hỏi lại"), 4),
    # Put right.
    (("nhà chị Sương 3", "nhà bà Tư 1", "nhà chị Sương là 4 nha, nãy sót máy ông nội"), 5),
    # Works by now, told by whoever it is.
    (("Hộ anh Mã Văn Quyền: 01 máy lỗi", "Đã thử lại máy anh Quyền, kích hoạt được rồi."), 1),
    (("Hộ chị Chu Thị Mận: 01 máy lỗi", "máy chị Mận kích hoạt được rồi"), 1),
    (("thằng Đức con ông Khoan không nhận được mã", "mã của Đức về rồi tề, vô được luôn rồi"), 1),
    (
        (
            "nhà ông Sửu làm xong 2 người, người thứ ba quên mật khẩu",
            "Người thứ ba nhà ông Sửu lấy lại được mật khẩu, xong.",
        ),
        3,
    ),
    (("x2 nhà Lâm kh1 lỗi1", "x2 nhà Lâm máy lỗi đã kh được"), 2),
    (
        ("cái Linh con bà Nguyệt sim không chính chủ", "cái Linh dùng sim của mẹ đăng ký lại, kích hoạt được rồi"),
        1,
    ),
    (("nha chu Tam 2 may", "con gai chu Tam bi loi khuon mat", "con gai chu Tam doi may khac quet mat duoc roi do"), 3),
    (("thằng Tin cháu ôn Thị mã mãi không về", "mã thằng Tin vẫn chưa về, để mai tính"), {"failed": 1}),
    (("chị H'Nưng quên mật khẩu", "chị H'Nưng lấy lại được mật khẩu rồi, kích hoạt xong"), 1),
    (("x6 nhà a Tí 2 máy, vk ảnh sim bị khoá nên fail", "vk a Tí mở khoá sim đc r, kích hoạt xog r nha 🎉"), 3),
    (("nhà bà Vui 2 máy, 1 máy lỗi", "máy lỗi nhà bà Vui tải được rồi, kích hoạt luôn", "nhà bà Vui 3 máy nha"), 3),
    # Only spelled anew; what was forgotten is among the sum.
    (("nha a Hieu x3 2 ng xing het nha", "xong* go nham :))"), 2),
    (("x1: Bảo 1 máy, chú Kiệt 1 máy", "chú Kiệt 1 máy là đúng á, đừng sửa"), 2),
    (("nhà ông Tư 5", "nhà bà Sáu 8", "tổng tối nay 14 máy, trong đó có 1 máy ở quán nước quên báo"), 14),
    # Somebody by name and kin.
    (("chú Hanh mạng yếu nên máy chú chưa kích hoạt được ạ",), {"failed": 1}),
    (
        ("nhà anh Cường 2 máy", "chị Mai vợ anh Cường thì căn cước hết hạn chưa làm được"),
        {"activated": 2, "no_card": 1},
    ),
    (("nhà bác Thông 2 máy", "anh Tiến con bác Thông cũng xong 1 máy"), 3),
    # Somebody's father, and what is to be dropped.
    (("nha bac Luc 3", "bo bac Luc ko co smartphone"), {"activated": 3, "no_phone": 1}),
    (("nha bac Luc 3", "nha ba Tu 1", "bỏ nhà bác Lực đi"), 1),
    # A hamlet that is named says nothing of other homes.
    (("nha o Hoe 2 may", "em van o xom 5, nha thay Dung 2 may"), 4),
    # Nobody let the guest go, and nobody's eight phones.
    ((BINH, "ông mời nước mãi không cho về"), 2),
    ((BINH, "thoi em ve tam cai da"), 2),
    ((BINH, "bạn ấy điện thoại sập nguồn từ chiều"), 2),
    ((BINH, "Chân em rã rời rồi mà còn cả xóm 8"), 2),
]


@pytest.mark.parametrize(("said", "held"), ROWS, ids=[" | ".join(said[-2:]) for said, _ in ROWS])
def test_the_book_holds_without_a_question(tmp_path: Path, said: tuple[str, ...], held: dict[str, int] | int) -> None:
    """Sums by outcome after the last message; a number is of phones that work, with nothing beside it."""
    with campaign(tmp_path) as tx:
        desk = Desk(tx, ME)
        for text in said:
            desk.says(text)
            labels = [button.label for reply in desk.shown for row in reply.buttons for button in row]
            assert "Không tính" not in labels, (text, labels)
        found = {outcome: n for (who, outcome), n in sums(tx).items() if who == ME and n}
        assert found == ({"activated": held} if isinstance(held, int) else held)


@pytest.mark.parametrize("text", ["Học viên 72 máy hư rồi", "Bạn 72 điện thoại rơi xuống mương rồi ạ."])
def test_a_comrade_whose_phone_broke_is_no_resident(tmp_path: Path, text: str) -> None:
    """Why somebody else will write for them; nothing is booked, and nothing asked."""
    with campaign(tmp_path) as tx:
        desk = Desk(tx, ME)
        desk.says("Học viên 72 nhờ báo hộ: xóm 8 được 5 máy.")
        desk.says(text)
        assert not any(button.label == "Không tính" for one in desk.shown for row in one.buttons for button in row)
        assert {who: n for (who, _), n in sums(tx).items() if n} == {"HV00072": 5}


def test_a_comrade_over_there_has_a_share(tmp_path: Path) -> None:
    """`bển` is whoever was named: each has what is said of him."""
    with campaign(tmp_path) as tx:
        desk = Desk(tx, ME)
        desk.says("nhà cô Hoa x5 tui làm chung với Học viên 75, bển làm 2 máy tui làm 1 máy, ai ghi nấy nha")
        assert {who: n for (who, outcome), n in sums(tx).items() if n} == {ME: 1, "HV00075": 2}
