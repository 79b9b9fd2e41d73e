"""Whose failed phone works now: of another home, of a second sum of the hamlet, or of the one that failed."""

from pathlib import Path

import pytest

from tests.evenings.playing import Desk, campaign, sums

ME = "HV00003"
ROWS = [
    (  # `bà út` is somebody, and her phones are hers
        ("nhà chị xuân xóm 3 1 máy không nhận được otp", "nhà bà út: cài được 2 máy, 1 máy bị lỗi"),
        {"activated": 2, "failed": 2},
    ),
    (
        ("nhà anh đình tú xóm 3 1 máy xong, 1 người quên mật khẩu", "nhà anh kiên, làm được 2 máy"),
        {"activated": 3, "failed": 1},
    ),
    (  # a second sum of a hamlet
        (
            "xom 5: 10 tk xong, vang 3 nha, 2 nguoi mat can cuoc, 2 may loi",
            "xom 5: cai duoc 6 may, 2 nha khoa cua, 1 nguoi can cuoc het han, 1 may loi",
        ),
        {"activated": 16, "absent": 5, "no_card": 3, "failed": 3},
    ),
    (("xom 5: 10 tk xong, 2 may loi", "cái lỗi vào được rồi"), {"activated": 11, "failed": 1}),
    (("xom 5: 10 tk xong, 2 may loi", "2 máy lỗi được rồi"), {"activated": 12}),
    (("xom 5: 10 tk xong, 1 may loi", "1 máy lỗi hồi nãy cài được rồi"), {"activated": 11}),
    (("nha cu minh thu 2 may, nha chi diep 1 may",), {"activated": 3}),
    (  # from one hamlet to the next: no visit is put off
        ("hẹn nhà ông Hoạt 19h mai", "Em chuyển sang xóm 4. Nhà mệ Nhàn được 1 máy."),
        {"revisit": 1, "activated": 1},
    ),
]


@pytest.mark.parametrize(("said", "held"), ROWS, ids=[said[-1] for said, _ in ROWS])
def test_the_book_holds(tmp_path: Path, said: tuple[str, ...], held: dict[str, int]) -> None:
    """Sums by outcome, after the last message."""
    with campaign(tmp_path) as tx:
        desk = Desk(tx, ME)
        for text in said:
            desk.says(text)
        assert {outcome: n for (who, outcome), n in sums(tx).items() if who == ME and n} == held
