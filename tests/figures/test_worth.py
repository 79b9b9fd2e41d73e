"""/luuy: every rule asks at its example and not at its counterexample; who is asked; one line in the digest."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from handlers.figures.gathered import worth
from handlers.figures.gathered.worth import Rule, Told
from handlers.figures.said import commune, missing, progress, worth_asking
from handlers.messages import Chat, Message, Reply, Sender
from handlers.turn import Turn
from handlers.unasked import morning
from storage.engine.times import day_number
from storage.talk import chats
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


def test_where_officers_look_a_button_leads_there(w: World) -> None:
    """Under the whole, under a day, and under who has not reported; not in a group, where nothing of it is told."""
    equal_evening(w, "binh", at(day(19), 19))
    now_of = {"": "c/luuy", "hôm qua": "c/luuy 19/05/2023"}
    for ask in (progress.show, missing.show):
        for words, command in now_of.items():
            said = w.asks("whole", ask, words, NOW)
            assert {one.label: one.data for row in said.buttons for one in row}["Điều nên hỏi"] == command
    turn = w.turn("an", NOW)
    assert "Điều nên hỏi" in labels(progress_in(turn))
    turn.chat = chats.by_id(w.tx, w.group(w.team("451")))
    assert not {"Điều nên hỏi", "Tệp Excel", "Trang số liệu"} & set(labels(progress_in(turn)))


def test_what_does_not_fit_stands_on_other_pages(w: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """All questions are reached by buttons, and have their numbers."""
    monkeypatch.setattr(worth_asking, "MOST", 1)
    equal_evening(w, "binh", at(day(20), 19))
    equal_evening(w, "dung", at(day(20), 19))
    first = w.asks("whole", worth_asking.show, "", NOW)
    assert first.text.startswith("🔎 Điều nên hỏi, hôm nay: 2\nTrang 1/2\n\n1. ")
    assert labels(first) == ["Trang sau", "Hôm qua"]
    second = w.asks("whole", worth_asking.show, pressed(first), NOW)
    assert second.text.startswith("🔎 Điều nên hỏi, hôm nay: 2\nTrang 2/2\n\n2. ")
    assert labels(second) == ["Trang trước", "Hôm qua"]
    assert w.asks("whole", worth_asking.show, pressed(second), NOW).text == first.text
    assert w.asks("whole", worth_asking.show, "trang 9", NOW).text == second.text


def test_a_day_of_too_many_reports_is_looked_at_in_parts(w: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some communes at once, the rest behind a button; the digest then has no number, but the same button."""
    equal_evening(w, "binh", at(day(20), 19))
    equal_evening(w, "dung", at(day(20), 19))
    whole = w.asks("whole", worth_asking.show, "", NOW).text
    assert "Phần" not in whole
    monkeypatch.setattr(worth_asking, "MOST_REPORTS", 9)
    first = w.asks("whole", worth_asking.show, "", NOW)
    assert "1\nNhiều tin, xem từng phần.\nPhần 1/2: TT Sóc Sơn – Minh Phú\n\n1. Dung" in first.text
    assert labels(first) == ["Các xã sau", "Hôm qua"]
    second = w.asks("whole", worth_asking.show, pressed(first), NOW)
    assert "Phần 2/2: Xuân Thu\n\n1. Bình" in second.text
    assert labels(second) == ["Các xã trước", "Hôm qua"]
    assert w.asks("whole", worth_asking.show, pressed(second), NOW).text == first.text
    digest = morning.digest(w.tx, HOUSE, day(20), at(day(21), 6, 30), recipient=w.person("whole"), asking=_asking(w))
    assert "\n🔎 Điều nên hỏi: /luuy 20/05\n" in digest.text
    assert labels(digest) == ["Điều nên hỏi"]


def progress_in(turn: Turn) -> Reply:
    """/tong, asked in the chat of this turn."""
    where = Chat(turn.chat.channel, turn.chat.address, turn.chat.private)
    said = progress.show(Message(where, Sender("an", "An"), "m", "", NOW), turn)
    assert isinstance(said, Reply)
    return said


def pressed(said: Reply) -> str:
    """What the first button asks for."""
    return said.buttons[0][0].data.removeprefix("c/luuy").strip()


def test_of_one_commune(w: World) -> None:
    """Named with or without a day, and from the button under its numbers; of one that is not seen nothing is told."""
    equal_evening(w, "binh", at(day(20), 19))
    equal_evening(w, "dung", at(day(20), 19))
    said = w.asks("whole", worth_asking.show, "minh phú", NOW)
    assert said.text.startswith("🔎 Điều nên hỏi, Xã Minh Phú, hôm nay: 1\n\n1. Dung")
    (yesterday,) = said.buttons[0]
    assert (yesterday.label, yesterday.data) == ("Hôm qua", "c/luuy 397 19/05/2023")
    after = w.asks("whole", worth_asking.show, "397 19/05/2023", NOW)
    assert "Xã Minh Phú, ngày 19/05 chưa thấy điều gì" in after.text
    assert labels(after) == ["Ngày 18/05", "Hôm nay"]
    of_xa = {one.label: one.data for row in w.asks("whole", commune.show, "397", NOW).buttons for one in row}
    assert of_xa["Điều nên hỏi"] == "c/luuy 397"
    assert "Dung" not in w.asks("one", worth_asking.show, "minh phú", NOW).text


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


def _asking(w: World) -> int | None:
    return worth_asking.number(w.tx, HOUSE.calendar, day(20))


def test_the_digest_has_one_line(w: World) -> None:
    """How much there is to ask, with its command and a button; nothing where there is nothing."""
    w.report("an", day(20), 9)
    now = at(day(21), 6, 30)
    before = morning.digest(w.tx, HOUSE, day(20), now, recipient=w.person("whole"), asking=_asking(w))
    assert "nên hỏi" not in before.text
    assert before.buttons == ()
    equal_evening(w, "binh", at(day(20), 19))
    after = morning.digest(w.tx, HOUSE, day(20), now, recipient=w.person("whole"), asking=_asking(w))
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
