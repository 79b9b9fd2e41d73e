"""What questions ask: each rule of the table has a say in its example and none in its counterexample; near misses."""

import json
from datetime import date
from pathlib import Path

import pytest

from handlers.figures.in_words import Asked, By, Measure, NotUnderstood, Span, read
from handlers.figures.in_words.beside.asides import asked_part
from handlers.figures.in_words.parsing import Parser
from handlers.figures.in_words.phrases import Rule, rules
from handlers.figures.in_words.tokens import tokens_of
from tests.figures.district import TODAY
from tests.figures.known import KNOWN, MINH_PHU, PHU_MINH, XUAN_THU, read_whole

RULES = rules()


def _rules_in(text: str) -> set[str]:
    return {item.sense.rule for item in Parser(KNOWN, TODAY).items(tokens_of(text)) if item.sense is not None}


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_a_rule_speaks_where_it_should(rule: Rule) -> None:
    """It has a say in its example, and none in its counterexample."""
    assert rule.name in _rules_in(rule.example)
    assert rule.name not in _rules_in(rule.counterexample)


def test_rules_have_names_and_phrases_of_their_own() -> None:
    """No rule twice, no phrase in two rules but where one gives way or stands only at the end."""
    names = [rule.name for rule in RULES]
    phrases = [phrase for rule in RULES for phrase in rule.phrases]
    assert len(names) == len(set(names))
    assert sorted({phrase for phrase in phrases if phrases.count(phrase) > 1}) == []


@pytest.mark.parametrize(
    "text",
    [
        "trừ Xuân Thu thì được bao nhiêu",
        "ngoài Xuân Thu ra được bao nhiêu",
        "Xuân Thu trước 19h được bao nhiêu",
        "Xuân Thu được bao nhiêu nữ",
        "Đông Anh được bao nhiêu",
        "xóm 9 được bao nhiêu",
        "hôm nay bao nhiêu nhà",
        "xã nào báo cáo chậm nhất",
        "mấy giờ xã nào xong",
        "Xuân Thu lỗi OTP bao nhiêu",
        "Xuân Thu 31/2 được bao nhiêu",
        "báo cáo thế nào",
        "không có điện thoại thì sao",
        "Xuân Thu được bao nhiêu trước hôm qua",
        "hôm nay hôm qua hôm kia được bao nhiêu",
        "Bình với Xuân Thu được bao nhiêu",
        "hôm nay có thêm bạn mới không",
        "nay em đi xóm 4 Xuân Thu vs bn em",
        "nơi tôi ở được bao nhiêu",
        "hôm nay đăng nhóm bao nhiêu",
        "Xuân Thu với Đông Anh bên nào nhanh hơn",
        "Xuân Thu được bao nhiêu trước 21h30 rồi",
    ],
)
def test_no_word_is_dropped(text: str) -> None:
    """An exclusion, a place, a time or a measure that is not known is no question that can be answered."""
    assert isinstance(read(text, KNOWN, TODAY), NotUnderstood)


@pytest.mark.parametrize("text", ["ok", "cảm ơn bot", "chào em", "", "?", "vâng ạ", "a" * 9000])
def test_courtesies_ask_nothing(text: str) -> None:
    """Nor does what has no words, or far too many letters."""
    found = read(text, KNOWN, TODAY)
    assert found is None or (isinstance(found, NotUnderstood) and found.talk)


@pytest.mark.parametrize(
    ("text", "communes"),
    [
        ("Minh Phú", (MINH_PHU,)),
        ("phu minh", (PHU_MINH,)),
        ("Phù Minh hôm nay", (PHU_MINH,)),
        ("xã xuân thu", (XUAN_THU,)),
        ("XUAN THU?", (XUAN_THU,)),
        ("xuan thi bao nhieu", (XUAN_THU,)),
        ("xt bn", (XUAN_THU,)),
        ("Xuân Thu với Minh Phú thế nào", (XUAN_THU, MINH_PHU)),
    ],
)
def test_communes_are_known_however_they_are_typed(text: str, communes: tuple[int, ...]) -> None:
    """Words keep their order, and one slip of the hand is forgiven."""
    assert read_whole(text).communes == communes


