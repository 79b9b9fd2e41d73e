"""The evening's nudge: who gets it, what it says, and what its buttons do."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from handlers.buttons.pressed import Pressed
from handlers.messages import Notice, Reply
from handlers.turn import Turn
from handlers.unasked import nudge
from storage.engine.times import day_number, stamp
from storage.field import leave
from storage.reports import drafts, reports, totals
from storage.talk import chats, offers
from tests.figures.world import FIRST, HOUSE, World, at, day, labels, lines, world

TODAY = day(18)
EVENING = at(TODAY, 21, 30)


@pytest.fixture
def w(tmp_path: Path) -> Iterator[World]:
    """A small campaign."""
    with world(tmp_path) as made:
        yield made


def without(w: World) -> list[str]:
    """Who of Xuân Thu is without a report."""
    return [student.ref for student in nudge.students_without(w.tx, w.team("451"), TODAY)]


def nudged(w: World, ref: str) -> Reply:
    """The word to a student."""
    return nudge.nudge(w.tx, HOUSE, w.person(ref), TODAY, EVENING, w.chat(ref))


def draft(w: World, ref: str, minute: int, hole: object) -> None:
    """A message whose number is open."""
    drafts.keep(
        w.tx,
        person=w.person(ref).id,
        day=TODAY,
        at=at(TODAY, 20, minute),
        chat=w.chat(ref),
        message=f"d{minute}",
        why="number",
        holes=json.dumps({"use": "record", "entries": [], "hole": hole, "lines": None}),
        text="nhà bà Lan được mấy máy",
    )


def press(w: World, said: Reply, choice: str, turn: Turn) -> list[object]:
    """A press of a nudge's button."""
    button = next(button for row in said.buttons for button in row if button.data.endswith(choice))
    offer = offers.by_id(w.tx, int(button.data.removeprefix("o").partition(":")[0]))
    assert offer is not None
    answer = nudge.press_nudge(Pressed(replace(offer, outbox=77), choice, button.label, "p"), turn)
    return list(answer) if isinstance(answer, list) else [answer]


def test_who_is_without_a_report(w: World) -> None:
    """Reports, a zero and assistance count; leave, a lock and having left excuse; an open message does not."""
    assert without(w) == ["an", "binh", "chi"]
    w.report("an", TODAY, 0)
    w.report("binh", TODAY, 0, assisted=1)
    draft(w, "chi", 14, None)
    assert without(w) == ["chi"]
    leave.take(w.tx, w.person("chi").id, [TODAY])
    assert without(w) == []


def test_a_withdrawn_report_is_none(w: World) -> None:
    """Once it is withdrawn, the student is without one again; a second report stays one."""
    first = w.report("an", TODAY, 3)
    reports.withdraw(w.tx, first, by=first.person, at=EVENING)
    assert "an" in without(w)
    w.report("an", TODAY, 2)
    assert "an" not in without(w)


def test_the_locked_and_those_who_left_are_left_alone(w: World) -> None:
    """Neither is on duty."""
    w.leaves("binh")
    w.tx.run("UPDATE people SET locked_at = :at WHERE ref = 'chi'", at=stamp(EVENING))
    assert without(w) == ["an"]


def test_nobody_is_on_duty_outside_of_the_phase(w: World) -> None:
    """Neither before its first day nor after its last."""
    team, last = w.team("451"), at(FIRST, 4).date()
    assert nudge.students_without(w.tx, team, day(15)) == []
    assert len(nudge.students_without(w.tx, team, last)) == 3
    assert nudge.students_without(w.tx, w.team("451", "Đợt 2"), TODAY) == []


