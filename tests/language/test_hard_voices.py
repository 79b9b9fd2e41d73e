"""Voices that are hard to read: two languages, officials, tables of signs, families told one by one, slow keyboards.

Each kind in sentences of its own, with what looks alike and is something else; both readers are heard.
"""

from datetime import datetime

import pytest

from handlers.language import Outcome
from handlers.language.together import meanings

AT = datetime.fromisoformat("2023-05-20T20:00")
Told = tuple[str, dict[str | None, dict[str, int]]]


def _told(text: str) -> Told:
    """What is stored of a message, or what it is where nothing is."""
    found = meanings(text, AT)[0]
    clear = found.kind.value in ("report", "total", "correct")
    counts = {e.hamlet: {outcome.value: n for outcome, n in e.counts.items()} for e in found.entries}
    return found.kind.value, counts if clear else {}


def _report(hamlet: str | None = None, **counts: int) -> Told:
    return "report", {hamlet: counts}


UNCLEAR: Told = ("unclear", {})
CHAT: Told = ("chat", {})

TWO_LANGUAGES = [
    ("nhà chị Sương 2 phones done, ông nội refused", _report(activated=2, refused=1)),
    ("bác Lễ nobody at home", _report(absent=1)),
    ("2 houses locked, nhà bác Tám says no", _report(absent=2, refused=1)),
    ("Mrs. Hoa already có account rồi", _report(already=1)),
    ("nhà Mr. Thành 2 phones, so easy", _report(activated=2)),
    ("khu 3 nhà cô Sáu 4 members, all done trừ 1 bác đi vắng", _report("3", activated=3, absent=1)),
    ("today 6 phones, 1 người no card", ("total", {None: {"activated": 6, "no_card": 1}})),
    ("cụ Lý no smartphone, con dâu cụ finished 1 phone", _report(no_phone=1, activated=1)),
    ("update: nhà anh Lực +3, nhà chị Dần +2", _report(activated=5)),
    ("next: nhà dì Ba, door locked luôn", _report(absent=1)),
    ("em double-check lại rồi, nhà Mr. Khải vẫn 2", UNCLEAR),
    ("just done nhà cô Hằng, hai mẹ con ok hết", _report(activated=2)),
    ("vừa làm xong nhà bác Tín, hai vợ chồng xong hết", _report(activated=2)),
    ("nhà bác Ty no one home", _report(absent=1)),
    ("nhà cô Mơ two phones done, one refused", _report(activated=2, refused=1)),
    ("được around 6 phones", UNCLEAR),
    ("some phones done rồi", UNCLEAR),
    ("đi cả buổi không được nhà mô", _report(activated=0)),
    ("4 phones ok, 1 phone error", _report(activated=4, failed=1)),
    ("house số 12: 2 phones, house số 14: nobody", _report(activated=2, absent=1)),
    ("cụ Sáu no ID card, em take cụ ra xã làm", _report(no_card=1, assisted=1)),
    ("delete cái report vừa rồi nha", ("undo", {})),
    ("fix nhà chị Vy: 1 phone", ("correct", {None: {"activated": 1}})),
    ("cancel giúp em tin vừa rồi", ("undo", {})),
    ("about to go home, see you tomorrow", CHAT),
    ("điện thoại em out of battery", CHAT),
]


@pytest.mark.parametrize(("text", "told"), TWO_LANGUAGES)
def test_sentences_of_two_languages(text: str, told: Told) -> None:
    """English words of work do what their Vietnamese neighbours do."""
    assert _told(text) == told


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("chú Toàn busy, hẹn 7pm mai", "2023-05-21T19:00"),
        ("bác Bảy not home, hẹn 7:30pm thứ năm", "2023-05-25T19:30"),
        ("cô Nụ hẹn 9am mai", "2023-05-21T09:00"),
        ("chú Sáu Lèo hẹn mơi 8 giờ tối quay lại nghen", "2023-05-21T20:00"),
        ("sáng mơi 9 giờ ghé lại chú Tư", "2023-05-21T09:00"),
        ("dì Cẩm hẹn Sunday 8pm", "2023-05-21T20:00"),
        ("cô Dung hẹn Monday 8pm", "2023-05-22T20:00"),
        ("hẹn lại dì Tư 12pm mai", "2023-05-21T12:00"),
    ],
)
def test_times_of_other_tongues(text: str, at: str) -> None:
    """`7pm` is seven in the evening, `mơi` the day to come of the south."""
    assert meanings(text, AT)[0].as_json()["appointment"] == at


