"""How evenings are told at length: each kind in several spellings, with what looks alike and is something else."""

from datetime import datetime

import pytest

from handlers.language import Kind, Outcome, fold
from handlers.language.together import meanings

AT = datetime.fromisoformat("2023-05-20T20:00")
Counts = dict[str, int]


def _first(text: str) -> Counts:
    """What is stored at once, by both readers; nothing where it is asked about."""
    found = meanings(text, AT)[0]
    return {outcome.value: n for outcome, n in found.counts.items()} if found.kind is not Kind.UNCLEAR else {}


@pytest.mark.parametrize(
    "text",
    [
        "2 CHÁU NHÀ ĐÓ CÒN BÉ CHƯA ĐỦ TUỔI LÀM CĂN CƯỚC NÊN THÔI",
        "2 cháu còn bé chưa đủ tuổi làm căn cước nên thôi",
        "2 chau con be chua du tuoi",
        "2 con gái chưa đủ tuổi",
        "2 đứa nhỏ chưa đến tuổi",
        "con chị Hoa mới học lớp 3 nên thôi",
        "3 cháu học lớp 4 nên thôi",
        "chưa đủ tuổi: 2 cháu",
        "hai em nhỏ chưa có cccd",
        "cháu chị Hoa mới 10 tuổi nên thôi",
        "nhà bà Lan 2 con còn nhỏ",
    ],
)
def test_children_alone_are_no_work(text: str) -> None:
    """However many they are (rule 30)."""
    assert [found.kind for found in meanings(text, AT)] == [Kind.CHAT]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("nhà bà Lan 3 máy, 2 cháu chưa đủ tuổi", {"activated": 3}),
        ("nhà bà Lan 3 máy, 2 đứa còn nhỏ quá", {"activated": 3}),
        ("nhà bà Lan được 3 còn 2 cháu chưa đủ tuổi", {"activated": 3}),
        ("nhà chị Hoa 3 máy, con chị mới học lớp 3 nên thôi", {"activated": 3}),
        ("2 cháu xong, 1 cháu chưa đủ tuổi", {"activated": 2}),
        ("được 2 cháu, chưa đủ tuổi 1 cháu", {"activated": 2}),
        ("xong 2 cháu, chưa đủ tuổi", {"activated": 2}),
        ("2 cháu lớp 12 xong rồi", {"activated": 2}),
        ("2 con gái chưa có cccd", {"no_card": 2}),
        ("nhà bà Lan 5 người xong hết trừ 2 cháu chưa đủ tuổi", {"activated": 3}),
        ("nhà anh Tú vợ chồng xong, 2 cháu còn bé", {"activated": 2}),
        ("2 cháu 16 tuổi xong", {"activated": 2}),
    ],
)
def test_children_beside_work(text: str, counts: Counts) -> None:
    """Those who are old enough count."""
    assert _first(text) == counts


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("cô Niên về rồi, em làm cho cô với chồng 2 máy", 2),
        ("cô Lụa về, làm cho cô với con gái 2 máy", 2),
        ("bác Thơ về r, a vs vợ đc 2", 2),
        ("cài cho ông Thọ với bà vợ 3 máy", 3),
        ("em làm cho bác và con trai 2 máy rồi", 2),
        ("chú Tư về, kích hoạt cho chú với thím 2 máy", 2),
        ("cài cho cô với chồng 2 máy, con trai 1 máy", 3),
        ("xong cho chị Hoa 1 máy và chồng 2 máy", 3),
    ],
)
def test_for_whom_it_was_done(text: str, n: int) -> None:
    """People for whom it was done share the number after them."""
    assert _first(text) == {"activated": n}


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("nhà anh Quyền 3 máy à nhầm 2 máy", {"activated": 2}),
        ("nhà bà Lan 2 máy a nham 3 máy", {"activated": 3}),
        ("nhà anh Quyền 3 máy ấy nhầm 2 máy", {"activated": 2}),
        ("nhà chị Hoa 2 máy ý lộn 1 máy", {"activated": 1}),
        ("tổng tối nay 11 máy à nhầm 12 máy", {"activated": 12}),
        ("tổng tối nay 11 máy ý lộn 12 máy", {"activated": 12}),
        ("bà Sửu ko chịu, à thôi bà chịu rồi, cài xong 1 máy", {"activated": 1}),
        ("bà Sửu ko chịu, sau lại chịu, cài xong 1 máy", {"activated": 1}),
        ("ba Suu ko chiu, a thoi ba chiu roi, cai xong 1 may", {"activated": 1}),
        ("chị Hoa khóa cửa, à chị về rồi, xong 2 máy", {"activated": 2}),
        ("bà Sửu ko chịu, ông chịu rồi, cài xong 1 máy", {"activated": 1, "refused": 1}),
    ],
)
def test_the_last_word_counts_at_once(text: str, counts: Counts) -> None:
    """Of one number, and of one person; what is said of another takes nothing back."""
    assert _first(text) == counts