def test_a_nudge(w: World) -> None:
    """Friendly, with an example and three buttons."""
    said = nudged(w, "binh")
    assert said.text == (
        "Em ơi, hôm nay bot chưa nhận được báo cáo. Em nhắn một tin, ví dụ: xóm 4 được 3. "
        "Chưa làm được máy nào thì chọn một câu dưới đây giúp bot nhé."
    )
    assert labels(said) == ["Hôm nay 0 máy", "Xin nghỉ", "Báo ngay"]
    assert said.to == w.chat("binh")
    offered = offers.newest_in(w.tx, w.chat("binh"), w.person("binh").id, EVENING)
    assert [(offer.kind, offer.subject) for offer in offered] == [
        ("report_now", day_number(TODAY)),
        ("nudge", day_number(TODAY)),
    ]


def test_a_nudge_about_an_open_message(w: World) -> None:
    """The message is quoted; where a number is all it lacks, a number settles it, else a button asks once more."""
    draft(w, "binh", 14, ["activated", None, None])
    said = nudged(w, "binh")
    assert said.text == lines(
        """
        Em ơi, hôm nay bot chưa ghi được số nào vì còn 1 tin chờ em trả lời:
        20:14 “nhà bà Lan được mấy máy” (chưa rõ số)
        Em nhắn lại một con số nhé, ví dụ: 3
        """
    )
    assert labels(said) == ["Trả lời", "Hôm nay 0 máy", "Xin nghỉ", "Báo ngay"]
    question = offers.question(w.tx, w.chat("binh"), w.person("binh").id, EVENING)
    assert question is not None
    assert question.kind == "number"
    draft(w, "chi", 15, None)
    assert nudged(w, "chi").text.endswith("Em trả lời giúp bot nhé.")
    assert offers.question(w.tx, w.chat("chi"), w.person("chi").id, EVENING) is None
    draft(w, "chi", 16, None)
    said = nudged(w, "chi")
    assert "còn 2 tin chờ em trả lời:\n1. 20:15 “nhà bà Lan" in said.text
    assert labels(said) == ["Trả lời 1", "Trả lời 2", "Hôm nay 0 máy", "Xin nghỉ", "Báo ngay"]


def test_who_reported_is_told_of_what_is_open(w: World) -> None:
    """Whoever has a report and an open message; neither the locked nor who is without a report, who are told else."""
    team = w.team("451")
    w.report("an", TODAY, 3)
    w.report("binh", TODAY, 2)
    for ref in ("binh", "chi"):
        draft(w, ref, 14, ["activated", None, None])
    assert [student.ref for student in nudge.students_with_open(w.tx, team, TODAY)] == ["binh"]
    said = nudge.remind(w.tx, HOUSE, w.person("binh"), TODAY, EVENING, w.chat("binh"))
    assert said.text == lines(
        """
        Em ơi, hôm nay còn 1 tin bot chưa ghi, chờ em trả lời:
        20:14 “nhà bà Lan được mấy máy” (chưa rõ số)
        Em nhắn lại một con số nhé, ví dụ: 3
        """
    )
    assert labels(said) == ["Trả lời"]
    w.tx.run("UPDATE people SET locked_at = :at WHERE ref = 'binh'", at=stamp(EVENING))
    assert nudge.students_with_open(w.tx, team, TODAY) == []


def test_a_nudge_does_not_drop_another_question(w: World) -> None:
    """What the conversation waits for already goes first."""
    draft(w, "binh", 14, ["activated", None, None])
    chat, person = w.chat("binh"), w.person("binh").id
    offers.ask(w.tx, chat=chat, person=person, kind="fix", subject=5, at=EVENING, deadline=at(TODAY, 22))
    assert nudged(w, "binh").text.endswith("Em trả lời giúp bot nhé.")
    question = offers.question(w.tx, chat, person, EVENING)
    assert question is not None
    assert question.kind == "fix"


