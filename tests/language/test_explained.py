"""What rules explain word by word is stored without the second reader; where a word is left over, that one is heard."""

from datetime import datetime

import pytest

from handlers.language import Kind, read, together
from handlers.language.together import meanings
from tests.language.cases import MORE, cases, judged, stores_wrong

AT = datetime.fromisoformat("2023-05-20T20:00")
EXPLAINED = [
    "nhà chi Tham 1 may, ong chong co tk tu truoc roi",
    "nhà cô Thảo 1, mẹ cô ấy không chịu",
    "nha bac Kim vang, goi dien bac hen 20h mai",
    "xóm 4 nhà bà Lan được 3, vắng 1",
    "Trời mưa to quá. Dạ em báo thôn Bái Thượng: đi 9 nhà, 3 máy xong, 2 người không có điện thoại, còn 4 nhà chưa đi",
    "báo cáo: xóm 13: anh Thêm với chị Sơn mỗi nhà 1 máy ạ",
    "nhà ông Tấn 72 tuổi ngõ 9 được 2 máy, mai em đi xóm 6",
    "5 máy, à nhầm, 3 máy ạ",
]
NOT_EXPLAINED = [
    "nha duong no duoc mot may",  # an uncle, or the work that did not succeed
    "nhà bác Thịnh xóm 3, hai bác với anh con trai, cài xong cả 3 máy",
    "Nhà ô Tiệp. Vợ: ok. Con gái: ok.",
    "hai đứa con bà Tám xong rồi",
    "cô Liễu rủ thêm bà chị chồng sang, cài xong cho cả cô lẫn chị",
    "nha anh Luyen dc 2 may, nha bac Nguyet dc 5/7 nha bot",
    "đính chính: nhà anh Lâm 1 máy",
    "mấy nhà vắng, được 3 máy",
    "xóm 3 được mấy máy rồi?",
]


@pytest.mark.parametrize("text", EXPLAINED)
def test_the_second_reader_is_not_asked(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither for its doubts nor for its time."""

    def nobody(*_: object) -> None:
        raise AssertionError(text)

    monkeypatch.setattr(together, "Opinion", nobody)
    own = read(text, AT)
    assert own.explained
    assert meanings(text, AT) == (own,)


@pytest.mark.parametrize("text", NOT_EXPLAINED)
def test_where_a_word_is_left_over(text: str) -> None:
    """It is heard as before."""
    assert not read(text, AT).explained


def test_only_work_is_explained() -> None:
    """Talk, withdrawals and what is open are none."""
    for text in ("chào anh", "hủy", "khoảng 5 máy", "xong"):
        found = read(text, AT)
        assert found.kind not in (Kind.REPORT, Kind.TOTAL) and not found.explained


def test_what_is_explained_is_right() -> None:
    """Of the labelled messages at least two in five of those that tell work, and none wrongly."""
    work = [case for case in cases(MORE) if case.want[0] in ("report", "total")]
    found = [(case, read(case.text, case.at)) for case in work]
    sure = [(case, reading) for case, reading in found if reading.explained]
    assert len(sure) > 0.4 * len(work)
    assert [case.text for case, reading in sure if stores_wrong(judged(reading.as_json()), case.want)] == []
