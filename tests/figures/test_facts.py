"""The figures behind /tong and /xa: how far it is, and whether the pace will do."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from handlers.figures.gathered import facts
from handlers.figures.gathered.facts import Pace, Standing
from handlers.figures.said import commune, progress
from storage.campaign import hamlets
from storage.campaign import phases as all_phases
from storage.reports import reports
from tests.figures.world import FIRST, World, at, day, labels, lines, three_days, world


@pytest.fixture
def w(tmp_path: Path) -> Iterator[World]:
    """A small campaign."""
    with world(tmp_path) as made:
        yield made


NOW = at(day(18), 21, 40)


def board(w: World, *codes: str, when: date, finished: bool) -> facts.Board:
    return facts.board(w.tx, [w.commune(code) for code in codes], when, finished=finished)


def pace(w: World, *codes: str, when: date, finished: bool) -> Pace:
    found = board(w, *codes, when=when, finished=finished).pace
    assert found is not None
    return found


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
        📊 Xã Xuân Thu
        12:00 ngày 15/05
        Đợt 1 bắt đầu ngày 16/05
        Đã xong 100/1.000 máy (10,0%)
        Còn 900 máy
        Có sẵn 100 · bot ghi 0
        """
    )


def test_after_the_phase(w: World) -> None:
    """The last phase stays what it was; nothing more is needed a day."""
    w.report("an", date(2023, 6, 10), 30)
    found = pace(w, "451", when=date(2023, 7, 1), finished=True)
    assert (found.over, found.elapsed, found.quota, found.bot, found.needed) == (True, 10, 200, 30, None)
    said = w.asks("one", progress.show, "", at(date(2023, 7, 1), 12)).text
    assert "12:00 ngày 01/07\nĐợt 2 đã kết thúc ngày 15/06\nĐã xong 130/1.000 máy" in said
    assert said.endswith("\n\nCả đợt: 15,0% định mức (30/200)")  # and no forecast: nobody goes on


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
        📊 Xã Minh Phú
        21:40 ngày 18/05 · Đợt 1, ngày 3/21
        Đã xong 820/800 máy (102,5%)
        Vượt 20 máy

        Hôm nay: 820 máy

        Hết 17/05: 0,0% định mức (0/40)
        """
    )
    empty = w.asks("whole", commune.show, "376", NOW).text
    assert empty.startswith("📊 Thị trấn Sóc Sơn\n21:40 ngày 18/05 · Đợt 1, ngày 3/21\nĐã xong 0 máy\n\nHôm nay: 0 máy")
    assert "%" not in empty


def test_an_end_too_far_away_is_not_told(w: World) -> None:
    """At one phone a day a thousand take too long for a date."""
    w.report("an", day(16), 1)
    assert pace(w, "451", when=day(16), finished=True).finish == date(2025, 10, 31)
    said = w.asks("one", progress.show, "", at(day(17), 9)).text
    assert said.endswith("Gần đây 1 máy/ngày\nDự kiến xong 31/10/2025")
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
    """No figure adds up what reports say, however many there are: all of them are kept sums."""
    three_days(w)
    w.tx.run("ALTER TABLE counts RENAME TO hidden_counts")
    for asked in ("", "tuần", "hôm qua", "theo xã", "theo ngày", "theo học viên", "đợt theo thôn", "theo kết quả"):
        assert w.asks("whole", progress.show, asked, NOW).text.startswith(("📊", "🏁"))
    for asked in ("Xuân Thu", "Xuân Thu hôm qua", "Xuân Thu theo học viên"):
        assert w.asks("whole", commune.show, asked, NOW).text.startswith("📊 Xã Xuân Thu")


def test_messages_stay_short_enough(w: World) -> None:
    """However many hamlets students write, /xa is one message, and so is each page of them."""
    for number in range(200):
        hamlet = hamlets.add(w.tx, w.commune("451").id, f"Xóm Rất Dài Ở Cuối Xã {number}", f"x{number}")
        assert hamlet
        w.report("an", day(18), 1, hamlet=f"Xóm Rất Dài Ở Cuối Xã {number}")
    said = w.asks("one", commune.show, "", NOW).text
    assert len(said) < 1000
    assert "\n… và 195 thôn khác" in said
    assert "Không ghi thôn" not in said
    page = w.asks("one", commune.show, "Xuân Thu theo thôn trang 20", NOW)
    assert (len(page.text) < 1000, labels(page)) == (True, ["Trang trước", "Số chung"])
    assert "Trang 20/20" in page.text
