"""Phrases that are made of classes of words, shorthand, and clauses that tell of those who ask."""

from datetime import date

import pytest

from handlers.figures.in_words import Asked, By, Measure, NotUnderstood, read
from handlers.figures.in_words.patterns import classes
from handlers.figures.in_words.tokens import shorthand, tokens_of
from tests.figures.district import TODAY
from tests.figures.test_in_words import KNOWN, XUAN_THU


def _asked(text: str) -> Asked:
    found = read(text, KNOWN, TODAY)
    assert isinstance(found, Asked), found
    return found


@pytest.mark.parametrize("short", sorted(shorthand()))
def test_shorthand_is_the_words_for_which_it_is_short(short: str) -> None:
    """Whatever the phrase, it is known with the short word as with the long one."""
    assert [one.plain for one in tokens_of(short)] == [
        one.plain for one in tokens_of(" ".join(shorthand()[short])) if one.plain
    ]


def test_laughter_is_no_shorthand() -> None:
    """`kkk` is no `không`."""
    assert [one.plain for one in tokens_of("kkk")] == ["k"]


def test_no_word_is_better_and_worse() -> None:
    """Nor is a class empty."""
    found = classes()
    better, worse = ({said for several in found[name].values() for said in several} for name in ("better", "worse"))
    assert not better & worse
    assert all(found.values())


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Xuân Thu từng đứa một được bao nhiêu", By.PERSON),
        ("chia ra từng xóm Xuân Thu được bao nhiêu", By.HAMLET),
        ("hôm nay từng đơn vị được bao nhiêu", By.COMMUNE),
        ("trung bình 1 em sinh viên 1 ngày được bao nhiêu", By.PERSON),
    ],
)
def test_each_of_a_class(text: str, by: By) -> None:
    """By whatever word they are called."""
    assert _asked(text).grouped is by


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("xã nào ì ạch nhất", True),
        ("cụm nào lẹt đẹt nhất", True),
        ("đứa nào cày khoẻ nhất", False),
        ("đơn vị nào bứt phá nhất", False),
    ],
)
def test_the_best_and_the_worst(text: str, last: bool) -> None:
    """By any word for good or bad work."""
    asked = _asked(text)
    assert (asked.measure, asked.last) == (Measure.RANKING, last)


@pytest.mark.parametrize(
    "text",
    [
        "xã nào vẫn chưa thấy số liệu gì",
        "tối nay đơn vị nào không có động tĩnh gì",
        "còn đứa nào chưa nộp số",
        "9h rồi còn ai chưa báo",
    ],
)
def test_silence_in_any_words(text: str) -> None:
    """Who has not reported."""
    asked = _asked(text)
    assert (asked.measure, asked.last) == (Measure.REPORTS, True)


@pytest.mark.parametrize(
    "aside",
    [
        ", sếp đang hỏi",
        ", sếp hỏi mà anh quên mất",
        " sếp anh hỏi",
        ", sao nghe bảo im ắng lắm",
        " mà nghe họ khoe thế",
        ", anh đang báo cáo huyện",
        ", thầy chủ nhiệm giục quá",
    ],
)
def test_clauses_of_those_who_ask_are_passed_over(aside: str) -> None:
    """They change nothing of what is asked."""
    assert _asked(f"Xuân Thu được bao nhiêu{aside}") == _asked("Xuân Thu được bao nhiêu")


@pytest.mark.parametrize("first", ["sếp anh hỏi là ", "Anh Hải hỏi ", "Chị Hoa văn phòng đây, "])
def test_who_asks_is_passed_over(first: str) -> None:
    """Before the question, too."""
    assert _asked(f"{first}Xuân Thu được bao nhiêu").communes == (XUAN_THU,)


@pytest.mark.parametrize(
    "text",
    [
        "Xuân Thu được bao nhiêu, sếp hỏi riêng nữ",
        "Xuân Thu được bao nhiêu, sếp hỏi Mê Linh",
        "sếp hỏi me linh duoc bao nhieu",
        "xuan thu, dong anh, bac son duoc bao nhieu",
        "bao nhiêu người mà em chưa gặp",
        "ai ngủ nhiều nhất",
        "bạn nào nói nhiều nhất",
        "bạn nào nhắn tin nhiều nhất",
        "xã nào đông dân nhất",
        "mỗi bạn mấy tuổi",
        "từng xã có mấy trường học",
        "nếu mỗi người 30 máy thì bao giờ xong",
        "phải nộp báo cáo cho ai",
        "sao vậy ạ",
        "Xuân Thu sau 20h được bao nhiêu",
    ],
)
def test_what_decides_what_is_asked_is_never_passed_over(text: str) -> None:
    """A place, a kind of people, what they do, a condition, or a time."""
    assert isinstance(read(text, KNOWN, TODAY), NotUnderstood)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("liệu 31/5 có xong không", date(2023, 5, 31)),
        ("cứ đà này 31/5 kịp ko", date(2023, 5, 31)),
        ("cuối tháng có xong nổi không", date(2023, 5, 31)),
        ("hết tuần này có kịp không", date(2023, 5, 21)),
    ],
)
def test_whether_it_is_done_by_a_day(text: str, day: date) -> None:
    """A day to come with the question whether is its end."""
    asked = _asked(text)
    assert asked.measure is Measure.FINISH
    assert asked.period is not None
    assert asked.period.last == day


@pytest.mark.parametrize(("text", "outcome"), [("em hẹn lại mấy nhà rồi", "revisit"), ("mấy nhà vắng", "absent")])
def test_homes_of_an_outcome_are_counted(text: str, outcome: str) -> None:
    """Of which the bot knows how many; homes alone it does not count."""
    assert _asked(text).outcomes == (outcome,)
    assert isinstance(read("hôm nay mấy nhà", KNOWN, TODAY), NotUnderstood)


def test_most_of_something_that_stands_between() -> None:
    """`nhiều … nhất` is one word for ranking."""
    asked = _asked("xóm nào nhiều nhà vắng nhất")
    assert (asked.measure, asked.grouped, asked.outcomes) == (Measure.RANKING, By.HAMLET, ("absent",))