OFFICIAL = [
    ("Thôn IV: đã kích hoạt 12 (mười hai) tài khoản, 03 hộ đi vắng.", _report("4", activated=12, absent=3)),
    ("Kích hoạt thành công 21 (hai mươi mốt) tài khoản", _report(activated=21)),
    ("Kích hoạt 04 (bốn) tài khoản; 01 (một) công dân trong hộ đi làm xa", _report(activated=4, absent=1)),
    ("Kích hoạt 05 (bảy) tài khoản", UNCLEAR),
    ("Hộ bà Cao Thị Vân (số nhà 8): 02/04 công dân đã kích hoạt, 02 từ chối.", _report(activated=2, refused=2)),
    ("Hộ ông Mạc Văn Lý: 05 nhân khẩu: KH 03, chưa có CCCD 02.", _report(activated=3, no_card=2)),
    ("Hộ ông Lê Tứ: 03/04 công dân hoàn thành, 01 công dân còn lại chưa đồng ý.", _report(activated=3, refused=1)),
    ("Hộ ông Bùi Văn Chín (nhà số 3): không tiếp xúc được.", _report(absent=1)),
    ("Hộ bà Đỗ Thị Tư: không liên hệ được, cả 06 nhân khẩu đều đi vắng.", _report(absent=1)),
    ("Hộ bà Trần Thị Sáu: 3/5 nhân khẩu đã kích hoạt; 02 nhân khẩu chưa đủ tuổi.", _report(activated=3)),
    ("Hộ ông Lương Văn Năm, số nhà 17: vắng chủ hộ.", _report(absent=1)),
    ("Tính đến 20 giờ 30 phút, thôn V đạt 11 tài khoản.", ("total", {"5": {"activated": 11}})),
    ("Lũy kế trong ngày: 14 tài khoản.", ("total", {None: {"activated": 14}})),
    ("Đề nghị điều chỉnh số liệu hộ ông Tứ: 03 tài khoản.", ("correct", {None: {"activated": 3}})),
    ("Nhà cậu Phước (xóm 6) 3 máy", _report("6", activated=3)),
    ("nhà chú Lực cả 4 người đều đi vắng", _report(absent=1)),
    ("nhà chú Lực cả 4 người đều xong", _report(activated=4)),
    ("Báo cáo hộ đồng chí Học viên 31: thôn 6, 02 tài khoản kích hoạt.", _report("6", activated=2)),
    ("bạn em là Học viên 31 nhờ báo xóm 6 được 2, vắng 1", _report("6", activated=2, absent=1)),
    ("học viên ba mươi mốt nhờ báo hộ bạn ấy xóm 6 được hai máy", _report("6", activated=2)),
]


@pytest.mark.parametrize(("text", "told"), OFFICIAL)
def test_as_offices_write(text: str, told: Told) -> None:
    """A number again in brackets is the same number; sizes of households and addresses in brackets count nothing."""
    assert _told(text) == told


def test_a_home_keeps_its_number_that_is_told_after_it() -> None:
    """`xong, 2 máy`: the number is that home's."""
    assert [home.label for home in meanings("nhà bà Lan xong, 2 máy", AT)[0].homes] == ["nhà bà Lan"]