@pytest.mark.parametrize(
    ("text", "hamlet", "counts"),
    [
        ("sửa nhà chị Vẻ xóm 6 còn 1 máy thôi ạ", "6", {"activated": 1}),
        ("sửa nhà chị Lan còn 1 máy", None, {"activated": 1}),
        ("sửa nhà chị Lan chỉ còn 1 máy", None, {"activated": 1}),
        ("sua nha chi Hoa con 1 may", None, {"activated": 1}),
        ("sửa lại, nhà anh Tư còn 2 máy", None, {"activated": 2}),
        ("đính chính nhà anh Tư còn 2 máy", None, {"activated": 2}),
        ("sửa xóm 3 xuống còn 4 máy", "3", {"activated": 4}),
        ("sửa xóm 3 vắng còn 1", "3", {"absent": 1}),
        ("sửa lại: xóm 3 được 4, còn 2 nhà chưa làm", "3", {"activated": 4}),
        ("sửa lại còn 2 vắng", None, {"absent": 2}),
    ],
)
def test_what_it_becomes(text: str, hamlet: str | None, counts: Counts) -> None:
    """After a word that corrects; what is left after a comma is left, as ever."""
    (found,) = meanings(text, AT)
    assert found.kind is Kind.CORRECT
    assert [(entry.hamlet, {o.value: n for o, n in entry.counts.items()}) for entry in found.entries] == [
        (hamlet, counts)
    ]


@pytest.mark.parametrize(
    "text", ["sửa lại xóm 3 được 4 còn 2", "còn 4 máy", "sửa nhà chị Lan 3 còn 1", "sửa xóm 3 còn 4"]
)
def test_what_may_be_left(text: str) -> None:
    """It becomes so many, or so many are left: nothing is stored."""
    assert _first(text) == {}


@pytest.mark.parametrize(
    ("text", "hamlet"),
    [
        ("3 máy nữa nhé, nhà chị Hoài xóm 1", "1"),
        ("3 máy nữa, nhà chị Hoài, xóm 1", "1"),
        ("3 máy xong, nhà ông Tư ở thôn Đoài", "Đoài"),
        ("thêm 3 máy ạ, nhà chú Bảy tổ 4", "4"),
        ("3 máy, nhà chị Hoài xóm 1 nhé", "1"),
        ("3 máy, sang nhà chị Hoài xóm 1", None),
        ("3 máy nữa nhé, mai em đi nhà chị Hoài xóm 1", None),
        ("xóm 2 3 máy, nhà chị Hoài xóm 1", "2"),
        ("nhà bà Lan 3 máy, nhà chị Hoài xóm 1", None),
    ],
)
def test_home_and_hamlet_after_the_number(text: str, hamlet: str | None) -> None:
    """They place what was counted before them, where it has no place of its own and the sender did not go on."""
    (entry,) = meanings(text, AT)[0].entries
    assert (entry.hamlet, dict(entry.counts)) == (hamlet, {Outcome.ACTIVATED: 3})


@pytest.mark.parametrize("face", [":v", ":V", "=))", ":3", ":>", "^^", "@@", ":D", ":(((", "T_T"])
@pytest.mark.parametrize("before", ["nhà cô Mai đc 2 nè dzui ghê", "xóm 4 được 2 máy"])
def test_faces_say_nothing(before: str, face: str) -> None:
    """For both readers."""
    assert _first(f"{before} {face}") == {"activated": 2}


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("kh :3 v :2", {"activated": 3, "absent": 2}),
        ("vắng :3", {"absent": 3}),
        ("x3 kh 3 :v 1", {"activated": 3, "absent": 1}),
    ],
)
def test_signs_before_numbers_are_no_faces(text: str, counts: Counts) -> None:
    """A number after the word that takes one is told."""
    assert _first(text) == counts


