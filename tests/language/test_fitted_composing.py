"""The composer of the fitted reader: from tagged words to a reading, rule by rule."""

from datetime import datetime

import pytest

from handlers.language.fitted.composing import compose
from handlers.language.fitted.features import look
from handlers.language.fitted.tokens import tokens_of, value_of
from handlers.language.reading import Kind, Reading
from handlers.language.where_and_when.days import DAY_START, Sent

AT = datetime.fromisoformat("2023-05-20T20:00")


def composed(text: str, tagged: str, kind: Kind = Kind.REPORT) -> Reading | None:
    """The reading of a text whose words are tagged by `tagged`: `.` is a word that tells nothing."""
    tokens = tokens_of(text)
    assert tokens is not None
    names = ["O" if tag == "." else tag for tag in tagged.split()]
    assert len(names) == len(tokens), [token.plain for token in tokens]
    return compose(look(text, tokens), names, kind, Sent(AT, DAY_START))


RULES = [
    ("a number beside an outcome", "được 3, vắng 1", ". #activated . . #absent", {None: {"activated": 3, "absent": 1}}),
    ("one for each person named", "bác Ba, bác Tư từ chối", ". . . . . =refused .", {None: {"refused": 2}}),
    ("a pair is one home", "vợ chồng bà Lan đi vắng", ". . . . =absent .", {None: {"absent": 1}}),
    ("a pair refuses as two", "vợ chồng bà Lan từ chối", ". . . . =refused .", {None: {"refused": 2}}),
    (
        "one outcome of one person once",
        "bà Lan đã có rồi, chỉ hướng dẫn thêm",
        ". . =already . . . =already . . .",
        {None: {"already": 1}},
    ),
    (
        "a cue beside its number",
        "bà Lan kích hoạt được 2 máy",
        ". . =activated . . #activated .",
        {None: {"activated": 2}},
    ),
    (
        "all of a household but one",
        "nhà 5 người xong hết trừ 1 cụ đi vắng",
        ". #rest . . . . #absent . . .",
        {None: {"activated": 4, "absent": 1}},
    ),
    (
        "each of those named",
        "bác Lộc với chị Hà mỗi người 1 máy",
        ". . . . . . . #activated .",
        {None: {"activated": 2}},
    ),
    ("each of so many homes", "3 nhà, mỗi nhà 2 máy", "#other . . . . #activated .", {None: {"activated": 6}}),
    (
        "a sum is not added",
        "nhà A 2, nhà B 3, tổng 5",
        ". . #activated . . . #activated . . #sum",
        {None: {"activated": 5}},
    ),
    (
        "a hamlet holds for what follows",
        "xóm 4 được 3, xóm Xuân Tảo 2",
        "Ht #hamlet . #activated . Ht Hn Hn #activated",
        {"4": {"activated": 3}, "Xuân Tảo": {"activated": 2}},
    ),
    ("a hamlet after its number", "3 máy ở xóm bốn", "#activated . . Hb #hamlet", {"4": {"activated": 3}}),
    ("a Roman hamlet is its number", "xóm IV 3 máy", "Ht Hn #activated .", {"4": {"activated": 3}}),
    ("nothing at all", "chưa được máy nào", "=none . . .", {None: {"activated": 0}}),
    ("no zero beside a count", "được 3, V: 0", ". #activated . . . #absent", {None: {"activated": 3}}),
]


@pytest.mark.parametrize(("text", "tagged", "want"), [rule[1:] for rule in RULES], ids=[rule[0] for rule in RULES])
def test_a_rule_holds(text: str, tagged: str, want: dict[str | None, dict[str, int]]) -> None:
    """Each rule that the composer applies, by its name."""
    reading = composed(text, tagged)
    assert reading is not None
    assert {entry.hamlet: {o.value: n for o, n in entry.counts.items()} for entry in reading.entries} == want
    for entry in reading.entries:
        for outcome, n in entry.counts.items():
            assert n == sum(part.n for part in entry.parts[outcome])


@pytest.mark.parametrize(
    ("text", "tagged", "moment"),
    [
        ("bà Lan hẹn 19h30 mai", ". . =revisit #clock . #clock T", "2023-05-21T19:30"),
        ("bà Lan hẹn 7 rưỡi tối thứ 4", ". . =revisit #clock T T T #clock", "2023-05-24T19:30"),
        ("bà Lan hẹn 25/5", ". . =revisit #visit . #visit", "2023-05-25T19:00"),
        ("bà Lan hẹn lại", ". . =revisit .", None),
    ],
)
def test_a_promised_visit_has_its_time(text: str, tagged: str, moment: str | None) -> None:
    """Clock, part of the day, weekday and date say one moment; without any there is none."""
    reading = composed(text, tagged)
    assert reading is not None
    assert reading.as_json()["appointment"] == moment


def test_the_work_day_is_that_of_its_words() -> None:
    """`hôm qua` is the day before; a number of nothing is no reading."""
    reading = composed("hôm qua 5 máy", "D D #activated .", Kind.TOTAL)
    assert reading is not None
    assert reading.day == -1
    assert composed("hôm qua vui quá", "D D . .") is None


@pytest.mark.parametrize(
    ("words", "n"),
    [
        ("12", 12),
        ("hai muoi mot", 21),
        ("ham mot", 21),
        ("muoi hai", 12),
        ("chuc ruoi", 15),
        ("hai chuc", 20),
        ("nua ta", 6),
        ("hai lam", 25),
        ("mot tram linh hai", 102),
        ("doi", 2),
        ("nam sau", None),
        ("xom", None),
    ],
)
def test_numbers_in_words(words: str, n: int | None) -> None:
    """Numbers as people say them."""
    assert value_of(words.split()) == n
