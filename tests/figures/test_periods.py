"""Which days are meant by words after /tong, /xa and /chuabao."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from handlers.figures.asked_for import periods
from handlers.language.signs.folding import fold
from tests.figures.world import World, at, day, world

NOW = at(day(25), 21)  # a Thursday


@pytest.fixture
def w(tmp_path: Path) -> Iterator[World]:
    """A small campaign."""
    with world(tmp_path) as made:
        yield made


@pytest.mark.parametrize(
    ("words", "first", "last", "text"),
    [
        ("hôm nay", 25, 25, "ngày 25/05"),
        ("hôm qua", 24, 24, "ngày 24/05"),
        ("hqua", 24, 24, "ngày 24/05"),
        ("hôm kia", 23, 23, "ngày 23/05"),
        ("tuần", 19, 25, "7 ngày 19/05–25/05"),
        ("tuần này", 19, 25, "7 ngày 19/05–25/05"),
        ("tuần trước", 12, 18, "7 ngày 12/05–18/05"),
        ("ngày 20/5", 20, 20, "ngày 20/05"),
        ("20-05-2023", 20, 20, "ngày 20/05"),
        ("ngày 20 tháng 5", 20, 20, "ngày 20/05"),
        ("20", 20, 20, "ngày 20/05"),
        ("thứ bảy", 20, 20, "ngày 20/05"),
        ("thứ 7", 20, 20, "ngày 20/05"),
        ("t7", 20, 20, "ngày 20/05"),
        ("Thứ năm", 25, 25, "ngày 25/05"),
        ("thứ sáu", 19, 19, "ngày 19/05"),
        ("chủ nhật", 21, 21, "ngày 21/05"),
        ("thứ hai tuần trước", 15, 15, "ngày 15/05"),
        ("chủ nhật tuần trước", 21, 21, "ngày 21/05"),
        ("từ 16/5 đến 20/5", 16, 20, "16/05–20/05"),
        ("từ ngày 16/5 đến ngày 20/5", 16, 20, "16/05–20/05"),
        ("từ 16 đến 20/5", 16, 20, "16/05–20/05"),
        ("từ 16/5 tới hôm qua", 16, 24, "16/05–24/05"),
        ("từ thứ hai đến thứ tư", 22, 24, "22/05–24/05"),
        ("16/5-20/5", 16, 20, "16/05–20/05"),
        ("16/5 – 20/5", 16, 20, "16/05–20/05"),
        ("từ 20/5 đến 16/5", 16, 20, "16/05–20/05"),
        ("từ 20/5", 20, 25, "20/05–25/05"),
        ("từ 20/5 đến nay", 20, 25, "20/05–25/05"),
        ("từ 20/5 đến 30/5", 20, 25, "20/05–25/05 (sau đó chưa đến)"),
        ("từ 20/5 đến 20/5", 20, 20, "ngày 20/05"),
        ("ngày 26/5", 26, 26, "ngày 26/05"),
    ],
)
def test_days_in_words(w: World, words: str, first: int, last: int, text: str) -> None:
    """Of a name of a day the newest one, today among them; what is yet to come of a range is left out."""
    found = periods.days_asked(w.turn("whole", NOW), fold(words))
    assert found is not None
    assert (found.span, found.text) == ((day(first), day(last)), text)


def test_phases_and_far_days(w: World) -> None:
    """A phase is its days until the next begins; a year is that of the date where it is named."""
    turn = w.turn("whole", NOW)
    for words in ("đợt", "đợt này", "Đợt 1"):
        found = periods.days_asked(turn, fold(words))
        assert found is not None
        assert (found.span, found.text) == ((day(16), date(2023, 6, 5)), "Đợt 1 (16/05–05/06)")
    far = periods.days_asked(turn, "31/12/2021")
    assert far is not None
    assert (far.span[0], far.text) == (date(2021, 12, 31), "ngày 31/12/2021")
    late = periods.days_asked(turn, fold("từ 26/5 đến 30/5"))
    assert late is not None
    assert late.span[0] > turn.work_day


@pytest.mark.parametrize(
    "words", ["", "ba đêm", "30/2", "ngày 41", "từ", "từ 16/5 đến", "thứ tám", "t9", "đợt 9", "tuần sau", "31/2/2023"]
)
def test_words_that_mean_no_days(w: World, words: str) -> None:
    """Nothing is guessed."""
    assert periods.days_asked(w.turn("whole", NOW), fold(words)) is None


def test_days_are_asked_for_again_by_the_same_words_later(w: World) -> None:
    """A button under last week's numbers still shows these days when it is pressed the day after."""
    found = periods.days_asked(w.turn("whole", NOW), fold("tuần trước"))
    assert found is not None
    again = periods.days_asked(w.turn("whole", at(day(26), 8)), found.words)
    assert again is not None
    assert again.span == found.span
