"""/tong and /xa, and the figures behind them: who sees what, how far it is, and whether the pace will do."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from handlers.figures import commune, facts, progress
from handlers.figures.facts import Pace, Standing
from storage.campaign import hamlets
from storage.campaign import phases as all_phases
from storage.reports import reports
from tests.figures.world import FIRST, World, at, day, labels, lines, world


@pytest.fixture
def w(tmp_path: Path) -> Iterator[World]:
    """A small campaign."""
    with world(tmp_path) as made:
        yield made


NOW = at(day(18), 21, 40)


def three_days(w: World) -> None:
    """Xuân Thu reports on the 16th, 17th and 18th, Minh Phú on the 17th."""
    w.report("an", day(16), 10, hamlet="Xóm 4")
    w.report("an", day(17), 12, hamlet="Xóm 4", absent=2)
    w.report("binh", day(17), 20, hamlet="Xóm 5")
    w.report("dung", day(17), 18)
    w.report("binh", day(18), 8, hamlet="Xóm 5", absent=1)
    w.report("an", day(18), 3)


def board(w: World, *codes: str, when: date, finished: bool) -> facts.Board:
    return facts.board(w.tx, [w.commune(code) for code in codes], when, finished=finished)


def pace(w: World, *codes: str, when: date, finished: bool) -> Pace:
    found = board(w, *codes, when=when, finished=finished).pace
    assert found is not None
    return found


# Whole messages


def test_tong_tells_a_campaign_officer_all_communes(w: World) -> None:
    """Done with the baseline apart, today, pace up to yesterday, forecast, and a line a commune."""
    three_days(w)
    said = w.asks("whole", progress.show, "", NOW)
    assert said.text == lines(
        """
        📊 Chiến dịch thử, 21:40 ngày 18/05
        Đã xong 171/1.800 máy (9,5%), còn 1.629
        (có sẵn 100, bot ghi 71)
        Hôm nay: 11 máy, 1 nhà vắng
        Đợt 1, ngày thứ 3/21
        Đến hết ngày 17/05: 37,5% định mức (60/160)
        Cần 87 máy/ngày để đủ chỉ tiêu trong đợt
        Gần đây 30 máy/ngày, dự kiến xong 11/07

        TT Sóc Sơn: 0
        Minh Phú: 18/800 (2,2%)
        Xuân Thu: 153/1.000 (15,3%) · nay 11
        """
    )
    assert labels(said) == ["Hôm qua", "Tuần", "Đợt"]


def test_tong_of_a_lead_is_the_own_commune(w: World) -> None:
    """A lead sees the own commune, without a list of one."""
    three_days(w)
    said = w.asks("an", progress.show, "", NOW).text
    assert said.startswith("📊 Xã Xuân Thu, 21:40 ngày 18/05\nĐã xong 153/1.000 máy (15,3%), còn 847\n")
    assert "Minh Phú" not in said


def test_an_officer_of_two_communes_sees_these(w: World) -> None:
    """The sum is of the two alone."""
    three_days(w)
    said = w.asks("two", progress.show, "", NOW).text
    assert said.startswith("📊 Minh Phú và Xuân Thu, 21:40 ngày 18/05\nĐã xong 171/1.800 máy (9,5%), còn 1.629\n")
    assert "TT Sóc Sơn" not in said


def test_after_midnight_the_day_is_named(w: World) -> None:
    """At 00:20 today's work is that of the date before."""
    three_days(w)
    said = w.asks("two", progress.show, "", at(day(19), 0, 20)).text
    assert "00:20 ngày 19/05" in said
    assert "\nNgày 18/05: 11 máy, 1 nhà vắng\n" in said
    assert said.endswith("Xuân Thu: 153/1.000 (15,3%) · 18/05: 11")


