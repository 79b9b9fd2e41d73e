"""A withdrawal takes the report of the day, hamlet, home or number that it names, and none where none is such."""

from pathlib import Path

import pytest

from tests.figures.district import asks, district, told

OF_YESTERDAY = "Rút báo cáo lúc 20:00 của ngày 19/05 (Xóm 5: 5 máy) chứ?"
NONE = "Bot không thấy báo cáo nào của em khớp với tin này"
WHETHER = "Rút báo cáo lúc 19:00 (Xóm 5: 17 máy, 3 nhà vắng, 2 người chưa đồng ý) chứ?"
OF_TODAY = "Đã rút báo cáo lúc 19:00: Xóm 5: 17 máy"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/huy 19/5", OF_YESTERDAY),
        ("/huy hôm qua", OF_YESTERDAY),
        ("/huy thứ sáu", OF_YESTERDAY),
        ("hủy tin hôm qua", OF_YESTERDAY),
        ("hủy báo cáo ngày 19/5", OF_YESTERDAY),
        ("/huy 18/5", NONE),
        ("/huy xóm 99", NONE),
        ("/huy nhà bà Lan", NONE),
        ("/huy abc xyz", WHETHER),
        ("/huy con mèo", WHETHER),
        ("/huy 3000", WHETHER),
        ("hủy 3000", WHETHER),
        ("hủy báo cáo con mèo", WHETHER),
        ("/huy báo cáo con mèo", WHETHER),
        ("xóa tin cái xe đạp giúp em", WHETHER),
        ("hủy báo cáo gửi trùng", OF_TODAY),
        ("hủy báo cáo lỡ tay vừa gửi", OF_TODAY),
        ("hủy tin 18h30", WHETHER),
        ("/huy 17", OF_TODAY),
        ("/huy xóm 5", OF_TODAY),
        ("/huy tin vừa rồi", OF_TODAY),
        ("/huy giúp em với", OF_TODAY),
        ("/huy nhầm rồi", OF_TODAY),
        ("/huy nhé bot", OF_TODAY),
        ("/huy hôm nay", OF_TODAY),
        ("hủy tối nay", OF_TODAY),
        ("/huy", OF_TODAY),
    ],
)
def test_it_is_this_one(tmp_path: Path, text: str, said: str) -> None:
    """Bình reported today and yesterday; of another day is asked about, by its name."""
    with district(tmp_path) as world:
        assert said in told(asks(world, "student", text))