LONG = (
    "xóm 8 làm một lèo: hai vợ chồng anh Hưởng xong, bà Cả 1, nhà ông Thiệp 5 người xong hết trừ cụ ông đi viện vắng, "
    "chị Duyên hẹn 20h mai quay lại, nhà bác Tráng không ai ở nhà"
)
GRANDFATHER = (
    "Cụ Đào Văn Tị năm nay 90 tuổi, chân yếu, tôi đã cõng cụ ra trụ sở xã để làm căn cước và đưa cụ về nhà an toàn."
)
SPOKEN = "thôn một nhà bác khoát được hai máy nhà bên cạnh cửa đóng then cài nhà đối diện được thêm ba máy"  # dictated
FAMILY = (
    "Tôi xin báo cáo gia đình ông Lương Văn Tư ở thôn 5 đã kích hoạt xong cho ba người, "
    "một người con đi làm công nhân trong Nam nên vắng mặt."
)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        (LONG, {"activated": 7, "absent": 2, "revisit": 1}),
        ("làm một lèo 5 máy", {"activated": 5}),
        ("lam mot leo 5 may", {"activated": 5}),
        ("làm một mạch được 5 máy", {"activated": 5}),
        ("đi một lượt được 4", {"activated": 4}),
        ("nhà ông Thiệp 5 người xong hết trừ cụ ông đi viện vắng", {"activated": 4, "absent": 1}),
        ("5 người xong hết trừ ông cụ đi vắng", {"activated": 4, "absent": 1}),
        ("xóm 8: bà Cả 1, nhà ông Thiệp 5 người xong hết trừ cụ bà không có đt", {"activated": 5, "no_phone": 1}),
        (FAMILY, {"activated": 3, "absent": 1}),
        (GRANDFATHER, {"assisted": 1}),
        ("cụ Tị năm nay đã 90 tuổi, cõng ra xã làm căn cước", {"assisted": 1}),
        ("cả 3 người nhà bác Trình đều xong", {"activated": 3}),
        (SPOKEN, {"activated": 5, "absent": 1}),
        ("cả 4 người nhà ông Tư xong cả", {"activated": 4}),
        ("nhà cô Oanh ba người: cô xong, chồng cô xong", {"activated": 2}),
        ("nhà bà Lan 3 người: xong", {"activated": 3}),
        ("nhà bà Xuyến nhất định k chịu cho cài", {"refused": 1}),
        ("bà Lan không chịu cài, ông Tư cài 2 máy", {"activated": 2, "refused": 1}),
        ("lam dc cho ong Bao, ba Bao thi quen mat khau", {"activated": 1, "failed": 1}),
        ("vừa cài cho ông Khang xóm 6 xong thì bà vợ bắt gỡ ra, ko làm nữa", {"refused": 1}),
        ("cài xong cho bà Tư, con trai bà đòi gỡ", {"refused": 1}),
        ("ông Khang xong, bà vợ không chịu", {"activated": 1, "refused": 1}),
        ("Cô Hảo lúc đầu không nhận được mã, sau thử lại thì được, xong 1 máy ạ", {"activated": 1}),
        ("nhà anh Tiến bốn người kích hoạt được ba người còn một cháu nhỏ chưa có căn cước", {"activated": 3}),
        ("nhà bà Lan 3 máy còn 2 cháu bé chưa có cccd", {"activated": 3}),
        ("nhà bà Lan 3 máy, 2 cháu chưa có cccd", {"activated": 3, "no_card": 2}),
        ("nhà o Sim 2 máy", {"activated": 2}),
        ("máy chị Sim không chính chủ", {"failed": 1}),
    ],
)
def test_long_tellings(text: str, counts: Counts) -> None:
    """Are stored at once."""
    assert _first(text) == counts