@pytest.mark.parametrize(
    ("asked", "title", "counts"),
    [
        ("hôm qua", "Xã Xuân Thu, ngày 17/05", "32 máy, 2 nhà vắng"),
        ("TUẦN", "Xã Xuân Thu, 7 ngày 12/05–18/05", "53 máy, 3 nhà vắng"),
        ("đợt", "Xã Xuân Thu, Đợt 1 (16/05–05/06)", "53 máy, 3 nhà vắng"),
        ("đợt 1", "Xã Xuân Thu, Đợt 1 (16/05–05/06)", "53 máy, 3 nhà vắng"),
        ("ngày 16/5", "Xã Xuân Thu, ngày 16/05", "10 máy"),
        ("16-05-2023", "Xã Xuân Thu, ngày 16/05", "10 máy"),
        ("ngày 16 tháng 5", "Xã Xuân Thu, ngày 16/05", "10 máy"),
        ("ngày 16", "Xã Xuân Thu, ngày 16/05", "10 máy"),
    ],
)
def test_tong_of_some_days(w: World, asked: str, title: str, counts: str) -> None:
    """The days that were asked for, by outcome."""
    three_days(w)
    assert w.asks("an", progress.show, asked, NOW).text == f"📊 {title}\n{counts}"


def test_tong_of_a_day_by_commune(w: World) -> None:
    """Phones by commune where there are several."""
    three_days(w)
    assert w.asks("two", progress.show, "hôm qua", NOW).text == lines(
        """
        📊 Minh Phú và Xuân Thu, ngày 17/05
        50 máy, 2 nhà vắng

        Số máy theo xã:
        Minh Phú: 18
        Xuân Thu: 32
        """
    )


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("ngày 15/5", "📊 Xã Xuân Thu, ngày 15/05: chưa có báo cáo."),
        ("ngày 30", "📊 Xã Xuân Thu, ngày 30/04: chưa có báo cáo."),
        ("31/12", "📊 Xã Xuân Thu, ngày 31/12/2022: chưa có báo cáo."),
        ("đợt 2", "Ngày 06/06 chưa đến. Đồng chí dùng: /tong hôm qua, /tong tuần, /tong đợt"),
        ("ngày 19/5", "Ngày 19/05 chưa đến. Đồng chí dùng: /tong hôm qua, /tong tuần, /tong đợt"),
        ("ngày 30/2", "Đồng chí dùng: /tong, /tong hôm qua, /tong tuần, /tong đợt, hoặc /tong ngày 18/05"),
        ("ba đêm", "Đồng chí dùng: /tong, /tong hôm qua, /tong tuần, /tong đợt, hoặc /tong ngày 18/05"),
    ],
)
def test_tong_of_days_without_numbers(w: World, asked: str, said: str) -> None:
    """Days before the campaign, days to come, and what is no day are told in one line."""
    three_days(w)
    assert w.asks("an", progress.show, asked, NOW).text == said


def test_xa_tells_hamlets_outcomes_and_students(w: World) -> None:
    """One commune, with work where no hamlet was named and the phones of a student who left."""
    three_days(w)
    w.report("chi", day(17), 6, hamlet="Xóm 4")
    w.leaves("chi")
    assert w.asks("one", commune.show, "", NOW).text == lines(
        """
        📊 Xã Xuân Thu, 21:40 ngày 18/05
        Đã xong 159/1.000 máy (15,9%), còn 841
        (có sẵn 100, bot ghi 59)
        Hôm nay: 11 máy, 1 nhà vắng
        Đợt 1, ngày thứ 3/21
        Đến hết ngày 17/05: 60,0% định mức (48/80)
        Cần 45 máy/ngày để đủ chỉ tiêu trong đợt
        Gần đây 24 máy/ngày, dự kiến xong 22/06

        Theo thôn:
        Xóm 4: 28
        Xóm 5: 28 · nay 8
        Không ghi thôn: 3

        Kết quả bot ghi: 59 máy, 3 nhà vắng

        Học viên, cả đợt:
        An: 25 · nay 3
        Bình: 28 · nay 8
        Người đã rời tổ: 6
        """
    )


def test_xa_shows_an_adjustment_without_a_hamlet(w: World) -> None:
    """A smaller total of the day took from no hamlet in particular."""
    w.report("an", day(18), 5, hamlet="Xóm 4")
    w.report("an", day(18), -2, change="adjusted")
    said = w.asks("an", commune.show, "", NOW).text
    assert "Xóm 4: 5 · nay 5\nĐiều chỉnh không ghi thôn: -2\n" in said
    assert "Hôm nay: 3 máy\n" in said


