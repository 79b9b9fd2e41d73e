"""Phrases that are made of classes of words, shorthand, and clauses that tell of those who ask."""

from datetime import date

import pytest

from handlers.figures.in_words import Asked, By, Measure, NotUnderstood, read
from handlers.figures.in_words.meaning import Part
from handlers.figures.in_words.patterns import classes
from handlers.figures.in_words.tokens import shorthand, tokens_of
from tests.figures.district import TODAY
from tests.figures.known import KNOWN, XUAN_THU, read_whole


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
    assert read_whole(text).grouped is by


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
    asked = read_whole(text)
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
    asked = read_whole(text)
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
    assert read_whole(f"Xuân Thu được bao nhiêu{aside}") == read_whole("Xuân Thu được bao nhiêu")


@pytest.mark.parametrize("first", ["sếp anh hỏi là ", "Anh Hải hỏi ", "Chị Hoa văn phòng đây, "])
def test_who_asks_is_passed_over(first: str) -> None:
    """Before the question, too."""
    assert read_whole(f"{first}Xuân Thu được bao nhiêu").communes == (XUAN_THU,)


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
    asked = read_whole(text)
    assert asked.measure is Measure.FINISH
    assert asked.period is not None
    assert asked.period.last == day


@pytest.mark.parametrize(("text", "outcome"), [("em hẹn lại mấy nhà rồi", "revisit"), ("mấy nhà vắng", "absent")])
def test_homes_of_an_outcome_are_counted(text: str, outcome: str) -> None:
    """Of which the bot knows how many; homes alone it does not count."""
    assert read_whole(text).outcomes == (outcome,)
    assert isinstance(read("hôm nay mấy nhà", KNOWN, TODAY), NotUnderstood)


def test_most_of_something_that_stands_between() -> None:
    """`nhiều … nhất` is one word for ranking."""
    asked = read_whole("xóm nào nhiều nhà vắng nhất")
    assert (asked.measure, asked.grouped, asked.outcomes) == (Measure.RANKING, By.HAMLET, ("absent",))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("còn xã nào chưa báo cáp không", "còn xã nào chưa báo cáo không"),
        ("hom nya to em duoc bao nhiue", "hom nay to em duoc bao nhieu"),
        ("may doi nao 0 bao cao toi nay", "may doi nao khong bao cao toi nay"),
    ],
)
def test_slips_of_the_hand(text: str, plain: str) -> None:
    """Of a short word within a phrase, of letters that changed places, and `0` for `không`."""
    assert read_whole(text) == read_whole(plain)


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("chỉ tiêu 1 đứa 1 ngày là mấy máy", Measure.QUOTA),
        ("mỗi ngày 1 bạn phải được bao nhiêu máy mới đạt", Measure.QUOTA),
        ("định mức mỗi sinh viên 1 ngày đang đặt bao nhiêu", Measure.QUOTA),
        ("xã nào hụt định mức ngày", Measure.QUOTA),
        ("muốn xong trước 31/5 thì mỗi ngày phải làm bao nhiêu máy", Measure.FINISH),
        ("xong trước 31/5 thì mỗi ngày phải được bao nhiêu máy nữa", Measure.FINISH),
        ("Minh Phú có mấy em, từng em hôm qua được bao nhiêu", Measure.REACHED),
        ("xã nào đã qua 50% chỉ tiêu", Measure.REACHED),
        ("hôm nay bao nhiêu sinh viên chưa báo, ở xã nào", Measure.REPORTS),
        ("tối rồi mà xã nào vẫn chưa có báo cáo", Measure.REPORTS),
    ],
)
def test_what_is_asked_for_beside_another(text: str, measure: Measure) -> None:
    """Of two measures, or of one with a limit or a day, the one that is meant."""
    assert read_whole(text).measure is measure


@pytest.mark.parametrize("text", ["xã nào chỉ tiêu trên 10000 máy", "mai có mưa không để báo các đội"])
def test_what_is_for_something_is_no_question(text: str) -> None:
    """Nor is a limit passed over that restricts targets."""
    assert not isinstance(read(text, KNOWN, TODAY), Asked)


@pytest.mark.parametrize("text", ["cài lỗi không được", "lỗi không kích hoạt nổi", "cài k đc", "lỗi cài k xong"])
def test_what_did_not_work(text: str) -> None:
    """In any order of the words."""
    assert read_whole(f"hôm nay {text} bao nhiêu máy").outcomes == ("failed",)


@pytest.mark.parametrize("end", ["chưa", "chưa bot", "ko vậy"])
@pytest.mark.parametrize("many", ["được 60", "đạt 60 máy", "lên 30%", "qua 40 máy"])
def test_whether_there_are_so_many(many: str, end: str) -> None:
    """The number is what is compared, and none that is told."""
    asked = read_whole(f"hôm nay tổ {many} {end}")
    assert asked.measure is Measure.REACHED
    assert "so_many_or_not" in asked.rules


def test_before_a_day() -> None:
    """Up to the end of the day before; a day to come is the end that is asked for."""
    past, to_come = (
        read_whole("Xuân Thu trước 19/5 được bao nhiêu").period,
        read_whole("trước 31/5 có xong không").period,
    )
    assert past is not None
    assert past.last == date(2023, 5, 18)
    assert to_come is not None
    assert to_come.last == date(2023, 5, 31)


def test_after_midnight_it_is_still_the_day_before() -> None:
    """And it is said that hours are not told apart."""
    period = read_whole("đêm qua sau 12h còn ai báo không").period
    assert period is not None
    assert (period.last, period.part) == (date(2023, 5, 19), Part.NIGHT)
