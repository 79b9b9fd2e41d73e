"""/luuy: every rule asks at its example and not at its counterexample; who is asked; one line in the digest."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from handlers.figures import worth, worth_asking
from handlers.figures.worth import Rule, Told
from handlers.unasked import morning
from storage.engine.times import day_number
from tests.figures.world import FIRST, HOUSE, World, at, day, labels, world
from tools import worth as measuring

ROOT = Path(__file__).parents[2]
_REPORT = re.compile(r"([0-9]+):([0-9]+) (\w+)(?: ([0-9]+))?(?: vắng ([0-9]+))?( otp)?")
NOW = at(day(20), 21)


@pytest.fixture
def w(tmp_path: Path) -> Iterator[World]:
    """A small campaign."""
    with world(tmp_path) as made:
        yield made


def told(text: str) -> list[Told]:
    """The reports of a rule's example, all of one team."""
    people: dict[str, int] = {}
    found = []
    for one in text.split("; "):
        match = _REPORT.fullmatch(one)
        assert match is not None, one
        hour, minute, who, phones, absent, otp = match.groups()
        counts = {"activated": int(phones or 0), "absent": int(absent or 0), "failed": int(otp is not None)}
        counts = {outcome: n for outcome, n in counts.items() if n}
        moment = at(day(20), int(hour), int(minute))
        found.append(Told(people.setdefault(who, len(people)), 1, moment, counts, "otp" if otp else ""))
    return sorted(found, key=lambda one: one.at)


@pytest.mark.parametrize("rule", worth.RULES, ids=lambda rule: rule.name)
def test_every_rule_asks_at_its_example_alone(rule: Rule) -> None:
    """Once there, and not at all at the counterexample; no other rule asks at either."""
    assert [question.rule for question in worth.questions(told(rule.example))] == [rule.name]
    assert worth.questions(told(rule.counterexample)) == []


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        ("nhà bà Lan 2, 1 máy không nhận được mã", "otp"),
        ("1 may loi OTP", "otp"),
        ("2 người quên mật khẩu", "password"),
        ("1 máy lỗi mạng", "network"),
        ("1 máy sim không chính chủ", "sim"),
        ("1 máy lỗi", ""),
        ("1 máy bị hỏng", ""),
    ],
)
def test_why_something_failed(words: str, cause: str) -> None:
    """As people write it; where they do not say, it has no cause."""
    assert worth.cause_of(words) == cause


def equal_evening(w: World, ref: str, when: datetime) -> None:
    """Five reports of five phones, ten minutes apart."""
    for place in range(5):
        w.report(ref, when.date(), 5, sent=when + timedelta(minutes=10 * place))


def test_a_question_and_no_reproach(w: World) -> None:
    """What was seen and what may be asked, word for word; the numbers count as before."""
    equal_evening(w, "binh", at(day(20), 19, 5))
    w.report("an", day(20), 9, sent=at(day(20), 20))
    said = w.asks("whole", worth_asking.show, "", NOW)
    assert said.text.splitlines() == [
        "🔎 Điều nên hỏi, hôm nay: 1",
        "",
        "1. Bình (Xuân Thu)",
        "5 tin liền cùng 5 máy, 19:05–19:45",
        "→ Đồng chí có thể hỏi Bình: mỗi tin là những nhà nào, có cần ghi theo từng nhà không?",
        "",
        "Số liệu vẫn được tính như thường: đây là điều nên hỏi, chưa phải sai sót của ai.",
    ]
    assert labels(said) == ["Hôm qua"]


def test_of_other_days_and_of_nothing(w: World) -> None:
    """A day that is named; nothing to ask is said with how much was looked at; other words are shown the ways."""
    equal_evening(w, "binh", at(day(19), 19))
    assert "chưa thấy điều gì cần hỏi thêm (đã xem 0 tin)" in w.asks("whole", worth_asking.show, "", NOW).text
    assert "5 tin liền" in w.asks("whole", worth_asking.show, "hôm qua", NOW).text
    assert "5 tin liền" in w.asks("whole", worth_asking.show, "ngày 19/5", NOW).text
    assert "/luuy hôm qua" in w.asks("whole", worth_asking.show, "tuần", NOW).text
    assert "/luuy hôm qua" in w.asks("whole", worth_asking.show, "lung tung", NOW).text


def test_everybody_sees_their_own_communes(w: World) -> None:
    """The lead and the commune's officer; not the officer of another one."""
    equal_evening(w, "dung", at(day(20), 19))
    assert "Dung (Minh Phú)" in w.asks("two", worth_asking.show, "", NOW).text
    assert "Dung (Minh Phú)" in w.asks("dung", worth_asking.show, "", NOW).text
    for other in ("one", "an"):
        assert "Dung" not in w.asks(other, worth_asking.show, "", NOW).text


def test_what_was_taken_back_asks_nothing(w: World) -> None:
    """Only what counts is looked at."""
    equal_evening(w, "binh", at(day(20), 19))
    w.tx.run("UPDATE versions SET change = 'withdrawn' WHERE report = (SELECT max(id) FROM reports)")
    assert "chưa thấy" in w.asks("whole", worth_asking.show, "", NOW).text


def test_a_failure_at_many_homes(w: World) -> None:
    """Told with its cause, how many messages say it, when and where; of nobody."""
    for place, ref in enumerate(("an", "binh", "dung", "an", "dung")):
        w.report(ref, day(20), 1, failed=1, sent=at(day(20), 19, 5 + 8 * place))
    w.tx.run("UPDATE versions SET text = 'nhà bà Lan được 1, 1 máy không nhận được OTP'")
    said = w.asks("whole", worth_asking.show, "", NOW).text
    assert "1. Không nhận được mã OTP\n5/5 tin lúc 19:05–19:37, ở Xuân Thu, Minh Phú\n→ Đồng chí có thể hỏi" in said
    assert "Bình" not in said


def test_the_digest_has_one_line(w: World) -> None:
    """How much there is to ask, with its command and a button; nothing where there is nothing."""
    w.report("an", day(20), 9)
    now = at(day(21), 6, 30)
    before = morning.digest(w.tx, HOUSE, day(20), now, recipient=w.person("whole"))
    assert "nên hỏi" not in before.text
    assert before.buttons == ()
    equal_evening(w, "binh", at(day(20), 19))
    after = morning.digest(w.tx, HOUSE, day(20), now, recipient=w.person("whole"))
    assert "\n🔎 1 điều nên hỏi: /luuy 20/05\n" in after.text
    assert labels(after) == ["Điều nên hỏi"]
    assert (
        "5 tin liền" in w.asks("whole", worth_asking.show, after.buttons[0][0].data.removeprefix("c/luuy "), now).text
    )


def test_other_days_cost_nothing(w: World) -> None:
    """Reports of the day are found by their people's days, however many other days have."""
    w.report("an", FIRST, 3)
    plan = w.tx.all(
        """EXPLAIN QUERY PLAN SELECT r.id FROM members m CROSS JOIN reports r
           WHERE m.team = 1 AND r.person = m.person AND r.day = :day AND r.team = 1""",
        day=day_number(FIRST),
    )
    assert any("reports_person (person=? AND day=?)" in row["detail"] for row in plan)


def test_how_often_they_err_stands_in_the_docs() -> None:
    """The table is what the tool says of campaigns that the thresholds were not chosen with."""
    text = (ROOT / "docs" / "worth.md").read_text("utf-8")
    assert [figures.line for figures in measuring.table()] == re.findall(
        r"^\| `\w+` \| [0-9.]+ \| .*$", text, re.MULTILINE
    )
