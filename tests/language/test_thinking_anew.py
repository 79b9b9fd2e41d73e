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
        # and what looks like it
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