@pytest.mark.parametrize(
    ("text", "span", "first", "last"),
    [
        ("hôm nay bao nhiêu", Span.DAY, TODAY, TODAY),
        ("hqua bao nhiêu", Span.DAY, date(2023, 5, 19), date(2023, 5, 19)),
        ("ngày 18/5 bao nhiêu", Span.DAY, date(2023, 5, 18), date(2023, 5, 18)),
        ("ngày 18 tháng 5 bao nhiêu", Span.DAY, date(2023, 5, 18), date(2023, 5, 18)),
        ("18/5/2022 bao nhiêu", Span.DAY, date(2022, 5, 18), date(2022, 5, 18)),
        ("ngày 25 bao nhiêu", Span.DAY, date(2023, 4, 25), date(2023, 4, 25)),
        ("thứ tư bao nhiêu", Span.DAY, date(2023, 5, 17), date(2023, 5, 17)),
        ("thứ tư tuần trước bao nhiêu", Span.DAY, date(2023, 5, 10), date(2023, 5, 10)),
        ("chủ nhật bao nhiêu", Span.DAY, date(2023, 5, 14), date(2023, 5, 14)),
        ("t6 vừa rồi bao nhiêu", Span.DAY, date(2023, 5, 19), date(2023, 5, 19)),
        ("tuần này bao nhiêu", Span.WEEK, date(2023, 5, 15), TODAY),
        ("tuần trước bao nhiêu", Span.WEEK, date(2023, 5, 8), date(2023, 5, 14)),
        ("tháng trước bao nhiêu", Span.MONTH, date(2023, 4, 1), date(2023, 4, 30)),
        ("3 ngày qua bao nhiêu", Span.DAYS, date(2023, 5, 18), TODAY),
        ("từ 17/5 đến 19/5 bao nhiêu", Span.DAYS, date(2023, 5, 17), date(2023, 5, 19)),
        ("17/5 - 19/5 bao nhiêu", Span.DAYS, date(2023, 5, 17), date(2023, 5, 19)),
        ("từ thứ hai đến nay bao nhiêu", Span.DAYS, date(2023, 5, 15), TODAY),
        ("đến hết hôm qua bao nhiêu", Span.UNTIL, date(2023, 5, 19), date(2023, 5, 19)),
        ("cả đợt bao nhiêu", Span.PHASE, date(2023, 5, 16), TODAY),
        ("đợt trước bao nhiêu", Span.PHASE, date(2023, 4, 1), date(2023, 4, 20)),
        ("đợt 0 bao nhiêu", Span.PHASE, date(2023, 4, 1), date(2023, 4, 20)),
        ("2 hôm trước bao nhiêu", Span.DAY, date(2023, 5, 18), date(2023, 5, 18)),
    ],
)
def test_periods(text: str, span: Span, first: date, last: date) -> None:
    """In words, by date, by weekday, as spans and phases."""
    period = read_whole(text).period
    assert period is not None
    assert (period.span, period.first, period.last) == (span, first, last)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("so với hôm qua thế nào", TODAY, date(2023, 5, 19)),
        ("hôm nay so với hôm qua", TODAY, date(2023, 5, 19)),
        ("so với hôm kia thì hôm qua thế nào", date(2023, 5, 19), date(2023, 5, 18)),
        ("hôm nay tăng hay giảm", TODAY, date(2023, 5, 19)),
        ("so sánh hôm qua với hôm kia", date(2023, 5, 19), date(2023, 5, 18)),
        ("tuần này so với tuần trước", date(2023, 5, 15), date(2023, 5, 8)),
        ("hôm qua được bao nhiêu, hôm nay được bao nhiêu", TODAY, date(2023, 5, 19)),
        ("hôm qua so với hôm nay", TODAY, date(2023, 5, 19)),
        ("tuần trước so với tuần này", date(2023, 5, 15), date(2023, 5, 8)),
    ],
)
def test_comparisons(text: str, first: date, second: date) -> None:
    """The later days come first, the earlier ones beside which they stand second."""
    asked = read_whole(text)
    assert asked.period is not None
    assert asked.compared is not None
    assert (asked.period.first, asked.compared.first) == (first, second)


