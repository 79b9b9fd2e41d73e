"""The night's summary of a team and the morning's digest: exact messages, who gets them, and what they leave out."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from handlers.unasked import night as summary
from storage.campaign import accounts
from storage.campaign.people import Person
from storage.campaign.teams import Team
from storage.engine.times import stamp
from storage.field import leave
from storage.reports import drafts, reports
from storage.talk import chats
from tests.figures.world import FIRST, HOUSE, World, at, day, lines, world


@pytest.fixture
def w(tmp_path: Path) -> Iterator[World]:
    """A small campaign."""
    with world(tmp_path) as made:
        yield made


TODAY = day(18)
NIGHT = at(day(19), 0, 30)


def night(w: World, when: date = TODAY, now: datetime = NIGHT, recipient: Person | None = None) -> str:
    """Xuân Thu's summary."""
    return said(w, w.team("451"), when, now, recipient)


def said(
    w: World, team: Team, when: date, now: datetime, recipient: Person | None = None, since: datetime | None = None
) -> str:
    """The night of a team as one receiver reads it."""
    return summary.summary(HOUSE, summary.gather(w.tx, HOUSE, team, when, now, since), now, recipient).text


def draft(w: World, ref: str, when: date) -> None:
    """A message whose number is open."""
    drafts.keep(
        w.tx,
        person=w.person(ref).id,
        day=when,
        at=at(when, 20, 14),
        chat=w.chat(ref),
        message="d",
        why="number",
        holes='{"use": "record", "entries": [], "hole": null, "lines": null}',
        text="nhà bà Lan được mấy máy",
    )


def test_a_night(w: World) -> None:
    """Students, outcomes, hamlets, total, pace, what is open, and what became of earlier days."""
    w.report("an", day(16), 10, hamlet="Xóm 4")
    wrong = w.report("binh", day(17), 9, hamlet="Xóm 5")
    w.report("an", day(18), 12, hamlet="Xóm 4", absent=2)
    w.report("an", day(18), 3)
    w.report("binh", day(18), 0)
    draft(w, "chi", day(18))
    reports.correct(w.tx, wrong, wrong.lines[:0], by=wrong.person, at=at(day(18), 9), text=None)
    w.report("an", day(17), 4, hamlet="Xóm 5", sent=at(day(18), 10), absent=1)
    assert night(w) == lines(
        """
        🌙 Xã Xuân Thu, tổng kết ngày 18/05 đến 00:30 (Đợt 1, ngày thứ 3/21)
        Cả tổ: 15 máy, 2 nhà vắng

        An: 15 máy
        Bình: 0 máy
        Chi: chưa có báo cáo

        Theo thôn: Xóm 4: 12 · không ghi thôn: 3

        Tổng 129/1.000 máy (12,9%), còn 871
        (có sẵn 100, bot ghi 29)
        Cả đợt đạt 16,1% định mức (29/180)
        Gần đây 10 máy/ngày, dự kiến xong 17/08
        ❓ 1 tin chưa rõ số
        ✏️ Cập nhật ngày 17/05: An +4 máy, +1 nhà vắng
        ✏️ Cập nhật ngày 17/05: Bình -9 máy
        """
    )


def test_a_night_without_any_report(w: World) -> None:
    """One line, and nobody is blamed; whatever else there is to tell makes it whole again."""
    line = "🌙 Xã Xuân Thu, tổng kết ngày 18/05 đến 00:30: chưa có báo cáo · tổng 100/1.000 máy (10,0%), còn 900"
    assert night(w) == line
    draft(w, "chi", day(18))
    assert night(w) == lines(
        """
        🌙 Xã Xuân Thu, tổng kết ngày 18/05 đến 00:30 (Đợt 1, ngày thứ 3/21)
        Cả tổ chưa có báo cáo.

        Tổng 100/1.000 máy (10,0%), còn 900
        (có sẵn 100, bot ghi 0)
        Cả đợt đạt 0,0% định mức (0/180)
        ❓ 1 tin chưa rõ số
        """
    )


def test_leave_and_people_who_left(w: World) -> None:
    """A day off is called so; whoever left the roster is not listed, the phones stay."""
    leave.take(w.tx, w.person("binh").id, [day(18)])
    w.report("chi", day(18), 6, hamlet="Xóm 4")
    w.report("an", day(18), 2, hamlet="Xóm 4")
    w.leaves("chi")
    assert "\n\nAn: 2 máy\nBình: nghỉ\nNgười đã rời tổ: 6 máy\n\nTheo thôn: Xóm 4: 8\n\n" in night(w)


def test_someone_on_leave_who_reports_all_the_same(w: World) -> None:
    """The report counts more than the leave."""
    leave.take(w.tx, w.person("binh").id, [day(18)])
    w.report("binh", day(18), 6)
    assert "Bình: 6 máy\n" in night(w)


