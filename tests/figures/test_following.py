"""Questions that go on from the one before: what they leave out is as it was, a button asks them alone."""

from datetime import timedelta
from pathlib import Path

import pytest

from handlers.figures.in_words import Asked, By, Limit, Measure, Part, Period, Span, Whose, carried, joins, kept, known
from handlers.messages import Reply
from tests.figures.district import EVENING, TODAY, asks, district, told
from tests.figures.world import labels

DAY = Period(Span.DAY, TODAY, TODAY, part=Part.NIGHT)


@pytest.mark.parametrize(
    "asked",
    [
        Asked(Measure.REACHED),
        Asked(Measure.RANKING, communes=(3, 7), period=DAY, last=False, grouped=By.COMMUNE, most=5),
        Asked(
            Measure.REACHED, people=(2,), outcomes=("absent",), whose=Whose.TEAM, compared=DAY, mine=True, share=True
        ),
        Asked(Measure.REACHED, limit=Limit(above=True, n=30.5, percent=True), hamlets=(1,), done=True, beside=True),
        Asked(Measure.RANKING, ranked_by=Measure.LEFT, period=Period(Span.PHASE, TODAY, TODAY, "Đợt 1")),
    ],
)
def test_a_question_is_kept_whole(asked: Asked) -> None:
    """Whatever it asks is known again."""
    assert known(kept(asked)) == asked


@pytest.mark.parametrize(
    ("text", "goes_on"),
    [
        ("còn Minh Phú?", True),
        ("thế hôm qua thì sao", True),
        ("ok vậy còn Chi", True),
        ("Minh Phú thì thế nào", True),
        ("hôm qua?", True),
        ("còn bao nhiêu nữa", False),
        ("thế nào rồi", False),
        ("hôm qua được bao nhiêu", False),
        ("Minh Phú hôm qua", False),
    ],
)
def test_what_goes_on_says_so(text: str, goes_on: bool) -> None:
    """A joining word, or nothing but a day."""
    named = (1,) if "Minh" in text or "Chi" in text else ()
    rules = ("how_many",) if "bao nhiêu" in text else ()
    measure = Measure.LEFT if "còn bao" in text else Measure.REACHED
    asked = Asked(measure, communes=named, period=DAY if "hôm" in text else None, rules=rules)
    assert joins(text, asked) is goes_on


def test_of_one_who_is_named_no_ranking_is_carried() -> None:
    """`xã nào chậm nhất hôm nay?` … `còn Xuân Thu?` asks how far it is, today."""
    before = Asked(Measure.RANKING, grouped=By.COMMUNE, last=True, most=3, period=DAY)
    found = carried(Asked(Measure.REACHED, communes=(1,)), before)
    assert (found.measure, found.grouped, found.most, found.period) == (Measure.REACHED, None, None, DAY)


def test_a_button_asks_it_alone(tmp_path: Path) -> None:
    """The other meaning is one press away, and pressed it goes on from nothing."""
    with district(tmp_path) as world:
        asks(world, "district", "Kim Lũ hôm nay được bao nhiêu?")
        said = [one for one in asks(world, "district", "thế còn hôm qua?") if isinstance(one, Reply)]
        assert said[0].text.startswith("📊 Kim Lũ · hôm qua (19/05)")
        assert labels(said[0]) == ["VNeID Sóc Sơn, hôm qua (19/05)"]
        assert told(asks(world, "district", "/hoi thế còn hôm qua?")).startswith("📊 VNeID Sóc Sơn · hôm qua (19/05)")


def test_it_is_forgotten_after_some_minutes(tmp_path: Path) -> None:
    """And nobody goes on from another's question."""
    with district(tmp_path) as world:
        asks(world, "district", "Kim Lũ hôm nay được bao nhiêu?")
        assert told(asks(world, "admin", "thế còn hôm qua?")).startswith("📊 VNeID Sóc Sơn · hôm qua")
        later = EVENING + timedelta(minutes=11)
        assert told(asks(world, "district", "thế còn hôm qua?", when=later)).startswith("📊 VNeID Sóc Sơn · hôm qua")


def test_nothing_beyond_ones_scope_is_carried(tmp_path: Path) -> None:
    """A refused commune stays refused."""
    with district(tmp_path) as world:
        for who in ("commune", "lead", "student"):
            asks(world, who, "Minh Phú hôm nay được mấy máy?")
            assert told(asks(world, who, "thế còn hôm qua?")).startswith("Xã Minh Phú ngoài phạm vi")
            assert "30" not in told(asks(world, who, "còn Giang?"))


def test_a_report_after_a_question_is_a_report(tmp_path: Path) -> None:
    """What counts something goes on from no question, however it begins."""
    with district(tmp_path) as world:
        for who in ("lead", "student"):
            asks(world, who, "xóm 5 hôm nay được mấy máy?")
            assert told(asks(world, who, "còn nhà bà Lan xóm 4 được 3")).startswith("✅ Nhà bà Lan, xóm 4: 3 máy")


def test_marks_tell_words_of_days_from_others(tmp_path: Path) -> None:
    """`xã tôi hôm nay` is no `tới hôm nay`, `tối 19/5` that evening and `tới 19/5` all until then."""
    with district(tmp_path) as world:
        assert told(asks(world, "commune", "Xã tôi hôm nay được bao nhiêu máy?")).startswith("📊 Xuân Thu · hôm nay")
        assert "đến hết ngày 18/05" in told(asks(world, "district", "tới 18/5 được bao nhiêu"))
        assert "đến hết" not in told(asks(world, "district", "tối 18/5 được bao nhiêu")).partition("\n")[0]