def test_xa_understands_names_and_guards_the_scope(w: World) -> None:
    """Several names are offered as buttons; what is out of scope is said to be, and not offered."""
    assert w.asks("whole", commune.show, "xuan thu", NOW).text.startswith("📊 Xã Xuân Thu,")
    assert w.asks("whole", commune.show, "451", NOW).text.startswith("📊 Xã Xuân Thu,")
    which = w.asks("two", commune.show, "", NOW)
    assert which.text == "Xã nào? Đồng chí gửi: /xa tên xã"
    assert [(button.label, button.data) for row in which.buttons for button in row] == [
        ("Xã Minh Phú", "c/xa 397"),
        ("Xã Xuân Thu", "c/xa 451"),
    ]
    near = w.asks("whole", commune.show, "xuan", NOW)
    assert (near.text, labels(near)) == ("Có phải một trong các xã này?", ["Xã Xuân Thu"])
    assert w.asks("whole", commune.show, "Hà Nội", NOW).text == "Không có xã nào tên như vậy. Đồng chí gửi: /xa tên xã"
    outside = w.asks("an", commune.show, "Minh Phú", NOW).text
    assert outside == "Xã Minh Phú ngoài phạm vi của đồng chí. Các xã của đồng chí: /tong"
    assert labels(w.asks("an", commune.show, "minh", NOW)) == []


# The figures


