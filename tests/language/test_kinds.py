"""Kinds of messages that were once misread: signs that are no numbers, keys that are no letters, rules 20 to 31."""

from datetime import datetime

import pytest

from handlers.language import Outcome, read

AT = datetime.fromisoformat("2023-05-20T20:00")
KINDS: list[tuple[str, str, dict[str | None, dict[str, int]]]] = [
    ("sửa 3→4 máy", "correct", {None: {"activated": 4}}),
    ("≤3 máy", "unclear", {}),
    ("≥3 máy", "unclear", {}),
    ("±3 máy", "unclear", {}),
    ("Lan 20:15\n3 máy", "report", {None: {"activated": 3}}),
    ("❶ nhà bà Lan 3 máy\n❷ nhà ông Tư 2 máy", "report", {None: {"activated": 5}}),
    ("3…4 máy", "unclear", {}),
    ("3...4 máy", "unclear", {}),
    ("🏠3📱5", "report", {None: {"activated": 5}}),
    ("mệt quá :3", "chat", {}),
    ("nhà bà Lan được 2 máy :3", "report", {None: {"activated": 2}}),
    ("cảm ơn mọi người <3", "chat", {}),
    ("3½ máy", "unclear", {}),
    ("nhờ @duc10 qua xóm 4", "chat", {}),
    ("5 máy −1", "unclear", {}),
    ("5 máy -1", "unclear", {}),
    ("1. 3 máy\n2. 2 máy", "report", {None: {"activated": 5}}),
    ("(1) bà Lan 3 máy\n(2) ông Tư 2 máy", "report", {None: {"activated": 5}}),
    ("3² máy", "unclear", {}),
    ("Máy ông Nghị chờ mãi không nhận được OTP", "report", {None: {"failed": 1}}),
    ("chờ mãi không ai ra mở cửa nhà ông Tư", "report", {None: {"absent": 1}}),
    ("em đang chờ mã", "chat", {}),
    ("mua lon qua troi, em dung nup chut", "chat", {}),
    ("mai 7h tối e quay lại nhà bác Vịnh làm máy bác gái", "report", {None: {"revisit": 1}}),
    ("hẹn mai quay lại nhà bác Vịnh làm cho bác gái", "report", {None: {"revisit": 1}}),
    ("hẹn 20h mai nhà bà Lan với nhà ông Tư", "report", {None: {"revisit": 2}}),
    ("bà Hợi xóm 5 đang bệnh, hẹn em 9h sáng chủ nhật quay lại", "report", {"5": {"revisit": 1}}),
    ("đang làm nhà bà Lan, hẹn ông Tư 19h mai", "report", {None: {"revisit": 1}}),
    ("nhà bà Lan 4 máy, không có máy lỗi", "report", {None: {"activated": 4}}),
    ("không có ai từ chối", "chat", {}),
    ("nhầm nhà cô nguyệt được 3 từ chối 1 nhé", "correct", {None: {"activated": 3, "refused": 1}}),
    ("em vào nhầm nhà rồi", "chat", {}),
    ("nhµ bµ Lan v¾ng", "report", {None: {"absent": 1}}),
    ("3 v¾ng", "report", {None: {"absent": 3}}),
    ("3 masy", "report", {None: {"activated": 3}}),
    ("vawsng 2", "report", {None: {"absent": 2}}),
    ("3 maùy", "report", {None: {"activated": 3}}),
    ("3 m¸y", "report", {None: {"activated": 3}}),
    ("nha2 chi5 Mai 2", "report", {None: {"activated": 2}}),
    ("ngày 20/5/2022 được 3 máy", "unclear", {}),
    ("/-strong xong nhà bà Lan 3 máy", "report", {None: {"activated": 3}}),
    ("[20:15, 20/5/2023] Lan: 3 máy", "report", {None: {"activated": 3}}),
    ("xem https://a.vn/b12?x=3 nhé", "chat", {}),
    ("1️⃣ bà Lan: 3 máy\n2️⃣ ông Tư: 2 máy", "report", {None: {"activated": 5}}),
    ("3 máy 😊👍", "report", {None: {"activated": 3}}),
    ("đúng là 7 máy", "unclear", {}),
    ("thêm 2 nữa là 17", "report", {None: {"activated": 2}}),
    ("vị chi 12", "total", {None: {"activated": 12}}),
    ("báo hộ Sơn 3 máy", "report", {None: {"activated": 3}}),
    ("Sơn nhờ báo 3 máy", "report", {None: {"activated": 3}}),
    ("2 máy ban nãy là ở xóm 8", "unclear", {}),
    ("em báo 4 máy mà", "unclear", {}),
    ("kiểm tra lại rồi, vẫn 4", "unclear", {}),
    ("3 máy à nhầm 4 máy", "report", {None: {"activated": 4}}),
    ("được 6 mà có 2 cái lỗi", "unclear", {}),
    ("3 máy, 1 lỗi", "report", {None: {"activated": 3, "failed": 1}}),
    ("kh đc 4", "unclear", {}),
    ("xóm mười một hai máy", "unclear", {}),
    ("nãy giờ được 5", "unclear", {}),
    ("xóm IV 3 máy", "report", {"4": {"activated": 3}}),
    ("mạng yếu quá", "chat", {}),
    ("app lỗi suốt", "chat", {}),
    ("vắng", "report", {None: {"absent": 1}}),
    ("từ chối", "report", {None: {"refused": 1}}),
    ("xóm 8 không gặp ai", "unclear", {}),
    ("mỗi tổ 12 nhà", "chat", {}),
    ("Phân công thứ ba: xóm 2 làm 9 nhà", "chat", {}),
    ("được 6, 2 cái lỗi", "report", {None: {"activated": 6, "failed": 2}}),
    ("8 máy, trong đó 3 nhà cô Mận", "report", {None: {"activated": 8}}),
    ("hẹn bà ra xã", "chat", {}),
    ("chó dữ không vào được", "chat", {}),
    ("cccd hết hạn nên chưa kích hoạt được", "report", {None: {"no_card": 1}}),
    ("còn 2 người chưa có cccd", "report", {None: {"no_card": 2}}),
    ("nửa chục máy", "report", {None: {"activated": 5}}),
    ("nửa tá", "report", {None: {"activated": 6}}),
    ("bác Lộc với chị Hà mỗi người 1 máy", "report", {None: {"activated": 2}}),
    ("3 nhà, mỗi nhà 2 máy", "report", {None: {"activated": 6}}),
    ("sáng nay 4, chiều nay 3", "total", {None: {"activated": 7}}),
    ("✅3 ❌1", "unclear", {}),
    ("hôm qua 3, hôm nay 4", "unclear", {}),
    ("ai quên báo thì báo nốt, kèm số nhà khóa cửa", "chat", {}),
]
# What written messages (`tests/language/generating`) brought to light, a few of each kind.
KINDS += [
    ("xóm III được 3", "report", {"3": {"activated": 3}}),
    ("khu phố VIII: được 6 người", "report", {"8": {"activated": 6}}),
    ("Xoms III: xong 3 mays 💪", "report", {"3": {"activated": 3}}),
    ("Thôn Trung 2: nhà bà Lan 3 máy", "report", {"Trung 2": {"activated": 3}}),
    ("Thôn Trung 2: bà Lan vắng", "unclear", {}),
    ("Thôn Trung 2\n4 máy xong", "unclear", {}),
    ("bản sin suối hồ: 2 máy", "report", {"sin suối hồ": {"activated": 2}}),
    ("ở thôn ngọc hà ông Đào xong", "report", {"ngọc hà": {"activated": 1}}),
    ("thon phu ma duoc 5", "report", {"phu ma": {"activated": 5}}),
    ("thôn Thượng Lỗi, nhà bà Lan 7 máy", "report", {"Thượng Lỗi": {"activated": 7}}),
    ("xóm Đồi lam được 5 máy", "report", {"Đồi": {"activated": 5}}),
    ("hẹn lại cụ Út Mười", "report", {None: {"revisit": 1}}),
    ("nhà chị Đàng Năng Bốn 3 máy", "report", {None: {"activated": 3}}),
    ("chú tư lài với chị bảy hiền mỗi người 1 máy", "report", {None: {"activated": 2}}),
    ("BA SAU THOM VA BA NAM THUAN DI VANG", "report", {None: {"absent": 2}}),
    ("chú Lý Chí Cường từ chối", "report", {None: {"refused": 1}}),
    ("ba H'Mai Kbuor chua co can cuoc", "report", {None: {"no_card": 1}}),
    ("chú Y Bhăm Niê đi vắng", "report", {None: {"absent": 1}}),
    ("Da co Tuyet khong chiu cai", "report", {None: {"refused": 1}}),
    ("mo hoan voi chi thin di vang", "report", {None: {"absent": 2}}),
    ("BAC NAM, MO NGUYET VOI DI SY MOI NHA 2 MAY", "report", {None: {"activated": 6}}),
    ("cụ bảo, cô Tư và bác Bường mỗi nhà 2 máy", "unclear", {}),
    ("nhà u Bảy số 65 hẹn mai", "report", {None: {"revisit": 1}}),
    ("ong Trong tang 4 khong co dien thoai", "report", {None: {"no_phone": 1}}),
    ("đưa ông Bửu số 131 ra xã làm căn cước", "report", {None: {"assisted": 1}}),
    ("quay lại nhà số 98 trưa mai", "report", {None: {"revisit": 1}}),
    ("chị Phương nhất quyết không cài", "report", {None: {"refused": 1}}),
    ("bác Thịnh đi đâu chưa về", "report", {None: {"absent": 1}}),
    ("xóm 4 nhà bà Lan 3 máy, bot ngủ ngon", "report", {"4": {"activated": 3}}),
    ("2 máy không vào được nha bot", "report", {None: {"failed": 2}}),
    ("nhà bà Lan cài xong 2 máy; kích hoạt 2 máy nhà cô Luận", "report", {None: {"activated": 4}}),
    (
        "nhà dì Tèo 5 máy, 2 cụ dùng điện thoại phím | 3 máy ok nhà đầu ngõ",
        "report",
        {None: {"activated": 8, "no_phone": 2}},
    ),
    ("hôm qua nhà chị Hiếu có 7 nhân khẩu, được 4 máy", "report", {None: {"activated": 4}}),
    ("Hôm nay được 9 máy! còn 5 nhà nữa", "total", {None: {"activated": 9}}),
    ("đi từ 19h đến 21h mới xong, hôm nay được 3", "total", {None: {"activated": 3}}),
    ("xom nay dong vui ghe, dc 3 may", "report", {None: {"activated": 3}}),
    ("hôm qua đã có tài khoản rồi", "unclear", {}),
    ("nha chu Gai lam dang 4 may", "report", {None: {"activated": 4}}),
    ("máy vợ hổng nhận được mã", "report", {None: {"failed": 1}}),
    ("conf 3 nguwowif khoong ddoongf ys", "report", {None: {"refused": 3}}),
    ("nha2 anh Kpa8 To71i 2 ma1y", "report", {None: {"activated": 2}}),
    ("hl bà Tám, nhà bác Bảy (93 tuổi) 6 tk xong", "report", {None: {"activated": 6, "revisit": 1}}),
    ("bốn máy, ba cụ chửa làm căn cước", "report", {None: {"activated": 4, "no_card": 3}}),
]