def test_names_that_are_words_too() -> None:
    """Chi is a person where a person fits, `cho chị` is none; Mai is no day before a number."""
    assert read_whole("chi hom nay duoc may may").people == (2,)
    assert read_whole("cho chị hỏi hôm nay được bao nhiêu").people == ()
    assert read_whole("Trần Thị Mai được mấy máy").people == (3,)
    assert read_whole("An, Bình hôm nay").people == (0, 1)


def test_whose_and_by_what() -> None:
    """Rankings, lists and limits."""
    asked = read_whole("5 xã chậm nhất tuần này")
    assert (asked.measure, asked.grouped, asked.most, asked.last) == (Measure.RANKING, By.COMMUNE, 5, True)
    limit = read_whole("xã nào dưới 37,5%").limit
    assert limit is not None
    assert (limit.above, limit.n, limit.percent) == (False, 37.5, True)
    assert read_whole("ai chưa báo").last is True
    assert read_whole("huyện Sóc Sơn được bao nhiêu").communes == ()


def _has_aside(text: str) -> bool:
    tokens = tokens_of(text)
    items = Parser(KNOWN, TODAY).items(tokens)
    return asked_part(tokens, items, tomorrow=TODAY.toordinal() + 1) != items


@pytest.mark.parametrize("word", ["chuối", "Hải Phòng", "21h30", "ngoại trừ", "Thạch Thất", "hưu"])
def test_a_word_that_nobody_knows_is_never_passed_over(word: str) -> None:
    """Wherever it stands in a question that is understood without it, the question is not answered any more."""
    path = Path(__file__).with_name("questions.jsonl")
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    known = [text for text in texts if isinstance(read(text, KNOWN, TODAY), Asked) and not _has_aside(text)]
    assert len(known) > 300
    for place, text in enumerate(known[::7]):
        words = text.split(" ")
        at = place % (len(words) + 1)
        assert not isinstance(read(" ".join([*words[:at], word, *words[at:]]), KNOWN, TODAY), Asked), (text, at)


@pytest.mark.parametrize(
    "aside",
    [
        "tôi mới nhận việc",
        "em không biết nhắn vào đây có đúng không",
        "để chiều họp giao ban",
        "để trình lãnh đạo UBND",
        "sáng mai trình sếp",
        "vì đang viết bài",
        "21h30 rồi",
        "9h tối rồi mà tôi chưa thấy gì",
    ],
)
def test_what_asks_nothing_is_passed_over(aside: str) -> None:
    """Who one is and what an answer is for change nothing of what is asked."""
    assert read_whole(f"Xuân Thu hôm nay được bao nhiêu, {aside}").communes == (XUAN_THU,)


@pytest.mark.parametrize(
    "aside",
    [
        "tôi trừ xóm Đoài",
        "để so với Đông Anh",
        "để bỏ người già ra",
        "em tính 18 người",
        "vì nhà nghèo",
        "phụ nữ thôi",
        "tôi ở Thạch Thất",
        "em ở xóm Lạ",
        "mà tôi chưa thấy xóm 4",
        "mà tôi chưa thấy 18 người",
    ],
)
def test_what_may_restrict_is_never_passed_over(aside: str) -> None:
    """A place, a number, people, or an exclusion in a clause of its own."""
    assert not isinstance(read(f"Xuân Thu hôm nay được bao nhiêu, {aside}", KNOWN, TODAY), Asked)
