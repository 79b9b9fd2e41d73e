"""Whose phones were counted, and what a sentence takes back that it said before: each with what looks like it."""

from datetime import datetime

import pytest

from handlers.language import Kind, read
from handlers.language.together import meanings

AT = datetime.fromisoformat("2023-05-20T20:15")
Counts = dict[str, int]


def _first(text: str) -> Counts:
    """What is stored at once, by both readers; nothing where it is asked about."""
    found = meanings(text, AT)[0]
    return {outcome.value: n for outcome, n in found.counts.items()} if found.kind is not Kind.UNCLEAR else {}


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("nhà anh Lưu máy anh với máy vợ xong, máy ông bố lỗi không nhận được mã", {"activated": 2, "failed": 1}),
        ("nhà anh Lưu: máy anh và máy vợ cài được", {"activated": 2}),
        ("nhà bác Tám 2 máy, máy bác lỗi", {"activated": 2, "failed": 1}),
        ("nhà bác Tám máy bác lỗi", {"failed": 1}),
        ("nhà bà Nhài được 2 máy, của bà với của cô con gái", {"activated": 2}),
        ("máy chị Duyên kích hoạt được, máy chồng chị ấy quên mật khẩu nên chưa xong", {"activated": 1, "failed": 1}),
        ("bà Lan đồng ý rồi, xong 1 máy", {"activated": 1}),
        ("máy bà Lan lỗi otp, thử lại thì được rồi", {"activated": 1}),
        ("máy bà Lan lỗi otp, thử lại vẫn không được", {"failed": 1}),
        ("em quay lại nhà chú Đệ lúc 20h30, được 3 máy", {"activated": 3}),
        ("mai em quay lại nhà chú Đệ lúc 20h30", {"revisit": 1}),
        ("xóm 7: Sơn còi khóa cửa, Mạnh 2 máy", {"activated": 2, "absent": 1}),
    ],
)
def test_what_is_counted(text: str, counts: Counts) -> None:
    """At once, and nothing more."""
    assert _first(text) == counts


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("mệ Lan ở 1 mình, mệ dùng máy cục gạch nên em chịu", {"no_phone": 1}),
        ("Hộ bà Lựu đã có mặt tại nhà, kích hoạt thành công 02 tài khoản.", {"activated": 2}),
    ],
)
def test_what_the_rules_count(text: str, counts: Counts) -> None:
    """Who lives alone is no phone, who is at home has no account by that; the second reader may ask."""
    assert {outcome.value: n for outcome, n in read(text, AT).counts.items()} == counts


@pytest.mark.parametrize(
    "text", ["nhà chị Na được", "Hùng với vợ xong rồi, ông bố dùng cục gạch", "em được 5, Sơn được 4"]
)
def test_what_is_asked_about(text: str) -> None:
    """Half a message, somebody told by a word of his own, a comrade's number."""
    assert meanings(text, AT)[0].kind is Kind.UNCLEAR


def test_all_homes_of_one_hamlet() -> None:
    """Named last, for all that was told before it."""
    found = meanings("nhà bà Lý 2, nhà anh Độ 3, đều ở xóm 1", AT)[0]
    assert [(entry.hamlet, sum(entry.counts.values())) for entry in found.entries] == [("1", 5)]


@pytest.mark.parametrize("text", ["huy cai vua roi di, t bam nham", "hủy cái vừa rồi đi", "huy tin vua roi"])
def test_withdrawn_without_marks(text: str) -> None:
    """`huy` alone may be a name; with what it points at it is none."""
    assert meanings(text, AT)[0].kind is Kind.UNDO


@pytest.mark.parametrize(
    "text",
    [
        "Đề nghị cho biết trình tự xử lý trường hợp công dân quên mật khẩu",
        "Đề nghị các đồng chí báo cáo số hộ vắng mặt trước 22 giờ.",
    ],
)
def test_an_office_that_asks(text: str) -> None:
    """Nobody forgot a password, nobody was away."""
    assert _first(text) == {}


@pytest.mark.parametrize(
    ("text", "never"),
    [("nhà c Thư hg chịu", "revisit"), ("nhà ông Tư hg có smartphone", "revisit"), ("nhà c Thư hg có ai", "revisit")],
)
def test_a_short_no_is_no_visit(text: str, never: str) -> None:
    """`hg` is hông, in the south; before a time alone it is a visit."""
    assert never not in _first(text)
    assert _first("nhà c Hảo hg 20h mai") == {"revisit": 1}