@pytest.mark.parametrize(("text", "kind", "counts"), KINDS, ids=[row[0] for row in KINDS])
def test_it_is_read_so(text: str, kind: str, counts: dict[str | None, dict[str, int]]) -> None:
    """The kind, and the counts by hamlet."""
    reading = read(text, AT)
    assert reading.kind.value == kind, reading.rules
    found = {entry.hamlet: {outcome.value: n for outcome, n in entry.counts.items()} for entry in reading.entries}
    assert found == counts


def test_what_the_conversation_needs_beside_the_counts() -> None:
    """For whom it is, what sum was said, and that it points back."""
    assert read("báo hộ nhỏ Trinh 2 máy nha", AT).behalf_of == "nhỏ Trinh"
    assert read("Sơn nhờ báo 3 máy", AT).behalf_of == "Sơn"
    assert read("thêm 2 nữa là 17", AT).sum_stated == 17
    assert read("thêm 3 máy, tổng 8 máy", AT).sum_stated == 8
    assert read("đúng là 7 máy", AT).points_back
    assert not read("được 7 máy", AT).points_back


def test_positions_hold_where_words_were_respelled() -> None:
    """What `--explain` quotes is what was written, also in raw Telex, VNI and dialect."""
    for text, quoted in (
        ("xoms 5 ddax xong 2 mays", "2"),
        ("o6ng Kha3i xong 3 ma1y", "3"),
        ("tối ni tui mần được 7 máy", "7"),
    ):
        reading = read(text, AT)
        (part,) = [part for entry in reading.entries for parts in entry.parts.values() for part in parts]
        assert text[part.start : part.end] == quoted


def test_what_is_asked_for_is_not_counted_before_the_answer() -> None:
    """`vắng vài nhà` leaves a hole, and nothing in it."""
    draft = read("xóm 4 được 3, vắng vài nhà", AT).draft
    assert draft is not None
    assert [dict(entry.counts) for entry in draft.entries] == [{Outcome.ACTIVATED: 3}]