def test_how_many_of_a_home() -> None:
    """Where all of a home are done it is asked how many they are, whatever its name is."""
    assert [found.kind for found in meanings("cả nhà o Sim xong rồi nghe", AT)] == [Kind.UNCLEAR]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("tổng tối ni 18m", {"activated": 18}),
        ("chốt 12m nhé", {"activated": 12}),
        ("n o Thắm 2m ok, 1m lỗi", {"activated": 2, "failed": 1}),
        ("nhà bà Lan 2m, vắng 1", {"activated": 2, "absent": 1}),
        ("nhà bà Lan cách đường 5m, được 2 máy", {"activated": 2}),
        ("nước sâu 1m, được 2 máy", {}),
        ("đi 20m nữa tới nhà bà Lan, 2 máy", {"activated": 2}),
        ("bà Tảo ko có đt tm", {"no_phone": 1}),
        ("ba Tao ko co dt tm", {"no_phone": 1}),
        ("x2 n a Chiến 2, n c Lệ 1 nx, b Tảo ko có đt tm", {"activated": 3, "no_phone": 1}),
        ("x4: b Tứ tc, n a Kiên 4", {"activated": 4, "refused": 1}),
        ("x2 n ô Tám 3, n bà Lan v", {"activated": 3, "absent": 1}),
        ("3 n a Chiến vắng", {}),
        ("x4 n chú Bảy kc, hẹn 8h sáng mai qua lại", {"absent": 1, "revisit": 1}),
        ("nhà bác Kim khóa cửa, gọi điện hẹn mai 8h", {"absent": 1, "revisit": 1}),
        ("nha co Hoa kc, hen mai 19h", {"absent": 1, "revisit": 1}),
        ("x3 kc 2", {"absent": 2}),
    ],
)
def test_shorthand_beside_work(text: str, counts: Counts) -> None:
    """`m` is máy and `n` nhà there, `kc` a locked door; metres and what may be a number of homes are not."""
    assert _first(text) == counts


def test_an_appointment_at_a_locked_door() -> None:
    """It is kept with the home, which is called by what stands after `n`."""
    (found,) = meanings("x4 n chú Bảy kc, hẹn 8h sáng mai qua lại", AT)
    assert [one.at for one in found.appointments] == [datetime.fromisoformat("2023-05-21T08:00")]
    assert [home.label for home in found.homes] == ["chú Bảy"]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("nắc đầu 2 nhà", {"refused": 2}),
        ("bà Lan nại vắng", {"absent": 1}),
        ("bà Lan hẹn nại", {"revisit": 1}),
        ("hôm lay 5 máy", {"activated": 5}),
        ("tổng hôm lay 10 máy lớ", {"activated": 10}),
        ("hôm nay 3 máy lữa", {"activated": 3}),
        ("làm nuôn 3 máy", {"activated": 3}),
        ("nhà bà Lan lăm máy", {"activated": 5}),
        ("nhà bà Lan mười lăm máy", {"activated": 15}),
        ("nhà ông Tư bị nỗi", {"failed": 1}),
        ("2 máy hết nỗi", {"failed": 2}),
        ("nỗi 2, xong 3", {"activated": 3, "failed": 2}),
        ("mệt đến nỗi, được 3 máy", {"activated": 3}),
        ("nhà bác Nộc 2 máy", {"activated": 2}),
        ("nhà bà Nan 3 máy", {"activated": 3}),
        ("nhà chị Nại 1 máy", {"activated": 1}),
        ("nhà chị nại 1 máy", {"activated": 1}),
        ("thôn Lày 2 máy", {"activated": 2}),
    ],
)
def test_l_for_n_and_n_for_l(text: str, counts: Counts) -> None:
    """In the north; names stay."""
    assert _first(text) == counts


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("ngoại Tám xài cục gạch", {"no_phone": 1}),
        ("ngoại tám xài cục gạch", {"no_phone": 1}),
        ("NGOẠI TÁM VẮNG", {"absent": 1}),
        ("bà ngoại Tám vắng", {"absent": 1}),
        ("nội Chín xong 1 máy", {"activated": 1}),
        ("nhà ngoại Tư 2 máy", {"activated": 2}),
        ("chở nội Chín lên xã làm căn cước xong xuôi rồi nha", {"assisted": 1}),
        ("chở bà Lan lên xã làm căn cước, nhà ông Tư xong 2 máy", {"assisted": 1, "activated": 2}),
        ("xóm Ngoại 2 máy", {"activated": 2}),
        ("cho ngoại hai máy", {"activated": 2}),
        ("bà ngoại 80 tuổi vắng", {"absent": 1}),
    ],
)
def test_grandmothers_of_the_south(text: str, counts: Counts) -> None:
    """Named by the order of their birth, they are no numbers."""
    assert _first(text) == counts