def test_the_team_hears_a_number_and_no_names(w: World) -> None:
    """Whom the bot had known and lost is named; nothing is said where everybody reported."""
    team = w.team("451")
    said = nudge.nudge_team(w.tx, HOUSE, team, TODAY, EVENING)
    assert said == Reply("🔔 Hôm nay còn 3 bạn chưa có báo cáo. Làm xong thì nhắn bot một tin nhé.")
    chats.mark_gone(w.tx, w.chat("chi"), EVENING)
    said = nudge.nudge_team(w.tx, HOUSE, team, TODAY, EVENING)
    assert said is not None
    assert said.text.endswith("\nBot không nhắn riêng được cho Chi: mở chat với bot và gửi /start giúp bot.")
    for ref in ("an", "binh", "chi"):
        w.report(ref, TODAY, 0)
    assert nudge.nudge_team(w.tx, HOUSE, team, TODAY, EVENING) is None


def test_zero_is_a_report(w: World) -> None:
    """[Hôm nay 0 máy] stores a zero that can be undone, and the nudge says so."""
    said = nudged(w, "binh")
    (reply,) = press(w, said, "zero", w.turn("binh", at(TODAY, 21, 45)))
    assert isinstance(reply, Reply)
    assert (reply.text, reply.replaces) == ("✅ Đã ghi hôm nay 0 máy. Em vất vả rồi.", 77)
    assert labels(reply) == ["Hoàn tác", "Sửa"]
    (stored,) = reports.of_day(w.tx, w.person("binh").id, TODAY)
    assert (stored.message, stored.id) == (f"nudge:{day_number(TODAY)}", reply.report)
    assert [(line.outcome, line.n) for line in stored.lines] == [("activated", 0)]
    assert "binh" not in without(w)
    assert totals.differences(w.tx) == []


def test_zero_after_midnight_is_of_the_evening(w: World) -> None:
    """The nudge's day counts, and is said."""
    draft(w, "binh", 14, None)
    (reply,) = press(w, nudged(w, "binh"), "zero", w.turn("binh", at(day(19), 9)))
    assert isinstance(reply, Reply)
    assert reply.text == "✅ Đã ghi ngày 18/05 0 máy. Em vất vả rồi.\nCòn 1 tin chưa rõ số: /homnay"
    assert reports.has_any(w.tx, w.person("binh").id, TODAY)


def test_leave(w: World) -> None:
    """[Xin nghỉ] takes the day off and stores no report."""
    (reply,) = press(w, nudged(w, "binh"), "off", w.turn("binh", EVENING))
    assert isinstance(reply, Reply)
    assert reply.text == "✅ Đã ghi em nghỉ hôm nay; bot không nhắc em. Nếu có làm, em cứ báo như thường."
    assert not reports.has_any(w.tx, w.person("binh").id, TODAY)
    assert "binh" not in without(w)


@pytest.mark.parametrize("choice", ["zero", "off"])
def test_a_report_that_came_meanwhile_stands(w: World, choice: str) -> None:
    """Nothing is stored beside it."""
    said = nudged(w, "binh")
    w.report("binh", TODAY, 4, absent=1)
    (reply,) = press(w, said, choice, w.turn("binh", EVENING))
    assert isinstance(reply, Reply)
    assert reply.text == "Hôm nay đã có báo cáo: 4 máy, 1 nhà vắng, nên bot không ghi thêm."
    assert len(reports.of_day(w.tx, w.person("binh").id, TODAY)) == 1
    assert w.tx.all("SELECT 1 FROM days_off") == []


def test_a_second_press_does_nothing(w: World) -> None:
    """The first press used the offer up."""
    said = nudged(w, "binh")
    press(w, said, "off", w.turn("binh", EVENING))
    (again,) = press(w, said, "zero", w.turn("binh", EVENING))
    assert isinstance(again, Notice)
    assert not reports.has_any(w.tx, w.person("binh").id, TODAY)


def test_the_lead_presses_for_a_student(w: World) -> None:
    """It counts for the student whose nudge it is."""
    press(w, nudged(w, "binh"), "zero", w.turn("an", EVENING))
    assert reports.has_any(w.tx, w.person("binh").id, TODAY)
    assert not reports.has_any(w.tx, w.person("an").id, TODAY)
