"""/xephang and /chuabao: who is how far, and who has not reported."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.figures.said import missing, ranking
from storage.field import leave
from storage.reports import reports
from tests.figures.world import World, at, day, labels, lines, three_days, world
from tests.talk import Talk

NOW = at(day(18), 21, 40)


@pytest.fixture
def w(tmp_path: Path) -> Iterator[World]:
    """A small campaign."""
    with world(tmp_path) as made:
        yield made


def test_communes_are_ranked_by_share_and_by_today(w: World) -> None:
    """The whole first; the best first, or the slowest; one without a target has no share and comes last."""
    three_days(w)
    said = w.asks("whole", ranking.show, "", NOW)
    assert said.text == lines(
        """
        🏁 Chiến dịch thử, 21:40 ngày 18/05
        Đã xong 171/1.800 máy (9,5%)
        Hôm nay: 11 máy · 1 xã chưa báo

        Cao trước (% chỉ tiêu · máy):
        1. Xuân Thu: 15,3% · 153
        2. Minh Phú: 2,2% · 18
        3. TT Sóc Sơn: 0 máy
        """
    )
    assert labels(said) == ["Theo hôm nay", "Thấp trước"]
    low = w.asks("whole", ranking.show, "thấp", NOW)
    assert "Thấp trước (% chỉ tiêu · máy):\n1. Minh Phú: 2,2% · 18\n2. Xuân Thu" in low.text
    today = w.asks("whole", ranking.show, "hôm nay", NOW)
    assert today.text.endswith(
        "(máy hôm nay · %):\n1. Xuân Thu: 11 · 15,3%\n2. Minh Phú: chưa báo · 2,2%\n3. TT Sóc Sơn: 0"
    )
    assert {button.label: button.data for row in today.buttons for button in row} == {
        "Theo %": "c/xephang",
        "Thấp trước": "c/xephang hôm nay thấp",
    }
    assert w.asks("whole", ranking.show, "hôm nay thấp", NOW).text.endswith("3. Xuân Thu: 11 · 15,3%")
    assert w.asks("whole", ranking.show, "linh tinh", NOW).text.startswith("Đồng chí dùng: /xephang, ")


def test_only_what_one_sees_is_ranked(w: World) -> None:
    """An officer of two communes sees these; of one there is nothing to rank."""
    three_days(w)
    assert "TT Sóc Sơn" not in w.asks("two", ranking.show, "", NOW).text
    assert w.asks("an", ranking.show, "", NOW).text.startswith("Đồng chí chỉ xem một xã, Xã Xuân Thu, ")


def test_who_is_on_leave_is_not_silent(w: World) -> None:
    """A team of which everybody is off duty today has nobody to report."""
    leave.take(w.tx, w.person("dung").id, [day(18)])
    said = w.asks("whole", ranking.show, "hôm nay", NOW).text
    assert "Minh Phú: nghỉ" in said
    assert "1 xã chưa báo" in said


def test_who_has_not_reported(w: World) -> None:
    """Whole teams first, then the most names; those on leave apart; a withdrawn report is none, a zero is one."""
    w.report("an", day(18), 0)
    gone = w.report("binh", day(18), 5)
    reports.withdraw(w.tx, gone, by=gone.person, at=NOW)
    leave.take(w.tx, w.person("chi").id, [day(18)])
    said = w.asks("whole", missing.show, "", NOW)
    assert said.text == lines(
        """
        🔕 Chiến dịch thử
        Hôm nay, đến 21:40
        Chưa báo: 2/4 học viên, 1/2 tổ

        Minh Phú: cả tổ (1)
        Xuân Thu: Bình

        Xin nghỉ:
        Xuân Thu: Chi
        """
    )
    assert labels(said) == ["Hôm qua", "Điều nên hỏi"]
    assert w.asks("one", missing.show, "", NOW).text == lines(
        """
        🔕 Xã Xuân Thu
        Hôm nay, đến 21:40
        Chưa báo: 1/3 học viên

        Xuân Thu: Bình

        Xin nghỉ:
        Xuân Thu: Chi
        """
    )


def test_everybody_has_reported(w: World) -> None:
    """Said in one line, and of whoever works where somebody is on leave."""
    for ref in ("an", "binh", "chi"):
        w.report(ref, day(17), 1)
    assert w.asks("one", missing.show, "hôm qua", NOW).text == "🔕 Xã Xuân Thu\nNgày 17/05\nAi cũng có báo cáo."
    w.report("an", day(18), 1)
    w.report("binh", day(18), 1)
    leave.take(w.tx, w.person("chi").id, [day(18)])
    assert "Ai đi làm cũng có báo cáo.\n\nXin nghỉ:\nXuân Thu: Chi" in w.asks("one", missing.show, "", NOW).text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("ngày 15/5", "Ngày 15/05 không thuộc đợt nào (Đợt 1: 16/05–05/06), nên không ai phải báo."),
        ("mai", "Đồng chí dùng: /chuabao, /chuabao hôm qua, hoặc /chuabao 18/05"),
        ("tuần", "Đồng chí dùng: /chuabao, /chuabao hôm qua, hoặc /chuabao 18/05"),
        ("19/5", "Ngày 19/05 chưa đến."),
    ],
)
def test_days_on_which_nobody_has_to_report(w: World, asked: str, said: str) -> None:
    """It is said why nobody is named."""
    assert w.asks("whole", missing.show, asked, NOW).text.startswith(said)


def test_many_teams_are_pages(w: World) -> None:
    """Ten a page, with the way on in words; the sum stays on each."""
    for number in range(23):
        place = w.tx.one(
            """INSERT INTO communes (code, name, folded, target) VALUES (:code, :name, :name, 100) RETURNING id""",
            code=f"x{number}",
            name=f"Xã Mẫu {number:02}",
        )
        assert place is not None
        team = w.tx.one("INSERT INTO teams (commune, phase) VALUES (:commune, 1) RETURNING id", commune=place["id"])
        person = w.tx.one(
            "INSERT INTO people (ref, name, role, code) VALUES (:ref, 'Hoa', 'student', :ref) RETURNING id",
            ref=f"p{number}",
        )
        assert team is not None
        assert person is not None
        w.tx.run("INSERT INTO members (team, person) VALUES (:team, :person)", team=team["id"], person=person["id"])
    first = w.asks("whole", missing.show, "", NOW)
    assert "Chưa báo: 27/27 học viên, 25/25 tổ\nTrang 1/3\n\nXuân Thu: cả tổ (3)\n" in first.text
    assert labels(first) == ["Trang sau", "Hôm qua", "Điều nên hỏi"]
    last = w.asks("whole", missing.show, "trang 3", NOW)
    assert last.text.count("\nMẫu ") == 5
    assert labels(last) == ["Trang trước", "Hôm qua", "Điều nên hỏi"]


@pytest.mark.on("telegram", "zalo")
async def test_words_under_the_numbers_lead_on(talk: Talk) -> None:
    """Where there are no buttons the words are typed: to all communes, to a commune's days, and back."""
    an, khoa = await talk.person("An"), await talk.person("Khoa")
    await an.says("xóm 4 được 3").hears("3 máy")
    whole = await khoa.says("/tong").hears("📊 VNeID thử", "Xuân Thu: 33,5% · nay 3")
    ranked = await khoa.presses("Xếp hạng", whole).hears("🏁 VNeID thử", "1. Xuân Thu: 33,5% · 3.103")
    await khoa.presses("Theo hôm nay", ranked).hears("1. Xuân Thu: 3 · 33,5%", "chưa báo")
    days = await khoa.presses("Theo ngày", whole).hears("theo ngày", "20/05 T7: 3")
    await khoa.presses("Số chung", days).hears("Đã xong 8.103")
    place = await khoa.says("/xa Xuân Thu").hears("Học viên, cả đợt:", "An: 3 · nay 3")
    await khoa.presses("Theo thôn", place).hears("Xã Xuân Thu, theo thôn", "Xóm 4: 3 · nay 3")
    await khoa.presses("Hôm qua", place).hears("Xã Xuân Thu, ngày 19/05: chưa có báo cáo.")
    await khoa.presses("Ai chưa báo", whole).hears("Chưa báo: 5/6 học viên, 1/2 tổ", "Xuân Thu: Bình, Cúc, Dũng")