LISTS = [
    ("x4\n1. Hòa 3✅\n2. Thắm 🔒\n3. Phúc 1✅", _report("4", activated=4, absent=1)),
    ("x8\n1) Quyết: 2✅, 1 tc\n2) Lài: 🔒", _report("8", activated=2, refused=1, absent=1)),
    ("Hà ✅2\nTú ✅1\nCộng 3 máy", _report(activated=3)),
    ("Mai: 2✅\nLan: 3✅", _report(activated=5)),
    ("x5 | Thân | 2✅ | 1 đã có", _report("5", activated=2, already=1)),
    ("hộ | kh | vắng\nNhâm | 2 |\nQuý | | 1", _report(activated=2, absent=1)),
    ("hl: Canh 20h 24/5, Tân 19h 25/5", _report(revisit=2)),
    ("hẹn lại Giáp 19h30 mai", _report(revisit=1)),
    ("sửa dòng Ất: kh 3", ("correct", {None: {"activated": 3}})),
    ("Σ hôm nay: 15✅ 3🔒", ("total", {None: {"activated": 15, "absent": 3}})),
    ("Cúc: 2 máy ✅", _report(activated=2)),
    ("Hợi ✅, Tuất ✅, Dậu 🔒", _report(activated=2, absent=1)),
    ("1. Hạ - 2✅; 2. Thu - 🔒; 3. Lựu - 1✅", _report(activated=3, absent=1)),
    ("Hà✅ Tú✅ Lê🔒", _report(activated=2, absent=1)),
    ("STT | Họ tên | Kết quả\n1 | Nguyễn Văn Tám | 2 máy\n2 | Lê Thị Sáu | vắng", _report(activated=2, absent=1)),
    ("Quyền ❌", UNCLEAR),
    ("Tuấn 12✅", UNCLEAR),
    ("Nam 8, Linh 6, Hà 7", UNCLEAR),
    ("Ngày mai: xóm 2 (8 nhà), xóm 5 (4 nhà)", CHAT),
    ("Vắng 🔒", _report(absent=1)),
    ("Tổng 5✅", ("total", {None: {"activated": 5}})),
]


@pytest.mark.parametrize(("text", "told"), LISTS)
def test_lists_of_bare_names(text: str, told: Told) -> None:
    """A name that begins a line or a cell with its sign is a home; words of work and whole teams are none."""
    assert _told(text) == told


def test_rows_of_a_table_are_homes() -> None:
    """Each with what its row tells, so that one of them can be put right."""
    homes = meanings("hộ | kh | vắng\nNhâm | 2 |\nQuý | | 1", AT)[0].homes
    assert [(home.label, home.counts) for home in homes] == [
        ("Nhâm", {Outcome.ACTIVATED: 2}),
        ("Quý", {Outcome.ABSENT: 1}),
    ]


ONE_BY_ONE = [
    ("Nhà bà Sen: bà xong, con trai xong, con dâu cả đi làm ca chưa về", _report(activated=2, absent=1)),
    ("Nhà bác Tín: bác trai xong, bác gái xong, con gái lấy chồng xa không có nhà", _report(activated=2, absent=1)),
    ("nhà cô Lụa có ba mẹ con: mẹ xong, con lớn lỗi OTP, con nhỏ chưa đủ tuổi", _report(activated=1, failed=1)),
    ("ba anh em nhà chú Hưởng: anh cả xong, anh hai xong, cậu út vắng", _report(activated=2, absent=1)),
    ("hai vợ chồng chú Bính: chồng xong, vợ từ chối", _report(activated=1, refused=1)),
    (
        "bốn bố con nhà anh Lộc: bố xong, con cả xong, con thứ chưa có cccd, con út lớp 5",
        _report(activated=2, no_card=1),
    ),
    ("Nhà ông Tấn: ông không có smartphone, bà xong, cháu út mới lớp 3", _report(no_phone=1, activated=1)),
    ("Nhà chú Lực: cậu cả lỗi khuôn mặt, cậu hai một phát là xong", _report(failed=1, activated=1)),
    ("nhà anh Đức: bố xong, anh xong", _report(activated=2)),
    ("nhà bà Lan: con trai xong, bà vắng", _report(activated=1, absent=1)),
    ("nhà bà Lan, con trai xong", _report(activated=1)),
    ("nhà bà Lan, nhà chú Tư xong", _report(activated=2)),
    ("bà Lan, chú Tư xong", _report(activated=2)),
    ("nhà ông Tư: ông bà xong, con trai vắng", _report(activated=2, absent=1)),
    ("nhà chú Đại 5 khẩu: chú thím xong, ông cụ máy phím", _report(activated=2, no_phone=1)),
    ("nhà ông Tư, ông bà xong 2 máy", _report(activated=2)),
    ("ba chị em nhà cô Tấm xong", _report(activated=3)),
]