def test_an_adjustment_of_the_day(w: World) -> None:
    """What a smaller total took away from no hamlet is called an adjustment."""
    w.report("an", day(18), 9, hamlet="Xóm 4")
    w.report("an", day(18), -2, change="adjusted")
    said = night(w)
    assert "Cả tổ: 7 máy\n" in said
    assert "Theo thôn: Xóm 4: 9 · điều chỉnh: -2\n" in said


def test_before_and_after_the_phase(w: World) -> None:
    """Outside of the phase its days are not counted on."""
    before = night(w, FIRST - summary.ONE_DAY, at(FIRST, 0, 30))
    assert before.startswith("🌙 Xã Xuân Thu, tổng kết ngày 15/05 đến 00:30: chưa có báo cáo")
    w.report("an", FIRST - summary.ONE_DAY, 3)
    before = night(w, FIRST - summary.ONE_DAY, at(FIRST, 0, 30))
    assert before.startswith("🌙 Xã Xuân Thu, tổng kết ngày 15/05 đến 00:30\nCả tổ: 3 máy\n")
    assert "định mức" not in before
    late = date(2023, 6, 20)
    assert said(w, w.team("451", "Đợt 2"), late, at(late, 23)).startswith(
        "🌙 Xã Xuân Thu, tổng kết ngày 20/06 đến 23:00"
    )


def test_changes_are_told_once(w: World) -> None:
    """Only what came since the summary before; a change that leaves the numbers is no change."""
    w.report("an", day(17), 5, sent=at(day(18), 0, 10))
    moved = w.report("an", day(17), 4, hamlet="Xóm 4")
    reports.correct(w.tx, moved, moved.lines, by=moved.person, at=at(day(18), 8), text=None)
    assert "Cập nhật" not in night(w)
    w.report("an", day(17), 2, sent=at(day(18), 1, 10))
    assert night(w).endswith("✏️ Cập nhật ngày 17/05: An +2 máy")
    later = said(w, w.team("451"), day(18), NIGHT, since=at(day(18), 2))
    assert "Cập nhật" not in later


def test_the_lead_of_a_team_without_a_group_is_told(w: World) -> None:
    """The others are not; with a group nobody is."""
    hint = "\nTổ chưa có nhóm nhận tổng kết: thêm bot vào nhóm rồi gửi /gannhom ở đó."
    assert night(w, recipient=w.person("an")).endswith(hint)
    assert "gannhom" not in night(w) + night(w, recipient=w.person("one"))
    told = [n for n in range(16, 31) if "gannhom" in night(w, day(n), at(day(n + 1), 0, 30), recipient=w.person("an"))]
    assert told == [16, 17, 18, 23, 30], "at first, and then once a week"
    w.group(w.team("451"))
    assert "gannhom" not in night(w, recipient=w.person("an"))


def test_who_gets_the_night(w: World) -> None:
    """The team's chats, the leads and the commune's officers on all their accounts; nobody twice, nobody locked."""
    team = w.team("451")
    assert summary.recipients_of_night(w.tx, team) == []
    group, other = w.group(team), w.group(team, "other")
    an, one, two, chi = w.chat("an"), w.chat("one"), w.chat("two"), w.chat("chi")
    w.chat("whole")
    newest = chats.at(w.tx, "telegram", "1", private=True).id
    accounts.join(w.tx, w.person("an").id, channel="telegram", sender="1", chat=newest, at=at(day(17), 8))
    who = [(chat, person and person.ref) for chat, person in summary.recipients_of_night(w.tx, team)]
    assert sorted(who, key=str) == sorted(
        [(group, None), (other, None), (an, "an"), (newest, "an"), (one, "one"), (two, "two")], key=str
    )
    chats.mark_gone(w.tx, newest, NIGHT)
    chats.mark_gone(w.tx, other, NIGHT)
    w.tx.run("UPDATE people SET locked_at = :at WHERE ref = 'one'", at=stamp(NIGHT))
    assert [chat for chat, _ in summary.recipients_of_night(w.tx, team)] == [group, an, two]
    w.tx.run("UPDATE people SET locked_at = :at WHERE ref = 'an'", at=stamp(NIGHT))
    assert [chat for chat, _ in summary.recipients_of_night(w.tx, team)] == [group, two]
    assert chi not in dict(summary.recipients_of_night(w.tx, team))


def test_two_people_on_one_account_get_it_once(w: World) -> None:
    """A chat gets the summary once, whoever joined there."""
    w.chat("an")
    accounts.join(w.tx, w.person("one").id, channel="web", sender="x", chat=w.chat("an"), at=at(day(17), 8))
    assert summary.recipients_of_night(w.tx, w.team("451")) == [(w.chat("an"), w.person("an"))]
