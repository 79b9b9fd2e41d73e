"""Names in lists: in the order that Vietnamese readers expect, and as short as they are clear."""

import random

import pytest

from handlers.language.people.ordering import in_list, short


def test_lists_go_by_given_names() -> None:
    """Then by the whole name; letters and tones in their own order, whatever the case and the form of Unicode."""
    names = [
        "Trần Văn An",
        "Nguyễn Ân",
        "Lê Bình",
        "Bùi Dũng",
        "Đỗ Văn Đạt",
        "NGUYỄN THỊ HA",
        "Lê Ha\u0300",
        "Lê Hả",
        "Lê Hã",
        "Lê Há",
        "Lê Hạ",
        "Đỗ Ngọc Hương",
        "Nguyễn Lan Hương",
        "Nguyễn Ngọc Hương",
        "Y",
    ]
    mixed = random.Random(3).sample(names, len(names))
    assert sorted(mixed, key=in_list) == names
    assert sorted(["(?)", "", "An"], key=in_list) == ["", "An", "(?)"]


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["Nguyễn Ngọc Hương", "Trần Quang Toàn"], ["Hương", "Toàn"]),
        (["Lê Thu Hà", "Trần Ngọc Hà", "Lê Hạ"], ["Thu Hà", "Ngọc Hà", "Hạ"]),
        (["Lê Thu Hà", "Trần Thu Hà"], ["Lê Thu Hà", "Trần Thu Hà"]),
        (["Hà", "Trần Thu Hà", "Lê Hà"], ["Hà", "Thu Hà", "Lê Hà"]),
        (["Lê Văn An", "Lê Văn An"], ["Lê Văn An", "Lê Văn An"]),
        (["Nguyễn Văn An B", "Y Ƀih Niê Kđăm"], ["An B", "Kđăm"]),
        (["Lê Hà (tổ 2)", "An"], ["Lê Hà (tổ 2)", "An"]),
        ([], []),
    ],
)
def test_names_are_shortened_where_they_stay_clear(names: list[str], shown: list[str]) -> None:
    """To the given name, with as much before it as tells it from all others of the list."""
    assert short(names) == shown