def test_a_finished_day_counts_for_the_pace(w: World) -> None:
    """While a day runs, the pace is that of the days before it."""
    three_days(w)
    running, over = pace(w, "451", when=day(18), finished=False), pace(w, "451", when=day(18), finished=True)
    assert (running.day, running.elapsed, running.quota, running.bot) == (3, 2, 120, 42)
    assert (over.day, over.elapsed, over.quota, over.bot) == (3, 3, 180, 53)
    assert (running.needed, over.needed) == (-(-858 // 19), -(-847 // 18))
    assert (running.average, over.average) == (21, 18)


def test_the_average_is_over_the_newest_days_with_reports(w: World) -> None:
    """A day without any report is no day of work; of the others the newest seven count."""
    for when, n in ((16, 900), (17, 30), (18, 50), (19, 40), (20, 30), (22, 50), (23, 45), (24, 35)):
        w.report("dung", day(when), n)
    found = pace(w, "397", when=day(26), finished=True)
    assert found.average == 40
    w.tx.run("UPDATE communes SET target = 2000")
    found = pace(w, "397", when=day(26), finished=True)
    assert (found.earliest, found.finish, found.latest) == (date(2023, 6, 14), date(2023, 6, 16), date(2023, 6, 19))


def test_before_the_phase(w: World) -> None:
    """No day is over, nothing is due."""
    found = pace(w, "451", when=FIRST - facts.ONE_DAY, finished=True)
    assert (found.day, found.elapsed, found.quota, found.average, found.finish) == (0, 0, 0, None, None)
    said = w.asks("one", progress.show, "", at(day(15), 12)).text
    assert said == lines(
        """
        📊 Xã Xuân Thu, 12:00 ngày 15/05
        Đã xong 100/1.000 máy (10,0%), còn 900
        (có sẵn 100, bot ghi 0)
        Hôm nay: 0 máy
        Đợt 1 bắt đầu ngày 16/05
        """
    )


def test_after_the_phase(w: World) -> None:
    """The last phase stays what it was; nothing more is needed a day."""
    w.report("an", date(2023, 6, 10), 30)
    found = pace(w, "451", when=date(2023, 7, 1), finished=True)
    assert (found.over, found.elapsed, found.quota, found.bot, found.needed) == (True, 10, 200, 30, None)
    said = w.asks("one", progress.show, "", at(date(2023, 7, 1), 12)).text
    assert "Đợt 2 đã kết thúc ngày 15/06\nĐến hết ngày 30/06: 15,0% định mức (30/200)\n" in said


def test_a_phase_keeps_its_own_pace(w: World) -> None:
    """The second phase starts at nothing, while done has all phases."""
    w.report("an", day(20), 50)
    w.report("an", date(2023, 6, 6), 7)
    found = board(w, "451", when=date(2023, 6, 6), finished=True)
    assert (found.whole.done, found.whole.bot) == (157, 57)
    assert found.pace is not None
    assert (found.pace.day, found.pace.bot, found.pace.average, found.pace.students) == (1, 7, 7, 1)
    phases = all_phases.every(w.tx)
    assert facts.span_of(w.tx, phases[0])[1] == date(2023, 6, 5)
    assert facts.span_of(w.tx, phases[1])[0] == date(2023, 6, 6)


def test_later_days_do_not_change_an_earlier_standing(w: World) -> None:
    """A summary made up the next day says what was done until its own day."""
    three_days(w)
    found = board(w, "451", when=day(17), finished=True)
    assert (found.whole.bot, found.whole.phones_today) == (42, 32)


def test_no_target_and_more_than_the_target(w: World) -> None:
    """Without a target there is no share of it; beyond it there is nothing left and nothing needed."""
    w.report("dung", day(18), 820)
    found = board(w, "397", when=day(18), finished=True)
    assert (found.whole.left, found.pace and found.pace.needed, found.pace and found.pace.finish) == (-20, None, None)
    assert w.asks("dung", progress.show, "", NOW).text == lines(
        """
        📊 Xã Minh Phú, 21:40 ngày 18/05
        Đã xong 820/800 máy (102,5%), vượt 20
        Hôm nay: 820 máy
        Đợt 1, ngày thứ 3/21
        Đến hết ngày 17/05: 0,0% định mức (0/40)
        """
    )
    empty = w.asks("whole", commune.show, "376", NOW).text
    assert empty.startswith("📊 Thị trấn Sóc Sơn, 21:40 ngày 18/05\nĐã xong 0 máy\nHôm nay: 0 máy\n")
    assert "%" not in empty


def test_an_end_too_far_away_is_not_told(w: World) -> None:
    """At one phone a day a thousand take too long for a date."""
    w.report("an", day(16), 1)
    assert pace(w, "451", when=day(16), finished=True).finish == date(2025, 10, 31)
    said = w.asks("one", progress.show, "", at(day(17), 9)).text
    assert said.endswith("Gần đây 1 máy/ngày, dự kiến xong 31/10/2025")
    w.tx.run("UPDATE communes SET target = 2000")
    assert pace(w, "451", when=day(16), finished=True).finish is None
    assert w.asks("one", progress.show, "", at(day(17), 9)).text.endswith("Gần đây 1 máy/ngày")


def test_withdrawn_and_corrected_reports_count_as_they_stand(w: World) -> None:
    """Figures follow the newest versions at once."""
    first, second = w.report("an", day(18), 5), w.report("an", day(18), 7)
    reports.withdraw(w.tx, first, by=first.person, at=NOW)
    reports.correct(w.tx, second, second.lines[:0], by=second.person, at=NOW, text=None)
    whole = board(w, "451", when=day(18), finished=True).whole
    assert whole == Standing(target=1000, baseline=100, counts={}, today={})


def test_nothing_is_scanned(w: World) -> None:
    """No figure of the campaign reads reports, however many there are; a team's reads those of its people elsewhere."""
    three_days(w)
    w.tx.run("ALTER TABLE reports RENAME TO hidden_reports")
    w.asks("whole", progress.show, "", NOW)
    w.asks("whole", progress.show, "tuần", NOW)


def test_messages_stay_short_enough(w: World) -> None:
    """However many hamlets students write, /xa is one message."""
    for number in range(200):
        hamlet = hamlets.add(w.tx, w.commune("451").id, f"Xóm Rất Dài Ở Cuối Xã {number}", f"x{number}")
        assert hamlet
        w.report("an", day(18), 1, hamlet=f"Xóm Rất Dài Ở Cuối Xã {number}")
    said = w.asks("one", commune.show, "", NOW).text
    assert len(said) < 4000
    assert "\n… và 170 thôn khác\n" in said
    assert "Không ghi thôn" not in said
