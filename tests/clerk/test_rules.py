"""Every rule of the clerk with an example and with what looks like it and is not, on evenings without a database."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from handlers.clerk import clerk, decided
from handlers.clerk.acts import (
    Act,
    Ask,
    AskAgain,
    Change,
    Choice,
    Compare,
    Confirm,
    MoveVisit,
    Record,
    Repeat,
    Settle,
    Several,
    TakeBack,
    Talk,
    WaitFor,
    Withdraw,
)
from handlers.clerk.deciding import RULES
from handlers.clerk.evening import NOWHERE, Asked, Evening, Heard, HomeTold, LineTold, Named, OpenTold, ReportTold
from handlers.language import Entry, Kind, Outcome, Reading, fold, read
from handlers.language.where_and_when.announcing import announced
from tests.talk import EVENING

NOW = EVENING
PHONES, AWAY = Outcome.ACTIVATED, Outcome.ABSENT


def _report(id: int, text: str) -> ReportTold:
    """A report of ten minutes ago, as the book has it."""
    reading = read(text, NOW)
    homes = tuple(HomeTold(fold(one.label), one.hamlet or NOWHERE, one.counts) for one in reading.homes)
    return ReportTold(id, 1, NOW - timedelta(minutes=10), 0, _lines(reading), homes, fold(text), here=True)


def _lines(reading: Reading) -> tuple[LineTold, ...]:
    entries = reading.draft.entries if reading.draft else reading.entries
    return tuple(LineTold(one.hamlet or NOWHERE, outcome, n) for one in entries for outcome, n in one.counts.items())


def _heard(text: str) -> tuple[Heard, Reading]:
    reading = read(text, NOW)
    hole = reading.draft.hole if reading.draft else None
    alone = (hole.hamlet or NOWHERE) if hole else NOWHERE
    named = {line.place for line in _lines(reading)} | {alone}
    comes = announced(text, reading.mentions, question=reading.question)
    come = comes.name if comes is not None else NOWHERE
    each = tuple(Named(fold(one.said), one.name, one.denied) for one in reading.mentions)
    place = next((one.place for one in reversed(each) if not one.denied), max(named, key=str))
    return Heard(text, NOW, _lines(reading), place=place, alone=alone, comes=come, named=each), reading


def _decided(evening: Evening, text: str) -> Act:
    heard, reading = _heard(text)
    return clerk(heard, (reading,), evening)


LAN = _report(1, "nhà bà Lan xóm 4 được 3, vắng 1")
FATHER = Evening((_report(5, "nhà bọ Thìn vắng"),))
TU = _report(2, "nhà bà Tư xóm 5 được 2")
HOI = _report(3, "bà Hợi không nhận được mã OTP")
BOOK = Evening((LAN, TU))
XIM = Evening((LAN, _report(5, "Nhà chị Xim chưa đồng ý")))
NO = Evening((LAN, _report(5, "ông Kỷ không đồng ý")))
PROMISED = Evening((LAN, _report(6, "hẹn ông Thạo 7h tối mai")))
LONG = Evening((LAN, TU, _report(4, "nhà ông Thắng 2 máy")))
AFTER_A_SUM = Evening((LAN, TU, _report(5, "hôm nay được 7")))
STUCK = Evening((LAN, HOI))
HOW_MANY = OpenTold(7, NOW, "khoang 5 may", PHONES, NOWHERE, (), (4, 5, 6))
OF_MAN = OpenTold(8, NOW, "nha co man duoc may may", PHONES, NOWHERE, ("nhà cô Mận",))
ASKED_ABOUT_MAN = Evening((LAN, TU), (OF_MAN,))
JUST_ASKED = Evening((LAN, TU), (HOW_MANY,), Asked(NOW, open=7))
LONG_PASSED = replace(JUST_ASKED, asked=Asked(NOW - timedelta(minutes=6), open=7, answered_by_next=False))
TO_BE_FIXED = Evening((LAN, TU), asked=Asked(NOW, fix=1))


@dataclass(frozen=True)
class Row:
    """A rule, the message that it decides with what it does then, and one that it leaves to the others."""

    rule: str
    evening: Evening
    text: str
    act: Act | type[Act]
    other: str
    in_evening: Evening | None = None

    @property
    def beside(self) -> Evening:
        """The evening of the other message."""
        return self.in_evening or self.evening


def _becomes(text: str, report: ReportTold, *lines: LineTold, about: str | None = None) -> Change:
    return Change(report, lines, read(text, NOW), about)


AUNT = Evening((_report(11, "xóm 8 nhà dì Bốn được 2 máy, dượng thì nhất định không chịu"),))
WIFE = Evening((_report(12, "x6 nhà a Tí 2 máy, vk ảnh sim bị khoá nên fail"),))
HUONG = Evening((_report(13, "ông Hường từ chối"),))
KIEN = Evening((_report(14, "nhà ông Kiên 1 máy, bà Kiên 1 máy, thằng cháu 1 máy"),))
ROWS = (
    Row("answers_twice", replace(BOOK, answered=TU.id), "2", Repeat, "2", BOOK),
    Row("answers_with_a_number", JUST_ASKED, "6", Settle(HOW_MANY, 6, read("6", NOW)), "thêm 6 máy"),
    Row("answers_with_a_number", replace(LONG_PASSED, quoted_open=7), "6", Settle, "6", LONG_PASSED),
    Row("answers_of_a_home", ASKED_ABOUT_MAN, "nhà cô Mận đếm lại được 3", Settle, "nhà cô Bưởi đếm lại được 3"),
    Row(
        "counts_once",
        Evening((_report(8, "nhà bà Tư xóm 5 được 2"), TU)),
        "thôi nhà bà Tư em báo ở trên rồi, tính 1 lần thôi",
        TakeBack,
        "thôi nhà bà Tư em báo ở trên rồi, thêm 1 máy",
    ),
    Row("counts_once", BOOK, "nhà bà Tư em báo hai lần rồi", Confirm, "nhà bà Tám em báo hai lần rồi"),
    Row("counts_once", BOOK, "nhà bà Tư 2 máy em ghi 2 lần", Confirm, "nhà bà Tư nhận 2 lần mã mới được, 1 máy"),
    Row(
        "ends_otherwise",
        STUCK,
        "mã bà Hợi mới về, vào được 1 máy rồi",
        _becomes("mã bà Hợi mới về, vào được 1 máy rồi", HOI, LineTold(NOWHERE, PHONES, 1), about="ba hoi"),
        "bà Hợi thêm 1 máy",
    ),
    Row("ends_otherwise", XIM, "chị Xim đồng ý rồi ạ, cả hai vợ chồng chị xong, 2 máy.", Change, "chị Xim thêm 2 máy"),
    Row("ends_otherwise", BOOK, "bà Tư đổi ý, gỡ ra 1 máy rồi", Change, "bà Tư được 2 máy"),
    Row("ends_otherwise", STUCK, "máy bà Hợi thử lại vẫn chưa vào được", Confirm, "bà Hợi 1 máy lỗi nữa"),
    Row("ends_otherwise", STUCK, "may ba Hoi thu lai dc r", Change, "ba Hoi dc 1 may nua"),
    Row("ends_otherwise", AUNT, "dượng nhà dì Bốn thì vẫn không chịu", Confirm, "dượng nhà dì Sáu thì không chịu"),
    Row("ends_otherwise", WIFE, "vk a Tí mở khoá sim đc r, kích hoạt xong r nha", Change, "a Tí thêm 1 máy"),
    Row(
        "ends_otherwise",
        Evening((_report(15, "xóm 4: 4 máy, 1 máy không nhận được OTP"),)),
        "cái máy không nhận được OTP ban nãy có mã rồi, kích hoạt thành công",
        Change,
        "nhà cô Tư có cái máy không nhận được OTP",
    ),
    Row("ends_otherwise", STUCK, "máy bà Hợi có mã rồi, xong", Change, "ông nhà bà Hợi thì xong rồi ạ"),
    Row("ends_otherwise", HUONG, "ông Hường chịu rồi, xong 1 máy", Change, "con trai ông Hường thì làm, một máy"),
    Row("drops", BOOK, "bỏ cái vừa rồi nhé, nhà ấy bỏ hoang", TakeBack, "bỏ mũ ra mới nhận được mặt"),
    Row("drops", BOOK, "nhầm, bà Tư bạn khác làm rồi, bỏ 2 máy nhà bà Tư đi nhé", TakeBack, "nhà bà Tư được 2 máy"),
    Row("drops", BOOK, "bỏ 1 máy nhà bà Tư đi", Change, "thêm 1 máy nhà bà Tư"),
    Row("drops", FATHER, "bo nha bo Thin di", TakeBack, "bọ Thìn về rồi, làm cho bọ xong 1 máy"),
    Row("drops", BOOK, "bỏ nhà bà Tư đi", TakeBack(TU, read("bỏ nhà bà Tư đi", NOW)), "bỏ nhà bà Hoa đi"),
    Row("becomes_the_number", BOOK, "à nhầm 5", Change, "à nhầm 2 máy với 3 máy"),
    Row("becomes_the_number", BOOK, "nhầm 1", Change, "nhầm 2"),
    Row("becomes_the_number", BOOK, "ghi nhầm, 4", Change, "nhầm 0"),
    Row("drops", BOOK, "bỏ tin vừa rồi đi, nhà bà Tư bỏ hoang", TakeBack, "ăn xong bỏ tin vừa rồi đâu rồi"),
    Row("is_vague_again", JUST_ASKED, "tầm 6", AskAgain(HOW_MANY, read("tầm 6", NOW)), "xóm 4 tầm 6 máy"),
    Row(
        "puts_right",
        TO_BE_FIXED,
        "nhà bà Lan 5",
        _becomes("nhà bà Lan 5", LAN, LineTold("4", PHONES, 5), about="nha ba lan"),
        "nhà cô Mận 5",
    ),
    Row("puts_right", TO_BE_FIXED, "được 5", Change, "hôm nay được 25"),
    Row(
        "puts_right", Evening((_report(1, "xóm 4 được 3"),), asked=Asked(NOW, fix=1)), "xóm 5 3", Change, "xóm 5 được 2"
    ),
    Row(
        "moves_the_visit", PROMISED, "ông Thạo nói lại là 3h chiều mốt mới rảnh", MoveVisit, "3h chiều mốt em qua xóm 5"
    ),
    Row("moves_the_visit", PROMISED, "hẹn ông Thạo 8h tối mốt", MoveVisit, "hẹn ông Kiên 8h tối mốt"),
    Row("only_comes", BOOK, "xong x4 r, e sang x1", Talk, "xong x4 r, e sang x1, 2 máy nhé"),
    Row(
        "tells_where",
        BOOK,
        "lúc nãy nhà bà Lan là ở xóm 5 cơ",
        _becomes("lúc nãy nhà bà Lan là ở xóm 5 cơ", LAN, LineTold("5", PHONES, 3), LineTold("5", AWAY, 1)),
        "nhà bà Lan xóm 5 được 2",
    ),
    Row(
        "tells_where",
        BOOK,
        "nhầm, nhà bà Lan là xóm 6, còn bà Tư thì đúng xóm 5",
        _becomes(
            "nhầm, nhà bà Lan là xóm 6, còn bà Tư thì đúng xóm 5", LAN, LineTold("6", PHONES, 3), LineTold("6", AWAY, 1)
        ),
        "nhà bà Lan đúng xóm 4 mà",
    ),
    Row("tells_where", BOOK, "tin trước nữa là xóm 8 chứ ko phải xóm 4", Change, "em qua xóm 8 chứ ko phải xóm 4"),
    Row("tells_where", BOOK, "ủa cái vừa rồi của xóm 8 mà", Change, "hồi nãy ở xóm 8 có con chó dữ lắm"),
    Row("tells_where", BOOK, "hai nhà đó đều ở xóm 8 hết", Several, "hai nhà đó đều vắng"),
    Row(
        "says_the_rest",
        LONG,
        "tổng 9 máy, dư ra 2 máy ở xóm 1 quên chưa báo",
        Record(Reading(Kind.REPORT, 0, (Entry(None, None, {PHONES: 2}),)), place="1"),
        "tổng 8 máy, dư ra 2 máy ở xóm 1 quên chưa báo",
    ),
    Row("says_the_rest", LONG, "tối nay được tám máy tính luôn một máy em quên báo", Record, "tối nay em 8 máy"),
    Row("explains_the_rest", AFTER_A_SUM, "2 máy thiếu là nhà anh Vượng", Confirm, "nhà anh Vượng 2 máy"),
    Row("corrects_a_sum", LONG, "đếm lại rồi, 8 máy mới đúng", Compare, "đếm lại rồi, 3 máy mới đúng"),
    Row("tells_on", NO, "em giải thích mãi mà ông cứ lắc đầu", Confirm, "em giải thích mãi mà bà cứ lắc đầu"),
    Row("points_back", BOOK, "đúng là 3", Confirm(LAN, read("đúng là 3", NOW)), "được 3"),
    Row("points_back", BOOK, "3 máy ban nãy là ở xóm 8", Change, "xóm 8 được 3 máy"),
    Row("points_back", BOOK, "nhà bà Tư em báo hai máy rồi, đừng tính thêm", Confirm, "nhà bà Tư thêm hai máy"),
    Row("points_back", BOOK, "nhà bà Tư 2 máy là đúng, đừng sửa", Confirm, "nhà bà Tư sửa máy xong, 2 máy"),
    Row("said_twice", BOOK, "nhà bà Tư được 2", Repeat(TU, read("nhà bà Tư được 2", NOW)), "nhà bà Tư thêm 2"),
    Row("said_twice", BOOK, "nhà bà Tư xóm 5 được 2", Repeat, "xóm 5 được 2"),
    Row(
        "corrects",
        BOOK,
        "nhầm, 4 chứ không phải 3",
        _becomes("nhầm, 4 chứ không phải 3", LAN, LineTold("4", PHONES, 4), LineTold("4", AWAY, 1), about="nha ba lan"),
        "được 4",
    ),
    Row(
        "corrects",
        replace(BOOK, taken_back=("nhà anh Tiệp",)),
        "nhà anh Tiệp là 3 máy mới đúng",
        Record,
        "nhà anh Tiệp 3 máy",
    ),
    Row("corrects", BOOK, "em gõ nhầm, nhà ấy là 3 máy ạ", Change, "nhà ấy 3 máy nhé"),
    Row("corrects", KIEN, "nói lại nhà ông Kiên chỉ 2 máy thôi", Change, "nhà ông Kiên 2 máy, ông nói lại cho em nghe"),
    Row(
        "corrects", replace(BOOK, taken_back=("nhà anh Phú",)), "nhà anh Phúc 3 mới đúng", Record, "nhà anh Phúc 3 máy"
    ),
    Row("withdraws", BOOK, "hủy", Withdraw(read("hủy", NOW)), "hủy lịch tối nay"),
    Row("states_a_sum", BOOK, "hôm nay được 25", Compare(read("hôm nay được 25", NOW)), "thêm 25 máy"),
    Row("is_of_a_known_home", BOOK, "nhà bà Tư được 3", Ask, "nhà bà Tư thêm 1"),
    Row("is_of_a_known_home", BOOK, "ghi thiếu, nhà bà Tư là 3 máy", Change, "ghi thiếu, nhà bà Tư còn thêm 1 máy nữa"),
    Row("may_be_the_sum", LONG, "được 7 máy", Ask, "được 6 máy"),
    Row("is_new_work", BOOK, "xóm 6 được 1", Record(read("xóm 6 được 1", NOW)), "khoảng 5 máy"),
    Row("asks_about_the_sum", LONG, "tính tới giờ em 7 máy đúng không", Compare, "tính tới giờ em 9 máy đúng không"),
    Row("is_not_clear", BOOK, "khoảng 5 máy", Ask, "chào cả nhà"),
    Row(
        "is_not_clear",
        BOOK,
        "sửa lại khoảng 5 máy",
        WaitFor(TU, read("sửa lại khoảng 5 máy", NOW)),
        "tối nay em đi xóm 3",
    ),
)
IDS = [f"{row.rule}: {row.text}" for row in ROWS]
NAMED = {rule.__name__: rule for rule in RULES}


def test_every_rule_has_its_rows_in_their_order() -> None:
    """None is forgotten, and the table reads like the list."""
    assert list(dict.fromkeys(row.rule for row in ROWS)) == list(NAMED)


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_the_example_is_decided_by_its_rule(row: Row) -> None:
    """No rule before it knows better."""
    heard, reading = _heard(row.text)
    act, rule = decided(heard, (reading,), row.evening)
    assert act == row.act if not isinstance(row.act, type) else isinstance(act, row.act)
    assert rule == row.rule


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_what_looks_like_it_is_left_to_others(row: Row) -> None:
    """The rule does not know."""
    heard, reading = _heard(row.other)
    assert NAMED[row.rule](heard, reading, (reading,), row.beside) is None


def test_a_number_is_no_answer_after_other_reports() -> None:
    """Six minutes later it is so many phones more; within two minutes, before any report, it still answers."""
    assert _decided(LONG_PASSED, "6") == Record(read("6", NOW))
    soon = Asked(NOW - timedelta(minutes=1), open=7, answered_by_next=False)
    assert isinstance(_decided(replace(JUST_ASKED, asked=soon), "6"), Settle)
    reported = replace(soon, reported_since=True)
    assert isinstance(_decided(replace(JUST_ASKED, asked=reported), "6"), Record)


def test_an_open_message_is_settled_only_by_what_says_it_again() -> None:
    """The same home, or the same hamlet, outcome and number; whatever else is said leaves it open."""
    of_hamlet = OpenTold(9, NOW, "xom 6 khoang 5 may", PHONES, "6", (), (4, 5, 6))
    evening = Evening((LAN,), (OF_MAN, of_hamlet))
    for text, settles in (
        ("xóm 6 được 5", of_hamlet),
        ("xóm 6 được 9", None),
        ("xóm 7 được 5", None),
        ("nhà cô Bưởi xóm 6 được 5", None),
        ("được 5", None),
    ):
        assert _decided(evening, text) == Record(read(text, NOW), settles), text
    assert _decided(evening, "nhà cô Mận được 2") == Settle(OF_MAN, 2, read("nhà cô Mận được 2", NOW))


def test_a_known_home_with_another_number_is_asked_with_its_meanings() -> None:
    """[Sửa thành 3 máy] [Thêm 3 máy] [Không tính]."""
    asked = _decided(BOOK, "nhà bà Tư được 3")
    assert isinstance(asked, Ask)
    corrected, added, nothing = asked.choices
    assert isinstance(corrected.act, Change) and corrected.act.lines == (LineTold("5", PHONES, 3),)
    assert added == Choice(Record(asked.reading)) and nothing == Choice(None)


def test_of_several_homes_only_the_named_one_moves() -> None:
    """Its counts go to the other hamlet, the rest stays where it was."""
    both = _report(1, "xóm 4 nhà bà Lan 2, nhà ông Thắng 3")
    decided = _decided(Evening((both,)), "lúc nãy nhà ông Thắng là ở xóm 5 cơ")
    assert isinstance(decided, Change)
    assert set(decided.lines) == {LineTold("4", PHONES, 2), LineTold("5", PHONES, 3)}


def test_what_is_no_work_is_talk() -> None:
    """Where no rule knows."""
    assert isinstance(_decided(BOOK, "tối nay em đi xóm 3"), Talk)