@pytest.mark.parametrize(("text", "told"), ONE_BY_ONE)
def test_households_told_member_by_member(text: str, told: Told) -> None:
    """Who lives there is no count of its own; each is what is told of each."""
    assert _told(text) == told


def test_a_household_told_member_by_member_keeps_its_name() -> None:
    """So that it is found again: the first of them is told under it."""
    homes = meanings("Nhà bác Tín: bác trai xong, bác gái vắng", AT)[0].homes
    assert [home.label for home in homes] == ["Nhà bác Tín", "bác gái"]


OF_ALL_PEOPLES = [
    ("Giàng A Pháo, Thào Thị Máy từ chối đâu", _report(refused=2)),
    ("Lò Văn Hai, Cà Thị Ba vắng", _report(absent=2)),
    ("mé Xoan với pa Tủa làm xong", _report(activated=2)),
    ("bà cố Bảy không có smartphone", _report(no_phone=1)),
    ("ông cố Chín vắng", _report(absent=1)),
    ("cõng bà cố Năm ra xã mần căn cước rồi", _report(assisted=1)),
    ("mế Cà Thị Ín chưa có căn cước, em địu mế ra xã làm rồi", _report(no_card=1, assisted=1)),
    ("cố Bảy 2 máy", _report(activated=2)),
    ("pả Mỷ với mí Say vắng", _report(absent=2)),
    ("làm đặng 4 máy", _report(activated=4)),
    ("mần đặng tầm 6 máy à", UNCLEAR),
    ("nhà ông Sửu được 3 hay 4 nhỉ", UNCLEAR),
    ("được mấy máy rồi nhỉ", CHAT),
]


@pytest.mark.parametrize(("text", "told"), OF_ALL_PEOPLES)
def test_residents_of_all_peoples(text: str, told: Told) -> None:
    """Their names and titles are one person each, and no numbers."""
    assert _told(text) == told


DOUBLED = [
    ("xomm 5 nhaa baa Suuu 3 mayy", _report("5", activated=3)),
    ("nhaa ongg Tiinh vangg, nhaa coo Hongg dc 2", _report(absent=1, activated=2)),
    ("chii Thuu kk co smartphne", _report(no_phone=1)),
    ("bacc Luann tuu choii", _report(refused=1)),
    ("cuu Thoaa chuaa coo cccdd", _report(no_card=1)),
    ("nhaa chu Vinhh 3 myy, 1 nguoii tuu choii", _report(activated=3, refused=1)),
    ("homm nayy ddc 7 mayy", ("total", {None: {"activated": 7}})),
    ("suaa laii 5 mayy", ("correct", {None: {"activated": 5}})),
    ("xoaa baoo caoo vuaa roii", ("undo", {})),
    ("xm 4 2 máy", _report("4", activated=2)),
    ("toor 5 kichs hoatj 2 mays", _report("5", activated=2)),
    ("nhaf coo Hoaf vawngs, nhaf anh Ninh caif ddawtj xong", _report(absent=1, activated=1)),
    ("all good, see you soon kk", CHAT),
]


@pytest.mark.parametrize(("text", "told"), DOUBLED)
def test_keyboards_that_double_letters(text: str, told: Told) -> None:
    """A pair is one letter where a message is full of them; Telex is read as Telex, a laugh stays one."""
    assert _told(text) == told