def test_whose_it_is_in_the_end() -> None:
    """What was told of somebody first does not lose whom it was told of."""
    text = "Anh Dũng lúc nãy khóa cổng giờ về rồi ạ, em quay lại làm cho anh với chị vợ được 2 máy"
    for told in (text, "anh Dũng không chịu, à thôi anh chịu rồi, cài xong 2 máy"):
        (found,) = meanings(told, AT)
        assert [(fold(home.label), dict(home.counts)) for home in found.homes] == [("anh dung", {Outcome.ACTIVATED: 2})]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("ông Mười không ưng cho cài", {"refused": 1}),
        ("nhà bà Lan không đồng ý cho kích hoạt", {"refused": 1}),
        ("cô Hạnh xóm 7 từ chối 1 máy", {"refused": 1}),
        ("nhà chú Sáu bắt gỡ ra 2 máy", {"refused": 2}),
        ("chú Ngọc đổi ý, bắt em gỡ ra 1 máy rồi", {"refused": 1}),
        ("vợ ông Tam cũng xong, thêm 1 máy", {"activated": 1}),
        ("qua nhà cô Mây, cô bắt ăn bát chè rồi mới cho làm, thêm 3 máy nữa", {"activated": 3}),
        ("nhà anh Sỹ có 2 máy, 1 máy được còn 1 máy đời cũ quá không cài được", {"activated": 1, "failed": 1}),
        (
            "hộ ông Bảy (05 nhân khẩu), đã kích hoạt 03 tài khoản; 01 công dân chưa có CCCD",
            {"activated": 3, "no_card": 1},
        ),
        ("nhà mệ Bòng có 2 đứa cháu đều xong", {"activated": 2}),
        ("bàa Cẩm k cos đthoai thôg minh", {"no_phone": 1}),
        ("kế bên là nhà anh Năm Cụt ảnh nói tao hổng có xài điện thoại thông minh đâu mà làm", {"no_phone": 1}),
        ("xóm 4 dc -3", {}),
        ("xóm 4 vắng −2", {}),
        ("2 máy nớ là nhà cụ Đệ, em quên báo", {}),
        ("xóm 3 nhà anh Đoàn tư chối 1 ngừơi, lám được 2 máy", {"activated": 2, "refused": 1}),
    ],
)
def test_what_a_late_round_taught(text: str, counts: Counts) -> None:
    """Read as it is meant, or asked about where who reads it cannot know."""
    assert _first(text) == counts


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("nhà bà Lan xong, thêm 1 máy nữa", 2),
        ("2 máy của hai đứa con gái bà Năm", 2),
        ("xóm 4 - 3 máy", 3),
        ("nhà bà Lan -2", 2),
        ("nhà ông Ba (4 người) xong hết", 4),
    ],
)
def test_what_looks_like_it_and_is_not(text: str, counts: int) -> None:
    """A share that is more, an owner, a hyphen, a household."""
    assert counts in [one.counts.get(Outcome.ACTIVATED) for one in meanings(text, AT)]


def test_what_is_put_down_once_more_counts_once() -> None:
    """The number of a correction that stands before it as well, a home named by two words, a sum after `vậy`."""
    for text, counts in (
        ("em đếm lại rồi, 2 máy thôi, sửa nhà mệ Sen thành 2 giúp em", {"activated": 2}),
        ("nha Hao xom 5 ko phai vang, e go nham, anh Hao da co tk tu truoc", {"already": 1}),
        (
            "em kể nhầm, chị dâu cả nhà ông Thứ là có tài khoản từ trước. Vậy nhà ấy 2 máy, 1 người đã có",
            {"activated": 2, "already": 1},
        ),
    ):
        found = meanings(text, AT)
        assert counts in [{outcome.value: n for outcome, n in one.counts.items()} for one in found], text
