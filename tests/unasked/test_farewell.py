"""The end of a phase: exact messages for each role, who gets them, and what they leave out."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from handlers.unasked import farewell
from storage.engine.times import stamp
from tests.figures.world import FIRST, HOUSE, World, at, day, lines, world

LAST = date(2023, 6, 5)
MORNING = at(date(2023, 6, 6), 6, 30)


@pytest.fixture
def w(tmp_path: Path) -> Iterator[World]:
    """A small campaign, at the end of its first phase."""
    with world(tmp_path) as made:
        made.report("an", day(18), 40, absent=2)
        made.report("binh", LAST, 55)
        made.report("dung", LAST, 9)
        made.report("an", date(2023, 6, 7), 1000)  # of the next phase: not counted here
        yield made


def said(w: World, code: str | None = "451") -> dict[int, str]:
    """What each chat hears; of no team: the campaign's officers and the admins."""
    (phase,) = farewell.phases_ended(w.tx, LAST)
    whole = farewell.ended(w.tx, phase)
    if code is None:
        return {chat: reply.text for chat, reply in farewell.to_campaign(w.tx, HOUSE, whole, MORNING, asking=0)}
    own = farewell.of_team(w.tx, w.team(code), phase)
    return {chat: reply.text for chat, reply in farewell.to_team(w.tx, HOUSE, whole, own, MORNING)}


def test_which_phase_has_ended(w: World) -> None:
    """On the morning after its last day, and on no other."""
    assert [phase.name for phase in farewell.phases_ended(w.tx, LAST)] == ["Đợt 1"]
    assert farewell.phases_ended(w.tx, FIRST) == []
    assert [phase.name for phase in farewell.phases_ended(w.tx, date(2023, 6, 15))] == ["Đợt 2"]


def test_a_student_hears_of_the_own_work_the_team_and_the_campaign(w: World) -> None:
    """With thanks, and where the own days are still to be seen."""
    assert said(w)[w.chat("binh")] == lines(
        """
        🎉 Đợt 1 (16/05–05/06) đã kết thúc. Cảm ơn em đã cùng làm!
        Em: 55 máy
        Cả tổ Xuân Thu: 95 máy, 2 nhà vắng
        Toàn chiến dịch trong đợt: 104 máy, 2 nhà vắng
        Đến nay 204/1.800 máy (11,3%), còn 1.596
        Đợt 2 bắt đầu ngày 06/06.

        Số của em từng ngày vẫn xem được: /cuatoi
        """
    )


def test_the_team_hears_of_each_student(w: World) -> None:
    """In the group, the most first; who left is not named, and nobody of another team."""
    w.leaves("chi")
    group = w.group(w.team("451"))
    assert said(w)[group] == lines(
        """
        🎉 Đợt 1 (16/05–05/06) đã kết thúc. Cảm ơn cả tổ!
        Xã Xuân Thu: 95 máy, 2 nhà vắng

        Bình: 55 máy
        An: 40 máy

        Cả xã đến nay 195/1.000 máy (19,5%), còn 805
        Toàn chiến dịch trong đợt: 104 máy, 2 nhà vắng
        Đến nay 204/1.800 máy (11,3%), còn 1.596
        Đợt 2 bắt đầu ngày 06/06.
        """
    )


def test_lead_and_officer_of_the_commune_hear_the_same(w: World) -> None:
    """The lead with the own numbers beside, both thanked by themselves."""
    an, one = w.chat("an"), w.chat("one")
    lead, officer = said(w)[an], said(w)[one]
    assert "Cảm ơn đồng chí và cả tổ!" in lead
    assert "\nRiêng đồng chí: 40 máy, 2 nhà vắng\n" in lead
    assert "Cảm ơn đồng chí và cả tổ!" in officer
    assert "Riêng" not in officer
    assert "\nBình: 55 máy\n" in officer


def test_the_campaign_hears_of_each_team(w: World) -> None:
    """Its officers and the admins, the most first."""
    chats = {w.chat("whole"), w.chat("admin")}
    heard = said(w, None)
    assert set(heard) == chats
    for text in heard.values():
        assert text == lines(
            """
            🎉 Đợt 1 (16/05–05/06) đã kết thúc. Cảm ơn đồng chí và tất cả các tổ!
            Chiến dịch thử
            Ngày cuối 05/06: 64 máy
            Toàn chiến dịch trong đợt: 104 máy, 2 nhà vắng
            Đến nay 204/1.800 máy (11,3%), còn 1.596
            Đợt 2 bắt đầu ngày 06/06.

            Trong đợt, từng xã:
            Xuân Thu: 95
            Minh Phú: 9
            """
        )


def test_everybody_hears_it_once_and_nobody_else(w: World) -> None:
    """All of the phase who can be reached; neither those locked nor those who left."""
    who = [w.chat(ref) for ref in ("an", "binh", "chi", "one", "two", "whole", "admin")]
    assert set(said(w)) == set(who[:5])
    w.leaves("chi")
    w.tx.run("UPDATE people SET locked_at = :at WHERE ref = 'binh'", at=stamp(MORNING))
    assert set(said(w)) == {who[0], who[3], who[4]}
